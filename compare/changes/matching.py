"""Two token sequences in, the tokens that answer each other out.

First a shortest edit script (Levenshtein 1966; Wagner & Fischer 1974). Then what it matched by accident is given up:
two segments, or two items of a list, that share too little are no versions of one another, and a few common words in
them make no sense as islands in a diff. Such segments stand as rewritten wholes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from compare.changes.joined import Joined
from extract.span import Span

ALIKE = 0.4  # Dice coefficient of two segments by matched tokens
HELD = 0.75  # or share of the shorter one that stands in the longer
SAME_ITEM = 0.6  # Dice coefficient of two items inside lists
HEAVIEST = 4  # a long name that differs is one word that differs

LISTING = re.compile("、")

Match = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Which part of a text each of its tokens stands in."""

    parts: tuple[int, ...]  # in the order of the tokens
    sizes: tuple[int, ...]  # sums of the weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The tokens of one text, and where each stands."""

    words: tuple[str, ...]
    weights: tuple[int, ...]
    starts: tuple[int, ...]
    segments: Homes
    breaks: tuple[int, ...]  # where a segment or an item of a list begins
    inner: frozenset[int]  # items between two 、, which hold nothing but an item


def match_tokens(
    upper: Joined, lower: Joined, upper_tokens: Sequence[Span], lower_tokens: Sequence[Span]
) -> tuple[Match, ...]:
    """Pairs of token indexes, rising on both sides."""
    one, other = _side(upper, upper_tokens), _side(lower, lower_tokens)
    pairs = _edit_script(one, other, range(len(one.words)), range(len(other.words)))
    firm = _alike(pairs, one, other)
    above, below = one.segments.parts, other.segments.parts
    kept = _within_items([(a, b) for a, b in pairs if (above[a], below[b]) in firm], one, other)
    more = list(_between(kept, firm, one, other))
    return tuple(_within_items(sorted([*kept, *more]), one, other) if more else kept)


def _side(joined: Joined, tokens: Sequence[Span]) -> Side:
    words = tuple([joined.text[start:end] for start, end in tokens])
    weights = tuple(map(_weight, words))
    starts = tuple([start for start, _ in tokens])
    heads = [segment.start for segment in joined.segments]
    signs = {match.start() for match in LISTING.finditer(joined.text)}.difference(heads)
    breaks = tuple(sorted([*heads, *signs]))
    return Side(
        words=words,
        weights=weights,
        starts=starts,
        segments=_homes(heads, starts, weights),
        breaks=breaks,
        inner=frozenset([item for item, edges in enumerate(pairwise(breaks)) if signs.issuperset(edges)]),
    )


def _items(side: Side) -> Homes:
    return _homes(side.breaks, side.starts, side.weights)


def _homes(breaks: Sequence[int], starts: Sequence[int], weights: Sequence[int]) -> Homes:
    """By parts that begin at `breaks`."""
    edges = [bisect_left(starts, at) for at in breaks]
    parts: list[int] = []
    sizes = []
    for part, (first, end) in enumerate(pairwise([*edges, len(starts)])):
        parts += [part] * (end - first)
        sizes.append(sum(weights[first:end]))
    return Homes(parts=tuple(parts), sizes=tuple(sizes))


@lru_cache(maxsize=32_768)
def _weight(word: str) -> int:
    """Its length; a number or date says little about what a segment is."""
    return 1 if any(map(str.isdigit, word)) else min(HEAVIEST, len(word))


def _edit_script(one: Side, other: Side, rows: range, columns: range) -> list[Match]:
    from rapidfuzz.distance import Levenshtein

    above, below = one.words[rows.start : rows.stop], other.words[columns.start : columns.stop]
    pairs: list[Match] = []
    for code in Levenshtein.opcodes(above, below):
        if code.tag == "equal":
            matched = rows[code.src_start : code.src_end], columns[code.dest_start : code.dest_end]
            pairs += zip(*matched, strict=True)
    return pairs


def _alike(pairs: Sequence[Match], one: Side, other: Side) -> set[tuple[int, int]]:
    """The segments that are versions of one another."""
    above, below = one.segments.sizes, other.segments.sizes
    return {
        (s, t)
        for (s, t), size in _shared(pairs, one.segments, other.segments, one).items()
        if 2 * size >= ALIKE * (above[s] + below[t]) or size >= HELD * min(above[s], below[t])
    }


def _within_items(pairs: Sequence[Match], one: Side, other: Side) -> list[Match]:
    """Without words shared by chance of two different items of lists: 高端装备, 轨道交通装备."""
    if not one.inner and not other.inner:
        return list(pairs)
    above, below = _items(one), _items(other)
    different = {
        (p, q)
        for (p, q), size in _shared(pairs, above, below, one).items()
        if (p in one.inner or q in other.inner) and 2 * size < SAME_ITEM * (above.sizes[p] + below.sizes[q])
    }
    if not different:
        return list(pairs)
    return [(a, b) for a, b in pairs if (above.parts[a], below.parts[b]) not in different]


def _between(kept: Sequence[Match], firm: set[tuple[int, int]], one: Side, other: Side) -> Iterator[Match]:
    """A second look between the matches that stayed, one pair of segments at a time.

    A word may have been matched to its double in a segment that is no version of its own.
    """
    i = j = 0
    versions = sorted(firm)
    for a, b in [*kept, (len(one.words), len(other.words))]:
        for s, t in versions if i < a and j < b else ():
            rows, columns = _stretch(one.segments.parts, s, i, a), _stretch(other.segments.parts, t, j, b)
            found = _edit_script(one, other, rows, columns) if rows and columns else []
            yield from found
            if found:
                i, j = found[-1][0] + 1, found[-1][1] + 1
        i, j = a + 1, b + 1


def _stretch(segments: Sequence[int], segment: int, first: int, end: int) -> range:
    """The tokens of a segment within a range; segments never fall."""
    if first >= end or not segments[first] <= segment <= segments[end - 1]:
        return range(0)
    start = bisect_left(segments, segment, first, end)
    return range(start, bisect_right(segments, segment, start, end))


def _shared(pairs: Sequence[Match], above: Homes, below: Homes, one: Side) -> dict[tuple[int, int], int]:
    sums: dict[tuple[int, int], int] = {}
    upper, lower, weights = above.parts, below.parts, one.weights
    for a, b in pairs:
        home = upper[a], lower[b]
        sums[home] = sums.get(home, 0) + weights[a]
    return sums
