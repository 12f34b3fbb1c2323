"""The Word template of the 责任分工表, built from its measures: GB/T 9704-2012 paper, faces and page numbers.

`python -m templates.duty_template FOLDER` writes `duty_table.docx`, and `duty_draft.docx` with a wider 备注. An office
may restyle either in Word and name it with `--template`: styles, widths and margins are free, the tags stay.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from templates.word_report import fix_times

WIDTH_MM = {  # 247 mm: a landscape page with 25 mm at the sides
    "number": 10,
    "task": 28,
    "measure": 76,
    "lead": 28,
    "responsible": 44,
    "deadline": 27,
    "basis": 17,
    "note": 17,
}
DRAFT_WIDTH_MM = {  # a draft says much in 备注
    "number": 10,
    "task": 24,
    "measure": 72,
    "lead": 22,
    "responsible": 45,
    "deadline": 25,
    "basis": 19,
    "note": 30,
}
TEMPLATES = {"duty_table.docx": WIDTH_MM, "duty_draft.docx": DRAFT_WIDTH_MM}
PAGE_MM = (297, 210)
MARGINS_MM = {"top_margin": 28, "bottom_margin": 26, "left_margin": 25, "right_margin": 25}
RICH = ("number", "measure")  # cells that carry a bookmark or marked words
CENTRED = ("number", "lead", "deadline", "basis")
SHADE = "EFEBE0"
LATIN = "Times New Roman"
RULE_EIGHTHS = "4"  # 0.5 pt
FALLBACKS = {  # where the faces of the standard are not installed
    "方正小标宋简体": "宋体",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph or character style. `face` is the East-Asian face of GB/T 9704-2012, 7; Word falls back by itself."""

    name: str
    face: str
    points: float
    line: float | None = None  # points; None: single
    align: str = "left"  # left | center | right
    keep: bool = False  # with the next paragraph
    before: float = 0
    after: float = 0
    underline: bool = False
    character: bool = False


STYLES = (
    Style(name="分工标题", face="方正小标宋简体", points=22, line=32, align="center"),
    Style(name="分工依据", face="楷体_GB2312", points=14, line=22, align="center", after=8),
    Style(name="分工表头", face="黑体", points=10.5, align="center", keep=True),
    Style(name="分工部分", face="黑体", points=10.5, keep=True),
    Style(name="分工小节", face="楷体_GB2312", points=10.5, keep=True),
    Style(name="分工正文", face="仿宋_GB2312", points=10.5),
    Style(name="分工居中", face="仿宋_GB2312", points=10.5, align="center"),
    Style(name="分工核对", face="黑体", points=10.5, before=8, line=18, keep=True),
    Style(name="分工附注", face="仿宋_GB2312", points=9, line=14, keep=True),
    Style(name="分工页码右", face="宋体", points=14, align="right"),
    Style(name="分工页码左", face="宋体", points=14),
    Style(name="本级化文字", face="仿宋_GB2312", points=10.5, underline=True, character=True),
)
IDS = {style.name: f"Duty{number}" for number, style in enumerate(STYLES, 1)}


