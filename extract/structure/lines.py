"""Printed lines of a normal text, and where paragraphs begin among them."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from extract.span import Span
from extract.structure.unbroken import unbroken_starts
from extract.text import AlignedText

SENTENCE_END = "。！？；：.!?;:"
LONGEST_INDENT = 200  # characters
BLANKS = re.compile(r"[ \t\u3000]+(?=\S)")
WIDE_BLANK = re.compile(r"\u3000|[ \t]{2}")
CLOSERS = "”’）)》】〕"
MOST_UNBROKEN_LINES = 2  # of a text pasted without its line ends
SHORTEST_UNBROKEN = 80  # characters
EVERY_LINE = 0.9  # of wrapped lines beginning a paragraph: line ends were taken for paragraphs
MOST_KNOWN_CHARACTERS = 8192
FULL_LINE = 1.5  # a line this many characters short of the wrap width still counts as full


Measured = tuple[Span, float, float, tuple[int, ...]]  # a line's span, indent, width and gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line. `width` and `indent` are in full-width characters, as laid out."""

    span: Span
    text: str
    indent: float
    width: float
    starts_paragraph: bool
    gaps: tuple[int, ...] = ()  # offsets right behind a wide blank inside the line

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    bare = text.rstrip(CLOSERS)
    return (bool(bare) and bare[-1] in SENTENCE_END) or (text.endswith(("）", ")")) and len(text) > 1)


def split_lines(aligned: AlignedText) -> tuple[Line, ...]:
    """Lines in order; together they are the whole text."""
    starts = aligned.line_starts
    if not starts:
        return ()
    if len(starts) <= MOST_UNBROKEN_LINES and len(aligned.text) > SHORTEST_UNBROKEN:
        starts = tuple(sorted({*starts, *unbroken_starts(aligned.text)}))
    spans = [Span(a, b) for a, b in zip(starts, (*starts[1:], len(aligned.text)), strict=True)]
    return _with_paragraphs(aligned, [(span, *_measure(aligned, span), tuple(_gaps(aligned, span))) for span in spans])


def part_lines(aligned: AlignedText, lines: Sequence[Line], ranges: Iterable[tuple[int, int]]) -> tuple[Line, ...]:
    """Lines of a text put together from ranges of a longer text's lines; where paragraphs begin is asked anew."""
    measured: list[Measured] = []
    at = 0
    for first, end in ranges:
        shift = at - lines[first].span.start
        for line in lines[first:end]:
            gaps = tuple(gap + shift for gap in line.gaps)
            measured.append((line.span.shift(shift), line.indent, line.width, gaps))
        at = measured[-1][0].end
    return _with_paragraphs(aligned, measured)


def _with_paragraphs(aligned: AlignedText, measured: Sequence[Measured]) -> tuple[Line, ...]:
    wrap = _wrap_width([indent + width for _, indent, width, _ in measured])
    known = _reliable_starts(aligned, [span for span, *_ in measured], wrap)
    lines: list[Line] = []
    for span, indent, width, gaps in measured:
        text = aligned.text[span.start : span.end]
        begins = _begins_paragraph(known, lines[-1] if lines else None, span, indent, wrap)
        lines.append(Line(span=span, text=text, indent=indent, width=width, starts_paragraph=begins, gaps=gaps))
    return tuple(lines)


def printed_line(aligned: AlignedText, span: Span) -> tuple[int, int]:
    """The layout range of the printed line on which a normal span begins, blanks included."""
    breaks, start, last = aligned.layout.breaks, aligned.starts[span.start], aligned.ends[span.end - 1]
    before, behind = bisect_left(breaks, start), bisect_left(breaks, last)
    first = breaks[before - 1] + 1 if before else 0
    end = breaks[behind] if behind < len(breaks) else len(aligned.layout.text)
    return max(first, start - LONGEST_INDENT), end


def _measure(aligned: AlignedText, span: Span) -> tuple[float, float]:
    """Indent and width of the printed line that holds a normal span."""
    layout = aligned.layout.text
    first, _ = printed_line(aligned, span)
    start, last = aligned.starts[span.start], aligned.ends[span.end - 1]
    return _width(layout[first:start]), _width(layout[start:last])


class _Wide(dict[int, int | None]):
    """For `str.translate`: narrow characters go; a text has few different ones."""

    def __missing__(self, code: int) -> int | None:
        width = code if east_asian_width(chr(code)) in "WFA" else None
        if len(self) < MOST_KNOWN_CHARACTERS:
            self[code] = width
        return width


WIDE = _Wide()


def _width(text: str) -> float:
    return (len(text) + len(text.translate(WIDE))) / 2


def _gaps(aligned: AlignedText, span: Span) -> Iterator[int]:
    layout = aligned.layout.text
    for match in BLANKS.finditer(layout, aligned.starts[span.start], aligned.ends[span.end - 1]):
        behind_word = match.start() > 0 and not layout[match.start() - 1].isspace()
        if behind_word and WIDE_BLANK.match(layout, match.start()):
            yield bisect_left(aligned.starts, match.end(), span.start, span.end)


def _wrap_width(widths: Sequence[float]) -> float | None:
    """The width at which lines were broken by hand or by a page; `None` where lines are paragraphs.

    Wrapped text shows as a crowd of lines of nearly one width.
    """
    long = [round(width) for width in widths if width >= 12]
    if len(long) < 4:
        return None
    counts = Counter(long)
    crowd = max(counts, key=lambda width: (sum(counts[width + d] for d in (-2, -1, 0, 1)), width))
    near = sum(counts[crowd + d] for d in (-2, -1, 0, 1))
    return float(crowd) if near >= 0.4 * len(long) and crowd <= 60 else None


def _reliable_starts(aligned: AlignedText, spans: Sequence[Span], wrap: float | None) -> frozenset[int] | None:
    """Paragraph starts the source knows; `None` where it calls each line of wrapped text a paragraph."""
    known = aligned.paragraph_starts
    if known is None or wrap is None:
        return known
    share = sum(1 for span in spans if span.start in known) / len(spans)
    return None if share > EVERY_LINE else known


def _begins_paragraph(
    known: frozenset[int] | None, before: Line | None, span: Span, indent: float, wrap: float | None
) -> bool:
    if before is None:
        return True
    if known is not None:
        return span.start in known
    if indent >= 2 and before.ends_sentence:
        return True
    if wrap is None:
        return before.ends_sentence or before.width < 40
    return before.indent + before.width < wrap - FULL_LINE - 1
