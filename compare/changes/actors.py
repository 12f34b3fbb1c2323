"""actor_changed: who acts, at the head of a segment or after 由, and who acts with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from compare import lexicon
from compare.changes.acting import acting_bodies, actors_within, find_partners, has_actor, is_charged
from compare.changes.difference import Difference, tidy
from compare.changes.joined import UNNAMED, Joined
from compare.changes.likeness import alike
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from compare.localisation import level_pattern
from extract.organs import function_key
from extract.span import Span

SHELL = re.compile(  # 各市要……: the duty came with its bearer
    r"(?:要[于在将]|(?:要|应当?|须|牵头负责|负责|牵头)(?:会同)?)?$"
)
MAY = re.compile(r"(?:可以?|应当?|必须)$")  # 各市可……: bearer and permission are two changes
DUTY = re.compile(r"(?<=.{2})(?:应当?|要|须)[于在将]?$")
ACTING = r"应当?(?![急用对届收])|要(?![求素点])|须|必须|负责|牵头|可以|可(?![能持])|不得"
MOVED = "责任主体未变，在句中的位置不同。"
DUTY_ENDS = frozenset("要应当须责头同可以于在将")
AROUND = re.compile(r"^由?(?:所在地?|当地|各)?|(?:负责|要|应当?)$")
OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位)$")
LONGEST_ACTOR = 40
LONGEST_DUTY = 6  # 牵头负责会同
# 评审结果报省财政厅: a body that something goes to, or must pass, does not act
OBLIQUE = re.compile(r"[一-龥](?:报(?![社业刊告])|经(?![济贸信开发营侦费])|送|交(?![通易警流])|向(?![阳]))")
BETWEEN = re.compile(r"[、和及与，](?![^（）]*）)")  # 县（市、区） is one word
LIST_SIGNS = ("、", "和", "及", "与")
SAME_TASK = 0.3  # Dice coefficient of two segments without their actors
PART_OF_NAME = ("机关", "单位", "机构", "公职人员")  # 国家 of 国家机关 acts not


def find_actors(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    gone: list[Span] = []
    come: list[Span] = []
    named = False
    for difference in map(partial(_with_noun, pair), found):
        up, low = _actor(pair.upper, difference.upper), _actor(pair.lower, difference.lower)
        if not (up and low):
            up, low = _bearers(pair, difference) or (up, low)
        if _swaps_person(pair, difference):
            yield _finding(pair, difference.upper, difference.lower)
        elif up and low:
            named = True
            if not _answers(pair, up, low):
                yield _finding(pair, up, low)
        elif difference.one_sided:
            gone += [up] if up else []
            come += [low] if low else []
    if not named:
        yield from _rewritten(pair, found, gone, come)
    yield from _replaced(pair, gone, come)
    yield from find_partners(pair, found)


def _bearers(pair: Pair, difference: Difference) -> tuple[Span, Span] | None:
    """Those who open a segment on both sides with a duty behind them: 受理机关应当自, 区住房保障部门应于."""
    if difference.one_sided:
        return None
    sides = _both(pair, difference)
    if any(span.start != joined.segment_at(span.start).start for joined, span in sides):
        return None
    heads = [_bearer().match(joined.text, *span) for joined, span in sides]
    if heads[0] is None or heads[1] is None or any(OBLIQUE.search(head.group()) for head in heads if head):
        return None
    return Span(*heads[0].span()), Span(*heads[1].span())


def _with_noun(pair: Pair, difference: Difference) -> Difference:
    """With the 各 before and the noun behind that both sides share: of 热源单位应当 -> 供热单位应当 not 热源 alone."""
    if difference.one_sided:
        return difference
    before = {joined.text[: span.start][-1:] for joined, span in _both(pair, difference)}
    heads = [joined.segment_at(span.start).start for joined, span in _both(pair, difference)]
    head = int(before == {"各"})
    if any(span.start - head != start for (_, span), start in zip(_both(pair, difference), heads, strict=True)):
        return difference
    rests = [_common_noun().match(joined.text, span.end) for joined, span in _both(pair, difference)]
    tail = len(rests[0]["noun"]) if rests[0] and rests[1] and rests[0]["noun"] == rests[1]["noun"] else 0
    return Difference(
        upper=Span(difference.upper.start - head, difference.upper.end + tail),
        lower=Span(difference.lower.start - head, difference.lower.end + tail),
    )


def _both(pair: Pair, difference: Difference) -> tuple[tuple[Joined, Span], tuple[Joined, Span]]:
    return (pair.upper, difference.upper), (pair.lower, difference.lower)


@cache
def _bearer() -> re.Pattern[str]:
    return re.compile(rf"[一-龥（）]{{2,16}}?{_common_noun().pattern}")


@cache
def _common_noun() -> re.Pattern[str]:
    """A noun that closes the name of an actor, with the duty behind it."""
    nouns = "|".join(sorted(lexicon.load("actors")["nouns"], key=lambda word: (-len(word), word)))
    return re.compile(rf"(?P<noun>{nouns})(?=应当?|要(?![求素点])|须|必须|负责|可以)")


def _rewritten(pair: Pair, found: Sequence[Difference], gone: list[Span], come: list[Span]) -> Iterator[Finding]:
    """Bodies at the head of what was rewritten, where the other side names another one or nobody."""
    above = [a for d in found for a in actors_within(pair.upper, d.upper) if not any(map(a.overlaps, gone))]
    below = [a for d in found for a in actors_within(pair.lower, d.lower) if not any(map(a.overlaps, come))]
    for upper in tuple(above):
        lower = next((x for x in below if _same_place(found, upper, x) or _same_task(pair, upper, x)), None)
        if lower:
            above.remove(upper)
            below.remove(lower)
            if not _answers(pair, upper, lower):
                yield replace(_finding(pair, upper, lower), nested=_amid(found, upper, lower))
            elif _is_renamed(*_names(pair, upper, lower)):
                yield replace(_renamed(pair, upper, lower), nested=_amid(found, upper, lower))
    if not gone and not come:
        left, new = [a for a in above if _opens(pair.upper, a)], [a for a in below if _opens(pair.lower, a)]
        gone += left if left and not has_actor(pair.lower) else []
        come += new if new and not has_actor(pair.upper) else []
        come += [a for a in below if a not in come and _is_new(pair, a)]


def _is_new(pair: Pair, at: Span) -> bool:
    """Whether 由 names a body that answers none of the other side's: 予以约谈 -> 由市人民政府约谈."""
    named = acting_bodies(pair.upper)
    return is_charged(pair.lower, at) and not any(_answers(pair, upper, at) for upper in named)


