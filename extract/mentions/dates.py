"""Dates of a clause: text in, `DateMention`s out, sorted and apart.

The quote is the date with its bound word (截至2021年12月31日). What the text does not settle is `None` and says why
in `problem`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from extract.mentions.context import Context
from extract.mentions.date_names import find_names
from extract.mentions.date_phrases import NOT_EARLIER, Phrase, Side, find_phrases
from extract.mentions.date_readings import STATED_SHIFT, Memory, Reading, read_phrase
from extract.mentions.date_roles import is_statistic, role_of
from extract.mentions.date_terms import find_events, find_ongoing, find_seasons, find_terms
from extract.mentions.date_values import Days, parse_date
from extract.mentions.recurrence_rules import NO_SINGLE_RULE, yearly_rule_of
from extract.mentions.recurrences import find_other_months, find_recurrences, same_sentence
from extract.mentions.web_addresses import find_web_addresses
from extract.notice import DateMention, DateRole
from extract.span import Span

__all__ = ["find_dates", "parse_date"]

SENTENCE_END = re.compile(r"[。！？]")
INTERVAL = re.compile(r";INTERVAL=\d+")
CYCLE_WORDS = frozenset({"上年", "上一年", "上个年", "前一年", "本年", "下年", "下一年", "下个年", "当年"})
TURNING = "所指年份逐年变化"
PER_WHAT = frozenset("人户家名亩台辆吨只头岗期次班校村镇")  # 每人每年5000元 says a rate, not a rhythm


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_Item = TypeVar("_Item", bound=_Spanned)


def find_dates(text: str, context: Context) -> tuple[DateMention, ...]:
    """All dates of a normal text. `context.issued_on` settles what counts from the notice."""
    names = tuple(sorted((*find_names(text), *find_web_addresses(text))))
    recurring = list(_apart(_outside(names, _find_recurring(text, context))))
    dated = list(_read_phrases(text, context, _outside(names, find_phrases(text)), recurring))
    starts = [mention for mention in dated if mention.role is DateRole.EFFECTIVE and not _is_limit(mention.cues)]
    others = [*find_terms(text, starts), *find_events(text), *find_ongoing(text), *find_seasons(text)]
    others.sort(key=_place)
    return tuple(_apart([*dated, *recurring, *_outside(names, others)]))


def _find_recurring(text: str, context: Context) -> list[DateMention]:
    found = list(find_recurrences(text))
    monthly = [mention for mention in found if _has_rhythm(mention, "FREQ=MONTHLY")]
    found += find_other_months(text, monthly, context.issued_on)
    return sorted(found, key=_place)


def _has_rhythm(mention: DateMention, frequency: str) -> bool:
    return mention.rrule is not None and mention.rrule.startswith(frequency) and "INTERVAL" not in mention.rrule


def _place(item: _Spanned) -> tuple[int, int]:
    """Earlier first, of two at one place the longer."""
    return item.span.start, -item.span.end


def _outside(names: Sequence[Span], items: Iterable[_Item]) -> Iterator[_Item]:
    """Items that are no part of a name; names and items are sorted.

    An item may hold or fill a name: “十四五”期间, a date in quotation marks.
    """
    at = 0
    for item in items:
        while at < len(names) and names[at].end <= item.span.start:
            at += 1
        name = names[at] if at < len(names) else None
        if name is None or not item.span.overlaps(name) or item.span.contains(Span(name.start + 1, name.end - 1)):
            yield item


def _apart(found: Iterable[DateMention]) -> Iterator[DateMention]:
    """Sorted; of two that overlap the first."""
    end = 0
    for mention in sorted(found, key=_place):
        if mention.span.start >= end:
            yield mention
            end = mention.span.end


def _read_phrases(
    text: str, context: Context, phrases: Iterable[Phrase], recurring: Sequence[DateMention]
) -> Iterator[DateMention]:
    """In order, for a phrase leans on those before it in its sentence. `recurring`: sorted and apart."""
    memory = Memory(context=context)
    at = ahead = 0
    for phrase in phrases:
        while ahead < len(recurring) and recurring[ahead].span.end <= phrase.span.start:
            if (recurring[ahead].rrule or "").startswith("FREQ=YEARLY") and not _is_rate(text, recurring[ahead]):
                memory.every = recurring[ahead]
            ahead += 1
        if ahead < len(recurring) and recurring[ahead].span.overlaps(phrase.span):
            continue
        if SENTENCE_END.search(text, at, phrase.span.start):
            memory.forget()
        at = max(at, phrase.span.start)
        mention = _recurring(text, phrase, memory) or _dated(text, phrase, memory)
        if mention is not None:
            yield mention


def _is_rate(text: str, mention: DateMention) -> bool:
    return text[max(0, mention.span.start - 1) : mention.span.start] in PER_WHAT


def _recurring(text: str, phrase: Phrase, memory: Memory) -> DateMention | None:
    """每年3月底前…，12月底前…: what follows 每年 comes round with it."""
    every, moment = memory.every, phrase.first
    if every is None or phrase.offset is not None or not same_sentence(text, every.span.end, phrase.span.start):
        return None
    if not (moment.lacks_year or moment.year_word in {"次年", "翌年", "当年", "同年"}):
        return None
    rule = yearly_rule_of(moment, phrase.last)
    if rule and (interval := INTERVAL.search(every.rrule or "")):
        rule = rule.replace("FREQ=YEARLY", f"FREQ=YEARLY{interval.group()}")  # 每两年…，于11月10日前
    if rule is None and phrase.last is None:
        return None
    return DateMention(
        quote=text[phrase.span.start : phrase.span.end],
        span=phrase.span,
        role=DateRole.RECURRING,
        start=None,
        end=None,
        rrule=rule,
        rule="recurrence.inherited",
        cues=(every.quote, *phrase.cues),
        problem=None if rule else NO_SINGLE_RULE,
    )


def _dated(text: str, phrase: Phrase, memory: Memory) -> DateMention | None:
    turning = _turns_with_cycle(text, phrase, memory)
    reading = Reading(None, TURNING) if turning else read_phrase(phrase, memory)
    days = reading.days or Days(None, None)
    past = reading.whole is not None and memory.is_past(reading.whole)
    role = role_of(text, phrase, past=past or (memory.issue_year is None and is_statistic(text, phrase)))
    if role is DateRole.EFFECTIVE and days.start and not _is_limit(phrase.cues):
        memory.effective_on = days.start
    if not _is_worth_telling(phrase, reading):
        return None
    days = _one_sided(role, phrase, days)
    return DateMention(
        quote=text[phrase.span.start : phrase.span.end],
        span=phrase.span,
        role=role,
        start=days.start,
        end=days.end,
        rule=f"date.{phrase.side}",
        cues=phrase.cues,
        problem=reading.problem,
    )


def _is_limit(cues: Sequence[str]) -> bool:
    """开工时间不得早于2023年9月1日 says nothing of the notice's own first day."""
    return bool(cues) and cues[0].endswith(NOT_EARLIER)


def _turns_with_cycle(text: str, phrase: Phrase, memory: Memory) -> bool:
    """每年2月底前完成上年度清算: which year that is changes every year."""
    every, word = memory.every, phrase.first.year_word
    return every is not None and word in CYCLE_WORDS and same_sentence(text, every.span.end, phrase.span.start)


def _is_worth_telling(phrase: Phrase, reading: Reading) -> bool:
    """次年 alone tells nothing, nor does 印发之日 without what follows from it."""
    first = phrase.first
    if phrase.side is not Side.PLAIN or phrase.last is not None:
        return True
    if first.issuance:
        return False
    more = first.months is not None or first.edge is not None or first.problem is not None
    return more or reading.problem == TURNING or (reading.problem is None and first.year_word not in STATED_SHIFT)


def _one_sided(role: DateRole, phrase: Phrase, days: Days) -> Days:
    """A label such as 完成时限 or 施行日期 makes a plain day an end or a start."""
    if phrase.last is not None or phrase.offset is not None:
        return days
    if role in {DateRole.DEADLINE, DateRole.VALIDITY}:
        return Days(None, days.end)
    return Days(days.start, None) if role is DateRole.EFFECTIVE else days
