"""A result file held against its sources: hashes, every quote at its place, and every value read anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from compare.comparison import Comparison, Party
from duizhao.differences import Tally, around, compare_records, first_difference
from duizhao.failures import reason
from duizhao.messages import text
from duizhao.sources import Choice, clause_name, fold, number_of
from extract import Reading, ReadOptions, read_file
from extract.errors import ReadError
from extract.notice import Clause, Document, Notice
from extract.reading import SUBSTITUTE, printable
from extract.span import Span

TYPES: dict[str, type[Document] | type[Comparison]] = {
    "duizhao.document/1": Document,
    "duizhao.comparison/1": Comparison,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    file: str  # the result, or the source where that is what is wrong
    message: str


@dataclass(slots=True, kw_only=True)
class Verdict:
    result: str
    quotes: int = 0  # looked up
    values: int = 0  # read anew and compared
    problems: list[Problem] = field(default_factory=list)  # one line each
    told: set[str] = field(default_factory=set)  # words that a problem is about

    def add(self, message: str, file: str | None = None) -> None:
        self.problems.append(Problem(file=file or self.result, message=message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of a result: as it stands in the file, and as data."""

    plain: dict[str, Any]
    data: Document | Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source read again; `same` where its bytes are those that the result was made from."""

    reading: Reading
    path: Path
    same: bool


def verify(result: Path, folder: Path | None, password: str | None = None) -> Verdict:
    """Re-open the sources of a result, look up every quote, and compare every value with a new reading.

    Sources are taken from `folder`, by default the result's own, or from a folder in it.

    Raises:
        ReadError: the result cannot be read, or was not written by extract or compare.
    """
    verdict = Verdict(result=str(result))
    library = Library(folder or result.parent, verdict, password)
    for record in load_records(result):
        if isinstance(record.data, Document):
            _check_document(record, record.data, library, verdict)
        else:
            _check_comparison(record, record.data, library, verdict)
    return verdict


def load_records(result: Path) -> list[Record]:
    """The records of a file that holds one, an array of them, or one a line.

    Raises:
        ReadError: the file cannot be opened or holds something else.
    """
    try:
        plain = _decode(result.read_bytes())
        return [Record(plain=item, data=msgspec.convert(item, TYPES[item["schema"]], strict=False)) for item in plain]
    except OSError as error:
        raise ReadError(str(result), None, reason(error)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError):
        raise ReadError(str(result), None, text("verify.not_result")) from None


def _decode(data: bytes) -> list[Any]:
    try:
        whole: Any = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return [msgspec.json.decode(line) for line in data.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]


class Library:
    """The sources of a result, each opened once; what is missing, changed or damaged becomes a problem."""

    def __init__(self, folder: Path, verdict: Verdict, password: str | None) -> None:
        self.folder = folder
        self.verdict = verdict
        self.password = password
        self.opened: dict[tuple[str, str], Opened | None] = {}

    def open(self, name: str, digest: str) -> Opened | None:
        if (name, digest) not in self.opened:
            self.opened[name, digest] = self._open(name, digest)
        return self.opened[name, digest]

    def _open(self, name: str, digest: str) -> Opened | None:
        path = self._find(name, digest)
        if path is None:
            self.verdict.add(text("verify.source_gone", source=name))
            return None
        try:
            found = sha256(path.read_bytes()).hexdigest()
            if found != digest:
                self.verdict.add(text("verify.hash", want=digest, got=found), str(path))
            reading = read_file(path, ReadOptions(password=self.password))
        except (ReadError, OSError) as error:
            self.verdict.add(reason(error), str(path))
            return None
        return Opened(reading=reading, path=path, same=found == digest)

    def _find(self, name: str, digest: str) -> Path | None:
        """The file of that name whose bytes agree, else one that bears the name."""
        if not self.folder.is_dir():
            return None
        folders = [self.folder, *sorted(path for path in self.folder.iterdir() if path.is_dir())]
        found = [path for folder in folders for path in _named(folder, Path(name).name) if path.is_file()]
        agree = [path for path in found if sha256(path.read_bytes()).hexdigest() == digest]
        return next(iter(agree or found), None)


def _named(folder: Path, name: str) -> Iterable[Path]:
    """The file of that name; a name with characters that no result can hold stands in it with substitutes."""
    if SUBSTITUTE not in name:
        return (folder / name,)
    return (path for path in folder.iterdir() if printable(path.name) == name)


def _check_document(record: Record, document: Document, library: Library, verdict: Verdict) -> None:
    source = library.open(document.source.name, document.source.sha256)
    if source is None:
        return
    read: list[Notice] = []
    for stored in document.notices:
        notice = find_notice(stored, source.reading)
        if notice is None:
            verdict.add(text("verify.no_notice", source=document.source.name, number=number_of(stored)))
            continue
        read.append(notice)
        _check_text(stored, notice, verdict)
        for clause in stored.clauses:
            for words, spans in _quotes(clause):
                _check_quote(clause_name(clause.id), words, spans, notice, verdict)
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


def _compare(record: Record, fresh: dict[str, Any], verdict: Verdict) -> None:
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


def _check_comparison(record: Record, comparison: Comparison, library: Library, verdict: Verdict) -> None:
    upper, lower = (_open_party(party, library, verdict) for party in (comparison.upper, comparison.lower))
    for unit in (*comparison.units, *comparison.frame, *comparison.headings):
        for side, refs in ((upper, unit.upper), (lower, unit.lower)):
            for ref in refs:
                _check_quote(f"{unit.id} {clause_name(ref.clause)}", ref.quote, [ref.span], _notice(side), verdict)
        for change in unit.changes:
            where = f"{unit.id} {change.type}"
            if change.upper_span and change.upper_quote is not None:
                _check_quote(where, change.upper_quote, [change.upper_span], _notice(upper), verdict)
            if change.lower_span and change.lower_quote is not None:
                _check_quote(where, change.lower_quote, [change.lower_span], _notice(lower), verdict)
    if upper and lower and upper[0].same and lower[0].same:
        _compare(record, _compare_again(upper, lower), verdict)


def _compare_again(upper: tuple[Opened, Notice], lower: tuple[Opened, Notice]) -> dict[str, Any]:
    from compare import compare, to_json

    sources = [side[0].reading.document.source for side in (upper, lower)]
    fresh = compare(upper[1], lower[1], upper_source=sources[0], lower_source=sources[1])
    plain: dict[str, Any] = msgspec.json.decode(to_json(fresh))
    return plain


def _notice(side: tuple[Opened, Notice] | None) -> Notice | None:
    return side[1] if side else None


def _open_party(party: Party, library: Library, verdict: Verdict) -> tuple[Opened, Notice] | None:
    source = library.open(party.name, party.sha256)
    if source is None:
        return None
    notice = find_notice(party, source.reading)
    if notice is None:
        number = party.document_number or party.title or ""
        verdict.add(text("verify.no_notice", source=party.name, number=number))
        return None
    return source, notice


def find_notice(wanted: Notice | Party, reading: Reading) -> Notice | None:
    """By number and title; by one of them where only the other changed; a whole notice by its text too."""
    notices = reading.document.notices
    number = fold(wanted.document_number)
    by_number = [one for one in notices if fold(one.document_number) == number]
    by_title = [one for one in notices if one.title == wanted.title]
    by_text = [one for one in notices if isinstance(wanted, Notice) and one.text == wanted.text]
    both = [one for one in by_number if one in by_title]
    return next(iter((*both, *(by_number if number else ()), *(by_title if wanted.title else ()), *by_text)), None)


def _check_quote(where: str, words: str, spans: Sequence[Span], notice: Notice | None, verdict: Verdict) -> None:
    """`words` are the text at the spans, one after the other."""
    if notice is None:
        return
    verdict.quotes += 1
    start, end = spans[0].start, spans[-1].end
    found = "".join(notice.text[span.start : span.end] for span in spans)
    if found != words:
        verdict.told.add(words)
    if any(not 0 <= span.start <= span.end <= len(notice.text) for span in spans):
        verdict.add(text("verify.outside", where=where, start=start, end=end, length=len(notice.text)))
    elif found != words:
        at = first_difference(words, found)
        shown = {"quote": around(words, at), "found": around(found, at)}
        verdict.add(text("verify.quote", where=where, start=start, end=end, **shown))