def _opens(joined: Joined, at: Span) -> bool:
    """Whether an actor acts for its own part, not as one who is supported: 支持各市."""
    return is_charged(joined, at) or at.start == joined.segment_at(at.start).start


def _replaced(pair: Pair, gone: Sequence[Span], come: Sequence[Span]) -> Iterator[Finding]:
    """由甲负责…… and ……由乙负责 are one change."""
    left = list(come)
    for up in gone:
        low = next((x for x in left if _same_task(pair, up, x)), None)
        if low:
            left.remove(low)
        if not low:
            yield _moved(up, None) if _still_acts(pair.upper, up, pair.lower) else _finding(pair, up, None)
        elif not _answers(pair, up, low):
            yield _finding(pair, up, low)
        elif len(set(_names(pair, up, low))) == 1:
            yield _moved(up, low)
    for low in left:
        yield _moved(None, low) if _still_acts(pair.lower, low, pair.upper) else _finding(pair, None, low)


def _still_acts(joined: Joined, actor: Span, other: Joined) -> bool:
    """Whether a body acts on the other side too, at another place: 企业应在……后报告 and ……后企业须报告."""
    name = re.escape(AROUND.sub("", joined.quote(_named(joined, actor))))
    return bool(name) and re.search(rf"(?:由(?:各|所在)?{name}|{name}(?:{ACTING}))", other.text) is not None


