"""Groups in, groups with the sentences that answer one clause of theirs: what a merge or a split left alone.

A city that writes two sentences of the province as one keeps little of either, so that sums of words say nothing of
the second. But then one clause of the joint sentence answers it and nothing else: between commas, like is compared
with like, and the sentence linked already must have no such clause itself.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from compare.align.features import DATE, Text, date_mark, read_text
from compare.align.sole_figures import answers_figure
from compare.align.vectors import Bag, Space, cosine
from compare.localisation import Localiser
from compare.passages import Passage
from extract.span import Span
from extract.words import words

CLAUSE = re.compile(r"[^，；：。！？]+")
LIKE = 0.22  # cosine of a clause of the lonely sentence and one of the other side
AHEAD = 0.22  # by how much it is more like that clause than what is linked to it already
SPARE = 1  # characters beside a day: 至2024年底
REACH = 2  # sentences between the lonely one and the linked one, within one item; beside it across items


class Clauses:
    """The clauses of each sentence as bags of weighted features; of their figures, which often change, only days."""

    def __init__(self, upper: Sequence[Passage], lower: Sequence[Passage], space: Space, localiser: Localiser) -> None:
        self.sides = (upper, lower)
        self._space = space
        self._localiser = localiser
        self._telling = frozenset(space.telling.nonzero()[0].tolist())
        places = space.features.places
        self._days = frozenset(space.features.column(mark) for mark in places if mark.startswith(DATE))
        self._words = cache(lambda side, row: space.content[side].bag(row).keys())
        self._bags = cache(self._clauses)

    def answers(self, side: int, lonely: int, own: Sequence[int], others: Sequence[int]) -> float:
        """How far the sentence is ahead of `own` for the clause of `others` that it answers best; 0 if for none."""
        best = 0.0
        alike = [other for other in others if self._words(side, lonely) & self._words(1 - side, other)]
        mine = self._bags(side, lonely) if alike else ()
        for clause in (clause for other in alike for clause in self._bags(1 - side, other)):
            likeness = max((cosine(bag, clause) for bag in mine if self._tells(bag, clause)), default=0.0)
            if likeness < max(LIKE, AHEAD + best):
                continue
            rivals = (bag for linked in own for bag in self._bags(side, linked) if not self._apart(bag, clause))
            best = max(best, likeness - max((cosine(bag, clause) for bag in rivals), default=0.0))
        return best if best >= AHEAD else 0.0

    def _apart(self, one: Bag, other: Bag) -> bool:
        """Whether both name days and share none: 到2025年底，达到4.6个 and 到2027年底，达到5.2个 are two goals."""
        above, below = self._days & one.keys(), self._days & other.keys()
        return bool(above and below) and above.isdisjoint(below)

    def _tells(self, one: Bag, other: Bag) -> bool:
        """Whether what the two share is more than characters and words of any notice."""
        return not self._telling.isdisjoint(one.keys() & other.keys())

    def answers_figure(self, side: int, lonely: int, own: Sequence[int], others: Sequence[int]) -> float:
        """The least lead, where the sentence has one figure to tell and the group one without an answer."""
        mine, theirs = self.sides[side], self.sides[1 - side]
        found = answers_figure(mine[lonely], [mine[at] for at in own], [theirs[at] for at in others])
        return AHEAD if found else 0.0

    def near(self, side: int, lonely: int, member: int) -> bool:
        distance = abs(lonely - member)
        passages = self.sides[side]
        return distance == 1 or (distance <= REACH and passages[lonely].ref.clause == passages[member].ref.clause)

    def _clauses(self, side: int, row: int) -> tuple[Bag, ...]:
        passage = self.sides[side][row]
        start = passage.ref.span.start
        spans = list(_spans(passage))
        texts = [self._read(passage.text[span.start - start : span.end - start], passage, span) for span in spans]
        bags = zip(self._space.read(texts), spans, strict=True)
        return tuple(bag | self._dates(passage, span) for bag, span in bags)

    def _read(self, clause: str, passage: Passage, span: Span) -> Text:
        """Without the words of its measures."""
        letters, marks = read_text(clause, self._localiser)
        measures = {word for a in passage.amounts if span.contains(a.span) for word in words(a.quote)}
        return letters, [word for word in marks if word not in measures]

    def _dates(self, passage: Passage, span: Span) -> Bag:
        features = self._space.features
        marks = [date_mark(date) for date in passage.dates if span.contains(date.span)]
        columns = [features.column(mark) for mark in marks if mark in features.places]
        return {column: float(self._space.weights[column]) for column in columns}


def _spans(passage: Passage) -> Iterator[Span]:
    """Each clause; 2024年底前， goes with what is to be done by then, and alone answers nothing."""
    opening: int | None = None
    for match in CLAUSE.finditer(passage.text):
        span = Span(*match.span()).shift(passage.ref.span.start)
        if _is_day(passage, span):
            opening = span.start
        else:
            yield Span(span.start if opening is None else opening, span.end)
            opening = None


def _is_day(passage: Passage, span: Span) -> bool:
    """2024年底前，: a clause that says when and not what."""
    length = span.end - span.start
    return any(
        span.contains(date.span) and length - (date.span.end - date.span.start) <= SPARE for date in passage.dates
    )
