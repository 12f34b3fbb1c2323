"""Groups in, groups out: neighbours that cut the same matter at different places become one, n:m.

开展培训，给予补贴。期限1年。 becomes 开展培训，期限1年。给予补贴。: a clause of the first upper sentence stands
in the lower one that is linked to the second. Read apart, it would be one that went and another that came.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise, product

from compare.align.candidates import Group
from compare.align.vectors import Bag, Rows, Space, add, covered
from compare.passages import Passage

TIED = 0.2  # share of a sentence that stands in its neighbour's counterpart, and in nothing else of the two pairs


def tie_knots(groups: Sequence[Group], space: Space, upper: Sequence[Passage], lower: Sequence[Passage]) -> list[Group]:
    sides = [
        _Side(passages, worded, content)
        for passages, worded, content in zip((upper, lower), space.worded, space.content, strict=True)
    ]
    tied = list(groups)
    for one, other in pairwise(sorted(group for group in groups if group[0] and group[1])):
        if not all(side.are_neighbours(a, b) for side, a, b in zip(sides, one, other, strict=True)):
            continue
        if one in tied and other in tied and (_goes_over(one, other, *sides) or _goes_over(other, one, *sides)):
            tied[tied.index(one)] = tuple(sorted(one[0] + other[0])), tuple(sorted(one[1] + other[1]))
            tied.remove(other)
    return tied


class _Side:
    """The sentences of a notice as bags without figures, and what of them tells."""

    def __init__(self, passages: Sequence[Passage], worded: Rows, content: Rows) -> None:
        self._passages = passages
        self._bag = cache(worded.bag)
        self._telling = cache(lambda row: content.bag(row).keys())

    def bag(self, rows: Iterable[int]) -> Bag:
        return add(map(self._bag, rows))

    def telling(self, rows: Iterable[int]) -> set[int]:
        return set().union(*map(self._telling, rows))

    def are_neighbours(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether a sentence of the one stands beside one of the other, in one item."""
        return any(
            abs(i - j) == 1 and self._passages[i].ref.clause == self._passages[j].ref.clause
            for i, j in product(one, other)
        )


def _goes_over(one: Group, other: Group, upper: _Side, lower: _Side) -> bool:
    """Whether a good part of what `one` says above stands below in `other`, and in nothing else of the two."""
    shared = upper.telling(one[0]) & lower.telling(other[1])
    if not shared - lower.telling(one[1]) - upper.telling(other[0]):
        return False
    taken = add((lower.bag(one[1]), upper.bag(other[0])))
    return covered(upper.bag(one[0]), lower.bag(other[1]), taken) >= TIED
