"""Characters of a PDF page with their boxes, read from pdfium by index."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Container

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.page_view import REPLACEMENT, SKEWED, Columns, Drawn
from extract.readers.pdf_edges import read_edges
from extract.readers.pdf_frame import Display

LINE_BREAKS = frozenset((10, 13))
SAMPLE = 4  # asking for every character would take half as long again; fonts change by the run
SPACES = frozenset((9, 32, 0xA0, 0x3000))


def read_page(document: pdfium.PdfDocument, number: int) -> Drawn:
    """Page `number` (1-based) as displayed.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
    """
    page = document[number - 1]
    try:
        frame = Display.of(page)
        codes, box, angles = _read_characters(page)
        edges, image_count = read_edges(page, frame)
    finally:
        page.close()
    return Drawn(
        number=number,
        width=frame.width,
        height=frame.height,
        codes=codes,
        columns=frame.columns(box),
        turns=bytearray(_quarter_turns(angle, frame.quarter_turns) for angle in angles),
        edges=edges,
        image_count=image_count,
    )


def _read_characters(page: pdfium.PdfPage) -> tuple[array[int], Columns, array[float]]:
    """Code points, left, top, right, bottom (y up) and angles; white space left out."""
    text_page = page.get_textpage()
    try:
        handle, rect = text_page.raw, raw.FS_RECTF()
        loose, angle, pointer = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle, ctypes.byref(rect)
        code_at = raw.FPDFText_GetUnicode
        codes, angles = array("L"), array("d")
        left, top, right, bottom = array("d"), array("d"), array("d"), array("d")
        count = raw.FPDFText_CountChars(handle)
        unnamed = _unnamed(handle, count)
        for index in range(count):
            code = REPLACEMENT if index in unnamed else code_at(handle, index)
            if code in LINE_BREAKS or code in SPACES:
                continue
            loose(handle, index, pointer)
            codes.append(code)
            left.append(rect.left)
            top.append(rect.top)
            right.append(rect.right)
            bottom.append(rect.bottom)
            angles.append(angle(handle, index))
    finally:
        text_page.close()
    return codes, (left, top, right, bottom), angles


def _unnamed(handle: object, count: int) -> Container[int]:
    """Characters without a Unicode value, for which pdfium gives the code their font has for them."""
    failed = raw.FPDFText_HasUnicodeMapError
    if not any(failed(handle, index) == 1 for index in range(0, count, SAMPLE)):
        return ()
    return {index for index in range(count) if failed(handle, index) == 1}


def _quarter_turns(angle: float, page_turns: int) -> int:
    """Quarter turns counter-clockwise on the displayed page, `SKEWED` between them."""
    if angle == 0.0 and not page_turns:
        return 0
    quarters = -angle / (math.pi / 2)  # pdfium counts clockwise
    if not math.isfinite(quarters):
        return 0
    nearest = round(quarters)
    return (nearest - page_turns) % 4 if abs(quarters - nearest) < 0.03 else SKEWED
