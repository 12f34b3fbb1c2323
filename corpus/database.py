"""A path in, an open SQLite database of our schema out; SQLite's errors as one line each.

One writer at a time: a transaction begins by taking the write lock and waits for another process that holds it.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.bigrams import bigrams
from corpus.copies import review_copies
from corpus.errors import StoreError
from corpus.migrations import READABLE, VERSION, scripts

__all__ = ["connect", "guarded", "transaction"]

APPLICATION = 0x64757A68  # "duzh": what `file` and SQLite's own tools show of whose database it is
JUDGED_BY_WORDS = 3  # the version since which revised notices are no copies
PATIENCE = 120.0  # seconds to wait for another process that writes
CACHE_KIB = 65_536
MAPPED_BYTES = 1 << 30


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the store, made or migrated where needed.

    Raises:
        StoreError: no such store, no store of ours, one of a later version, or no place to write.
    """
    with guarded(path):
        if read_only and not path.is_file():
            raise StoreError(str(path), "没有这个语料库；请检查 --db，或先用 duizhao corpus add 建立")
        connection = _open(path, read_only=read_only)
        try:
            _prepare(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return _connection(path, "mode=rwc")
    try:
        connection = _connection(path, "mode=ro")  # whose settings make it read the file
    except sqlite3.OperationalError:
        # A folder that cannot be written to has no room for the files of WAL; nobody can change the store there either.
        connection = _connection(path, "mode=ro&immutable=1")
    # Only for reading: pages that are mapped count as memory of the process, which adding keeps flat.
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    return connection


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.create_function("bigrams", 1, bigrams, deterministic=True)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")  # with WAL a kill loses nothing; a power cut the last batch
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except BaseException:  # the file is no database, or cannot be opened
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    version = _version(connection, path)
    if version == VERSION or (read_only and version >= READABLE):
        return
    if read_only:
        raise StoreError(str(path), "语料库是旧版本建立的，只读时不能升级；请先用 duizhao corpus add 打开一次")
    _use_wal(connection)
    with transaction(connection, path):
        found = _version(connection, path)  # another process may have been first
        for number, script in scripts(found):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        if 0 < found < JUDGED_BY_WORDS:
            review_copies(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers go on while another process writes. SQLite does not wait for others here, so we do."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version; 0 for an empty file."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    used = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if used and owner != APPLICATION:
        raise StoreError(str(path), "是别的程序的数据库，不是语料库；请换一个 --db")
    if version > VERSION:
        raise StoreError(str(path), f"语料库版本是 {version}，本程序只认到 {VERSION}；请升级 duizhao")
    return version


def _statements(script: str) -> Iterator[str]:
    """Statements one by one: `executescript` would commit first and leave a half-made schema behind a kill."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of it or nothing; waits for another writer.

    Raises:
        StoreError: disk full, not writable, locked for too long.
    """
    with guarded(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite itself rolls back on a full disk
                connection.execute("ROLLBACK")
            raise


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """SQLite's errors as a `StoreError`: what is wrong and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(str(path), _explain(error)) from error


def _explain(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for prefix, message in MESSAGES.items():
        if name.startswith(prefix):
            return message
    return f"数据库出错（{error}）；请检查磁盘和文件"


MESSAGES = {
    "SQLITE_FULL": "磁盘已满，这一批没有写入，先前的都在；请腾出空间后再运行一次",
    "SQLITE_IOERR": "磁盘读写出错，这一批没有写入；请检查磁盘空间和文件系统后再运行一次",
    "SQLITE_READONLY": "语料库不可写；请检查文件和文件夹的权限",
    "SQLITE_PERM": "语料库不可写；请检查文件和文件夹的权限",
    "SQLITE_CANTOPEN": "打不开语料库；请检查路径和文件夹的权限",
    "SQLITE_BUSY": "另一个程序一直占着语料库；请等它结束后再运行一次",
    "SQLITE_LOCKED": "另一个程序一直占着语料库；请等它结束后再运行一次",
    "SQLITE_NOTADB": "不是语料库（不是 SQLite 数据库）；请换一个 --db",
    "SQLITE_CORRUPT": "语料库已损坏；请从备份恢复，或重新建立",
}
