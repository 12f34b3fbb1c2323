"""Which markers of a body open clauses, and how the clauses nest.

Levels follow the order of first use, not the marker's shape: some cities put 1. right under 一、
(7.3.3 sets only the sequence). A marker counts when its number continues a sequence; what only
looks like one (a wrapped line that begins with a number) does not.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.span import Span
from extract.structure.lines import Line
from extract.structure.markers import Marker, Shape, match_glued, match_marker

MID_PHRASE = "、，（《“‘〔及和与或至在第按照据见—-的了对"  # what a broken line ends with, no clause
STOP = re.compile(r"[。；）](?=[（0-9①-⑳一二三四五六七八九十])")
REFERENCE_END = re.compile("[一二三四五六七八九十0-9]）")  # 第（一）（二）项
CITED = (Shape.CHAPTER, Shape.SECTION, Shape.ARTICLE, Shape.LENTICULAR)  # 第二条 behind a stop may be what is cited
CONTAINERS = (Shape.CHAPTER, Shape.SECTION)
HEADED = (*CONTAINERS, Shape.CHINESE, Shape.CHINESE_BRACKETED)
RUN_INTO = re.compile(  # 一、培育产业（一）引进企业。… whose line end was lost; but 方案（一）和（二）
    r"[^，。；：:（）()0-9第]{2,30}+(?<![条款项章节件表图])"
    r"(?=(?:（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[节条]|[0-9]{1,2}[.．、])(?![、和及与或至到项款点中的所规]))"
)
HEADING_BEHIND = re.compile(r"[。）：](?=[一二三四五六七八九十]{1,3}、)")  # …负责）二、完善设施
LONGEST_PARAGRAPH = 40  # lines in which items that run on are looked for
LONGEST_ITEM = 400  # characters of one of them
MOST_SKIPPED = 2  # numbers lost to a bad scan before a sequence is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A marker that opens a clause at a depth, 1 = top; `expected` where numbers were skipped."""

    marker: Marker
    depth: int
    expected: int | None = None


def find_openings(text: str, lines: Sequence[Line], ranges: Sequence[Span]) -> tuple[Opening, ...]:
    """Openings within the ranges, in order. Where no line begins with a marker, sentences may."""
    found_in_lines = {marker.span: marker for span in ranges for marker in _line_markers(text, lines, span)}
    found_in_lines |= {marker.span: marker for span in ranges for marker in _headings_behind(text, lines, span)}
    candidates = _with_lenticular(sorted(found_in_lines.values(), key=lambda marker: marker.span))
    openings = tuple(_in_sequence(candidates))
    if len(openings) < 2:
        inside = {*candidates, *(marker for span in ranges for marker in _sentence_markers(text, span))}
        inline = sorted(inside, key=lambda marker: marker.span)
        if len(found := tuple(_in_sequence(inline))) > max(len(openings), 1):
            return found
    return openings


def _with_lenticular(markers: Iterable[Marker]) -> list[Marker]:
    """Markers without a lone 【…】, which heads nothing."""
    found = list(markers)
    lone = sum(1 for marker in found if marker.shape is Shape.LENTICULAR) < 2
    return [marker for marker in found if not (lone and marker.shape is Shape.LENTICULAR)]


def _line_markers(text: str, lines: Sequence[Line], within: Span) -> Iterator[Marker]:
    before: Line | None = None
    first = bisect_right(lines, within.start, key=lambda line: line.span.end)
    for i in range(first, len(lines)):
        line = lines[i]
        if line.span.start >= within.end:
            return
        at = max(line.span.start, within.start)
        marker = match_marker(text, at) or (match_glued(text, at) if _stands_free(before, line) else None)
        if marker is not None and marker.shape is Shape.LENTICULAR and not _fills(marker, line):
            marker = None
        if marker is not None and within.contains(marker.span) and (before is None or _may_follow(before, line)):
            yield from _of_paragraph(text, marker, min(_paragraph_end(lines, i), within.end))
        before = line


def _of_paragraph(text: str, first: Marker, end: int) -> Iterator[Marker]:
    """A marker that begins a paragraph and those that run on in it, up to `end`."""
    waiting = [first]
    while waiting:
        marker = waiting.pop()
        yield marker
        following = _next_of(text, marker, end) if marker.shape not in CITED else None
        waiting += [found for found in (following, _inside(text, marker, end)) if found is not None]


def _headings_behind(text: str, lines: Sequence[Line], within: Span) -> Iterator[Marker]:
    """二、… behind the last words of the paragraph above it, whose line end was lost."""
    starts = [line.span.start for line in lines]
    for stop in HEADING_BEHIND.finditer(text, within.start, within.end):
        i = bisect_right(starts, stop.end()) - 1
        found = match_marker(text, stop.end()) if starts[i] != stop.end() else None
        if found and (stop[0] != "：" or found.number == 1):
            yield from _of_paragraph(text, replace(found, glued=True), min(_paragraph_end(lines, i), within.end))


