"""Two notices in, the pairs of sentences that alone share a long run of characters out.

国家级智能制造示范工厂 in one sentence of either side and in no other says more than an equal sum of money does: runs of
`LENGTH` characters without signs and digits, compared as they are written, so that 国家级 is not 市级.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from compare.align.candidates import Pairs
from compare.align.features import CHARACTER_BITS, code_points
from compare.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HALF = 3  # characters: three code points fill a whole number
LENGTH = 2 * HALF  # characters of a run
FULL = 4  # runs from which the evidence counts in full: a name of nine characters
LETTER = re.compile(r"[^\W\d_]")

Names = tuple[Pairs, "NDArray[np.float64]"]  # pairs of sentences, and 0..1 for each


def shared_names(upper: Sequence[Passage], lower: Sequence[Passage]) -> Names:
    """Only where something is shared that stands nowhere else."""
    import numpy as np

    runs, owners = _runs([passage.text for passage in chain(upper, lower)])
    above, below = _only_places(runs, owners, len(upper))
    total = len(upper) + len(lower)
    codes, counts = np.unique(above * total + below, return_counts=True)
    above, below = np.divmod(codes, max(1, total))
    return (above, below - len(upper)), np.minimum(1.0, counts / FULL)


def _runs(texts: Sequence[str]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """A number for each run, the same for equal ones, and the text it stands in."""
    import numpy as np

    points = code_points("".join(texts))
    text_of = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    seen = np.cumsum(np.append(0, _are_letters(points)))
    starts = np.flatnonzero(seen[LENGTH:] - seen[:-LENGTH] == LENGTH)
    starts = starts[text_of[starts] == text_of[starts + LENGTH - 1]]
    halves = points[:-2] << 2 * CHARACTER_BITS | points[1:-1] << CHARACTER_BITS | points[2:]
    known, numbers = np.unique(halves[np.concatenate((starts, starts + HALF))], return_inverse=True)
    first, second = numbers.reshape(2, -1)
    return first * len(known) + second, text_of[starts]


def _are_letters(points: "NDArray[np.int64]") -> "NDArray[np.bool_]":
    import numpy as np

    table = np.bincount(points) > 0
    known = "".join(map(chr, np.flatnonzero(table).tolist()))
    table[code_points(LETTER.sub("", known))] = False
    return table[points]


def _only_places(
    runs: "NDArray[np.int64]", owners: "NDArray[np.int64]", upper_count: int
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """For each run that one upper sentence and one of those behind, the lower ones, hold alone: these two."""
    import numpy as np

    order = np.argsort(runs)
    runs, owners = runs[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1]))[: len(runs)])
    if not len(starts):
        return owners, owners
    first, last = np.minimum.reduceat(owners, starts), np.maximum.reduceat(owners, starts)
    sizes = np.diff(np.append(starts, len(runs)))
    others = (owners != np.repeat(first, sizes)) & (owners != np.repeat(last, sizes))
    kept = (first < upper_count) & (last >= upper_count) & ~np.logical_or.reduceat(others, starts)
    return first[kept], last[kept]
