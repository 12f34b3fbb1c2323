"""deadline_*: days and periods that differ; and goals without a number, which go with the day they were set for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.numbers import Number, is_running, length_of
from compare.changes.pair import Finding, Pair
from compare.changes.pairing import same_value
from compare.changes.periods import Reported, apart, reported
from compare.changes.phrases import edges_segment, inside_rewritten, whole_segment
from compare.changes.recurring import is_frequency
from compare.changes.saying import quoted, turned
from compare.changes.seasons import Season, find_seasons, season_direction, season_of
from compare.changes.series import keyed_numbers
from compare.changes.verdict import date_direction, rule_day
from compare.changes.weighing import LENGTHS, RUNNING, weigh
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind, DateMention, DateRole
from extract.span import Span

BINDING = frozenset({DateRole.DEADLINE, DateRole.VALIDITY})
OPEN = frozenset({DateRole.PERIOD, DateRole.EFFECTIVE, DateRole.RECURRING})
UNTIL = frozenset({DateRole.DEADLINE, DateRole.VALIDITY, DateRole.PERIOD, DateRole.POINT})
RANGE = re.compile(r"[至到—–~-]|期间|期内")
ISSUED = re.compile(r"(?:印发|发布|公布|颁布|下发|发文|签发|通过)之?日")
MADE = re.compile(r"\d{0,2}月?\d{0,2}日?(?:制定|发布|印发|公布|颁布|下发|出台|修订|修正|签订|转发)(?:实施|施行)?的")
STARTS = frozenset({DateRole.EFFECTIVE, DateRole.POINT, DateRole.RECURRING})
GOVERNED = 0.3  # share of the shorter phrase's pairs of characters
SAME_DAY = 0.15  # what the same day adds to the likeness of phrases
DIGITS = re.compile(r"[\d.]+")  # equal figures do not say that two dates are for one thing
LEAST_WORDS = 4  # characters of a segment that say what a date is for
# 达到90%
STEP = re.compile(
    r"(?:要|再|分别|[达增提升降][到至]|达|实现|完成|新增|不[低少高超][于过]|控制在)*[\d.]+[^\W\d_%]{0,2}[%‰]?[^\W\d_]{0,3}"
)
STEP_YEAR = re.compile(r"20\d\d年[底末]?")
UNSURE = "，所限的事项请对照原文"
EVERY = re.compile(r"每(?:半年|季|月|周|旬|日|年)")
REPEATED = "同一时间多写或少写一次，期限未变。"
VERBS = {Direction.EARLIER: "提前", Direction.LATER: "推后", None: "改变"}

Dated = tuple[Span, DateMention]


def find_deadlines(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    keyed = keyed_numbers(pair.upper, pair.lower)
    dates = _dates(pair.upper, keyed.heads[0]), _dates(pair.lower, keyed.heads[1])
    above = [dated for dated in dates[0] if any(dated[0].overlaps(d.upper) for d in found)]
    below = [dated for dated in dates[1] if any(dated[0].overlaps(d.lower) for d in found)]
    free = _without(above, keyed.lone[0], below), _without(below, keyed.lone[1], above)
    for upper, lower in _matched(pair, *free, found):
        if pair.upper.quote(upper[0]) != pair.lower.quote(lower[0]):
            yield _changed(pair, upper, lower, sure=_is_sure(pair, upper, lower, *dates))
        above.remove(upper)
        below.remove(lower)
    for dated in above:
        if _is_repeated(dated, dates[0], dates[1]):
            yield Finding(type=ChangeType.WORDING, upper=dated[0], lower=None, detail=REPEATED)
        else:
            yield from _alone(pair.upper, dated, pair.upper_changed, removed=True)
    for dated in below:
        if _is_repeated(dated, dates[1], dates[0]):
            yield Finding(type=ChangeType.WORDING, upper=None, lower=dated[0], detail=REPEATED)
        else:
            yield from _alone(pair.lower, dated, pair.lower_changed, removed=False)


def _is_repeated(dated: Dated, own: Sequence[Dated], others: Sequence[Dated]) -> bool:
    """Whether a day is told twice here and stands on the other side: 到2025年……。到2025年……。"""
    twice = any(one is not dated and _same_days(dated, one) for one in own)
    return twice and any(_same_days(dated, other) for other in others)


def _without(dates: Sequence[Dated], lone: Sequence[Span], others: Sequence[Dated]) -> list[Dated]:
    """Without the dates of steps that the other side has not, unless the day itself stands there."""
    return [
        dated
        for dated in dates
        if not any(dated[0].overlaps(place) for place in lone) or any(_same_days(dated, one) for one in others)
    ]


def _dates(joined: Joined, keys: Sequence[Span]) -> list[Dated]:
    """Without those that are compared as quantities (lengths that run from an event, how often) or name a series."""
    seasons = list(find_seasons(joined))
    return seasons + [
        (span, as_reference(joined, span, date))
        for span, date in joined.dates
        if not any(season.overlaps(span) for season, _ in seasons)
        and not is_running(joined, span, date)
        and not is_frequency(joined, span, date)
        and (date.role is not DateRole.RECURRING or not any(place.contains(span) for place, _ in joined.amounts))
        and not any(key.overlaps(span) for key in keys)
    ]


def as_reference(joined: Joined, span: Span, date: DateMention) -> DateMention:
    """2011年发布的办法: when a document was made sets no time, whatever it was read as."""
    return replace(date, role=DateRole.REFERENCE) if MADE.match(joined.text, span.end) else date


def _matched(
    pair: Pair, above: Sequence[Dated], below: Sequence[Dated], found: Sequence[Difference]
) -> list[tuple[Dated, Dated]]:
    """Those that govern the same first, then equal days, then those of one difference, then those of one role."""
    left, right, matches = list(above), list(below), []
    several = max(len(left), len(right)) > 1
    for upper, lower in _governing_same(pair, left, right) if several else ():
        matches.append((upper, lower))
        left.remove(upper)
        right.remove(lower)
    for test in (_same_days, lambda a, b: _together(a, b, found), lambda a, b: a[1].role == b[1].role):
        for dated in tuple(left):
            other = next(
                (b for b in right if test(dated, b) and (_answers(dated[1], b[1]) or test is _same_days)), None
            )
            if other is not None:
                matches.append((dated, other))
                left.remove(dated)
                right.remove(other)
    return matches


def _answers(one: DateMention, other: DateMention) -> bool:
    """Whether two dates may say the same: no reference and no term of validity is a version of another kind of date."""
    roles = {one.role, other.role}
    return len(roles) == 1 or not (DateRole.REFERENCE in roles or (DateRole.VALIDITY in roles and roles & STARTS))


def _governing_same(pair: Pair, above: Sequence[Dated], below: Sequence[Dated]) -> list[tuple[Dated, Dated]]:
    """The surest first, by the words that each date stands for."""
    words = [_governed(pair.upper, span) for span, _ in above], [_governed(pair.lower, span) for span, _ in below]
    scored = sorted(
        (-score - SAME_DAY * _same_days(one, other), i, j)
        for i, one in enumerate(above)
        for j, other in enumerate(below)
        if _answers(one[1], other[1]) and (score := shared(words[0][i], words[1][j])) >= GOVERNED
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    matches = []
    for _, i, j in scored:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matches.append((above[i], below[j]))
    return matches


def _governed(joined: Joined, span: Span) -> frozenset[str]:
    """Pairs of characters of what is to be done by a date: the rest of its segment, or the segment behind it.

    Of a step of a measure (2025年达到90%) the segment before tells what is measured.
    """
    segment = joined.segment_at(span.start)
    before, behind = joined.text[segment.start : span.start], joined.text[span.end : segment.end]
    if not before and STEP.fullmatch(behind):
        before = _measured(joined, segment)
    if len(before) + len(behind) < LEAST_WORDS and segment.end < len(joined.text):
        behind = joined.quote(joined.segment_at(segment.end + 1))
    texts = [piece for text in (before, behind) for piece in DIGITS.split(text)]
    return frozenset(text[at : at + 2] for text in texts for at in range(len(text) - 1))


def _measured(joined: Joined, segment: Span) -> str:
    """The segment that names the measure of a step, its own date and figures left out."""
    while segment.start > 1 and joined.text[segment.start - 1] == "，":
        segment = joined.segment_at(segment.start - 2)
        if not STEP.fullmatch(text := STEP_YEAR.sub("", joined.quote(segment))):
            return text
    return ""


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Overlap coefficient (Szymkiewicz–Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _is_sure(pair: Pair, upper: Dated, lower: Dated, above: Sequence[Dated], below: Sequence[Dated]) -> bool:
    """Whether two dates govern the same, or there is no other that either could answer."""
    if all(sum(date.role in UNTIL for _, date in dates) <= 1 for dates in (above, below)):
        return True
    return shared(_governed(pair.upper, upper[0]), _governed(pair.lower, lower[0])) >= GOVERNED


def _same_days(one: Dated, other: Dated) -> bool:
    a, b = one[1], other[1]
    known = a.start or a.end or a.rrule
    return bool(known) and ((a.start, a.end, a.rrule) == (b.start, b.end, b.rrule) or _same_end(a, b))


def _same_end(one: DateMention, other: DateMention) -> bool:
    """到2025年 and 2025年 end together; two periods must begin together too."""
    if one.end is None or one.end != other.end or one.rrule or other.rrule or not {one.role, other.role} <= UNTIL:
        return False
    return None in (one.start, other.start) or DateRole.POINT in (one.role, other.role)


def _together(one: Dated, other: Dated, found: Sequence[Difference]) -> bool:
    return any(one[0].overlaps(d.upper) and other[0].overlaps(d.lower) for d in found)


def _changed(pair: Pair, upper: Dated, lower: Dated, *, sure: bool) -> Finding:
    lengths = length_of(pair.upper, upper[0]), length_of(pair.lower, lower[0])
    words = turned(pair.upper.quote(upper[0]), pair.lower.quote(lower[0]))
    seasons = season_of(upper[1].quote), season_of(lower[1].quote)
    if seasons[0] and seasons[1]:
        return _season_changed(upper, lower, words, seasons[0], seasons[1])
    same = same_value(lengths[0], lengths[1]) if lengths[0] and lengths[1] else _same_days(upper, lower)
    if same or _from_issue(pair, upper, lower):
        return Finding(type=ChangeType.WORDING, upper=upper[0], lower=lower[0], detail="时间写法不同，期限未变。")
    told = upper[1].start and lower[1].start and not (_is_made(pair.upper, upper) and _is_made(pair.lower, lower))
    if {upper[1].role, lower[1].role} == {DateRole.REFERENCE} and not told:
        verb = "写法不同" if reported(upper[1].quote) == reported(lower[1].quote) else VERBS[None]
        return Finding(type=ChangeType.WORDING, upper=upper[0], lower=lower[0], detail=f"所指时间{verb}：{words}。")
    direction = _direction(pair, upper, lower, lengths) if sure else None
    verb = (LENGTHS if all(lengths) else VERBS).get(direction, VERBS[None]) if direction else VERBS[None]
    unsure = "" if sure else UNSURE
    return Finding(
        type=ChangeType.DEADLINE_CHANGED,
        upper=upper[0],
        lower=lower[0],
        direction=direction,
        nested=inside_rewritten(pair, upper[0], lower[0]),
        kind=AmountKind.DURATION if all(lengths) else None,
        detail=f"{_name(upper[1], lower[1], direction)}{verb}：{words}{unsure}。",
    )


def _season_changed(upper: Dated, lower: Dated, words: str, before: Season, after: Season) -> Finding:
    """A period of each year, as one."""
    direction = season_direction(before, after)
    return Finding(
        type=ChangeType.WORDING if before == after else ChangeType.DEADLINE_CHANGED,
        upper=upper[0],
        lower=lower[0],
        direction=direction,
        detail="时间写法不同，期限未变。" if before == after else f"时段{VERBS[direction]}：{words}。",
    )


def _is_made(joined: Joined, dated: Dated) -> bool:
    return MADE.match(joined.text, dated[0].end) is not None


def _direction(
    pair: Pair, upper: Dated, lower: Dated, lengths: tuple[Number | None, Number | None]
) -> Direction | None:
    if all(lengths):
        return _length_direction(*lengths)
    months = apart(_reported(pair.upper, upper), _reported(pair.lower, lower))
    return date_direction(upper[1], lower[1], months) if months else None


def _reported(joined: Joined, dated: Dated) -> Reported | None:
    """Of a day of no known year."""
    span, date = dated
    if date.start or date.end:
        return None
    segment = joined.segment_at(span.start)
    after = joined.segment_at(segment.end + 1) if joined.text[segment.end : segment.end + 1] == "，" else None
    return reported(
        date.quote,
        behind=joined.text[span.end : segment.end],
        before=joined.text[segment.start : span.start],
        next_segment=joined.quote(after) if after else "",
    )


def _from_issue(pair: Pair, upper: Dated, lower: Dated) -> bool:
    """自印发之日起 and 自公布之日起 mean each notice's own day."""
    if {upper[1].role, lower[1].role} != {DateRole.EFFECTIVE}:
        return False
    quotes = pair.upper.quote(upper[0]), pair.lower.quote(lower[0])
    return all(ISSUED.search(quote) and not any(map(str.isdigit, quote)) for quote in quotes)


