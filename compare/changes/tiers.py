"""Tiers: ……的，处……；……的，处……. A number behind a condition answers the one behind the same condition.

Tiers answer each other by the values and words of their conditions, wherever they stand in their list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from compare.changes.joined import Joined
from extract.notice import Amount
from extract.span import Span

TIER = re.compile(r"[^；。]+")
OUTCOME = r"退|处(?!理)|给予|予以|不予|按"
CONDITION = re.compile(rf".*的(?=，)|对[^，；。]{{2,30}}(?=，)|.*?的(?={OUTCOME})")
FIGURES = re.compile(r"\d[\d.]*[万亿]*|（含）|[\W_]+")
ALIKE = 0.5  # Dice coefficient of the words of two conditions
LEAST_LIKE = 0.01  # of two conditions with the same values
NEARLY = 0.15  # how much less alike another tier may be and still be meant as well
LEAST_NAMED = 3  # characters of a condition
LEAST = 2  # tiers that make a list

Value = tuple[str | None, Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    span: Span
    condition: Span  # empty where the tier has none
    values: frozenset[Value]  # of the condition
    words: frozenset[str]  # pairs of characters of the condition, or of the whole tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The tiers of both sides, and which answer each other."""

    pairs: tuple[tuple[Tier, Tier], ...] = ()
    above: tuple[Tier, ...] = ()  # without a counterpart
    below: tuple[Tier, ...] = ()
    merged: tuple[tuple[Tier, Tier], ...] = ()  # of the pairs those that are one of several possible ones

    def is_merged(self, upper: Span, lower: Span) -> bool:
        return any(one.span.contains(upper) and other.span.contains(lower) for one, other in self.merged)

    def is_other(self, upper: Span, lower: Span) -> bool:
        """Whether one of two places is in a tier that answers another one than that of the other place."""
        one = next((at for at, (tier, _) in enumerate(self.pairs) if tier.span.contains(upper)), None)
        other = next((at for at, (_, tier) in enumerate(self.pairs) if tier.span.contains(lower)), None)
        return one != other

    @property
    def moved(self) -> Iterator[tuple[Tier, Tier]]:
        """The pairs that stand in another order than the pair before or behind them."""
        for one in self.pairs:
            if any(
                (one[0].span < other[0].span) != (one[1].span < other[1].span) for other in self.pairs if other != one
            ):
                yield one


def find_tiers(upper: Joined, lower: Joined) -> Tiers:
    if not any(_may_list(joined) for joined in (upper, lower)):
        return Tiers()
    above, below = _tiers(upper), _tiers(lower)
    if max(len(above), len(below)) < LEAST or not (above and below):
        return Tiers()
    if not any(_has_condition(tier) for tier in (*above, *below)):
        return Tiers()
    pairs: list[tuple[Tier, Tier]] = []
    for likeness in (_by_values, _by_words, _by_text):
        pairs += _round(above, below, likeness)
    if any(_stands_within(upper, tier, lower) for tier in above) or any(
        _stands_within(lower, tier, upper) for tier in below
    ):
        return Tiers()
    return Tiers(
        pairs=tuple(sorted(pairs, key=lambda pair: pair[0].span)),
        above=tuple(above),
        below=tuple(below),
        merged=tuple(pair for pair in pairs if _is_merged(*pair, above, below)),
    )


def _stands_within(joined: Joined, tier: Tier, other: Joined) -> bool:
    """Whether the condition of a tier without counterpart is named inside another one: ……，情况复杂的可延长5日."""
    condition = joined.quote(tier.condition).rstrip("的，者时")
    return len(condition) >= LEAST_NAMED and condition in other.text


def _is_merged(one: Tier, other: Tier, above: Sequence[Tier], below: Sequence[Tier]) -> bool:
    """Whether a tier that was left over answers as well: 对新设企业 and 对迁入企业 became 对新设或迁入企业."""
    least = _by_words(one, other) - NEARLY
    if least <= 0:
        return False
    return any(_by_words(tier, other) >= least for tier in above) or any(
        _by_words(one, tier) >= least for tier in below
    )


def _may_list(joined: Joined) -> bool:
    return "；" in joined.text or joined.text.count("。") >= LEAST or len(joined.amounts) >= LEAST * LEAST


