"""jieba's segmenter with the most probable path found in one pass. Imports jieba: about half a second.

jieba lists the words at each character first and finds the best path through them afterwards, with a logarithm for
each word. Here both are one loop, and the logarithm of a frequency is taken once. Words, weights and ties are jieba's.
"""

from math import inf, log
from operator import add
from typing import Any

import jieba

Route = dict[int, tuple[float, int]]


class Segmenter(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """Words may be added until the first text is cut."""

    FREQ: dict[str, int]  # of words; 0 for what only begins a word
    total: int
    tmp_dir: str | None
    _costs: "_Costs | None" = None

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: ARG002, N802 (jieba's name)
        """Nothing: `calc` looks the words up itself."""
        return {}

    def calc(self, sentence: str, DAG: Any, route: Route) -> None:  # noqa: ARG002, N803 (jieba's name)
        """Put into `route` for each offset the best logarithm of probability from there on, and its word's last one."""
        costs = self._costs = self._costs or _Costs(self.total)
        frequency, size, unknown = self.FREQ.get, len(sentence), costs[1]
        pairs = [*map(frequency, map(add, sentence, sentence[1:])), None]
        after, _ = route[size] = (0.0, 0)
        backwards = range(size - 1, -1, -1), map(frequency, reversed(sentence)), reversed(pairs)
        for start, known, pair in zip(*backwards, strict=True):
            best, last = (costs[known] if known else unknown) + after, start
            if pair is not None:
                value, end = self._longer(sentence, start, pair, costs, route)
                # Where longer words begin, a character that is no word is no choice.
                if end and (not known or value >= best):
                    best, last = value, end
            after, _ = route[start] = best, last

    def _longer(self, sentence: str, start: int, pair: int, costs: "_Costs", route: Route) -> tuple[float, int]:
        """The same for words of two characters and more; end 0 if there are none."""
        frequency, size = self.FREQ.get, len(sentence)
        best, last = -inf, 0
        end = start + 1
        known: int | None = pair
        while known is not None:
            if known and (value := costs[known] + route[end + 1][0]) >= best:
                best, last = value, end
            end += 1
            known = frequency(sentence[start : end + 1]) if end < size else None
        return best, last


class _Costs(dict[int, float]):
    """Frequency -> logarithm of its share."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total = log(total)

    def __missing__(self, frequency: int) -> float:
        cost = self[frequency] = log(frequency) - self._total
        return cost
