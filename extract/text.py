"""Layout text in, normal text out, with the way back for every character.

Rules yield `Edit`s on the text they are given; only `apply` makes new text, and it carries `starts` and
`ends` along. Both always index the layout text, so any number of rules costs one map.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.edit import Edit
from extract.errors import SpanError
from extract.layout import Block, BlockKind, Layout
from extract.notice import Furniture, Place
from extract.rules import RULES
from extract.span import Span


@dataclass(frozen=True, kw_only=True)
class AlignedText:
    """Normal text; `text[i]` stands for `layout.text[starts[i]:ends[i]]`. Neither array ever falls."""

    text: str
    starts: array[int]
    ends: array[int]
    layout: Layout
    removed: tuple[tuple[int, int, str], ...] = ()  # layout range and reason, white space left out

    def slice(self, span: Span) -> AlignedText:
        """The same layout, fewer characters."""
        if not 0 <= span.start <= span.end <= len(self.text):
            raise SpanError(f"span {span.start}-{span.end} leaves a text of {len(self.text)} characters")
        part = slice(span.start, span.end)
        return AlignedText(
            text=self.text[part],
            starts=self.starts[part],
            ends=self.ends[part],
            layout=self.layout,
            removed=self.removed,
        )

    def join(self, other: AlignedText) -> AlignedText:
        """This text, then a later piece of the same layout."""
        return AlignedText(
            text=self.text + other.text,
            starts=self.starts + other.starts,
            ends=self.ends + other.ends,
            layout=self.layout,
            removed=self.removed,
        )

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Normal offsets at which a printed line begins."""
        if not self.text:
            return ()
        lines, breaks = [0], self.layout.breaks
        within = bisect_left(breaks, self.starts[0]), bisect_left(breaks, self.ends[-1])
        for offset in breaks[slice(*within)]:
            first = bisect_left(self.starts, offset + 1, lines[-1])
            if lines[-1] < first < len(self.text):
                lines.append(first)
        return tuple(lines)

    @cached_property
    def paragraph_starts(self) -> frozenset[int] | None:
        """Normal offsets known to begin a paragraph; `None` where the source cannot tell."""
        if self.layout.paragraph_starts is None:
            return None
        return frozenset(bisect_left(self.starts, offset) for offset in self.layout.paragraph_starts)

    def normal_span(self, span: Span) -> Span:
        """The normal characters made from a range of the layout text."""
        first = bisect_left(self.starts, span.start)
        return Span(first, max(first, bisect_left(self.starts, span.end)))

    def layout_span(self, span: Span) -> Span:
        """The enclosing range of the layout text; for an empty span an empty range."""
        if not 0 <= span.start <= span.end <= len(self.text):
            raise SpanError(f"span {span.start}-{span.end} leaves a text of {len(self.text)} characters")
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.text) else len(self.layout.text)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def page(self, offset: int) -> int | None:
        """1-based page of a normal character, if the source has pages."""
        pages = self.layout.page_starts
        return bisect_right(pages, self.starts[offset]) if pages and offset < len(self.starts) else None

    def places(self, span: Span) -> tuple[Place, ...]:
        """Where a span stands, one box a printed line, or one path an element.

        Boxes are in points from the page's top left. Page furniture between two characters is left out.

        Raises:
            SpanError: the span leaves the text.
        """
        self.layout_span(span)
        if self.layout.glyphs is not None:
            return tuple(self._boxes(span))
        return tuple(self._paths(span))

    def _boxes(self, span: Span) -> Iterable[Place]:
        glyphs, glyph_of = self.layout.glyphs, self.layout.glyph_of
        assert glyphs is not None
        line: list[float] = []
        key, first, last = (-1, -1), span.start, span.start
        for i in range(span.start, span.end):
            for j in range(self.starts[i], self.ends[i]):
                g = glyph_of[j]
                if g < 0:
                    continue
                here = (glyphs.page[g], bisect_left(self.layout.breaks, j))
                box = [glyphs.x0[g], glyphs.top[g], glyphs.x1[g], glyphs.bottom[g]]
                if here != key:
                    if line:
                        yield _place(key[0], line, Span(first, last))
                    key, first, line = here, i, box
                else:
                    line = [min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3])]
                last = i + 1
        if line:
            yield _place(key[0], line, Span(first, last))

    def _paths(self, span: Span) -> Iterable[Place]:
        if span.start == span.end:
            return
        anchors = self.layout.anchors
        if not anchors:
            whole = self.layout_span(span)
            yield Place(page=self.page(span.start), box=None, path=f"char={whole.start},{whole.end}", span=span)
            return
        here = span.start
        while here < span.end:
            at = bisect_right(anchors, self.starts[here], key=lambda anchor: anchor.span.start) - 1
            anchor = anchors[max(at, 0)]
            following = anchors[at + 1].span.start if at + 1 < len(anchors) else len(self.layout.text) + 1
            end = min(span.end, max(here + 1, bisect_left(self.starts, following)))
            path = anchor.path if at >= 0 else None
            yield Place(page=self.page(here), box=None, path=path, span=Span(here, end))
            here = end


