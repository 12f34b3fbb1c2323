"""What a user may call a notice: number, id, title in any dress; several candidates are listed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import make_store

from corpus import Corpus, QueryError
from corpus.lineage import find_node

PLAN = "上海市人民政府办公厅关于印发《上海市北斗产业行动计划》的通知"
NOTICES = {
    "甲": ("沪府办发〔2023〕7号", PLAN, "上海市人民政府办公厅"),
    "乙": (None, "上海市农业农村委员会关于加强农机管理工作的实施意见", "上海市农业农村委员会"),
    "丙": ("济政办函〔2023〕9号", "济南市人民政府办公室关于加强河湖管理保护的通知", "济南市人民政府办公室"),
    "丁": ("济政办函〔2023〕9号", "济宁市人民政府办公室关于加强河湖管理保护的通知", "济宁市人民政府办公室"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("lookup")
    (folder / "来文").mkdir()
    for name, (number, title, issuer) in NOTICES.items():
        head = f"{number}\n\n" if number else ""
        body = f"一、加强组织领导。{issuer}各部门要落实工作责任。\n二、做好宣传。{name}类事项按{title}办理。"
        text = f"{head}{title}\n\n各有关单位：\n\n现通知如下。\n{body}\n\n{issuer}\n2023年3月1日\n"
        (folder / "来文" / f"{name}.txt").write_text(text, "utf-8")
    with make_store(folder / "a.db", folder / "来文") as found:
        yield found


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("沪府办发〔2023〕7号", "甲"),
        ("沪府办发[2023]第7号", "甲"),
        ("〔2023〕7号", "甲"),
        (PLAN, "甲"),
        ("上海市北斗产业行动计划", "甲"),
        ("《上海市北斗产业行动计划》", "甲"),
        ("关于印发 《上海市北斗产业行动计划》 的通知", "甲"),
        ("北斗产业", "甲"),
        ("关于加强农机管理工作的实施意见", "乙"),
        ("上海市农业农村委员会关于加强农机管理工作的实施意见", "乙"),
        ("济宁市人民政府办公室关于加强河湖管理保护的通知", "丁"),
    ],
)
def test_notice_is_found_however_it_is_called(store: Corpus, name: str, file: str) -> None:
    """Brackets, spaces, the issuer and 关于印发…的通知 make no difference, in the store and in its graph."""
    entry = store.entry(name)

    assert entry.file == f"{file}.txt"
    assert find_node(store.lineage(), name).id == entry.id


@pytest.mark.parametrize("name", ["济政办函〔2023〕9号", "关于加强河湖管理保护的通知", "人民政府办公室"])
def test_several_candidates_are_listed(store: Corpus, name: str) -> None:
    """Where more than one notice answers, none is taken; the message has their ids and issuers."""
    ids = [str(entry.id) for entry in store.entries() if entry.number == "济政办函〔2023〕9号"]
    for find in (store.entry, lambda name: find_node(store.lineage(), name)):
        with pytest.raises(QueryError) as error:
            find(name)
        assert all(f"{one}（" in str(error.value) for one in ids)
        assert "济宁市人民政府办公室" in str(error.value)


@pytest.mark.parametrize("name", ["京政发〔2001〕1号", "通知", "关于城市绿化的意见", "99", "' OR 1=1 --", "%", "《》"])
def test_what_nobody_is_called_is_not_found(store: Corpus, name: str) -> None:
    """No guess, and no character of the name acts."""
    with pytest.raises(QueryError, match="corpus list"):
        store.entry(name)


@pytest.mark.parametrize("command", ["show", "lineage", "reuse"])
def test_commands_take_titles(store: Corpus, duizhao: Callable[..., Any], command: str, tmp_path: Path) -> None:
    """An unnumbered notice is reached by its title from every command; two candidates are one line and status 1."""
    title = "关于加强农机管理工作的实施意见"
    run = duizhao("corpus", command, title, "--db", store.path)
    several = duizhao("--lang", "en", "corpus", command, "关于加强河湖管理保护的通知", "--db", store.path)

    assert run.status == 0, run.err
    assert (several.status, several.err.count("\n")) == (1, 1)
    assert "2 notices answer to" in several.err
