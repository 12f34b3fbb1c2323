"""Options of `duizhao compare` for researchers and pipelines: matrix, measures, topics, gates, confidence, redline."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cities import PLAN, PROVINCE
from drafting import draft_text

from compare import from_json
from compare.comparison import ChangeType
from duizhao import __version__
from duizhao.commands.compare import CONDITIONS, FORMATS, LEAST, ONE_A_PAIR, TOPIC_FORMATS
from duizhao.gate import CONDITIONS as GATES
from duizhao.screen import width
from templates.matrix_reports import MATRIX_REPORTS
from templates.row_view import DOUBTFUL
from templates.topic_reports import TOPIC_REPORTS

Command = Callable[..., Any]

LOAN = "对企业给予最高50万元奖补。"
JOBS = "开发一批农村护路、管水、保洁等乡村公益性岗位。"
DAY = "2023年12月31日前完成企业用工情况摸底排查。"
CITIES = {
    "济南": ("济南市人民政府", (LOAN.replace("50", "30"), JOBS, DAY)),
    "青岛": ("青岛市人民政府", (JOBS, DAY, "建立海上渔船船员培训基地。")),
    "照搬": ("济南市人民政府", (LOAN, JOBS, DAY)),
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A province and three cities: one changes a ceiling, one drops and adds a sentence, one copies."""
    texts = {"省": draft_text("山东省人民政府", (("主要任务", (LOAN, JOBS, DAY)),))}
    texts |= {name: draft_text(issuer, (("主要任务", sentences),)) for name, (issuer, sentences) in CITIES.items()}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return {name: tmp_path / f"{name}.txt" for name in texts}


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_tables_of_options_agree() -> None:
    """What the command offers is what the reports and the gate can do."""
    assert set(CONDITIONS) == set(GATES)
    assert set(TOPIC_FORMATS) == {*TOPIC_REPORTS, "json"}
    assert set(MATRIX_REPORTS) <= set(FORMATS)
    assert set(FORMATS) >= ONE_A_PAIR
    assert LEAST == DOUBTFUL


def test_one_file_for_several_notices_is_the_matrix(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """`-o 总表.html` with several lower notices is one page of all; a folder takes a report of each and that page."""
    one = duizhao("compare", files["省"], files["济南"], files["青岛"], "-o", tmp_path / "总表.html", "-q")
    many = duizhao(
        "compare", files["省"], files["济南"], files["青岛"], "-o", f"{tmp_path / '各地'}/", "--format", "md", "-q"
    )
    names = sorted(path.name for path in (tmp_path / "各地").iterdir())

    assert one.status == many.status == 0
    assert "上下级文件对照总表" in (tmp_path / "总表.html").read_text("utf-8")
    assert len(names) == 3
    assert sum("总表" in name for name in names) == 1


def test_notices_of_one_number_do_not_overwrite_each_other(
    duizhao: Command, files: dict[str, Path], tmp_path: Path
) -> None:
    """Two drafts under the same document number each have a report of their own."""
    run = duizhao(
        "compare", files["省"], files["济南"], files["照搬"], "-o", f"{tmp_path / '各地'}/", "--format", "docx"
    )

    assert run.status == 0
    assert len([path for path in (tmp_path / "各地").iterdir() if "总表" not in path.name]) == 2


def test_screen_sums_up_several_notices(duizhao: Command, files: dict[str, Path]) -> None:
    """Without `-o` each pair is shown and then what became of the upper sentences over all of them."""
    run = duizhao("compare", files["省"], files["济南"], files["青岛"])

    assert run.status == 0
    assert "上级 3 句对照 2 份本级文件" in run.out
    assert max(width(line) for line in run.out.splitlines()) <= 80


def test_matrix_as_data(duizhao: Command, files: dict[str, Path]) -> None:
    """matrix.json has a row an upper sentence, a cell a notice, and who is strictest."""
    run = duizhao("compare", files["省"], files["济南"], files["照搬"], "--format", "matrix.json")
    record = json.loads(run.out)

    assert record["schema"] == "duizhao.matrix/1"
    assert [cell["relation"] for cell in record["rows"][0]["cells"]] == ["modified", "verbatim"]
    assert record["rows"][0]["figures"][0]["ranking"]["strictest"] == [0]


@pytest.mark.parametrize(
    ("kind", "options"), [("matrix", ["--format", "matrix.json"]), ("topics", ["--topics", "--format", "json"])]
)
def test_data_is_valid_against_its_schema(
    duizhao: Command, files: dict[str, Path], kind: str, options: list[str]
) -> None:
    """Matrix and topics are what `duizhao schema` promises."""
    schema = json.loads(duizhao("schema", kind).out)
    record = json.loads(duizhao("compare", files["省"], files["济南"], files["青岛"], *options).out)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)


