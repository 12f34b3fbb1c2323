"""Measure words and units: the text behind a number in, what the number counts out."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from extract.lexicon import load
from extract.notice import AmountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as it is written; a value in it times `factor` is a value in `name`."""

    name: str | None  # as given out: 元 -> CNY, 个月 -> 月
    kind: AmountKind
    factor: Decimal = Decimal(1)
    ordinal: bool = False  # with a Chinese numeral it names a rank or a turn, not a count
    discourse: bool = False  # numbers what the text talks about (三个方面)
    refused: tuple[str, ...] = field(default=(), repr=False)  # text behind it that makes another word of it


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUnit:
    """A unit at its place; `end` is the offset behind it."""

    unit: Unit
    end: int
    discourse: bool = False


NO_UNIT = Unit(name=None, kind=AmountKind.COUNT)


@cache
def units() -> dict[str, Unit]:
    """Every unit by its spelling."""
    table = load("units")
    refused: dict[str, list[str]] = table["not_before"]
    found: dict[str, Unit] = {}

    def add(word: str, name: str, kind: AmountKind, factor: str = "1", *, ordinal: bool = False) -> None:
        if name:
            found[word] = Unit(
                name=name, kind=kind, factor=Decimal(factor), ordinal=ordinal, refused=tuple(refused.get(word, ()))
            )

    for kind in (AmountKind.MONEY, AmountKind.PERCENT, AmountKind.MULTIPLE):
        for word, (name, factor) in table[kind.value].items():
            add(word, name, kind, factor)
    for kind in (AmountKind.AGE, AmountKind.DISTANCE, AmountKind.AREA):
        for word in table[kind.value]["words"]:
            add(word, word.removeprefix("个"), kind)
    for word, name in table["duration"].items():
        add(word, name, AmountKind.DURATION)
    for word in table["count"]["words"]:
        add(word, word, AmountKind.COUNT)
    for word in table["count"]["bare"]:
        add(f"个{word}", word, AmountKind.COUNT)
    for word in table["count"]["ordinal"]:
        add(word, word, AmountKind.COUNT, ordinal=True)
    return found


@cache
def anniversaries() -> frozenset[str]:
    """Words of time that measure nothing (周年)."""
    return frozenset(word for word, name in load("units")["duration"].items() if not name)


@cache
def nouns() -> frozenset[str]:
    """People that 万 and 亿 count without a measure word."""
    return frozenset(load("units")["nouns"]["words"])


@cache
def discourse() -> tuple[str, ...]:
    """What 个 and 项 number when the text numbers its own parts."""
    return tuple(load("units")["discourse"]["words"])


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the units and nouns that begin with a character, longest first."""
    found: dict[str, set[int]] = {}
    for word in [*units(), *nouns(), *anniversaries()]:
        found.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def read_unit(text: str, at: int, *, scaled: bool = False) -> ReadUnit | None:
    """The longest unit that begins at an offset; behind 万 and 亿 (`scaled`) also a noun of people."""
    table = units()
    for length in _lengths().get(text[at : at + 1], ()):
        word = text[at : at + length]
        if unit := table.get(word):
            return _checked(text, unit, word, at + length)
        if word in anniversaries():
            return None
        if scaled and word in nouns():
            return ReadUnit(unit=Unit(name=word, kind=AmountKind.COUNT), end=at + length)
    return None


def _checked(text: str, unit: Unit, word: str, end: int) -> ReadUnit | None:
    if unit.refused and text.startswith(unit.refused, end):
        return None
    following = text[end : end + 1]
    if word[-1].isascii() and word[-1].isalpha() and following.isascii() and following.isalnum():
        return None  # 5Gbps2, 3months
    if following == "（" and (twin := _twin(text, unit, word, end)):
        return twin
    return ReadUnit(unit=unit, end=end, discourse=word in "个项大类" and text.startswith(discourse(), end))


def _twin(text: str, unit: Unit, word: str, end: int) -> ReadUnit | None:
    """Two measure words for things of two sorts: 台（套）, 家（次）."""
    close = text.find("）", end, end + 4)
    if close < 0 or text[end + 1 : close] not in units():
        return None
    if unit.kind is not AmountKind.COUNT:
        return None
    return ReadUnit(unit=Unit(name=word + text[end : close + 1], kind=unit.kind, ordinal=unit.ordinal), end=close + 1)


__all__ = ["NO_UNIT", "ReadUnit", "Unit", "read_unit", "units"]
