"""Slots of a recurrence and the RFC 5545 rule they make: months, days of them, weekdays.

A rule takes every month of BYMONTH with every day of BYMONTHDAY; what is no such grid has no single rule.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.mentions.date_moments import Moment

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LEAP_YEAR = 2024
LAST_DAY = -1  # BYMONTHDAY of a month's last day
NO_SINGLE_RULE = "这一周期不能用一条规则表示"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A piece of a year, a month or a week: whole months, days of them, or a weekday."""

    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekday: str = ""
    by: str = ""  # BYDAY and the like, ready to be joined: 第一个工作日

    @property
    def exists(self) -> bool:
        """Whether some year has such days; 2月29日 counts, and a 旬 ends with its month."""
        if not all(1 <= month <= 12 for month in self.months):
            return False
        longest = max((monthrange(LEAP_YEAR, month)[1] for month in self.months), default=31)
        return len(self.days) > 1 or all(day == LAST_DAY or 1 <= day <= longest for day in self.days)


def days_of_decade(first: int, last: int) -> tuple[int, ...]:
    """Days from one 旬 to another; 上旬 is 0. Months without a 31st just end sooner."""
    return tuple(range(first * 10 + 1, 32 if last == 2 else last * 10 + 11))


def slot_of(moment: Moment) -> Slot:
    """What of a year a moment fills; an empty slot if it names nothing but the year."""
    if moment.months is None and moment.edge is None:
        return Slot()
    first, last = moment.months or (12, 12)
    if moment.day is not None:
        return Slot(months=(first,), days=(moment.day,))
    if moment.decade is not None:
        return Slot(months=(first,), days=days_of_decade(*moment.decade))
    return Slot(months=(last,), days=(LAST_DAY,)) if moment.edge else Slot(months=tuple(range(first, last + 1)))


def yearly_rule_of(first: Moment, last: Moment | None = None) -> str | None:
    """The rule of a moment, or of a span, that every year has (每年3月底前…，12月底前…)."""
    slots = [slot_of(moment) for moment in (first, last) if moment is not None]
    if not all(slot.months and slot.exists for slot in slots):
        return None
    slot = slots[0] if last is None else fill(slots[0], slots[1])
    return yearly([slot]) if slot is not None else None


def join(slots: Sequence[Slot], slot: Slot) -> list[Slot] | None:
    """A list grown by one, or `None` if all of it cannot stand in one rule.

    What ends a list holds for all of it: 每年6月、12月底前.
    """
    if any(each.by for each in (*slots, slot)) and slots:
        return None
    if not any(each.days for each in slots):
        return [*(replace(each, days=slot.days) for each in slots), slot]
    same_months = all(each.months == slot.months for each in slots)
    same_days = all(each.days == slot.days for each in slots)
    return [*slots, slot] if same_months or same_days else None


def fill(first: Slot, last: Slot) -> Slot | None:
    """All from one slot to another; `None` where that is no grid of months and days."""
    if first.weekday or last.weekday:
        return _fill_week(first, last)
    if first.by or last.by:
        return None
    if first.months and first.days in {(), (1,)} and (not last.days or _ends_month(last)):
        return _fill_months(first.months[0], last.months[-1])
    if first.months != last.months or len(first.days) != 1 or len(last.days) != 1:
        return None
    low, high = first.days[0], 31 if last.days[0] == LAST_DAY else last.days[0]
    return Slot(months=first.months, days=tuple(range(low, high + 1))) if 0 < low <= high else None


def _fill_week(first: Slot, last: Slot) -> Slot | None:
    low, high = WEEK.index(first.weekday), WEEK.index(last.weekday)
    return Slot(weekday=",".join(WEEK[low : high + 1])) if low <= high else None


def _fill_months(low: int, high: int) -> Slot:
    """11月至次年3月 goes round the year's end."""
    return Slot(months=tuple(range(low, high + 1)) if low <= high else (*range(1, high + 1), *range(low, 13)))


def _ends_month(slot: Slot) -> bool:
    """Its last day is a month's last; in February the 28th is, too."""
    lengths = {monthrange(year, month)[1] for year in (LEAP_YEAR, LEAP_YEAR + 1) for month in slot.months[-1:]}
    return slot.days[-1] in {LAST_DAY, *lengths}


def weekly(slots: Sequence[Slot]) -> str:
    return f"FREQ=WEEKLY;BYDAY={','.join(slot.weekday for slot in slots)}"


def monthly(slots: Sequence[Slot]) -> str:
    days = sorted({day for slot in slots for day in slot.days})
    by = f"BYMONTHDAY={','.join(map(str, days))}" if days else slots[0].by
    return f"FREQ=MONTHLY;{by}"


def yearly(slots: Sequence[Slot]) -> str:
    months = sorted({month for slot in slots for month in slot.months})
    days = sorted({day for slot in slots for day in slot.days})
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"
    return f"{rule};BYMONTHDAY={','.join(map(str, days))}" if days else rule
