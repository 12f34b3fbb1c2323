"""A department's function key in, what it has to do in every notice out."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.filters import EVERY, Filters, notice_conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One naming of a department in a clause; `inferred` where the role is read from the order alone."""

    notice: int
    number: str | None
    title: str | None
    issued_on: str | None
    clause: str
    role: str
    inferred: bool
    name: str
    full_name: str
    quote: str
    text: str  # of the clause


COLUMNS = (
    "notice.id, notice.number, notice.title, notice.issued_on, clause.name, duty.role, duty.inferred, duty.name,"
    " duty.full_name, duty.quote, clause.text"
)


def list_duties(connection: sqlite3.Connection, key: str, filters: Filters = EVERY) -> Iterator[Duty]:
    """In the order of issue, then of the store."""
    conditions = list(notice_conditions(filters))
    where = " AND ".join(["duty.key = ?", *(sql for sql, _ in conditions)])
    values = (key, *(value for _, found in conditions for value in found))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM duty JOIN clause ON clause.id = duty.clause JOIN notice ON notice.id = clause.notice"  # noqa: S608
        f" WHERE {where} ORDER BY notice.issued_on, notice.id, clause.id, duty.rowid",
        values,
    )
    for row in rows:
        values_by_name = dict(zip(Duty.__slots__, row, strict=True))
        yield Duty(**{**values_by_name, "inferred": bool(values_by_name["inferred"])})


def list_keys(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Function key, the name it has most often, how many clauses charge it; the busiest first."""
    rows = connection.execute(
        "SELECT key, name, count(*) FROM duty WHERE key IS NOT NULL GROUP BY key, name ORDER BY count(*) DESC, name"
    )
    found: dict[str, tuple[str, int]] = {}
    for key, name, count in rows:
        usual, total = found.get(key, (name, 0))
        found[key] = (usual, total + count)
    return sorted(((key, name, count) for key, (name, count) in found.items()), key=lambda row: (-row[2], row[0]))
