"""Clauses in, sentences of different notices that repeat or adapt one another out.

Three steps, the first and last the same function on any engine: sign the sentences, join those that share a band,
score the pairs. Sentences, because a lower notice often makes several clauses of one. What a place is called and which
level it is makes no difference: 全省, 省财政厅 read like 全市, 市财政局.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from corpus import minhash
from corpus.engine import Engine, run
from corpus.errors import StoreError
from extract.areas import by_name
from extract.errors import Failure
from extract.sentences import split_sentences

SHORTEST = 16  # letters; 具体办法另行制定 is nobody's
BATCH = 250  # clauses or pairs an item of the engine
LARGEST_GROUP = 64  # sentences that share a band and are all compared; in a larger group each with the first
LEVELS = str.maketrans("省县区州盟旗厅", "市市市市市市局")


class Kind(StrEnum):
    VERBATIM = "verbatim"  # letter for letter, punctuation aside
    LOCALIZED = "localized"  # places and levels aside
    ADAPTED = "adapted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Two sentences and their clauses, the one stored first named first; likeness of their letters from 0 to 1."""

    first: int  # notice
    first_number: str | None
    first_clause: str
    second: int
    second_number: str | None
    second_clause: str
    kind: Kind
    similarity: float
    first_text: str
    second_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause as it travels to a worker."""

    id: int
    notice: int
    text: str
    province: str | None
    city: str | None


Place = tuple[int, int]  # clause, sentence
Signed = tuple[Place, int, list[int]]  # place, notice, bands
Side = tuple[Place, str, str | None, str | None]  # place, sentence, province, city
Scored = tuple[Place, Place, str, float]  # places, kind, likeness
T = TypeVar("T")


def find_reuse(
    connection: sqlite3.Connection,
    *,
    least: float = 0.5,
    notice: int | None = None,
    engine: str = Engine.SERIAL,
    workers: int | None = None,
) -> Iterator[Reuse]:
    """Pairs at least so alike, in the order of their clauses; with `notice` only those that one side of is in it.

    Raises:
        StoreError: a worker was killed again and again.
    """
    passages = _read_passages(connection)
    signed = list(_flat(run(sign_passages, _batches(passages), engine, key=_name, workers=workers)))
    pairs = ((_side(connection, a), _side(connection, b)) for a, b in _pairs(signed, notice))
    for first, second, kind, similarity in _flat(run(score_pairs, _batches(pairs), engine, key=_name, workers=workers)):
        if similarity >= least:
            yield _reuse(connection, first, second, Kind(kind), similarity)


def sign_passages(passages: Sequence[Passage]) -> list[Signed]:
    """Bands of the sentences that are long enough to be somebody's."""
    found: list[Signed] = []
    for passage in passages:
        for at, sentence in enumerate(_sentences(passage.text)):
            plain = _placeless(sentence, passage.province, passage.city)
            if len(plain) >= SHORTEST:
                bands = minhash.bands(minhash.sign(plain, minhash.SENTENCE), minhash.SENTENCE)
                found.append(((passage.id, at), passage.notice, bands))
    return found


def score_pairs(pairs: Sequence[tuple[Side, Side]]) -> list[Scored]:
    """How each pair is related, and the share of letters that stand in both in order."""
    from rapidfuzz.distance import Indel

    found: list[Scored] = []
    for (first, text, *place), (second, other_text, *other_place) in pairs:
        plain, other = _placeless(text, *place), _placeless(other_text, *other_place)
        kind = Kind.ADAPTED
        if plain == other:
            kind = Kind.VERBATIM if _letters(text) == _letters(other_text) else Kind.LOCALIZED
        found.append((first, second, kind.value, round(Indel.normalized_similarity(plain, other), 4)))
    return found


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _placeless(text: str, province: str | None, city: str | None) -> str:
    """Letters with the notice's own place and all words of level made one."""
    letters = _letters(text)
    for name in (city, province):
        area = by_name().get(name or "")
        for word in (area.name, area.short) if area else ():
            letters = letters.replace(word, "市")
    return letters.translate(LEVELS)


PASSAGES = (
    "SELECT clause.id, notice.id, substr(text, length(coalesce(marker, '')) + 1), province, city"
    " FROM clause JOIN notice ON notice.id = clause.notice"
)


def _read_passages(connection: sqlite3.Connection) -> Iterator[Passage]:
    rows = connection.execute(
        f"{PASSAGES} WHERE copy_of IS NULL AND clause.name <> 'head' AND clause.name NOT LIKE 'other/%'"
        " ORDER BY clause.id"
    )
    return (Passage(id=i, notice=n, text=text, province=p, city=c) for i, n, text, p, c in rows)


def _side(connection: sqlite3.Connection, place: Place) -> Side:
    clause, at = place
    _, _, text, province, city = connection.execute(f"{PASSAGES} WHERE clause.id = ?", (clause,)).fetchone()
    return place, _sentences(text)[at], province, city


def _pairs(signed: Sequence[Signed], notice: int | None) -> Iterator[tuple[Place, Place]]:
    """Sentences of different notices that share a band, each pair once, in order."""
    for one, other in sorted(set(_candidates(signed))):
        first, second = signed[one], signed[other]
        if first[1] != second[1] and (notice is None or notice in (first[1], second[1])):
            yield first[0], second[0]


def _candidates(signed: Sequence[Signed]) -> Iterator[tuple[int, int]]:
    """Positions of sentences with a band in common."""
    import numpy as np

    if not signed:
        return
    bands = np.array([item[2] for item in signed], dtype=np.int64)
    for column in bands.T:
        order = np.argsort(column, kind="stable")
        ordered = column[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        sizes = np.diff(np.append(starts, len(ordered)))
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            yield from _within(order[start : start + size].tolist())


def _within(group: list[int]) -> Iterator[tuple[int, int]]:
    firsts = group if len(group) <= LARGEST_GROUP else group[:1]
    for at, one in enumerate(firsts):
        for other in group[at + 1 :]:
            yield one, other


def _reuse(connection: sqlite3.Connection, first: Place, second: Place, kind: Kind, similarity: float) -> Reuse:
    sides = [(*connection.execute(SIDE, (clause,)).fetchone(), at) for clause, at in (first, second)]
    (notice, number, name, text, at), (other, other_number, other_name, other_text, other_at) = sides
    return Reuse(
        first=notice,
        first_number=number,
        first_clause=name,
        second=other,
        second_number=other_number,
        second_clause=other_name,
        kind=kind,
        similarity=similarity,
        first_text=_sentences(text)[at],
        second_text=_sentences(other_text)[other_at],
    )


SIDE = (
    "SELECT notice.id, notice.number, clause.name, substr(text, length(coalesce(marker, '')) + 1)"
    " FROM clause JOIN notice ON notice.id = clause.notice WHERE clause.id = ?"
)


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    iterator = iter(items)
    while batch := tuple(islice(iterator, BATCH)):
        yield batch


def _name(batch: Sequence[object]) -> str:
    return f"{len(batch)} clauses"


def _flat(results: Iterable[list[T] | Failure]) -> Iterator[T]:
    for result in results:
        if isinstance(result, Failure):
            raise StoreError("reuse", result.message)
        yield from result
