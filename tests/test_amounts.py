"""Amounts against spec files written from the grammar of official notices, and against properties of any text."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.amounts import find_amounts
from extract.mentions.numerals import parse_number
from extract.mentions.table_amounts import header_unit, read_cell
from extract.notice import Amount, AmountKind, Bound

SPECS = Path(__file__).parent / "specs"
OPPOSITE = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
VALUES = ("quote", "kind", "low", "high", "unit", "bound", "strict")

# Words that make up amounts, for texts nobody would write.
PIECES = [
    *"一二三十百千万亿两半零几数多余",
    *[
        "1",
        "50",
        "2021",
        "3.5",
        "1,000",
        "%",
        "元",
        "万元",
        "亿元",
        "人",
        "个",
        "个月",
        "年",
        "日",
        "次",
        "倍",
        "成",
        "折",
    ],
    *[
        "不超过",
        "不低于",
        "最高",
        "至少",
        "超过",
        "以上",
        "以下",
        "以内",
        "左右",
        "约",
        "（含）",
        "达到",
        "不",
        "不得",
        "可",
    ],
    *[
        "每人",
        "每月",
        "每年",
        "/人",
        "·月",
        "单户",
        "人均",
        "每引进",
        "至",
        "—",
        "、",
        "和",
        "，",
        "。",
        "；",
        "“",
        "”",
        "《",
        "》",
    ],
    *["的，", "给予", "按", "对", "投资额", "第", "前", "〔", "〕", "号", "月", "分之", "翻", "番", "A4", "+", "企业"],
]
field_texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def spec(name: str) -> list[Any]:
    cases = map(json.loads, (SPECS / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [pytest.param(case, id=case["text"] or "empty") for case in cases]


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def shown(amount: Amount) -> dict[str, object]:
    return {name: getattr(amount, name) for name in VALUES} | {"per": sorted(amount.per)}


def wanted(case: dict[str, Any], found: Amount) -> dict[str, object]:
    """The case's values; where the bound is unsettled the case does not say which kind it is."""
    values = {name: case[name] for name in VALUES} | {"per": sorted(case["per"])}
    values |= {"low": number(case["low"]), "high": number(case["high"])}
    return values | ({"bound": found.bound} if case.get("problem") else {})


@pytest.mark.parametrize("case", spec("amounts"))
def test_values_are_as_the_notice_says(case: dict[str, Any]) -> None:
    """Each amount has the quote, value, unit, bound and per words that its phrase states, and nothing else is found."""
    found = find_amounts(case["text"])

    assert [amount.quote for amount in found] == [want["quote"] for want in case["amounts"]]
    assert [shown(amount) for amount in found] == [
        wanted(want, amount) for want, amount in zip(case["amounts"], found, strict=True)
    ]
    assert [amount.problem is not None for amount in found] == [bool(want.get("problem")) for want in case["amounts"]]


@pytest.mark.parametrize("case", [case for case in spec("amounts") if case.values[0]["group"] == "measure"])
def test_one_rule_is_one_measure(case: dict[str, Any]) -> None:
    """Rate, cap and term of one rule share a number; each tier knows the words of its condition."""
    found = find_amounts(case["text"])

    assert [amount.measure for amount in found] == [want.get("measure") for want in case["amounts"]]
    for amount, want in zip(found, case["amounts"], strict=True):
        if "condition" in want:
            assert amount.condition == want["condition"]


def test_no_bound_is_reversed() -> None:
    """Over the whole spec no floor is read as a ceiling and no ceiling as a floor."""
    cases = [case.values[0] for case in spec("amounts")]
    reversed_bounds = [
        (case["text"], amount.quote)
        for case in cases
        for amount, want in zip(find_amounts(case["text"]), case["amounts"], strict=False)
        if not want.get("problem") and amount.bound is OPPOSITE.get(want["bound"])
    ]

    assert reversed_bounds == []
    assert sum(case["group"] == "bound" for case in cases) >= 250


@pytest.mark.parametrize("case", spec("amounts_negative"))
def test_numbers_that_count_nothing_are_no_amounts(case: dict[str, Any]) -> None:
    """Names, slogans, dates, ordinals, document numbers, telephones and idioms give no amount."""
    assert find_amounts(case["text"]) == ()


@pytest.mark.parametrize("case", spec("numerals"))
def test_numerals_have_their_value(case: dict[str, Any]) -> None:
    """Arabic, Chinese and mixed numerals are read exactly; a word that is no number is none."""
    assert parse_number(case["text"]) == number(case["value"])


