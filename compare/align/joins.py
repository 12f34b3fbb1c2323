"""Pairs in, groups out: sentences left alone are joined to the sentence on the other side that holds them.

A part belongs to a group when most of it, by weight, stands in the other side and is not yet taken by the group's
own sentences, and when both sides together are more alike with it than without.
"""

from compare.align.candidates import Cosines
from compare.align.context import Context
from compare.align.vectors import Rows, Space, add, cosine, covered

Group = tuple[tuple[int, ...], tuple[int, ...]]

NEAR_COVER, FAR_COVER = 0.45, 0.62  # share of the part that the other side must hold; beside the group, elsewhere
WEAK = 0.5  # below this a pair may be given up for a join
BETTER = 0.02  # the least gain in similarity


def join_parts(pairs: dict[int, int], space: Space, context: Context, cosines: Cosines) -> list[Group]:
    joiner = _Joiner(pairs, space, cosines)
    for side in (0, 1):
        joiner.attach_loners(side)
    return joiner.groups(len(context.upper), len(context.lower))


def _worded(rows: Rows) -> list[dict[int, float]]:
    return [{f: weight for f, weight in bag.items() if f not in rows.figures} for bag in rows.bags]


class _Joiner:
    """Groups under construction. Side 0 is the upper notice, side 1 the lower one.

    Figures are left out: a part whose number was changed is still that part.
    """

    def __init__(self, pairs: dict[int, int], space: Space, cosines: Cosines) -> None:
        self.bags = (_worded(space.upper), _worded(space.lower))
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
        for loner in range(len(self.bags[side])):
            current = self.group_of[side].get(loner)
            if current is not None and not self._is_weak(current):
                continue
            at = self._best_group(side, loner, current)
            if at is not None:
                self._leave(side, current)
                self.members[at][side].add(loner)
                self.group_of[side][loner] = at

    def _is_weak(self, at: int) -> bool:
        upper, lower = self.members[at]
        return len(upper) == len(lower) == 1 and self._similarity(at) < WEAK

    def _similarity(self, at: int, side: int = 0, extra: tuple[int, ...] = ()) -> float:
        sides = [set(members) for members in self.members[at]]
        sides[side].update(extra)
        upper, lower = (add(self.bags[s][k] for k in sorted(sides[s])) for s in (0, 1))
        return cosine(upper, lower)

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
                and self._similarity(at, side, (loner,)) > self._similarity(at) + BETTER
            ):
                best, best_cover = at, cover
        return best

    def _cover(self, side: int, loner: int, at: int) -> float:
        members = self.members[at]
        whole = add(self.bags[1 - side][k] for k in sorted(members[1 - side]))
        taken = add(self.bags[side][k] for k in sorted(members[side]))
        return covered(self.bags[side][loner], whole, taken)

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
