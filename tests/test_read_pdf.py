"""Reading PDF: the text in order, every character with its page and box."""

from collections.abc import Sequence

import pypdfium2
import pytest
from bundled_renderings import expected, parts, printed, records
from drawn_pdf import DrawnPage, build_drawn
from renderings import Look, Paragraph, Part, Table, build_docx, build_pdf
from web_rendering import build_page

from corpus import samples
from extract.errors import ReadError
from extract.layout import BlockKind, Grid, Layout
from extract.notice import Clause, Mention
from extract.options import ReadOptions
from extract.readers import read_layout
from extract.reading import extract_bytes, read_bytes
from extract.text import normal_text, normalise

LINE = "为贯彻落实党中央国务院决策部署进一步做好稳就业工作结合实际"


def drawn(*pages: DrawnPage) -> Layout:
    return read_layout(build_drawn(pages), "notice.pdf")


def lines(layout: Layout) -> list[str]:
    return [line for line in layout.text.split("\n") if line]


def furniture(layout: Layout) -> list[tuple[str, str]]:
    return [
        (block.reason, layout.text[block.span.start : block.span.end].strip())
        for block in layout.blocks
        if block.kind is BlockKind.FURNITURE
    ]


def rows(layout: Layout, grid: Grid) -> list[list[str]]:
    """Texts of the cells, row by row; printed line ends left out."""
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(layout.text[cell.span.start : cell.span.end].replace("\n", ""))
    return [found[row] for row in sorted(found)]


@pytest.mark.libreoffice
@pytest.mark.parametrize("number", samples.NUMBERS)
def test_a_printed_notice_says_what_its_text_says(number: str) -> None:
    """Clauses, amounts, dates and departments from the printed page equal those from the text."""
    document = extract_bytes(printed(number), "notice.pdf")

    assert records(document) == expected(number)


@pytest.mark.libreoffice
@pytest.mark.parametrize("number", samples.NUMBERS)
def test_every_mention_stands_in_its_boxes(number: str) -> None:
    """The words of each mention can be read back from the page inside the boxes given for it."""
    data = printed(number)
    reading = read_bytes(data, "notice.pdf")

    checked = 0
    with pypdfium2.PdfDocument(data) as document:
        for notice, text in zip(reading.document.notices, reading.texts, strict=True):
            for clause in notice.clauses:
                for mention in mentions(clause):
                    places = text.places(mention.span)
                    found = normal_text("".join(words_in(document, place.page, place.box) for place in places))
                    assert mention.quote in found
                    assert len(found) <= len(mention.quote) + 2 * len(places)
                    checked += 1
    assert checked > 10


def mentions(clause: Clause) -> tuple[Mention, ...]:
    return (*clause.amounts, *clause.dates, *clause.responsibilities, *clause.citations, *clause.directives)


def words_in(document: pypdfium2.PdfDocument, page: int | None, box: Sequence[float] | None) -> str:
    assert page is not None
    assert box is not None
    sheet = document[page - 1]
    x0, top, x1, bottom = box
    height = sheet.get_height()
    text = sheet.get_textpage()
    words = text.get_text_bounded(left=x0, bottom=height - bottom, right=x1, top=height - top)
    text.close()
    sheet.close()
    return str(words).replace("\ufffe", "-")


@pytest.mark.libreoffice
def test_every_character_is_in_the_text_once() -> None:
    """Each drawn character stands in the layout exactly once, and stands for itself."""
    layout = read_layout(printed(samples.NUMBERS[0]), "notice.pdf")

    used = [glyph for glyph in layout.glyph_of if glyph >= 0]

    assert layout.glyphs is not None
    assert sorted(used) == list(range(len(layout.glyphs.page)))
    assert len(layout.glyph_of) == len(layout.text)


@pytest.mark.libreoffice
def test_a_table_over_pages_is_one_table() -> None:
    """A ruled table with a repeated head and merged cells comes out as one grid, row for row as written."""
    table = task_table(40)
    data = build_pdf(build_docx([Paragraph(text="某市任务分工表", look=Look.TITLE), table], header="某市人民政府公报"))

    layout = read_layout(data, "table.pdf")

    assert (layout.page_count or 0) > 3
    assert len(layout.grids) == 1
    written = [
        [text for column, text in enumerate(row) if text is not None and (number, column) not in table.down]
        for number, row in enumerate(table.rows)
    ]
    assert rows(layout, layout.grids[0]) == written
    spans = {(cell.row, cell.column): (cell.row_count, cell.column_count) for cell in layout.grids[0].cells}
    assert spans[5, 1] == (3, 1)
    assert spans[12, 1] == (1, 2)


