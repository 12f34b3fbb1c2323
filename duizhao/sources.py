"""What a user names on the command line, as notices: `FILE` or `FILE#发文字号`."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from duizhao.messages import language, text
from extract.errors import ReadError

if TYPE_CHECKING:  # reading pulls in every reader: only where a file is read
    from extract import Document, Notice, Reading

UNNUMBERED = {"前言": "preamble", "结尾": "closing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A file, and which of its notices; `None` is all of them."""

    path: Path
    number: str | None = None
    password: str | None = None  # of an encrypted file
    pages: bool = False  # set it on pages if it has none

    def __str__(self) -> str:
        return str(self.path)


def choose(argument: str, password: str | None = None) -> Choice:
    """Split `FILE#发文字号`; a file whose own name holds `#` opens as it is."""
    name, mark, number = argument.rpartition("#")
    if not mark or not name or Path(argument).exists():
        return Choice(path=Path(argument), password=password)
    return Choice(path=Path(name), number=number, password=password)


def read(choice: Choice) -> "Reading":
    """Read the file whole.

    Raises:
        ReadError: the file cannot be read or holds no notice.
    """
    from extract import ReadOptions, read_file

    reading = read_file(choice.path, ReadOptions(password=choice.password))
    if not reading.document.notices:
        raise ReadError(str(choice), None, text("failure.no_notice"))
    return reading


def read_chosen(choice: Choice) -> "Document":
    """The document of the file, with the chosen notice only.

    Raises:
        ReadError: as `read`, or the file has no notice of that number.
    """
    reading = read(choice)
    document = reading.document
    if choice.pages:
        from duizhao.pages import derive

        derived = derive(choice, reading)
        document = derived.document(document) if derived else document
    if choice.number is None:
        return document
    return replace(document, notices=(document.notices[position(choice, document)],))


def position(choice: Choice, document: "Document") -> int:
    """Which notice of the document is chosen; the first where none is named.

    Raises:
        ReadError: the file has no notice of that number; the message lists those it has.
    """
    if choice.number is None:
        return 0
    for i, notice in enumerate(document.notices):
        if fold(notice.document_number) == fold(choice.number):
            return i
    raise ReadError(
        str(choice), None, text("failure.no_number", number=choice.number, numbers=numbers(document.notices))
    )


def numbers(notices: Iterable["Notice"]) -> str:
    return "、".join(number_of(notice) for notice in notices)


def number_of(notice: "Notice") -> str:
    return notice.document_number or text("failure.unnamed")


def clause_name(clause: str) -> str:
    """A clause's id as reports write it: closing is 结尾."""
    from templates.labels import load_messages, name_clause

    return name_clause(clause, load_messages(language()))


def fold(name: str | None) -> str:
    """A document number or clause id reduced to what people type alike: letters, digits and slashes.

    Unnumbered text is known by its id and by its Chinese name.
    """
    for label, key in UNNUMBERED.items():
        name = (name or "").replace(label, key)
    kept = (c for c in unicodedata.normalize("NFKC", name or "") if c.isalnum() or c == "/")
    return "".join(kept).removesuffix("号")
