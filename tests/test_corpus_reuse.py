"""Which sentences of different notices repeat or adapt one another; the same on any engine."""

import csv
import io
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from corpora import contents, make_store, write_notices
from hypothesis import given
from hypothesis import strategies as st

from corpus import AddOptions, engine
from corpus.candidates import LARGEST_GROUP
from corpus.minhash import NOTICE, SENTENCE, bands, likeness, pack, sign
from corpus.time_limit import time_limit
from extract.errors import Failure

HEAD = "{number}\n\n{issuer}关于做好有关工作的通知\n\n各有关单位：\n\n现就有关事项通知如下。\n"


def write(path: Path, number: str, issuer: str, *clauses: str) -> Path:
    body = "\n".join(f"{'一二三四五'[at]}、{clause}" for at, clause in enumerate(clauses))
    path.write_text(HEAD.format(number=number, issuer=issuer) + body + f"\n\n{issuer}\n2023年3月1日\n", "utf-8")
    return path


def test_sentences_that_repeat_localise_or_adapt_are_found(tmp_path: Path) -> None:
    """Word for word, with the place changed, with words changed: each pair once, with its kind; unlike ones are not."""
    upper = write(
        tmp_path / "省.txt",
        "鲁政发〔2023〕8号",
        "山东省人民政府",
        "对首次入选国家级专精特新的中小企业给予一次性奖励，所需资金从专项资金中列支。",
        "全省各级财政部门要会同山东省财政厅做好资金保障和绩效评价工作。",
        "支持重点企业建设海水淡化和综合利用示范工程，单个项目最高补助五百万元。",
        "完善渔业资源养护制度，严格执行伏季休渔规定，加强执法监督检查。",
    )
    lower = write(
        tmp_path / "市.txt",
        "青政发〔2023〕9号",
        "青岛市人民政府",
        "对首次入选国家级专精特新的中小企业给予一次性奖励，所需资金从专项资金中列支。",
        "全市各级财政部门要会同青岛市财政局做好资金保障和绩效评价工作。",
        "支持重点企业建设海水淡化和综合利用示范工程，单个项目补助不超过三百万元。",
        "提高城市绿地养护水平，建设口袋公园和绿道，方便市民就近休闲。",
    )
    with make_store(tmp_path / "a.db", upper, lower) as store:
        found = [(pair.first_clause, pair.second_clause, pair.kind.value) for pair in store.reuse(least=0.6)]

    assert found == [("一", "一", "verbatim"), ("二", "二", "localized"), ("三", "三", "adapted")]


def test_split_clauses_are_found(samples: Path, tmp_path: Path) -> None:
    """Where a city makes six items of one provincial clause, each item is traced to it."""
    with make_store(tmp_path / "a.db", samples / "济政办函〔2021〕16号.txt") as store:
        found = list(store.reuse("鲁政字〔2021〕136号", least=0.9))

    assert len(found) > 40
    assert {(pair.first_number, pair.second_number) for pair in found} == {
        ("济政办函〔2021〕16号", "鲁政字〔2021〕136号")
    }
    assert len({pair.first_clause for pair in found if pair.second_clause == "一"}) >= 5


def test_departments_in_parentheses_are_no_sentences(tmp_path: Path) -> None:
    """Lists of responsible departments are alike everywhere and say nothing of reuse."""
    names = "（省发展改革委、省财政厅、省人力资源社会保障厅、省商务厅、省国资委负责）"
    for number, sentence in (
        ("8", "对首次入选的企业给予一次性奖励，并做好跟踪服务工作。"),
        ("9", "完善渔业资源养护制度，严格执行伏季休渔规定要求。"),
    ):
        write(tmp_path / f"{number}.txt", f"鲁政发〔2023〕{number}号", "山东省人民政府", sentence + names)
    with make_store(tmp_path / "a.db", tmp_path / "8.txt", tmp_path / "9.txt") as store:
        assert list(store.reuse(least=0.3)) == []


def test_sentence_that_everybody_has_is_found_for_a_notice(tmp_path: Path) -> None:
    """Of a sentence in very many notices each is paired with the first; asked for one notice, all its twins come."""
    common = "各级各有关部门要高度重视，加强组织领导，确保各项政策措施落到实处。"
    count = LARGEST_GROUP + 6
    for number in range(1, count + 1):
        own = f"第{number}项工作由第{number * 7}工作专班牵头组织开展并定期报告进展。"
        write(tmp_path / f"{number:03}.txt", f"鲁政发〔2023〕{number}号", "山东省人民政府", common, own)
    with make_store(tmp_path / "a.db", tmp_path) as store:
        everywhere = [pair for pair in store.reuse(least=0.9) if pair.first_text == common]
        of_one = [pair for pair in store.reuse("鲁政发〔2023〕40号", least=0.9) if pair.first_text == common]

    assert len(everywhere) == count - 1
    assert len({frozenset((pair.first, pair.second)) for pair in of_one}) == len(of_one) == count - 1


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "table"])
def test_reuse_command_writes_every_format(
    samples: Path, tmp_path: Path, duizhao: Callable[..., Any], form: str
) -> None:
    """The same pairs in each form; on the screen words that differ stand below one another."""
    with make_store(tmp_path / "a.db", samples / "济政办函〔2021〕16号.txt") as store:
        pairs = list(store.reuse("鲁政字〔2021〕136号", least=0.6))
    run = duizhao("corpus", "reuse", "鲁政字〔2021〕136号", "--db", tmp_path / "a.db", "--format", form)

    found = {
        "csv": lambda out: len(list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))),
        "jsonl": lambda out: len([json.loads(line) for line in out.splitlines()]),
        "json": lambda out: len(json.loads(out)),
        "table": lambda out: sum(not line.startswith(" ") for line in out.splitlines()),
    }[form](run.out)
    assert found == len(pairs) > 40