@pytest.mark.libreoffice
def test_a_table_of_tasks_says_the_same_in_every_format() -> None:
    """Departments and deadlines of a 分工表 over pages are those of the same table in Word and on a web page."""
    title = Paragraph(text="某市稳就业任务分工表", look=Look.TITLE)
    written: list[Part] = [*parts(samples.NUMBERS[0]), Paragraph(text="附件"), title, task_table(40)]
    word = build_docx(written)

    from_word = records(extract_bytes(word, "notice.docx"))

    assert records(extract_bytes(build_pdf(word), "notice.pdf")) == from_word
    assert records(extract_bytes(build_page(written, {}), "notice.html")) == from_word
    assert sum("附件" in str(record[0]) for record in from_word) > 100


@pytest.mark.libreoffice
@pytest.mark.parametrize("repeat_header", [True, False])
def test_rows_longer_than_a_page_stay_whole(repeat_header: bool) -> None:
    """Rows that run over one page end, or over two, come out as they were written."""
    task = "加强政策宣传解读确保各项任务落实到位，"
    body = [[str(number), task * (8 + number % 5 * 7) + "完成。", f"{number}月底前"] for number in range(1, 10)]
    table = Table(rows=[["序号", "具体举措", "完成时限"], *body], widths=[700, 4400, 1600], repeat_header=repeat_header)

    data = build_pdf(build_docx([Paragraph(text="任务表", look=Look.TITLE), table], landscape=True))
    layout = read_layout(data, "table.pdf")

    assert [rows(layout, grid) for grid in layout.grids] == [[["序号", "具体举措", "完成时限"], *body]]


def task_table(count: int) -> Table:
    """A 分工表 with a merged column and a cell over two columns."""
    head = ["序号", "重点任务", "具体举措", "牵头单位", "完成时限"]
    body: list[list[str | None]] = [
        [
            str(number),
            f"任务{number}",
            f"对第{number}类企业给予每人{number}00元补贴，加强政策宣传。" * (1 + number % 3),
            "市人力资源社会保障局",
            f"{number % 12 + 1}月底前",
        ]
        for number in range(1, count + 1)
    ]
    for row in (6, 7):
        body[row - 1][1] = ""
    body[11][2] = None
    return Table(rows=[head, *body], widths=[700, 1600, 3400, 1800, 1300], down=frozenset({(6, 1), (7, 1)}))


def test_lines_join_to_paragraphs_by_indent_and_short_lines() -> None:
    """A paragraph begins at an indent, after a short line and where the type changes, not at each printed line."""
    page = DrawnPage().text(150, 100, "关于做好工作的通知", 22)
    page.lines(80, 150, ["各市人民政府：", "　　" + LINE[:26], LINE[:28], "第三行短。", "　　" + LINE[:26], LINE[:28]])

    layout = drawn(page)

    starting = [layout.text[start : start + 4] for start in sorted(layout.paragraph_starts or ())]
    assert starting == ["关于做好", "各市人民", "为贯彻落", "为贯彻落"]
    assert layout.text.count("为贯彻落") == 4


