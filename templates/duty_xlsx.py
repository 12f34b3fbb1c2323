"""The 责任分工表 as an Excel workbook: heading rows merged, head frozen and filtered, 状态 chosen from a list.

Two hidden columns hold the clause's id and the row's digest, by which an edited table is read back.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from templates.duty_marks import write_keywords
from templates.duty_table import COLUMNS, EDITABLE, STATUSES, DutyRow, DutyTable, Heading
from templates.labels import Messages
from templates.table import Column
from templates.workbook import (
    FONT,
    FONT_SIZE,
    HIGHEST_ROW,
    POINTS_A_LINE,
    Formats,
    clip,
    print_setup,
    row_height,
    text_width,
    write_cell,
)

WIDTHS = {
    "number": 6,
    "task": 16,
    "measure": 46,
    "lead": 17,
    "responsible": 24,
    "deadline": 18,
    "basis": 12,
    "note": 13,
}
DRAFT_NOTE = 22
WIDEST_MEASURE = 110  # half-width characters; what is longer still is set smaller
SIZES = (11, 10, 9, 8, 7, 6)  # points
STATUS_WIDTH = 9
CENTRED = ("number", "lead", "deadline", "basis")
HEAD_ROW = 2  # 0-based: the title and the notice stand above it
STATUS, CLAUSE, DIGEST = len(COLUMNS), len(COLUMNS) + 1, len(COLUMNS) + 2  # columns behind the eight
COMMENT_LIMIT = 1000  # characters


def render_duty_xlsx(table: DutyTable) -> bytes:
    from datetime import datetime

    from xlsxwriter import Workbook

    buffer = BytesIO()
    # Text of a notice is text: it makes no formula, link or number.
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"keywords": write_keywords(table), "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet(table.messages("duty_table.sheet"))
    looks = Looks(book)
    grid = Grid(sheet, looks, column_widths(table))
    set_columns(grid)
    write_head(grid, table)
    last = write_items(grid, table)
    write_foot(grid, table, last + 2)
    set_use(sheet, table, last)
    book.close()
    return buffer.getvalue()


class Looks(Formats):
    """The formats of the comparison workbook, and those of this table."""

    def __init__(self, book: Any) -> None:
        super().__init__(book)
        base = {"font_name": FONT, "font_size": FONT_SIZE, "text_wrap": True, "valign": "vcenter"}
        ruled = {**base, "border": 1, "border_color": "#808080"}
        title = {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}
        self.table_title = book.add_format(title)
        self.subject = book.add_format({**base, "align": "center"})
        self.section = book.add_format({**ruled, "font_name": "黑体", "bg_color": "#F6F3EA"})
        self.subsection = book.add_format({**ruled, "font_name": "楷体", "indent": 1})
        self.texts = {size: book.add_format({**ruled, "font_size": size}) for size in SIZES}
        self.text = self.texts[FONT_SIZE]
        self.centred = book.add_format({**ruled, "align": "center"})
        self.check = book.add_format({**base, "bold": True})
        self.foot = book.add_format({**base, "font_size": 10})


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet with its formats and the widths of the eight columns, in half-width characters."""

    sheet: Any
    looks: Looks
    widths: Mapping[str, int]

    @property
    def whole(self) -> Column:
        return Column(label="", width=sum(self.widths.values()) + STATUS_WIDTH)

    def write_merged(self, at: int, text: str, look: Any, *, extra: float = 0) -> None:
        self.sheet.merge_range(at, 0, at, STATUS, "", look)
        self.sheet.write_string(at, 0, clip(text), look)
        self.sheet.set_row(at, row_height([text], [self.whole]) + extra)


