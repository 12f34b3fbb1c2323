"""Where PDF user space lies on the displayed page."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.page_view import Box, Columns, columns_of, mirror, shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """From PDF user space (y up, unrotated) to points from the displayed page's top left."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int  # clockwise, as /Rotate has it
    width: float
    height: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "Display":
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, rect)
        turns = raw.FPDFPage_GetRotation(page.raw) % 4
        width, height = abs(rect.right - rect.left), abs(rect.top - rect.bottom)
        if turns % 2:
            width, height = height, width
        return cls(
            left=rect.left,
            bottom=rect.bottom,
            right=rect.right,
            top=rect.top,
            quarter_turns=turns,
            width=width,
            height=height,
        )

    def columns(self, box: Columns) -> Columns:
        """Left, top, right, bottom (y up) to x0, top, x1, bottom (y down)."""
        left, top, right, bottom = box
        if self.quarter_turns == 0:
            return shift(left, -self.left), mirror(top, self.top), shift(right, -self.left), mirror(bottom, self.top)
        if self.quarter_turns == 1:
            return (
                shift(bottom, -self.bottom),
                shift(left, -self.left),
                shift(top, -self.bottom),
                shift(right, -self.left),
            )
        if self.quarter_turns == 2:
            return (
                mirror(right, self.right),
                shift(bottom, -self.bottom),
                mirror(left, self.right),
                shift(top, -self.bottom),
            )
        return mirror(top, self.top), mirror(right, self.right), mirror(bottom, self.top), mirror(left, self.right)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        x0, y0, x1, y1 = self.columns(columns_of((left, top, right, bottom)))
        return x0[0], y0[0], x1[0], y1[0]