@pytest.mark.parametrize("negator", ["不", "不得", "不能", "不应", "不可", "严禁", "不得擅自", "不再", "一律不得"])
@pytest.mark.parametrize(("word", "plain"), [("超过", "min"), ("高于", "min"), ("低于", "max"), ("少于", "max")])
def test_a_negator_turns_a_comparison_over(negator: str, word: str, plain: str) -> None:
    """超过 is a strict floor and 不超过 an inclusive ceiling, whatever the negator."""
    (affirmed,) = find_amounts(f"支出比例{word}30%")
    (negated,) = find_amounts(f"支出比例{negator}{word}30%")

    assert (affirmed.bound, affirmed.strict) == (plain, True)
    assert (negated.bound, negated.strict) == (OPPOSITE[Bound(plain)], False)


@pytest.mark.parametrize("word", ["可超过", "不必低于", "不得不高于", "并非少于", "无需达到"])
def test_what_does_not_settle_a_bound_gives_none(word: str) -> None:
    """A permission or a double negation is neither floor nor ceiling: no value, and the reason is told."""
    (amount,) = find_amounts(f"支出比例{word}30%")

    assert (amount.low, amount.high) == (None, None)
    assert amount.problem


@given(field_texts | st.text())
def test_any_text_gives_quotes_at_their_places(text: str) -> None:
    """Whatever the text, amounts are in order, do not overlap, and quote the text at their span."""
    amounts = find_amounts(text)

    assert all(amount.quote == text[amount.span.start : amount.span.end] != "" for amount in amounts)
    assert all(one.span.end <= other.span.start for one, other in pairwise(amounts))


@given(field_texts)
def test_values_agree_with_their_bound(text: str) -> None:
    """A floor has only `low`, a ceiling only `high`, a range both in order; what is unsettled says why."""
    for amount in find_amounts(text):
        low, high = amount.low, amount.high
        if amount.problem:
            assert (low, high) == (None, None)
        elif amount.bound in (Bound.MIN, Bound.MAX):
            assert (low is None, high is None) == (amount.bound is Bound.MAX, amount.bound is Bound.MIN)
        else:
            assert low is not None
            assert high is not None
            assert low <= high


@given(
    st.text(max_size=12)
    | st.text(alphabet="〇零一二三四五六七八九十百千万亿两点余多0123456789.,%半分之成", max_size=12)
)
def test_any_text_is_a_number_or_none(text: str) -> None:
    """`parse_number` never fails and never gives a negative number."""
    value = parse_number(text)

    assert value is None or value >= 0


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_are_read_back(value: int) -> None:
    """Every whole number below 10¹² written in full Chinese numerals is read as itself."""
    assert parse_number(in_chinese(value)) == value


def in_chinese(value: int) -> str:
    if value == 0:
        return "零"
    sections = []
    for unit in ("", "万", "亿"):
        value, section = divmod(value, 10**4)
        sections.append((section, unit))
    text = ""
    for section, unit in reversed(sections):
        if not section:
            text += "零" if text and not text.endswith("零") else ""
            continue
        gap = "零" if text and section < 1000 and not text.endswith("零") else ""
        text += gap + section_in_chinese(section) + unit
    return text.rstrip("零")


def section_in_chinese(section: int) -> str:
    text = ""
    for digit, unit in zip(f"{section:04d}", ("千", "百", "十", ""), strict=True):
        if digit != "0":
            text += "零一二三四五六七八九"[int(digit)] + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("投资额（万元）", "万元"),
        ("增速（单位：%）", "%"),
        ("标准（元/人·月）", "元/人·月"),
        ("金额/亿元", "亿元"),
        ("备注", None),
    ],
)
def test_a_header_states_its_unit(header: str, unit: str | None) -> None:
    """The unit of a column stands in brackets or behind a stroke at the end of its header."""
    assert header_unit(header) == unit


def test_a_bare_cell_takes_the_unit_of_its_header() -> None:
    """1,200 under 投资额（万元） is twelve million yuan, quoted as it stands in the cell."""
    (amount,) = read_cell("1,200", "投资额（万元）")

    assert (amount.quote, amount.low, amount.unit) == ("1,200", Decimal(12_000_000), "CNY")
    assert amount.span == (0, 5)


def test_a_cell_without_any_unit_is_no_amount() -> None:
    """A number that neither cell nor header nor title gives a unit counts nothing."""
    assert read_cell("500", "人数情况") == ()
    assert [amount.unit for amount in read_cell("500", "人数情况", "补贴汇总表（单位：人）")] == ["人"]


def test_an_amount_tells_what_made_it() -> None:
    """The rule and the words that triggered it are kept with the value."""
    (amount,) = find_amounts("每人每月最高不超过500元")

    assert amount.cues == ("最高", "不超过", "每人每月")
    assert amount.rule == "quantity, bound before, per"
    assert amount.kind is AmountKind.MONEY
