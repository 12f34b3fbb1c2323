"""Signatures' bands in, pairs of sentences that share one out, block by block, so that memory stays with the sentences.

Three arrays a band are all that is kept: the sentences in the order of their band, and for each its place there and
where its partners end. The pairs of a block of sentences are read off them at once; a pair of several bands comes once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Band = NDArray[np.int32]
    Integers = NDArray[np.signedinteger[Any]]

LARGEST_GROUP = 64  # sentences that share a band and are all compared; in a larger group each with the first
SIDES: Final[tuple[Literal["left"], Literal["right"]]] = ("left", "right")
BLOCK = 1_000_000  # pairs in memory at a time, 16 bytes each and as much again to sort them


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """One band: the sentences in the order of their groups; for each its place there and where its partners end."""

    ordered: "NDArray[np.int32]"
    place: "NDArray[np.int32]"
    until: "NDArray[np.int32]"


def find_pairs(bands: "Iterable[Band]", notices: "Numbers") -> "Iterator[Numbers]":
    """Arrays of (first, second), sorted, the first before the second, of two notices. A band has a value a sentence."""
    import numpy as np

    groups = [_group(band) for band in bands]
    for begin, end in _blocks(groups, len(notices)):
        firsts = np.arange(begin, end)
        yield _distinct([_later(one, firsts) for one in groups], notices)


def _blocks(groups: list[Groups], count: int) -> "Iterator[tuple[int, int]]":
    """Ranges of sentences that have about so many pairs together; one sentence may have more by itself."""
    import numpy as np

    pairs = np.zeros(count, dtype=np.int64)
    for one in groups:
        pairs += one.until - one.place - 1
    ends = np.cumsum(pairs)
    begin = 0
    while begin < count:
        done = int(ends[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(ends, done + BLOCK, side="right")), begin + 1)
        yield begin, end
        begin = end


def find_pairs_of(bands: "Iterable[Band]", own: "Numbers", notices: "Numbers") -> "Iterator[Numbers]":
    """The same for the sentences of one notice, with all that share a band, however many."""
    yield _distinct([_around(band, own) for band in bands], notices)


def _group(band: "Band") -> Groups:
    """Sentences with an equal value, in their order. In a large group the first has partners, the others have none."""
    import numpy as np

    ordered = np.argsort(band, kind="stable").astype(np.int32)
    values = band[ordered]
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    sizes = np.diff(np.append(starts, len(values)))
    at = np.arange(len(band), dtype=np.int32)
    stops = np.repeat(starts + sizes, sizes).astype(np.int32)
    closed = np.repeat(sizes > LARGEST_GROUP, sizes)
    closed[starts] = False
    place, until = np.empty_like(ordered), np.empty_like(ordered)
    place[ordered] = at
    until[ordered] = np.where(closed, at + 1, stops)
    return Groups(ordered=ordered, place=place, until=until)


def _later(groups: Groups, firsts: "Numbers") -> "Numbers":
    return _spread(firsts, groups.ordered, groups.place[firsts] + 1, groups.until[firsts])


def _around(band: "Band", own: "Numbers") -> "Numbers":
    import numpy as np

    values = np.unique(band[own])
    others = np.flatnonzero(np.isin(band, values))
    others = others[np.argsort(band[others], kind="stable")]
    begin, end = (np.searchsorted(band[others], band[own], side=side) for side in SIDES)
    found: Numbers = np.sort(_spread(own, others, begin, end), axis=1)
    return found[found[:, 0] < found[:, 1]]


def _spread(firsts: "Numbers", others: "Integers", begin: "Integers", end: "Integers") -> "Numbers":
    """Each of the firsts beside the others from its begin to its end."""
    import numpy as np

    counts = (end - begin).astype(np.int64)
    skipped = np.repeat(np.cumsum(counts) - counts, counts)
    at = np.arange(counts.sum()) - skipped + np.repeat(begin.astype(np.int64), counts)
    return np.column_stack((np.repeat(firsts, counts), others[at].astype(np.int64)))


def _distinct(found: "list[Numbers]", notices: "Numbers") -> "Numbers":
    """Each pair once, in order, without those within one notice."""
    import numpy as np

    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    pairs = pairs[notices[pairs[:, 0]] != notices[pairs[:, 1]]]
    base = max(len(notices), 1)
    keys = np.unique(pairs[:, 0] * base + pairs[:, 1])
    return np.column_stack((keys // base, keys % base))
