"""Word files (DOCX): bytes in, layout out; automatic numbers as text, revisions as accepted, paths as places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.errors import ReadError
from extract.layout import Anchor, BlockKind, Layout, LayoutWarning
from extract.notice import Grain
from extract.options import ReadOptions
from extract.readers.docx_inline import Inline, alternative, is_deleted
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_styles import Styles
from extract.readers.docx_tables import Row, find_rows, is_data_table, write_rows
from extract.readers.docx_xml import attribute, child, children, switched_on, tag, value
from extract.readers.layout_text import LayoutText
from extract.readers.package import Package, open_package, resolve
from extract.span import Span

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice", "Fallback"))
NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}
FURNITURE = {"header": "页眉", "footer": "页脚"}
SENTENCE_END = re.compile(r"[。；：！？;:]\s*$")
MAX_DEPTH = 40  # tables and text boxes inside each other


def read_docx(data: bytes, name: str, options: ReadOptions) -> Layout:
    """Body, tables, text boxes and notes in the order of the text; heads and feet as furniture.

    Raises:
        ReadError: no Word package, damaged, encrypted, or beyond the limits.
    """
    with open_package(data, name, options) as package:
        main = _main_part(package)
        relations = _relations(package, main)
        root = package.xml(main)
        body = child(root, "body")
        if root is None or body is None:
            raise ReadError(name, None, "不是完好的 Word 文件（没有正文部分）；请用 Word 或 WPS 另存后再读")
        styles = Styles.of(_related(package, relations, "styles"))
        writer = BodyWriter(
            part=main,
            out=LayoutText(name=name, max_characters=options.max_characters),
            styles=styles,
            numbering=Numbering.of(_related(package, relations, "numbering"), styles),
        )
        _write_furniture(package, relations, writer, "header")
        writer.write_blocks(body, "")
        writer.write_notes({kind: _related(package, relations, part) for kind, part in NOTE_PARTS.items()})
        _write_furniture(package, relations, writer, "footer")
    return writer.layout(name)


# --- package ---------------------------------------------------------------------------------------

Relations = list[tuple[str, str]]  # kind, part


def _main_part(package: Package) -> str:
    for kind, part in _relations(package, ""):
        if kind == "officeDocument" and package.has(part):
            return part
    return "word/document.xml"


def _relations(package: Package, part: str) -> Relations:
    folder, _, last = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{last}.rels".lstrip("/"))
    return [
        ((attribute(item, "Type") or "").rpartition("/")[2], resolve(part, attribute(item, "Target") or ""))
        for item in children(root, "Relationship")
        if attribute(item, "TargetMode") != "External"
    ]


def _related(package: Package, relations: Relations, kind: str) -> etree._Element | None:
    return next((package.xml(part) for found, part in relations if found == kind and package.has(part)), None)


def _write_furniture(package: Package, relations: Relations, writer: "BodyWriter", kind: str) -> None:
    for found, part in relations:
        root = package.xml(part) if found == kind else None
        if root is not None:
            start = writer.out.size
            BodyWriter(
                part=part, out=writer.out, styles=writer.styles, numbering=Numbering(writer.styles)
            ).write_blocks(root, "")
            writer.out.block(BlockKind.FURNITURE, start, FURNITURE[kind])


# --- body ------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class BodyWriter:
    """Writes one story of a Word file; `path` is the place inside the part, such as `tbl1/r3c2`."""

    part: str
    out: LayoutText
    styles: Styles
    numbering: Numbering
    notes: list[tuple[str, str]] = field(default_factory=list)
    in_grid: bool = False
    joined: bool = False  # the paragraph before had its end deleted
    unknown_symbols: int = 0

    def write_blocks(self, parent: etree._Element, path: str, depth: int = 0) -> None:
        paragraphs = tables = 0
        if depth > MAX_DEPTH:
            raise ReadError(self.out.name, None, "表格或文本框嵌套过深；文件可能有害，已停止读取")
        for element in _blocks(parent):
            if tag(element) == "p":
                paragraphs += 1
                self._write_paragraph(element, f"{path}p{paragraphs}", depth)
            else:
                tables += 1
                self._write_table(element, f"{path}tbl{tables}", depth)

    def write_notes(self, roots: dict[str, etree._Element | None]) -> None:
        """Foot and end notes in the order in which the text refers to them."""
        for kind, key in self.notes:
            note = next((note for note in children(roots.get(kind), kind) if attribute(note, "id") == key), None)
            if note is None:
                continue
            start = self.out.size
            self.write_blocks(note, f"{kind}{key}/", 1)
            self.out.block(BlockKind.FOOTNOTE, start, "脚注")

    def layout(self, name: str) -> Layout:
        out = self.out
        if not out.text.strip():
            raise ReadError(name, None, "Word 文件里没有文字（可能只有图片）；请确认文件是否选对")
        if self.unknown_symbols:
            message = f"{self.unknown_symbols} 个符号字体的字符无法读出；请核对原件"
            out.warnings.append(LayoutWarning(code="unmapped", message=message))
        return Layout(
            text=out.text,
            media_type=MEDIA_TYPE,
            grain=Grain.FLOW,
            paragraph_starts=frozenset(out.paragraph_starts),
            blocks=tuple(out.blocks),
            grids=tuple(out.grids),
            anchors=tuple(out.anchors),
            warnings=tuple(out.warnings),
        )

    def _write_paragraph(self, paragraph: etree._Element, path: str, depth: int) -> None:
        start = self.out.size
        inline = self._write_line(paragraph)
        ends = not is_deleted(paragraph)
        if ends or self.out.size > start:
            self.out.write("\n" if ends else "")
        self.joined = not ends
        if self.out.size > start:
            self.out.anchors.append(Anchor(span=Span(start, self.out.size), path=f"{self.part}#{path}"))
        for number, box in enumerate(inline.boxes, start=1):
            self.write_blocks(box, f"{path}/txbx{number}/", depth + 1)

    def _write_line(self, paragraph: etree._Element) -> Inline:
        """Marker and text of a paragraph, without its end."""
        style = value(paragraph, "pPr", "pStyle") or self.styles.default_paragraph
        inline = Inline(styles=self.styles, paragraph_style=style)
        pieces = list(inline.pieces(paragraph))
        gone = is_deleted(paragraph) and not any(text for text, _ in pieces)
        marker = "" if gone else self.numbering.marker(paragraph)
        if not self.joined:
            self.out.start_paragraph()
        self.out.write(marker)
        for text, reason in pieces:
            self._write_piece(text, reason)
        self.notes.extend(inline.notes)
        self.unknown_symbols += inline.unknown_symbols
        return inline

    def _write_piece(self, text: str, reason: str) -> None:
        start = self.out.size
        self.out.write(text)
        if reason:
            self.out.block(BlockKind.FURNITURE, start, reason)
        elif text == "\n" and SENTENCE_END.search("".join(self.out.pieces[-8:-1])):
            # A line break typed where a paragraph's end was meant, as in text pasted from web pages.
            self.out.start_paragraph()

    def _write_table(self, table: etree._Element, path: str, depth: int) -> None:
        rows = find_rows(table)
        if self.in_grid or not is_data_table(rows):
            self._write_nested(rows, path, depth)
            return
        self.in_grid = True
        self.out.start_paragraph()
        start = self.out.size
        cells = list(write_rows(rows, self.out, lambda cell, at: self._write_cell(cell, f"{path}/{at}/", depth + 1)))
        self.out.grid(start, cells)
        self.out.start_paragraph()
        self.in_grid = False

    def _write_nested(self, rows: list[Row], path: str, depth: int) -> None:
        """A table inside a cell, or one that only places text on the page: its cells as paragraphs."""
        for row in rows:
            for cell in row.cells:
                self.write_blocks(cell.element, f"{path}/r{row.number}c{cell.column + 1}/", depth + 1)

    def _write_cell(self, cell: etree._Element, path: str, depth: int) -> None:
        self.joined = False
        self.write_blocks(cell, path, depth)


def _blocks(parent: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """Paragraphs and tables, through wrappers; deleted ones left out."""
    for element in parent:
        name = tag(element)
        if name in ("p", "tbl"):
            yield element
        elif name == "AlternateContent":
            inner = alternative(element)
            yield from () if inner is None or depth > MAX_DEPTH else _blocks(inner, depth + 1)
        elif name == "sdt" and switched_on(child(element, "sdtPr"), "showingPlcHdr"):
            continue
        elif name in WRAPPERS and depth <= MAX_DEPTH:
            yield from _blocks(element, depth + 1)