@pytest.mark.parametrize("format_", sorted(ONE_A_PAIR))
def test_some_forms_are_one_a_pair(duizhao: Command, files: dict[str, Path], tmp_path: Path, format_: str) -> None:
    """Word and the list of changes have no form for several lower notices in one file; a folder takes one each."""
    pair = (files["省"], files["济南"], files["青岛"], "--format", format_, "-q")

    assert duizhao("compare", *pair, "-o", tmp_path / "对照.docx").status == 2
    assert duizhao("compare", *pair, "-o", f"{tmp_path / '各地'}/").status == 0
    assert len(list((tmp_path / "各地").glob(f"*.{format_}"))) == 2


@pytest.mark.parametrize(
    ("city", "condition", "status"),
    [
        ("济南", "material", 1),
        ("济南", "modified", 1),
        ("济南", "any", 1),
        ("济南", "dropped", 0),
        ("济南", "added", 0),
        ("青岛", "dropped", 1),
        ("青岛", "added", 1),
        ("青岛", "modified", 0),
        ("照搬", "any", 0),
        ("照搬", "material", 0),
    ],
)
def test_gate_stops_a_pipeline(
    duizhao: Command, files: dict[str, Path], city: str, condition: str, status: int
) -> None:
    """`--fail-on` ends with status 1 where the difference is there, and one line says what and where."""
    run = duizhao("compare", files["省"], files[city], "-q", "--fail-on", condition)

    assert run.status == status
    assert len(run.err.splitlines()) == status
    if status:
        assert run.err.startswith(f"{files[city]}: --fail-on {condition}：")


