"""The sources of a result opened anew: by name and hash, each once, with the notice that a result speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from compare.comparison import Party
from duizhao.differences import around, first_difference
from duizhao.failures import reason
from duizhao.messages import text
from duizhao.sources import fold
from extract import Reading, ReadOptions, read_file
from extract.errors import ReadError
from extract.notice import Notice
from extract.reading import SUBSTITUTE, printable
from extract.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    file: str  # the result, or the source where that is what is wrong
    message: str
    unchecked: bool = False  # nothing disagrees: the source could not be held against the result at all
    changed: bool = False  # the source is not the file that was read
    quote: bool = False  # the source says something else at the place of a quote


@dataclass(slots=True, kw_only=True)
class Verdict:
    result: str
    quotes: int = 0  # looked up
    values: int = 0  # read anew and compared
    problems: list[Problem] = field(default_factory=list)  # one line each
    told: set[str] = field(default_factory=set)  # words that a problem is about

    def add(self, message: str, file: str | None = None, **kind: bool) -> None:
        self.problems.append(Problem(file=file or self.result, message=message, **kind))

    @property
    def unchecked(self) -> int:
        """Sources that could not be found or read."""
        return sum(problem.unchecked for problem in self.problems)

    @property
    def changed(self) -> int:
        """Sources that are not the files that were read."""
        return sum(problem.changed for problem in self.problems)

    @property
    def wrong(self) -> int:
        """Quotes and values that do not agree, and notices that are gone."""
        return len(self.problems) - self.unchecked - self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source read again; `same` where its bytes are those that the result was made from."""

    reading: Reading
    path: Path
    same: bool


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
            self.verdict.add(text("verify.source_gone", source=name), unchecked=True)
            return None
        try:
            found = sha256(path.read_bytes()).hexdigest()
            if found != digest:
                self.verdict.add(text("verify.hash", want=digest, got=found), str(path), changed=True)
            reading = read_file(path, ReadOptions(password=self.password))
        except (ReadError, OSError) as error:
            self.verdict.add(reason(error), str(path), unchecked=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A source and the notice of it that a result speaks of."""

    opened: Opened
    notice: Notice


def open_parties(parties: Sequence[Party], library: Library) -> list[Side | None]:
    """In order; of notices that bear the same number and title in one file each is taken once."""
    sides: list[Side | None] = []
    for party in parties:
        taken = [side.notice for side in sides if side is not None]
        sides.append(_open_party(party, library, taken))
    return sides


def _open_party(party: Party, library: Library, taken: Sequence[Notice]) -> Side | None:
    """`None`, and a problem told, where the source or the notice in it is not found."""
    source = library.open(party.name, party.sha256)
    if source is None:
        return None
    found = find_notices(party, source.reading)
    notice = next((one for one in found if not any(one is other for other in taken)), next(iter(found), None))
    if notice is None:
        number = party.document_number or party.title or ""
        library.verdict.add(text("verify.no_notice", source=party.name, number=number))
        return None
    return Side(opened=source, notice=notice)


def find_notices(wanted: Notice | Party, reading: Reading) -> tuple[Notice, ...]:
    """By number and title; by one of them where only the other changed; a whole notice by its text too."""
    notices = reading.document.notices
    number = fold(wanted.document_number)
    by_number = [one for one in notices if fold(one.document_number) == number]
    by_title = [one for one in notices if one.title == wanted.title]
    by_text = [one for one in notices if isinstance(wanted, Notice) and one.text == wanted.text]
    both = [one for one in by_number if one in by_title]
    return (*both, *(by_number if number else ()), *(by_title if wanted.title else ()), *by_text)


def check_quote(where: str, words: str, spans: Sequence[Span], notice: Notice, verdict: Verdict) -> None:
    """`words` are the text at the spans, one after the other."""
    verdict.quotes += 1
    start, end = spans[0].start, spans[-1].end
    found = "".join(notice.text[span.start : span.end] for span in spans)
    if found != words:
        verdict.told.add(words)
    if any(not 0 <= span.start <= span.end <= len(notice.text) for span in spans):
        verdict.add(text("verify.outside", where=where, start=start, end=end, length=len(notice.text)), quote=True)
    elif found != words:
        at = first_difference(words, found)
        shown = {"quote": around(words, at), "found": around(found, at)}
        verdict.add(text("verify.quote", where=where, start=start, end=end, **shown), quote=True)
