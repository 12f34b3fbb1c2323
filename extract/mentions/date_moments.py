"""Moments: the words of one year, quarter, month, day or plan, without the words that bound it.

`read_moment` gives what the words say; `Moment.days(year)` what that means once its year is known.
"""

import re
from dataclasses import dataclass

from extract.lexicon import load
from extract.mentions.date_values import (
    CHINESE_NUMBER,
    CHINESE_YEAR,
    Days,
    decades_of,
    five_year_plan,
    make_day,
    months_of,
    read_number,
    read_year,
)
from extract.mentions.scan import first_of
from extract.span import Span

WORDS = load("dates")

# What the issue year is to do, where 本年 only refers to it.
WHOLE = "全年"
WITHIN = "本年内"  # 年内

NUMBER = rf"(?:[0-9]{{1,2}}|{CHINESE_NUMBER})"
MONTH = r"(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九]|元)"
JOIN = r"(?:至|到|[—–~～－─-]{1,2})"
LIST = r"[、和及或与]"
NEXT_QUARTER = rf"(?=(?:{JOIN}|{LIST})[一二三四1-4]季度)"  # 二、三季度
PLAIN_YEAR = r"(?:19|20)[0-9]{2}"
ISSUANCE_VERB = "|".join(WORDS["issuance"]["verbs"])
EFFECT_VERB = "|".join(WORDS["issuance"]["effect"])
SELF = "|".join(WORDS["issuance"]["self"])

SEASON = "|".join(WORDS["seasons"]["words"])

# What would make another word of the sign before it: 1日均, 5号楼, 3月龄, 12月底薪, 2023年末位淘汰, 2023年初中毕业生.
DAY_SIGN = r"(?:日(?![龄均])|号(?![楼院栋线公文令]))"
AFTER_MONTH = r"(?![龄嫂薪饼球台]|怀胎|一[主题次课考评会查报更训]|度[假过]|以[上下]|[余多])"
END = r"(?:底(?![线数层部座盘蕴子薪商色])|末(?![端梢级位尾日]))"
BEGIN = r"初(?![中步级次高始一二三审心创任])"
MIDDLE = r"中(?=[，。、；）前]|\Z)"  # 年中, 6月中 only where the words end: 2023年中央财政

YEAR_NUMBER = rf"""
    (?:
        (?<![0-9]) (?P<year>[12][0-9]{{3}}|{CHINESE_YEAR})年
        (?!第[0-9一二三四五六七八九十百]{{1,4}}号|版|本[）》，、。]|修[订正][）本]|以上|树龄)
      | (?<![0-9./-]) (?P<bare_year>{PLAIN_YEAR})(?={JOIN}{PLAIN_YEAR}年|(?:{LIST}{PLAIN_YEAR}){{1,6}}年)
    )
"""
OF_THE_NOTICE = "对按在于以的与和及从自至截给将把为由向是了或"  # before 当年: counts from the notice, not from an event
YEAR_WORD = rf"""
    (?:
        (?<![现过除失扣文声说证表阐查注申透相适应不恰])
        (?: (?P<year_word>今年|明年|后年|去年|前年|翌年|同年|(?<![\u4e00-\u9fff])当年|(?<=[{OF_THE_NOTICE}])当年)
          | (?P<event_word>当年)  # 毕业当年: the year of what stands before
        )(?![轻龄纪少检份限薪报审]|度检)
      | (?<![0-9一二三两首每多层批项场轮初此再依]) (?P<next_word>次年)(?![度检报审会])
      | (?<![基成资样标版脚文日]) (?P<own_word>本年)(?![级龄])
      | (?P<last_word>(?<![以网线])[上下]年(?=度)
          | (?<![以之础身网线路市马晚早台会地村岸])[上下]年(?=[末底]|同期|实际|第?[一二三四]季度|[0-9]{{1,2}}月))
      | (?<![安健完齐保周]) (?P<whole_word>全年)(?!度[考报评审计总预决]|[龄级轻]|一次性奖金|无休)
      | (?<![0-9半整多近每届少青老中成童壮周历学一二两三四五六七八九十几数百余往今明去本当同前次后])
        (?P<within_word>年内)(?![涵容控需外陆]|部(?![门分署])|在(?=[的因动需价规联逻])|设(?=[机部]))
      | (?<![以提]) (?P<near_word>[上下]一年(?!级)|[上下]个年(?=度)|前一年)
      | (?P<near_word2>[上下前]一个?)(?:自然|会计|纳税|财政|预算|结算|评价|考核|缴费|统计)年
    )
"""
YEAR = rf"(?:{YEAR_NUMBER}|{YEAR_WORD})(?:度(?![假过日夜]))?"

