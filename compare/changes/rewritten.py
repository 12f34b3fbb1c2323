"""Differences over several segments in, one difference a segment out, each beside the segment it rewrites."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from extract.span import Span

LEAST = 0.25  # Dice coefficient of characters below which a segment has no counterpart


def split_segments(found: Iterable[Difference], upper: Joined, lower: Joined) -> tuple[Difference, ...]:
    out: list[Difference] = []
    for difference in found:
        above, below = _parts(upper, difference.upper), _parts(lower, difference.lower)
        if len(above) + len(below) > 2 and above and below:
            out += _paired(above, below, upper, lower, difference)
        else:
            out += _within_sentences(difference, upper, lower)
    return tuple(out)


def _within_sentences(difference: Difference, upper: Joined, lower: Joined) -> list[Difference]:
    """A removal or addition that runs over the end of a sentence as one a sentence: a quote stands in one place."""
    if not difference.one_sided:
        return [difference]
    removed = difference.upper.start < difference.upper.end
    joined, span = (upper, difference.upper) if removed else (lower, difference.lower)
    cuts = [start for start in joined.starts if span.start < start < span.end]
    if not cuts:
        return [difference]
    pieces = [Span(a, b) for a, b in pairwise([span.start, *cuts, span.end])]
    if removed:
        return [Difference(upper=piece, lower=difference.lower) for piece in pieces]
    return [Difference(upper=difference.upper, lower=piece) for piece in pieces]


def _parts(joined: Joined, span: Span) -> list[Span]:
    touched = joined.segments_in(span)
    if len(touched) == 1 and touched[0].contains(span):
        return [span]
    return [Span(max(s.start, span.start), min(s.end, span.end)) for s in touched]


def _paired(
    above: Sequence[Span], below: Sequence[Span], upper: Joined, lower: Joined, whole: Difference
) -> list[Difference]:
    """The alignment of parts, in order, with the largest sum of likeness (Needleman & Wunsch 1970)."""
    likeness = [[_likeness(upper.quote(a), lower.quote(b)) for b in below] for a in above]
    best = [[0.0] * (len(below) + 1) for _ in range(len(above) + 1)]
    for i in range(len(above) - 1, -1, -1):
        for j in range(len(below) - 1, -1, -1):
            value = likeness[i][j]
            together = best[i + 1][j + 1] + value if value >= LEAST else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    out: list[Difference] = []
    i = j = 0
    while i < len(above) and j < len(below):
        if likeness[i][j] >= LEAST and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            out.append(Difference(upper=above[i], lower=below[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            out.append(Difference(upper=above[i], lower=Span(whole.lower.start, whole.lower.start)))
            i += 1
        else:
            out.append(Difference(upper=Span(whole.upper.start, whole.upper.start), lower=below[j]))
            j += 1
    out += [Difference(upper=a, lower=Span(whole.lower.end, whole.lower.end)) for a in above[i:]]
    out += [Difference(upper=Span(whole.upper.end, whole.upper.end), lower=b) for b in below[j:]]
    return out


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of the characters of two strings."""
    a, b = set(one), set(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
