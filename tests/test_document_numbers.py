"""Document numbers in running text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document_number import find_document_numbers, parse_document_number

SPECS = [
    json.loads(line)
    for line in (Path(__file__).parent / "specs" / "document_numbers.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["text"])
def test_numbers_are_found_with_their_code_and_their_words(spec: dict[str, Any]) -> None:
    """Each number is read as the standard would print it, and its span holds the words as printed."""
    found = find_document_numbers(spec["text"])

    assert [[str(number), spec["text"][slice(*number.span)]] for number in found] == spec["numbers"]
    assert sum(len(number.misprints) for number in found) == spec.get("misprints", 0)


def test_a_misprint_says_how_it_departs_from_the_standard() -> None:
    """A reader of the check sees which rule of 7.2.5 the print breaks."""
    number = parse_document_number("国办发(2021]第05号")

    assert number is not None
    assert number.canonical == "国办发〔2021〕5号"
    assert number.misprints == ("年份应用六角括号〔〕括入", "序号前不加“第”字", "序号不编虚位")


@pytest.mark.parametrize("text", ["", "通知", "按鲁政字〔2021〕136号办", "鲁政字〔2021〕136号、鲁政字〔2021〕137号"])
def test_only_a_line_that_is_one_number_is_parsed(text: str) -> None:
    """A line that says more than one number, or less, is no 发文字号 line."""
    assert parse_document_number(text) is None


@given(st.text(alphabet="鲁政人社字国办发〔〕[]（）2０1年第号、和根据 《》", max_size=80))
def test_any_text_gives_numbers_with_spans_in_order(text: str) -> None:
    """Whatever the text, spans lie in it, do not overlap and hold the year's digits."""
    end = 0
    for number in find_document_numbers(text):
        assert end <= number.span.start < number.span.end <= len(text)
        end = number.span.end
