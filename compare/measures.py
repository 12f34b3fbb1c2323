"""Figures on a pair for policy research, each a share between 0 and 1 unless said otherwise.

reuse_share         upper sentences carried over verbatim or localised, of all upper sentences: text reuse in the sense
                    of Wilkerson, Smith & Stramp (2015, American Journal of Political Science 59)
localisation_share  upper sentences changed in place or level words only, of all upper sentences
modification_share  upper sentences with a counterpart that says something else, of all upper sentences: the
                    adaptation that reinvention studies count (Rogers 2003; Glick & Hays 1991)
dropped_share       upper sentences without counterpart, of all upper sentences
added_share         lower sentences without counterpart, of all lower sentences
amount_retention    amounts and goals of the upper notice that stand with the same value, bound, unit and per in the
                    sentences paired with theirs, of all of them; those of sentences without counterpart are lost
deadline_retention  the same for deadlines and periods, also those that run from an event; not for how long the notice
                    itself is in force
target_retention    the same for quantified goals alone
order_correlation   Kendall's tau-a between upper and lower order of the paired sentences, -1 to 1 (Kendall 1938)

`None` where the upper notice has nothing to measure. Four decimals, halves to even.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from compare.align import Link
from compare.comparison import Relation, Unit
from compare.figures import FigureKind, read_figures
from compare.passages import Passage
from compare.scales import Value, value_key

FOUR_PLACES = Decimal("0.0001")

AMOUNTS = frozenset({FigureKind.AMOUNT, FigureKind.TARGET})
DEADLINES = frozenset({FigureKind.DEADLINE})
TARGETS = frozenset({FigureKind.TARGET})
ANY = AMOUNTS | DEADLINES

Figures = list[tuple[FigureKind, Value]]


def measure(
    upper: Sequence[Passage], lower: Sequence[Passage], links: Sequence[Link], units: Sequence[Unit]
) -> dict[str, Decimal | None]:
    counts = {relation: _sentences(units, relation) for relation in Relation}
    total = len(upper)
    kept = counts[Relation.VERBATIM] + counts[Relation.LOCALIZED]
    added = sum(len(unit.lower) for unit in units if unit.relation is Relation.ADDED)
    told = [(_values(upper, link.upper), _values(lower, link.lower)) for link in links]
    return {
        "reuse_share": _share(kept, total),
        "localisation_share": _share(counts[Relation.LOCALIZED], total),
        "modification_share": _share(counts[Relation.MODIFIED], total),
        "dropped_share": _share(counts[Relation.DROPPED], total),
        "added_share": _share(added, len(lower)),
        "amount_retention": _retention(told, AMOUNTS),
        "deadline_retention": _retention(told, DEADLINES),
        "target_retention": _retention(told, TARGETS),
        "order_correlation": _tau([link.lower[0] for link in links if link.upper and link.lower]),
    }


def _sentences(units: Iterable[Unit], relation: Relation) -> int:
    return sum(len(unit.upper) for unit in units if unit.relation is relation)


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(FOUR_PLACES, rounding=ROUND_HALF_EVEN)


def _values(passages: Sequence[Passage], chosen: Iterable[int]) -> Figures:
    told = (passages[at] for at in chosen if passages[at].amounts or passages[at].dates)
    return [(figure.kind, value_key(figure)) for passage in told for figure in read_figures(passage)]


def _retention(told: Sequence[tuple[Figures, Figures]], kinds: frozenset[FigureKind]) -> Decimal | None:
    """What is a goal above may be a plain amount below: values are looked for among all figures there."""
    kept = total = 0
    for above, below in told:
        there = [value for kind, value in below if kind in ANY]
        for value in (value for kind, value in above if kind in kinds):
            total += 1
            if value in there:
                there.remove(value)
                kept += 1
    return _share(kept, total)


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
