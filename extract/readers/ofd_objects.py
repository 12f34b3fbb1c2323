"""Graphic objects of an OFD page (GB/T 33190-2016, chapters 8 to 11): characters with boxes, and ruling lines.

Everything comes out in points from the page's top left; the file counts in millimetres.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from extract.readers.page_view import MAX_COORDINATE, SKEWED, Box, Drawn, Edge

POINTS = 72 / 25.4  # a millimetre
ASCENT, DESCENT = 0.88, 0.12  # of the type size, from the base line
MAX_DEPTH = 12  # blocks and composite units inside each other
MAX_REPEAT = 20_000
MAX_OBJECTS = 200_000  # on one page
MAX_PATH = 1_000_000  # characters of a path
MAX_LIST = 100_000  # characters of a list of numbers
PATH = re.compile(r"[A-Za-z]|[-+.\d][-+.\deE]{0,40}")
THIN = 1.0  # mm; a filled shape thinner than this is a line
SHORT = 1.4  # mm

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True, kw_only=True)
class PageObjects:
    """Collects the characters and lines of one page."""

    units: Mapping[str, etree._Element]  # composite graphic units by id
    codes: array[int] = field(default_factory=lambda: array("L"))
    boxes: list[Box] = field(default_factory=list)
    turns: bytearray = field(default_factory=bytearray)
    edges: list[Edge] = field(default_factory=list)
    image_count: int = 0
    seen: int = 0  # objects, those of composite units each time they are drawn

    def add(self, parent: etree._Element, matrix: Matrix = IDENTITY, depth: int = 0) -> None:
        """Everything inside a layer, block or composite unit; `matrix` leads to the page, in mm."""
        if depth > MAX_DEPTH or self.seen > MAX_OBJECTS:
            return
        for item in parent:
            self.seen += 1
            name = local_name(item)
            # Units that draw units several times over would grow without end.
            if self.seen > MAX_OBJECTS or (item.get("Visible") or "").lower() == "false":
                continue
            if name == "TextObject":
                self._add_text(item, _placed(item, matrix))
            elif name == "PathObject":
                self.edges.extend(_path_edges(item, _placed(item, matrix)))
            elif name == "ImageObject":
                self.image_count += 1
            elif name == "CompositeObject":
                unit = self.units.get(item.get("ResourceID") or "")
                if unit is not None:
                    self.add(unit, _placed(item, matrix), depth + 1)
            elif name in ("Layer", "PageBlock", "Content"):
                self.add(item, matrix, depth + 1)

    def drawn(self, number: int, width: float, height: float) -> Drawn:
        """The page; size in mm."""
        columns = [array("d", [box[side] * POINTS for box in self.boxes]) for side in range(4)]
        return Drawn(
            number=number,
            width=width * POINTS,
            height=height * POINTS,
            codes=self.codes,
            columns=(columns[0], columns[1], columns[2], columns[3]),
            turns=self.turns,
            edges=tuple(self.edges),
            image_count=self.image_count,
        )

    def _add_text(self, item: etree._Element, matrix: Matrix) -> None:
        size = number(item.get("Size"), 0.0)
        scale = number(item.get("HScale"), 1.0)
        turn = _quarter_turns(matrix, number(item.get("CharDirection"), 0.0))
        x = y = 0.0
        for code in item:
            if local_name(code) != "TextCode":
                continue
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            text = (code.text or "").strip("\r\n\t")
            steps_x, steps_y = deltas(code.get("DeltaX")), deltas(code.get("DeltaY"))
            at_x, at_y = x, y
            for index, char in enumerate(text):
                step = steps_x[index] if index < len(steps_x) else None
                advance = _advance(char, size * scale, step)
                if not char.isspace():
                    corners = (at_x, at_y - ASCENT * size, at_x + advance, at_y + DESCENT * size)
                    self.codes.append(ord(char))
                    self.boxes.append(_box(corners, matrix))
                    self.turns.append(turn)
                vertical = steps_y[index] if index < len(steps_y) else 0.0
                at_x += step if step is not None else (0.0 if vertical else advance)
                at_y += vertical


def local_name(item: etree._Element) -> str:
    return item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""


def number(text: str | None, default: float) -> float:
    found = numbers(text)
    return found[0] if found else default


def numbers(text: str | None) -> list[float]:
    """The numbers in a list; what is no number counts as 0."""
    return [_finite(part) for part in (text or "")[:MAX_LIST].replace(",", " ").split()]


def _finite(part: str) -> float:
    try:
        found = float(part)
    except ValueError:
        return 0.0
    return found if abs(found) < MAX_COORDINATE else 0.0


def deltas(text: str | None) -> list[float]:
    """Steps between characters; `g 3 5.2` stands for three times 5.2 (GB/T 33190-2016, 11.3)."""
    parts = (text or "").replace(",", " ").split()
    steps: list[float] = []
    at = 0
    while at < len(parts) and len(steps) < MAX_REPEAT:
        if parts[at] == "g" and at + 2 < len(parts):
            count = int(min(max(number(parts[at + 1], 0.0), 0.0), MAX_REPEAT))
            steps.extend([number(parts[at + 2], 0.0)] * count)
            at += 3
        else:
            steps.append(number(parts[at], 0.0))
            at += 1
    return steps


def _advance(char: str, size: float, step: float | None) -> float:
    """Width of a character: its step where that is no wider than the type, else one or half a size."""
    usual = size if ord(char) >= 0x2E80 or char in "—…“”‘’" else size / 2
    return step if step is not None and 0.2 * size < step < 1.1 * size else usual


def _placed(item: etree._Element, outer: Matrix) -> Matrix:
    """From the object's space to the page: its CTM, then its boundary's corner, then what it stands in."""
    ctm = numbers(item.get("CTM"))
    boundary = numbers(item.get("Boundary"))
    own: Matrix = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]) if len(ctm) == 6 else IDENTITY
    corner: Matrix = (1.0, 0.0, 0.0, 1.0, *((boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)))
    return _multiply(_multiply(own, corner), outer)


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(corners: Box, matrix: Matrix) -> Box:
    x0, y0, x1, y1 = corners
    points = [_apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _quarter_turns(matrix: Matrix, direction: float) -> int:
    """Quarter turns counter-clockwise; the y axis points down, so a positive angle turns clockwise."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) + direction
    if not math.isfinite(angle):
        return 0
    quarters = -angle / 90
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.03 else SKEWED


