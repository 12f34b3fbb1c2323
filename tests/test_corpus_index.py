"""The index beside a large store: the same hits as without, never stale, whatever happens to it."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpora import SERIAL, make_store, write_notices
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus import Corpus, Filters, MissingExtraError, QueryError, StoreError
from corpus.index import SearchIndex
from corpus.search import Results, search

pytest.importorskip("tantivy")

NOTICES = 48
ROOT = Path(__file__).parent.parent
QUERIES = (
    "补贴", "创业担保贷款", "不低于", "2020年12月底前", "补贴 奖励", "补贴 省", "水", "5", "。", "龘", "（一）", "50%", "５０％",
    "不存在的话", "补贴 龘龘", '"创业 担保贷款"', "“补贴”", '"', '""', '" OR "', "补贴 OR 奖励", "NOT", "补贴*", "words:补贴", "+补贴", "-补贴",
    "[补贴 TO 奖励]", "(补贴", "补贴^2", "补贴~1", "/补贴/", "facets:level", "level=province", "copy=yes", "state=index", "\\", "补\x00贴", "😀😀",
    "';--", "%", "_", "A\tB",
)  # fmt: skip
FILTERS = (
    Filters(),
    Filters(level="province"),
    Filters(province="山西", level="prefecture", years=(2016, 2018)),
    Filters(city="太原市"),
    Filters(issuer="山西省"),
    Filters(issuer="没有的机关"),
    Filters(department="finance"),
    Filters(department="Finance"),
    Filters(amount=(1_000_000, 2_000_000), amount_kind="money"),
    Filters(amount_kind="percent"),
    Filters(deadline=(date(2020, 1, 1), date(2020, 6, 30))),
    Filters(copies=True),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A store with an index that is up to date."""
    folder = tmp_path_factory.mktemp("index")
    with make_store(folder / "a.db", write_notices(folder / "来文", range(NOTICES))) as found:
        found.index.update()
        yield found


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Corpus]:
    """A store of its own with an index."""
    with make_store(tmp_path / "a.db", write_notices(tmp_path / "来文", range(8))) as found:
        found.index.update()
        yield found


def both(store: Corpus, query: str, filters: Filters = FILTERS[0], **page: int) -> tuple[Results, Results]:
    """What is found through the index and without it."""
    assert store.index.finder(store.connection) is not None
    return store.search(query, filters, **page), plain(store, query, filters, **page)


def plain(store: Corpus, query: str, filters: Filters = FILTERS[0], **page: int) -> Results:
    return search(store.connection, query, filters, **page)


def is_used(store: Corpus) -> bool:
    return store.index.finder(store.connection) is not None


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_index_finds_what_the_store_finds(store: Corpus, filters: Filters) -> None:
    """Hits, order, totals, highlights and advice are the same, whatever is typed."""
    for query in QUERIES:
        through, without = both(store, query, filters)
        assert asdict(through) == asdict(without), query


def test_filters_alone_list_the_same(store: Corpus) -> None:
    """Without words the clauses come as they were stored, page after page."""
    for filters in FILTERS[1:-1]:
        for offset in (0, 20, 10_000):
            through, without = both(store, "", filters, offset=offset)
            assert asdict(through) == asdict(without), filters


