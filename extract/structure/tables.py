"""Tables of a notice: grids that a reader found, or runs of lines set out with tabs or bars."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.layout import Grid
from extract.notice import Table
from extract.span import Span
from extract.structure.lines import Line, printed_line
from extract.text import AlignedText

BAR_ROW = re.compile(r"\s*\|.*\|\s*")
CELL_BREAK = re.compile(r"\t|\|")
LONGEST_TITLE = 40
HEAD_ROWS = 4  # in which a table's head is looked for
MOST_COLUMNS = 200  # a line with more tabs or bars is no row of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell and where its words stand; merged cells stand once, with the rows and columns they cover."""

    row: int
    column: int
    span: Span
    row_count: int = 1
    column_count: int = 1


@dataclass(frozen=True, kw_only=True)
class PlacedTable:
    """A table with its cells in place. Row 0 is the first row drawn; `header_row` is the head's."""

    title: str | None
    cells: tuple[PlacedCell, ...]
    header_row: int
    row_count: int
    column_count: int
    span: Span

    def cell(self, row: int, column: int) -> PlacedCell | None:
        """The cell that covers a row and column."""
        return self._covering.get((row, column))

    def row(self, number: int) -> tuple[PlacedCell, ...]:
        """The cells that begin in a row."""
        return self._by_row.get(number, ())

    @cached_property
    def _covering(self) -> dict[tuple[int, int], PlacedCell]:
        found: dict[tuple[int, int], PlacedCell] = {}
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_count, self.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_count, self.column_count)):
                    found.setdefault((row, column), cell)
        return found

    @cached_property
    def _by_row(self) -> dict[int, tuple[PlacedCell, ...]]:
        found: dict[int, list[PlacedCell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return {row: tuple(cells) for row, cells in found.items()}

    def as_table(self, text: str) -> Table:
        """The record; merged cells repeat in every row that they cover, in their first column."""
        rows = [[""] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_count, self.row_count)):
                rows[row][cell.column] = text[cell.span.start : cell.span.end]
        body = rows[self.header_row :]
        return Table(title=self.title, header=tuple(body[0]), rows=tuple(map(tuple, body[1:])), span=self.span)


def place_tables(aligned: AlignedText, lines: Sequence[Line]) -> tuple[PlacedTable, ...]:
    """Tables in the order of the text."""
    if aligned.layout.grids:
        return tuple(table for grid in aligned.layout.grids if (table := _from_grid(aligned, lines, grid)))
    return tuple(_from_lines(aligned, lines))


def _from_grid(aligned: AlignedText, lines: Sequence[Line], grid: Grid) -> PlacedTable | None:
    span = aligned.normal_span(grid.span)
    if span.start >= span.end or not _holds(aligned, span, grid):
        return None
    cells = tuple(
        PlacedCell(
            row=cell.row,
            column=cell.column,
            span=aligned.normal_span(cell.span),
            row_count=cell.row_count,
            column_count=cell.column_count,
        )
        for cell in grid.cells
    )
    return _placed(aligned.text, lines, cells, span, grid.title)


def _holds(aligned: AlignedText, span: Span, grid: Grid) -> bool:
    """Whether the grid stands in this text, and not in another notice of the same file."""
    return grid.span.start <= aligned.starts[span.start] and aligned.ends[span.end - 1] <= grid.span.end


def _from_lines(aligned: AlignedText, lines: Sequence[Line]) -> Iterator[PlacedTable]:
    run: list[list[Span]] = []
    for line in (*lines, None):
        cells = list(_cells(aligned, line)) if line is not None else []
        if len(cells) > 1:
            run.append(cells)
            continue
        if len(run) >= 2:
            placed = [PlacedCell(row=r, column=c, span=span) for r, row in enumerate(run) for c, span in enumerate(row)]
            span = Span(min(cell.span.start for cell in placed), max(cell.span.end for cell in placed))
            yield _placed(aligned.text, lines, tuple(placed), span, None)
        run = []


def _cells(aligned: AlignedText, line: Line) -> Iterator[Span]:
    """Normal spans of the cells of a line set out as a table row; fewer than two for any other line."""
    first, end = printed_line(aligned, line.span)
    raw = aligned.layout.text[first:end].rstrip()
    barred = BAR_ROW.fullmatch(raw) is not None
    if not barred and "\t" not in raw.strip(" \r\f"):
        return
    if raw.count("|" if barred else "\t") > MOST_COLUMNS:
        return
    start = raw.index("|") + 1 if barred else 0
    for match in (*CELL_BREAK.finditer(raw, start), None):
        stop = match.start() if match else len(raw)
        if match is None and barred:
            break
        if match is None or (match.group() == "|") == barred:
            yield aligned.normal_span(Span(first + start, first + stop))
            start = stop + 1


def _placed(
    text: str, lines: Sequence[Line], cells: tuple[PlacedCell, ...], span: Span, title: str | None
) -> PlacedTable:
    height = max(cell.row + cell.row_count for cell in cells)
    width = max(cell.column + cell.column_count for cell in cells)
    filled: list[list[PlacedCell]] = [[] for _ in range(min(height, HEAD_ROWS))]
    for cell in cells:
        if cell.row < HEAD_ROWS and cell.span.start < cell.span.end:
            filled[cell.row].append(cell)
    header = next((row for row, found in enumerate(filled) if len(found) > 1), 0)
    over = next((cell for row in filled[:header] for cell in row), None)
    over_title = text[over.span.start : over.span.end] if over else None
    return PlacedTable(
        title=title or over_title or _title_above(lines, span.start),
        cells=cells,
        header_row=header,
        row_count=height,
        column_count=width,
        span=span,
    )


def _title_above(lines: Sequence[Line], start: int) -> str | None:
    above = bisect_right(lines, start, key=lambda line: line.span.end)
    before = lines[above - 1] if above else None
    if before is None or before.ends_sentence or len(before.text) > LONGEST_TITLE:
        return None
    return before.text
