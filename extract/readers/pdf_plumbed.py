"""A page whose characters pdfium cannot name, read once more by pdfplumber.

Where a font has no table of its own for its codes (no ToUnicode), pdfium gives no character; pdfminer, on which
pdfplumber stands, also looks into the embedded font. It takes some ten times as long and is asked for such pages only.
"""

from __future__ import annotations

import logging
import math
from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from extract.readers.page_view import REPLACEMENT, SKEWED, Columns, Drawn, is_unmapped
from extract.readers.pdf_frame import Display

if TYPE_CHECKING:
    import pypdfium2 as pdfium

PATIENCE = 3  # pages in a row that pdfplumber reads no better: then it is not asked again
LEVEL = 0.03  # quarter turns

Row = tuple[int, float, float, float, float, int]  # code point, x0, top, x1, bottom, quarter turns


@dataclass(slots=True, kw_only=True)
class SecondReader:
    """Reads doubtful pages of one file again; the file is opened when the first of them comes."""

    data: bytes
    password: str | None
    plumbed: Any = None  # pdfplumber.PDF
    misses: int = 0

    def improve(self, document: pdfium.PdfDocument, drawn: Drawn) -> Drawn:
        """The page as drawn, or with pdfplumber's characters where more of them can be read."""
        if self.misses >= PATIENCE or not is_doubtful(document, drawn):
            return drawn
        again = self._read(document, drawn)
        if again is None or readable(again) <= readable(drawn):
            self.misses += 1
            return drawn
        self.misses = 0
        return again

    def _read(self, document: pdfium.PdfDocument, drawn: Drawn) -> Drawn | None:
        from pdfminer.pdfexceptions import PDFException
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity of a file
        # What is broken beyond pdfminer's reach stays as pdfium read it; the rest of these are what it raises then.
        with suppress(PDFException, PSException, MalformedPDFException, PdfminerException, *BROKEN):
            page = self._open().pages[drawn.number - 1]
            try:
                return replace(drawn, **_characters(page, _frame(document, drawn.number)))
            finally:
                page.close()
        return None

    def _open(self) -> Any:
        if self.plumbed is None:
            import pdfplumber

            # Never closed as a whole: it holds bytes, not a file, and its `close` would build every page first.
            self.plumbed = pdfplumber.open(BytesIO(self.data), password=self.password)
        return self.plumbed


BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError, OverflowError)


def is_doubtful(document: pdfium.PdfDocument, drawn: Drawn) -> bool:
    """Has the page characters without a Unicode value, or shows it text of which pdfium gives none?"""
    if drawn.codes:
        return any(map(is_unmapped, set(drawn.codes)))
    page = document[drawn.number - 1]
    try:
        return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    finally:
        page.close()


def readable(drawn: Drawn) -> int:
    """How many characters have a Unicode value, less those that have none."""
    unmapped = sum(map(is_unmapped, drawn.codes))
    return len(drawn.codes) - 2 * unmapped


def _frame(document: pdfium.PdfDocument, number: int) -> Display:
    page = document[number - 1]
    try:
        return Display.of(page)
    finally:
        page.close()


def _characters(page: Any, frame: Display) -> dict[str, Any]:
    rows = [row for char in page.chars for row in _rows(char, page, _offset(page, frame))]
    columns: Columns = (array("d"), array("d"), array("d"), array("d"))
    for _, *box, _ in rows:
        for column, value in zip(columns, box, strict=True):
            column.append(value)
    return {
        "codes": array("L", [row[0] for row in rows]),
        "columns": columns,
        "turns": bytearray(row[-1] for row in rows),
    }


def _offset(page: Any, frame: Display) -> tuple[float, float]:
    """The displayed page's top left on the turned MediaBox, from which pdfminer counts."""
    left, bottom, right, top = page.page_obj.mediabox
    beside = (frame.left - left, top - frame.top, right - frame.right, frame.bottom - bottom)
    turns = frame.quarter_turns
    # What was on the left, top, right, bottom side comes to lie on the left and on the top.
    return beside[(0, 3, 2, 1)[turns]], beside[(1, 0, 3, 2)[turns]]


def _rows(char: dict[str, Any], page: Any, offset: tuple[float, float]) -> Iterator[Row]:
    """One row a code point; several of one glyph, such as a ligature's, share its box side by side."""
    codes = _codes(char["text"])
    # pdfplumber adds the MediaBox's corner to x, and to `top` in another way than to y.
    x0, x1 = (char[name] - page.mediabox[0] - offset[0] for name in ("x0", "x1"))
    top, bottom = (float(page.height) - char[name] - offset[1] for name in ("y1", "y0"))
    step = (x1 - x0) / max(len(codes), 1)
    for at, code in enumerate(codes):
        yield code, x0 + at * step, top, x0 + (at + 1) * step, bottom, _turns(char["matrix"])


def _codes(text: str) -> list[int]:
    """`(cid:12)` is how pdfminer writes a glyph it cannot name."""
    if text.startswith("(cid:"):
        return [REPLACEMENT]
    return [ord(sign) for sign in text if not sign.isspace()]


def _turns(matrix: tuple[float, ...]) -> int:
    """Quarter turns counter-clockwise on the displayed page, `SKEWED` between them."""
    quarters = math.atan2(matrix[1], matrix[0]) / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < LEVEL else SKEWED
