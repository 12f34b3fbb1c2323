"""amount_*, target_*: what differs in number. A quantity to be reached is a target, one given or allowed an amount."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from compare import lexicon
from compare.changes import reordered
from compare.changes.adjuncts import same_event, with_words
from compare.changes.deadlines import sets_time, time_told
from compare.changes.difference import Difference
from compare.changes.extremes import find_extremes
from compare.changes.joined import Joined
from compare.changes.numbers import Number, numbers
from compare.changes.owners import Owners, find_owners
from compare.changes.pair import Finding, Pair, share
from compare.changes.pairing import Numbers, is_other_grade, pair_numbers, phrase_likeness, same_value, stand_together
from compare.changes.phrases import MUCH, fills_segment, segment_counterpart, whole_segment
from compare.changes.recurring import recurrences
from compare.changes.reliefs import find_reliefs, find_remitted
from compare.changes.saying import quoted, turned
from compare.changes.senses import Sense, is_one_sense
from compare.changes.shares import find_shares
from compare.changes.softened import find_softened
from compare.changes.tokens import QUOTED
from compare.changes.told import told_apart
from compare.changes.universals import find_hundreds, find_wholes, tells_force
from compare.changes.weighing import MERGED, OTHER_GRADE, is_ceiling, is_timed, weigh
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind, Bound
from extract.span import Span

AMOUNT = (ChangeType.AMOUNT_REMOVED, ChangeType.AMOUNT_ADDED, ChangeType.AMOUNT_CHANGED)
TARGET = (ChangeType.TARGET_REMOVED, ChangeType.TARGET_ADDED, ChangeType.TARGET_CHANGED)
DEADLINE = (ChangeType.DEADLINE_REMOVED, ChangeType.DEADLINE_ADDED, ChangeType.DEADLINE_CHANGED)
DEMANDS = {Direction.RAISED: "（要求放宽）", Direction.LOWERED: "（要求收紧）"}  # of a goal that is a ceiling
ALONE = (AMOUNT[0], TARGET[0], DEADLINE[0], AMOUNT[1], TARGET[1], DEADLINE[1])  # removed, then added
WHOLES = (TARGET[2], AMOUNT[2])
NAMES = {TARGET: "目标", DEADLINE: "时限"}
NAMES_ALONE = {TARGET: "量化目标", DEADLINE: "时限"}
CEILING = re.compile("不[得应能可宜]?超过")  # no goal, though 超过 is
BOUNDS = ("以上", "以下", "以内", "（含）", "（含）以上")
THOSE = re.compile(
    r"(?:[且并][^，；。\d]{1,12})?的(?!目标|要求|任务|水平|标准|增速|增长|速度|比[例重]|幅度|规模|[^\W\d_]{0,4}[率度])[^\W\d_]"
)
# 不少于20人的队伍 is a goal
BOUND_BEFORE = re.compile(r"(?<!不)(?<!不得)(?:超过|高于|大于|多于|低于|少于|不足|不到|达到|达|满)(?=\d)")
LOOSE = re.compile(r"[了约近均]{0,2}\Z")
HOURS = re.compile(r"[^\W\d_]{0,8}(?:热线|电话|值班|值守|服务|在线|不间断|监[控测]|营业|自助)")  # 24小时[服务热线]
ROUND_THE_CLOCK = "24小时"
MOVED = 0.5
SAME_MATTER = 0.34  # of the shorter of two phrases
NEIGHBOURS = 2  # characters that make a name of a number: 十年[禁渔]


def find_quantities(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    yield from find_reliefs(pair)
    told = tuple(_find_numbers(pair, found))
    for finding in told:
        yield _of_one_side(finding, told) if finding.type in ALONE and finding.upper and finding.lower else finding


def _of_one_side(finding: Finding, told: Sequence[Finding]) -> Finding:
    """Without the counterpart of a phrase that came or went, where that is told of in another finding."""
    others = [other for other in told if other is not finding]
    if finding.type in ALONE[:3]:
        taken = any(other.lower and finding.lower and other.lower.overlaps(finding.lower) for other in others)
        return replace(finding, lower=None) if taken else finding
    taken = any(other.upper and finding.upper and other.upper.overlaps(finding.upper) for other in others)
    return replace(finding, upper=None) if taken else finding


def _find_numbers(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    above = _all(pair.upper, pair.upper_tokens)
    below = _all(pair.lower, pair.lower_tokens)
    one, other = _touched(above, [d.upper for d in found]), _touched(below, [d.lower for d in found])
    kept = [n for n in above if n not in one], [n for n in below if n not in other]
    if not (one or other or all(kept)):
        return
    owners = find_owners(pair)
    free = _without_equal(pair, *kept, owners)
    if not (one or other or all(free)):
        return
    yield from told_apart(pair, owners, found)
    for upper, lower in _turned(*free):
        yield _changed(pair, upper, lower, found)
    whole = _answered_by_wholes(pair, one, other)
    yield from whole.values()
    one, other = [n for n in one if n not in whole], [n for n in other if n not in whole]
    remitted = tuple(find_remitted(pair, one, other))
    yield from (finding for _, finding in remitted)
    one, other = ([n for n in side if not any(n is charge for charge, _ in remitted)] for side in (one, other))
    numbers_left = Numbers(above=(*one, *free[0]), below=(*other, *free[1]))
    yield from _told(pair, numbers_left, (one, other), found, owners)


def _told(
    pair: Pair,
    numbers_left: Numbers,
    touched: tuple[Sequence[Number], Sequence[Number]],
    found: Sequence[Difference],
    owners: Owners,
) -> Iterator[Finding]:
    """Numbers that answer each other, then those that are without counterpart; `touched` are those that differ."""
    matches, left = pair_numbers(pair, numbers_left, found, owners)
    gone = [number for number in left.above if number in touched[0]]
    come = [number for number in left.below if number in touched[1]]
    shares = tuple(find_shares(pair, matches, Numbers(above=tuple(gone), below=tuple(come))))
    sums = [part.sibling for part in shares if part.of_total]
    for upper, lower in matches:
        if upper.quote != lower.quote:
            change = _changed(pair, upper, lower, found, owners=owners, merged=(upper, lower) in sums)
            yield change
            yield from find_softened(pair, upper, lower, nested=change.nested)
        elif upper in touched[0] and lower in touched[1] and not stand_together(upper, lower, found):
            yield Finding(type=ChangeType.WORDING, upper=upper.span, lower=lower.span, detail=reordered.MOVED)
    for part in shares:
        yield _changed(pair, part.upper, part.lower, found, owners=owners, merged=part.of_total)
        (gone if part.upper in gone else come).remove(part.upper if part.upper in gone else part.lower)
    yield from _left_over(pair, gone, come, found)


def _answered_by_wholes(pair: Pair, above: Sequence[Number], below: Sequence[Number]) -> dict[Number, Finding]:
    """Shares that a whole of the other side answers, and none of the shares there."""
    found = dict(find_hundreds(pair, above, below, target=WHOLES))
    if all(any(n.kind is AmountKind.PERCENT for n in side) for side in (above, below)):
        wholes = tuple(find_wholes(pair, above, below, target=WHOLES))
        found |= {number: whole for number, whole in wholes if not _has_likeness(pair, number, above, below)}
    return found


def _has_likeness(pair: Pair, number: Number, above: Sequence[Number], below: Sequence[Number]) -> bool:
    """Whether a number of the other side is for the same as one that a whole may answer."""
    if number in above:
        return any(phrase_likeness(pair, number, lower) >= SAME_MATTER for lower in below)
    return any(phrase_likeness(pair, upper, number) >= SAME_MATTER for upper in above)


def _left_over(pair: Pair, gone: list[Number], come: list[Number], found: Sequence[Difference]) -> Iterator[Finding]:
    """Numbers that no number of the other side answers."""
    wholes = find_wholes(pair, gone, come, target=WHOLES)
    for number, whole in (*wholes, *find_extremes(pair, gone, come)):
        yield whole
        (gone if number in gone else come).remove(number)
    for number in gone:
        yield from _alone(pair, pair.upper, pair.lower, number, found)
    for number in come:
        yield from _alone(pair, pair.lower, pair.upper, number, found)


def _all(joined: Joined, tokens: Sequence[Span]) -> list[Number]:
    return sorted([*numbers(joined, tokens), *recurrences(joined)], key=lambda number: number.span)


def _touched(found: Sequence[Number], ranges: Sequence[Span]) -> list[Number]:
    return [number for number in found if any(number.span.overlaps(span) for span in ranges)]


def _without_equal(
    pair: Pair, above: Sequence[Number], below: Sequence[Number], owners: Owners
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """Of the numbers that no difference touches those whose equal has been taken: 70% where 不低于70% stood."""
    left = list(below)
    free = []
    for number in above:
        same = next((n for n in left if n.quote == number.quote and _may_be_same(pair, number, n, owners)), None)
        if same:
            left.remove(same)
        else:
            free.append(number)
    return tuple(n for n in free if n.amount), tuple(n for n in left if n.amount)


def _turned(above: Sequence[Number], below: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """The same words that tell of something else: 提高10% and 提高到10%."""
    left = list(below)
    for upper in above:
        lower = next((n for n in left if n.quote == upper.quote and not is_one_sense(upper.sense, n.sense)), None)
        if lower:
            left.remove(lower)
            yield upper, lower


def _may_be_same(pair: Pair, upper: Number, lower: Number, owners: Owners) -> bool:
    if owners.are_other(upper, lower):
        return False
    return is_one_sense(upper.sense, lower.sense) and not is_other_grade(pair, upper, lower)


def _changed(
    pair: Pair,
    upper: Number,
    lower: Number,
    found: Sequence[Difference],
    *,
    owners: Owners | None = None,
    merged: bool = False,
) -> Finding:
    words = turned(pair.upper.quote(upper.span), pair.lower.quote(lower.span))
    rewritten = whole_segment(pair.upper, upper.span, pair.upper_changed) and whole_segment(
        pair.lower, lower.span, pair.lower_changed
    )
    if same_value(upper, lower):
        return _same(pair, upper, lower, words, nested=rewritten and _holds_rest(pair, upper, lower))
    same_owner = owners is not None and owners.are_same(upper, lower)
    other_grade = not same_owner and is_other_grade(pair, upper, lower)
    merged = merged or (owners is not None and owners.are_unsure(upper, lower))
    weighed = MERGED if merged else OTHER_GRADE if other_grade else weigh(upper, lower)
    kinds = _types(pair, upper, lower)
    one_each = _is_only(pair.upper, upper) and _is_only(pair.lower, lower)
    demand = _demand(weighed.direction) if kinds is TARGET and is_ceiling(upper, lower) else ""
    phrases = rewritten and one_each and (kinds is TARGET or _is_moved(pair, upper, lower, found))
    return Finding(
        type=kinds[2],
        upper=_phrase(pair.upper, upper) if phrases else with_words(pair.upper, upper, lower, pair.upper_changed),
        lower=_phrase(pair.lower, lower) if phrases else with_words(pair.lower, lower, upper, pair.lower_changed),
        direction=weighed.direction,
        nested=rewritten and not phrases and not same_owner and _is_part(pair, upper, lower),
        kind=None if upper.sense is Sense.LEAD and kinds is DEADLINE else upper.kind,
        detail=f"{NAMES.get(kinds) or name_of(upper)}{weighed.says}{demand}：{words}。",
    )


def _demand(direction: Direction | None) -> str:
    return DEMANDS.get(direction, "") if direction else ""


def _is_only(joined: Joined, number: Number) -> bool:
    """Whether no other amount stands in the number's segment, which may then stand for it."""
    segment = joined.segment_at(number.span.start)
    return sum(segment.overlaps(span) for span, _ in joined.amounts) == 1


