"""The table of duties in Word: paper and faces of GB/T 9704, widths, rows that stay whole, an office's own template."""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from duties import HOSTILE, ROLES, plan_table, read_sample, table_of
from lxml import etree

from corpus import samples as bundled
from templates.duty_docx import TemplateError, render_duty_docx
from templates.duty_reports import render_duty_table
from templates.duty_table import DutyOptions, DutyTable, Grouping, build_duty_table
from templates.duty_template import TEMPLATES, build_template

PIECES = re.compile(r"[^，。；：、]+")
WORD = Path(__file__).parent.parent / "templates" / "word"


def open_word(table: DutyTable, template: Path | None = None) -> Any:
    return docx.Document(BytesIO(render_duty_docx(table, template)))


def lines(cell: Any) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs)


def test_paper_is_landscape_a4_with_numbered_pages() -> None:
    """A4 turned, — 1 — at the right of odd pages and the left of even ones."""
    word = open_word(table_of(ROLES))
    (section,) = word.sections

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert word.settings.odd_and_even_pages_header_footer
    for footer, alignment in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert "".join(paragraph.text.split()) == "—1—"
        assert " PAGE " in "".join(part.text or "" for part in paragraph._p.iter(qn("w:instrText")))
        assert paragraph.style.element.pPr.find(qn("w:jc")).get(qn("w:val")) == alignment


def test_faces_are_those_of_the_standard_with_fallbacks() -> None:
    """Every style names its East-Asian face; the font table names what to take where it is missing."""
    word = open_word(table_of(ROLES))
    faces = {s.name: s.element.rPr.rFonts.get(qn("w:eastAsia")) for s in word.styles if s.name.startswith("分工")}

    assert faces["分工标题"] == "方正小标宋简体"
    assert faces["分工正文"] == "仿宋_GB2312"
    assert faces["分工表头"] == "黑体"
    assert faces["分工小节"] == "楷体_GB2312"
    with zipfile.ZipFile(BytesIO(render_duty_docx(table_of(ROLES)))) as archive:
        fonts = etree.fromstring(archive.read("word/fontTable.xml"))
    named = {font.get(qn("w:name")) for font in fonts if font.find(qn("w:altName")) is not None}
    assert {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"} <= named


def test_grid_has_a_width_for_every_column_and_fills_the_page() -> None:
    """Widths stand in the grid and in every cell; together they are as wide as the type area."""
    word = open_word(plan_table())
    (table,) = word.tables
    (section,) = word.sections
    grid = [column.w for column in table._tbl.tblGrid.gridCol_lst]
    room = section.page_width - section.left_margin - section.right_margin

    assert len(grid) == 8
    assert sum(grid) == pytest.approx(room, rel=0.01)
    for row in table._tbl.tr_lst:
        assert all(cell.width for cell in row.tc_lst)


def test_head_row_repeats_and_rows_stay_whole() -> None:
    """The head is set to repeat, no row may break, headings keep to the row behind them."""
    (table,) = open_word(plan_table()).tables
    rows = table._tbl.tr_lst

    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    styles = {row.tc_lst[0].p_lst[0].style for row in rows if len(row.tc_lst) == 1}
    word = open_word(plan_table())
    for style in word.styles:
        if style.style_id in styles:
            assert style.paragraph_format.keep_with_next


def test_row_longer_than_a_page_may_break() -> None:
    """A clause that fills more than a page is not cut off: its row may break, its neighbours may not."""
    text = ROLES.replace("持续提升企业开拓市场能力。", "持续提升企业开拓市场能力，完善服务机制。" * 60)
    rows = open_word(table_of(text)).tables[0]._tbl.tr_lst
    splits = [row.trPr.find(qn("w:cantSplit")) is None for row in rows]

    assert splits == [False] * 6 + [True]


def test_cells_say_what_the_table_says() -> None:
    """Every cell of every row stands in the file, in its column, headings in merged rows."""
    for by in Grouping:
        table = plan_table(by)
        word_rows = open_word(table).tables[0].rows
        found = [[lines(cell) for cell in row.cells] for row in word_rows if len(row._tr.tc_lst) == 8][1:]

        assert found == [[row.plain(name) for name in table.labels] for row in table.rows]
        assert sum(1 for row in word_rows if len(row._tr.tc_lst) == 1) == len(table.items) - len(table.rows)


def test_check_stands_under_the_table() -> None:
    """The check line and what is missing follow the table."""
    paragraphs = [paragraph.text for paragraph in open_word(table_of(ROLES)).paragraphs]

    assert "来文 4 条，表中 4 行；无责任单位 1 条；无牵头单位 3 条；含时限 3 条" in paragraphs
    assert "无责任单位：二/（四）" in paragraphs


def test_signs_of_word_and_template_languages_stay_text() -> None:
    """Tags, entities and template signs of a notice are printed as they are."""
    word = open_word(table_of(HOSTILE))
    text = "\n".join(lines(cell) for row in word.tables[0].rows for cell in row.cells)

    assert "=cmd|'/ccalc'!A0" in text
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}、{%raw%}与&amp；应当原样保留。" in text


