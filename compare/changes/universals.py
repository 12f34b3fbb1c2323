"""全覆盖, 所有……: a whole, which answers a share of the same measure. Of a share raised to the whole nothing went."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from compare import lexicon
from compare.changes.difference import tidy
from compare.changes.joined import Joined
from compare.changes.numbers import Number
from compare.changes.pair import Finding, Pair, share
from compare.changes.pairing import FIGURES
from compare.changes.phrases import MUCH
from compare.changes.saying import turned
from compare.changes.senses import Sense
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind, Bound
from extract.span import Span

WHOLE = re.compile(r"(?:基本|全面)?(?:实现)?全覆盖|全面覆盖|全部覆盖|所有|全部")
MEASURED = re.compile(r"率|占比|比例|比重|覆盖|[达超][到过]|以上的")
HUNDRED = Decimal(100)
ALIKE = 0.3  # share of the shorter phrase's pairs of characters
MOST = 0.6  # of what is said of the whole, that is said of the share
HALF = 0.5  # where all of them reach something
REACHED = re.compile(r"达|完成|建成|实现")
FRAME = re.compile(r"必须|应当|[应须需要]|实现|[达到]|力争|确保|基本|全面|进行|[都均已]")
SHORT = 8  # characters beside a whole that go with it
EVEN = frozenset({70, 60, 45})  # 必须, 应当, and plain verbs
SAME_VALUE = "数量写法不同，数值未变。"
SHARES = frozenset({Bound.EXACT, Bound.MIN})


def find_wholes(
    pair: Pair, above: Sequence[Number], below: Sequence[Number], *, target: tuple[ChangeType, ChangeType]
) -> Iterator[tuple[Number, Finding]]:
    """The shares of either side that a whole answers on the other, each with its change."""
    for number in above:
        whole = _whole(pair.upper, number, pair.lower, pair.lower_changed)
        if whole:
            share_span = _phrase(pair.upper, number, pair.upper_changed)
            whole = _with_things(pair.lower, whole, [d.lower for d in pair.differences], pair.upper, share_span)
            yield number, _finding(pair, number, share_span, whole, target, raised=True)
    for number in below:
        whole = _whole(pair.lower, number, pair.upper, pair.upper_changed)
        if whole:
            share_span = _phrase(pair.lower, number, pair.lower_changed)
            whole = _with_things(pair.upper, whole, [d.upper for d in pair.differences], pair.lower, share_span)
            yield number, _finding(pair, number, whole, share_span, target, raised=False)


def _whole(joined: Joined, number: Number, other: Joined, changed: frozenset[int]) -> Span | None:
    """The only new word of wholeness in a phrase of the other side that tells of the same."""
    amount = number.amount
    if amount is None or amount.kind is not AmountKind.PERCENT or amount.bound not in SHARES:
        return None
    segment = joined.segment_at(number.span.start)
    if number.sense in (Sense.RISE, Sense.FALL, Sense.START) or not MEASURED.search(joined.quote(segment)):
        return None
    words = _words(joined.quote(segment))
    things = _things(joined.quote(segment))
    found = [
        span
        for match in WHOLE.finditer(other.text)
        if share(span := Span(*match.span()), changed, other.text) > 0
        and _is_free(other, place := other.segment_at(match.start()))
        and _likeness(words, _words(other.quote(place))) >= ALIKE
        and _stands(_things(other.quote(place)), things, HALF if REACHED.match(other.text, match.end()) else MOST)
    ]
    return found[0] if len(found) == 1 else None


def _phrase(joined: Joined, number: Number, changed: frozenset[int]) -> Span:
    """The number, or its segment behind a date where most of that differs."""
    segment = joined.segment_at(number.span.start)
    start = next((span.end for span, _ in joined.dates if span.start == segment.start), segment.start)
    phrase = Span(start, segment.end)
    rewritten = phrase.contains(number.span) and share(phrase, changed, joined.text) >= MUCH
    return phrase if rewritten else number.span


def _with_things(joined: Joined, whole: Span, changed: Sequence[Span], other: Joined, phrase: Span) -> Span:
    """With what differs beside it in its segment, where the other side's phrase says the same: 所有县."""
    segment = joined.segment_at(whole.start)
    place = next((span for span in changed if span.contains(whole)), whole)
    place = Span(max(place.start, segment.start), min(place.end, segment.end))
    start = next((span.end for span, _ in joined.dates if span.start == place.start < whole.start), place.start)
    rest = joined.text[start : whole.start] + joined.text[whole.end : place.end]
    same = (len(rest) <= SHORT and not _tells_force(rest)) or _likeness(
        _words(rest), _words(other.quote(phrase))
    ) >= ALIKE
    return tidy(joined.text, Span(start, place.end)) if rest and same else whole


def _tells_force(text: str) -> bool:
    """力争, 鼓励: words that bind more or less than the bare verb, whose change is one of its own."""
    words = (rung for rung in lexicon.load("force")["word"] if rung["rank"] not in EVEN)
    return any(word in text for rung in words for word in rung["words"])


def _is_free(joined: Joined, segment: Span) -> bool:
    """Whether a segment has no share of its own."""
    return not any(a.kind is AmountKind.PERCENT and segment.overlaps(span) for span, a in joined.amounts)


def _words(text: str) -> set[str]:
    return {piece[at : at + 2] for piece in FIGURES.split(text) for at in range(len(piece) - 1)}


def _things(text: str) -> set[str]:
    """Pairs of characters of what is told of, without figures, words of wholeness and reaching."""
    return {word for piece in FRAME.split(WHOLE.sub("，", text)) for word in _words(piece)}


def _stands(of_whole: set[str], of_share: set[str], least: float) -> bool:
    """所有企业实行清单管理 is no version of 企业占比达到30%: most of what is said of the whole is said of the share."""
    return bool(of_whole) and len(of_whole & of_share) >= least * len(of_whole)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _finding(
    pair: Pair, number: Number, upper: Span, lower: Span, kinds: tuple[ChangeType, ChangeType], *, raised: bool
) -> Finding:
    """`raised`: the whole is below."""
    words = turned(pair.upper.quote(upper), pair.lower.quote(lower))
    if number.amount and number.amount.low == HUNDRED:
        return Finding(type=ChangeType.WORDING, upper=upper, lower=lower, detail=SAME_VALUE)
    named = MEASURED.search(number.before) is not None or number.quote.startswith("达")
    return Finding(
        type=kinds[0] if named else kinds[1],
        upper=upper,
        lower=lower,
        direction=Direction.RAISED if raised else Direction.LOWERED,
        kind=AmountKind.PERCENT,
        detail=f"{'目标' if named else '比例'}{'提高' if raised else '降低'}：{words}。",
    )