MONTHS = rf"""
    (?:
        (?P<month>{MONTH})月份?{AFTER_MONTH}
        (?: (?P<decade>[上中下]{{1,2}})旬
          | 月?(?P<month_edge>{END}|{BEGIN}|{MIDDLE})
          | (?P<day>{NUMBER}){DAY_SIGN}
          | (?P<bare_day>[0-9]{{1,2}})(?=(?:{JOIN}|(?:{LIST}[0-9]{{1,2}}){{0,6}}{LIST})[0-9]{{1,2}}[日号])
        )?
      | (?P<bare_month>[0-9]{{1,2}})(?={JOIN}[0-9]{{1,2}}月(?!龄|[—–~～－─-]))
    )
"""
PART = rf"""
    (?:
        (?P<all>全年)
      | (?P<season>{SEASON})(?:节(?!日)|假期|长假)?
      | 的?(?:(?P<half>[上下])半年 | 第?(?P<quarter>[一二三四1-4])(?:季度|{NEXT_QUARTER})
          | Q(?P<english>[1-4])(?:{JOIN}Q?(?P<english_last>[1-4]))?(?![0-9A-Za-z])  # 2023年Q1
          | 前(?P<quarters>[二两三23])个?季度
          | 前(?P<months>{MONTH})个月)
        (?P<part_edge>{END}|{BEGIN})?
      | 年?(?P<year_edge>{END}|{BEGIN}|(?<=年){MIDDLE})
      | 的?{MONTHS}
    )
"""

# Words that may open a part without a year. What stands before must not make a duration or a longer word of it.
OPENING = rf"""
    (?:
        (?<![0-9.．年第个近满逾足每一二三四五六七八九十百千两几数/÷×=])
        (?:{MONTH}月份?{AFTER_MONTH}(?!内[^完])|[0-9]{{1,2}}{JOIN}[0-9]{{1,2}}月(?!龄))
      | (?<![以])上半年 | (?<![以上、])下半年
      | (?<![0-9每个近上下本当前后一二三四五六七八九十两几数])
        (?:第?[一二三四1-4](?:季度|{NEXT_QUARTER})|前[二两三23]个?季度)
      | (?<![0-9半整多近每届少青老中成童壮周历学逐单百往]) 年{END}
    )
"""

ISO = rf"{PLAIN_YEAR}(?P<sign>[-./])[0-9]{{1,2}}(?P=sign)[0-9]{{1,2}}"
PLAN = r"(?P<plan>十?[一二三四五六七八九]|十)五[”’]?(?P<plan_part>期间|时期|期末|末期|末|初期|初|以来)"

MOMENT_FIRST = re.compile(r"[0-9一二三四五六七八九十元今明后去前当翌同次本上下第年全“‘]")
MOMENT = re.compile(
    rf"""
    (?={MOMENT_FIRST.pattern})
    (?:
        (?P<iso>(?<![0-9A-Za-z./-]){ISO}(?![0-9]|[./-][0-9]))
      | [“‘]?(?<![第一二三四五六七八九]){PLAN}
      | (?:{YEAR}|(?={OPENING})) {PART}?
    )
    """,
    re.VERBOSE,
)

NEXT_DAY = re.compile(rf"(?:{JOIN}|{LIST})(?P<day>{NUMBER}){DAY_SIGN}(?!内)")
NEXT_BARE_DAY = re.compile(rf"{LIST}(?P<day>[0-9]{{1,2}})(?=(?:{LIST}[0-9]{{1,2}}){{0,6}}[日号])")

