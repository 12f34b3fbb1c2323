"""Where lines of text stand on a picture: how far the page leans, and pieces of one printed line joined."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

from extract.readers.ocr_engine import UPRIGHT, line_size
from extract.readers.page_view import Box, Edge

if TYPE_CHECKING:
    from extract.readers.ocr_engine import Quad

LONG_LINE = 8.0  # heights; shorter lines do not tell how the page leans
NO_SKEW = 0.0005  # radians; less than a point over a page
LEVEL = 0.6  # of the smaller height: what pieces of one line share
LIKE_SIZE = 1.6  # between their heights
GAP = 0.4  # heights between them; boxes are drawn a little wide, so this is about a character
PAD = 0.25  # heights added to a line's ends

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slant:
    """From pixels of a picture that leans to those of the level page, turned about the picture's middle."""

    angle: float  # radians, clockwise
    centre: Point

    def level(self, x: float, y: float) -> Point:
        return self._turn(x, y, -self.angle)

    def leaning(self, box: Box) -> Box:
        """The box around a level box where it lies on the leaning picture."""
        x0, top, x1, bottom = box
        corners = [self._turn(x, y, self.angle) for x, y in ((x0, top), (x1, top), (x1, bottom), (x0, bottom))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _turn(self, x: float, y: float, angle: float) -> Point:
        if not angle:
            return x, y
        dx, dy = x - self.centre[0], y - self.centre[1]
        cos, sin = math.cos(angle), math.sin(angle)
        return self.centre[0] + dx * cos - dy * sin, self.centre[1] + dx * sin + dy * cos

    def level_box(self, quad: Quad) -> Box:
        """The line's box on the level page."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (self.level(x, y) for x, y in quad.tolist())
        return (ax + dx) / 2, (ay + by) / 2, (bx + cx) / 2, (cy + dy) / 2

    def quad(self, box: Box) -> Quad:
        """The corners on the leaning picture of a level box."""
        import numpy as np

        x0, top, x1, bottom = box
        corners = [self._turn(x, y, self.angle) for x, y in ((x0, top), (x1, top), (x1, bottom), (x0, bottom))]
        return np.array(corners, dtype=np.float32)


def find_slant(quads: Sequence[Quad], size: tuple[int, int]) -> Slant:
    """How far the page leans: the middle of its long lines' slopes, `size` being width and height."""
    slopes = []
    for quad in quads:
        width, height = line_size(quad)
        if width > LONG_LINE * height:
            (ax, ay), (bx, by) = quad[0].tolist(), quad[1].tolist()
            slopes.append(math.atan2(by - ay, bx - ax))
    angle = median(slopes) if slopes else 0.0
    return Slant(angle=angle if abs(angle) > NO_SKEW else 0.0, centre=(size[0] / 2, size[1] / 2))


def join_quads(quads: Sequence[Quad], slant: Slant, rules: Iterable[Edge], scale: float) -> list[Quad]:
    """Pieces of one printed line as one, so that a lone 一、 is read as part of its heading.

    `rules` are ruling lines in points: what a vertical one parts is never joined.
    """
    walls = [edge for edge in rules if not edge.horizontal]
    joined: list[tuple[Box, Quad]] = []
    for quad in sorted(quads, key=lambda quad: slant.level_box(quad)[0]):
        box = slant.level_box(quad)
        found = next((i for i, (other, _) in enumerate(joined) if _continues(other, box, walls, scale)), None)
        if found is None or _is_upright(quad):
            joined.append((box, quad))
        else:
            before = joined[found][0]
            whole = (before[0], min(before[1], box[1]), max(before[2], box[2]), max(before[3], box[3]))
            joined[found] = (whole, slant.quad(whole))
    return [_padded(quad) for _, quad in sorted(joined, key=lambda item: item[0][1])]


def _padded(quad: Quad) -> Quad:
    """A little longer at both ends: the model misses a first 一 that touches the border of its picture."""
    _, height = line_size(quad)
    if _is_upright(quad):
        return quad
    out = quad.copy()
    for left, right in ((0, 1), (3, 2)):
        along = quad[right] - quad[left]
        step = along / max(float((along**2).sum()) ** 0.5, 1.0) * PAD * height
        out[left] -= step
        out[right] += step
    return out


def _is_upright(quad: Quad) -> bool:
    width, height = line_size(quad)
    return height > UPRIGHT * width


def _continues(before: Box, after: Box, walls: Sequence[Edge], scale: float) -> bool:
    heights = sorted((before[3] - before[1], after[3] - after[1]))
    shared = min(before[3], after[3]) - max(before[1], after[1])
    gap = after[0] - before[2]
    if shared < LEVEL * heights[0] or heights[1] > LIKE_SIZE * heights[0] or not -heights[1] < gap < GAP * heights[0]:
        return False
    middle = (max(before[1], after[1]) + min(before[3], after[3])) / 2
    low, high = sorted((before[2], after[0]))
    return not any(
        low - heights[0] / 2 < edge.at * scale < high + heights[0] / 2 and edge.low * scale < middle < edge.high * scale
        for edge in walls
    )
