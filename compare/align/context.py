"""Evidence from around two sentences: headings, sections, neighbours, order. It decides between like candidates."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, product, starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from compare.align.candidates import Candidates, Group, Pairs, as_pairs
from compare.localisation import Localiser
from compare.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOUBT = 600  # thousandths of similarity that two sections must share to be half believed
SURE = 0.4  # similarity of a pair that may vouch for its neighbours
HEADING, SECTION, NEIGHBOUR, ORDER = 0.05, 0.16, 0.08, 0.03
AROUND = ("headings", "section", "order")
VALUES: dict[str, Callable[[Any], object]] = {  # of a passage, each with what makes two of them equal
    "amounts": attrgetter("kind", "low", "high", "unit"),
    "dates": attrgetter("start", "end", "rrule"),
    "citations": lambda citation: citation.document_number or citation.title,
}


class Context:
    """Knows where the sentences stand and, after `learn`, which sections answer each other."""

    def __init__(self, upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> None:
        self.upper = upper
        self.lower = lower
        self._headings = _Labels(_telling(upper), _telling(lower))
        self._sections = _Labels([passage.section for passage in upper], [passage.section for passage in lower])
        grams = cache(lambda heading: _grams(localiser.fold(heading)))
        self._alikeness = cache(lambda one, other: _alikeness(grams(one), grams(other)))

    def learn(self, paired: Candidates) -> None:
        """Sections answer each other as far as their sentences are paired, weighted by similarity."""
        import numpy as np

        self._paired = paired
        weights = np.rint(paired.cosines * 1000)
        numbers = zip(self._sections.numbers, paired.pairs, strict=True)
        above, below = (np.bincount(side[at], weights) for side, at in numbers)
        self._answering, place = np.unique(self._sections.codes(paired.pairs), return_inverse=True)
        one, other = self._sections.split(self._answering)
        self._answers = np.bincount(place, weights) / (np.minimum(above[one], below[other]) + DOUBT)

    def standing(self, pairs: Pairs) -> "NDArray[np.float64]":
        """What headings and places say of each pair, whatever else is paired."""
        return HEADING * self.headings(pairs) + ORDER * self.order(pairs)

    def learned(self, pairs: Pairs) -> "NDArray[np.float64]":
        """What the pairs learned from say of each pair."""
        return SECTION * self.sections(pairs) + NEIGHBOUR * self._neighbours(pairs)

    def headings(self, pairs: Pairs) -> "NDArray[np.float64]":
        """The best likeness between a heading above one and a heading above the other."""
        import numpy as np

        # Sentences that stand under the same headings are asked for together.
        codes, places = np.unique(self._headings.codes(pairs), return_inverse=True)
        found = [
            max(starmap(self._alikeness, product(above, below)), default=0.0)
            for above, below in self._headings.read(codes)
        ]
        return np.array(found, dtype=np.float64)[places]

    def sections(self, pairs: Pairs) -> "NDArray[np.float64]":
        """How far the section of one is that of the other."""
        import numpy as np

        codes = self._sections.codes(pairs)
        if not len(self._answering):
            return np.zeros(len(codes))
        at = np.minimum(np.searchsorted(self._answering, codes), len(self._answering) - 1)
        return np.where(self._answering[at] == codes, self._answers[at], 0.0)

    def _neighbours(self, pairs: Pairs) -> "NDArray[np.float64]":
        """How surely the two sentences beside one are paired with those beside the other."""
        import numpy as np

        rows, columns = pairs
        partner, trust = np.full(len(self.upper) + 2, -2), np.zeros(len(self.upper) + 2)  # one more at either end
        partner[self._paired.upper + 1] = self._paired.lower
        trust[self._paired.upper + 1] = np.minimum(1.0, self._paired.cosines / SURE)
        beside = [np.where(partner[rows + 1 + s] == columns + s, trust[rows + 1 + s], 0.0) for s in (-1, 1)]
        return (beside[0] + beside[1]) / 2

    def order(self, pairs: Pairs) -> "NDArray[np.float64]":
        """1 at the same relative place, 0 at opposite ends."""
        above, below = (at / max(1, len(side) - 1) for at, side in zip(pairs, (self.upper, self.lower), strict=True))
        return 1.0 - abs(above - below)

    def evidence(self, groups: Sequence[Group]) -> list[dict[str, float]]:
        """What speaks for each link, each 0..1, for a report."""
        import numpy as np

        crossed = [list(product(*group)) for group in groups]
        starts = np.cumsum([0, *map(len, crossed)])[:-1]
        pairs = as_pairs(chain.from_iterable(crossed))
        sides = self.headings(pairs), self.sections(pairs), self.order(pairs)
        best = (np.maximum.reduceat(values, starts).tolist() if groups else () for values in sides)
        return [
            {name: round(value, 4) for name, value in (*zip(AROUND, around, strict=True), *self._values(group))}
            for group, *around in zip(groups, *best, strict=True)
        ]

    def _values(self, group: Group) -> Iterator[tuple[str, float]]:
        """How far amounts, dates and citations are the same."""
        passages = [self.upper[i] for i in group[0]], [self.lower[j] for j in group[1]]
        for name, value in VALUES.items():
            items = [[item for passage in side for item in getattr(passage, name)] for side in passages]
            yield name, _shared(*(set(map(value, side)) for side in items)) if any(items) else 0.0


class _Labels:
    """What stands over each sentence of either side, numbered; two numbers make one code."""

    def __init__(self, upper: Sequence[Hashable], lower: Sequence[Hashable]) -> None:
        import numpy as np

        places: tuple[dict[Any, int], dict[Any, int]] = ({}, {})
        self.numbers = tuple(
            np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)
            for known, labels in zip(places, (upper, lower), strict=True)
        )
        self.labels = tuple(map(tuple, places))

    def codes(self, pairs: Pairs) -> "NDArray[np.int64]":
        return self.numbers[0][pairs[0]] * len(self.labels[1]) + self.numbers[1][pairs[1]]

    def read(self, codes: "NDArray[np.int64]") -> Iterator[tuple[Any, Any]]:
        for one, other in zip(*(numbers.tolist() for numbers in self.split(codes)), strict=True):
            yield self.labels[0][one], self.labels[1][other]

    def split(self, codes: "NDArray[np.int64]") -> Pairs:
        """The numbers of both sides again."""
        import numpy as np

        return np.divmod(codes, max(1, len(self.labels[1])))


def _telling(passages: Sequence[Passage]) -> list[tuple[str, ...]]:
    """The headings over each sentence that stand once in their notice; 有关事项 over every item tells nothing."""
    places: dict[str, set[str]] = {}
    for passage in passages:
        for depth, heading in enumerate(passage.headings):
            places.setdefault(heading, set()).add(passage.ref.clause if depth else passage.section)
    return [tuple(h for h in passage.headings if len(places[h]) == 1) for passage in passages]


def _shared(one: set[object], other: set[object]) -> float:
    """Jaccard index of two sets of values."""
    return len(one & other) / len(one | other)


def _grams(text: str) -> frozenset[str]:
    """Pairs of characters; a single one stands for itself."""
    return frozenset(map("".join, pairwise(text))) or frozenset((text,))


def _alikeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient (Dice 1945)."""
    return 2 * len(one & other) / (len(one) + len(other))
