"""Scans: image files, and pages of a PDF that hold a picture instead of text, read by character recognition.

What is read so has the grain of a line: boxes of single characters are estimates within their line. Each character
keeps its confidence, and doubtful ones are named in a warning.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from extract.errors import ReadError
from extract.layout import BlockKind, Layout, LayoutWarning
from extract.notice import Grain
from extract.options import ReadOptions
from extract.readers.layout_text import LayoutText
from extract.readers.page_content import PageContent, page_content
from extract.readers.page_layout import build_layout
from extract.readers.page_view import REPLACEMENT, Drawn, GlyphStore
from extract.span import Span

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from extract.readers.ocr_image import Scan
    from extract.readers.ocr_page import ReadPage

RESOLUTION = 200  # dots an inch at which a PDF page is drawn to be read
MAX_SIDE = 4000  # pixels
UNCERTAIN = 0.9  # confidence from which down a character is named
NAMED = 8  # doubtful places named in a warning
AROUND = 3  # characters shown on either side of a doubtful one
STAMPED = 40  # characters that a scanning program may have set on its picture
COVERS = 0.6  # of the page: a picture from this size on is the page itself
UNMAPPED = 0.3  # of the characters: with more that have no Unicode value the text layer is no use


@dataclass(slots=True, kw_only=True)
class Scanner:
    """Reads scanned pages as they come and keeps what belongs to the file as a whole."""

    name: str
    options: ReadOptions
    store: GlyphStore
    pages: list[int] = field(default_factory=list)  # numbers of those recognised
    confidence: array[float] = field(default_factory=lambda: array("d"))  # of the store's glyphs

    def page(self, document: pdfium.PdfDocument, drawn: Drawn, before: PageContent | None) -> PageContent | None:
        """A page of a PDF, if its text is a picture that could be read; `before` is the page before it."""
        if not _wants_reading(document, drawn) or not self.is_ready:
            return None
        scan = _render(document, drawn.number)
        return None if scan is None else self.scan(scan, drawn.number, before)

    @property
    def is_ready(self) -> bool:
        from extract.readers.ocr_engine import is_installed

        return self.options.recognise and is_installed()

    def scan(self, scan: Scan, number: int, before: PageContent | None) -> PageContent | None:
        """A picture of a page; `None` if nothing can be read on it.

        Raises:
            ReadError: more pages would have to be recognised than the limit.
        """
        from extract.readers.ocr_engine import load_engine
        from extract.readers.ocr_marks import has_ink
        from extract.readers.ocr_page import read_scan

        if not has_ink(scan):
            return None
        if len(self.pages) >= self.options.max_scanned_pages:
            limit = self.options.max_scanned_pages
            raise ReadError(self.name, number, f"扫描页超过上限 {limit} 页；请拆分后再读")
        read = read_scan(load_engine(), scan, number)
        if not read.drawn.codes:
            return None
        self.pages.append(number)
        first = len(self.store.codes)
        content = page_content(self.store.add(read.drawn), before)
        self._place(first, read)
        return content

    def _place(self, first: int, read: ReadPage) -> None:
        """Boxes on the page as it lies; the content was laid out on the level page."""
        store = self.store
        for column, lying in zip((store.x0, store.top, store.x1, store.bottom), read.columns, strict=True):
            column[first:] = lying
        store.sizes[-1] = read.size
        self.confidence.extend(array("d", [1.0]) * (first - len(self.confidence)))
        self.confidence.extend(read.confidence)

    def finish(self, layout: Layout) -> Layout:
        """The layout with what recognition adds: confidence, the coarser grain, warnings."""
        if not self.pages or layout.glyphs is None:
            return layout
        missing = len(layout.glyphs.page) - len(self.confidence)
        confidence = self.confidence + array("d", [1.0]) * missing
        message = f"{len(self.pages)} 页是扫描图像，文字由识别（OCR）得出，可能有误；重要内容请核对原件"
        note = LayoutWarning(code="recognised", message=message)
        return replace(
            layout,
            grain=Grain.LINE,
            glyphs=replace(layout.glyphs, confidence=confidence),
            warnings=(note, *layout.warnings, *_uncertain(layout, confidence)),
        )

    def no_text(self) -> ReadError:
        """Why a file of pictures has no text."""
        if self.is_ready:
            return ReadError(self.name, 1, "没有文字层，也没有识别出文字；请核对原件，或换清晰的扫描件")
        message = '没有文字层（扫描件或图片）；识别需安装 duizhao[ocr]：pip install "duizhao[ocr]"'
        return ReadError(self.name, 1, message)


def read_image(data: bytes, name: str, options: ReadOptions) -> Layout:
    """An image file, each of its pages recognised.

    Raises:
        ReadError: damaged, beyond the limits, without text, or recognition is not installed.
    """
    from extract.readers.ocr_image import open_scans
    from extract.readers.sniff import media_type

    store = GlyphStore()
    scanner = Scanner(name=name, options=options, store=store)
    if not scanner.is_ready:
        raise scanner.no_text()
    pages: list[PageContent] = []
    for number, scan in enumerate(open_scans(data, name, options), start=1):
        before = pages[-1] if pages else None
        pages.append(scanner.scan(scan, number, before) or page_content(store.add(_empty(scan, number))))
    if not store.codes:
        raise scanner.no_text()
    out = LayoutText(name=name, max_characters=options.max_characters)
    return scanner.finish(build_layout(pages, store, out, media_type=media_type(data, name)))


def _empty(scan: Scan, number: int) -> Drawn:
    width, height = scan.size
    none = array("d"), array("d"), array("d"), array("d")
    return Drawn(
        number=number,
        width=width,
        height=height,
        codes=array("L"),
        columns=none,
        turns=bytearray(),
        image_count=1,
    )


def _wants_reading(document: pdfium.PdfDocument, drawn: Drawn) -> bool:
    """Is the page a picture, perhaps with a scanning program's stamp on it, or its text layer unreadable?"""
    if not drawn.codes:
        return True
    if sum(map(_is_unmapped, drawn.codes)) > UNMAPPED * len(drawn.codes):
        return True
    return 0 < len(drawn.codes) <= STAMPED and drawn.image_count > 0 and _is_covered(document, drawn)


