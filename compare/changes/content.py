"""content_*, wording: statements that came or went, goals without a number, and what is left."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import takewhile

from compare import lexicon
from compare.changes.acting import actors_within
from compare.changes.conditions import conditions
from compare.changes.difference import Difference, tidy
from compare.changes.joined import Joined
from compare.changes.lists import bare
from compare.changes.pair import Finding, Pair, filled, share
from compare.changes.reordered import exchanged
from compare.changes.saying import quoted, turned
from compare.changes.scope import is_filler, is_listed, is_verb
from compare.changes.together import told_together
from compare.comparison import ChangeType
from compare.localisation import level_pattern
from extract.areas import by_name, counties
from extract.span import Span
from extract.words import words

# A duty without what is asked, a body without what it does: 人民政府应当在, 授权运营应当.
LIMBS = re.compile(r"^(?:各级)?(?:人民政府|政府|党委)(?=.{0,4}$)|(?:应当|必须|可以|应|要|须)?[在于自由向对将把]?$")
SUBJECT = 2  # characters
REST = 3  # times as long as the last word is a clause that states without it what it states
DUTY = re.compile(r"(?:应当?|要|必?须|可以?)(?=[在于通经向])")
AND_ALSO = re.compile(r"(?:并且|并|同时)(?P<task>[^，；。、]+)")
FIGURE = re.compile(r"\d")
TASK = 3  # telling letters of a verb and its object: 处罚款
CUT = 2  # characters of a clause that match by chance
STATEMENT = 6  # characters; shorter ones are words
SHARED = 0.5  # share of the telling letters of the shorter one that makes two clauses one
CONDITIONAL = 0.6  # share of a clause that is a condition
ALIKE = 0.34  # share of common characters above which a replacement is a rewording


def find_goals(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """target_*: a segment that opens with a verb of reaching, without a number: 实现……统筹."""
    for difference in found:
        for joined, span, removed in ((pair.upper, difference.upper, True), (pair.lower, difference.lower, False)):
            goal = _goal(joined, span)
            if goal:
                yield Finding(
                    type=ChangeType.TARGET_REMOVED if removed else ChangeType.TARGET_ADDED,
                    upper=goal if removed else None,
                    lower=None if removed else goal,
                    detail=f"{'删去' if removed else '新增'}目标{quoted(joined.quote(goal))}。",
                )


def _goal(joined: Joined, span: Span) -> Span | None:
    for segment in joined.segments_in(span) if span.end - span.start >= STATEMENT else ():
        start = max(segment.start, span.start)
        if segment.end > span.end or segment.end - start < STATEMENT:
            continue
        if segment.start < span.start and not _dated(joined, segment, start):
            continue
        if joined.text.startswith(_openings(), start, segment.end):
            return Span(start, segment.end)
    return None


def _dated(joined: Joined, segment: Span, start: int) -> bool:
    """Whether only a date stands between the segment's head and `start`."""
    return any(span.start == segment.start and span.end == start for span, _ in joined.dates)


