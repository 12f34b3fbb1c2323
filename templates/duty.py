"""A notice in, its duties out: one an operative clause, with who has to do it, until when, and where it says so.

A clause is operative if it is numbered and says something, or if it is unnumbered and charges somebody with
something by a day (请各市于12月16日前报省厅); in a notice without numbers the day may be missing. Headings with nothing
but clauses below them head a section. A clause that names nobody takes the departments stated for what it stands in,
with a note.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from extract.notice import Clause, DateMention, DateRole, Department, Notice, ResponsibilitySource, Role, Source
from extract.overdue import overdue
from templates.clause_table import say_pages
from templates.labels import Messages
from templates.marked_text import Segment
from templates.side import Side, build_side

LONGEST_HEADING = 50  # characters
STOP = re.compile(r"[。；！？：]")
DIGEST_LENGTH = 12  # hexadecimal digits: one chance in 10^8 that two of 1,000 rows are alike
DEADLINE_ROLES = (DateRole.DEADLINE, DateRole.VALIDITY, DateRole.RECURRING)
FUTURE_ROLES = (DateRole.PERIOD, DateRole.POINT)  # by when, unless they tell of the past: 2020年末结余

Text = str | tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Departments charged with a duty in one role."""

    role: Role
    departments: tuple[Department, ...]
    open_ended: bool = False  # 等
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One row of the table."""

    id: str  # of the clause; of a draft's item: clause and sentence, 四#2
    clause: str
    number: int  # 1-based, in the order of the notice
    headings: tuple[str, ...]  # as printed, outermost first
    task: str
    measure: Text
    charges: tuple[Charge, ...]
    dates: tuple[DateMention, ...]
    basis: str
    notes: tuple[str, ...]
    digest: str  # changes whenever the notice says something else here

    def charge(self, role: Role) -> Charge | None:
        return next((charge for charge in self.charges if charge.role is role), None)

    @property
    def departments(self) -> tuple[tuple[Department, Charge], ...]:
        return tuple((department, charge) for charge in self.charges for department in charge.departments)


def read_duties(notice: Notice, source: Source, messages: Messages, *, infer_lead: bool = False) -> tuple[Duty, ...]:
    """`infer_lead`: where no lead is stated, the first department listed is taken to lead, marked and with a note."""
    side = build_side("upper", notice, source, messages)
    duties = [_duty(side, clause, number) for number, clause in enumerate(operative_clauses(notice), 1)]
    return tuple(infer(duty, messages) for duty in duties) if infer_lead else tuple(duties)


def operative_clauses(notice: Notice) -> Iterator[Clause]:
    """Clauses that have to be carried out, in the order of the notice."""
    parents = {clause.parent for clause in notice.clauses}
    numbered = any(clause.level for clause in notice.clauses)
    for clause in notice.clauses:
        says_something = clause.id not in parents or (bool(clause.text) and not bare_heading(clause))
        if says_something and (clause.level or _charges_by(clause, notice, dated=numbered)):
            yield clause


def _charges_by(clause: Clause, notice: Notice, *, dated: bool) -> bool:
    """Whether unnumbered text charges somebody; `dated`: by a day."""
    return bool(charges(clause)) and (not dated or bool(current_dates(clause, notice)))


def bare_heading(clause: Clause) -> bool:
    """Words that only name a section: 优化服务 in 二、优化服务（市A局负责）."""
    return clause.heading is None and 0 < len(clause.text) <= LONGEST_HEADING and not STOP.search(clause.text)


def heading_of(clause: Clause) -> str:
    return clause.heading or (clause.text if bare_heading(clause) else "")


def charges(clause: Clause) -> tuple[Charge, ...]:
    """Departments of the statement in parentheses or of a table; without one, those the sentences charge.

    A lead that only a sentence names is added to a statement without one (由市财政局牵头……).
    """
    stated = _charges(clause, (ResponsibilitySource.PARENTHESIS, ResponsibilitySource.TABLE))
    said = _charges(clause, (ResponsibilitySource.SENTENCE,))
    if not stated:
        return said
    if any(charge.role is Role.LEAD for charge in stated):
        return stated
    return (*(charge for charge in said if charge.role is Role.LEAD), *stated)


def _charges(clause: Clause, sources: Iterable[ResponsibilitySource]) -> tuple[Charge, ...]:
    """One charge a role, each department once in the first role it is named in."""
    wanted = [item for item in clause.responsibilities if item.source in tuple(sources)]
    found: dict[Role, dict[str, Department]] = {}
    seen: set[str] = set()
    for role in Role:
        for item in wanted:
            for department in item.departments if item.role is role else ():
                if department.full_name not in seen:
                    seen.add(department.full_name)
                    found.setdefault(role, {})[department.full_name] = department
    return tuple(
        Charge(
            role=role,
            departments=tuple(departments.values()),
            open_ended=any(item.open_ended for item in wanted if item.role is role),
            inferred=any(item.inferred for item in wanted if item.role is role),
        )
        for role, departments in found.items()
    )


def current_dates(clause: Clause, notice: Notice) -> tuple[DateMention, ...]:
    """Dates by or at which something has to be done; not what is told of the past, nor the 每年 of an amount a year.

    A demand by a day that was over when the notice was issued stays, with a note (`date_notes`).
    """
    return tuple(
        mention for mention in clause.dates if _binds(mention, clause, notice.issued_on) or overdue(mention, notice)
    )


def _binds(mention: DateMention, clause: Clause, issued_on: date | None) -> bool:
    if mention.role in FUTURE_ROLES:
        return mention.end is not None and (issued_on is None or mention.end >= issued_on)
    if mention.role is DateRole.RECURRING:
        return not any(amount.span.overlaps(mention.span) for amount in clause.amounts)
    return mention.role in DEADLINE_ROLES or mention.ongoing


def _duty(side: Side, clause: Clause, number: int) -> Duty:
    t = side.messages
    bearer = _bearer(side, clause)
    charged = charges(bearer) if bearer else ()
    headings = _headings(side, clause)
    return Duty(
        id=clause.id,
        clause=clause.id,
        number=number,
        headings=headings,
        task=clause.heading or _heading_above(side, clause),
        measure=clause.text or clause.heading or "",
        charges=charged,
        dates=current_dates(clause, side.notice),
        basis=say_basis(side, clause, t),
        notes=tuple(_notes(side, clause, bearer)),
        digest=digest(side.notice, clause.id, side.notice.text[clause.span.start : clause.span.end]),
    )


def _heading_above(side: Side, clause: Clause) -> str:
    """The nearest heading that the clause stands under."""
    above = (heading_of(side.clauses[key]) for key in side.lineage(clause.id) if key != clause.id)
    return next(filter(None, above), "")


def _bearer(side: Side, clause: Clause) -> Clause | None:
    """The clause whose departments hold: itself, or the nearest above it that states some."""
    if charges(clause):
        return clause
    above = (side.clauses[key] for key in side.lineage(clause.id))
    return next((item for item in above if _stated(item)), None)


def _stated(clause: Clause) -> bool:
    return any(item.source is not ResponsibilitySource.SENTENCE for item in clause.responsibilities)


def _headings(side: Side, clause: Clause) -> tuple[str, ...]:
    """What a row stands under, as printed; an attachment's label stands above its parts."""
    above = [side.clauses[key] for key in side.ancestors(clause.id) if key != clause.id]
    head, mark, _ = clause.id.partition("/")
    label = (head,) if mark and head not in side.clauses and clause.level else ()
    return (*label, *(f"{item.marker or ''}{heading_of(item)}" for item in above if heading_of(item)))