def test_shipped_templates_are_built_from_their_measures() -> None:
    """`python -m templates.duty_template` makes exactly the files that are shipped."""
    for name, widths in TEMPLATES.items():
        with zipfile.ZipFile(BytesIO(build_template(widths))) as built, zipfile.ZipFile(WORD / name) as shipped:
            for part in ("word/document.xml", "word/fontTable.xml", "word/styles.xml"):
                assert etree.tostring(etree.fromstring(built.read(part)), method="c14n") == etree.tostring(
                    etree.fromstring(shipped.read(part)), method="c14n"
                )


def test_an_office_restyles_its_copy(tmp_path: Path) -> None:
    """A copy with other margins, words and faces gives the same table in the office's look."""
    word = docx.Document(str(WORD / "duty_table.docx"))
    word.styles["分工正文"].font.size = docx.shared.Pt(12)
    word.paragraphs[0].insert_paragraph_before("内部资料")
    word.save(str(tmp_path / "本单位.docx"))
    made = open_word(table_of(ROLES), tmp_path / "本单位.docx")

    assert made.paragraphs[0].text == "内部资料"
    assert made.styles["分工正文"].font.size.pt == 12
    assert lines(made.tables[0].rows[2].cells[3]) == "市商务局"


@pytest.mark.parametrize("kind", ["no file of Word", "unknown tag", "broken tag"])
def test_broken_template_is_said_in_a_line(kind: str, tmp_path: Path) -> None:
    """A template that cannot be filled is named with what to do, and nothing is written."""
    path = tmp_path / "坏.docx"
    if kind == "no file of Word":
        path.write_bytes(b"not a zip")
    else:
        word = docx.Document(str(WORD / "duty_table.docx"))
        word.paragraphs[0].runs[0].text = "{{ nothing }}" if kind == "unknown tag" else "{{ title"
        word.save(str(path))

    with pytest.raises(TemplateError, match="模板"):
        render_duty_docx(table_of(ROLES), path)


def test_template_runs_no_code(tmp_path: Path) -> None:
    """A template from elsewhere cannot reach behind the values it is given."""
    word = docx.Document(str(WORD / "duty_table.docx"))
    word.paragraphs[0].runs[0].text = "{{ title.__class__.__mro__[1].__subclasses__() }}"
    word.save(str(tmp_path / "坏.docx"))

    with pytest.raises(TemplateError):
        render_duty_docx(table_of(ROLES), tmp_path / "坏.docx")


@pytest.mark.libreoffice
def test_every_bundled_table_prints_whole(tmp_path: Path) -> None:
    """LibreOffice prints Word and Excel tables of all bundled notices with every word of every clause."""
    wanted: dict[str, list[str]] = {}
    for number in bundled.NUMBERS:
        document = read_sample(number)
        for at, notice in enumerate(document.notices):
            table = build_duty_table(notice, document.source, DutyOptions())
            for format_ in ("docx", "xlsx"):
                name = f"{number}-{at}-{format_}"
                (tmp_path / f"{name}.{format_}").write_bytes(render_duty_table(table, format=format_))
                wanted[name] = [row.plain("measure") for row in table.rows]
    print_all(tmp_path)

    for name, measures in wanted.items():
        printed = text_of(tmp_path / f"{name}.pdf")
        for measure in measures:
            assert [piece for piece in PIECES.findall(squeeze(measure)) if not stands(piece, printed)] == [], name
        assert "来文" in printed


def stands(piece: str, printed: str) -> bool:
    """Whether the words are printed; a page may end in the middle of a long row."""
    return piece in printed or any(piece[:at] in printed and piece[at:] in printed for at in range(1, len(piece)))


def print_all(folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = sorted(str(path) for path in folder.iterdir() if path.suffix in {".docx", ".xlsx"})
    for suffix in (".docx", ".xlsx"):
        chosen = [source for source in sources if source.endswith(suffix)]
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *chosen]
        subprocess.run(command, check=True, capture_output=True, timeout=240)


def text_of(path: Path) -> str:
    printed = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True)
    return squeeze(printed.stdout.decode())


def squeeze(text: str) -> str:
    """Without spaces, and without the signs that pdftotext sets on lines of their own."""
    return "".join(char for char in text if not char.isspace() and char not in "“”‘’—…")
