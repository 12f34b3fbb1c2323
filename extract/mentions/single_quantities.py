"""One number and the unit behind it: 50万元, 十余个, 两三年, 一年半, 5万."""

import re
from decimal import Decimal

from extract.lexicon import load
from extract.mentions.amount_units import NO_UNIT, ReadUnit, read_unit
from extract.mentions.figures import PAIR, Figure
from extract.mentions.numerals import parse_number, scale_value
from extract.mentions.quantity import Quantity, exact, interval
from extract.notice import AmountKind

HALF_BEHIND = re.compile(r"(?P<unit>年)半|个(?P<loose>[半多])(?P<long>月|小时|学期|学年)")
# 一次 and 一个 are grammar more often than count; 1 of these is a quantity all the same.
ONE_COUNTS = (AmountKind.DURATION, AmountKind.PERCENT, AmountKind.MULTIPLE, AmountKind.DISTANCE, AmountKind.AREA)
LOOSE_REFUSED = tuple(load("units")["loose"]["refused"])
UNITLESS_REFUSED = tuple(load("units")["unitless"]["refused"])


def read_single(text: str, figure: Figure) -> Quantity | None:
    """A number with its unit; 万 and 亿 count without one."""
    if figure.value is None and not figure.loose:
        return None
    if half := HALF_BEHIND.match(text, figure.end):
        return _and_a_half(text, figure, half)
    read = read_unit(text, figure.end, scaled=figure.is_big)
    if read is None:
        return _unitless(text, figure)
    end, loose = read.end, figure.loose
    if text.startswith(("多", "余"), end) and not text.startswith(LOOSE_REFUSED, end + 1):
        end, loose = end + 1, text[end]  # 2年多
    if pair := PAIR.fullmatch(figure.han):
        return _pair(figure, pair, read, end)
    value = None if figure.value is None else figure.value * read.unit.factor
    return Quantity(
        start=figure.start,
        end=end,
        low=value,
        high=value,
        unit=read.unit,
        rule="quantity",
        loose=loose,
        weak=_is_weak(figure, read),
        problem=None if value is not None else f"“{figure.han}”不是确数",
    )


def _unitless(text: str, figure: Figure) -> Quantity | None:
    bare = figure.han.startswith(("百", "千", "万", "亿"))
    if figure.value is None or bare or not figure.is_big or text.startswith(UNITLESS_REFUSED, figure.end):
        return None
    return exact(figure.start, figure.end, figure.value, NO_UNIT, "quantity", loose=figure.loose)


def _is_weak(figure: Figure, read: ReadUnit) -> bool:
    """Numbers that more often name, rank or structure than count."""
    unit = read.unit
    if read.discourse or figure.han == "二":  # cardinal two is 两 before a measure word; 二 is an ordinal
        return True
    if figure.han == "一":
        return unit.kind not in ONE_COUNTS or unit.name == "日"
    # 三元材料, 三期工程
    return bool(figure.han) and (unit.ordinal or (unit.kind is AmountKind.MONEY and len(figure.han) == 1))


def _and_a_half(text: str, figure: Figure, half: re.Match[str]) -> Quantity | None:
    """一年半, 3个半月; 3个多月."""
    read = read_unit(text, figure.end) if half["unit"] else read_unit(f"个{half['long']}", 0)
    if read is None or figure.value is None:
        return None
    if half["loose"] == "多":
        return exact(figure.start, half.end(), figure.value, read.unit, "quantity", loose="多")
    return exact(figure.start, half.end(), figure.value + Decimal("0.5"), read.unit, "half")


def _pair(figure: Figure, pair: re.Match[str], read: ReadUnit, end: int) -> Quantity | None:
    """Two digits side by side are a range: 两三年, 七八个, 二三十人; by custom also 三五."""
    low, high = parse_number(pair["low"]), parse_number(pair["high"])
    if low is None or high is None or not (high - low == 1 or (low == 3 and high == 5)):
        return None
    factor = scale_value(pair["scale"] + figure.scale) * read.unit.factor
    return interval(figure.start, end, low * factor, high * factor, read.unit, weak=_is_weak(figure, read))


__all__ = ["read_single"]
