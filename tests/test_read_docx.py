"""Reading Word files: what is printed, in the order of the text, with automatic numbers and paths."""

import pytest
from bundled_renderings import expected, parts, records
from renderings import BAND, build_docx, build_pdf, convert
from word_file import build_word, cell, level, numbered, numbering, paragraph, run, table

from corpus import samples
from extract.errors import ReadError
from extract.layout import BlockKind, Layout
from extract.options import ReadOptions
from extract.readers import read_layout
from extract.readers.doc import read_doc
from extract.reading import extract_bytes
from extract.text import normal_text, normalise


def read(body: str, **more: str) -> Layout:
    return read_layout(build_word(body, **more), "notice.docx")


def printed(body: str, **more: str) -> list[str]:
    """Lines of the notice's text."""
    return [line for line in read(body, **more).text.split("\n") if line]


def blocks(layout: Layout, kind: BlockKind) -> list[tuple[str, str]]:
    return [
        (block.reason, layout.text[block.span.start : block.span.end].strip())
        for block in layout.blocks
        if block.kind is kind
    ]


@pytest.mark.parametrize("numbers", [False, True], ids=["typed", "automatic"])
@pytest.mark.parametrize("number", samples.NUMBERS)
def test_a_word_file_says_what_its_text_says(number: str, numbers: bool) -> None:
    """Clauses, amounts, dates and departments equal those from the text, with typed and with automatic numbers."""
    document = extract_bytes(build_docx(parts(number), numbered=numbers), "notice.docx")

    assert records(document) == expected(number)


@pytest.mark.parametrize(
    ("form", "text", "markers"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("japaneseCounting", "第%1条", ["第一条", "第二条", "第三条"]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "３．"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
        ("none", "附", ["附", "附", "附"]),
    ],
)
def test_automatic_numbers_print_as_word_prints_them(form: str, text: str, markers: list[str]) -> None:
    """Each number format gives the marker a reader of the printed page sees."""
    found = printed("".join(numbered("事项") for _ in markers), numbering=numbering([level(0, form, text)]))

    assert found == [marker + "事项" for marker in markers]


@pytest.mark.parametrize(
    ("form", "number", "marker"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("japaneseCounting", 21, "二十一"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("upperLetter", 28, "BB"),
        ("upperRoman", 14, "XIV"),
    ],
)
def test_large_automatic_numbers(form: str, number: int, marker: str) -> None:
    """Numbers beyond ten follow the rules of their format."""
    start = level(0, form, "%1").replace('<w:start w:val="1"/>', f'<w:start w:val="{number}"/>')

    assert printed(numbered("项"), numbering=numbering([start])) == [marker + "项"]


@pytest.mark.libreoffice
def test_markers_are_those_an_office_suite_prints() -> None:
    """Over lists of three levels in many formats, in any order, the markers equal those on the printed page."""
    forms = ("chineseCounting", "decimal", "japaneseCounting", "upperLetter", "lowerRoman", "ideographTraditional")
    order = [level for seed in range(12) for level in (0, 1, 1, 2, seed % 3, 2 - seed % 2)]
    lists, nums, body = "", "", ""
    for key, form in enumerate(forms):
        levels = [level(0, form, "%1、"), level(1, forms[key - 1], "（%2）"), level(2, "decimal", "%1.%2.%3")]
        lists += f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        nums += f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>'
        body += "".join(numbered("项", key + 1, each) for each in order)
    data = build_word(
        body,
        numbering=lists + nums,
        styles=f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {BAND}/></w:rPr></w:rPrDefault></w:docDefaults>",
    )

    on_paper = read_layout(build_pdf(data), "notice.pdf").text

    assert read_layout(data, "notice.docx").text.split() == on_paper.split()


def test_lower_levels_start_again_under_each_higher_one() -> None:
    """（一） starts again under each 一、, 1. under each （一）."""
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
    ]
    order = [0, 1, 2, 2, 1, 2, 0, 1]

    found = printed("".join(numbered("项", level=each) for each in order), numbering=numbering(levels))

    assert found == ["一、项", "（一）项", "1.项", "2.项", "（二）项", "1.项", "二、项", "（一）项"]


def test_a_level_that_never_restarts_counts_through() -> None:
    """（一）…（四） over two chapters, where the list says that the level does not restart."""
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>'),
    ]

    found = printed("".join(numbered("项", level=each) for each in (0, 1, 1, 0, 1)), numbering=numbering(levels))

    assert found == ["一、项", "（一）项", "（二）项", "二、项", "（三）项"]