def _tiers(joined: Joined) -> list[Tier]:
    """Those with a number."""
    spans = (Span(*match.span()) for match in TIER.finditer(joined.text))
    with_numbers = [span for span in spans if any(span.contains(place) for place, _ in joined.amounts)]
    return [_tier(joined, part) for span in with_numbers for part in _parts(joined, span)]


def _parts(joined: Joined, span: Span) -> list[Span]:
    """Tiers between commas where each names its own threshold: 满3年的，奖励5000元，满5年的奖励1万元."""
    segments = [segment for segment in joined.segments if span.contains(segment)]
    heads = [at for at, segment in enumerate(segments) if _opens_tier(joined, segment)]
    if len(heads) < LEAST or any(not _gives(joined, segments[a:b]) for a, b in pairwise([*heads, len(segments)])):
        return [span]
    starts = [span.start, *(segments[at].start for at in heads[1:])]
    ends = [*(segments[at - 1].end for at in heads[1:]), span.end]
    return [Span(*part) for part in zip(starts, ends, strict=True)]


def _opens_tier(joined: Joined, segment: Span) -> bool:
    """满5年的, or 满5年的奖励1万元."""
    if _threshold(joined, segment):
        return True
    ends = joined.text[segment.end - 1] == "的"
    return ends and any(segment.contains(place) for place, _ in joined.amounts)


def _gives(joined: Joined, segments: Sequence[Span]) -> bool:
    """Whether a tier has a number behind its threshold."""
    whole = Span(segments[0].start, segments[-1].end)
    return sum(whole.contains(place) for place, _ in joined.amounts) >= LEAST


def _threshold(joined: Joined, span: Span) -> Span | None:
    """What stands before the last amount of a tier, where an amount and 的 tell whom it is for."""
    places = [place for place, _ in joined.amounts if span.contains(place)]
    if len(places) < LEAST or not any("的" in joined.text[p.end - 1 : p.end + 1] for p in places[:-1]):
        return None
    return Span(span.start, places[-1].start)


def _tier(joined: Joined, span: Span) -> Tier:
    text = joined.quote(span)
    match = CONDITION.match(text)
    plain = Span(span.start, span.start + (match.end() if match else 0))
    condition = plain if match else _threshold(joined, span) or plain
    values = frozenset(_value(amount) for place, amount in joined.amounts if condition.contains(place))
    return Tier(span=span, condition=condition, values=values, words=_words(joined.quote(condition) or text))


def _value(amount: Amount) -> Value:
    return amount.unit, amount.low, amount.high


def _words(text: str) -> frozenset[str]:
    return frozenset(piece[at : at + 2] for piece in FIGURES.split(text) for at in range(len(piece) - 1))


def _has_condition(tier: Tier) -> bool:
    return tier.condition.start < tier.condition.end


def _by_values(one: Tier, other: Tier) -> float:
    return LEAST_LIKE + _likeness(one, other) if one.values and one.values == other.values else 0.0


def _by_words(one: Tier, other: Tier) -> float:
    if one.values or other.values or not (_has_condition(one) and _has_condition(other)):
        return 0.0
    likeness = _likeness(one, other)
    return likeness if likeness >= ALIKE else 0.0


def _by_text(one: Tier, other: Tier) -> float:
    if _has_condition(one) or _has_condition(other):
        return 0.0
    likeness = _likeness(one, other)
    return likeness if likeness >= ALIKE else 0.0


def _likeness(one: Tier, other: Tier) -> float:
    """Dice coefficient."""
    both = len(one.words) + len(other.words)
    return 2 * len(one.words & other.words) / both if both else 0.0


def _round(above: list[Tier], below: list[Tier], likeness: Callable[[Tier, Tier], float]) -> list[tuple[Tier, Tier]]:
    """The likest first; what is paired leaves the lists."""
    scored: Sequence[tuple[float, Tier, Tier]] = sorted(
        ((score, one, other) for one in above for other in below if (score := likeness(one, other)) > 0),
        key=lambda item: (-item[0], item[1].span, item[2].span),
    )
    pairs = []
    for _, one, other in scored:
        if one in above and other in below:
            above.remove(one)
            below.remove(other)
            pairs.append((one, other))
    return pairs
