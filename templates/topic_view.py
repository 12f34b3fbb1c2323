"""Notices side by side by topic as display data: topics in, everything a template or a table says out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compare.figures import Figure
from compare.topics import FigureRow, Topic, Topics
from extract.notice import Notice, Source
from templates.comparison_view import PartyView, build_party, say_options
from templates.figure_view import FigureCell, State, build_figure_cell, name_places, say_kind, say_marks, say_note
from templates.labels import Messages, load_messages
from templates.matrix_view import Quote
from templates.side import Side, build_side


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    id: str
    name: str
    party: PartyView


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One thing that notices set a figure for; `values` are the figures themselves."""

    label: str  # what it is, in the notices' own words
    kind: str
    note: str  # why nobody is called the strictest
    cells: tuple[FigureCell, ...]
    values: tuple[Figure | None, ...]
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    id: str
    label: str
    similarity: str
    sides: tuple[tuple[Quote, ...], ...]  # one tuple a notice
    lines: tuple[FigureLine, ...]

    @property
    def shared(self) -> tuple[FigureLine, ...]:
        return tuple(line for line in self.lines if line.shared)

    @property
    def single(self) -> tuple[FigureLine, ...]:
        return tuple(line for line in self.lines if not line.shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView:
    messages: Messages
    notices: tuple[NoticeView, ...]
    outcome: str
    topics: tuple[TopicView, ...]
    alone: tuple[tuple[NoticeView, tuple[FigureCell, ...]], ...]
    rest: tuple[FigureLine, ...]  # the same figures as in `alone`, for tables
    generated_on: date | None
    version: str
    options: str

    @property
    def compared(self) -> tuple[TopicView, ...]:
        """Topics with figures to lay side by side."""
        return tuple(topic for topic in self.topics if topic.shared)

    @property
    def others(self) -> tuple[TopicView, ...]:
        return tuple(topic for topic in self.topics if not topic.shared)

    @property
    def made(self) -> tuple[str, ...]:
        """Version, options and date, as far as they were given."""
        day = self.generated_on.isoformat() if self.generated_on else ""
        said = {"version": self.version, "options": self.options, "generated_on": day}
        return tuple(self.messages(f"foot.{name}", value=value) for name, value in said.items() if value)


def build_topics_view(
    topics: Topics,
    notices: Sequence[Notice],
    *,
    sources: Sequence[Source],
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> TopicsView:
    messages = load_messages(lang)
    sides = [build_side("lower", one, source, messages) for one, source in zip(notices, sources, strict=True)]
    names = tuple(
        NoticeView(id=f"n{at}", name=name, party=build_party(party, side))
        for at, (name, party, side) in enumerate(zip(name_places(sides), topics.notices, sides, strict=True), 1)
    )
    return TopicsView(
        messages=messages,
        notices=names,
        outcome=say_outcome(topics, messages),
        topics=tuple(_topic(topic, sides, messages) for topic in topics.topics),
        alone=tuple(_alone(topics, names, sides)),
        rest=tuple(_line(row, sides, messages) for row in topics.alone),
        generated_on=generated_on,
        version=version,
        options=say_options(options, messages),
    )


def say_outcome(topics: Topics, messages: Messages) -> str:
    rows = [sum(row.shared for row in topic.rows) for topic in topics.topics]
    counts = {"topics": len(rows), "compared": sum(map(bool, rows)), "rows": sum(rows)}
    key = "topics.outcome" if rows else "topics.outcome_none"
    return messages(key, notices=len(topics.notices), **counts) + messages("outcome.end")


def _topic(topic: Topic, sides: Sequence[Side], messages: Messages) -> TopicView:
    return TopicView(
        id=topic.id,
        label=topic.label,
        similarity=messages("topics.similarity", value=f"{topic.similarity:.2f}"),
        sides=tuple(
            tuple(
                Quote(
                    label=side.clause_label(ref.clause),
                    text=side.spell(ref.clause, ref.span),
                    place=side.place(ref.span),
                    citation=side.citation(ref, ref.quote, ref.span),
                )
                for ref in refs
            )
            for side, refs in zip(sides, topic.passages, strict=True)
        ),
        lines=tuple(_line(row, sides, messages) for row in topic.rows),
    )


def _line(row: FigureRow, sides: Sequence[Side], messages: Messages) -> FigureLine:
    return FigureLine(
        label=row.label,
        kind=say_kind(row.figures, messages),
        note=say_note(row.ranking, messages),
        cells=tuple(
            build_figure_cell(
                figure,
                sides[at],
                state=State.SILENT if figure is None else State.SAID,
                marks=say_marks(row.ranking, at, messages),
            )
            for at, figure in enumerate(row.figures)
        ),
        values=row.figures,
        shared=row.shared,
    )


def _alone(
    topics: Topics, names: Sequence[NoticeView], sides: Sequence[Side]
) -> Iterator[tuple[NoticeView, tuple[FigureCell, ...]]]:
    for at, name in enumerate(names):
        figures = (row.figures[at] for row in topics.alone)
        cells = tuple(build_figure_cell(one, sides[at], state=State.SAID) for one in figures if one is not None)
        if cells:
            yield name, cells
