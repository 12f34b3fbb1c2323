"""Sentences of several notices in, groups that speak of the same thing out, each with words that name it.

The vectors are those of the alignment (folded characters, pairs, words, values; weights learned from these notices).
Groups grow by average linkage (Sokal & Michener 1958): the most alike first, two groups become one while the mean
similarity of all their pairs stays above the threshold. So a long chain of half-like sentences is no group.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from compare.align.candidates import Cosines, find_candidates
from compare.align.vectors import Space, build_space
from compare.localisation import Localiser, Side, build_localiser
from compare.passages import Passage, read_passages
from extract.notice import Notice
from extract.span import Span
from extract.words import words

LEAST = 0.22  # mean similarity of a group's pairs
CANDIDATES = 24  # counterparts looked at, a piece; of many notices
A_NOTICE = 3  # so many each
PART = re.compile(r"(?:[^；（“]|（[^（）]{0,200}）|“[^“”]{0,100}”|[（“])+；?")
SIGNS = re.compile(r"[\W_\d]+")
LABEL_SIZE = range(4, 15)  # characters
LONGEST_RUN = 6  # words of a label


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


def find_clusters(pieces: Sequence[Piece], notices: Sequence[Notice], least: float = LEAST) -> tuple[Cluster, ...]:
    """Groups that hold pieces of at least two notices, in the order of their first pieces."""
    if not pieces:
        return ()
    localiser = shared_localiser(notices)
    space = build_space([piece.passage for piece in pieces], (), localiser)
    count = max(CANDIDATES, A_NOTICE * len({piece.notice for piece in pieces}))
    cosines = find_candidates(space.upper, space.upper, count)
    groups = group(len(pieces), cosines, least)
    found = [_cluster(members, pieces, cosines, space, localiser) for members in groups]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.members))


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
    members: Sequence[int], pieces: Sequence[Piece], cosines: Cosines, space: Space, localiser: Localiser
) -> Cluster | None:
    pairs = [(i, j) for i, j in product(members, members) if i < j and pieces[i].notice != pieces[j].notice]
    if not pairs:
        return None
    mean = sum(cosines.get(pair, 0.0) for pair in pairs) / len(pairs)
    label = name_topic([pieces[at] for at in members], space, localiser)
    return Cluster(members=tuple(members), similarity=round(mean, 4), label=label)


def name_topic(pieces: Sequence[Piece], space: Space, localiser: Localiser) -> str:
    """The run of words that most notices of the group share; of several the one that says most."""
    notices_of: dict[str, set[int]] = {}
    order: dict[str, int] = {}
    for piece in pieces:
        for phrase in phrases(_without_figures(piece.passage)):
            notices_of.setdefault(phrase, set()).add(piece.notice)
            order.setdefault(phrase, len(order))
    shared = [phrase for phrase, notices in notices_of.items() if len(notices) > 1]
    if not shared:
        return pieces[0].passage.headings[-1] if pieces[0].passage.headings else pieces[0].text[: LABEL_SIZE.stop - 1]
    return max(shared, key=lambda phrase: (len(notices_of[phrase]), _weight(phrase, space, localiser), -order[phrase]))


def _without_figures(passage: Passage) -> str:
    """The text with a comma for each amount and date: what is 3000万元 names the topic, 最高3000万元 does not."""
    text = passage.text
    spans = [amount.span for amount in passage.amounts] + [day.span for day in passage.dates]
    for span in sorted(spans, reverse=True):
        start, end = span.shift(-passage.ref.span.start)
        text = f"{text[:start]}，{text[end:]}"
    return text


def phrases(text: str) -> Iterator[str]:
    """Runs of whole words without number or sign between them; the first and the last word have two characters."""
    for segment in SIGNS.split(text):
        parts = words(segment)
        ends = [at for at, word in enumerate(parts) if len(word) > 1]
        for first, last in product(ends, ends):
            phrase = "".join(parts[first : last + 1])
            if last - first < LONGEST_RUN and len(phrase) in LABEL_SIZE:
                yield phrase


def _weight(phrase: str, space: Space, localiser: Localiser) -> float:
    folded = localiser.fold(phrase)
    pairs = Counter(folded[at : at + 2] for at in range(len(folded) - 1))
    return sum(space.weights.get(pair, 0.0) for pair in pairs)
