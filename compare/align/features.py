"""Passages in, what each of them holds out: features as numbers, with their counts.

Features are characters and pairs of characters of the folded text, words, and the values of amounts, dates and
citations. A character is its code point, a pair two of them, and a mark (a word, a value) its place among the marks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from compare import lexicon
from compare.localisation import Localiser
from compare.passages import Passage
from extract.notice import DateMention
from extract.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNS = re.compile(r"[\W_]+")
AMOUNT, DATE, CITATION, FORMULA = "\ue001", "\ue002", "《", "~"  # what opens a mark that is no word
CHARACTER_BITS = 21  # of a code point
FIRST_PAIR, FIRST_MARK = 1 << CHARACTER_BITS, 1 << 2 * CHARACTER_BITS

Text = tuple[str, list[str]]  # letters without signs, places and levels made alike; marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Row i holds `columns[starts[i]:starts[i + 1]]`, ascending, each as often as `counts` says."""

    starts: "NDArray[np.int64]"
    columns: "NDArray[np.int64]"
    counts: "NDArray[np.int64]"
    codes: "NDArray[np.int64]"  # by column, ascending: characters, pairs, marks
    places: dict[str, int]  # of the marks, in the order of their codes

    @property
    def characters(self) -> "NDArray[np.int64]":
        return self.codes[: self.codes.searchsorted(FIRST_PAIR)]

    @property
    def pairs(self) -> "NDArray[np.int64]":
        return self.codes[self.codes.searchsorted(FIRST_PAIR) : self.codes.searchsorted(FIRST_MARK)]

    @property
    def marks(self) -> Iterable[str]:
        return self.places.keys()

    def column(self, mark: str) -> int:
        return len(self.codes) - len(self.places) + self.places[mark]

    def find(self, codes: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.bool_]]":
        """Columns of codes, and which of these are known."""
        import numpy as np

        columns = self.codes.searchsorted(codes)
        return columns, np.append(self.codes, -1)[columns] == codes

    def look_up(self, texts: Sequence[Text]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """The columns of other texts' features, as often as they stand there, and whose they are."""
        known_marks = [(letters, [mark for mark in marks if mark in self.places]) for letters, marks in texts]
        codes, owners = _encode(known_marks, self.places)
        columns, known = self.find(codes)
        return columns[known], owners[known]


def read_features(texts: Sequence[Text]) -> Features:
    """One row a text."""
    import numpy as np

    places = {mark: at for at, mark in enumerate(dict.fromkeys(chain.from_iterable(marks for _, marks in texts)))}
    codes, owners = _encode(texts, places)
    known, columns = np.unique(codes, return_inverse=True)
    cells, counts = np.unique(owners * len(known) + columns, return_counts=True)
    rows, columns = np.divmod(cells, max(1, len(known)))
    starts = rows.searchsorted(np.arange(len(texts) + 1))
    return Features(starts=starts, columns=columns, counts=counts, codes=known, places=places)


def _encode(texts: Sequence[Text], places: dict[str, int]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """All features of the texts as codes, and whose they are."""
    import numpy as np

    points = code_points("".join(letters for letters, _ in texts))
    numbers = np.arange(len(texts), dtype=np.int64)
    rows = np.repeat(numbers, [len(letters) for letters, _ in texts])
    within = rows[1:] == rows[:-1]
    mark_rows = np.repeat(numbers, [len(marks) for _, marks in texts])
    flat = chain.from_iterable(marks for _, marks in texts)
    named = np.fromiter(map(places.__getitem__, flat), dtype=np.int64, count=len(mark_rows))
    pairs = points[:-1] << CHARACTER_BITS | points[1:]
    return (
        np.concatenate((points, pairs[within], FIRST_MARK + named)),
        np.concatenate((rows, rows[1:][within], mark_rows)),
    )


def read_passage(passage: Passage, localiser: Localiser) -> Text:
    """Its words and values."""
    letters, marks = read_text(passage.text, localiser)
    return letters, marks + _values(passage)


def read_text(text: str, localiser: Localiser) -> Text:
    """The letters of the folded text, and its words of more than one."""
    phrases = SIGNS.split(localiser.fold(text))
    # A sign between two phrases, lest a word be found across them.
    return "".join(phrases), [word for word in words("，".join(phrases)) if len(word) > 1]


def code_points(text: str) -> "NDArray[np.int64]":
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


def pair_code(pair: str) -> int:
    return ord(pair[0]) << CHARACTER_BITS | ord(pair[1])


def _values(passage: Passage) -> list[str]:
    return [
        *(f"{AMOUNT}{a.kind} {a.low} {a.high} {a.unit}" for a in passage.amounts),
        *(date_mark(date) for date in passage.dates),
        *(f"{CITATION}{c.document_number or c.title or c.quote}" for c in passage.citations),
        *_formulas(passage.text),
    ]


def date_mark(date: DateMention) -> str:
    return f"{DATE}{date.start} {date.end} {date.rrule}"


def _formulas(text: str) -> list[str]:
    """What a closing sentence does: it takes effect, repeals, asks for local plans."""
    if len(text) > lexicon.load("formulas")["longest"]:
        return []
    return [f"{FORMULA}{kind}" for kind, pattern in _formula_patterns() if pattern.search(text)]


def is_principle(text: str) -> bool:
    """Whether a sentence says in what spirit all is done: 坚持以人民为中心的发展思想."""
    return f"{FORMULA}principle" in _formulas(text)


@cache
def _formula_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in lexicon.load("formulas")["kinds"].items())
