"""A drawn page before it is read: characters and ruling lines with their places.

A page comes in as displayed and goes out in its *reading frame*: points from the top left of the page turned
so that most of its characters stand upright. White space draws nothing and is no glyph.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from extract.layout import Glyphs

REPLACEMENT = 0xFFFD
HYPHEN = 2  # how pdfium marks one at a line's end
SKEWED = 9  # quarter turns of a character that stands at no right angle
MAX_COORDINATE = 1e6  # points; PDF pages are at most 14,400 wide

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
Columns: TypeAlias = "tuple[array[float], array[float], array[float], array[float]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A ruling line, horizontal or vertical."""

    horizontal: bool
    at: float  # y of a horizontal, x of a vertical line
    low: float
    high: float

    def turn(self, turn: int, width: float, height: float) -> Edge:
        """The line on the page turned as `turn_columns` does."""
        box = (self.low, self.at, self.high, self.at) if self.horizontal else (self.at, self.low, self.at, self.high)
        x0, top, x1, bottom = turn_columns(columns_of(box), turn, width, height)
        if self.horizontal is (turn == 2):
            return Edge(horizontal=True, at=top[0], low=x0[0], high=x1[0])
        return Edge(horizontal=False, at=x0[0], low=top[0], high=bottom[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page as a format's reader found it, in points from the top left as displayed."""

    number: int  # 1-based
    width: float
    height: float
    codes: array[int]  # Unicode code points
    columns: Columns
    turns: bytearray  # quarter turns counter-clockwise of each character, or `SKEWED`
    edges: tuple[Edge, ...] = ()
    image_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page in its reading frame. Local index i stands for glyph `first + i`."""

    number: int  # 1-based
    first: int
    codes: array[int]
    x0: array[float]
    top: array[float]
    x1: array[float]
    bottom: array[float]
    width: float
    height: float
    upright: tuple[range, ...]  # local indices to lay out as lines
    turned: tuple[int, ...]  # at another right angle than most of the page
    skewed: tuple[int, ...]  # watermarks and seals
    edges: tuple[Edge, ...]
    image_count: int


@dataclass(slots=True)
class GlyphStore:
    """Glyphs of the whole file, as displayed; grows page by page."""

    page: array[int] = field(default_factory=lambda: array("l"))
    x0: array[float] = field(default_factory=lambda: array("d"))
    top: array[float] = field(default_factory=lambda: array("d"))
    x1: array[float] = field(default_factory=lambda: array("d"))
    bottom: array[float] = field(default_factory=lambda: array("d"))
    codes: array[int] = field(default_factory=lambda: array("L"))
    sizes: list[tuple[float, float]] = field(default_factory=list)
    unmapped: dict[int, int] = field(default_factory=dict)  # page: characters without a Unicode value

    def glyphs(self) -> Glyphs:
        return Glyphs(page=self.page, x0=self.x0, top=self.top, x1=self.x1, bottom=self.bottom)

    def add(self, drawn: Drawn) -> PageView:
        """Keep a page's glyphs; pages come in order."""
        first = len(self.codes)
        codes, unmapped = _printable(drawn.codes)
        if unmapped:
            self.unmapped[drawn.number] = unmapped
        self.codes.extend(codes)
        self.page.extend(array("l", [drawn.number]) * len(codes))
        columns = tuple(_bounded(column) for column in drawn.columns)
        for kept, column in zip((self.x0, self.top, self.x1, self.bottom), columns, strict=True):
            kept.extend(column)
        self.sizes.append((drawn.width, drawn.height))
        return _view(drawn, first, codes, (columns[0], columns[1], columns[2], columns[3]))


def _view(drawn: Drawn, first: int, codes: array[int], columns: Columns) -> PageView:
    turn = _main_turn(drawn.turns)
    width, height, edges = drawn.width, drawn.height, drawn.edges
    if turn:
        columns = turn_columns(columns, turn, width, height)
        edges = tuple(edge.turn(turn, width, height) for edge in edges)
    if turn % 2:
        width, height = height, width
    return PageView(
        number=drawn.number,
        first=first,
        codes=codes,
        x0=columns[0],
        top=columns[1],
        x1=columns[2],
        bottom=columns[3],
        width=width,
        height=height,
        upright=tuple(_ranges(drawn.turns, turn)),
        turned=tuple(i for i, t in enumerate(drawn.turns) if t not in (turn, SKEWED)),
        skewed=tuple(i for i, t in enumerate(drawn.turns) if t == SKEWED),
        edges=edges,
        image_count=drawn.image_count,
    )


def _main_turn(turns: bytearray) -> int:
    if not any(turns):
        return 0
    counts = Counter(turn for turn in turns if turn != SKEWED)
    return counts.most_common(1)[0][0] if counts else 0


def _ranges(turns: bytearray, turn: int) -> Iterator[range]:
    """Runs of local indices with the page's own direction."""
    if turns and turns.count(turn) == len(turns):
        yield range(len(turns))
        return
    start = 0
    for i, value in enumerate(turns):
        if value != turn:
            if start < i:
                yield range(start, i)
            start = i + 1
    if start < len(turns):
        yield range(start, len(turns))


def _printable(codes: array[int]) -> tuple[array[int], int]:
    """Code points without surrogates and control characters; how many had no Unicode value."""
    odd = {code for code in set(codes) if _printable_code(code) != code or is_unmapped(code)}
    if not odd:
        return codes, 0
    out = array("L", [_printable_code(code) if code in odd else code for code in codes])
    return out, sum(map(is_unmapped, out))


def is_unmapped(code: int) -> bool:
    """No Unicode value, or one of the private use area, where fonts keep what is no character."""
    return code == REPLACEMENT or 0xE000 <= code < 0xF900 or (code < 32 and code != HYPHEN)


def _printable_code(code: int) -> int:
    if code in (HYPHEN, 0xFFFE):
        return 0x2D
    if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFF:
        return REPLACEMENT
    return code


def _bounded(column: array[float]) -> array[float]:
    """Finite coordinates, whatever a broken file says."""
    if not column or (min(column) > -MAX_COORDINATE and max(column) < MAX_COORDINATE):
        return column
    return array("d", [value if -MAX_COORDINATE < value < MAX_COORDINATE else 0.0 for value in column])


def columns_of(box: Box) -> Columns:
    """One box as columns of one row."""
    return array("d", box[:1]), array("d", box[1:2]), array("d", box[2:3]), array("d", box[3:])


def shift(values: array[float], by: float) -> array[float]:
    return array("d", [value + by for value in values]) if by else values


def mirror(values: array[float], at: float) -> array[float]:
    return array("d", [at - value for value in values])


def turn_columns(columns: Columns, turn: int, width: float, height: float) -> Columns:
    """The columns of a page turned so that characters at `turn` quarter turns stand upright."""
    x0, top, x1, bottom = columns
    if turn == 1:
        return mirror(bottom, height), x0, mirror(top, height), x1
    if turn == 2:
        return mirror(x1, width), mirror(bottom, height), mirror(x0, width), mirror(top, height)
    return top, mirror(x1, width), bottom, mirror(x0, width)