def test_gate_still_writes_the_report(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """A pipeline that stops has its report; several conditions each have a line."""
    report = tmp_path / "对照.html"
    run = duizhao(
        "compare", files["省"], files["青岛"], "-o", report, "-q", "--fail-on", "dropped", "--fail-on", "added"
    )

    assert run.status == 1
    assert len(run.err.splitlines()) == 2
    assert report.exists()


def test_low_confidence_is_counted_and_marked(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Matches below `--min-confidence` are counted on the screen and marked in the report; none with 0."""
    plan, report = samples / f"{PLAN}.txt", tmp_path / "对照.html"
    strict = duizhao("compare", plan, "--min-confidence", "1", "-o", report)
    record = from_json(duizhao("compare", plan, "--format", "json").out.encode())
    below = sum(unit.confidence < 1 for unit in record.units)

    assert f"待核 {below} 组" in strict.out
    assert f"待核 {below} 组" in report.read_text("utf-8")
    assert "待核界限 1" in report.read_text("utf-8")
    assert "待核" not in duizhao("compare", plan, "--min-confidence", "0").out
    assert duizhao("compare", plan, "--min-confidence", "1.5").status == 2


def test_measures_can_be_repeated_from_their_row(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """One row a pair with both hashes, version and options; the figures are those of the comparison."""
    target = tmp_path / "指标.csv"
    run = duizhao(
        "compare", files["省"], files["济南"], files["青岛"], "-q", "--measures", target, "--min-confidence", "0.3"
    )
    records = json.loads(duizhao("compare", files["省"], files["济南"], files["青岛"], "--format", "json").out)
    rows = read_rows(target)

    assert run.status == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == 2
    for row, record in zip(rows, records, strict=True):
        assert (row["upper_sha256"], row["lower_sha256"]) == (record["upper"]["sha256"], record["lower"]["sha256"])
        assert (row["version"], row["option_min_confidence"]) == (__version__, "0.3")
        for name, value in record["measures"].items():
            assert row[name] == ("" if value is None else str(float(value)))
        summary = record["summary"]
        assert int(row["material_changes"]) == summary["material"]
        apart = summary["material_headings"] + sum(summary["departments"].values())
        assert int(row["material_total"]) == summary["material"] + apart
        assert int(row["dropped_units"]) == record["summary"]["relations"].get("dropped", 0)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in rows[0])


def test_changes_by_type_add_up(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """Columns by type make all changes; without those inside others and the immaterial ones they are the material."""
    duizhao("compare", files["省"], files["济南"], files["青岛"], "-q", "--measures", tmp_path / "m.csv")

    for row in read_rows(tmp_path / "m.csv"):
        counts = {name: int(value) for name, value in row.items() if name.startswith("changes_")}
        types = sum(int(row[f"{type_}_changes"]) for type_ in ChangeType)
        assert types == counts["changes_all"] > 0
        rest = counts["changes_nested"] + counts["changes_immaterial"]
        assert counts["changes_all"] == int(row["material_changes"]) + rest


def test_measures_as_a_format(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """`--format measures.csv` on standard output is the file that `--measures` writes."""
    duizhao("compare", files["省"], files["济南"], "-q", "--measures", tmp_path / "a.csv")
    run = duizhao("compare", files["省"], files["济南"], "--format", "measures.csv")

    assert run.out.encode().replace(b"\r\n", b"\n") == (tmp_path / "a.csv").read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", ["measures.csv", "redline.docx", "changes.csv", "matrix.json"])
def test_endings_of_two_parts_are_formats(duizhao: Command, files: dict[str, Path], tmp_path: Path, name: str) -> None:
    """`-o 对照.redline.docx` is what `--format redline.docx` writes, and so is a file of that very name."""
    targets = [tmp_path / f"对照.{name}", tmp_path / name, tmp_path / "名"]
    duizhao("compare", files["省"], files["济南"], "-q", "-o", targets[2], "--format", name)
    for target in targets[:2]:
        run = duizhao("compare", files["省"], files["济南"], "-q", "-o", target)
        assert run.status == 0, run.err
        assert target.read_bytes() == targets[2].read_bytes()


def test_material_changes_are_one_number(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Screen, gate, report and measures say the same total, with what of it is in sentences and what is not."""
    report, measures = tmp_path / "对照.html", tmp_path / "指标.csv"
    run = duizhao("compare", samples / f"{PLAN}.txt", "-o", report, "--measures", measures, "--fail-on", "material")
    (row,) = read_rows(measures)
    parts = (row[f"material_{name}"] for name in ("changes", "headings", "departments"))
    said = "实质改动 {} 处（句中 {}、小标题 {}、责任单位 {}）".format(row["material_total"], *parts)

    assert run.status == 1
    assert row["material_total"] != row["material_changes"]
    assert f"--fail-on material：{said}" in run.err
    assert said in run.out.splitlines()
    assert f"<h2>{said}<" in report.read_text("utf-8")


def test_topics_need_no_upper_notice(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """`--topics` shows the rows of figures on the screen and writes every format."""
    pair = (samples / "威人社字〔2023〕14号.txt", samples / "潍人社字〔2023〕17号.txt")
    run = duizhao("compare", "--topics", *pair)

    assert run.status == 0
    assert "稳岗扩岗专项贷款" in run.out
    assert run.out.count("最高3000万元") >= 2
    assert max(width(line) for line in run.out.splitlines()) <= 80
    for format_ in TOPIC_FORMATS:
        target = tmp_path / f"并列.{format_}"
        assert duizhao("compare", "--topics", *pair, "-o", target, "-q").status == 0
        assert target.stat().st_size > 1000
    assert json.loads((tmp_path / "并列.json").read_text("utf-8"))["schema"] == "duizhao.topics/1"


@pytest.mark.parametrize(
    "options",
    [
        ["--measures", "x.csv"],
        ["--fail-on", "any"],
        ["--evidence", "--format", "html"],
        ["--format", "redline.docx"],
        ["--format", "matrix.json"],
    ],
)
def test_topics_go_without_what_needs_an_upper_notice(duizhao: Command, samples: Path, options: list[str]) -> None:
    """Gate, measures, pictures of changes, tracked changes and matrix need an upper notice: with `--topics` they are wrong usage."""
    run = duizhao("compare", "--topics", *sorted(samples.glob("*.txt"))[:2], *options)

    assert run.status == 2
    assert len(run.err.splitlines()) == 1


def test_topics_of_one_file_take_all_its_notices(duizhao: Command, samples: Path) -> None:
    """One file that prints two notices is enough; one notice alone is not."""
    plan = samples / f"{PLAN}.txt"

    assert len(json.loads(duizhao("compare", "--topics", plan, "--format", "json").out)["notices"]) == 2
    assert duizhao("compare", "--topics", f"{plan}#{PROVINCE}").status == 2


def test_redline_is_a_word_file_of_the_pair(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """`--format redline.docx` writes the tracked changes; binary, it needs a file to go to."""
    plan, target = samples / f"{PLAN}.txt", tmp_path / "修订.docx"

    assert duizhao("compare", plan, "--format", "redline.docx", "-o", target, "-q").status == 0
    assert target.read_bytes().startswith(b"PK")
    assert duizhao("compare", plan, "--format", "redline.docx").status == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_same_input_same_bytes_in_every_format(
    duizhao: Command, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    """Run twice, each format gives the same bytes, for a pair and for several notices."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    for lowers in (("济南",), ("济南", "青岛")):
        found = []
        for turn in ("甲", "乙"):
            folder = tmp_path / f"{turn}{len(lowers)}"
            folder.mkdir()
            run = duizhao(
                "compare", files["省"], *(files[name] for name in lowers), "-o", f"{folder}/", "--format", format_, "-q"
            )
            assert run.status == 0
            found.append({path.name: path.read_bytes() for path in folder.iterdir()})
        assert found[0]
        assert found[0] == found[1]


def test_source_is_never_overwritten_by_measures(duizhao: Command, files: dict[str, Path]) -> None:
    """`--measures` refuses the name of a file that is to be read."""
    before = files["济南"].read_bytes()

    assert duizhao("compare", files["省"], files["济南"], "--measures", files["济南"]).status == 2
    assert files["济南"].read_bytes() == before


def test_a_notice_given_twice_is_taken_once(duizhao: Command, files: dict[str, Path], tmp_path: Path) -> None:
    """A copy under another name is no second place; it is named, and the status says that not all was taken."""
    copy = tmp_path / "副本.txt"
    copy.write_bytes(files["济南"].read_bytes())
    run = duizhao("compare", files["省"], files["济南"], copy, files["青岛"], "--format", "matrix.json", "-o", "-")

    assert run.status == 1
    assert len(json.loads(run.out)["columns"]) == 2
    assert [str(copy) in line and str(files["济南"]) in line for line in run.err.splitlines()] == [True]


def test_a_notice_beside_itself_is_no_table(duizhao: Command, files: dict[str, Path]) -> None:
    """Side by side needs two notices that differ."""
    run = duizhao("compare", "--topics", files["济南"], files["济南"], "-q")

    assert run.status == 1
    assert str(files["济南"]) in run.err
    assert run.out == ""
