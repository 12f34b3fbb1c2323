"""Topics as a file: topics, their notices and a format in, bytes out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from compare.topics import Topics
from extract.notice import Notice, Source
from templates.delimited import render_csv
from templates.environment import load_environment
from templates.figure_view import say_value
from templates.html_report import render_page
from templates.matrix_tables import matrix_columns, say_figure
from templates.matrix_word import render_topics_word
from templates.reports import known
from templates.table import Cell, Column, Table, build_columns
from templates.topic_view import FigureLine, TopicsView, build_topics_view
from templates.workbook import write_overview, write_workbook


def render_topics_html(view: TopicsView) -> bytes:
    return render_page("topics.html.jinja", view, "report.css", "matrix.css")


def render_topics_markdown(view: TopicsView) -> bytes:
    template = load_environment().get_template("markdown/topics.md.jinja")
    return template.render(view=view, t=view.messages).encode()


def render_topics_csv(view: TopicsView) -> bytes:
    return render_csv(figure_table(view))


def render_topics_workbook(view: TopicsView) -> bytes:
    tables = (side_table(view), figure_table(view), text_table(view))
    overview = partial(write_overview, view.messages("topics.report"), topic_lines(view))
    return write_workbook(tables, view.messages, created=view.generated_on, overview=overview)


def topic_lines(view: TopicsView) -> list[tuple[str, str]]:
    """The notices, the outcome, and how rows came about."""
    t = view.messages
    parties = ((one.name, one.party) for one in view.notices)
    return [
        *((name, f"{party.document_number}　{party.title}　{party.source.name}") for name, party in parties),
        (t("overview.outcome"), view.outcome),
        (t("foot.title"), t("topics.method")),
        ("", " · ".join(view.made)),
    ]


TOPIC_REPORTS: Mapping[str, Callable[[TopicsView], bytes]] = {
    "html": render_topics_html,
    "md": render_topics_markdown,
    "csv": render_topics_csv,
    "xlsx": render_topics_workbook,
    "docx": render_topics_word,
}


def render_topics(
    topics: Topics,
    notices: Sequence[Notice],
    *,
    format: str,  # noqa: A002 the word of the command line
    sources: Sequence[Source],
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> bytes:
    """The topics as a file of one of the formats of `TOPIC_REPORTS`; same arguments, same bytes.

    Raises:
        ValueError: there is no such format or language.
    """
    renderer = TOPIC_REPORTS[known(format, TOPIC_REPORTS)]
    view = build_topics_view(
        topics, notices, sources=sources, generated_on=generated_on, version=version, options=options, lang=lang
    )
    return renderer(view)


def side_table(view: TopicsView) -> Table:
    """One row a figure of a topic, one column a notice."""
    t = view.messages
    return Table(
        title=t("topics.sheet_side"),
        columns=(
            Column(label=t("topics.topic"), width=20),
            Column(label=t("topics.measured"), width=18),
            *matrix_columns(t, kind=14),
            *(Column(label=notice.name, width=34) for notice in view.notices),
            *build_columns(t, note=26),
        ),
        frozen=3,
        rows=tuple(
            (
                topic,
                line.label,
                line.kind,
                *(say_line_cell(line, at, view) for at in range(len(view.notices))),
                line.note,
            )
            for topic, line in lines_with_topic(view)
            if topic
        ),
    )


def say_line_cell(line: FigureLine, at: int, view: TopicsView) -> str:
    """The quote with the words around it and the clause, two lines."""
    cell = line.cells[at]
    if not cell.quote:
        return ""
    words = f"{cell.before}{cell.quote}{cell.after}"
    return f"{say_figure(cell, view.messages)}\n{words}{cell.at}"


def lines_with_topic(view: TopicsView) -> Iterator[tuple[str, FigureLine]]:
    """Rows of several notices first; figures of no topic last, under no topic."""
    for topic in view.topics:
        yield from ((topic.label, line) for line in topic.lines)
    yield from (("", line) for line in view.rest)


def figure_table(view: TopicsView) -> Table:
    """One row a figure of a notice, with its value, words and place: the form to count in."""
    t = view.messages
    return Table(
        title=t("topics.sheet_long"),
        columns=(
            Column(label=t("topics.topic"), width=20),
            Column(label=t("topics.item"), width=6, centred=True),
            Column(label=t("topics.measured"), width=18),
            *matrix_columns(t, short=14),
            *build_columns(t, notice=26, clause=12),
            *matrix_columns(t, kind=8),
            *build_columns(t, value=20),
            *matrix_columns(t, context=36, bound=10, low=14, high=14, unit=8, per=10, start=12, end=12, mark=10),
            *build_columns(t, note=26, lower_place=20),
        ),
        rows=tuple(figure_rows(view)),
        printed=10,
    )


def figure_rows(view: TopicsView) -> Iterator[tuple[Cell, ...]]:
    for number, (topic, line) in enumerate(lines_with_topic(view), 1):
        for at, (cell, figure) in enumerate(zip(line.cells, line.values, strict=True)):
            if figure is None:
                continue
            notice = view.notices[at]
            yield (
                topic,
                number,
                line.label,
                notice.name,
                notice.party.document_number,
                cell.where,
                view.messages(f"figure_kind.{figure.kind}"),
                cell.quote,
                f"{cell.before}{cell.quote}{cell.after}",
                *say_value(figure, view.messages),
                "、".join(cell.marks),
                line.note,
                cell.place,
            )


def text_table(view: TopicsView) -> Table:
    """One row a topic, one column a notice with its sentences."""
    t = view.messages
    return Table(
        title=t("topics.sheet_texts"),
        columns=(
            Column(label=t("topics.topic"), width=22),
            *(Column(label=notice.name, width=40) for notice in view.notices),
        ),
        rows=tuple(
            (topic.label, *("\n".join(f"{quote.label} {quote.text}" for quote in quotes) for quotes in topic.sides))
            for topic in view.topics
        ),
    )
