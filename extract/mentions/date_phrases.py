"""Phrases: moments with the words that bound them: 截至…, …前, 自…起, A至B, …之日起30日内.

A phrase says which side it closes; what days that gives is settled in `dates`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from extract.lexicon import load
from extract.mentions.date_moments import (
    ISSUANCE,
    ISSUANCE_FIRST,
    JOIN,
    LIST,
    MOMENT,
    MOMENT_FIRST,
    Moment,
    next_day,
    read_issuance,
    read_moment,
)
from extract.mentions.date_values import LARGE_NUMBER, read_number
from extract.mentions.scan import find_all
from extract.span import Span

BOUNDS = load("dates")["bounds"]


class Side(StrEnum):
    """Which side of its moment a phrase closes."""

    PLAIN = "plain"
    WITHIN = "within"  # 内, 期间
    UNTIL = "until"  # 截至, 至, 止, 底前: the moment's last day is the last
    BEFORE = "before"  # 前: like UNTIL for a day, unsettled for a month or a year
    SINCE = "since"  # 起: the moment's first day is the first
    AFTER = "after"  # 后: like SINCE for a day, unsettled for a month or a year
    LASTING = "lasting"  # 以来, 至今
    AROUND = "around"  # 前后
    SPAN = "span"  # from one moment to another


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A length counted from a moment: 30日内, 3个月内, 30日后."""

    count: int
    unit: str  # 日 月 年 工作日
    after: bool = False  # 后: starts when the length is over
    lasting: bool = False  # no 内: how long something holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    span: Span
    first: Moment
    last: Moment | None = None
    side: Side
    offset: Offset | None = None
    cues: tuple[str, ...] = ()
    inclusive: bool = False  # （含）, 及以前
    exclusive: bool = False  # （不含）
    linked: bool = False  # only a list sign stands between it and the phrase before


def _words(words: list[str]) -> str:
    return "|".join(words)


BEFORE = re.compile(
    rf"""
    (?:
        (?P<until>{_words(BOUNDS["until"])}|(?<![{"".join(BOUNDS["until_not_after"])}])[至到])
      | (?P<since>(?<![{"".join(BOUNDS["since_not_after"])}])(?:{_words(BOUNDS["since"])}))
    )：?\Z
    """,
    re.VERBOSE,
)
NOT_EARLIER = "早于"  # 不得早于
LONGEST_BOUND = 1 + 1 + max(len(word) for word in BOUNDS["until"])

COUNT = rf"(?:[0-9]{{1,4}}|{LARGE_NUMBER})"
UNIT = r"(?:个?工作日|个工作天|个?自然日|个月|[日天年])"

# 内容, 内需, 内部 …; but 30日内部署, 内在网站公布, 内设立 are 内 and a verb
NO_OTHER_WORD = r"(?![容外涵蒙陆控需河江]|部(?![门分署])|在(?=[的因动需价规联逻])|设(?=[机部])|生(?=[动产]))"
AFTER = re.compile(
    rf"""
    (?:（(?:(?P<inclusive>含)|(?P<exclusive>不含))[^（）]{{0,8}}）)?
    (?:
        (?P<around>前后|左右)
      | (?P<before>(?P<and_before>及)?(?:之前|以前|前(?![述期往沿端瞻景来款者]|列(?!入|支)|(?<=年前)[三两二五一十0-9])))
      | (?P<until>为?止)
      | (?P<lasting>以来|至今)
      | (?P<since>
            (?:及?(?:之后|以后)|后(?![续期备方勤台端果面进者])|起(?![来点步源草诉动码薪付伏])(?:之?后)?|开始)
            (?:，?满?(?P<count>{COUNT})(?P<unit>{UNIT})(?:(?P<after>以后|之后|后)|(?P<in>之内|以内|内)|(?<=[年月])(?P<no_side>(?![起以的]))))?
        )
      | (?P<within>(?:之|以)?内{NO_OTHER_WORD}|期间)
    )?
    """,
    re.VERBOSE,
)
PLAIN_SINCE = re.compile(r"，|(?:正式)?(?:施行|执行|实施|开始|启动|启用)")

DAY_TAIL = re.compile(
    r"""
    (?:当[日天](?!然))?
    (?:（(?:周|星期)[一二三四五六日天]）)?
    (?:(?:上午|下午|中午|晚上?|早上)?[0-9]{1,2}(?:(?:[:：][0-9]{2}){1,2}|[时点](?:[0-9]{1,2}分|整|半)?)
        |(?:上午|下午)?下班(?=[之以]?前))?
    """,
    re.VERBOSE,
)
CONNECT = re.compile(rf"(?:（含[^（）]{{0,6}}）)?(?:起|开始)?，?(?:{JOIN}|直至|直到|截至|截止到?|延续[至到])")
LISTED = re.compile(rf"{LIST}|，|（[^（）]{{0,6}}）{LIST}")


def find_phrases(text: str) -> list[Phrase]:
    """All phrases, sorted; those inside names included."""
    phrases: list[Phrase] = []
    moments = sorted(find_moments(text), key=lambda moment: moment.span)
    at = 0
    while at < len(moments):
        first, last = moments[at], None
        if at + 1 < len(moments) and CONNECT.fullmatch(text, first.span.end, moments[at + 1].span.start):
            last = moments[at + 1]
        phrase = _bind(text, first, last, phrases[-1].span.end if phrases else None)
        phrases.append(phrase)
        at += 1 if last is None else 2
        while at < len(moments) and moments[at].span.start < phrase.span.end:
            at += 1
    return _share_bounds(text, phrases)


