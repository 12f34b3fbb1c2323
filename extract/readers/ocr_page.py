"""A scanned page read: which way up it lies, its lines, their characters, the lines of its tables."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.readers.ocr_engine import UPRIGHT, Engine, Line, line_size
from extract.readers.ocr_image import Scan
from extract.readers.ocr_lines import place_signs
from extract.readers.ocr_marks import ruling_lines, without_seals
from extract.readers.ocr_quads import find_slant, join_quads
from extract.readers.page_view import Columns, Drawn, turn_columns

if TYPE_CHECKING:
    from extract.readers.ocr_engine import Picture, Quad

TRIED = 8  # longest lines read both ways up to tell which is right
HAS_TEXT = 0.5  # mean confidence of a line below which it is a picture's texture


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """`drawn` is level and upright; `columns` and `size` are of the page as it lies, in points."""

    drawn: Drawn
    columns: Columns
    size: tuple[float, float]
    confidence: array[float]


def read_scan(engine: Engine, scan: Scan, number: int) -> ReadPage:
    """Read page `number`."""
    turns, upright, quads = _turn_upright(engine, replace(scan, picture=without_seals(scan)))
    height, width = upright.picture.shape[:2]
    slant = find_slant(quads, (width, height))
    edges = ruling_lines(upright, slant) if quads else ()
    joined = join_quads(quads, slant, edges, scan.scale)
    lines = [line for line in engine.read(upright.picture, joined) if line.signs and line.confidence >= HAS_TEXT]
    signs = place_signs(lines, slant)
    level, lying = (_points(columns, scan.scale) for columns in (signs.level, signs.leaning))
    drawn = Drawn(
        number=number,
        width=upright.size[0],
        height=upright.size[1],
        codes=signs.codes,
        columns=level,
        turns=bytearray(len(signs.codes)),
        edges=edges,
        image_count=1,
    )
    # The page was turned clockwise by `turns`; its characters stood at as many turns counter-clockwise.
    back = turn_columns(lying, 4 - turns, *upright.size) if turns else lying
    return ReadPage(drawn=drawn, columns=back, size=scan.size, confidence=signs.confidence)


def _points(columns: Columns, scale: float) -> Columns:
    x0, top, x1, bottom = (array("d", (value / scale for value in column)) for column in columns)
    return x0, top, x1, bottom


def _turn_upright(engine: Engine, scan: Scan) -> tuple[int, Scan, list[Quad]]:
    """Quarter turns clockwise that make the page upright, the page so turned, and its lines."""
    quads = engine.find(scan.picture)
    turns = 1 if _stands_on_end(quads) else 0
    upright = scan
    if turns:
        upright = replace(scan, picture=_turned(scan.picture, turns))
        quads = engine.find(upright.picture)
    if _is_upside_down(engine, upright.picture, quads):
        turns += 2
        upright = replace(scan, picture=_turned(scan.picture, turns))
        quads = engine.find(upright.picture)
    return turns, upright, quads


def _turned(picture: Picture, turns: int) -> Picture:
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -turns))


def _stands_on_end(quads: Sequence[Quad]) -> bool:
    """Does most of the text run from top to bottom?"""
    upright = lying = 0.0
    for quad in quads:
        width, height = line_size(quad)
        if height > UPRIGHT * width:
            upright += height
        elif width > UPRIGHT * height:
            lying += width
    return upright > lying


def _is_upside_down(engine: Engine, picture: Picture, quads: Sequence[Quad]) -> bool:
    """Do the longest lines read better with their ends exchanged?"""
    import numpy as np

    longest = sorted(quads, key=lambda quad: -line_size(quad)[0])[:TRIED]
    if not longest:
        return False
    as_is = engine.read(picture, longest)
    turned = engine.read(picture, [np.roll(quad, 2, axis=0) for quad in longest])
    return _certainty(turned) > _certainty(as_is)


def _certainty(lines: Sequence[Line]) -> float:
    return sum(line.confidence * len(line.signs) for line in lines)
