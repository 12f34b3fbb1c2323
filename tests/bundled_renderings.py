"""The bundled notices as parts to render, and what an extraction from any rendering must say."""

from functools import cache
from itertools import groupby
from typing import Any

from renderings import Paragraph, build_docx, build_pdf, paragraphs

from corpus import samples
from extract.notice import Clause, Document
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
    """Heads, clauses, amounts, dates and departments, without their places.

    Tabs are a table's only in the text, so rows are read as the run of unnumbered text that they stand in.
    """
    found: list[Record] = []
    for notice in document.notices:
        found.append((notice.document_number, notice.title, notice.issuers, notice.issued_on, notice.recipients))
        for name, run in groupby(notice.clauses, _run):
            clauses = tuple(run)
            first, text = clauses[0], "".join(clause.text for clause in clauses)
            found.append((name, first.level, first.marker, first.heading, text))
            for clause in clauses:
                found.extend((name, item.quote, item.low, item.high, item.unit) for item in clause.amounts)
                found.extend((name, item.quote, item.start, item.end, item.role) for item in clause.dates)
                found.extend((name, item.quote, item.role, item.departments) for item in clause.responsibilities)
    return tuple(found)


def _run(clause: Clause) -> str:
    """附件3 for 附件3, its rows 附件3/表/1 … and 附件3~2 behind them."""
    return clause.id if clause.level else clause.id.partition("/表/")[0].partition("~")[0]
