"""Pictures of pages: opened within limits, seals taken off, ruling lines found."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import ReadError
from extract.options import ReadOptions

if TYPE_CHECKING:
    from PIL.Image import Image

    from extract.readers.ocr_engine import Picture

A4 = (595.3, 841.9)  # points
PLAUSIBLE = (140.0, 3400.0)  # points a side; a picture that says otherwise does not know its resolution
MAX_SIDE = 4000  # pixels kept of a side
FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
BROKEN = (  # what Pillow's plugins raise on files that are not what they say
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A page as a picture."""

    picture: Picture
    scale: float  # pixels a point

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.picture.shape[:2]
        return width / self.scale, height / self.scale


def open_scans(data: bytes, name: str, options: ReadOptions) -> Iterator[Scan]:
    """Pages of an image file.

    Raises:
        ReadError: damaged, too large, or with more pages than the limit.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
                for number in range(min(count, options.max_pages + 1)):
                    if number == options.max_pages:
                        raise ReadError(name, None, f"共 {count} 页，超过上限 {options.max_pages} 页；请拆分后再读")
                    image.seek(number)
                    yield _scan(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            raise ReadError(name, None, "图像的像素太多；请降低分辨率（200—300 dpi）后再读") from None
        except BROKEN:
            raise ReadError(name, None, "图像已损坏，无法打开；请重新获取") from None


def _scan(image: Image) -> Scan:
    import numpy as np
    from PIL import ImageOps

    whole = ImageOps.exif_transpose(image)
    resolution = _resolution(whole)
    width = whole.width
    whole.thumbnail((MAX_SIDE, MAX_SIDE))
    if whole.mode in {"RGBA", "LA", "PA"} or "transparency" in whole.info:
        from PIL import Image

        layer = whole.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        whole = Image.alpha_composite(paper, layer)
    picture = np.asarray(whole.convert("RGB"))
    return Scan(picture=picture, scale=resolution / 72 * whole.width / width)


def _resolution(image: Image) -> float:
    """Dots an inch as the file says; where that gives no sheet of paper, as if it were A4."""
    stated = image.info.get("dpi", (0, 0))
    dots = float(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    sides = [side / dots * 72 for side in image.size] if dots > 0 else [0.0]
    # 72 and 96 are what programs write that do not know; no scanner is set to them.
    if dots > 100 and all(PLAUSIBLE[0] <= side <= PLAUSIBLE[1] for side in sides):
        return dots
    return image.width / (A4[0] if image.width <= image.height else A4[1]) * 72
