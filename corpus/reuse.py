"""Clauses in, sentences of different notices that repeat or adapt one another out.

Three steps, the first and last the same function on any engine: sign the sentences, join those that share a band,
score the pairs. Sentences, because a lower notice often makes several clauses of one. What a place is called and which
level it is makes no difference: 全省, 省财政厅 read like 全市, 市财政局.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from corpus import minhash
from corpus.candidates import find_pairs, find_pairs_of
from corpus.engine import Engine, run
from corpus.errors import StoreError
from extract.areas import by_name
from extract.errors import Failure
from extract.sentences import split_sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

SHORTEST = 16  # letters; 具体办法另行制定 is nobody's
BATCH = 250  # clauses an item of the engine
PAIRS = 4_000  # pairs an item
REMEMBERED = 50_000  # clauses, and sentences, kept in memory between reads: some 60 MB
SIGNS = re.compile(r"[\W_]+")
PARENTHESIS = re.compile(
    r"（[^（）]*(?:（[^（）]*）[^（）]*)*）[。；]?"
)  # （市财政局、市商务局负责）: names, no sentence
NUMERAL = "[0-9〇零一二三四五六七八九十]"
DATE = re.compile(
    rf"(?:{NUMERAL}{{2,4}}年)(?:{NUMERAL}{{1,3}}月(?:{NUMERAL}{{1,3}}日)?)?|{NUMERAL}{{1,3}}月{NUMERAL}{{1,3}}日"
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Sentences that are long enough to be somebody's: one row each, in the order of the text."""

    places: "Numbers"  # clause, notice, start and end in the clause's text
    bands: "NDArray[np.int32]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Pairs as they travel to a worker: each sentence once with its notice's province and city, pairs by position."""

    sentences: tuple[tuple[str, str | None, str | None], ...]
    pairs: "Numbers"
    rows: "Numbers"  # of the sentences in the order of the store
    least: float


class Side(NamedTuple):
    """A clause as it is read back."""

    text: str
    notice: int
    number: str | None
    name: str
    province: str | None
    city: str | None


Scored = tuple[int, int, str, float]  # rows of two sentences, kind, likeness
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
    passages = _batches(_read_passages(connection))
    signed = _joined(_good(run(sign_passages, passages, engine, key=_clauses, workers=workers)))
    store = _Sentences(connection, signed.places)
    tasks = (store.task(part, least) for pairs in _pairs(signed, notice) for part in _parts(pairs))
    for scored in _good(run(score_pairs, tasks, engine, key=_named, workers=workers)):
        for first, second, kind, similarity in scored:
            yield store.reuse(first, second, Kind(kind), similarity)


def sign_passages(passages: Sequence[Passage]) -> Signed:
    """Places and bands of the sentences of some clauses."""
    import numpy as np

    places, bands = [], []
    for passage in passages:
        for span in split_sentences(passage.text):
            sentence = passage.text[span.start : span.end]
            plain = _placeless(sentence, passage.province, passage.city)
            if len(_dateless(plain)) >= SHORTEST and not PARENTHESIS.fullmatch(sentence):
                places.append((passage.id, passage.notice, span.start, span.end))
                bands.append(minhash.bands(minhash.sign(plain, minhash.SENTENCE), minhash.SENTENCE))
    width = minhash.SENTENCE.bins // minhash.SENTENCE.rows
    return Signed(
        places=np.array(places, dtype=np.int64).reshape(-1, 4),
        bands=np.array(bands, dtype=np.int64).reshape(-1, width).astype(np.int32),  # half the room, hardly more pairs
    )


