"""`duizhao verify`: no value of a result can be altered without being named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLAN = "济政办函〔2021〕16号.txt"

Command = Callable[..., Any]
Record = dict[str, Any]


def first(record: Record, kind: str) -> Record:
    """The first mention of a kind in the first notice."""
    found: Record = next(clause[kind][0] for clause in record["notices"][0]["clauses"] if clause[kind])
    return found


def raise_amount(record: Record) -> None:
    amount = first(record, "amounts")
    name = "high" if amount["high"] is not None else "low"
    amount[name] *= 10


def drop_duty(record: Record) -> None:
    next(clause for clause in record["notices"][0]["clauses"] if clause["responsibilities"])["responsibilities"].pop()


DOCUMENT_EDITS: dict[str, Callable[[Record], None]] = {
    "amounts[0].": raise_amount,
    "issued_on": lambda record: record["notices"][0].update(issued_on="2031-01-01"),
    "title": lambda record: record["notices"][0].update(title="关于别的事的通知"),
    "document_number": lambda record: record["notices"][0].update(document_number="济政字〔2030〕1号"),
    "responsibilities": drop_duty,
    "dates[0].end": lambda record: first(record, "dates").update(end="2031-01-01"),
    "departments[0].key": lambda record: first(record, "responsibilities")["departments"][0].update(key="police"),
    "level": lambda record: record["notices"][0].update(level="county"),
    "surprise": lambda record: record.update(surprise=1),
    "source.size": lambda record: record["source"].update(size=1),
}
COMPARISON_EDITS: dict[str, Callable[[Record], None]] = {
    "relation": lambda record: record["units"][3].update(relation="dropped"),
    "summary.material": lambda record: record["summary"].update(material=99),
    "upper.title": lambda record: record["upper"].update(title="关于别的事的通知"),
    "measures.reuse_share": lambda record: record["measures"].update(reuse_share=1),
    "changes": lambda record: next(unit for unit in record["units"] if unit["changes"])["changes"].clear(),
    "similarity": lambda record: record["units"][0].update(similarity=0.123),
}


@pytest.fixture
def folder(duizhao: Command, samples: Path, tmp_path: Path) -> Path:
    """A source with the document and the comparison made from it."""
    (tmp_path / PLAN).write_bytes((samples / PLAN).read_bytes())
    duizhao("extract", tmp_path / PLAN, "-o", tmp_path / "document.json")
    duizhao("compare", tmp_path / PLAN, "-o", tmp_path / "comparison.json")
    return tmp_path


def alter(result: Path, edit: Callable[[Record], None]) -> None:
    record = json.loads(result.read_bytes())
    edit(record)
    result.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize("field", DOCUMENT_EDITS)
def test_every_altered_value_of_a_document_is_named(duizhao: Command, folder: Path, field: str) -> None:
    """A changed number, day, title or list is told in one line with its path, and the status is 1."""
    alter(folder / "document.json", DOCUMENT_EDITS[field])
    run = duizhao("verify", folder / "document.json")

    assert run.status == 1
    assert len(run.err.splitlines()) == 1
    assert field in run.err
    assert "1 处不符" in run.out


@pytest.mark.parametrize("field", COMPARISON_EDITS)
def test_every_altered_value_of_a_comparison_is_named(duizhao: Command, folder: Path, field: str) -> None:
    """The comparison is made anew, so that its conclusions are checked as well as its quotes."""
    alter(folder / "comparison.json", COMPARISON_EDITS[field])
    run = duizhao("verify", folder / "comparison.json")

    assert run.status == 1
    assert len(run.err.splitlines()) == 1
    assert field in run.err


def test_it_is_said_what_was_checked(duizhao: Command, folder: Path) -> None:
    """The line counts quotes and values, in both languages."""
    assert "处引文、" in duizhao("verify", folder / "document.json").out
    assert "个值，全部一致" in duizhao("verify", folder / "comparison.json").out
    assert " values checked, all agree" in duizhao("verify", folder / "document.json", "--lang", "en").out


def test_explanations_and_single_notices_agree_too(duizhao: Command, folder: Path) -> None:
    """A record of one notice of the file, of all, with explanations or as a line: each is held against the like."""
    for name, *options in (
        ("explained.json", folder / PLAN, "--explain"),
        ("one.json", f"{folder / PLAN}#鲁政字〔2021〕136号"),
        ("lines.jsonl", folder / PLAN),
    ):
        duizhao("extract", *options, "-o", folder / name, "-q")
        run = duizhao("verify", folder / name)
        assert run.status == 0, run.err


def test_an_altered_explanation_is_named(duizhao: Command, folder: Path) -> None:
    """The rule behind a value is a value too, where the record has it."""
    duizhao("extract", folder / PLAN, "--explain", "-o", folder / "explained.json", "-q")
    alter(folder / "explained.json", lambda record: first(record, "amounts").update(rule="made up"))

    assert "rule" in duizhao("verify", folder / "explained.json").err


def test_a_source_cut_in_a_character_is_named_itself(duizhao: Command, folder: Path) -> None:
    """It is the source that is damaged, not the result: its name stands first, with both hashes."""
    whole = (folder / PLAN).read_bytes()
    cut = whole[: len(whole) // 2]
    while True:
        try:
            cut.decode()
        except UnicodeDecodeError:
            break
        cut = cut[:-1]
    (folder / PLAN).write_bytes(cut)
    run = duizhao("verify", folder / "document.json")

    assert run.status == 1
    assert run.err.startswith(f"{folder / PLAN}: ")
    assert "SHA-256" in run.err.splitlines()[0]


def test_a_source_that_cannot_be_read_is_named_itself(duizhao: Command, folder: Path) -> None:
    """Bytes that are no text any more: hash and reason, both under the source's name."""
    (folder / PLAN).write_bytes(b"\xff\x00\x81" * 3000)
    run = duizhao("verify", folder / "document.json")

    assert run.status == 1
    assert [line.startswith(f"{folder / PLAN}: ") for line in run.err.splitlines()] == [True, True]
    assert "SHA-256" in run.err.splitlines()[0]
