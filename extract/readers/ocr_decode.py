"""Scores of a recognition model in, characters with places and confidence out.

The model gives, for each narrow strip of a line's picture, a probability a character (CTC, blank first).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = 0
WIDE_OFFSET = 0xFEE0  # U+FF01 - U+0021
LIKE = ("《«", "》»", "·・", "—―─", "〔﹝", "〕﹞")  # drawn alike beside the full-width forms of ASCII

STROKE = re.compile(r"(?:^|(?<=[（(十第]))[-—–－─_](?=[、）)条])")  # GB/T 9704-2012, 7.3.3: 一、（一）十一、第一条
PAGE_NUMBER = re.compile(r"[-—–－─_一][0-9０-９]{1,3}[-—–－─_一]")  # 7.5
YEAR = re.compile(r"[（(\[〔](?:19|20)[0-9０-９]{2}[）)\]〕](?=[0-9０-９]{1,5}号)")  # 7.2.5: in 六角括号
SURE = 0.95  # confidence from which a bracket stays as read: notices with other brackets exist


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A recognised character; `at` is its middle as a share of the line's length."""

    char: str
    at: float
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The model's characters, and which of them a printed sign cannot tell apart."""

    characters: Sequence[str]  # blank first
    groups: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(_groups(self.characters)))

    def decode(self, scores: NDArray[np.float32], length: float) -> tuple[Sign, ...]:
        """Signs of one line; `scores` is strips by characters, `length` the strips that the line fills."""
        folded, members = self._fold(scores)
        best: list[int] = folded.argmax(axis=1).tolist()
        signs = (
            Sign(
                char=self.characters[_widest(members, best[start], scores[start:end])],
                at=min((_centre(folded[start:end, best[start]]) + start + 0.5) / length, 1.0),
                confidence=float(folded[start:end, best[start]].max()),
            )
            for start, end in _runs(best)
            if self.characters[best[start]].strip()
        )
        return mend_brackets(mend_strokes(mend_page_number(tuple(signs))))

    def _fold(self, scores: NDArray[np.float32]) -> tuple[NDArray[np.float32], dict[int, tuple[int, ...]]]:
        """Probabilities of a group's members gathered on its first.

        2 and ２ share a printed sign. Left apart, each looks doubtful, and a run in which the lead changes
        between them comes out as two digits.
        """
        folded = scores.copy()
        for group in self.groups:
            first, others = group[0], list(group[1:])
            folded[:, first] += folded[:, others].sum(axis=1)
            folded[:, others] = 0
        return folded, {group[0]: group for group in self.groups}


def mend_page_number(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """A number alone on its line between two strokes is a page's, and the strokes are dashes, not 一."""
    if PAGE_NUMBER.fullmatch("".join(sign.char for sign in signs)) is None:
        return signs
    return (replace(signs[0], char="—"), *signs[1:-1], replace(signs[-1], char="—"))


def mend_strokes(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """A lone stroke where only a numeral can stand is 一, not a dash."""
    strokes = {found.start() for found in STROKE.finditer("".join(sign.char for sign in signs))}
    return tuple(replace(sign, char="一") if i in strokes else sign for i, sign in enumerate(signs))


def mend_brackets(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Doubtful brackets around the year of a document number are 〔 and 〕."""
    mended = list(signs)
    for found in YEAR.finditer("".join(sign.char for sign in signs)):
        for at, char in ((found.start(), "〔"), (found.end() - 1, "〕")):
            if mended[at].confidence < SURE:
                mended[at] = replace(mended[at], char=char)
    return tuple(mended)


def _groups(characters: Sequence[str]) -> Iterator[tuple[int, ...]]:
    index = {char: i for i, char in enumerate(characters)}
    pairs = [chr(code) + chr(code + WIDE_OFFSET) for code in range(0x21, 0x7F)]
    for alike in (*pairs, *LIKE):
        found = tuple(index[char] for char in alike if char in index)
        if len(found) > 1:
            yield found


def _runs(best: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Strips of one character each; blanks part a doubled character from a wide one."""
    start = 0
    for at in range(1, len(best) + 1):
        if at == len(best) or best[at] != best[start]:
            if best[start] != BLANK:
                yield start, at
            start = at


def _centre(weights: NDArray[np.float32]) -> float:
    total = float(weights.sum())
    return sum(i * float(weight) for i, weight in enumerate(weights)) / total


def _widest(members: dict[int, tuple[int, ...]], first: int, scores: NDArray[np.float32]) -> int:
    """The form of a sign that the model holds for the likeliest."""
    group = members.get(int(first), (int(first),))
    return max(group, key=lambda i: float(scores[:, i].sum()))
