"""Lists with an item less or more in text rewritten around them: 采取摇号、抽签等方式 -> 通过摇号方式进行."""

import re
from collections.abc import Iterator, Sequence

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Pair, share, tokens_within
from compare.changes.paraphrase import is_light
from compare.changes.scope import is_filler, is_verb
from extract.span import Span

LISTING = "、"
HEADED = re.compile(r"([一-龥])[一-龥](?:[、和及]\1[一-龥])+")  # 用水、用电
ITEM = re.compile(r"(?:(?!或者|以及)[^、和及与或])+")
REST = re.compile(r"等[^、]*$|的$")  # behind the last item: 抽签[等方式]
LEAST = 2  # letters of a word that tells


def lost_items(pair: Pair, found: Sequence[Difference], *, removed: bool) -> Iterator[tuple[Span, Difference]]:
    """Items of one side that the other side names nowhere, where nothing new stands in their place."""
    here, there = (pair.upper, pair.lower) if removed else (pair.lower, pair.upper)
    for difference in found:
        one, other = (difference.upper, difference.lower) if removed else (difference.lower, difference.upper)
        if difference.one_sided or not _edges_item(here.text, one):
            continue
        segment = here.segment_at(one.start)
        if not segment.contains(one) or not _lists(here.quote(segment)):
            continue
        if not _says_new(pair, there, there.segment_at(other.start), here, removed=removed):
            items = _lost(pair, here, segment, there, removed=removed)
            yield from ((item, difference) for item in items if one.contains(item))


def _edges_item(text: str, span: Span) -> bool:
    """Whether a range holds or touches the sign of a list, as one must that holds an item."""
    return LISTING in text[max(0, span.start - 1) : span.end + 1]


def _lists(text: str) -> bool:
    """Whether a text has a list; one whose items repeat a head (用水、用电) is read without it elsewhere."""
    return LISTING in text and not HEADED.search(text)


def _lost(pair: Pair, here: Joined, segment: Span, there: Joined, *, removed: bool) -> Iterator[Span]:
    tokens = pair.upper_tokens if removed else pair.lower_tokens
    changed = pair.upper_changed if removed else pair.lower_changed
    items = list(_items(here, segment))
    kept = [item for item in items if here.text[max(item.start, item.end - LEAST) : item.end] in there.text]
    gone = [name for item in items if item not in kept and (name := _name(here, tokens, item, there))]
    if kept:
        yield from (name for name in gone if share(name, changed, here.text) == 1)


def _items(joined: Joined, segment: Span) -> Iterator[Span]:
    for match in ITEM.finditer(joined.quote(segment)):
        words = REST.sub("", match.group())
        yield Span(match.start(), match.start() + len(words)).shift(segment.start)


def _name(joined: Joined, tokens: Sequence[Span], item: Span, other: Joined) -> Span | None:
    """The word that closes an item, behind nothing or behind a verb that both sides have: 押金 of 不得收取押金."""
    words = tokens_within(tokens, item)
    if not words or words[-1].end != item.end:
        return None
    name = joined.quote(words[-1])
    if len(name) < LEAST or not name.isalpha() or is_filler(name) or is_verb(name):
        return None
    return words[-1] if len(words) == 1 or joined.quote(words[-2]) in other.text else None


def _says_new(pair: Pair, joined: Joined, segment: Span, other: Joined, *, removed: bool) -> bool:
    """Whether a segment has a word that tells and that the other side has not: it may be the item in other words."""
    tokens = tokens_within(pair.lower_tokens if removed else pair.upper_tokens, segment)
    words = (joined.quote(token) for token in tokens)
    return any(len(w) >= LEAST and w not in other.text and not is_light(w) and not is_verb(w) for w in words)
