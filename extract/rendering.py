"""Pages as pictures with places marked on them: PDF, image files, and OFD redrawn from its characters."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from extract.errors import ReadError
from extract.layout import Layout
from extract.notice import Place
from extract.options import ReadOptions
from extract.readers.page_view import Box

if TYPE_CHECKING:
    from PIL.Image import Image

POINTS = 72.0  # an inch
RESOLUTION = 150.0  # dots an inch
MAX_SIDE = 6000  # pixels, whatever the page's size
PAD = 1.5  # points around a marked box
MARKER = (255, 236, 120)  # laid over the page like a highlighter: black stays black
LINE = (190, 20, 20)
MARGIN = 18.0  # points a line of the caption below the page
CAPTION_SIZE = 9.0
AROUND = 16.0  # points shown above and below the lines of a crop
ASIDE = 12.0  # points shown beside the text of its page
COLOURS = 64  # of a crop; text needs no more, and files stay small
REDRAWN = frozenset({"application/ofd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A PNG of a page or a part of one."""

    page: int  # 1-based
    png: bytes
    width: int  # pixels
    height: int


@dataclass(slots=True, kw_only=True)
class PageSource:
    """Pictures of a file's pages; the last one drawn is kept."""

    layout: Layout
    document: Any = None  # of pdfium
    scans: Sequence[Any] = ()
    drawn: dict[tuple[int, float], Image] = field(default_factory=dict)

    def picture(self, page: int, resolution: float = RESOLUTION) -> tuple[Image, float]:
        """Page `page` and its pixels a point."""
        width, height = self.layout.page_sizes[page - 1]
        scale = min(resolution / POINTS, MAX_SIDE / max(width, height, 1.0))
        if (page, scale) not in self.drawn:
            self.drawn.clear()
            self.drawn[page, scale] = self._scan(page, scale) if self.scans else self._draw(page, scale)
        return self.drawn[page, scale].copy(), scale

    def _draw(self, page: int, scale: float) -> Image:
        sheet = self.document[page - 1]
        try:
            picture: Image = sheet.render(scale=scale).to_pil().convert("RGB")
        finally:
            sheet.close()
        return picture

    def _scan(self, page: int, scale: float) -> Image:
        from PIL import Image

        scan = self.scans[page - 1]
        width, height = scan.size
        return Image.fromarray(scan.picture).resize((max(round(width * scale), 1), max(round(height * scale), 1)))


@contextmanager
def open_pages(data: bytes, name: str, layout: Layout, options: ReadOptions | None = None) -> Iterator[PageSource]:
    """A source's pages; `layout` is what was read from these bytes.

    Raises:
        ReadError: the source has no pages, or they cannot be drawn.
    """
    options = options or ReadOptions()
    if not layout.page_sizes:
        raise ReadError(name, None, "原文没有页面（文本、Word、网页），画不出页；Word 和网页可加 --pages 排成页")
    if layout.media_type.startswith("image/"):
        from extract.readers.ocr_image import open_scans

        yield PageSource(layout=layout, scans=tuple(open_scans(data, name, options)))
        return
    import pypdfium2 as pdfium

    pdf = redraw(layout) if layout.media_type in REDRAWN else data
    try:
        document = pdfium.PdfDocument(pdf, password=options.password)
    except pdfium.PdfiumError:
        raise ReadError(name, None, "页面画不出来；请重新获取文件") from None
    try:
        yield PageSource(layout=layout, document=document)
    finally:
        document.close()


def redraw(layout: Layout) -> bytes:
    """A PDF with every character of a layout in its place, for formats that nothing here can draw."""
    from extract.typesetting import Sheet, Words, typeset

    glyphs = layout.glyphs
    words: list[list[Words]] = [[] for _ in layout.page_sizes]
    for char, glyph in zip(layout.text, layout.glyph_of, strict=True):
        if glyph >= 0 and glyphs is not None:
            top, bottom = glyphs.top[glyph], glyphs.bottom[glyph]
            size = min(bottom - top, 1.3 * (glyphs.x1[glyph] - glyphs.x0[glyph])) if char > "\u2e80" else bottom - top
            word = Words(x=glyphs.x0[glyph], y=bottom - 0.12 * (bottom - top), size=size, text=char)
            words[glyphs.page[glyph] - 1].append(word)
    sizes = zip(layout.page_sizes, words, strict=True)
    return typeset(Sheet(width=size[0], height=size[1], words=found) for size, found in sizes)


