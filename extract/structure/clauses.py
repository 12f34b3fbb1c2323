"""Bodies in, clause tree out: markers, headings, text without responsibility statements."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.span import Span
from extract.structure.headings import Heading, HeadingFinder, Kind
from extract.structure.headings import Place as HeadingPlace
from extract.structure.lines import Line
from extract.structure.markers import Shape
from extract.structure.outline import Opening, find_openings
from extract.structure.parts import Part

LONGEST_DUTY_LINE = 2000  # characters
CLOSING = re.compile(
    r"(?:请各|各地[、要请区各]|以上|本(?:通知|意见|办法|方案|规定|措施|细则|政策|行动|实施|文件|公告)|此前|上述|特此|各(?:市|县|区|州|有关)[^。]{0,30}(?:要|请)"
    r"|工作中|执行中|有效期|自印发|自发布|未尽事宜|如遇|[^。]{0,20}联系(?:人|电话))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A clause before its mentions: where everything stands in the notice's text."""

    id: str
    parent: str | None
    level: int
    marker: str | None
    span: Span
    heading: Span | None
    body: tuple[Span, ...]
    expected: int | None = None  # the number that was due, where numbers were skipped
    roles: tuple[tuple[str, Span], ...] = ()  # of a table row: role and cell
    deadline: Span | None = None  # of a table row: the cell
    figures: tuple[tuple[str, Span], ...] = ()  # of a table row: head and cell of columns that hold something else


Rows = Callable[[Span, str], Iterable[Draft]]


def build_drafts(
    text: str,
    lines: Sequence[Line],
    parts: Sequence[Part],
    *,
    tables: Sequence[Span],
    cut: Callable[[Span], Sequence[Span]],
    rows: Rows,
) -> tuple[Draft, ...]:
    """Clauses of all parts in order.

    `cut` gives the responsibility parentheses within a span, `rows` the clauses of a task table under a prefix.
    """
    openings = [tuple(_openings(text, lines, part, tables)) for part in parts]
    numbered = sum(1 for part, found in zip(parts, openings, strict=True) if found or part.tables)
    drafts: list[Draft] = []
    for part, found in zip(parts, openings, strict=True):
        prefix = _prefix(part, numbered, drafts)
        drafts.extend(_PartBuilder(text, lines, part, prefix, cut).build(found))
        for table in part.tables:
            drafts.extend(rows(table, prefix))
    return tuple(_unique(drafts))


def _openings(text: str, lines: Sequence[Line], part: Part, tables: Sequence[Span]) -> Iterator[Opening]:
    """Openings outside tables: what is numbered in a cell belongs to the cell."""
    ranges = [piece for span in part.ranges for piece in without(span, tables)]
    if ranges:
        yield from find_openings(text, lines, ranges)


def _prefix(part: Part, numbered: int, before: Sequence[Draft]) -> str:
    """Ids are prefixed where a notice carries several numbered parts; the first unlabelled one stays bare."""
    if numbered < 2 or (part.label is None and not any(draft.level for draft in before)):
        return ""
    return (part.label or "附件") + "/"


