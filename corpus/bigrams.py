"""Text in, the words of the full-text index out: overlapping pairs of characters.

Pairs find two-character words and any longer phrase exactly, without a dictionary: a phrase of n characters is n - 1
neighbouring pairs. Index and query go through the same folding.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


RUN = re.compile(r"[^\x00-\x20\x7f\u3000]{2,}")
PLANE = 0x10000  # what is folded stands in the first 65,536 characters


def _pairs(text: str) -> list[str]:
    return [pair for run in RUN.findall(text) for pair in map(add, run, run[1:])]


def all_bigrams(texts: Sequence[str | None]) -> list[str]:
    """`bigrams` of each text, several times as fast for being made all at once."""
    import numpy as np

    joined = "\n".join(text or "" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = np.where(codes < PLANE, _fold_table()[codes % PLANE], codes)
    solid = (folded > ord(" ")) & (folded != 0x7F) & (folded != 0x3000)
    at = np.flatnonzero(solid[:-1] & solid[1:])  # where a pair begins; the line breaks between two texts make none
    spaces = np.full(len(at), ord(" "), np.uint32)
    pairs = np.stack([folded[at], folded[at + 1], spaces], axis=1).tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.cumsum([len(text or "") + 1 for text in texts])
    cuts = [0, *(3 * np.searchsorted(at, ends)).tolist()]
    return [pairs[start : max(start, end - 1)] for start, end in pairwise(cuts)]


@cache
def _fold_table() -> "NDArray[np.uint32]":
    import numpy as np

    table = np.arange(PLANE, dtype=np.uint32)
    table[list(FOLDED)] = [ord(char) for char in FOLDED.values()]
    return table


def terms(query: str) -> tuple[str, ...]:
    """The phrases of a query, parted by white space, folded, each once. Every other character stands for itself."""
    kept = clean(query).translate({0: " ", 0x7F: " "})
    return tuple(dict.fromkeys(fold("".join(c for c in term if c >= " ")) for term in kept.split() if term))


def phrase(term: str) -> str:
    """A phrase of two or more characters as an FTS5 string: quoted, so that nothing in it is an operator."""
    return '"' + " ".join(_pairs(term)).replace('"', '""') + '"'