def _is_unmapped(code: int) -> bool:
    return code < 32 or code == REPLACEMENT or 0xE000 <= code < 0xF900


def _is_covered(document: pdfium.PdfDocument, drawn: Drawn) -> bool:
    from pypdfium2 import raw

    page = document[drawn.number - 1]
    try:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            if abs((right - left) * (top - bottom)) > COVERS * drawn.width * drawn.height:
                return True
    finally:
        page.close()
    return False


def _render(document: pdfium.PdfDocument, number: int) -> Scan | None:
    """The page drawn; `None` for one that cannot be."""
    import numpy as np
    from pypdfium2 import PdfiumError

    from extract.readers.ocr_image import Scan

    page: Any = document[number - 1]
    try:
        scale = min(RESOLUTION / 72, MAX_SIDE / max(*page.get_size(), 1.0))
        drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
    except PdfiumError:
        return None
    finally:
        page.close()
    picture = np.ascontiguousarray(drawn[:, :, :3]) if drawn.ndim == 3 else np.stack([drawn] * 3, axis=2)
    return Scan(picture=picture, scale=scale)


def _uncertain(layout: Layout, confidence: array[float]) -> Iterator[LayoutWarning]:
    """One warning a page with the doubtful words of the notice, each with a few characters around it."""
    furniture = [block.span for block in layout.blocks if block.kind is BlockKind.FURNITURE]
    places: dict[int, list[Span]] = defaultdict(list)
    for at, glyph in enumerate(layout.glyph_of):
        if glyph < 0 or confidence[glyph] >= UNCERTAIN or any(span.start <= at < span.end for span in furniture):
            continue
        on_page = places[layout.glyphs.page[glyph] if layout.glyphs else 0]
        near = Span(max(at - AROUND, 0), min(at + AROUND + 1, len(layout.text)))
        if on_page and near.start <= on_page[-1].end:
            near = Span(on_page.pop().start, near.end)
        on_page.append(near)
    for page, spans in sorted(places.items()):
        words = "、".join(f"“{''.join(layout.text[span.start : span.end].split())}”" for span in spans[:NAMED])
        message = f"{len(spans)} 处识别没有把握：{words}；请核对原件"
        yield LayoutWarning(code="ocr_uncertain", message=message, page=page)
