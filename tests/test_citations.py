"""Citations of documents in running text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.citations import find_citations
from extract.mentions.context import Context

SPECS = [
    json.loads(line) for line in (Path(__file__).parent / "specs" / "citations.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["text"])
def test_documents_are_cited_with_title_number_and_issuer(spec: dict[str, Any]) -> None:
    """Each document cited is found once, with the words that cite it, and nothing else is."""
    found = find_citations(spec["text"], Context(**spec.get("context", {})))

    wanted = [(*row, None)[:5] for row in spec["citations"]]
    assert [(one.quote, one.title, one.document_number, one.issuer, one.alias) for one in found] == wanted
    assert all(spec["text"][slice(*one.span)] == one.quote for one in found)


def test_a_code_that_two_issuers_share_is_left_open_with_its_reason() -> None:
    """济政办函 may be Jinan's or Jining's: no issuer, and a problem that names the code."""
    (citation,) = find_citations("济政办函〔2021〕16号同时废止", Context(province="山东省"))

    assert citation.issuer is None
    assert citation.problem is not None
    assert "济政办函" in citation.problem


def test_a_misprinted_number_is_read_and_its_misprint_kept_as_a_cue() -> None:
    """The number is given as the standard prints it; how the print departs is told."""
    (citation,) = find_citations("按照鲁政办发(2023]3号执行", Context())

    assert citation.document_number == "鲁政办发〔2023〕3号"
    assert "年份应用六角括号〔〕括入" in citation.cues


def test_a_citation_names_its_rule_and_its_cues() -> None:
    """Every citation says which rule found it and by which signs."""
    (citation,) = find_citations("《关于稳就业的意见》（鲁政发〔2020〕1号）", Context())

    assert citation.rule == "title_number"
    assert citation.cues == ("《》", "鲁政发")


@given(
    st.text(alphabet="《》〈〉<>（）()〔〕[]2021第36号鲁政办发国务院令以下简称“”、和关于的通知意见。\n", max_size=120)
)
def test_any_text_gives_citations_in_order(text: str) -> None:
    """Whatever brackets are open or crossed, quotes are the text's own words in the text's order."""
    found = find_citations(text, Context(province="山东省", city="济南市"))

    assert [one.span for one in found] == sorted(one.span for one in found)
    assert all(one.quote and text[slice(*one.span)] == one.quote for one in found)
