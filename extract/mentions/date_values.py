"""Numerals and calendar arithmetic of dates: words in, numbers, days and ranges of days out.

Everything here answers `None` for what the calendar does not have (2月30日, a year before 1949).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1949, 2100

DIGITS = dict(zip("〇○零◯O0一二三四五六七八九", (0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}

ZERO = "〇○零◯O0"  # print, typists and OCR write the zero of 二〇二一 in all these ways
CHINESE_YEAR = rf"[一二][{ZERO}九一][{ZERO}一二三四五六七八九]{{2}}"
CHINESE_NUMBER = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"

ONES = "[一二三四五六七八九]"
LARGE_NUMBER = rf"[一二两三四五六七八九]百(?:零?{ONES}|{ONES}十{ONES}?)?|{CHINESE_NUMBER}"

WHOLE_DATE = re.compile(
    rf"""
      (?P<year>[0-9]{{4}}|{CHINESE_YEAR})年
      (?P<month>[0-9]{{1,2}}|{CHINESE_NUMBER}|元)月
      (?P<day>[0-9]{{1,2}}|{CHINESE_NUMBER})[日号]
    | (?P<year2>[0-9]{{4}})(?P<sign>[-./])(?P<month2>[0-9]{{1,2}})(?P=sign)(?P<day2>[0-9]{{1,2}})
    """,
    re.VERBOSE,
)


class Days(NamedTuple):
    """Days, both inclusive; `None` is an open side."""

    start: date | None
    end: date | None


def parse_date(text: str) -> date | None:
    """The day of a whole date string: 2021年9月1日, 二○二一年九月一日, 2021-09-01, 2021.9.1."""
    match = WHOLE_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (match[name] or match[f"{name}2"] for name in ("year", "month", "day"))
    return make_day(read_year(year), read_number(month), read_number(day))


def read_year(words: str) -> int | None:
    """2021 or 二○二一; `None` outside 1949–2100."""
    year = int("".join(str(DIGITS.get(char, char)) for char in words))
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_number(words: str) -> int:
    """Arabic digits, or Chinese numerals under a thousand; 元 is one (元月), 半 none."""
    if words.isascii():
        return int(words)
    if words == "元":
        return 1
    if "半" in words:
        return 0
    hundreds, hundred, rest = words.rpartition("百")
    tens, ten, ones = rest.lstrip("零").rpartition("十")
    return (DIGITS[hundreds] * 100 if hundred else 0) + (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def make_day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def months_of(year: int, first: int, last: int) -> Days | None:
    """First day of one month to the last day of another, of the same year."""
    if not 1 <= first <= last <= 12:
        return None
    return Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def decades_of(year: int, month: int, first: int, last: int) -> Days | None:
    """From one 旬 to another: 上旬 (0), 中旬 (1), 下旬 (2) are days 1–10, 11–20, 21 to the month's last."""
    whole = months_of(year, month, month)
    if whole is None:
        return None
    return Days(date(year, month, first * 10 + 1), date(year, month, last * 10 + 10) if last < 2 else whole.end)


def add_months(day: date, count: int) -> date | None:
    """The like day of a later month, or that month's last day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, count: int) -> date | None:
    """`count` days later; the first day itself is not counted (民法典 201)."""
    later = date.toordinal(day) + count
    return day + timedelta(count) if later < date(LAST_YEAR + 1, 1, 1).toordinal() else None


def five_year_plan(number: int) -> Days | None:
    """Years of “十四五” (14): 2021–2025. From “三五” (1966) on each plan has followed the last."""
    if number < 3:
        return None
    first = 1966 + 5 * (number - 3)
    return Days(date(first, 1, 1), date(first + 4, 12, 31)) if first + 4 <= LAST_YEAR else None
