"""以40平方米为主，最大60平方米: the usual value and the ceiling beside it. Neither answers the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.changes.joined import Joined
from compare.changes.numbers import Number
from compare.changes.pair import Pair
from extract.notice import Bound

BEFORE = re.compile(r"(?:一般|通常|平均)[^，；。、\d]{0,2}\Z")
BEHIND = re.compile(r"(?:左右|上下)?为[主宜]")


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual values and the ceilings of each side, where both sides have one of each and no other."""

    usual: frozenset[Number] = frozenset()
    ceilings: frozenset[Number] = frozenset()

    def are_other(self, upper: Number, lower: Number) -> bool:
        if not self.usual:
            return False
        return (upper in self.usual and lower in self.ceilings) or (upper in self.ceilings and lower in self.usual)

    def are_same(self, upper: Number, lower: Number) -> bool:
        return bool(self.usual) and any(upper in both and lower in both for both in (self.usual, self.ceilings))


def find_usual(pair: Pair, above: Sequence[Number], below: Sequence[Number]) -> Usual:
    sides = _both(pair.upper, above), _both(pair.lower, below)
    if not all(sides):
        return Usual()
    found = [both for both in sides if both]
    return Usual(frozenset(usual for usual, _ in found), frozenset(ceiling for _, ceiling in found))


def _both(joined: Joined, numbers: Sequence[Number]) -> tuple[Number, Number] | None:
    usual = [number for number in numbers if number.amount and _is_usual(joined, number)]
    ceilings = [number for number in numbers if number.amount and number.amount.bound is Bound.MAX]
    return (usual[0], ceilings[0]) if len(usual) == len(ceilings) == 1 and usual != ceilings else None


def _is_usual(joined: Joined, number: Number) -> bool:
    return BEFORE.search(number.before) is not None or BEHIND.match(joined.text, number.span.end) is not None
