"""Numbers that bring their own unit: 三分之一, 半年, 半数, 翻一番, 八折."""

import re
from collections.abc import Callable
from decimal import Decimal

from extract.mentions.amount_units import Unit, read_unit
from extract.mentions.not_amounts import HOUR_NAME
from extract.mentions.numerals import parse_number
from extract.mentions.quantity import Quantity, exact
from extract.notice import AmountKind

FRACTION = re.compile(
    r"(?P<part>[一二三四五六七八九十百千万\d]{1,3})分之(?P<count>[零〇一二两三四五六七八九十百\d.点]{1,8})"
)
PARTS = {"百": ("%", 100), "千": ("‰", 1000), "万": ("‱", 10000)}
HALF = re.compile(
    r"(?<![上下前后])半(?P<unit>个?(?:年|月|小时|天|工作[日天]|学年|学期))"  # 上半年 is a date
    r"(?!度|报|(?:工作)?(?:总结|小结))"  # 半年报, 半年总结
)
HALF_COUNT = re.compile(r"半数|一半")
DOUBLING = re.compile(r"翻(?P<times>[一两三四五二])(?P<loose>多)?番(?P<more>多(?!次|年|元))?")
DISCOUNT = re.compile(
    r"(?P<tenths>[1-9一二三四五六七八九](?:[.点]?[\d一二三四五六七八九])?)折"  # 8折, 85折, 八五折, 8.5折
    r"(?!扣|叠|合|旧|腾|中|磨|射|返|算)"
)
PERCENT = Unit(name="%", kind=AmountKind.PERCENT)
TIMES = Unit(name="倍", kind=AmountKind.MULTIPLE)


def read_special(text: str, at: int) -> Quantity | None:
    """The expression that begins at an offset."""
    for pattern, build in FORMS:
        if match := pattern.match(text, at):
            return build(match)
    return None


def _fraction(match: re.Match[str]) -> Quantity | None:
    """百分之六十 is 60 %, 千分之五 5 ‰, 三分之一 33.3333 %."""
    value = parse_number(match.group())
    if value is None:
        return None
    sign, factor = PARTS.get(match["part"], ("%", 100))
    return exact(*match.span(), round(value * factor, 4), Unit(name=sign, kind=AmountKind.PERCENT), "fraction")


def _half(match: re.Match[str]) -> Quantity | None:
    read = read_unit(match.string, match.start("unit"))
    if read is None or HOUR_NAME.match(match.string, match.end()):
        return None
    return exact(*match.span(), Decimal("0.5"), read.unit, "half")


def _half_count(match: re.Match[str]) -> Quantity:
    return exact(*match.span(), Decimal(50), PERCENT, "half", weak=True)


def _doubling(match: re.Match[str]) -> Quantity:
    """翻两番 is four times as much."""
    times = int(parse_number(match["times"]) or 1)
    return exact(*match.span(), Decimal(2) ** times, TIMES, "doubling", loose=match["loose"] or match["more"] or "")


def _discount(match: re.Match[str]) -> Quantity:
    """8折 is 80 % of the price, 85折 and 八五折 85 %."""
    digits = [str(parse_number(char)) for char in match["tenths"] if char not in ".点"]
    return exact(*match.span(), Decimal("".join(digits).ljust(2, "0")), PERCENT, "discount")


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity | None]], ...] = (
    (FRACTION, _fraction),
    (HALF, _half),
    (HALF_COUNT, _half_count),
    (DOUBLING, _doubling),
    (DISCOUNT, _discount),
)

__all__ = ["read_special"]
