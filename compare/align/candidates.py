"""Vectors in, for each sentence the few of the other side worth a look, with their cosines.

An inverted list a feature (Zobel & Moffat 2006); one longer than `LONGEST_LIST` on either side says little and is left
out when candidates are picked, not when they are scored. This keeps 4,000 × 4,000 sentences near linear.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from compare.align.vectors import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_LIST = 128
CELLS = 1 << 12  # sums made at once: what they are made of must fit the processor's cache
BATCH = 64  # such pieces looked at together
DENSE = 1 << 18  # values of upper rows laid out at once

Pairs = tuple["NDArray[np.int64]", "NDArray[np.int64]"]  # positions of upper and of lower sentences
Group = tuple[tuple[int, ...], tuple[int, ...]]  # upper and lower sentences, ascending


def as_pairs(pairs: Iterable[tuple[int, int]]) -> Pairs:
    import numpy as np

    upper, lower = np.array(list(pairs), dtype=np.int64).reshape(-1, 2).T
    return upper, lower


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of sentences, by upper and then by lower position, each with its cosine, above zero."""

    upper: "NDArray[np.int64]"
    lower: "NDArray[np.int64]"
    cosines: "NDArray[np.float64]"
    shape: tuple[int, int]  # sentences on either side

    @property
    def pairs(self) -> Pairs:
        return self.upper, self.lower

    def __len__(self) -> int:
        return len(self.cosines)

    def by_pair(self) -> dict[tuple[int, int], float]:
        pairs = zip(self.upper.tolist(), self.lower.tolist(), strict=True)
        return dict(zip(pairs, self.cosines.tolist(), strict=True))

    def chosen(self, which: "slice | NDArray[np.int64] | NDArray[np.bool_]") -> "Candidates":
        """Some of them, in order."""
        return replace(self, upper=self.upper[which], lower=self.lower[which], cosines=self.cosines[which])

    def find(self, pairs: Pairs) -> "NDArray[np.int64]":
        """Where the pairs stand, -1 for none."""
        import numpy as np

        if not len(self):
            return np.full(len(pairs[0]), -1)
        codes, wanted = (upper * self.shape[1] + lower for upper, lower in (self.pairs, pairs))
        at = np.minimum(np.searchsorted(codes, wanted), len(self) - 1)
        return np.where(codes[at] == wanted, at, -1)


def find_candidates(upper: Rows, lower: Rows, count: int) -> Candidates:
    """The `count` nearest of each sentence on either side, from rows of unit length."""
    import numpy as np

    shape = len(upper), len(lower)
    frequent = np.maximum(upper.spread(), lower.spread()) > LONGEST_LIST
    if frequent.any():
        pairs, sums = _nearest(upper.kept(~frequent), lower.kept(~frequent), count)
        sums = sums + meet(upper.kept(frequent), lower.kept(frequent), pairs)
    else:
        pairs, sums = _nearest(upper, lower, count)
    return Candidates(upper=pairs[0], lower=pairs[1], cosines=np.minimum(sums, 1.0), shape=shape)


def _nearest(upper: Rows, lower: Rows, count: int) -> "tuple[Pairs, NDArray[np.float64]]":
    """Each sentence with its nearest, and the sums of their products."""
    import numpy as np

    rivals = np.zeros((len(lower), 0), dtype=np.int64)  # of each lower sentence the nearest so far
    sums_of = np.zeros(rivals.shape)
    found = [(rivals.ravel(), rivals.ravel(), sums_of.ravel())]
    for rows, sums in _batches(_products(upper, lower)):
        at = _largest(sums, count)
        found.append((np.repeat(rows, at.shape[1]), at.ravel(), np.take_along_axis(sums, at, 1).ravel()))
        rivals = np.concatenate((rivals, np.broadcast_to(rows, (len(lower), len(rows)))), axis=1)
        sums_of = np.concatenate((sums_of, sums.T), axis=1)
        at = _largest(sums_of, count)
        rivals, sums_of = np.take_along_axis(rivals, at, 1), np.take_along_axis(sums_of, at, 1)
    found.append((rivals.ravel(), np.repeat(np.arange(len(lower)), rivals.shape[1]), sums_of.ravel()))
    above, below, sums = map(np.concatenate, zip(*found, strict=True))
    codes, first = np.unique((above * len(lower) + below)[sums > 0], return_index=True)
    return np.divmod(codes, max(1, len(lower))), sums[sums > 0][first]


def _batches(
    pieces: "Iterator[NDArray[np.float64]]",
) -> "Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]":
    """Several pieces together, with the numbers of their rows."""
    import numpy as np

    seen = 0
    while batch := list(islice(pieces, BATCH)):
        sums = np.concatenate(batch)
        yield np.arange(seen, seen + len(sums), dtype=np.int64), sums
        seen += len(sums)


def _largest(sums: "NDArray[np.float64]", count: int) -> "NDArray[np.int64]":
    """Columns of the `count` largest of each row."""
    import numpy as np

    if sums.shape[1] <= count:
        return np.broadcast_to(np.arange(sums.shape[1]), sums.shape)
    return np.argpartition(-sums, count, axis=1)[:, :count]


def _products(upper: Rows, lower: Rows) -> "Iterator[NDArray[np.float64]]":
    """A few upper rows at a time, the sums of their products with each lower row."""
    import numpy as np

    order = np.argsort(lower.columns, kind="stable")
    owners, values = lower.owners()[order], lower.values[order]
    lists = np.concatenate(([0], np.cumsum(lower.spread())))
    lines = upper.owners() * len(lower)
    step = max(1, CELLS // max(1, len(lower)))
    for first in range(0, len(upper), step):
        count = min(step, len(upper) - first)
        part = slice(upper.starts[first], upper.starts[first + count])
        at, sizes = _entries(lists[upper.columns[part]], lists[upper.columns[part] + 1])
        cells = owners[at] + np.repeat(lines[part] - first * len(lower), sizes)
        sums = np.bincount(cells, values[at] * np.repeat(upper.values[part], sizes), count * len(lower))
        yield sums.reshape(count, len(lower)).astype(np.float64, copy=False)


def meet(upper: Rows, lower: Rows, pairs: Pairs, combine: "np.ufunc | None" = None) -> "NDArray[np.float64]":
    """For each pair, by upper row, the sum of the products of what both hold; or of what `combine` makes of the two.

    What one of the two lacks is 0 to `combine`, and must give 0.
    """
    import numpy as np

    step = max(1, min(len(upper), DENSE // max(1, upper.width)))
    dense, owners = np.zeros(step * upper.width), upper.owners()
    found = [np.zeros(0)]
    for first in range(0, len(upper), step):
        part = slice(upper.starts[first], upper.starts[min(first + step, len(upper))])
        own = slice(*np.searchsorted(pairs[0], (first, first + step)))
        above, below = pairs[0][own] - first, pairs[1][own]
        held = (owners[part] - first) * upper.width + upper.columns[part]
        dense[held] = upper.values[part]
        at, sizes = _entries(lower.starts[below], lower.starts[below + 1])
        met = (combine or np.multiply)(
            dense[np.repeat(above * upper.width, sizes) + lower.columns[at]], lower.values[at]
        )
        found.append(np.add.reduceat(np.append(met, 0.0), np.cumsum(sizes) - sizes) * (sizes > 0))
        dense[held] = 0.0
    return np.concatenate(found)


def _entries(starts: "NDArray[np.int64]", ends: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Several ranges of indexes in a row, and their sizes."""
    import numpy as np

    sizes = ends - starts
    return np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes), sizes
