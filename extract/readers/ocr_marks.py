"""What on a scanned page is no text: seals over it, and the ruling lines of tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.readers.ocr_image import Scan
from extract.readers.page_view import Edge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.readers.ocr_engine import Picture
    from extract.readers.ocr_quads import Slant

    Mask = NDArray[np.uint8]

RED = 40  # levels that red stands over green and blue
SEAL = (55.0, 190.0)  # points; seals of offices have 42 mm and under, scans are not always to scale
SEAL_SHAPE = 1.4  # long to short side; a red head is a line
SEAL_JOIN = 7  # points between strokes of one seal
FAINTEST, DARKEST = 190, 40  # levels of red ink seen through a red glass, and of black
INK = 40  # levels between ink and paper
DARK = 0.72  # of the paper's level: the most a ruling line has
RULE = 26.0  # points; longer than a stroke of running text
GAP = 1.5  # points; breaks of a scanned line


def has_ink(scan: Scan) -> bool:
    """Is anything drawn on the page?"""
    from numpy import percentile

    low, high = percentile(scan.picture[:, :, 1], (0.05, 90))
    return bool(high - low > INK)


def without_seals(scan: Scan) -> Picture:
    """The picture with seals seen through a red glass: their ink fades, black under it stays."""
    import numpy as np

    picture = scan.picture
    for x0, top, x1, bottom in _seals(scan):
        if picture is scan.picture:
            picture = picture.copy()
        red = picture[top:bottom, x0:x1, 0].astype(np.float32)
        clear = np.clip((red - DARKEST) * (255 / (FAINTEST - DARKEST)), 0, 255).astype(np.uint8)
        picture[top:bottom, x0:x1] = clear[:, :, None]
    return picture


def _seals(scan: Scan) -> Iterator[tuple[int, int, int, int]]:
    """Boxes in pixels of red marks that are about as wide as high."""
    import cv2
    import numpy as np

    step = max(scan.scale, 1.0)  # one point a pixel is fine enough, and evens out noise
    size = (max(int(scan.picture.shape[1] / step), 1), max(int(scan.picture.shape[0] / step), 1))
    small = cv2.resize(scan.picture, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    red = small[:, :, 0] - np.maximum(small[:, :, 1], small[:, :, 2]) > RED
    joined = cv2.dilate(red.astype(np.uint8), np.ones((SEAL_JOIN, SEAL_JOIN), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, width, height, _ in stats[1:].tolist():
        sides = sorted((width, height))
        if sides[0] >= SEAL[0] and sides[1] <= SEAL[1] and sides[1] <= SEAL_SHAPE * sides[0]:
            yield (
                int(left * step),
                int(top * step),
                math.ceil((left + width) * step),
                math.ceil((top + height) * step),
            )


def ruling_lines(scan: Scan, slant: Slant) -> tuple[Edge, ...]:
    """Horizontal and vertical lines in points of the level page."""
    import cv2
    import numpy as np

    height, width = scan.picture.shape[:2]
    grey = cv2.cvtColor(scan.picture, cv2.COLOR_RGB2GRAY)
    paper = float(np.percentile(grey, 90))
    if slant.angle:
        matrix = cv2.getRotationMatrix2D(slant.centre, math.degrees(slant.angle), 1.0)
        grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=paper)
    ink = (grey < DARK * paper).astype(np.uint8)
    return (*_lines(ink, scan.scale, horizontal=True), *_lines(ink, scan.scale, horizontal=False))


def _lines(ink: Mask, scale: float, *, horizontal: bool) -> Iterator[Edge]:
    import cv2

    def bar(points: float) -> Mask:
        length = max(round(points * scale), 1)
        shape = (length, 1) if horizontal else (1, length)
        return cv2.getStructuringElement(cv2.MORPH_RECT, shape).astype("uint8")

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bar(GAP))
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, bar(RULE))
    _, _, stats, _ = cv2.connectedComponentsWithStats(long)
    for left, top, wide, high, _ in stats[1:].tolist():
        along, across = ((left, wide), (top, high)) if horizontal else ((top, high), (left, wide))
        if across[1] < along[1] / 4:  # a filled area is no line
            yield Edge(
                horizontal=horizontal,
                at=(across[0] + across[1] / 2) / scale,
                low=along[0] / scale,
                high=(along[0] + along[1]) / scale,
            )
