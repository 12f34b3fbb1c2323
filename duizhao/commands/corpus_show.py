"""`duizhao corpus show NUMBER`: a stored notice, its clauses, its file; or the file itself."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from duizhao import __version__
from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.screen import columns, pad, width, wrap
from duizhao.stores import json_text, on_store, open_store, store_option, visible

if TYPE_CHECKING:
    from corpus import Corpus, Entry
    from extract import Document, Notice
    from extract.notice import Mention

ELSEWHERE = frozenset({"quote", "span", "rule", "cues"})  # of a mention: in the selectors, or how it was read
FORMATS = ("text", "json", "akn", "annotations", "prov", "original")


@click.command("show", cls=Command)
@click.argument("notice")
@store_option
@output_option("corpus.show.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(*, notice: str, db: str, output: str | None, format_name: str | None, quiet: bool) -> int:  # noqa: ARG001
    name = format_name or choose_format(None, None, FORMATS)
    with open_store(db) as store:
        write(output, render(store, store.entry(notice), name))
    return 0


def render(store: "Corpus", entry: "Entry", name: str) -> bytes:
    """One notice in a format; `original` is its whole file."""
    match name:
        case "json":
            from extract import to_json

            document = store.document(entry.id)
            return to_json(replace(document, notices=(document.notices[entry.position],)))
        case "akn":
            from corpus.akoma_ntoso import render_notice

            return render_notice(store.notice(entry.id), entry)
        case "annotations":
            return json_text(_annotations(store.document(entry.id), entry.position))
        case "prov":
            from corpus.provenance import prov_json

            return json_text(prov_json(store, entry, __version__))
        case "original":
            return store.original(entry.id)
        case _:
            return _text(store, entry).encode()


def _annotations(document: "Document", position: int) -> dict[str, object]:
    """Every value read from the notice as a W3C Web Annotation of its place in the file, in the order of the text."""
    from duizhao.evidence import Evidence, annotation

    notice = document.notices[position]
    items = []
    for clause in notice.clauses:
        for mention in sorted(clause.mentions, key=lambda one: one.span):
            places = tuple(place for place in clause.places if place.span.overlaps(mention.span))
            evidence = Evidence(
                source=document.source, notice=notice, clause=clause.id, span=mention.span, places=places
            )
            found = annotation(evidence)
            items.append({**found, "body": [found["body"], *_bodies(mention)]})
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}


def _bodies(mention: "Mention") -> list[dict[str, object]]:
    """What was read there: its kind as a tag, its values as JSON."""
    from extract.records import ENCODER

    kind = type(mention).__name__.removesuffix("Mention").lower()
    record = json.loads(ENCODER.encode(mention))
    values = json.dumps({name: value for name, value in record.items() if name not in ELSEWHERE}, ensure_ascii=False)
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": kind},
        {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": values},
    ]


def _text(store: "Corpus", entry: "Entry") -> str:
    notice = store.notice(entry.id)
    copies = "、".join(f"{copy.id} {copy.file}" for copy in store.copies(entry.id))
    versions = "、".join(f"{other.id} {other.file}" for other in store.versions(entry.id))
    rows = [
        (text("corpus.column.number"), entry.number),
        (text("corpus.column.title"), entry.title),
        (text("corpus.column.issuer"), entry.issuer),
        (text("corpus.column.issued_on"), entry.issued_on),
        (text("corpus.column.file"), "、".join(store.places(entry.id)) or entry.file),
        ("SHA-256", entry.sha256),
        (text("corpus.column.copies"), copies),
        (text("corpus.column.versions"), versions),
    ]
    shown = [(label, visible(value)) for label, value in rows if value]
    left = max(width(label) for label, _ in shown) + 2
    lines = [pad(label, left) + line if n == 0 else " " * left + line for label, value in shown
             for n, line in enumerate(wrap(value, columns() - left))]  # fmt: skip
    return "\n".join([*lines, "", *_clauses(notice)]) + "\n"


def _clauses(notice: "Notice") -> list[str]:
    """Clauses as they are nested, a heading on a line of its own."""
    lines: list[str] = []
    for clause in notice.clauses:
        start, end = clause.span
        indent = "  " * max(clause.level - 1, 0)
        if clause.heading_span is not None:
            head, start = notice.text[start : clause.heading_span.end], clause.heading_span.end
            lines += [indent + line for line in wrap(visible(head), columns() - len(indent))]
            start += notice.text.startswith("。", start)
        lines += [indent + line for line in wrap(visible(notice.text[start:end]), columns() - len(indent)) if line]
    return lines
