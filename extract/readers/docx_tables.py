"""Tables of a Word file: rows and cells with what they cover (ECMA-376-1, 17.4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from extract.layout import Cell
from extract.readers.docx_xml import attribute, child, number, tag
from extract.readers.layout_text import LayoutText
from extract.span import Span

MAX_COLUMNS = 1_000
WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
MAX_DEPTH = 40


@dataclass(slots=True, kw_only=True)
class RowCell:
    element: etree._Element
    column: int
    column_count: int
    row_count: int = 1


@dataclass(slots=True, kw_only=True)
class Row:
    number: int  # 1-based, as in paths
    cells: list[RowCell]


def find_rows(table: etree._Element) -> list[Row]:
    """Rows with their cells; a merged cell stands once, at its first row."""
    rows: list[Row] = []
    open_cells: dict[int, RowCell] = {}  # by column: cells that may go on below
    for item in _inside(table, "tr"):
        properties = child(item, "trPr")
        if child(properties, "del") is not None:
            continue
        column = min(number(properties, "gridBefore") or 0, MAX_COLUMNS)
        row = Row(number=len(rows) + 1, cells=[])
        still_open: dict[int, RowCell] = {}
        for element in _inside(item, "tc"):
            cell, goes_on = _read_cell(element, column, open_cells)
            column += cell.column_count
            if goes_on:
                still_open[cell.column] = cell
            if cell.element is element:
                row.cells.append(cell)
        open_cells = still_open
        rows.append(row)
    return rows


def is_data_table(rows: list[Row]) -> bool:
    """At least two rows and two columns; 版头, 版记 and whole texts are often set in a table of one."""
    return len(rows) > 1 and any(len(row.cells) > 1 for row in rows)


def _read_cell(element: etree._Element, column: int, above: dict[int, RowCell]) -> tuple[RowCell, bool]:
    """The cell, or the one above that it continues; whether the next row may continue it."""
    properties = child(element, "tcPr")
    count = min(max(number(properties, "gridSpan") or 1, 1), MAX_COLUMNS)
    merge = child(properties, "vMerge")
    if merge is None:
        return RowCell(element=element, column=column, column_count=count), False
    restarts = attribute(merge, "val") == "restart"
    if not restarts and column in above:
        above[column].row_count += 1
        return above[column], True
    return RowCell(element=element, column=column, column_count=count), True


def _inside(parent: etree._Element, name: str, depth: int = 0) -> Iterator[etree._Element]:
    for element in parent:
        if tag(element) == name:
            yield element
        elif tag(element) in WRAPPERS and depth < MAX_DEPTH:
            yield from _inside(element, name, depth + 1)


def write_rows(rows: list[Row], out: LayoutText, write_cell: Callable[[etree._Element, str], None]) -> Iterator[Cell]:
    """Write rows cell by cell, a tab between cells; a cell's own paragraphs end in line breaks."""
    for row in rows:
        for index, cell in enumerate(row.cells):
            if index:
                out.write("\t")
            start = out.size
            write_cell(cell.element, f"r{row.number}c{cell.column + 1}")
            yield Cell(
                row=row.number - 1,
                column=cell.column,
                span=Span(start, _text_end(out, start)),
                row_count=cell.row_count,
                column_count=cell.column_count,
            )


def _text_end(out: LayoutText, start: int) -> int:
    """Where the cell's text ends, its last line break left out."""
    return max(start, out.size - 1) if out.pieces and out.pieces[-1].endswith("\n") else out.size
