"""Adding to a store: nothing twice, nothing lost, failures kept, hostile files harmless."""

import ast
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import synthetic
from bundled_renderings import parts
from corpora import SERIAL, contents, make_store, rows, write_notices
from renderings import build_docx
from web_rendering import build_page

import corpus
from corpus import AddOptions, StoreError, database, engine, ingest, migrations
from corpus.files import find_files
from duizhao import messages
from duizhao.failures import localize
from extract.errors import ReadError

ROOT = Path(__file__).parent.parent
LIMIT = 200 * 1024 * 1024
NUMBER = "晋人社厅函〔2022〕1253号"


def read_labels(*paths: Path, limit: int = LIMIT) -> dict[str, bytes | str]:
    """What is found under the paths: name -> bytes, or what is said against it."""
    found: dict[str, bytes | str] = {}
    for one in find_files(paths, limit):
        try:
            found[one.name] = one.read()
        except ReadError as error:
            found[one.name] = error.message
    return found


def test_second_run_adds_nothing(tmp_path: Path) -> None:
    """The same folder again costs a look at each file, and changes nothing."""
    folder = write_notices(tmp_path / "来文", range(8))
    make_store(tmp_path / "a.db", folder).close()
    before = contents(tmp_path / "a.db")

    with corpus.open(tmp_path / "a.db") as store:
        counts = store.add([folder], SERIAL)

    assert (counts.added, counts.known, counts.failed) == (0, 8, 0)
    assert contents(tmp_path / "a.db") == before


def test_new_files_of_a_known_folder_are_added(tmp_path: Path) -> None:
    """A folder that has grown gives its new files only."""
    folder = write_notices(tmp_path / "来文", range(5))
    store = make_store(tmp_path / "a.db", folder)
    write_notices(folder, range(5, 8))
    counts = store.add([folder], SERIAL)

    assert (counts.added, counts.known) == (3, 5)
    assert store.summary().notices == 8
    store.close()


def test_same_bytes_in_two_places_are_stored_once(tmp_path: Path) -> None:
    """A file's key is what it holds; every path it was found under is remembered."""
    write_notices(tmp_path / "一", [3])
    write_notices(tmp_path / "二", [3])
    with make_store(tmp_path / "a.db", tmp_path / "一", tmp_path / "二") as store:
        assert store.summary().files == 1
        assert [Path(path).parent.name for path in store.places(1)] == ["一", "二"]


def test_original_bytes_come_back(tmp_path: Path) -> None:
    """What was added can be written out again, byte for byte."""
    folder = write_notices(tmp_path / "来文", [9])
    with make_store(tmp_path / "a.db", folder) as store:
        assert store.original(1) == synthetic.notice(9)


def test_reference_only_keeps_no_bytes(tmp_path: Path) -> None:
    """On request the store knows the original's hash and place and leaves the bytes where they are."""
    folder = write_notices(tmp_path / "来文", [9])
    options = AddOptions(engine="serial", reference_only=True)
    with make_store(tmp_path / "a.db", folder, options=options) as store:
        assert store.notice(1).document_number
        with pytest.raises(corpus.QueryError, match="来文"):
            store.original(1)


@pytest.mark.parametrize("name", ["serial", "processes"])
def test_failures_are_kept_with_their_reason_and_the_rest_is_added(tmp_path: Path, name: str) -> None:
    """A bad file costs itself only; what is wrong with it is stored beside the good ones."""
    folder = write_notices(tmp_path / "来文", range(3))
    (folder / "空.txt").write_bytes(b"")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "杂.txt").write_text("今天天气很好。", "utf-8")
    with make_store(tmp_path / "a.db", folder, options=AddOptions(engine=name, workers=2)) as store:
        failures = {Path(failure.key).name: failure.message for failure in store.failures()}

        assert store.summary().notices == 3
        assert failures.keys() == {"空.txt", "坏.pdf", "杂.txt"}
        assert all("；" in message for message in failures.values())


