"""Files made to do harm: bombs, cycles, entities, paths that climb, sizes without sense."""

import io
import zipfile
from collections.abc import Callable

from drawn_pdf import DrawnPage, build_drawn, write_objects
from mutants import LINE, NOTICE
from ofd_rendering import build_ofd
from renderings import package
from word_file import NAMES, build_word, cell, level, numbered, numbering, paragraph, run, table

SENTENCE = LINE + "，现将有关事项通知如下。"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def word_with(document: str | bytes | None, **more: bytes) -> bytes:
    """A Word package with its main part replaced and parts added."""
    return changed(build_word(paragraph("甲")), {"word/document.xml": document, **more})


def changed(data: bytes, parts: dict[str, str | bytes | None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return package(files | {name: content for name, content in parts.items() if content is not None})


def ofd_with(content: str, units: str = "") -> bytes:
    """An OFD whose first page is replaced."""
    page = f"<ofd:Page {OFD}><ofd:PageRes>R.xml</ofd:PageRes><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    resources = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    folder = "Doc_0/Pages/Page_0"
    return changed(build_ofd(NOTICE), {f"{folder}/Content.xml": page.encode(), f"{folder}/R.xml": resources.encode()})


def ofd_text(text: str, extra: str = "", steps: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="10 10 100 10" Size="5" {extra}><ofd:TextCode X="0" Y="5" {steps}>{text}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    return word_with(
        f'<!DOCTYPE a [<!ENTITY l0 "lol">{entities}]><w:document {NAMES}><w:body>{paragraph("&l11;")}</w:body></w:document>'
    )


def outside_entity(encoding: str) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f"<w:document {NAMES}><w:body>{paragraph('密&x;密')}</w:body></w:document>"
    )
    return word_with(document.encode(encoding))


def cyclic_pages() -> bytes:
    return write_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"])


def cyclic_form() -> bytes:
    resources = b"/Resources << /XObject << /X 3 0 R >> >>"
    return write_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %s /Length 6 >>\nstream\n/X Do \nendstream" % resources,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] %s /Contents 5 0 R >>" % resources,
            b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        ]
    )


def without_map() -> bytes:
    data = build_drawn([DrawnPage().text(80, 100, LINE)])
    return data.replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(XX1)")


def many_lines() -> bytes:
    page = DrawnPage(operations=[f"{at % 500} {at % 700} m {at % 500 + 10} {at % 700} l S" for at in range(60_000)])
    return build_drawn([page.text(80, 100, LINE)])


def dense_grid() -> bytes:
    return build_drawn(
        [DrawnPage().text(80, 100, LINE).grid([x * 5.0 for x in range(110)], [y * 5.0 for y in range(160)])]
    )


def stacked(count: int) -> bytes:
    page = DrawnPage()
    for _ in range(count):
        page.text(80, 100, "字", 8)
    return build_drawn([page])


def growing_units() -> bytes:
    draws = "<ofd:CompositeObject ResourceID='7'/>"
    unit = f"<ofd:CompositeGraphicUnit ID='7'>{draws * 10}</ofd:CompositeGraphicUnit>"
    return ofd_with(ofd_text("甲") + draws, unit)


def nested_boxes() -> bytes:
    opening, closing = "<w:r><w:drawing><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:drawing></w:r>"
    return build_word(f"<w:p>{opening * 50}{closing * 50}</w:p>" + paragraph("乙"))


def style_cycle() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("AB", "BA")
    )
    return build_word(paragraph("甲", properties='<w:pStyle w:val="A"/>'), styles=styles)


def html(text: str) -> bytes:
    return f"<html><body>{text}</body></html>".encode()


WIDE_ROW = "<tr><td colspan=99999 rowspan=99999>甲</td><td>乙</td></tr>"
HUGE_START = level(0, "lowerLetter", "%1").replace('<w:start w:val="1"/>', '<w:start w:val="99999999"/>')
NESTED_PARTS = b'--x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'

