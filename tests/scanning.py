"""Pages as an office scanner makes them: grey paper, noise, a page that lies askew; wrapped in a PDF of pictures."""

import io
from collections.abc import Callable, Iterable

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw

DPI = 200


def pages(pdf: bytes, numbers: Iterable[int] | None = None) -> list[Image.Image]:
    """Pages (from 0) of a PDF as clean pictures."""
    document = pdfium.PdfDocument(pdf)
    chosen = range(len(document)) if numbers is None else numbers
    return [document[number].render(scale=DPI / 72).to_pil().convert("RGB") for number in chosen]


def scanned(picture: Image.Image, *, skew: float = 0.7, noise: float = 12.0, seed: int = 7) -> Image.Image:
    """The page turned by `skew` degrees counter-clockwise, on grey paper, with noise."""
    turned = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    grain = np.random.default_rng(seed).normal(0, noise, (turned.height, turned.width, 3))
    return Image.fromarray(np.clip(np.asarray(turned) * 0.92 + 8 + grain, 0, 255).astype(np.uint8))


def stamped(picture: Image.Image, x: float, y: float, radius: float = 59.0) -> Image.Image:
    """A round red seal over the page, its middle in points; ink lets what is below show."""
    scale = DPI / 72
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    x, y, radius = x * scale, y * scale, radius * scale
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(222, 40, 40), width=9)
    pen.regular_polygon((x, y, radius / 3), 5, fill=(222, 40, 40))
    for angle in np.linspace(0.2, 5.8, 14):
        at_x, at_y = x + 0.75 * radius * np.cos(angle), y + 0.75 * radius * np.sin(angle)
        pen.rectangle((at_x - 14, at_y - 18, at_x + 12, at_y + 16), outline=(222, 40, 40), width=5)
    return Image.fromarray((np.asarray(picture).astype(np.uint16) * np.asarray(ink) // 255).astype(np.uint8))


def image_pdf(pictures: Iterable[Image.Image]) -> bytes:
    """A PDF whose pages are these pictures and nothing else."""
    first, *others = pictures
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=DPI, quality=85)
    return out.getvalue()


def image_file(pictures: Iterable[Image.Image], kind: str) -> bytes:
    """An image file; TIFF takes several pages."""
    first, *others = pictures
    out = io.BytesIO()
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, kind, dpi=(DPI, DPI), **more)
    return out.getvalue()


def scan_pdf(
    pdf: bytes, numbers: Iterable[int] | None = None, change: Callable[[Image.Image], Image.Image] = scanned
) -> bytes:
    """A PDF of text as a PDF of scans."""
    return image_pdf(change(picture) for picture in pages(pdf, numbers))
