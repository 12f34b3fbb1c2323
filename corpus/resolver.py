"""Cited numbers and titles in, the stored notice that each means out, or the document that is wanted.

A number means the one notice that has it. A title alone means a notice of the issuer it names or, without one, of the
citing notice's own province or the nation, and only if one alone answers to it; after the stored notices those are
asked that others cite with their number.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.documents import Kind, kind_of, law_key
from corpus.names import letters, number_key, title_key
from extract.jurisdictions import Jurisdiction, locate
from extract.notice import Level
from extract.organs import function_key

CITED = "SELECT notice, clause, relation, number, title, issuer, quote FROM citation ORDER BY notice, rowid"
STORED = (
    "SELECT id, number, title, coalesce(issuer, ''), level, province, document FROM notice"
    " WHERE copy_of IS NULL ORDER BY position > 0, id"  # a file of its own before what another prints
)
JOINING = re.compile("[和与及、]")  # 人力资源和社会保障厅, 人力资源社会保障厅


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A row of the table `citation`, by the original of the notice that cites."""

    notice: int
    clause: str
    relation: str
    number: str | None
    title: str | None
    issuer: str | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cited document that is not stored. `key` is the same for all its citations."""

    key: str
    kind: Kind
    number: str | None
    title: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is asked of a notice, or of a document, that a title may mean."""

    issuer: str
    level: str | None
    province: str | None
    numbered: bool
    document: int | None = None  # the file that holds it


def read_citations(connection: sqlite3.Connection) -> Iterator[Cited]:
    """In the order of the notices; of a copy as its original's."""
    originals = dict(connection.execute("SELECT id, coalesce(copy_of, id) FROM notice"))
    for notice, *values in connection.execute(CITED):
        clause, relation, number, title, issuer, quote = values
        yield Cited(
            notice=originals[notice],
            clause=clause,
            relation=relation,
            number=number,
            title=title,
            issuer=issuer,
            quote=quote,
        )


class Resolver:
    """Each notice's number, title and issuer are read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_number: dict[str, list[int]] = {}
        self._by_title: dict[str, list[int]] = {}
        self._facts: dict[int, Facts] = {}
        self._documents: dict[str, list[tuple[Document, Facts]]] = {}  # numbered but not stored, by title key
        self._numbered: dict[tuple[int, str], int | Document] = {}  # citing notice, title key
        for id_, number, title, issuer, level, province, document in connection.execute(STORED):
            self._facts[id_] = Facts(
                issuer=issuer, level=level, province=province, numbered=bool(number), document=document
            )
            for index, key in ((self._by_number, number_key(number)), (self._by_title, title_key(title))):
                if key:
                    index.setdefault(key, []).append(id_)

    def resolve(self, citations: Iterable[Cited]) -> Iterator[tuple[Cited, int | Document]]:
        """What each means: a stored notice's id, or a document. What nobody could collect is left out.

        Citations with a number come first: later ones often name the same document by its title alone.
        """
        by_title: list[Cited] = []
        for cited in citations:
            if cited.number is None:
                by_title.append(cited)
            elif found := self._by_its_number(cited):
                yield cited, found
        for cited in by_title:
            if found := self._by_its_title(cited):
                yield cited, found

    def _by_its_number(self, cited: Cited) -> int | Document | None:
        number, title = number_key(cited.number), title_key(cited.title)
        if number is None:
            return None
        stored = self._by_number.get(number, [])
        if len(stored) > 1 and cited.issuer:  # 济政办函 is 济南's and 济宁's
            stored = [one for one in stored if cited.issuer in self._facts[one].issuer]
        if len({self._facts[one].issuer for one in stored}) == 1 and self._facts[stored[0]].issuer:
            stored = stored[:1]  # prints of one notice with other texts
        if not stored and title:  # a print without its number
            stored = [one for one in self._titled(cited, title) if not self._facts[one].numbered]
        found = stored[0] if len(stored) == 1 else self._document(cited, f"w{number}", title)
        if found and title:
            self._numbered.setdefault((cited.notice, title), found)
        return found

    def _document(self, cited: Cited, key: str, title: str | None) -> Document | None:
        kind = kind_of(cited.title, cited.number, cited.issuer, carried_out=cited.relation == "implements")
        if kind is None:
            return None
        if kind is Kind.LAW and cited.title:
            key = f"l{law_key(cited.title)}"
        if not key:  # a title too short to tell documents apart
            return None
        found = Document(key=key, kind=kind, number=cited.number, title=cited.title, issuer=cited.issuer)
        if title and cited.number:
            place = _place(cited.issuer or "")
            province = place.province or self._facts[cited.notice].province
            facts = Facts(issuer=cited.issuer or "", level=place.level, province=province, numbered=True)
            known = self._documents.setdefault(title, [])
            if all(one.key != key for one, _ in known):
                known.append((found, facts))
        return found

    def _by_its_title(self, cited: Cited) -> int | Document | None:
        title = title_key(cited.title)
        if title is None:
            return self._document(cited, "", None) if cited.title else None
        if (named := self._numbered.get((cited.notice, title))) is not None:
            return named
        stored = self._titled(cited, title)
        if len(stored) == 1:
            return stored[0]
        known = [one for one, facts in self._documents.get(title, ()) if self._may_mean(cited, facts)]
        if len(known) == 1:
            return known[0]
        issuer = letters(cited.issuer) if cited.issuer else ""
        return self._document(cited, f"t{issuer} {title}", None)

    def _titled(self, cited: Cited, title: str) -> list[int]:
        """Stored notices that the title may mean; what the same file prints comes before all others."""
        found = [one for one in self._by_title.get(title, []) if one != cited.notice]
        own = self._facts[cited.notice].document
        beside = [one for one in found if self._facts[one].document == own]
        return beside or [one for one in found if self._may_mean(cited, self._facts[one])]

    def _may_mean(self, cited: Cited, other: Facts) -> bool:
        if cited.issuer:
            return is_same_issuer(cited.issuer, other.issuer)
        own = self._facts[cited.notice].province
        return other.level == Level.NATIONAL or (own is not None and other.province == own)


def is_same_issuer(one: str, other: str) -> bool:
    """One name within the other, or the same function of the same place: 省人社厅 in full and in short."""
    first, second = JOINING.sub("", one), JOINING.sub("", other)
    if not second or first in second or second in first:
        return bool(second)
    key = function_key(one)
    return key is not None and key == function_key(other) and _place(one) == _place(other)


@lru_cache(10_000)
def _place(issuer: str) -> Jurisdiction:
    return locate(issuer)
