"""An edited table read back: every edit found, none invented, what does not match refused."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from duties import PLAN, ROLES, plan_table, read_text, table_of
from openpyxl import load_workbook

from corpus import samples as bundled
from templates.draft import build_draft
from templates.duty_marks import write_keywords
from templates.duty_reports import render_duty_table
from templates.duty_table import COLUMNS, DutyOptions, DutyTable
from templates.roundtrip import RoundTrip, TableError, check_source, merge, read_edited

FORMATS = ("docx", "xlsx")
Edits = dict[tuple[str, str], str]  # clause and column -> what the editor types


def edit(data: bytes, format_: str, table: DutyTable, edits: Edits) -> bytes:
    """Type into cells as an editor does, with the office libraries."""
    rows = {row.duty.id: at for at, row in enumerate(table.rows)}
    places = {(rows[clause], COLUMNS.index(column)): words for (clause, column), words in edits.items()}
    return edit_word(data, places) if format_ == "docx" else edit_excel(data, places)


def edit_word(data: bytes, places: dict[tuple[int, int], str]) -> bytes:
    word = docx.Document(BytesIO(data))
    rows = [row for row in word.tables[0].rows if len(row._tr.tc_lst) == len(COLUMNS)][1:]
    for (row, column), words in places.items():
        cell = rows[row].cells[column]
        for run in cell.paragraphs[0].runs:
            run.text = ""
        cell.paragraphs[0].add_run(words)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def edit_excel(data: bytes, places: dict[tuple[int, int], str]) -> bytes:
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    merged = {area.min_row for area in sheet.merged_cells.ranges}
    rows = [row for row in range(4, sheet.max_row + 1) if row not in merged and sheet.cell(row, 11).value]
    for (row, column), words in places.items():
        sheet.cell(rows[row], column + 1).value = words
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def back(data: bytes, format_: str, table: DutyTable) -> RoundTrip:
    return merge(read_edited(data, f"分工表.{format_}"), table)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("by", ["clause", "deadline"])
def test_untouched_table_has_no_edits(format_: str, by: str) -> None:
    """Reading back what was written finds nothing: 63 rows, long lists, line breaks and all."""
    table = plan_table(by)
    result = back(render_duty_table(table, format=format_), format_, table)

    assert (result.edits, result.refused, result.removed) == ((), (), ())


@pytest.mark.parametrize("format_", FORMATS)
def test_saved_again_by_an_office_library_is_still_no_edit(format_: str) -> None:
    """Opening and saving changes nothing that counts."""
    table = plan_table()
    data = edit(render_duty_table(table, format=format_), format_, table, {})

    assert back(data, format_, table).edits == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_every_edit_is_found_and_none_invented(format_: str) -> None:
    """Each typed cell comes back with both values, the program's beside the person's; an emptied cell too."""
    table = plan_table()
    edits = {
        ("一/1", "lead"): "市发展改革委",
        ("四/21", "responsible"): "市人力资源社会保障局、市教育局、团市委",
        ("二/8", "deadline"): "",
        ("十/63", "note"): "=1+1 & <b>每季度</b>报送",
        ("三/17", "measure"): "建设人才公寓。",
    }
    result = back(edit(render_duty_table(table, format=format_), format_, table, edits), format_, table)
    machine = {row.duty.id: row for row in table.rows}

    assert {(item.clause, item.column): item.human for item in result.edits} == edits
    for item in result.edits:
        assert item.machine == machine[item.clause].plain(item.column)
    assert not result.refused


@pytest.mark.parametrize("format_", FORMATS)
def test_other_line_breaks_are_no_edit(format_: str) -> None:
    """Departments typed in one line instead of two are the same departments."""
    table = table_of(ROLES)
    data = edit(
        render_duty_table(table, format=format_), format_, table, {("一/（一）", "responsible"): "市财政局、市贸促会"}
    )

    assert back(data, format_, table).edits == ()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("again", FORMATS)
def test_regenerated_table_keeps_both_values(format_: str, again: str) -> None:
    """The table made from both says the person's words in the cell and the program's under the table, again and again."""
    table = table_of(ROLES)
    edits = {("一/（二）", "lead"): "市财政局", ("二/（三）", "note"): "月报"}
    first = back(edit(render_duty_table(table, format=format_), format_, table, edits), format_, table)
    data = render_duty_table(first.table, format=again)
    second = back(data, again, table)

    assert [(item.clause, item.column, item.human) for item in second.edits] == [
        (clause, column, words) for (clause, column), words in edits.items()
    ]
    assert "一/（二）　牵头单位：“空”改为“市财政局”" in first.table.foot
    if again == "xlsx":
        comments = [
            cell.comment.text for row in load_workbook(BytesIO(data)).worksheets[0] for cell in row if cell.comment
        ]
        assert comments == ["来文读作：空", "来文读作：空"]


def test_status_of_a_row_comes_back() -> None:
    """What was chosen under 状态 stands in the table made anew."""
    table = table_of(ROLES)
    book = load_workbook(BytesIO(render_duty_table(table, format="xlsx")))
    book.worksheets[0]["I5"].value = "进行中"
    buffer = BytesIO()
    book.save(buffer)
    result = back(buffer.getvalue(), "xlsx", table)

    assert [row.status for row in result.table.rows] == ["进行中", "", "", ""]
    assert result.edits == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_changed_notice_refuses_its_old_row(format_: str) -> None:
    """A row whose clause says something else now is not taken; its neighbours are."""
    old, new = table_of(ROLES), table_of(ROLES.replace("80%", "60%"))
    result = back(render_duty_table(old, format=format_), format_, new)

    assert [(item.reason, item.words[:5]) for item in result.refused] == [("unknown", "对小微企业")]
    assert result.removed == ("一/（二）",)
    assert result.edits == ()


def test_added_and_doubled_rows_are_refused() -> None:
    """A row that a person typed has no basis in the notice; a copied row stands once."""
    table = table_of(ROLES)
    word = docx.Document(BytesIO(render_duty_table(table, format="docx")))
    from copy import deepcopy

    rows = word.tables[0]._tbl.tr_lst
    rows[-1].addnext(copy := deepcopy(rows[-1]))
    copy.addnext(typed := deepcopy(rows[-1]))
    for mark in (*typed.iter(qn("w:bookmarkStart")), *typed.iter(qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    buffer = BytesIO()
    word.save(buffer)
    result = back(buffer.getvalue(), "docx", table)

    assert [item.reason for item in result.refused] == ["twice", "added"]
    assert result.edits == ()


def test_deleted_row_is_named() -> None:
    """A row taken out of the file is named by its clause."""
    table = table_of(ROLES)
    word = docx.Document(BytesIO(render_duty_table(table, format="docx")))
    row = word.tables[0]._tbl.tr_lst[-1]
    row.getparent().remove(row)
    buffer = BytesIO()
    word.save(buffer)

    assert back(buffer.getvalue(), "docx", table).removed == ("二/（四）",)


def test_draft_comes_back_too() -> None:
    """A draft's marked words are no edits; a department filled in is one."""
    document = read_text(ROLES.replace("青岛市人民政府", "山东省人民政府").replace("青政发", "鲁政发"))
    table = build_draft(document.notices[0], document.source, DutyOptions(draft_for="青岛市"))
    for format_ in FORMATS:
        data = edit(
            render_duty_table(table, format=format_), format_, table, {(table.rows[0].duty.id, "lead"): "市商务局"}
        )
        edited = read_edited(data, f"a.{format_}")

        assert edited.marks.options.draft_for == "青岛市"
        assert [item.human for item in merge(edited, table).edits] in ([], ["市商务局"])
        assert len(merge(edited, table).edits) == int(table.rows[0].plain("lead") != "市商务局")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"not a file", "a.docx", "不是 Office 文件"),
        (b"not a file", "a.xlsx", "不是 Office 文件"),
        (b"", "a.pdf", "只能读回"),
    ],
)
def test_other_files_are_refused(data: bytes, name: str, said: str) -> None:
    """What is no table of ours is refused with what to do."""
    with pytest.raises(TableError, match=said):
        read_edited(data, name)


