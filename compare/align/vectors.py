"""Passages in, weighted feature vectors out: what two sentences have in common, as numbers.

Features are characters and pairs of characters of the folded text, words, and the values of amounts, dates and
citations. Weights are learned from the two texts alone: TF-IDF (Spärck Jones 1972; Salton & Buckley 1988) with the
logarithm of the count, so that what both notices repeat everywhere says little.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from math import log
from typing import TYPE_CHECKING, TypeVar

from compare import lexicon
from compare.localisation import Localiser
from compare.passages import Passage
from extract.notice import DateMention
from extract.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNS = re.compile(r"[\W_]+")
COMMON_WEIGHT = 0.4
PRIOR = 50  # sentences; from a handful no weights can be learned
CHARACTER_WEIGHT, PAIR_WEIGHT = 0.5, 1.0
# What is longer than a pair of characters opens with a sign of its class, which no folded text holds.
WORD, AMOUNT, DATE, CITATION, FORMULA = "/", "#", "@", "《", "~"
MARK_WEIGHTS = {WORD: 0.7, AMOUNT: 1.5, DATE: 1.0, CITATION: 2.0, FORMULA: 3.0}

Key = TypeVar("Key", int, str)


def features(passage: Passage, localiser: Localiser) -> Counter[str]:
    """Each feature as a string, with its count."""
    found = text_features(passage.text, localiser)
    found.update(f"{AMOUNT}{a.kind} {a.low} {a.high} {a.unit}" for a in passage.amounts)
    found.update(date_feature(date) for date in passage.dates)
    found.update(f"{CITATION}{c.document_number or c.title or c.quote}" for c in passage.citations)
    found.update(_formulas(passage.text))
    return found


def text_features(text: str, localiser: Localiser) -> Counter[str]:
    """Characters, pairs of characters and words."""
    phrases = SIGNS.split(localiser.fold(text))
    letters = "".join(phrases)
    found = Counter(letters)
    found.update(map("".join, pairwise(letters)))
    found.update(f"{WORD}{word}" for phrase in phrases for word in words(phrase) if len(word) > 1)
    return found


def date_feature(date: DateMention) -> str:
    return f"{DATE}{date.start} {date.end} {date.rrule}"


def _formulas(text: str) -> list[str]:
    """What a closing sentence does: it takes effect, repeals, asks for local plans."""
    if len(text) > lexicon.load("formulas")["longest"]:
        return []
    return [f"{FORMULA}{kind}" for kind, pattern in _formula_patterns() if pattern.search(text)]


def is_principle(text: str) -> bool:
    """Whether a sentence says in what spirit all is done: 坚持以人民为中心的发展思想."""
    return f"{FORMULA}principle" in _formulas(text)


@cache
def _formula_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in lexicon.load("formulas")["kinds"].items())


@dataclass(frozen=True, kw_only=True)
class Space:
    """The vectors of both sides as sparse rows."""

    upper: "Rows"
    lower: "Rows"
    weights: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Row i holds `columns[starts[i]:starts[i + 1]]` with `weights`; `values` are these at unit length."""

    starts: "NDArray[np.int64]"
    columns: "NDArray[np.int64]"
    weights: "NDArray[np.float64]"
    values: "NDArray[np.float64]"
    content: tuple[frozenset[int], ...]  # columns of words that tell, and of values
    figures: "NDArray[np.bool_]"  # by column: values and what holds a digit
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def bag(self, row: int) -> dict[int, float]:
        """Column -> weight, for sums of sentences."""
        part = slice(self.starts[row], self.starts[row + 1])
        return dict(zip(self.columns[part].tolist(), self.weights[part].tolist(), strict=True))

    def worded(self) -> "Rows":
        """Without figures."""
        kept = ~self.figures[self.columns]
        return _rows(_cut(self.starts, kept), self.columns[kept], self.weights[kept], self.content, self.figures)


