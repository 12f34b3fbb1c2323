"""Vectors in, for each upper sentence the few lower ones worth a look, with their cosines.

An inverted list a feature (Zobel & Moffat 2006); lists longer than `LONGEST_LIST` say little and are left out when
candidates are picked, not when they are scored. This keeps 4,000 × 4,000 sentences near linear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from compare.align.vectors import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_LIST = 128

Cosines = dict[tuple[int, int], float]


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The cosines of each sentence of either side, by position of the other sentence."""

    upper: dict[int, dict[int, float]]
    lower: dict[int, dict[int, float]]


def neighbours(cosines: Cosines) -> Neighbours:
    upper: dict[int, dict[int, float]] = {}
    lower: dict[int, dict[int, float]] = {}
    for (i, j), value in cosines.items():
        upper.setdefault(i, {})[j] = value
        lower.setdefault(j, {})[i] = value
    return Neighbours(upper=upper, lower=lower)


def find_candidates(upper: Rows, lower: Rows, count: int) -> Cosines:
    """The `count` nearest of each sentence on either side, as (upper, lower) -> cosine above zero."""
    pairs = set(_nearest(upper, lower, count))
    pairs.update((i, j) for j, i in _nearest(lower, upper, count))
    return score(upper, lower, pairs)


def _nearest(rows: Rows, others: Rows, count: int) -> list[tuple[int, int]]:
    import numpy as np

    size = len(others.starts) - 1
    if not size:
        return []
    owners = np.repeat(np.arange(size), np.diff(others.starts))
    order = np.argsort(others.columns, kind="stable")
    owners, values = owners[order], others.values[order]
    firsts = np.searchsorted(others.columns[order], np.arange(others.width + 1))
    lengths = np.diff(firsts)
    lengths[lengths > LONGEST_LIST] = 0
    found: list[tuple[int, int]] = []
    for row in range(len(rows.starts) - 1):
        part = slice(int(rows.starts[row]), int(rows.starts[row + 1]))
        columns = rows.columns[part]
        at, sizes = _entries(firsts[columns], firsts[columns] + lengths[columns])
        if not len(at):
            continue
        scores = np.bincount(owners[at], values[at] * np.repeat(rows.values[part], sizes), minlength=size)
        best = np.argpartition(-scores, min(count, size - 1))[:count] if size > count else np.arange(size)
        found += [(row, other) for other in best[scores[best] > 0].tolist()]
    return found


def score(upper: Rows, lower: Rows, pairs: Iterable[tuple[int, int]]) -> Cosines:
    """The cosines of the pairs of rows named, by upper row."""
    import numpy as np

    dense = np.zeros(upper.width)
    cosines: Cosines = {}
    for i, group in groupby(sorted(pairs), key=itemgetter(0)):
        part = slice(int(upper.starts[i]), int(upper.starts[i + 1]))
        dense[upper.columns[part]] = upper.values[part]
        rows = np.array([j for _, j in group])
        at, sizes = _entries(lower.starts[rows], lower.starts[rows + 1])
        products = np.append(dense[lower.columns[at]] * lower.values[at], 0.0)
        sums = np.add.reduceat(products, np.cumsum(sizes) - sizes) * (sizes > 0)
        cosines.update(zip(((i, j) for j in rows.tolist()), np.minimum(sums, 1.0).tolist(), strict=True))
        dense[upper.columns[part]] = 0.0
    return cosines


def _entries(starts: "NDArray[np.int64]", ends: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Several ranges of indexes in a row, and their sizes."""
    import numpy as np

    sizes = ends - starts
    return np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes), sizes