def _name(upper: DateMention, lower: DateMention, direction: Direction | None) -> str:
    roles = {upper.role, lower.role}
    if roles == {DateRole.EFFECTIVE}:
        return "起始日期"
    if roles != {DateRole.RECURRING} or direction or EVERY.findall(upper.quote) == EVERY.findall(lower.quote):
        return "时限"
    recurs = rule_day(upper.rrule), rule_day(lower.rrule)
    return "时限" if recurs[0] and recurs[1] and recurs[0][0] == recurs[1][0] else "频次"


def _length_direction(upper: Number | None, lower: Number | None) -> Direction | None:
    """有效期3年 and 有效期5年 are compared as lengths: each counts from its own notice."""
    direction = weigh(upper, lower).direction if upper and lower else None
    return RUNNING.get(direction, direction) if direction else None


def _alone(joined: Joined, dated: Dated, changed: frozenset[int], *, removed: bool) -> Iterator[Finding]:
    span, mention = dated
    rewritten = whole_segment(joined, span, changed)
    if sets_time(mention):
        yield Finding(
            type=ChangeType.DEADLINE_REMOVED if removed else ChangeType.DEADLINE_ADDED,
            upper=span if removed else None,
            lower=None if removed else span,
            nested=rewritten and not edges_segment(joined, span),
            detail=f"{'删去' if removed else '新增'}时限{quoted(joined.quote(span))}。",
        )
    elif mention.role in OPEN:
        yield from time_told(joined, span, changed, removed=removed)


def time_told(joined: Joined, span: Span, changed: frozenset[int], *, removed: bool) -> Iterator[Finding]:
    """A time that says when or how often something happens came or went by itself."""
    if span == joined.segment_at(span.start) or not whole_segment(joined, span, changed):
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
