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


UPPER = "鲁政字〔2021〕136号"
OTHERS = ("威人社字〔2023〕14号.txt", "潍人社字〔2023〕17号.txt")


def shared_row(record: Record) -> Record:
    """The first row of figures that several notices have."""
    rows = (row for topic in record["topics"] for row in topic["rows"])
    found: Record = next(row for row in rows if sum(figure is not None for figure in row["figures"]) > 1)
    return found


def changed_cell(record: Record) -> Record:
    """The first cell with a change that quotes both sides."""
    cells = (cell for row in record["rows"] for cell in row["cells"])
    found: Record = next(
        cell for cell in cells if any(one["upper_quote"] and one["lower_quote"] for one in cell["changes"])
    )
    return found


def both_quoted(cell: Record) -> Record:
    found: Record = next(one for one in cell["changes"] if one["upper_quote"] and one["lower_quote"])
    return found


MATRIX_EDITS: dict[str, Callable[[Record], None]] = {
    "columns[0].names_upper": lambda record: record["columns"][0].update(names_upper=False),
    "columns[0].summary.material": lambda record: record["columns"][0]["summary"].update(material=99),
    "columns[1].measures.reuse_share": lambda record: record["columns"][1]["measures"].update(reuse_share=1),
    "rows[0].cells[0].relation": lambda record: record["rows"][0]["cells"][0].update(relation="dropped"),
    "rows[0].cells[0].confidence": lambda record: record["rows"][0]["cells"][0].update(confidence=0.123),
    "headings[0].relations": lambda record: record["headings"][0].update(relations=["dropped", "dropped"]),
    "additions": lambda record: record["additions"].pop(),
    "surprise": lambda record: record.update(surprise=1),
    "rows[0] 一：": lambda record: record["rows"][0]["upper"].update(quote="别的话。"),
    "headings ": lambda record: record["headings"][0]["upper"].update(quote="别的小标题"),
    "rows[": lambda record: both_quoted(changed_cell(record)).update(lower_quote="别的话"),
}
TOPIC_EDITS: dict[str, Callable[[Record], None]] = {
    "topics[t1].label": lambda record: record["topics"][0].update(label="别的事"),
    "ranking.reason": lambda record: shared_row(record)["ranking"].update(reason="total"),
    "figures[0].kind": lambda record: next(
        figure for figure in shared_row(record)["figures"] if figure is not None
    ).update(kind="validity"),
    "notices[": lambda record: record["notices"][0].update(issued_on="2031-01-01"),
    "t1 ": lambda record: next(refs for refs in record["topics"][0]["passages"] if refs)[0].update(quote="别的话。"),
}


@pytest.fixture
def many(duizhao: Command, samples: Path, tmp_path: Path) -> Path:
    """Sources with the matrix and the topics made from them."""
    for name in (PLAN, *OTHERS):
        (tmp_path / name).write_bytes((samples / name).read_bytes())
    lowers = [tmp_path / PLAN, tmp_path / OTHERS[0]]
    duizhao("compare", f"{tmp_path / PLAN}#{UPPER}", *lowers, "-o", tmp_path / "all.matrix.json", "-q")
    duizhao("compare", "--topics", *(tmp_path / name for name in OTHERS), "-o", tmp_path / "topics.json", "-q")
    return tmp_path


@pytest.mark.parametrize("name", ["all.matrix.json", "topics.json"])
def test_many_notices_agree_with_their_sources(duizhao: Command, many: Path, name: str) -> None:
    """A matrix and topics are checked as a pair is: hundreds of quotes and values, all as they were."""
    run = duizhao("verify", many / name)

    assert run.status == 0, run.err
    quotes, values = (int(word) for word in run.out.replace("、", " ").split() if word.isdigit())
    assert quotes > 50
    assert values > 500


@pytest.mark.parametrize("field", MATRIX_EDITS)
def test_every_altered_value_of_a_matrix_is_named(duizhao: Command, many: Path, field: str) -> None:
    """Relations, measures, headings, quotes of sentences and changes: each alteration is one told problem or more."""
    alter(many / "all.matrix.json", MATRIX_EDITS[field])
    run = duizhao("verify", many / "all.matrix.json")

    assert run.status == 1
    assert field in run.err


@pytest.mark.parametrize("field", TOPIC_EDITS)
def test_every_altered_value_of_topics_is_named(duizhao: Command, many: Path, field: str) -> None:
    """Labels, ranks, kinds and quotes of topics are held against topics made anew."""
    alter(many / "topics.json", TOPIC_EDITS[field])
    run = duizhao("verify", many / "topics.json")

    assert run.status == 1
    assert field in run.err


@pytest.mark.parametrize("name", ["all.matrix.json", "topics.json"])
def test_one_changed_source_of_many_is_named(duizhao: Command, many: Path, name: str) -> None:
    """Bytes that differ are told with both hashes under the source's own name; the quotes are still looked up."""
    source = many / OTHERS[0]
    source.write_bytes(source.read_bytes() + "附记。".encode())
    run = duizhao("verify", many / name)

    assert run.status == 1
    assert run.err.startswith(f"{source}: ")
    assert "SHA-256" in run.err
    assert "处引文" in run.out


