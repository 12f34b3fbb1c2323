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
from compare.localisation import level_pattern
from extract.span import Span

VERB = 4  # characters behind a body that are looked at


def actors_within(joined: Joined, span: Span) -> Iterator[Span]:
    """At the heads of segments, and after 由; not in a segment that came or went behind another one, as a whole."""
    for match in _bodies().finditer(joined.text, span.start, max(span.start, span.end + VERB)):
        at = Span(*match.span())
        if not span.contains(at):
            continue
        segment = joined.segment_at(at.start)
        heads = at.start == segment.start or match.group().startswith("由")
        if heads and not (span.start < segment.start and segment.end <= span.end):
            yield at


def has_actor(text: str) -> bool:
    """Whether a body of government is named anywhere in a text."""
    return _bodies().search(text) is not None


def find_partners(pair: Pair, found: Sequence[Difference]) -> Iterator[Finding]:
    """会同市财政局 put in or taken out, where the other side has no partner and the segment stayed."""
    above, below = (_partners().search(joined.text) for joined in (pair.upper, pair.lower))
    if above and not below and _within(above, [d.upper for d in found]):
        yield _partner(pair.upper, Span(*above.span()), removed=True)
    if below and not above and _within(below, [d.lower for d in found]):
        yield _partner(pair.lower, Span(*below.span()), removed=False)


def _within(match: re.Match[str], ranges: Sequence[Span]) -> bool:
    return any(span.contains(Span(*match.span())) for span in ranges)


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
def _partners() -> re.Pattern[str]:
    return re.compile(rf"(?:会同|联合)(?:{_names()})")


@cache
def _names() -> str:
    """Bodies by their level and kind, joined by 、 or 和; 各地 and its like."""
    words = lexicon.load("actors")
    level = level_pattern()
    organs, between = "|".join(words["organs"]), "|".join(words["no_name"])
    whole = "|".join(sorted(words["each_area"], key=lambda word: (-len(word), word)))
    area = rf"(?:所在地?|当地|各级?|本|同级)?{level}(?:[、和]{level})*(?:[两三四]级|级)?(?:各|有关|相关)?"
    one = rf"(?:{area}(?:(?!{between})[一-龥]){{0,12}}?(?:{organs})|{whole}|各{level}(?:[、和]{level})*)"
    return rf"{one}(?:[、和及与]{one}){{0,5}}"