@given(st.text(alphabet="省市县发展改革财政就业企业补贴资金项目", min_size=1, max_size=80))
def test_equal_texts_have_equal_signatures(text: str) -> None:
    """The same text has the same bands, whatever stands beside it; likeness with itself is whole."""
    for shape in (NOTICE, SENTENCE):
        signature = sign(text, shape)
        assert bands(signature, shape) == bands(sign(text, shape), shape)
        assert likeness(pack(signature), pack(signature)) == 1.0
        assert len(signature) == shape.bins


def test_likeness_estimates_shared_shingles() -> None:
    """A text with a tenth of it rewritten stays near its original, an unrelated one far."""
    words = [f"第{number}项措施由第{number * 7 % 97}个部门负责落实" for number in range(120)]
    text, changed = (
        "".join(words),
        "".join(word if at % 12 else "改写过的一句话" + str(at) for at, word in enumerate(words)),
    )
    other = "".join(f"海洋牧场建设项目{number}按照规划布局推进" for number in range(120))

    near, far = (likeness(pack(sign(text, NOTICE)), pack(sign(one, NOTICE))) for one in (changed, other))
    assert near > 0.7
    assert far < 0.2


def test_reuse_is_the_same_on_every_engine(tmp_path: Path) -> None:
    """One process or several find the same pairs in the same order."""
    folder = write_notices(tmp_path / "来文", range(24))
    with make_store(tmp_path / "a.db", folder) as store:
        assert list(store.reuse()) == list(store.reuse(engine="processes"))


def slow_square(item: int) -> int:
    time.sleep(0.02)
    return item * item


def kill_on_seven(item: int) -> int:
    if item == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def hang_on_three(item: int) -> int:
    with time_limit(1.0):
        if item == 3:
            time.sleep(60)
        return item


def test_file_that_hangs_is_put_aside() -> None:
    """A worker that does not come back ends after its time; only the item that held it is lost."""
    found = list(engine.run(hang_on_three, range(6), "processes", workers=2))

    assert found == [0, 1, 2, engine.killed("3"), 4, 5]


@pytest.mark.slow
def test_dask_survives_a_killed_worker() -> None:
    """With separate worker processes, one of them killed in the middle: every result, in order."""
    psutil = pytest.importorskip("psutil")
    pytest.importorskip("distributed")
    results = engine.run(slow_square, range(400), "dask", workers=2)
    found = [next(results)]
    workers = [one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
    assert len(workers) >= 2
    Thread(target=workers[-1].kill).start()
    found += results

    assert found == [item * item for item in range(400)]


@pytest.mark.slow
def test_dask_quarantines_a_poisonous_item() -> None:
    """An item that kills its worker each time is one failure; its neighbours have their results."""
    pytest.importorskip("distributed")
    found = list(engine.run(kill_on_seven, range(20), "dask", workers=2))

    assert [one for one in found if not isinstance(one, Failure)] == [item for item in range(20) if item != 7]
    assert found[7] == engine.killed("7")


@pytest.mark.slow
def test_dask_gives_the_same_store_and_pairs(tmp_path: Path) -> None:
    """The distributed engine changes no byte of what is stored or found."""
    pytest.importorskip("distributed")
    folder = write_notices(tmp_path / "来文", range(40))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    with (
        make_store(tmp_path / "a.db", folder) as plain,
        make_store(tmp_path / "b.db", folder, options=AddOptions(engine="dask", workers=2)) as spread,
    ):
        assert list(plain.reuse()) == list(spread.reuse(engine="dask"))

    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")


def test_engine_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask is not installed the error says what to install."""
    import sys

    from corpus import MissingExtraError

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"duizhao\[cluster\]"):
        list(engine.run(slow_square, [1], "dask"))


def test_date_in_common_makes_no_reuse(tmp_path: Path) -> None:
    """Sentences that share little but a day are not adapted of one another; those that share their words are."""
    day = "2025年12月31日"
    words = "对首次入选国家级专精特新的中小企业给予一次性奖励，所需资金从专项资金中列支，执行至{}。"
    upper = write(
        tmp_path / "省.txt",
        "鲁政发〔2023〕8号",
        "山东省人民政府",
        f"{day}前完成渔业资源养护工作任务。",
        words.format(day),
    )
    lower = write(
        tmp_path / "市.txt",
        "青政发〔2023〕9号",
        "青岛市人民政府",
        f"{day}前建成海水淡化示范工程。",
        words.format("2026年6月30日"),
    )
    with make_store(tmp_path / "a.db", upper, lower) as store:
        found = [(pair.first_clause, pair.second_clause, pair.kind.value) for pair in store.reuse(least=0.3)]

    assert found == [("二", "二", "adapted")]


def test_likeness_out_of_range_is_wrong_usage(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """The line names the range."""
    run = duizhao("corpus", "reuse", "--least", "2", "--db", tmp_path / "a.db")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "0.3 到 1 之间" in run.err