def say_basis(side: Side, clause: Clause, messages: Messages) -> str:
    """The clause's id and, where the source has pages, its page: 四/18 第5页."""
    page = say_pages(side, clause)
    label = side.clause_label(clause.id)
    return f"{label} {messages('place.page', page=page)}" if page else label


def _notes(side: Side, clause: Clause, bearer: Clause | None) -> Iterator[str]:
    t = side.messages
    if bearer is not None and bearer is not clause:
        yield t("duty_note.inherited", clause=side.clause_label(bearer.id))
    if bearer is not None and not _stated(bearer):
        yield t("duty_note.from_sentence")
    if bearer is not None and any(item.by_duty for item in bearer.responsibilities):
        yield t("duty_note.by_duty")
    yield from date_notes(current_dates(clause, side.notice), side.notice, t)


def date_notes(mentions: Iterable[DateMention], notice: Notice, messages: Messages) -> Iterator[str]:
    """Dates that a person has to look at: past ones, and those not settled."""
    for mention in mentions:
        if mention.problem:
            yield messages("duty_note.problem", quote=mention.quote, problem=mention.problem)
        if overdue(mention, notice):
            yield messages("duty_note.overdue", quote=mention.quote)


def infer(duty: Duty, messages: Messages) -> Duty:
    """The first of the responsible departments as the lead, marked as inferred; unchanged where a lead is stated."""
    first = duty.charge(Role.RESPONSIBLE)
    if duty.charge(Role.LEAD) or first is None or not first.departments:
        return duty
    lead = Charge(role=Role.LEAD, departments=first.departments[:1], inferred=True)
    rest = replace(first, departments=first.departments[1:])
    others = (rest if charge is first else charge for charge in duty.charges)
    kept = tuple(charge for charge in others if charge.departments or charge.open_ended)
    return replace(duty, charges=(lead, *kept), notes=(*duty.notes, messages("duty_note.inferred")))


def digest(notice: Notice, name: str, words: str) -> str:
    """Names a row by what its notice says there: another notice or changed words give another name."""
    whole = "\n".join((notice.document_number or notice.title or "", name, words))
    return sha256(whole.encode()).hexdigest()[:DIGEST_LENGTH]
