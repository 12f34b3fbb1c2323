"""Attributes by which an addressee is known: size, owner, residence, need, state of work. One less reaches farther."""

import re
from functools import cache

from compare import lexicon

SIZES = "大中小微"
KIND = re.compile(rf"(?:[{SIZES}]型?)+")
CLASSES = re.compile(rf"[{SIZES}]{{2,4}}(?=[一-龥]{{0,4}}企业)")
PREPOSITIONS = re.compile(r"^(?:面向|针对|对|向|为|给)")


def is_qualifier(text: str) -> bool:
    """Whether a text is made of attributes of an addressee: 非营利性, 小型微型, 本市户籍."""
    return bool(_qualifiers().fullmatch(text))


def is_praise(text: str) -> bool:
    """优质, 现代化: said of anything, excluding nobody."""
    return bool(_praise().fullmatch(text))


def without_preposition(text: str) -> str:
    """What a phrase with 为 or 面向 before it is about."""
    return PREPOSITIONS.sub("", text)


def one_class_less(text: str, before: str, after: str) -> bool:
    """Whether a size is one of several in a compound, of which others stay: 中小[微]企业."""
    return bool(KIND.fullmatch(text)) and (before[-1:] in {*SIZES, "型"} or after[:1] in {*SIZES})


def size_classes(text: str) -> list[re.Match[str]]:
    """Where a text names enterprises by their size: 中小微企业, 小微外贸企业."""
    return list(CLASSES.finditer(text))


@cache
def _qualifiers() -> re.Pattern[str]:
    words = sorted(lexicon.load("scope")["qualifiers"], key=lambda word: (-len(word), word))
    one = rf"(?:{'|'.join(words)}|{KIND.pattern})"
    return re.compile(rf"{one}(?:[、和及或]?{one}){{0,4}}的?")


@cache
def _praise() -> re.Pattern[str]:
    one = "|".join(lexicon.load("scope")["praise"])
    return re.compile(rf"(?:{one})(?:[、和]?(?:{one})){{0,3}}的?")
