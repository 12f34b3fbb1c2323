"""scope_*: words that set how far a statement reaches. Fewer qualifiers or more list items reach farther."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from compare import lexicon
from compare.changes.bodies import reaches_farther
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.likeness import held
from compare.changes.own_area import names_own_area, own_area
from compare.changes.pair import Finding, Pair, filled, share
from compare.changes.phrases import WHOLE
from compare.changes.polarity import scope_direction
from compare.changes.qualifiers import is_praise, is_qualifier, one_class_less, size_classes, without_preposition
from compare.changes.saying import quoted
from compare.changes.whole_words import moved_whole
from compare.comparison import ChangeType
from compare.localisation import first_characters, level_pattern
from extract.span import START, Span

BESIDES = "除"
LONGEST_QUALIFIER = 14
NOUN_RUN = 4  # words behind a qualifier among which the noun it narrows stands
LIST_SIGNS = ("、", "和", "及", "与", "或", "以及")
EACH = "各"  # 各村寨 are 村寨, 各有关部门 are 有关部门
MOVED = 0.75  # share of the words that must stand elsewhere
ZONE = re.compile(
    r"(?:经济|技术|产业|工业|高新)+(?:开发区|园区|区)"
)  # a part of the names of two zones: 技术开发区, 开发区
OFTEN = re.compile(r"(?:每[^，；。、]{1,3}|定期|按[年季月周]度?)\Z")  # 每月[调度] is a task
GROUP_BREAKS = re.compile(r"或者?|[、和及与]|以及")
RECIPIENT = re.compile(r"(?:对|向|为|给)[^，；：。]{2,24}")


def find_scope(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    named = False
    moved = moved_whole(pair, found)
    if moved:
        yield moved[1]
    for difference in (d for d in found if not moved or d not in moved[0]):
        if names_own_area(pair, difference):
            yield own_area(difference)
            continue
        widened = _two_sided(pair, difference) if not difference.one_sided else _one_sided(pair, difference)
        if widened is not None:
            named = True
            yield _finding(pair, difference, widened=widened)

    if not named and found:
        yield from _classes(pair)


def _classes(pair: Pair) -> Iterator[Finding]:
    """中小微企业 here and 中小企业 there, in text rewritten around them: the only classes that the unit names."""
    above, below = size_classes(pair.upper.text), size_classes(pair.lower.text)
    if len({match.group() for match in above}) != 1 or len({match.group() for match in below}) != 1:
        return
    up, low = Span(*above[0].span()), Span(*below[0].span())
    sizes = set(pair.upper.quote(up)), set(pair.lower.quote(low))
    if sizes[0] < sizes[1] or sizes[1] < sizes[0]:
        difference = Difference(upper=up, lower=low)
        yield replace(_finding(pair, difference, widened=sizes[0] < sizes[1]), nested=True)


def _two_sided(pair: Pair, difference: Difference) -> bool | None:
    above, below = (
        without_preposition(joined.quote(span))
        for joined, span in ((pair.upper, difference.upper), (pair.lower, difference.lower))
    )
    words = lexicon.load("scope")
    reach = [_reach(text) for text in (above, below)]
    if reach[0] != reach[1] and 0 not in reach:
        return reach[1] > reach[0]
    for ladder in words["ladders"]:
        if above in ladder and below in ladder:
            return bool(ladder.index(below) > ladder.index(above))
    generic, groups = words["generic"], words["groups"]
    if (above in generic) is not (below in generic) and (above in groups or above in generic):
        return below in generic if below in groups or below in generic else None
    size = _added_size(above, below)
    if size is not None:
        return size
    qualified = _qualified(above, below)
    return reaches_farther(above, below) if qualified is None else qualified


def _qualified(above: str, below: str) -> bool | None:
    """企业职工 -> 骨干企业职工: one side is the other behind a qualifier that was cut with it."""
    longer, shorter = (below, above) if len(below) > len(above) else (above, below)
    extra = longer.removesuffix(shorter)
    if len(extra) < 2 or extra == longer or not shorter.endswith(_heads()) or not _may_qualify(extra):
        return None
    if ZONE.fullmatch(longer):
        return None
    return longer == above


def _added_size(above: str, below: str) -> bool | None:
    """小微 -> 中小微: one class more or less in a compound."""
    sizes = set(lexicon.load("scope")["sizes"])
    longer, shorter = (below, above) if len(below) > len(above) else (above, below)
    for at in range(len(shorter) + 1):
        extra = longer[at : at + len(longer) - len(shorter)]
        if (
            extra
            and set(extra) <= sizes
            and longer[:at] + longer[at + len(extra) :] == shorter
            and set(shorter) & sizes
        ):
            return longer == below
    return None


def _reach(text: str) -> int:
    """1 for words that narrow, 2 for words that widen, 0 for others."""
    if text in _words("universal") or _pattern("whole_area").fullmatch(text):
        return 2
    return int(text in _words("restrictive") or is_qualifier(text) or bool(_pattern("part_area").fullmatch(text)))


def _one_sided(pair: Pair, difference: Difference) -> bool | None:
    removed = difference.lower.start == difference.lower.end
    joined, span = (pair.upper, difference.upper) if removed else (pair.lower, difference.lower)
    core = joined.quote(span).strip("，、（）")
    widened = None if core in _verbs() or is_filler(core) else _widened(pair, joined, span, core, removed=removed)
    changed = pair.upper_changed if removed else pair.lower_changed
    if widened is None or share(joined.segment_at(span.start), changed, joined.text) >= WHOLE:
        return None
    if core == BESIDES and _besides(joined, span, changed):
        return None
    return None if _moved(pair, core, removed=removed) else widened


def _widened(pair: Pair, joined: Joined, span: Span, core: str, *, removed: bool) -> bool | None:
    """What words that came or went alone would mean, were they neither moved nor part of a clause that did."""
    if one_class_less(core, joined.text[: span.start], joined.text[span.end :]):
        return not removed
    if is_listed(joined, span) and not _is_level_list(core):
        return _listed(joined, span, removed=removed)
    if _reaches(core):
        return None if core == EACH else not removed
    limits = core.startswith(_words("excluding")) or _names_recipient(core)
    tokens = pair.upper_tokens if removed else pair.lower_tokens
    return removed if limits or _qualifies(joined, span, tokens) else None


def _besides(joined: Joined, span: Span, changed: frozenset[int]) -> bool:
    """除全额追缴外, where 全额追缴 stood already: that and more, nothing excepted."""
    segment = joined.segment_at(span.start)
    told = Span(span.end, segment.end)
    return (
        segment.start == span.start
        and joined.text[segment.end - 1] == "外"
        and share(told, changed, joined.text) < WHOLE
    )


def _moved(pair: Pair, core: str, *, removed: bool) -> bool:
    """Whether the words only stand at another place of the unit."""
    new = pair.differing[1 if removed else 0]
    return core in new or held(core, new) >= MOVED


def _names_recipient(text: str) -> bool:
    """对省级层面设定的, 为中小型企业; but 向产业链 and 向企业支付款项 limit nothing."""
    if not RECIPIENT.fullmatch(text):
        return False
    core = text.rstrip("的")
    return text.endswith("的") or (
        core.endswith(_heads()) and not any(verb in core for verb in _verbs() if len(verb) > 1)
    )


def _listed(joined: Joined, span: Span, *, removed: bool) -> bool | None:
    """A list extended reaches farther, unless the new item is a task of its own; one cut down only if people go."""
    if removed:
        return False if is_beneficiary(joined, span) else None
    task = OFTEN.search(joined.text, joined.segment_at(span.start).start, span.start)
    return True if names_thing(joined.quote(span)) and not task else None


def names_thing(item: str) -> bool:
    """Whether a list item is a thing rather than a task: no verb opens it."""
    core = item.strip("、和及与或")
    return _may_qualify(core) and not any(core.startswith(verb) for verb in _verbs() if len(verb) > 1)


def _reaches(text: str) -> bool:
    """Whether words name what is reached rather than what limits it: 省市县, 各类, 含港澳台."""
    return _is_level_list(text) or text in _words("universal") or text.startswith(_words("including"))


def _qualifies(joined: Joined, span: Span, tokens: Sequence[Span]) -> bool:
    """Whether a range narrows the noun behind it: by 的, as a name, or as a word of area, level or selection."""
    text = joined.quote(span)
    if len(text.strip("“”")) > LONGEST_QUALIFIER or not _may_qualify(text):
        return False
    return _narrows(joined, span, text, tokens) and not is_praise(text)


def _narrows(joined: Joined, span: Span, text: str, tokens: Sequence[Span]) -> bool:
    if text in ("不", "非"):  # 不含, 非全日制
        return joined.text.startswith(_words("including"), span.end) or text == "非"
    segment = joined.segment_at(span.start)
    if span.end >= segment.end:
        return text.endswith("的")
    if text in _words("restrictive") or text[0] in "“《" or _pattern("areas").fullmatch(text):
        return True
    if text.endswith("的") and len(text) > 2:
        return True
    known = is_qualifier(text)
    return (span.start > segment.start or known) and _stands_before_noun(joined, span, tokens, known=known)


def _stands_before_noun(joined: Joined, span: Span, tokens: Sequence[Span], *, known: bool) -> bool:
    """Whether the words right behind a range are the name of a group: 中小微[企业], 困难[家庭].

    Behind a known attribute other words may stand before the noun: 小型[物流企业].
    """
    first = bisect_left(tokens, span.end, key=START)
    end = joined.segment_at(span.start).end
    after = [
        joined.quote(token)
        for token in tokens[first : first + NOUN_RUN]
        if token.start < span.end + LONGEST_QUALIFIER and token.end <= end
    ]
    if after and not joined.text.startswith(after[0][0], span.end):
        return False
    if known:
        nouns = list(takewhile(lambda word: word not in _verbs(), after))
        return any(word.endswith(_heads()) for word in nouns)
    return bool(after) and (after[0].endswith(_heads()) or "".join(after[:2]) in _heads())


def _may_qualify(text: str) -> bool:
    """Neither filler nor verb nor what opens with a verb or preposition."""
    if text in _verbs() or text.startswith(_words("openers")) or is_filler(text):
        return False
    return text[0] not in "的地得"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("scope")[name])


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(lexicon.load("scope")[name])


@cache
def _heads() -> tuple[str, ...]:
    words = lexicon.load("scope")
    return (*words["heads"], *words["groups"])


def is_beneficiary(joined: Joined, span: Span) -> bool:
    """Whether a list item is one of those whom a sentence reaches: 退役军人 in 对残疾人、退役军人给予补贴."""
    item = joined.quote(span).strip("、和及与或")
    if not item.endswith(_words("groups")) and not is_qualifier(item):
        return False
    segment = joined.segment_at(span.start)
    if _lists_groups(joined.quote(segment)):
        return True
    before, after = joined.text[segment.start : span.start], joined.text[span.end : segment.end]
    return any(word in before for word in _words("reaching")) or any(word in after for word in _words("receiving"))


def _lists_groups(text: str) -> bool:
    """残疾人、退役军人、优抚对象: a segment that is nothing but a list of those whom its clause is about."""
    items = [item for item in GROUP_BREAKS.split(text) if item]
    groups = tuple(lexicon.load("scope")["groups"])
    return len(items) > 1 and all(item.endswith(groups) and len(item) <= LONGEST_QUALIFIER for item in items)


def is_filler(text: str) -> bool:
    """Nothing but words without weight of their own."""
    return not text or bool(_fillers().fullmatch(text))


@cache
def _fillers() -> re.Pattern[str]:
    words = sorted(lexicon.load("scope")["fillers"], key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|\W){{1,8}}")


@cache
def _verbs() -> frozenset[str]:
    """Verbs carry force or reach a goal; they qualify nothing."""
    words = {word for entry in lexicon.load("force")["word"] for word in entry["words"]}
    return frozenset(words | set(lexicon.load("quantities")["goal_verbs"]) | set(_words("causing")))


def is_verb(text: str) -> bool:
    return text in _verbs()


def is_listed(joined: Joined, span: Span) -> bool:
    """Whether a range is an item of a list, by the signs at or in its edges."""
    text, words = joined.text, joined.quote(span)
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (
        words.startswith(LIST_SIGNS)
        or (before[-1:] == "”" and words[0] == "“")  # “A”“B”
        or (words[-1] == "”" and after[:1] == "“")
        or words.endswith(LIST_SIGNS)
        or before.endswith(("、",))
        or after.startswith(("、",))
    )


def _is_level_list(text: str) -> bool:
    """Two levels or more and nothing else: 省市县, 市县两级."""
    if len(text) < 2 or text[0] not in first_characters() or not _level_lists().fullmatch(text):
        return False
    return not re.fullmatch(level_pattern(), text)  # 地区 is one word, not 地 and 区


@cache
def _level_lists() -> re.Pattern[str]:
    level = level_pattern()
    return re.compile(rf"{level}(?:[、和]?{level}){{1,5}}(?:[两三四五]级)?")


def _finding(pair: Pair, difference: Difference, *, widened: bool) -> Finding:
    up, low = filled(difference.upper), filled(difference.lower)
    if up and low:
        words = f"{quoted(pair.upper.quote(up))}改为{quoted(pair.lower.quote(low))}"
    elif up:
        words = f"删去{'限定' if widened else ''}{quoted(pair.upper.quote(up))}"
    else:
        words = f"增加{quoted(pair.lower.quote(difference.lower))}"
    return Finding(
        type=ChangeType.SCOPE_WIDENED if widened else ChangeType.SCOPE_NARROWED,
        upper=up,
        lower=low,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=widened),
        detail=f"适用范围{'扩大' if widened else '缩小'}：{words}。",
    )
