"""Tables as an Excel workbook: one sheet a table, head frozen and filtered, heights computed, ready to print."""

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from templates.comparison_view import ComparisonView
from templates.labels import Messages
from templates.table import Cell, Column, Marked, Table, change_table, department_table, plain, unit_table

POINTS_A_LINE = 16.5
HIGHEST_ROW = 409.0  # points, Excel's limit
LONGEST_TEXT = 32_767  # characters a cell, Excel's limit
A4 = 9
FONT = "宋体"
FONT_SIZE = 11
# What Word and Excel can say of a mark besides its colour: struck, underlined, dotted as far as Excel goes.
LOOKS: dict[str, dict[str, Any]] = {
    "removed": {"font_strikeout": True, "font_color": "#A8201A"},
    "added": {"underline": 1, "font_color": "#2A623A"},
    "localized": {"underline": 33, "font_color": "#3D5871"},
    "reworded": {"italic": True, "font_color": "#6A655C"},
}
EPOCH = date(2000, 1, 1)


def render_workbook(view: ComparisonView) -> bytes:
    tables = (unit_table(view), change_table(view), department_table(view))
    overview = partial(write_overview, view.messages("head.report"), overview_lines(view))
    return write_workbook(tables, view.messages, created=view.generated_on, overview=overview)


def write_workbook(
    tables: Sequence[Table], messages: Messages, *, created: date | None = None, overview: Any = None
) -> bytes:
    """`overview` writes a first sheet; without `created` the file bears a fixed date, so that it is reproducible."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    # Text of a notice is text: it makes no formula, link or number.
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(buffer, {"in_memory": True, **options})
    day = created or EPOCH
    book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 Excel knows no zones
    formats = Formats(book)
    if overview:
        overview(book.add_worksheet(messages("sheet.overview")), formats)
    for table in tables:
        write_table(book.add_worksheet(table.title), table, formats)
    book.close()
    return buffer.getvalue()


class Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
        ruled = {**base, "border": 1, "border_color": "#B8B0A0"}
        self.head = book.add_format(
            {**ruled, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EFEBE0", "font_name": "黑体"}
        )
        self.text = book.add_format(ruled)
        self.heading = book.add_format({**ruled, "bold": True, "bg_color": "#F6F3EA"})
        self.centred = book.add_format({**ruled, "align": "center"})
        self.book, self.numbers = book, dict[str, Any]()
        self.ruled = ruled
        self.title = book.add_format({**base, "bold": True, "font_size": 16, "font_color": "#A8201A"})
        self.name = book.add_format({**base, "font_color": "#5E574C"})
        self.value = book.add_format({**base, "align": "left"})
        self.looks = {
            look: book.add_format({"font_name": FONT, "font_size": 11, **values}) for look, values in LOOKS.items()
        }
        self.plain = book.add_format({"font_name": FONT, "font_size": 11})

    def of(self, column: Column) -> Any:
        """The format of a column's cells; one a format of numbers."""
        if not column.number_format:
            return self.centred if column.centred else self.text
        if column.number_format not in self.numbers:
            options = {**self.ruled, "align": "center", "num_format": column.number_format}
            self.numbers[column.number_format] = self.book.add_format(options)
        return self.numbers[column.number_format]


def write_table(sheet: Any, table: Table, formats: Formats) -> None:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.label, formats.head)
    sheet.set_row(0, 2 * POINTS_A_LINE)
    for number, row in enumerate(table.rows, 1):
        level, heads = outline(table.levels, number - 1)
        sheet.set_row(number, row_height(row, table.columns), None, {"level": level})
        for index, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            style = formats.heading if heads else formats.of(column)
            write_cell(sheet, (number, index), cell, style, formats)
    sheet.outline_settings(visible=True, symbols_below=False)
    sheet.freeze_panes(1, table.frozen)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, len(table.rows), (table.printed or len(table.columns)) - 1)
    print_setup(sheet)


def outline(levels: Sequence[int], at: int) -> tuple[int, bool]:
    """The level of a row, and whether it heads the next one."""
    if not levels:
        return 0, False
    return levels[at], at + 1 < len(levels) and levels[at + 1] > levels[at]