def _is_part(pair: Pair, upper: Number, lower: Number) -> bool:
    """Whether one of two numbers is a small part of its segment, so that the segments are the change."""
    return not (fills_segment(pair.upper, upper.span) and fills_segment(pair.lower, lower.span))


def _holds_rest(pair: Pair, upper: Number, lower: Number) -> bool:
    """Whether one goal's own words are what stands before the other: 每千人口托位数达到5个以上 and 达到5个."""
    goals = is_target(pair.upper, upper) and is_target(pair.lower, lower)
    return goals and fills_segment(pair.upper, upper.span) is not fills_segment(pair.lower, lower.span)


def _is_moved(pair: Pair, upper: Number, lower: Number, found: Sequence[Difference]) -> bool:
    """Whether the number's phrase stands at another place, with most of its words."""
    return not stand_together(upper, lower, found) and phrase_likeness(pair, upper, lower) >= MOVED


def _phrase(joined: Joined, number: Number) -> Span:
    return _after_date(joined, joined.segment_at(number.span.start))


def _same(pair: Pair, upper: Number, lower: Number, words: str, *, nested: bool) -> Finding:
    """Wording, unless the same time runs from another event."""
    if upper.is_running and lower.is_running and not same_event(upper, lower):
        kind, detail = ChangeType.DEADLINE_CHANGED, f"时限的起算时点改变：{words}。"
    else:
        kind, detail = ChangeType.WORDING, "数量写法不同，数值未变。"
    return Finding(
        type=kind,
        upper=with_words(pair.upper, upper, lower, pair.upper_changed),
        lower=with_words(pair.lower, lower, upper, pair.lower_changed),
        nested=nested,
        detail=detail,
    )


