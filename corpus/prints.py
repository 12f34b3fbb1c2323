"""Two prints that may be of one notice in, whether they say the same out.

Layout may differ: what one print has of number, signature, imprint and notes the other may lack, and line breaks,
punctuation and width do not count. Words and figures must be the same, because a changed amount, date or department
is what makes a revised notice. Only where a print is a scan that was recognised are single letters let pass.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from corpus.names import title_core
from extract.notice import Notice

FREE = frozenset({"issuer_mark", "document_number", "title", "signature", "imprint"})  # told apart by their values
STOPS = re.compile(r"[。；！？\n]")
SIGNS = str.maketrans("○—–~∼", "〇----")  # after NFKC, which has made － and ～ plain
LETTERS = re.compile(  # and the signs without which a figure is another: 1.5万, 3—5年, 5%, ≥60
    r"[^\W_]|(?<=\d)[.:/-](?=\d)|(?<=\d)[%‰℃]|[≥≤><±](?=\d)"
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
FIGURES = re.compile(r"\d+(?:\.\d+)?%?|[〇零一二三四五六七八九十百千万亿]{2,}")
MOST_PIECES = 4_000  # a notice of more is compared as a whole
LEAST_RECOGNISED = 0.97  # of the letters of a scan
LONGEST_RECOGNISED = 60_000  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence, or an element of the layout."""

    letters: str
    name: str | None  # of the element


def say_the_same(one: Notice, other: Notice, *, recognised: bool) -> bool:
    """Whether two prints are one text; `recognised`, where one of them was read by OCR."""
    if not _agree(one, other):
        return False
    pieces = (*_pieces(one), *_pieces(other))
    free = sorted({piece.letters for piece in pieces if piece.name in FREE}, key=len, reverse=True)
    first, second = (tuple(p for p in _pieces(notice) if p.name not in FREE) for notice in (one, other))
    return _match(first, second, free) or (recognised and _match_recognised(one, other, first, second))


def _agree(one: Notice, other: Notice) -> bool:
    """Day and title are the same where both prints have them: a figure in a title counts, its issuer does not."""
    days = {day for day in (one.issued_on, other.issued_on) if day}
    titles = {core for core in (title_core(one.title), title_core(other.title)) if core}
    return len(days) < 2 and len(titles) < 2


def _pieces(notice: Notice) -> Iterator[Piece]:
    done = 0
    for element in sorted(notice.elements, key=lambda one: one.span):
        if element.span.start >= done:
            yield from _sentences(notice.text[done : element.span.start])
            yield from _piece(notice.text[element.span.start : element.span.end], element.name)
            done = element.span.end
    yield from _sentences(notice.text[done:])


def _sentences(text: str) -> Iterator[Piece]:
    for sentence in STOPS.split(text):
        yield from _piece(sentence, None)


def _piece(text: str, name: str | None) -> Iterator[Piece]:
    plain = THOUSANDS.sub("", unicodedata.normalize("NFKC", text).translate(SIGNS))
    if letters := "".join(LETTERS.findall(plain)).lower():
        yield Piece(letters=letters, name=name)


def _match(first: tuple[Piece, ...], second: tuple[Piece, ...], free: Sequence[str]) -> bool:
    if max(len(first), len(second)) > MOST_PIECES:
        return _are_one(first, second, free)
    matcher = SequenceMatcher(None, [one.letters for one in first], [one.letters for one in second], autojunk=False)
    return all(tag == "equal" or _are_one(first[a:b], second[c:d], free) for tag, a, b, c, d in matcher.get_opcodes())


def _are_one(first: tuple[Piece, ...], second: tuple[Piece, ...], free: Sequence[str]) -> bool:
    """The same letters, however they are parted; or elements that only one of the prints has."""
    one, other = ("".join(piece.letters for piece in side) for side in (first, second))
    if one == other or _without(one, free) == _without(other, free):
        return True
    return not (one and other) and all(piece.name for piece in (*first, *second))


def _without(letters: str, free: Sequence[str]) -> str:
    """Without a title or signature that this print did not set apart from its text, but the other did."""
    for words in free:
        letters = letters.replace(words, "", 1)
    return letters


def _match_recognised(one: Notice, other: Notice, first: tuple[Piece, ...], second: tuple[Piece, ...]) -> bool:
    """Nearly all letters, every figure in its order, and every value that is read."""
    from rapidfuzz.distance import Indel

    texts = ["".join(p.letters for p in side if p.name is None) for side in (first, second)]
    if max(map(len, texts)) > LONGEST_RECOGNISED:
        return False
    figures = zip_longest(*map(FIGURES.findall, texts))
    return (
        all(left == right for left, right in figures)
        and _values(one) == _values(other)
        and Indel.normalized_similarity(*texts) >= LEAST_RECOGNISED
    )


def _values(notice: Notice) -> Counter[object]:
    """What a revision would change, whatever the words around it."""
    found: Counter[object] = Counter()
    for clause in notice.clauses:
        found.update((a.kind, a.low, a.high, a.unit, a.bound, a.strict) for a in clause.amounts)
        found.update((d.role, d.start, d.end) for d in clause.dates)
        found.update((r.role, d.key or d.name) for r in clause.responsibilities for d in r.departments)
        found.update((d.force, d.softened) for d in clause.directives)
    return found
