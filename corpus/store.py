"""Entries in, rows of the store out: one transaction a batch, so that a kill loses no more than the batch under way."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.bigrams import all_bigrams
from corpus.copies import Link, link_copies, unlink_copy
from corpus.database import transaction
from corpus.entry import Entry, NoticeRows, Row
from corpus.groups import group
from extract.errors import Failure

SLICE = 1 << 16  # characters made into words at once


@dataclass(slots=True, kw_only=True)
class Batch:
    """What a run has found since the last transaction."""

    entries: list[Entry] = field(default_factory=list)
    failures: list[tuple[str, str | None, str, str]] = field(default_factory=list)  # rows of `failure`
    places: list[tuple[str, str]] = field(default_factory=list)  # path, key: one a file, whatever became of it

    def __len__(self) -> int:
        return len(self.places)

    def keys(self) -> Iterator[str]:
        """Of files that were read."""
        yield from (entry.key for entry in self.entries)
        yield from (key for key, *_ in self.failures)


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a run has done, in files; `copies` and `versions`, prints with another text, in notices."""

    added: int = 0
    known: int = 0
    bad: int = 0  # known files that failed before
    failed: int = 0
    copies: int = 0
    versions: int = 0


def known_keys(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bool]:
    """Of the keys given those in the store -> whether they gave a document."""
    marks = ",".join("?" * len(keys))
    rows = connection.execute(f"SELECT key, 1 FROM document WHERE key IN ({marks})", keys).fetchall()  # noqa: S608
    bad = connection.execute(f"SELECT key, 0 FROM failure WHERE key IN ({marks})", keys).fetchall()  # noqa: S608
    return {key: bool(good) for key, good in (*bad, *rows)}


def known_failure(connection: sqlite3.Connection, key: str) -> Failure | None:
    """Why a file gave no document; `None` if it did, or is not known."""
    row = connection.execute("SELECT step, message FROM failure WHERE key = ?", (key,)).fetchone()
    return Failure(key=key, step=row[0], message=row[1]) if row else None


def write_batch(connection: sqlite3.Connection, path: Path, batch: Batch, counts: Counts, *, again: bool) -> None:
    """Store a batch whole, or nothing of it.

    Raises:
        StoreError: disk full, not writable, locked for too long.
    """
    if not len(batch):
        return
    done = Counts()
    with transaction(connection, path):
        # What replaces an older reading goes one by one: the ids given must not depend on where a batch ends.
        for entries in ([entry] for entry in batch.entries) if again else (batch.entries,):
            _add_entries(connection, entries, done, again=again)
        connection.executemany("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?)", batch.failures)
        for place, key in batch.places:
            _add_place(connection, place, key)
    counts.added += done.added
    counts.known += done.known
    counts.failed += len(batch.failures)
    counts.copies += done.copies
    counts.versions += done.versions


def _add_place(connection: sqlite3.Connection, place: str, key: str) -> None:
    before = connection.execute("SELECT key FROM place WHERE path = ? AND key <> ?", (place, key)).fetchone()
    connection.execute("INSERT OR REPLACE INTO place VALUES (?, ?)", (place, key))
    if before:  # the file under this path has changed: a failure that no other path has is over
        connection.execute(
            "DELETE FROM failure WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM place WHERE key = ?1)", before
        )


def _add_entries(connection: sqlite3.Connection, entries: Sequence[Entry], counts: Counts, *, again: bool) -> None:
    freed = [notice for entry in entries for notice in _forget(connection, entry.key)] if again else []
    known = known_keys(connection, [entry.key for entry in entries])
    new = [entry for entry in entries if not known.get(entry.key)]  # another process may have just added it
    rows = Rows(connection)
    for entry in new:
        rows.add(entry)
    rows.write(connection)
    connection.executemany("DELETE FROM failure WHERE key = ?", [(entry.key,) for entry in new])
    links = [link_copies(connection, notice, below=notice) for notice in rows.notices]
    for notice in freed:
        link_copies(connection, notice)
    counts.added += len(new)
    counts.known += len(entries) - len(new)
    counts.copies += links.count(Link.COPY)
    counts.versions += links.count(Link.VERSION)


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


INSERTS = {  # in an order that lets every row find what it refers to
    "document": "(id, key, sha256, name, media_type, size, pages, record)",
    "original": "(sha256, data)",
    "notice": "(id, document, position, number, number_key, title, title_key, issuer, level, province, city, year,"
    " issued_on, clause_count, text_sha256, signature)",
    "band": "(band, notice)",
    "citation": "(notice, clause, relation, number, number_key, title, title_key, issuer, quote, position)",
    "clause": "(id, notice, name, marker, heading, text, start, facets)",
    "clause_index": "(rowid, heading, words, facets)",
    "amount": "(clause, kind, low, high, unit, quote, per, bound, strict, condition, position)",
    "deadline": '(clause, role, start, "end", quote, position)',
    "duty": "(clause, key, name, full_name, role, inferred, quote, position)",
}


class Rows:
    """The rows of one transaction, table by table. No other process gives ids meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._tables: dict[str, list[Row]] = {table: [] for table in INSERTS}
        self._document = _last_id(connection, "document")
        self._notice = _last_id(connection, "notice")
        self._clause = _last_id(connection, "clause")

    @property
    def notices(self) -> list[int]:
        return [number for number, *_ in self._tables["notice"]]

    def add(self, entry: Entry) -> None:
        self._document += 1
        self._tables["document"].append((self._document, *entry.document))
        if entry.original is not None:
            self._tables["original"].append((entry.sha256, entry.original))
        for position, notice in enumerate(entry.notices):
            self._notice += 1
            self._tables["notice"].append((self._notice, self._document, position, *notice.notice))
            self._add_notice(notice)

    def _add_notice(self, rows: NoticeRows) -> None:
        tables, owner, first = self._tables, self._notice, self._clause + 1
        tables["band"] += [(band, owner) for band in rows.bands]
        tables["citation"] += [(owner, *row) for row in rows.citations]
        tables["clause"] += [(number, owner, *row) for number, row in enumerate(rows.clauses, first)]
        tables["amount"] += _owned(rows.amounts, first)
        tables["deadline"] += _owned(rows.deadlines, first)
        tables["duty"] += _owned(rows.duties, first)
        self._clause += len(rows.clauses)

    def write(self, connection: sqlite3.Connection) -> None:
        tables = self._tables
        tables["band"].sort()  # neighbours in the tree are written together
        index = _index_rows(tables["clause"])
        for table, columns in INSERTS.items():
            values = ", ".join("?" * (columns.count(",") + 1))
            verb = "INSERT OR IGNORE" if table == "original" else "INSERT"  # bytes read with other options are there
            rows = index if table == "clause_index" else tables[table]
            connection.executemany(f"{verb} INTO {table} {columns} VALUES ({values})", rows)


def _last_id(connection: sqlite3.Connection, table: str) -> int:
    last: int = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608
    return last


def _owned(rows: Iterable[Row], first: int) -> list[Row]:
    """Rows that open with an index among clauses, with the clause's id instead."""
    return [(first + index, *rest) for index, *rest in rows]


def _index_rows(clauses: Sequence[Row]) -> Iterator[Row]:
    """Rows of the full-text index for rows of `clause`."""
    for rows in group(clauses, lambda row: len(row[5]) / SLICE, len(clauses)):
        headings = all_bigrams([row[4] for row in rows])
        words = all_bigrams([row[5] for row in rows])
        for row, heading, text in zip(rows, headings, words, strict=True):
            yield row[0], heading, text, row[7]