# What it is: how to make it, and a piece of the message if it is refused; empty if it may as well be read.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb by ratio": (lambda: word_with(b"<a>" + b" " * 50_000_000 + b"</a>"), "压缩比"),
    "bomb in a part nobody reads": (lambda: word_with(None, **{"word/media/x": bytes(50_000_000)}), "压缩比"),
    "bomb by count": (lambda: word_with(None, **{f"f{at}": b"" for at in range(600)}), "个文件"),
    "bomb of entities": (entity_bomb, "XML"),
    "outside entity": (lambda: outside_entity("utf-8"), "文档类型"),
    "outside entity in UTF-16": (lambda: outside_entity("utf-16"), "文档类型"),
    "XML nested too deep": (lambda: build_word("<w:sdt>" * 5000 + paragraph("深") + "</w:sdt>" * 5000), "XML"),
    "tables nested too deep": (
        lambda: build_word("<w:tbl><w:tr><w:tc>" * 80 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 80),
        "嵌套过深",
    ),
    "boxes nested too deep": (nested_boxes, "嵌套过深"),
    "insertions nested too deep": (
        lambda: build_word(f"<w:p>{'<w:ins>' * 200}{run('深')}{'</w:ins>' * 200}</w:p>"),
        "",
    ),
    "absurd column count": (
        lambda: build_word(table([cell("甲", properties='<w:gridSpan w:val="999999999"/>')] * 300)),
        "",
    ),
    "absurd list start": (lambda: build_word(numbered("甲") * 3, numbering=numbering([HUGE_START])), ""),
    "styles based on each other": (style_cycle, ""),
    "part that climbs out": (lambda: word_with(None, **{"../../etc/passwd": b"x", "/word/document.xml": b"<x"}), ""),
    "page nested too deep": (lambda: html("<div>" * 50_000 + SENTENCE), ""),
    "page of nested spans": (lambda: html(("<p>" + "<span>" * 200 + SENTENCE + "</span>" * 200) * 100), ""),
    "page of nested tables": (lambda: html("<table><tr><td>" * 3000 + SENTENCE), ""),
    "page with an endless list": (lambda: html("<ol>" + f"<li>{SENTENCE}</li>" * 10_000), ""),
    "page with endless cells": (lambda: html(f"<p>{SENTENCE}</p><table>{WIDE_ROW * 300}</table>"), ""),
    "page of unclosed elements": (lambda: html("<b>" * 20_000 + SENTENCE), ""),
    "saved page without end": (
        lambda: b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n' + NESTED_PARTS * 500,
        "",
    ),
    "pages that contain themselves": (cyclic_pages, "已损坏"),
    "form that draws itself": (cyclic_form, ""),
    "font without map": (without_map, ""),
    "page as wide as a country": (lambda: build_drawn([DrawnPage(width=1e9, height=1e9).text(9, 9, "字")]), ""),
    "page without size": (lambda: build_drawn([DrawnPage(width=0, height=0).text(9, 9, "字")]), ""),
    "page of negative size": (lambda: build_drawn([DrawnPage(width=-5, height=-5).text(9, 9, "字")]), ""),
    "wrong number of pages": (
        lambda: build_drawn([DrawnPage().text(9, 9, "字")]).replace(b"/Count 1", b"/Count 99999"),
        "",
    ),
    "drawing of many lines": (many_lines, ""),
    "grid of many cells": (dense_grid, ""),
    "characters on one spot": (lambda: stacked(10_000), ""),
    "steps without end": (lambda: ofd_with(ofd_text("甲乙", steps=f'DeltaX="{"g 999999999 1 " * 1000}"')), ""),
    "numbers that are none": (
        lambda: ofd_with(ofd_text("甲乙", 'CTM="nan inf 1e999 -1e999 nan 0"', 'DeltaX="nan"')),
        "",
    ),
    "units that grow": (growing_units, ""),
    "path without end": (
        lambda: ofd_with(
            f'<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>{"M 0 0 L 100 0 " * 40_000}</ofd:AbbreviatedData>'
            f"</ofd:PathObject>{ofd_text('甲')}"
        ),
        "",
    ),
    "zeros": (lambda: bytes(5000), "不"),
    "empty package": (lambda: package({}), "不"),
    "PDF without anything": (lambda: b"%PDF-1.7\n", "不完整"),
    "old office file without anything": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9000), "不"),
}
