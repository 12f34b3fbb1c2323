"""wording: the keys of a series told one by one or together, a tier that only stands elsewhere in its list.

content_added, content_removed: a tier that the other side's list has not.
"""

from collections.abc import Iterator, Sequence

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.owners import Owners
from compare.changes.pair import Finding, Pair, share
from compare.changes.phrases import MUCH
from compare.changes.saying import quoted
from compare.changes.tiers import FIGURES, Tier
from compare.comparison import ChangeType
from extract.span import Span

OTHER_PLACE = "这一档在列举中的位置不同，数值另行对照。"
KEYS_TOLD = "分项的写法不同，各项的数值另行对照。"
LEAST_ALIKE = 0.6  # Dice coefficient of the words of two tiers that are the same but for their place


def told_apart(pair: Pair, owners: Owners, found: Sequence[Difference]) -> Iterator[Finding]:
    for span in owners.keyed.heads[0]:
        yield from _keys(span, [d.upper for d in found], removed=True)
    for span in owners.keyed.heads[1]:
        yield from _keys(span, [d.lower for d in found], removed=False)
    for one, other in owners.tiers.moved:
        if _same_tier(pair, one, other):
            yield Finding(type=ChangeType.WORDING, upper=one.span, lower=other.span, detail=OTHER_PLACE)
    if owners.tiers.pairs and not owners.tiers.above:
        yield from (
            _extra(pair.lower, tier, removed=False)
            for tier in owners.tiers.below
            if _is_new(pair.lower, tier, pair.lower_changed)
        )
    if owners.tiers.pairs and not owners.tiers.below:
        yield from (
            _extra(pair.upper, tier, removed=True)
            for tier in owners.tiers.above
            if _is_new(pair.upper, tier, pair.upper_changed)
        )


def _keys(span: Span, changed: Sequence[Span], *, removed: bool) -> Iterator[Finding]:
    if any(span.overlaps(place) for place in changed):
        yield Finding(
            type=ChangeType.WORDING,
            upper=span if removed else None,
            lower=None if removed else span,
            detail=KEYS_TOLD,
        )


def _is_new(joined: Joined, tier: Tier, changed: frozenset[int]) -> bool:
    return tier.condition.start < tier.condition.end and share(tier.span, changed, joined.text) >= MUCH


def _extra(joined: Joined, tier: Tier, *, removed: bool) -> Finding:
    words = quoted(joined.quote(tier.span))
    return Finding(
        type=ChangeType.CONTENT_REMOVED if removed else ChangeType.CONTENT_ADDED,
        upper=tier.span if removed else None,
        lower=None if removed else tier.span,
        detail=f"删去一档：{words}。" if removed else f"新增一档：{words}。",
    )


def _same_tier(pair: Pair, upper: Tier, lower: Tier) -> bool:
    """Whether all of its words say the same, values apart."""
    one, other = (_pairs(joined.quote(tier.span)) for joined, tier in ((pair.upper, upper), (pair.lower, lower)))
    return bool(one and other) and 2 * len(one & other) >= LEAST_ALIKE * (len(one) + len(other))


def _pairs(text: str) -> set[str]:
    return {piece[at : at + 2] for piece in FIGURES.split(text) for at in range(len(piece) - 1)}
