"""Numbers of two texts in, those out that are for what only the two of them name: 重度残疾人家庭, 大型项目.

Of several numbers of one kind, words that stand before one alone tell whose it is, in whatever order they are listed.
"""

import re
from collections.abc import Callable, Sequence

from compare.changes.numbers import Number

ITEM_SIGNS = re.compile(r"[，、；。：]")
LEAST = 2  # pairs of characters that two labels have in common: three letters in a row, or two words
DIGIT = re.compile(r"\d")
SEVERAL = 2
SHORT = 3  # letters; an item with fewer is named in the one before it: 门诊报销，比例[50%]

Match = tuple[Number, Number]
Pairs = frozenset[str]


def named_alike(
    above: Sequence[Number],
    below: Sequence[Number],
    comparable: Callable[[Number, Number], bool],
    pairs_of: Callable[[str], Pairs],
) -> frozenset[Match]:
    """`pairs_of` gives the pairs of characters of a text, figures and bounds apart."""
    if min(len(above), len(below)) < SEVERAL:
        return frozenset()
    own, other = _labels(above, pairs_of), _labels(below, pairs_of)
    common = {(a, b): len(own[a] & other[b]) for a in above for b in below if own[a] and other[b] and comparable(a, b)}
    return frozenset(match for match, size in common.items() if size >= LEAST and _is_best(match, size, common))


def _is_best(match: Match, size: int, common: dict[Match, int]) -> bool:
    rivals = (other for other in common if other != match and (other[0] == match[0] or other[1] == match[1]))
    return all(common[other] < size for other in rivals)


def _labels(numbers: Sequence[Number], pairs_of: Callable[[str], Pairs]) -> dict[Number, Pairs]:
    """The pairs of characters that stand before one number of a text alone."""
    items = {number: _item(number) for number in numbers}
    words = {number: pairs_of(item + number.quote) for number, item in items.items()}
    return {
        number: frozenset()
        if DIGIT.search(items[number])  # 1项国际级赛事、3项国家级赛事: what stands between is counted before
        else words[number] - frozenset[str]().union(*(words[other] for other in numbers if other is not number))
        for number in numbers
    }


def _item(number: Number) -> str:
    *_, before, last = ITEM_SIGNS.split(f"{number.subject}，{number.before}")
    return last if sum(map(str.isalpha, last)) >= SHORT else f"{before}，{last}"