def test_failed_file_is_not_tried_again_unless_asked(tmp_path: Path) -> None:
    """A bad file is read once; `retry` reads it again."""
    folder = write_notices(tmp_path / "来文", [])
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    with make_store(tmp_path / "a.db", folder) as store:
        again = store.add([folder], SERIAL)
        retried = store.add([folder], AddOptions(engine="serial", retry=True))

        assert (again.known, again.failed) == (1, 0)
        assert retried.failed == 1
        assert len(store.failures()) == 1


def test_every_file_is_heard_of_and_counted_once(tmp_path: Path) -> None:
    """The same bad bytes in two places, tried again: one is read, the other known, and progress hears of both."""
    folder = write_notices(tmp_path / "来文", [])
    for name in ("1.pdf", "2.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4 broken")
    with make_store(tmp_path / "a.db", folder) as store:
        heard: list[str] = []
        counts = store.add([folder], AddOptions(engine="serial", retry=True), lambda path, _: heard.append(path))

        assert sorted(Path(path).name for path in heard) == ["1.pdf", "2.pdf"]
        assert (counts.failed, counts.known) == (1, 1)


def test_repaired_file_is_no_failure_any_more(tmp_path: Path) -> None:
    """Once the file under a path can be read, the old reason is gone."""
    folder = write_notices(tmp_path / "来文", [])
    (folder / "1.txt").write_bytes(b"")
    with make_store(tmp_path / "a.db", folder) as store:
        (folder / "1.txt").write_bytes(synthetic.notice(1))
        store.add([folder], SERIAL)

        assert store.failures() == ()
        assert store.summary().notices == 1


def poisonous(
    function: Callable[[Any], Any], items: Iterable[Any], key: Callable[[Any], str], workers: int | None
) -> Iterator[Any]:
    """An engine on which one file kills its worker each time."""
    for item in items:
        yield engine.killed(key(item)) if item.name == synthetic.file_name(2) else function(item)


