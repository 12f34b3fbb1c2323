"""Two notices and their comparison in, one text of both out: what stays, what is deleted, what is inserted.

Read without the deletions it is the lower notice, without the insertions the upper one, paragraph marks included. Words
are matched inside the units of the comparison, so that a sentence is set against its counterpart wherever it stands;
of all matches the heaviest that rise on both sides are kept, for what has moved is deleted in one place and inserted
in the other. Between two matches only equal beginnings and ends, and equal runs of letters, stay.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from compare.changes.joined import Joined, join
from compare.changes.matching import match_tokens
from compare.changes.tokens import tokens
from compare.comparison import Comparison, Unit
from compare.localisation import build_localiser
from compare.passages import Passage, read_both
from extract.notice import Notice
from extract.span import Span

MARK = "\n"  # ends a paragraph
RUNS = re.compile(r"\w{1,20}〔\d{4}〕\d{1,5}号|《[^《》\n]{1,120}》|\w+|.", re.DOTALL)
LONG_ENOUGH = 2  # letters of a run that may stay between two changes


class Operation(StrEnum):
    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A stretch of text. `upper` and `lower` are where it begins in the normal texts of the notices.

    Paragraph marks stand alone. Of what is deleted `lower`, of what is inserted `upper` is the place of the gap.
    """

    operation: Operation
    text: str
    upper: int
    lower: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Equal text of both sides, in characters of the marked texts."""

    upper: int
    lower: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A notice's text with paragraph marks, and the way there: `ends` are the offsets behind which a mark stands.

    `atoms` are places in the marked text that no change may cut: amounts and dates.
    """

    text: str
    ends: tuple[int, ...]
    atoms: tuple[Span, ...] = ()

    def runs(self, span: Span) -> Iterator[str]:
        """Atoms, runs of letters and single signs of a part of the text, in order."""
        at = span.start
        for atom in self.atoms[bisect_left(self.atoms, span.start, key=lambda atom: atom.start) :]:
            if atom.start >= span.end:
                break
            if atom.start >= at and atom.end <= span.end:
                yield from RUNS.findall(self.text, at, atom.start)
                yield self.text[atom.start : atom.end]
                at = atom.end
        yield from RUNS.findall(self.text, at, span.end)

    def place(self, offset: int) -> int:
        """Where a character of the notice stands in the marked text."""
        return offset + bisect_left(self.ends, offset + 1)

    def origin(self, place: int) -> int:
        """Where a character of the marked text stands in the notice."""
        return place - self.text.count(MARK, 0, place)


def revise(upper: Notice, lower: Notice, comparison: Comparison) -> tuple[Revision, ...]:
    """The whole of both notices as one sequence of stretches."""
    above, below = mark_paragraphs(upper), mark_paragraphs(lower)
    matches = _rising(_unit_matches(upper, lower, comparison, above, below))
    return tuple(_merged(_stretches(matches, above, below)))


def mark_paragraphs(notice: Notice) -> Marked:
    """A paragraph for each clause and each element of the head and foot; other text goes with what stands before it."""
    spans = [clause.span for clause in notice.clauses] + [element.span for element in notice.elements]
    borders = {span.start for span in spans} | {span.end for span in spans} | {len(notice.text)}
    ends = tuple(sorted(end for end in borders if 0 < end <= len(notice.text)))
    starts = (0, *ends[:-1])
    text = "".join(notice.text[start:end] + MARK for start, end in zip(starts, ends, strict=True))
    marked = Marked(text=text, ends=ends)
    return replace(marked, atoms=tuple(sorted(_atoms(notice, marked), key=lambda atom: (atom.start, -atom.end))))


def _atoms(notice: Notice, marked: Marked) -> Iterator[Span]:
    for clause in notice.clauses:
        for span in [amount.span for amount in clause.amounts] + [day.span for day in clause.dates]:
            place = Span(marked.place(span.start), marked.place(span.end - 1) + 1)
            if MARK not in marked.text[place.start : place.end]:
                yield place


def _unit_matches(
    upper: Notice, lower: Notice, comparison: Comparison, above: Marked, below: Marked
) -> Iterator[Match]:
    localiser = build_localiser(upper, lower)
    passages = tuple(map(_by_sentence, read_both(upper, lower, localiser)))
    for unit in (*comparison.units, *comparison.frame):
        ups, lows = _joined(unit, passages)
        upper_tokens, lower_tokens = tokens(ups, localiser.upper), tokens(lows, localiser.lower)
        for i, j in match_tokens(ups, lows, upper_tokens, lower_tokens):
            a, b = ups.in_notice(upper_tokens[i]), lows.in_notice(lower_tokens[j])
            if upper.text[a.start : a.end] == lower.text[b.start : b.end]:
                yield Match(upper=above.place(a.start), lower=below.place(b.start), size=a.end - a.start)


