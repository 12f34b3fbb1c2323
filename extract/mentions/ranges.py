"""Numbers that share a unit: 5至10倍, 10—50万元, 6个月至1年; and in a row 50、30、20万元."""

import re
from dataclasses import replace
from decimal import Decimal

from extract.mentions.amount_units import ReadUnit, Unit, read_unit, units
from extract.mentions.figures import PAIR, Figure, read_figure
from extract.mentions.not_amounts import skip
from extract.mentions.numerals import scale_value
from extract.mentions.quantity import Quantity, exact, interval
from extract.mentions.single_quantities import read_single
from extract.mentions.special_quantities import read_special
from extract.notice import AmountKind

RANGE_SIGN = re.compile(r"(?:（不?含）)?(?:[-—–~～－―‐]{1,2}|至|到)")
LIST_SIGN = re.compile(r"、|和|或|及|与")
# How many of the second unit make one of the first.
SMALLER = {
    ("年", "月"): 12,
    ("年", "年度"): 1,
    ("周", "天"): 7,
    ("天", "小时"): 24,
    ("小时", "分钟"): 60,
    ("公里", "米"): 1000,
    ("公顷", "亩"): 15,
    ("岁", "月龄"): 12,
    ("周岁", "月龄"): 12,
}
CHILDREN = re.compile("的?(?:婴|幼儿(?!园)|儿童)")  # 6至36个月的婴幼儿: of that age
UNLIKE = "区间两端单位不同，无法换算"
LONGEST_LIST = 12  # numbers that share one unit


def read_range(text: str, first: Figure) -> Quantity | None:
    """A至B: the unit, and the scale where the order allows it, may stand at the second number only."""
    if first.value is None:
        return None
    own = read_unit(text, first.end)
    sign = RANGE_SIGN.match(text, own.end if own else first.end)
    second = read_figure(text, sign.end()) if sign else None
    if own and second and _opens_unit(text, own, second):
        own = None
    if second is None or second.value is None or PAIR.fullmatch(second.han):
        return None
    last = read_single(text, second)
    if last is None or last.high is None:
        return None
    if own and own.unit.name != last.unit.name:
        return _mixed(first, _of_age(own.unit, last.unit), last)
    low = first.value * (own.unit if own else last.unit).factor
    if own is None:
        low = _scaled(low, first, second, last.high)
    unit = units()["月龄"] if last.unit.name == "月" and CHILDREN.match(text, last.end) else last.unit
    return interval(first.start, last.end, low, last.high, unit, weak=last.weak and bool(first.han))


def _of_age(unit: Unit, last: Unit) -> Unit:
    """月龄 for the months of 18个月至3岁: a child's age, no length of time."""
    return units()["月龄"] if unit.name == "月" and last.kind is AmountKind.AGE else unit


def meet(text: str, lower: Quantity) -> tuple[Quantity, ...]:
    """3个月至半年 as one range; the two ends of 5天至10个工作日, whose units do not convert, without a value each."""
    sign = None if lower.is_range or lower.problem else RANGE_SIGN.match(text, lower.end)
    if sign is None or skip(text, sign.end()) is not None:
        return (lower,)
    figure = read_figure(text, sign.end())
    upper = read_special(text, sign.end()) or (read_single(text, figure) if figure else None)
    if upper is None or upper.unit.kind is not lower.unit.kind or upper.is_range:
        return (lower,)
    factor = 1 if upper.unit.name == lower.unit.name else SMALLER.get((upper.unit.name or "", lower.unit.name or ""))
    if factor and lower.low is not None and upper.high is not None:
        return (interval(lower.start, upper.end, lower.low, upper.high * factor, lower.unit),)
    return tuple(replace(end, low=None, high=None, problem=UNLIKE) for end in (lower, upper))


def _opens_unit(text: str, own: ReadUnit, second: Figure) -> bool:
    """个 of 5个至10个百分点 and 3个和6个月 begins the unit that stands whole at the second number."""
    if own.unit.name != "个" or not text.startswith("个", second.end):
        return False
    whole = read_unit(text, second.end)
    return whole is not None and whole.unit.kind in (AmountKind.PERCENT, AmountKind.DURATION)


def read_shared(text: str, first: Figure) -> Quantity | None:
    """5个 in 5个和10个百分点."""
    own = read_unit(text, first.end)
    sign = LIST_SIGN.match(text, own.end) if own and own.unit.name == "个" else None
    second = read_figure(text, sign.end()) if sign else None
    if own is None or second is None or first.value is None or not _opens_unit(text, own, second):
        return None
    whole = read_unit(text, second.end)
    return exact(first.start, own.end, first.value * whole.unit.factor, whole.unit, "list") if whole else None


def _scaled(low: Decimal, first: Figure, second: Figure, high: Decimal) -> Decimal:
    """10—50万元 begins at 100,000, 5000—2万元 at 5,000."""
    shared = second.scale if first.figure is not None else second.han[-1:]
    own = first.scale or first.han[-1:]
    if own in ("万", "亿") or (first.figure is None and shared not in ("万", "亿")):
        return low
    scaled = low * scale_value(shared)
    return scaled if scaled <= high else low


def _mixed(first: Figure, unit: Unit, last: Quantity) -> Quantity | None:
    """6个月至1年 in the smaller unit; no range where the units do not convert."""
    if first.value is None or last.high is None or unit.name is None or last.unit.name is None:
        return None
    if factor := SMALLER.get((last.unit.name, unit.name)):
        return interval(first.start, last.end, first.value, last.high * factor, unit)
    if factor := SMALLER.get((unit.name, last.unit.name)):
        return interval(first.start, last.end, first.value * factor, last.high, last.unit)
    return None


def read_list(text: str, first: Figure) -> tuple[tuple[Quantity, ...], int]:
    """Numbers in a row with the last one's unit and scale, and the offset to go on from.

    A row without a unit at its end is passed over, so that no number is read twice.
    """
    if first.han or first.value is None or _opens(text, first.start) or not LIST_SIGN.match(text, first.end):
        return (), first.end
    row, at = [first], first.end
    while len(row) < LONGEST_LIST and (sign := LIST_SIGN.match(text, at)):
        figure = read_figure(text, sign.end())
        if figure is None or figure.han or figure.value is None or skip(text, figure.start):
            break
        row.append(figure)
        at = figure.end
        if read_unit(text, at):
            return _listed(text, row)
    return (), row[-1].end if len(row) > 1 else first.end


def _opens(text: str, at: int) -> bool:
    """A number at the beginning of a statement is a marker: 1、5万元."""
    return at == 0 or text[at - 1] in "。；：:;"


def _listed(text: str, row: list[Figure]) -> tuple[tuple[Quantity, ...], int]:
    last = read_single(text, row[-1])
    if last is None or last.unit.name is None or last.high is None:
        return (), row[0].end
    shared = row[-1].scale if not any(figure.scale for figure in row[:-1]) else ""
    factor = scale_value(shared) * last.unit.factor
    members = [
        exact(figure.start, figure.end, figure.value * factor, last.unit, "list")
        for figure in row[:-1]
        if figure.value is not None
    ]
    return (*members, replace(last, rule="list")), last.end


__all__ = ["meet", "read_list", "read_range", "read_shared"]
