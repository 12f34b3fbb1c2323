"""Dates of notices: the field's grammar as specs, and what must hold for any text."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions.context import Context
from extract.mentions.dates import find_dates, parse_date
from extract.notice import DateMention, DateRole

SPECS = Path(__file__).parent / "specs"
RULE = re.compile(  # RFC 5545, 3.3.10: a frequency first, then parts with lists of numbers or weekdays
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)"
    r"(?:;(?:INTERVAL=[1-9]\d*|BYSETPOS=-?[1-9]\d*"
    r"|BY(?:MONTH|MONTHDAY)=-?[1-9]\d*(?:,-?[1-9]\d*)*"
    r"|BYDAY=-?\d?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*))*"
)
ISSUED = Context(issued_on=date(2023, 3, 15), year=2023)
PIECES = [
    *"年月日至到前内起止后、，。；（）《》“”每第自从截—-.底末初旬周季度半上下",
    *(
        "2023",
        "2",
        "31",
        "十二",
        "二○二三",
        "99",
        "十四五",
        "期间",
        "印发之日起",
        "工作日内",
        "有效期",
        "5年",
        "次月",
        "今年",
        "上年度",
    ),
    *(
        "每年",
        "每季度",
        "每周",
        "第一个工作日",
        "首月",
        "最后一个周五",
        "至次年",
        "10日",
        "三",
        "结束后",
        "每隔",
        "按",
        "月度",
    ),
    *("2023年6月", "12月31日", "6月底前", "长期", "每月", "一季度", "收到申请之日", "3个", "试行", "截至", "次年"),
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SPECS / name).read_text("utf-8").splitlines()]


def context_of(row: dict[str, Any]) -> Context:
    issued_on = date.fromisoformat(row["issued_on"]) if row["issued_on"] else None
    return Context(issued_on=issued_on, year=row["year"])


def as_row(mention: DateMention) -> dict[str, Any]:
    row = {
        "quote": mention.quote,
        "role": str(mention.role),
        "start": mention.start.isoformat() if mention.start else None,
        "end": mention.end.isoformat() if mention.end else None,
        "rrule": mention.rrule,
    }
    return row | ({"ongoing": True} if mention.ongoing else {}) | ({"problem": True} if mention.problem else {})


@pytest.mark.parametrize("row", rows("dates.jsonl"), ids=lambda row: row["text"][:24])
def test_dates_are_read_as_the_field_writes_them(row: dict[str, Any]) -> None:
    """Each sentence gives exactly its dates: words, role, days, rule."""
    assert [as_row(mention) for mention in find_dates(row["text"], context_of(row))] == row["dates"]


@pytest.mark.parametrize("row", rows("dates_negative.jsonl"), ids=lambda row: row["text"][:24])
def test_what_only_looks_like_a_date_is_none(row: dict[str, Any]) -> None:
    """Document numbers, titles, durations, names and longer words hold no date."""
    assert [mention.quote for mention in find_dates(row["text"], ISSUED)] == []


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_quotes_stand_where_they_say(text: str) -> None:
    """No text breaks the finder; mentions are sorted, apart and quoted from their place."""
    for context in (ISSUED, Context(year=2021), Context()):
        end = 0
        for mention in find_dates(text, context):
            assert mention.span.start >= end
            assert mention.quote == text[mention.span.start : mention.span.end] != ""
            end = mention.span.end


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_period_ends_before_it_starts_and_no_null_is_silent(text: str) -> None:
    """Start never lies after end, a rule is one of RFC 5545; a mention that tells neither says why."""
    for mention in find_dates(text, ISSUED):
        assert mention.start is None or mention.end is None or mention.start <= mention.end
        assert mention.rrule is None or RULE.fullmatch(mention.rrule)
        told = mention.start or mention.end or mention.rrule or mention.ongoing
        assert told or mention.problem


@given(st.dates(min_value=date(1949, 10, 1), max_value=date(2100, 12, 31)))
def test_a_printed_day_is_that_day(day: date) -> None:
    """However a day is printed, it is read back."""
    arabic = f"{day.year}年{day.month}月{day.day}日"
    assert parse_date(arabic) == parse_date(day.isoformat()) == parse_date(f"{day.year}.{day.month}.{day.day}") == day
    (mention,) = find_dates(f"于{arabic}前完成。", ISSUED)
    assert mention.end == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二○二一年九月一日", date(2021, 9, 1)),
        ("二〇二二年十二月三十一日", date(2022, 12, 31)),
        ("二0二三年十月二十日", date(2023, 10, 20)),
        ("一九九八年三月十日", date(1998, 3, 10)),
        ("二零一九年元月八日", date(2019, 1, 8)),
    ],
)
def test_chinese_numerals_make_a_day(text: str, day: date) -> None:
    """成文日期 in Chinese numerals, with every zero in use."""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["2023年2月30日", "2023年13月1日", "1848年1月1日", "3000年1月1日", "2023年6月", "印发", ""]
)
def test_an_impossible_day_is_none(text: str) -> None:
    """A day the calendar does not have, a year out of range or no whole date is `None`."""
    assert parse_date(text) is None


def test_without_an_issue_date_a_day_without_a_year_stays_open() -> None:
    """Nothing is guessed: no 成文日期, no year, and the mention says so."""
    (mention,) = find_dates("于12月20日前报送。", Context(year=2021))
    assert (mention.start, mention.end, mention.role) == (None, None, DateRole.DEADLINE)
    assert mention.problem == "成文日期不明，年份无法确定"


def test_the_year_of_the_document_number_serves_for_whole_years() -> None:
    """上年度 and 年内 need only the year, which the document number gives."""
    mentions = find_dates("上年度未裁员的企业，年内给予返还。", Context(year=2021))
    assert [(mention.start, mention.end) for mention in mentions] == [
        (date(2020, 1, 1), date(2020, 12, 31)),
        (date(2021, 1, 1), date(2021, 12, 31)),
    ]


def test_working_days_follow_the_published_arrangements() -> None:
    """国庆 off and the working Sunday before it count as the State Council arranged; an unknown year is left open."""
    text = "应自本通知印发之日起3个工作日内反馈。"
    (known,) = find_dates(text, Context(issued_on=date(2021, 9, 29)))
    assert known.end == date(2021, 10, 9)  # 30 September, 8 October, and Saturday 9 October made a working day
    (unknown,) = find_dates(text, Context(issued_on=date(2099, 1, 5)))
    assert unknown.end is None
    assert unknown.problem == "该年度节假日安排未收录"