def test_file_that_kills_its_worker_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a file is a failure that the next run leaves alone; all others are added."""
    monkeypatch.setitem(sys.modules, "poison", type(sys)("poison"))
    monkeypatch.setattr(sys.modules["poison"], "run", poisonous, raising=False)
    monkeypatch.setitem(engine.ADAPTERS, "poison", "poison")
    folder = write_notices(tmp_path / "来文", range(4))
    with make_store(tmp_path / "a.db", folder, options=AddOptions(engine="poison")) as store:
        counts = store.add([folder], SERIAL)

        assert store.summary().notices == 3
        assert [failure.step for failure in store.failures()] == ["worker"]
        assert counts.known == 4


def test_again_reads_everything_anew(tmp_path: Path) -> None:
    """After an upgrade the same files can be read again: the store is as if they were read once."""
    folder = write_notices(tmp_path / "来文", range(8))
    make_store(tmp_path / "a.db", folder).close()
    with make_store(tmp_path / "a.db", folder, options=AddOptions(engine="serial", again=True)) as store:
        assert store.summary().notices == 8
        with make_store(tmp_path / "b.db", folder) as whole:
            assert store.search("补贴").total == whole.search("补贴").total
    assert contents(tmp_path / "a.db")["citation"]


def test_engines_give_the_same_store(tmp_path: Path) -> None:
    """How the work is spread changes no byte of any row."""
    folder = write_notices(tmp_path / "来文", range(24))
    make_store(tmp_path / "a.db", folder).close()
    make_store(tmp_path / "b.db", folder, options=AddOptions(engine="processes", workers=2)).close()

    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")


@pytest.mark.parametrize("again", [False, True])
def test_where_a_batch_ends_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, again: bool) -> None:
    """Files stored one at a time or many at once, copies among them, give the same rows, ids included."""
    folder = write_notices(tmp_path / "来文", range(5))
    (folder / "1.docx").write_bytes(build_docx(parts(NUMBER), numbered=True))
    (folder / "2.txt").write_text("\n".join(part.text for part in parts(NUMBER)), "utf-8")
    (folder / "3.txt").write_bytes(b"")
    (folder / "4.txt").write_bytes((folder / "2.txt").read_bytes())
    for name, files in (("a.db", 64), ("b.db", 1)):
        monkeypatch.setattr(ingest, "BATCH_FILES", files)
        make_store(tmp_path / name, folder).close()
        if again:
            make_store(tmp_path / name, folder, options=AddOptions(engine="serial", again=True)).close()

    assert rows(tmp_path / "a.db", "SELECT count(*) FROM notice WHERE copy_of IS NOT NULL") == [(1,)]
    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")


def test_store_of_the_first_version_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is searched as it is, without being written to, and migrated when files are added: no clause counts twice."""
    for module in (database, migrations):
        monkeypatch.setattr(module, "VERSION", 1)
    with corpus.open(tmp_path / "a.db") as store, database.transaction(store.connection, store.path):
        store.connection.execute("INSERT INTO document VALUES (1, 'k', 'k', 'a.txt', 'text/plain', 0, NULL, x'')")
        store.connection.execute(
            "INSERT INTO notice (id, document, position, clause_count, text_sha256) VALUES (1, 1, 0, 1, '')"
        )
        store.connection.execute("INSERT INTO clause VALUES (1, 1, '一', NULL, NULL, '给予凤凰岭补贴', 0, '')")
    monkeypatch.undo()
    with corpus.open(tmp_path / "a.db", read_only=True) as store:
        assert store.search("凤凰岭").total == 1
    assert rows(tmp_path / "a.db", "PRAGMA user_version") == [(1,)]
    folder = write_notices(tmp_path / "来文", range(3))
    with make_store(tmp_path / "a.db", folder) as store, make_store(tmp_path / "b.db", folder) as new:
        assert store.search("补贴").total == new.search("补贴").total + 1
        assert store.search("凤凰岭").total == 1
    assert rows(tmp_path / "a.db", "PRAGMA user_version") == [(migrations.VERSION,)]


def add_command(db: Path, folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "duizhao", "corpus", "add", str(folder), "--db", str(db), "-q", *options]


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """kill -9 again and again, then a last run: the store is that of a run nobody disturbed."""
    folder = write_notices(tmp_path / "来文", range(240))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    make_store(tmp_path / "whole.db", folder).close()
    pause = random.Random(7)
    killed = 0
    for _ in range(10):
        with subprocess.Popen(add_command(tmp_path / "cut.db", folder, "--engine", "serial"), cwd=ROOT) as process:
            try:
                process.wait(pause.uniform(0.5, 1.6))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
    subprocess.run(add_command(tmp_path / "cut.db", folder), cwd=ROOT, check=False)

    assert killed > 0
    assert contents(tmp_path / "cut.db") == contents(tmp_path / "whole.db")


@pytest.mark.slow
def test_workers_end_with_a_killed_run(tmp_path: Path) -> None:
    """After kill -9 of the run no worker process is left behind."""
    folder = write_notices(tmp_path / "来文", range(400))
    command = add_command(tmp_path / "a.db", folder, "--engine", "processes", "--workers", "2")
    with subprocess.Popen(command, cwd=ROOT) as process:
        time.sleep(2.5)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not list a process's children")
        workers = children.read_text().split()
        process.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end and any(Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.05)

    assert len(workers) >= 2
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    """Runs that overlap wait for one another; what both were given is there once."""
    folder = write_notices(tmp_path / "来文", range(60))
    command = add_command(tmp_path / "a.db", folder, "--engine", "serial")
    runs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    said = [run.communicate()[1] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], said
    assert rows(tmp_path / "a.db", "SELECT count(*), count(DISTINCT key) FROM document") == [(60, 60)]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM notice") == [(60,)]


