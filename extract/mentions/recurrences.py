"""What comes round again: 每月6日, 每年3月底前, 每季度首月10日前, 按月, as RFC 5545 rules.

A rule has no start day: a notice says how often, rarely from when. A deadline that comes round (每月10日前)
is the rule of its last day.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from extract.mentions.date_moments import JOIN, LIST, NEXT_QUARTER, NUMBER
from extract.mentions.date_values import make_day, read_number
from extract.mentions.recurrence_rules import (
    LAST_DAY,
    NO_SINGLE_RULE,
    WEEK,
    Slot,
    days_of_decade,
    fill,
    join,
    monthly,
    weekly,
    yearly,
)
from extract.mentions.scan import find_all
from extract.notice import DateMention, DateRole
from extract.span import Span

BOUND = r"(?:（含[^（）]{0,6}）)?(?:底?之前|底?以前|前(?![述期提往列置]))?"
WEEKDAYS = dict(zip("一二三四五六日", WEEK, strict=True)) | {"天": "SU"}
WORKDAYS = ",".join(WEEK[:5])

EVERY_FIRST = re.compile("[每按逐月]")
EVERY = re.compile(
    rf"""
      每隔?(?P<count>{NUMBER}|半)?个?
        (?P<unit>
            年度?(?![龄级均份轻]) | 季度?(?!节) | 月[份度]?(?![球饼龄嫂薪]) | (?:周|星期)(?![期边转岁年刊报])
          | [日天](?![常照然均报历]) | 工作日
        )
    | (?<!不)[按逐](?P<by>
            年度(?!新增|实际|计划|预算|任务|目标|累计|平均|净|总[额量]|考核(?:结果|等次|得分))  # 按年度新增担保额
          | 季度|季(?!节)|月度?(?!球|饼)|周(?![期边转岁年密全]))
    | (?<![0-9一二三四五六七八九十本当上下])(?P<monthly>月度)(?![假过])
    """,
    re.VERBOSE,
)

YEAR_ITEM = re.compile(
    rf"""
    (?:
        (?P<bare>[0-9]{{1,2}})(?=(?:{LIST}[0-9]{{1,2}}){{0,10}}(?:{LIST}|{JOIN})[0-9]{{1,2}}月)
      | (?P<month>{NUMBER}|元)月份?
        (?: (?P<decade>[上中下])旬
          | 月?(?P<edge>[底末初])(?![线数层部座端位级步中次])
          | (?P<day>{NUMBER})(?:[日号]|(?=(?:{LIST}|{JOIN}){NUMBER}[日号]))
        )?
      | 第?(?P<quarter>[一二三四1-4])(?:季度(?P<quarter_edge>[底末])?|{NEXT_QUARTER})
      | (?P<half>[上下])半年(?P<half_edge>[底末])?
      | 年?(?P<year_edge>[底末初])(?![线数层部座端位级步中次])
    )
    """,
    re.VERBOSE,
)
MONTH_ITEM = re.compile(
    rf"""
    (?:
        (?P<day>{NUMBER})(?:[日号]|(?=(?:{LIST}{NUMBER}){{0,8}}(?:{LIST}|{JOIN}){NUMBER}[日号]))
      | 月?(?P<edge>[底末])(?![线数层部座端位级])
      | (?P<decade>[上中下])旬
      | 第(?P<nth>[一二三四])个?(?:周|星期)(?P<nth_day>[一二三四五六日天])
      | 最后一个(?:周|星期)(?P<last_day>[一二三四五六日天])
      | 第(?P<nth_work>{NUMBER})个工作日
      | (?P<last_work>最后一个工作日)
      | (?:结束|终了)(?:之日)?(?:起|后|之后)(?P<within>{NUMBER})[日天]内
    )
    """,
    re.VERBOSE,
)
QUARTER_ITEM = re.compile(
    rf"""
    (?:
        (?:的?(?:(?P<first>首月|首个月|第一个月|第1个月)|(?P<second>第二个月|第2个月)|(?P<third>末月|最后一个月|第三个月|第3个月))
            (?: (?P<day>{NUMBER})[日号] | (?P<edge>[底末]) | (?P<decade>[上中下])旬 )?)
      | 季?(?P<quarter_edge>[底末])
      | (?:结束|终了)(?:之日)?(?:起|后|之后)(?P<within>{NUMBER})[日天]内
    )
    """,
    re.VERBOSE,
)
WEEK_ITEM = re.compile(r"(?:的?(?:周|星期))?(?P<day>[一二三四五六日天])(?![次场个家批名类项条期人周天些起])")
SIGN = re.compile(rf"(?P<join>{JOIN}(?:(?:次年|翌年|当年|次月)的?)?)|{LIST}(?:每年|每月)?的?")
LEAD = re.compile(r"[的自从于在]")
TAIL = re.compile(BOUND)

OTHER_MONTH_FIRST = re.compile("[次当下本月]")
OTHER_MONTH = re.compile(
    rf"""
    (?: (?<![0-9一二三两首每多层批项场轮以])(?P<which>[次当下本])月的?
        (?:(?P<day>{NUMBER})[日号](?!龄)|月?(?P<edge>[底末])(?![线数层部座端位级])|(?P<decade>[上中下])旬)
      | (?<![0-9一二三四五六七八九十元个每])月[底末](?=之?前|以前)
    ){BOUND}
    """,
    re.VERBOSE,
)

SENTENCE_END = re.compile(r"[。！？]")
LONGEST_SENTENCE = 200
MOST_SLOTS = 31  # no list of months or days is longer
ITEMS = {"年": YEAR_ITEM, "月": MONTH_ITEM, "季": QUARTER_ITEM, "周": WEEK_ITEM}
PLAIN = {
    "年": "FREQ=YEARLY",
    "季": "FREQ=MONTHLY;INTERVAL=3",
    "月": "FREQ=MONTHLY",
    "周": "FREQ=WEEKLY",
    "日": "FREQ=DAILY",
}
QUARTER_MONTHS = {"first": (1, 4, 7, 10), "second": (2, 5, 8, 11), "third": (3, 6, 9, 12)}


def find_recurrences(text: str) -> Iterator[DateMention]:
    """In order and apart."""
    end = 0
    for match in find_all(EVERY, EVERY_FIRST, text):
        if match.start() < end:
            continue
        mention = _read(text, match)
        end = mention.span.end
        yield mention


def find_other_months(text: str, rhythms: Sequence[DateMention], issued_on: date | None) -> Iterator[DateMention]:
    """次月10日前: every month where the sentence says 每月 or 按月 before it (`rhythms`), else the month that holds.

    本月 and a bare 月底 count from the notice; 当月 and 次月 from an event that no one knows yet.
    """
    at = 0
    for match in find_all(OTHER_MONTH, OTHER_MONTH_FIRST, text):
        while at < len(rhythms) and rhythms[at].span.end <= match.start():
            at += 1
        before = rhythms[at - 1] if at else None
        days = _days({name: value for name, value in match.groupdict().items() if value}) or (LAST_DAY,)
        if before is not None and same_sentence(text, before.span.end, match.start()) and Slot(days=days).exists:
            yield _mention(text, Span(*match.span()), match, monthly([Slot(days=days)]), None)
        else:
            yield _in_month(match, days, issued_on)


def _in_month(match: re.Match[str], days: tuple[int, ...], issued_on: date | None) -> DateMention:
    own = match["which"] in {"本", None}
    end = None
    if own and issued_on is not None:
        last = monthrange(issued_on.year, issued_on.month)[1]
        end = make_day(issued_on.year, issued_on.month, last if days[-1] in {LAST_DAY, 31} else days[-1])
    return DateMention(
        quote=match[0],
        span=Span(*match.span()),
        role=DateRole.DEADLINE,
        start=None,
        end=end,
        rule="date.other_month",
        cues=(match[0],),
        problem=None if end else "成文日期不明" if own else "所指月份以文中所述事项为准",
    )


def same_sentence(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_SENTENCE and SENTENCE_END.search(text, start, end) is None


def _read(text: str, match: re.Match[str]) -> DateMention:
    unit = _unit(match)
    count = match["count"]
    end, rule, problem = match.end(), _plain_rule(unit, count), None
    if count is None and match["unit"] and unit in ITEMS:
        slots, after, crosses = _read_items(text, end, ITEMS[unit])
        if slots:
            end = after
            rule = None if crosses else _rule_of(unit, slots)
            problem = None if rule else NO_SINGLE_RULE
    if rule is None and problem is None:
        problem = "周期的长度不明"
    return _mention(text, Span(match.start(), end), match, rule, problem)


def _mention(text: str, span: Span, cue: re.Match[str], rule: str | None, problem: str | None) -> DateMention:
    return DateMention(
        quote=text[span.start : span.end],
        span=span,
        role=DateRole.RECURRING,
        start=None,
        end=None,
        rrule=rule,
        rule="recurrence",
        cues=(cue[0],),
        problem=problem,
    )


def _unit(match: re.Match[str]) -> str:
    words = match["unit"] or match["by"] or "月"
    return {"星": "周", "天": "日", "工": "工作日"}.get(words[0], words[0])


def _plain_rule(unit: str, count: str | None) -> str | None:
    if unit == "工作日":
        return f"FREQ=WEEKLY;BYDAY={WORKDAYS}" if count in {None, "一", "1"} else None
    if count == "半":
        return "FREQ=MONTHLY;INTERVAL=6" if unit == "年" else None
    number = read_number(count) if count else 1
    if number < 1:
        return None
    if unit == "季":
        return f"FREQ=MONTHLY;INTERVAL={3 * number}"
    return PLAIN[unit] if number == 1 else f"{PLAIN[unit]};INTERVAL={number}"


def _read_items(text: str, at: int, item: re.Pattern[str]) -> tuple[list[Slot], int, bool]:
    """The slots from `at` on, where they end, and whether they cannot be one rule."""
    slots: list[Slot] = []
    at = at + 1 if LEAD.match(text, at) and item.match(text, at + 1) else at
    end, here, joined, crosses = at, at, False, False
    while (match := item.match(text, here)) and len(slots) < MOST_SLOTS:
        slot = _slot(match, item)
        filled = fill(slots[-1], slot) if joined else slot
        longer = join(slots[:-1] if joined else slots, filled or slot)
        if longer is None:
            break
        crosses = crosses or filled is None or not slot.exists
        slots, end = longer, match.end()
        sign = SIGN.match(text, end)
        if sign is None:
            break
        here, joined = sign.end(), sign["join"] is not None
    tail = TAIL.match(text, end) if slots else None
    return slots, tail.end() if tail else end, crosses


def _slot(match: re.Match[str], item: re.Pattern[str]) -> Slot:
    found = {name: value for name, value in match.groupdict().items() if value}
    if item is WEEK_ITEM:
        return Slot(weekday=WEEKDAYS[found["day"]])
    if item is QUARTER_ITEM:
        return _quarter_slot(found)
    return _year_slot(found) if item is YEAR_ITEM else _month_slot(found)


def _days(found: dict[str, str]) -> tuple[int, ...]:
    for name in ("day", "within"):
        if name in found:
            return (read_number(found[name]),)
    if "decade" in found:
        place = "上中下".index(found["decade"])
        return days_of_decade(place, place)
    edges = [value for name, value in found.items() if name.endswith("edge")]
    return (LAST_DAY,) if edges and edges[0] in "底末" else ()


def _year_slot(found: dict[str, str]) -> Slot:
    days = _days(found)
    months: tuple[int, ...]
    if "quarter" in found:
        last = read_number(found["quarter"]) * 3
        months = (last - 2, last - 1, last)
    elif "half" in found:
        months = (1, 2, 3, 4, 5, 6) if found["half"] == "上" else (7, 8, 9, 10, 11, 12)
    elif "year_edge" in found:
        months = (1,) if found["year_edge"] == "初" else (12,)
    else:
        months = (read_number(found.get("month") or found["bare"]),)
    return Slot(months=months[-1:] if days else months, days=days)


def _month_slot(found: dict[str, str]) -> Slot:
    if "nth" in found:
        return Slot(by=f"BYDAY={'一二三四'.index(found['nth']) + 1}{WEEKDAYS[found['nth_day']]}")
    if "last_day" in found:
        return Slot(by=f"BYDAY=-1{WEEKDAYS[found['last_day']]}")
    if "nth_work" in found or "last_work" in found:
        place = read_number(found["nth_work"]) if "nth_work" in found else -1
        return Slot(by=f"BYDAY={WORKDAYS};BYSETPOS={place}")
    return Slot(days=_days(found))


def _quarter_slot(found: dict[str, str]) -> Slot:
    if "quarter_edge" in found:
        return Slot(months=QUARTER_MONTHS["third"], days=(LAST_DAY,))
    which = next((name for name in QUARTER_MONTHS if name in found), "first")
    return Slot(months=QUARTER_MONTHS[which], days=_days(found))


def _rule_of(unit: str, slots: Sequence[Slot]) -> str:
    return {"周": weekly, "月": monthly}.get(unit, yearly)(slots)
