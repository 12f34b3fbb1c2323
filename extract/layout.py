"""What a reader hands over: the text of a file in reading order, and where each character was drawn.

Line ends are `\\n`; readers that know where paragraphs begin say so. Page furniture stays in the text
and is named by a block, so that an edit with a reason removes it.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from extract.notice import Grain
from extract.span import Span

LINE_BREAKS = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


class BlockKind(StrEnum):
    FURNITURE = "furniture"  # running head, page number, watermark, stray address
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    kind: BlockKind
    span: Span  # of the layout text
    reason: str = ""  # furniture: why it is none of the notice's text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell. Merged cells stand once, with the rows and columns they cover."""

    row: int
    column: int
    span: Span  # of the layout text
    row_count: int = 1
    column_count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled or marked-up table; a table over several pages is one grid."""

    cells: tuple[Cell, ...]
    span: Span  # of the layout text
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Columns, one entry a drawn character; boxes in points from the page's top left."""

    page: array[int]  # 1-based
    x0: array[float]
    top: array[float]
    x1: array[float]
    bottom: array[float]
    confidence: array[float] | None = None  # 0..1, from character recognition only


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A range of the layout text with its path in a source without pages (DOCX, HTML)."""

    span: Span
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutWarning:
    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One file, read.

    `glyph_of[j]` is the glyph of layout character j, -1 for a break the reader added; empty for sources
    without glyphs. `paragraph_starts` are layout offsets known to begin a paragraph, `None` where the
    reader cannot tell (hard-wrapped text). `metadata` holds what the file states beside the notice
    (a web page's 索引号, 文号, 成文日期 …), under the field names of `extract.notice.Notice`.
    `page_starts[i]` is the layout offset at which page i + 1 begins; empty without pages.
    """

    text: str
    media_type: str
    grain: Grain
    glyph_of: array[int] = field(default_factory=lambda: array("l"))
    glyphs: Glyphs | None = None
    page_count: int | None = None
    page_starts: tuple[int, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()  # width, height in points
    paragraph_starts: frozenset[int] | None = None
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    anchors: tuple[Anchor, ...] = ()  # sorted, not overlapping
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[LayoutWarning, ...] = ()

    @cached_property
    def breaks(self) -> array[int]:
        """Offsets of line ends, in order."""
        return array("l", (match.start() for match in LINE_BREAKS.finditer(self.text)))
