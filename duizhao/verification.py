"""A result file held against its sources: hashes, every quote at its place, and every value read anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from duizhao.differences import Tally, compare_records, first_difference
from duizhao.messages import text
from duizhao.sources import Choice, clause_name, number_of
from duizhao.verification_pairs import check_compared
from duizhao.verification_records import Record, load_records
from duizhao.verification_sources import Library, Opened, Verdict, check_quote, find_notices
from extract.notice import Clause, Document, Notice
from extract.span import Span


def verify(result: Path, folder: Path | None, password: str | None = None) -> Verdict:
    """Re-open the sources of a result, look up every quote, and compare every value with a new reading.

    Sources are taken from `folder`, by default the result's own, or from a folder in it.

    Raises:
        ReadError: the result cannot be read, holds nothing, is damaged, or was not written by extract or compare.
    """
    verdict = Verdict(result=str(result))
    library = Library(folder or result.parent, verdict, password)
    for record in load_records(result):
        if isinstance(record.data, Document):
            _check_document(record, record.data, library, verdict)
        else:
            _compare(record, check_compared(record.data, library, verdict), verdict)
    return verdict


def _check_document(record: Record, document: Document, library: Library, verdict: Verdict) -> None:
    source = library.open(document.source.name, document.source.sha256)
    if source is None:
        return
    read: list[Notice] = []
    for stored in document.notices:
        notice = next(iter(find_notices(stored, source.reading)), None)
        if notice is None:
            verdict.add(text("verify.no_notice", source=document.source.name, number=number_of(stored)))
            continue
        read.append(notice)
        _check_text(stored, notice, verdict)
        for clause in stored.clauses:
            for words, spans in _quotes(clause):
                check_quote(clause_name(clause.id), words, spans, notice, verdict)
    if source.same and len(read) == len(document.notices):
        _compare(record, _read_again(document, source, read, library.password), verdict)


def _read_again(document: Document, source: Opened, notices: Sequence[Notice], password: str | None) -> dict[str, Any]:
    """The record as it would be written today, of the same notices, on pages where the stored one is."""
    from extract.records import to_record

    fresh = replace(source.reading.document, notices=tuple(notices))
    if any(place.derived for notice in document.notices for clause in notice.clauses for place in clause.places):
        from duizhao.pages import derive

        derived = derive(Choice(path=source.path, password=password), source.reading)
        whole = derived.document(source.reading.document) if derived else source.reading.document
        chosen = [source.reading.document.notices.index(notice) for notice in notices]
        fresh = replace(whole, notices=tuple(whole.notices[at] for at in chosen))
    return to_record(fresh, explain=True)


def _compare(record: Record, fresh: dict[str, Any] | None, verdict: Verdict) -> None:
    """Of a source that is gone or has changed nothing is made anew."""
    if fresh is None:
        return
    tally = Tally(told=verdict.told)
    for line in compare_records(record.plain, fresh, tally):
        verdict.add(line)
    verdict.values += tally.values


def _check_text(stored: Notice, notice: Notice, verdict: Verdict) -> None:
    if stored.text != notice.text:
        verdict.told.add(stored.text)
        verdict.add(text("verify.text", number=number_of(notice), at=first_difference(stored.text, notice.text)))


def _quotes(clause: Clause) -> Iterator[tuple[str, Sequence[Span]]]:
    if clause.body:
        yield clause.text, clause.body
    if clause.heading and clause.heading_span:
        yield clause.heading, [clause.heading_span]
    for mention in clause.mentions:
        yield mention.quote, [mention.span]