def find_clauses(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """Clauses that came or went as wholes: what they ask, of whom and when is no change of its own."""
    for difference in found:
        if difference.one_sided:
            removed = difference.upper.start < difference.upper.end
            joined, span = (pair.upper, difference.upper) if removed else (pair.lower, difference.lower)
            segments = [s for s in joined.segments if span.contains(s)]
            if any(_is_statement(joined, s) for s in segments) and not any(map(partial(_charges, joined), segments)):
                clauses = Span(segments[0].start, segments[-1].end)
                yield _removed(pair, clauses) if removed else _added(pair, clauses)


def _charges(joined: Joined, segment: Span) -> bool:
    """Whether a clause says who acts: that is a change of its own."""
    return next(actors_within(joined, segment), None) is not None


def _is_statement(joined: Joined, segment: Span) -> bool:
    """Neither short nor a condition of the next clause."""
    if segment.end - segment.start < STATEMENT or joined.text[segment.end : segment.end + 1] == "：":
        return False
    return not any(
        share(segment, frozenset(range(*phrase)), joined.text) >= CONDITIONAL for phrase in conditions(joined)
    )


@cache
def _openings() -> tuple[str, ...]:
    return tuple(lexicon.load("quantities")["goal_openings"])


def find_content(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    turned_round = _turned_round(pair, found)
    for difference in found:
        up, low = filled(difference.upper), filled(difference.lower)
        if difference in turned_round:
            yield _exchanged(pair, difference)
        elif up and low:
            if _replaced(pair.upper.quote(up), pair.lower.quote(low)):
                yield from () if _is_light(pair.upper, up) or _is_rest(pair.upper, up) else (_removed(pair, up),)
                yield from () if _is_light(pair.lower, low) or _is_rest(pair.lower, low) else (_added(pair, low),)
            else:
                yield from _behind_subject(pair, up, low)
        elif up:
            yield from (_removed(pair, part) for part in _statements(pair.upper, up))
        elif low:
            yield from (_added(pair, part) for part in _statements(pair.lower, low))


def _behind_subject(pair: Pair, up: Span, low: Span) -> Iterator[Finding]:
    """What one side says of a subject that the other side leads on at once: 服务中心[实行轮班制度]，提供…… and
    服务中心要提供…….
    """
    above, below = pair.upper.quote(up), pair.lower.quote(low)
    shared = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(above, below, strict=False)))
    if shared < SUBJECT or up.start != pair.upper.segment_at(up.start).start:
        return
    rests = tidy(pair.upper.text, Span(up.start + shared, up.end)), Span(low.start + shared, low.end)
    if is_filler(below[shared:].removeprefix("要")) and _says(pair.upper, rests[0]):
        yield _removed(pair, rests[0])
    elif is_filler(above[shared:].removeprefix("要")) and _says(pair.lower, rests[1]):
        yield _added(pair, rests[1])


def _says(joined: Joined, span: Span) -> bool:
    return span.end - span.start >= STATEMENT and span.end == joined.segment_at(span.start).end


def _statements(joined: Joined, span: Span) -> Iterator[Span]:
    """What states something in a range; of 维护，并试运行 the word that ends one clause and the next clause apart."""
    head = joined.segment_at(span.start)
    parts = [span]
    if head.start < span.start and 1 < head.end - span.start < STATEMENT and head.end < span.end:
        parts = [Span(span.start, head.end), tidy(joined.text, Span(head.end, span.end))]
    yield from (part for part in parts if _states(joined, part))


def _turned_round(pair: Pair, found: Sequence[Difference]) -> tuple[Difference, ...]:
    """What changed places while all around it stayed: 旺季 and 淡季 where only the fares are named after them."""
    swapped = exchanged(pair, found)
    if not swapped:
        return ()
    segments = [pair.upper.segment_at(d.upper.start) for d in swapped]
    others = [d for d in pair.differences if d not in swapped]
    alone = all(not any(d.upper.overlaps(s) or s.contains(d.upper) for s in segments) for d in others)
    return swapped if alone and len(set(segments)) == len(segments) == 2 else ()


def _exchanged(pair: Pair, difference: Difference) -> Finding:
    words = turned(pair.upper.quote(difference.upper), pair.lower.quote(difference.lower))
    return Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=difference.upper,
        lower=difference.lower,
        detail=f"前后所指互换：{words}，对应句另一处正好相反。",
    )


def _is_light(joined: Joined, span: Span) -> bool:
    """对, 执行: words that state nothing, whatever stands in their place."""
    text = LIMBS.sub("", joined.quote(span))
    return is_filler(text) or is_verb(text)


def _is_rest(joined: Joined, span: Span) -> bool:
    """The last word of a clause that otherwise stands: 不得拒绝[共享] and 不得拒绝；[逾期视为同意]."""
    segment = joined.segment_at(span.start)
    return span.end == segment.end and REST * (span.end - span.start) <= segment.end - segment.start


def _replaced(above: str, below: str) -> bool:
    if _names_places(above) and _names_places(below):  # the issuers' own places have been taken for localisations
        return True
    above, below = bare(above), bare(below)
    if "、" in above and "、" in below and not set(above.split("、")) & set(below.split("、")):
        return True
    if max(len(above), len(below)) <= STATEMENT:
        return False
    common = len(set(above) & set(below)) / min(len(set(above)), len(set(below)))
    return common < ALIKE and ("、" in above or "、" in below or not _share_word(above, below))


