"""The matrix as tables for CSV and Excel: notices, the matrix itself, figures, additions, and one row a cell."""

from collections.abc import Iterator

from compare.comparison import Relation
from templates.figure_view import FigureCell, State
from templates.labels import Messages
from templates.matrix_view import (
    AddedView,
    AdditionView,
    CellView,
    FigureLine,
    MatrixRowView,
    MatrixView,
    Quote,
    Tag,
    Tally,
)
from templates.table import Cell, Column, Table, build_columns, yes_no

SHARE, RATIO = "0.0%", "0.00"  # formats of numbers
WIDTH = 30  # half-width characters of a notice's column


def matrix_tables(view: MatrixView) -> tuple[Table, ...]:
    return column_table(view), matrix_table(view), figure_table(view), addition_table(view), long_table(view)


def matrix_lines(view: MatrixView) -> list[tuple[str, str]]:
    """The upper notice, the outcome, what speaks against reading much into it, and how the file was made."""
    t, upper = view.messages, view.upper
    return [
        (upper.role, upper.document_number),
        (t("overview.title"), upper.title),
        (t("overview.issuers"), upper.issuers),
        (t("overview.issued_on"), upper.issued_on),
        (t("foot.sources"), upper.source.name),
        ("SHA-256", upper.source.sha256),
        (t("overview.outcome"), view.outcome),
        *((t("matrix.caution"), caution) for caution in view.cautions),
        (t("foot.title"), f"{t('foot.caveat')}{t('outcome.end')}{t('foot.caveat_more')}"),
        ("", " · ".join(view.made)),
    ]


def matrix_columns(t: Messages, **widths: int) -> tuple[Column, ...]:
    """Columns by the names of their labels in the section `matrix`; narrow ones are centred."""
    return tuple(Column(label=t(f"matrix.{name}"), width=width, centred=width <= 12) for name, width in widths.items())


def column_table(view: MatrixView) -> Table:
    """One row a lower notice: sentences by relation, material changes, measures."""
    t = view.messages
    relations = list(Relation)
    measures = view.columns[0].measures
    return Table(
        title=t("matrix.sheet_columns"),
        columns=(
            *matrix_columns(t, short=16),
            *build_columns(t, notice=30),
            Column(label=t("overview.title"), width=36),
            Column(label=t("overview.issued_on"), width=12, centred=True),
            *(Column(label=t(f"relation.{relation}"), width=10, centred=True) for relation in relations),
            *matrix_columns(t, material=10),
            *matrix_columns(t, caution=40),
            *(
                Column(label=one.label, width=10, centred=True, number_format=SHARE if one.is_share else RATIO)
                for one in measures
            ),
            Column(label="SHA-256", width=34),
        ),
        rows=tuple(
            (
                column.name,
                column.party.document_number,
                column.party.title,
                column.party.issued_on,
                *({part.relation: part.count for part in column.bar}.get(relation, 0) for relation in relations),
                column.material,
                column.caution,
                *("" if measure.number is None else measure.number for measure in column.measures),
                column.party.source.sha256,
            )
            for column in view.columns
        ),
        printed=6 + len(relations),
        frozen=1,
    )


def matrix_table(view: MatrixView) -> Table:
    """One row an upper sentence, one column a lower notice; headings above, as rows of the outline."""
    t = view.messages
    lines = list(outline_rows(view))
    return Table(
        title=t("matrix.sheet_matrix"),
        columns=(
            *build_columns(t, section=7, upper_clause=14, upper_text=50),
            *(Column(label=column.name, width=WIDTH) for column in view.columns),
        ),
        rows=tuple(row for _, row in lines),
        levels=tuple(level for level, _ in lines),
        frozen=3,
    )


