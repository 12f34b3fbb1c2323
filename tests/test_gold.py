"""Floors: what is read and compared, held against records made by hand from the notices.

A floor falls only in a commit that says why. The gold itself is fixed by `golden/SHA256SUMS`.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from scoring import Row, Tally, score_compare, score_extract

from compare import compare, pair_within
from compare import to_json as comparison_json
from corpus import samples as bundled
from extract import extract_bytes
from extract import to_json as document_json

GOLDEN = Path(__file__).parent / "golden"
SOURCES = {
    "dezhou-3": "德人社字〔2022〕3号",
    "jinan-16": "济政办函〔2021〕16号",
    "shandong-136": "济政办函〔2021〕16号",  # printed there as the attachment
}
EXTRACTED = {
    "clause ids": 1.0,
    "clause text exact": 1.0,
    "departments (parenthesis)": 1.0,
    "departments (sentence)": 0.95,
    "amounts": 0.98,
    "dates": 0.98,
    "citations": 1.0,
    "metadata": 1.0,
}
COMPARED = {"links": 1.0, "relations": 0.98, "changes (found, any type)": 0.97, "changes (typed)": 0.92}


@cache
def document(folder: str) -> Row:
    number = SOURCES[folder]
    record: Row = json.loads(document_json(extract_bytes(bundled.read(number), bundled.file_name(number))))
    return record


@cache
def comparison() -> Row:
    number = SOURCES["jinan-16"]
    read = extract_bytes(bundled.read(number), bundled.file_name(number))
    pair = pair_within(read)
    assert pair is not None
    compared = compare(*pair, upper_source=read.source, lower_source=read.source)
    record: Row = json.loads(comparison_json(compared))
    return record


def figure(tally: Tally) -> tuple[float, str]:
    """F1, and what was missed or falsely found, to be shown where a floor breaks."""
    return tally.row()["F1"], json.dumps({"missed": tally.missed, "false": tally.false}, ensure_ascii=False)


@pytest.mark.parametrize("folder", SOURCES)
@pytest.mark.parametrize("task", EXTRACTED)
def test_extraction_keeps_its_floor(folder: str, task: str) -> None:
    """Each kind of value is found as often and as exactly as it was before."""
    tallies = {tally.name: tally for tally in score_extract(GOLDEN / folder, document(folder))}
    reached, wrong = figure(tallies[task])

    assert reached >= EXTRACTED[task], wrong


@pytest.mark.parametrize("task", COMPARED)
def test_comparison_keeps_its_floor(task: str) -> None:
    """Jinan's plan against the provincial notice: links, relations and typed changes."""
    tallies = {tally.name: tally for tally in score_compare(GOLDEN, comparison())}
    reached, wrong = figure(tallies[task])

    assert reached >= COMPARED[task], wrong


def test_every_sentence_is_accounted_for() -> None:
    """Each sentence of either side stands in exactly one unit."""
    accounting = comparison()["accounting"]

    assert accounting["upper_accounted"] == accounting["upper_sentences"] > 60
    assert accounting["lower_accounted"] == accounting["lower_sentences"] > 60


def test_gold_is_the_gold_that_was_agreed() -> None:
    """Nobody passes a floor by changing the gold: its SHA-256 are part of the set."""
    lines = (GOLDEN / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {
        path.relative_to(GOLDEN).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in GOLDEN.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }

    assert there == listed