def _unique(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Ids made different where a sequence restarted beside itself: 一/1, 一/1~2."""
    seen: dict[str, int] = {}
    for draft in drafts:
        seen[draft.id] = seen.get(draft.id, 0) + 1
        if seen[draft.id] == 1:
            yield draft
        else:
            yield replace(draft, id=f"{draft.id}~{seen[draft.id]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """An opening in the tree, with its text: `own` follows the marker, `apart` stands behind an element."""

    opening: Opening
    id: str
    parent: str | None
    has_children: bool
    own: Span | None
    apart: tuple[Span, ...]


class _PartBuilder:
    def __init__(
        self, text: str, lines: Sequence[Line], part: Part, prefix: str, cut: Callable[[Span], Sequence[Span]]
    ) -> None:
        self.text, self.part, self.prefix, self.cut = text, part, prefix, cut
        self.headings = HeadingFinder(text, _lines_of(part, lines), lambda span: bool(self._uncut((span,))))

    def build(self, openings: Sequence[Opening]) -> Iterator[Draft]:
        if not self.part.ranges:
            return
        first, end = self.part.ranges[0].start, self.part.ranges[-1].end
        name = "preamble" if self.part.label is None else self.part.label
        if not openings:
            yield from self._unnumbered(name, Span(first, end))
            return
        lead = Span(first, openings[0].marker.span.start)
        yield from self._unnumbered(self.part.label + "/preamble" if self.part.label else "preamble", lead)
        closing = self._closing(openings[-1], end)
        nodes = tuple(self._nodes(openings, closing))
        for node, heading in zip(nodes, self.headings.find([_place(node) for node in nodes]), strict=True):
            yield self._clause(node, heading)
            for piece in node.apart:
                yield from self._unnumbered(self.prefix + "closing", piece)
        yield from self._unnumbered(self.prefix + "closing", Span(closing, end))

    def _nodes(self, openings: Sequence[Opening], closing: int) -> Iterator[_Node]:
        path: list[str] = []
        for k, opening in enumerate(openings):
            following = openings[k + 1] if k + 1 < len(openings) else None
            del path[opening.depth - 1 :]
            parent = self.prefix + "/".join(path) if path else None
            path.append(opening.marker.label)
            stop = following.marker.span.start if following else closing
            pieces = self._pieces(Span(opening.marker.span.end, stop))
            joined = bool(pieces) and pieces[0].start == opening.marker.span.end
            yield _Node(
                opening=opening,
                id=self.prefix + "/".join(path),
                parent=parent,
                has_children=following is not None and following.depth > opening.depth,
                own=pieces[0] if joined else None,
                apart=pieces[1:] if joined else pieces,
            )

    def _unnumbered(self, name: str, span: Span) -> Iterator[Draft]:
        for piece in self._pieces(span):
            body = self._uncut((piece,))
            yield Draft(id=name, parent=None, level=0, marker=None, span=piece, heading=None, body=body)

    def _pieces(self, span: Span) -> tuple[Span, ...]:
        """A span without the elements that stand inside it."""
        out = []
        for piece in self.part.ranges:
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                out.append(Span(start, end))
        return tuple(out)

    def _clause(self, node: _Node, heading: Heading | None) -> Draft:
        marker = node.opening.marker
        if marker.shape is Shape.LENTICULAR:  # its words are its heading
            inner = Span(marker.span.start + 1, marker.span.end - 1)
            heading = Heading(span=inner, rest=marker.span.end, kind=Kind.OWN_LINE)
        rest = node.own if node.own is None or heading is None else Span(heading.rest, node.own.end)
        return Draft(
            id=node.id,
            parent=node.parent,
            level=node.opening.depth,
            marker=marker.text,
            span=Span(marker.span.start, node.own.end if node.own else marker.span.end),
            heading=heading.span if heading else None,
            body=self._uncut((rest,)) if rest is not None and rest.start < rest.end else (),
            expected=node.opening.expected,
        )

    def _uncut(self, pieces: Iterable[Span]) -> tuple[Span, ...]:
        """Pieces without the responsibility parentheses in them."""
        return tuple(left for piece in pieces for left in without(piece, self.cut(piece)))

    def _closing(self, last: Opening, end: int) -> int:
        """Where the unnumbered closing after the last clause begins; `end` if there is none."""
        for offset in self.headings.paragraphs:
            if last.marker.span.end < offset < end and self._ended_before(offset) and opens_closing(self.text, offset):
                return offset
        return end

    def _ended_before(self, offset: int) -> bool:
        """Whether a sentence or a line of departments (责任单位：市商务局) ends here."""
        line = Span(max(self.part.ranges[0].start, offset - LONGEST_DUTY_LINE), offset)
        return self.text[offset - 1] in "。！）”】］" or any(gone.end == offset for gone in self.cut(line))


def _lines_of(part: Part, lines: Sequence[Line]) -> Sequence[Line]:
    if not part.ranges:
        return ()
    first = bisect_right(lines, part.ranges[0].start, key=lambda line: line.span.end)
    return lines[first : bisect_left(lines, part.ranges[-1].end, key=lambda line: line.span.start)]


def _place(node: _Node) -> HeadingPlace:
    return HeadingPlace(
        shape=node.opening.marker.shape,
        group=f"{node.parent} {node.opening.depth}",
        first=node.own,
        has_children=node.has_children,
    )


def without(span: Span, gone: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when others, sorted, are taken out of it."""
    at = span.start
    for other in gone:
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            yield Span(at, other.start)
        at = max(at, other.end)
    if at < span.end:
        yield Span(at, span.end)


def opens_closing(text: str, at: int) -> bool:
    """Whether a paragraph speaks of the whole notice: 本措施自…起施行, 以上政策…, 请各市…"""
    return CLOSING.match(text, at) is not None
