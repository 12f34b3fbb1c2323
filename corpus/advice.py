"""A search that found nothing in; why, and what would find something, out."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from corpus.filters import Filters
from corpus.query import Finder, Found, build_query

MOST_LOOKED_UP = 20  # words
MOST_WORDS = 6  # whose meetings are looked at
MOST_TRIES = 3
LONGEST = 60  # characters of a phrase that is taken apart

# What is left out together, by the name of the filter.
FILTERS: dict[str, dict[str, Any]] = {
    **{name: {name: None} for name in ("level", "province", "city", "issuer", "years", "department", "deadline")},
    "amount": {"amount": None, "amount_kind": None},
}
COPIES = "copies"  # named where they are to be let in: leaving them out is no filter that one chooses


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A search that finds something: these words, without the filters named (`copies`: with copies too).

    Where `more`, at least `total`.
    """

    words: tuple[str, ...]
    without: tuple[str, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Words that stand nowhere in the store; words that only copies have, or have in one clause; words that never stand
    in one clause; where none of these, it is the filters.
    """

    absent: tuple[str, ...]
    copied: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...]
    tries: tuple[Try, ...]


def advise(connection: sqlite3.Connection, finder: Finder, words: tuple[str, ...], filters: Filters) -> Advice:
    """Looks at the whole store first, then at what the filters leave of it."""
    return _Search(connection, finder, filters).advise(words)


class _Search:
    def __init__(self, connection: sqlite3.Connection, finder: Finder, filters: Filters) -> None:
        self._connection = connection
        self._finder = finder
        self._filters = filters
        self._active = tuple(name for name in FILTERS if _drop(filters, (name,)) != filters)
        self._known: dict[tuple[str, ...], bool] = {}

    def advise(self, words: tuple[str, ...]) -> Advice:
        if not self._active:
            self._known[words] = False
        lacking = tuple(word for word in words[:MOST_LOOKED_UP] if not self._stands((word,)))
        copied = tuple(word for word in lacking if self._stands_in_copies((word,)))
        absent = tuple(word for word in lacking if word not in copied)
        if absent:
            return Advice(absent=absent, copied=copied, apart=(), tries=self._tries(self._without(words, lacking)))
        if copied or (not self._stands(words) and self._stands_in_copies(words)):
            tries = self._with_copies(words) or self._tries(self._without(words, copied))
            return Advice(absent=(), copied=copied or words, apart=(), tries=tries)
        if len(words) > 1 and not self._stands(words):
            return Advice(absent=(), apart=self._apart(words), tries=self._fewer(words))
        return Advice(absent=(), apart=(), tries=self._without_filters(words))

    def _stands(self, words: tuple[str, ...]) -> bool:
        """In one clause anywhere in the store."""
        if words not in self._known:
            query = build_query(self._connection, words, _drop(self._filters, self._active))
            self._known[words] = bool(self._finder.ids(query, 1))
        return self._known[words]

    def _stands_in_copies(self, words: tuple[str, ...]) -> bool:
        """In one clause of a copy, where those were left out."""
        return bool(words) and not self._filters.copies and bool(self._find(words, (*self._active, COPIES)).total)

    def _with_copies(self, words: tuple[str, ...]) -> tuple[Try, ...]:
        return self._good([(words, (COPIES,))]) or self._good([(words, (*self._active, COPIES))])

    def _find(self, words: tuple[str, ...], without: tuple[str, ...]) -> Found:
        return self._finder.find(build_query(self._connection, words, _drop(self._filters, without)), 1)

    def _apart(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Pairs that never meet; all words where each pair does, or there are too many to look."""
        pairs = combinations(words, 2) if len(words) <= MOST_WORDS else ()
        return tuple(pair for pair in pairs if not self._stands(pair)) or (words,)

    def _fewer(self, words: tuple[str, ...]) -> tuple[Try, ...]:
        """Without one word, else two words, else one."""
        sizes = (len(words) - 1, 2, 1) if len(words) <= MOST_WORDS else (1,)
        return next(filter(None, (self._tries(combinations(words, size)) for size in sizes)), ())

    def _without(self, words: tuple[str, ...], absent: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Words that stand nowhere taken apart, then left out."""
        parts = {word: tuple(self._parts(word)) for word in absent}
        yield tuple(dict.fromkeys(part for word in words for part in parts.get(word, (word,))))
        yield tuple(word for word in words if word not in absent)

    def _parts(self, word: str) -> Iterator[str]:
        """The longest stretches of the word that stand somewhere, from its beginning on."""
        start = 0
        while start < len(word) - 1 and len(word) <= LONGEST:
            length = self._longest(word[start:])
            if length > 1:
                yield word[start : start + length]
            start += max(length, 1)

    def _longest(self, word: str) -> int:
        """Characters at the beginning of the word that stand together somewhere: what holds of more holds of fewer."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._stands((word[:middle],)) else (low, middle - 1)
        return low

    def _tries(self, candidates: Iterable[tuple[str, ...]]) -> tuple[Try, ...]:
        """With the filters, or where nothing fits them without."""
        kept = [words for words in dict.fromkeys(candidates) if words]
        return self._good((words, ()) for words in kept) or self._good((words, self._active) for words in kept)

    def _without_filters(self, words: tuple[str, ...]) -> tuple[Try, ...]:
        """Without one of them, or where that does not help without any."""
        singles = [(name,) for name in self._active if words or len(self._active) > 1]
        every = [(words, self._active)] if words else []
        return self._good((words, without) for without in singles) or self._good(every)

    def _good(self, candidates: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[Try, ...]:
        """Those that find something, most first."""
        found = [(words, without, self._find(words, without)) for words, without in candidates]
        tries = [Try(words=w, without=without, total=f.total, more=f.more) for w, without, f in found if f.total]
        return tuple(sorted(tries, key=lambda one: -one.total)[:MOST_TRIES])


def _drop(filters: Filters, names: Iterable[str]) -> Filters:
    chosen = {**FILTERS, COPIES: {COPIES: True}}
    dropped = {field: value for name in names for field, value in chosen[name].items()}
    return replace(filters, **dropped)
