"""A figure's place in its sentence in, the word that takes from its force out: 力争达到95%, 收费原则上不高于50%.

The word stands in the figure's own segment, or opens an earlier one that names no more than a day: 力争到2025年底，
覆盖率达到90%，合格率达到80%.
"""

import re
from functools import cache

from compare import lexicon
from compare.changes.joined import Joined
from extract.span import Span

BREAK = re.compile("[；。！？]")


def hedge_of(joined: Joined, figure: Span) -> str | None:
    own = joined.segment_at(figure.start)
    if found := _hedge().search(joined.text, min(own.start, figure.start), figure.end):
        return found.group()
    earlier = joined.segments_in(Span(_part_start(joined, figure.start), own.start))
    opened = (_hedge().match(joined.text, one.start, one.end) for one in reversed(earlier) if not _counts(joined, one))
    return next((found.group() for found in opened if found), None)


def _part_start(joined: Joined, at: int) -> int:
    """Behind the last semicolon or stop before an offset."""
    return max((found.end() for found in BREAK.finditer(joined.text, 0, at)), default=0)


def _counts(joined: Joined, segment: Span) -> bool:
    """Whether a segment has an amount of its own, which the word is for."""
    return any(segment.overlaps(span) for span, _ in joined.amounts)


@cache
def _hedge() -> re.Pattern[str]:
    table = lexicon.load("figures")["hedges"]
    always, trying, goals = ("|".join(table[name]) for name in ("always", "trying", "before_goal"))
    rules = "|".join(lexicon.load("force")["speech"]["rule_before"])
    return re.compile(rf"{always}|(?:{trying})(?=\d|{goals})|一般(?={rules})")
