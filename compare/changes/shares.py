"""One number for several, where the other side gives each its own: 甲、乙每月2次 and 甲每月1次，乙每周1次.

The number without counterpart answers the common one too: it is no new one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.changes.joined import Joined
from compare.changes.numbers import Number
from compare.changes.pair import Pair
from compare.changes.pairing import Match, Numbers, is_comparable

STOPS = "。；"
SIGN = re.compile(r"[、和及与]")
EDGE = re.compile(r"[，：]")
TOTAL = re.compile(r"共|合计|总")
NAME = 2  # characters of a name that stand on both sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A number that had no counterpart, with the common one; `sibling` is the pair that took the common one."""

    upper: Number
    lower: Number
    sibling: Match
    of_total: bool  # the common one is the sum for all: which is more cannot be said


def find_shares(pair: Pair, matches: Sequence[Match], left: Numbers) -> Iterator[Share]:
    for number in left.below:
        common = [match for match in matches if _share(pair.upper, match[0], pair.lower, (number, match[1]))]
        if len(common) == 1:
            yield _of(common[0], common[0][0], upper=common[0][0], lower=number)
    for number in left.above:
        common = [match for match in matches if _share(pair.lower, match[1], pair.upper, (number, match[0]))]
        if len(common) == 1:
            yield _of(common[0], common[0][1], upper=number, lower=common[0][1])


def _of(sibling: Match, common: Number, *, upper: Number, lower: Number) -> Share:
    return Share(upper=upper, lower=lower, sibling=sibling, of_total=TOTAL.search(common.before) is not None)


def _share(joined: Joined, common: Number, other: Joined, siblings: tuple[Number, Number]) -> bool:
    """Whether each of two numbers is for another item of the list that the common one is for."""
    if not all(is_comparable(common, sibling) for sibling in siblings):
        return False
    texts = [_before(other, sibling) for sibling in siblings]
    start = max(joined.text.rfind(stop, 0, common.span.start) for stop in STOPS) + 1
    for clause in EDGE.split(joined.text[start : common.span.start]):
        items = SIGN.split(clause)
        owners = [_owner(items, text) for text in texts] if len(items) > 1 else []
        if owners and None not in owners and owners[0] != owners[1]:
            return True
    return False


def _before(joined: Joined, number: Number) -> str:
    """Its segment up to the number, without the number before it."""
    start = joined.segment_at(number.span.start).start
    ends = [span.end for span, _ in joined.amounts if start <= span.start and span.end <= number.span.start]
    return joined.text[max([start, *ends]) : number.span.start]


def _owner(items: Sequence[str], text: str) -> str | None:
    """The item that most of stands in a text, if one does before all others.

    Words may stand before the name in the first item, and behind it in the last: 建立[留守儿童]、[独居老人]探访制度.
    """
    first, *others = items
    sizes = [(_tail_in(first, text), first), *((_head_in(item, text), item) for item in others)]
    sizes.sort(reverse=True)
    return sizes[0][1] if sizes[0][0] >= NAME and sizes[0][0] > sizes[1][0] else None


def _tail_in(item: str, text: str) -> int:
    return next((len(item) - at for at in range(len(item)) if item[at:] in text), 0)


def _head_in(item: str, text: str) -> int:
    return next((end for end in range(len(item), 0, -1) if item[:end] in text), 0)
