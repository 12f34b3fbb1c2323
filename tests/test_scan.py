"""Patterns that are tried only at their first characters find what a plain search finds."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions import bounds, citations, date_moments, directives, parentheses, recurrences
from extract.mentions.scan import find_all, first_of

SPECS = Path(__file__).parent / "specs"
KINDS = ("amounts", "amounts_negative", "dates", "dates_negative", "responsibilities", "citations", "directives")
TEXTS = [
    json.loads(line)["text"] for kind in KINDS for line in (SPECS / f"{kind}.jsonl").read_text("utf-8").splitlines()
]
PAIRS = {
    "moment": (date_moments.MOMENT, date_moments.MOMENT_FIRST),
    "issuance": (date_moments.ISSUANCE, date_moments.ISSUANCE_FIRST),
    "every": (recurrences.EVERY, recurrences.EVERY_FIRST),
    "other month": (recurrences.OTHER_MONTH, recurrences.OTHER_MONTH_FIRST),
    "order": (citations.ORDER, citations.ORDER_FIRST),
    "first leads": (parentheses.FIRST_LEADS, parentheses.FIRST_LEADS_FIRST),
    "force word": (directives.FORCE_WORD, directives.FIRST),
}


@pytest.mark.parametrize("name", PAIRS)
def test_first_characters_lose_no_match(name: str) -> None:
    """On every spec text the places found are those of a search at every character."""
    pattern, first = PAIRS[name]

    for text in TEXTS:
        plain = [match.span() for match in pattern.finditer(text) if match.group()]
        assert [match.span() for match in find_all(pattern, first, text) if match.group()] == plain, text


def test_first_characters_lose_no_bound() -> None:
    """Before every figure the chain of bound words found is that of a search at every character."""
    pattern, first = bounds._chain(), bounds._chain_first()

    for text in TEXTS:
        for figure in re.finditer(r"(?<!\d)\d", text):
            plain = pattern.search(text, max(0, figure.start() - bounds.WINDOW), figure.start())
            found = next(find_all(pattern, first, text, max(0, figure.start() - bounds.WINDOW), figure.start()), None)
            assert (found and found.span()) == (plain and plain.span()), text


@given(st.text(alphabet="abcx", max_size=30), st.integers(0, 5), st.integers(0, 30))
def test_a_scan_is_a_search(text: str, start: int, end: int) -> None:
    """Within any limits, matches and their look-behinds are those of `finditer`."""
    pattern = re.compile("(?<!x)(?:ab?c?|b(?=c))")

    found = [match.span() for match in find_all(pattern, first_of(["ab", "b"]), text, start, end)]

    assert found == [match.span() for match in pattern.finditer(text, start, end)]
