"""Second prints: of the same words a copy, with another figure, date, department or wording a notice of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpora import SERIAL, make_store, rows

import corpus
from corpus import AddOptions, Filters, database, migrations
from corpus.lineage import implementations
from corpus.prints import say_the_same
from extract.notice import Notice
from extract.reading import extract_bytes

NUMBER = "威政发〔2023〕5号"
TEXT = """威政发〔2023〕5号

威海市人民政府关于支持稳定就业的通知

各区市人民政府，市政府各部门：

为贯彻落实《山东省人民政府关于稳定就业的意见》（鲁政发〔2023〕8号），现就有关事项通知如下。
一、给予一次性补贴。对吸纳就业的企业每人给予1.5万元补贴，不低于3个月。（责任单位：市财政局）
二、加强技能培训。2023年12月31日前完成培训2000人次，补贴标准上浮10%—20%。
三、强化督导检查。各级各部门应当加强协调，高度重视稳定就业工作。

威海市人民政府
2023年3月1日
（此件公开发布）
"""
REVISIONS = {
    "amount": ("1.5万元", "1.8万元"),
    "decimal point": ("1.5万元", "15万元"),
    "percent": ("10%—20%", "10—20"),
    "range": ("10%—20%", "1020%"),
    "bound": ("不低于", "不高于"),
    "deadline": ("12月31日", "11月30日"),
    "department": ("市财政局", "市民政局"),
    "force": ("应当", "可以"),
    "wording": ("高度重视稳定就业工作", "完善重点群体帮扶制度"),
    "negation": ("应当加强", "应当不加强"),
    "day of issue": ("2023年3月1日", "2023年5月1日"),
    "left out": ("二、加强技能培训。2023年12月31日前完成培训2000人次，补贴标准上浮10%—20%。\n", ""),
    "recipients": ("各区市人民政府，市政府各部门", "各区市人民政府，市直各企业"),
}
LAYOUTS = {
    "line breaks": TEXT.replace("，", "，\n").replace("，\n市政府各", "，市政府各"),
    "signs": TEXT.replace("—", "－").replace("，", ",").replace("%", "％"),
    "spaces": TEXT.replace("每人给予", "每人给予 "),
    "no number": TEXT.removeprefix("威政发〔2023〕5号\n\n"),
    "no signature": TEXT[: TEXT.index("威海市人民政府\n2023")],
    "no note": TEXT.replace("（此件公开发布）\n", ""),
    "imprint": TEXT + "\n抄送：市委各部门。\n威海市人民政府办公室　　2023年3月2日印发\n",
}


def read(text: str) -> Notice:
    return extract_bytes(text.encode(), "a.txt").notices[0]


def save(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("what", list(REVISIONS))
def test_revised_print_is_a_notice_of_its_own(tmp_path: Path, what: str) -> None:
    """It is listed, searched and exported, counted as another print, and named beside the one that was there."""
    old, new = REVISIONS[what]
    assert old in TEXT
    with make_store(tmp_path / "a.db", save(tmp_path / "1.txt", TEXT)) as store:
        counts = store.add([save(tmp_path / "2.txt", TEXT.replace(old, new))], SERIAL)

        assert (counts.copies, counts.versions) == (0, 1)
        assert (store.summary().notices, store.summary().copies) == (2, 0)
        assert [one.file for one in store.versions(1)] == ["2.txt"]
        assert [one.file for one in store.versions(2)] == ["1.txt"]
        assert {row[0] for row in store.rows("clauses").rows} == {1, 2}


@pytest.mark.parametrize("what", list(LAYOUTS))
def test_print_of_another_layout_is_a_copy(tmp_path: Path, what: str) -> None:
    """Breaks, width of signs, and parts of the layout that a print lacks make no other notice."""
    assert LAYOUTS[what] != TEXT
    with make_store(tmp_path / "a.db", save(tmp_path / "1.txt", TEXT)) as store:
        counts = store.add([save(tmp_path / "2.txt", LAYOUTS[what])], SERIAL)

        assert (counts.copies, counts.versions) == (1, 0)
        assert store.versions(1) == ()


def test_recognised_print_may_have_wrong_letters_but_no_other_figures() -> None:
    """A scan's misread letter is noise; a figure or a value that differs is not, nor is any letter of a text file."""
    misread = read(TEXT.replace("高度重视", "髙度重视"))

    assert say_the_same(read(TEXT), misread, recognised=True)
    assert not say_the_same(read(TEXT), misread, recognised=False)
    for what in ("amount", "deadline", "department", "bound"):
        assert not say_the_same(read(TEXT), read(TEXT.replace(*REVISIONS[what])), recognised=True)


