"""A query in, clauses out of the index beside the store: exact pairs and single characters, and every match counted.

Queries are built from terms, never parsed: no character of what is typed has a meaning for the index.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from corpus.bigrams import fold
from corpus.copies import COPY
from corpus.index_embedded import COUNTED, Embedded, counted
from corpus.index_log import State
from corpus.query import BrokenIndexError, Found, Query

FORMAT = 1  # of the fields below and what stands in them; an index of another is made anew
STATE = "state=index"  # facet of the one entry that is no clause
CHUNK = 8_000  # matches that are looked at in the store at a time, at first


def build_schema() -> tantivy.Schema:
    """Words parted by spaces; `facets` and `characters` without places or numbers of times."""
    fields = tantivy.SchemaBuilder().add_integer_field("id", indexed=True, fast=True)
    for name in ("words", "heading"):
        fields = fields.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("characters", "facets"):
        fields = fields.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return fields.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic").build()


def clause_entry(clause: int, heading: str | None, text: str, facets: str) -> tantivy.Document:
    folded = fold(text)
    return tantivy.Document(
        id=clause,
        words=" ".join(_pairs(folded)),
        heading=" ".join(_pairs(fold(heading or ""))),
        characters=" ".join(set(folded)),
        facets=facets.lower(),
    )


def state_entry(state: State) -> tantivy.Document:
    record = {"format": FORMAT, "mark": state.mark, "newest": state.newest}
    return tantivy.Document(facets=STATE, state=json.dumps(record))


@dataclass(frozen=True, slots=True)
class Opened:
    """An index as it was when it was opened, whatever another process does to it meanwhile."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    state: State


def open_index(folder: Path) -> Opened | None:
    """`None` if there is no index, or none that is whole and of our format."""
    try:
        with _understood(), _lockable(folder) as place:
            index = tantivy.Index.open(str(place))
            searcher = index.searcher()
            state = _state(index.schema, searcher)
    except BrokenIndexError:
        return None
    return Opened(index, searcher, state) if state else None


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """Even to read, the library writes a lock: where nothing can be written, beside links to the files.

    Once opened, the files are not looked for again.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with TemporaryDirectory() as place:
        for file in folder.glob("[!.]*"):
            Path(place, file.name).symlink_to(file.absolute())
        yield Path(place)


@contextmanager
def _understood() -> Iterator[None]:
    """What the library cannot read it reports as `ValueError`, and where it is surprised as an error of its own."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise BrokenIndexError(str(error)) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise BrokenIndexError(str(error)) from error


def _state(schema: tantivy.Schema, searcher: tantivy.Searcher) -> State | None:
    for _, address in searcher.search(tantivy.Query.term_query(schema, "facets", STATE, "basic"), 1).hits:
        record = json.loads(searcher.doc(address).get_first("state") or "{}")
        if record.get("format") == FORMAT:
            return State(mark=record["mark"], newest=record["newest"])
    return None


class Words:
    """A `Finder`."""

    def __init__(self, connection: sqlite3.Connection, opened: Opened) -> None:
        self._connection = connection
        self._schema = opened.index.schema
        self._searcher = opened.searcher

    def ids(
        self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False, headed: bool = False
    ) -> list[int]:
        if headed and not query.phrases:
            return []
        if not (query.words or query.facets):  # nothing that the index could tell
            return Embedded(self._connection).ids(query, limit, offset=offset, oldest=oldest)
        asked = self._asked(query, headed=headed)
        if query.conditions:
            return list(islice(self._fitting(query, asked, oldest=oldest), offset, offset + limit))
        return self._page(asked, limit, offset, oldest=oldest)[0]

    def find(self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False) -> Found:
        if not (query.words or query.facets):
            return Embedded(self._connection).find(query, limit, offset=offset, oldest=oldest)
        asked = self._asked(query)
        if query.conditions:
            most = max(COUNTED + 1, offset + limit)
            fitting = islice(self._fitting(query, asked, oldest=oldest), most)
            return counted(list(fitting), most, offset, limit)
        ids, total = self._page(asked, limit, offset, oldest=oldest)
        return Found(ids=ids, total=total, more=False)

    def _asked(self, query: Query, *, headed: bool = False) -> tantivy.Query:
        parts = []
        if not headed or len(query.words) > 1:  # the text of a clause holds its heading
            parts += [self._phrase("words", word) for word in query.phrases]
        parts += [self._term("characters", word) for word in query.characters]
        parts += [tantivy.Query.term_set_query(self._schema, "facets", _lowered(group)) for group in query.facets]
        if headed:
            parts.append(_any(self._phrase("heading", word) for word in query.phrases))
        required = [(tantivy.Occur.Must, part) for part in parts]
        copies = [] if query.copies else [(tantivy.Occur.MustNot, self._term("facets", COPY))]
        return tantivy.Query.boolean_query([*required, *copies])

    def _phrase(self, field: str, word: str) -> tantivy.Query:
        pairs: list[str | tuple[int, str]] = [*_pairs(word)]
        if len(pairs) == 1:
            return self._term(field, word)
        return tantivy.Query.phrase_query(self._schema, field, pairs)

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word, "basic")

    def _page(self, asked: tantivy.Query, limit: int, offset: int, *, oldest: bool) -> tuple[list[int], int]:
        """Some of the clauses that answer, by id, and the number of all."""
        order = tantivy.Order.Asc if oldest else tantivy.Order.Desc
        # More than there are would be room reserved for nothing.
        limit, offset = max(min(limit, self._searcher.num_docs), 1), min(offset, self._searcher.num_docs)
        with _understood():
            result: Any = self._searcher.search(asked, limit, True, "id", offset, order)
        ids = [clause for clause, _ in result.hits]
        if None in ids:
            raise BrokenIndexError("a clause without its number")
        return ids, result.count

    def _fitting(self, query: Query, asked: tantivy.Query, *, oldest: bool) -> Iterator[int]:
        """Clauses that answer and fit the conditions, which are looked up in the store."""
        where = " AND ".join(sql for sql, _ in query.conditions).replace("{clause}", "value")
        values = tuple(value for _, values in query.conditions for value in values)
        size, done = CHUNK, 0
        while True:
            ids, _ = self._page(asked, size, done, oldest=oldest)
            sql = f"SELECT value FROM json_each(?) WHERE {where}"  # noqa: S608 (conditions are our own)
            yield from (clause for (clause,) in self._connection.execute(sql, (str(ids), *values)))
            if len(ids) < size:
                return
            size, done = 4 * size, done + size


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _pairs(text: str) -> Iterator[str]:
    """A pair with white space falls apart into words that no phrase has, which keeps its neighbours apart."""
    return map(add, text, text[1:])


def _lowered(words: Iterable[str]) -> list[str]:
    """As the embedded index has them: case makes no difference."""
    return [word.lower() for word in words]