def mark_pages(source: PageSource, places: Iterable[Place], caption: Sequence[str] = ()) -> tuple[PagePicture, ...]:
    """Every page that the places stand on, whole, with them marked and the caption below it."""
    out = []
    for page, boxes in _by_page(places):
        picture, scale = source.picture(page)
        _highlight(picture, boxes, scale)
        framed = _with_caption(picture, [line.replace("{page}", str(page)) for line in caption], scale)
        out.append(_picture(page, framed))
    return tuple(out)


def crop_pages(source: PageSource, places: Iterable[Place], *, marked: bool = True) -> tuple[PagePicture, ...]:
    """The lines that the places stand on, one picture a page."""
    out = []
    for page, boxes in _by_page(places):
        picture, scale = source.picture(page)
        if marked:
            _highlight(picture, boxes, scale)
        left, right = _text_width(source.layout, page)
        box = (
            max(round((left - ASIDE) * scale), 0),
            max(round((min(box[1] for box in boxes) - AROUND) * scale), 0),
            min(round((right + ASIDE) * scale), picture.width),
            min(round((max(box[3] for box in boxes) + AROUND) * scale), picture.height),
        )
        out.append(_picture(page, picture.crop(box), colours=COLOURS))
    return tuple(out)


def _by_page(places: Iterable[Place]) -> Iterator[tuple[int, list[Box]]]:
    placed = sorted((place.page, place.box) for place in places if place.page is not None and place.box is not None)
    for page, found in groupby(placed, key=lambda item: item[0]):
        yield page, [box for _, box in found]


def _text_width(layout: Layout, page: int) -> tuple[float, float]:
    """Where the characters of a page begin and end, from left to right."""
    glyphs = layout.glyphs
    width = layout.page_sizes[page - 1][0]
    if glyphs is None:
        return 0.0, width
    on_page = [i for i, number in enumerate(glyphs.page) if number == page]
    left = min((glyphs.x0[i] for i in on_page), default=0.0)
    right = max((glyphs.x1[i] for i in on_page), default=width)
    return max(left, 0.0), min(right, width)


def _highlight(picture: Image, boxes: Iterable[Box], scale: float) -> None:
    from PIL import Image, ImageChops, ImageDraw

    pen = ImageDraw.Draw(picture)
    for x0, top, x1, bottom in boxes:
        area = (
            max(round((x0 - PAD) * scale), 0),
            max(round((top - PAD) * scale), 0),
            min(round((x1 + PAD) * scale), picture.width),
            min(round((bottom + PAD) * scale), picture.height),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            continue
        below = picture.crop(area)
        picture.paste(ImageChops.multiply(below, Image.new("RGB", below.size, MARKER)), area[:2])
        pen.rectangle((area[0], area[1], area[2] - 1, area[3] - 1), outline=LINE, width=max(round(scale * 0.6), 1))


def _with_caption(picture: Image, lines: Sequence[str], scale: float) -> Image:
    """The page on a strip that says where it is from."""
    from PIL import Image, ImageDraw

    if not lines:
        return picture
    strip = _caption(lines, picture.width / scale, scale)
    framed = Image.new("RGB", (picture.width, picture.height + strip.height), "white")
    framed.paste(picture, (0, 0))
    framed.paste(strip.resize((picture.width, strip.height)), (0, picture.height))
    ImageDraw.Draw(framed).line((0, picture.height, picture.width, picture.height), fill=LINE, width=2)
    return framed


def _caption(lines: Sequence[str], width: float, scale: float) -> Image:
    # Drawn by pdfium: it finds a Chinese face of the machine, which Pillow alone would need a path to.
    import pypdfium2 as pdfium

    from extract.typesetting import Sheet, Words, typeset

    words = [Words(x=MARGIN, y=MARGIN * (i + 1), size=CAPTION_SIZE, text=line) for i, line in enumerate(lines)]
    sheet = Sheet(width=width, height=MARGIN * (len(lines) + 0.6), words=words)
    document: Any = pdfium.PdfDocument(typeset([sheet]))
    try:
        strip: Image = document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    return strip


def _picture(page: int, picture: Image, colours: int = 0) -> PagePicture:
    out = io.BytesIO()
    kept = picture.quantize(colours) if colours else picture
    kept.save(out, "PNG", optimize=bool(colours))
    return PagePicture(page=page, png=out.getvalue(), width=picture.width, height=picture.height)