def test_full_disk_is_said_and_leaves_the_store_whole(tmp_path: Path) -> None:
    """The batch that found no room is not there, those before it are, and a later run goes on."""
    folder = write_notices(tmp_path / "来文", range(160))
    with corpus.open(tmp_path / "a.db") as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 600}")
        with pytest.raises(StoreError, match="磁盘已满"):
            store.add([folder], SERIAL)
        kept = store.summary().notices
        assert 0 < kept < 160
    contents(tmp_path / "a.db")
    with make_store(tmp_path / "a.db", folder) as store:
        assert store.summary().notices == 160


def test_store_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A path where no file can be made, a folder, a file of another kind: one line each, no traceback."""
    folder = write_notices(tmp_path / "来文", [1])
    text = tmp_path / "text.db"
    text.write_text("这不是数据库" * 200, "utf-8")
    for path, said in ((tmp_path / "无" / "a.db", "打不开"), (tmp_path, "打不开"), (text, "不是语料库")):
        run = duizhao("corpus", "add", folder, "--db", path)

        assert run.status == 1
        assert run.err.count("\n") == 1
        assert said in run.err


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file that is no store of ours is refused and not changed."""
    import sqlite3

    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (a)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="别的程序"):
        corpus.open(path)
    assert path.read_bytes() == before


def test_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """A store that a newer program has changed is not written to by this one."""
    make_store(tmp_path / "a.db").close()
    rows(tmp_path / "a.db", "PRAGMA user_version = 99")

    with pytest.raises(StoreError, match="99"):
        corpus.open(tmp_path / "a.db")


def test_store_opened_to_read_cannot_be_changed(tmp_path: Path) -> None:
    """Searching never writes; adding to a store opened to read is refused in one line."""
    folder = write_notices(tmp_path / "来文", range(2))
    make_store(tmp_path / "a.db", folder).close()
    write_notices(folder, [5])
    with corpus.open(tmp_path / "a.db", read_only=True) as store:
        with pytest.raises(StoreError, match="不可写"):
            store.add([folder], SERIAL)
        assert store.summary().notices == 2


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """While another process holds the write lock, searches go on with what was there before."""
    folder = write_notices(tmp_path / "来文", range(3))
    with make_store(tmp_path / "a.db", folder) as writer:
        writer.connection.execute("BEGIN IMMEDIATE")
        writer.connection.execute("DELETE FROM document")
        with corpus.open(tmp_path / "a.db", read_only=True) as reader:
            assert reader.summary().notices == 3
        writer.connection.execute("ROLLBACK")


def test_formats_of_one_notice_are_linked_and_counted_once(tmp_path: Path) -> None:
    """The same text as Word file, web page and plain text is one notice with two copies."""
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / "1.docx").write_bytes(build_docx(parts(NUMBER), numbered=True))
    (folder / "2.html").write_bytes(build_page(parts(NUMBER), {"标题": "关于开展企业复工复产用工服务行动的通知"}))
    (folder / "3.txt").write_text("\n".join(part.text for part in parts(NUMBER)), "utf-8")
    with make_store(tmp_path / "a.db", folder) as store:
        summary = store.summary()

        assert (summary.files, summary.notices, summary.copies) == (3, 1, 2)
        assert [copy.file for copy in store.copies(NUMBER)] == ["2.html", "3.txt"]
        assert len({hit.notice for hit in store.search("复工复产").hits}) == 1
        assert store.search("复工复产", corpus.Filters(copies=True)).total == 3 * store.search("复工复产").total


def test_cities_of_like_wording_are_no_copies(tmp_path: Path) -> None:
    """Two notices with numbers of their own stay two, however alike they are."""
    text = synthetic.notice(1).decode()
    folder = tmp_path / "来文"
    folder.mkdir()
    for number in ("威政发〔2023〕5号", "烟政发〔2023〕5号"):
        (folder / f"{number}.txt").write_text(number + text[text.index("\n") :], "utf-8")
    with make_store(tmp_path / "a.db", folder) as store:
        assert (store.summary().notices, store.summary().copies) == (2, 0)