def test_pages_are_the_same_beyond_what_is_ranked(store: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more match than are ranked, the others follow; no clause is lost or shown twice between pages."""
    monkeypatch.setattr("corpus.search.WINDOW", 30)
    total = store.search("补贴").total
    pages = [both(store, "补贴", limit=25, offset=offset) for offset in range(0, total, 25)]
    shown = [(hit.notice, hit.clause) for page, _ in pages for hit in page.hits]

    assert total > 100
    assert all(asdict(through) == asdict(without) for through, without in pages)
    assert len(shown) == len(set(shown)) == total


@settings(max_examples=100)
@given(st.text(max_size=12))
def test_any_text_finds_the_same(store: Corpus, query: str) -> None:
    """No character has a meaning for the index."""
    try:
        through, without = both(store, query)
    except QueryError:
        return
    assert through.hits == without.hits


def test_additions_changes_and_removals_are_never_missed(small: Corpus, tmp_path: Path) -> None:
    """While the index is behind, the store itself answers; caught up, the index finds the same."""
    before = small.search("补贴").total
    small.add([write_notices(tmp_path / "新", range(8, 12))], SERIAL)
    small.connection.execute("UPDATE clause SET text = text || '海水淡化' WHERE id = 5")
    small.connection.execute("DELETE FROM document WHERE id = 2")
    expected = {query: asdict(plain(small, query)) for query in ("补贴", "海水淡化", "水")}

    assert not is_used(small)
    assert {query: asdict(small.search(query)) for query in expected} == expected
    assert small.search("补贴").total != before

    small.index.update()

    assert is_used(small)
    assert {query: asdict(small.search(query)) for query in expected} == expected


def test_numbers_given_again_are_no_trap(small: Corpus, tmp_path: Path) -> None:
    """A clause that takes the id of a removed one is found by its own words, not by those of the removed one."""
    newest = small.connection.execute("SELECT max(id) FROM clause").fetchone()[0]
    small.connection.execute("DELETE FROM document WHERE id = (SELECT max(id) FROM document)")
    small.index.update()
    small.add([write_notices(tmp_path / "新", (20,))], SERIAL)

    assert small.connection.execute("SELECT max(id) FROM clause").fetchone()[0] <= newest + 50
    assert not is_used(small)

    small.index.update()

    for query in ("补贴", "负责", "水"):
        through, without = both(small, query)
        assert asdict(through) == asdict(without)


def test_store_restored_from_a_backup_is_believed(small: Corpus, tmp_path: Path) -> None:
    """An index of a later state than the store's is not used, and made anew on request."""
    backup = tmp_path / "盘" / "a.db"
    backup.parent.mkdir()
    small.connection.execute("VACUUM INTO ?", (str(backup),))
    small.add([write_notices(tmp_path / "新", range(8, 12))], SERIAL)
    small.index.update()
    shutil.copytree(small.index.folder, backup.with_name("a.db.search"))
    with corpus.open(backup) as restored:
        restored.add([write_notices(tmp_path / "别的", range(30, 34))], SERIAL)

        assert restored.index.missed(restored.connection) is None
        assert not is_used(restored)
        assert asdict(restored.search("补贴")) == asdict(plain(restored, "补贴"))

        restored.index.update()

        through, without = both(restored, "补贴")
        assert asdict(through) == asdict(without)


DIE = """
import os, signal, sys
from pathlib import Path
from corpus import index_build
from corpus.index import SearchIndex

index_build.STEP, index_build.TOLD = 40, 1

def tell(done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

SearchIndex(Path(sys.argv[1])).update(tell)
"""


@pytest.mark.parametrize("at", [1, 39, 41, 100])
def test_killed_build_goes_on(tmp_path: Path, at: int) -> None:
    """kill -9 in the middle: what is there is not used, the next run goes on where the last step ended."""
    with make_store(tmp_path / "a.db", write_notices(tmp_path / "来文", range(8))) as found:
        run = subprocess.run([sys.executable, "-c", DIE, str(found.path), str(at)], cwd=ROOT, check=False)

        assert run.returncode == -signal.SIGKILL
        assert not is_used(found)
        assert asdict(found.search("补贴")) == asdict(plain(found, "补贴"))

        told: list[tuple[int, int]] = []
        found.index.update(lambda done, total: told.append((done, total)))
        clauses = found.connection.execute("SELECT count(*) FROM clause").fetchone()[0]

        assert told[-1] == (clauses - at // 40 * 40,) * 2
        for query in ("补贴", "水"):
            through, without = both(found, query)
            assert asdict(through) == asdict(without)


def test_two_processes_make_one_index(tmp_path: Path) -> None:
    """Both end well, one waiting for the other; the index is whole."""
    with make_store(tmp_path / "a.db", write_notices(tmp_path / "来文", range(8))) as found:
        command = [sys.executable, "-m", "duizhao", "corpus", "index", "--db", str(found.path)]
        runs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = [run.communicate(timeout=120)[1] for run in runs]

        assert [run.returncode for run in runs] == [0, 0], said
        through, without = both(found, "补贴")
        assert asdict(through) == asdict(without)


def test_index_under_way_elsewhere_is_not_waited_for(
    small: Corpus, tmp_path: Path, duizhao: Callable[..., Any]
) -> None:
    """A search that cannot catch the index up goes to the store and says so; the command that makes it says who is."""
    small.connection.execute("UPDATE clause SET text = text || '海水淡化' WHERE id = 5")
    with closing(sqlite3.connect(small.index.folder / "lock", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        run = duizhao("corpus", "search", "海水淡化", "--db", small.path)

        assert (run.status, "共 1 条" in run.out, run.err.count("\n")) == (0, True, 1)
        assert "duizhao corpus index" in run.err
        with pytest.raises(StoreError, match="请等它结束"):
            small.index.update(patience=0)
    run = duizhao("corpus", "search", "海水淡化", "--db", small.path)

    assert ("共 1 条" in run.out, run.err) == (True, "")
    assert is_used(small)


def test_search_does_not_wait_for_a_long_catching_up(
    small: Corpus, duizhao: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where much is missing, the store answers at once, and a line says what to run; without remarks if asked."""
    monkeypatch.setattr("duizhao.indexing.LITTLE", 0)
    small.connection.execute("UPDATE clause SET text = text || '海水淡化' WHERE id = 5")
    run = duizhao("corpus", "search", "海水淡化", "--db", small.path)
    quiet = duizhao("corpus", "search", "海水淡化", "--db", small.path, "-q")

    assert "共 1 条" in run.out
    assert "duizhao corpus index" in run.err
    assert (quiet.out, quiet.err) == (run.out, "")
    assert not is_used(small)


@pytest.mark.parametrize("damage", ["meta", "files", "bytes", "format"])
def test_damaged_index_is_made_anew(small: Corpus, duizhao: Callable[..., Any], damage: str) -> None:
    """A damaged index, or one of another format, changes no result, and `corpus index` makes it anew."""
    words = small.index.folder / "words"
    if damage == "meta":
        (words / "meta.json").write_text("{", "utf-8")
    elif damage == "files":
        for path in words.glob("*.term"):
            path.unlink()
    elif damage == "bytes":  # looks whole when it is opened
        for path in words.glob("*.pos"):
            data = path.read_bytes()
            path.write_bytes(bytes(len(data) - 100) + data[-100:])
    else:
        import tantivy

        shutil.rmtree(words)
        words.mkdir()
        fields = tantivy.SchemaBuilder().add_text_field("text").build()
        tantivy.Index(fields, path=str(words)).writer().commit()
    expected = asdict(plain(small, "创业担保贷款"))
    run = duizhao("corpus", "search", "创业担保贷款", "--db", small.path)

    assert asdict(small.search("创业担保贷款")) == expected
    assert run.status == 0
    assert "重建" in run.err.splitlines()[-1]

    assert duizhao("corpus", "index", "--db", small.path).status == 0
    assert asdict(both(small, "创业担保贷款")[0]) == expected


def test_without_the_package_the_store_answers(
    small: Corpus, duizhao: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads the index need not be installed; making one says what to install."""
    monkeypatch.setattr(SearchIndex, "is_installed", staticmethod(lambda: False))
    run = duizhao("corpus", "search", "补贴", "--db", small.path)
    make = duizhao("corpus", "index", "--db", small.path)

    assert run.status == 0
    assert run.out
    assert "duizhao[search]" in run.err
    assert (make.status, make.err.count("\n")) == (1, 1)
    assert "duizhao[search]" in make.err
    with pytest.raises(MissingExtraError):
        small.index.update()


def test_index_command_makes_catches_up_and_drops(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """One line each says what was done; nothing is left behind in the end."""
    with make_store(tmp_path / "a.db", write_notices(tmp_path / "来文", range(8))) as found:
        found.connection.execute("DELETE FROM document WHERE id = 3")
        count = found.connection.execute("SELECT count(*) FROM clause").fetchone()[0]
    said = [duizhao("corpus", "index", "--db", tmp_path / "a.db") for _ in range(2)]
    json_out = duizhao("corpus", "search", "补贴", "--db", tmp_path / "a.db", "--format", "json").out
    dropped = duizhao("corpus", "index", "--drop", "--db", tmp_path / "a.db")

    assert [run.status for run in (*said, dropped)] == [0, 0, 0]
    assert f"{count} 段" in said[0].err
    assert "最新" in said[1].err
    assert json.loads(json_out) == json.loads(
        duizhao("corpus", "search", "补贴", "--db", tmp_path / "a.db", "--format", "json").out
    )
    assert not (tmp_path / "a.db.search").exists()
    with corpus.open(tmp_path / "a.db") as found:
        names = {name for (name,) in found.connection.execute("SELECT name FROM sqlite_schema")}
    assert not any(name.startswith("search_") for name in names)


def test_index_is_read_where_nothing_can_be_written(small: Corpus, tmp_path: Path) -> None:
    """A store on a read-only medium is searched through the index that lies beside it."""
    disk = tmp_path / "盘"
    disk.mkdir()
    small.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(small.path, disk / "a.db")
    shutil.copytree(small.index.folder, disk / "a.db.search")
    paths = [disk, *disk.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with corpus.open(disk / "a.db", read_only=True) as found:
            through, without = both(found, "补贴")
            assert asdict(through) == asdict(without)
    finally:
        for path in paths:
            path.chmod(0o755)


def test_store_that_changes_meanwhile_is_read_in_one_state(small: Corpus) -> None:
    """A notice that another process removes does not fall out of a search that has found it."""
    with corpus.open(small.path) as other:
        small.connection.execute("BEGIN")
        before = asdict(small.search("补贴"))
        other.connection.execute("DELETE FROM document WHERE id < 5")
        other.index.update()

        assert asdict(small.search("补贴")) == before
        small.connection.execute("COMMIT")
        assert asdict(small.search("补贴")) == asdict(plain(other, "补贴")) != before
