"""The same notice twice in the store, in PDF and in HTML, or alone and printed as an attachment: linked, counted once.

Copies have the same number, or the same title where a number is missing, and the same words and figures; see
`corpus.prints`. A print of that number or title with another text, a revised one, is a notice of its own: a version.
Two cities' notices of the same wording are neither.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from corpus.facets import facet
from corpus.minhash import likeness
from corpus.prints import say_the_same
from corpus.records import unpack_document
from extract.notice import Document

LEAST_LIKENESS = 0.75  # of shingles, where a title is all that names two prints alike, or their titles differ
COPY = facet("copy", "yes")
LAST_ID = (1 << 63) - 1


class Link(StrEnum):
    COPY = "copy"
    VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is compared of a notice before its words are."""

    id: int
    document: int
    position: int
    number: str | None
    title: str | None
    province: str | None
    city: str | None
    sha256: str
    signature: bytes


def link_copies(connection: sqlite3.Connection, notice: int, below: int = LAST_ID) -> Link | None:
    """Link a notice with another, of a smaller id than `below`, that it is a copy of; say what it is to those there."""
    new = _text(connection, notice)
    named = [other for other in _candidates(connection, new, below) if _is_named_alike(new, other)]
    for other in named:
        if _same(connection, new, other):
            _link(connection, new, other)
            return Link.COPY
    return Link.VERSION if named else None


def list_versions(connection: sqlite3.Connection, notice: int) -> tuple[int, ...]:
    """Prints of a notice with another text."""
    (original,) = connection.execute("SELECT coalesce(copy_of, id) FROM notice WHERE id = ?", (notice,)).fetchone()
    new = _text(connection, original)
    return tuple(one.id for one in _candidates(connection, new, LAST_ID) if _is_named_alike(new, one))


def review_copies(connection: sqlite3.Connection) -> None:
    """Judge every link anew: earlier versions of the program took revised notices for copies."""
    copies = connection.execute("SELECT id FROM notice WHERE copy_of IS NOT NULL ORDER BY id").fetchall()
    for (notice,) in copies:
        unlink_copy(connection, notice)
    for (notice,) in copies:
        link_copies(connection, notice, below=notice)
    for (notice,) in connection.execute("SELECT id FROM notice WHERE copy_of IS NULL AND position > 0").fetchall():
        link_copies(connection, notice)  # an attachment whose file of its own came later


def _text(connection: sqlite3.Connection, notice: int) -> Text:
    return _texts(connection, "WHERE id = ?", (notice,))[0]


def _candidates(connection: sqlite3.Connection, new: Text, below: int) -> list[Text]:
    """Originals that may be the same: equal text, equal number, or a band in common."""
    return _texts(
        connection,
        "WHERE id <> ?1 AND id < ?4 AND copy_of IS NULL AND id IN ("
        " SELECT id FROM notice WHERE text_sha256 = ?2 UNION SELECT id FROM notice WHERE number_key = ?3"
        " UNION SELECT near.notice FROM band AS near JOIN band AS own USING (band) WHERE own.notice = ?1"
        ") ORDER BY id",
        (new.id, new.sha256, new.number, below),
    )


def _texts(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[Text]:
    columns = "id, document, position, number_key, title_key, province, city, text_sha256, signature"
    rows = connection.execute(f"SELECT {columns} FROM notice {where}", values)  # noqa: S608
    return [Text(**dict(zip(Text.__slots__, row, strict=True))) for row in rows]


def _is_named_alike(new: Text, other: Text) -> bool:
    """One number under one title, or a title in common where a number is missing; never of two places."""
    if new.sha256 == other.sha256:
        return True
    if new.document == other.document or any(
        mine and theirs and mine != theirs
        for mine, theirs in ((new.number, other.number), (new.province, other.province), (new.city, other.city))
    ):
        return False
    titled = new.title is not None and new.title == other.title
    if new.number and other.number and titled:
        return True
    named = (new.number and other.number) or titled
    return bool(named) and likeness(new.signature, other.signature) >= LEAST_LIKENESS


def _same(connection: sqlite3.Connection, new: Text, other: Text) -> bool:
    if new.sha256 == other.sha256:
        return True
    documents = [_document(connection, one.document) for one in (new, other)]
    notices = [document.notices[one.position] for document, one in zip(documents, (new, other), strict=True)]
    recognised = any(warning.code == "recognised" for document in documents for warning in document.warnings)
    return say_the_same(*notices, recognised=recognised)


def _document(connection: sqlite3.Connection, document: int) -> Document:
    row = connection.execute("SELECT record FROM document WHERE id = ?", (document,)).fetchone()
    return unpack_document(row[0])


def _link(connection: sqlite3.Connection, new: Text, other: Text) -> None:
    """The one in a file of its own is the original; of two alike the first."""
    original, copy = (new, other) if new.position == 0 < other.position else (other, new)
    connection.execute("UPDATE notice SET copy_of = ? WHERE id = ? OR copy_of = ?", (original.id, copy.id, copy.id))
    connection.execute("UPDATE clause SET facets = facets || ' ' || ? WHERE notice = ?", (COPY, copy.id))


def unlink_copy(connection: sqlite3.Connection, notice: int) -> None:
    """Make a copy count by itself again."""
    connection.execute("UPDATE notice SET copy_of = NULL WHERE id = ?", (notice,))
    connection.execute("UPDATE clause SET facets = replace(facets, ' ' || ?, '') WHERE notice = ?", (COPY, notice))
