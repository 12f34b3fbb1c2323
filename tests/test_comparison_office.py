"""The comparison and the clause records as Markdown, CSV, Excel and Word files, read back by other programs."""

import csv
import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from extract.notice import Document, Source
from templates import DOCUMENT_REPORTS, REPORTS, render_comparison, render_document
from tests.comparison_fixture import HOSTILE, Pair, gold_pair, mixed_pair, sample_pair

MARKS = re.compile(r"</?(?:del|ins)>")


@pytest.fixture(scope="module", params=[gold_pair, mixed_pair, sample_pair], ids=["gold", "mixed", "sample"])
def pair(request: pytest.FixtureRequest) -> Pair:
    made: Pair = request.param()
    return made


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def quotes(pair: Pair) -> list[str]:
    return [
        ref.quote for unit in (*pair.comparison.units, *pair.comparison.frame) for ref in (*unit.upper, *unit.lower)
    ]


@pytest.mark.parametrize("format_", REPORTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_format_is_the_same_every_time(format_: str, lang: str) -> None:
    """Same comparison, same bytes, in every format and language."""
    arguments = {**mixed_pair().arguments(), "format": format_, "lang": lang}

    assert render_comparison(**arguments) == render_comparison(**arguments)


def test_markdown_tells_outcome_before_sentences(pair: Pair) -> None:
    """The Markdown report gives outcome, material changes, then every sentence of both sides."""
    text = render_comparison(**pair.arguments(), format="md").decode()
    order = [text.index(word) for word in ("上级 ", "## 实质改动", "## 逐句对照", "## 责任单位", "## 出处与说明")]
    assert order == sorted(order)

    body = text[text.index("## 逐句对照") :]
    read = MARKS.sub("", body).replace("\\", "").replace("&lt;", "<").replace("&amp;", "&")
    for quote in quotes(pair):
        assert quote in read


def test_markdown_table_cells_stay_whole(pair: Pair) -> None:
    """No text of a notice opens a cell, a tag or a code span: each table line has as many cells as its head."""
    text = render_comparison(**pair.arguments(), format="md").decode()

    for block in text.split("\n\n"):
        lines = [re.sub(r"\\.", "", line) for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1
    assert "<script" not in text
    assert not re.search(r"(?<!\\)`", text)


def test_csv_has_one_row_a_unit(pair: Pair) -> None:
    """The table opens in Excel as UTF-8 and holds every unit once with relation, changes and both places."""
    data = render_comparison(**pair.arguments(), format="csv")
    rows = read_csv(data)

    assert data.startswith(b"\xef\xbb\xbf")
    units = {unit.id: unit for unit in (*pair.comparison.units, *pair.comparison.frame)}
    assert sorted(row["编号"] for row in rows) == sorted(units)
    for row in rows:
        unit = units[row["编号"]]
        assert row["上级原文"].removeprefix("'") == "".join(ref.quote for ref in unit.upper)
        assert row["本级原文"].removeprefix("'") == "".join(ref.quote for ref in unit.lower)
        assert (row["变化"] == "") == (not unit.changes)
        assert bool(row["上级位置"]) == bool(unit.upper)


def test_csv_of_changes_has_one_row_a_change(pair: Pair) -> None:
    """Every change is a row with both quotations; those that are material are as many as the report counts."""
    rows = read_csv(render_comparison(**pair.arguments(), format="changes.csv"))
    units = pair.comparison.units
    apart = (*pair.comparison.headings, *pair.comparison.frame)
    wanted = [change for unit in (*units, *apart) for change in unit.changes]

    quoted = [row for row in rows if row["部分"] != "责任单位"]
    assert sorted((row["上级"].removeprefix("'"), row["本级"].removeprefix("'")) for row in quoted) == sorted(
        (change.upper_quote or "", change.lower_quote or "") for change in wanted
    )
    summary = pair.comparison.summary
    parts = Counter(row["部分"] for row in rows if row["实质改动"] == "是")
    departments = sum(
        row.lead_changed + bool(row.left_out) + bool(row.lower_only) for row in pair.comparison.departments
    )
    assert (parts.pop("小标题", 0), parts.pop("责任单位", 0)) == (summary.material_headings, departments)
    assert sum(parts.values()) == summary.material
    assert "缘由与依据" not in parts


@pytest.mark.parametrize("format_", ["csv", "changes.csv"])
def test_csv_text_is_no_formula(format_: str) -> None:
    """A cell that a spreadsheet would run is marked as text."""
    data = render_comparison(**mixed_pair().arguments(), format=format_)
    cells = [cell for row in read_csv(data) for cell in row.values()]

    assert any(cell.startswith("'=SUM(A1:A9)") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.fixture(scope="module")
def book(pair: Pair) -> Any:
    return load_workbook(BytesIO(render_comparison(**pair.arguments(), format="xlsx")), rich_text=True)


def test_workbook_has_a_sheet_a_view(book: Any) -> None:
    """Overview, sentences, changes and departments are sheets of their own, ready to filter and print."""
    assert book.sheetnames == ["概览", "对照", "变化", "部门"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0


def test_workbook_holds_all_sentences_as_text(pair: Pair, book: Any) -> None:
    """Each unit is one row with the whole text of both sides; nothing became a formula or a link."""
    sheet = book["对照"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}

    units = (*pair.comparison.units, *pair.comparison.frame)
    assert len(rows) == len(units)
    for unit in units:
        assert str(rows[unit.id][3].value or "") == "".join(ref.quote for ref in unit.upper)
        assert str(rows[unit.id][6].value or "") == "".join(ref.quote for ref in unit.lower)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_workbook_strikes_what_was_removed() -> None:
    """Removed words are struck, added ones underlined, inside the cell."""
    book = load_workbook(BytesIO(render_comparison(**gold_pair().arguments(), format="xlsx")), rich_text=True)
    upper, lower = book["对照"]["D37"].value, book["对照"]["G37"].value

    struck = [part.text for part in upper if getattr(part, "font", None) and part.font.strike]
    underlined = [part.text for part in lower if getattr(part, "font", None) and part.font.u == "single"]
    assert "".join(struck) == "每年扶持2万名以上大学生创业"
    assert "".join(underlined) == "落实引领大学生创业任务"


def test_workbook_rows_are_high_enough(pair: Pair, book: Any) -> None:
    """A row is at least as high as its longest wrapped cell needs, a Han character being two half-widths."""
    sheet = book["对照"]

    def width(value: object) -> int:
        return sum(2 if char > "\u2000" else 1 for char in str(value or ""))

    for row in sheet.iter_rows(min_row=2):
        need = max(
            -(-width(cell.value) // sheet.column_dimensions[cell.column_letter].width) for cell in (row[3], row[6])
        )
        assert sheet.row_dimensions[row[0].row].height >= min(14 * need, 409)


@pytest.fixture(scope="module")
def word(pair: Pair) -> Any:
    return docx.Document(BytesIO(render_comparison(**pair.arguments(), format="docx")))


def cells_of(word: Any) -> list[list[str]]:
    """The table's rows; a merged row is one cell."""
    return [list(dict.fromkeys(cell.text for cell in row.cells)) for row in word.tables[0].rows]


def test_word_table_holds_all_sentences(pair: Pair, word: Any) -> None:
    """The 对照表 has every sentence of both sides, framed by the office's four columns."""
    rows = word.tables[0].rows
    text = "\n".join(cell for row in cells_of(word) for cell in row)

    assert [cell.text for cell in rows[0].cells] == ["上级条款", "本级条款", "变化", "说明"]
    for quote in quotes(pair):
        assert quote in text
    assert "{{" not in text.replace(HOSTILE, "")
    assert "{%" not in text.replace(HOSTILE, "")


def test_word_pages_follow_office_rules(word: Any) -> None:
    """Landscape A4, the head row repeats, the template's faces are East-Asian fonts."""
    section, rows = word.sections[0], word.tables[0].rows
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    faces = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in word.styles
        if style.name.startswith("对照")
    }
    assert faces["对照标题"] == "方正小标宋简体"
    assert faces["对照表头"] == "黑体"
    assert faces["对照正文"] == "仿宋_GB2312"


def test_word_rows_of_a_few_lines_stay_on_a_page(word: Any) -> None:
    """A row that is five lines high at most is not broken over two pages; a tall one is, and leaves no page half empty."""
    for row in word.tables[0].rows:
        tall = max(len(cell.text.replace("\n", "")) for cell in row.cells) > 90
        assert len(row._tr.trPr.findall(qn("w:cantSplit"))) == (0 if tall else 1)


def test_word_says_what_became_of_a_heading_once() -> None:
    """A heading that went and one that came are told in one line of the notes, under both names."""
    pair = gold_pair()
    first = next(unit for unit in pair.comparison.units if sum(change.material for change in unit.changes) == 2)
    changes = tuple(replace(one, detail="小标题由“甲”改为“乙”。") for one in first.changes)
    units = tuple(replace(unit, changes=changes) if unit.id == first.id else unit for unit in pair.comparison.units)
    arguments = {**pair.arguments(), "comparison": replace(pair.comparison, units=units)}
    text = "\n".join(cell for row in cells_of(docx.Document(BytesIO(render(arguments)))) for cell in row)

    assert text.count("小标题由“甲”改为“乙”。") == 1
    assert re.search(r"条件删除、\w{2}删除：小标题由“甲”改为“乙”。", text)


def render(arguments: dict[str, Any]) -> bytes:
    data: bytes = render_comparison(**arguments, format="docx")
    return data


def test_word_marks_removed_and_added_words() -> None:
    """Removed words carry the struck style, added ones the underlined one."""
    word = docx.Document(BytesIO(render_comparison(**gold_pair().arguments(), format="docx")))
    runs = [run for row in word.tables[0].rows for cell in row.cells for part in cell.paragraphs for run in part.runs]
    styled = {name: [run.text for run in runs if run.style.name == name] for name in ("删去文字", "增加文字")}

    assert "50万元" in styled["删去文字"]
    assert "落实引领大学生创业任务" in styled["增加文字"]
    assert word.styles["删去文字"].font.strike
    assert word.styles["增加文字"].font.underline


def test_word_lists_all_departments_and_what_became_of_them() -> None:
    """Each clause that charges departments is a row with both sides; one left out is struck, one added underlined."""
    pair = gold_pair()
    word = docx.Document(BytesIO(render_comparison(**pair.arguments(), format="docx")))
    rows = word.tables[0].rows
    start = next(at for at, row in enumerate(rows) if row.cells[0].text == "责任单位")
    shown = rows[start + 1 : start + 1 + len(pair.comparison.departments)]

    for row, cells in zip(pair.comparison.departments, (row.cells for row in shown), strict=True):
        assert {name for one in row.counterparts for name in (one.upper,)} | set(row.upper_only) == names_in(cells[0])
        assert {name for one in row.counterparts for name in (one.lower,)} | set(row.lower_only) == names_in(cells[1])
        assert styled(cells[0], "删去文字") == list(row.left_out)
        assert styled(cells[1], "增加文字") == list(row.lower_only)
        assert ("单位未列" in cells[2].text) == bool(row.left_out)
        assert all(name in cells[3].text for name in (*row.left_out, *row.lower_only))


def names_in(cell: Any) -> set[str]:
    return set(cell.text.split("\u3000")[-1].split("、")) - {"无对应单位"}


def styled(cell: Any, name: str) -> list[str]:
    return [run.text for part in cell.paragraphs for run in part.runs if run.style.name == name]


def test_word_file_survives_control_characters() -> None:
    """Characters that XML forbids are replaced, so that Word opens the file."""
    pair = mixed_pair()
    arguments = {**pair.arguments(), "upper_source": source_named(pair, "a\x0b\x00b.txt")}
    word = docx.Document(BytesIO(render_comparison(**arguments, format="docx")))

    assert "a\ufffd\ufffdb.txt" in "\n".join(paragraph.text for paragraph in word.paragraphs)


def source_named(pair: Pair, name: str) -> Source:
    return replace(pair.upper_source, name=name)


@pytest.mark.libreoffice
@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_office_opens_and_prints(format_: str, tmp_path: Path) -> None:
    """LibreOffice opens the file and prints every dropped and added sentence."""
    source = tmp_path / f"report.{format_}"
    source.write_bytes(render_comparison(**mixed_pair().arguments(), format=format_))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    printed = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()

    words = "".join(printed.split())
    for unit in mixed_pair().comparison.units:
        if unit.relation in {"dropped", "added"}:
            assert all(ref.quote in words for ref in (*unit.upper, *unit.lower))


def document_of(pair: Pair) -> Document:
    return Document(source=pair.upper_source, notices=(pair.upper, pair.lower))


def test_document_csv_has_one_row_a_clause(pair: Pair) -> None:
    """Clause records come as one row a clause with heading, text, departments and page."""
    data = render_document(document_of(pair), format="csv")
    rows = read_csv(data)
    clauses = [(notice, clause) for notice in (pair.upper, pair.lower) for clause in notice.clauses]

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(clauses)
    for row, (notice, clause) in zip(rows, clauses, strict=True):
        assert row["文件"] == notice.document_number
        assert row["正文"].removeprefix("'") == clause.text
        assert row["小标题"] == (clause.heading or "")
        for duty in clause.responsibilities:
            assert all(department.full_name in row["责任单位"] for department in duty.departments)
        assert row["页码"].split("—")[0] == str(clause.places[0].page or "")


def test_document_text_is_no_formula() -> None:
    """A clause that begins like a formula stays text in CSV and Excel."""
    document = document_of(mixed_pair())
    texts = [row["正文"] for row in read_csv(render_document(document, format="csv"))]
    assert next(text for text in texts if "SUM" in text).startswith("'=SUM(A1:A9)")

    sheet = load_workbook(BytesIO(render_document(document, format="xlsx")))["条款"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=SUM(A1:A9)") for cell in cells)


def test_document_markdown_names_each_notice(pair: Pair) -> None:
    """The Markdown form has a table for each notice of the file, under its number."""
    text = render_document(document_of(pair), format="md").decode()

    for notice in (pair.upper, pair.lower):
        assert f"# {notice.document_number}" in text
    tables = [block for block in text.split("\n\n") if block.startswith("|")]
    assert [block.count("\n") - 1 for block in tables] == [len(pair.upper.clauses), len(pair.lower.clauses)]


@pytest.mark.parametrize("format_", DOCUMENT_REPORTS)
def test_document_without_notices(format_: str) -> None:
    """A file without notices gives an empty table, no error."""
    assert render_document(Document(source=mixed_pair().upper_source, notices=()), format=format_)
