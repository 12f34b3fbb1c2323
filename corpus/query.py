"""What is typed and chosen in, what must hold of a clause out: the same for every index.

White space parts the words. Quotation marks round a stretch of words keep it together: notices are held without white
space, so what they enclose is one phrase. Every other character is data.
"""

import re
import sqlite3
from dataclasses import dataclass
from typing import Protocol

from corpus.bigrams import FOLDED, clean, terms
from corpus.errors import QueryError
from corpus.filters import Condition, Filters, clause_conditions, facet_words
from extract.errors import DuizhaoError

MAX_CHARACTERS = 1_000
MAX_ISSUERS = 400

# Marks inside a word are part of it: 落实“放管服”改革.
QUOTED = re.compile(
    r"""(?<!\S)
    (?: ["“”„‟＂「」『』] (?P<double> [^"“”„‟＂「」『』]+ ) ["“”„‟＂「」『』]
      | ['‘’‚‛＇] (?P<single> [^'‘’‚‛＇]+ ) ['‘’‚‛＇] )
    (?!\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A clause answers that holds every word, one facet of each group, and fits every condition."""

    words: tuple[str, ...]  # folded
    facets: tuple[tuple[str, ...], ...]
    conditions: tuple[Condition, ...]
    copies: bool

    @property
    def phrases(self) -> tuple[str, ...]:
        """Words of two characters and more."""
        return tuple(word for word in self.words if len(word) > 1)

    @property
    def characters(self) -> tuple[str, ...]:
        """Words of one character."""
        return tuple(word for word in self.words if len(word) == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Some of `total` clauses that answer; where `more`, at least so many do."""

    ids: list[int]
    total: int
    more: bool


class BrokenIndexError(DuizhaoError):
    """An index cannot be read, or tells what cannot be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class Finder(Protocol):
    """An index that holds the same clauses as the store.

    Both raise:
        BrokenIndexError: it does not after all.
    """

    def ids(
        self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False, headed: bool = False
    ) -> list[int]:
        """Clauses that answer, those added last first; `headed` only those with a phrase in their heading."""
        ...

    def find(self, query: Query, limit: int, *, offset: int = 0, oldest: bool = False) -> Found:
        """The same, and how many there are."""
        ...


def read_query(connection: sqlite3.Connection, typed: str, filters: Filters) -> Query:
    """
    Raises:
        QueryError: nothing to search for, too much, or a filter that cannot be.
    """
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(f"检索词有 {len(typed)} 字，最多 {MAX_CHARACTERS} 字；请缩短")
    words = tuple(filter(None, terms(QUOTED.sub(_joined, typed))))  # of control characters nothing is left
    query = build_query(connection, words, filters)
    if not (query.words or query.facets or query.conditions):
        raise QueryError("没有检索词也没有筛选条件；请写要找的词，或用 --city、--year 等筛选")
    return query


def build_query(connection: sqlite3.Connection, words: tuple[str, ...], filters: Filters) -> Query:
    """
    Raises:
        QueryError: a filter that cannot be.
    """
    return Query(
        words=words,
        facets=tuple(facet_words(filters, _issuers(connection, filters.issuer))),
        conditions=tuple(clause_conditions(filters)),
        copies=filters.copies,
    )


def variants(char: str) -> tuple[str, ...]:
    """A folded character and those that fold to it."""
    return (char, *(chr(code) for code, folded in FOLDED.items() if folded == char))


def _joined(match: re.Match[str]) -> str:
    """What stands between quotation marks, as notices have it; marks round nothing stay."""
    return "".join((match["double"] or match["single"]).split()) or match[0]


def _issuers(connection: sqlite3.Connection, part: str | None) -> tuple[str, ...]:
    """Single issuers whose name holds the part."""
    if part is None:
        return ()
    rows = connection.execute("SELECT DISTINCT issuer FROM notice WHERE instr(issuer, ?)", (clean(part),))
    names = dict.fromkeys(name for (joined,) in rows for name in joined.split("、") if part in name)
    if len(names) > MAX_ISSUERS:
        raise QueryError(f"有 {len(names)} 个发文机关的名称含“{part}”，太多了；请写得更完整")
    return tuple(names)
