"""spaCy's side of `extract.doc`: tokenizer, component "duizhao" and the attributes under `span._`.

Imported only when a `Doc` is asked for: spaCy costs 1.5 s.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from extract.doc import GROUPS, Marked, read_raw
from extract.words import words

KEY = "duizhao"  # in `doc.user_data`: {"spans": {id: values}, "notices": [facts]}
ALL_MENTIONS = "sc"  # what displaCy's span style shows unless told otherwise
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "duizhao.words.v1"}}}

# attribute under `span._`: name in the record, and how its plain form becomes a value
ATTRIBUTES: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "clause": ("clause", None),
    "parent": ("parent", None),
    "level": ("level", None),
    "marker": ("marker", None),
    "heading": ("heading", None),
    "kind": ("kind", None),
    "low": ("low", Decimal),
    "high": ("high", Decimal),
    "unit": ("unit", None),
    "bound": ("bound", None),
    "strict": ("strict", None),
    "per": ("per", tuple),
    "measure": ("measure", None),
    "condition": ("condition", None),
    "role": ("role", None),
    "starts_on": ("start", date.fromisoformat),
    "ends_on": ("end", date.fromisoformat),
    "rrule": ("rrule", None),
    "ongoing": ("ongoing", None),
    "full_name": ("full_name", None),
    "key": ("key", None),
    "inferred": ("inferred", None),
    "open_ended": ("open_ended", None),
    "by_duty": ("by_duty", None),
    "title": ("title", None),
    "document_number": ("document_number", None),
    "issuer": ("issuer", None),
    "alias": ("alias", None),
    "force": ("force", None),
    "softened": ("softened", None),
    "rule": ("rule", None),
    "cues": ("cues", tuple),
    "problem": ("problem", None),
}


class WordTokenizer(DummyTokenizer):
    """Words of `extract.words`; white space is tokens too, so the text stays what it was."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return _tokens(self.vocab, words(text))


def word_tokenizer() -> Callable[[Language], WordTokenizer]:
    return lambda pipeline: WordTokenizer(pipeline.vocab)


registry.tokenizers.register("duizhao.words.v1", func=word_tokenizer)


def build() -> Language:
    pipeline = spacy.blank("zh", config=CONFIG)
    pipeline.add_pipe(KEY)
    return pipeline


def build_doc(text: str, marks: Sequence[Marked], notices: Sequence[dict[str, Any]]) -> Doc:
    """A `Doc` of a text whose marks are known."""
    return _mark(_cut(WordTokenizer(Vocab())(text), marks), marks, notices)


@Language.component(KEY)
def read_notices(doc: Doc) -> Doc:
    """Read a `Doc`'s text as notices.

    Where a mention ends inside a token the token is split, which makes a new `Doc` with nothing of the old but its
    text and user data: this component stands first in a pipeline.
    """
    marks, notices = read_raw(doc.text)
    return _mark(_cut(doc, marks), marks, notices)


def _tokens(vocab: Vocab, pieces: Sequence[str]) -> Doc:
    return Doc(vocab, words=list(pieces), spaces=[False] * len(pieces))


def _cut(doc: Doc, marks: Iterable[Marked]) -> Doc:
    """The same text with a token border at both ends of each mark."""
    needed = {offset for one in marks for offset in one.span}
    starts = {token.idx for token in doc} | {len(doc.text)}
    if needed <= starts:
        return doc
    cut = _tokens(doc.vocab, list(_pieces(doc.text, sorted(needed | starts | _space_borders(doc)))))
    cut.user_data.update(doc.user_data)
    return cut


def _space_borders(doc: Doc) -> set[int]:
    """Ends of tokens that own the space behind them: as a token of its own it can be cut off."""
    return {token.idx + len(token) for token in doc if token.whitespace_}


def _pieces(text: str, borders: Sequence[int]) -> Iterator[str]:
    for start, end in zip([0, *borders], borders, strict=False):
        if start < end:
            yield text[start:end]


def _mark(doc: Doc, marks: Sequence[Marked], notices: Sequence[dict[str, Any]]) -> Doc:
    groups: dict[str, list[DocSpan]] = {group: [] for group in (*GROUPS, ALL_MENTIONS)}
    values: dict[str, dict[str, Any]] = {}
    for one in marks:
        name = f"{one.group}/{len(groups[one.group])}"
        span = doc.char_span(*one.span, label=one.label, span_id=name)
        if span is None:
            continue
        values[name] = one.values
        groups[one.group].append(span)
        if one.group != "clauses":
            groups[ALL_MENTIONS].append(span)
    for group, spans in groups.items():
        doc.spans[group] = spans
    doc.user_data[KEY] = {"spans": values, "notices": tuple(notices)}
    return doc


def _attribute(field: str, convert: Callable[[Any], Any] | None) -> Callable[[DocSpan], Any]:
    def value(span: DocSpan) -> Any:
        stored = span.doc.user_data.get(KEY, {}).get("spans", {}).get(span.id_, {}).get(field)
        return stored if stored is None or convert is None else convert(stored)

    return value


def _notices(doc: Doc) -> tuple[dict[str, Any], ...]:
    return tuple(doc.user_data.get(KEY, {}).get("notices", ()))


for _name, (_field, _convert) in ATTRIBUTES.items():
    DocSpan.set_extension(_name, getter=_attribute(_field, _convert), force=True)
Doc.set_extension("notices", getter=_notices, force=True)