def test_notice_in_a_file_of_its_own_is_the_original(samples: Path, tmp_path: Path) -> None:
    """A notice first seen as another's attachment gives way to its own file, whichever came first."""
    plan = samples / "济政办函〔2021〕16号.txt"
    with make_store(tmp_path / "a.db", plan) as store:
        printed = store.notice("鲁政字〔2021〕136号").text
        alone = tmp_path / "省文件.txt"
        alone.write_text(f"鲁政字〔2021〕136号\n\n{printed}\n\n山东省人民政府\n2021年7月28日\n", "utf-8")
        store.add([alone], SERIAL)

        assert store.entry("鲁政字〔2021〕136号").file == "省文件.txt"
        assert [copy.file for copy in store.copies("鲁政字〔2021〕136号")] == [plan.name]
        assert {hit.file for hit in store.search("职业培训补贴 以工代训").hits} >= {"省文件.txt"}


class OldName(zipfile.ZipInfo):
    """A member whose name is in GBK and does not say so, as old Windows programs write it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile's own)
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def test_zip_members_are_read_in_place(tmp_path: Path) -> None:
    """Members are added as archive!member; names that a Chinese Windows wrote in GBK are right."""
    archive = tmp_path / "往年.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("2015/甲.txt", synthetic.notice(1))
        file.writestr(OldName("乙.txt"), synthetic.notice(2))
    with make_store(tmp_path / "a.db", archive) as store:
        assert {path for i in (1, 2) for path in store.places(i)} == {f"{archive}!2015/甲.txt", f"{archive}!乙.txt"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "往年.zip"]


@pytest.mark.parametrize("name", ["../../逃.txt", "/etc/逃.txt", "C:\\逃.txt", "..\\..\\逃.txt", "a/../../逃.txt"])
def test_zip_member_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is written anywhere; the member is named as harmful and the others are read."""
    archive = tmp_path / "坏.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(name, synthetic.notice(1))
        file.writestr("好.txt", synthetic.notice(2))
    found = read_labels(archive)

    assert "包外" in str(found["逃.txt"])
    assert found["好.txt"] == synthetic.notice(2)


def test_zip_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    """A member larger than the limit is given up as it grows, whatever size the archive claims."""
    archive = tmp_path / "弹.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("大.txt", b"0" * 5_000_000)
    assert archive.stat().st_size < 10_000

    assert "超过上限" in str(read_labels(archive, limit=1_000_000)["大.txt"])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"not a zip at all"])
def test_broken_zip_is_one_failure(tmp_path: Path, data: bytes) -> None:
    """An archive that cannot be opened is named and costs nothing else."""
    (tmp_path / "坏.zip").write_bytes(data)
    write_notices(tmp_path, [1])

    with make_store(tmp_path / "a.db", tmp_path) as store:
        assert [Path(failure.key).name for failure in store.failures()] == ["坏.zip"]
        assert store.summary().notices == 1


