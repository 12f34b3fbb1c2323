"""Stores for tests: made from synthetic or bundled notices, and what a store holds as plain rows."""

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import synthetic

import corpus
from corpus import AddOptions, Corpus

SERIAL = AddOptions(engine="serial")
TABLES = (
    "document", "original", "place", "failure", "notice", "band", "clause", "amount", "deadline", "duty", "citation",
)  # fmt: skip


def write_notices(folder: Path, indices: Iterable[int]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for index in indices:
        (folder / synthetic.file_name(index)).write_bytes(synthetic.notice(index))
    return folder


def make_store(path: Path, *sources: Path, options: AddOptions = SERIAL) -> Corpus:
    store = corpus.open(path)
    store.add(sources, options)
    return store


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and every word of the full-text index with its places, as a hash."""
    with corpus.open(path) as store:
        rows = {name: sorted(store.connection.execute(f"SELECT * FROM {name}"), key=repr) for name in TABLES}
        rows["index"] = [_words(store.connection)]
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return rows


def _words(connection: sqlite3.Connection) -> tuple[int, str]:
    """How often words stand in the index, and where."""
    connection.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'clause_index', 'instance')")
    count, digest = 0, sha256()
    for place in connection.execute("SELECT term, doc, col, offset FROM temp.word ORDER BY term, doc, col, offset"):
        digest.update(repr(place).encode())
        count += 1
    return count, digest.hexdigest()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
