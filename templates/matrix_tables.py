"""The matrix as tables for CSV and Excel: notices, the matrix itself, figures, additions, and one row a cell."""

from collections.abc import Iterator

from compare.comparison import Relation
from templates.figure_view import FigureCell, State
from templates.labels import Messages
from templates.matrix_view import AddedView, AdditionView, CellView, FigureLine, MatrixRowView, MatrixView, Quote, Tag
from templates.table import Cell, Column, Table, build_columns, yes_no

WIDTH = 30  # half-width characters of a notice's column


def matrix_tables(view: MatrixView) -> tuple[Table, ...]:
    return column_table(view), matrix_table(view), figure_table(view), addition_table(view), long_table(view)


def matrix_columns(t: Messages, **widths: int) -> tuple[Column, ...]:
    """Columns by the names of their labels in the section `matrix`; narrow ones are centred."""
    return tuple(Column(label=t(f"matrix.{name}"), width=width, centred=width <= 12) for name, width in widths.items())


def column_table(view: MatrixView) -> Table:
    """One row a lower notice: sentences by relation, material changes, measures."""
    t = view.messages
    present = {part.relation for column in view.columns for part in column.bar}
    relations = [relation for relation in Relation if relation in present]
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
            *(Column(label=measure.label, width=10, centred=True) for measure in measures),
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
                *(measure.value for measure in column.measures),
                column.party.source.sha256,
            )
            for column in view.columns
        ),
        printed=5 + len(relations),
    )


def matrix_table(view: MatrixView) -> Table:
    """One row an upper sentence, one column a lower notice."""
    t = view.messages
    return Table(
        title=t("matrix.sheet_matrix"),
        columns=(
            *build_columns(t, section=7, upper_clause=14, upper_text=50),
            *(Column(label=column.name, width=WIDTH) for column in view.columns),
        ),
        rows=tuple(
            (part.label, row.upper.label, row.upper.text, *(say_cell(cell, t) for cell in row.cells))
            for part in view.parts
            for row in part.rows
        ),
    )


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
            *matrix_columns(t, kind=8, context=36),
            Column(label=t("head.upper"), width=24),
            *(Column(label=column.name, width=24) for column in view.columns),
        ),
        rows=tuple(figure_row(line, clauses[line.row], t) for line in sorted(view.figures, key=lambda line: line.kept)),
    )


def figure_row(line: FigureLine, clause: str, t: Messages) -> tuple[Cell, ...]:
    context = f"{line.upper.before}{line.upper.quote}{line.upper.after}"
    return clause, line.kind, context, line.upper.quote, *(say_figure(cell, t) for cell in line.cells)


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
                long_row(row, part.label, at, t)
                for at in range(len(view.columns))
                for part in view.parts
                for row in part.rows
            ),
            *(added_row(one, t) for addition in view.additions for one in addition.members),
        ),
        printed=9,
    )


def long_row(row: MatrixRowView, section: str, at: int, t: Messages) -> tuple[Cell, ...]:
    cell = row.cells[at]
    return (
        cell.column.name,
        cell.column.party.document_number,
        section,
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
