"""Normal text in, the amounts it names out: value, unit, bound, per, and how they belong together.

Money is in the unit of its currency (yuan: CNY), percentages are 60 for 60%, durations keep their unit.
Where the words do not settle a bound, `low` and `high` are `None` and `problem` says why.
"""

from extract.mentions.enumerations import join_limits, share
from extract.mentions.measures import link
from extract.mentions.not_amounts import quoted
from extract.mentions.quantities import find_quantities
from extract.mentions.readings import is_name, read
from extract.notice import Amount


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in order of its place; none overlaps another."""
    readings = tuple(join_limits(text, share(text, read(text, find_quantities(text)))))
    if not readings:
        return ()
    marks = quoted(text)
    kept = [reading for reading in readings if reading.counts and not is_name(reading, marks)]
    return link(text, tuple(reading.amount(text) for reading in kept))


__all__ = ["find_amounts"]
