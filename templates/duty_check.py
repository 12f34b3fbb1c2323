"""Clauses of the notice against rows of the table: is anything missing?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.notice import Role
from templates.duty import Duty
from templates.labels import Messages


class CheckLines(Protocol):
    """What stands under every table."""

    @property
    def complete(self) -> bool: ...

    def line(self, messages: Messages) -> str: ...

    def missing(self, messages: Messages) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    clauses: int  # of the notice that have to be carried out
    rows: int
    covered: int  # clauses that some row stands for
    absent: tuple[str, ...]  # clauses without a row
    without_department: tuple[str, ...]
    without_lead: tuple[str, ...]
    with_deadline: int

    @property
    def complete(self) -> bool:
        return not self.absent

    def line(self, messages: Messages) -> str:
        """来文 63 条，表中 63 行；无责任单位 0 条；无牵头单位 63 条；含时限 9 条."""
        return messages(
            "duty_table.check" if self.rows == self.covered else "duty_table.check_grouped",
            clauses=self.clauses,
            rows=self.rows,
            covered=self.covered,
            no_department=len(self.without_department),
            no_lead=len(self.without_lead),
            deadlines=self.with_deadline,
        )

    def missing(self, messages: Messages) -> Iterator[str]:
        """What is missing, one line a kind."""
        if self.absent:
            yield messages("duty_table.absent", clauses="、".join(self.absent))
        if self.without_department:
            yield messages("duty_table.without_department", clauses="、".join(self.without_department))
        if self.covered and len(self.without_lead) == self.covered:
            yield messages("duty_table.without_any_lead")
        elif self.without_lead:
            yield messages("duty_table.without_lead", clauses="、".join(self.without_lead))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCheck:
    """The check of a draft, whose rows are sentences."""

    counted: Check
    undecided: tuple[str, ...]  # departments of the upper level without a counterpart
    own_money: int  # rows in which the upper level pays

    @property
    def complete(self) -> bool:
        return self.counted.complete

    def line(self, messages: Messages) -> str:
        return messages(
            "duty_table.check_draft",
            clauses=self.counted.clauses,
            rows=self.counted.rows,
            no_department=len(self.counted.without_department),
            unknown=len(self.undecided),
            money=self.own_money,
            deadlines=self.counted.with_deadline,
        )

    def missing(self, messages: Messages) -> Iterator[str]:
        if self.undecided:
            yield messages("duty_table.unknown", names="、".join(self.undecided))
        if self.counted.absent:
            yield messages("duty_table.absent", clauses="、".join(self.counted.absent))
        if self.counted.without_department:
            yield messages("duty_table.without_department", clauses="、".join(self.counted.without_department))


def count_rows(clauses: Sequence[str], duties: Sequence[Duty]) -> Check:
    """`clauses`: ids of all clauses to be carried out; `duties`: those of the table's rows."""
    shown = {duty.id: duty for duty in sorted(duties, key=lambda duty: duty.number)}
    return Check(
        clauses=len(clauses),
        rows=len(duties),
        covered=len(shown),
        absent=tuple(name for name in clauses if name not in shown),
        without_department=tuple(name for name, duty in shown.items() if not duty.departments),
        without_lead=tuple(name for name, duty in shown.items() if duty.charge(Role.LEAD) is None),
        with_deadline=sum(1 for duty in shown.values() if duty.dates),
    )
