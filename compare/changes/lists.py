"""Lists compared as sets: of 甲、乙、丙 and 丙、丁 the items 甲 and 乙 went, 丁 came, and the order is wording."""

import re
from collections.abc import Iterator

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.polarity import scope_direction
from compare.changes.saying import quoted
from compare.changes.scope import is_beneficiary, names_thing
from compare.comparison import ChangeType
from extract.span import Span

ITEM = re.compile(r"[^、]+")


def find_list_items(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for difference in found:
        above, below = _items(pair.upper, difference.upper), _items(pair.lower, difference.lower)
        kept = {pair.upper.quote(item) for item in above} & {pair.lower.quote(item) for item in below}
        if difference.one_sided or not kept:
            continue
        for item in above:
            if pair.upper.quote(item) not in kept:
                yield _gone(pair, item, difference)
        for item in below:
            if pair.lower.quote(item) not in kept:
                yield _come(pair, item, difference)


def _gone(pair: Pair, item: Span, difference: Difference) -> Finding:
    """Of those whom a sentence reaches, fewer are reached; a task that went is content."""
    narrowed = is_beneficiary(pair.upper, item)
    words = quoted(pair.upper.quote(item))
    return Finding(
        type=ChangeType.SCOPE_NARROWED if narrowed else ChangeType.CONTENT_REMOVED,
        upper=item,
        lower=None,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=False) if narrowed else None,
        detail=f"适用范围缩小：列举中删去{words}。" if narrowed else f"列举中删去{words}。",
    )


def _come(pair: Pair, item: Span, difference: Difference) -> Finding:
    words = pair.lower.quote(item)
    widened = names_thing(words)
    return Finding(
        type=ChangeType.SCOPE_WIDENED if widened else ChangeType.CONTENT_ADDED,
        upper=None,
        lower=item,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=True) if widened else None,
        detail=f"{'适用范围扩大：' if widened else ''}列举中增加{quoted(words)}。",
    )


def _items(joined: Joined, span: Span) -> list[Span]:
    return [Span(*match.span()).shift(span.start) for match in ITEM.finditer(joined.quote(span))]
