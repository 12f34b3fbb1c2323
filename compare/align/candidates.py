"""Vectors in, for each upper sentence the few lower ones worth a look, with their cosines.

An inverted list a feature (Zobel & Moffat 2006); lists longer than `LONGEST_LIST` say little and are left out when
candidates are picked, not when they are scored. This keeps 4,000 × 4,000 sentences near linear.
"""

from dataclasses import dataclass

from compare.align.vectors import Rows

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
    return _score(upper, lower, pairs)


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
        sizes = lengths[columns]
        if not sizes.any():
            continue
        shift = np.repeat(firsts[columns] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        at = np.arange(int(sizes.sum())) + shift
        scores = np.bincount(owners[at], values[at] * np.repeat(rows.values[part], sizes), minlength=size)
        best = np.argpartition(-scores, min(count, size - 1))[:count] if size > count else np.arange(size)
        found += [(row, int(other)) for other in best if scores[other] > 0]
    return found


def _score(upper: Rows, lower: Rows, pairs: set[tuple[int, int]]) -> Cosines:
    import numpy as np

    dense = np.zeros(upper.width)
    cosines: Cosines = {}
    last = -1
    for i, j in sorted(pairs):
        if i != last:
            dense[:] = 0
            part = slice(int(upper.starts[i]), int(upper.starts[i + 1]))
            dense[upper.columns[part]] = upper.values[part]
            last = i
        part = slice(int(lower.starts[j]), int(lower.starts[j + 1]))
        cosines[i, j] = min(1.0, float(dense[lower.columns[part]] @ lower.values[part]))
    return cosines
