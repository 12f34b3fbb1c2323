"""Candidate pairs in, what each is worth as a link out, and with it the one best pairing.

The gap is learned from the pair: what the second-best counterparts, which are none, look like.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from compare.align.assignment import best_pairing
from compare.align.candidates import Candidates, as_pairs, meet
from compare.align.context import Context
from compare.align.names import Names
from compare.align.vectors import Space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALE = 1_000_000
GAP_RANGE = (0.25, 0.42)
GAP_MARGIN = 0.12
LEAST = 0.07  # below this no place or heading makes two sentences counterparts
DISTINCT = 0.1
NAME = 0.25  # for a long name that stands nowhere else
NEIGHBOURS = 3
THIN = 0.06  # taken off where next to no telling word is shared
FEW = 0.34  # share of the telling words of the shorter sentence that lifts this
LIKE = 0.4  # similarity from which it is lifted too
FULL = 0.15  # similarity from which standing out counts in full


def learn_gap(candidates: Candidates) -> float:
    """The similarity two unrelated sentences of this pair rarely reach."""
    import numpy as np

    values = candidates.cosines
    best = [_largest(values, side, size) for side, size in zip(candidates.pairs, candidates.shape, strict=True)]
    behind = (values < best[0][candidates.upper]) & (values < best[1][candidates.lower])
    seconds = _largest(values[behind], candidates.upper[behind], candidates.shape[0])
    seconds = np.sort(seconds[seconds > 0])
    if not len(seconds):
        return GAP_RANGE[0]
    return min(GAP_RANGE[1], max(GAP_RANGE[0], float(seconds[len(seconds) * 9 // 10]) + GAP_MARGIN))


def _largest(values: "NDArray[np.float64]", owners: "NDArray[np.int64]", size: int) -> "NDArray[np.float64]":
    """By owner, 0 for one without values."""
    import numpy as np

    found = np.zeros(size)
    np.maximum.at(found, owners, values)
    return found


def distinctions(candidates: Candidates) -> "NDArray[np.float64]":
    """How far a pair stands out from its rivals: margin-based scoring (Artetxe & Schwenk 2019), -1 to 1.

    What is little alike counts if nothing else comes near; what is fairly alike counts less among many such.
    """
    import numpy as np

    values = candidates.cosines
    rivals = [_rivals(values, side, size) for side, size in zip(candidates.pairs, candidates.shape, strict=True)]
    around = (rivals[0] + rivals[1]) / (2 * NEIGHBOURS)
    return (values - around) / (values + around) * np.minimum(1.0, values / FULL)


def _rivals(values: "NDArray[np.float64]", owners: "NDArray[np.int64]", size: int) -> "NDArray[np.float64]":
    """For each pair the sum of what its owner's nearest others have."""
    import numpy as np

    order = np.lexsort((-values, owners))
    counts = np.bincount(owners, minlength=size)
    rank = np.arange(len(values)) - np.repeat(np.cumsum(counts) - counts, counts)
    near, nearer = order[rank <= NEIGHBOURS], order[rank < NEIGHBOURS]
    least = np.full(size, np.inf)
    np.minimum.at(least, owners[near], values[near])
    with_own, others = (np.bincount(owners[at], values[at], size)[owners] for at in (near, nearer))
    return np.where(values >= least[owners], with_own - values, others)


def weigh(candidates: Candidates, space: Space) -> "NDArray[np.float64]":
    """Cosines, less where the likeness is one of common characters and not of words that tell."""
    import numpy as np

    shared = meet(*space.content, candidates.pairs)
    counts = [rows.sizes()[side] for rows, side in zip(space.content, candidates.pairs, strict=True)]
    smaller = np.minimum(*counts)
    thinness = np.maximum(0.0, 1 - shared / np.maximum(1, smaller) / FEW)
    return candidates.cosines - THIN * np.where((candidates.cosines < LIKE) & (smaller > 0), thinness, 0.0)


class Gains:
    """What each candidate pair is worth; only what the context has learned changes from round to round."""

    def __init__(self, candidates: Candidates, evidence: "NDArray[np.float64]", names: Names, context: Context) -> None:
        import numpy as np

        self.candidates = candidates
        self.context = context
        self.likely = evidence >= LEAST
        self.fixed = evidence + DISTINCT * distinctions(candidates) + context.standing(candidates.pairs)
        self.names = np.zeros(len(candidates))
        at = candidates.find(names[0])
        self.names[at[at >= 0]] = NAME * names[1][at >= 0]

    def best_pairs(self, gap: float) -> Candidates:
        """Names decide between counterparts; they make none."""
        import numpy as np

        gains = self.fixed + self.context.learned(self.candidates.pairs) - gap
        worth = np.where(self.likely & (gains > 0), gains + self.names, 0.0)
        worth = (worth * SCALE).round().astype(np.int64)
        at = np.flatnonzero(worth > 0)
        upper, lower = self.candidates.upper[at], self.candidates.lower[at]
        edges = list(zip(lower.tolist(), worth[at].tolist(), strict=True))
        bounds = np.searchsorted(upper, np.arange(self.candidates.shape[0] + 1)).tolist()
        rows = [edges[first:end] for first, end in pairwise(bounds)]
        found = best_pairing(rows, self.candidates.shape[1])
        paired = as_pairs((i, j) for i, j in enumerate(found) if j is not None)
        return self.candidates.chosen(self.candidates.find(paired))
