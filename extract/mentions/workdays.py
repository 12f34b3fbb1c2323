"""Working days by the State Council's holiday arrangements (国务院办公厅关于部分节假日安排的通知).

The arrangements of each year are data of the package `chinesecalendar`; a year it does not hold has no answer.
"""

from datetime import date, timedelta


def add_workdays(day: date, count: int) -> date | None:
    """The `count`-th working day after `day`, which itself is not counted; `None` outside the years known."""
    from chinese_calendar import is_workday

    try:
        while count > 0:
            day += timedelta(1)
            count -= is_workday(day)
    except NotImplementedError:  # how the package says that a year has no arrangement yet
        return None
    return day
