"""A number with its unit at its place in the text, before any bound or per word is read."""

from dataclasses import dataclass
from decimal import Decimal

from extract.mentions.amount_units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`text[start:end]` counts `low`…`high` of `unit`; the two are equal but in a range."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    rule: str
    loose: str = ""  # 余, 多, 几: more or less so many
    weak: bool = False  # counts only beside a bound or a per word (一次, 三类)
    is_range: bool = False
    problem: str | None = None


def exact(
    start: int, end: int, value: Decimal, unit: Unit, rule: str, *, loose: str = "", weak: bool = False
) -> Quantity:
    """A quantity of one value."""
    return Quantity(start=start, end=end, low=value, high=value, unit=unit, rule=rule, loose=loose, weak=weak)


def interval(start: int, end: int, low: Decimal, high: Decimal, unit: Unit, *, weak: bool = False) -> Quantity:
    """A range; one that runs backwards is unsettled."""
    fine = low <= high
    return Quantity(
        start=start,
        end=end,
        low=low if fine else None,
        high=high if fine else None,
        unit=unit,
        rule="range",
        weak=weak,
        is_range=True,
        problem=None if fine else "区间的前数大于后数，无法判定",
    )


__all__ = ["Quantity", "exact", "interval"]
