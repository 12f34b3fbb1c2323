"""2023年、2024年、2025年分别达到96%、97%、98%: which of several numbers is for which key.

The k-th number behind 分别 is for the k-th key before it. Where the other side tells the numbers one by one, a number
is for the key named last before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from compare.changes.joined import Joined
from compare.changes.steps import find_steps, lone_years
from extract.span import Span

SIGN = "分别"
YEARS = re.compile(r"20\d\d年?(?:[、和及与]20\d\d年?)+(?<=年)")
YEAR_RANGE = re.compile(r"(?P<first>20\d\d)年?(?:至|到|[-—–~～]{1,2})(?P<last>20\d\d)年")
YEAR_NUMBER = re.compile(r"20\d\d")
BREAKS = re.compile(r"[、和及与]")
BETWEEN = re.compile(r"(?:[、和及与]|以及)+")
RANK = re.compile(r"(?:[特一二三四五六甲乙丙丁A-E]|国家|[省市县区])(?P<tail>[等级类档星](?:奖)?)")
SHORT_RANK = re.compile(r"(?:[特一二三四五六甲乙丙丁A-E]|国家|[省市县区])\Z")
STOPS = "。；"
LONGEST = 12  # characters of a key
SHORTEST = 2
TELLING = 4  # characters of a name
LIKE = 0.4  # of the characters of a key and of the words before a number for it
AHEAD = 0.1  # by how much they are more like than those before any other number


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    keys: tuple[str, ...]
    head: tuple[Span, ...]  # the keys, where they are years, and 分别: words that name no measure
    values: tuple[Span, ...]


def find_series(joined: Joined) -> tuple[Series, ...]:
    """In the order of the text; what is said 分别 without a key for each number is none."""
    return tuple(
        series
        for match in (re.finditer(SIGN, joined.text) if SIGN in joined.text else ())
        if (series := _series(joined, Span(*match.span())))
    )


def _series(joined: Joined, sign: Span) -> Series | None:
    values = _values(joined, sign.end)
    start = max(joined.text.rfind(stop, 0, sign.start) for stop in STOPS) + 1
    keys = _keys(joined, start, sign.start, len(values)) if len(values) > 1 else None
    if keys is None:
        return None
    names, years = keys
    return Series(keys=names, head=(years, sign) if years else (sign,), values=values)


def _values(joined: Joined, at: int) -> tuple[Span, ...]:
    """The amounts behind 分别 that follow one another with nothing but a sign between them."""
    segment = joined.segment_at(at - 1)
    behind = [span for span, _ in joined.amounts if at < span.end <= segment.end]  # 每人分别补助5000元 is one amount
    kept = behind[:1]
    for one, other in pairwise(behind):
        if not BETWEEN.fullmatch(joined.text[one.end : other.start]):
            break
        kept.append(other)
    return tuple(kept)


def _keys(joined: Joined, start: int, end: int, count: int) -> tuple[tuple[str, ...], Span | None] | None:
    """Years from anywhere in the sentence, with their place, or other names right before 分别."""
    text = joined.text[start:end]
    for match in reversed(list(YEARS.finditer(text))):
        if len(years := YEAR_NUMBER.findall(match.group())) == count:
            return tuple(years), Span(*match.span()).shift(start)
    for match in reversed(list(YEAR_RANGE.finditer(text))):
        years = [str(year) for year in range(int(match["first"]), int(match["last"]) + 1)]
        if len(years) == count:
            return tuple(years), Span(*match.span()).shift(start)
    end -= text.endswith("，")  # 对三星、四星的，分别给予
    segment = joined.segment_at(end - 1)
    names = _spelt_out(BREAKS.split(joined.text[segment.start : end])[-count:])
    if len(names) < count or any(not SHORTEST <= len(name) <= LONGEST for name in names[1:-1]):
        return None
    return tuple(names), None


def _spelt_out(names: Sequence[str]) -> list[str]:
    """一、二、三等奖 as 一等奖, 二等奖, 三等奖."""
    last = RANK.match(names[-1])
    others = [SHORT_RANK.search(name) for name in names[:-1]]
    if last is None or not all(others):
        return list(names)
    return [*(f"{other.group()}{last['tail']}" for other in others if other), last.group()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """Which key the numbers of each side are for, by their places."""

    upper: tuple[tuple[Span, str], ...] = ()
    lower: tuple[tuple[Span, str], ...] = ()
    heads: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())  # words that only name the keys, of each side
    lone: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())  # the dates of steps that the other side has not

    def is_other(self, upper: Span, lower: Span) -> bool:
        one, other = key_at(self.upper, upper), key_at(self.lower, lower)
        return one is not None and other is not None and one != other

    def is_same(self, upper: Span, lower: Span) -> bool:
        one = key_at(self.upper, upper)
        return one is not None and one == key_at(self.lower, lower)


def key_at(keyed: Sequence[tuple[Span, str]], span: Span) -> str | None:
    return next((key for place, key in keyed if place.overlaps(span)), None)


def keyed_numbers(upper: Joined, lower: Joined) -> Keyed:
    """Of the first series of either text whose keys the other one names too."""
    for one, other, turned in ((upper, lower, False), (lower, upper, True)):
        for series in find_series(one):
            keys = _common(series, other.text)
            theirs, heads = _answers(other, keys) if keys else (_by_words(other, series), ())
            if not theirs:
                continue
            own = tuple(zip(series.values, keys or series.keys, strict=True))
            if turned:
                return Keyed(upper=theirs, lower=own, heads=(heads, series.head))
            return Keyed(upper=own, lower=theirs, heads=(series.head, heads))
    return _stepped(upper, lower)


def _stepped(upper: Joined, lower: Joined) -> Keyed:
    steps = find_steps(upper, lower)
    if steps is None:
        return Keyed()
    above, below = steps
    lone = lone_years(upper, above, below), lone_years(lower, below, above)
    return Keyed(upper=above, lower=below, lone=lone)


def _common(series: Series, text: str) -> tuple[str, ...] | None:
    """The keys as the other text names them: 全省城市、县城、建制镇 as 城市, 县城, 建制镇; `None` if it names but one.

    A key that it does not name stands for itself.
    """
    first, *middle, last = series.keys
    starts = (at for at in range(len(first) - 1) if not first[at - 1 : at].isdigit())
    ends = (end for end in range(len(last), 1, -1) if not last[end - 1].isdigit())
    keys = (
        next((first[at:] for at in starts if _stands(first[at:], text)), first),
        *middle,
        next((last[:end] for end in ends if _stands(last[:end], text)), last),
    )
    named = sum(_stands(key, text) for key in keys)
    told = named >= min(SHORTEST, len(keys)) or any(_tells(key) and _stands(key, text) for key in keys)
    apart = not any(one in other for one, other in permutations(keys, 2))
    return keys if told and apart else None


def _tells(key: str) -> bool:
    """改造项目, but not 3000万元: enough where the other side names it alone."""
    return len(key) >= TELLING and key.isalpha() and YEAR_NUMBER.search(key) is None


def _by_words(joined: Joined, series: Series) -> tuple[tuple[Span, str], ...]:
    """The numbers of a text that names the keys in other words (文明镇, 文明乡镇), each with the key most like what
    stands before it; none where that leaves a doubt.
    """
    starts = [max(joined.segment_at(b.start).start, a) for a, b in _after_one_another(joined)]
    phrases = [(span, joined.text[at : span.start]) for at, (span, _) in zip(starts, joined.amounts, strict=True)]
    found = []
    for key in series.keys:
        likest = sorted(((_alike(key, phrase), span) for span, phrase in phrases), reverse=True)
        if not likest or likest[0][0] < LIKE or (len(likest) > 1 and likest[0][0] - likest[1][0] < AHEAD):
            return ()
        found.append((likest[0][1], key))
    return tuple(found) if len({span for span, _ in found}) == len(found) else ()


def _after_one_another(joined: Joined) -> Iterator[tuple[int, Span]]:
    """Each amount with the end of the one before it."""
    end = 0
    for span, _ in joined.amounts:
        yield end, span
        end = span.end


def _alike(one: str, other: str) -> float:
    """Dice coefficient of characters: keys are short, and a level in them is often written otherwise."""
    return 2 * len({*one} & {*other}) / (len({*one}) + len({*other})) if one and other else 0.0


def _answers(joined: Joined, keys: Sequence[str]) -> tuple[tuple[tuple[Span, str], ...], tuple[Span, ...]]:
    """The numbers of the text that tells them one by one, each with the key last named, and the places of the keys."""
    own = next((series for series in find_series(joined) if _common_keys(series, keys)), None)
    if own:
        return tuple(zip(own.values, _common_keys(own, keys) or (), strict=True)), own.head
    places = sorted((Span(*match.span()), key) for key in keys for match in re.finditer(re.escape(key), joined.text))
    told = []
    for span, _ in joined.amounts:
        stop = max(joined.text.rfind(stop, 0, span.start) for stop in STOPS)
        before = [key for place, key in places if stop < place.start < span.start]
        if before:
            told.append((span, before[-1]))
    if len({key for _, key in told}) < len(told):  # a key with several numbers of its own
        told = [item for item in told if sum(key == item[1] for _, key in told) == 1]
    years = all(YEAR_NUMBER.fullmatch(key) for key in keys)
    heads = tuple(Span(place.start, place.end + 1) for place, _ in places) if years else ()
    return tuple(told), heads


def _common_keys(series: Series, keys: Sequence[str]) -> tuple[str, ...] | None:
    """The other side's keys in this one's order; a key that the other side has not stands for itself."""
    found = tuple(next((key for key in keys if _stands(key, own)), own) for own in series.keys)
    return found if len(set(found)) == len(found) and not set(keys).isdisjoint(found) else None


def _stands(key: str, text: str) -> bool:
    """Whether a key stands in a text, and not as the end of a larger number: 500万元 in 1500万元."""
    at = text.find(key)
    return at >= 0 and not (key[0].isdigit() and text[at - 1 : at].isdigit())
