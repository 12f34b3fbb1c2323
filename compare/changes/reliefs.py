"""amount_changed: 减半收取 and 免收, half of a charge remitted and all of it, where one took the other's place.

And a share of a charge that was remitted: 按标准的10%收取, 予以免收.
"""

import re
from collections.abc import Iterator, Sequence

from compare.changes.joined import Joined
from compare.changes.likeness import held
from compare.changes.numbers import Number
from compare.changes.pair import Finding, Pair, share
from compare.changes.saying import turned
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind
from extract.span import Span

HALF = "减半"
RELIEF = re.compile(
    r"减半(?:收取|征收|缴纳|收费|计收)?|(?:全额|全部|予以)?(?:免收|免征|免缴|免交|免除|全免|减免全部)|全额(?:减免|免)"
)
CHARGED = re.compile(r"的?(?:标准)?(?:收取|征收|缴纳|缴交|收费|计收|计征|交纳|支付)")
HEARD = 0.75  # share of what is said of a remission, or of another charge, that stands with the charge it answers


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


def find_remitted(pair: Pair, above: Sequence[Number], below: Sequence[Number]) -> Iterator[tuple[Number, Finding]]:
    """The shares of a charge that the other side remits for the same payers, each with its change."""
    for numbers, here, there, changed in (
        (above, pair.upper, pair.lower, pair.lower_changed),
        (below, pair.lower, pair.upper, pair.upper_changed),
    ):
        relief = _new(there, changed) if any(number.kind is AmountKind.PERCENT for number in numbers) else None
        if relief is None or there.quote(relief).startswith(HALF) or "免" in here.text:
            continue
        charged = [number for number in numbers if _is_charged(here, number) and _of_same(here, number, there, relief)]
        if len(charged) == 1:
            yield charged[0], _remitted(pair, charged[0], relief, removed=here is pair.upper)


def _is_charged(joined: Joined, number: Number) -> bool:
    return number.kind is AmountKind.PERCENT and CHARGED.match(joined.text, number.span.end) is not None


def _of_same(here: Joined, number: Number, there: Joined, relief: Span) -> bool:
    """Whether who is spared was charged: 低保家庭的租金 stands in 对低保家庭，租金按……的10%收取."""
    start = max(here.text.rfind(stop, 0, number.span.start) for stop in "。；") + 1
    payers = there.text[there.segment_at(relief.start).start : relief.start]
    return held(payers, here.text[start : number.span.start]) >= HEARD


def _remitted(pair: Pair, number: Number, relief: Span, *, removed: bool) -> Finding:
    upper, lower = (number.span, relief) if removed else (relief, number.span)
    return Finding(
        type=ChangeType.AMOUNT_CHANGED,
        upper=upper,
        lower=lower,
        direction=Direction.LOWERED if removed else Direction.RAISED,
        kind=AmountKind.PERCENT,
        detail=f"收取比例{'降低' if removed else '提高'}：{turned(pair.upper.quote(upper), pair.lower.quote(lower))}。",
    )


def _new(joined: Joined, changed: frozenset[int]) -> Span | None:
    found = [Span(*match.span()) for match in RELIEF.finditer(joined.text)]
    return found[0] if len(found) == 1 and share(found[0], changed, joined.text) else None


def _charge(joined: Joined, span: Span) -> set[str]:
    """Pairs of characters of the words around."""
    segment = joined.segment_at(span.start)
    sides = joined.text[segment.start : span.start], joined.text[span.end : segment.end]
    return {text[at : at + 2] for text in sides for at in range(len(text) - 1)}
