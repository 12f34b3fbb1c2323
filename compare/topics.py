"""Several notices without a common upper text in, their figures side by side by topic out.

A topic is a group of sentences of at least two notices that speak of the same thing (`clusters`). Inside it the amounts
and deadlines that answer each other stand in one row: on one scale, and in like words (单户授信额度最高3000万元).
Every figure of every notice stands in exactly one row, of a topic or of `alone`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compare.clusters import LEAST, Piece, find_clusters, group, read_pieces
from compare.comparison import Party, SentenceRef
from compare.figures import Figure, Ranking, comparable, rank, read_figures, same_value, wording
from compare.party import party_of
from extract.notice import Notice, Source

ALIKE = 0.3  # Dice coefficient of the words around two figures that answer each other
SAME = 0.2  # less is asked where the values are equal


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """What each notice says of one thing; `None` where it says nothing. Positions are those of the notices."""

    figures: tuple[Figure | None, ...]
    ranking: Ranking

    @property
    def shared(self) -> bool:
        """Whether several notices say something."""
        return sum(figure is not None for figure in self.figures) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    id: str
    label: str
    similarity: float  # mean over pairs of sentences of different notices
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
    pieces = read_pieces(notices)
    clusters = find_clusters(pieces, notices, least)
    found = [
        _topic(cluster.label, cluster.similarity, [pieces[at] for at in cluster.members], len(notices))
        for cluster in clusters
    ]
    ordered = sorted(found, key=_is_poor)
    grouped = {at for cluster in clusters for at in cluster.members}
    rest = [piece for at, piece in enumerate(pieces) if at not in grouped]
    return Topics(
        notices=tuple(party_of(notice, source) for notice, source in zip(notices, sources, strict=True)),
        topics=tuple(_numbered(ordered)),
        alone=tuple(_row({piece.notice: figure}, len(notices)) for piece in rest for figure in _figures(piece)),
    )


def _is_poor(topic: Topic) -> tuple[bool, bool]:
    return not any(row.shared for row in topic.rows), not topic.rows


def _numbered(topics: Sequence[Topic]) -> Iterator[Topic]:
    for number, topic in enumerate(topics, start=1):
        yield replace(topic, id=f"t{number}")


def _topic(label: str, similarity: float, pieces: Sequence[Piece], count: int) -> Topic:
    return Topic(
        id="",
        label=label,
        similarity=similarity,
        passages=tuple(tuple(p.passage.ref for p in pieces if p.notice == at) for at in range(count)),
        rows=tuple(_rows(pieces, count)),
    )


def _figures(piece: Piece) -> tuple[Figure, ...]:
    return read_figures(piece.passage)


def _rows(pieces: Sequence[Piece], count: int) -> Iterator[FigureRow]:
    """Rows with figures of several notices first."""
    found = [(piece.notice, figure) for piece in pieces for figure in _figures(piece)]
    alike = {
        (i, j): value
        for i in range(len(found))
        for j in range(i + 1, len(found))
        if found[i][0] != found[j][0] and (value := likeness(found[i][1], found[j][1])) > 0
    }

    def fits(one: list[int], other: list[int]) -> bool:
        return {found[at][0] for at in one}.isdisjoint(found[at][0] for at in other)

    groups = group(len(found), alike, ALIKE, fits)
    for members in sorted(groups, key=lambda members: -min(len(members), 2)):
        yield _row({found[at][0]: found[at][1] for at in members}, count)


def likeness(one: Figure, other: Figure) -> float:
    """How surely two figures say the same thing of different places: 0 on different scales, 1 in the same words."""
    if not comparable(one, other):
        return 0.0
    a, b = _pairs(wording(one)), _pairs(wording(other))
    value = 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
    return max(value, ALIKE) if same_value(one, other) and value >= SAME else value


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _row(figures: dict[int, Figure], count: int) -> FigureRow:
    placed = tuple(figures.get(at) for at in range(count))
    return FigureRow(figures=placed, ranking=rank(placed))
