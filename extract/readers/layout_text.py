"""Putting a layout together: text, glyph numbers, blocks, grids and paragraph starts grow side by side."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.errors import ReadError
from extract.layout import Anchor, Block, BlockKind, Cell, Grid, LayoutWarning
from extract.span import Span


@dataclass(slots=True, kw_only=True)
class LayoutText:
    """A layout under construction; offsets are those of the layout text to be."""

    name: str  # of the file, for messages
    max_characters: int
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    glyph_of: array[int] = field(default_factory=lambda: array("l"))
    paragraph_starts: set[int] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    warnings: list[LayoutWarning] = field(default_factory=list)

    def write(self, text: str, glyphs: Iterable[int] | None = None) -> Span:
        """Append text; characters without a glyph get -1.

        Raises:
            ReadError: the text is longer than the limit.
        """
        start = self.size
        self.pieces.append(text)
        self.size += len(text)
        self.glyph_of.extend(array("l", [-1]) * len(text) if glyphs is None else array("l", glyphs))
        if self.size > self.max_characters:
            raise ReadError(self.name, None, f"文字超过上限 {self.max_characters} 字；请拆分后再读")
        return Span(start, self.size)

    def start_paragraph(self) -> None:
        self.paragraph_starts.add(self.size)

    def block(self, kind: BlockKind, start: int, reason: str = "") -> None:
        """Name everything written since `start`."""
        if start < self.size:
            self.blocks.append(Block(kind=kind, span=Span(start, self.size), reason=reason))

    def grid(self, start: int, cells: Iterable[Cell]) -> None:
        """A table written since `start`."""
        span = Span(start, self.size)
        self.grids.append(Grid(cells=tuple(cells), span=span))
        self.blocks.append(Block(kind=BlockKind.TABLE, span=span))

    @property
    def text(self) -> str:
        return "".join(self.pieces)
