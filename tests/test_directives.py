"""Directives: the force ladder as specs, and what must hold for any text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions.context import Context
from extract.mentions.directives import LONGEST_QUOTE, find_directives

SPECS = Path(__file__).parent / "specs" / "directives.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in SPECS.read_text("utf-8").splitlines()]
WORDS = [
    "应",
    "要",
    "可",
    "须",
    "不得",
    "严禁",
    "原则上",
    "鼓励",
    "支持",
    "、",
    "，",
    "。",
    "《",
    "》",
    "“",
    "”",
    "的",
    "尽",
    "企业",
    "确保",
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:24])
def test_force_follows_the_ladder(row: dict[str, Any]) -> None:
    """Each force word is found with its phrase, force and softening; words that only contain one are not."""
    found = [
        {"quote": directive.quote, "force": str(directive.force), "softened": directive.softened}
        for directive in find_directives(row["text"], Context())
    ]
    assert found == row["directives"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_quotes_stand_where_they_say(text: str) -> None:
    """No text breaks the finder; directives are sorted, apart, short and quoted from their place."""
    end = 0
    for directive in find_directives(text, Context()):
        assert directive.span.start >= end
        assert directive.quote == text[directive.span.start : directive.span.end] != ""
        assert len(directive.quote) <= LONGEST_QUOTE + 4
        end = directive.span.end


def test_a_softener_is_among_the_cues() -> None:
    """The record says which words made it: 原则上 and the force word."""
    (directive,) = find_directives("培训时间原则上每年不得少于40学时。", Context())
    assert directive.cues == ("原则上", "不得")
