"""Two amounts in, the same two on one scale out, where there is one.

Years are counted in months, those of an age too, and weeks in days, but months never in days; how often something
happens is counted a year. A sum a month and a sum a year are compared only to find them equal: who gets it for how long
is not said.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from compare import lexicon
from extract.mentions.numerals import HAN_NUMERAL, parse_number
from extract.notice import Amount, AmountKind, Bound

COUNTED = re.compile(rf"(?P<number>[\d.]+|[{HAN_NUMERAL}]+)?个?(?P<unit>.+)")
PERSONS = frozenset({"人", "名", "位"})  # 1名网格员 is 1人
PERIODIC = frozenset({AmountKind.FREQUENCY, AmountKind.MONEY})
NEAR = Decimal("1.1")  # 每周一次 and 每月4次: 52 and 48 times a year, and nobody knows which is more


def on_one_scale(upper: Amount, lower: Amount) -> tuple[Amount, Amount]:
    """As they are where they need no common scale or have none."""
    if AmountKind.FREQUENCY in (upper.kind, lower.kind):
        if upper.kind is not lower.kind:
            return upper, lower
        yearly = _yearly(upper), _yearly(lower)
        return (yearly[0], yearly[1]) if yearly[0] and yearly[1] and _surely(upper, lower, yearly) else (upper, lower)
    if upper.unit == lower.unit or scale_of(upper) != scale_of(lower):
        return upper, lower
    return _in_base(upper), _in_base(lower)


def scale_of(amount: Amount) -> str | None:
    """The unit that amounts like this one are counted in."""
    return _base(amount)[0]


def on_own_scale(amount: Amount) -> Amount:
    """The same in the unit that amounts like this one are counted in, a frequency a year."""
    if amount.kind is AmountKind.FREQUENCY:
        return amount if _is_about(amount) else _yearly(amount) or amount
    return _in_base(amount)


def sum_a_year(amount: Amount) -> Amount | None:
    """每人每年2400元 for 每人每月200元; `None` for a ceiling or a floor, which binds each month by itself."""
    plain = amount.kind is AmountKind.MONEY and amount.bound is Bound.EXACT and not amount.problem
    return _yearly(amount) if plain and not _is_about(amount) else None


def _base(amount: Amount) -> tuple[str | None, int | str]:
    base: tuple[str | None, int | str] = (amount.unit, 1)
    if not amount.unit:
        return base
    if amount.kind is AmountKind.COUNT and amount.unit in PERSONS:
        return "人", 1
    table = "scales" if amount.kind in (AmountKind.DURATION, AmountKind.AGE) else "measures"
    unit, factor = lexicon.load("quantities")[table].get(amount.unit, base)
    return unit, factor


def _in_base(amount: Amount) -> Amount:
    unit, factor = _base(amount)
    return amount if unit == amount.unit else replace(_times(amount, Decimal(factor)), unit=unit)


def _times(amount: Amount, factor: Decimal) -> Amount:
    low, high = (None if value is None else value * factor for value in (amount.low, amount.high))
    return replace(amount, low=low, high=high)


def _yearly(amount: Amount) -> Amount | None:
    """每季度一次 as 4 times a year; `None` unless it is so often, or so much, in one period."""
    periods = [per for per in amount.per if a_year(per)]
    if amount.kind not in PERIODIC or len(periods) != 1:
        return None
    rest = tuple(per for per in amount.per if per not in periods)
    return replace(_times(amount, a_year(periods[0]) or Decimal(1)), per=(*rest, "年"))


def _surely(upper: Amount, lower: Amount, yearly: tuple[Amount | None, Amount | None]) -> bool:
    """Whether two frequencies are told apart, where weeks are held against months."""
    if sorted(upper.per) == sorted(lower.per) or _is_about(upper) is _is_about(lower):
        return True
    values = sorted(value for one in yearly if one and (value := one.low or one.high))
    return len(values) == 2 and values[1] > NEAR * values[0]


def _is_about(amount: Amount) -> bool:
    about = lexicon.load("quantities")["times_a_year_about"]
    return any(_split(per)[1] in about for per in amount.per)


@cache
def a_year(per: str) -> Decimal | None:
    """How many periods a year holds: 4 for 季度, half a one for 两年."""
    words = lexicon.load("quantities")
    number, unit = _split(per)
    count = words["times_a_year"].get(unit) or words["times_a_year_about"].get(unit)
    return Decimal(count) / number if count and number else None


def _split(per: str) -> tuple[Decimal | None, str]:
    """3月 as 3 and 月; 半年 and 半月 are words of their own."""
    if per.startswith("半") or (match := COUNTED.fullmatch(per)) is None:
        return Decimal(1), per
    return (parse_number(match["number"]) if match["number"] else Decimal(1)), match["unit"]
