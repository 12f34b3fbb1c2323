"""Whether two conditions are one in other words: 有资质的 and 具备资质的, 逾期不改正的 and 逾期未改正的.

Words that mean the same are made the same (lexicon); what still differs is held against each other word by word. A
number, a denial, or a word without a likeness in its place makes two conditions of them.
"""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from compare import lexicon
from compare.changes.scope import is_filler
from extract.words import words

DIGITS = re.compile(r"\d+(?:\.\d+)?")
DENIALS = re.compile(r"[不非无免除]")


def same_condition(above: str, below: str) -> bool:
    one, other = _plain(above), _plain(below)
    if one == other:
        return True
    if len(DENIALS.findall(one)) != len(DENIALS.findall(other)) or DIGITS.findall(one) != DIGITS.findall(other):
        return False
    sides = tuple(words(one)), tuple(words(other))
    codes = [code for code in SequenceMatcher(None, *sides, autojunk=False).get_opcodes() if code[0] != "equal"]
    pieces = [("".join(sides[0][a:b]), "".join(sides[1][c:d])) for _, a, b, c, d in codes]
    return len(pieces) * 2 <= len(sides[0]) and all(_alike(*piece) for piece in pieces)


def holds_condition(text: str, condition: str) -> bool:
    """Whether a text has a condition among its words, in the same sense."""
    core = _plain(condition)
    return len(core) > 2 and core in _plain(text)


def _alike(one: str, other: str) -> bool:
    """Light words, or two verbs of which one is the other shortened, or that share a part: 检测 and 测温.

    Words that end alike are two of a kind: 失业 and 就业, 国有企业 and 民营企业.
    """
    if is_light(one) and is_light(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    if not shorter or longer.endswith(shorter) or (one[-1] == other[-1] and one[0] != other[0]):
        return False
    if _is_part(shorter, longer):
        return len(shorter) == 1 or longer[-1] == shorter[-1]
    return len(longer) == len(shorter) == 2 and longer[0] == shorter[-1]


def _is_part(shorter: str, longer: str) -> bool:
    """Whether the characters of one stand in the other, in order: 停热 in 停止供热."""
    rest = iter(longer)
    return all(char in rest for char in shorter)


def is_light(text: str) -> bool:
    """Nothing but words that are no part of what a condition asks for."""
    for word in _light():
        text = text.replace(word, "")
    return is_filler(text)


@cache
def _light() -> tuple[str, ...]:
    return tuple(sorted(lexicon.load("conditions")["light"], key=lambda word: -len(word)))


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    for pattern, same in _same():
        text = pattern.sub(same, text)
    return text


@cache
def _same() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), same) for pattern, same in lexicon.load("conditions")["same"])
