"""condition_changed: 备案 that became 核准, or the reverse, where the one took the other's place."""

import re
from collections.abc import Iterator

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.likeness import alike
from compare.changes.pair import Finding, Pair
from compare.changes.saying import turned
from compare.comparison import ChangeType, Direction
from extract.span import Span

FILED = re.compile(r"备案(?!审[查核]|管理办法|制度)")
LEAVE = re.compile(r"核准|审批|批准|许可|审核同意|审定")
SAME_MATTER = 0.3  # Dice coefficient of the two segments


def find_formalities(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    filed = [joined for joined in (pair.upper, pair.lower) if FILED.search(joined.text)] if found else []
    if len(filed) != 1:
        return
    stricter = filed[0] is pair.upper
    above = _only(pair.upper, FILED if stricter else LEAVE, pair.upper_changed)
    below = _only(pair.lower, LEAVE if stricter else FILED, pair.lower_changed)
    if above is None or below is None or not _same_matter(pair, above, below):
        return
    words = turned(pair.upper.quote(above), pair.lower.quote(below))
    yield Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=above,
        lower=below,
        direction=Direction.TIGHTENED if stricter else Direction.RELAXED,
        detail=f"办理手续{'趋严' if stricter else '放宽'}：{words}。",
    )


def _only(joined: Joined, pattern: re.Pattern[str], changed: frozenset[int]) -> Span | None:
    """The one place where a text names such a formality, if that differs; with another one it is not said which."""
    places = [Span(*match.span()) for match in pattern.finditer(joined.text)]
    return places[0] if len(places) == 1 and changed.issuperset(range(*places[0])) else None


def _same_matter(pair: Pair, upper: Span, lower: Span) -> bool:
    one, other = (
        joined.quote(joined.segment_at(span.start)) for joined, span in ((pair.upper, upper), (pair.lower, lower))
    )
    return alike(one, other) >= SAME_MATTER
