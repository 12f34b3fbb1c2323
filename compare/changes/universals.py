"""全覆盖, 所有……: a whole, which answers a share of the same measure. Of a share raised to the whole nothing went."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from compare import lexicon
from compare.changes.difference import tidy
from compare.changes.joined import Joined
from compare.changes.numbers import Number
from compare.changes.pair import Finding, Pair, share
from compare.changes.pairing import FIGURES, YEAR, year_before
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
DATED = re.compile(r"20\d\d年?(?:\d{1,2}月)?[底末初]?[之以]?前?|年[底末初][之以]?前?|比例|占比|比重")
SHORT = 8  # characters beside a whole that go with it
EVEN = frozenset({70, 60, 45})  # 必须, 应当, and plain verbs
SAME_VALUE = "数量写法不同，数值未变。"
SHARES = frozenset({Bound.EXACT, Bound.MIN})


def find_wholes(
    pair: Pair, above: Sequence[Number], below: Sequence[Number], *, target: tuple[ChangeType, ChangeType]
) -> Iterator[tuple[Number, Finding]]:
    """The shares of either side that a whole answers on the other, each with its change."""
    for number, word in _answered(pair.upper, above, pair.lower, pair.lower_changed):
        share_span = _phrase(pair.upper, number, pair.upper_changed)
        whole = _with_things(pair.lower, word, [d.lower for d in pair.differences], pair.upper, share_span)
        yield number, _finding(pair, number, share_span, whole, target, raised=True)
    for number, word in _answered(pair.lower, below, pair.upper, pair.upper_changed):
        share_span = _phrase(pair.lower, number, pair.lower_changed)
        whole = _with_things(pair.upper, word, [d.upper for d in pair.differences], pair.lower, share_span)
        yield number, _finding(pair, number, whole, share_span, target, raised=False)


def find_hundreds(
    pair: Pair, above: Sequence[Number], below: Sequence[Number], *, target: tuple[ChangeType, ChangeType]
) -> tuple[tuple[Number, Finding], ...]:
    """100% on one side alone, where the other has a whole: no other share answers it."""
    sides = [[n for n in numbers if n.amount and n.amount.low == HUNDRED] for numbers in (above, below)]
    return tuple(find_wholes(pair, *sides, target=target)) if bool(sides[0]) != bool(sides[1]) else ()


def _answered(
    joined: Joined, shares: Sequence[Number], other: Joined, changed: frozenset[int]
) -> Iterator[tuple[Number, Span]]:
    """Of the steps of one measure (2025年达到50%，2026年达到80%) the whole answers that of its year, or the last."""
    found = [(number, whole) for number in shares if (whole := _whole(joined, number, other, changed))]
    for at, (number, whole) in enumerate(found):
        steps = [
            one
            for one, place in found
            if place == whole and _subject(joined, one.span) == _subject(joined, number.span)
        ]
        of_year = [one for one in steps if year_before(joined, one) == _year_of(other, whole)]
        if number is (of_year or steps)[-1]:
            yield found[at]


def _year_of(joined: Joined, span: Span) -> str | None:
    """The last one named before a word in its sentence, or the first one behind it."""
    start = max(joined.text.rfind(stop, 0, span.start) for stop in "。；") + 1
    years = YEAR.findall(joined.text, start, span.start) or YEAR.findall(joined.text, span.end)
    return years[-1] if years else None


def _subject(joined: Joined, span: Span) -> Span:
    """The segment that names what is measured, its own unless that has only a date: 2026年达到80%, 2027年全覆盖."""
    segment = joined.segment_at(span.start)
    while not _things(joined.quote(segment)) and segment.start > 1 and joined.text[segment.start - 1] == "，":
        segment = joined.segment_at(segment.start - 2)
    return segment


def _whole(joined: Joined, number: Number, other: Joined, changed: frozenset[int]) -> Span | None:
    """The only new words of wholeness in a phrase of the other side that tells of the same."""
    amount = number.amount
    if amount is None or amount.kind is not AmountKind.PERCENT or amount.bound not in SHARES:
        return None
    named = joined.quote(_subject(joined, number.span))
    if number.sense in (Sense.RISE, Sense.FALL, Sense.START):
        return None
    if not MEASURED.search(named) and amount.low != HUNDRED:
        return None
    words, things = _words(named), _things(named)
    found = [
        span
        for match in WHOLE.finditer(other.text)
        if share(span := Span(*match.span()), changed, other.text) > 0
        and _is_free(other, other.segment_at(match.start()))
        and _likeness(words, _words(told := other.quote(_subject(other, span)))) >= ALIKE
        and _stands(told, things, HALF if REACHED.match(other.text, match.end()) else MOST)
    ]
    one_place = len({other.segment_at(span.start) for span in found}) == 1  # 所有县全部达标 is one whole
    return Span(found[0].start, found[-1].end) if one_place else None


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
    same = (len(rest) <= SHORT and not tells_force(rest)) or _likeness(
        _words(rest), _words(other.quote(phrase))
    ) >= ALIKE
    return tidy(joined.text, Span(start, place.end)) if rest and same else whole


def tells_force(text: str) -> bool:
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
    return {word for piece in FRAME.split(WHOLE.sub("，", text)) for word in _words(DATED.sub("，", piece))}


def _stands(whole: str, of_share: set[str], least: float) -> bool:
    """所有企业实行清单管理 is no version of 企业占比达到30%: most of what is said of the whole is said of the share.

    Of a whole of several things, 甲、乙全部达标, the share may tell of one.
    """
    of_whole = _things(whole)
    both = len(of_whole & of_share)
    return bool(both) and (both >= least * len(of_whole) or ("、" in whole and both >= MOST * len(of_share)))


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