def build_space(upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> Space:
    import numpy as np

    counts = [[features(passage, localiser) for passage in side] for side in (upper, lower)]
    spread: Counter[str] = Counter()
    for side in counts:
        for bag in side:
            spread.update(bag.keys())
    total = len(upper) + len(lower)
    weights = {feature: _weight(feature, seen, total) for feature, seen in spread.items()}
    index = {feature: at for at, feature in enumerate(spread)}
    by_column = np.fromiter(weights.values(), dtype=np.float64, count=len(weights))
    telling, figures = (np.fromiter(map(test, spread), dtype=bool, count=len(spread)) for test in (tells, _is_figure))
    sides = [_counted(side, index, by_column, telling, figures) for side in counts]
    return Space(upper=sides[0], lower=sides[1], weights=weights)


def _weight(feature: str, seen: int, total: int) -> float:
    weight = _class_weight(feature) * log(1 + (total + PRIOR) / (seen + 1))
    return weight * COMMON_WEIGHT if feature.removeprefix(WORD) in _common() else weight


def _class_weight(feature: str) -> float:
    if len(feature) <= 2:
        return PAIR_WEIGHT if len(feature) == 2 else CHARACTER_WEIGHT
    return MARK_WEIGHTS[feature[0]]


@cache
def _common() -> frozenset[str]:
    return frozenset(word for word in lexicon.load("common")["words"] if len(word) > 1)


def tells(feature: str) -> bool:
    """Whether two sentences that share it are likely to be about the same: no character, no word of any notice."""
    return len(feature) > 2 and not (feature[0] == WORD and feature[1:] in _common())


def _is_figure(feature: str) -> bool:
    return (len(feature) > 2 and feature[0] in (AMOUNT, DATE)) or any(map(str.isdigit, feature))


def _counted(
    bags: Sequence[Counter[str]],
    index: dict[str, int],
    by_column: "NDArray[np.float64]",
    telling: "NDArray[np.bool_]",
    figures: "NDArray[np.bool_]",
) -> Rows:
    import numpy as np

    starts = np.zeros(len(bags) + 1, dtype=np.int64)
    np.cumsum([len(bag) for bag in bags], out=starts[1:])
    size = int(starts[-1])
    columns = np.fromiter(map(index.__getitem__, chain.from_iterable(bags)), dtype=np.int64, count=size)
    counts = np.fromiter(chain.from_iterable(bag.values() for bag in bags), dtype=np.float64, count=size)
    kept = telling[columns]
    named, ends = columns[kept].tolist(), _cut(starts, kept).tolist()
    content = tuple(frozenset(named[first:end]) for first, end in pairwise(ends))
    return _rows(starts, columns, (1 + np.log(counts)) * by_column[columns], content, figures)


def _cut(starts: "NDArray[np.int64]", kept: "NDArray[np.bool_]") -> "NDArray[np.int64]":
    """Where the rows begin once only some of their entries are kept."""
    import numpy as np

    return np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))[starts]


def _rows(
    starts: "NDArray[np.int64]",
    columns: "NDArray[np.int64]",
    weights: "NDArray[np.float64]",
    content: tuple[frozenset[int], ...],
    figures: "NDArray[np.bool_]",
) -> Rows:
    import numpy as np

    # Row by row, so that equal sentences have equal lengths to the last bit and ties stay ties.
    squares = np.add.reduceat(np.append(weights * weights, 0.0), starts[:-1]) if len(starts) > 1 else np.zeros(0)
    lengths = np.sqrt(np.where(np.diff(starts) > 0, squares, 1.0))
    return Rows(
        starts=starts,
        columns=columns,
        weights=weights,
        values=weights / np.repeat(lengths, np.diff(starts)),
        content=content,
        figures=figures,
        width=len(figures),
    )


def add(bags: Iterable[dict[int, float]]) -> dict[int, float]:
    """The bag of several sentences together; a feature counts as often as in the sentence that has most of it."""
    total: dict[int, float] = {}
    for bag in bags:
        for feature, weight in bag.items():
            total[feature] = max(weight, total.get(feature, 0.0))
    return total


def cosine(upper: dict[Key, float], lower: dict[Key, float]) -> float:
    small, large = sorted((upper, lower), key=len)
    dot = sum(weight * large[f] for f, weight in small.items() if f in large)
    norm = (sum(w * w for w in upper.values()) * sum(w * w for w in lower.values())) ** 0.5
    return min(1.0, dot / norm) if norm else 0.0


def covered(part: dict[int, float], whole: dict[int, float], taken: dict[int, float]) -> float:
    """Share of `part` that stands in `whole` and not already in `taken`, by weight."""
    size = sum(part.values())
    shared = sum(min(weight, max(0.0, whole[f] - taken.get(f, 0.0))) for f, weight in part.items() if f in whole)
    return shared / size if size else 0.0
