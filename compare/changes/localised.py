"""place_localized, name_localized: one level or place word stands for another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import UNNAMED, Joined
from compare.changes.own_area import names_own_area, own_area
from compare.changes.pair import Finding, Pair, tokens_within
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from compare.localisation import Localiser, first_characters, level_pattern
from extract.organs import function_key
from extract.span import Span

NAME_MARKS = "“《"
Swap = tuple[Span, Span]
WHOLE_AREA = "全我本"
GOVERNMENT = "政府"
OUTSIDE = 2  # characters
LONGEST_GROUP = 16
NEAR = 10  # characters behind a level word among which what it qualifies stands
BODY = re.compile(r"(?P<body>(?:(?:人民)?政府)?)(?P<duty>要(?![素求点])|应当|应(?![急对用届收])|须)?")
SAME_LEVEL = "同一层级的政府，说法不同。"
LONGEST_WORDS = 4  # tokens that a swap at the edge of a larger difference may take


def find_localised(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    swaps = [swap for difference in found if not difference.one_sided and (swap := _swap(pair, difference))]
    swaps = [swap for swap in swaps if not _both_named(pair, *swap)]
    for swap in swaps:
        yield _finding(pair, *swap)
    yield from _apart(pair, found, swaps)
    yield from _governments_of_one_level(pair, found)
    yield from (own_area(difference) for difference in found if names_own_area(pair, difference))


def _swap(pair: Pair, difference: Difference) -> Swap | None:
    above, below = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
    if pair.localiser.is_swap(above, below) or _same_function(above, below):
        return difference.upper, difference.lower
    if _named_levels(pair, difference) or _own_groups(pair, difference):
        return difference.upper, difference.lower
    swap = _edge_swap(pair, difference)
    return _with_body(pair, difference, *swap) if swap else None


def _both_named(pair: Pair, upper: Span, lower: Span) -> bool:
    """市级承担60%，县级承担40% -> 县级承担60%，市级承担40%: where both sides name both levels, each means itself."""
    above, below = pair.upper.quote(upper), pair.lower.quote(lower)
    if not _level().fullmatch(above) or not _level().fullmatch(below):
        return False
    return below in pair.upper.text and above in pair.lower.text


@cache
def _level() -> re.Pattern[str]:
    return re.compile(rf"{level_pattern()}级?(?:财政)?")


def _named_levels(pair: Pair, difference: Difference) -> bool:
    """各级政府 -> 县市区政府: the levels that the lower issuer speaks to."""
    every = lexicon.load("levels")["every"]
    above, below = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
    for body in every["bodies"]:
        if above.endswith(body) and below.endswith(body):
            above, below = above.removesuffix(body), below.removesuffix(body)
            return above in every["words"] and pair.localiser.is_below(below)
    after = pair.lower.text[difference.lower.end :]
    return above in every["words"] and after.startswith(tuple(every["bodies"])) and pair.localiser.is_below(below)


def _governments_of_one_level(pair: Pair, found: Sequence[Difference]) -> Iterator[Finding]:
    """县级人民政府[要] -> 各县（市、区）[要], at the head of a segment."""
    for difference in found:
        sides = (pair.upper, difference.upper), (pair.lower, difference.lower)
        heads = [_governments().fullmatch(joined.text, *span) for joined, span in sides]
        if heads[0] is None or heads[1] is None:
            continue
        spans = Span(*heads[0].span("body")), Span(*heads[1].span("body"))
        opens = all(at.start == side.segment_at(at.start).start for (side, _), at in zip(sides, spans, strict=True))
        if opens and pair.localiser.same_level(heads[0]["level"], heads[1]["level"]):
            yield Finding(type=ChangeType.WORDING, upper=spans[0], lower=spans[1], detail=SAME_LEVEL)


@cache
def _governments() -> re.Pattern[str]:
    return re.compile(rf"(?P<body>各?(?P<level>{level_pattern()})级?(?:人民政府|政府)?)(?:应当?|要|须|可以?|负责)?")


def _own_groups(pair: Pair, difference: Difference) -> bool:
    """省制造强省建设|领导小组 and 市制造业转型升级|领导小组: each level has its own."""
    groups = _groups()
    names = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
    ends = pair.upper.text[difference.upper.end :], pair.lower.text[difference.lower.end :]
    return (
        all(end.startswith(groups) for end in ends)
        and all(len(name) <= LONGEST_GROUP and _opens_with_level(name.removeprefix("由")) for name in names)
        and pair.localiser.names_own_level(names[0])
    )


@cache
def _groups() -> tuple[str, ...]:
    return tuple(lexicon.load("actors")["groups"])


def _opens_with_level(text: str) -> bool:
    """Whether a level word opens a text."""
    return re.match(level_pattern(), text) is not None


def _with_body(pair: Pair, difference: Difference, upper: Span, lower: Span) -> Swap:
    """With the 人民政府 and 要 behind a level on both sides: 各省（自治区、直辖市）人民政府要."""
    if upper.start != difference.upper.start or lower.start != difference.lower.start:
        return upper, lower
    ends = [
        BODY.match(joined.text, span.end, whole.end)
        for joined, span, whole in ((pair.upper, upper, difference.upper), (pair.lower, lower, difference.lower))
    ]
    if ends[0] is None or ends[1] is None:
        return upper, lower
    part = "body" if bool(ends[0]["duty"]) is not bool(ends[1]["duty"]) else 0  # 要 on one side alone is a change
    return Span(upper.start, ends[0].end(part)), Span(lower.start, ends[1].end(part))


def _apart(pair: Pair, found: Sequence[Difference], swaps: Sequence[Swap]) -> Iterator[Finding]:
    """Level words within what was rewritten or moved: 设立省级种业资金 -> 种业资金……市级."""
    above = [x for d in found for x in _levels(pair.upper, d.upper) if not any(x.overlaps(up) for up, _ in swaps)]
    below = [x for d in found for x in _levels(pair.lower, d.lower) if not any(x.overlaps(low) for _, low in swaps)]
    starts = {d.upper.start for d in found}, {d.lower.start for d in found}
    for upper in above:
        lower = next((x for x in below if _answer(pair, upper, x)), None)
        if lower:
            below.remove(lower)
            leads = upper.start in starts[0] and lower.start in starts[1]
            swaps = [*swaps, (upper, lower)]
            yield replace(_finding(pair, upper, lower), nested=not leads)
    for upper, lower in _departments(pair, found):
        if not any(upper.overlaps(up) or lower.overlaps(low) for up, low in swaps):
            leads = upper.start in starts[0] and lower.start in starts[1]
            yield replace(_finding(pair, upper, lower), nested=not leads)


def _departments(pair: Pair, found: Sequence[Difference]) -> Iterator[Swap]:
    """Departments of one function in what was rewritten: 教育部 -> 省教育厅."""
    above = [span for span, _ in pair.upper.departments if any(d.upper.contains(span) for d in found)]
    below = [span for span, _ in pair.lower.departments if any(d.lower.contains(span) for d in found)]
    for upper in above:
        lower = next((x for x in below if _same_function(pair.upper.quote(upper), pair.lower.quote(x))), None)
        if lower and pair.upper.quote(upper) != pair.lower.quote(lower):
            below.remove(lower)
            yield upper, lower


def _levels(joined: Joined, span: Span) -> list[Span]:
    if first_characters().isdisjoint(joined.quote(span)):
        return []
    return [Span(*match.span()) for match in _expression().finditer(joined.text, *span)]


def _answer(pair: Pair, upper: Span, lower: Span) -> bool:
    """全省 and 全市 answer each other anywhere in a unit; 省级 and 市级 before the same words."""
    above, below = pair.upper.quote(upper), pair.lower.quote(lower)
    if not pair.localiser.is_swap(above, below):
        return False
    if above[0] == below[0] and above[0] in WHOLE_AREA:
        return True
    each = [
        joined.text[max(0, span.start - 1) : span.start + 1]
        for joined, span in ((pair.upper, upper), (pair.lower, lower))
    ]
    if all("各" in opening for opening in each):
        if above.endswith(GOVERNMENT) and below.endswith(GOVERNMENT):
            return True
    elif not pair.localiser.names_own_level(above):
        return False
    one, other = (
        joined.text[span.end : min(span.end + NEAR, joined.segment_at(span.start).end)]
        for joined, span in ((pair.upper, upper), (pair.lower, lower))
    )
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def _same_function(above: str, below: str) -> bool:
    """省市场监管局 and 市市场监督管理局 are one name at two levels."""
    key = function_key(above)
    return key is not None and key not in UNNAMED and key == function_key(below)


def _edge_swap(pair: Pair, difference: Difference) -> tuple[Span, Span] | None:
    """A swap at the beginning or end of a difference that holds more."""
    joined = (pair.upper, difference.upper), (pair.lower, difference.lower)
    if not all(pair.localiser.may_swap(side.quote(span)) for side, span in joined):
        return None
    above = _edges(pair.upper, tokens_within(pair.upper_tokens, difference.upper), pair.localiser)
    below = _edges(pair.lower, tokens_within(pair.lower_tokens, difference.lower), pair.localiser)
    for ups, downs in product(above, below):
        for up, low in zip(ups, downs, strict=True):
            if up is None or low is None:
                continue
            if _is_tail(up, difference.upper) and min(up.end - up.start, low.end - low.start) < 2:
                continue  # the last character of another place's name: 阿坝州, 龙泉驿区
            if pair.localiser.is_swap(pair.upper.quote(up), pair.lower.quote(low)):
                return up, low
    return None


def _edges(joined: Joined, tokens: Sequence[Span], localiser: Localiser) -> list[tuple[Span | None, Span | None]]:
    """The first and the last tokens of a range, by their number; `None` for what is no part of a swap."""
    edges = (
        (Span(tokens[0].start, tokens[count - 1].end), Span(tokens[-count].start, tokens[-1].end))
        for count in range(1, min(LONGEST_WORDS, len(tokens)) + 1)
    )

    def may_swap(span: Span) -> bool:
        return localiser.may_swap(joined.quote(span)) and not _is_part(joined, span)

    return [(head if may_swap(head) else None, tail if may_swap(tail) else None) for head, tail in edges]


def _is_part(joined: Joined, span: Span) -> bool:
    """国 of 国际 or 国企."""
    return (
        joined.quote(span) == "国"
        and joined.text[span.end : span.end + 1] != "家"
        and joined.text[: span.start][-1:] not in WHOLE_AREA
    )


@cache
def _expression() -> re.Pattern[str]:
    """全省, 我市, 各县（市、区）; 省级; 省政府."""
    level = rf"{level_pattern()}(?:[、和]{level_pattern()})*"
    return re.compile(rf"[全我本]{level_pattern()}(?!级)|各?{level}(?:级|(?:人民)?政府)|各{level}")


def _is_tail(part: Span, whole: Span) -> bool:
    return part.start > whole.start


def _finding(pair: Pair, upper: Span, lower: Span) -> Finding:
    upper, lower = _with_bracket(pair, *_with_character_before(pair, upper, lower))
    above, below = pair.upper.quote(upper), pair.lower.quote(lower)
    named = _in_name(pair.upper, upper) and _in_name(pair.lower, lower)
    if named or _same_function(above, below) or pair.upper.text.startswith(_groups(), upper.end):
        return Finding(
            type=ChangeType.NAME_LOCALIZED,
            upper=upper,
            lower=lower,
            detail=f"名称按层级或地区对应替换：{quoted(above)}改为{quoted(below)}。",
        )
    return Finding(
        type=ChangeType.PLACE_LOCALIZED,
        upper=upper,
        lower=lower,
        detail=f"层级或地名对应替换：{quoted(above)}改为{quoted(below)}。",
    )


def _with_character_before(pair: Pair, upper: Span, lower: Span) -> tuple[Span, Span]:
    """来鲁 rather than 鲁, 全省 rather than 省: short words are shown with the character they go with."""
    before = {
        pair.upper.text[max(0, upper.start - 1) : upper.start],
        pair.lower.text[max(0, lower.start - 1) : lower.start],
    }
    if len(before) == 1 and (char := before.pop()) and char in lexicon.load("levels")["short"]["before"]:
        return Span(upper.start - 1, upper.end), Span(lower.start - 1, lower.end)
    return upper, lower


def _with_bracket(pair: Pair, upper: Span, lower: Span) -> Swap:
    """县（市、区） rather than 县（市、区."""
    sides = (pair.upper, upper), (pair.lower, lower)
    if any("（" in joined.quote(span) and "）" not in joined.quote(span) for joined, span in sides) and all(
        joined.text.startswith("）", span.end) for joined, span in sides
    ):
        return Span(upper.start, upper.end + 1), Span(lower.start, lower.end + 1)
    return upper, lower


def _in_name(joined: Joined, span: Span) -> bool:
    """Within quotation or title marks, a citation or a department's name."""
    if any(name.overlaps(span) for name in joined.names):
        return True
    before = max(joined.text.rfind(mark, 0, span.start + 1) for mark in NAME_MARKS)
    return before >= 0 and not any(close in joined.text[before : span.start] for close in "”》")
