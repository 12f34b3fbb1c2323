"""Two notices in, the pairs of sentences that alone share a long run of characters out.

国家级智能制造示范工厂 in one sentence of either side and in no other says more than an equal sum of money does: runs of
`LENGTH` characters without signs and digits, compared as they are written, so that 国家级 is not 市级.
"""

import re
from collections import Counter
from collections.abc import Sequence

from compare.passages import Passage

LENGTH = 6  # characters of a run
FULL = 4  # runs from which the evidence counts in full: a name of nine characters
WORDS = re.compile(rf"[^\W\d_]{{{LENGTH},}}")

Shared = dict[tuple[int, int], float]


def shared_names(upper: Sequence[Passage], lower: Sequence[Passage]) -> Shared:
    """(upper, lower) -> 0..1, only where something is shared that stands nowhere else."""
    above, below = _only_places(upper), _only_places(lower)
    found = Counter((above[run], below[run]) for run in above.keys() & below.keys())
    return {pair: min(1.0, count / FULL) for pair, count in found.items()}


def _only_places(passages: Sequence[Passage]) -> dict[str, int]:
    """Each run that stands in one sentence alone, with that sentence."""
    places: dict[str, int] = {}
    for at, passage in enumerate(passages):
        for run in _runs(passage.text):
            places[run] = at if places.get(run, at) == at else -1
    return {run: at for run, at in places.items() if at >= 0}


def _runs(text: str) -> set[str]:
    return {
        match.group()[at : at + LENGTH]
        for match in WORDS.finditer(text)
        for at in range(match.end() - match.start() - LENGTH + 1)
    }