def test_paragraphs_set_apart_by_space_are_told_apart() -> None:
    """Where no line is indented, a gap wider than the usual one begins a paragraph."""
    page = DrawnPage()
    for paragraph in range(3):
        page.lines(80, 100 + paragraph * 140, [LINE] * 4, 16, 29)

    layout = drawn(page)

    starts = sorted(layout.paragraph_starts or ())
    assert [start // (len(LINE) + 1) for start in starts] == [0, 4, 8]


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column is read to its end before the right one; lines across stand where they cut them."""
    page = DrawnPage().text(200, 100, "两栏文件的标题", 22)
    for row in range(8):
        page.text(60, 150 + row * 29, f"左栏第{row}行文字左栏文字左栏文字", 14)
        page.text(310, 150 + row * 29, f"右栏第{row}行文字右栏文字右栏文字", 14)

    found = lines(drawn(page))

    assert found[0] == "两栏文件的标题"
    assert [line[:4] for line in found[1:]] == [f"{side}栏第{row}" for side in "左右" for row in range(8)]


def test_columns_go_on_over_a_page_with_a_short_right_one() -> None:
    """On the last page the right column may hold but a signature; it still comes after the left one."""
    pages = [DrawnPage(), DrawnPage()]
    for number, page in enumerate(pages):
        for row in range(8):
            page.text(60, 150 + row * 29, f"{number}页左栏{row}行文字左栏文字", 14)
        for row in range(2 if number else 8):
            page.text(310, 150 + row * 29, f"{number}页右栏{row}行文字右栏文字", 14)

    found = lines(drawn(*pages))

    assert [line[:4] for line in found] == ["0页左栏"] * 8 + ["0页右栏"] * 8 + ["1页左栏"] * 8 + ["1页右栏"] * 2


def test_two_signatures_side_by_side_are_no_columns() -> None:
    """A few names beside each other stay on their line, so that a joint signature keeps its order."""
    page = DrawnPage().lines(80, 150, [LINE, LINE, "此通知。"])
    page.text(100, 300, "某市财政局").text(350, 300, "某市教育局")

    assert lines(drawn(page))[-1].split() == ["某市财政局", "某市教育局"]


@pytest.mark.parametrize(
    ("rotate", "turn", "x", "y", "step"),
    [
        (90, 90, 100, 742, (30, 0)),
        (180, 180, 500, 742, (0, -30)),
        (270, 270, 500, 100, (-30, 0)),
        (0, 90, 100, 742, (30, 0)),
    ],
)
def test_turned_pages_read_upright(rotate: int, turn: int, x: int, y: int, step: tuple[int, int]) -> None:
    """A page shown turned, or set sideways, gives its lines in order; boxes are those of the page as displayed."""
    page = DrawnPage(rotate=rotate)
    page.text(x, y, "各市人民政府", 16, turn).text(x + step[0], y + step[1], "现将通知印发", 16, turn)

    layout = drawn(page)

    assert lines(layout) == ["各市人民政府", "现将通知印发"]
    assert layout.glyphs is not None
    width, height = layout.page_sizes[0]
    assert 0 <= min(layout.glyphs.x0) <= max(layout.glyphs.x1) <= width
    assert 0 <= min(layout.glyphs.top) <= max(layout.glyphs.bottom) <= height
    along = layout.glyphs.top if rotate == 0 else layout.glyphs.x0
    assert abs(along[1] - along[0]) == pytest.approx(16, abs=0.1)


def test_boxes_count_from_the_visible_page() -> None:
    """On a cropped page, boxes are measured from the top left of what is shown."""
    layout = drawn(DrawnPage(crop=(50, 50, 500, 700)).text(100, 200, "裁切"))

    assert layout.page_sizes == ((450.0, 650.0),)
    assert layout.glyphs is not None
    assert layout.glyphs.x0[0] == pytest.approx(50, abs=0.5)
    assert layout.glyphs.bottom[0] == pytest.approx(200 - 142 + 16 * 0.12, abs=1)


def test_fake_bold_counts_once() -> None:
    """A title printed three times a hair apart is read once, true repetitions stay, and the reader says so."""
    page = DrawnPage()
    for shift in (0.0, 0.3, 0.6):
        page.text(80 + shift, 100, "人人参与", 22)

    layout = drawn(page)

    assert layout.text == "人人参与\n"
    assert [warning.code for warning in layout.warnings] == ["overprint"] or not layout.warnings


def test_watermarks_are_none_of_the_text() -> None:
    """Slanted words and huge words over the lines are named as furniture and leave the lines whole."""
    page = DrawnPage().lines(80, 150, [LINE, LINE, LINE])
    page.text(150, 500, "内部资料", 60, 45).text(60, 215, "样稿", 120)

    layout = drawn(page)

    assert normalise(layout).text == LINE * 3
    assert {text for _, text in furniture(layout)} == {"内部资料", "样稿"}


@pytest.mark.parametrize(
    "number", ["— {} —", "-{}-", "第{}页", "第{}页 共3页", "共3页 第{}页", "{}/3", "{}", "· {} ·", "Page {} of 3"]
)
def test_page_numbers_are_furniture(number: str) -> None:
    """Page numbers in the forms in use are taken out, and a sentence runs on over the page."""
    pages = [DrawnPage().lines(80, 150, [LINE]).text(270, 800, number.format(page), 12) for page in (1, 2, 3)]

    layout = drawn(*pages)

    assert normalise(layout).text == LINE * 3
    assert [reason for reason, _ in furniture(layout)] == ["页码"] * 3


def test_running_heads_are_furniture_though_they_repeat_the_title() -> None:
    """A line repeated at the same place on every page goes; the title it repeats stays."""
    title = "某市稳就业工作方案"
    pages = [DrawnPage().text(220, 50, title, 10).lines(80, 180, [LINE, LINE]) for _ in range(4)]
    pages[0].text(180, 140, title, 22)

    text = normalise(drawn(*pages)).text

    assert text == title + LINE * 8


def test_attachment_marks_are_no_running_heads() -> None:
    """附件 at the head of each page is the mark of an attachment, however often it comes."""
    pages = [DrawnPage().text(80, 100, "附件").lines(80, 180, [LINE]) for _ in range(3)]

    assert normalise(drawn(*pages)).text == ("附件" + LINE) * 3


def test_numbers_at_the_foot_that_do_not_count_pages_stay() -> None:
    """A lone number below the text is a page number only where it counts along with the pages."""
    pages = [DrawnPage().lines(80, 150, [LINE]).text(80, 790, number) for number in ("2021", "136", "17")]

    assert normalise(drawn(*pages)).text == "".join(LINE + number for number in ("2021", "136", "17"))


def test_footnotes_stand_behind_the_text() -> None:
    """Notes below a short rule are a block of their own at the end, so that no sentence is cut by one."""
    pages = [
        DrawnPage().lines(80, 150, [LINE] * 4).rule(80, 700, 200, 700).text(80, 720, f"① 第{page}页的脚注。", 9)
        for page in (1, 2)
    ]

    layout = drawn(*pages)

    notes = [block for block in layout.blocks if block.kind is BlockKind.FOOTNOTE]
    assert [layout.text[note.span.start : note.span.end].strip() for note in notes] == [
        "①第1页的脚注。",
        "①第2页的脚注。",
    ]
    assert normalise(layout).text.startswith(LINE * 8)


def test_a_row_cut_by_the_page_end_is_one_row() -> None:
    """A table that runs out of the page without a line closes there, and the rest of its row is joined."""
    first = DrawnPage().text(80, 100, "任务分工如下：").grid([80, 120, 300, 500], [150, 180, 300, 420], close=False)
    write_row(first, 170, 0, "序号", "重点任务", "完成时限")
    write_row(first, 200, 0, "1", "落实返还政策", "2024年6月底前")
    write_row(first, 320, 0, "2", "实施提升行动，对符合", "2024年12月")
    second = DrawnPage().grid([100, 140, 320, 520], [60, 90, 150, 200]).text(80, 300, "以上请落实。")
    write_row(second, 80, 20, "序号", "重点任务", "完成时限")
    write_row(second, 110, 20, "", "条件的给予补贴。", "20日前")
    write_row(second, 170, 20, "3", "加强组织领导", "长期")
    for number, page in enumerate((first, second), start=1):
        page.text(280, 800, f"— {number} —", 12)

    layout = drawn(first, second)

    assert [rows(layout, grid) for grid in layout.grids] == [
        [
            ["序号", "重点任务", "完成时限"],
            ["1", "落实返还政策", "2024年6月底前"],
            ["2", "实施提升行动，对符合条件的给予补贴。", "2024年12月20日前"],
            ["3", "加强组织领导", "长期"],
        ]
    ]


def write_row(page: DrawnPage, y: float, shift: float, *texts: str) -> None:
    for x, text in zip((85, 125, 305), texts, strict=True):
        page.text(x + shift, y, text, 12)


def test_a_box_round_a_paragraph_is_no_table() -> None:
    """A frame of one cell holds running text."""
    page = DrawnPage().grid([60, 560], [120, 240]).lines(80, 150, [LINE[:26], LINE[:26]])

    layout = drawn(page)

    assert layout.grids == ()
    assert normalise(layout).text == LINE[:26] * 2


@pytest.mark.libreoffice
def test_an_encrypted_pdf_asks_for_its_password() -> None:
    """Without password one line says which option to use, with a wrong one that it is wrong, with the right one it reads."""
    option = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"abc"}}'
    data = build_pdf(build_docx([Paragraph(text="加密的通知")]), f"pdf:writer_pdf_Export:{option}")

    with pytest.raises(ReadError, match="--password 给出密码"):
        read_layout(data, "secret.pdf")
    with pytest.raises(ReadError, match="密码不对"):
        read_layout(data, "secret.pdf", ReadOptions(password="wrong"))
    assert "加密的通知" in read_layout(data, "secret.pdf", ReadOptions(password="abc")).text


def test_a_truncated_pdf_says_so() -> None:
    """A file cut short is named as incomplete, not as something else."""
    data = build_drawn([DrawnPage().lines(80, 150, [LINE] * 9) for _ in range(3)])

    with pytest.raises(ReadError, match="不完整"):
        read_layout(data[:300], "cut.pdf")


def test_a_scan_without_text_names_the_way_on() -> None:
    """A file of pictures alone says that it has no text layer and what to install."""
    data = build_drawn([DrawnPage().picture(0, 0, 595, 842)])

    with pytest.raises(ReadError, match="没有文字层"):
        read_layout(data, "scan.pdf", ReadOptions(recognise=False))


def test_a_page_that_is_only_a_picture_is_named() -> None:
    """Among pages with text, the one without is reported by its number."""
    layout = drawn(DrawnPage().lines(80, 150, [LINE]), DrawnPage().picture(0, 0, 595, 842))

    assert [(warning.code, warning.page) for warning in layout.warnings] == [("image-page", 2)]


def test_too_many_pages_are_refused() -> None:
    """The limit of pages is an option, and the message names both numbers."""
    data = build_drawn([DrawnPage().text(80, 100, "页") for _ in range(4)])

    with pytest.raises(ReadError, match="4 页，超过上限 3 页"):
        read_layout(data, "long.pdf", ReadOptions(max_pages=3))
