"""actor_changed: a decision handed down: 收费标准由市州人民政府制定, which the city leaves to its counties.

What a city was charged with it may pass on (具体办法由各市制定); what it was to settle itself is another matter.
"""

import re
from collections.abc import Iterator

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair, share
from compare.changes.saying import turned
from compare.comparison import ChangeType
from compare.localisation import Side
from extract.span import Span

SETTLED = re.compile(
    r"(?:标准|价格|收费|费率|额度|限额|比例|名录|权限)[^，；：。由]{0,4}由(?P<who>[^，；：。由]{2,20}?)"
    r"(?:制定|确定|核定|审定|核准|审批|批准|认定|决定)"
)
SIGN = "由"


def find_devolved(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """Only one on each side: of several nobody knows which answers which."""
    if not found or not all(SIGN in joined.text for joined in (pair.upper, pair.lower)):
        return
    above, below = _settlers(pair.upper), _settlers(pair.lower)
    if len(above) != 1 or len(below) != 1 or not _is_handed_down(pair, above[0], below[0]):
        return
    words = turned(pair.upper.quote(above[0]), pair.lower.quote(below[0]))
    yield Finding(type=ChangeType.ACTOR_CHANGED, upper=above[0], lower=below[0], detail=f"决定的层级下移：{words}。")


def _settlers(joined: Joined) -> list[Span]:
    return [Span(*match.span("who")) for match in SETTLED.finditer(joined.text)]


def _is_handed_down(pair: Pair, upper: Span, lower: Span) -> bool:
    """Whether the lower issuer's own level was to decide, and only those below it are left."""
    if not share(upper, pair.upper_changed, pair.upper.text) or not share(lower, pair.lower_changed, pair.lower.text):
        return False
    own = pair.localiser.lower.rank
    before = _ranks(pair.localiser.upper, pair.upper.quote(upper))
    after = _ranks(pair.localiser.lower, pair.lower.quote(lower))
    return own is not None and own in before and bool(after) and min(after) > own


def _ranks(side: Side, name: str) -> set[int]:
    return {rank for slot in side.canonical(name)[1] for rank in slot.ranks}