def outline_rows(view: MatrixView) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Each row with its level: a main clause 0, a heading in it 1, a sentence one below its heading."""
    t = view.messages
    for part in view.parts:
        yield 0, (part.label, "", part.heading, *(say_tally(tally, t) for tally in part.tallies))
        for group in part.groups:
            if group.heading:
                yield 1, (part.label, group.label, group.heading, *(say_tally(tally, t) for tally in group.tallies))
            for row in group.rows:
                cells = (say_cell(cell, t) for cell in row.cells)
                yield 2 if group.heading else 1, (part.label, row.upper.label, row.upper.text, *cells)


def say_tally(tally: Tally, t: Messages) -> str:
    counts = "，".join(t("matrix.tally", label=label, n=count) for _, label, count in tally.counts)
    return f"{counts}\n{t('matrix.renamed', heading=tally.named)}" if tally.named else counts


def say_cell(cell: CellView, t: Messages) -> str:
    """改动：金额改动（下调）：最高50万元→最高30万元, one change a line."""
    head = "，".join([cell.label, *flags(cell, t)])
    if not cell.lower:
        return head
    return "\n".join([head, *(say_tag(tag) for tag in cell.tags)])


def flags(cell: CellView, t: Messages) -> Iterator[str]:
    if cell.moved:
        yield t("body.moved")
    if cell.doubtful:
        yield t("body.doubtful")


def say_tag(tag: Tag) -> str:
    direction = f"（{tag.direction}）" if tag.direction else ""
    turn = "→".join(words for words in (tag.before, tag.after) if words)
    return f"{tag.label}{direction}：{turn}" if turn else f"{tag.label}{direction}"


def figure_table(view: MatrixView) -> Table:
    """One row an amount, goal or deadline of the upper notice; those changed or removed somewhere come first."""
    t = view.messages
    clauses = {row.anchor: row.upper.label for row in view.rows}
    return Table(
        title=t("matrix.sheet_figures"),
        columns=(
            *build_columns(t, upper_clause=14),
            *matrix_columns(t, kind=14, context=36),
            Column(label=t("head.upper"), width=24),
            *(Column(label=column.name, width=24) for column in view.columns),
            *build_columns(t, note=26),
        ),
        frozen=4,
        rows=tuple(figure_row(line, clauses[line.row], t) for line in sorted(view.figures, key=lambda line: line.kept)),
    )


def figure_row(line: FigureLine, clause: str, t: Messages) -> tuple[Cell, ...]:
    context = f"{line.upper.before}{line.upper.quote}{line.upper.after}"
    return clause, line.kind, context, line.upper.quote, *(say_figure(cell, t) for cell in line.cells), line.note


def say_figure(cell: FigureCell, t: Messages) -> str:
    marks = f"（{'、'.join(cell.marks)}）" if cell.marks else ""
    if cell.state is State.GONE:
        return t("matrix.gone")
    if cell.state is State.SILENT:
        return t("topics.nothing")
    return f"{cell.quote}{marks}"


def addition_table(view: MatrixView) -> Table:
    """One row an addition of one notice; shared ones carry the words they share."""
    t = view.messages
    return Table(
        title=t("matrix.sheet_additions"),
        columns=(
            *matrix_columns(t, label=24, short=16),
            *build_columns(t, lower_clause=14, lower_text=60, change=20),
            *build_columns(t, upper_clause=18),
        ),
        rows=tuple(addition_row(addition, one) for addition in view.additions for one in addition.members),
    )


def addition_row(addition: AdditionView, one: AddedView) -> tuple[Cell, ...]:
    labels = "、".join(dict.fromkeys(quote.label for quote in one.quotes))
    text = "".join(quote.text for quote in one.quotes)
    return addition.label, one.column.name, labels, text, "\n".join(say_tag(tag) for tag in one.tags), one.after


def long_table(view: MatrixView) -> Table:
    """One row an upper sentence and lower notice, and one an addition: the form to count in."""
    t = view.messages
    return Table(
        title=t("matrix.sheet_long"),
        columns=(
            *matrix_columns(t, short=16),
            *build_columns(
                t,
                notice=26,
                section=7,
                heading=24,
                upper_clause=14,
                upper_text=40,
                relation=9,
                lower_clause=14,
                lower_text=40,
                change=20,
                note=30,
                moved=6,
                confidence=8,
                upper_place=20,
                lower_place=20,
            ),
        ),
        rows=(
            *(
                long_row(row, (part.label, group.heading or part.heading), at, t)
                for at in range(len(view.columns))
                for part in view.parts
                for group in part.groups
                for row in group.rows
            ),
            *(added_row(one, t) for addition in view.additions for one in addition.members),
        ),
        printed=10,
    )


def long_row(row: MatrixRowView, headings: tuple[str, str], at: int, t: Messages) -> tuple[Cell, ...]:
    cell = row.cells[at]
    return (
        cell.column.name,
        cell.column.party.document_number,
        *headings,
        row.upper.label,
        row.upper.text,
        cell.label,
        *side_cells(cell.lower),
        "；".join(say_tag(tag) for tag in cell.tags),
        "".join(tag.detail for tag in cell.tags),
        yes_no(t, said=cell.moved),
        round(cell.confidence, 4),
        row.upper.place,
        "；".join(quote.place for quote in cell.lower),
    )


def added_row(one: AddedView, t: Messages) -> tuple[Cell, ...]:
    return (
        one.column.name,
        one.column.party.document_number,
        "",
        "",
        "",
        "",
        t("relation.added"),
        *side_cells(one.quotes),
        "；".join(say_tag(tag) for tag in one.tags),
        "".join(tag.detail for tag in one.tags),
        yes_no(t, said=False),
        round(one.confidence, 4),
        "",
        "；".join(quote.place for quote in one.quotes),
    )


def side_cells(quotes: tuple[Quote, ...]) -> tuple[str, str]:
    return "、".join(dict.fromkeys(quote.label for quote in quotes)), "".join(quote.text for quote in quotes)
