"""Phrases to days: years that a text leaves out, offsets, and what cannot be settled.

A year left out is the one stated just before in the sentence, else that of the next such day after the notice
was issued.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from extract.lexicon import load
from extract.mentions.context import Context
from extract.mentions.date_moments import WHOLE, WITHIN, Moment
from extract.mentions.date_phrases import Offset, Phrase, Side
from extract.mentions.date_values import FIRST_YEAR, LAST_YEAR, Days, add_days, add_months
from extract.mentions.workdays import add_workdays
from extract.notice import DateMention

YEARS = load("dates")["years"]
ISSUE_SHIFT: dict[str, int] = YEARS["issue"] | {WHOLE: 0, WITHIN: 0}
STATED_SHIFT: dict[str, int] = YEARS["stated"]

HALF_A_YEAR = 183  # days
NO_ISSUE_DATE = "成文日期不明，年份无法确定"
NO_SUCH_DAY = "历法上没有这一天"
REVERSED = "起止颠倒"


class Reading(NamedTuple):
    """Days, or why there are none."""

    days: Days | None
    problem: str | None = None
    whole: Days | None = None  # before the bound cut a side off


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the sentence has said so far. Changes as phrases are read in order."""

    context: Context
    year: int | None = None
    last: Days | None = None
    unsettled: str | None = None  # why the year stated last is not known
    every: DateMention | None = None  # the last 每年
    effective_on: date | None = None  # kept across sentences: 自…起施行

    def forget(self) -> None:
        """A new sentence begins."""
        self.year = None
        self.last = None
        self.unsettled = None

    @property
    def issue_year(self) -> int | None:
        return self.context.issued_on.year if self.context.issued_on else self.context.year

    def is_past(self, days: Days) -> bool:
        """Over before the notice was issued."""
        if days.end is None or self.issue_year is None:
            return False
        issued_on = self.context.issued_on
        return days.end < issued_on if issued_on else days.end.year < self.issue_year


def read_phrase(phrase: Phrase, memory: Memory) -> Reading:
    """The days a phrase spans, before its side is cut off; remembers them."""
    reading = _read_span(phrase, memory) if phrase.last is not None else read_moment_days(phrase.first, phrase, memory)
    if reading.days is None:
        if phrase.first.year_word in STATED_SHIFT:  # 毕业当年6月底前…，12月底前…
            memory.unsettled = reading.problem
        return reading
    _remember(phrase, reading.days, memory)
    return close_side(phrase, reading.days)._replace(whole=reading.days)


def _remember(phrase: Phrase, days: Days, memory: Memory) -> None:
    """A year goes on to what follows, unless it only says how far a goal reaches (到2025年, “十四五”期间)."""
    memory.last = days
    if phrase.first.gives_year:
        memory.unsettled = None
    stated = [moment for moment in (phrase.first, phrase.last) if moment is not None and moment.gives_year]
    if not stated:
        return
    plain = phrase.last is None and phrase.side in {Side.PLAIN, Side.WITHIN}
    within_year = any(moment.months is not None or moment.edge is not None for moment in stated)
    memory.year = days.end.year if days.end is not None and (plain or within_year) else None
    if any(moment.year is not None or moment.fixed is not None for moment in stated):
        memory.every = None


def close_side(phrase: Phrase, days: Days) -> Reading:
    """截至 leaves only the end, 起 only the start; an offset moves on from there."""
    if phrase.offset is not None:
        return _add_offset(phrase.offset, days, spans=phrase.last is not None)
    if phrase.side is Side.AROUND:
        return Reading(None, "“前后”“左右”没有确切的日子")
    if phrase.side is Side.AFTER and not (phrase.first.is_day or phrase.inclusive):
        return Reading(None, "“后”是否含当年（季、月）不明")
    if phrase.side in {Side.SINCE, Side.AFTER, Side.LASTING}:
        return Reading(Days(days.start, None))
    if phrase.side is Side.BEFORE:
        return _before(phrase, days)
    return Reading(Days(None, days.end) if phrase.side is Side.UNTIL else days)


def _before(phrase: Phrase, days: Days) -> Reading:
    if phrase.exclusive:
        previous = add_days(days.start, -1) if days.start else None
        return Reading(Days(None, previous)) if previous else Reading(None, NO_SUCH_DAY)
    if phrase.first.is_day or phrase.inclusive or phrase.first.decade is not None:
        return Reading(Days(None, days.end))
    return Reading(None, "“前”是否含当年（季、月）不明")


def _add_offset(offset: Offset, days: Days, *, spans: bool) -> Reading:
    base = days.end if spans else days.start
    assert base is not None
    end = _count_from(base, offset)
    if end is None:
        return Reading(None, "该年度节假日安排未收录" if offset.unit == "工作日" else NO_SUCH_DAY)
    if offset.after:
        return Reading(Days(end, None))
    return Reading(Days(None, add_days(end, -1) if offset.lasting else end))


def _count_from(base: date, offset: Offset) -> date | None:
    if offset.unit == "工作日":
        return add_workdays(base, offset.count)
    if offset.unit == "日":
        return add_days(base, offset.count)
    return add_months(base, offset.count * (12 if offset.unit == "年" else 1))


def read_moment_days(moment: Moment, phrase: Phrase, memory: Memory) -> Reading:
    if moment.problem is not None:
        return Reading(None, moment.problem)
    if moment.issuance is not None:
        return _read_issuance(moment.issuance, memory)
    if moment.lacks_year:
        return _read_yearless(moment, phrase, memory)
    # 2019年上半年、全年; 截至2019年末…，全年完成…: a year that is over, not the one ahead
    over = memory.year is not None and memory.issue_year is not None and memory.year < memory.issue_year
    goes_on = (moment.year_word == WHOLE and over) or (
        moment.year_word in {WHOLE, WITHIN} and phrase.linked and memory.year is not None
    )
    year = memory.year if goes_on else _year_of(moment, memory)
    if year is None:
        return Reading(None, _missing_year(moment))
    return _in_year(moment, year)


