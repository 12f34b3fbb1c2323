"""Groups of sentences in, links out: how alike, how sure, and whether moved, in the order of the notices."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compare.align.candidates import Candidates, Group, as_pairs
from compare.align.context import Context
from compare.align.vectors import Space, add, cosine

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURE = 0.55  # similarity below which a link is never certain


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Positions on both sides, ascending."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]
    similarity: float = 0.0
    confidence: float = 1.0
    moved: bool = False
    evidence: dict[str, float] = field(default_factory=dict)


def build_links(
    groups: Sequence[Group], space: Space, context: Context, candidates: Candidates, gap: float
) -> tuple[Link, ...]:
    """In the order of the upper notice, lower sentences without counterpart behind what they follow."""
    rivals = _rivals(groups, candidates)
    lonely = [_gap(group, rival, gap) for group, rival in zip(groups, rivals, strict=True) if not all(group)]
    paired = [(group, rival) for group, rival in zip(groups, rivals, strict=True) if all(group)]
    both = [group for group, _ in paired]
    likenesses = zip(_similarities(both, space, candidates), context.evidence(both), strict=True)
    links = [
        _link(group, rival, similarity, evidence, gap)
        for (group, rival), (similarity, evidence) in zip(paired, likenesses, strict=True)
    ]
    return _in_order([*_marked_moves(links), *lonely], len(space.upper), len(space.lower))


def _rivals(groups: Sequence[Group], candidates: Candidates) -> list[float]:
    """For each group how near anything comes to one of its sentences that is not in it."""
    import numpy as np

    homes: list[NDArray[np.int64]] = []  # the groups of the candidates' sentences
    for side, (pairs, size) in enumerate(zip(candidates.pairs, candidates.shape, strict=True)):
        home = np.zeros(size, dtype=np.int64)
        home[[k for group in groups for k in group[side]]] = np.repeat(
            np.arange(len(groups)), [len(group[side]) for group in groups]
        )
        homes.append(home[pairs])
    apart = homes[0] != homes[1]
    found = np.zeros(len(groups))
    for home in homes:
        np.maximum.at(found, home[apart], candidates.cosines[apart])
    return found.tolist()


def _similarities(groups: Sequence[Group], space: Space, candidates: Candidates) -> Iterator[float]:
    """Of pairs the cosine they are candidates with, of others that of their sums."""
    known = candidates.find(as_pairs((upper[0], lower[0]) for upper, lower in groups)).tolist()
    for (upper, lower), at in zip(groups, known, strict=True):
        if len(upper) == len(lower) == 1 and at >= 0:
            yield float(candidates.cosines[at])
        else:
            yield cosine(add(map(space.upper.bag, upper)), add(map(space.lower.bag, lower)))


def _gap(group: Group, rival: float, gap: float) -> Link:
    """Sure where nothing on the other side comes near."""
    upper, lower = group
    return Link(upper=upper, lower=lower, confidence=round(min(1.0, max(0.1, 1.0 - rival / (2 * gap))), 4))


def _link(group: Group, rival: float, similarity: float, evidence: dict[str, float], gap: float) -> Link:
    """Sure where the two are alike and nothing else is nearly as like."""
    strength = min(1.0, similarity / max(1.6 * gap, SURE))
    margin = min(1.0, max(0.0, (similarity - rival) / 0.25))
    return Link(
        upper=group[0],
        lower=group[1],
        similarity=round(similarity, 4),
        confidence=round(strength * (0.6 + 0.4 * margin), 4),
        evidence={"text": round(similarity, 4), **evidence},
    )


def _marked_moves(links: list[Link]) -> list[Link]:
    """All but the longest run of links that keep their order are moved (Knuth 1973, 5.1.4)."""
    both = sorted((link for link in links if link.upper and link.lower), key=lambda link: (link.upper, link.lower))
    kept = _longest_rising([link.lower[0] for link in both])
    moved = {id(link) for at, link in enumerate(both) if at not in kept}
    return [replace(link, moved=True) if id(link) in moved else link for link in links]


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Indexes of a longest strictly rising subsequence (patience sorting)."""
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
