"""Quantities in, readings out: each with the bound and per words around it, settled into an amount."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.mentions.bounds import STOPS, After, Before, Cue, Side, read_after, read_before
from extract.mentions.not_amounts import NAME_LENGTH, Quoted
from extract.mentions.per_units import (
    EACH_WORD,
    EVENT,
    PERIOD,
    SINGLE,
    event_per,
    is_time,
    read_each,
    read_period,
    read_single,
    read_slash,
)
from extract.mentions.quantity import Quantity
from extract.mentions.settling import Settled, settle
from extract.notice import Amount, AmountKind, Bound
from extract.span import Span

REACH = 48  # characters before a number in which 每年 or 单户 may stand
# 突破10项技术 makes ten of them; 突破500家 passes a mark
BREAKTHROUGHS = frozenset({"项", "个", "件", "种", "款", "类", "批"})
TECHNOLOGY = (
    r"(?:技术|瓶颈|难题|难点|卡脖子|工艺|装备|零部件|元器件|新材料|新产品|新品种|成果|科学问题|堵点|短板|攻关|攻克)"
)
MADE = re.compile(rf"[^，。；：！？]{{0,12}}?{TECHNOLOGY}")
MAKING = re.compile(rf"{TECHNOLOGY}(?:(?!数|总量|量)[^，。；：！？\d]){{0,8}}\Z")
MADE_REACH = 16
FULL_STOPS = "。；！？"
CHAIN_HEAD = 2  # characters of 最高, 累计 … behind 年度
DEED_REACH = 14  # characters between 每 and its number: 每新增高新技术企业1家
# 一年两次
TIMES = re.compile(
    r"(?:(?:至少|不少于|不低于|最多|不超过)[^\W\d_一二两三四五六七八九十]{0,4})?(?:\d{1,3}|[一二两三四五六七八九十]{1,2})(?:次|回|场|期|轮)(?!性)"
)
MEAN = re.compile("[^年月日季]均年?")
PERIODS = {"年": 360, "月": 30, "周": 7, "星期": 7, "天": 1, "日": 1, "季度": 90, "学年": 360, "年度": 360, "学期": 180}
OFFSET = ("前", "后", "起", "之日起", "以来")  # right before a length: it is counted from there
ENDS = ("前", "之前", "以前", "内", "之内", "以内", "后", "之后", "以后")
COMPARED = re.compile(r"[<>＜＞≤≥‹›=＝]\s?[\d]")
# 每季度首月10个工作日内: when, not how much
WITHIN_PERIOD = re.compile(r"每[^，。；：]{1,3}?(?:首[个月日]|年?初|年?[末底]|结束|终了)")
# Between per word and number: a deadline is no part of how many each one is to build.
DATED = re.compile(r"\d{4}年|[在于]\d{1,2}月(?:[底末]|\d{1,2}日|[上中下]旬)?之?前")
TIMES_UNITS = frozenset({"次", "回", "轮", "期", "场", "场次"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A quantity with what stands around it."""

    quantity: Quantity
    start: int
    end: int
    before: Before
    after: After
    per: tuple[str, ...] = ()
    per_cues: tuple[str, ...] = ()
    near_per: bool = False  # a per word right before or behind it
    far_bound: tuple[Cue, ...] = ()  # shared by a list
    listed: bool = False  # not the first of a list
    joined: "Reading | None" = None  # the upper limit: 30人以上50人以下

    @property
    def cues(self) -> tuple[Cue, ...]:
        return (*self.cues_before, *self.after.cues)

    @property
    def cues_before(self) -> tuple[Cue, ...]:
        """Its own bound words in front, or those of the list it stands in."""
        quantity = self.quantity
        idle = "近" if quantity.unit.kind is AmountKind.DURATION else ""  # 近3年: the last three years
        return tuple(cue for cue in self.before.cues or self.far_bound if cue.word != idle)

    @property
    def counts(self) -> bool:
        """Weak quantities (一次, 三类) are amounts only beside a bound or a per word."""
        if not self.quantity.weak or self.joined:
            return True
        bounded = any(cue.side in (Side.MIN, Side.MAX) and not cue.weak for cue in self.cues)
        return bounded or self.near_per or bool(self.per and self.quantity.unit.name in TIMES_UNITS)

    def amount(self, text: str) -> Amount:
        quantity = self.quantity
        settled = self._settled()
        kind = quantity.unit.kind
        if quantity.unit.name == "次" and any(is_time(per) for per in self.per):
            kind = AmountKind.FREQUENCY
        end = self.joined.end if self.joined else self.end
        cues = [cue.word for cue in self.cues] + ([cue.word for cue in self.joined.cues] if self.joined else [])
        return Amount(
            quote=text[self.start : end],
            span=Span(self.start, end),
            kind=kind,
            low=_tidy(settled.low),
            high=_tidy(settled.high),
            unit=quantity.unit.name,
            bound=settled.bound,
            strict=settled.strict,
            per=self.per,
            rule=self._rule(),
            cues=tuple(dict.fromkeys([*cues, *self.per_cues])),
            problem=settled.problem,
        )

    def _settled(self) -> Settled:
        if self.joined:
            return Settled(self.quantity.low, self.joined.quantity.high, Bound.RANGE)
        varied = self.after.varied and not self.quantity.is_range and not self.quantity.problem
        problem = "“不等”没有说明另一端" if varied and not self.listed else self.before.problem
        return settle(self.quantity, self.cues, self.after.inclusive, problem)

    def _rule(self) -> str:
        parts = [self.quantity.rule]
        if self.cues_before:
            parts.append("bound before" if self.before.cues else "bound of the list")
        if self.after.cues:
            parts.append("bound after")
        if self.per:
            parts.append("per")
        return ", ".join(parts)