def _path_edges(item: etree._Element, matrix: Matrix) -> Iterator[Edge]:
    stroked = (item.get("Stroke") or "true").lower() != "false"
    filled = (item.get("Fill") or "false").lower() == "true"
    data = next((inner.text for inner in item if local_name(inner) == "AbbreviatedData"), None)
    for points in _subpaths(data or ""):
        placed = [_apply(matrix, x, y) for x, y in points]
        if stroked:
            for (ax, ay), (bx, by) in pairwise(placed):
                yield from _edge(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), 0.2)
        elif filled and len(placed) > 3:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            yield from _edge(min(xs), min(ys), max(xs), max(ys), THIN)


def _edge(x0: float, y0: float, x1: float, y1: float, thin: float) -> Iterator[Edge]:
    if y1 - y0 <= thin and x1 - x0 >= SHORT:
        yield Edge(horizontal=True, at=(y0 + y1) / 2 * POINTS, low=x0 * POINTS, high=x1 * POINTS)
    elif x1 - x0 <= thin and y1 - y0 >= SHORT:
        yield Edge(horizontal=False, at=(x0 + x1) / 2 * POINTS, low=y0 * POINTS, high=y1 * POINTS)


def _subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    """Corners of straight subpaths (GB/T 33190-2016, 9.1); what is curved is no ruling line."""
    points: list[tuple[float, float]] = []
    for operator, operands in _operations(data[:MAX_PATH]):
        if operator == "L" and len(operands) == 2:
            points.append((operands[0], operands[1]))
            continue
        if operator == "C" and len(points) > 1:
            points.append(points[0])
        if len(points) > 1:
            yield points
        points = [(operands[0], operands[1])] if operator in ("M", "S") and len(operands) == 2 else []


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    operator, operands = "", list[float]()
    for part in (*PATH.findall(data), "S"):
        if not part.isalpha():
            operands.append(_finite(part))
            continue
        if operator:
            yield operator, operands
        operator, operands = part, []
    yield "S", []