def _types(pair: Pair, upper: Number, lower: Number) -> tuple[ChangeType, ChangeType, ChangeType]:
    """A goal on one side and no grant on the other is a goal."""
    if is_timed(upper, lower):
        return DEADLINE
    goals = is_target(pair.upper, upper), is_target(pair.lower, lower)
    grants = is_granted(pair.upper, upper) or is_granted(pair.lower, lower)
    ceiling = any(number.amount and number.amount.bound is Bound.MAX for number in (upper, lower))
    return TARGET if all(goals) or (any(goals) and not grants and not ceiling) else AMOUNT


def _alone(
    pair: Pair, joined: Joined, other_joined: Joined, number: Number, found: Sequence[Difference]
) -> Iterator[Finding]:
    """A number without counterpart. A goal goes with its whole phrase, if most of that has changed."""
    removed = joined is pair.upper
    changed = pair.upper_changed if removed else pair.lower_changed
    if number.time and number.is_recurring:
        yield from time_told(joined, number.span, changed, removed=removed)
    if number.amount is None or number.is_recurring or _is_no_amount(number, joined, other_joined):
        return
    if number.sense is Sense.LEAD and _faces_day(number, other_joined, found, removed=removed):
        return
    target = is_target(joined, number)
    span, other = number.span, None
    segment = _phrase(joined, number)
    if target and share(segment, changed, joined.text) >= MUCH:
        answer = segment_counterpart(pair, segment, found, removed=removed)
        if not answer or tells_force(joined.quote(segment)) == tells_force(other_joined.quote(answer)):
            span, other = segment, answer
    kinds = DEADLINE if number.is_running else TARGET if target else AMOUNT
    verb, name = ("删去" if removed else "新增"), NAMES_ALONE.get(kinds) or name_of(number)
    yield Finding(
        type=kinds[0 if removed else 1],
        upper=span if removed else other,
        lower=other if removed else span,
        nested=not target and whole_segment(joined, number.span, changed) and not fills_segment(joined, number.span),
        kind=None if number.is_running else number.kind,
        detail=f"{verb}{name}{quoted(joined.quote(number.span))}。",
    )


