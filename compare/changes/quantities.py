"""amount_*, target_*: what differs in number. A quantity to be reached is a target, one given or allowed an amount."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from compare import lexicon
from compare.changes.deadlines import sets_time
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.numbers import Number, numbers
from compare.changes.pair import Finding, Pair, share
from compare.changes.phrases import MUCH, inside_rewritten, segment_counterpart, whole_segment
from compare.changes.saying import quoted, turned
from compare.changes.verdict import amount_direction, is_turned
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind, Bound
from extract.span import Span

AMOUNT = (ChangeType.AMOUNT_REMOVED, ChangeType.AMOUNT_ADDED, ChangeType.AMOUNT_CHANGED)
TARGET = (ChangeType.TARGET_REMOVED, ChangeType.TARGET_ADDED, ChangeType.TARGET_CHANGED)
VERBS = {
    Direction.RAISED: "提高",
    Direction.LOWERED: "降低",
    Direction.TIGHTENED: "收紧",
    Direction.RELAXED: "放宽",
    Direction.EARLIER: "提前",
    Direction.LATER: "推后",
    None: "改变",
}
LENGTHS = {Direction.RAISED: "延长", Direction.LOWERED: "缩短", Direction.EARLIER: "缩短", Direction.LATER: "延长"}
AROUND = 5  # characters beside a number that say what it measures
ALIKE = 0.25  # share of these that two numbers of one measure have in common
SMALL = 8  # characters of a difference, numbers apart, within which two numbers stand for one another


def find_quantities(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    above = _touched(numbers(pair.upper, pair.upper_tokens), [d.upper for d in found])
    below = _touched(numbers(pair.lower, pair.lower_tokens), [d.lower for d in found])
    matches, above, below = _match(pair, above, below, found)
    for upper, lower in matches:
        if upper.quote == lower.quote:
            continue
        yield _changed(pair, upper, lower)
    for number in above:
        if number.amount:
            yield from _alone(pair, pair.upper, number, found, removed=True)
    for number in below:
        if number.amount:
            yield from _alone(pair, pair.lower, number, found, removed=False)


def _touched(found: Sequence[Number], ranges: Sequence[Span]) -> list[Number]:
    return [number for number in found if any(number.span.overlaps(span) for span in ranges)]


def _match(
    pair: Pair, above: list[Number], below: list[Number], found: Sequence[Difference]
) -> tuple[list[tuple[Number, Number]], list[Number], list[Number]]:
    """Equal values first, then those of one difference, then those of one kind, in order; all of one measure."""
    matches: list[tuple[Number, Number]] = []
    tests: tuple[Callable[[Number, Number], bool], ...] = (
        lambda a, b: a.same_value(b),
        lambda a, b: a.same_kind(b) and _together(a, b, found) and _one_measure(pair, a, b, found),
        lambda a, b: a.same_kind(b) and _one_measure(pair, a, b, found),
        lambda a, b: _together(a, b, found) and _one_measure(pair, a, b, found),
    )
    for test in tests:
        for number in tuple(above):
            other = next((b for b in below if test(number, b)), None)
            if other is not None:
                matches.append((number, other))
                above = [a for a in above if a is not number]
                below = [b for b in below if b is not other]
    return sorted(matches, key=lambda match: match[0].span), above, below


def _together(upper: Number, lower: Number, found: Sequence[Difference]) -> bool:
    return any(d.upper.overlaps(upper.span) and d.lower.overlaps(lower.span) for d in found)


def _one_measure(pair: Pair, upper: Number, lower: Number, found: Sequence[Difference]) -> bool:
    """Whether what stands around both says that they measure the same: 签订1年以上 is no version of 离校2年内."""
    small = any(
        d.upper.overlaps(upper.span)
        and d.lower.overlaps(lower.span)
        and _rest(d.upper, upper.span) + _rest(d.lower, lower.span) <= SMALL
        for d in found
    )
    return small or any(
        _likeness(one, other) >= ALIKE
        for one, other in zip(_around(pair.upper, upper.span), _around(pair.lower, lower.span), strict=True)
    )


def _rest(whole: Span, part: Span) -> int:
    return max(0, part.start - whole.start) + max(0, whole.end - part.end)


def _around(joined: Joined, span: Span) -> tuple[str, str]:
    """The words of the segment before and behind."""
    segment = joined.segment_at(span.start)
    return (
        joined.text[max(segment.start, span.start - AROUND) : span.start],
        joined.text[span.end : max(span.end, min(segment.end, span.end + AROUND))],
    )


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of pairs of characters."""
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _changed(pair: Pair, upper: Number, lower: Number) -> Finding:
    if upper.same_value(lower):
        return Finding(type=ChangeType.WORDING, upper=upper.span, lower=lower.span, detail="数量写法不同，数值未变。")
    kinds = TARGET if is_target(pair.upper, upper) and is_target(pair.lower, lower) else AMOUNT
    direction = amount_direction(upper.amount, lower.amount) if upper.amount and lower.amount else None
    what = "目标" if kinds is TARGET else name_of(upper)
    words = turned(pair.upper.quote(upper.span), pair.lower.quote(lower.span))
    return Finding(
        type=kinds[2],
        upper=upper.span,
        lower=lower.span,
        direction=direction,
        nested=inside_rewritten(pair, upper.span, lower.span),
        kind=upper.kind,
        detail=f"{what}{_verb(upper, lower, direction)}：{words}。",
    )


