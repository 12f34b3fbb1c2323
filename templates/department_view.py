"""Departments of both sides as a matrix: one line a function, one column a section, who is named where in the cells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from compare.comparison import DepartmentRow
from extract.notice import Role
from templates.labels import Messages
from templates.side import Side

Roles = defaultdict[str, set[Role]]  # stated, by name; one may lead in one clause and cooperate in the next


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """`cells` hold both, upper_only, lower_only or nothing, one a column; `roles` who leads or cooperates, in words."""

    id: str
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    cells: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """Who leads where at least one side says so."""

    section: str
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    changed: bool
    named: bool  # by the lower notice only


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    columns: tuple[tuple[str, str], ...]  # (label, heading)
    rows: tuple[MatrixRow, ...]
    leads: tuple[LeadView, ...]

    def row_ids(self, names: Iterable[str]) -> tuple[str, ...]:
        wanted = set(names)
        return tuple(row.id for row in self.rows if wanted.intersection(row.upper + row.lower))


@dataclass(slots=True)
class Named:
    """Who is named in one section."""

    upper: set[str] = field(default_factory=set)
    lower: set[str] = field(default_factory=set)
    roles: tuple[Roles, Roles] = field(default_factory=lambda: (Roles(set), Roles(set)))


def build_matrix(departments: Sequence[DepartmentRow], sides: tuple[Side, Side]) -> Matrix:
    upper, lower = sides
    sections: dict[tuple[str, str], Named] = defaultdict(Named)
    for row in departments:
        named = sections[section_of(row, upper, lower)]
        named.upper.update(pair.upper for pair in row.counterparts)
        named.upper.update(row.upper_only)
        named.lower.update(pair.lower for pair in row.counterparts)
        named.lower.update(row.lower_only)
        for roles, side, clauses in zip(named.roles, sides, ((row.upper_clause,), row.lower_clauses), strict=True):
            for name, role in stated_roles(side, clauses):
                roles[name].add(role)
    lines = pair_names(departments)
    return Matrix(
        columns=tuple(sections),
        rows=tuple(
            MatrixRow(
                id=f"d{number}",
                upper=tuple(uppers),
                lower=tuple(lowers),
                cells=tuple(cell_of(uppers, lowers, named) for named in sections.values()),
                roles=tuple(say_roles(uppers, lowers, named, upper.messages) for named in sections.values()),
            )
            for number, (uppers, lowers) in enumerate(lines, 1)
        ),
        leads=tuple(
            LeadView(
                section=lead_section(row, upper, lower),
                upper=row.upper_leads,
                lower=row.lower_leads,
                changed=row.lead_changed,
                named=row.lead_named,
            )
            for row in departments
            if row.upper_leads or row.lower_leads
        ),
    )


def section_of(row: DepartmentRow, upper: Side, lower: Side) -> tuple[str, str]:
    """(label, heading) of the outermost clause the row belongs to."""
    if row.upper_clause in upper.clauses:
        root = upper.root(row.upper_clause)
        return (upper.clause_label(root), upper.heading(root))
    if row.lower_clauses:
        root = lower.root(row.lower_clauses[0])
        return (lower.clause_label(root), lower.heading(root))
    return (row.upper_clause, row.upper_clause)


def lead_section(row: DepartmentRow, upper: Side, lower: Side) -> str:
    """The heading of the clause itself, where it has one: several clauses of a section may have leads of their own."""
    clause = upper.clauses.get(row.upper_clause)
    return upper.heading(clause.id) if clause and clause.heading else section_of(row, upper, lower)[1]


def pair_names(departments: Sequence[DepartmentRow]) -> list[tuple[list[str], list[str]]]:
    """One line an upper department with all its counterparts, then those that only one side has, as they come."""
    lines: dict[str, tuple[list[str], list[str]]] = {}
    for row in departments:
        for pair in row.counterparts:
            line = lines.setdefault(pair.upper, ([pair.upper], []))
            if pair.lower not in line[1]:
                line[1].append(pair.lower)
    paired = {name for _, lowers in lines.values() for name in lowers}
    for row in departments:
        for name in row.upper_only:
            lines.setdefault(name, ([name], []))
        for name in row.lower_only:
            if name not in paired:
                lines.setdefault(f"lower {name}", ([], [name]))
    return list(lines.values())


def cell_of(uppers: Iterable[str], lowers: Iterable[str], named: Named) -> str:
    above, below = not named.upper.isdisjoint(uppers), not named.lower.isdisjoint(lowers)
    if above and below:
        return "both"
    return "upper_only" if above else "lower_only" if below else ""


def stated_roles(side: Side, clauses: Iterable[str]) -> Iterator[tuple[str, Role]]:
    """Who is said to lead or to cooperate in each clause or those above it; of one clause the first word counts."""
    for clause in clauses:
        found: dict[str, Role] = {}
        for key in side.lineage(clause):
            for duty in side.clauses[key].responsibilities:
                if duty.role is not Role.RESPONSIBLE and not duty.inferred:
                    for department in duty.departments:
                        found.setdefault(department.full_name, duty.role)
        yield from found.items()


def say_roles(uppers: Iterable[str], lowers: Iterable[str], named: Named, messages: Messages) -> str:
    """牵头、配合→配合; empty where neither side states a role."""
    said = []
    for names, here, roles in ((uppers, named.upper, named.roles[0]), (lowers, named.lower, named.roles[1])):
        found = {role for name in names if name in here for role in roles.get(name, ())}
        said.append(messages("outcome.item_join").join(messages(f"role.{role}") for role in Role if role in found))
    return "→".join(word or "—" for word in said) if any(said) else ""
