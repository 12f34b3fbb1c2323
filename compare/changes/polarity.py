"""What a wider reach means: more is given, or more is forbidden or asked."""

import re
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.comparison import Direction
from extract.span import Span

STOPS = "。；"
CONDITION = re.compile(r"[的者时](?:除外)?$|除外$")  # a segment that only says of whom or what the rest is said
OBJECT = re.compile(r"(?:对|向|为|给|将|把|以|按|针对|面向)")
OTHER_WAY = {Direction.RELAXED: Direction.TIGHTENED, Direction.TIGHTENED: Direction.RELAXED}


def scope_direction(upper: Joined, lower: Joined, at: Difference, *, widened: bool) -> Direction | None:
    """A ban or a duty that reaches farther is tightened, what is given to more is relaxed.

    None where the sentence does not say, or says it in another way on the other side.
    """
    above, below = _of_wider(upper, at.upper), _of_wider(lower, at.lower)
    if above is None or above is not below:
        return None
    return above if widened else OTHER_WAY[above]


def _of_wider(joined: Joined, span: Span) -> Direction | None:
    """By the segment of the words, then by what follows up to the stop, then by what stands before."""
    segment = joined.segment_at(span.start)
    stop = min((at for at in (joined.text.find(sign, segment.end) for sign in STOPS) if at >= 0), default=None)
    first = max(joined.text.rfind(sign, 0, segment.start) for sign in STOPS) + 1
    parts = joined.quote(segment), joined.text[segment.end : stop], joined.text[first : segment.start]
    treated = OBJECT.match(parts[0]) is not None
    spoken = parts[1:] if CONDITION.search(parts[0]) else parts
    found = (_polarity(part, own=part is parts[0], treated=treated) for part in spoken)
    return next((direction for direction in found if direction is not None), None)


def _polarity(text: str, *, own: bool, treated: bool) -> Direction | None:
    """Of those who are `treated` in some way (对小微企业应当……) a duty does not say whether they gain or lose.

    A ban says so only if it stands with them; a penalty always does.
    """
    forbids, punishes, gives, asks = _patterns()
    if punishes.search(text) or (forbids.search(text) and (own or not treated)):
        return Direction.TIGHTENED
    if gives.search(text):
        return Direction.RELAXED
    return Direction.TIGHTENED if asks.search(text) and not treated else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = lexicon.load("scope")["polarity"]
    return tuple(re.compile(words[name]) for name in ("forbids", "punishes", "gives", "asks"))
