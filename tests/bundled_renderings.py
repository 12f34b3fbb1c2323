"""The bundled notices as parts to render, and what an extraction from any rendering must say."""

from functools import cache
from typing import Any

from renderings import Paragraph, build_docx, build_pdf, paragraphs

from corpus import samples
from extract.notice import Document
from extract.reading import extract_bytes

Record = tuple[Any, ...]


@cache
def parts(number: str) -> tuple[Paragraph, ...]:
    """Paragraphs of a bundled notice."""
    return paragraphs(samples.read(number).decode())


@cache
def printed(number: str) -> bytes:
    """The notice as an office suite prints it from automatic numbers, with page numbers."""
    return build_pdf(build_docx(parts(number), numbered=True))


@cache
def expected(number: str) -> tuple[Record, ...]:
    """Records of the same paragraphs as plain text."""
    text = "\n".join(part.text for part in parts(number))
    return records(extract_bytes(text.encode(), "notice.txt"))


def records(document: Document) -> tuple[Record, ...]:
    """Heads, clauses, amounts, dates and departments, without their places."""
    found: list[Record] = []
    for notice in document.notices:
        found.append((notice.document_number, notice.title, notice.issuers, notice.issued_on, notice.recipients))
        for clause in notice.clauses:
            found.append((clause.id, clause.level, clause.marker, clause.heading, clause.text))
            found.extend((clause.id, item.quote, item.low, item.high, item.unit) for item in clause.amounts)
            found.extend((clause.id, item.quote, item.start, item.end, item.role) for item in clause.dates)
            found.extend((clause.id, item.quote, item.role, item.departments) for item in clause.responsibilities)
    return tuple(found)
