"""What an index beside the store has missed: changes are logged by the store itself, from the first index on.

Clauses that are added are told by their ids. Removed and changed ones stand in `search_log`, whichever program wrote.
A mark in the log is what an index was made from: an index whose mark the store does not know belongs to another store,
or to a later state of one that was restored from a backup.
"""

import sqlite3
from dataclasses import dataclass
from uuid import uuid4

TABLE = "CREATE TABLE IF NOT EXISTS search_log (seq INTEGER PRIMARY KEY, clause INTEGER, mark TEXT)"
TRIGGER = (
    "CREATE TRIGGER IF NOT EXISTS {} AFTER {} ON clause BEGIN INSERT INTO search_log (clause) VALUES (old.id); END"
)
TRIGGERS = {"search_clause_removed": "DELETE", "search_clause_changed": "UPDATE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An index holds the clauses up to `newest`, as they were at the mark."""

    mark: str
    newest: int


def missed(connection: sqlite3.Connection, state: State) -> int | None:
    """About how many clauses an index has to be caught up with; `None` if it is no index of this store."""
    if not _is_logged(connection):
        return None
    row = connection.execute("SELECT seq FROM search_log WHERE mark = ?", (state.mark,)).fetchone()
    if row is None:
        return None
    sql = "SELECT count(*) FROM search_log WHERE seq > ? AND clause IS NOT NULL"
    changed: int = connection.execute(sql, row).fetchone()[0]
    newest = newest_clause(connection)
    return None if newest < state.newest and not changed else changed + max(newest - state.newest, 0)


def set_mark(connection: sqlite3.Connection) -> str:
    """In a transaction: begin to log, if that is new, and mark what is logged from here on."""
    connection.execute(TABLE)
    for name, event in TRIGGERS.items():
        connection.execute(TRIGGER.format(name, event))
    mark = uuid4().hex
    connection.execute("INSERT INTO search_log (mark) VALUES (?)", (mark,))
    return mark


def changed_since(connection: sqlite3.Connection, mark: str) -> tuple[int, ...]:
    """Clauses removed or changed, each once; ids of removed clauses may have been given again."""
    rows = connection.execute(
        "SELECT DISTINCT clause FROM search_log WHERE clause IS NOT NULL"
        " AND seq > (SELECT seq FROM search_log WHERE mark = ?) ORDER BY clause",
        (mark,),
    )
    return tuple(clause for (clause,) in rows)


def forget_before(connection: sqlite3.Connection, mark: str) -> None:
    """What the index of this mark holds need not be logged any more."""
    connection.execute("DELETE FROM search_log WHERE seq < (SELECT seq FROM search_log WHERE mark = ?)", (mark,))


def forget(connection: sqlite3.Connection) -> None:
    """Log no more; every index made of the store so far is none of it from here on."""
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.execute("DROP TABLE IF EXISTS search_log")


def newest_clause(connection: sqlite3.Connection) -> int:
    newest: int = connection.execute("SELECT coalesce(max(id), 0) FROM clause").fetchone()[0]
    return newest


def count_newer(connection: sqlite3.Connection, clause: int) -> int:
    count: int = connection.execute("SELECT count(*) FROM clause WHERE id > ?", (clause,)).fetchone()[0]
    return count


def _is_logged(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_log'").fetchone() is not None
