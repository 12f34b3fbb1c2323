"""condition_*: phrases that say when or for whom something holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain

from compare import lexicon
from compare.changes.deciders import find_deciders
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair, share
from compare.changes.polarity import scope_direction
from compare.changes.saying import quoted
from compare.changes.scope import is_listed, names_thing
from compare.comparison import ChangeType, Direction
from extract.mentions.scan import find_all
from extract.notice import Bound
from extract.span import Span

ATTRIBUTE = re.compile(
    r"(?:具有|(?<!具)有|具备|符合|满足|达到)[^，；：。、的]{0,16}?(?:条件|规定|要求|标准|资格|资质|能力)的(?:地方|地区|[市县区州]|各地|区县|县区|市县)?"
    r"|(?:条件|时机)(?:成熟|允许|具备)的(?:地方|地区|[市县区州]|区县|县区)?"
)
CIRCUMSTANCE = (
    r"在(?!各自|本?职责|职权|法定)[^，；：。]{2,30}?(?:前提下|基础上|条件下|情况下|范围内|允许的情况下)"
    r"|(?:在)?同等(?:条件|情况)下"
    r"|(?:(?<![已未])经(?![济营费办验历纪典常])|报经|报请)[^，；：。]{1,24}?"
    r"(?:同意|批准|审批|审核|认定|备案|公示|评估|验收|考核|许可){1,3}(?:合格|通过)?(?:后|的)?"
    r"|(?:未经|除)[^，；：。]{1,24}?(?:外|同意|批准)"
    r"|(?:如(?![实期数约何下])|若(?!干)|凡|只有|只要|一旦)[^，；：。]{1,30}(?=，)"
)
AFTER = r"|[^，；：。]{1,24}(?:合格后|通过后|期满后|满后|之后|完成后|后)(?=，)"
POSSESSION = re.compile("[有具符满达条时]")  # opens an attribute
ALWAYS, BEHIND = re.compile(CIRCUMSTANCE), re.compile(CIRCUMSTANCE + AFTER)
OPENINGS = re.compile("[在同经报未除如若凡只一]")  # of a circumstance; what ends in 后， may begin anywhere
# 价格连续3个月低于成本价时，; 按时, 同时 and 小时 are words of their own
WHILE = re.compile(
    r"(?:在[^，；：。]{3,40}|[^，；：。在]{6,40})(?<![同及按随准临届定平小工学课当何暂顿即适])时"
    r"(?=，|启动|给予|予以|应当?|可以?|须|按照?|实行|暂停)"
)
CLAUSE_ENDS, CLAUSE_SIGNS = frozenset("的者"), frozenset("，；：")
TOUCHED, CHANGED = 0.6, 0.05
BOUNDS = frozenset({Bound.MIN, Bound.MAX, Bound.RANGE})
LONGEST_GROUP = 8  # characters
APPLYING = ("申请", "申报", "申领")
APPLIED_FOR = "写明或省去所申请的事项，条件未变。"
PART = 4  # characters from which a piece of a condition is a condition of its own

Touched = tuple[Span, float]


def find_conditions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    decided = tuple(find_deciders(pair))
    yield from decided
    yield from _measured(pair)
    above = _touched(pair.upper, [d.upper for d in found], [f.upper for f in decided if f.upper])
    below = _touched(pair.lower, [d.lower for d in found], [f.lower for f in decided if f.lower])
    wholes = cache(partial(_whole_ranges, pair, found))
    for span, ratio in above:
        beside = [d.lower for d in found if d.upper.overlaps(span)]
        answer = next((b for b in below if any(map(b[0].overlaps, beside))), None)
        if answer:
            below.remove(answer)
            yield _changed(pair, span, answer[0])
        elif ratio >= TOUCHED:
            yield _alone(pair.upper, span, removed=True)
        elif _is_clause(pair.upper, span):
            yield from _partly(pair, span, wholes(removed=True), removed=True)
    for span, ratio in below:
        if ratio >= TOUCHED:
            yield _alone(pair.lower, span, removed=False)
        elif _is_clause(pair.lower, span):
            yield from _partly(pair, span, wholes(removed=False), removed=False)


def _measured(pair: Pair) -> Iterator[Finding]:
    """连续缴费满12个月的 before those whom a sentence reaches, put in or taken out as a whole."""
    for difference in pair.differences:
        removed = difference.lower.start == difference.lower.end
        joined, span = (pair.upper, difference.upper) if removed else (pair.lower, difference.lower)
        if difference.one_sided and _limits(joined, span):
            yield _alone(joined, span, removed=removed)


def _limits(joined: Joined, span: Span) -> bool:
    """Whether a range with a bound in it narrows the group named behind it."""
    if not joined.quote(span).endswith("的") or span.start == joined.segment_at(span.start).start:
        return False
    bounded = any(span.contains(at) and amount.bound in BOUNDS for at, amount in joined.amounts)
    behind = joined.text[span.end : min(span.end + LONGEST_GROUP, joined.segment_at(span.start).end)]
    return bounded and any(group in behind for group in lexicon.load("scope")["groups"] if len(group) > 1)


def conditions(joined: Joined) -> tuple[Span, ...]:
    """Condition phrases, also such as stand in longer ones: 符合条件的 in 对符合条件的企业，."""
    text = joined.text
    circumstances = BEHIND.finditer(text) if "后，" in text else find_all(ALWAYS, OPENINGS, text)
    whiles = WHILE.finditer(text) if "时" in text else ()
    spans = {Span(*match.span()) for match in chain(find_all(ATTRIBUTE, POSSESSION, text), circumstances, whiles)}
    return tuple(sorted(spans | {segment for segment in joined.segments if _is_clause(joined, segment)}))


def _is_clause(joined: Joined, segment: Span) -> bool:
    """对……的， and ……者，: a segment that says whom the next one is about."""
    ends = joined.text[segment.end - 1] in CLAUSE_ENDS and joined.text[segment.end : segment.end + 1] in CLAUSE_SIGNS
    return ends and segment.end - segment.start > 3


def _touched(joined: Joined, ranges: Sequence[Span], told: Sequence[Span]) -> list[Touched]:
    """Phrases that differ, with the share that does; of two that overlap the longest that differs as a whole.

    Those that hold what has been told already are no change of their own.
    """
    changed = frozenset(chain.from_iterable([range(*span) for span in ranges]))
    if not changed:
        return []
    found = [(span, share(span, changed, joined.text)) for span in conditions(joined)]
    found.sort(key=lambda touched: (touched[1] < TOUCHED, touched[0].start - touched[0].end, touched[0]))
    kept: list[Touched] = []
    for span, ratio in found:
        taken = (*told, *(other for other, _ in kept))
        if ratio > CHANGED and not any(map(span.overlaps, taken)):
            kept.append((span, ratio))
    return sorted(kept)


def _whole_ranges(pair: Pair, found: Sequence[Difference], *, removed: bool) -> list[Span]:
    """What is left of one side alone, each with the number that stood in its midst: 并签订[1年以上]劳动合同."""
    wholes = [d.upper if removed else d.lower for d in pair.differences if d.one_sided and _is_new(pair, d)]
    left = [d.upper if removed else d.lower for d in found if d.one_sided]
    return [
        next((whole for whole in wholes if whole.contains(part) and part.start < whole.end), part)
        for part in left
        if part.start < part.end
    ]


def _is_new(pair: Pair, difference: Difference) -> bool:
    """Whether no amount in a range may answer one that differs on the other side."""
    here = {a.kind for at, a in pair.upper.amounts if at.overlaps(difference.upper)}
    here |= {a.kind for at, a in pair.lower.amounts if at.overlaps(difference.lower)}
    if not here:
        return True
    sides = [[at for at, a in joined.amounts if a.kind in here] for joined in (pair.upper, pair.lower)]
    return not any(
        any(map(other.upper.overlaps, sides[0])) or any(map(other.lower.overlaps, sides[1]))
        for other in pair.differences
        if other is not difference
    )


def _partly(pair: Pair, span: Span, ranges: Sequence[Span], *, removed: bool) -> Iterator[Finding]:
    """Words put into a condition, or taken out of it, so that the rest of the sentence reaches fewer or more."""
    joined = pair.upper if removed else pair.lower
    for part in ranges:
        if span.contains(part) and part.end - part.start >= PART:
            if _is_applied_for(joined, span, part):
                yield _part(part, removed=removed, kind=ChangeType.WORDING, detail=APPLIED_FOR)
            elif not is_listed(joined, part):
                detail = f"适用条件{'减少，删去' if removed else '增加，写明'}{quoted(joined.quote(part))}。"
                finding = _part(part, removed=removed, kind=ChangeType.CONDITION_CHANGED, detail=detail)
                direction = None if _names_bearer(joined, span, part) else _direction(pair, part, removed=removed)
                yield replace(finding, direction=direction)


def _names_bearer(joined: Joined, clause: Span, part: Span) -> bool:
    """检测机构[未取得认定的，……]: who is meant opens the clause, and may have been named before it."""
    return part.start == clause.start and not joined.quote(part).endswith("的")


def _direction(pair: Pair, part: Span, *, removed: bool) -> Direction | None:
    """By what is left in reach: without a condition a ban reaches farther, and so does what is given."""
    place = next((d for d in pair.differences if part.overlaps(d.upper if removed else d.lower)), None)
    return scope_direction(pair.upper, pair.lower, place, widened=removed) if place else None


def _is_applied_for(joined: Joined, clause: Span, part: Span) -> bool:
    """新就业职工申请[公共租赁住房]的: what is applied for names no condition more."""
    closes = part.end == clause.end - 1 and joined.text.endswith(APPLYING, clause.start, part.start)
    return closes and names_thing(joined.quote(part))


def _part(part: Span, *, removed: bool, kind: ChangeType, detail: str) -> Finding:
    return Finding(type=kind, upper=part if removed else None, lower=None if removed else part, detail=detail)


def _changed(pair: Pair, upper: Span, lower: Span) -> Finding:
    return Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=upper,
        lower=lower,
        detail=f"适用条件由{quoted(pair.upper.quote(upper))}改为{quoted(pair.lower.quote(lower))}。",
    )


def _alone(joined: Joined, span: Span, *, removed: bool) -> Finding:
    return Finding(
        type=ChangeType.CONDITION_REMOVED if removed else ChangeType.CONDITION_ADDED,
        upper=span if removed else None,
        lower=None if removed else span,
        detail=f"{'删去' if removed else '新增'}适用条件{quoted(joined.quote(span))}。",
    )