def _tidy(value: Decimal | None) -> Decimal | None:
    """15000.0 (1.5万) as 15000."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.normalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """每引进1名: what an amount later in the statement is per."""

    start: int
    end: int
    per: str


def read(text: str, quantities: Iterable[Quantity]) -> Iterator[Reading]:
    """Each quantity with its own words; numbers that only say per what (每5年, 每引进1名) are left out."""
    floor = 0  # chains begin behind the quantity before
    per_floor = 0  # so do per words, but ages do not use them up
    deed: _Deed | None = None
    for quantity in quantities:
        inside = quantity.start < floor  # （含6个月）
        if inside or text.startswith("每", max(0, quantity.start - 1), quantity.start):
            continue
        if found := _deed(text, quantity, floor):
            deed, floor = found, found.end
            continue
        reading = _read_one(text, quantity, floor, per_floor)
        condition = _is_condition(reading)
        if deed and not condition:
            reading, deed = _of_deed(text, reading, deed), None
        floor = reading.end
        if quantity.unit.kind is not AmountKind.AGE and not condition:
            per_floor = reading.end
        yield reading


def _is_condition(reading: Reading) -> bool:
    """每推荐1家且经营满1年的，给予1万元: the length takes no per, and hands it on."""
    if reading.quantity.unit.kind is not AmountKind.DURATION or reading.per:
        return False
    return any(cue.word.endswith("满") for cue in reading.before.cues)


def _deed(text: str, quantity: Quantity, floor: int) -> _Deed | None:
    name = quantity.unit.name
    once = quantity.unit.kind is AmountKind.DURATION and quantity.low == quantity.high == 1
    if once and name and TIMES.match(text, quantity.end):
        return _Deed(start=quantity.start, end=quantity.end, per=name)
    found = EVENT.search(text, max(floor, quantity.start - DEED_REACH), quantity.start)
    per = event_per(text, found, quantity) if found else None
    if found is None or per is None:
        return None
    end = read_after(text, quantity.end, quantity.unit.kind).end  # 每增加1岁（含不满1岁）
    return _Deed(start=found.start(), end=end, per=per)


def _of_deed(text: str, reading: Reading, deed: _Deed) -> Reading:
    """The quote begins at 每 where nothing but the deed stands between."""
    between = text[deed.end : reading.start]
    near = not any(stop in between for stop in STOPS) and len(between) < REACH
    if any(stop in between for stop in FULL_STOPS) or (reading.per and not near):
        return reading
    return replace(
        reading,
        per=tuple(dict.fromkeys((deed.per, *reading.per))),
        per_cues=(*reading.per_cues, text[deed.start : deed.end]),
        start=deed.start if near else reading.start,
        near_per=True,
    )


def _read_one(text: str, quantity: Quantity, floor: int, per_floor: int) -> Reading:
    kind = quantity.unit.kind
    slash, end = ((), quantity.end) if _gives_per(text, quantity) else read_slash(text, quantity.end)
    after = read_after(text, end, kind)
    if not slash and after.end > end:
        slash, behind = read_slash(text, after.end)
        after = replace(after, end=behind)
    before = read_before(text, quantity.start, floor, kind, quantity.unit.name)
    if [cue.word for cue in before.cues] == ["期满"] and text.startswith(ENDS, quantity.end):
        before = Before(start=quantity.start)  # 合同期满3个月前: the term is over, 满 sets no floor
    if quantity.unit.name in BREAKTHROUGHS and _is_made(text, before.start, after.end):
        before = replace(before, cues=tuple(cue for cue in before.cues if cue.word != "突破"))
    recent = kind is AmountKind.DURATION and [cue.word for cue in before.cues] == ["近"] and not before.per
    start = quantity.start if recent else before.start
    near = read_each(before.per)
    # 每月发放给80周岁以上老人100元: the age has no per
    far = _FAR_NONE if kind is AmountKind.AGE else _far_per(text, start, per_floor, kind)
    if kind is AmountKind.DURATION and _is_no_rate(text, start, quantity, before, far):
        far = _FAR_NONE
    if floor <= far.start and not set(far.per) <= {*near, *slash} and not DATED.search(text, far.start, start):
        start = far.start
    return Reading(
        quantity=quantity,
        start=start,
        end=after.end,
        before=before,
        after=after,
        per=tuple(dict.fromkeys([*far.per, *near, *slash])),
        per_cues=tuple(word for word in (*far.words, before.per, "/".join(("", *slash))) if word),
        near_per=bool(near or slash),
    )


def _gives_per(text: str, quantity: Quantity) -> bool:
    """一档每亩补助200元, 3年每年补助200元: what follows a rank or a length is per what the next amount is."""
    lead = (quantity.weak and quantity.unit.ordinal) or quantity.unit.kind is AmountKind.DURATION
    return lead and text.startswith("每", quantity.end)


def _is_made(text: str, start: int, end: int) -> bool:
    """突破10项关键技术: 突破 says what is done, not how many there are."""
    if not text.startswith("突破", start):
        return False
    return bool(MADE.match(text, end) or MAKING.search(text, max(0, start - MADE_REACH), start))


def _is_no_rate(text: str, start: int, quantity: Quantity, before: Before, far: "_FarPer") -> bool:
    """A length that a per word does not rule: 每月提醒3个月内到期的, 每次调整前36个月, 每名在岗满6个月的.

    A length as long as its period, within it, counted from an event, or a condition with 满.
    """
    length = PERIODS.get(quantity.unit.name or "", 0)
    periods = [PERIODS[per] for per in far.per if per in PERIODS]
    if any(period <= length for period in periods):
        return True
    if WITHIN_PERIOD.match(text, far.start, start):
        return True
    if text.endswith(OFFSET, 0, start):
        return not periods
    return not periods and any(cue.word.endswith("满") for cue in before.cues)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FarPer:
    """Per words some way before an amount; the quote begins at `start` where it takes them in."""

    per: tuple[str, ...] = ()
    start: int = -1
    words: tuple[str, ...] = ()


_FAR_NONE = _FarPer()


def _far_per(text: str, at: int, floor: int, kind: AmountKind) -> _FarPer:
    """Per words earlier in the same part of the sentence: 每年扶持2万名; 单户 is told but not quoted."""
    window = max(floor, at - REACH)
    segment = max(window, *(text.rfind(stop, window, at) + 1 for stop in STOPS))
    for compared in COMPARED.finditer(text, segment, at):  # <15000 has no unit, and the per word before it
        segment = compared.end()
    if segment >= at:
        return _FAR_NONE
    period = PERIOD.search(text, segment, at + CHAIN_HEAD)
    told = (period.group(),) if period and (kind is AmountKind.PERCENT or period[0][0] != "逐") else ()
    rate = kind in (AmountKind.PERCENT, AmountKind.MULTIPLE)
    # 人均收入增长6% is no rate per head
    if found := [each for each in EACH_WORD.finditer(text, segment, at) if not (rate and MEAN.fullmatch(each[0]))]:
        words = tuple(match.group() for match in found)
        per = (*read_each("".join(words)), *map(read_period, told))
        return _FarPer(per=tuple(dict.fromkeys(per)), start=found[0].start(), words=(*words, *told))
    if single := SINGLE.search(text, segment, at):
        per = (read_single(single.group()), *map(read_period, told))
        return _FarPer(per=per, words=(single.group(), *told))
    return _FarPer(per=tuple(map(read_period, told)), words=told)


def is_name(reading: Reading, marks: Quoted) -> bool:
    """Inside a title, or inside a short quoted name such as “5公里服务圈”."""
    around = marks.around(reading.quantity.start)
    if around is None:
        return False
    start, end, title = around
    if title:
        return True
    if end - start > NAME_LENGTH:
        return False
    whole = reading.end == end and reading.quantity.unit.kind in (AmountKind.MONEY, AmountKind.PERCENT)
    return not whole


__all__ = ["Reading", "is_name", "read"]