def test_table_of_another_notice_or_by_department_is_refused() -> None:
    """The notice must be the one the table was made from, and each clause must stand in one row."""
    edited = read_edited(render_duty_table(table_of(ROLES), format="docx"), "a.docx")
    with pytest.raises(TableError, match="来文是青政发"):
        check_source(edited, plan_table().notice, plan_table().source)
    with pytest.raises(TableError, match="按单位"):
        read_edited(render_duty_table(table_of(ROLES, "department"), format="xlsx"), "a.xlsx")


def test_word_written_by_hand_is_refused() -> None:
    """A Word file with a like head, but not ours, is not taken for one."""
    word = docx.Document()
    for cell, text in zip(word.add_table(1, 3).rows[0].cells, ("序号", "具体举措", "依据"), strict=True):
        cell.text = text
    buffer = BytesIO()
    word.save(buffer)

    with pytest.raises(TableError, match="不是 duizhao 写出"):
        read_edited(buffer.getvalue(), "a.docx")


def test_command_lists_edits_and_writes_anew(duizhao: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    """`--read` says each edit; with -o the table is made anew with them in it."""
    source = f"{samples / bundled.file_name(PLAN)}#{PLAN}"
    first, second = tmp_path / "分工表.xlsx", tmp_path / "新表.docx"
    assert duizhao("table", source, "-o", first).status == 0
    first.write_bytes(edit_excel(first.read_bytes(), {(0, COLUMNS.index("lead")): "市发展改革委"}))
    run = duizhao("table", source, "--read", first, "-o", second)

    assert run.status == 0
    assert run.out.splitlines() == ["分工表.xlsx：人工改动 1 处", "  一/1　牵头单位：“空”改为“市发展改革委”"]
    assert "市发展改革委" in docx.Document(str(second)).tables[0].rows[2].cells[3].text


@pytest.mark.libreoffice
@pytest.mark.parametrize("format_", FORMATS)
def test_table_saved_by_libreoffice_comes_back(format_: str, tmp_path: Path) -> None:
    """Saved once by LibreOffice the table still knows its notice, options and rows, and has no edits."""
    table = table_of(ROLES, infer_lead=True)
    source = tmp_path / f"table.{format_}"
    source.write_bytes(render_duty_table(table, format=format_))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", format_, "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    edited = read_edited((tmp_path / "saved" / source.name).read_bytes(), source.name)
    result = merge(edited, table)

    assert edited.marks.options == table.options
    assert edited.marks.document_number == "青政发〔2023〕5号"
    assert (result.edits, result.refused, result.removed) == ((), (), ())


def test_marks_fit_the_property() -> None:
    """Word takes 255 characters of keywords, and LibreOffice cuts them at marks: one word of letters and digits."""
    table = replace(table_of(ROLES), options=DutyOptions(draft_for="双江拉祜族佤族布朗族傣族自治县"))
    keywords = write_keywords(table)

    assert len(keywords) <= 255
    assert re.fullmatch(r"[A-Za-z0-9_-]+", keywords)


def test_gloss_typed_in_one_line_is_no_edit() -> None:
    """The day a deadline means may stand right behind it."""
    table = table_of(ROLES)
    data = edit(
        render_duty_table(table, format="docx"), "docx", table, {("一/（一）", "deadline"): "6月底前（2023年6月30日）"}
    )

    assert back(data, "docx", table).edits == ()
