"""Two figures in, whether they stand on one scale out: what is counted, in which unit, by what.

`family` decides whether two figures may answer each other at all, `comparable` whether one can be called the larger.
"""

from decimal import Decimal
from functools import cache
from typing import Any

from compare import lexicon
from compare.changes.per import PLACES, per_names
from compare.changes.scales import on_own_scale, sum_a_year
from compare.figures import Figure, FigureKind
from extract.notice import Amount, AmountKind, Bound

PLAIN = frozenset({"人", "户", "家", "个", "次"})  # units of anything
TIMES = frozenset({"年", "季", "季度", "月", "周", "日", "天"})
DAY = "day"

Value = tuple[object, ...]


def family(figure: Figure) -> str:
    """What kind of quantity it is; a count also by what is counted."""
    if figure.kind is FigureKind.VALIDITY:
        return FigureKind.VALIDITY
    amount = figure.amount
    if amount is None:
        return f"{DAY} {figure.date.role}" if figure.date else ""
    counted = amount.kind in {AmountKind.COUNT, AmountKind.FREQUENCY}
    return f"{amount.kind} {scale_unit(amount)}" if counted else amount.kind


def is_telling(figure: Figure) -> bool:
    """Whether the unit alone says much of what is measured: 场, 枚, 平方米, but not 元, %, 年 or 个."""
    amount = figure.amount
    plain = {AmountKind.MONEY, AmountKind.PERCENT, AmountKind.DURATION, AmountKind.MULTIPLE}
    return amount is not None and amount.kind not in plain and unit_of(amount) not in PLAIN


def unit_of(amount: Amount) -> str:
    """One word for units that count the same: 场 for 场次."""
    unit = amount.unit or ""
    same: dict[str, str] = _table()["same_units"]
    return same.get(unit, unit)


def may_answer(one: Figure, other: Figure) -> bool:
    """Whether they can be the same rule of two notices: of one family, no floor against a ceiling, no other per."""
    if family(one) != family(other):
        return False
    if one.kind is FigureKind.VALIDITY or not (one.amount and other.amount):
        return True
    bounds = {one.amount.bound, other.amount.bound}
    return bounds != {Bound.MIN, Bound.MAX} and _same_per(one.amount, other.amount)


def _same_per(one: Amount, other: Amount) -> bool:
    """Alike, or one leaves out what need not be said: 每人 of a sum of money, 每年 or 每个县 of a count."""
    apart = per_key(one) ^ per_key(other)
    if one.kind is AmountKind.COUNT and apart <= PLACES:
        return True
    timed = bool(apart & per_names(tuple(TIMES)))
    return not apart or (len(apart) == 1 and timed is (one.kind is not AmountKind.MONEY))


def per_key(amount: Amount) -> frozenset[str]:
    """What it is counted by; how often something happens is counted a year, whatever period it names."""
    return per_names(on_own_scale(amount).per)


def scale_unit(amount: Amount) -> str:
    """月 for years and months, which can be turned into each other; also for those of an age."""
    return unit_of(on_own_scale(amount))


def scaled(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Low and high in the unit of `scale_unit`, a frequency a year."""
    measured = on_own_scale(amount)
    return measured.low, measured.high


def same_value(one: Figure, other: Figure) -> bool:
    """Equal in value and bound, however written."""
    if one.amount and other.amount:
        value = amount_value(one.amount)
        return value is not None and value == amount_value(other.amount)
    if one.date and other.date:
        a, b = one.date, other.date
        return (a.start, a.end, a.rrule) == (b.start, b.end, b.rrule) != (None, None, None)
    return False


def value_key(figure: Figure) -> Value:
    """Equal for figures that say the same, however written; of what was not read the words themselves."""
    if figure.amount is not None:
        return amount_value(figure.amount) or (figure.quote,)
    day = figure.date
    known = (day.start, day.end, day.rrule) if day else ()
    return known if any(known) else (figure.quote,)


def amount_value(amount: Amount) -> Value | None:
    """All that makes two amounts equal; `None` where it was not read."""
    measured = sum_a_year(amount) or on_own_scale(amount)
    low, high = measured.low, measured.high
    if amount.problem or (low is None and high is None):
        return None
    return amount.kind, unit_of(measured), low, high, amount.bound, amount.strict, per_names(measured.per)


@cache
def _table() -> dict[str, Any]:
    return lexicon.load("figures")
