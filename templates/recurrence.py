"""A rule of recurrence (RFC 5545, 3.3.10) in words: the period it comes back in, and the day within it."""

from collections.abc import Mapping

from templates.labels import Messages

LAST_DAY = "-1"


def say_recurrence(rrule: str, messages: Messages) -> tuple[str, str]:
    """年 and 12月15日; the day is empty where the rule names none."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    return _period(parts, messages), _day(parts, messages)


def _period(parts: Mapping[str, str], messages: Messages) -> str:
    """A quarter and half a year are months to the rule."""
    rhythm = f"{parts.get('FREQ', '')}{parts.get('INTERVAL', '')}".lower()
    if known := messages.sections["recurrence"].get(rhythm):
        return known
    period = messages.sections["recurrence"].get(parts.get("FREQ", "").lower(), "")
    return messages("recurrence.several", n=parts["INTERVAL"], period=period) if "INTERVAL" in parts else period


def _day(parts: Mapping[str, str], messages: Messages) -> str:
    months, days = (parts.get(name, "").replace(",", "、") for name in ("BYMONTH", "BYMONTHDAY"))
    month = messages("recurrence.month", month=months) if months else ""
    if days == LAST_DAY:
        return messages("recurrence.month_end", month=month)
    return f"{month}{messages('recurrence.day', day=days)}" if days else month