def _share_word(above: str, below: str) -> bool:
    """Whether the words that tell are in good part the same: 制定配套措施 and 拿出配套办法."""
    sides = [
        {word for word in words(text) if len(word) > 1 and word.isalpha() and telling(word)} for text in (above, below)
    ]
    fewer = min(sum(map(len, side)) for side in sides)
    return sum(map(len, sides[0] & sides[1])) > SHARED * fewer


def telling(text: str) -> str:
    """Without the words of any notice: 加强, 管理, 相关."""
    text = _untelling().sub("", text)
    return "" if is_filler(text) else text


@cache
def _untelling() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon.load("common")["words"], key=lambda word: (-len(word), word))))


def _names_places(text: str) -> bool:
    """Whether a short text is a place's name: 河北, 阿坝州."""
    return text in by_name() or text in counties() or text + "省" in by_name() or text + "市" in by_name()


def _states(joined: Joined, span: Span) -> bool:
    """A phrase, an item or a whole segment; 补贴标准为： only leads to what is said."""
    whole = joined.segment_at(span.start) == span or _is_another_task(joined, span)
    if span.end - span.start < STATEMENT and not whole and not is_listed(joined, span):
        return False
    text = LIMBS.sub("", joined.quote(span).strip("，、；"))
    if (
        len(text) < 2
        or is_filler(text)
        or (text[0] in "和与及" and not telling(text[1:]))
        or joined.text[span.end : span.end + 1] == "："
    ):
        return False
    return whole or is_listed(joined, span) or (len(text) >= STATEMENT and not _is_frame(text))


def _is_another_task(joined: Joined, span: Span) -> bool:
    """应当公开说明[并限期整改]: a second verb with what it asks, to the end of the clause."""
    task = AND_ALSO.match(joined.quote(span))
    if task is None or span.end != joined.segment_at(span.start).end:
        return False
    return len(telling(task["task"])) >= TASK and FIGURE.search(task["task"]) is None


def _whole(joined: Joined, span: Span) -> Span:
    """The clause of which a range is all but the first word or two: of 供热单位违反规定 no 单位违反规定.

    Of 要在门户网站 what follows the duty.
    """
    segment = joined.segment_at(span.start)
    duty = DUTY.match(joined.text, *span)
    if duty and span.end - duty.end() >= STATEMENT:
        return Span(duty.end(), span.end)
    cut = 0 < span.start - segment.start <= CUT and span.end == segment.end
    return segment if cut and span.end - span.start >= STATEMENT and not is_listed(joined, span) else span


def _is_frame(text: str) -> bool:
    """加快建设国家: words of any notice and whose level it is."""
    left = telling(text)
    return not left or re.fullmatch(level_pattern(), left) is not None


def _removed(pair: Pair, span: Span) -> Finding:
    span = _whole(pair.upper, span)
    return Finding(
        type=ChangeType.CONTENT_REMOVED, upper=span, lower=None, detail=f"删去{quoted(pair.upper.quote(span))}。"
    )


def _added(pair: Pair, span: Span) -> Finding:
    span = _whole(pair.lower, span)
    return Finding(
        type=ChangeType.CONTENT_ADDED, upper=None, lower=span, detail=f"新增{quoted(pair.lower.quote(span))}。"
    )


def find_wording(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """Whatever no other classifier has explained."""
    for difference in told_together(pair, found):
        up, low = filled(difference.upper), filled(difference.lower)
        if up and low:
            detail = f"措辞由{quoted(pair.upper.quote(up))}改为{quoted(pair.lower.quote(low))}。"
        elif up:
            detail = f"措辞上删去{quoted(pair.upper.quote(up))}。"
        else:
            detail = f"措辞上增加{quoted(pair.lower.quote(difference.lower))}。"
        yield Finding(type=ChangeType.WORDING, upper=up, lower=low, detail=detail)
