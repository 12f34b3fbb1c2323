"""Bodies of government in the place of an actor, also in the midst of text that was rewritten."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from compare.localisation import first_characters, level_pattern
from extract.span import Span

WITH, HELPS = "会同", "配合"
LEADING = frozenset(
    {"", "鼓励", "支持", "引导", "推动", "指导", "允许", "要求"}
)  # what may stand before a clause's actor
DUTY = r"应当?(?![急用对届收])|要(?![求素点])|须|负责|牵头"
VERB = 4  # characters behind a body that are looked at


def actors_within(joined: Joined, span: Span) -> Iterator[Span]:
    """At the heads of segments, and after 由; not in a segment that came or went behind another one, as a whole."""
    for at in _actors(joined, span) if span.start < span.end else ():
        segment = joined.segment_at(at.start)
        before = joined.text[segment.start : at.start]
        heads = (
            before in LEADING
            or (before.endswith("由") and HELPS not in joined.quote(segment))
            or joined.quote(at).startswith("由")
        )
        if heads and not (span.start < segment.start and segment.end <= span.end):
            yield at


def _actors(joined: Joined, span: Span) -> list[Span]:
    """Bodies by their level and kind, and departments of known function."""
    if _signs().isdisjoint(joined.quote(span)) and not joined.departments:
        return []
    found = (Span(*match.span()) for match in _bodies().finditer(joined.text, span.start, span.end + VERB))
    bodies = [at for at in found if span.contains(at)] if span.start < span.end else []
    named = (at for at, _ in joined.departments if span.contains(at) and not any(map(at.overlaps, bodies)))
    return sorted([*bodies, *named])


def acting_bodies(joined: Joined) -> list[Span]:
    return _actors(joined, Span(0, len(joined.text)))


def is_charged(joined: Joined, at: Span) -> bool:
    """Whether 由 stands before a body or in its range."""
    return joined.quote(at).startswith("由") or joined.text[: at.start].endswith("由")


def has_actor(joined: Joined) -> bool:
    """Whether a body of government is named anywhere in a text."""
    return bool(joined.departments) or _bodies().search(joined.text) is not None


def find_partners(pair: Pair, found: Sequence[Difference]) -> Iterator[Finding]:
    """会同市财政局 put in or taken out, where the other side has no partner."""
    above, below = _partner_of(pair.upper), _partner_of(pair.lower)
    if above and not below and any(d.upper.contains(above) for d in found):
        yield _partner(pair.upper, above, removed=True)
    if below and not above and any(d.lower.contains(below) for d in found):
        yield _partner(pair.lower, below, removed=False)


def _partner_of(joined: Joined) -> Span | None:
    match = _partners().search(joined.text)
    if match:
        return Span(*match.span())
    named = (at for at, _ in joined.departments if joined.text[: at.start].endswith(WITH))
    return next((Span(at.start - len(WITH), at.end) for at in named), None)


def _partner(joined: Joined, span: Span, *, removed: bool) -> Finding:
    words = quoted(joined.quote(span))
    return Finding(
        type=ChangeType.ACTOR_CHANGED,
        upper=span if removed else None,
        lower=None if removed else span,
        detail=f"{'不再写明' if removed else '写明'}共同办理的单位{words}。",
    )


@cache
def _bodies() -> re.Pattern[str]:
    """A body, or a list of them, before a verb: 各市（州）政府应; 由所在区（市）县卫生健康部门备案."""
    after = "|".join(lexicon.load("actors")["after"])
    return re.compile(rf"由(?:{_names()})(?=[一-龥])|(?:{_names()})(?={after}|会同|牵头)")


@cache
def _signs() -> frozenset[str]:
    """A body has one of these characters: it opens a level, or stands in 部门 or 单位, or opens 有关部门."""
    return first_characters() | {"部", "单"} | {word[0] for word in lexicon.load("actors")["each_area"]}


@cache
def _partners() -> re.Pattern[str]:
    return re.compile(rf"{WITH}(?:{_names()})")


@cache
def _names() -> str:
    """Bodies by their level and kind, joined by 、 or 和; 各地 and its like."""
    words = lexicon.load("actors")
    level = level_pattern()
    organs, between = "|".join(words["organs"]), "|".join(words["no_name"])
    whole = "|".join(sorted(words["each_area"], key=lambda word: (-len(word), word)))
    area = rf"(?:所在地?|当地|各级?|本|同级)?{level}(?:[、和]{level})*(?:[两三四]级|级)?(?:各|有关|相关)?"
    several = r"[一-龥]{2,8}(?:[、和][一-龥]{2,8}){1,6}等(?:有关|相关)?(?:部门|单位)"
    bare = rf"(?<![一-龥]){level}(?={DUTY})"  # 镇（街道）应
    each = rf"(?:各|每个?){level}(?:[、和]{level})*|{level}本级"
    one = rf"(?:{several}|{area}(?:(?!{between})[一-龥]){{0,12}}?(?:{organs})|{whole}|{each}|{bare})"
    return rf"{one}(?:[、和及与]{one}){{0,5}}"