def _faces_day(number: Number, other: Joined, found: Sequence[Difference], *, removed: bool) -> bool:
    """供热期开始30日前 and 9月15日前: a day stands where so many days ahead stood."""
    for d in found:
        here, there = (d.upper, d.lower) if removed else (d.lower, d.upper)
        if here.overlaps(number.span) and any(there.overlaps(span) for span, _ in other.dates):
            return True
    return False


def _is_no_amount(number: Number, joined: Joined, other: Joined) -> bool:
    """What a change starts from; 24小时热线; the number of a name that the other side quotes: “十年禁渔”."""
    if number.sense is Sense.START:
        return True
    if number.quote == ROUND_THE_CLOCK and HOURS.match(joined.text, number.span.end):
        return True
    name = joined.text[number.span.start : number.span.end + NEIGHBOURS]
    return name.isalnum() and any(name in match.group() for match in QUOTED.finditer(other.text))


def _after_date(joined: Joined, segment: Span) -> Span:
    """A segment without the date that opens it, which is a change of its own."""
    end = next((d.end for d, date in joined.dates if d.start == segment.start and sets_time(date)), segment.start)
    return Span(end, segment.end) if end < segment.end else segment


def is_target(joined: Joined, number: Number) -> bool:
    """A count or share with a verb of reaching or a noun of measure in its segment, and no word of granting."""
    words = _words()
    if number.amount is None or number.kind not in words["goal_kinds"] or is_granted(joined, number):
        return False
    if is_threshold(joined, number):
        return False
    segment = joined.segment_at(number.span.start)
    before = CEILING.sub("", joined.text[segment.start : number.span.end])
    if any(verb in before for verb in words["goal_verbs"]):
        return True
    small = number.kind is AmountKind.AREA and number.amount.bound is Bound.MAX  # 人均面积15平方米以下的: who is meant
    return not small and any(noun in joined.quote(segment) for noun in words["goal_nouns"])


def is_threshold(joined: Joined, number: Number) -> bool:
    """Whether a bound only says which ones are meant: 面积500平方米以上的场所. 建设10个以上的场所 is a goal."""
    bounded = number.quote.endswith(BOUNDS) or BOUND_BEFORE.search(number.before[-3:] + number.quote)
    if not bounded or not THOSE.match(joined.text, number.span.end):
        return False
    words = _words()
    text = LOOSE.sub("", number.before)
    return number.amount is not None and not text.endswith((*words["goal_verbs"], "配备", "设置", "设立", "建立"))


def is_granted(joined: Joined, number: Number) -> bool:
    """Whether the segment gives or allows something, or tells whom the next one is about: ……的，, 对……企业，给予."""
    segment = joined.segment_at(number.span.start)
    text = joined.quote(segment)
    words = _words()["grant_words"]
    if text.endswith("的") or any(word in text for word in words):
        return True
    behind = joined.quote(joined.segment_at(segment.end + 1)) if text.startswith("对") else ""
    return any(word in behind for word in words)


def name_of(number: Number) -> str:
    """金额, 比例, 期限: what a reader calls such a quantity."""
    names: dict[str, str] = lexicon.load("quantities")["names"]
    return names.get(number.sense) or names[number.kind or "figure"]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in lexicon.load("quantities").items() if isinstance(words, list)}
