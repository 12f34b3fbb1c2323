"""How much two texts have in common, by their pairs of neighbouring characters."""

from functools import lru_cache


def alike(one: str, other: str) -> float:
    """Dice coefficient."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def held(part: str, whole: str) -> float:
    """Share of what a text has that stands in another too."""
    wanted = _bigrams(part)
    return len(wanted & _bigrams(whole)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    letters = "".join(filter(str.isalnum, text))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
