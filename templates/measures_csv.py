"""Comparisons as data for statistics: one row a pair, with what is needed to repeat it.

Columns have names that R, Stata and pandas take as they are. Counts are of units (relations) and of changes; measures
are those of `compare.measures`, empty where the upper notice has nothing to measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from compare.comparison import ChangeType, Comparison, Party, Relation
from templates.delimited import render_csv
from templates.table import Cell, Column, Table

WIDTH = 16


def render_measures(
    comparisons: Sequence[Comparison], *, version: str = "", options: Mapping[str, str] | None = None
) -> bytes:
    """CSV with a byte order mark; `options` become columns named `option_…`."""
    rows = [dict(_cells(one, version, options or {})) for one in comparisons]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return render_csv(
        Table(
            title="measures",
            columns=tuple(Column(label=name, width=WIDTH) for name in names),
            rows=tuple(tuple(row.get(name, "") for name in names) for row in rows),
        )
    )


def _cells(comparison: Comparison, version: str, options: Mapping[str, str]) -> Iterator[tuple[str, Cell]]:
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
    yield from ((f"{type_}_changes", comparison.summary.changes.get(type_, 0)) for type_ in ChangeType)
    yield from ((name, "" if value is None else float(value)) for name, value in comparison.measures.items())


def _party(party: Party) -> Iterator[tuple[str, Cell]]:
    yield "document_number", party.document_number or ""
    yield "title", party.title or ""
    yield "issuers", "、".join(party.issuers)
    yield "issued_on", party.issued_on.isoformat() if isinstance(party.issued_on, date) else ""
    yield "file", party.name
    yield "sha256", party.sha256
