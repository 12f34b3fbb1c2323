"""amount_changed: 减半收取 and 免收, half of a charge remitted and all of it, where one took the other's place."""

import re
from collections.abc import Iterator

from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair, share
from compare.changes.saying import turned
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind
from extract.span import Span

HALF = "减半"
RELIEF = re.compile(
    r"减半(?:收取|征收|缴纳|收费|计收)?|(?:全额|全部|予以)?(?:免收|免征|免缴|免交|免除|全免|减免全部)|全额(?:减免|免)"
)


def find_reliefs(pair: Pair) -> Iterator[Finding]:
    """Only one on each side, of the same charge: 减免 alone says nothing of how much."""
    if HALF not in pair.upper.text and HALF not in pair.lower.text:
        return
    above, below = _new(pair.upper, pair.upper_changed), _new(pair.lower, pair.lower_changed)
    if above is None or below is None:
        return
    halves = [joined.quote(span).startswith(HALF) for joined, span in ((pair.upper, above), (pair.lower, below))]
    if halves[0] == halves[1] or not _charge(pair.upper, above) & _charge(pair.lower, below):
        return
    words = turned(pair.upper.quote(above), pair.lower.quote(below))
    yield Finding(
        type=ChangeType.AMOUNT_CHANGED,
        upper=above,
        lower=below,
        direction=Direction.RELAXED if halves[0] else Direction.TIGHTENED,
        kind=AmountKind.PERCENT,
        detail=f"减免幅度{'提高' if halves[0] else '降低'}：{words}。",
    )


def _new(joined: Joined, changed: frozenset[int]) -> Span | None:
    found = [Span(*match.span()) for match in RELIEF.finditer(joined.text)]
    return found[0] if len(found) == 1 and share(found[0], changed, joined.text) else None


def _charge(joined: Joined, span: Span) -> set[str]:
    """Pairs of characters of the words around."""
    segment = joined.segment_at(span.start)
    sides = joined.text[segment.start : span.start], joined.text[span.end : segment.end]
    return {text[at : at + 2] for text in sides for at in range(len(text) - 1)}
