"""Recognised characters that are too doubtful to take a value from."""

from dataclasses import replace
from typing import Any, TypeVar

from extract.notice import Amount, Citation, DateMention, Directive, Responsibility
from extract.span import Span
from extract.text import AlignedText

# Of the digits and numerals read wrongly on scans of 110 to 150 dpi with blur and noise all stood below, and 2 in 100
# of those read right.
DOUBTFUL = 0.9


def doubtful(aligned: AlignedText, span: Span) -> float | None:
    """The lowest confidence of a span's characters where it is too low for a value, else `None`.

    Always `None` for sources that were not recognised from a picture.
    """
    glyphs = aligned.layout.glyphs
    if glyphs is None or glyphs.confidence is None:
        return None
    lowest = 1.0
    for start, end in zip(aligned.starts[span.start : span.end], aligned.ends[span.start : span.end], strict=True):
        for glyph in aligned.layout.glyph_of[start:end]:
            if glyph >= 0:
                lowest = min(lowest, glyphs.confidence[glyph])
    return lowest if lowest < DOUBTFUL else None


VALUES: dict[type, tuple[str, ...]] = {
    Amount: ("low", "high"),
    DateMention: ("start", "end", "rrule"),
    Citation: ("document_number",),
}
AnyMention = TypeVar("AnyMention", Responsibility, Amount, DateMention, Citation, Directive)


def withhold(aligned: AlignedText, mention: AnyMention) -> AnyMention:
    """The mention without its value where its characters are too doubtful; the words and the place stay."""
    confidence = doubtful(aligned, mention.span)
    if confidence is None:
        return mention
    unsettled: dict[str, Any] = {"problem": f"识别把握只有 {confidence:.0%}，请核对原件"}
    for name in VALUES.get(type(mention), ()):
        unsettled[name] = None
    return replace(mention, **unsettled)
