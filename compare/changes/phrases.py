"""Where a phrase ends: segments between commas, and what answers them on the other side."""

from collections.abc import Sequence

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Pair, share
from extract.span import Span

MUCH = 0.5  # share of a phrase's characters that must differ for the phrase as a whole to count as changed
WHOLE = 0.9
MOST = 0.6


def whole_segment(joined: Joined, span: Span, changed: frozenset[int]) -> bool:
    """Whether the segment around a range differs as a whole."""
    return share(joined.segment_at(span.start), changed, joined.text) >= WHOLE


def inside_rewritten(pair: Pair, upper: Span, lower: Span) -> bool:
    """Whether both stand amid segments rewritten as wholes: then the segments are the change, and this a part of it."""
    return all(
        whole_segment(joined, span, changed) and not edges_segment(joined, span)
        for joined, span, changed in (
            (pair.upper, upper, pair.upper_changed),
            (pair.lower, lower, pair.lower_changed),
        )
    )


def edges_segment(joined: Joined, span: Span) -> bool:
    """Whether a range opens its segment or makes up most of it, so that what is left of the segment reads well."""
    return span.start == joined.segment_at(span.start).start or fills_segment(joined, span)


def fills_segment(joined: Joined, span: Span) -> bool:
    """Whether a range makes up most of its segment."""
    segment = joined.segment_at(span.start)
    return span.end - span.start >= MOST * (segment.end - segment.start)


def segment_counterpart(pair: Pair, segment: Span, found: Sequence[Difference], *, removed: bool) -> Span | None:
    """The other side's segment that holds the words put in place of this one; `None` if nothing was."""
    other = pair.lower if removed else pair.upper
    for difference in found:
        here, there = (difference.upper, difference.lower) if removed else (difference.lower, difference.upper)
        if here.overlaps(segment) and there.start < there.end:
            answer = other.segment_at(there.start)
            changed = pair.lower_changed if removed else pair.upper_changed
            return answer if share(answer, changed, other.text) >= MUCH else None
    return None
