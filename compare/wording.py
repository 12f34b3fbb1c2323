"""Words of a sentence that tell what it is about: without its numbers, without words that say only how much."""

import re
from collections.abc import Sequence
from functools import cache

from compare import lexicon
from compare.passages import Passage
from extract.span import Span
from extract.words import words

Kinds = frozenset[tuple[int, str]]  # words that exclude others, each with the number of its set


def heading_of(passage: Passage) -> str:
    """The heading right above, with a comma behind it."""
    return f"{passage.headings[-1]}，" if passage.headings else ""


def without_figures(passage: Passage) -> str:
    """The text with a comma for the number of each amount and date; the other words of their quotes stay."""
    text, parts, at = passage.text, [], 0
    spans: list[Span] = [*(amount.span for amount in passage.amounts), *(day.span for day in passage.dates)]
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = span.shift(-passage.ref.span.start)
        if start >= at:  # else inside the one before: 5年 in 有效期5年
            parts += [text[at:start], without_number(text[start:end])]
            at = end
    return "，".join((*parts, text[at:]))


def tells(phrase: str) -> bool:
    """Whether some word is not of those that any notice has: 主要任务 names nothing."""
    common = lexicon.load("common")["words"]
    return any(len(word) > 1 and word not in common for word in words(phrase))


def without_number(quote: str) -> str:
    """The words of a figure's own quote: 每年组织招聘活动不少于1000场次 has more than its number."""
    return _unit().sub("，", quote)


def plain_words(text: str) -> str:
    """The text with a comma for each word that says only how much, how it is granted or when."""
    return _filler().sub("，", text)


def kinds_of(text: str, *, alone: bool = False) -> Kinds:
    """Words that exclude others, with the number of their set; `alone`: of sets that the text names one word of."""
    found = ((number, _named(choices, text)) for number, choices in enumerate(_contrasts()))
    return frozenset((number, word) for number, named in found for word in named if not alone or len(named) == 1)


def apart(one: Kinds, other: Kinds) -> bool:
    """Whether both name words of a set, and none in common."""
    sets = {number for number, _ in one} & {number for number, _ in other}
    return bool(sets - {number for number, _ in one & other})


def _named(choices: Sequence[str], text: str) -> list[str]:
    """Words of a set that stand in the text, none inside another: 高级技师 is no 技师."""
    found = [word for word in choices if word in text]
    return [word for word in found if not any(word != other and word in other for other in found)]


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(_any(lexicon.load("figures")["filler"]))


@cache
def _unit() -> re.Pattern[str]:
    """Digits with the unit behind them, as a figure's own quote has them."""
    return re.compile(rf"[\d.%—~-]+(?:{_any(lexicon.load('figures')['units'])})*")


def _any(choices: Sequence[str]) -> str:
    """The longest first."""
    return "|".join(map(re.escape, sorted(choices, key=lambda word: (-len(word), word))))


@cache
def _contrasts() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(choices) for choices in lexicon.load("figures")["contrasts"])