def test_another_list_of_the_same_kind_starts_where_it_is_told_to() -> None:
    """A start override counts anew; without one, lists of one definition count on."""
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("项", list_id=each) for each in (1, 1, 2, 3, 3))

    found = printed(body, numbering=numbering([level(0, "decimal", "%1.")], nums))

    assert found == ["1.项", "2.项", "3.项", "1.项", "2.项"]


def test_numbers_of_several_levels_in_one_marker() -> None:
    """1.1 names its chapter in the chapter's own number; with legal numbering in Arabic digits."""
    levels = [
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    ]

    found = printed("".join(numbered("项", level=each) for each in (0, 1, 0, 1)), numbering=numbering(levels))

    assert found == ["第一章项", "1.1项", "第二章项", "2.1项"]


def test_numbers_that_come_with_a_style() -> None:
    """A heading style linked to a list level numbers its paragraphs; numId 0 switches it off."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    levels = [
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
    ]
    body = "".join(
        paragraph("项", properties=f'<w:pStyle w:val="{style}"/>{extra}')
        for style, extra in (("H1", ""), ("H2", ""), ("H2", '<w:numPr><w:numId w:val="0"/></w:numPr>'), ("H2", ""))
    )

    assert printed(body, numbering=numbering(levels), styles=styles) == ["一、项", "（一）项", "项", "（二）项"]


def test_revisions_are_read_as_accepted() -> None:
    """Inserted words are there, deleted ones are not, and a deleted paragraph end joins two paragraphs."""
    changed = paragraph(
        "补贴标准为",
        '<w:del w:id="1"><w:r><w:delText>50万元</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("60万元")}</w:ins>',
        "。",
    )
    cut = paragraph("前半句，", properties="<w:rPr><w:del w:id='3'/></w:rPr>") + paragraph("后半句。")

    layout = read(changed + cut)

    assert layout.text == "补贴标准为60万元。\n前半句，后半句。\n"
    assert len(layout.paragraph_starts or ()) == 2


def test_a_deleted_numbered_paragraph_does_not_count() -> None:
    """When a whole item is deleted, those after it move up."""
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>删去的项</w:delText></w:r></w:del></w:p>'
    )

    found = printed(numbered("甲") + gone + numbered("乙"), numbering=numbering([level(0, "decimal", "%1.")]))

    assert found == ["1.甲", "2.乙"]


def test_hidden_text_is_furniture() -> None:
    """Hidden words are kept apart with their reason, whether hidden by themselves or by a style."""
    styles = '<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph("可见", run("隐藏甲", "<w:vanish/>"), run("隐藏乙", '<w:rStyle w:val="X"/>'), "文字。")

    layout = read(body, styles=styles)

    assert blocks(layout, BlockKind.FURNITURE) == [("隐藏文字", "隐藏甲"), ("隐藏文字", "隐藏乙")]
    assert normalise(layout).text == "可见文字。"


def test_text_boxes_are_read_once() -> None:
    """A box stored for new and for old programs gives its words once, behind the paragraph it is anchored in."""
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    anchored = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert printed(paragraph("正文一。", anchored) + paragraph("正文二。")) == ["正文一。", "框内文字", "正文二。"]


def test_fields_give_their_last_result_and_page_numbers_nothing() -> None:
    """A date or a reference stands as last computed; PAGE and its instruction are no text."""

    def field(instruction: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    body = paragraph("印发于", field(" TIME ", "2024年1月5日"), "，第", field(" PAGE ", "7"), "页")
    simple = paragraph('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>', "完")

    assert printed(body + simple) == ["印发于2024年1月5日，第页", "完"]


def test_heads_feet_and_notes_stand_apart() -> None:
    """Page heads and feet are furniture; footnotes are a block behind the text."""
    body = paragraph("正文", '<w:r><w:footnoteReference w:id="2"/></w:r>', "继续。")
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("注释文字。")}</w:footnote>'
    )

    layout = read(body, header=paragraph("某市公报"), footer=paragraph("内部资料"), footnotes=notes)

    assert blocks(layout, BlockKind.FURNITURE) == [("页眉", "某市公报"), ("页脚", "内部资料")]
    assert blocks(layout, BlockKind.FOOTNOTE) == [("脚注", "注释文字。")]
    assert normalise(layout).text == "正文继续。注释文字。"


def test_tables_are_grids_with_merged_cells() -> None:
    """Cells that reach over rows or columns stand once, with what they cover; automatic numbers in cells count."""
    body = table(
        [cell("序号"), cell("任务"), cell("单位", properties='<w:gridSpan w:val="2"/>')],
        [cell(numbered("")), cell("甲", properties='<w:vMerge w:val="restart"/>'), cell("局"), cell("委", "办")],
        [cell(numbered("")), cell("", properties="<w:vMerge/>"), cell("厅"), cell("")],
    )

    layout = read(body, numbering=numbering([level(0, "decimal", "%1")]))

    assert [
        (c.row, c.column, c.row_count, c.column_count, layout.text[c.span.start : c.span.end])
        for c in layout.grids[0].cells
    ] == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (0, 2, 1, 2, "单位"),
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "甲"),
        (1, 2, 1, 1, "局"),
        (1, 3, 1, 1, "委\n办"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "厅"),
        (2, 3, 1, 1, ""),
    ]


def test_tables_that_only_place_text_are_no_grids() -> None:
    """A text or an imprint set in a table of one row or one column is read as paragraphs."""
    layout = read(
        table([cell("一、总体要求", "二、主要任务")], [cell("三、工作要求")])
        + table([cell("办公室"), cell("4月20日印发")])
    )

    outer = read(table([cell("正文", table([cell("甲"), cell("乙")], [cell("丙"), cell("丁")]))]))
    assert [len(grid.cells) for grid in outer.grids] == [4]
    assert layout.grids == ()
    assert layout.text.split() == ["一、总体要求", "二、主要任务", "三、工作要求", "办公室", "4月20日印发"]


def test_every_paragraph_has_a_path() -> None:
    """Paths name the part, the paragraph, and for cells the table, row and column."""
    layout = read(paragraph("一") + table([cell("二"), cell("三")], [cell("甲"), cell("乙")]) + paragraph("四"))

    assert [(anchor.path, layout.text[anchor.span.start : anchor.span.end].strip()) for anchor in layout.anchors] == [
        ("word/document.xml#p1", "一"),
        ("word/document.xml#tbl1/r1c1/p1", "二"),
        ("word/document.xml#tbl1/r1c2/p1", "三"),
        ("word/document.xml#tbl1/r2c1/p1", "甲"),
        ("word/document.xml#tbl1/r2c2/p1", "乙"),
        ("word/document.xml#p2", "四"),
    ]


def test_content_controls_links_and_breaks() -> None:
    """Words in content controls and links are text, prompts of empty controls are not; breaks and hyphens print."""
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件文字')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{run('链接文字')}</w:hyperlink>"
    body = paragraph(control, prompt, link, "<w:r><w:br/><w:t>次行</w:t><w:noBreakHyphen/><w:t>末</w:t></w:r>")

    assert printed(body) == ["控件文字链接文字", "次行-末"]


def test_a_docx_called_doc_is_read_as_what_it_is() -> None:
    """The content decides, not the name."""
    assert read_layout(build_word(paragraph("通知正文")), "notice.doc").text == "通知正文\n"


@pytest.mark.libreoffice
def test_old_word_files_are_converted() -> None:
    """A real DOC gives the same text, numbers included, and says that it was converted."""
    number = samples.NUMBERS[0]
    data = convert(build_docx(parts(number), numbered=True), "docx", "doc")

    layout = read_doc(data, "notice.doc", ReadOptions())

    text = "\n".join(part.text for part in parts(number))
    assert normalise(layout).text == normal_text(text)
    assert layout.media_type == "application/msword"
    assert [warning.code for warning in layout.warnings] == ["converted"]


def test_without_libreoffice_an_old_word_file_names_the_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can convert it, one line says what to install or how to save the file."""
    monkeypatch.setenv("PATH", "")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(512)

    with pytest.raises(ReadError, match="LibreOffice"):
        read_doc(data, "notice.doc", ReadOptions())


def test_an_encrypted_word_file_says_so() -> None:
    """Word keeps an encrypted DOCX in an OLE file; the message says to remove the password."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)

    with pytest.raises(ReadError, match="加密"):
        read_doc(data, "notice.docx", ReadOptions())
