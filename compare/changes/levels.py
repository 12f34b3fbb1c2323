"""condition_changed: another level, where the two do not answer each other as the two issuers do."""

import re
from collections.abc import Iterator
from functools import cache

from compare.changes.difference import Difference
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from compare.localisation import level_pattern


def find_levels(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for difference in found:
        if not difference.one_sided and _changes_level(pair, difference):
            yield _of_level(pair, difference)


def _changes_level(pair: Pair, difference: Difference) -> bool:
    """国家级[示范社] -> 市级[示范社] in a notice of the city about one of the province: no localisation."""
    sides = (pair.upper, difference.upper), (pair.lower, difference.lower)
    return all(
        "级" in joined.text[span.end - 1 : span.end + 1] and _level().fullmatch(joined.quote(span))
        for joined, span in sides
    )


@cache
def _level() -> re.Pattern[str]:
    return re.compile(rf"{level_pattern()}级?")


def _of_level(pair: Pair, difference: Difference) -> Finding:
    above, below = (
        f"{joined.quote(span).removesuffix('级')}级"
        for joined, span in ((pair.upper, difference.upper), (pair.lower, difference.lower))
    )
    words = f"{quoted(above)}改为{quoted(below)}"
    return Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=difference.upper,
        lower=difference.lower,
        detail=f"级别由{words}，与两级机关的对应关系不同。",
    )
