"""每年10月15日至次年4月15日, 自每年10月20日起至次年4月20日止: one period of each year, however it is written."""

import re
from collections.abc import Iterator
from dataclasses import replace

from compare.changes.joined import Joined
from compare.comparison import Direction
from extract.notice import DateMention, DateRole
from extract.span import Span

DAY = r"(?P<{0}_month>\d{{1,2}})月(?P<{0}_day>\d{{1,2}})日(?:\d{{1,2}}[时点])?"
SEASON = re.compile(
    rf"每年{DAY.format('first')}起?(?:至|到|[-—–~～]{{1,2}})(?P<next>次年|翌年|第二年)?(?:当年)?{DAY.format('last')}(?:为?止)?"
)

Day = tuple[int, int]
Season = tuple[Day, Day]


def find_seasons(joined: Joined) -> Iterator[tuple[Span, DateMention]]:
    """As dates of the whole period, made from those that were read of its ends."""
    for match in SEASON.finditer(joined.text) if "每年" in joined.text else ():
        span = Span(*match.span())
        parts = [date for place, date in joined.dates if place.overlaps(span)]
        if parts:
            yield (
                span,
                replace(parts[0], role=DateRole.RECURRING, quote=match.group(), start=None, end=None, rrule=None),
            )


def season_of(quote: str) -> Season | None:
    """First and last day; a month of the next year counts on from 12."""
    match = SEASON.fullmatch(quote)
    if match is None:
        return None
    later = 12 if match["next"] else 0
    return (int(match["first_month"]), int(match["first_day"])), (
        int(match["last_month"]) + later,
        int(match["last_day"]),
    )


def season_direction(upper: Season, lower: Season) -> Direction | None:
    """Where neither end moved against the other."""
    moves = {(b > a) - (b < a) for a, b in zip(upper, lower, strict=True)} - {0}
    if len(moves) != 1:
        return None
    return Direction.LATER if moves == {1} else Direction.EARLIER
