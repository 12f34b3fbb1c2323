"""What changed only because its neighbour did belongs to the neighbour's change.

为50% for 不低于50% is one change, and so is 每户最高5000元: a clause that is
little more than its amount is that amount.
"""

from collections.abc import Sequence
from dataclasses import replace

from compare.changes.joined import Joined
from compare.changes.pair import Finding
from compare.changes.scope import is_filler
from compare.comparison import ChangeType
from extract.span import Span

LONGEST = 3  # characters
BESIDE = 6  # letters beside an amount that make no statement of their own
MEASURED = {
    ChangeType.CONTENT_REMOVED: {ChangeType.AMOUNT_REMOVED, ChangeType.TARGET_REMOVED, ChangeType.DEADLINE_REMOVED},
    ChangeType.CONTENT_ADDED: {ChangeType.AMOUNT_ADDED, ChangeType.TARGET_ADDED, ChangeType.DEADLINE_ADDED},
}
CHANGED = {ChangeType.AMOUNT_CHANGED, ChangeType.TARGET_CHANGED, ChangeType.DEADLINE_CHANGED}


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


def absorb_amounts(findings: Sequence[Finding], upper: Joined, lower: Joined) -> tuple[Finding, ...]:
    """Content that is little more than the amount in it becomes the amount's."""
    kept = list(findings)
    for content in findings:
        if content.type not in MEASURED:
            continue
        joined, span = (upper, content.upper) if content.upper else (lower, content.lower)
        inside = [f for f in kept if _within(f, content)]
        if not span or not inside:
            continue
        parts = [part for f in inside if (part := f.upper if content.upper else f.lower)]
        left = sum(joined.text[at].isalpha() for at in range(*span) if not any(p.start <= at < p.end for p in parts))
        if left <= BESIDE or any(part.contains(span) for part in parts):
            first = kept.index(inside[0])
            kept[first] = _grown(inside[0], content)
            kept.remove(content)
    return tuple(kept)


def _grown(number: Finding, content: Finding) -> Finding:
    """The number with the words around it; one that is said anew keeps its other side."""
    if number.type in CHANGED:
        return replace(number, upper=content.upper or number.upper, lower=content.lower or number.lower, nested=False)
    return replace(number, upper=content.upper, lower=content.lower, nested=False)


def _within(finding: Finding, content: Finding) -> bool:
    """Whether a finding is an amount, a goal or a day inside a range of content of the same side."""
    if finding.type not in MEASURED[content.type] | CHANGED:
        return False
    sides = ((content.upper, finding.upper), (content.lower, finding.lower))
    return any(a and b and a.contains(b) for a, b in sides)
