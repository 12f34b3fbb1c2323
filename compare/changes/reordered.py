"""wording: the same words at another place of the same unit; a list is a set with an order."""

import re
from collections.abc import Iterator

from compare.changes.difference import Difference
from compare.changes.pair import Finding, Pair
from compare.comparison import ChangeType

ITEM_BREAKS = re.compile(r"[、，；和及与]|以及")
MOVED = "语序调整，内容不变。"
SIGNS = re.compile(r"[\W_]+")


def find_reordered(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    yield from _moved(pair, found)
    for difference in found:
        if difference.one_sided:
            continue
        items = [
            sorted(part for part in ITEM_BREAKS.split(joined.quote(span)) if part)
            for joined, span in ((pair.upper, difference.upper), (pair.lower, difference.lower))
        ]
        if items[0] == items[1]:
            yield _finding(difference, difference)


def _moved(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """What was taken out here and put in there."""
    added = [d for d in found if d.upper.start == d.upper.end]
    for removed in (d for d in found if d.lower.start == d.lower.end):
        words = SIGNS.sub("", pair.upper.quote(removed.upper))
        same = next((d for d in added if SIGNS.sub("", pair.lower.quote(d.lower)) == words), None)
        if same and len(words) > 1:
            added.remove(same)
            yield _finding(removed, same)


def _finding(removed: Difference, added: Difference) -> Finding:
    return Finding(type=ChangeType.WORDING, upper=removed.upper, lower=added.lower, detail=MOVED)
