"""A query in, clauses out of SQLite's own full-text index: what every store has.

A phrase of two characters or more is found through the index; a single character by looking through the text, those
added last first.
"""

import sqlite3

from corpus.bigrams import phrase
from corpus.copies import COPY
from corpus.filters import Condition
from corpus.query import Found, Query, variants

COUNTED = 5_000  # matches counted exactly where each must be looked at, or the store is large
SMALL = 500_000  # clauses of a store in which every match is counted


class Embedded:
    """A `Finder`. What the index finds is exact but for characters that Unicode knows no class of."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ids(
        self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False, headed: bool = False
    ) -> list[int]:
        if headed and not query.phrases:
            return []
        sql, values = _select("{clause}", _match(query, headed=headed), _conditions(query))
        order = "ASC" if oldest else "DESC"
        rows = self._connection.execute(f"{sql} ORDER BY 1 {order} LIMIT ? OFFSET ?", (*values, limit, offset))
        return [clause for (clause,) in rows]

    def find(self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False) -> Found:
        if _conditions(query):
            asked = max(COUNTED + 1, offset + limit)
            return counted(self.ids(query, asked, oldest=oldest), asked, offset, limit)
        ids = self.ids(query, limit, offset=offset, oldest=oldest)
        if len(ids) < limit and (ids or not offset):
            return Found(ids=ids, total=offset + len(ids), more=False)
        total, more = self._count(query)
        return Found(ids=ids, total=_at_least(total, ids, offset), more=more)

    def _count(self, query: Query) -> tuple[int, bool]:
        """Matches, and whether there are more than were counted; the index alone can tell."""
        match = _match(query)
        if self._is_small():
            return self._number(*_select("count(*)", match, ())), False
        sql, values = _select("1", match, ())
        total = self._number(f"SELECT count(*) FROM ({sql} LIMIT ?)", (*values, COUNTED + 1))  # noqa: S608
        return min(total, COUNTED), total > COUNTED

    def _is_small(self) -> bool:
        """Few enough clauses to count all that match in some milliseconds."""
        return self._number("SELECT coalesce(max(id), 0) FROM clause", ()) <= SMALL

    def _number(self, sql: str, values: tuple[object, ...]) -> int:
        number: int = self._connection.execute(sql, values).fetchone()[0]
        return number


def counted(ids: list[int], asked: int, offset: int, limit: int) -> Found:
    """A page of the clauses that were asked for, each of which had to be looked at."""
    page = ids[offset : offset + limit]
    if len(ids) < asked:
        return Found(ids=page, total=len(ids), more=False)
    return Found(ids=page, total=_at_least(COUNTED, page, offset), more=True)


def _at_least(total: int, page: list[int], offset: int) -> int:
    """No fewer than are shown."""
    return max(total, offset + len(page)) if page else total


def _match(query: Query, *, headed: bool = False) -> str:
    """An FTS5 query, "" where only the text can tell."""
    phrases = [phrase(word) for word in query.phrases]
    groups = [" OR ".join(map(_quoted, words)) for words in query.facets]
    parts = [f"facets : ({words})" for words in groups]
    if not headed or len(query.words) > 1:  # the text of a clause holds its heading
        parts += [f"words : {one}" for one in phrases]
    if headed:
        parts.append("heading : (" + " OR ".join(phrases) + ")")
    match = " AND ".join(parts)
    return match if query.copies or not match else f"({match}) NOT facets : {_quoted(COPY)}"


def _conditions(query: Query) -> tuple[Condition, ...]:
    looked_at = [*map(_contains, query.characters), *query.conditions]
    if not query.copies and not query.phrases and not query.facets:
        looked_at.append(("NOT instr(clause.facets, ?)", (COPY,)))
    return tuple(looked_at)


def _contains(char: str) -> Condition:
    """The character or one that folds to it, wherever it stands in the text."""
    found = variants(char)
    return "(" + " OR ".join(["instr({text}, ?)"] * len(found)) + ")", found


def _select(columns: str, match: str, conditions: tuple[Condition, ...]) -> tuple[str, tuple[object, ...]]:
    """SQL for the clauses that fit, and its values; `{clause}` stands for a clause's id, `{text}` for its text."""
    values = tuple(value for _, values in conditions for value in values)
    where = " AND ".join(["clause_index MATCH ?"] * bool(match) + [sql for sql, _ in conditions]) or "1"
    if not match:
        sql = f"SELECT {columns} FROM clause WHERE {where}"  # noqa: S608
        return sql.replace("{clause}", "clause.id").replace("{text}", "clause.text"), values
    sql = f"SELECT {columns} FROM clause_index WHERE {where}"  # noqa: S608
    text = "(SELECT text FROM clause WHERE clause.id = clause_index.rowid)"
    return sql.replace("{clause}", "clause_index.rowid").replace("{text}", text), (match, *values)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
