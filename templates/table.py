"""Tables of a report, the same for CSV and Excel: a view in, titled columns and rows out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compare.headings import is_material_heading
from templates.change_view import ChangeView
from templates.comparison_view import ComparisonView
from templates.labels import Messages
from templates.marked_text import Segment
from templates.material_view import ItemView
from templates.row_view import RowView, SentenceView

Marked = tuple[Segment, ...]
Cell = str | int | float | Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    label: str
    width: int  # half-width characters
    centred: bool = False
    number_format: str = ""  # of Excel, for numbers that are read as percentages


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    printed: int | None = None  # so many columns go on paper; all where None
    levels: tuple[int, ...] = ()  # of the outline, one a row; a row of a lower level heads those of higher ones below
    frozen: int = 0  # columns that stay when the others scroll


def plain(cell: Cell) -> str | int | float:
    """The cell without marks."""
    return "".join(segment.text for segment in cell) if isinstance(cell, tuple) else cell


def build_columns(messages: Messages, **widths: int) -> tuple[Column, ...]:
    """Columns by the names of their labels; narrow ones are centred."""
    return tuple(
        Column(label=messages(f"column.{name}"), width=width, centred=width <= 12) for name, width in widths.items()
    )


def unit_table(view: ComparisonView) -> Table:
    """One row a unit, in the order of the report."""
    t = view.messages
    return Table(
        title=t("sheet.units"),
        columns=build_columns(
            t,
            unit=6,
            section=7,
            upper_clause=12,
            upper_text=44,
            relation=9,
            lower_clause=12,
            lower_text=44,
            change=13,
            note=28,
            moved=6,
            similarity=8,
            confidence=8,
            upper_departments=60,
            lower_departments=60,
            upper_place=20,
            lower_place=20,
        ),
        rows=tuple(unit_row(row, section, t) for row, section in rows_with_section(view)),
        printed=9,
    )


def unit_row(row: RowView, section: str, t: Messages) -> tuple[Cell, ...]:
    return (
        row.unit.id,
        section,
        join_labels(row.upper),
        join_segments(row.upper),
        row.label,
        join_labels(row.lower),
        join_segments(row.lower),
        "；".join(change_label(change) for change in row.changes),
        "".join(change.detail for change in row.changes),
        yes_no(t, said=row.unit.moved),
        round(row.unit.similarity, 4),
        round(row.unit.confidence, 4),
        "、".join(row.upper_departments),
        "、".join(row.lower_departments),
        "；".join(item.place for item in row.upper),
        "；".join(item.place for item in row.lower),
    )


def change_table(view: ComparisonView) -> Table:
    """One row a change, in the order of the report, those of departments last.

    The rows that are material are as many as the report counts.
    """
    t = view.messages
    departments = (item for group in view.material if group.name == "departments" for item in group.items)
    heads = {row.anchor: is_material_heading(row.unit) for row in view.heads}
    counted = {**heads, **{row.anchor: False for row in view.frame}}  # of sentences every change by itself
    return Table(
        title=t("sheet.changes"),
        columns=build_columns(
            t,
            unit=6,
            section=7,
            change=11,
            material=9,
            direction=8,
            upper_clause=12,
            lower_clause=12,
            before=36,
            after=36,
            note=38,
            upper_place=20,
            lower_place=20,
        ),
        rows=(
            *(
                change_row(change, row, section, said)
                for row, section in rows_with_section(view)
                for change, said in zip(row.changes, say_material(row, counted.get(row.anchor), t), strict=True)
            ),
            *(department_row(item, t) for item in departments),
        ),
        printed=10,
    )


def change_row(change: ChangeView, row: RowView, section: str, material: str) -> tuple[Cell, ...]:
    return (
        row.unit.id,
        section,
        change.label,
        material,
        change.direction or "",
        join_labels(row.upper),
        join_labels(row.lower),
        change.before or "",
        change.after or "",
        change.detail,
        change.upper_place or "",
        change.lower_place or "",
    )


def say_material(row: RowView, counts: bool | None, t: Messages) -> Iterator[str]:
    """For each change of a row whether it is material and counted.

    `counts`: whether the row is counted as one change with all that is in it; `None` of sentences.
    """
    counted = False
    for change in row.changes:
        if not change.material:
            yield t("yes_no.no")
        elif counts is False:
            yield t("yes_no.apart")
        elif change.nested or (counts and counted):
            yield t("yes_no.nested")
        else:
            counted = True
            yield t("yes_no.yes")


def department_row(item: ItemView, t: Messages) -> tuple[Cell, ...]:
    """Who has to do it stands in no sentence that has a number or a place."""
    row = ("", t("departments.title"), item.label, t("yes_no.yes"), "", *item.clauses)
    return (*row, item.before or "", item.after or "", item.detail, "", "")


def department_table(view: ComparisonView) -> Table:
    """One row a function, one column a section."""
    t, matrix = view.messages, view.matrix
    names = build_columns(t, upper_department=30, lower_department=30)
    sections = tuple(Column(label=label, width=8, centred=True) for label, _ in matrix.columns)
    return Table(
        title=t("sheet.departments"),
        columns=names + sections,
        rows=tuple(
            (
                "、".join(row.upper) or t("departments.nobody"),
                "、".join(row.lower) or t("departments.nobody"),
                *(
                    " ".join(filter(None, (t(f"departments.{cell}") if cell else "", roles)))
                    for cell, roles in zip(row.cells, row.roles, strict=True)
                ),
            )
            for row in matrix.rows
        ),
    )


def rows_with_section(view: ComparisonView) -> Iterator[tuple[RowView, str]]:
    """All rows in the order of the report, then the headings that changed and the frame."""
    for section in view.sections:
        for row in section.rows:
            yield row, section.label
    for row in view.heads:
        if row.changes:
            yield row, view.messages("body.heading")
    for row in view.frame:
        yield row, view.messages("body.frame")


def join_labels(sentences: Iterable[SentenceView]) -> str:
    return "、".join(sentence.label for sentence in sentences)


def join_segments(sentences: Iterable[SentenceView]) -> Marked:
    return tuple(segment for sentence in sentences for segment in sentence.segments)


def change_label(change: ChangeView) -> str:
    return f"{change.label}（{change.direction}）" if change.direction else change.label


def yes_no(t: Messages, *, said: bool) -> str:
    return t("yes_no.yes" if said else "yes_no.no")
