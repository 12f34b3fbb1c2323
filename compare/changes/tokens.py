"""A joined text in, tokens out that no difference may cut: amounts, dates, names, lists of levels, words."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from compare.changes.joined import Joined
from compare.changes.ranks import find_ranks
from compare.localisation import Side, first_characters, level_pattern
from extract.span import Span
from extract.words import words

QUOTED = re.compile(r"“[^“”]{1,16}”|《[^《》]{1,120}》|‘[^‘’]{1,16}’")
NUMBER = re.compile(
    r"\d[\d,.]*(?:[-—~～至]\d[\d.]*|(?:[:：]\d[\d.]*)+)?(?:个百分点|[%‰]|[万亿]?(?:余)?(?:个|人次|人|户|家|名|元|次|件|场|处|项|年|月|日|天|倍|岁|周岁|所|亩|公里|号)?)"
)
LONGEST_AMOUNT = 12  # characters; longer ones hold words between 每年 and the number
BEFORE = frozenset(
    "全我本各该每跨在由外来驻入回返两"
)  # 全省, 各市: words of their own, but the level is the second character
BEHIND = frozenset("级属内外直委府")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")


def tokens(joined: Joined, side: Side) -> tuple[Span, ...]:
    """Spans in order; punctuation belongs to none, so it never makes a difference."""
    atoms = _disjoint(
        list(find_ranks(joined.text))
        + [span for span, _ in joined.amounts if span.end - span.start <= LONGEST_AMOUNT]
        + [span for span, _ in joined.dates]
        + list(joined.names)
        + [Span(*match.span()) for match in QUOTED.finditer(joined.text)]
        + [Span(*match.span()) for match in LATIN.finditer(joined.text)]  # the 2 of O2O is no number
        + [Span(*match.span()) for match in NUMBER.finditer(joined.text)]
        + list(_level_lists(joined.text))
        + [Span(*match.span()) for match in side.full_places(joined.text)]
    )
    return tuple(_filled(joined.text, atoms))


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Of overlapping spans the one named first stays."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in dict.fromkeys(spans):
        if span.start < span.end and taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept)


def _filled(text: str, atoms: list[Span]) -> list[Span]:
    filled: list[Span] = []
    at = 0
    for atom in [*atoms, Span(len(text), len(text))]:
        for word in words(text[at : atom.start]):
            end = at + len(word)
            if word.isalnum() or (len(word) > 1 and any(map(str.isalnum, word))):
                filled.append(Span(at, end))
            at = end
        if atom.start < atom.end:
            filled.append(atom)
        at = atom.end
    return filled


def _level_lists(text: str) -> Iterator[Span]:
    """省、市、县三级, looked for only where a level word may begin."""
    end = 0
    for first in _level_start().finditer(text):
        match = _level_list().match(text, first.start()) if first.start() >= end else None
        if match and not _inside_word(text, match):
            end = match.end()
            yield Span(*match.span())


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether the first character belongs to a word before it or to one of its own: 湿地、国家湿地, 区域, 市场."""
    start = match.start()
    before, after = text[max(0, start - 1) : start + 1], text[start : start + 2]
    if before[0] not in BEFORE and before[:-1].isalpha() and words(before) == [before]:
        return True
    return match.end() == start + 1 and after[-1] not in BEHIND and after.isalpha() and words(after) == [after]


@cache
def _level_start() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(first_characters()))}]")


@cache
def _level_list() -> re.Pattern[str]:
    """省、市、县三级; 市县两级; 省市县; 县（市、区）; 区县."""
    word = rf"(?:(?<![城上都门超]){level_pattern()})"
    return re.compile(
        rf"{word}(?:[、和及]{word}){{1,6}}(?:[一两二三四五]级)?"
        rf"|{word}{{2,5}}[一两二三四五]级"
        r"|省市县(?:乡|区)?|市县(?:区|乡)?"
        rf"|(?=[^，。]{{2}}){level_pattern()}(?<=[^，。]{{2}})"
    )
