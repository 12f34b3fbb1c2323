"""Entries in, rows of the store out: one transaction a batch, so that a kill loses no more than the batch under way."""

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.copies import link_copies, unlink_copy
from corpus.database import transaction

ORIGINAL_COMPRESSION = 6


@dataclass(slots=True, kw_only=True)
class Batch:
    """What a run has found since the last transaction."""

    entries: list[tuple[dict[str, Any], str, bytes | None]] = field(default_factory=list)  # entry, path, bytes to keep
    failures: list[tuple[str, str | None, str, str]] = field(default_factory=list)  # rows of `failure`
    places: list[tuple[str, str]] = field(default_factory=list)  # path, key

    def __len__(self) -> int:
        return len(self.entries) + len(self.failures) + len(self.places)


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a run has done, in files; `copies` in notices."""

    added: int = 0
    known: int = 0
    bad: int = 0  # known files that failed before
    failed: int = 0
    copies: int = 0


def known_keys(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bool]:
    """Of the keys given those in the store -> whether they gave a document."""
    marks = ",".join("?" * len(keys))
    rows = connection.execute(f"SELECT key, 1 FROM document WHERE key IN ({marks})", keys).fetchall()  # noqa: S608
    bad = connection.execute(f"SELECT key, 0 FROM failure WHERE key IN ({marks})", keys).fetchall()  # noqa: S608
    return {key: bool(good) for key, good in (*bad, *rows)}


def write_batch(connection: sqlite3.Connection, path: Path, batch: Batch, counts: Counts, *, again: bool) -> None:
    """Store a batch whole, or nothing of it.

    Raises:
        StoreError: disk full, not writable, locked for too long.
    """
    if not len(batch):
        return
    done = Counts()
    with transaction(connection, path):
        for entry, place, data in batch.entries:
            _add_entry(connection, entry, data, done, again=again)
            _add_place(connection, place, entry["document"][0])
        for failure in batch.failures:
            connection.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?)", failure)
            done.failed += 1
        for place, key in batch.places:
            _add_place(connection, place, key)
    counts.added += done.added
    counts.known += done.known
    counts.failed += done.failed
    counts.copies += done.copies


def _add_place(connection: sqlite3.Connection, place: str, key: str) -> None:
    before = connection.execute("SELECT key FROM place WHERE path = ? AND key <> ?", (place, key)).fetchone()
    connection.execute("INSERT OR REPLACE INTO place VALUES (?, ?)", (place, key))
    if before:  # the file under this path has changed: a failure that no other path has is over
        connection.execute(
            "DELETE FROM failure WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM place WHERE key = ?1)", before
        )


def _add_entry(
    connection: sqlite3.Connection, entry: dict[str, Any], data: bytes | None, counts: Counts, *, again: bool
) -> None:
    row = entry["document"]
    freed = _forget(connection, row[0]) if again else []
    inserted = connection.execute(
        "INSERT INTO document (key, sha256, name, media_type, size, pages, record) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        row,
    ).fetchall()
    if not inserted:  # another process has just added it
        counts.known += 1
        return
    connection.execute("DELETE FROM failure WHERE key = ?", (row[0],))
    if data is not None:
        connection.execute(
            "INSERT OR IGNORE INTO original VALUES (?, ?)", (row[1], zlib.compress(data, ORIGINAL_COMPRESSION))
        )
    for position, notice in enumerate(entry["notices"]):
        counts.copies += _add_notice(connection, inserted[0][0], position, notice)
    for notice in freed:
        link_copies(connection, notice)
    counts.added += 1


def _forget(connection: sqlite3.Connection, key: str) -> list[int]:
    """Remove a document that is to be read again; the notices that were copies of its notices."""
    rows = connection.execute(
        "SELECT copy.id FROM notice AS copy JOIN notice AS original ON original.id = copy.copy_of"
        " JOIN document ON document.id = original.document WHERE document.key = ? ORDER BY copy.id",
        (key,),
    ).fetchall()
    for (notice,) in rows:
        unlink_copy(connection, notice)
    connection.execute("DELETE FROM document WHERE key = ?", (key,))
    return [notice for (notice,) in rows]


def _add_notice(connection: sqlite3.Connection, document: int, position: int, notice: dict[str, Any]) -> bool:
    cursor = connection.execute(
        "INSERT INTO notice (document, position, number, number_key, title, title_key, issuer, level, province, city,"
        " year, issued_on, clause_count, text_sha256, signature) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (document, position, *notice["row"]),
    )
    number = _last(cursor)
    connection.executemany("INSERT INTO band VALUES (?, ?)", ((band, number) for band in set(notice["bands"])))
    connection.executemany(
        "INSERT INTO citation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ((number, *row) for row in notice["citations"])
    )
    for clause in notice["clauses"]:
        _add_clause(connection, number, clause)
    return link_copies(connection, number)


def _add_clause(connection: sqlite3.Connection, notice: int, clause: dict[str, Any]) -> None:
    number = _last(
        connection.execute(
            "INSERT INTO clause (notice, name, marker, heading, text, start, facets) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (notice, *clause["row"]),
        )
    )
    _add_rows(connection, "INSERT INTO amount VALUES (?, ?, ?, ?, ?, ?)", number, clause["amounts"])
    _add_rows(connection, "INSERT INTO deadline VALUES (?, ?, ?, ?, ?)", number, clause["deadlines"])
    _add_rows(connection, "INSERT INTO duty VALUES (?, ?, ?, ?, ?, ?, ?)", number, clause["duties"])


def _add_rows(connection: sqlite3.Connection, sql: str, owner: int, rows: Iterable[tuple[Any, ...]]) -> None:
    if rows:
        connection.executemany(sql, ((owner, *row) for row in rows))


def _last(cursor: sqlite3.Cursor) -> int:
    number = cursor.lastrowid
    assert number is not None  # after an INSERT there is one
    return number
