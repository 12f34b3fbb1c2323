"""`duizhao compare --topics`: notices without a common upper text, their figures side by side."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from compare import Topics, compare_topics, encode
from duizhao import __version__
from duizhao.messages import language, text
from duizhao.pairs import Side, load_side, today
from duizhao.screen import columns, wrap
from duizhao.summary import table
from templates.figure_view import name_places, say_marks
from templates.labels import Messages, load_messages, name_clause
from templates.side import build_side
from templates.topic_reports import render_topics
from templates.topic_view import say_outcome

if TYPE_CHECKING:
    from duizhao.sources import Choice

NOTHING = "—"


def load_sides(choice: "Choice", *, alone: bool) -> Iterator[Side]:
    """The chosen notice of a file; all its notices where it is the only file and none is chosen.

    Raises:
        ReadError: the file cannot be read or has no such notice.
    """
    side = load_side(choice)
    if not alone or choice.number is not None:
        yield side
        return
    yield from (Side(choice=choice, document=side.document, notice=notice) for notice in side.document.notices)


def lay_out(sides: Sequence[Side]) -> Topics:
    return compare_topics([side.notice for side in sides], sources=[side.source for side in sides])


def render(topics: Topics, sides: Sequence[Side], name: str) -> bytes:
    if name == "json":
        return encode(topics)
    return render_topics(
        topics,
        [side.notice for side in sides],
        format=name,
        sources=[side.source for side in sides],
        generated_on=today(),
        version=__version__,
        lang=language(),
    )


def show(topics: Topics, sides: Sequence[Side], *, hint: bool) -> None:
    """The outcome, then each row of figures as it stands in two notices or more, one notice a line."""
    messages = load_messages(language())
    click.echo("\n".join(wrap(say_outcome(topics, messages), columns())))
    names = name_places([build_side("lower", side.notice, side.source, messages) for side in sides])
    rows = list(_rows(topics, names, messages))
    if rows:
        click.echo()
        head = (
            messages("topics.topic"),
            messages("topics.notice"),
            messages("column.value"),
            messages("matrix.context"),
        )
        for i, line in enumerate(table((head, *rows), columns())):
            click.secho(line, dim=i == 0)
    if hint:
        click.echo("\n" + text("compare.topics_hint"))


def _rows(topics: Topics, names: Sequence[str], messages: Messages) -> Iterator[tuple[str, ...]]:
    """The topic's label stands before its first row, what a row measures before each."""
    for topic in topics.topics:
        title = topic.label
        for row in (row for row in topic.rows if row.shared):
            label = "：".join(dict.fromkeys(filter(None, (title, row.label))))
            for at, figure in enumerate(row.figures):
                if figure is not None:
                    value = "".join((figure.quote, *(f"（{mark}）" for mark in say_marks(row.ranking, at, messages))))
                    yield label, f"{names[at]} {name_clause(figure.clause, messages)}", value, figure.context
                    title = label = ""
