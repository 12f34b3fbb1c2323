"""The folder beside a store: one process at a time in it, what goes wrong with it as one line, taking it away.

The lock is a SQLite file, whose lock ends with the process that holds it, on every system.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.database import connect, guarded, transaction
from corpus.errors import StoreError
from corpus.index_log import forget

NO_SPACE = ("os error 28", "No space left")
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def remove(path: Path, folder: Path) -> None:
    """Take the index away; the store logs no more.

    Raises:
        StoreError: the store or the folder cannot be written, or another process is making the index.
    """
    with guarded(path), held(folder, patience=0), closing(connect(path)) as connection:
        with transaction(connection, path):
            forget(connection)
        if (folder / "words").exists():
            shutil.rmtree(folder / "words")
    shutil.rmtree(folder, ignore_errors=True)  # the lock itself, which not every system lets go of before


@contextmanager
def held(folder: Path, *, patience: float) -> Iterator[None]:
    """No other process in the folder, after so many seconds of waiting.

    Raises:
        StoreError: there is one, or the folder cannot be written.
    """
    with _explained(folder):
        folder.mkdir(exist_ok=True)
        with closing(sqlite3.connect(folder / "lock", timeout=patience, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname not in BUSY:
                    raise
                raise StoreError(str(folder), "另一个程序正在建检索索引；请等它结束后再运行一次") from None
            yield


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """What the system says, and the index's library, which raises `ValueError` whatever is wrong."""
    try:
        yield
    except (ValueError, OSError) as error:
        if any(sign in str(error) for sign in NO_SPACE):
            message = "磁盘已满，检索索引没有建完；请腾出空间后再运行一次，会接着做"
        else:
            message = f"检索索引写不成（{error}）；请检查文件夹的权限，或用 --drop 删去后重建"
        raise StoreError(str(folder), message) from error
