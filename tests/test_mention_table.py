"""The long form of a document: one row a mention, for those who count and sum."""

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

Command = Callable[..., Any]

PLAN = "济政办函〔2021〕16号.txt"
KINDS = {
    "responsibilities": "责任单位",
    "amounts": "数量",
    "dates": "时间",
    "citations": "引用",
    "directives": "力度",
}


@pytest.fixture
def record(duizhao: Command, samples: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(duizhao("extract", samples / PLAN).out)
    return found


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def rows_of(duizhao: Command, samples: Path, *options: str) -> list[dict[str, str]]:
    return read_rows(duizhao("extract", samples / PLAN, "--format", "csv", *options).out)


def test_one_row_a_mention(duizhao: Command, samples: Path, record: dict[str, Any]) -> None:
    """Every mention of the record is one row of its kind; none is lost or doubled."""
    wanted: Counter[tuple[str, str]] = Counter(
        (label, mention["quote"])
        for notice in record["notices"]
        for clause in notice["clauses"]
        for kind, label in KINDS.items()
        for mention in clause[kind]
    )
    rows = rows_of(duizhao, samples, "--rows", "mentions")

    assert Counter((row["种类"], row["原话"]) for row in rows) == wanted
    assert {row["文件"] for row in rows} == {notice["document_number"] for notice in record["notices"]}


def test_values_are_those_of_the_record(duizhao: Command, samples: Path, record: dict[str, Any]) -> None:
    """Bounds, units, days and recurrences stand in columns of their own, as plain numbers and ISO days."""
    rows = rows_of(duizhao, samples, "--rows", "mentions")
    clauses = [clause for notice in record["notices"] for clause in notice["clauses"]]
    amounts = sorted(
        (amount["quote"], *("" if amount[name] is None else f"{amount[name]:g}" for name in ("low", "high")))
        for clause in clauses
        for amount in clause["amounts"]
    )
    dates = sorted(
        (one["quote"], one["start"] or "", one["end"] or "", one["rrule"] or "")
        for clause in clauses
        for one in clause["dates"]
    )

    assert (
        sorted(
            (row["原话"], *(f"{float(row[name]):g}" if row[name] else "" for name in ("下限", "上限")))
            for row in rows
            if row["种类"] == "数量"
        )
        == amounts
    )
    assert (
        sorted((row["原话"], row["起"], row["止"], row["重复规则"]) for row in rows if row["种类"] == "时间") == dates
    )


def test_departments_stand_beside_their_keys(duizhao: Command, samples: Path) -> None:
    """A row of duties has as many keys as departments, in the same order, and its role."""
    duties = [row for row in rows_of(duizhao, samples, "--rows", "mentions") if row["种类"] == "责任单位"]

    assert duties
    assert all(row["责任单位"].count("；") == row["职能键"].count("；") for row in duties)
    assert {row["类别或角色"] for row in duties} <= {"牵头", "责任", "配合"}


def test_rows_lead_back_to_the_clause(duizhao: Command, samples: Path) -> None:
    """The clause ids of the long form are those of the clause table."""
    mentions, clauses = rows_of(duizhao, samples, "--rows", "mentions"), rows_of(duizhao, samples)

    assert {(row["文件"], row["条款"]) for row in mentions} <= {(row["文件"], row["条款"]) for row in clauses}


def test_the_clause_table_has_the_directives(duizhao: Command, samples: Path, record: dict[str, Any]) -> None:
    """What a clause demands, and how strongly, stands in its row."""
    rows = {(row["文件"], row["条款"]): row["力度"] for row in rows_of(duizhao, samples)}
    for notice in record["notices"]:
        for clause in notice["clauses"]:
            if clause["directives"] and clause["level"]:
                said = rows[notice["document_number"], clause["id"]]
                assert all(directive["quote"] in said for directive in clause["directives"])

    assert any("：" in said for said in rows.values())


def test_the_workbook_has_both(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Clauses on the first sheet, mentions on the second, numbers as numbers."""
    out = tmp_path / "通知.xlsx"
    duizhao("extract", samples / PLAN, "-o", out)
    book = load_workbook(BytesIO(out.read_bytes()))
    rows = list(book["提及"].values)
    low = rows[0].index("下限")

    assert book.sheetnames == ["条款", "提及"]
    assert {type(row[low]) for row in rows[1:]} <= {int, float, type(None)}
    assert any(row[low] for row in rows[1:])


def test_markdown_takes_the_long_form_too(duizhao: Command, samples: Path) -> None:
    """`--rows mentions` holds for md; for json it is refused, which has all of it anyway."""
    assert "| 种类 |" in duizhao("extract", samples / PLAN, "--format", "md", "--rows", "mentions").out
    assert duizhao("extract", samples / PLAN, "--rows", "mentions").status == 2


def test_a_workbook_goes_through_a_pipe(samples: Path) -> None:
    """`-o -` with a binary format is written where standard output is no terminal."""
    run = subprocess.run(
        [sys.executable, "-m", "duizhao", "extract", str(samples / PLAN), "--format", "xlsx", "-o", "-"],
        capture_output=True,
        check=True,
        env=dict(os.environ),
    )

    assert load_workbook(BytesIO(run.stdout)).sheetnames


def test_cells_of_a_row_are_parted(duizhao: Command, tmp_path: Path) -> None:
    """400 and 700 side by side are two figures; the row shows its cells apart."""
    lines = [
        "某市人民政府办公厅关于下达目标的通知",
        "某政办发〔2023〕5号",
        "各区人民政府：",
        "现将目标下达给你们。",
        "附件：目标分解表",
        "某市人民政府办公厅",
        "2023年5月6日",
        "附件",
        "目标分解表",
        "序号\t区\t2023年（家）\t2025年（家）",
        "1\t东区\t400\t700",
        "2\t西区\t150\t290",
    ]
    path = tmp_path / "notice.txt"
    path.write_text("\n".join(lines), encoding="utf-8")

    rows = read_rows(duizhao("extract", path, "--format", "csv").out)
    assert "1｜东区｜400｜700" in [row["正文"] for row in rows]
