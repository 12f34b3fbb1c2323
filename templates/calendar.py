"""Deadlines of a notice as a calendar file (RFC 5545): one all-day event a deadline or recurrence.

A deadline whose day could not be settled makes no event; the table names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from extract.notice import DateMention, Role
from extract.sentences import split_sentences
from templates.duty import Duty
from templates.duty_table import DutyTable
from templates.duty_words import say_date

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//duizhao//table//ZH"
SUMMARY_LENGTH = 40  # characters of the clause in an event's title
ONE_DAY = timedelta(days=1)
EPOCH = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    duty: Duty
    mention: DateMention
    day: date  # of the only or first event
    rrule: str | None


def render_calendar(table: DutyTable) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{table.title} {source_name(table)}")
    for due in find_dues(table):
        calendar.add_component(build_event(due, table))
    data: bytes = calendar.to_ical()
    return data


def find_dues(table: DutyTable) -> Iterator[Due]:
    """Each deadline of each clause once, in the order of the notice."""
    duties = {row.duty.id: row.duty for row in table.rows}
    for duty in sorted(duties.values(), key=lambda duty: duty.number):
        seen: set[tuple[date, str | None]] = set()
        for mention in duty.dates:
            day = mention.end if mention.rrule is None else first_day(mention, table.notice.issued_on)
            if day is not None and (day, mention.rrule) not in seen:
                seen.add((day, mention.rrule))
                yield Due(duty=duty, mention=mention, day=day, rrule=mention.rrule)


def first_day(mention: DateMention, issued_on: date | None) -> date | None:
    """The first day of a recurrence on or after its start or the notice's date; `None` without either."""
    from dateutil.rrule import rrulestr

    start = mention.start or issued_on
    if start is None or mention.rrule is None:
        return None
    try:
        rule = rrulestr(mention.rrule, dtstart=datetime.combine(start, time()))
    except ValueError:
        return None
    return next((moment.date() for moment in rule), None)


def build_event(due: Due, table: DutyTable) -> "Event":
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", f"{due.duty.digest}-{due.day:%Y%m%d}{'-r' if due.rrule else ''}@duizhao")
    issued = table.notice.issued_on or EPOCH
    event.add("dtstamp", datetime.combine(issued, time(), UTC))  # same notice, same bytes
    event.add("dtstart", due.day)
    event.add("dtend", due.day + ONE_DAY)  # exclusive (RFC 5545, 3.6.1)
    if due.rrule:
        event.add("rrule", vRecur.from_ical(due.rrule))
    event.add("summary", say_summary(due, table))
    event.add("description", say_description(due, table))
    event.add("transp", "TRANSPARENT")  # a deadline makes nobody busy
    event.add("categories", [table.messages(f"date_role.{due.mention.role}")])
    return event


def say_summary(due: Due, table: DutyTable) -> str:
    """Who and what: 市财政局等：阶段性降低失业……."""
    departments = due.duty.departments
    lead = due.duty.charge(Role.LEAD)
    first = lead.departments[0] if lead else departments[0][0] if departments else None
    name = first.full_name if first else table.messages("duty_table.no_department")
    more = table.messages("duty.open_ended") if len(departments) > 1 else ""
    text = sentence_with(due, table)
    short = text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1] + "…"
    return table.messages("duty.line", role=name + more, names=short)


def sentence_with(due: Due, table: DutyTable) -> str:
    """The sentence of the notice that names the date; the row's words where it stands in a column of its own."""
    clause = next((clause for clause in table.notice.clauses if clause.id == due.duty.clause), None)
    start = clause.span.start if clause else 0
    whole = table.notice.text[start : clause.span.end] if clause else ""
    for sentence in split_sentences(whole):
        span = sentence.shift(start)
        if span.contains(due.mention.span) and clause and any(body.overlaps(span) for body in clause.body):
            own = [table.notice.text[max(body.start, span.start) : min(body.end, span.end)] for body in clause.body]
            return "".join(own)
    return words(due.duty)


def say_description(due: Due, table: DutyTable) -> str:
    t = table.messages
    lines = [t("duty.line", role=t("duty_column.deadline"), names=say_date(due.mention, t).replace("\n", ""))]
    for charge in due.duty.charges:
        names = "、".join(department.full_name for department in charge.departments)
        ending = t("duty.open_ended") if charge.open_ended else ""
        lines.append(t("duty.line", role=t(f"role.{charge.role}"), names=names + ending))
    lines.append(t("duty.line", role=t("duty_column.measure"), names=words(due.duty)))
    lines.append(t("duty.line", role=t("duty_column.basis"), names=f"{source_name(table)} {due.duty.basis}"))
    return "\n".join(lines)


def source_name(table: DutyTable) -> str:
    return table.notice.document_number or table.notice.title or table.source.name


def words(duty: Duty) -> str:
    measure = duty.measure
    return measure if isinstance(measure, str) else "".join(segment.text for segment in measure)
