"""Ruled tables of a page: lines to a grid, characters to its cells.

Lines are snapped to rows and columns; neighbouring squares without a line between them are one merged cell.
A table cut by the page's end has vertical lines that end without a horizontal one: it is closed there.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.readers.page_lines import Line, find_lines, find_runs
from extract.readers.page_view import Edge, PageView

SNAP = 3.0  # points; lines nearer than this are one
MAX_EDGES = 3_000  # a page with more after joining holds a drawing, no table
MAX_SQUARES = 40_000


@dataclass(slots=True, kw_only=True)
class RuledCell:
    row: int
    column: int
    row_count: int
    column_count: int
    lines: list[Line] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)  # glyphs, local to the page


@dataclass(slots=True, kw_only=True)
class RuledTable:
    """One table of one page. `open_top`, `open_bottom`: cut by the page's edge, no line there."""

    columns: tuple[float, ...]  # x of the vertical lines
    rows: tuple[float, ...]  # y of the horizontal lines
    cells: list[RuledCell]
    open_top: bool
    open_bottom: bool

    @property
    def top(self) -> float:
        return self.rows[0]

    @property
    def bottom(self) -> float:
        return self.rows[-1]


def find_tables(view: PageView) -> list[RuledTable]:
    """Tables with their characters, from top to bottom; boxes round running text are none."""
    if len(view.edges) < 4:
        return []
    across = _joined([edge for edge in view.edges if edge.horizontal])
    upright = _joined([edge for edge in view.edges if not edge.horizontal])
    if not across or not upright or len(across) + len(upright) > MAX_EDGES:
        return []
    tables = [table for group in _touching(across, upright) if (table := _build_table(*group)) is not None]
    for table in tables:
        _fill(view, table)
        _drop_empty_ends(table)
    # One filled cell is enough: a long row cut by two page ends leaves the others empty.
    tables = [table for table in tables if any(cell.indices for cell in table.cells)]
    return sorted(tables, key=lambda table: table.top)


def _drop_empty_ends(table: RuledTable) -> None:
    """Leave out a row that was only opened before the page ended, or only closed after it began."""
    for row, is_open in ((len(table.rows) - 2, table.open_bottom), (0, table.open_top)):
        inside = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_count]
        if not is_open or len(table.rows) < 3 or any(cell.indices and cell.row_count == 1 for cell in inside):
            continue
        table.cells = [cell for cell in table.cells if cell not in inside or cell.row_count > 1]
        for cell in table.cells:
            cell.row_count -= cell in inside
            cell.row -= row == 0 and cell.row > 0
        table.rows = table.rows[:row] + table.rows[row + 1 :] if row == 0 else table.rows[: row + 1]


def _joined(edges: list[Edge]) -> list[Edge]:
    """Lines on one height made one where they touch; heights snapped together."""
    levels: list[tuple[float, list[Edge]]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if levels and edge.at - levels[-1][0] <= SNAP:
            levels[-1][1].append(edge)
        else:
            levels.append((edge.at, [edge]))
    joined: list[Edge] = []
    for _, members in levels:
        at = sum(edge.at for edge in members) / len(members)
        for low, high in _merged((edge.low, edge.high) for edge in members):
            joined.append(Edge(horizontal=members[0].horizontal, at=at, low=low, high=high))
    return joined


def _merged(ranges: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    current: tuple[float, float] | None = None
    for low, high in sorted(ranges):
        if current is not None and low <= current[1] + SNAP:
            current = (current[0], max(current[1], high))
            continue
        if current is not None:
            yield current
        current = (low, high)
    if current is not None:
        yield current


def _touching(across: list[Edge], upright: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Groups of lines that meet: each is a table, or nothing."""
    group_of = list(range(len(across) + len(upright)))

    def root(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    heights = [edge.at for edge in across]
    for number, line in enumerate(upright, start=len(across)):
        for i in range(bisect_left(heights, line.low - SNAP), bisect_right(heights, line.high + SNAP)):
            if across[i].low - SNAP <= line.at <= across[i].high + SNAP:
                group_of[root(i)] = root(number)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = defaultdict(lambda: ([], []))
    for i, edge in enumerate((*across, *upright)):
        groups[root(i)][0 if edge.horizontal else 1].append(edge)
    yield from (group for group in groups.values() if group[0] and len(group[1]) > 1)


def _build_table(across: list[Edge], upright: list[Edge]) -> RuledTable | None:
    columns = _positions(edge.at for edge in upright)
    rows = _positions(edge.at for edge in across)
    top, bottom = _open_ends(upright, rows)
    sides = _open_ends(across, columns)
    rows = [*([top] if top is not None else []), *rows, *([bottom] if bottom is not None else [])]
    columns = [*([sides[0]] if sides[0] is not None else []), *columns, *([sides[1]] if sides[1] is not None else [])]
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > MAX_SQUARES:
        return None
    return RuledTable(
        columns=tuple(columns),
        rows=tuple(rows),
        cells=_cells(across, upright, columns, rows),
        open_top=top is not None,
        open_bottom=bottom is not None,
    )


def _positions(values: Iterable[float]) -> list[float]:
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > SNAP:
            positions.append(value)
    return positions


def _open_ends(edges: list[Edge], crossing: Sequence[float]) -> tuple[float | None, float | None]:
    """Where two or more lines run on past the last line that crosses them."""
    low, high = min(edge.low for edge in edges), max(edge.high for edge in edges)
    before = sum(edge.low < low + SNAP for edge in edges) > 1 and low < crossing[0] - 2 * SNAP
    after = sum(edge.high > high - SNAP for edge in edges) > 1 and high > crossing[-1] + 2 * SNAP
    return (low if before else None), (high if after else None)


def _cells(across: list[Edge], upright: list[Edge], columns: list[float], rows: list[float]) -> list[RuledCell]:
    """Squares of the grid joined where no line parts them."""
    below = _parted(across, rows, columns)
    beside = _parted(upright, columns, rows)
    height, width = len(rows) - 1, len(columns) - 1
    taken = [[False] * width for _ in range(height)]
    cells: list[RuledCell] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            right = column + 1
            while right < width and not taken[row][right] and (right, row) not in beside:
                right += 1
            down = row + 1
            while down < height and not any(taken[down][c] or (down, c) in below for c in range(column, right)):
                down += 1
            for r in range(row, down):
                taken[r][column:right] = [True] * (right - column)
            cells.append(RuledCell(row=row, column=column, row_count=down - row, column_count=right - column))
    return cells


def _parted(edges: list[Edge], at: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(line, square) pairs: the squares before and after line `at[i]` are parted over `along[j]..along[j + 1]`."""
    parted: set[tuple[int, int]] = set()
    for edge in edges:
        line = min(bisect_left(at, edge.at - SNAP), len(at) - 1)
        first = bisect_left(along, edge.low - SNAP)
        last = bisect_right(along, edge.high + SNAP) - 1
        parted.update((line, square) for square in range(first, last))
    return parted


def _fill(view: PageView, table: RuledTable) -> None:
    """Each character goes to the cell its centre is in."""
    at = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_count)
        for column in range(cell.column, cell.column + cell.column_count)
    }
    for indices in view.upright:
        for i in indices:
            middle = (view.top[i] + view.bottom[i]) / 2
            if not table.top <= middle <= table.bottom:
                continue
            row = bisect_right(table.rows, middle) - 1
            column = bisect_right(table.columns, (view.x0[i] + view.x1[i]) / 2) - 1
            cell = at.get((row, column))
            if cell is not None:
                cell.indices.append(i)
    for cell in table.cells:
        cell.lines = find_lines(view, find_runs(view, [cell.indices]))
