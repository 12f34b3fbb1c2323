"""A store in, the index beside it made or caught up: in steps, each of which holds when the process is killed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import tantivy

from corpus.database import connect, guarded, transaction
from corpus.index_folder import held
from corpus.index_log import State, changed_since, count_newer, forget_before, missed, newest_clause, set_mark
from corpus.index_words import STATE, build_schema, clause_entry, open_index, state_entry

MEMORY_BYTES = 128_000_000
STEP = 100_000  # clauses between two states that are kept
TOLD = 1_000  # clauses between two reports of progress

Tell = Callable[[int, int], None]


def update(path: Path, folder: Path, tell: Tell, *, patience: float) -> None:
    """`tell` hears how many clauses are done of how many.

    Raises:
        StoreError: the store or the folder cannot be written, or another process has been at it for too long.
    """
    with guarded(path), held(folder, patience=patience), closing(connect(path)) as connection:
        found = open_index(folder / "words")
        behind = missed(connection, found.state) if found else None
        if behind == 0:
            return
        usable = found if behind is not None else None
        index = usable.index if usable else _make(folder / "words")
        with transaction(connection, path):
            mark = set_mark(connection)
        connection.execute("BEGIN")  # one state of the store; what is added from here on is left to the next run
        _Run(connection, index, mark, tell).catch_up(usable.state if usable else None)
        connection.execute("COMMIT")
        with transaction(connection, path):
            forget_before(connection, mark)


class _Run:
    """From the state that an index holds to the store's own. An index that holds none is empty."""

    def __init__(self, connection: sqlite3.Connection, index: tantivy.Index, mark: str, tell: Tell) -> None:
        self._connection = connection
        self._mark = mark
        self._tell = tell
        self._writer = index.writer(MEMORY_BYTES, 1)
        self._newest = newest_clause(connection)
        self._done = self._total = 0

    def catch_up(self, state: State | None) -> None:
        since = min(state.newest, self._newest) if state else 0
        changed = changed_since(self._connection, state.mark) if state else ()
        self._total = len(changed) + count_newer(self._connection, since)
        for clause in changed:
            self._writer.delete_documents_by_term("id", clause)
            self._add("id = ? AND id <= ?", clause, since)
            self._advance()
        self._keep(since)
        for low in range(since, self._newest, STEP):
            high = min(low + STEP, self._newest)
            self._add("id > ? AND id <= ?", low, high, advance=True)
            self._keep(high)
        self._writer.wait_merging_threads()

    def _add(self, where: str, *values: int, advance: bool = False) -> None:
        sql = f"SELECT id, heading, text, facets FROM clause WHERE {where} ORDER BY id"  # noqa: S608
        for row in self._connection.execute(sql, values):
            self._writer.add_document(clause_entry(*row))
            if advance:
                self._advance()

    def _advance(self) -> None:
        self._done += 1
        if self._done % TOLD == 0 or self._done == self._total:
            self._tell(self._done, self._total)

    def _keep(self, newest: int) -> None:
        """All of it or nothing: the entries and what they hold become visible at once."""
        self._writer.delete_documents_by_term("facets", STATE)
        self._writer.add_document(state_entry(State(mark=self._mark, newest=newest)))
        self._writer.commit()


def _make(words: Path) -> tantivy.Index:
    if words.exists():
        shutil.rmtree(words)
    words.mkdir()
    return tantivy.Index(build_schema(), path=str(words))
