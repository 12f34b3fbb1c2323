"""Deadlines as a calendar file: what a calendar program finds in it."""

from datetime import date, datetime, time

import vobject
from dateutil.rrule import rrulestr
from duties import HOSTILE, ROLES, plan_table, table_of
from icalendar import Calendar

from templates.duty_reports import render_duty_table
from templates.duty_table import DutyTable

LONGEST_LINE = 75  # octets (RFC 5545, 3.1)


def calendar_of(table: DutyTable) -> bytes:
    return render_duty_table(table, format="ics")


def events(table: DutyTable) -> list[vobject.base.Component]:
    """As another program's parser reads them."""
    calendar = vobject.readOne(calendar_of(table).decode())
    return list(calendar.contents.get("vevent", []))


def test_one_event_a_deadline_or_recurrence() -> None:
    """June's deadline, the policy's end and the monthly day are events on their days."""
    days = [(event.dtstart.value, event.dtend.value) for event in events(table_of(ROLES))]

    assert days == [
        (date(2023, 6, 30), date(2023, 7, 1)),
        (date(2024, 12, 31), date(2025, 1, 1)),
        (date(2023, 3, 5), date(2023, 3, 6)),
    ]


def test_recurrence_starts_on_its_first_day_and_goes_on() -> None:
    """每月5日 in a notice of 1 March: 5 March, then the 5th of every month."""
    event = events(table_of(ROLES))[2]
    rule = rrulestr(event.rrule.value, dtstart=datetime.combine(event.dtstart.value, time()))

    assert [moment.date() for moment in rule[:3]] == [date(2023, 3, 5), date(2023, 4, 5), date(2023, 5, 5)]


def test_event_names_department_clause_and_words() -> None:
    """Who, what and where it says so stand in the event."""
    first = events(table_of(ROLES))[0]

    assert first.summary.value == "市商务局等：开展“百展千企”行动，6月底前制定实施方案。"
    assert "牵头：市商务局" in first.description.value
    assert "配合：市财政局、市贸促会" in first.description.value
    assert "青政发〔2023〕5号 一/（一）" in first.description.value


def test_title_is_the_sentence_that_names_the_day() -> None:
    """Of a long clause the event shows the sentence with its date, not the first words."""
    text = ROLES.replace("开展“百展千企”行动，", "外贸是经济增长的重要力量。开展“百展千企”行动，")

    assert events(table_of(text))[0].summary.value.startswith("市商务局等：开展“百展千企”行动")


def test_events_have_ids_of_their_own_that_stay() -> None:
    """Importing the file again updates the events instead of doubling them."""
    first, second = (Calendar.from_ical(calendar_of(plan_table())) for _ in range(2))
    ids = [str(event["uid"]) for event in first.walk("VEVENT")]

    assert len(ids) == len(set(ids)) > 0
    assert ids == [str(event["uid"]) for event in second.walk("VEVENT")]


def test_lines_are_folded_and_signs_escaped() -> None:
    """No line is longer than 75 octets; commas, semicolons and line ends of a notice stay inside their value."""
    text = ROLES.replace("“百展千企”行动", "行动；BEGIN:VEVENT、a,b;c")
    data = calendar_of(table_of(text))

    assert all(len(line) <= LONGEST_LINE for line in data.split(b"\r\n"))
    assert len(events(table_of(text))) == 3
    assert "BEGIN:VEVENT" in events(table_of(text))[0].description.value


def test_notice_without_deadlines_is_an_empty_calendar() -> None:
    """A calendar program takes it and finds nothing."""
    assert events(table_of(HOSTILE)) == []


def test_deadlines_of_the_plan_are_all_there() -> None:
    """Every settled day of the bundled plan's table is an event."""
    table = plan_table()
    wanted = {
        (row.duty.digest, mention.end)
        for row in table.rows
        for mention in row.duty.dates
        if mention.end and not mention.rrule
    }
    found = {
        (str(event["uid"]).partition("-")[0], event["dtstart"].dt)
        for event in Calendar.from_ical(calendar_of(table)).walk("VEVENT")
        if "rrule" not in event
    }

    assert found == wanted
