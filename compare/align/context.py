"""Evidence from around two sentences: headings, sections, neighbours, order. It decides between like candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from compare.align.candidates import Cosines
from compare.localisation import Localiser
from compare.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOUBT = 600  # thousandths of similarity that two sections must share to be half believed
SURE = 0.4  # similarity of a pair that may vouch for its neighbours
HEADING, SECTION, NEIGHBOUR, ORDER = 0.05, 0.16, 0.08, 0.03


class Context:
    """Knows where the sentences stand and, after `learn`, which sections answer each other."""

    def __init__(self, upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> None:
        self.upper = upper
        self.lower = lower
        self._telling = _telling(upper), _telling(lower)
        grams = cache(lambda heading: _grams(localiser.fold(heading)))
        alikeness = cache(lambda a, b: _alikeness(grams(a), grams(b)))
        # Sentences that stand under the same headings are asked for together.
        self._headings = cache(lambda above, below: max((alikeness(a, b) for a in above for b in below), default=0.0))
        self._sections: dict[tuple[str, str], float] = {}
        self._pairs: dict[int, int] = {}
        self._cosines: Cosines = {}

    def learn(self, pairs: dict[int, int], cosines: Cosines) -> None:
        """Sections answer each other as far as their sentences are paired, weighted by similarity."""
        self._pairs = pairs
        self._cosines = cosines
        shared: Counter[tuple[str, str]] = Counter()
        upper_sum: Counter[str] = Counter()
        lower_sum: Counter[str] = Counter()
        for i, j in sorted(pairs.items()):
            weight = round(cosines[i, j] * 1000)
            above, below = self.upper[i].section, self.lower[j].section
            shared[above, below] += weight
            upper_sum[above] += weight
            lower_sum[below] += weight
        self._sections = {
            (a, b): weight / (min(upper_sum[a], lower_sum[b]) + DOUBT) for (a, b), weight in shared.items()
        }

    def standing(self, pairs: Sequence[tuple[int, int]]) -> "NDArray[np.float64]":
        """What headings and places say of each pair, whatever else is paired."""
        import numpy as np

        return np.array([HEADING * self.headings(i, j) + ORDER * self.order(i, j) for i, j in pairs])

    def learned(self, pairs: Sequence[tuple[int, int]]) -> "NDArray[np.float64]":
        """What the pairs learned from say of each pair."""
        import numpy as np

        sections = np.array([self.section(i, j) for i, j in pairs])
        return SECTION * sections + NEIGHBOUR * self._neighbours(*np.array(pairs).T)

    def headings(self, i: int, j: int) -> float:
        """The best likeness between a heading above one and a heading above the other."""
        return self._headings(self._telling[0][i], self._telling[1][j])

    def section(self, i: int, j: int) -> float:
        return self._sections.get((self.upper[i].section, self.lower[j].section), 0.0)

    def _neighbours(self, rows: "NDArray[np.int64]", columns: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """How surely the two sentences beside one are paired with those beside the other."""
        import numpy as np

        partner, trust = np.full(len(self.upper) + 2, -2), np.zeros(len(self.upper) + 2)  # one more at either end
        for i, j in self._pairs.items():
            partner[i + 1], trust[i + 1] = j, min(1.0, self._cosines[i, j] / SURE)
        beside = [np.where(partner[rows + 1 + s] == columns + s, trust[rows + 1 + s], 0.0) for s in (-1, 1)]
        return (beside[0] + beside[1]) / 2

    def order(self, i: int, j: int) -> float:
        """1 at the same relative place, 0 at opposite ends."""
        return 1.0 - abs(i / max(1, len(self.upper) - 1) - j / max(1, len(self.lower) - 1))

    def evidence(self, upper: Iterable[int], lower: Iterable[int]) -> dict[str, float]:
        """What speaks for a link, each 0..1, for a report."""
        ups, lows = list(upper), list(lower)
        pairs = [(i, j) for i in ups for j in lows]
        found = {
            "headings": max(self.headings(i, j) for i, j in pairs),
            "section": max(self.section(i, j) for i, j in pairs),
            "order": max(self.order(i, j) for i, j in pairs),
        }
        above, below = [self.upper[i] for i in ups], [self.lower[j] for j in lows]
        found |= {
            "amounts": _shared(
                ((a.kind, a.low, a.high, a.unit) for p in side for a in p.amounts) for side in (above, below)
            ),
            "dates": _shared(((d.start, d.end, d.rrule) for p in side for d in p.dates) for side in (above, below)),
            "citations": _shared(
                ((c.document_number or c.title,) for p in side for c in p.citations) for side in (above, below)
            ),
        }
        return {name: round(value, 4) for name, value in found.items() if value is not None}


def _telling(passages: Sequence[Passage]) -> list[tuple[str, ...]]:
    """The headings over each sentence that stand once in their notice; 有关事项 over every item tells nothing."""
    places: dict[str, set[str]] = {}
    for passage in passages:
        for depth, heading in enumerate(passage.headings):
            places.setdefault(heading, set()).add(passage.ref.clause if depth else passage.section)
    return [tuple(h for h in passage.headings if len(places[h]) == 1) for passage in passages]


def _shared(sides: Iterable[Iterable[tuple[object, ...]]]) -> float:
    """Jaccard index of two sets of values; of two empty ones 0."""
    one, other = (set(side) for side in sides)
    return len(one & other) / len(one | other) if one or other else 0.0


def _grams(text: str) -> frozenset[str]:
    """Pairs of characters; a single one stands for itself."""
    return frozenset(map("".join, pairwise(text))) or frozenset((text,))


def _alikeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient (Dice 1945)."""
    return 2 * len(one & other) / (len(one) + len(other))
