"""Lists compared as sets: of 甲、乙、丙 and 丙、丁 the items 甲 and 乙 went, 丁 came, and the order is wording."""

import re
from collections.abc import Iterator
from dataclasses import replace

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.polarity import scope_direction
from compare.changes.saying import quoted
from compare.changes.scope import is_beneficiary, names_thing
from compare.changes.shorter import HEADED, lost_items
from compare.comparison import ChangeType
from extract.span import Span

BARE = re.compile(r"[一-龥](?:、[一-龥])+(?![一-龥]?、)")
ALIKE = 2  # items that both lists have
ITEM = re.compile(r"[^、]+")


def find_list_items(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for item, difference in lost_items(pair, found, removed=True):
        yield replace(_gone(pair, item, difference), nested=True)
    for item, difference in lost_items(pair, found, removed=False):
        yield replace(_come(pair, item, difference), nested=True)
    for difference in found:
        if difference.one_sided:
            continue
        yield from _shortened(pair, difference)
        above, below = _items(pair.upper, difference.upper), _items(pair.lower, difference.lower)
        kept = {pair.upper.quote(item) for item in above} & {pair.lower.quote(item) for item in below}
        for item in above if kept else ():
            if pair.upper.quote(item) not in kept:
                yield _gone(pair, item, difference)
        for item in below if kept else ():
            if pair.lower.quote(item) not in kept:
                yield _come(pair, item, difference)


def _shortened(pair: Pair, difference: Difference) -> Iterator[Finding]:
    """用水、用电、用气 and 水、电、气: items under one head that is repeated or not, by what tells them apart."""
    above, below = _headed(pair.upper, difference.upper), _headed(pair.lower, difference.lower)
    if above.keys() == below.keys() or len(above.keys() & below.keys()) < ALIKE:
        return
    for item in sorted(above.keys() - below.keys()):
        yield replace(_gone(pair, above[item], difference, narrowed=True), nested=True)
    for item in sorted(below.keys() - above.keys()):
        yield replace(_come(pair, below[item], difference, widened=True), nested=True)


def bare(text: str) -> str:
    """Lists without a head that each item repeats: 用水、用电 as 水、电."""
    return HEADED.sub(lambda match: match.group().replace(match[1], ""), text)


def _headed(joined: Joined, span: Span) -> dict[str, Span]:
    """The items of a list of single characters, with or without a head of one character each, by their last."""
    match = HEADED.search(joined.quote(span)) or BARE.search(joined.quote(span))
    if match is None:
        return {}
    start = span.start + match.start()
    items = (Span(*item.span()).shift(start) for item in ITEM.finditer(match.group()))
    return {joined.quote(item)[-1]: item for item in items}


def _gone(pair: Pair, item: Span, difference: Difference, *, narrowed: bool = False) -> Finding:
    """Of those whom a sentence reaches, fewer are reached; a task that went is content."""
    narrowed = narrowed or is_beneficiary(pair.upper, item)
    words = quoted(pair.upper.quote(item))
    return Finding(
        type=ChangeType.SCOPE_NARROWED if narrowed else ChangeType.CONTENT_REMOVED,
        upper=item,
        lower=None,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=False) if narrowed else None,
        detail=f"适用范围缩小：列举中删去{words}。" if narrowed else f"列举中删去{words}。",
    )


def _come(pair: Pair, item: Span, difference: Difference, *, widened: bool = False) -> Finding:
    words = pair.lower.quote(item)
    widened = widened or names_thing(words)
    return Finding(
        type=ChangeType.SCOPE_WIDENED if widened else ChangeType.CONTENT_ADDED,
        upper=None,
        lower=item,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=True) if widened else None,
        detail=f"{'适用范围扩大：' if widened else ''}列举中增加{quoted(words)}。",
    )


def _items(joined: Joined, span: Span) -> list[Span]:
    return [Span(*match.span()).shift(span.start) for match in ITEM.finditer(joined.quote(span))]
