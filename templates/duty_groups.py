"""Duties by department, one block each, and by deadline, as a calendar."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.notice import DateMention, DateRole, Department, Role
from templates.duty import Charge, Duty
from templates.duty_table import DutyRow, Heading, build_cells
from templates.duty_words import say_dates, say_month, say_names
from templates.labels import Messages


def by_department(duties: Sequence[Duty], messages: Messages) -> Iterator[Heading | DutyRow]:
    """A block a department with all its duties, its role in each and who shares them; the orphans last.

    A department under several names is one block by its function.
    """
    for members in _blocks(duties).values():
        names = tuple(dict.fromkeys(department.full_name for _, department, _ in members))
        yield Heading(text=_title(members, names, messages), depth=0)
        for number, member in enumerate(members, 1):
            own = _own_cells(member, names[0], messages)
            yield DutyRow(duty=member[0], cells={**build_cells(member[0], messages), **own, "number": str(number)})
    orphans = [duty for duty in duties if not duty.departments]
    if orphans:
        title = messages("duty_table.no_department")
        yield Heading(text=messages("duty_table.section", heading=title, n=len(orphans)), depth=0)
        for number, duty in enumerate(orphans, 1):
            yield DutyRow(duty=duty, cells={**build_cells(duty, messages), "number": str(number)})


Member = tuple[Duty, Department, Charge]


def _blocks(duties: Sequence[Duty]) -> dict[str, list[Member]]:
    """Blocks in the order in which the notice names the departments."""
    blocks: dict[str, list[Member]] = {}
    for duty in duties:
        for department, charge in duty.departments:
            blocks.setdefault(department.key or department.full_name, []).append((duty, department, charge))
    return blocks


def _title(members: Sequence[Member], names: Sequence[str], messages: Messages) -> str:
    name = names[0]
    if len(names) > 1:
        name = messages("duty_table.also", name=name, others="、".join(names[1:]))
    roles = Counter(charge.role for _, _, charge in members)
    if len(roles) == 1:
        return messages("duty_table.department", name=name, n=len(members))
    counts = "、".join(
        messages("duty_table.role_count", role=messages(f"role.{role}"), n=roles[role])
        for role in Role
        if role in roles
    )
    return messages("duty_table.department_roles", name=name, n=len(members), roles=counts)


def _own_cells(member: Member, block: str, messages: Messages) -> dict[str, str]:
    """The department's role, by its own name where the block bears another, and who shares the duty."""
    duty, department, charge = member
    role = messages(f"role.{charge.role}")
    if charge.inferred:
        role = messages("duty_table.inferred", names=role)
    if department.full_name != block:
        role = messages("duty_table.role_of", role=role, name=department.full_name)
    partners = [
        replace(other, departments=tuple(item for item in other.departments if item is not department))
        for other in duty.charges
    ]
    return {"lead": role, "responsible": say_names(partners, messages)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A duty with one of its dates, or with none."""

    duty: Duty
    mention: DateMention | None

    @property
    def order(self) -> tuple[int, date, int]:
        """Days first, then what recurs, goes on, is unsettled, and what has no date."""
        mention = self.mention
        if mention is None:
            return 4, date.max, self.duty.number
        if mention.role is DateRole.RECURRING or mention.rrule:
            return 1, date.max, self.duty.number
        if mention.end is not None:
            return 0, mention.end, self.duty.number
        return (2 if mention.ongoing else 3), date.max, self.duty.number

    def title(self, messages: Messages) -> str:
        kind, day, _ = self.order
        if kind == 0:
            return say_month(day, messages)
        return messages("duty_table." + {1: "recurring", 2: "ongoing", 3: "unsettled", 4: "no_deadline"}[kind])


def by_deadline(duties: Sequence[Duty], messages: Messages) -> Iterator[Heading | DutyRow]:
    """Month by month; a duty with two deadlines stands twice, one without any at the end."""
    dues = sorted(_dues(duties), key=lambda due: due.order)
    titles = [due.title(messages) for due in dues]
    counts = Counter(titles)
    for number, (due, title) in enumerate(zip(dues, titles, strict=True), 1):
        if number == 1 or title != titles[number - 2]:
            yield Heading(text=messages("duty_table.section", heading=title, n=counts[title]), depth=0)
        mentions = [due.mention] if due.mention else []
        cells = {
            **build_cells(due.duty, messages),
            "number": str(number),
            "deadline": say_dates(mentions, messages),
        }
        yield DutyRow(duty=due.duty, cells=cells)


def _dues(duties: Sequence[Duty]) -> Iterator[_Due]:
    for duty in duties:
        seen: set[tuple[object, ...]] = set()
        for mention in duty.dates:
            name = (mention.quote, mention.end, mention.rrule)
            if name not in seen:
                seen.add(name)
                yield _Due(duty=duty, mention=mention)
        if not duty.dates:
            yield _Due(duty=duty, mention=None)
