"""Ruled tables over pages as one grid: repeated heads dropped, rows and merged cells cut by a page end joined."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.layout import BlockKind, Cell
from extract.readers.layout_text import LayoutText
from extract.readers.page_content import PageContent
from extract.readers.page_lines import Line
from extract.readers.page_tables import RuledCell, RuledTable
from extract.readers.page_view import PageView
from extract.span import Span

SAME_WIDTH = 6.0  # points that columns of one table may differ from page to page
ENDS = "。；;！？"
REPEATED_HEAD = "续表重复的表头"


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    page: PageContent
    table: RuledTable


@dataclass(slots=True, kw_only=True)
class JoinedCell:
    """A cell of the whole table, with its lines page by page."""

    row: int
    column: int
    row_count: int
    column_count: int
    lines: list[tuple[PageView, Line]]

    @property
    def text(self) -> str:
        return "".join(chr(view.codes[i]) for view, line in self.lines for i in line.glyphs)


def table_chains(pages: Sequence[PageContent]) -> dict[int, list[TablePart]]:
    """For the first part of each table, all its parts, by `id` of the first."""
    chains: dict[int, list[TablePart]] = {}
    open_chain: list[TablePart] = []
    for page in pages:
        content = [item for item in page.items if isinstance(item, RuledTable) or not item.reason]
        for index, item in enumerate(content):
            if not isinstance(item, RuledTable):
                open_chain = []
                continue
            part = TablePart(page=page, table=item)
            if index == 0 and open_chain and _same_columns(open_chain[-1].table, item):
                open_chain.append(part)
            else:
                open_chain = chains[id(item)] = [part]
    return chains


def _same_columns(a: RuledTable, b: RuledTable) -> bool:
    """Same widths; the place may differ, odd and even pages have other margins."""
    shifts = [y - x for x, y in zip(a.columns, b.columns, strict=False)]
    return len(a.columns) == len(b.columns) and max(shifts) - min(shifts) < SAME_WIDTH


@dataclass(slots=True, kw_only=True)
class TableWriter:
    out: LayoutText
    write: Callable[[PageView, Line, LayoutText, str], None]
    done: set[int] = field(default_factory=set)  # `id` of items written out of their page's turn

    def write_chain(self, parts: Sequence[TablePart]) -> dict[int, int]:
        """Write a table; returns the offsets at which its later pages begin."""
        start = self.out.size
        self.out.start_paragraph()
        begun: dict[int, int] = {}
        cells: list[Cell] = []
        joined = join_parts(parts)
        before: TablePart | None = None
        for part, (head, rows) in zip(parts, joined, strict=True):
            if before is not None:
                self._write_furniture(before.page)
                begun[part.page.view.number] = self.out.size
                self._write_leading(part, head)
            for cells_of_row in rows:
                cells.extend(self._write_row(cells_of_row))
            self.done.add(id(part.table))
            before = part
        self.out.grid(start, cells)
        return begun

    def _write_leading(self, part: TablePart, head: list[Line]) -> None:
        for item in part.page.items:
            if item is part.table:
                break
            if isinstance(item, Line):
                self.write(part.page.view, item, self.out, "\n")
                self.done.add(id(item))
        for line in head:
            start = self.out.size
            self.write(part.page.view, line, self.out, "\n")
            self.out.block(BlockKind.FURNITURE, start, REPEATED_HEAD)

    def _write_furniture(self, page: PageContent) -> None:
        """What stands below the part before, so that it stays with its page."""
        after = False
        for item in page.items:
            after = after or isinstance(item, RuledTable)
            if after and isinstance(item, Line) and item.reason and id(item) not in self.done:
                self.write(page.view, item, self.out, "\n")
                self.done.add(id(item))

    def _write_row(self, row: Sequence[JoinedCell]) -> Iterator[Cell]:
        for number, cell in enumerate(row):
            if number:
                self.out.write("\t")
            self.out.start_paragraph()
            start = self.out.size
            for index, (view, line) in enumerate(cell.lines):
                if index:
                    self.out.write("\n")
                self.write(view, line, self.out, "")
            yield Cell(
                row=cell.row,
                column=cell.column,
                span=Span(start, self.out.size),
                row_count=cell.row_count,
                column_count=cell.column_count,
            )
        self.out.write("\n")
        self.out.start_paragraph()


Rows = list[list[JoinedCell]]


def join_parts(parts: Sequence[TablePart]) -> list[tuple[list[Line], Rows]]:
    """For each part the lines of its repeated head and the rows that begin in it, numbered over the whole table."""
    first = _rows(parts[0], 0)
    out: list[tuple[list[Line], Rows]] = [([], first)]
    written = Written()
    written.add(first)
    for before, part in itertools.pairwise(parts):
        rows = _rows(part, written.row_count)
        heads = _repeated_rows(first, rows)
        head = [line for row in rows[:heads] for cell in row for _, line in cell.lines]
        rows = rows[heads:]
        _renumber(rows, -heads)
        open_row = before.table.open_bottom or (part.table.open_top and not heads)
        if rows and written.continues(rows[0], open_row=open_row):
            written.go_on(rows)
        elif rows:
            written.extend_merged(rows[0])
        out.append((head, rows))
        written.add(rows)
    return out


def _rows(part: TablePart, base: int) -> Rows:
    rows: Rows = [[] for _ in part.table.rows[1:]]
    for cell in part.table.cells:
        lines = [(part.page.view, line) for line in cell.lines]
        rows[cell.row].append(_joined(cell, lines, base))
    return rows


def _joined(cell: RuledCell, lines: list[tuple[PageView, Line]], base: int) -> JoinedCell:
    return JoinedCell(
        row=cell.row + base,
        column=cell.column,
        row_count=cell.row_count,
        column_count=cell.column_count,
        lines=lines,
    )


def _repeated_rows(first: Rows, rows: Rows) -> int:
    """How many rows at the top of a later part say the same as the table's own first rows."""
    count = 0
    for mine, theirs in zip(first, rows, strict=False):
        if not mine or [cell.text for cell in mine] != [cell.text for cell in theirs] or not any(c.text for c in mine):
            break
        count += 1
    return count if count < len(first) or count == 1 else 0


