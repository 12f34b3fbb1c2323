"""Two values in, one verdict out: bound × value."""

import re
from collections.abc import Sequence
from decimal import Decimal

from compare import lexicon
from compare.changes.scales import on_one_scale
from compare.comparison import Direction
from extract.notice import Amount, AmountKind, Bound, DateMention

NEXT_YEAR = re.compile(r"(?:次年|翌年)(?P<month>\d{1,2})月(?P<day>\d{1,2})日之?前")  # of a year that is not known
FIGURES = re.compile(r"\d[\d.]*[万亿]*")
VALUES = (Direction.RAISED, Direction.LOWERED)
LEAST, MOST = Decimal("-Infinity"), Decimal("Infinity")
TIMES = (Direction.LATER, Direction.EARLIER)


def amount_direction(upper: Amount, lower: Amount) -> Direction | None:
    """Raised or lowered by value; at the same value, tightened or relaxed by bound.

    A floor that becomes a ceiling, another unit or another 每人, 每年 has no direction: the two are on no common
    scale. A shorter time limit is earlier, not lower.
    """
    upper, lower = on_one_scale(upper, lower)
    if upper.unit != lower.unit or is_turned(upper, lower) or sorted(upper.per) != sorted(lower.per):
        return None
    apart = _apart(upper, lower)
    if apart is None or _are_open(apart):
        return None
    if apart:
        rises = {b > a for a, b in apart}
        rising, falling = TIMES if is_time_limit(upper) and is_time_limit(lower) else VALUES
        if rises == {True}:
            return rising
        return falling if rises == {False} else None
    return None if upper.problem or lower.problem else _by_bound(upper, lower)


def same_amount(upper: Amount, lower: Amount) -> bool:
    """Equal in value and bound, however written: 1年 and 12个月. Of what was not read the figures must be the same."""
    if upper.problem and lower.problem and FIGURES.findall(upper.quote) != FIGURES.findall(lower.quote):
        return False
    one, two = on_one_scale(upper, lower)
    return (one.kind, one.low, one.high, one.unit, one.bound, one.strict, sorted(one.per)) == (
        (two.kind, two.low, two.high, two.unit, two.bound, two.strict, sorted(two.per))
    )


def is_turned(upper: Amount, lower: Amount) -> bool:
    """A floor that became a ceiling, or the other way round."""
    return {upper.bound, lower.bound} == {Bound.MIN, Bound.MAX}


def is_time_limit(amount: Amount) -> bool:
    """5个工作日内: how soon something must be done; 2年内 may as well be how long something holds."""
    units = lexicon.load("quantities")["limit_units"]
    return amount.kind is AmountKind.DURATION and amount.bound is Bound.MAX and amount.unit in units


def is_opened(upper: Amount, lower: Amount) -> bool:
    """3至5人 and 3人以上: an end that only one of them names, and nothing else."""
    return _are_open(_apart(upper, lower) or ())


def _apart(upper: Amount, lower: Amount) -> tuple[tuple[Decimal, Decimal], ...] | None:
    """The low and the high ends that differ; `None` where one has no value."""
    ends, others = _ends(upper, lower), _ends(lower, upper)
    if ends is None or others is None:
        return None
    return tuple((a, b) for a, b in zip(ends, others, strict=True) if a != b)


def _are_open(apart: Sequence[tuple[Decimal, Decimal]]) -> bool:
    return bool(apart) and all(a.is_infinite() or b.is_infinite() for a, b in apart)


def _ends(amount: Amount, other: Amount) -> tuple[Decimal, Decimal] | None:
    """Low and high; where one is open, the other stands for both, unless it is held against a range."""
    if amount.low is None and amount.high is None:
        return None
    if other.bound is Bound.RANGE:
        return (LEAST if amount.low is None else amount.low, MOST if amount.high is None else amount.high)
    low = amount.high if amount.low is None else amount.low
    high = amount.low if amount.high is None else amount.high
    return None if low is None or high is None else (low, high)


def _by_bound(upper: Amount, lower: Amount) -> Direction | None:
    """A term named and the same term as a ceiling (时限为5个工作日, 5个工作日内) may well mean the same.

    A sum that becomes a floor binds the giver more and leaves him free at once.
    """
    if {upper.bound, lower.bound} == {Bound.EXACT, Bound.MIN}:
        return None
    if any(amount.quote.endswith("年内") for amount in (upper, lower)):
        return None
    strictness = {Bound.APPROX: 0, Bound.MIN: 1, Bound.MAX: 1, Bound.RANGE: 1, Bound.EXACT: 2}
    before, after = strictness[upper.bound], strictness[lower.bound]
    if before == after:
        if upper.strict == lower.strict:
            return None
        return Direction.TIGHTENED if lower.strict else Direction.RELAXED
    return Direction.TIGHTENED if after > before else Direction.RELAXED


def date_direction(upper: DateMention, lower: DateMention, months: tuple[int, int] = (0, 0)) -> Direction | None:
    """By the end, or the beginning where there is no end; of a recurring day by its number.

    `months` is by how many each recurring day is put off first, for the period that it reports on.
    """
    before, after = upper.end or upper.start, lower.end or lower.start
    if before and after and before != after:
        return Direction.EARLIER if after < before else Direction.LATER
    if upper.start and lower.start and upper.start != lower.start:
        return Direction.EARLIER if lower.start < upper.start else Direction.LATER
    told = NEXT_YEAR.match(upper.quote), NEXT_YEAR.match(lower.quote)
    if told[0] and told[1] and (one := _day_of(told[0])) != (other := _day_of(told[1])):
        return Direction.EARLIER if other < one else Direction.LATER
    return _rule_direction(upper, lower, months)


def _rule_direction(upper: DateMention, lower: DateMention, months: tuple[int, int]) -> Direction | None:
    one, other = rule_day(upper.rrule), rule_day(lower.rrule)
    if one is None or other is None or one[0] != other[0]:
        return None
    (month, day), (other_month, other_day) = one[1], other[1]
    due, other_due = (month + months[0], day), (other_month + months[1], other_day)
    if due == other_due:
        return None
    return Direction.EARLIER if other_due < due else Direction.LATER


def _day_of(match: re.Match[str]) -> tuple[int, int]:
    return int(match["month"]), int(match["day"])


def rule_day(rrule: str | None) -> tuple[str, tuple[int, int]] | None:
    """What a rule says apart from its day (RFC 5545, 3.3.10), and month and day; several months stay in the former."""
    if not rrule:
        return None
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    several = [parts.pop("BYMONTH")] if "," in parts.get("BYMONTH", "") else []
    month, day = (_day_number(parts.pop(name, "0")) for name in ("BYMONTH", "BYMONTHDAY"))
    return ";".join([*several, *sorted(f"{name}={value}" for name, value in parts.items())]), (
        month,
        day if day >= 0 else 32 + day,
    )


def _day_number(value: str) -> int:
    number = value.rsplit(",", maxsplit=1)[-1]
    return int(number) if number.lstrip("-").isdigit() else 0