def test_names_are_data(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Quotes, line breaks, colours for a terminal and bytes that are no UTF-8 in a name: stored, shown in one line."""
    folder = tmp_path / "来文"
    folder.mkdir()
    names = [
        "a\nb.txt",
        "'; DROP TABLE notice; --.txt",
        '"quoted".txt',
        "\x1b[31mred.txt",
        "%s{0}.txt",
        b"\xff\xfe.txt",
    ]
    for index, name in enumerate(names):
        path = (
            folder / name
            if isinstance(name, str)
            else Path(bytes(folder).decode() + "/" + name.decode("utf-8", "surrogateescape"))
        )
        path.write_bytes(synthetic.notice(index) if index % 2 else b"")
    run = duizhao("corpus", "add", folder, "--db", tmp_path / "a.db")
    listed = duizhao("corpus", "list", "--failed", "--db", tmp_path / "a.db")

    assert run.status == 1
    assert len(listed.out.splitlines()) == 3
    assert "\x1b" not in run.err + listed.out
    assert duizhao("corpus", "list", "--db", tmp_path / "a.db").out.count("〔") == 3


def test_folder_gives_known_kinds_only(tmp_path: Path) -> None:
    """Hidden files, office locks, archives' shadows and pictures in a folder are passed over; a named file is tried."""
    write_notices(tmp_path, [1])
    for name in (".hidden.txt", "~$1.docx", "图.svg"):
        (tmp_path / name).write_bytes(b"x")

    assert list(read_labels(tmp_path)) == [synthetic.file_name(1)]
    assert list(read_labels(tmp_path / "图.svg")) == ["图.svg"]


def test_link_in_a_circle_and_pipe_are_harmless(tmp_path: Path) -> None:
    """A folder that links to itself is walked once; a pipe is not waited for."""
    import os

    write_notices(tmp_path / "来文", [1])
    (tmp_path / "来文" / "圈").symlink_to(tmp_path / "来文", target_is_directory=True)
    os.mkfifo(tmp_path / "来文" / "管.txt")
    found = read_labels(tmp_path / "来文")

    assert sorted(found) == [synthetic.file_name(1), "管.txt"]
    assert "不是普通文件" in str(found["管.txt"])


@pytest.mark.slow
def test_ten_thousand_tiny_files(tmp_path: Path) -> None:
    """An archive of ten thousand files that are no notices ends as ten thousand reasons, not as a crash."""
    archive = tmp_path / "碎.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(10_000):
            file.writestr(f"{number}.txt", f"第{number}张便条")
    with make_store(tmp_path / "a.db", archive, options=AddOptions(engine="processes", workers=2)) as store:
        assert store.summary().failures == 10_000


@pytest.mark.slow
def test_file_of_two_hundred_megabytes(tmp_path: Path) -> None:
    """A file beyond every limit is refused by its size, one just below by its length; the others are added."""
    folder = write_notices(tmp_path / "来文", [1])
    with (folder / "大.txt").open("wb") as file:
        file.truncate(LIMIT + 1)
    (folder / "长.txt").write_bytes("关于印发方案的通知".encode() * 3_000_000)
    with make_store(tmp_path / "a.db", folder) as store:
        said = {Path(failure.key).name: failure.message for failure in store.failures()}

        assert "超过上限" in said["大.txt"]
        assert "超过上限" in said["长.txt"]
        assert store.summary().notices == 1


def test_defect_in_a_reader_is_a_failure_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program error on one file is kept as a reason to report, and the run goes on."""
    from extract import reading

    extract_bytes = reading.extract_bytes

    def break_on_third(data: bytes, name: str, *rest: Any) -> Any:
        if name == synthetic.file_name(3):
            raise IndexError("list index out of range")
        return extract_bytes(data, name, *rest)

    monkeypatch.setattr(reading, "extract_bytes", break_on_third)
    folder = write_notices(tmp_path / "来文", range(5))
    with make_store(tmp_path / "a.db", folder) as store:
        (failure,) = store.failures()

        assert (store.summary().notices, failure.step) == (4, "defect")
        assert "IndexError" in failure.message


def test_bad_files_are_told_each_time(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Each path of the same bad bytes is named, in the run that reads them and in later ones, which fail too."""
    folder = write_notices(tmp_path / "来文", [1])
    for name in ("1.pdf", "2.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4 broken")
    first, second = (duizhao("corpus", "add", folder, "--db", tmp_path / "a.db") for _ in range(2))
    listed = duizhao("corpus", "list", "--failed", "--db", tmp_path / "a.db")

    for run in (first, second):
        assert run.status == 1
        assert [run.err.count(f"{name}.pdf: PDF 不完整") for name in "12"] == [1, 1]
    assert "已有 3 个（其中 2 个读不了），未能读取 0 个" in second.err
    assert len(listed.out.splitlines()) == 2
    assert "2 个文件未能读取" in duizhao("corpus", "list", "--db", tmp_path / "a.db").err


def test_bad_member_is_not_counted_as_new_each_time(tmp_path: Path) -> None:
    """A member that does not unpack is known by its path until it does; `retry` counts it again."""
    archive = tmp_path / "往年.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("好.txt", synthetic.notice(1))
        file.writestr("坏.txt", "内容" * 50)
    data = archive.read_bytes()
    archive.write_bytes(data.replace("内容".encode(), "错误".encode(), 1))
    with make_store(tmp_path / "a.db", archive) as store:
        again = store.add([archive], SERIAL)
        retried = store.add([archive], AddOptions(engine="serial", retry=True))

        assert (again.known, again.bad, again.failed) == (2, 1, 0)
        assert (retried.known, retried.bad, retried.failed) == (1, 0, 1)
        archive.write_bytes(data)  # mended: now it is text, though no notice
        store.add([archive], SERIAL)
        assert [failure.step for failure in store.failures()] == ["read"]


def test_file_that_is_read_at_last_is_bad_under_no_path(tmp_path: Path) -> None:
    """Tried again and read, the same bytes in a second place are not told by the reason of the earlier run."""
    write_notices(tmp_path / "一", [3])
    write_notices(tmp_path / "二", [3])
    with make_store(tmp_path / "a.db", tmp_path / "一") as store:
        key = store.connection.execute("SELECT key FROM document").fetchone()
        store.connection.execute("DELETE FROM document")
        store.connection.execute("INSERT INTO failure VALUES (?, NULL, 'worker', '意外终止')", key)
        told: list[Any] = []
        options = AddOptions(engine="serial", retry=True)
        counts = store.add([tmp_path / "一", tmp_path / "二"], options, lambda _, failure: told.append(failure))

    assert (counts.added, counts.known, counts.bad) == (1, 1, 0)
    assert told == [None, None]


def test_archive_with_nothing_readable_is_told(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """An archive of pictures or of other archives is a failure with its reason; an empty folder is told too."""
    archive = tmp_path / "图.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("1.svg", b"x")
        file.writestr("里.zip", b"x")
    (tmp_path / "空").mkdir()
    run = duizhao("corpus", "add", archive, "--db", tmp_path / "a.db")
    empty = duizhao("corpus", "add", tmp_path / "空", "--db", tmp_path / "a.db")

    assert run.status == 1
    assert "图.zip: 压缩包里没有能读的文件" in run.err
    assert "没有可读的文件" in empty.err


def test_rate_of_a_tiny_run_is_not_told(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Three files, or none, tell nothing about speed."""
    run = duizhao("corpus", "add", write_notices(tmp_path / "来文", range(3)), "--db", tmp_path / "a.db")

    assert "新增 3 个文件" in run.err
    assert "每秒" not in run.err


def test_missing_path_is_wrong_usage(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A path that does not exist makes no store."""
    run = duizhao("corpus", "add", tmp_path / "无", "--db", tmp_path / "a.db")

    assert run.status == 2
    assert not (tmp_path / "a.db").exists()


def test_every_error_of_the_store_has_its_english() -> None:
    """With `--lang en` what the store and its queries say is told in English."""
    said = {sentence for path in (ROOT / "corpus").glob("*.py") for sentence in _sentences(path)}
    messages.select(["--lang", "en"])
    english = {sentence: localize(sentence.replace("{}", "17")) for sentence in said}
    messages.select([])

    assert len(said) > 25
    assert {sentence: text for sentence, text in english.items() if not text.isascii()} == {}


def _sentences(path: Path) -> Iterator[str]:
    """Chinese sentences that say what to do, as errors do; `{}` where a value stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node] if isinstance(node, ast.Constant) else []
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        if re.match(r"[\u4e00-\u9fff{].*；(?:请|用)", text) and "\n" not in text:
            yield text