ISSUANCE_FIRST = first_of(
    ["本", "即日", *(word for name in ("verbs", "self", "effect") for word in WORDS["issuance"][name])]
)
ISSUANCE = re.compile(
    rf"""
    (?:
        (?P<self>本(?:[^，。；、：“”《》（）自从0-9]{{0,8}}?) | (?:{SELF}) | (?<=[自从]))
        (?P<verb>{ISSUANCE_VERB}|{EFFECT_VERB})(?:之日|当日|日)
      | (?:(?<![\u4e00-\u9fff])|(?<=[自从定]))即日(?=起)
      | (?P<self_after>本(?:[^，。；、：“”《》（）自从0-9]{{0,8}}?)|(?:{SELF})|(?<=[，。；：（]))
        (?P<verb_after>{ISSUANCE_VERB})(?=(?:之?后|以后)[0-9一二三四五六七八九十两]{{1,3}}(?:日|天|个月|年|个?工作日))
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What the words of a moment say. Months are 1-based and inclusive; no months: the whole year."""

    span: Span
    year: int | None = None
    year_word: str | None = None  # 今年, 次年: a year relative to another
    months: tuple[int, int] | None = None
    decade: tuple[int, int] | None = None  # 旬, from 0: 中下旬 is (1, 2)
    day: int | None = None
    edge: str | None = None  # 底 or 初
    fixed: Days | None = None  # 五年规划 and the like: no year is missing
    issuance: str | None = None  # 印发 or 施行: the day that happens
    problem: str | None = None
    listed: bool = False  # 22日 in 12月21日、22日

    @property
    def gives_year(self) -> bool:
        """Names one year, by its number or by a word."""
        return self.year is not None or self.year_word is not None

    @property
    def lacks_year(self) -> bool:
        return self.year is None and self.year_word is None and self.fixed is None and self.issuance is None

    @property
    def is_day(self) -> bool:
        """A single day, or an end that stands for one (6月底)."""
        return self.day is not None or self.edge is not None or self.issuance is not None

    def days(self, year: int) -> Days | None:
        """The moment in a year; `None` where the calendar has no such day."""
        if self.fixed is not None:
            return self.fixed
        first, last = self.months or (1, 12)
        if self.day is not None:
            day = make_day(year, first, self.day)
            return Days(day, day) if day else None
        whole = months_of(year, first, last) if self.decade is None else decades_of(year, first, *self.decade)
        if whole is None or self.edge is None:
            return whole
        return Days(whole.end, whole.end)


def read_moment(match: re.Match[str]) -> Moment | None:
    """A `MOMENT` match as data; `None` if it is none after all (a duration such as 3000年)."""
    span = Span(*match.span())
    if match["iso"]:
        return _read_iso(span, match["iso"], match["sign"])
    if match["plan"]:
        return _read_plan(span, match["plan"], match["plan_part"])
    written = match["year"] or match["bare_year"]
    year = read_year(written) if written else None
    months, edge = _months(match), _edge(match)
    if written and year is None:
        outside = f"{written}年不在1949—2100年之间"
        return Moment(span=span, months=months, problem=outside) if months else None
    problem = "“初”“中”没有确切的日子" if edge in {"初", "中"} else None
    if match["season"]:
        problem = f"“{match['season']}”没有确切的日子"
    day = match["day"] or match["bare_day"]
    decade = match["decade"]
    return Moment(
        span=span,
        year=year,
        year_word=_year_word(match),
        months=months,
        decade=_decades(decade) if decade else None,
        day=read_number(day) if day else None,
        edge=edge,
        problem=problem,
    )


def next_day(text: str, last: Moment) -> Moment | None:
    """The day that goes on a list or a range (12月21日、22日)."""
    if last.day is None or last.months is None:
        return None
    match = NEXT_DAY.match(text, last.span.end) or NEXT_BARE_DAY.match(text, last.span.end)
    if match is None:
        return None
    return Moment(
        span=Span(match.start("day"), match.end()),
        year=last.year,
        year_word=last.year_word,
        months=last.months,
        day=read_number(match["day"]),
        listed=True,
    )


def read_issuance(match: re.Match[str]) -> Moment:
    """自印发之日, 即日 and 本通知印发(后): the day of the notice itself."""
    verb = match["verb"] or match["verb_after"]
    kind = "施行" if verb in WORDS["issuance"]["effect"] else "印发"
    start = match.start("verb") if match["self"] == "" else match.start()
    return Moment(span=Span(start, match.end()), issuance=kind)


def _read_iso(span: Span, words: str, sign: str) -> Moment:
    year, month, day = (int(part) for part in words.split(sign))
    known = make_day(year, month, day)
    return Moment(span=span, year=year, months=(month, month), day=day, problem=None if known else f"没有{words}这一天")


def _read_plan(span: Span, number: str, part: str) -> Moment | None:
    years = five_year_plan(read_number(number))
    if years is None or years.end is None:
        return None
    if part == "以来":
        return Moment(span=Span(span.start, span.end - 2), fixed=years)
    if part.startswith("初"):
        return Moment(span=span, fixed=years, problem="“初”没有确切的日子")
    last = Days(years.end, years.end)
    at_end = part not in {"期间", "时期"}
    return Moment(span=span, fixed=last if at_end else years, edge="底" if at_end else None)


def _year_word(match: re.Match[str]) -> str | None:
    if match["event_word"]:
        return "同年"
    if match["whole_word"] or match["within_word"]:
        return WHOLE if match["whole_word"] else WITHIN
    for name in ("year_word", "next_word", "own_word", "last_word", "near_word"):
        word: str | None = match[name]
        if word:
            return word
    kind_of_year: str | None = match["near_word2"]  # 上一会计年
    return f"{kind_of_year[:2]}年" if kind_of_year else None


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    month = match["month"] or match["bare_month"]
    if month:
        number = read_number(month)
        return (number, number)
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    if match["quarter"]:
        last = read_number(match["quarter"]) * 3
        return (last - 2, last)
    if match["english"]:
        first, last = (int(match[name] or match["english"]) * 3 for name in ("english", "english_last"))
        return (first - 2, last)
    if match["quarters"]:
        return (1, read_number(match["quarters"]) * 3)
    return (1, read_number(match["months"])) if match["months"] else None


def _decades(words: str) -> tuple[int, int]:
    places = sorted("上中下".index(word) for word in words)
    return places[0], places[-1]


def _edge(match: re.Match[str]) -> str | None:
    edge = match["part_edge"] or match["year_edge"] or match["month_edge"]
    return "底" if edge == "末" else edge
