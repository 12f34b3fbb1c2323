"""Figures on a pair for policy research, each a share between 0 and 1 unless said otherwise.

reuse_share         upper sentences carried over verbatim or localised, of all upper sentences: text reuse in the sense
                    of Wilkerson, Smith & Stramp (2015, American Journal of Political Science 59)
localisation_share  upper sentences changed in place or level words only, of all upper sentences
modification_share  upper sentences with a counterpart that says something else, of all upper sentences: the
                    adaptation that reinvention studies count (Rogers 2003; Glick & Hays 1991)
dropped_share       upper sentences without counterpart, of all upper sentences
added_share         lower sentences without counterpart, of all lower sentences
amount_retention    amounts of the upper notice that stand with the same value in the sentences paired with theirs
deadline_retention  the same for deadlines, periods and days of effect
target_retention    quantified goals of the upper notice not removed or changed, of all of them
order_correlation   Kendall's tau-a between upper and lower order of the paired sentences, -1 to 1 (Kendall 1938)

`None` where the upper notice has nothing to measure. Four decimals, halves to even.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from compare.align import Link
from compare.changes.deadlines import sets_time
from compare.changes.joined import join
from compare.changes.numbers import numbers
from compare.changes.quantities import is_target
from compare.comparison import ChangeType, Relation, Unit
from compare.passages import Passage

FOUR_PLACES = Decimal("0.0001")

Values = Callable[[Passage], list[tuple[object, ...]]]


def measure(
    upper: Sequence[Passage], lower: Sequence[Passage], links: Sequence[Link], units: Sequence[Unit]
) -> dict[str, Decimal | None]:
    counts = {relation: _sentences(units, relation) for relation in Relation}
    total = len(upper)
    kept = counts[Relation.VERBATIM] + counts[Relation.LOCALIZED]
    added = sum(len(unit.lower) for unit in units if unit.relation is Relation.ADDED)
    return {
        "reuse_share": _share(kept, total),
        "localisation_share": _share(counts[Relation.LOCALIZED], total),
        "modification_share": _share(counts[Relation.MODIFIED], total),
        "dropped_share": _share(counts[Relation.DROPPED], total),
        "added_share": _share(added, len(lower)),
        "amount_retention": _retention(upper, lower, links, _amounts),
        "deadline_retention": _retention(upper, lower, links, _deadlines),
        "target_retention": _target_retention(upper, units),
        "order_correlation": _tau([link.lower[0] for link in links if link.upper and link.lower]),
    }


def _sentences(units: Iterable[Unit], relation: Relation) -> int:
    return sum(len(unit.upper) for unit in units if unit.relation is relation)


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(FOUR_PLACES, rounding=ROUND_HALF_EVEN)


def _amounts(passage: Passage) -> list[tuple[object, ...]]:
    return [(a.kind, a.low, a.high, a.unit, a.bound) for a in passage.amounts]


def _deadlines(passage: Passage) -> list[tuple[object, ...]]:
    return [(d.start, d.end, d.rrule) for d in passage.dates if sets_time(d)]


def _retention(
    upper: Sequence[Passage], lower: Sequence[Passage], links: Sequence[Link], values: Values
) -> Decimal | None:
    kept = total = 0
    for link in links:
        there = [value for j in link.lower for value in values(lower[j])]
        for value in (value for i in link.upper for value in values(upper[i])):
            total += 1
            if value in there:
                there.remove(value)
                kept += 1
    return _share(kept, total)


def _target_retention(upper: Sequence[Passage], units: Sequence[Unit]) -> Decimal | None:
    total = 0
    for passage in upper:
        joined = join((passage,))
        total += sum(is_target(joined, number) for number in numbers(joined, ()))
    lost = {ChangeType.TARGET_CHANGED, ChangeType.TARGET_REMOVED}
    gone = sum(change.type in lost for unit in units for change in unit.changes)
    return _share(max(0, total - gone), total)


def _tau(order: Sequence[int]) -> Decimal | None:
    """Kendall's tau-a by counting inversions while merging (Knight 1966): n log n."""
    pairs = len(order) * (len(order) - 1) // 2
    if not pairs:
        return None
    _, inversions = _inversions(list(order))
    value = Decimal(pairs - 2 * inversions) / Decimal(pairs)
    return value.quantize(FOUR_PLACES, rounding=ROUND_HALF_EVEN)


def _inversions(values: list[int]) -> tuple[list[int], int]:
    if len(values) < 2:
        return values, 0
    middle = len(values) // 2
    left, crossed_left = _inversions(values[:middle])
    right, crossed_right = _inversions(values[middle:])
    merged: list[int] = []
    crossed = crossed_left + crossed_right
    at = 0
    for value in right:
        while at < len(left) and left[at] <= value:
            merged.append(left[at])
            at += 1
        crossed += len(left) - at
        merged.append(value)
    return merged + left[at:], crossed