def _verb(upper: Number, lower: Number, direction: Direction | None) -> str:
    """提高, 缩短; and why two quantities are on no common scale."""
    one, other = upper.amount, lower.amount
    if one and other and direction is None:
        if is_turned(one, other):
            return "由上限改为下限" if one.bound is Bound.MAX else "由下限改为上限"
        if sorted(one.per) != sorted(other.per):
            return "的计算口径改变，不能直接比大小"
        if one.unit != other.unit:
            return "的单位改变，不能直接比大小"
    if direction and upper.kind is AmountKind.DURATION:
        return LENGTHS.get(direction, VERBS[direction])
    return VERBS[direction]


def _alone(
    pair: Pair, joined: Joined, number: Number, found: Sequence[Difference], *, removed: bool
) -> Iterator[Finding]:
    """A number without counterpart. A goal goes with its whole phrase, if most of that has changed."""
    changed = pair.upper_changed if removed else pair.lower_changed
    target = is_target(joined, number)
    span, other = number.span, None
    segment = _after_date(joined, joined.segment_at(number.span.start))
    if target and share(segment, changed, joined.text) >= MUCH:
        span, other = segment, segment_counterpart(pair, segment, found, removed=removed)
    nested = not target and whole_segment(joined, number.span, changed)
    kind = (TARGET if target else AMOUNT)[0 if removed else 1]
    verb, name = ("删去" if removed else "新增"), ("量化目标" if target else name_of(number))
    yield Finding(
        type=kind,
        upper=span if removed else other,
        lower=other if removed else span,
        nested=nested,
        kind=number.kind,
        detail=f"{verb}{name}{quoted(joined.quote(number.span))}。",
    )


def _after_date(joined: Joined, segment: Span) -> Span:
    """A segment without the date that opens it, which is a change of its own."""
    end = next((d.end for d, date in joined.dates if d.start == segment.start and sets_time(date)), segment.start)
    return Span(end, segment.end) if end < segment.end else segment


def is_target(joined: Joined, number: Number) -> bool:
    """A count or share with a verb of reaching or a noun of measure in its segment, and no word of granting."""
    words = _words()
    if number.amount is None or number.kind not in words["goal_kinds"]:
        return False
    segment = joined.segment_at(number.span.start)
    text = joined.quote(segment)
    if any(word in text for word in words["grant_words"]) or joined.text[segment.end - 1] == "的":
        return False
    before = joined.text[segment.start : number.span.end]
    return any(verb in before for verb in words["goal_verbs"]) or any(noun in text for noun in words["goal_nouns"])


def name_of(number: Number) -> str:
    """金额, 比例, 期限: what a reader calls such a quantity."""
    names: dict[str, str] = lexicon.load("quantities")["names"]
    return names[number.kind or "figure"]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in lexicon.load("quantities").items() if isinstance(words, list)}
