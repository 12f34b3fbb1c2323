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
from math import log
from typing import TYPE_CHECKING

from compare import lexicon
from compare.localisation import Localiser
from compare.passages import Passage
from extract.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNS = re.compile(r"[\W_]+")
COMMON_WEIGHT = 0.4
PRIOR = 50  # sentences; from a handful no weights can be learned
CLASS_WEIGHTS = {"character": 0.5, "pair": 1.0, "word": 0.7, "amount": 1.5, "date": 1.0, "citation": 2.0}

Feature = tuple[str, str]


def features(passage: Passage, localiser: Localiser) -> Counter[Feature]:
    text = SIGNS.sub("", localiser.fold(passage.text))
    found: Counter[Feature] = Counter(("character", char) for char in text)
    found.update(("pair", text[at : at + 2]) for at in range(len(text) - 1))
    found.update(("word", word) for word in words(text) if len(word) > 1)
    found.update(("amount", f"{a.kind} {a.low} {a.high} {a.unit}") for a in passage.amounts)
    found.update(("date", f"{d.start} {d.end} {d.rrule}") for d in passage.dates)
    found.update(("citation", c.document_number or c.title or c.quote) for c in passage.citations)
    return found


@dataclass(frozen=True, kw_only=True)
class Space:
    """The vectors of both sides as sparse rows; `bags` keep the unscaled weights for sums of sentences."""

    upper: "Rows"
    lower: "Rows"
    weights: dict[Feature, float]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Row i holds `columns[starts[i]:starts[i + 1]]` with unit-length `values`."""

    bags: tuple[dict[int, float], ...]
    content: tuple[frozenset[int], ...]  # columns of words that tell, and of values
    figures: frozenset[int]  # columns of values and of what holds a digit
    starts: "NDArray[np.int64]"
    columns: "NDArray[np.int64]"
    values: "NDArray[np.float64]"
    width: int


def build_space(upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> Space:
    counts = [[features(passage, localiser) for passage in side] for side in (upper, lower)]
    spread: Counter[Feature] = Counter()
    for side in counts:
        for bag in side:
            spread.update(bag.keys())
    total = len(upper) + len(lower)
    weights = {feature: _weight(feature, seen, total) for feature, seen in spread.items()}
    index = {feature: at for at, feature in enumerate(spread)}
    sides = [_rows(side, weights, index) for side in counts]
    return Space(upper=sides[0], lower=sides[1], weights=weights)


def _weight(feature: Feature, seen: int, total: int) -> float:
    kind, value = feature
    weight = CLASS_WEIGHTS[kind] * log(1 + (total + PRIOR) / (seen + 1))
    return weight * COMMON_WEIGHT if kind in {"pair", "word"} and value in _common() else weight


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.load("common")["words"])


def _rows(bags: Sequence[Counter[Feature]], weights: dict[Feature, float], index: dict[Feature, int]) -> Rows:
    import numpy as np

    rows = tuple({index[f]: (1 + log(n)) * weights[f] for f, n in bag.items()} for bag in bags)
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    columns = np.fromiter((c for row in rows for c in row), dtype=np.int64, count=int(starts[-1]))
    values = np.fromiter((v for row in rows for v in row.values()), dtype=np.float64, count=int(starts[-1]))
    lengths = [sum(v * v for v in row.values()) ** 0.5 or 1.0 for row in rows]
    values /= np.repeat(lengths, np.diff(starts)) if rows else 1.0
    return Rows(
        bags=rows,
        content=tuple(frozenset(index[f] for f in bag if _tells(f)) for bag in bags),
        figures=frozenset(index[f] for bag in bags for f in bag if _is_figure(f)),
        starts=starts,
        columns=columns,
        values=values,
        width=len(index),
    )


def _tells(feature: Feature) -> bool:
    """Whether two sentences that share it are likely to be about the same: no character, no word of any notice."""
    kind, value = feature
    return kind not in {"character", "pair"} and not (kind == "word" and value in _common())


def _is_figure(feature: Feature) -> bool:
    kind, value = feature
    return kind in {"amount", "date"} or any(char.isdigit() for char in value)


def add(bags: Iterable[dict[int, float]]) -> dict[int, float]:
    """The bag of several sentences together; a feature counts as often as in the sentence that has most of it."""
    total: dict[int, float] = {}
    for bag in bags:
        for feature, weight in bag.items():
            total[feature] = max(weight, total.get(feature, 0.0))
    return total


def cosine(upper: dict[int, float], lower: dict[int, float]) -> float:
    small, large = sorted((upper, lower), key=len)
    dot = sum(weight * large[f] for f, weight in small.items() if f in large)
    norm = (sum(w * w for w in upper.values()) * sum(w * w for w in lower.values())) ** 0.5
    return min(1.0, dot / norm) if norm else 0.0


def covered(part: dict[int, float], whole: dict[int, float], taken: dict[int, float]) -> float:
    """Share of `part` that stands in `whole` and not already in `taken`, by weight."""
    size = sum(part.values())
    shared = sum(min(weight, max(0.0, whole[f] - taken.get(f, 0.0))) for f, weight in part.items() if f in whole)
    return shared / size if size else 0.0
