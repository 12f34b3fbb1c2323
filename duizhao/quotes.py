"""The two quotations of a change in, both cut to fit a narrow cell out, so that what differs is still seen.

As many of the words before the quotation go as must, then what both quotations begin with: …收入的50%. What stands
behind the quotation is left for the cell to cut.
"""

import re
from collections.abc import Callable
from itertools import takewhile

ELLIPSIS = "…"
KEPT = 4  # characters of a common beginning
FIGURES = "0123456789.,％%〇零一二三四五六七八九十百千万亿两半"  # a number is never cut
MARKED = re.compile(r"(?P<before>[^【]*)(?P<open>【)(?P<quote>.*)(?P<close>】)(?P<behind>[^】]*)")
PLAIN = re.compile(r"(?P<before>)(?P<open>)(?P<quote>.*)(?P<close>)(?P<behind>)")

Fits = Callable[[str], bool]


def fit_pair(upper: str, lower: str, fits: Fits) -> tuple[str, str]:
    """Both as they are where all up to the end of the quotation fits."""
    one, other = (MARKED.fullmatch(value) or PLAIN.fullmatch(value) for value in (upper, lower))
    if one is None or other is None:
        return upper, lower
    cut = _common(one["quote"], other["quote"])
    return _fit(one, cut, fits), _fit(other, cut, fits)


def _common(one: str, other: str) -> int:
    """How many characters of a common beginning may go."""
    shared = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    cut = max(0, len(shared.rstrip(FIGURES)) - KEPT)
    while cut and one[cut - 1] in FIGURES:
        cut -= 1
    return cut


def _fit(match: re.Match[str], cut: int, fits: Fits) -> str:
    before, quoted = match["before"], f"{match['open']}{match['quote']}{match['close']}"
    if fits(before + quoted):
        return match[0]
    for start in range(1, len(before) + 1):
        if fits(shorter := f"{ELLIPSIS}{before[start:]}{quoted}"):
            return shorter + match["behind"]
    if cut <= len(ELLIPSIS):
        return f"{ELLIPSIS if before else ''}{quoted}{match['behind']}"
    return f"{match['open']}{ELLIPSIS}{match['quote'][cut:]}{match['close']}{match['behind']}"
