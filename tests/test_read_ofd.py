"""Reading OFD (GB/T 33190-2016): pages, templates, composite units and boxes."""

import pytest
from bundled_renderings import expected, parts, records
from ofd_rendering import build_ofd
from renderings import package

from corpus import samples
from extract.errors import ReadError
from extract.layout import BlockKind, Layout
from extract.readers import read_layout
from extract.reading import extract_bytes
from extract.text import normalise

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
POINTS = 72 / 25.4


def text_object(text: str, x: float, y: float, size: float = 5.0, steps: str = "", extra: str = "") -> str:
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 10" Font="2" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def build(*pages: str, common: str = "", document: str = "", more: dict[str, str] | None = None) -> bytes:
    """One document; each page is the content of its layer."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="P{i}.xml"/>' for i in range(len(pages)))
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {NAMES}><ofd:DocBody><ofd:DocRoot>/D/Document.xml</ofd:DocRoot></ofd:DocBody>{document}</ofd:OFD>",
        "D/Document.xml": (
            f"<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
    }
    for i, page in enumerate(pages):
        template = '<ofd:Template TemplateID="90"/>' if "TemplatePage" in common else ""
        files[f"D/P{i}.xml"] = (
            f"<ofd:Page {NAMES}>{template}<ofd:Content><ofd:Layer ID='5'>{page}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return package(files | (more or {}))


def read(*pages: str, common: str = "", document: str = "", more: dict[str, str] | None = None) -> Layout:
    return read_layout(build(*pages, common=common, document=document, more=more), "notice.ofd")


def lines(layout: Layout) -> list[str]:
    return [line for line in layout.text.split("\n") if line]


@pytest.mark.parametrize("number", samples.NUMBERS)
def test_an_ofd_says_what_its_text_says(number: str) -> None:
    """Clauses, amounts, dates and departments from the OFD equal those from the text."""
    document = extract_bytes(build_ofd(parts(number)), "notice.ofd")

    assert records(document) == expected(number)


def test_boxes_follow_the_steps_between_characters() -> None:
    """Boxes are points from the top left; `g 2 5` steps twice by 5 mm, a step in y goes down the page."""
    layout = read(
        text_object("关于通", 20, 30, steps='DeltaX="g 2 6"')
        + text_object("甲乙", 20, 60, steps='DeltaX="0" DeltaY="7"')
    )

    assert layout.glyphs is not None
    assert [round(x / POINTS, 2) for x in layout.glyphs.x0] == [20, 26, 32, 20, 20]
    assert [round(y / POINTS, 2) for y in layout.glyphs.bottom] == [35.6, 35.6, 35.6, 65.6, 72.6]
    assert layout.page_sizes[0] == pytest.approx((595.28, 841.89), abs=0.01)


def test_a_transformation_moves_and_scales() -> None:
    """CTM works on the object's own space, before its boundary's corner."""
    layout = read(text_object("大", 20, 30, extra='CTM="2 0 0 2 3 4"'))

    assert layout.glyphs is not None
    box = (layout.glyphs.x0[0], layout.glyphs.top[0], layout.glyphs.x1[0], layout.glyphs.bottom[0])
    assert [round(side / POINTS, 2) for side in box] == [23.0, 35.2, 33.0, 45.2]


def test_templates_and_composite_units_are_read() -> None:
    """Words of a page's template and of composite units it draws stand on the page."""
    common = '<ofd:DocumentRes>Res.xml</ofd:DocumentRes><ofd:TemplatePage ID="90" BaseLoc="T.xml"/>'
    more = {
        "D/T.xml": (
            f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer ID='6'>{text_object('某市人民政府文件', 60, 40, 9)}</ofd:Layer>"
            "</ofd:Content></ofd:Page>"
        ),
        "D/Res.xml": (
            f"<ofd:Res {NAMES}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='77' Width='100' Height='20'>"
            f"<ofd:Content>{text_object('单元里的文字。', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit>"
            "</ofd:CompositeGraphicUnits></ofd:Res>"
        ),
    }
    page = (
        text_object("正文的文字。", 30, 80) + '<ofd:CompositeObject ID="8" Boundary="30 120 100 20" ResourceID="77"/>'
    )

    assert lines(read(page, common=common, more=more)) == ["某市人民政府文件", "正文的文字。", "单元里的文字。"]


def test_a_unit_that_draws_itself_ends() -> None:
    """A composite unit inside itself is followed only so far."""
    unit = (
        f"<ofd:Res {NAMES}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='77'><ofd:Content>"
        "<ofd:CompositeObject ResourceID='77' Boundary='0 0 9 9'/></ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    page = text_object("正文。", 30, 80) + '<ofd:CompositeObject Boundary="30 120 100 20" ResourceID="77"/>'

    assert lines(read(page, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", more={"D/Res.xml": unit})) == ["正文。"]


def test_all_documents_of_a_package_are_read() -> None:
    """Pages of a second document follow those of the first."""
    second = "<ofd:DocBody><ofd:DocRoot>E/Document.xml</ofd:DocRoot></ofd:DocBody>"
    more = {
        "E/Document.xml": (
            f"<ofd:Document {NAMES}><ofd:Pages><ofd:Page ID='1' BaseLoc='Page.xml'/></ofd:Pages></ofd:Document>"
        ),
        "E/Page.xml": (
            f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer>{text_object('第二份。', 30, 80)}</ofd:Layer></ofd:Content></ofd:Page>"
        ),
    }

    layout = read(text_object("第一份。", 30, 80), document=second, more=more)

    assert lines(layout) == ["第一份。", "第二份。"]
    assert layout.page_count == 2


def test_invisible_objects_are_not_read() -> None:
    """An object that is not shown is no text."""
    assert lines(read(text_object("可见。", 30, 80) + text_object("不可见。", 30, 100, extra='Visible="false"'))) == [
        "可见。"
    ]


def test_ruled_tables_are_grids() -> None:
    """Lines drawn as paths make the cells of a table."""
    rules = "".join(
        f'<ofd:PathObject Boundary="{x} {y} {w} {h}" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {w} {h}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
        for x, y, w, h in [
            *((20, y, 120, 0) for y in (50, 65, 80)),
            *((x, 50, 0, 30) for x in (20, 60, 140)),
        ]
    )
    words = [("序号", 22, 52), ("任务", 62, 52), ("1", 22, 67), ("稳就业", 62, 67)]

    layout = read(rules + "".join(text_object(*word) for word in words))

    assert [layout.text[c.span.start : c.span.end] for c in layout.grids[0].cells] == ["序号", "任务", "1", "稳就业"]


def test_page_numbers_are_furniture() -> None:
    """Page numbers are found in an OFD as in a PDF."""
    pages = [text_object("一句没有写完的话，" * 2, 30, 80) + text_object(f"— {n} —", 95, 275) for n in (1, 2)]

    layout = read(*pages)

    assert [block.reason for block in layout.blocks if block.kind is BlockKind.FURNITURE] == ["页码", "页码"]
    assert normalise(layout).text == "一句没有写完的话，" * 4


def test_an_ofd_of_pictures_says_so() -> None:
    """Without any text code the message names the way on."""
    with pytest.raises(ReadError, match="没有文字"):
        read('<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>')


def test_a_missing_page_is_named() -> None:
    """A package without one of its pages is incomplete, and the message says which page."""
    data = build(text_object("甲。", 30, 80)).replace(b"D/P0.xml", b"D/Q0.xml")

    with pytest.raises(ReadError, match=r"page 1: .*不完整"):
        read_layout(data, "cut.ofd")
