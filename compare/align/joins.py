"""Pairs in, groups out: sentences left alone are joined to the sentence on the other side that holds them.

A part belongs to a group when most of it, by weight, stands in the other side and is not yet taken by the group's
own sentences, and when both sides together are more alike with it than without. What is still alone joins a sentence
beside which it answers a clause of the other side (clauses).
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from compare.align.candidates import Candidates, Group, Pairs, meet
from compare.align.clauses import REACH, Clauses
from compare.align.vectors import Bag, Space, add, cosine, covered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR_COVER, FAR_COVER = 0.45, 0.62  # share of the part that the other side must hold; beside the group, elsewhere
WEAK = 0.5  # below this a pair may be given up for a join
BETTER = 0.02  # the least gain in similarity
ROUNDING = 1e-9


def join_parts(pairs: Pairs, space: Space, candidates: Candidates, clauses: Clauses) -> list[Group]:
    """Pairs stand by upper position."""
    joiner = _Joiner(pairs, space, candidates)
    for side in (0, 1):
        joiner.attach_loners(side)
    for side in (0, 1):
        joiner.attach_answers(side, clauses)
    return joiner.groups()


class _Joiner:
    """Groups under construction. Side 0 is the upper notice, side 1 the lower one.

    Figures are left out: a part whose number was changed is still that part.
    """

    def __init__(self, pairs: Pairs, space: Space, candidates: Candidates) -> None:
        self.rows = space.worded
        self.bag = tuple(cache(rows.bag) for rows in self.rows)
        self._sums: dict[tuple[int, int], Bag] = {}  # by group and side
        places = [side.tolist() for side in pairs]
        self.members: list[tuple[set[int], set[int]]] = [({i}, {j}) for i, j in zip(*places, strict=True)]
        self.group_of: tuple[dict[int, int], ...] = tuple({k: at for at, k in enumerate(side)} for side in places)
        self.joined: tuple[set[int], set[int]] = (set(), set())  # groups of several sentences on a side
        upper, lower = (rows.unit() for rows in self.rows)
        weak = meet(upper, lower, pairs) < WEAK
        self.weak = weak.tolist()
        self.near = self._find_near(candidates, [side[~weak] for side in pairs])

    def _find_near(
        self, candidates: Candidates, settled: "Sequence[NDArray[np.int64]]"
    ) -> tuple[dict[int, dict[int, float]], ...]:
        """By side, for each sentence not settled its candidates, each with the share of the sentence that it holds."""
        import numpy as np

        free = [np.ones(len(rows), dtype=bool) for rows in self.rows]
        for side, done in enumerate(settled):
            free[side][done] = False
            free[side] = free[side][candidates.pairs[side]]
        kept = free[0] | free[1]
        pairs = candidates.upper[kept], candidates.lower[kept]
        shared = meet(*self.rows, pairs, np.minimum)
        found: tuple[dict[int, dict[int, float]], ...] = ({}, {})
        for side, rows in enumerate(self.rows):
            weights = rows.sums(rows.values)
            shares = shared / np.where(weights > 0, weights, 1.0)[pairs[side]]
            own = free[side][kept]
            table = pairs[side][own].tolist(), pairs[1 - side][own].tolist(), shares[own].tolist()
            for one, other, share in zip(*table, strict=True):
                found[side].setdefault(one, {})[other] = share
        return found

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
        found = clauses.answers(side, loner, own, others) if len(others) == 1 else 0.0
        return found or clauses.answers_figure(side, loner, own, others)

    def _add(self, side: int, loner: int, at: int) -> None:
        self.members[at][side].add(loner)
        self.joined[side].add(at)
        self._sums.pop((at, side), None)
        self.group_of[side][loner] = at

    def _is_weak(self, at: int) -> bool:
        upper, lower = self.members[at]
        return len(upper) == len(lower) == 1 and self.weak[at]

    def _similarity(self, at: int, side: int = 0, extra: int | None = None) -> float:
        sums = [self._sum(at, 0), self._sum(at, 1)]
        if extra is not None:
            sums[side] = add((sums[side], self.bag[side](extra)))
        return cosine(*sums)

    def _sum(self, at: int, side: int) -> Bag:
        """The bag of a group's sentences on one side."""
        if (at, side) not in self._sums:
            self._sums[at, side] = add(map(self.bag[side], sorted(self.members[at][side])))
        return self._sums[at, side]

    def _best_group(self, side: int, loner: int, current: int | None) -> int | None:
        best, best_cover = None, 0.0
        for at, most in self._holders(side, loner):
            beside = bool({loner - 1, loner + 1} & self.members[at][side])
            needed = NEAR_COVER if beside and current is None else FAR_COVER
            if at == current or most < max(needed, best_cover) - ROUNDING:
                continue
            cover = self._cover(side, loner, at)
            if (
                cover >= needed
                and cover > best_cover
                and self._similarity(at, side, loner) > self._similarity(at) + BETTER
            ):
                best, best_cover = at, cover
        return best

    def _holders(self, side: int, loner: int) -> list[tuple[int, float]]:
        """Groups of its candidates that may hold enough of a sentence, with the most they may hold.

        That is no more than their sentences do one by one; one that is no candidate may hold all.
        """
        shares = self.near[side].get(loner, {})
        home = self.group_of[1 - side].get
        found = {home(k) for k, share in shares.items() if share >= NEAR_COVER - ROUNDING}
        found |= self.joined[1 - side] & set(map(home, shares))
        groups = sorted(at for at in found if at is not None)
        return [(at, sum(shares.get(k, 1.0) for k in self.members[at][1 - side])) for at in groups]

    def _cover(self, side: int, loner: int, at: int) -> float:
        return covered(self.bag[side](loner), self._sum(at, 1 - side), self._sum(at, side))

    def _leave(self, side: int, current: int | None) -> None:
        if current is None:
            return
        for other in self.members[current][1 - side]:
            del self.group_of[1 - side][other]
        self.members[current] = (set(), set())

    def groups(self) -> list[Group]:
        found: list[Group] = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in self.members if a and b]
        found += [((i,), ()) for i in range(len(self.rows[0])) if i not in self.group_of[0]]
        found += [((), (j,)) for j in range(len(self.rows[1])) if j not in self.group_of[1]]
        return found