def find_moments(text: str) -> Iterator[Moment]:
    for match in find_all(ISSUANCE, ISSUANCE_FIRST, text):
        yield read_issuance(match)
    at = 0
    while (found := next(find_all(MOMENT, MOMENT_FIRST, text, at), None)) is not None:
        at = max(found.end(), found.start() + 1)
        moment: Moment | None = read_moment(found) if found.end() > found.start() else None
        while moment is not None:
            if moment.day is not None:
                moment = _with_tail(text, moment)
            yield moment
            at = max(at, moment.span.end)
            moment = next_day(text, moment)


def _with_tail(text: str, moment: Moment) -> Moment:
    """The moment with its weekday and hour."""
    tail = DAY_TAIL.match(text, moment.span.end)
    longer = tail is not None and tail.end() > moment.span.end
    return replace(moment, span=Span(moment.span.start, tail.end())) if tail and longer else moment


def _bind(text: str, first: Moment, last: Moment | None, done: int | None) -> Phrase:
    """`done`: where the phrase before ended."""
    start, end = first.span.start, (last or first).span.end
    before = BEFORE.search(text[max(0, start - LONGEST_BOUND) : start])
    after = AFTER.match(text, end)
    assert after is not None
    side = _side(text, before, after, first)
    since = before is not None and before["since"] is not None
    opens = {Side.SINCE, Side.AFTER, Side.LASTING} if since else {Side.UNTIL}
    if last is not None:
        side = side if side is Side.AROUND else Side.SPAN
        opens = {side} if since else set()
    opening = before[0] if before is not None and side in opens else ""
    start -= len(opening)
    return Phrase(
        span=Span(start, after.end()),
        first=first,
        last=last,
        side=side,
        offset=_offset(after),
        cues=tuple(cue for cue in (opening, after[0]) if cue),
        inclusive=bool(after["inclusive"] or after["and_before"]),
        exclusive=bool(after["exclusive"]),
        linked=done is not None and LISTED.fullmatch(text, done, start) is not None,
    )


def _side(text: str, before: re.Match[str] | None, after: re.Match[str], first: Moment) -> Side:
    for name in ("around", "before", "lasting", "until"):
        if after[name]:
            return Side(name)
    if after["since"]:
        return Side.AFTER if after["since"].startswith(("后", "之后", "以后")) else Side.SINCE
    if before is not None and before["until"] and not text.startswith("的", after.end()):
        return Side.UNTIL
    if (
        before is not None
        and before["since"]
        and (before[0].endswith(NOT_EARLIER) or PLAIN_SINCE.match(text, after.end()))
    ):
        return Side.SINCE
    if after["within"]:
        return Side.UNTIL if first.is_day and first.fixed is None else Side.WITHIN
    return Side.PLAIN


def _offset(after: re.Match[str]) -> Offset | None:
    if not after["count"]:
        return None
    unit = after["unit"].replace("个", "")
    unit = "工作日" if unit.startswith("工作") else "日" if unit in {"天", "自然日"} else unit
    count = read_number(after["count"])
    return Offset(
        count=count, unit=unit, after=bool(after["after"]), lasting=after["in"] is None and after["after"] is None
    )


def _share_bounds(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """3月31日、6月30日前: 前 holds for both, as long as they are of one grain."""
    for at in range(len(phrases) - 1, 0, -1):
        here, ahead = phrases[at - 1], phrases[at]
        same = here.first.is_day == ahead.first.is_day and (here.first.day is None) == (ahead.first.day is None)
        listed = ahead.linked and text[here.span.end] != "，"
        shares = same or (_is_month(here.first, edge=None) and _is_month(ahead.first, edge="底"))
        if listed and shares and here.side is Side.PLAIN and ahead.side is Side.BEFORE and ahead.last is None:
            first = replace(here.first, edge=ahead.first.edge)  # 6月、12月底前: by the end of both
            phrases[at - 1] = replace(here, first=first, side=Side.BEFORE, cues=ahead.cues, inclusive=ahead.inclusive)
    for at in range(1, len(phrases)):
        if _goes_on(text, phrases[at - 1], phrases[at]):
            phrases[at] = replace(phrases[at], side=Side.UNTIL, cues=phrases[at - 1].cues)
    return phrases


def _is_month(moment: Moment, edge: str | None) -> bool:
    single = moment.months is not None and moment.months[0] == moment.months[1]
    return single and moment.day is None and moment.decade is None and moment.edge == edge


def _goes_on(text: str, here: Phrase, ahead: Phrase) -> bool:
    """到2025年、2027年: 到 holds for both years."""
    if here.side is not Side.UNTIL or here.last is not None or ahead.last is not None or not here.cues:
        return False
    years = all(phrase.first.year is not None and phrase.first.months is None for phrase in (here, ahead))
    listed = ahead.linked and text[here.span.end] != "，"
    return years and listed and here.first.is_day == ahead.first.is_day and ahead.side is Side.PLAIN
