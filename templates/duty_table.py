"""Duties in, the 责任分工表 as display data out: titled columns, heading rows and rows, the check under them.

Every form of the table has the same eight columns, so that one Word template serves them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.notice import Notice, Source
from templates.duty import Duty, Text, operative_clauses, read_duties
from templates.duty_check import CheckLines, count_rows
from templates.duty_words import say_dates, say_lead, say_others, single_line
from templates.labels import Messages, load_messages

COLUMNS = ("number", "task", "measure", "lead", "responsible", "deadline", "basis", "note")
CENTRED = frozenset({"number", "deadline", "basis", "lead"})
# Cells that an editor may change and a round trip keeps; 序号 and 依据 follow from the row.
EDITABLE = ("task", "measure", "lead", "responsible", "deadline", "note")
STATUSES = ("waiting", "running", "done", "late")


class Grouping(StrEnum):
    CLAUSE = "clause"
    DEPARTMENT = "department"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOptions:
    by: Grouping = Grouping.CLAUSE
    infer_lead: bool = False  # 列第一位的为牵头单位
    draft_for: str | None = None  # 济南市: a draft for that lower level
    lang: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A merged row over those that follow."""

    text: str
    depth: int  # 0 = top


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    duty: Duty
    cells: Mapping[str, Text]
    status: str = ""

    def plain(self, column: str) -> str:
        cell = self.cells[column]
        return cell if isinstance(cell, str) else "".join(segment.text for segment in cell)

    def line(self, column: str) -> str:
        return single_line(self.plain(column))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A cell that a person changed: both values are kept."""

    digest: str  # of the row
    clause: str
    column: str
    machine: str
    human: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTable:
    title: str
    subject: str  # the notice it divides
    labels: Mapping[str, str]  # of the columns
    items: tuple[Heading | DutyRow, ...]
    check: CheckLines
    options: DutyOptions
    messages: Messages
    notice: Notice
    source: Source
    edits: tuple[Edit, ...] = ()
    remarks: tuple[str, ...] = ()
    version: str = ""

    @property
    def rows(self) -> tuple[DutyRow, ...]:
        return tuple(item for item in self.items if isinstance(item, DutyRow))

    @property
    def foot(self) -> tuple[str, ...]:
        """What stands under the table: the check, what is missing, edits, the source."""
        return tuple(self._foot())

    def _foot(self) -> Iterator[str]:
        t = self.messages
        yield self.check.line(t)
        yield from self.check.missing(t)
        yield from self.remarks
        if self.edits:
            yield t("duty_table.edits")
            yield from (self.say_edit(edit) for edit in self.edits)
        yield t("duty_table.source", name=self.source.name, sha256=self.source.sha256)
        if self.version:
            yield t("duty_table.made", version=self.version)

    def say_edit(self, edit: Edit) -> str:
        machine, human = (
            single_line(value) or self.messages("duty_table.nothing") for value in (edit.machine, edit.human)
        )
        label = self.messages(f"duty_column.{edit.column}")
        return self.messages("duty_table.edit", clause=edit.clause, column=label, machine=machine, human=human)


def build_duty_table(
    notice: Notice, source: Source, options: DutyOptions | None = None, *, version: str = ""
) -> DutyTable:
    """The table of a notice; drafts for a lower level are made by `templates.draft.build_draft`."""
    options = options or DutyOptions()
    messages = load_messages(options.lang)
    duties = read_duties(notice, source, messages, infer_lead=options.infer_lead)
    items = group(duties, options.by, messages)
    return DutyTable(
        title=messages("duty_table.title"),
        subject=say_subject(notice, source, messages),
        labels=column_labels(options.by, messages),
        items=items,
        check=count_rows([clause.id for clause in operative_clauses(notice)], items_duties(items)),
        options=options,
        messages=messages,
        notice=notice,
        source=source,
        version=version,
    )


def items_duties(items: Sequence[Heading | DutyRow]) -> tuple[Duty, ...]:
    return tuple(item.duty for item in items if isinstance(item, DutyRow))


def say_subject(notice: Notice, source: Source, messages: Messages) -> str:
    title = messages("duty_table.subject", title=notice.title or source.name)
    return title + (messages("duty_table.number", number=notice.document_number) if notice.document_number else "")


def column_labels(by: Grouping, messages: Messages) -> dict[str, str]:
    shown = {"lead": "role", "responsible": "partners"} if by is Grouping.DEPARTMENT else {}
    return {name: messages(f"duty_column.{shown.get(name, name)}") for name in COLUMNS}


def group(duties: Sequence[Duty], by: Grouping, messages: Messages) -> tuple[Heading | DutyRow, ...]:
    from templates.duty_groups import by_deadline, by_department

    match by:
        case Grouping.CLAUSE:
            return tuple(by_clause(duties, messages))
        case Grouping.DEPARTMENT:
            return tuple(by_department(duties, messages))
        case Grouping.DEADLINE:
            return tuple(by_deadline(duties, messages))


def by_clause(duties: Sequence[Duty], messages: Messages) -> Iterator[Heading | DutyRow]:
    """In the order of the notice, under its headings."""
    shown: tuple[str, ...] = ()
    for duty in duties:
        same = next(
            (i for i, (a, b) in enumerate(zip(shown, duty.headings, strict=False)) if a != b),
            min(len(shown), len(duty.headings)),
        )
        for depth in range(same, len(duty.headings)):
            under = sum(1 for other in duties if other.headings[: depth + 1] == duty.headings[: depth + 1])
            text = messages("duty_table.section", heading=duty.headings[depth], n=under)
            yield Heading(text=text, depth=depth)
        shown = duty.headings
        yield DutyRow(duty=duty, cells=build_cells(duty, messages))


def build_cells(duty: Duty, messages: Messages) -> dict[str, Text]:
    return {
        "number": str(duty.number),
        "task": duty.task,
        "measure": duty.measure,
        "lead": say_lead(duty, messages),
        "responsible": say_others(duty, messages),
        "deadline": say_dates(duty.dates, messages),
        "basis": duty.basis,
        "note": "；".join(duty.notes),
    }
