"""Amounts side by side: a list shares per words and bound, two limits make a range."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.mentions.amount_units import units
from extract.mentions.bounds import STOPS, Side
from extract.mentions.ranges import SMALLER
from extract.mentions.readings import REACH, Reading
from extract.notice import AmountKind

LIST_GAP = frozenset({"、", "和", "及", "或", "与", "以及", "或者", "、和", "、或", "至", "到"})
JOIN_GAP = frozenset({"", "、", "，", "且", "并", "和", "至", "到", "，且"})
CLOSE_GAP = frozenset({"", "、", "至", "到"})  # 入托6个月以上，3岁以下 may be two conditions
OLDEST_CHILD = 18  # years
CHANGE = re.compile(
    r"(?:(?:的)?基础上|统一|逐步|再|，){0,3}(?:提高|提升|增加|上调|下调|降低|降|调整|增|减少?|扩大|上浮|恢复)(?:到|至|为)"
)

LIMITS = ("最高", "最低", "上限", "下限")


def share(text: str, readings: Iterable[Reading]) -> Iterator[Reading]:
    """A list shares the per words and the bound in front of its first member: 每人每月5000元、2000元.

    What names its members is none of them: 一类地区每人每月1800元、二类1620元.
    """
    last: Reading | None = None
    for reading in readings:
        shared = reading if last is None else _shared(text, last, reading)
        last = shared if shared.counts else last
        yield shared


def _shared(text: str, last: Reading, reading: Reading) -> Reading:
    one, other = last.quantity.unit, reading.quantity.unit
    if _caps_rate(text, last, reading):
        reading = replace(reading, per=last.per, per_cues=last.per_cues)
    if (one.kind, one.name) != (other.kind, other.name) or reading.start - last.end > REACH:
        return _beside(text, last, reading)
    gap = text[last.end : reading.start]
    capped = bool(reading.before.cues) and not last.before.cues  # 每人2000元、最高2万元: the cap is for all
    caps = capped and CHANGE.fullmatch(gap) is None  # 每月200元提高到不低于300元
    if not reading.per and last.per and not caps and _carries(gap):
        reading = replace(reading, per=last.per, per_cues=last.per_cues)
    reading = replace(reading, listed=gap in LIST_GAP)
    bound = last.before.cues or last.far_bound
    ends = {cue.word[-1] for cue in bound if cue.word.startswith(LIMITS)}  # 最高限额为…、…; 最高额度由…提高到…
    listed = bool(ends & set("为是")) and gap.startswith("、") and not any(char in gap for char in STOPS)
    same_limit = listed or (bool(ends & set("由从")) and CHANGE.fullmatch(gap) is not None)
    if (gap in LIST_GAP or same_limit) and bound and not reading.cues and not reading.before.problem:
        reading = replace(reading, far_bound=bound, before=replace(reading.before, problem=last.before.problem))
    return reading


def _beside(text: str, last: Reading, reading: Reading) -> Reading:
    """不少于12天或90学时 bounds both; whether 不少于12天、90人 does, the words do not say."""
    gap = text[last.end : reading.start]
    bound = tuple(cue for cue in last.before.cues if cue.side in (Side.MIN, Side.MAX) and not cue.weak)
    if not bound or last.after.cues or reading.cues or reading.before.problem or gap not in LIST_GAP:
        return reading
    if gap in ("或", "或者"):
        return replace(reading, far_bound=bound, before=replace(reading.before, problem=last.before.problem))
    problem = f"“{bound[0].word}”是否也限定并列的数量，无法判定"
    return replace(reading, before=replace(reading.before, problem=problem))


def _caps_rate(text: str, last: Reading, reading: Reading) -> bool:
    """单个项目不超过总投资的30%，最高不超过300万元: what the rate is per, its cap is per, too."""
    if last.quantity.unit.kind is not AmountKind.PERCENT or reading.quantity.unit.kind is not AmountKind.MONEY:
        return False
    single = bool(last.per_cues) and all(word.startswith("单") for word in last.per_cues)
    capped = any(cue.side is Side.MAX for cue in reading.before.cues)
    gap = text[last.end : reading.start]
    return single and capped and not reading.per and len(gap) < REACH and not any(char in gap for char in "。；：")


def _carries(gap: str) -> bool:
    """Still the same enumeration or its change (提高至), and no per word of its own."""
    if CHANGE.fullmatch(gap):
        return True
    return gap.startswith(("、", "和", "及", "或", "与", "且", "并且", "，且")) and not any(
        char in gap for char in f"{STOPS}每单"
    )


def join_limits(text: str, readings: Iterable[Reading]) -> Iterator[Reading]:
    """30人以上50人以下 is one range."""
    last: Reading | None = None
    for reading in readings:
        if last is not None and _echoes(text, last, reading):
            last = replace(reading, start=last.start, per=last.per or reading.per, per_cues=last.per_cues)
            continue
        if last is not None and _limits(text, *(ends := _of_one_age(text, last, reading))):
            yield replace(ends[0], joined=ends[1])
            last = None
            continue
        if last is not None:
            yield last
        last = reading
    if last is not None:
        yield last


def _of_one_age(text: str, lower: Reading, upper: Reading) -> tuple[Reading, Reading]:
    """6个月以上3周岁以下: the ages of children, both in months. 在岗6个月以上60周岁以下 are two conditions."""
    high, unit = upper.quantity.high, upper.quantity.unit
    in_months = lower.quantity.unit.name in ("月", "月龄") and text[lower.end : upper.start] in CLOSE_GAP
    if not in_months or unit.kind is not AmountKind.AGE or high is None or high > OLDEST_CHILD:
        return lower, upper
    months = SMALLER.get((unit.name or "", "月龄"), 1)
    age = units()["月龄"]
    quantity = replace(upper.quantity, low=high * months, high=high * months, unit=age)
    return replace(lower, quantity=replace(lower.quantity, unit=age)), replace(upper, quantity=quantity)


def _echoes(text: str, last: Reading, reading: Reading) -> bool:
    """3项或3项以上 is one floor."""
    one, other = last.quantity, reading.quantity
    same = (one.low, one.high, one.unit.name) == (other.low, other.high, other.unit.name) and not one.is_range
    return (
        same and text[last.end : reading.start] in ("或", "或者", "及") and not last.cues and bool(reading.after.cues)
    )


def _limits(text: str, lower: Reading, upper: Reading) -> bool:
    if text[lower.end : upper.start] not in JOIN_GAP or lower.quantity.unit.name != upper.quantity.unit.name:
        return False
    if lower.before.cues or upper.before.cues or upper.far_bound or lower.after.inclusive is False:
        return False
    sides = [[cue.side for cue in reading.after.cues if not cue.strict] for reading in (lower, upper)]
    closed = sides == [[Side.MIN], [Side.MAX]]
    to = sides == [[Side.MIN], []] and text[lower.end : upper.start] in ("至", "到")  # 1000元以上至5000元
    low, high = lower.quantity.low, upper.quantity.high
    return (closed or to) and low is not None and high is not None and low < high


__all__ = ["join_limits", "share"]
