"""Print that no character was read from: a wide gap in a line with ink in it makes its neighbours doubtful.

A model leaves out what it cannot read, and is sure of the rest: 1500 with two blurred zeros is a confident 15.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from extract.readers.ocr_decode import Sign

if TYPE_CHECKING:
    from extract.readers.ocr_engine import Picture

CJK = 0x2E80  # code points from here on are as wide as the type size
CROWDED = 0.8  # widths; Latin signs nearer than this are set half-width
HALF, NARROW = 0.5, 0.32  # widths from a sign's middle that its own ink may take
GAP = 0.6  # widths left between two signs in which another may be lost
NEAR_DIGITS = 0.3  # the same beside a digit, for a lost digit is half as wide
INSIDE = (0.2, 0.8)  # of the line's height: no rule above or below it counts
UNREAD = 0.07  # of full ink; noise evens out far below
DOUBT = 0.5  # confidence given to the neighbours


def doubt_gaps(strip: Picture, signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """The signs of a line, those beside unread print made doubtful; `strip` is the line's level picture."""
    doubtful = set(_beside_unread(strip, signs))
    return tuple(
        replace(sign, confidence=min(sign.confidence, DOUBT)) if i in doubtful else sign for i, sign in enumerate(signs)
    )


def _beside_unread(strip: Picture, signs: Sequence[Sign]) -> Iterator[int]:
    import numpy as np

    height, width = strip.shape[:2]
    if len(signs) < 2:
        return
    grey = strip[round(INSIDE[0] * height) : round(INSIDE[1] * height)].mean(axis=2)
    paper, ink = float(np.median(grey)), float(np.percentile(grey, 1))
    pitch = _pitch(signs, width, height)
    reach = [_reach(signs, i, pitch / width) * pitch for i in range(len(signs))]
    for i in range(1, len(signs)):
        low = round(signs[i - 1].at * width + reach[i - 1])
        high = round(signs[i].at * width - reach[i])
        if high - low > _gap(signs[i - 1], signs[i]) * pitch and paper - float(grey[:, low:high].mean()) > UNREAD * (
            paper - ink
        ):
            yield from (i - 1, i)


def _gap(before: Sign, after: Sign) -> float:
    """A comma or a bracket fills half of its place: only between words and digits is a narrow gap one."""
    both = before.char + after.char
    return NEAR_DIGITS if both.isalnum() and any(char.isdigit() for char in both) else GAP


def _pitch(signs: Sequence[Sign], width: int, height: int) -> float:
    """Pixels from one Chinese character to the next."""
    steps = [(b.at - a.at) * width for a, b in pairwise(signs) if min(ord(a.char), ord(b.char)) >= CJK]
    return median(steps) if steps else 0.8 * height


def _reach(signs: Sequence[Sign], i: int, width: float) -> float:
    """How far a sign's own ink goes, in widths of a Chinese character; `width` is one as a share of the line."""
    if ord(signs[i].char) >= CJK:
        return HALF
    beside = [
        abs(signs[j].at - signs[i].at) for j in (i - 1, i + 1) if 0 <= j < len(signs) and ord(signs[j].char) < CJK
    ]
    return NARROW if any(step < CROWDED * width for step in beside) else HALF