def column_widths(table: DutyTable) -> dict[str, int]:
    """As usual, but wide enough for the longest clause in the highest row that Excel has."""
    longest = max((text_width(row.plain("measure")) for row in table.rows), default=0)
    needed = math.ceil(longest / (HIGHEST_ROW // POINTS_A_LINE - 1)) + 1
    note = DRAFT_NOTE if table.options.draft_for else WIDTHS["note"]
    return WIDTHS | {"note": note, "measure": min(max(WIDTHS["measure"], needed), WIDEST_MEASURE)}


def set_columns(grid: Grid) -> None:
    for index, name in enumerate(COLUMNS):
        grid.sheet.set_column(index, index, grid.widths[name])
    grid.sheet.set_column(STATUS, STATUS, STATUS_WIDTH)
    grid.sheet.set_column(CLAUSE, DIGEST, 14, None, {"hidden": True})


def write_head(grid: Grid, table: DutyTable) -> None:
    grid.write_merged(0, table.title, grid.looks.table_title, extra=14)
    grid.write_merged(1, table.subject, grid.looks.subject, extra=6)
    others = (table.messages(f"duty_column.{name}") for name in ("status", "clause", "digest"))
    for index, label in enumerate((*table.labels.values(), *others)):
        grid.sheet.write_string(HEAD_ROW, index, label, grid.looks.head)
    grid.sheet.set_row(HEAD_ROW, 2 * POINTS_A_LINE)


def write_items(grid: Grid, table: DutyTable) -> int:
    """The last row written."""
    edited = {(edit.digest, edit.column): edit.machine for edit in table.edits}
    at = HEAD_ROW
    for at, item in enumerate(table.items, HEAD_ROW + 1):
        if isinstance(item, Heading):
            look = grid.looks.subsection if item.depth else grid.looks.section
            grid.write_merged(at, item.text, look, extra=3)
        else:
            write_row(grid, at, item)
            write_machine_values(grid, at, item, edited, table.messages)
    return at


def write_row(grid: Grid, at: int, row: DutyRow) -> None:
    height = 0.0
    for index, name in enumerate(COLUMNS):
        column, text = Column(label="", width=grid.widths[name]), row.plain(name)
        size = fitting_size(text, column)
        height = max(height, row_height([text], [column], size))
        style = grid.looks.centred if name in CENTRED else grid.looks.texts[size]
        write_cell(grid.sheet, (at, index), row.cells[name], style, grid.looks)
    grid.sheet.set_row(at, height)
    grid.sheet.write_string(at, STATUS, row.status, grid.looks.centred)
    grid.sheet.write_string(at, CLAUSE, row.duty.id, grid.looks.text)
    grid.sheet.write_string(at, DIGEST, row.duty.digest, grid.looks.text)


def fitting_size(text: str, column: Column) -> int:
    """The largest size in which the whole text shows in one row."""
    return next((size for size in SIZES if row_height([text], [column], size) < HIGHEST_ROW), SIZES[-1])


def write_machine_values(
    grid: Grid, at: int, row: DutyRow, edited: Mapping[tuple[str, str], str], messages: Messages
) -> None:
    """What the program read, as a comment on each cell that a person changed."""
    for name in EDITABLE:
        machine = edited.get((row.duty.digest, name))
        if machine is not None:
            value = machine or messages("duty_table.nothing")
            text = messages("duty_table.machine", value=value)[:COMMENT_LIMIT]
            grid.sheet.write_comment(at, COLUMNS.index(name), text, {"font_size": 10, "x_scale": 1.6})


def write_foot(grid: Grid, table: DutyTable, at: int) -> None:
    for number, line in enumerate(table.foot):
        grid.write_merged(at + number, line, grid.looks.foot if number else grid.looks.check)


def set_use(sheet: Any, table: DutyTable, last: int) -> None:
    """Head frozen and filtered, 状态 from a list, printed on landscape A4 as wide as the page."""
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    if last > HEAD_ROW:
        sheet.autofilter(HEAD_ROW, 0, last, STATUS)
        names = [table.messages(f"duty_status.{name}") for name in STATUSES]
        hint = table.messages("duty_table.status_hint")
        sheet.data_validation(
            HEAD_ROW + 1, STATUS, last, STATUS, {"validate": "list", "source": names, "input_message": hint}
        )
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last + 1 + len(table.foot), STATUS)
    print_setup(sheet)