def build_template(widths: Mapping[str, int] = WIDTH_MM) -> bytes:
    """`widths`: of the eight columns, in millimetres."""
    from docx import Document

    document: Any = Document()
    set_page(document)
    for style in STYLES:
        add_style(document, style)
    document.add_paragraph("{{ title }}", style="分工标题")
    document.add_paragraph("{{ subject }}", style="分工依据")
    add_footers(document)
    add_table(document, widths)
    document.add_paragraph("{{ check }}", style="分工核对")
    for text in ("{%p for line in foot %}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text, style="分工附注")
    add_fallbacks(document)
    set_properties(document)
    buffer = BytesIO()
    document.save(buffer)
    return fix_times(buffer.getvalue())


def set_page(document: Any) -> None:
    """A4 landscape; page numbers right on odd pages and left on even ones, one character in (7.5)."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(size) for size in PAGE_MM)
    for name, size in MARGINS_MM.items():
        setattr(section, name, Mm(size))
    section.footer_distance = Mm(15)
    document.settings.odd_and_even_pages_header_footer = True


def add_footers(document: Any) -> None:
    section = document.sections[0]
    add_page_number(section.footer.paragraphs[0], "分工页码右", right=True)
    add_page_number(section.even_page_footer.paragraphs[0], "分工页码左", right=False)


def add_page_number(paragraph: Any, style: str, *, right: bool) -> None:
    """— 1 —."""
    paragraph.style = style
    if not right:
        paragraph.add_run("\u3000")
    paragraph.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("value", "1"), ("end", None)):
        run = paragraph.add_run(text if kind == "value" else "")
        if kind != "value":
            run._element.append(field_part(kind, text))
    paragraph.add_run(" —")
    if right:
        paragraph.add_run("\u3000")


def field_part(kind: str | None, text: str | None) -> Any:
    if kind is None:
        part = element("w:instrText", {"xml:space": "preserve"})
        part.text = f" {text} "
        return part
    return element("w:fldChar", {"w:fldCharType": kind})


def add_style(document: Any, wanted: Style) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    kind = WD_STYLE_TYPE.CHARACTER if wanted.character else WD_STYLE_TYPE.PARAGRAPH
    style = document.styles.add_style(wanted.name, kind)
    style.style_id = IDS[wanted.name]
    style.quick_style = True
    style.font.size, style.font.name, style.font.underline = Pt(wanted.points), LATIN, wanted.underline or None
    fonts = style.element.rPr.rFonts
    fonts.set(qualified("w:eastAsia"), wanted.face)
    fonts.set(qualified("w:cs"), LATIN)
    fonts.set(qualified("w:hint"), "eastAsia")  # Chinese quotation marks and dashes in the Chinese face
    if not wanted.character:
        set_paragraph(style.paragraph_format, wanted)


def set_paragraph(paragraph: Any, wanted: Style) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    paragraph.space_before, paragraph.space_after = Pt(wanted.before), Pt(wanted.after)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, wanted.align.upper())
    paragraph.keep_with_next = wanted.keep or None
    paragraph.widow_control = True
    if wanted.line:
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(wanted.line)


def add_table(document: Any, widths: Mapping[str, int]) -> None:
    """Head row, then one heading row or one row of eight cells an item; rows of tags only vanish."""
    table = document.add_table(rows=0, cols=len(widths))
    set_table(table, widths)
    head = add_row(table, {name: tag(f"head.{name}") for name in widths}, "分工表头", widths)
    row_property(head, "w:tblHeader")
    shade(head)
    add_tag_row(table, "{%tr for item in items %}")
    add_tag_row(table, "{%tr if item.heading is defined %}")
    add_tag_row(table, "{%tr if item.depth == 0 %}")
    add_heading_row(table, "分工部分")
    add_tag_row(table, "{%tr else %}")
    add_heading_row(table, "分工小节")
    add_tag_row(table, "{%tr endif %}")
    add_tag_row(table, "{%tr else %}")
    texts = {name: tag(f"item.{name}", rich=name in RICH) for name in widths}
    add_row(table, texts, "分工正文", widths, centred=CENTRED)
    add_tag_row(table, "{%tr endif %}")
    add_tag_row(table, "{%tr endfor %}")


def tag(name: str, *, rich: bool = False) -> str:
    """The place of a value; `{{r` for one that brings its own runs."""
    return f"{{{{{'r' if rich else ''} {name} }}}}"


def set_table(table: Any, widths: Mapping[str, int]) -> None:
    """Fixed layout, a width for every column in the grid: WPS shows a table without them as a thin strip."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths.values(), strict=True):
        column.w = Mm(width)
    properties = table._tbl.tblPr
    for old in properties.findall(qualified("w:tblW")):
        properties.remove(old)
    total = element("w:tblW", {"w:w": str(sum(twips(width) for width in widths.values())), "w:type": "dxa"})
    properties.insert(list(properties).index(properties.find(qualified("w:jc"))), total)
    properties.find(qualified("w:tblLayout")).addprevious(borders())
    properties.find(qualified("w:tblLayout")).addnext(cell_margins())


def borders() -> Any:
    ruled = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"w:val": "single", "w:sz": RULE_EIGHTHS, "w:space": "0", "w:color": "000000"}
        ruled.append(element(f"w:{side}", line))
    return ruled


def cell_margins() -> Any:
    margins = element("w:tblCellMar")
    for side, width in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
        margins.append(element(f"w:{side}", {"w:w": str(width), "w:type": "dxa"}))
    return margins


def add_row(
    table: Any, texts: Mapping[str, str], style: str, widths: Mapping[str, int], centred: tuple[str, ...] = ()
) -> Any:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Mm

    row = table.add_row()
    row_property(row, "w:cantSplit")
    for cell, (name, text) in zip(row.cells, texts.items(), strict=True):
        cell.width = Mm(widths[name])
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell.paragraphs[0].style = "分工居中" if name in centred else style
        cell.paragraphs[0].add_run(text)
    return row


def add_heading_row(table: Any, style: str) -> None:
    row = table.add_row()
    row_property(row, "w:cantSplit")
    cell = row.cells[0].merge(row.cells[-1])
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run("{{ item.heading }}")


def add_tag_row(table: Any, tag: str) -> None:
    row = table.add_row()
    cell = row.cells[0].merge(row.cells[-1])
    cell.paragraphs[0].style = "分工附注"
    cell.paragraphs[0].add_run(tag)


def row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(element(name))


def shade(row: Any) -> None:
    for cell in row.cells:
        look = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SHADE})
        cell._tc.tcPr.find(qualified("w:vAlign")).addprevious(look)


def add_fallbacks(document: Any) -> None:
    """The font table: each face with the one to take in its place."""
    from lxml.etree import SubElement, fromstring, tostring

    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = fromstring(part.blob)
    for face, other in FALLBACKS.items():
        font = SubElement(fonts, qualified("w:font"), {qualified("w:name"): face})
        SubElement(font, qualified("w:altName"), {qualified("w:val"): other})
        SubElement(font, qualified("w:charset"), {qualified("w:val"): "86"})  # GB 2312
    part._blob = tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def set_properties(document: Any) -> None:
    """Fixed values, so that the same measures give the same file."""
    from datetime import datetime

    properties = document.core_properties
    properties.author = properties.last_modified_by = "duizhao"
    properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 (Word wants no zone here)
    properties.revision = 1


def element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qualified(key), value)
    return made


def qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return "{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else str(qn(name))


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


if __name__ == "__main__":
    for file_name, column_widths in TEMPLATES.items():
        Path(sys.argv[1], file_name).write_bytes(build_template(column_widths))
