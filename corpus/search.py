"""Words in, the clauses that hold all of them out, best first, with the places of the words.

Every character of a query is data: white space parts it into phrases, nothing else has a meaning. A phrase of two
characters or more is found through the index; a single character by looking through the text.

Ranking looks at the clauses that have a word in their heading and at those added last, `WINDOW` of each: words so
common that they stand in more clauses than that tell nothing about any of them.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.bigrams import FOLDED, clean, phrase, terms
from corpus.copies import COPY
from corpus.errors import QueryError
from corpus.filters import Condition, Filters, clause_conditions, facet_query, originals_only

WINDOW = 1_000
COUNTED = 5_000  # matches counted exactly where each must be looked at, or the store is large
SMALL = 500_000  # clauses of a store in which every match is counted
MAX_CHARACTERS = 1_000
MAX_ISSUERS = 400

# Okapi BM25 without the rarity of a term: every hit has all terms.
SATURATION = 1.2
LENGTH_WEIGHT = 0.75
USUAL_LENGTH = 120.0  # characters of a clause
HEADING_BONUS = 1.0

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
    """`total` clauses match; where `more`, at least so many."""

    query: tuple[str, ...]
    total: int
    more: bool
    hits: tuple[Hit, ...]


def search(
    connection: sqlite3.Connection, query: str, filters: Filters, *, limit: int = 20, offset: int = 0
) -> Results:
    """
    Raises:
        QueryError: nothing to search for, too much, or a filter that cannot be.
    """
    if len(query) > MAX_CHARACTERS:
        raise QueryError(f"检索词有 {len(query)} 字，最多 {MAX_CHARACTERS} 字；请缩短")
    words = terms(query)
    plan = _plan(connection, words, filters)
    ids, total, more = _candidates(connection, plan, max(WINDOW, limit + offset))
    finders = [_finder(word) for word in words]
    ranked = sorted(_scored(_texts(connection, ids), finders))
    hits = tuple(_hit(connection, clause, -score, finders) for score, clause in ranked[offset : offset + limit])
    return Results(query=words, total=total, more=more, hits=hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`match` is an FTS5 query, "" where only the text can tell; `headed` the same with a word in the heading."""

    match: str
    headed: str
    conditions: tuple[Condition, ...]

    def select(self, columns: str, match: str) -> tuple[str, tuple[object, ...]]:
        """SQL for the clauses that fit, and its values; `{clause}` stands for a clause's id, `{text}` for its text."""
        values = tuple(value for _, values in self.conditions for value in values)
        where = " AND ".join(["clause_index MATCH ?"] * bool(match) + [sql for sql, _ in self.conditions]) or "1"
        if not match:
            sql = f"SELECT {columns} FROM clause WHERE {where}"  # noqa: S608
            return sql.replace("{clause}", "clause.id").replace("{text}", "clause.text"), values
        sql = f"SELECT {columns} FROM clause_index WHERE {where}"  # noqa: S608
        text = "(SELECT text FROM clause WHERE clause.id = clause_index.rowid)"
        return sql.replace("{clause}", "clause_index.rowid").replace("{text}", text), (match, *values)


def _plan(connection: sqlite3.Connection, words: Sequence[str], filters: Filters) -> Plan:
    indexed = [phrase(word) for word in words if len(word) > 1]
    facets = list(facet_query(filters, _issuers(connection, filters.issuer)))
    conditions = [*(_contains(word) for word in words if len(word) == 1), *clause_conditions(filters)]
    parts = [f"words : {one}" for one in indexed] + facets
    if not parts and not conditions:
        raise QueryError("没有检索词也没有筛选条件；请写要找的词，或用 --city、--year 等筛选")
    if not parts:
        originals = [] if filters.copies else [("NOT instr(clause.facets, ?)", (COPY,))]
        return Plan(match="", headed="", conditions=(*conditions, *originals))
    match = " AND ".join(parts)
    headed = " AND ".join([*parts, "heading : (" + " OR ".join(indexed) + ")"]) if indexed else ""
    if not filters.copies:
        match, headed = originals_only(match), originals_only(headed) if headed else ""
    return Plan(match=match, headed=headed, conditions=tuple(conditions))


