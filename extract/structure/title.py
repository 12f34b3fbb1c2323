"""The lines of a title: from the line that ends in a 文种 back to where the title begins (GB/T 9704-2012, 7.3.1).

A title is broken into lines by sense, and a page's own buttons and links may stand right above it.
"""

import re
from collections.abc import Callable, Sequence

from extract.structure.lines import Line

ABOUT = re.compile(r"关于|印发|转发|批转|公布|发布")
BEGINS_ABOUT = re.compile(r"关于|印发|转发|批转|公布|发布|《")
ISSUED = re.compile(r"(?:印发|发布|公布|转发)(?P<name>.{4,})的(?:通知|函|决定|公告)\Z")
PUNCTUATION = re.compile(r"[。；：！？]")
MOST_LINES = 8
MOST_PLAIN_LINES = 3  # of a title without 关于
SHORTEST_LINE = 4
SHORTEST_PLAIN_LINE = 8


def first_title_line(lines: Sequence[Line], low: int, last: int, is_organ: Callable[[str], bool]) -> int:
    """Index of the title's first line, not below `low`; `last` is the line with the 文种."""
    about = _about_line(lines, low, last)
    if about is None:
        return _plain_start(lines, low, last, is_organ)
    first = about
    while first > low and not lines[first].starts_paragraph and not BEGINS_ABOUT.match(lines[first].text):
        first -= 1  # the issuer's name itself is broken
    if BEGINS_ABOUT.match(lines[first].text):
        while first > low and is_organ(lines[first - 1].text) and not lines[first - 1].text.endswith("文件"):
            first -= 1
    return first


def _about_line(lines: Sequence[Line], low: int, last: int) -> int | None:
    """The line in which 关于 or 印发 stands, going up from the 文种 over lines without a stop."""
    for i in range(last, max(low, last - MOST_LINES) - 1, -1):
        text = lines[i].text
        if i < last and (PUNCTUATION.search(text) or len(text) < SHORTEST_LINE):
            return None
        if ABOUT.search(text) and (i == low or not _goes_on(lines[i - 1].text, text)):
            return i
    return None


def _goes_on(before: str, text: str) -> bool:
    """Whether 印发 in this line belongs to a title that began with 关于 in the line above."""
    return "关于" in before and "关于" not in text and not PUNCTUATION.search(before)


def _plain_start(lines: Sequence[Line], low: int, last: int, is_organ: Callable[[str], bool]) -> int:
    first = last
    while first > low and last - first < MOST_PLAIN_LINES - 1:
        before = lines[first - 1].text
        if is_organ(before) or PUNCTUATION.search(before) or len(before) < SHORTEST_PLAIN_LINE:
            break
        first -= 1
    return first


def issued_title(title: str) -> str | None:
    """What a letter's title says is issued with it: …关于印发某某责任分解的通知 issues 某某责任分解."""
    match = ISSUED.search(title)
    return match["name"].strip("《》<>〈〉") if match else None
