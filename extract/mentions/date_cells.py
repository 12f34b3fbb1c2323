"""Dates of a 完成时限 cell, which may be written as in no sentence: 2026.6, 2026.6-2026.12."""

import re
from dataclasses import replace

from extract.mentions.context import Context
from extract.mentions.date_values import months_of
from extract.mentions.dates import find_dates
from extract.notice import DateMention, DateRole
from extract.span import Span

UNBOUND_ROLES = (DateRole.POINT, DateRole.PERIOD, DateRole.REFERENCE)
# In running text 2026.6 may as well be a number.
DOTTED = re.compile(
    r"(?:(?:自|从)?20\d{2}[./](?:1[0-2]|0?[1-9])(?:起?至|到|[-—–~～]{1,2}))?"
    r"(?P<year>20\d{2})[./](?P<month>1[0-2]|0?[1-9])(?:月?底)?(?:之?前)?"
)


def find_cell_deadlines(text: str, context: Context) -> tuple[DateMention, ...]:
    """The day, or the period's end, is by when it must be done."""
    found = tuple(
        replace(item, role=DateRole.DEADLINE, start=None) if item.role in UNBOUND_ROLES else item
        for item in find_dates(text, context)
    )
    match = DOTTED.fullmatch(text)
    return found or ((_dotted(match),) if match else ())


def _dotted(match: re.Match[str]) -> DateMention:
    """2026.6-2026.12: by the last day of the last month; 2026.6前 leaves open whether June counts."""
    month = int(match["month"])
    open_ended = match[0].endswith("前") and "底" not in match[0]
    days = None if open_ended else months_of(int(match["year"]), month, month)
    return DateMention(
        quote=match[0],
        span=Span(*match.span()),
        role=DateRole.DEADLINE,
        start=None,
        end=days.end if days else None,
        rule="date.dotted",
        cues=(match[0],),
        problem="“前”是否含当年（季、月）不明" if open_ended else None,
    )
