"""Who has to do it, for the Word 对照表: a row a clause that charges departments, above and below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compare.comparison import DepartmentRow
from templates.comparison_view import ComparisonView
from templates.labels import Messages, name_clause

Names = tuple[tuple[str, str | None], ...]  # with the look of each: removed, added


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    upper_clauses: str
    upper: Names
    lower_clauses: str
    lower: Names
    changes: tuple[str, ...]
    notes: tuple[str, ...]


def duty_rows(view: ComparisonView) -> Iterator[DutyRow]:
    """In the order of the upper notice."""
    for row in view.comparison.departments:
        yield DutyRow(
            upper_clauses=name_clause(row.upper_clause, view.messages),
            upper=_names((pair.upper for pair in row.counterparts), row.upper_only, "removed", row.left_out),
            lower_clauses="、".join(name_clause(name, view.messages) for name in row.lower_clauses),
            lower=_names((pair.lower for pair in row.counterparts), row.lower_only, "added", row.lower_only),
            changes=tuple(view.messages(f"material.{name}") for name in _kinds(row)),
            notes=tuple(_notes(row, view.messages)),
        )


def _names(paired: Iterable[str], alone: Iterable[str], look: str, marked: Iterable[str]) -> Names:
    found = dict.fromkeys((*paired, *alone))
    return tuple((name, look if name in marked else None) for name in found)


def _kinds(row: DepartmentRow) -> Iterator[str]:
    told = {"lead_changed": row.lead_changed, "department_removed": row.left_out, "department_added": row.lower_only}
    return (name for name, said in told.items() if said)


def _notes(row: DepartmentRow, t: Messages) -> Iterator[str]:
    """Who is said to lead on either side, then what was left out and added."""
    if row.upper_leads or row.lower_leads:
        leads = ("、".join(names) or t("departments.no_lead") for names in (row.upper_leads, row.lower_leads))
        yield f"{t('departments.leads')}：{' → '.join(leads)}"
    for name, names in (("department_removed", row.left_out), ("department_added", row.lower_only)):
        if names:
            yield f"{t(f'material.{name}')}：{'、'.join(names)}"
