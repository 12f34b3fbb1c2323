"""Departments, deadlines and roles of a duty as the words of a cell."""

from collections.abc import Iterable
from datetime import date

from extract.notice import DateMention, DateRole, Role
from templates.duty import Charge, Duty
from templates.labels import Messages

SHORT_LIST = 4  # departments that stand one a line; longer lists run on
LABELLED = (DateRole.VALIDITY, DateRole.PERIOD, DateRole.RECURRING)


def say_lead(duty: Duty, messages: Messages) -> str:
    charge = duty.charge(Role.LEAD)
    if charge is None:
        return ""
    names = say_names([charge], messages)
    return messages("duty_table.inferred", names=names) if charge.inferred else names


def say_others(duty: Duty, messages: Messages) -> str:
    return say_names([charge for charge in duty.charges if charge.role is not Role.LEAD], messages)


def say_names(charges: Iterable[Charge], messages: Messages) -> str:
    """One department a line while the list is short, else in one run; 等 at the end of an open list."""
    charges = tuple(charges)
    names = list(dict.fromkeys(item.full_name for charge in charges for item in charge.departments))
    ending = messages("duty.open_ended") if any(charge.open_ended for charge in charges) else ""
    return ("\n" if len(names) <= SHORT_LIST else "、").join(names) + (ending if names else "")


def say_dates(mentions: Iterable[DateMention], messages: Messages) -> str:
    return "\n".join(dict.fromkeys(say_date(mention, messages) for mention in mentions))


def say_date(mention: DateMention, messages: Messages) -> str:
    """The words as printed, with the day they mean where they do not name it, and what they are if no deadline."""
    said = mention.quote
    if mention.end and say_day(mention.end, messages) not in mention.quote and not mention.rrule:
        key = "duty_table.until" if mention.role is DateRole.PERIOD else "duty_table.meaning"
        said = messages(key, quote=said, day=say_day(mention.end, messages))
    if mention.role in LABELLED:
        return messages("duty_table.dated", role=messages(f"date_role.{mention.role}"), date=said)
    return said


def single_line(text: str) -> str:
    """A cell in one line: departments with 、 between them, the day a date means right behind it."""
    return text.replace("\n（", "（").replace("\n(", " (").replace("\n", "、")


def say_day(day: date, messages: Messages) -> str:
    return messages("duty_table.day", year=day.year, month=number(day.month, messages), day=number(day.day, messages))


def say_month(day: date, messages: Messages) -> str:
    return messages("duty_table.month", year=day.year, month=number(day.month, messages))


def number(value: int, messages: Messages) -> str:
    """Months and days: 6月, but 2023-06."""
    return str(value) if messages.lang == "zh" else f"{value:02}"