def _in_year(moment: Moment, year: int) -> Reading:
    days = moment.days(year) if FIRST_YEAR <= year <= LAST_YEAR else None
    return Reading(days, None if days else NO_SUCH_DAY)


def _read_issuance(kind: str, memory: Memory) -> Reading:
    day = memory.context.issued_on if kind == "印发" else memory.effective_on
    if day is not None:
        return Reading(Days(day, day))
    return Reading(None, "成文日期不明" if kind == "印发" else "施行日期见他处")


def _year_of(moment: Moment, memory: Memory) -> int | None:
    if moment.year is not None or moment.fixed is not None:
        return moment.year or FIRST_YEAR
    word = moment.year_word or ""
    if word in STATED_SHIFT:
        return memory.year + STATED_SHIFT[word] if memory.year is not None else None
    if word == "当年" and memory.year is not None:
        return memory.year
    return memory.issue_year + ISSUE_SHIFT[word] if memory.issue_year is not None else None


def _missing_year(moment: Moment) -> str:
    return "所指年份以文中所述事项为准" if moment.year_word in STATED_SHIFT else NO_ISSUE_DATE


def _read_yearless(moment: Moment, phrase: Phrase, memory: Memory) -> Reading:
    if memory.unsettled is not None:
        return Reading(None, memory.unsettled)
    inherited = _inherited(moment, phrase, memory)
    if inherited is not None:
        return Reading(inherited)
    issued_on, year = memory.context.issued_on, memory.issue_year
    needs_day = moment.months is not None and moment.months[0] == moment.months[1]
    if year is None or (issued_on is None and needs_day):
        return Reading(None, NO_ISSUE_DATE)
    reading = _in_year(moment, year)
    days = reading.days
    if days is None or days.end is None or issued_on is None or days.end >= issued_on:
        return reading
    return reading if _looks_back(phrase, days.end, issued_on, needs_day) else _in_year(moment, year + 1)


def _looks_back(phrase: Phrase, end: date, issued_on: date, needs_day: bool) -> bool:
    """以来 and 上半年 without a bound word look back, as does 截至 a day not long past; all else lies ahead."""
    if phrase.side is Side.LASTING:
        return True
    if phrase.cues and phrase.cues[0].startswith("截"):
        return (issued_on - end).days <= HALF_A_YEAR
    return phrase.side in {Side.PLAIN, Side.WITHIN} and not needs_day


def _inherited(moment: Moment, phrase: Phrase, memory: Memory) -> Days | None:
    """The moment in the year stated just before, where the text goes on from there."""
    if memory.year is None or memory.last is None:
        return None
    days = moment.days(memory.year)
    if days is None or days.end is None:
        return None
    if phrase.linked:
        return days
    earlier = memory.last.start or memory.last.end
    if earlier is not None and days.end < earlier:
        return None
    bound = phrase.side in {Side.UNTIL, Side.BEFORE, Side.SINCE, Side.AFTER}
    return days if not memory.is_past(days) or (memory.is_past(memory.last) and not bound) else None


def _read_span(phrase: Phrase, memory: Memory) -> Reading:
    """From the first moment's first day to the second's last; each lends the other what it lacks."""
    first, last = phrase.first, phrase.last
    assert last is not None
    if first.problem or last.problem:
        return Reading(None, first.problem or last.problem)
    opening = _read_opening(phrase, memory)
    if opening.days is None:
        return opening
    closing = _read_closing(last, opening.days, first, memory)
    if closing.days is None:
        return closing
    start, end = opening.days.start, closing.days.end
    if start is None or end is None or start > end:
        return Reading(None, REVERSED)
    return Reading(Days(start, end))


def _read_opening(phrase: Phrase, memory: Memory) -> Reading:
    first, last = phrase.first, phrase.last
    assert last is not None
    if not first.lacks_year:
        return read_moment_days(first, phrase, memory)
    if last.year is not None:
        days = first.days(last.year)
        late = last.days(last.year)
        if days and late and days.start and late.end and days.start > late.end:
            return _in_year(first, last.year - 1)
        return Reading(days, None if days else NO_SUCH_DAY)
    # Yearless on both sides: the span counts as ahead as long as its end is.
    ends_later = last if last.lacks_year else first
    anchor = _read_yearless(ends_later, phrase, memory)
    if anchor.days is None or anchor.days.end is None:
        return anchor
    days = first.days(anchor.days.end.year)
    if days and days.start and days.start > anchor.days.end:
        return _in_year(first, anchor.days.end.year - 1)
    return Reading(days, None if days else NO_SUCH_DAY)


def _read_closing(last: Moment, opening: Days, first: Moment, memory: Memory) -> Reading:
    assert opening.start is not None
    if last.issuance is not None:
        return _read_issuance(last.issuance, memory)
    if last.year is not None or last.fixed is not None:
        return _in_year(last, last.year or FIRST_YEAR)
    if last.year_word in STATED_SHIFT:
        return _in_year(last, opening.start.year + STATED_SHIFT[last.year_word])
    if last.year_word is not None:
        year = _year_of(last, memory)
        return _in_year(last, year) if year is not None else Reading(None, NO_ISSUE_DATE)
    reading = _in_year(last, opening.start.year)
    if first.lacks_year and reading.days and reading.days.end and reading.days.end < opening.start:
        return _in_year(last, opening.start.year + 1)
    return reading
