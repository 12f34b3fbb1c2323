"""Text in, the words of the full-text index out: overlapping pairs of characters.

Pairs find two-character words and any longer phrase exactly, without a dictionary: a phrase of n characters is n - 1
neighbouring pairs. Index and query go through the same folding.
"""

from collections.abc import Iterator
from itertools import pairwise

YEAR_BRACKETS = dict.fromkeys(map(ord, "［[【﹝"), "〔")  # 鲁政字[2021]136号 is typed for 鲁政字〔2021〕136号
YEAR_BRACKETS_END = dict.fromkeys(map(ord, "］]】﹞"), "〕")
QUOTES = dict.fromkeys(map(ord, "“”„‟「」『』＂"), '"') | dict.fromkeys(map(ord, "‘’‚‛＇"), "'")
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
LOWER = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
FOLDED = {
    **{code: char.lower() for code, char in FULL_WIDTH.items()},
    **LOWER,
    **QUOTES,
    **YEAR_BRACKETS,
    **YEAR_BRACKETS_END,
}


def fold(text: str) -> str:
    """Width, case, quotation marks and year brackets made one. Length and offsets stay as they are."""
    return text.translate(FOLDED)


def clean(text: str) -> str:
    """Text that a database can hold."""
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def bigrams(text: str | None) -> str:
    """Pairs of neighbouring characters, parted by spaces; pairs with white space or control characters are left out."""
    return " ".join(_pairs(fold(text or "")))


def _pairs(text: str) -> Iterator[str]:
    for first, second in pairwise(text):
        if first > " " and second > " " and first not in "\u3000\x7f" and second not in "\u3000\x7f":
            yield first + second


def terms(query: str) -> tuple[str, ...]:
    """The phrases of a query, parted by white space, folded, each once. Every other character stands for itself."""
    kept = clean(query).translate({0: " ", 0x7F: " "})
    return tuple(dict.fromkeys(fold("".join(c for c in term if c >= " ")) for term in kept.split() if term))


def phrase(term: str) -> str:
    """A phrase of two or more characters as an FTS5 string: quoted, so that nothing in it is an operator."""
    return '"' + " ".join(_pairs(term)).replace('"', '""') + '"'
