"""Recognised lines in, a drawn page out: every character with its box on the level page and on the page as it lies."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.readers.ocr_decode import Sign
from extract.readers.ocr_engine import UPRIGHT, Line, line_size
from extract.readers.ocr_quads import Slant
from extract.readers.page_view import Box, Columns

CJK = 0x2E80  # code points from here on are as wide as the type size


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Characters of a page in pixels; all columns are of one length."""

    codes: array[int]
    level: Columns
    leaning: Columns
    confidence: array[float]


def place_signs(lines: Sequence[Line], slant: Slant) -> Signs:
    """Every character of the lines, line after line."""
    codes, confidence = array("L"), array("d")
    level = (array("d"), array("d"), array("d"), array("d"))
    leaning = (array("d"), array("d"), array("d"), array("d"))
    for line in lines:
        for sign, box in _boxes(line, slant):
            codes.append(ord(sign.char))
            confidence.append(sign.confidence)
            for columns, values in ((level, box), (leaning, slant.leaning(box))):
                for column, value in zip(columns, values, strict=True):
                    column.append(value)
    return Signs(codes=codes, level=level, leaning=leaning, confidence=confidence)


def _boxes(line: Line, slant: Slant) -> Iterator[tuple[Sign, Box]]:
    """Boxes on the level page; a line that stands on end is parted from top to bottom."""
    x0, top, x1, bottom = slant.level_box(line.quad)
    width, height = line_size(line.quad)
    if height > UPRIGHT * width and len(line.signs) > 1:
        for sign, (low, high) in zip(line.signs, _extents(line.signs, bottom - top), strict=True):
            yield sign, (x0, top + low, x1, top + high)
    else:
        for sign, (low, high) in zip(line.signs, _extents(line.signs, x1 - x0), strict=True):
            yield sign, (x0 + low, top, x0 + high, bottom)


def _extents(signs: Sequence[Sign], length: float) -> Iterator[tuple[float, float]]:
    """Where each character begins and ends along its line: half its usual width, or half way to its neighbour."""
    middles = [sign.at * length for sign in signs]
    pitch = _pitch(signs, middles, length)
    halves = [pitch / (2 if ord(sign.char) >= CJK else 4) for sign in signs]
    borders = [_border(a, b) for a, b in pairwise(zip(middles, halves, strict=True))]
    for i, (middle, half) in enumerate(zip(middles, halves, strict=True)):
        low = max(middle - half, borders[i - 1] if i else 0.0)
        high = min(middle + half, borders[i] if i < len(borders) else length)
        yield low, max(high, low)


def _border(before: tuple[float, float], after: tuple[float, float]) -> float:
    """Between two neighbours, nearer to the narrower one."""
    (a, half_a), (b, half_b) = before, after
    return a + (b - a) * half_a / (half_a + half_b)


def _pitch(signs: Sequence[Sign], middles: Sequence[float], length: float) -> float:
    """Width of a Chinese character: the middle distance of two that stand side by side."""
    steps = [
        b - a
        for (a, b), (before, after) in zip(pairwise(middles), pairwise(signs), strict=True)
        if min(ord(before.char), ord(after.char)) >= CJK
    ]
    if steps:
        return median(steps)
    wide = sum(1.0 if ord(sign.char) >= CJK else 0.5 for sign in signs)
    return length / max(wide, 1.0)
