"""wording: the same words at another place of the same unit; a list is a set with an order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compare import lexicon
from compare.changes.difference import Difference, without
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair, tokens_within
from compare.changes.scope import is_filler, is_verb
from compare.comparison import ChangeType
from extract.span import Span

ITEM_BREAKS = re.compile(r"或者?|[、，；和及与]|以及")
MOVED = "语序调整，内容不变。"
SIGNS = re.compile(r"[\W_]+")
LIST_MARKS = frozenset("、和及与或")
LONG = 4  # letters of words that moved; a list item may be shorter
MOST = 0.5  # share of the difference, on either side, that such words make up: what is left over is no statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words of one side that differ, and the difference they stand in."""

    token: Span
    text: str
    home: Span


def find_reordered(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    if all(d.lower.start == d.lower.end for d in found) or all(d.upper.start == d.upper.end for d in found):
        return
    taken = set()
    for removed, added in (*_moved(pair, found), *_moved_clauses(pair, found)):
        taken |= {removed, added}
        yield _finding(removed, added)
    for difference in found:
        if difference.one_sided or difference.upper in taken:
            continue
        items = [
            sorted(part for part in ITEM_BREAKS.split(joined.quote(span)) if part)
            for joined, span in ((pair.upper, difference.upper), (pair.lower, difference.lower))
        ]
        if items[0] == items[1]:
            taken |= {difference.upper, difference.lower}
            yield _finding(difference.upper, difference.lower)
    swapped = exchanged(pair, found)
    left = tuple(d for d in found if d.upper not in taken and d.lower not in taken and d not in swapped)
    while moved := _in_a_row(_moved_words(pair, left), pair):  # what stands beside them may answer words elsewhere
        yield from moved
        rest = without(left, [(f.upper, f.lower) for f in moved], (pair.upper, pair.lower))
        yield from _crossed(pair, [d for d in rest if d not in left])
        left = rest


def exchanged(pair: Pair, found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Where two things changed places, so that each now has what was said of the other; no mere order of words."""
    both = [d for d in found if min(d.upper.end - d.upper.start, d.lower.end - d.lower.start) > 1]
    if len(both) < 2:
        return ()
    texts = {(pair.upper.quote(d.upper), pair.lower.quote(d.lower)): d for d in both}
    pairs = [(d, texts[below, above]) for (above, below), d in texts.items() if (below, above) in texts]
    return tuple(d for d, other in pairs if d is not other and not _is_order(pair.upper, d.upper, other.upper))


def _is_order(joined: Joined, one: Span, other: Span) -> bool:
    """Whether whole segments, or items of one list, stand in another order."""
    segment = joined.segment_at(one.start)
    if segment.contains(other):
        return _is_item(joined, one)
    return one == segment and other == joined.segment_at(other.start)


def _in_a_row(moved: Iterable[Finding], pair: Pair) -> list[Finding]:
    """Items that moved together as one change."""
    kept: list[Finding] = []
    for finding in sorted(moved, key=lambda f: f.upper or Span(0, 0)):
        last = kept[-1] if kept else finding
        hulls = [_hull_over_signs(a, b, joined) for a, b, joined in _sides(last, finding, pair)]
        if last is not finding and hulls[0] and hulls[1]:
            kept[-1] = _finding(hulls[0], hulls[1])
        else:
            kept.append(finding)
    return kept


def _sides(one: Finding, other: Finding, pair: Pair) -> tuple[tuple[Span | None, Span | None, Joined], ...]:
    return (one.upper, other.upper, pair.upper), (one.lower, other.lower, pair.lower)


def _hull_over_signs(one: Span | None, other: Span | None, joined: Joined) -> Span | None:
    if one is None or other is None or other.start <= one.end:
        return None
    return None if any(map(str.isalnum, joined.text[one.end : other.start])) else Span(one.start, other.end)


def _crossed(pair: Pair, found: Iterable[Difference]) -> Iterator[Finding]:
    """The same words at the head of one side of a difference and at the tail of the other."""
    for d in found:
        above, below = tokens_within(pair.upper_tokens, d.upper), tokens_within(pair.lower_tokens, d.lower)
        for size in range(min(len(above), len(below)), 0, -1):
            for ups, lows in ((above[:size], below[-size:]), (above[-size:], below[:size])):
                spans = Span(ups[0].start, ups[-1].end), Span(lows[0].start, lows[-1].end)
                words = pair.upper.quote(spans[0])
                if words == pair.lower.quote(spans[1]) and len(words) > 1 and words.isalpha() and not is_filler(words):
                    yield _finding(*spans)
                    break
            else:
                continue
            break


def _moved(pair: Pair, found: tuple[Difference, ...]) -> Iterator[tuple[Span, Span]]:
    """What was taken out here and put in there."""
    added = [d for d in found if d.upper.start == d.upper.end]
    for removed in (d for d in found if d.lower.start == d.lower.end):
        words = SIGNS.sub("", pair.upper.quote(removed.upper))
        same = next((d for d in added if SIGNS.sub("", pair.lower.quote(d.lower)) == words), None)
        if same and len(words) > 1 and not _acts_anew(pair, removed.upper, same.lower):
            added.remove(same)
            yield removed.upper, same.lower


def _moved_clauses(pair: Pair, found: Sequence[Difference]) -> Iterator[tuple[Span, Span]]:
    """依法从严查处 of 依法从严查处，并列入名单: a clause that moved, beside one that came or went."""
    for d in found:
        if d.one_sided:
            removed = d.upper.start < d.upper.end
            joined, whole = (pair.upper, d.upper) if removed else (pair.lower, d.lower)
            segments = [segment for segment in joined.segments_in(whole) if whole.contains(segment)]
            for segment in segments if len(segments) > 1 else ():
                place = _place_of(pair, joined.quote(segment), found, removed=removed)
                if place and segment.end - segment.start >= LONG:
                    yield (segment, place) if removed else (place, segment)


def _place_of(pair: Pair, words: str, found: Sequence[Difference], *, removed: bool) -> Span | None:
    """Where the other side has the same words instead of a small one or none."""
    for d in found:
        here, there = (pair.lower.quote(d.lower), pair.upper.quote(d.upper))[:: 1 if removed else -1]
        if here == words and (not there or is_filler(there)):
            return d.lower if removed else d.upper
    return None


def _moved_words(pair: Pair, found: Sequence[Difference]) -> Iterator[Finding]:
    """Runs of words that stand on both sides, though not in the same order, the longest first."""
    above = _places(pair.upper, pair.upper_tokens, [d.upper for d in found])
    below = _places(pair.lower, pair.lower_tokens, [d.lower for d in found]) if above else []
    if {place.text for place in above}.isdisjoint([place.text for place in below]):
        return
    used: tuple[set[int], set[int]] = (set(), set())
    for upper, lower in sorted(_runs(above, below), key=lambda run: (run[0].start - run[0].stop, run[0].start)):
        if used[0].isdisjoint(upper) and used[1].isdisjoint(lower):
            spans = _span(above, upper), _span(below, lower)
            if _tells(pair, spans, (above[upper.start].home, below[lower.start].home)):
                used[0].update(upper)
                used[1].update(lower)
                yield _finding(*spans)


def _places(joined: Joined, tokens: Sequence[Span], homes: Iterable[Span]) -> list[Place]:
    """The words that differ, without figures: an equal number may be said of something else."""
    return [
        Place(token=token, text=text, home=home)
        for home in homes
        for token in tokens_within(tokens, home)
        if (text := joined.quote(token)).isalpha() or not any(map(str.isdigit, text))
    ]


def _runs(above: Sequence[Place], below: Sequence[Place]) -> Iterator[tuple[range, range]]:
    """Equal words in a row on both sides, none of them cut short."""
    where: dict[str, list[int]] = {}
    for j, place in enumerate(below):
        where.setdefault(place.text, []).append(j)
    for i, place in enumerate(above):
        for j in where.get(place.text, ()):
            if i and j and above[i - 1].text == below[j - 1].text and _next(above, i):
                continue
            size = 1
            while (
                i + size < len(above)
                and j + size < len(below)
                and above[i + size].text == below[j + size].text
                and _next(above, i + size)
                and _next(below, j + size)
            ):
                size += 1
            yield range(i, i + size), range(j, j + size)


def _next(places: Sequence[Place], at: int) -> bool:
    """Whether words stand right behind those before them, in one difference."""
    before, here = places[at - 1], places[at]
    return before.home == here.home and before.token.end == here.token.start


def _span(places: Sequence[Place], run: range) -> Span:
    return Span(places[run.start].token.start, places[run.stop - 1].token.end)


def _tells(pair: Pair, spans: tuple[Span, Span], homes: tuple[Span, Span]) -> bool:
    """Whether the words are an item of a list on both sides, or most of what differs on both; who acts never moved."""
    sides = tuple(zip((pair.upper, pair.lower), spans, homes, strict=True))
    letters = sum(map(str.isalpha, pair.upper.quote(spans[0])))
    if letters < 2 or is_verb(pair.upper.quote(spans[0])):
        return False
    if any(name.overlaps(span) for joined, span, _ in sides for name, _ in joined.departments):
        return False
    if _acts_anew(pair, *spans):
        return False
    if all(_is_item(joined, span) for joined, span, _ in sides):
        return True
    return letters >= LONG and all(span.end - span.start >= MOST * (home.end - home.start) for _, span, home in sides)


def _acts_anew(pair: Pair, upper: Span, lower: Span) -> bool:
    """由[建设单位]承担 and [建设单位]拨付: 由 stands before a body on one side only."""
    if not pair.upper.quote(upper).endswith(tuple(lexicon.load("actors")["nouns"])):
        return False
    return pair.upper.text[: upper.start].endswith("由") is not pair.lower.text[: lower.start].endswith("由")


def _is_item(joined: Joined, span: Span) -> bool:
    return joined.text[span.start - 1 : span.start] in LIST_MARKS or joined.text[span.end : span.end + 1] in LIST_MARKS


def apart(found: Iterable[Difference], pair: Pair) -> tuple[Difference, ...]:
    """A small word in the place of a statement as two changes: 为 that went and 和臭氧浓度 that came."""
    parted: list[Difference] = []
    for d in found:
        light = is_filler(pair.upper.quote(d.upper)), is_filler(pair.lower.quote(d.lower))
        if d.one_sided or light[0] == light[1]:
            parted.append(d)
        else:
            parted += [
                Difference(upper=d.upper, lower=Span(d.lower.start, d.lower.start)),
                Difference(upper=Span(d.upper.end, d.upper.end), lower=d.lower),
            ]
    return tuple(parted)


def _finding(removed: Span, added: Span) -> Finding:
    return Finding(type=ChangeType.WORDING, upper=removed, lower=added, detail=MOVED)
