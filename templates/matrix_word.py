"""The matrix and the topics as Word files: what an office prints and marks up."""

from collections.abc import Iterator

from templates.matrix_tables import addition_row, column_table, figure_row, matrix_table
from templates.matrix_view import MatrixView
from templates.table import plain
from templates.topic_view import FigureLine, TopicsView, TopicView
from templates.word_tables import Line, WordTables
from templates.workbook import outline


def render_matrix_word(view: MatrixView) -> bytes:
    t, upper = view.messages, view.upper
    word = WordTables(len(view.columns) + 2, view.generated_on)
    word.title(t("matrix.report"))
    word.paragraph(f"{upper.role}：{upper.document_number}　{upper.title}", bold=True)
    word.paragraph(view.outcome)
    for caution in view.cautions:
        word.paragraph(caution)
    word.heading(t("matrix.columns"))
    _columns(word, view)
    word.heading(t("matrix.figures"))
    _figures(word, view)
    word.heading(t("matrix.added"))
    _additions(word, view)
    word.heading(t("matrix.body"))
    names = [column.name for column in view.columns]
    table = matrix_table(view)
    word.table(
        [t("column.upper_clause"), t("column.upper_text"), *names],
        (
            Line(cells=[str(plain(cell)) for cell in cells[1:]], heading=outline(table.levels, at)[1])
            for at, cells in enumerate(table.rows)
        ),
        [1, 3, *[2] * len(names)],
    )
    _foot(word, view.made, f"{t('foot.caveat')}{t('outcome.end')}{t('foot.caveat_more')}", view)
    return word.save()


def _columns(word: WordTables, view: MatrixView) -> None:
    """Without measures and hash, which are for counting."""
    table = column_table(view)
    count = table.printed or len(table.columns)
    word.table(
        [column.label for column in table.columns[:count]],
        (Line(cells=[str(plain(cell)) for cell in row[:count]]) for row in table.rows),
        [column.width for column in table.columns[:count]],
    )


def _figures(word: WordTables, view: MatrixView) -> None:
    t = view.messages
    clauses = {row.anchor: row.upper.label for row in view.rows}
    if not view.figures:
        word.paragraph(t("matrix.no_figures"))
        return
    names = [column.name for column in view.columns]
    rows = (figure_row(line, clauses[line.row], t) for line in sorted(view.figures, key=lambda line: line.kept))
    word.table(
        [t("column.upper_clause"), t("matrix.kind"), t("matrix.context"), *names, t("column.note")],
        (Line(cells=[str(plain(cell)) for cell in (*row[:3], *row[4:])]) for row in rows),
        [1.1, 1.1, 2.6, *[1.6] * len(names), 1.6],
    )


def _additions(word: WordTables, view: MatrixView) -> None:
    t = view.messages
    if not view.additions:
        word.paragraph(t("matrix.added_none"))
        return
    rows = (addition_row(addition, one) for addition in view.additions for one in addition.members)
    word.table(
        [t("matrix.label"), t("matrix.short"), t("column.lower_clause"), t("column.lower_text")],
        (Line(cells=[str(plain(cell)) for cell in row[:4]]) for row in rows),
        [1.4, 1, 1, 6],
    )


def _foot(word: WordTables, made: tuple[str, ...], caveat: str, view: MatrixView | TopicsView) -> None:
    word.heading(view.messages("foot.title"))
    word.paragraph(caveat)
    for name, source in _sources(view):
        word.paragraph(f"{name}：{source}")
    if made:
        word.paragraph(" · ".join(made))


def _sources(view: MatrixView | TopicsView) -> Iterator[tuple[str, str]]:
    parties = view.notices if isinstance(view, TopicsView) else view.columns
    if isinstance(view, MatrixView):
        yield view.upper.role, f"{view.upper.source.name}　SHA-256 {view.upper.source.sha256}"
    for one in parties:
        yield one.name, f"{one.party.source.name}　SHA-256 {one.party.source.sha256}"


def render_topics_word(view: TopicsView) -> bytes:
    t = view.messages
    word = WordTables(len(view.notices) + 1, view.generated_on)
    word.title(t("topics.report"))
    for notice in view.notices:
        word.paragraph(f"{notice.name}：{notice.party.document_number}　{notice.party.title}")
    word.paragraph(view.outcome, bold=True)
    word.heading(t("topics.figures"))
    if not view.compared:
        word.paragraph(t("topics.no_figures"))
    for topic in view.compared:
        word.heading(topic.label, 2)
        _topic(word, topic, topic.lines, view)
    word.heading(t("topics.texts"))
    for topic in view.topics:
        word.heading(topic.label, 2)
        _texts(word, topic, view)
    word.heading(t("topics.alone"))
    for notice, cells in view.alone:
        word.paragraph(notice.name, bold=True)
        for cell in cells:
            word.paragraph(f"{cell.where}　{cell.before}{cell.quote}{cell.after}")
    _foot(word, view.made, t("topics.method"), view)
    return word.save()


def _topic(word: WordTables, topic: TopicView, lines: tuple[FigureLine, ...], view: TopicsView) -> None:
    """Only the notices that speak of the topic have a column."""
    t = view.messages
    places = [at for at, quotes in enumerate(topic.sides) if quotes]
    word.table(
        [t("topics.measured"), *(view.notices[at].name for at in places)],
        (
            Line(
                cells=[
                    "\n".join(filter(None, (line.label, line.kind, line.note))),
                    *(_said(line, at, t("topics.nothing")) for at in places),
                ]
            )
            for line in lines
        ),
        [1.6, *[3] * len(places)],
    )


def _said(line: FigureLine, at: int, silent: str) -> str:
    cell = line.cells[at]
    if not cell.quote:
        return silent
    marks = f"（{'、'.join(cell.marks)}）" if cell.marks else ""
    return f"{cell.before}{cell.quote}{cell.after}{marks}\n{cell.at}"


def _texts(word: WordTables, topic: TopicView, view: TopicsView) -> None:
    places = [at for at, quotes in enumerate(topic.sides) if quotes]
    texts = ["\n".join(f"{quote.label}　{quote.text}" for quote in topic.sides[at]) for at in places]
    word.table([view.notices[at].name for at in places], [Line(cells=texts)], [1] * len(places))
