"""A Word file of titled tables, for reports with a column a notice: paragraphs and rows in, bytes out.

Landscape A4; A3 where there are many columns. The head row repeats on each page, a row is not broken over two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from templates.word_report import fix_times, writable

EPOCH = date(2000, 1, 1)
A4_MM, A3_MM = (297, 210), (420, 297)
MARGIN_MM = 18
MANY = 6  # columns of an A4 table
SONG, HEI = "宋体", "黑体"
SHADE, HEAD_SHADE = "F6F3EA", "EFEBE0"
LONGEST_KEPT = 400  # characters of a row that is kept on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table; a heading row is shaded and bold."""

    cells: Sequence[str]
    heading: bool = False


class WordTables:
    """One file; `columns` of its widest table decide on the paper."""

    def __init__(self, columns: int, created: date | None) -> None:
        from docx import Document

        self.document: Any = Document()
        self.width = self._set_paper(A4_MM if columns <= MANY else A3_MM)
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            self._set_font(self.document.styles[name], SONG if name == "Normal" else HEI)
        day = created or EPOCH
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        properties = self.document.core_properties
        properties.created = properties.modified = moment
        properties.author = properties.last_modified_by = "duizhao"

    def _set_paper(self, size: tuple[int, int]) -> int:
        """The width between the margins, in millimetres."""
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
        return size[0] - 2 * MARGIN_MM

    def _set_font(self, style: Any, face: str) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(name), face)
        style.font.color.rgb = RGBColor(0, 0, 0)
        if style.name == "Normal":
            style.font.size = Pt(10.5)
            style.paragraph_format.space_after = Pt(3)

    def title(self, text: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn

        line = self.document.add_paragraph(writable(text), style="Title")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in line.style.element.pPr.findall(qn("w:pBdr")):
            border.getparent().remove(border)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(writable(text), level)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        self.document.add_paragraph().add_run(writable(text)).bold = bold

    def table(self, head: Sequence[str], lines: Iterable[Line], shares: Sequence[float]) -> None:
        """`shares` are the relative widths of the columns."""
        from docx.shared import Mm

        found = list(lines)
        table = self.document.add_table(rows=1 + len(found), cols=len(head), style="Table Grid")
        table.autofit = False
        widths = [Mm(self.width * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        rows = list(table.rows)
        self._fill(rows[0], Line(cells=head, heading=True), widths, HEAD_SHADE)
        self._mark(rows[0], "w:tblHeader")
        for row, line in zip(rows[1:], found, strict=True):
            self._fill(row, line, widths, SHADE)
            if sum(map(len, line.cells)) <= LONGEST_KEPT:
                self._mark(row, "w:cantSplit")
        self.document.add_paragraph()

    def _fill(self, row: Any, line: Line, widths: Sequence[int], shade: str) -> None:
        from docx.shared import Pt

        for cell, text, width in zip(row.cells, line.cells, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(writable(text))
            run.bold, run.font.size = line.heading, Pt(9)
            layout = cell.paragraphs[0].paragraph_format
            layout.space_before = layout.space_after = Pt(2)
            if line.heading:
                self._shade(cell, shade)
                layout.keep_with_next = True

    def _mark(self, row: Any, name: str) -> None:
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement(name))

    def _shade(self, cell: Any, colour: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        shade = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
            shade.set(qn(name), value)
        cell._tc.get_or_add_tcPr().append(shade)

    def save(self) -> bytes:
        buffer = BytesIO()
        self.document.save(buffer)
        return fix_times(buffer.getvalue())
