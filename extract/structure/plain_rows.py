"""A table that divides no work (指标, 标准, 名单): one unnumbered clause a row.

A row can then be compared, counted and traced by itself, and no amount is read across the border of two cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.lexicon import load
from extract.mentions.amount_units import read_unit
from extract.span import Span
from extract.structure.tables import PlacedCell, PlacedTable

LONGEST_LABEL = 8
LONGEST_UNIT = 6
UNIT_HEADS = frozenset({"单位", "计量单位", "指标单位"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRow:
    """A row under its name: 表/表头, 表/3."""

    name: str
    span: Span
    cells: tuple[Span, ...]  # in the order of the text, none empty
    figures: tuple[tuple[str, Span], ...]  # head and cell of the columns whose head states a unit


def read_plain_rows(table: PlacedTable, text: str) -> Iterator[PlainRow]:
    """Rows in order, those above and with the head as one; a row whose cells all belong to a row above is left out."""
    by_row = [[cell for cell in table.row(row) if cell.span.start < cell.span.end] for row in range(table.row_count)]
    last = _last_head_row(table)
    head = tuple(sorted(cell.span for row in by_row[: last + 1] for cell in row))
    if head:
        yield PlainRow(name="表/表头", span=Span(head[0].start, head[-1].end), cells=head, figures=())
    columns = _Columns(table, text, last)
    for row, cells in enumerate(by_row[last + 1 :], last + 1):
        if cells:
            spans = tuple(sorted(cell.span for cell in cells))
            name = f"表/{columns.label(row) or row - last}"
            span = Span(spans[0].start, spans[-1].end)
            yield PlainRow(name=name, span=span, cells=spans, figures=tuple(columns.figures(row, cells)))


def borders(tables: Sequence[PlacedTable]) -> tuple[int, ...]:
    """Offsets at which a cell begins or ends, in order."""
    return tuple(sorted({at for table in tables for cell in table.cells for at in (cell.span.start, cell.span.end)}))


@cache
def _number_heads() -> frozenset[str]:
    return frozenset(load("table_columns")["number"])


def _last_head_row(table: PlacedTable) -> int:
    """A head of two rows has cells that span columns, with their parts below them, beside cells that span rows."""
    cells = table.row(table.header_row)
    depth = max((cell.row_count for cell in cells), default=1)
    parted = depth > 1 and any(cell.column_count > 1 and cell.row_count < depth for cell in cells)
    return min(table.header_row + depth - 1, table.row_count - 1) if parted else table.header_row


class _Columns:
    """The heads of a table's columns, and which of them hold 序号 and 单位."""

    def __init__(self, table: PlacedTable, text: str, head_row: int) -> None:
        self.table, self.text = table, text
        self.heads = [self._words(head_row, column) for column in range(table.column_count)]
        self.numbers = self._find(_number_heads())
        self.units = self._find(UNIT_HEADS)

    def _words(self, row: int, column: int) -> str:
        cell = self.table.cell(row, column)
        return self.text[cell.span.start : cell.span.end] if cell is not None else ""

    def _find(self, wanted: frozenset[str]) -> int | None:
        return next((column for column, head in enumerate(self.heads) if head in wanted), None)

    def label(self, row: int) -> str | None:
        """The row's own 序号; a row under a merged one is counted."""
        cell = self.table.cell(row, self.numbers) if self.numbers is not None else None
        if cell is None or cell.row != row:
            return None
        label = self.text[cell.span.start : cell.span.end].rstrip("．.、")
        return label if 0 < len(label) <= LONGEST_LABEL else None

    def figures(self, row: int, cells: Sequence[PlacedCell]) -> Iterator[tuple[str, Span]]:
        """Cells with the heads of their columns; where 单位 gives the row's unit, with that unit: 2025年（%）."""
        unit = self._words(row, self.units).strip("（）") if self.units is not None else ""
        read = read_unit(unit, 0) if 0 < len(unit) <= LONGEST_UNIT else None  # 单位 may as well head a list of organs
        suffix = f"（{unit}）" if read is not None and read.end == len(unit) else ""
        for cell in cells:
            if cell.column not in (self.numbers, self.units):
                yield self.heads[cell.column] + suffix, cell.span
