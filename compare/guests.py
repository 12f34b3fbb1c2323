"""Rows of departments in, without who is there for the sake of one sentence that moved out.

A sentence that went to a clause of other business brings the row all departments of that clause. They were there
before, for what the clause mostly carries out: they answer another row and were not added to this one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compare.comparison import DepartmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A row, the names that each lower clause charges, and how many sentences of the row went to each."""

    row: DepartmentRow
    names: Mapping[str, frozenset[str]]
    sentences: Counter[str]


def without_guests(charges: Sequence[Charge]) -> tuple[DepartmentRow, ...]:
    """In `lower_only` of a row that has a clause of its own none are left who answer the row another clause is of."""
    hosts = dict(_hosts(charges))
    return tuple(_alone(charge, hosts) for charge in charges)


def _hosts(charges: Sequence[Charge]) -> Iterator[tuple[str, Charge]]:
    """For each lower clause the row of which it takes over most sentences; none where two have as many."""
    for clause in {name for charge in charges for name in charge.names}:
        first, *others = sorted(charges, key=lambda charge: -charge.sentences[clause])
        if not others or others[0].sentences[clause] < first.sentences[clause]:
            yield clause, first


def _alone(charge: Charge, hosts: Mapping[str, Charge]) -> DepartmentRow:
    away = {clause: hosts[clause].row for clause in charge.names if hosts.get(clause, charge) is not charge}
    own = [names for clause, names in charge.names.items() if clause not in away]
    guests = {
        name
        for clause, row in away.items()
        for name in charge.names[clause].intersection(pair.lower for pair in row.counterparts)
    }
    if not own or not guests:
        return charge.row
    guests -= frozenset().union(*own)
    return replace(charge.row, lower_only=tuple(name for name in charge.row.lower_only if name not in guests))
