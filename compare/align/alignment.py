"""The sentences of two notices in, links between them out; every sentence stands in exactly one link.

One optimum over all evidence, then n:m. First each upper sentence gets at most one lower one so that the sum of
evidence above the gap is the largest possible (assignment, not a monotone path: items move across sections). Then
the parts that a merge or a split left alone are joined to the sentence that holds them, if that makes the two sides
more alike, as bilingual aligners do with 2:1 beads (Gale & Church 1993; Moore 2002), here without their fixed order.
The gap is learned from the pair: what the second-best counterparts, which are none, look like.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from compare.align.assignment import best_pairing
from compare.align.candidates import Cosines, Neighbours, find_candidates, neighbours
from compare.align.clauses import Clauses
from compare.align.context import Context
from compare.align.joins import Group, join_parts
from compare.align.names import Shared, shared_names
from compare.align.vectors import Space, add, build_space, cosine, is_principle
from compare.localisation import Localiser
from compare.options import CompareOptions
from compare.passages import Passage

SCALE = 1_000_000
ROUNDS = 3
GAP_RANGE = (0.25, 0.42)
GAP_MARGIN = 0.12
LEAST = 0.07  # below this no place or heading makes two sentences counterparts
DISTINCT = 0.1
NAME = 0.25  # for a long name that stands nowhere else
STRANGE = 0.16  # higher gap for two notices that have nothing to do with each other
NEIGHBOURS = 3
THIN = 0.06  # taken off where next to no telling word is shared
FEW = 0.34  # share of the telling words of the shorter sentence that lifts this
LIKE = 0.4  # similarity from which it is lifted too
SURE = 0.55  # similarity below which a link is never certain
SLIGHT = 0.2  # similarity below which two sentences must share a word that tells, and be of one kind
FULL = 0.15  # similarity from which standing out counts in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Positions on both sides, ascending."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]
    similarity: float = 0.0
    confidence: float = 1.0
    moved: bool = False
    evidence: dict[str, float] = field(default_factory=dict)


def align(
    upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser, options: CompareOptions
) -> tuple[Link, ...]:
    """Links in the order of the upper notice, lower sentences without counterpart behind what they follow."""
    space = build_space(upper, lower, localiser)
    cosines = find_candidates(space.upper, space.lower, options.candidates)
    gap = options.gap if options.gap is not None else learn_gap(cosines)
    context = Context(upper, lower, localiser)
    distinct = distinctions(cosines)
    gains = _Gains(_weighed(cosines, space), distinct, shared_names(upper, lower), context)
    pairs: dict[int, int] = {}
    for _ in range(ROUNDS):
        context.learn(pairs, cosines)
        paired = len(pairs) / max(1, min(len(upper), len(lower)))
        pairs = gains.best_pairs(gap + STRANGE * (1 - paired))
    pairs = {i: j for i, j in pairs.items() if _answer(i, j, cosines.get((i, j), 0.0), space, (upper[i], lower[j]))}
    groups = join_parts(pairs, space, context, cosines, Clauses(upper, lower, space, localiser))
    near = neighbours(cosines)
    links = [_describe(group, space, context, near, gap) for group in groups]
    return _in_order(_marked_moves(links), len(upper), len(lower))


def learn_gap(cosines: Cosines) -> float:
    """The similarity two unrelated sentences of this pair rarely reach."""
    best_upper: dict[int, float] = {}
    best_lower: dict[int, float] = {}
    for (i, j), value in cosines.items():
        best_upper[i] = max(value, best_upper.get(i, 0.0))
        best_lower[j] = max(value, best_lower.get(j, 0.0))
    seconds: dict[int, float] = {}
    for (i, j), value in cosines.items():
        if value < best_upper[i] and value < best_lower[j]:
            seconds[i] = max(value, seconds.get(i, 0.0))
    if not seconds:
        return GAP_RANGE[0]
    values = sorted(seconds.values())
    return min(GAP_RANGE[1], max(GAP_RANGE[0], values[len(values) * 9 // 10] + GAP_MARGIN))


def distinctions(cosines: Cosines) -> Cosines:
    """How far a pair stands out from its rivals: margin-based scoring (Artetxe & Schwenk 2019), -1 to 1.

    What is little alike counts if nothing else comes near; what is fairly alike counts less among many such.
    """
    rivals: tuple[dict[int, list[float]], dict[int, list[float]]] = ({}, {})
    for (i, j), value in cosines.items():
        rivals[0].setdefault(i, []).append(value)
        rivals[1].setdefault(j, []).append(value)
    nearest = [{k: sorted(values, reverse=True)[: NEIGHBOURS + 1] for k, values in side.items()} for side in rivals]
    found: Cosines = {}
    for (i, j), value in cosines.items():
        others = [
            sum(side[k]) - value if value >= side[k][-1] else sum(side[k][:-1])
            for side, k in zip(nearest, (i, j), strict=True)
        ]
        around = sum(others) / (2 * NEIGHBOURS)
        found[i, j] = (value - around) / (value + around) * min(1.0, value / FULL) if value > 0 else -1.0
    return found


def _answer(i: int, j: int, value: float, space: Space, passages: tuple[Passage, Passage]) -> bool:
    """Whether a pair that its place has brought together also says something in common."""
    if value >= SLIGHT:
        return True
    shared = space.upper.content[i] & space.lower.content[j]
    above, below = (is_principle(passage.text) for passage in passages)
    return bool(shared) and above is below


def _weighed(cosines: Cosines, space: Space) -> Cosines:
    """Cosines, less where the likeness is one of common characters and not of words that tell."""
    return {(i, j): value - THIN * _thinness(i, j, value, space) for (i, j), value in cosines.items()}


def _thinness(i: int, j: int, value: float, space: Space) -> float:
    """0 where the two share telling words or are alike anyway, 1 where they share none."""
    above, below = space.upper.content[i], space.lower.content[j]
    if value >= LIKE or not above or not below:
        return 0.0
    shared = len(above & below) / min(len(above), len(below))
    return max(0.0, 1 - shared / FEW)


class _Gains:
    """What each candidate pair is worth; only what the context has learned changes from round to round."""

    def __init__(self, evidence: Cosines, distinct: Cosines, names: Shared, context: Context) -> None:
        import numpy as np

        self.context = context
        self.pairs = sorted(pair for pair, value in evidence.items() if value >= LEAST)
        own = [evidence[pair] + DISTINCT * distinct[pair] for pair in self.pairs]
        self.fixed = np.array(own) + context.standing(self.pairs)
        self.names = NAME * np.array([names.get(pair, 0.0) for pair in self.pairs])

    def best_pairs(self, gap: float) -> dict[int, int]:
        """Names decide between counterparts; they make none."""
        import numpy as np

        if not self.pairs:
            return {}
        rows: list[list[tuple[int, int]]] = [[] for _ in self.context.upper]
        gains = self.fixed + self.context.learned(self.pairs) - gap
        worth = (np.where(gains > 0, gains + self.names, 0.0) * SCALE).round().astype(int)
        for (i, j), gain in zip(self.pairs, worth.tolist(), strict=True):
            if gain > 0:
                rows[i].append((j, gain))
        return {i: j for i, j in enumerate(best_pairing(rows, len(self.context.lower))) if j is not None}


def _describe(group: Group, space: Space, context: Context, near: Neighbours, gap: float) -> Link:
    upper, lower = group
    if not upper or not lower:
        return Link(upper=upper, lower=lower, confidence=_gap_confidence(upper, lower, near, gap))
    known = near.upper[upper[0]].get(lower[0]) if len(upper) == len(lower) == 1 else None
    similarity = cosine(*_sums(space, group)) if known is None else known
    return Link(
        upper=upper,
        lower=lower,
        similarity=round(similarity, 4),
        confidence=_confidence(similarity, upper, lower, near, gap),
        evidence={"text": round(similarity, 4), **context.evidence(upper, lower)},
    )


def _sums(space: Space, group: Group) -> tuple[dict[int, float], dict[int, float]]:
    upper, lower = group
    return add(map(space.upper.bag, upper)), add(map(space.lower.bag, lower))


def _gap_confidence(upper: tuple[int, ...], lower: tuple[int, ...], near: Neighbours, gap: float) -> float:
    """Sure of a gap where nothing on the other side comes near."""
    values = [v for i in upper for v in near.upper.get(i, {}).values()]
    values += [v for j in lower for v in near.lower.get(j, {}).values()]
    return round(min(1.0, max(0.1, 1.0 - max(values, default=0.0) / (2 * gap))), 4)


def _confidence(
    similarity: float, upper: tuple[int, ...], lower: tuple[int, ...], near: Neighbours, gap: float
) -> float:
    """High where the two are alike and nothing else is nearly as like."""
    rivals = [v for i in upper for j, v in near.upper.get(i, {}).items() if j not in lower]
    rivals += [v for j in lower for i, v in near.lower.get(j, {}).items() if i not in upper]
    strength = min(1.0, similarity / max(1.6 * gap, SURE))
    margin = min(1.0, max(0.0, (similarity - max(rivals, default=0.0)) / 0.25))
    return round(strength * (0.6 + 0.4 * margin), 4)


def _marked_moves(links: list[Link]) -> list[Link]:
    """All but the longest run of links that keep their order are moved (Knuth 1973, 5.1.4)."""
    both = sorted((link for link in links if link.upper and link.lower), key=lambda link: (link.upper, link.lower))
    kept = _longest_rising([link.lower[0] for link in both])
    moved = {id(link) for at, link in enumerate(both) if at not in kept}
    return [replace(link, moved=True) if id(link) in moved else link for link in links]


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Indexes of a longest strictly rising subsequence (patience sorting)."""
    from bisect import bisect_left

    tails: list[int] = []
    tail_indexes: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(tail_indexes[place - 1] if place else None)
        tails[place : place + 1] = [value]
        tail_indexes[place : place + 1] = [at]
    kept: set[int] = set()
    here = tail_indexes[-1] if tail_indexes else None
    while here is not None:
        kept.add(here)
        here = before[here]
    return kept


def _in_order(links: Sequence[Link], upper_count: int, lower_count: int) -> tuple[Link, ...]:
    """By upper order; an added sentence stands behind the link of the lower sentence before it."""
    place_of: dict[int, int] = {}
    for link in links:
        if link.upper:
            place_of.update(dict.fromkeys(link.lower, link.upper[0]))
    last, place = -1, {}
    for j in range(lower_count):
        last = place_of.get(j, last)
        place[j] = last
    used = Counter(i for link in links for i in link.upper), Counter(j for link in links for j in link.lower)
    assert [dict(side) for side in used] == [dict.fromkeys(range(n), 1) for n in (upper_count, lower_count)], used
    return tuple(
        sorted(
            links, key=lambda link: (link.upper[0], 0, 0) if link.upper else (place[link.lower[0]], 1, link.lower[0])
        )
    )