def test_revised_print_is_told_and_found(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """The run says that there is one, `show` names it, a word of it is found."""
    old, new = REVISIONS["wording"]
    db = tmp_path / "a.db"
    duizhao("corpus", "add", save(tmp_path / "1.txt", TEXT), "--db", db)
    added = duizhao("corpus", "add", save(tmp_path / "2.txt", TEXT.replace(old, new)), "--db", db)

    assert "另有 1 份" in added.err
    assert "2 2.txt" in duizhao("corpus", "show", NUMBER, "--db", db).out
    assert "2.txt" in duizhao("corpus", "search", "重点群体帮扶", "--db", db, "--format", "csv").out


def test_number_of_several_prints_still_leads_to_the_notice(tmp_path: Path) -> None:
    """A citation, and a user who types the number, mean the print that was stored first: relations are not lost."""
    upper = (
        "鲁政发〔2023〕8号\n\n山东省人民政府关于稳定就业的意见\n\n各市人民政府：\n\n现提出如下意见。\n"
        "一、给予补贴。每人给予{}元补贴。\n\n山东省人民政府\n2023年1月1日\n"
    )
    files = [
        save(tmp_path / f"{n}.txt", text) for n, text in enumerate((upper.format(100), TEXT, upper.format(200)), 1)
    ]
    with make_store(tmp_path / "a.db", *files) as store:
        assert store.entry("鲁政发〔2023〕8号").file == "1.txt"
        assert list(implementations(store.lineage())) == [(1, 2)]


def test_titles_alike_of_two_cities_are_neither(tmp_path: Path) -> None:
    """Without numbers, notices of one title and wording that two cities issue have nothing to do with each other."""
    plain = TEXT.removeprefix("威政发〔2023〕5号\n\n")
    files = [save(tmp_path / "1.txt", plain), save(tmp_path / "2.txt", plain.replace("威海", "烟台"))]
    with make_store(tmp_path / "a.db", *files) as store:
        assert (store.summary().notices, store.versions(1)) == (2, ())


def test_again_judges_prints_anew(tmp_path: Path) -> None:
    """Read again, a copy stays a copy and a revised print a notice of its own."""
    for name, text in (("1", TEXT), ("2", TEXT.replace(*REVISIONS["amount"])), ("3", LAYOUTS["signs"])):
        save(tmp_path / f"{name}.txt", text)
    make_store(tmp_path / "a.db", tmp_path).close()
    with make_store(tmp_path / "a.db", tmp_path, options=AddOptions(engine="serial", again=True)) as store:
        files = {entry.file: entry.copy_of for entry in store.entries(Filters(copies=True))}

    assert files["1.txt"] is files["2.txt"] is None
    assert files["3.txt"] is not None


def test_copies_of_an_older_store_are_judged_anew(tmp_path: Path) -> None:
    """What an earlier version took for a copy of a revised notice counts by itself once the store is opened to write;
    columns that its tables lacked are empty until the files are read again."""
    for name, text in (("1", TEXT), ("2", TEXT.replace(*REVISIONS["amount"])), ("3", LAYOUTS["signs"])):
        save(tmp_path / f"{name}.txt", text)
    make_store(tmp_path / "a.db", tmp_path).close()
    _make_older(tmp_path / "a.db")
    with corpus.open(tmp_path / "a.db", read_only=True) as store:
        assert store.summary().notices == 1
        amounts = store.rows("amounts")
        assert {row[amounts.names.index("bound")] for row in amounts.rows} == {None}
    with corpus.open(tmp_path / "a.db") as store:
        assert (store.summary().notices, store.summary().copies) == (2, 1)
        assert store.search("1.8万元").total == 1
        store.add([tmp_path], AddOptions(engine="serial", again=True))
        amounts = store.rows("amounts")
        assert None not in {row[amounts.names.index("bound")] for row in amounts.rows}
    assert rows(tmp_path / "a.db", "PRAGMA user_version") == [(migrations.VERSION,)]


def _make_older(path: Path) -> None:
    """A store of version 2 that has linked the second print, and the third, to the first."""
    from corpus.copies import COPY

    connection = database.connect(path)
    connection.execute("UPDATE notice SET copy_of = 1 WHERE id > 1")
    connection.execute(
        f"UPDATE clause SET facets = facets || ' {COPY}' WHERE notice > 1 AND facets NOT LIKE '%{COPY}%'"
    )
    for table, columns in (
        ("amount", ("per", "bound", "strict", "condition", "position")),
        ("deadline", ("position",)),
        ("duty", ("position",)),
        ("citation", ("position",)),
    ):
        for column in columns:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
