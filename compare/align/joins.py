"""Pairs in, groups out: sentences left alone are joined to the sentence on the other side that holds them.

A part belongs to a group when most of it, by weight, stands in the other side and is not yet taken by the group's
own sentences, and when both sides together are more alike with it than without. What is still alone joins a sentence
beside which it answers a clause of the other side (clauses).
"""

from functools import cache

from compare.align.candidates import Cosines, score
from compare.align.clauses import REACH, Clauses
from compare.align.context import Context
from compare.align.vectors import Space, add, cosine, covered

Group = tuple[tuple[int, ...], tuple[int, ...]]

NEAR_COVER, FAR_COVER = 0.45, 0.62  # share of the part that the other side must hold; beside the group, elsewhere
WEAK = 0.5  # below this a pair may be given up for a join
BETTER = 0.02  # the least gain in similarity


def join_parts(
    pairs: dict[int, int], space: Space, context: Context, cosines: Cosines, clauses: Clauses
) -> list[Group]:
    joiner = _Joiner(pairs, space, cosines)
    for side in (0, 1):
        joiner.attach_loners(side)
    for side in (0, 1):
        joiner.attach_answers(side, clauses)
    return joiner.groups(len(context.upper), len(context.lower))


class _Joiner:
    """Groups under construction. Side 0 is the upper notice, side 1 the lower one.

    Figures are left out: a part whose number was changed is still that part.
    """

    def __init__(self, pairs: dict[int, int], space: Space, cosines: Cosines) -> None:
        self.rows = (space.upper.worded(), space.lower.worded())
        self.alike = score(*self.rows, pairs.items())
        self.bag = tuple(cache(rows.bag) for rows in self.rows)
        self._sums: dict[tuple[int, int], dict[int, float]] = {}  # by group and side
        self.members: list[tuple[set[int], set[int]]] = [({i}, {j}) for i, j in sorted(pairs.items())]
        self.group_of: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for at, (i, j) in enumerate(sorted(pairs.items())):
            self.group_of[0][i] = at
            self.group_of[1][j] = at
        self.near: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for i, j in sorted(cosines):
            self.near[0].setdefault(i, []).append(j)
            self.near[1].setdefault(j, []).append(i)

    def attach_loners(self, side: int) -> None:
        for loner in range(len(self.rows[side])):
            current = self.group_of[side].get(loner)
            if current is not None and not self._is_weak(current):
                continue
            at = self._best_group(side, loner, current)
            if at is not None:
                self._leave(side, current)
                self._add(side, loner, at)

    def attach_answers(self, side: int, clauses: Clauses) -> None:
        """Those still alone, to a group of one sentence on the other side of which they answer a clause."""
        for loner in range(len(self.rows[side])):
            if loner in self.group_of[side]:
                continue
            near = (k for k in range(loner - REACH, loner + REACH + 1) if k in self.group_of[side])
            groups = {self.group_of[side][k] for k in near if clauses.near(side, loner, k)}
            ahead = {at: self._answers(side, loner, at, clauses) for at in sorted(groups)}
            best = max(ahead, key=lambda at: ahead[at], default=None)
            if best is not None and ahead[best]:
                self._add(side, loner, best)

    def _answers(self, side: int, loner: int, at: int, clauses: Clauses) -> float:
        own, others = sorted(self.members[at][side]), sorted(self.members[at][1 - side])
        return clauses.answers(side, loner, own, others) if len(others) == 1 else 0.0

    def _add(self, side: int, loner: int, at: int) -> None:
        self.members[at][side].add(loner)
        self._sums.pop((at, side), None)
        self.group_of[side][loner] = at

    def _is_weak(self, at: int) -> bool:
        upper, lower = self.members[at]
        return len(upper) == len(lower) == 1 and self.alike.get((min(upper), min(lower)), 0.0) < WEAK

    def _similarity(self, at: int, side: int = 0, extra: int | None = None) -> float:
        sums = [self._sum(at, 0), self._sum(at, 1)]
        if extra is not None:
            sums[side] = add((sums[side], self.bag[side](extra)))
        return cosine(*sums)

    def _sum(self, at: int, side: int) -> dict[int, float]:
        """The bag of a group's sentences on one side."""
        if (at, side) not in self._sums:
            self._sums[at, side] = add(map(self.bag[side], sorted(self.members[at][side])))
        return self._sums[at, side]

    def _best_group(self, side: int, loner: int, current: int | None) -> int | None:
        options = {self.group_of[1 - side].get(k) for k in self.near[side].get(loner, ())} - {None, current}
        best, best_cover = None, 0.0
        for at in sorted(at for at in options if at is not None):
            cover = self._cover(side, loner, at)
            beside = bool({loner - 1, loner + 1} & self.members[at][side])
            needed = NEAR_COVER if beside and current is None else FAR_COVER
            if (
                cover >= needed
                and cover > best_cover
                and self._similarity(at, side, loner) > self._similarity(at) + BETTER
            ):
                best, best_cover = at, cover
        return best

    def _cover(self, side: int, loner: int, at: int) -> float:
        return covered(self.bag[side](loner), self._sum(at, 1 - side), self._sum(at, side))

    def _leave(self, side: int, current: int | None) -> None:
        if current is None:
            return
        for other in self.members[current][1 - side]:
            del self.group_of[1 - side][other]
        self.members[current] = (set(), set())

    def groups(self, upper_count: int, lower_count: int) -> list[Group]:
        found: list[Group] = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in self.members if a and b]
        found += [((i,), ()) for i in range(upper_count) if i not in self.group_of[0]]
        found += [((), (j,)) for j in range(lower_count) if j not in self.group_of[1]]
        return found
