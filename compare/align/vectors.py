"""Passages in, weighted feature vectors out: what two sentences have in common, as numbers.

Weights are learned from the two texts alone: TF-IDF (Spärck Jones 1972; Salton & Buckley 1988) with the logarithm of
the count, so that what both notices repeat everywhere says little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log
from typing import TYPE_CHECKING

from compare import lexicon
from compare.align.features import (
    AMOUNT,
    CHARACTER_BITS,
    CITATION,
    DATE,
    FIRST_MARK,
    FORMULA,
    Features,
    Text,
    pair_code,
    read_features,
    read_passage,
)
from compare.localisation import Localiser
from compare.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMON_WEIGHT = 0.4
PRIOR = 50  # sentences; from a handful no weights can be learned
CHARACTER_WEIGHT, PAIR_WEIGHT = 0.5, 1.0
WORD_WEIGHT = 0.7
MARK_WEIGHTS = {AMOUNT: 1.5, DATE: 1.0, CITATION: 2.0, FORMULA: 3.0}

Bag = dict[int, float]  # column -> weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Row i holds `values[starts[i]:starts[i + 1]]` in the columns there, which ascend."""

    starts: "NDArray[np.int64]"
    columns: "NDArray[np.int64]"
    values: "NDArray[np.float64]"
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def bag(self, row: int) -> Bag:
        part = slice(self.starts[row], self.starts[row + 1])
        return dict(zip(self.columns[part].tolist(), self.values[part].tolist(), strict=True))

    def kept(self, which: "NDArray[np.bool_]") -> "Rows":
        """Without the columns that `which`, by column, leaves out."""
        import numpy as np

        kept = which[self.columns]
        starts = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))[self.starts]
        return Rows(starts=starts, columns=self.columns[kept], values=self.values[kept], width=self.width)

    def unit(self) -> "Rows":
        """Each row at length 1."""
        import numpy as np

        lengths = np.sqrt(self.sums(self.values * self.values))
        values = self.values / np.repeat(lengths, self.sizes())
        return Rows(starts=self.starts, columns=self.columns, values=values, width=self.width)

    def ones(self) -> "Rows":
        import numpy as np

        return Rows(starts=self.starts, columns=self.columns, values=np.ones(len(self.columns)), width=self.width)

    def sizes(self) -> "NDArray[np.int64]":
        """How many each row holds."""
        import numpy as np

        return np.diff(self.starts)

    def owners(self) -> "NDArray[np.int64]":
        """The row of each entry."""
        import numpy as np

        return np.repeat(np.arange(len(self), dtype=np.int64), self.sizes())

    def spread(self) -> "NDArray[np.int64]":
        """By column, how many rows hold it."""
        import numpy as np

        return np.bincount(self.columns, minlength=self.width)

    def sums(self, values: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Of values that stand as ours do, by row: equal rows have equal sums to the last bit, and ties stay ties."""
        import numpy as np

        return np.add.reduceat(np.append(values, 0.0), self.starts[:-1]) * (self.sizes() > 0)


@dataclass(frozen=True, kw_only=True)
class Space:
    """The weights of both sides as sparse rows; by column, which are words that tell or values, and which figures."""

    upper: Rows
    lower: Rows
    features: Features
    weights: "NDArray[np.float64]"  # of one occurrence, by column
    telling: "NDArray[np.bool_]"
    figures: "NDArray[np.bool_]"  # values, and what holds a digit

    def read(self, texts: Sequence[Text]) -> list[Bag]:
        """Other texts without figures, each feature once."""
        columns, owners = self.features.look_up(texts)
        kept = ~self.figures[columns]
        columns, owners = columns[kept], owners[kept]
        found: list[Bag] = [{} for _ in texts]
        for owner, column, weight in zip(
            owners.tolist(), columns.tolist(), self.weights[columns].tolist(), strict=True
        ):
            found[owner][column] = weight
        return found

    @cached_property
    def content(self) -> tuple[Rows, Rows]:
        """What tells alone, 1 for each."""
        return self.upper.kept(self.telling).ones(), self.lower.kept(self.telling).ones()

    @cached_property
    def worded(self) -> tuple[Rows, Rows]:
        """Without figures."""
        return self.upper.kept(~self.figures), self.lower.kept(~self.figures)


def build_space(upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> Space:
    import numpy as np

    features = read_features([read_passage(passage, localiser) for passage in (*upper, *lower)])
    common = _common_columns(features)
    weights = _class_weights(features) * _rarity(features, len(upper) + len(lower))
    weights[common] *= COMMON_WEIGHT
    values = (1 + np.log(features.counts)) * weights[features.columns]
    return Space(
        upper=_rows(features, values, 0, len(upper)),
        lower=_rows(features, values, len(upper), len(upper) + len(lower)),
        features=features,
        weights=weights,
        telling=~common & (features.codes >= FIRST_MARK),
        figures=_figure_columns(features),
    )


def _rows(features: Features, values: "NDArray[np.float64]", first: int, end: int) -> Rows:
    starts = features.starts[first : end + 1]
    part = slice(starts[0], starts[-1])
    return Rows(
        starts=starts - starts[0], columns=features.columns[part], values=values[part], width=len(features.codes)
    )


def _class_weights(features: Features) -> "NDArray[np.float64]":
    import numpy as np

    sizes = len(features.characters), len(features.pairs)
    plain = np.repeat((CHARACTER_WEIGHT, PAIR_WEIGHT), sizes)
    return np.concatenate((plain, [MARK_WEIGHTS.get(mark[0], WORD_WEIGHT) for mark in features.marks]))


def _rarity(features: Features, total: int) -> "NDArray[np.float64]":
    """The fewer sentences hold a feature, the more."""
    import numpy as np

    seen = np.bincount(features.columns, minlength=len(features.codes))
    return np.array([log(1 + (total + PRIOR) / (count + 1)) for count in range(total + 1)])[seen]


def _common_columns(features: Features) -> "NDArray[np.bool_]":
    """Words of any notice, and pairs of characters that are such words."""
    import numpy as np

    found = np.zeros(len(features.codes), dtype=bool)
    pairs, known = features.find(_common_pairs())
    found[pairs[known]] = True
    found[[features.column(word) for word in _common_words() & features.places.keys()]] = True
    return found


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for word in lexicon.load("common")["words"] if len(word) > 1)


@cache
def _common_pairs() -> "NDArray[np.int64]":
    import numpy as np

    return np.array([pair_code(word) for word in _common_words() if len(word) == 2])


def _figure_columns(features: Features) -> "NDArray[np.bool_]":
    """Values, and what holds a digit."""
    import numpy as np

    digits = [code for code in features.characters.tolist() if chr(code).isdigit()]
    characters = np.isin(features.characters, digits)
    first, second = features.pairs >> CHARACTER_BITS, features.pairs & (1 << CHARACTER_BITS) - 1
    signs = {AMOUNT, DATE, *filter(str.isdigit, set("".join(features.marks)))}
    words = np.fromiter(map(signs.isdisjoint, features.marks), dtype=bool)
    return np.concatenate((characters, np.isin(first, digits) | np.isin(second, digits), ~words))


def add(bags: Iterable[Bag]) -> Bag:
    """The bag of several sentences together; a feature counts as often as in the sentence that has most of it."""
    total: Bag = {}
    for bag in bags:
        heavier = {feature: weight for feature, weight in total.items() if weight > bag.get(feature, 0.0)}
        total = total | bag | heavier
    return total


def cosine(upper: Bag, lower: Bag) -> float:
    small, large = sorted((upper, lower), key=len)
    dot = sum(weight * large[f] for f, weight in small.items() if f in large)
    norm = (sum(w * w for w in upper.values()) * sum(w * w for w in lower.values())) ** 0.5
    return min(1.0, dot / norm) if norm else 0.0


def covered(part: Bag, whole: Bag, taken: Bag) -> float:
    """Share of `part` that stands in `whole` and not already in `taken`, by weight."""
    size = sum(part.values())
    shared = sum(min(weight, max(0.0, whole[f] - taken.get(f, 0.0))) for f, weight in part.items() if f in whole)
    return shared / size if size else 0.0
