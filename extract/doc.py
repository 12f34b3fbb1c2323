"""A notice as a spaCy `Doc`: mentions as span groups, for displaCy, `DocBin` and spaCy's own tools.

`doc.spans` holds "clauses", "amounts", "dates", "departments", "citations", "directives", and "sc" (displaCy's own
key) with all of them but the clauses. A span's values stand under `span._`: `low`, `high`, `unit`, `title` …
spaCy is imported when a function here is first called (1.5 s).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from extract.layout import Layout
from extract.mentions.context import Context
from extract.mentions.finders import find_mentions
from extract.mentions.responsibilities import find_responsibilities
from extract.notice import Clause, Grain, Notice, Responsibility, Source
from extract.parse import parse
from extract.span import Span
from extract.text import AlignedText, normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["make_doc", "nlp"]

GROUPS = ("clauses", "amounts", "dates", "departments", "citations", "directives")
LABEL_FIELDS = {"amounts": "kind", "dates": "role", "departments": "role", "directives": "force"}
NOTICE_FIELDS = (
    "document_number",
    "title",
    "issuers",
    "level",
    "province",
    "city",
    "issued_on",
    "recipients",
    "attachments",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A span of a text with its group, its label and its values as plain data."""

    group: str
    label: str
    span: Span
    values: dict[str, Any]


def nlp() -> Language:
    """Blank Chinese with words from jieba and our component: `nlp()("…")` reads raw text."""
    from extract import doc_component

    return doc_component.build()


def make_doc(notice: Notice) -> Doc:
    """The normal text of a notice as a `Doc`. Every mention begins and ends at a token's border."""
    from extract import doc_component

    return doc_component.build_doc(notice.text, tuple(mark(notice)), (_facts(notice),))


def mark(notice: Notice) -> Iterator[Marked]:
    """Clauses and mentions, with spans in the notice's text."""
    for clause in notice.clauses:
        if clause.span.start < clause.span.end:
            yield Marked(group="clauses", label="clause", span=clause.span, values=_clause_values(clause))
        for group in ("amounts", "dates", "citations", "directives"):
            for item in getattr(clause, group):
                yield _marked(group, item, clause.id)
        for statement in clause.responsibilities:
            yield from _departments(notice.text, statement, clause.id)


def _clause_values(clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.id,
        "parent": clause.parent,
        "level": clause.level,
        "marker": clause.marker,
        "heading": clause.heading,
    }


def _marked(group: str, item: Any, clause: str | None) -> Marked:
    values = {**_plain(item), "clause": clause}
    label = values[LABEL_FIELDS[group]] if group in LABEL_FIELDS else "citation"
    return Marked(group=group, label=label, span=item.span, values=values)


def _departments(text: str, statement: Responsibility, clause: str | None) -> Iterator[Marked]:
    """One mark a department, at its own name; a name that is not written out stands for its whole statement."""
    shared = {name: getattr(statement, name) for name in ("inferred", "open_ended", "by_duty", "rule", "problem")}
    at = statement.span.start
    for department in statement.departments:
        start = text.find(department.name, at, statement.span.end)
        span = Span(start, start + len(department.name)) if start >= 0 else statement.span
        at = span.end if start >= 0 else at
        values = {**_plain(department), **shared, "role": statement.role.value, "clause": clause}
        yield Marked(group="departments", label=statement.role.value, span=span, values=values)


def _plain(item: Any) -> dict[str, Any]:
    """What `Doc.to_bytes` can store: days and decimals as text."""
    record: dict[str, Any] = msgspec.to_builtins(item)
    return record


def _facts(notice: Notice) -> dict[str, Any]:
    record = _plain(notice)
    return {name: record[name] for name in NOTICE_FIELDS}


def read_raw(text: str) -> tuple[tuple[Marked, ...], tuple[dict[str, Any], ...]]:
    """Marks and notices of any text, with spans in that very text: its line ends and spaces stay.

    What is no notice is read as running text: mentions, but no clauses.
    """
    layout = Layout(text=text, media_type="text/plain", grain=Grain.FLOW)
    source = Source(name="", sha256="", media_type="text/plain", size=0, pages=None, grain=Grain.FLOW)
    reading = parse(layout, source)
    if not reading.document.notices:
        return tuple(_running_text(normalise(layout))), ()
    pairs = list(zip(reading.document.notices, reading.texts, strict=True))
    marks = tuple(_back(one, aligned) for notice, aligned in pairs for one in mark(notice))
    return marks, tuple(_facts(notice) for notice, _ in pairs)


def _running_text(aligned: AlignedText) -> Iterator[Marked]:
    for group, items in find_mentions(aligned.text, Context()).items():
        for item in items:
            yield _back(_marked(group, item, None), aligned)
    for statement in find_responsibilities(aligned.text, Context()):
        for one in _departments(aligned.text, statement, None):
            yield _back(one, aligned)


def _back(one: Marked, aligned: AlignedText) -> Marked:
    """The same mark, with its span in the text as it came."""
    return Marked(group=one.group, label=one.label, span=aligned.layout_span(one.span), values=one.values)