def _renumber(rows: Rows, by: int) -> None:
    for row in rows:
        for cell in row:
            cell.row += by


@dataclass(slots=True)
class Written:
    """What has been joined of a table so far."""

    lowest: dict[int, JoinedCell] = field(default_factory=dict)  # by column: the last cell that covers it
    merged: set[int] = field(default_factory=lambda: {0})  # columns in which cells reach over rows
    numbered: int = 0  # cells of the first column that hold a number
    labelled: int = 0  # other cells of the first column, the head row left out
    row_count: int = 0

    def add(self, rows: Rows) -> None:
        for cell in (cell for row in rows for cell in row):
            self.lowest.update(dict.fromkeys(range(cell.column, cell.column + cell.column_count), cell))
            self.row_count = max(self.row_count, cell.row + cell.row_count)
            if cell.row_count > 1:
                self.merged.add(cell.column)
            if cell.column == 0 and cell.row:
                is_number = cell.text.isdigit()
                self.numbered += is_number
                self.labelled += not is_number

    def continues(self, row: Sequence[JoinedCell], *, open_row: bool) -> bool:
        """Whether a later page's first row is the rest of the row cut by the page end."""
        filled = [cell for cell in row if cell.text]
        if not filled or row[0].column or row[0].text:
            return False
        above = [self.lowest.get(cell.column) for cell in filled]
        texts = [cell.text for cell in above if cell is not None]
        widths = [cell.column_count for cell in above if cell is not None]
        if widths != [cell.column_count for cell in filled] or not all(texts):
            return False
        return open_row or self.numbered > self.labelled or any(text[-1] not in ENDS for text in texts)

    def go_on(self, rows: Rows) -> None:
        """Give the first row's lines to the cells above; a cell that covers more rows keeps covering them."""
        for cell in rows.pop(0):
            above = self.lowest.get(cell.column)
            if above is not None:
                above.lines.extend(cell.lines)
                above.row_count += cell.row_count - 1
        _renumber(rows, -1)

    def extend_merged(self, row: list[JoinedCell]) -> None:
        """Empty cells under a merged column go on with the cell above."""
        for cell in list(row):
            above = self.lowest.get(cell.column)
            if above is None or (above.column, above.column_count) != (cell.column, cell.column_count):
                continue
            if above.text and not cell.text and cell.column in self.merged:
                above.row_count += cell.row_count
                row.remove(cell)