def test_a_result_of_another_schema_version_is_told(duizhao: Command, many: Path) -> None:
    """A later form of the matrix is not guessed at: the message names it and the forms that are known."""
    alter(many / "all.matrix.json", lambda record: record.update(schema="duizhao.matrix/2"))
    run = duizhao("verify", many / "all.matrix.json")

    assert run.status == 1
    assert "duizhao.matrix/2" in run.err
    assert "duizhao.matrix/1" in run.err


@pytest.mark.parametrize("words", ["", "\n", "[]", "{}", "[{}]"])
@pytest.mark.parametrize("name", ["empty.json", "empty.jsonl"])
def test_a_file_without_results_is_not_agreed_with(duizhao: Command, tmp_path: Path, name: str, words: str) -> None:
    """Nothing to check is no agreement: status 1 and a line that says so."""
    (tmp_path / name).write_text(words, "utf-8")
    run = duizhao("verify", tmp_path / name)

    assert run.status == 1
    assert "文件里没有可核对的结果" in run.err
    assert "一致" not in run.out + run.err


def test_a_missing_source_is_counted_apart(duizhao: Command, folder: Path) -> None:
    """What could not be looked at disagrees with nothing, and is no agreement either."""
    (folder / PLAN).unlink()
    run = duizhao("verify", folder / "document.json")

    assert run.status == 1
    assert "1 份原文件无法核对" in run.out
    assert "不符" not in run.out
    assert run.err.startswith(f"{folder / 'document.json'}: 无法核对：")


def test_missing_and_altered_are_two_numbers(duizhao: Command, many: Path) -> None:
    """One source gone and one quote of another altered: one is not checked, one does not agree."""
    alter(many / "all.matrix.json", lambda record: record["rows"][0]["upper"].update(quote="别的话。"))
    (many / OTHERS[0]).unlink()

    assert "1 处不符；1 份原文件无法核对" in duizhao("verify", many / "all.matrix.json").out


DAMAGES: dict[str, Callable[[Record], None]] = {
    "units[0].similarity": lambda record: record["units"][0].update(similarity="abc"),
    "units[2].relation": lambda record: record["units"][2].update(relation="gone"),
    "缺少 units[1].shape": lambda record: record["units"][1].pop("shape"),
    "upper.issued_on": lambda record: record["upper"].update(issued_on="2020-99-99"),
    "units 的类型不对": lambda record: record.update(units={}),
}


@pytest.mark.parametrize("field", DAMAGES)
def test_a_value_of_another_type_is_called_damage_and_named(duizhao: Command, folder: Path, field: str) -> None:
    """The auditor is told that the result was altered, and where; not that it is none of ours."""
    alter(folder / "comparison.json", DAMAGES[field])
    run = duizhao("verify", folder / "comparison.json")

    assert run.status == 1
    assert "已损坏或被改动" in run.err
    assert field in run.err


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_result_is_called_damaged(duizhao: Command, folder: Path, share: float) -> None:
    """Wherever it breaks off, in a character too, the place is named."""
    whole = (folder / "comparison.json").read_bytes()
    cut = whole[: int(len(whole) * share)]
    (folder / "comparison.json").write_bytes(cut)
    run = duizhao("verify", folder / "comparison.json")

    assert run.status == 1
    assert "已损坏或被改动" in run.err
    assert f"第 {len(cut)} 字节" in run.err


def test_a_damaged_line_of_many_is_named(duizhao: Command, folder: Path) -> None:
    """In a file of one record a line it is the line that is told."""
    duizhao("extract", folder / PLAN, "-o", folder / "lines.jsonl", "-q")
    line = (folder / "lines.jsonl").read_bytes().splitlines()[0]
    (folder / "lines.jsonl").write_bytes(line + b"\n" + line[:500] + b"\n")

    assert "第 2 行不是完整的一条记录" in duizhao("verify", folder / "lines.jsonl").err


def test_a_column_that_no_notice_has_is_told(duizhao: Command, many: Path) -> None:
    """An addition of a tenth notice in a matrix of two is no crash but a problem of its own."""
    alter(many / "all.matrix.json", lambda record: record["additions"][0]["members"][0].update(column=9))
    run = duizhao("verify", many / "all.matrix.json")

    assert run.status == 1
    assert "已损坏或被改动" in run.err


def test_other_files_are_still_called_no_result(duizhao: Command, tmp_path: Path) -> None:
    """JSON and prose that we never wrote are not called damaged."""
    for words in ('{"a": 1}', "hello", '{"a": ', '["x"]'):
        (tmp_path / "other.json").write_text(words, "utf-8")
        assert "不是 extract 或 compare 写出的" in duizhao("verify", tmp_path / "other.json").err
