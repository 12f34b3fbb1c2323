"""Words in, the clauses that hold all of them out, best first, with the places of the words.

Ranked are the clauses that have a word in their heading and those added last, `WINDOW` of each: words so common that
they stand in more clauses than that tell nothing about any of them. The others follow, those added last first.
Without words clauses come as they were stored.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.advice import Advice, advise
from corpus.filters import Filters
from corpus.index import SearchIndex
from corpus.index_embedded import Embedded
from corpus.query import BrokenIndexError, Finder, Query, read_query
from corpus.ranking import Finders, finders, highlights, scored

WINDOW = 1_000

DETAILS = (
    "SELECT clause.id, notice.id AS notice, notice.number, notice.title, notice.issuer, notice.level, notice.province,"
    " notice.city, notice.issued_on, clause.name AS clause, clause.heading, clause.text, clause.start, document.sha256,"
    " document.name AS file FROM clause JOIN notice ON notice.id = clause.notice"
    " JOIN document ON document.id = notice.document WHERE clause.id = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A clause found. `highlights` are half-open ranges of `text`; `start` is where `text` stands in its notice."""

    notice: int
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    province: str | None
    city: str | None
    issued_on: str | None
    clause: str
    heading: str | None
    text: str
    start: int
    highlights: tuple[tuple[int, int], ...]
    score: float
    sha256: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`total` clauses match; where `more`, at least so many. `advice`, where there are none: why, and what to try."""

    query: tuple[str, ...]
    total: int
    more: bool
    hits: tuple[Hit, ...]
    advice: Advice | None


def search(
    connection: sqlite3.Connection,
    typed: str,
    filters: Filters,
    *,
    limit: int = 20,
    offset: int = 0,
    index: SearchIndex | None = None,
) -> Results:
    """The index is used if it holds what the store holds.

    Raises:
        QueryError: nothing to search for, too much, or a filter that cannot be.
    """
    with _one_state(connection):
        query = read_query(connection, typed, filters)
        finder = index.finder(connection) if index else None
        if index and finder:
            try:
                return _Search(connection, finder, query).results(filters, limit, offset)
            except BrokenIndexError:
                index.distrust()
        return _Search(connection, Embedded(connection), query).results(filters, limit, offset)


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read is of one state of the store, whatever other processes write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


class _Search:
    def __init__(self, connection: sqlite3.Connection, finder: Finder, query: Query) -> None:
        self._connection = connection
        self._finder = finder
        self._query = query
        self._words = finders(query.words)

    def results(self, filters: Filters, limit: int, offset: int) -> Results:
        look = self._ranked if self._query.words else self._listed
        page, total, more = look(limit, offset)
        hits = tuple(_hit(self._connection, clause, score, self._words) for clause, score in page)
        advice = None if total else advise(self._connection, self._finder, self._query.words, filters)
        return Results(query=self._query.words, total=total, more=more, hits=hits, advice=advice)

    def _listed(self, limit: int, offset: int) -> tuple[list[tuple[int, float]], int, bool]:
        """A page of clauses as they were stored, and how many there are."""
        found = self._finder.find(self._query, limit, offset=offset, oldest=True)
        return [(clause, 0.0) for clause in found.ids], found.total, found.more

    def _ranked(self, limit: int, offset: int) -> tuple[list[tuple[int, float]], int, bool]:
        """A page of clauses and scores, best first and among equals the one stored first; how many there are."""
        found = self._finder.find(self._query, max(WINDOW, limit + offset))
        headed = self._finder.ids(self._query, WINDOW, headed=True) if found.total > WINDOW else []
        first = {*headed, *found.ids[:WINDOW]}
        scores = dict(scored(_texts(self._connection, first.union(found.ids)), self._words))
        best = sorted(first & scores.keys(), key=lambda clause: (-scores[clause], clause))
        others = [clause for clause in found.ids if clause in scores and clause not in first]
        page = [(clause, scores[clause]) for clause in [*best, *others][offset : offset + limit]]
        return page, len(scores) if found.total <= WINDOW else found.total, found.more


def _texts(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Clause, heading, text."""
    yield from connection.execute(
        "SELECT id, coalesce(heading, ''), text FROM clause WHERE id IN (SELECT value FROM json_each(?))",
        (str(list(ids)),),
    )


def _hit(connection: sqlite3.Connection, clause: int, score: float, words: Finders) -> Hit:
    cursor = connection.execute(DETAILS, (clause,))
    names = [column[0] for column in cursor.description]
    values = dict(zip(names, cursor.fetchone(), strict=True))
    del values["id"]
    return Hit(**values, score=round(score, 4), highlights=highlights(values["text"], words))
