"""Two token sequences in, the tokens that answer each other out.

First a shortest edit script (Levenshtein 1966; Wagner & Fischer 1974). Then what it matched by accident is given up:
two segments, or two items of a list, that share too little are no versions of one another, and a few common words in
them make no sense as islands in a diff. Such segments stand as rewritten wholes.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.changes.joined import Joined
from extract.span import Span

ALIKE = 0.4  # Dice coefficient of two segments by matched tokens
HELD = 0.75  # or share of the shorter one that stands in the longer
SAME_ITEM = 0.6  # Dice coefficient of two items inside lists
HEAVIEST = 4  # a long name that differs is one word that differs

Match = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The tokens of one text and where each stands: its segment, its item in the lists of the text."""

    words: tuple[str, ...]
    weights: tuple[int, ...]
    segments: tuple[int, ...]
    items: tuple[int, ...]
    inner: frozenset[int]  # items between two 、, which hold nothing but an item


def match_tokens(
    upper: Joined, lower: Joined, upper_tokens: Sequence[Span], lower_tokens: Sequence[Span]
) -> tuple[Match, ...]:
    """Pairs of token indexes, rising on both sides."""
    one, other = _side(upper, upper_tokens), _side(lower, lower_tokens)
    pairs = list(_edit_script(one, other, (0, len(one.words)), (0, len(other.words))))
    firm = _alike(pairs, one, other)
    kept = _within_items([(a, b) for a, b in pairs if (one.segments[a], other.segments[b]) in firm], one, other)
    more = _between(kept, firm, one, other)
    return tuple(_within_items(sorted([*kept, *more]), one, other))


def _side(joined: Joined, tokens: Sequence[Span]) -> Side:
    starts = [segment.start for segment in joined.segments]
    breaks = sorted({*starts, *(at for at, char in enumerate(joined.text) if char == "、")})
    ends = {bisect_right(breaks, segment.end - 1) - 1 for segment in joined.segments}
    heads = {bisect_right(breaks, start) - 1 for start in starts}
    return Side(
        words=tuple(joined.quote(token) for token in tokens),
        weights=tuple(_weight(joined.quote(token)) for token in tokens),
        segments=tuple(bisect_right(starts, token.start) - 1 for token in tokens),
        items=tuple(bisect_left(breaks, token.start + 1) - 1 for token in tokens),
        inner=frozenset(range(len(breaks))) - ends - heads,
    )


def _weight(word: str) -> int:
    """Its length; a number or date says little about what a segment is."""
    return 1 if any(char.isdigit() for char in word) else min(HEAVIEST, len(word))


def _edit_script(one: Side, other: Side, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Match]:
    from rapidfuzz.distance import Levenshtein

    for code in Levenshtein.opcodes(one.words[slice(*rows)], other.words[slice(*columns)]):
        if code.tag == "equal":
            for step in range(code.src_end - code.src_start):
                yield rows[0] + code.src_start + step, columns[0] + code.dest_start + step


def _alike(pairs: Sequence[Match], one: Side, other: Side) -> set[tuple[int, int]]:
    """The segments that are versions of one another."""
    sizes = _sizes(one.segments, one), _sizes(other.segments, other)
    shared = _shared(pairs, one.segments, other.segments, one)
    return {
        (s, t)
        for (s, t), size in shared.items()
        if 2 * size >= ALIKE * (sizes[0][s] + sizes[1][t]) or size >= HELD * min(sizes[0][s], sizes[1][t])
    }


def _within_items(pairs: Sequence[Match], one: Side, other: Side) -> list[Match]:
    """Without words shared by chance of two different items of lists: 高端装备, 轨道交通装备."""
    sizes = _sizes(one.items, one), _sizes(other.items, other)
    shared = _shared(pairs, one.items, other.items, one)
    different = {
        (p, q)
        for (p, q), size in shared.items()
        if (p in one.inner or q in other.inner) and 2 * size < SAME_ITEM * (sizes[0][p] + sizes[1][q])
    }
    return [(a, b) for a, b in pairs if (one.items[a], other.items[b]) not in different]


def _between(kept: Sequence[Match], firm: set[tuple[int, int]], one: Side, other: Side) -> Iterator[Match]:
    """A second look between the matches that stayed, one pair of segments at a time.

    A word may have been matched to its double in a segment that is no version of its own.
    """
    i = j = 0
    for a, b in [*kept, (len(one.words), len(other.words))]:
        for s, t in sorted(firm):
            rows = _stretch(one.segments, s, i, a)
            columns = _stretch(other.segments, t, j, b)
            found = list(_edit_script(one, other, rows, columns))
            yield from found
            if found:
                i, j = found[-1][0] + 1, found[-1][1] + 1
        i, j = a + 1, b + 1


def _stretch(segments: Sequence[int], segment: int, first: int, end: int) -> tuple[int, int]:
    """The tokens of a segment within a range; segments never fall."""
    return bisect_left(segments, segment, first, max(first, end)), bisect_right(
        segments, segment, first, max(first, end)
    )


def _shared(
    pairs: Sequence[Match], homes: Sequence[int], other_homes: Sequence[int], one: Side
) -> Counter[tuple[int, int]]:
    shared: Counter[tuple[int, int]] = Counter()
    for a, b in pairs:
        shared[homes[a], other_homes[b]] += one.weights[a]
    return shared


def _sizes(homes: Sequence[int], side: Side) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for home, weight in zip(homes, side.weights, strict=True):
        sizes[home] += weight
    return sizes
