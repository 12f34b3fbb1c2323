"""Comparisons, matrices and topics of a result held against their sources: every quote, then every value made anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from compare.comparison import Change, Comparison, Party, SentenceRef, Unit
from compare.figures import Figure
from compare.matrix import Matrix
from compare.topics import Topics
from duizhao.messages import text
from duizhao.sources import clause_name
from duizhao.verification_sources import Library, Side, Verdict, check_quote, open_parties
from extract.span import Span

Compared = Comparison | Matrix | Topics
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Words that a result quotes; `side` is the position of their notice among the parties."""

    side: int
    where: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of result is checked: whose notices it is made from, what it quotes, and how it is made again."""

    parties: Callable[[Any], Sequence[Party]]
    quotes: Callable[[Any], Iterator[Cited]]
    again: Callable[[Sequence[Side]], Compared]


def check_compared(data: Compared, library: Library, verdict: Verdict) -> Plain | None:
    """Look up all quotes; the record as it would be made today, where all sources are those it was made from."""
    kind = KINDS[type(data)]
    sides = open_parties(kind.parties(data), library)
    for cited in kind.quotes(data):
        if not 0 <= cited.side < len(sides):
            verdict.add(text("verify.no_side", where=cited.where, count=len(sides)))
            continue
        side = sides[cited.side]
        if side is not None:
            check_quote(cited.where, cited.words, [cited.span], side.notice, verdict)
    opened = [side for side in sides if side is not None]
    if len(opened) < len(sides) or not all(side.opened.same for side in opened):
        return None
    return _plain(kind.again(opened))


def _plain(record: Compared) -> Plain:
    from compare import encode

    plain: Plain = msgspec.json.decode(encode(record))
    return plain


def _comparison_quotes(comparison: Comparison) -> Iterator[Cited]:
    for unit in (*comparison.units, *comparison.frame, *comparison.headings):
        yield from _unit_quotes(unit)


def _unit_quotes(unit: Unit) -> Iterator[Cited]:
    for side, refs in enumerate((unit.upper, unit.lower)):
        yield from _refs(refs, side, unit.id)
    yield from _changes(unit.changes, 1, unit.id)


def _refs(refs: Iterable[SentenceRef], side: int, where: str) -> Iterator[Cited]:
    for ref in refs:
        yield Cited(side=side, where=f"{where} {clause_name(ref.clause)}".strip(), words=ref.quote, span=ref.span)


def _changes(changes: Iterable[Change], lower: int, where: str) -> Iterator[Cited]:
    for change in changes:
        quoted = ((0, change.upper_quote, change.upper_span), (lower, change.lower_quote, change.lower_span))
        for side, words, span in quoted:
            if span is not None and words is not None:
                yield Cited(side=side, where=f"{where} {change.type}", words=words, span=span)


def _figures(figures: Iterable[Figure | None], first: int, where: str) -> Iterator[Cited]:
    """`first` is the side of the first of them."""
    for side, figure in enumerate(figures, first):
        if figure is None:
            continue
        at = f"{where} {clause_name(figure.clause)}".strip()
        yield Cited(side=side, where=at, words=figure.quote, span=figure.span)
        yield Cited(side=side, where=at, words=figure.context, span=figure.context_span)
        for value in (figure.amount, figure.date):
            if value is not None:
                yield Cited(side=side, where=at, words=value.quote, span=value.span)


def _matrix_quotes(matrix: Matrix) -> Iterator[Cited]:
    for number, row in enumerate(matrix.rows, 1):
        where = f"rows[{number - 1}]"
        yield from _refs((row.upper,), 0, where)
        for side, cell in enumerate(row.cells, 1):
            yield from _refs(cell.lower, side, where)
            yield from _changes(cell.changes, side, where)
        for figure in row.figures:
            yield from _figures((figure.upper,), 0, where)
            yield from _figures(figure.lowers, 1, where)
    for heading in matrix.headings:
        yield from _refs((heading.upper,), 0, "headings")
        for side, refs in enumerate(heading.lowers, 1):
            yield from _refs(refs, side, "headings")
    for addition in matrix.additions:
        for one in addition.members:
            yield from _refs(one.lower, one.column + 1, one.unit)
            yield from _refs((one.after,) if one.after else (), 0, one.unit)
            yield from _changes(one.changes, one.column + 1, one.unit)


def _topic_quotes(topics: Topics) -> Iterator[Cited]:
    for topic in topics.topics:
        for side, refs in enumerate(topic.passages):
            yield from _refs(refs, side, topic.id)
        for row in topic.rows:
            yield from _figures(row.figures, 0, topic.id)
    for row in topics.alone:
        yield from _figures(row.figures, 0, "alone")


def _compare_again(sides: Sequence[Side]) -> Comparison:
    from compare import compare

    upper, lower = sides
    sources = [side.opened.reading.document.source for side in sides]
    return compare(upper.notice, lower.notice, upper_source=sources[0], lower_source=sources[1])


def _matrix_again(sides: Sequence[Side]) -> Matrix:
    from compare import compare_many

    upper, *lowers = sides
    return compare_many(
        upper.notice,
        [side.notice for side in lowers],
        upper_source=upper.opened.reading.document.source,
        lower_sources=[side.opened.reading.document.source for side in lowers],
    )


def _topics_again(sides: Sequence[Side]) -> Topics:
    from compare import compare_topics

    sources = [side.opened.reading.document.source for side in sides]
    return compare_topics([side.notice for side in sides], sources=sources)


KINDS: Mapping[type[Compared], Kind] = {
    Comparison: Kind(parties=lambda one: (one.upper, one.lower), quotes=_comparison_quotes, again=_compare_again),
    Matrix: Kind(
        parties=lambda one: (one.upper, *(column.lower for column in one.columns)),
        quotes=_matrix_quotes,
        again=_matrix_again,
    ),
    Topics: Kind(parties=lambda one: one.notices, quotes=_topic_quotes, again=_topics_again),
}