def _issuers(connection: sqlite3.Connection, part: str | None) -> tuple[str, ...]:
    """Single issuers whose name holds the part."""
    if part is None:
        return ()
    rows = connection.execute("SELECT DISTINCT issuer FROM notice WHERE instr(issuer, ?)", (clean(part),))
    names = dict.fromkeys(name for (joined,) in rows for name in joined.split("、") if part in name)
    if len(names) > MAX_ISSUERS:
        raise QueryError(f"有 {len(names)} 个发文机关的名称含“{part}”，太多了；请写得更完整")
    return tuple(names)


def _contains(char: str) -> Condition:
    """The character or one that folds to it, wherever it stands in the text."""
    variants = _variants(char)
    return "(" + " OR ".join(["instr({text}, ?)"] * len(variants)) + ")", variants


def _variants(char: str) -> tuple[str, ...]:
    return (char, *(chr(code) for code, folded in FOLDED.items() if folded == char))


def _candidates(connection: sqlite3.Connection, plan: Plan, window: int) -> tuple[list[int], int, bool]:
    """Clauses to rank, how many match, and whether there are more than were counted."""
    found = _ids(connection, plan, plan.match, max(COUNTED, window) + 1)
    if len(found) <= window:
        return found, len(found), False
    headed = _ids(connection, plan, plan.headed, window) if plan.headed else []
    total, more = len(found), len(found) > COUNTED
    if more and plan.match and not plan.conditions and _is_small(connection):  # the index alone can tell
        sql, values = plan.select("count(*)", plan.match)
        total, more = connection.execute(sql, values).fetchone()[0], False
    return [*headed, *found[:window]], min(total, COUNTED) if more else total, more


def _is_small(connection: sqlite3.Connection) -> bool:
    """Few enough clauses to count all that match in some milliseconds."""
    newest: int | None = connection.execute("SELECT max(id) FROM clause").fetchone()[0]
    return (newest or 0) <= SMALL


def _ids(connection: sqlite3.Connection, plan: Plan, match: str, limit: int) -> list[int]:
    """Clauses that fit, those added last first."""
    sql, values = plan.select("{clause}", match)
    rows = connection.execute(f"{sql} ORDER BY 1 DESC LIMIT ?", (*values, limit))
    return [clause for (clause,) in rows]


def _texts(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    """Clause, heading, text; each clause once."""
    yield from connection.execute(
        "SELECT id, coalesce(heading, ''), text FROM clause WHERE id IN (SELECT value FROM json_each(?))",
        (str(list(ids)),),
    )


def _finder(word: str) -> re.Pattern[str]:
    """Finds a folded word in text as it stands: faster than folding every text."""
    return re.compile("".join(_any_of(_variants(char)) for char in word))


def _any_of(chars: Sequence[str]) -> str:
    return re.escape(chars[0]) if len(chars) == 1 else "[" + "".join(map(re.escape, chars)) + "]"


def _scored(texts: Iterable[tuple[int, str, str]], finders: Sequence[re.Pattern[str]]) -> Iterator[tuple[float, int]]:
    """Score below zero and clause, so that the best sort first; among equals the one stored first."""
    for clause, heading, text in texts:
        counts = [len(finder.findall(text)) for finder in finders]
        if all(counts):
            yield -_score(counts, finders, len(text), heading), clause


def _score(counts: Sequence[int], finders: Sequence[re.Pattern[str]], length: int, heading: str) -> float:
    scale = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / USUAL_LENGTH)
    score = sum(count * (SATURATION + 1) / (count + scale) for count in counts)
    return score + HEADING_BONUS * sum(finder.search(heading) is not None for finder in finders)


def _hit(connection: sqlite3.Connection, clause: int, score: float, finders: Sequence[re.Pattern[str]]) -> Hit:
    cursor = connection.execute(DETAILS, (clause,))
    names = [column[0] for column in cursor.description]
    values = dict(zip(names, cursor.fetchone(), strict=True))
    del values["id"]
    return Hit(**values, score=round(score, 4), highlights=tuple(_highlights(values["text"], finders)))


def _highlights(text: str, finders: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where the words stand, overlapping ones joined."""
    found = sorted(match.span() for finder in finders for match in finder.finditer(text))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
