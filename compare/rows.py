"""Figures of several notices in, rows of those that measure the same thing out.

Two figures may share a row if they are of one family, their bounds and pers agree or one is left open, no word of
theirs excludes the other, and the words around them are alike. Rows grow by average linkage, so one that is like a
single member of a row does not join it. A notice has one figure in a row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from compare.clusters import Piece, group
from compare.figures import Figure, FigureKind, read_figures
from compare.localisation import Localiser
from compare.scales import family, is_telling, may_answer, same_value, scale_unit
from compare.subjects import Subject, exclude, likeness, read_subjects, weigh

ALIKE = 0.42  # figures of sentences that are of one topic, or of a unit that tells what they are
ANYWHERE = 0.5  # and of any others
NEARLY = 0.36  # what is less counts nothing in the mean of a row of many notices
LEFT = 0.15  # the only figures of their kind that two notices have left in a topic
SAME_DAY = 0.2  # the same day for goals that are worded otherwise: 到2025年底 and 2025年底前
SAME_TIER = 0.1  # of several figures in a row the one of equal value answers first
OTHER_SCALE = 0.85  # 30日内 and 3个月内
OTHER_YEAR = 0.75  # 2024年达到45% and 2025年达到55%


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A figure with where it stands: position of its notice and of its piece."""

    notice: int
    piece: int
    figure: Figure
    subject: Subject
    stepped: bool = False  # one of several goals of its sentence, each for a year of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """`groups` are positions of entries; `weights` are of pairs of characters."""

    entries: tuple[Entry, ...]
    groups: tuple[tuple[int, ...], ...]
    weights: Mapping[str, float]


def find_rows(pieces: Sequence[Piece], topic_of: Mapping[int, int], localiser: Localiser) -> Rows:
    """`topic_of` is the topic of a piece, where it has one."""
    entries = tuple(_entries(pieces, localiser))
    weights = weigh(entry.subject for entry in entries)
    alike = dict(_alike(entries, topic_of, weights))

    def fits(one: list[int], other: list[int]) -> bool:
        return all(_may_share(entries[i], entries[j]) for i, j in product(one, other))

    alike |= _sole(entries, topic_of, weights, {at for pair, value in alike.items() if value >= ALIKE for at in pair})
    groups = group(len(entries), alike, ALIKE, fits)
    return Rows(entries=entries, groups=tuple(tuple(members) for members in groups), weights=weights)


def _entries(pieces: Sequence[Piece], localiser: Localiser) -> Iterator[Entry]:
    for at, piece in enumerate(pieces):
        figures = read_figures(piece.passage)
        for figure, subject in zip(figures, read_subjects(piece.passage, figures, localiser), strict=True):
            years = {one.year for one in figures if one.year and family(one) == family(figure)} if figure.year else ()
            stepped = len(years) > 1
            yield Entry(notice=piece.notice, piece=at, figure=figure, subject=subject, stepped=stepped)


def _alike(
    entries: Sequence[Entry], topic_of: Mapping[int, int], weights: Mapping[str, float]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Pairs of entries of different notices that may share a row, with their likeness; of unlike topics it is less."""
    families: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        families[family(entry.figure)].append(at)
    for members in families.values():
        for i, j in _meeting(members, entries):
            one, other = entries[i], entries[j]
            if not _may_share(one, other):
                continue
            topics = topic_of.get(one.piece), topic_of.get(other.piece)
            together = topics[0] is not None and topics[0] == topics[1]
            scale = 1.0 if together or is_telling(one.figure) else ALIKE / ANYWHERE
            if (value := _likeness(one, other, weights) * scale) >= NEARLY:
                yield (i, j), value


def _may_share(one: Entry, other: Entry) -> bool:
    apart = one.notice == other.notice or exclude(one.subject, other.subject)
    return not apart and not _of_other_steps(one, other) and may_answer(one.figure, other.figure)


def _of_other_steps(one: Entry, other: Entry) -> bool:
    """2024年新建4000个 beside the 9万个 of 2026."""
    years = {one.figure.year, other.figure.year} - {None}
    return len(years) > 1 and (one.stepped or other.stepped)


def _sole(
    entries: Sequence[Entry], topic_of: Mapping[int, int], weights: Mapping[str, float], taken: set[int]
) -> dict[tuple[int, int], float]:
    """Pairs that are left alone with each other: the one figure of a family that a notice has in a topic."""
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if entry.piece in topic_of and at not in taken:
            places[topic_of[entry.piece], family(entry.figure)].append(at)
    found = {}
    for members in places.values():
        if len({entries[at].notice for at in members}) == len(members):
            for i, j in combinations(members, 2):
                one, other = entries[i], entries[j]
                if _may_share(one, other) and _likeness(one, other, weights) >= LEFT:
                    found[i, j] = ALIKE
    return found


def _meeting(members: Sequence[int], entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Pairs that have words in common, by an inverted list of the nearest words' pairs of characters."""
    lists: dict[str, list[int]] = defaultdict(list)
    for j in members:
        subject = entries[j].subject
        near = subject.wide if _is_bare_day(entries[j]) else subject.near or subject.wide
        met = {i for pair in near for i in lists[pair] if entries[i].notice != entries[j].notice}
        yield from ((i, j) for i in sorted(met))
        for pair in entries[j].subject.wide:
            lists[pair].append(j)


def _likeness(one: Entry, other: Entry, weights: Mapping[str, float]) -> float:
    if one.figure.kind is FigureKind.VALIDITY:
        return 1.0
    value = likeness(one.subject, other.subject, weights)
    if (one.subject.tier or other.subject.tier) and same_value(one.figure, other.figure):
        value += SAME_TIER
    if _is_bare_day(one) and _is_bare_day(other) and same_value(one.figure, other.figure):
        value += SAME_DAY
    if one.figure.year and other.figure.year and one.figure.year != other.figure.year:
        value *= OTHER_YEAR
    a, b = one.figure.amount, other.figure.amount
    return OTHER_SCALE * value if a and b and scale_unit(a) != scale_unit(b) else value


def _is_bare_day(entry: Entry) -> bool:
    """Whether nothing beside a day says what it is for."""
    return entry.figure.amount is None and entry.figure.context == entry.figure.quote