def _inside(text: str, marker: Marker, end: int) -> Marker | None:
    """一、（一）… on one line, or the first clause behind a heading that has lost its line end."""
    inner = match_marker(text, marker.span.end)
    if inner is None and marker.shape in HEADED and (words := RUN_INTO.match(text, marker.span.end, end)):
        found = match_marker(text, words.end())
        inner = replace(found, glued=True) if found else None
    return inner if inner is not None and _may_stand_inside(inner, marker) and inner.span.end < end else None


def _paragraph_end(lines: Sequence[Line], i: int) -> int:
    last = min(i + LONGEST_PARAGRAPH, len(lines) - 1)
    while i < last and not lines[i + 1].starts_paragraph:
        i += 1
    return lines[i].span.end


def _next_of(text: str, marker: Marker, end: int) -> Marker | None:
    """②…； behind ①…； in one paragraph: the next number, behind a stop."""
    for match in STOP.finditer(text, marker.span.end, min(end, marker.span.end + LONGEST_ITEM)):
        found = None if REFERENCE_END.match(text, match.start() - 1) else match_marker(text, match.end())
        if found and found.shape is marker.shape and found.number == marker.number + 1 and found.span.end < end:
            return replace(found, glued=found.shape is Shape.CHINESE)
    return None


def _stands_free(before: Line | None, line: Line) -> bool:
    """Whether a line surely begins anew: a wrapped line may begin with a decimal."""
    return before is None or (line.starts_paragraph and before.ends_sentence)


def _may_stand_inside(inner: Marker, marker: Marker) -> bool:
    return inner.shape is not marker.shape and inner.shape is not Shape.LENTICULAR


def _fills(marker: Marker, line: Line) -> bool:
    """Whether 【…】 is a line of its own and no label of departments."""
    return marker.span.end == line.span.end and not marker.text.endswith(("单位】", "部门】", "责任】"))


def _may_follow(before: Line, line: Line) -> bool:
    return line.starts_paragraph or before.ends_sentence or before.text[-1:] not in MID_PHRASE


def _sentence_markers(text: str, within: Span) -> Iterator[Marker]:
    for match in re.finditer(r"(?<=[。；！？：）”])", text[within.start : within.end]):
        marker = match_marker(text, within.start + match.start())
        if marker is not None and marker.shape is not Shape.LENTICULAR and within.contains(marker.span):
            yield marker


@dataclass(slots=True)
class _State:
    """Shapes open now, outermost first, and the last number seen of every shape."""

    open: list[Shape]
    last: dict[Shape, int]
    late: bool = False  # the text began in the middle of a sequence


def _in_sequence(candidates: Iterable[Marker]) -> Iterator[Opening]:
    state = _State(open=[], last={})
    markers = list(candidates)
    for i, marker in enumerate(markers):
        if marker.glued and not _continues(state, marker, markers[i + 1 :]):
            continue
        expected = _expected(state, marker)
        if expected is None:
            continue
        state.late = state.late or (not state.last and marker.number > 1)
        depth = _enter(state, marker)
        yield Opening(marker=marker, depth=depth, expected=expected if expected != marker.number else None)


def _continues(state: _State, marker: Marker, behind: Sequence[Marker]) -> bool:
    """Whether a glued number is exactly the one due, or the first of a sequence that goes on."""
    siblings = [other for other in behind if other.shape is marker.shape]
    if marker.number == 1:
        listed = marker.shape is Shape.CHINESE and marker.shape in state.last  # 三、分为：一、…；二、…
        return bool(siblings) and siblings[0].number == 2 and not listed
    group = itertools.takewhile(lambda other: other.number > 1, siblings)
    taken = any(other.number == marker.number and not other.glued for other in group)
    return state.last.get(marker.shape, 0) + 1 == marker.number and not taken


def _expected(state: _State, marker: Marker) -> int | None:
    """The number that was due, if this marker may stand here."""
    if marker.shape is Shape.LENTICULAR:
        return marker.number
    last = state.last.get(marker.shape)
    if marker.shape in state.open:
        due = (last or 0) + 1
        if marker.number == due or (due < marker.number <= due + MOST_SKIPPED):
            return due
        # Items restart under an unnumbered heading; what encloses other clauses does not.
        return 1 if marker.number == 1 and (last or 0) >= 2 and marker.shape is state.open[-1] else None
    if marker.number == 1:
        return 1
    if last is not None and last < marker.number <= last + 1 + MOST_SKIPPED:
        return last + 1  # numbering that goes on across parents
    # A text that begins in the middle (a page lost, an excerpt): every shape may.
    begins = not state.last or state.late
    return marker.number if begins and last is None and marker.shape != Shape.ARABIC else None


def _enter(state: _State, marker: Marker) -> int:
    if marker.shape in state.open:
        del state.open[state.open.index(marker.shape) + 1 :]
    else:
        if marker.shape is Shape.CHAPTER:
            state.open.clear()
        if marker.shape is Shape.ARTICLE:  # articles number through all chapters
            state.open = [shape for shape in state.open if shape in CONTAINERS]
        state.open.append(marker.shape)
    state.last[marker.shape] = marker.number
    return len(state.open)
