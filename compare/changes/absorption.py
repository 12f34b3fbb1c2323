"""Small words that changed only because their neighbour did belong to the neighbour's change: 为50% for 不低于50%."""

from collections.abc import Sequence
from dataclasses import replace

from compare.changes.joined import Joined
from compare.changes.pair import Finding
from compare.changes.scope import is_filler
from compare.comparison import ChangeType
from extract.span import Span

LONGEST = 3  # characters


def absorb_fillers(findings: Sequence[Finding], upper: Joined, lower: Joined) -> tuple[Finding, ...]:
    kept = list(findings)
    for small in findings:
        if small.type is not ChangeType.WORDING or not (
            _is_small(small.upper, upper) and _is_small(small.lower, lower)
        ):
            continue
        for at, other in enumerate(kept):
            if (
                other is not small
                and not other.nested
                and other.type is not ChangeType.WORDING
                and _touches(small, other)
            ):
                grown = replace(other, upper=_hull(other.upper, small.upper), lower=_hull(other.lower, small.lower))
                kept[at] = grown
                kept.remove(small)
                break
    return tuple(kept)


def _is_small(span: Span | None, joined: Joined) -> bool:
    return span is None or (span.end - span.start <= LONGEST and is_filler(joined.quote(span)))


def _touches(small: Finding, other: Finding) -> bool:
    """Side by side wherever the small one has words; and no place word, whose change must stay one swap."""
    if other.type in {ChangeType.PLACE_LOCALIZED, ChangeType.NAME_LOCALIZED}:
        return False
    sides = [(a, b) for a, b in ((small.upper, other.upper), (small.lower, other.lower)) if a]
    return all(b is not None and (a.end == b.start or b.end == a.start) for a, b in sides)


def _hull(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return Span(min(one.start, other.start), max(one.end, other.end))
