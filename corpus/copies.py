"""The same notice twice in the store, in PDF and in HTML, or alone and printed as an attachment: linked, counted once.

Copies have the same number, or the same title where a number is missing, and nearly the same text. Two cities' notices
of the same wording are no copies.
"""

import sqlite3
from dataclasses import dataclass

from corpus.facets import facet
from corpus.minhash import likeness

LEAST_LIKENESS = 0.75  # of shingles; the same text in two formats has 0.95 and more
COPY = facet("copy", "yes")
LAST_ID = (1 << 63) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is compared of a notice."""

    id: int
    position: int
    number: str | None
    title: str | None
    sha256: str
    signature: bytes
    copy_of: int | None


def link_copies(connection: sqlite3.Connection, notice: int, below: int = LAST_ID) -> bool:
    """Link a notice with another, of a smaller id than `below`, that it is a copy of; was there one?"""
    new = _text(connection, notice)
    for other in _candidates(connection, new, below):
        if _same(new, other):
            _link(connection, new, other)
            return True
    return False


def _text(connection: sqlite3.Connection, notice: int) -> Text:
    return _texts(connection, "WHERE notice.id = ?", (notice,))[0]


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
    rows = connection.execute(
        f"SELECT id, position, number_key, title_key, text_sha256, signature, copy_of FROM notice {where}",  # noqa: S608
        values,
    )
    return [
        Text(id=i, position=position, number=number, title=title, sha256=digest, signature=signature, copy_of=copy_of)
        for i, position, number, title, digest, signature, copy_of in rows
    ]


def _same(new: Text, other: Text) -> bool:
    if new.sha256 == other.sha256:
        return True
    if new.number and other.number:
        named_alike = new.number == other.number
    else:
        named_alike = new.title is not None and new.title == other.title
    return named_alike and likeness(new.signature, other.signature) >= LEAST_LIKENESS


def _link(connection: sqlite3.Connection, new: Text, other: Text) -> None:
    """The one in a file of its own is the original; of two alike the first."""
    original, copy = (new, other) if new.position == 0 < other.position else (other, new)
    connection.execute("UPDATE notice SET copy_of = ? WHERE id = ? OR copy_of = ?", (original.id, copy.id, copy.id))
    connection.execute("UPDATE clause SET facets = facets || ' ' || ? WHERE notice = ?", (COPY, copy.id))


def unlink_copy(connection: sqlite3.Connection, notice: int) -> None:
    """Make a copy count by itself again."""
    connection.execute("UPDATE notice SET copy_of = NULL WHERE id = ?", (notice,))
    connection.execute("UPDATE clause SET facets = replace(facets, ' ' || ?, '') WHERE notice = ?", (COPY, notice))
