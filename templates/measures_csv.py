"""Comparisons as data for statistics: one row a pair, with what is needed to repeat it.

Columns have names that R, Stata and pandas take as they are. Counts are of units (relations) and of changes; measures
are those of `compare.measures`, empty where the upper notice has nothing to measure. The columns by type count every
change; what of it is no material change of its own stands in `changes_nested` and `changes_immaterial`:

    amount_changed_changes + … + wording_changes = changes_all
    changes_all = material_changes + changes_nested + changes_immaterial
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from compare.comparison import ChangeType, Comparison, Party, Relation
from templates.delimited import render_csv
from templates.table import Column, Table

WIDTH = 16

Value = str | int | float | None
Measured = Mapping[str, Value]  # one row: column names and values


def render_measures(
    comparisons: Sequence[Comparison], *, version: str = "", options: Mapping[str, str] | None = None
) -> bytes:
    """CSV with a byte order mark; `options` become columns named `option_…`."""
    return render_rows([measured(one, version=version, options=options) for one in comparisons])


def measured(comparison: Comparison, *, version: str = "", options: Mapping[str, str] | None = None) -> Measured:
    """The row of one pair."""
    return dict(_cells(comparison, version, options or {}))


def render_rows(rows: Sequence[Measured]) -> bytes:
    """CSV of rows made one by one; a column that a row does not have is empty in it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return render_csv(
        Table(
            title="measures",
            columns=tuple(Column(label=name, width=WIDTH) for name in names),
            rows=tuple(tuple(_cell(row.get(name)) for name in names) for row in rows),
        )
    )


def _cell(value: Value) -> str | int | float:
    return "" if value is None else value


def _cells(comparison: Comparison, version: str, options: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for side, party in (("upper", comparison.upper), ("lower", comparison.lower)):
        yield from ((f"{side}_{name}", value) for name, value in _party(party))
    yield "schema", comparison.schema
    yield "version", version
    yield from ((f"option_{name}", value) for name, value in sorted(options.items()))
    yield "upper_sentences", sum(len(unit.upper) for unit in comparison.units)
    yield "lower_sentences", sum(len(unit.lower) for unit in comparison.units)
    yield from ((f"{relation}_units", comparison.summary.relations.get(relation, 0)) for relation in Relation)
    yield "moved_units", sum(unit.moved for unit in comparison.units)
    yield "material_changes", comparison.summary.material
    yield "material_headings", comparison.summary.material_headings
    yield "material_departments", comparison.summary.material_departments
    yield "material_total", comparison.summary.material_total
    yield from ((f"{type_}_changes", comparison.summary.changes.get(type_, 0)) for type_ in ChangeType)
    yield from _sums(comparison)
    yield from ((name, None if value is None else float(value)) for name, value in comparison.measures.items())


def _sums(comparison: Comparison) -> Iterator[tuple[str, Value]]:
    """What leads from the columns by type to the material changes."""
    changes = [change for unit in comparison.units for change in unit.changes]
    yield "changes_all", len(changes)
    yield "changes_nested", sum(change.material and change.nested for change in changes)
    yield "changes_immaterial", sum(not change.material for change in changes)


def _party(party: Party) -> Iterator[tuple[str, Value]]:
    yield "document_number", party.document_number
    yield "title", party.title
    yield "issuers", "、".join(party.issuers)
    yield "issued_on", party.issued_on.isoformat() if isinstance(party.issued_on, date) else None
    yield "file", party.name
    yield "sha256", party.sha256
