"""Several notices without a common upper text in, their figures side by side by topic out.

A topic is a group of sentences of at least two notices that speak of the same thing (`clusters`), or whose figures
measure the same (`rows`). Figures that measure the same stand in one row, wherever in the notices they are found; how
long the notices are in force is a topic of its own. Every figure stands in exactly one row, of a topic or of `alone`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compare.clusters import (
    LEAST,
    TERM_LABEL,
    Cluster,
    Piece,
    find_topics,
    read_pieces,
    shared_localiser,
)
from compare.comparison import Party, SentenceRef
from compare.figures import Figure, FigureKind
from compare.localisation import Localiser
from compare.naming import name_row, name_topic
from compare.party import party_of
from compare.ranking import Ranking, rank
from compare.rows import Entry, Rows, find_rows
from compare.subjects import same_cases
from extract.notice import Notice, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """What each notice says of one thing; `None` where it says nothing. Positions are those of the notices."""

    figures: tuple[Figure | None, ...]
    ranking: Ranking
    label: str = ""  # words that the figures have beside them; none for a term, or a day that several goals are for

    @property
    def shared(self) -> bool:
        """Whether several notices say something."""
        return sum(figure is not None for figure in self.figures) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    id: str
    label: str
    similarity: float  # mean over pairs of sentences of different notices; 1 where the figures alone make the topic
    passages: tuple[tuple[SentenceRef, ...], ...]  # one tuple a notice
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Topics that put figures beside each other come first, then those with any, else in the order of the text."""

    schema: str = "duizhao.topics/1"
    notices: tuple[Party, ...]
    topics: tuple[Topic, ...]
    alone: tuple[FigureRow, ...]  # figures of no topic, one a row


def compare_topics(notices: Sequence[Notice], *, sources: Sequence[Source], least: float = LEAST) -> Topics:
    """Lay the notices side by side; `least` is the mean similarity from which sentences make a topic."""
    pieces, localiser = read_pieces(notices), shared_localiser(notices)
    clusters = [*find_topics(pieces, notices, least)]
    rows = find_rows(pieces, {at: number for number, one in enumerate(clusters) for at in one.members}, localiser)
    clusters += _by_figures(pieces, rows, clusters, localiser)
    home = _homes(rows, clusters)
    topics = [
        _topic(one, [members for members in rows.groups if home[members] == number], pieces, rows, len(notices))
        for number, one in enumerate(clusters)
    ]
    return Topics(
        notices=tuple(party_of(notice, source) for notice, source in zip(notices, sources, strict=True)),
        topics=tuple(_numbered(sorted(topics, key=_is_poor))),
        alone=tuple(_row(members, rows, len(notices)) for members in rows.groups if home[members] is None),
    )


def _by_figures(
    pieces: Sequence[Piece], rows: Rows, clusters: Sequence[Cluster], localiser: Localiser
) -> Iterator[Cluster]:
    """A topic for each row of figures whose sentences are in none."""
    grouped = {at for one in clusters for at in one.members}
    for members in rows.groups:
        places = tuple(dict.fromkeys(rows.entries[at].piece for at in members))
        if len(members) > 1 and grouped.isdisjoint(places):
            grouped.update(places)
            yield Cluster(
                members=places,
                similarity=1.0,
                label=name_topic([(pieces[at].notice, pieces[at].passage) for at in places], rows.weights, localiser),
            )


def _homes(rows: Rows, clusters: Sequence[Cluster]) -> dict[tuple[int, ...], int | None]:
    """The topic of each row: the one that most of its figures are in, of several the first."""
    topic_of = {at: number for number, one in enumerate(clusters) for at in one.members}
    homes: dict[tuple[int, ...], int | None] = {}
    for members in rows.groups:
        votes = Counter(topic_of[place] for at in members if (place := rows.entries[at].piece) in topic_of)
        homes[members] = min(votes, key=lambda number: (-votes[number], number)) if votes else None
    return homes


def _is_poor(topic: Topic) -> tuple[bool, bool, bool]:
    return not any(row.shared for row in topic.rows), not topic.rows, topic.label == TERM_LABEL


def _numbered(topics: Sequence[Topic]) -> Iterator[Topic]:
    """With a number each; of several under one label each says what it measures, or its own count: 购房补贴（2）."""
    spread = Counter(topic.label for topic in topics)
    labels = [
        f"{one.label}：{_measured(one)}" if spread[one.label] > 1 and _measured(one) else one.label for one in topics
    ]
    seen: Counter[str] = Counter()
    for number, (topic, label) in enumerate(zip(topics, labels, strict=True), start=1):
        seen[label] += 1
        yield replace(topic, id=f"t{number}", label=f"{label}（{seen[label]}）" if seen[label] > 1 else label)


def _measured(topic: Topic) -> str:
    """What its first row of several notices is of, where that is not the topic itself."""
    named = (row.label for row in topic.rows if row.shared and row.label not in topic.label)
    return next(named, "")


def _topic(cluster: Cluster, own: Sequence[tuple[int, ...]], pieces: Sequence[Piece], rows: Rows, count: int) -> Topic:
    """With the sentences of all figures in its own rows, also of those that stand in another topic."""
    places = sorted({*cluster.members, *(rows.entries[at].piece for members in own for at in members)})
    found = [_row(members, rows, count) for members in own]
    return Topic(
        id="",
        label=cluster.label,
        similarity=cluster.similarity,
        passages=tuple(
            tuple(pieces[at].passage.ref for at in places if pieces[at].notice == notice) for notice in range(count)
        ),
        rows=tuple(sorted(found, key=lambda row: not row.shared)),
    )


def _row(members: Sequence[int], rows: Rows, count: int) -> FigureRow:
    entries: dict[int, Entry] = {rows.entries[at].notice: rows.entries[at] for at in members}
    placed = [entries.get(at) for at in range(count)]
    figures = tuple(entry.figure if entry else None for entry in placed)
    bases = [entry.subject.base if entry else "" for entry in placed]
    alike = same_cases([entry.subject for entry in entries.values()], rows.weights)
    unnamed = all(entry.figure.kind is FigureKind.VALIDITY or _opens_goals(entry, rows) for entry in entries.values())
    named = [(notice, entry.subject) for notice, entry in entries.items()]
    return FigureRow(
        figures=figures,
        ranking=rank(figures, bases, alike=alike),
        label="" if unnamed else name_row(named, rows.weights),
    )


def _opens_goals(entry: Entry, rows: Rows) -> bool:
    """Whether it is a day and no more, for the goals behind it: 到2025年底，…."""
    goals = (one for one in rows.entries if one.piece == entry.piece and one.figure.kind is FigureKind.TARGET)
    return entry.figure.context == entry.figure.quote and entry.figure.amount is None and any(goals)
