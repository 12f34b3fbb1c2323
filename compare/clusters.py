"""Sentences of several notices in, groups that speak of the same thing out, each with words that name it.

The vectors are those of the alignment (folded characters, pairs, words; weights learned from these notices), of the
sentence under its heading and without its numbers: that two rules grant the same sum makes them no common topic.
Groups grow by average linkage (Sokal & Michener 1958): the most alike first, two groups become one while the mean
similarity of all their pairs stays above the threshold. So a long chain of half-like sentences is no group. Sentences
with words that exclude each other (购房, 租房) are never in one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from compare.align.candidates import find_candidates
from compare.align.vectors import build_space
from compare.figures import is_own_term
from compare.localisation import Localiser, Side, build_localiser
from compare.naming import name_topic, weigh_pairs
from compare.passages import Passage, read_passages
from compare.wording import apart, heading_of, kinds_of, without_figures
from extract.notice import Notice
from extract.span import Span

LEAST = 0.22  # mean similarity of a group's pairs
CANDIDATES = 24  # counterparts looked at, a piece; of many notices
A_NOTICE = 3  # so many each
PART = re.compile(r"(?:[^；（“]|（[^（）]{0,200}）|“[^“”]{0,100}”|[（“])+；?")
TERM_LABEL = "施行日期和有效期"

Cosines = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence, or a part of one between semicolons, of the notice at position `notice`."""

    notice: int
    passage: Passage

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """`members` are positions of pieces, ascending; `similarity` is the mean over pairs of different notices."""

    members: tuple[int, ...]
    similarity: float
    label: str


def read_pieces(notices: Sequence[Notice]) -> tuple[Piece, ...]:
    """All pieces of the notices' bodies, in order; preambles speak of everything and are left out."""
    return tuple(
        Piece(notice=at, passage=part)
        for at, notice in enumerate(notices)
        for passage in read_passages(notice)
        if not passage.frame
        for part in split_passage(passage)
    )


def split_passage(passage: Passage) -> Iterator[Passage]:
    """Its parts between semicolons, each with its own mentions: one sentence often grants several things."""
    for match in PART.finditer(passage.text):
        span = Span(*match.span()).shift(passage.ref.span.start)
        if any(char.isalnum() for char in match.group()):
            yield replace(
                passage,
                ref=replace(passage.ref, span=span, quote=match.group()),
                amounts=tuple(item for item in passage.amounts if span.contains(item.span)),
                dates=tuple(item for item in passage.dates if span.contains(item.span)),
                citations=tuple(item for item in passage.citations if span.contains(item.span)),
            )


def find_topics(pieces: Sequence[Piece], notices: Sequence[Notice], least: float = LEAST) -> tuple[Cluster, ...]:
    """The clusters of the pieces; how long the notices are in force is one of its own, and comes last."""
    terms = {at for at, piece in enumerate(pieces) if is_own_term(piece.text)}
    others = [at for at in range(len(pieces)) if at not in terms]
    found = find_clusters([pieces[at] for at in others], notices, least)
    clusters = [replace(one, members=tuple(others[at] for at in one.members)) for one in found]
    if len({pieces[at].notice for at in terms}) > 1:
        clusters.append(Cluster(members=tuple(sorted(terms)), similarity=1.0, label=TERM_LABEL))
    return tuple(clusters)


def find_clusters(pieces: Sequence[Piece], notices: Sequence[Notice], least: float = LEAST) -> tuple[Cluster, ...]:
    """Groups that hold pieces of at least two notices, in the order of their first pieces."""
    if not pieces:
        return ()
    localiser = shared_localiser(notices)
    space = build_space([_worded(piece.passage) for piece in pieces], (), localiser)
    count = max(CANDIDATES, A_NOTICE * len({piece.notice for piece in pieces}))
    rows = space.upper.unit()
    cosines = find_candidates(rows, rows, count).by_pair()
    kinds = [kinds_of(heading_of(piece.passage) + piece.text) for piece in pieces]

    def fits(one: list[int], other: list[int]) -> bool:
        return not any(apart(kinds[i], kinds[j]) for i, j in product(one, other))

    weights = weigh_pairs([piece.text for piece in pieces], localiser)
    groups = group(len(pieces), cosines, least, fits)
    found = [_cluster(members, pieces, cosines, weights, localiser) for members in groups]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.members))


def _worded(passage: Passage) -> Passage:
    text = f"{heading_of(passage)}{without_figures(passage)}"
    return replace(passage, ref=replace(passage.ref, quote=text), amounts=(), dates=())


def shared_localiser(notices: Sequence[Notice]) -> Localiser:
    """Folds the places of all issuers alike."""
    places = {place for notice in notices for place in build_localiser(notice, notice).upper.places}
    side = Side(rank=None, places=tuple(sorted(places)))
    return Localiser(upper=side, lower=side)


def group(
    count: int, cosines: Cosines, least: float, fits: Callable[[list[int], list[int]], bool] = lambda _a, _b: True
) -> list[list[int]]:
    """Average linkage over sparse similarities, a missing one counting nothing; `fits` may forbid a union."""
    groups = {at: [at] for at in range(count)}
    home = list(range(count))
    edges = sorted((-value, i, j) for (i, j), value in cosines.items() if i < j and value >= least)
    for _, i, j in edges:
        one, other = groups[home[i]], groups[home[j]]
        if one is other or not fits(one, other) or _mean(one, other, cosines) < least:
            continue
        first, second = sorted((home[i], home[j]))
        groups[first] = sorted(one + other)
        del groups[second]
        for member in groups[first]:
            home[member] = first
    return [members for _, members in sorted(groups.items())]


def _mean(one: Sequence[int], other: Sequence[int], cosines: Cosines) -> float:
    return sum(cosines.get((min(pair), max(pair)), 0.0) for pair in product(one, other)) / (len(one) * len(other))


def _cluster(
    members: Sequence[int],
    pieces: Sequence[Piece],
    cosines: Cosines,
    weights: Mapping[str, float],
    localiser: Localiser,
) -> Cluster | None:
    pairs = [(i, j) for i, j in product(members, members) if i < j and pieces[i].notice != pieces[j].notice]
    if not pairs:
        return None
    mean = sum(cosines.get(pair, 0.0) for pair in pairs) / len(pairs)
    label = name_topic([(pieces[at].notice, pieces[at].passage) for at in members], weights, localiser)
    return Cluster(members=tuple(members), similarity=round(mean, 4), label=label)
