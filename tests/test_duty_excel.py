"""The table of duties in Excel: text stays text, rows are as high as their words, ready to filter and to print."""

import zipfile
from io import BytesIO
from typing import Any

from duties import HOSTILE, ROLES, plan_table, table_of
from lxml import etree
from openpyxl import load_workbook

from templates.duty_table import DutyTable
from templates.duty_xlsx import HEAD_ROW, render_duty_xlsx
from templates.workbook import HIGHEST_ROW, count_lines

HEAD = HEAD_ROW + 1  # as Excel counts


def open_sheet(table: DutyTable) -> Any:
    return load_workbook(BytesIO(render_duty_xlsx(table))).worksheets[0]


def test_rows_say_what_the_table_says() -> None:
    """Every row has its eight cells, its clause's id and its check code; headings are merged over all columns."""
    table = plan_table()
    sheet = open_sheet(table)
    merged = {area.min_row for area in sheet.merged_cells.ranges}
    rows = [row for row in range(HEAD + 1, HEAD + 1 + len(table.items)) if row not in merged]

    assert len(rows) == 63
    for number, row in zip(rows, table.rows, strict=True):
        values = [sheet.cell(number, column).value or "" for column in range(1, 12)]
        assert values[:8] == [row.plain(name) for name in table.labels]
        assert values[9:] == [row.duty.id, row.duty.digest]
    hidden = sheet.column_dimensions["J"]  # openpyxl keeps neighbours of one width under the first
    assert (hidden.hidden, hidden.min, hidden.max) == (True, 10, 11)


def test_sheet_is_ready_to_use_and_to_print() -> None:
    """Head frozen, filtered and repeated on each page; landscape A4, as wide as the page; 状态 from a list."""
    sheet = open_sheet(table_of(ROLES))

    assert sheet.freeze_panes == f"A{HEAD + 1}"
    assert sheet.auto_filter.ref == f"A{HEAD}:I{HEAD + 6}"
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"未启动,进行中,已完成,已逾期"'
    assert str(validation.sqref) == f"I{HEAD + 1}:I{HEAD + 6}"


def test_no_text_becomes_a_formula() -> None:
    """What begins with = + - @ is a string to Excel."""
    sheet = open_sheet(table_of(HOSTILE))
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)


def test_rows_are_high_enough_for_their_words() -> None:
    """A row's height holds every line of its fullest cell, up to what Excel allows."""
    sheet = open_sheet(plan_table())
    merged = {area.min_row for area in sheet.merged_cells.ranges}
    rows = [row for row in range(HEAD + 1, HEAD + 74) if row not in merged]

    assert len(rows) == 63
    for row in rows:
        cells = [sheet.cell(row, column) for column in range(1, 9)]
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in cells]
        needed = max(count_lines(str(cell.value or ""), width) for cell, width in zip(cells, widths, strict=True))
        assert sheet.row_dimensions[row].height >= min(needed * 14, HIGHEST_ROW)


def test_longest_clause_is_not_cut() -> None:
    """A clause longer than Excel's highest row gets a wider column or smaller type, never a cut."""
    text = ROLES.replace("持续提升企业开拓市场能力。", "持续提升企业开拓市场能力，完善服务机制。" * 90)
    sheet = open_sheet(table_of(text))
    cell = next(cell for cell in sheet["C"] if str(cell.value).startswith("持续提升"))
    lines = count_lines(str(cell.value), sheet.column_dimensions["C"].width, cell.font.size)

    assert len(str(cell.value)) == 1800
    assert lines * 16.5 * cell.font.size / 11 <= HIGHEST_ROW


def test_parts_are_well_formed_and_named() -> None:
    """Every part of the package is XML that a strict parser takes, and the content types name it."""
    with zipfile.ZipFile(BytesIO(render_duty_xlsx(table_of(HOSTILE)))) as archive:
        types = archive.read("[Content_Types].xml").decode()
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
            assert name.endswith(".rels") or f"/{name}" in types or name == "[Content_Types].xml"
