"""deadline_*: days and periods that differ; and goals without a number, which go with the day they were set for."""

import re
from collections.abc import Iterator, Sequence

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.phrases import edges_segment, inside_rewritten, whole_segment
from compare.changes.saying import quoted, turned
from compare.changes.verdict import amount_direction, date_direction
from compare.comparison import ChangeType, Direction
from extract.notice import DateMention, DateRole
from extract.span import Span

BINDING = frozenset({DateRole.DEADLINE, DateRole.VALIDITY})
OPEN = frozenset({DateRole.PERIOD, DateRole.EFFECTIVE, DateRole.RECURRING})
RANGE = re.compile(r"[至到—–~-]|期间|期内")
PERIODS = {Direction.RAISED: Direction.LATER, Direction.LOWERED: Direction.EARLIER}
VERBS = {Direction.EARLIER: "提前", Direction.LATER: "推后", None: "改变"}

Dated = tuple[Span, DateMention]


def find_deadlines(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    above = [dated for dated in _dates(pair.upper) if any(dated[0].overlaps(d.upper) for d in found)]
    below = [dated for dated in _dates(pair.lower) if any(dated[0].overlaps(d.lower) for d in found)]
    for upper, lower in _matched(above, below, found):
        if pair.upper.quote(upper[0]) != pair.lower.quote(lower[0]):
            yield _changed(pair, upper, lower)
        above.remove(upper)
        below.remove(lower)
    for dated in above:
        yield from _alone(pair.upper, dated, pair.upper_changed, removed=True)
    for dated in below:
        yield from _alone(pair.lower, dated, pair.lower_changed, removed=False)


def _dates(joined: Joined) -> list[Dated]:
    """Without those that are the 每年 of an amount."""
    return [
        (span, date)
        for span, date in joined.dates
        if date.role is not DateRole.RECURRING or not any(amount.contains(span) for amount, _ in joined.amounts)
    ]


def _matched(above: Sequence[Dated], below: Sequence[Dated], found: Sequence[Difference]) -> list[tuple[Dated, Dated]]:
    """Equal days first, then those of one difference, then those of one role."""
    left, right, matches = list(above), list(below), []
    for test in (_same_days, lambda a, b: _together(a, b, found), lambda a, b: a[1].role == b[1].role):
        for dated in tuple(left):
            other = next((b for b in right if test(dated, b)), None)
            if other is not None:
                matches.append((dated, other))
                left.remove(dated)
                right.remove(other)
    return matches


def _same_days(one: Dated, other: Dated) -> bool:
    a, b = one[1], other[1]
    known = a.start or a.end or a.rrule
    return bool(known) and (a.start, a.end, a.rrule) == (b.start, b.end, b.rrule)


def _together(one: Dated, other: Dated, found: Sequence[Difference]) -> bool:
    return any(one[0].overlaps(d.upper) and other[0].overlaps(d.lower) for d in found)


def _changed(pair: Pair, upper: Dated, lower: Dated) -> Finding:
    if _same_days(upper, lower):
        return Finding(type=ChangeType.WORDING, upper=upper[0], lower=lower[0], detail="时间写法不同，期限未变。")
    direction = date_direction(upper[1], lower[1]) or _period_direction(pair, upper[0], lower[0])
    words = turned(pair.upper.quote(upper[0]), pair.lower.quote(lower[0]))
    roles = {upper[1].role, lower[1].role}
    if roles == {DateRole.EFFECTIVE}:
        return Finding(type=ChangeType.WORDING, upper=upper[0], lower=lower[0], detail=f"起始日期不同：{words}。")
    return Finding(
        type=ChangeType.DEADLINE_CHANGED,
        upper=upper[0],
        lower=lower[0],
        direction=direction,
        nested=inside_rewritten(pair, upper[0], lower[0]),
        detail=f"{'频次' if roles == {DateRole.RECURRING} and not direction else '时限'}{VERBS[direction]}：{words}。",
    )


def _period_direction(pair: Pair, upper: Span, lower: Span) -> Direction | None:
    """在20个工作日内 and 在5个工作日内 have no days, but their lengths can be compared."""
    above = next((amount for span, amount in pair.upper.amounts if span.overlaps(upper)), None)
    below = next((amount for span, amount in pair.lower.amounts if span.overlaps(lower)), None)
    length = amount_direction(above, below) if above and below else None
    return PERIODS.get(length, length) if length else None


def _alone(joined: Joined, dated: Dated, changed: frozenset[int], *, removed: bool) -> Iterator[Finding]:
    span, mention = dated
    segment = joined.segment_at(span.start)
    rewritten = whole_segment(joined, span, changed)
    alone = span == segment
    if sets_time(mention):
        yield Finding(
            type=ChangeType.DEADLINE_REMOVED if removed else ChangeType.DEADLINE_ADDED,
            upper=span if removed else None,
            lower=None if removed else span,
            nested=rewritten and not edges_segment(joined, span),
            detail=f"{'删去' if removed else '新增'}时限{quoted(joined.quote(span))}。",
        )
    elif mention.role in OPEN and (alone or not rewritten):
        yield Finding(
            type=ChangeType.WORDING,
            upper=span if removed else None,
            lower=None if removed else span,
            detail=f"{'略去' if removed else '写明'}时间{quoted(joined.quote(span))}，不是完成时限。",
        )


def sets_time(mention: DateMention) -> bool:
    """Whether a date bounds what is to be done: a deadline, a term, a period with both ends, a day of each month.

    2023年, 按季度 and 自公布之日起 say when something happens, not until when.
    """
    if mention.role is DateRole.RECURRING:
        return "BYMONTHDAY" in (mention.rrule or "") or "BYDAY" in (mention.rrule or "")
    if mention.role is DateRole.PERIOD:
        return bool(mention.start and mention.end and RANGE.search(mention.quote))
    return mention.role in BINDING
