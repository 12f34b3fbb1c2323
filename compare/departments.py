"""Who has to do it, above and below: departments compared by function, not as text.

A clause charges those of its responsibility parenthesis or table; below, where there is neither, those of its
sentences.

省人力资源社会保障厅 and 市人力资源社会保障局 are counterparts because they share a function key; one department may
have several (a branch of the central bank for each part of a merged city). What has no counterpart in a row stands
in `upper_only` or `lower_only`: that is no claim that the task went undone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from compare.comparison import Counterpart, DepartmentRow, Unit
from compare.guests import Charge, without_guests
from compare.localisation import Localiser
from compare.offices import includes
from compare.tasks import is_row, tasks_named
from extract.notice import Clause, Department, Notice, ResponsibilitySource, Role

Two = tuple[Department, Department]
Table = Mapping[str, Sequence[Clause]]  # of duties: its rows by the clause that they name
AREAS = {"local_government", "functional_area"}

# Whose the departments are, before a name that says no more than that there are several.
GROUP = re.compile(
    r"^(?:各)?(?:[省市县区州]|自治区)?(?:级|直|直属|属|中直)?各?(?P<who>(?:有关|相关)?(?:部门|单位|部门和单位|部门单位))$"
)


def compare_departments(
    upper: Notice, lower: Notice, units: Sequence[Unit], localiser: Localiser
) -> tuple[DepartmentRow, ...]:
    """One row for each upper clause that charges departments, against the lower clauses its sentences went to."""
    lower_by_id = {clause.id: clause for clause in lower.clauses}
    tasks = tasks_named(upper)
    table = _by_task(lower)
    divides = _divides(lower, table, units)
    charges: list[Charge] = []
    for clause in upper.clauses:
        if not _charged(clause):
            continue
        refs = _lower_refs(_family(clause, upper, tasks), units)
        targets = tuple(name for name in lower_by_id if name in refs)  # in the order of the lower notice
        bearers = _bearers(targets, lower_by_id, table)
        sentences = tuple(d for name in targets for d in _charged(lower_by_id[name], in_sentence=True))
        row = _row(clause, targets, bearers, sentences, localiser)
        charge = Charge(
            row=replace(row, lower_divides=divides or bool(row.counterparts or row.lower_only)),
            names={bearer.id: frozenset(d.full_name for d in _charged(bearer)) for bearer in bearers},
            sentences=Counter(b.id for name in refs.elements() for b in _bearers((name,), lower_by_id, table)),
        )
        charges.append(charge)
    return without_guests(charges)


def _by_task(notice: Notice) -> Table:
    """The rows of tables of duties by the clause that they name."""
    named = tasks_named(notice)
    found: dict[str, list[Clause]] = defaultdict(list)
    for clause in notice.clauses:
        if clause.id in named:
            found[named[clause.id]].append(clause)
    return found


def _divides(notice: Notice, table: Table, units: Sequence[Unit]) -> bool:
    """Whether the notice says who does what, and whose each task of its tables is.

    A clause that is not listed has nobody only if no row that answers nothing else may be meant for it.
    """
    known = {row.id for rows in table.values() for row in rows}
    known.update(ref.clause for unit in units if unit.upper for ref in unit.lower)
    charged = [clause for clause in notice.clauses if _charged(clause)]
    return bool(charged) and all(clause.id in known or not is_row(clause) for clause in charged)


def _charged(clause: Clause, role: Role | None = None, *, in_sentence: bool = False) -> tuple[Department, ...]:
    """Departments that a clause charges in a parenthesis or table, or in its sentences, each once."""
    found: dict[str, Department] = {}
    for item in clause.responsibilities:
        if (item.source is ResponsibilitySource.SENTENCE) is not in_sentence:
            continue
        if role and (item.role is not role or item.inferred):
            continue
        for department in item.departments:
            found.setdefault(department.full_name, department)
    return tuple(found.values())


def _family(clause: Clause, notice: Notice, tasks: Mapping[str, str]) -> frozenset[str]:
    """The clause, or the one that it names as a row of a table, and those below it that charge nobody themselves."""
    family = {clause.id, tasks.get(clause.id, clause.id)}
    for other in notice.clauses:
        if other.parent in family and not _charged(other):
            family.add(other.id)
    return frozenset(family)


def _lower_refs(family: frozenset[str], units: Sequence[Unit]) -> Counter[str]:
    """How many sentences of each lower clause carry out the family."""
    return Counter(ref.clause for unit in units if any(up.clause in family for up in unit.upper) for ref in unit.lower)


def _bearers(targets: Iterable[str], lower: dict[str, Clause], table: Table) -> tuple[Clause, ...]:
    """The clauses that charge departments with the targets: themselves and the rows of a table that name them, or
    else those of the nearest clause above them."""
    found: dict[str, Clause] = {}
    for name in targets:
        clause: Clause | None = lower[name]
        while clause is not None:
            charging = [other for other in (clause, *table.get(clause.id, ())) if _charged(other)]
            found.update((other.id, other) for other in charging)
            clause = lower.get(clause.parent) if clause.parent and not charging else None
    return tuple(found.values())


def _row(
    clause: Clause,
    targets: tuple[str, ...],
    bearers: Sequence[Clause],
    sentences: Sequence[Department],
    localiser: Localiser,
) -> DepartmentRow:
    """`sentences` are departments that the lower sentences charge: 由市财政局落实. Where none are
    listed they may answer one above; they are not added, since the sentences above charge departments too.
    """
    above = _charged(clause)
    listed = _named_in_full({d.full_name: d for bearer in bearers for d in _charged(bearer)}.values())
    below = listed or _named_in_full({d.full_name: d for d in sentences}.values())
    pairs = _pairs(above, below, localiser)
    leads = _charged(clause, Role.LEAD)
    lower_leads = tuple({d.full_name: d for bearer in bearers for d in _charged(bearer, Role.LEAD)}.values())
    paired = {a.full_name for a, _ in pairs}, {b.full_name for _, b in pairs}
    rows = (bearer.id for bearer in bearers if is_row(bearer) and bearer.id not in targets)
    return DepartmentRow(
        upper_clause=clause.id,
        lower_clauses=(*targets, *rows),
        counterparts=tuple(Counterpart(upper=a.full_name, lower=b.full_name) for a, b in pairs),
        upper_only=tuple(d.full_name for d in above if d.full_name not in paired[0]),
        lower_only=tuple(d.full_name for d in listed if d.full_name not in paired[1]),
        upper_leads=tuple(d.full_name for d in leads),
        lower_leads=tuple(d.full_name for d in lower_leads),
        lead_changed=_lead_changed(leads, lower_leads, _helpers(bearers), localiser)
        or _is_promoted(clause, leads, bearers, localiser),
    )


def _pairs(above: Sequence[Department], below: Sequence[Department], localiser: Localiser) -> tuple[Two, ...]:
    """Who answers whom. One without an equal has the joint office that names its function, or, if it is a zone's
    committee, the governments of its level.
    """
    found = [(a, b) for a in above for b in below if _answers(a, b, localiser)]
    taken = {a for a, _ in found}, {b for _, b in found}
    rest = [(a, b) for a in above for b in below if a not in taken[0] or b not in taken[1]]
    zones = [(a, b) for a, b in rest if {a.key, b.key} == AREAS]
    joint = [
        (a, b) for a, b in rest if (includes(b, a) and a not in taken[0]) or (includes(a, b) and b not in taken[1])
    ]
    return (*found, *zones, *joint)


def _helpers(bearers: Iterable[Clause]) -> tuple[Department, ...]:
    """Who only helps."""
    return tuple(d for bearer in bearers for d in _helping(bearer))


def _helping(clause: Clause) -> tuple[Department, ...]:
    """Beside those who lead, also those of 责任单位."""
    stated = _charged(clause, Role.RESPONSIBLE) if _charged(clause, Role.LEAD) else ()
    return (*_charged(clause, Role.COOPERATE), *stated)


def _lead_changed(
    leads: Sequence[Department], below: Sequence[Department], helpers: Sequence[Department], localiser: Localiser
) -> bool:
    """Another one leads, or of several who led together one only helps."""
    if not leads or not below:
        return False
    kept = [a for a in leads if any(_answers(a, b, localiser) or includes(a, b) or includes(b, a) for b in below)]
    return not kept or any(_answers(a, b, localiser) for a in leads if a not in kept for b in helpers)


def _is_promoted(clause: Clause, leads: Sequence[Department], bearers: Iterable[Clause], localiser: Localiser) -> bool:
    """Whether one who only helped above leads below together with, or over, who led."""
    helped = [a for a in _helping(clause) if a not in leads]
    for bearer in bearers if leads and helped else ():
        listed = _charged(bearer)
        if any(_answers(a, b, localiser) for a in leads for b in listed) and any(
            _answers(a, b, localiser) for a in helped for b in _charged(bearer, Role.LEAD)
        ):
            return True
    return False


def _named_in_full(found: Iterable[Department]) -> tuple[Department, ...]:
    """Without names printed short (人力资源社会保障局) where the same row has them in full."""
    departments = tuple(found)
    return tuple(
        d
        for d in departments
        if not any(
            o.key == d.key and o.full_name != d.full_name and o.full_name.endswith(d.full_name) for o in departments
        )
    )


def _collective(name: str) -> str:
    """各部门 and 省直各部门, 有关部门 and 市直有关部门 are one group at two levels."""
    return GROUP.sub(r"\g<who>", name).replace("相关", "有关")


def _answers(upper: Department, lower: Department, localiser: Localiser) -> bool:
    if upper.key and lower.key:
        return upper.key == lower.key
    if _collective(upper.full_name) == _collective(lower.full_name):
        return True
    return localiser.is_swap(upper.full_name, lower.full_name)
