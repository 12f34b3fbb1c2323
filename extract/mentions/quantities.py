"""Text in, its quantities out: numbers with their units, ranges, lists that share a unit. No bounds, no per words.

A Chinese numeral counts only with a measure word; a bare number is no quantity.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.lexicon import load
from extract.mentions.figures import Figure, is_serial, read_figure
from extract.mentions.list_markers import find_list_markers
from extract.mentions.not_amounts import HOUR_NAME, LABELS, TRIGGER, skip
from extract.mentions.quantity import Quantity
from extract.mentions.ranges import meet, read_list, read_range, read_shared
from extract.mentions.single_quantities import read_single
from extract.mentions.special_quantities import read_special
from extract.mentions.web_addresses import find_web_addresses
from extract.notice import AmountKind

# 1年6个月, 1小时30分钟, 3元5角: how many of the second make one of the first
COMPOUND = {("年", "月"): 12, ("小时", "分钟"): 60, ("分钟", "秒"): 60, ("CNY", "CNY"): 1}
FIRST_YEAR, LAST_YEAR = 1000, 2999  # of the calendar years that a notice may name
DETERMINERS = frozenset(load("number_names")["determiners"])
DAY_SPAN = load("units")["day_span"]
DAYS_BEFORE = re.compile(
    rf"(?:(?:{'|'.join(DAY_SPAN['before'])})(?:{'|'.join(DAY_SPAN['link'])})?"
    r"|(?:至少|最少|最多|至多)[^\W\d_]{2,3})\Z"  # 至少保存60日
)
DAYS_BEHIND = tuple(DAY_SPAN["behind"])
WHOLE = frozenset({"人", "人户", "户", "名", "位", "家", "个", "项", "件", "次", "所", "套", "场"})  # never 1.8 of them
SCALED = re.compile("[千万亿]")
MARKED = "数字前的序号与小数无法区分"
DAY_REACH = 8  # characters before a number of days


def find_quantities(text: str) -> Iterator[Quantity]:
    """Quantities in order; none overlaps another."""
    at = 0
    addresses = deque(find_web_addresses(text))
    markers = find_list_markers(text)
    while found := TRIGGER.search(text, at):
        start = found.start()
        if start in markers:
            quantities, at = _read_marked(text, start, *markers[start])
            yield from quantities
            continue
        while addresses and addresses[0].end <= start:
            addresses.popleft()
        inside = bool(addresses) and addresses[0].start <= start
        end = addresses[0].end if inside else skip(text, start)
        if end is not None:
            at = end
            continue
        quantities, at = _read(text, start)
        yield from quantities


def _read_marked(text: str, start: int, at: int, certain: bool) -> tuple[tuple[Quantity, ...], int]:
    """What stands behind a list marker; without a value where 1. may as well be the whole of a decimal."""
    if certain:
        return (), at
    quantities, end = _read(text, at) if skip(text, at) is None else ((), at)
    if all(
        quantity.unit.kind is AmountKind.AGE
        or (quantity.unit.name in WHOLE and not SCALED.search(text, quantity.start, quantity.end))
        for quantity in quantities
    ):
        return quantities, end
    first, *rest = (replace(quantity, low=None, high=None, problem=MARKED) for quantity in quantities)
    return (replace(first, start=start), *rest), end


def _read(text: str, at: int) -> tuple[tuple[Quantity, ...], int]:
    """The quantities that begin at an offset, and where to go on."""
    if special := read_special(text, at):
        return _met(text, special)
    figure = read_figure(text, at)
    if figure is None or text.endswith(LABELS, 0, at):
        return (), figure.end if figure else at + 1
    listed, end = read_list(text, figure)
    if listed or end > figure.end:
        return listed, end
    quantity = read_range(text, figure) or read_shared(text, figure) or read_single(text, figure)
    if quantity is None:
        return (), figure.end
    quantity = _compound(text, quantity)
    if not _is_plausible(text, figure, quantity):
        return (), quantity.end
    return _met(text, quantity)


def _met(text: str, quantity: Quantity) -> tuple[tuple[Quantity, ...], int]:
    ends = meet(text, quantity)
    return ends, ends[-1].end


def _compound(text: str, quantity: Quantity) -> Quantity:
    """1年6个月, 1小时30分钟, 3元5角: one quantity in the smaller unit."""
    name = quantity.unit.name
    if (
        quantity.rule != "quantity"
        or quantity.loose
        or quantity.high is None
        or name not in ("年", "小时", "分钟", "CNY")
    ):
        return quantity
    joined = text.startswith(("零", "又"), quantity.end)
    figure = read_figure(text, quantity.end + joined)
    following = read_single(text, figure) if figure and figure.value is not None else None
    if following is None or following.high is None or following.is_range:
        return quantity
    factor = COMPOUND.get((name, following.unit.name or ""))
    if factor is None or (factor == 1 and following.unit.factor >= quantity.unit.factor):
        return quantity
    value = quantity.high * factor + following.high
    return replace(quantity, end=following.end, low=value, high=value, unit=following.unit)


def _is_plausible(text: str, figure: Figure, quantity: Quantity) -> bool:
    """Not a calendar year, a day of the month, a telephone, or part of a longer name."""
    kind, name = quantity.unit.kind, quantity.unit.name
    if text.startswith(("级", "型"), quantity.end):  # 10万吨级码头
        return False
    if kind is AmountKind.COUNT:
        which = quantity.is_range and name in ("项", "条", "款", "类") and text.startswith("中", quantity.end)
        return not which and not is_serial(text, figure)  # 1至3项中: which ones
    if kind in (AmountKind.DISTANCE, AmountKind.DURATION) and HOUR_NAME.match(text, quantity.end):
        return False
    if name == "年" and not figure.scale and not figure.han and _is_calendar_year(figure.figure):
        return False
    if name == "日":
        start = figure.start
        return text.startswith(DAYS_BEHIND, quantity.end) or bool(
            DAYS_BEFORE.search(text, max(0, start - DAY_REACH), start)
        )
    return figure.han not in ("一", "两") or text[max(0, figure.start - 1) : figure.start] not in DETERMINERS


def _is_calendar_year(figure: Decimal | None) -> bool:
    return figure is not None and FIRST_YEAR <= figure <= LAST_YEAR and figure == int(figure)


__all__ = ["find_quantities"]