def _moved(up: Span | None, low: Span | None) -> Finding:
    return Finding(type=ChangeType.WORDING, upper=up, lower=low, detail=MOVED)


def _amid(found: Sequence[Difference], upper: Span, lower: Span) -> bool:
    """Whether the two stand at unlike places of one difference, which would be torn if they were taken out."""
    return any(
        d.upper.contains(upper)
        and d.lower.contains(lower)
        and (d.upper.start == upper.start) != (d.lower.start == lower.start)
        for d in found
    )


def _same_place(found: Sequence[Difference], upper: Span, lower: Span) -> bool:
    """Whether both open one difference."""
    return any(d.upper.start == upper.start and d.lower.start == lower.start for d in found)


def _same_task(pair: Pair, upper: Span, lower: Span) -> bool:
    return alike(_task(pair.upper, upper), _task(pair.lower, lower)) >= SAME_TASK


def _task(joined: Joined, actor: Span) -> str:
    segment = joined.segment_at(actor.start)
    return joined.text[segment.start : actor.start] + joined.text[actor.end : max(actor.end, segment.end)]


def _answers(pair: Pair, upper: Span, lower: Span) -> bool:
    """Whether one is the other a level down."""
    names = _names(pair, upper, lower)
    key = function_key(names[0])
    if names[0] == names[1] or (key not in {None, *UNNAMED} and key == function_key(names[1])):
        return True
    if pair.localiser.same_level(names[0], names[1]) or _same_functions(*names):
        return True
    return (_same_group(*names) or pair.localiser.is_swap(*names)) and pair.localiser.names_own_level(names[0])


def _names(pair: Pair, upper: Span, lower: Span) -> tuple[str, str]:
    sides = (pair.upper, upper), (pair.lower, lower)
    above, below = (AROUND.sub("", joined.quote(_named(joined, span))) for joined, span in sides)
    return above, below


def _same_group(upper: str, lower: str) -> bool:
    """省……领导小组 and 市……领导小组: each level has its own."""
    return any(upper.endswith(group) and lower.endswith(group) for group in lexicon.load("actors")["groups"])


def _same_functions(upper: str, lower: str) -> bool:
    """市场监管、公安等部门 and 市市场监管局、市公安局."""
    if not OTHERS.search(upper) and not OTHERS.search(lower):
        return False
    keys = [
        {function_key(part) or function_key(f"{part}局") for part in BETWEEN.split(OTHERS.sub("", name)) if part}
        for name in (upper, lower)
    ]
    return keys[0] == keys[1] and None not in keys[0] and not keys[0] & UNNAMED


def _is_renamed(upper: str, lower: str) -> bool:
    return upper != lower and (_same_group(upper, lower) or _same_functions(upper, lower))


def _renamed(pair: Pair, upper: Span, lower: Span) -> Finding:
    words = f"{quoted(pair.upper.quote(upper))}改为{quoted(pair.lower.quote(lower))}"
    return Finding(
        type=ChangeType.NAME_LOCALIZED, upper=upper, lower=lower, detail=f"名称按层级或地区对应替换：{words}。"
    )


def _swaps_person(pair: Pair, difference: Difference) -> bool:
    """主要负责同志 -> 分管负责同志: the first in charge no longer has to see to it himself."""
    persons = lexicon.load("actors")["persons"]
    return not difference.one_sided and all(
        joined.quote(span) in persons["ranks"] and joined.text.startswith(tuple(persons["titles"]), span.end)
        for joined, span in _both(pair, difference)
    )


