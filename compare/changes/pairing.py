"""The numbers of two texts in, those that answer each other out, one to one.

Each round pairs what the one before left over: the numbers of one unit with the same words around them or the same
value, those first whose phrases are most alike; then the only ones of their unit left, if their phrases share any
word; and last, in one difference, numbers of different units.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.labels import named_alike
from compare.changes.numbers import Number
from compare.changes.owners import Owners
from compare.changes.pair import Pair
from compare.changes.per import agreed
from compare.changes.scales import scale_of
from compare.changes.senses import Sense, is_one_sense
from compare.changes.usual import find_usual
from compare.changes.verdict import is_turned, same_amount
from extract.notice import Amount, Bound
from extract.span import Span

AROUND = 5  # characters beside a number that say what it measures
ALIKE = 0.25  # share of these that two numbers of one measure have in common
SMALL = 8  # characters of a difference, numbers apart, within which two numbers stand for one another
EQUAL = 0.15  # what the same value, or the same difference, adds to the likeness of phrases
SAME_YEAR = 0.3
OWN = 3.0  # more than any likeness of words: two numbers for one key of a series
TIE = 0.001
MATTER = 0.34  # share of the shorter phrase that numbers of different units must have in common
GOVERNED = 0.02  # what alike words right behind add: of 每月调度、每半年通报 the second answers 每季度通报
SHARED = 0.3  # share of the shorter phrase's pairs of characters that stand in the other one
# What tells nothing of what a number measures: figures with their units, bounds
FIGURES = re.compile(
    r"\d[\d.]*[万亿]*(?:[个年月日家人名户元])?|[\W_]+|每"
    r"|不[得应能可宜]?[低高少多超大小][于过出]|最[高低多少长短大小]|以[上下内外]|至[少多]"
)

YEAR = re.compile(r"20\d\d(?=年)")
GRADE = re.compile(
    r"(?:国家|[省市县区乡镇村])级|[特一二三四五六甲乙丙丁]等|[一二三四五六甲乙丙丁]级|[一二三四五甲乙丙]类|[2-5三四五][A星]+级?"
)
GRADE_SIGNS = re.compile("[级等类A星]")  # no grade without one

HUNDRED = Decimal(100)
MOVES = frozenset({Sense.RISE, Sense.FALL})  # 增长100% may be exceeded
RATE = re.compile(r"率|占比|比例|比重|覆盖")

Match = tuple[Number, Number]
Likeness = Callable[[Number, Number], float]  # 0: no pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What is left to be paired on each side."""

    above: tuple[Number, ...]
    below: tuple[Number, ...]


def pair_numbers(
    pair: Pair, numbers: Numbers, found: Sequence[Difference], owners: Owners
) -> tuple[list[Match], Numbers]:
    """The pairs in the order of the upper text, and the numbers without one."""

    usual = find_usual(pair, numbers.above, numbers.below)
    named = named_alike(numbers.above, numbers.below, is_comparable, _telling_pairs)

    def are_other(a: Number, b: Number) -> bool:
        return owners.are_other(a, b) or usual.are_other(a, b)

    def alike(a: Number, b: Number) -> float:
        if are_other(a, b):
            return 0.0
        if ((a, b) in named or owners.are_same(a, b) or usual.are_same(a, b)) and is_comparable(a, b):
            return OWN
        return _alikeness(pair, a, b, found)

    def only(a: Number, b: Number) -> float:
        return 0.0 if are_other(a, b) else _last_left(pair, a, b, left)

    def other_unit(a: Number, b: Number) -> float:
        together = stand_together(a, b, found) and not are_other(a, b)
        same_matter = is_comparable(a, b) or _is_small(a, b, found) or phrase_likeness(pair, a, b) >= MATTER
        return float(together and same_matter and _nearness(pair, a, b, found) > 0)

    matches: list[Match] = []
    left = numbers
    for likeness in (alike, only, other_unit):
        new, left = _round(left, likeness)
        matches += new
    return sorted(matches, key=lambda match: match[0].span), left