def write_cell(sheet: Any, at: tuple[int, int], cell: Cell, style: Any, formats: Formats) -> None:
    if cell == "":
        sheet.write_blank(*at, None, style)  # an empty text would count as a value
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell, style)
    elif isinstance(cell, tuple) and len(cell) > 1 and len(str(plain(cell))) <= LONGEST_TEXT:
        sheet.write_rich_string(*at, *fragments(cell, formats), style)
    else:
        sheet.write_string(*at, clip(str(plain(cell))), style)


def fragments(marked: Marked, formats: Formats) -> list[Any]:
    return [part for item in marked if item.text for part in (formats.looks.get(item.look, formats.plain), item.text)]


def clip(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def row_height(row: Sequence[Cell], columns: Sequence[Column], size: float = FONT_SIZE) -> float:
    """Points for all lines of the fullest cell, in a font of `size` points."""
    lines = max(count_lines(str(plain(cell)), column.width, size) for cell, column in zip(row, columns, strict=True))
    return min(lines * POINTS_A_LINE * size / FONT_SIZE + 3, HIGHEST_ROW)


def count_lines(text: str, width: float, size: float = FONT_SIZE) -> int:
    """Lines of a wrapped cell `width` half-width characters wide; a line break in the text ends a line."""
    return sum(max(math.ceil(text_width(line) * size / FONT_SIZE / (width - 1)), 1) for line in text.split("\n"))


def text_width(text: str) -> float:
    """In half-width characters; 宋体 at 11 points is a little wider than two digits of the column unit."""
    return sum(2.15 if unicodedata.east_asian_width(char) in "WFA" else 1.1 for char in text)


def print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


def write_overview(title: str, lines: Sequence[tuple[str, ...]], sheet: Any, formats: Formats) -> None:
    """A title, and columns of names and one or two values."""
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 58)
    sheet.merge_range(0, 0, 0, 2, "", formats.title)  # in its own narrow column a long title would be cut
    sheet.write_string(0, 0, clip(title), formats.title)
    sheet.set_row(0, 2 * POINTS_A_LINE)
    for number, (name, *values) in enumerate(lines, 2):
        sheet.write_string(number, 0, name, formats.name)
        if len(values) == 1:
            sheet.merge_range(number, 1, number, 2, "", formats.value)
        for index, value in enumerate(values, 1):
            sheet.write_string(number, index, clip(value), formats.value)
        width = 115 if len(values) == 1 else 57
        height = max(math.ceil(text_width(value) / width) for value in values)
        sheet.set_row(number, max(height, 1) * POINTS_A_LINE + 3)
    print_setup(sheet)


def overview_lines(view: ComparisonView) -> list[tuple[str, ...]]:
    """(name, value) lines and, where both notices have one, (name, upper value, lower value) lines."""
    t, parties = view.messages, view.parties
    return [
        ("", *(party.role for party in parties)),
        (t("overview.document_number"), *(party.document_number for party in parties)),
        (t("overview.title"), *(party.title for party in parties)),
        (t("overview.issuers"), *(party.issuers for party in parties)),
        (t("overview.issued_on"), *(party.issued_on for party in parties)),
        (t("foot.sources"), *(party.source.name for party in parties)),
        ("SHA-256", *(party.source.sha256 for party in parties)),
        (t("overview.outcome"), "".join((*view.cautions, view.outcome))),
        (t("filter.relation"), t("outcome.item_join").join(f"{part.label} {part.count}" for part in view.bar)),
        (t("filter.type"), say_types(view)),
        *((measure.label, f"{measure.value}  {measure.definition}") for measure in view.measures),
        (t("foot.title"), f"{t('foot.caveat')}{t('outcome.end')}{t('foot.caveat_more')}"),
        ("", " · ".join(view.made)),
    ]


def say_types(view: ComparisonView) -> str:
    """金额改动 5、目标改动 2: all changes of sentences by their labels, the most frequent first."""
    counts = Counter(change.label for section in view.sections for row in section.rows for change in row.changes)
    return view.messages("outcome.item_join").join(f"{label} {n}" for label, n in counts.most_common())