def score_pairs(task: Task) -> list[Scored]:
    """The pairs that are alike enough: how each is related, and the share of letters that stand in both in order."""
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    plain = [_placeless(*sentence) for sentence in task.sentences]
    left, right = task.pairs[:, 0].tolist(), task.pairs[:, 1].tolist()
    alike = cpdist(
        [plain[one] for one in left],
        [plain[one] for one in right],
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    ).round(4)
    cores = [_dateless(one) for one in plain]
    for at in np.flatnonzero((alike >= task.least) & (alike < 1)).tolist():
        one, other = left[at], right[at]
        if cores[one] != plain[one] and cores[other] != plain[other]:  # a day in common makes no sentence of another
            alike[at] = min(alike[at], round(Indel.normalized_similarity(cores[one], cores[other]), 4))
    found: list[Scored] = []
    for at in np.flatnonzero(alike >= task.least).tolist():
        one, other = left[at], right[at]
        kind = Kind.ADAPTED
        if plain[one] == plain[other]:
            equal = _letters(task.sentences[one][0]) == _letters(task.sentences[other][0])
            kind = Kind.VERBATIM if equal else Kind.LOCALIZED
        found.append((int(task.rows[one]), int(task.rows[other]), kind.value, float(alike[at])))
    return found


def _dateless(plain: str) -> str:
    return DATE.sub("", plain)


def _letters(text: str) -> str:
    return SIGNS.sub("", text)


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
    " WHERE copy_of IS NULL AND clause.name <> 'head' AND clause.name NOT LIKE 'other/%' ORDER BY clause.id"
)
CLAUSE = (
    "SELECT substr(text, length(coalesce(marker, '')) + 1), notice.id, notice.number, clause.name, province, city"
    " FROM clause JOIN notice ON notice.id = clause.notice WHERE clause.id = ?"
)


def _read_passages(connection: sqlite3.Connection) -> Iterator[Passage]:
    rows = connection.execute(PASSAGES)
    return (Passage(id=i, notice=n, text=text, province=p, city=c) for i, n, text, p, c in rows)


def _joined(parts: Iterable[Signed]) -> Signed:
    import numpy as np

    found = list(parts) or [sign_passages(())]
    return Signed(
        places=np.concatenate([part.places for part in found]), bands=np.concatenate([part.bands for part in found])
    )


def _pairs(signed: Signed, notice: int | None) -> "Iterator[Numbers]":
    """Sentences of different notices that share a band, each pair once, in order."""
    import numpy as np

    notices = np.ascontiguousarray(signed.places[:, 1])
    bands = (np.ascontiguousarray(band) for band in signed.bands.T)
    if notice is None:
        return find_pairs(bands, notices)
    return find_pairs_of(bands, np.flatnonzero(notices == notice), notices)


def _parts(pairs: "Numbers") -> "Iterator[Numbers]":
    for start in range(0, len(pairs), PAIRS):
        yield pairs[start : start + PAIRS]


class _Sentences:
    """Sentences by their rows, read from the store when they are asked for."""

    def __init__(self, connection: sqlite3.Connection, places: "Numbers") -> None:
        self._places = places
        self._clause = lru_cache(REMEMBERED)(lambda clause: Side(*connection.execute(CLAUSE, (clause,)).fetchone()))
        self._sentence = lru_cache(REMEMBERED)(self._read)

    def task(self, pairs: "Numbers", least: float) -> Task:
        import numpy as np

        rows, positions = np.unique(pairs, return_inverse=True)
        sides = map(self._sentence, rows.tolist())
        sentences = tuple((text, side.province, side.city) for side, text in sides)
        return Task(sentences=sentences, pairs=positions.reshape(pairs.shape), rows=rows, least=least)

    def reuse(self, first: int, second: int, kind: Kind, similarity: float) -> Reuse:
        (one, text), (other, other_text) = self._sentence(first), self._sentence(second)
        return Reuse(
            first=one.notice,
            first_number=one.number,
            first_clause=one.name,
            second=other.notice,
            second_number=other.number,
            second_clause=other.name,
            kind=kind,
            similarity=similarity,
            first_text=text,
            second_text=other_text,
        )

    def _read(self, row: int) -> tuple[Side, str]:
        clause, _, start, end = self._places[row].tolist()
        side = self._clause(clause)
        return side, side.text[start:end]


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    iterator = iter(items)
    while batch := tuple(islice(iterator, BATCH)):
        yield batch


def _clauses(batch: Sequence[object]) -> str:
    return f"{len(batch)} clauses"


def _named(task: Task) -> str:
    return f"{len(task.pairs)} pairs"


def _good(results: Iterable[T | Failure]) -> Iterator[T]:
    for result in results:
        if isinstance(result, Failure):
            raise StoreError("reuse", result.message)
        yield result
