"""What searches filter by, as words of the full-text index: `city=威海市`, `deadline=2023-06`, `money=15`.

Amounts and deadlines stand in the index roughly, by size and month; what the index finds is checked against the exact
values. So a common word with a narrow filter costs no more than a rare word.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal(5))  # edges within a power of ten
LARGEST = 48  # sizes; 10**16 yuan
FIRST_YEAR, LAST_YEAR = 1949, 2100


def facet(name: str, value: object) -> str:
    """One word of the index."""
    return f"{name}=" + "".join(c for c in str(value) if c > " " and c != '"')


def amount_facets(kind: str, low: Decimal | float | None, high: Decimal | float | None) -> Iterator[str]:
    """Every size from the lower stated figure to the upper."""
    ends = [end for end in (low, high) if end is not None]
    if ends:
        yield from (facet(kind, size) for size in range(_size(min(ends)), _size(max(ends)) + 1))


def amount_range(kind: str, low: float | None, high: float | None) -> Iterator[str]:
    """Sizes that amounts between the ends may have; an end may be open."""
    first = 0 if low is None else _size(low)
    last = LARGEST if high is None else _size(high)
    yield from (facet(kind, size) for size in range(first, last + 1))


def _size(value: Decimal | float) -> int:
    """0 below 1, 1 below 2, 2 below 5, 3 below 10 …"""
    number = Decimal(str(value))
    if not number >= 1:
        return 0
    power = number.adjusted()
    leading = number.scaleb(-power)
    return min(3 * power + sum(leading >= step for step in STEPS), LARGEST)


def deadline_facets(end: date) -> Iterator[str]:
    yield facet("deadline", f"{end.year:04d}")
    yield facet("deadline", f"{end.year:04d}-{end.month:02d}")


def deadline_range(first: date | None, last: date | None) -> Iterator[str]:
    """Whole years where the window holds them, else months."""
    start = max(first or date(FIRST_YEAR, 1, 1), date(FIRST_YEAR, 1, 1))
    end = min(last or date(LAST_YEAR, 12, 31), date(LAST_YEAR, 12, 31))
    for year in range(start.year, end.year + 1):
        from_month = start.month if year == start.year else 1
        to_month = end.month if year == end.year else 12
        if (from_month, to_month) == (1, 12):
            yield facet("deadline", f"{year:04d}")
        else:
            yield from (facet("deadline", f"{year:04d}-{month:02d}") for month in range(from_month, to_month + 1))
