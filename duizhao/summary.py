"""The outcome of a comparison for a terminal: one sentence, then the material changes as a table."""

from collections.abc import Iterable, Iterator, Sequence

import click

from compare import Matrix
from compare.comparison import Change, Comparison, Party, SentenceRef, Unit
from compare.headings import is_material_heading
from duizhao.messages import language, text
from duizhao.quotes import fit_pair
from duizhao.screen import columns, pad, shorten, width, wrap
from extract.span import Span
from templates.change_view import around, label_of, say_direction
from templates.labels import Messages, load_messages, name_clause
from templates.matrix_builder import say_outcome as say_matrix_outcome
from templates.matrix_cautions import say_cautions
from templates.outcome import say_material, say_outcome
from templates.row_view import DOUBTFUL

LINES = 2  # lines of a cell; the whole quote stands in the report
ROWS = 30  # changes shown of one pair
FEW = 5  # and of each of several
NOTHING = "—"
GAP = "  "

Row = tuple[str, ...]  # change, clauses, upper quote, lower quote


def show(comparison: Comparison, rows_shown: int = ROWS, least: float = DOUBTFUL) -> None:
    """Print it; colours only on a terminal. Changes of paired sentences come first, sentences that came or went last.

    Matches below the confidence `least` are counted as to be checked, and their changes marked.
    """
    messages = load_messages(language())
    names = f"{_name(comparison.upper)} → {_name(comparison.lower)}"
    click.secho("\n".join(wrap(names, columns())), bold=True)
    click.echo("\n".join(wrap(say_outcome(comparison, messages), columns())))
    for caution in comparison.cautions:
        click.secho("\n".join(wrap(messages(f"head.{caution}"), columns())), fg="red")
    doubtful = sum(unit.confidence < least for unit in comparison.units)
    if doubtful:
        click.echo("\n".join(wrap(messages("head.doubtful", n=doubtful, least=f"{least:.2f}"), columns())))
    paired = [unit for unit in comparison.units if unit.upper and unit.lower]
    whole = [unit for unit in comparison.units if not (unit.upper and unit.lower)]
    rows = [*_rows(paired, messages, least), *_apart(comparison, messages), *_rows(whole, messages, least)]
    if not rows:
        return
    click.echo()
    click.secho(say_count(comparison), bold=True)
    head = tuple(text(f"compare.column_{name}") for name in ("change", "clauses", "upper", "lower"))
    for i, line in enumerate(table((head, *rows[:rows_shown]), columns(), quotes=True)):
        click.secho(line, dim=i == 0)
    if len(rows) > rows_shown:
        click.echo(text("compare.more", count=len(rows) - rows_shown))


def say_count(comparison: Comparison) -> str:
    """How many material changes, in sentences, in headings and of departments."""
    found = comparison.summary
    messages = load_messages(language())
    return say_material(found.material, found.material_headings, found.material_departments, messages)


def show_overview(matrix: Matrix) -> None:
    """What became of the upper sentences over all lower notices."""
    click.echo()
    click.secho(text("compare.overview"), bold=True)
    messages = load_messages(language())
    click.echo("\n".join(wrap(say_matrix_outcome(matrix, messages), columns())))
    for line in say_cautions(matrix, [_name(column.lower) for column in matrix.columns], messages):
        click.secho("\n".join(wrap(line, columns())), fg="red")


def _name(party: Party) -> str:
    return party.document_number or party.title or party.name


def _rows(units: Iterable[Unit], messages: Messages, least: float) -> Iterator[Row]:
    for unit in units:
        for change in unit.changes:
            if change.material and not change.nested:
                yield _row(unit, change, messages, doubtful=unit.confidence < least)


def _row(unit: Unit, change: Change, messages: Messages, *, doubtful: bool) -> Row:
    marks = (say_direction(change, messages), messages("body.doubtful") if doubtful else None)
    label = " ".join([label_of(change, messages), *filter(None, marks)])
    return (
        label,
        f"{_clauses(unit.upper, messages)} → {_clauses(unit.lower, messages)}",
        _said(change.upper_quote, unit.upper, change.upper_span),
        _said(change.lower_quote, unit.lower, change.lower_span),
    )


def _said(quote: str | None, refs: Sequence[SentenceRef], span: Span | None) -> str:
    """A short quotation with the words around it: …作出突出贡献的【省级】人力资源…."""
    before, behind = around(refs, span)
    if not quote:
        return NOTHING
    return f"{before}【{quote}】{behind}" if before or behind else quote


def _apart(comparison: Comparison, messages: Messages) -> Iterator[Row]:
    """Headings that changed, and who has to do it."""
    for unit in comparison.headings:
        if is_material_heading(unit):
            upper, lower = ("".join(ref.quote for ref in refs) or NOTHING for refs in (unit.upper, unit.lower))
            yield (
                messages("material.heading"),
                f"{_clauses(unit.upper, messages)} → {_clauses(unit.lower, messages)}",
                upper,
                lower,
            )
    for row in comparison.departments:
        below = [name_clause(name, messages) for name in row.lower_clauses] or [NOTHING]
        shown = f"{below[0]}…{below[-1]}" if len(below) > 2 else "、".join(below)
        clauses = f"{name_clause(row.upper_clause, messages)} → {shown}"
        if row.lead_changed:
            leads = ("、".join(names) for names in (row.upper_leads, row.lower_leads))
            yield messages("material.lead_changed"), clauses, *leads
        if row.left_out:
            yield messages("material.department_removed"), clauses, "、".join(row.left_out), NOTHING
        if row.lower_only:
            yield messages("material.department_added"), clauses, NOTHING, "、".join(row.lower_only)


def _clauses(refs: Iterable[SentenceRef], messages: Messages) -> str:
    return "、".join(dict.fromkeys(name_clause(ref.clause, messages) for ref in refs)) or NOTHING


def table(rows: Sequence[Row], total: int, *, quotes: bool = False) -> Iterator[str]:
    """Lines of at most `total` columns; long cells are wrapped, and cut after a few lines.

    The last two cells may be `quotes` from both sides, which are first cut where they differ least.
    """
    first = min(max(width(row[0]) for row in rows), total // 4)
    second = min(max(width(row[1]) for row in rows), total // 3)
    quote = (total - first - second - 3 * len(GAP)) // 2
    widths = (first, second, quote, quote)
    for row in rows:
        said = fit_pair(row[2], row[3], lambda value: len(wrap(value, quote)) <= LINES) if quotes else row[2:]
        cells = [_cell(value, size) for value, size in zip((*row[:2], *said), widths, strict=True)]
        for i in range(max(len(cell) for cell in cells)):
            parts = [pad(cell[i] if i < len(cell) else "", size) for cell, size in zip(cells, widths, strict=True)]
            yield GAP.join(parts).rstrip()


def _cell(value: str, size: int) -> list[str]:
    lines = wrap(value, size)
    if len(lines) <= LINES:
        return [shorten(line, size) for line in lines]
    return [*lines[: LINES - 1], shorten("".join(lines[LINES - 1 :]), size)]
