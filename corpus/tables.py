"""Tables of a store for statistics programs: rows, Arrow, pandas. Copies are left out, so that nothing counts twice."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from corpus.errors import MissingExtraError, QueryError
from corpus.filters import EVERY, Filters, notice_conditions

# Table -> columns, where they come from, order. Values are never part of the SQL.
TABLES = {
    "notices": (
        (
            "notice.id AS notice, number, title, issuer, level, province, city, year, issued_on, clause_count, sha256,"
            " name AS file"
        ),
        "notice JOIN document ON document.id = notice.document",
        "notice.id",
    ),
    "clauses": (
        "notice.id AS notice, notice.number, clause.name AS clause, heading, text, start",
        "clause JOIN notice ON notice.id = clause.notice AND clause.name <> 'head' AND clause.name NOT LIKE 'other/%'",
        "clause.id",
    ),
    "passages": (  # what a search looks through: the clauses and the text outside them
        "notice.id AS notice, notice.number, clause.name AS clause, heading, text, start",
        "clause JOIN notice ON notice.id = clause.notice",
        "clause.id",
    ),
    "amounts": (
        (
            "notice.id AS notice, notice.number, clause.name AS clause, kind, low, high, unit, quote,"
            " amount.per AS per, amount.bound AS bound, amount.strict AS strict, amount.condition AS condition,"
            " amount.position AS position"
        ),
        "amount JOIN clause ON clause.id = amount.clause JOIN notice ON notice.id = clause.notice",
        "clause.id, amount.rowid",
    ),
    "deadlines": (
        (
            'notice.id AS notice, notice.number, clause.name AS clause, role, deadline.start AS start, "end", quote,'
            " deadline.position AS position"
        ),
        "deadline JOIN clause ON clause.id = deadline.clause JOIN notice ON notice.id = clause.notice",
        "clause.id, deadline.rowid",
    ),
    "duties": (
        (
            "notice.id AS notice, notice.number, clause.name AS clause, key, duty.name AS department, full_name, role,"
            " inferred, quote, duty.position AS position"
        ),
        "duty JOIN clause ON clause.id = duty.clause JOIN notice ON notice.id = clause.notice",
        "clause.id, duty.rowid",
    ),
    "citations": (
        (
            "notice.id AS notice, notice.number, clause, relation, citation.number AS cited_number,"
            " citation.title AS cited_title, citation.issuer AS cited_issuer, quote, citation.position AS position"
        ),
        "citation JOIN notice ON notice.id = citation.notice",
        "notice.id, citation.rowid",
    ),
}
ENRICHED = 3  # the version of the store since which it has the columns
LATER = re.compile(r"\b(?:amount|deadline|duty|citation)\.(?:per|bound|strict|condition|position)\b")
# Arrow's types by column; what is not named here is text.
INTEGERS = frozenset({"notice", "year", "clause_count", "start", "inferred", "strict", "position"})
REALS = frozenset({"low", "high"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Column names and an iterator of rows."""

    names: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]
    table: str


def read_rows(connection: sqlite3.Connection, table: str, filters: Filters = EVERY) -> Rows:
    """
    Raises:
        QueryError: no such table.
    """
    if table not in TABLES:
        raise QueryError(f"没有表 {table}；有：{'、'.join(TABLES)}")
    conditions = list(notice_conditions(filters))
    where = " AND ".join(sql for sql, _ in conditions) or "1"
    values = tuple(value for _, found in conditions for value in found)
    columns, source, order = TABLES[table]
    if connection.execute("PRAGMA user_version").fetchone()[0] < ENRICHED:
        columns = LATER.sub("NULL", columns)
    cursor = connection.execute(f"SELECT {columns} FROM {source} WHERE {where} ORDER BY {order}", values)  # noqa: S608
    return Rows(names=tuple(column[0] for column in cursor.description), rows=cursor, table=table)


def to_arrow(rows: Rows) -> Any:
    """
    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow = _require("pyarrow", "Arrow / Parquet")
    columns = list(zip(*rows.rows, strict=True)) or [()] * len(rows.names)
    arrays = [arrow.array(column, _type(arrow, rows, name)) for name, column in zip(rows.names, columns, strict=True)]
    return arrow.Table.from_arrays(arrays, names=list(rows.names))


def records_to_arrow(records: Sequence[Mapping[str, Any]]) -> Any:
    """Records of the same names as `pyarrow.Table`, types as found.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    return _require("pyarrow", "Arrow / Parquet").Table.from_pylist(list(records))


def to_parquet(table: Any) -> bytes:
    """An Arrow table as a Parquet file."""
    arrow, parquet = _require("pyarrow", "Arrow / Parquet"), _require("pyarrow.parquet", "Parquet")
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def to_pandas(rows: Rows) -> Any:
    """
    Raises:
        MissingExtraError: pandas is not installed.
    """
    return _require("pandas", "pandas").DataFrame(list(rows.rows), columns=list(rows.names))


def _type(arrow: Any, rows: Rows, name: str) -> Any:
    if name in REALS:
        return arrow.float64()
    is_day = rows.table == "deadlines" and name == "start"
    return arrow.int64() if name in INTEGERS and not is_day else arrow.string()


def _require(package: str, what: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise MissingExtraError(what, "tables") from None
