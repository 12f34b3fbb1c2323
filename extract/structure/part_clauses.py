"""One part of a notice in, its clauses out: the tree of its markers, headings, tables row by row."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extract.span import Span
from extract.structure.closing import opens_closing
from extract.structure.draft import Draft
from extract.structure.headings import Heading, HeadingFinder, Kind
from extract.structure.headings import Place as HeadingPlace
from extract.structure.lines import Line
from extract.structure.markers import Shape
from extract.structure.outline import Opening
from extract.structure.parts import Part
from extract.structure.plain_rows import borders, read_plain_rows
from extract.structure.tables import PlacedTable

LONGEST_DUTY_LINE = 2000  # characters


@dataclass(frozen=True, kw_only=True)
class Body:
    """What the parts of a notice share. `cut` gives the responsibility statements within a span."""

    text: str
    lines: Sequence[Line]
    tables: Sequence[PlacedTable]  # those that divide no work, in order
    cut: Callable[[Span], Sequence[Span]]

    @cached_property
    def borders(self) -> tuple[int, ...]:
        return borders(self.tables)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(table.span.start for table in self.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """An opening in the tree, with its text: `own` follows the marker, `apart` stands behind an element."""

    opening: Opening
    id: str
    parent: str | None
    has_children: bool
    own: Span | None
    apart: tuple[Span, ...]


class PartBuilder:
    def __init__(self, body: Body, part: Part, prefix: str) -> None:
        self.text, self.tables, self.cut, self.part, self.prefix = body.text, body.tables, body.cut, part, prefix
        self.borders, self.starts = body.borders, body.starts
        lines = _lines_of(part, body.lines)
        self.headings = HeadingFinder(self.text, lines, self.cut)

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
            yield from self._clause(node, heading)
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
            yield from self._with_rows(name, piece)

    def _with_rows(self, name: str, piece: Span) -> Iterator[Draft]:
        """A piece of unnumbered text, its tables row by row."""
        at = piece.start
        first, end = (bisect_left(self.starts, offset) for offset in (piece.start, piece.end))
        for table in self.tables[first:end]:
            if piece.contains(table.span) and table.span.start >= at:
                yield from self._run(name, Span(at, table.span.start))
                yield from self._rows(name, None, table)
                at = table.span.end
        yield from self._run(name, Span(at, piece.end))

    def _run(self, name: str, span: Span) -> Iterator[Draft]:
        if span.start < span.end:
            body = self._uncut((span,))
            yield Draft(id=name, parent=None, level=0, marker=None, span=span, heading=None, body=body)

    def _rows(self, name: str, parent: str | None, table: PlacedTable) -> Iterator[Draft]:
        for row in read_plain_rows(table, self.text):
            yield Draft(
                id=f"{name}/{row.name}",
                parent=parent,
                level=0,
                marker=None,
                span=row.span,
                heading=None,
                body=self._uncut(row.cells),
                units=row.figures,
            )

    def _pieces(self, span: Span) -> tuple[Span, ...]:
        """A span without the elements that stand inside it."""
        out = []
        for piece in self.part.ranges:
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                out.append(Span(start, end))
        return tuple(out)

    def _clause(self, node: _Node, heading: Heading | None) -> Iterator[Draft]:
        """A clause, and the rows of the tables that end it as unnumbered text below it."""
        own = node.own
        tables: list[PlacedTable] = []
        while own is not None and (table := self._table_ending(own)) is not None:
            own = Span(own.start, table.span.start)
            tables.insert(0, table)
        yield self._numbered(replace(node, own=own) if tables else node, heading)
        for table in tables:
            yield from self._rows(node.id, node.id, table)

    def _table_ending(self, own: Span) -> PlacedTable | None:
        """The table with which a clause's own text ends, where words stand before it."""
        last = bisect_left(self.starts, own.end) - 1
        table = self.tables[last] if last >= 0 else None
        return table if table and table.span.end == own.end and table.span.start > own.start else None

    def _numbered(self, node: _Node, heading: Heading | None) -> Draft:
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
        """Pieces without the responsibility parentheses in them, parted where a cell begins."""
        return tuple(
            part for piece in pieces for left in without(piece, self.cut(piece)) for part in _parted(left, self.borders)
        )

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


def _parted(span: Span, offsets: Sequence[int]) -> Iterator[Span]:
    """A span cut at those of the sorted offsets that lie inside it."""
    at = span.start
    for offset in offsets[bisect_right(offsets, span.start) : bisect_left(offsets, span.end)]:
        yield Span(at, offset)
        at = offset
    yield Span(at, span.end)


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