def _actor(joined: Joined, span: Span) -> Span | None:
    """The actor's name in a range that holds one in the place of an actor, with the 要 or 负责 after it."""
    if span.start == span.end:
        return None
    span = tidy(joined.text, span)
    words = joined.quote(span)
    if len(words) > LONGEST_ACTOR + LONGEST_DUTY:
        return None
    if words[-1:] not in DUTY_ENDS:
        return span if _is_actor(joined, span, words) else None
    named, allowed = (pattern.sub("", words, count=1) for pattern in (SHELL, MAY))
    if _is_actor(joined, span, named):
        return span
    if allowed == named or not _is_actor(joined, span, allowed):
        return None
    return Span(span.start, span.start + len(allowed))


def _is_actor(joined: Joined, span: Span, name: str) -> bool:
    return 0 < len(name) <= LONGEST_ACTOR and _in_place(joined, span, name) and _names_actor(name)


def _in_place(joined: Joined, span: Span, name: str) -> bool:
    """At the head of a segment, behind 由 or behind other actors; and before a verb."""
    before = joined.text[min(joined.segment_at(span.start).start, span.start) : span.start]
    headed = not before or name.startswith("由") or before.endswith(_lexicon("before"))
    if not headed and not before.endswith(LIST_SIGNS):
        return False
    return _acts(joined, span, name) and (headed or _names_actor(before.rstrip("、和及与")))


def _acts(joined: Joined, span: Span, name: str) -> bool:
    """Whether what stands behind a name is what somebody does."""
    told = joined.text.startswith(_lexicon("after"), span.end)
    if len(name.removeprefix("由")) == 1 and name == joined.quote(span):  # 由市 of 由市供热主管部门
        return told
    if told or name != joined.quote(span):
        return True
    rest = joined.text[span.end : span.end + 1] in "的、级" or joined.text.startswith(PART_OF_NAME, span.end)
    named = not rest and _is_whole(name)
    return named or any(span.contains(other) for other, _ in joined.departments)


def _names_actor(text: str) -> bool:
    if OBLIQUE.search(text):
        return False
    if function_key(text.removeprefix("由")) is not None:  # 住房和城乡建设主管部门 is one
        return True
    parts = [part for part in BETWEEN.split(text.removeprefix("由")) if part]
    return bool(parts) and all(
        _is_whole(part)
        or function_key(part) is not None
        or (_pattern().fullmatch(part) and not part.startswith(_lexicon("each")))
        for part in parts
    )


def _is_whole(text: str) -> bool:
    return text.removeprefix("由") in _whole()


@cache
def _lexicon(name: str) -> tuple[str, ...]:
    return tuple(lexicon.load("actors")[name])


@cache
def _whole() -> frozenset[str]:
    return frozenset(lexicon.load("actors")["whole"])


@cache
def _pattern() -> re.Pattern[str]:
    """省级财政, 各级人民政府, 各区县有关部门, 市人力资源社会保障局."""
    level = level_pattern()
    nouns = "|".join(sorted(lexicon.load("actors")["nouns"], key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:由|各|各级|本|有关|相关|所在|我|全|同级)?{level}?级?(?:各|有关|相关)?[一-龥]{{0,12}}?(?:{nouns})|各{level}"
    )


def _finding(pair: Pair, up: Span | None, low: Span | None) -> Finding:
    if up and low:
        names = (quoted(joined.quote(_named(joined, span))) for joined, span in ((pair.upper, up), (pair.lower, low)))
        detail = f"责任主体由{'改为'.join(names)}。"
    elif up:
        up = _named(pair.upper, up)
        detail = f"不再写明责任主体{quoted(pair.upper.quote(up))}。"
    else:
        low = _named(pair.lower, low or Span(0, 0))
        detail = f"写明责任主体{quoted(pair.lower.quote(low))}。"
    return Finding(type=ChangeType.ACTOR_CHANGED, upper=up, lower=low, detail=detail)


def _named(joined: Joined, span: Span) -> Span:
    """Without the duty behind the name: 综合中心 of 综合中心应当."""
    return Span(span.start, span.start + len(DUTY.sub("", joined.quote(span))))