def _by_sentence(passages: Iterable[Passage]) -> dict[tuple[str, int], Passage]:
    return {(passage.ref.clause, passage.ref.sentence): passage for passage in passages}


def _joined(unit: Unit, passages: Sequence[dict[tuple[str, int], Passage]]) -> tuple[Joined, Joined]:
    ups, lows = (
        join([of[ref.clause, ref.sentence] for ref in refs])
        for refs, of in zip((unit.upper, unit.lower), passages, strict=True)
    )
    return ups, lows


def _rising(matches: Iterable[Match]) -> list[Match]:
    """The matches with the most characters that rise on both sides; a tree of prefix maxima (Fenwick 1994)."""
    ordered = sorted(matches, key=lambda match: (match.upper, -match.lower))
    places = {lower: rank for rank, lower in enumerate(sorted({match.lower for match in ordered}), start=1)}
    best = _PrefixMaximum(len(places))
    before: list[int] = []
    for at, match in enumerate(ordered):
        weight, previous = best.below(places[match.lower])
        before.append(previous)
        best.put(places[match.lower], weight + match.size, at)
    _, at = best.below(len(places) + 1)
    kept: list[Match] = []
    while at >= 0:
        kept.append(ordered[at])
        at = before[at]
    return kept[::-1]


class _PrefixMaximum:
    """The heaviest chain that ends below a place, and its last match."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)

    def below(self, place: int) -> tuple[int, int]:
        found, at = (0, -1), place - 1
        while at > 0:
            found = max(found, self._tree[at], key=lambda entry: entry[0])
            at -= at & -at
        return found

    def put(self, place: int, weight: int, last: int) -> None:
        while place < len(self._tree):
            if weight > self._tree[place][0]:
                self._tree[place] = (weight, last)
            place += place & -place


def _stretches(matches: Sequence[Match], above: Marked, below: Marked) -> Iterator[Revision]:
    i = j = 0
    end = Match(upper=len(above.text), lower=len(below.text), size=0)
    for match in (*matches, end):
        yield from _gap(Span(i, match.upper), Span(j, match.lower), above, below)
        i, j = match.upper + match.size, match.lower + match.size
        if match.size:
            yield _revision(Operation.KEEP, Span(match.upper, i), Span(match.lower, j), above, below)


def _gap(upper: Span, lower: Span, above: Marked, below: Marked) -> Iterator[Revision]:
    """What stands between two matches: equal ends stay, and in the middle what has letters in common."""
    from rapidfuzz.distance import Levenshtein

    one, other = list(above.runs(upper)), list(below.runs(lower))
    i, j = upper.start, lower.start
    for code in Levenshtein.opcodes(one, other):
        gone, come = one[code.src_start : code.src_end], other[code.dest_start : code.dest_end]
        a, b = Span(i, i + sum(map(len, gone))), Span(j, j + sum(map(len, come)))
        outer = code.src_start == code.dest_start == 0 or (code.src_end == len(one) and code.dest_end == len(other))
        if code.tag == "equal" and (outer or any(len(run) >= LONG_ENOUGH for run in gone)):
            yield _revision(Operation.KEEP, a, b, above, below)
        else:
            yield _revision(Operation.DELETE, a, Span(b.start, b.start), above, below)
            yield _revision(Operation.INSERT, Span(a.end, a.end), b, above, below)
        i, j = a.end, b.end


def _revision(operation: Operation, upper: Span, lower: Span, above: Marked, below: Marked) -> Revision:
    text = below.text[lower.start : lower.end] if operation is Operation.INSERT else above.text[upper.start : upper.end]
    return Revision(operation=operation, text=text, upper=above.origin(upper.start), lower=below.origin(lower.start))


def _merged(found: Iterable[Revision]) -> Iterator[Revision]:
    """Between two kept stretches all deletions come first, then all insertions; paragraph marks stand alone."""
    waiting: dict[Operation, list[Revision]] = {Operation.DELETE: [], Operation.INSERT: []}
    for revision in found:
        if not revision.text:
            continue
        if revision.operation is Operation.KEEP:
            yield from _flushed(waiting)
            yield from _cut([revision])
        else:
            waiting[revision.operation].append(revision)
    yield from _flushed(waiting)


def _flushed(waiting: dict[Operation, list[Revision]]) -> Iterator[Revision]:
    for revisions in waiting.values():
        yield from _cut(revisions)
        revisions.clear()


def _cut(revisions: Sequence[Revision]) -> Iterator[Revision]:
    """Joined to one text and cut at paragraph marks."""
    if not revisions:
        return
    first = revisions[0]
    upper, lower = first.upper, first.lower
    for part in re.findall(r"\n|[^\n]+", "".join(revision.text for revision in revisions)):
        yield Revision(operation=first.operation, text=part, upper=upper, lower=lower)
        size = 0 if part == MARK else len(part)
        upper += size if first.operation is not Operation.INSERT else 0
        lower += size if first.operation is not Operation.DELETE else 0