def _place(page: int, line: Sequence[float], span: Span) -> Place:
    x0, top, x1, bottom = (round(value, 2) for value in line)
    return Place(page=page, box=(x0, top, x1, bottom), path=None, span=span)


def normalise(layout: Layout) -> AlignedText:
    """Normal text of a layout: furniture blocks removed, then every rule of `RULES` in order."""
    borders = array("l", range(len(layout.text) + 1))
    aligned = AlignedText(text=layout.text, starts=borders[:-1], ends=borders[1:], layout=layout)
    aligned = apply(aligned, _drop_blocks(layout.blocks))
    for rule in RULES:
        aligned = apply(aligned, rule(aligned.text))
    return aligned


def normal_text(text: str) -> str:
    """Normal form of a piece of running text, where no way back is needed."""
    from extract.notice import Grain

    return normalise(Layout(text=text, media_type="text/plain", grain=Grain.FLOW)).text


def _drop_blocks(blocks: Iterable[Block]) -> Iterable[Edit]:
    furniture = sorted((block for block in blocks if block.kind is BlockKind.FURNITURE), key=lambda block: block.span)
    done = 0
    for block in furniture:
        if block.span.end > done:
            yield Edit(max(done, block.span.start), block.span.end, "", block.reason)
            done = block.span.end


def apply(aligned: AlignedText, edits: Iterable[Edit]) -> AlignedText:
    """Carry out edits, which are sorted and do not overlap.

    Same length: character for character. Other lengths: each new character gets the whole old range.
    An insertion gets the gap between its neighbours.

    Raises:
        SpanError: edits overlap, are unsorted or leave the text.
    """
    text, starts, ends = aligned.text, aligned.starts, aligned.ends
    pieces: list[str] = []
    new_starts, new_ends = array("l"), array("l")
    removed: list[tuple[int, int, str]] = []
    done = mapped = 0  # how far the text is written, and how far its map
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise SpanError(f"edit {edit.start}-{edit.end} is out of order or leaves the text")
        pieces += (text[done : edit.start], edit.text)
        if len(edit.text) != edit.end - edit.start:
            old_starts, old_ends = _origins(aligned, edit)
            new_starts += starts[mapped : edit.start] + old_starts
            new_ends += ends[mapped : edit.start] + old_ends
            mapped = edit.end
        if edit.reason and not edit.text and edit.start < edit.end:
            removed.append((starts[edit.start], ends[edit.end - 1], edit.reason))
        done = edit.end
    if done == 0 and not pieces:
        return aligned
    pieces.append(text[done:])
    new_starts += starts[mapped:]
    new_ends += ends[mapped:]
    return AlignedText(
        text="".join(pieces),
        starts=new_starts,
        ends=new_ends,
        layout=aligned.layout,
        removed=(*aligned.removed, *removed),
    )


def _origins(aligned: AlignedText, edit: Edit) -> tuple[array[int], array[int]]:
    """The layout ranges of an edit's new characters, where they are more or fewer than the old ones."""
    count = len(edit.text)
    starts, ends = aligned.starts, aligned.ends
    if edit.start < edit.end:
        low, high = starts[edit.start], ends[edit.end - 1]
    else:
        before = ends[edit.start - 1] if edit.start > 0 else 0
        after = starts[edit.start] if edit.start < len(starts) else len(aligned.layout.text)
        low, high = min(before, after), max(before, after)
    return array("l", [low] * count), array("l", [high] * count)


def furniture(aligned: AlignedText) -> tuple[Furniture, ...]:
    """What was taken out and why, in the order of the file; runs of one reason on one line are one."""
    pages = aligned.layout.page_starts
    out = [
        Furniture(
            reason=reason,
            quote=aligned.layout.text[start:end].strip(),
            start=start,
            end=end,
            page=bisect_right(pages, start) if pages else None,
        )
        for start, end, reason in sorted(aligned.removed)
    ]
    return tuple(item for item in out if item.quote)


__all__ = ["AlignedText", "apply", "furniture", "normal_text", "normalise"]
