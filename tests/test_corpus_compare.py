"""`duizhao corpus compare`: pairs from lineage; one upper notice against all that carry it out."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import make_store, rows, write_notices

from corpus import Corpus
from corpus.lineage import implementations


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("compare")
    with make_store(folder / "a.db", samples, write_notices(folder / "来文", range(8))) as found:
        yield found


def pairs(store: Corpus) -> list[tuple[str | None, str | None]]:
    return [(store.entry(a).number, store.entry(b).number) for a, b in implementations(store.lineage())]


def test_copies_make_no_more_pairs(store: Corpus, samples: Path, tmp_path: Path) -> None:
    """A second print of a lower and of an upper notice is the same notice: the pairs stay as they were."""
    text = (samples / "济政办函〔2021〕16号.txt").read_text("utf-8")
    (tmp_path / "网页.html").write_text(
        "<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</body></html>", "utf-8"
    )
    (tmp_path / "再存.txt").write_text(text + "\n", "utf-8")
    with make_store(tmp_path / "a.db", samples, tmp_path) as found:
        assert found.summary().copies >= 2
        assert pairs(found) == [("鲁政字〔2021〕136号", "济政办函〔2021〕16号")]


def test_plan_printed_in_a_notice_is_the_lower_text(tmp_path: Path, samples: Path) -> None:
    """Where the citation stands in the opening of the plan that a notice prints, the plan's sentences are compared."""
    upper, plan = tmp_path / "省.txt", tmp_path / "市.txt"
    measures = "一、支持企业发展。对首次入选的中小企业给予50万元一次性奖励。\n二、优化服务。2025年底前建成服务平台。"
    upper.write_text(
        f"鲁政发〔2023〕8号\n\n山东省人民政府关于支持企业发展的意见\n\n各市人民政府：\n\n现提出如下意见。\n{measures}\n\n山东省人民政府\n2023年3月1日\n",
        "utf-8",
    )
    plan.write_text(
        "青政发〔2023〕9号\n\n青岛市人民政府关于印发青岛市支持企业发展实施方案的通知\n\n各区、市人民政府：\n\n"
        "现将《青岛市支持企业发展实施方案》印发给你们，请认真组织实施。\n\n青岛市人民政府\n2023年4月1日\n\n"
        "青岛市支持企业发展实施方案\n\n为贯彻落实《山东省人民政府关于支持企业发展的意见》（鲁政发〔2023〕8号），制定本方案。\n"
        f"{measures.replace('50万元', '30万元')}\n",
        "utf-8",
    )
    with make_store(tmp_path / "a.db", upper, plan) as found:
        [(above, below)] = list(implementations(found.lineage()))
        assert (found.entry(above).number, found.entry(below).file) == ("鲁政发〔2023〕8号", "市.txt")
        assert "30万元" in found.notice(below).text


def test_pairs_come_by_upper_then_lower(store: Corpus) -> None:
    """In the order of adding, not of the letters of ids."""
    ids = list(implementations(store.lineage()))
    assert ids == sorted(ids)
    assert len(ids) == 1 + 7


def test_failure_names_the_files(samples: Path, tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A pair whose record is damaged is named by its files; the other pairs are done, the status is 1."""
    folder = write_notices(tmp_path / "来文", range(4))
    with make_store(tmp_path / "a.db", folder) as store:
        store.connection.execute("UPDATE document SET record = x'00' WHERE name = '000002.txt'")
    run = duizhao("corpus", "compare", "--all", "--db", tmp_path / "a.db", "-o", tmp_path / "m.csv")

    assert run.status == 1
    assert "000002.txt ← 000000.txt" in run.err
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"), newline="")))) == 2


def test_one_upper_against_all_that_carry_it_out(store: Corpus, tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """The overview on the screen, the matrix as a file: seven lower notices, each with its number."""
    [upper] = rows(store.path, "SELECT number FROM notice WHERE level = 'province' AND title LIKE '河北%'")
    numbers = {below for above, below in pairs(store) if above == upper[0]}
    shown = duizhao("corpus", "compare", upper[0], "--db", store.path)
    written = duizhao("corpus", "compare", upper[0], "--db", store.path, "-o", tmp_path / "总表.html")
    matrix = duizhao("corpus", "compare", upper[0], "--db", store.path, "--format", "matrix.json")

    assert "7 份本级文件" in shown.out
    assert written.status == 0
    assert all(str(number) in (tmp_path / "总表.html").read_text("utf-8") for number in numbers)
    assert len(numbers) == 7
    assert all(str(number) in matrix.out for number in numbers)


def test_one_lower_makes_a_report(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """With a single notice that carries it out the report is that of the pair."""
    run = duizhao("corpus", "compare", "鲁政字〔2021〕136号", "--db", store.path, "--format", "json")

    assert json.loads(run.out)["lower"]["document_number"] == "济政办函〔2021〕16号"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "--all"),
        (["鲁政字〔2021〕136号", "--all"], 2, "--all"),
        (["--all", "--format", "html"], 2, "parquet"),
        (["晋人社厅函〔2022〕1253号"], 1, "没有写明落实"),
        (["京政发〔2001〕1号"], 1, "corpus list"),
    ],
)
def test_what_cannot_be_compared_is_said(
    store: Corpus, duizhao: Callable[..., Any], arguments: list[str], status: int, said: str
) -> None:
    """One line each: nothing named, both named, a format that has no rows, nobody below, nobody of that name."""
    run = duizhao("corpus", "compare", *arguments, "--db", store.path)

    assert (run.status, run.err.count("\n")) == (status, 1)
    assert said in run.err


@pytest.mark.parametrize("options", [("-o", "x.parquet"), ("--format", "jsonl")])
def test_report_of_one_upper_notice_has_forms_of_its_own(
    store: Corpus, options: tuple[str, str], duizhao: Callable[..., Any]
) -> None:
    """Forms that hold only the measures of all pairs are refused with a word about `--all`, and the other way round."""
    run = duizhao("corpus", "compare", "鲁政字〔2021〕136号", *options, "--db", store.path)
    every = duizhao("corpus", "compare", "--all", "-o", "x.html", "--db", store.path)

    assert (run.status, every.status) == (2, 2)
    assert "--all" in run.err
    assert "parquet" in run.err
    assert "parquet" in every.err
