"""Ruling lines of a PDF page: stroked paths, and filled rectangles so thin that they are lines."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.page_view import Box, Edge
from extract.readers.pdf_frame import Display

THIN = 3.0  # points; a filled rectangle thinner than this is a line
SHORT = 4.0  # points; shorter lines are no part of a table
MAX_PATHS = 20_000  # drawn paths looked at on one page; a map or a chart has more, a table never
MAX_OBJECTS = 200_000
MAX_FORM_DEPTH = 4

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_edges(page: pdfium.PdfPage, frame: Display) -> tuple[tuple[Edge, ...], int]:
    """Horizontal and vertical lines on a page, and how many pictures it has."""
    edges: list[Edge] = []
    images = paths = 0
    for item, matrix in _objects(page.raw, _IDENTITY, 0):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths > MAX_PATHS:
                return (), images
            edges.extend(_path_edges(item, matrix, frame))
    return tuple(edges), images


def _objects(page: object, outer: Matrix, depth: int) -> Iterator[tuple[object, Matrix]]:
    for i in range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        yield from _inside(raw.FPDFPage_GetObject(page, i), outer, depth)


def _inside(item: object, outer: Matrix, depth: int) -> Iterator[tuple[object, Matrix]]:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item, outer
    elif depth < MAX_FORM_DEPTH:
        inner = _multiply(_matrix(item), outer)
        for i in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _inside(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _matrix(item: object) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return _IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


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


def _path_edges(item: object, outer: Matrix, frame: Display) -> Iterator[Edge]:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, filled, stroked)
    if not filled.value and not stroked.value:
        return
    matrix = _multiply(_matrix(item), outer)
    for points in _subpaths(item, matrix):
        boxes = [frame.box(*_corners(a, b)) for a, b in pairwise(points)]
        if stroked.value:
            for box in boxes:
                yield from _line_edge(box)
        elif len(points) >= 4 and not any(map(_slanted, boxes)):
            yield from _filled_edges(boxes)


def _slanted(box: Box) -> bool:
    return box[2] - box[0] > 0.5 and box[3] - box[1] > 0.5


def _subpaths(item: object, matrix: Matrix) -> Iterator[list[Point]]:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(raw.FPDFPath_CountSegments(item), MAX_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            points = []
            continue
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = []
    if len(points) > 1:
        yield points


def _corners(a: Point, b: Point) -> Box:
    """Left, top, right, bottom with y up."""
    return min(a[0], b[0]), max(a[1], b[1]), max(a[0], b[0]), min(a[1], b[1])


def _line_edge(box: Box) -> Iterator[Edge]:
    x0, top, x1, bottom = box
    if bottom - top <= 0.5 and x1 - x0 >= SHORT:
        yield Edge(horizontal=True, at=(top + bottom) / 2, low=x0, high=x1)
    elif x1 - x0 <= 0.5 and bottom - top >= SHORT:
        yield Edge(horizontal=False, at=(x0 + x1) / 2, low=top, high=bottom)


def _filled_edges(boxes: list[Box]) -> Iterator[Edge]:
    """The line a thin filled rectangle is; nothing for a filled area (a shaded head row)."""
    x0, x1 = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    if bottom - top <= THIN <= SHORT <= x1 - x0:
        yield Edge(horizontal=True, at=(top + bottom) / 2, low=x0, high=x1)
    elif x1 - x0 <= THIN <= SHORT <= bottom - top:
        yield Edge(horizontal=False, at=(x0 + x1) / 2, low=top, high=bottom)
