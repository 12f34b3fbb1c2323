"""A store as Python sees it: add, iterate, search, follow citations, take tables to Arrow and pandas."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus import lineage, tables
from corpus.copies import list_versions
from corpus.database import connect, guarded
from corpus.duties import Duty, list_duties
from corpus.engine import Engine
from corpus.errors import QueryError
from corpus.filters import EVERY, Filters, notice_conditions
from corpus.index import SearchIndex
from corpus.ingest import DEFAULTS, AddOptions, Ingest
from corpus.lookup import choose
from corpus.names import number_key, title_key
from corpus.records import unpack_document
from corpus.reuse import Reuse, find_reuse
from corpus.search import Results, search
from corpus.store import Counts
from extract.errors import Failure
from extract.notice import Document, Notice

DEFAULT_NAME = "duizhao.corpus"
LONGEST_ID = 18  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A stored notice, as lists show it. `copy_of` is the id of the notice that it repeats."""

    id: int
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    province: str | None
    city: str | None
    year: int | None
    issued_on: str | None
    clause_count: int
    copy_of: int | None
    sha256: str
    file: str
    position: int  # in its file

    @property
    def attached(self) -> bool:
        """Printed by another notice."""
        return self.position > 0


ENTRIES = (
    "SELECT notice.id, number, title, issuer, level, province, city, year, issued_on, clause_count, copy_of,"
    " document.sha256, document.name, position FROM notice JOIN document ON document.id = notice.document"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a store holds. Copies are not counted among the notices, nor theirs among the clauses.

    Searched are clauses, text outside them and, on request, copies; the index for large stores holds all three.
    """

    files: int
    notices: int
    copies: int
    clauses: int
    outside: int  # passages of text outside clauses: head, tables, tail
    copied: int  # clauses and passages of copies
    failures: int  # paths


class Corpus:
    """An open store; a context manager. Not to be shared between threads."""

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self.connection: sqlite3.Connection = connect(self.path, read_only=read_only)
        self.index = SearchIndex(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    def add(
        self,
        paths: Iterable[Path | str],
        options: AddOptions = DEFAULTS,
        tell: Callable[[str, Failure | None], None] = lambda _path, _failure: None,
    ) -> Counts:
        """Read files, folders and zip archives into the store; what it has is not read again.

        Raises:
            StoreError: the store cannot be written.
        """
        with guarded(self.path):
            return Ingest(self.connection, self.path, options, tell).run(map(Path, paths))

    def summary(self) -> Summary:
        with guarded(self.path):
            row = self.connection.execute(
                "SELECT (SELECT count(*) FROM document), count(*) FILTER (WHERE copy_of IS NULL), count(copy_of),"
                " coalesce(sum(clause_count) FILTER (WHERE copy_of IS NULL), 0),"
                " (SELECT count(*) FROM clause),"
                " (SELECT count(*) FROM clause JOIN notice ON notice.id = clause.notice WHERE copy_of IS NOT NULL),"
                " (SELECT count(*) FROM failure JOIN place USING (key)) FROM notice"
            ).fetchone()
        files, notices, copies, clauses, passages, copied, failures = row
        outside = passages - copied - clauses
        return Summary(
            files=files, notices=notices, copies=copies, clauses=clauses, outside=outside, copied=copied,
            failures=failures,
        )  # fmt: skip

    def entries(self, filters: Filters = EVERY) -> Iterator[Entry]:
        """Stored notices in the order they were added."""
        conditions = list(notice_conditions(filters))
        where = " AND ".join(sql for sql, _ in conditions) or "1"
        values = tuple(value for _, found in conditions for value in found)
        with guarded(self.path):
            for row in self.connection.execute(f"{ENTRIES} WHERE {where} ORDER BY notice.id", values):
                yield _entry(row)

    def notices(self, filters: Filters = EVERY) -> Iterator[Notice]:
        """The same, whole, read one by one."""
        for entry in list(self.entries(filters)):
            yield self.notice(entry.id)

    def entry(self, name: str | int) -> Entry:
        """A notice by document number, id or title; see `corpus.lookup`. Of several copies the original is meant.

        Raises:
            QueryError: none, or several, answer to the name.
        """
        with guarded(self.path):
            found = self._by_name(name) if isinstance(name, str) else None
            for entry in () if found else self._matching("notice.id = ?", _row_id(name)):
                return entry  # by its id a copy is found too
        if found:
            return found
        raise QueryError(f"语料库里没有 {name}；用 duizhao corpus list 看有哪些")

    def _by_name(self, name: str) -> Entry | None:
        """By the indexes where they know it; else every title is looked at."""
        for column, key in (("number_key", number_key(name)), ("title_key", title_key(name))):
            if found := choose(name, self._matching(f"{column} = ? AND copy_of IS NULL", key)):
                return found
        return None if _row_id(name) >= 0 else choose(name, self._matching("copy_of IS NULL"))

    def _matching(self, where: str, *values: object) -> list[Entry]:
        return [_entry(row) for row in self.connection.execute(f"{ENTRIES} WHERE {where} ORDER BY notice.id", values)]

    def document(self, name: str | int) -> Document:
        """The file's document, all notices of it, by one's number or id."""
        return self._document(self.entry(name).id)

    def notice(self, name: str | int) -> Notice:
        entry = self.entry(name)
        return self._document(entry.id).notices[entry.position]

    def _document(self, notice: int) -> Document:
        with guarded(self.path):
            row = self.connection.execute(
                "SELECT record FROM document JOIN notice ON notice.document = document.id WHERE notice.id = ?",
                (notice,),
            ).fetchone()
        return unpack_document(row[0])

    def original(self, name: str | int) -> bytes:
        """The file's bytes as they were read.

        Raises:
            QueryError: the store keeps references only.
        """
        entry = self.entry(name)
        with guarded(self.path):
            row = self.connection.execute("SELECT data FROM original WHERE sha256 = ?", (entry.sha256,)).fetchone()
        if row is None:
            raise QueryError(f"{entry.file} 只存了引用，没有存原件；请到原来的位置去找：{'、'.join(self.places(name))}")
        return zlib.decompress(row[0])

    def places(self, name: str | int) -> tuple[str, ...]:
        """Paths under which the file's bytes were found; `archive.zip!member` inside an archive."""
        entry = self.entry(name)
        with guarded(self.path):
            rows = self.connection.execute(
                "SELECT path FROM place JOIN document USING (key) WHERE sha256 = ? ORDER BY path", (entry.sha256,)
            ).fetchall()
        return tuple(path for (path,) in rows)

    def copies(self, name: str | int) -> tuple[Entry, ...]:
        """Other prints of a notice, of the same words."""
        entry = self.entry(name)
        with guarded(self.path):
            rows = self.connection.execute(f"{ENTRIES} WHERE copy_of = ? ORDER BY notice.id", (entry.id,)).fetchall()
        return tuple(map(_entry, rows))

    def versions(self, name: str | int) -> tuple[Entry, ...]:
        """Prints of a notice with another text, notices of their own: revised, or cut short."""
        entry = self.entry(name)
        with guarded(self.path):
            found = list_versions(self.connection, entry.id)
            return tuple(one for number in found for one in self._matching("notice.id = ?", number))

    def failures(self) -> tuple[Failure, ...]:
        """Files that gave no document, one a path; `key` is the path."""
        with guarded(self.path):
            sql = "SELECT path, step, message FROM failure JOIN place USING (key) ORDER BY path"
            rows = self.connection.execute(sql).fetchall()
        return tuple(Failure(key=path, step=step, message=message) for path, step, message in rows)

    def search(self, query: str, filters: Filters = EVERY, *, limit: int = 20, offset: int = 0) -> Results:
        """Clauses that hold all words of the query, best first; see `corpus.search`.

        Raises:
            QueryError: nothing to search for, too much, or a filter that cannot be.
        """
        with guarded(self.path):
            return search(self.connection, query, filters, limit=limit, offset=offset, index=self.index)

    def lineage(self) -> lineage.Graph:
        """Who carries out, cites and prints whom."""
        with guarded(self.path):
            return lineage.build_graph(self.connection)

    def department(self, key: str, filters: Filters = EVERY) -> Iterator[Duty]:
        """All duties of a department, by its function key."""
        with guarded(self.path):
            yield from list_duties(self.connection, key, filters)

    def reuse(
        self, name: str | int | None = None, *, least: float = 0.5, engine: str = Engine.SERIAL
    ) -> Iterator[Reuse]:
        """Clauses of different notices that repeat or adapt one another; see `corpus.reuse`."""
        notice = None if name is None else self.entry(name).id
        with guarded(self.path):
            yield from find_reuse(self.connection, least=least, notice=notice, engine=engine)

    def rows(self, table: str, filters: Filters = EVERY) -> tables.Rows:
        """A table as names and tuples: notices, clauses, passages, amounts, deadlines, duties or citations.

        Raises:
            QueryError: no such table.
        """
        with guarded(self.path):
            return tables.read_rows(self.connection, table, filters)

    def to_arrow(self, table: str, filters: Filters = EVERY) -> Any:
        """The table as `pyarrow.Table`.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return tables.to_arrow(self.rows(table, filters))

    def to_pandas(self, table: str, filters: Filters = EVERY) -> Any:
        """The table as `pandas.DataFrame`.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return tables.to_pandas(self.rows(table, filters))


def open(path: Path | str, *, read_only: bool = False) -> Corpus:
    """Open a store, made where there is none.

    Raises:
        StoreError: no store of ours, or no place to write.
    """
    return Corpus(path, read_only=read_only)


def _row_id(name: str | int) -> int:
    """A store id; -1 for what cannot be one."""
    text = str(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID else -1


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(**dict(zip(Entry.__slots__, row, strict=True)))
