"""Half-width punctuation beside Chinese, made full-width; «» made 《》.

"Beside" looks past other punctuation to the nearest character that carries meaning, so that a run
such as `).` changes as one and a second run of the rule finds nothing to do.
"""

import re
from collections.abc import Iterator

from extract.edit import Edit

WIDE = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", "«": "《", "»": "》"}
NARROW = re.compile(r"[,.:;?!()«»]")
LATIN = re.compile("[A-Za-z]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd〇]")
# Signs that only stand in Chinese text count as Chinese; the rule never makes or removes one of these.
CHINESE_SIGNS = frozenset("、“”‘’〔〕【】〈〉「」『』…—·")
PUNCTUATION = frozenset("，。：；？！（）《》")  # made by this rule, hence looked past
LONGEST_RUN = 16  # of punctuation looked past on one side


def widen_punctuation(text: str) -> Iterator[Edit]:
    """Write `,` beside Chinese as `，`. A pair of brackets changes together."""
    wide = {match.start() for match in NARROW.finditer(text) if _is_chinese(text, match.start())}
    for left, right in _pairs(text):
        if left in wide or right in wide or text[left] == "（" or text[right] == "）":
            wide |= {left, right}
    for at in sorted(wide):
        if text[at] in WIDE:
            yield Edit(at, at + 1, WIDE[text[at]])


def _is_chinese(text: str, at: int) -> bool:
    char = text[at]
    if char in "«»":
        return True
    before, after = _neighbour(text, at, -1), _neighbour(text, at, 1)
    if char in ".,:" and _is_digit(before) and _is_digit(after) and _touches(text, at):
        return False
    if char == "." and LATIN.match(text, at + 1):
        return False  # a file's ending, an address
    if char == "." and _is_digit(before) and _is_numbering(text, at):
        return False
    return _speaks_chinese(before) or _speaks_chinese(after)


def _touches(text: str, at: int) -> bool:
    return at > 0 and at + 1 < len(text) and text[at - 1].isdigit() and text[at + 1].isdigit()


def _neighbour(text: str, at: int, step: int) -> str:
    """The nearest character in one direction that is no punctuation of this rule, or ''."""
    for _ in range(LONGEST_RUN):
        at += step
        if not 0 <= at < len(text):
            return ""
        if text[at] not in WIDE and text[at] not in PUNCTUATION:
            return text[at]
    return ""


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _is_numbering(text: str, at: int) -> bool:
    """Whether the point after digits belongs to a marker (`1.`) and not to a sentence's end.

    Up to three digits right before the point and no further digit or point before them; what ends
    a sentence in a longer number or in a unit does not look like this.
    """
    first = at
    while first > 0 and _is_digit(text[first - 1]) and at - first <= 3:
        first -= 1
    return 1 <= at - first <= 3 and text[at - 1].isdigit() and not (first > 0 and text[first - 1] in "年月第")


def _speaks_chinese(char: str) -> bool:
    return bool(char) and (char in CHINESE_SIGNS or HAN.match(char) is not None)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Matching brackets of either width, innermost first; at most 500 characters apart."""
    open_at: list[int] = []
    for match in re.finditer(r"[()（）]", text):
        if match.group() in "(（":
            open_at.append(match.start())
        elif open_at:
            left = open_at.pop()
            if match.start() - left <= 500:
                yield left, match.start()
