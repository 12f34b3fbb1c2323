"""Changes marked inside a sentence: a sentence and the changes that touch it in, its text in segments out.

Changes may nest, cross and touch several sentences. Each segment has one set of changes, so markup made from
segments is always well formed, and the joined texts of the segments are the sentence, with a sign between the cells of
a table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from compare.comparison import SentenceRef
from extract.span import Span
from templates.change_view import ChangeView
from templates.side import CELL_BORDER

REPLACED = frozenset({"removed", "added", "reworded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    text: str
    look: str  # plain | removed | added | reworded | localized | whole
    tag: str  # del | ins, empty where words only differ or the whole sentence came or went
    changes: tuple[ChangeView, ...] = ()
    labels: tuple[ChangeView, ...] = ()  # changes whose label stands after this segment


def mark_sentence(
    ref: SentenceRef, side: str, changes: Iterable[ChangeView], cells: Iterable[int] = ()
) -> tuple[Segment, ...]:
    """Cut `ref` at the borders of the changes of one side, upper or lower, and at those of the cells of a table."""
    inner = {at - ref.span.start for at in cells if ref.span.start < at < ref.span.end}
    spans = {change: clip(change.span(side), ref.span) for change in changes}
    marked = {change: span for change, span in spans.items() if span}
    borders = sorted({0, len(ref.quote), *inner, *(border for span in marked.values() for border in span)})
    segments = []
    for start, end in pairwise(borders):
        segments += [Segment(text=CELL_BORDER, look="plain", tag="")] if start in inner else []
        segments.append(build_segment(ref.quote[start:end], Span(start, end), side, marked))
    return tuple(segments)


def clip(span: Span | None, to: Span) -> Span | None:
    """The part of `span` inside the sentence `to`, in characters of the sentence; None where nothing is left."""
    if span is None or not span.overlaps(to):
        return None
    return Span(max(span.start, to.start), min(span.end, to.end)).shift(-to.start)


def build_segment(text: str, span: Span, side: str, marked: dict[ChangeView, Span]) -> Segment:
    changes = tuple(change for change, where in marked.items() if where.overlaps(span))
    labels = tuple(change for change in changes if change.label_side == side and marked[change].end == span.end)
    look = look_of(changes, side)
    tag = {"upper": "del", "lower": "ins"}[side] if look in REPLACED else ""
    return Segment(text=text, look=look, tag=tag, changes=changes, labels=labels)


def look_of(changes: tuple[ChangeView, ...], side: str) -> str:
    if not changes:
        return "plain"
    inner = [change for change in changes if not change.whole]
    if not inner:
        return "whole"
    if any(change.material for change in inner):
        return "removed" if side == "upper" else "added"
    return "localized" if all(change.look == "localized" for change in inner) else "reworded"