def _round(numbers: Numbers, likeness: Likeness) -> tuple[list[Match], Numbers]:
    """The likest pairs first; of pairs as like those that stand first."""
    scored = [
        (-score, i, j)
        for i, a in enumerate(numbers.above)
        for j, b in enumerate(numbers.below)
        if (score := likeness(a, b)) > 0
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    matches: list[Match] = []
    for _, i, j in sorted(scored):
        if i not in rows and j not in columns:
            matches.append((numbers.above[i], numbers.below[j]))
            rows.add(i)
            columns.add(j)
    above = tuple(a for i, a in enumerate(numbers.above) if i not in rows)
    below = tuple(b for j, b in enumerate(numbers.below) if j not in columns)
    return matches, Numbers(above=above, below=below)


def same_value(upper: Number, lower: Number) -> bool:
    """Equal, whatever the words for it: 1年 and 12个月, 单个项目 and 每个项目."""
    if upper.amount is None or lower.amount is None:
        return upper.amount is lower.amount and upper.quote == lower.quote
    both = agreed(upper, lower) if is_one_sense(upper.sense, lower.sense) else None
    if both is None:
        return False
    if upper.is_recurring is not lower.is_recurring:  # 每年 is once or more often
        both = _at_least(both[0]), _at_least(both[1])
    if same_amount(*map(_plain, both)) or (_is_all(upper) and _is_all(lower)):
        return True
    return both[0].bound is both[1].bound is Bound.MIN and same_amount(*both)  # 达到5个, 达到5个以上


def _at_least(amount: Amount) -> Amount:
    return replace(amount, bound=Bound.MIN, high=None) if amount.bound is Bound.EXACT else amount


def _plain(amount: Amount) -> Amount:
    """达到95% as 95%: of a goal both are the least."""
    reached = amount.bound is Bound.MIN and amount.quote.startswith("达") and not amount.quote.endswith("以上")
    return replace(amount, bound=Bound.EXACT, high=amount.low) if reached else amount


def _is_all(number: Number) -> bool:
    """稳定在100% and 达到100%: of a share no more can be reached."""
    amount = number.amount
    if amount is None or amount.unit != "%" or amount.low != HUNDRED or number.sense in MOVES:
        return False
    return amount.bound in (Bound.EXACT, Bound.MIN) and RATE.search(number.before) is not None


def is_comparable(upper: Number, lower: Number) -> bool:
    """Whether kind, unit and sense are the same; what they are counted by may differ."""
    one, other = upper.amount, lower.amount
    if one is None or other is None:
        return one is other
    ranks = {upper.sense, lower.sense} == {Sense.FRONT, Sense.BACK}  # of one kind, though on no common scale
    return (ranks or is_one_sense(upper.sense, lower.sense)) and (one.kind, scale_of(one)) == (
        other.kind,
        scale_of(other),
    )


def _alikeness(pair: Pair, upper: Number, lower: Number, found: Sequence[Difference]) -> float:
    """0 unless both are of one scale, and near by words or equal by value.

    The words of the phrase come first: 二等奖奖励5万元 answers 二等奖奖励3万元, not 一等奖奖励5万元.
    """
    if not is_comparable(upper, lower):
        return 0.0
    together = stand_together(upper, lower, found)
    other_grade = is_other_grade(pair, upper, lower)
    if other_grade and not together:
        return 0.0
    equal = same_value(upper, lower)
    near = _nearness(pair, upper, lower, found)
    one, other = _phrase(pair.upper, upper), _phrase(pair.lower, lower)
    phrases = 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
    if not equal and not near and phrases < SHARED:
        return 0.0
    if other_grade:
        return TIE
    opposed = upper.amount and lower.amount and is_turned(upper.amount, lower.amount)
    year = year_before(pair.upper, upper)
    same_year = SAME_YEAR * (year is not None and year == year_before(pair.lower, lower))
    governed = _likeness(_behind(pair.upper, upper.span), _behind(pair.lower, lower.span))
    return phrases + same_year + EQUAL * (equal + together) + TIE * (2 * (not opposed) + near) + GOVERNED * governed


def year_before(joined: Joined, number: Number) -> str | None:
    """The last one named before a number in its sentence."""
    start = max(joined.text.rfind(stop, 0, number.span.start) for stop in "。；")
    years = YEAR.findall(joined.text, start + 1, number.span.start)
    return years[-1] if years else None


def is_other_grade(pair: Pair, upper: Number, lower: Number) -> bool:
    """Whether the numbers are for different grades (一等奖, 二等奖), which the lower level's own is not."""
    one, other = _grade(upper), _grade(lower)
    return one is not None and other is not None and one != other and not pair.localiser.is_swap(one, other)


def _grade(number: Number) -> str | None:
    """The last one named before a number in its phrase."""
    named = GRADE.findall(number.before) if GRADE_SIGNS.search(number.before) else ()
    return named[-1] if named else None


def stand_together(upper: Number, lower: Number, found: Sequence[Difference]) -> bool:
    return any(d.upper.overlaps(upper.span) and d.lower.overlaps(lower.span) for d in found)


def _nearness(pair: Pair, upper: Number, lower: Number, found: Sequence[Difference]) -> float:
    """How far what stands around both says that they measure the same: 签订1年以上 is no version of 离校2年内."""
    sides = zip(_around(pair.upper, upper.span), _around(pair.lower, lower.span), strict=True)
    best = 1.0 if _is_small(upper, lower, found) else max(_likeness(one, other) for one, other in sides)
    return best if best >= ALIKE else 0.0


def _is_small(upper: Number, lower: Number, found: Sequence[Difference]) -> bool:
    """Whether two numbers are next to all that differs."""
    return any(
        d.upper.overlaps(upper.span)
        and d.lower.overlaps(lower.span)
        and _rest(d.upper, upper.span) + _rest(d.lower, lower.span) <= SMALL
        for d in found
    )


def _last_left(pair: Pair, upper: Number, lower: Number, left: Numbers) -> float:
    """Two numbers with no other of their scale beside them, in phrases that share words or count by the same."""
    if not is_comparable(upper, lower) or upper.amount is None or lower.amount is None:
        return 0.0
    if is_turned(upper.amount, lower.amount) or is_other_grade(pair, upper, lower):
        return 0.0
    shared = phrase_likeness(pair, upper, lower)
    per = set(upper.amount.per) & set(lower.amount.per)
    if _rivals(upper, left.below) == _rivals(lower, left.above) == 1:
        wider = shared or _shared(_phrase(pair.upper, upper, more=True), _phrase(pair.lower, lower, more=True))
        return wider + len(per)
    return shared if shared >= SHARED else 0.0


def phrase_likeness(pair: Pair, upper: Number, lower: Number) -> float:
    """How much of the shorter of two numbers' phrases stands in the other one, figures and bounds apart."""
    return _shared(_phrase(pair.upper, upper), _phrase(pair.lower, lower))


def _rivals(number: Number, others: Sequence[Number]) -> int:
    return sum(is_comparable(number, other) for other in others)


def _phrase(joined: Joined, number: Number, *, more: bool = False) -> frozenset[str]:
    """Pairs of characters of the segment that the number stands in, without figures and bounds; or from one before."""
    segment = joined.segment_at(number.span.start)
    start = joined.segment_at(segment.start - 2).start if more and segment.start > 1 else segment.start
    return _telling_pairs(joined.text[start : segment.end])


@lru_cache(maxsize=512)  # a number is held against several others
def _telling_pairs(text: str) -> frozenset[str]:
    pieces = FIGURES.split(text)
    return frozenset([piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)])


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Overlap coefficient (Szymkiewicz–Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _rest(whole: Span, part: Span) -> int:
    return max(0, part.start - whole.start) + max(0, whole.end - part.end)


def _around(joined: Joined, span: Span) -> tuple[str, str]:
    """The words of the segment before and behind."""
    segment = joined.segment_at(span.start)
    return (
        joined.text[max(segment.start, span.start - AROUND) : span.start],
        joined.text[span.end : max(span.end, min(segment.end, span.end + AROUND))],
    )


def _behind(joined: Joined, span: Span) -> str:
    """The words of the segment behind a number, up to the next item of a list."""
    return _around(joined, span)[1].split("、", maxsplit=1)[0]


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of pairs of characters."""
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
