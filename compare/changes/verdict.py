"""Two values in, one verdict out: bound × value."""

from dataclasses import replace
from decimal import Decimal

from compare import lexicon
from compare.comparison import Direction
from extract.notice import Amount, AmountKind, Bound, DateMention

VALUES = (Direction.RAISED, Direction.LOWERED)
TIMES = (Direction.LATER, Direction.EARLIER)


def amount_direction(upper: Amount, lower: Amount) -> Direction | None:
    """Raised or lowered by value; at the same value, tightened or relaxed by bound.

    A floor that becomes a ceiling, another unit or another 每人, 每年 has no direction: the two are on no common
    scale. A shorter time limit is earlier, not lower.
    """
    upper, lower = _in_days(upper, lower)
    if upper.unit != lower.unit or is_turned(upper, lower) or sorted(upper.per) != sorted(lower.per):
        return None
    if (ends := _ends(upper)) != (others := _ends(lower)):
        rises = {b > a for a, b in zip(ends, others, strict=True) if a != b}
        rising, falling = TIMES if is_time_limit(upper) and is_time_limit(lower) else VALUES
        if rises == {True}:
            return rising
        return falling if rises == {False} else None
    return _by_bound(upper, lower)


def is_turned(upper: Amount, lower: Amount) -> bool:
    """A floor that became a ceiling, or the other way round."""
    return {upper.bound, lower.bound} == {Bound.MIN, Bound.MAX}


def is_time_limit(amount: Amount) -> bool:
    """5个工作日内: how soon something must be done; 2年内 may as well be how long something holds."""
    units = lexicon.load("quantities")["limit_units"]
    return amount.kind is AmountKind.DURATION and amount.bound is Bound.MAX and amount.unit in units


def _in_days(upper: Amount, lower: Amount) -> tuple[Amount, Amount]:
    """Durations of different units on one scale: 1年 and 6个月. Working days stay what they are."""
    days = lexicon.load("quantities")["days"]
    if upper.unit == lower.unit or upper.unit not in days or lower.unit not in days:
        return upper, lower
    return _times(upper, days[upper.unit]), _times(lower, days[lower.unit])


def _times(amount: Amount, factor: int) -> Amount:
    low, high = (None if value is None else value * factor for value in (amount.low, amount.high))
    return replace(amount, low=low, high=high, unit="日")


def _ends(amount: Amount) -> tuple[Decimal, Decimal]:
    """Low and high; where one is open, the other stands for both."""
    low = amount.low if amount.low is not None else amount.high
    high = amount.high if amount.high is not None else amount.low
    return low or Decimal(0), high or Decimal(0)


def _by_bound(upper: Amount, lower: Amount) -> Direction | None:
    strictness = {Bound.APPROX: 0, Bound.MIN: 1, Bound.MAX: 1, Bound.RANGE: 1, Bound.EXACT: 2}
    before, after = strictness[upper.bound], strictness[lower.bound]
    if before == after:
        if upper.strict == lower.strict:
            return None
        return Direction.TIGHTENED if lower.strict else Direction.RELAXED
    return Direction.TIGHTENED if after > before else Direction.RELAXED


def date_direction(upper: DateMention, lower: DateMention) -> Direction | None:
    """By the end, or the beginning where there is no end; of a recurring day by its number."""
    before, after = upper.end or upper.start, lower.end or lower.start
    if before and after and before != after:
        return Direction.EARLIER if after < before else Direction.LATER
    if upper.start and lower.start and upper.start != lower.start:
        return Direction.EARLIER if lower.start < upper.start else Direction.LATER
    days = [_rule_day(mention.rrule) for mention in (upper, lower)]
    if days[0] and days[1] and days[0][0] == days[1][0] and days[0][1] != days[1][1]:
        return Direction.EARLIER if days[1][1] < days[0][1] else Direction.LATER
    return None


def _rule_day(rrule: str | None) -> tuple[str, tuple[int, int]] | None:
    """Frequency, and month and day of an RRULE (RFC 5545, 3.3.10)."""
    if not rrule:
        return None
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    numbers = [parts.get(name, "0").split(",")[-1] for name in ("BYMONTH", "BYMONTHDAY")]
    month, day = (int(number) if number.lstrip("-").isdigit() else 0 for number in numbers)
    return parts.get("FREQ", ""), (month, day if day >= 0 else 32 + day)
