"""A file's bytes in, everything the store keeps of it out, as plain data: the work that goes to many processes.

Pure: the same key, bytes and options give the same entry, whoever reads them and however often.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from typing import Any

from corpus import minhash
from corpus.facets import amount_facets, deadline_facets, facet
from corpus.names import number_key, title_key
from corpus.records import pack_document
from corpus.relations import cited_documents
from corpus.time_limit import time_limit
from extract.errors import Failure, ReadError
from extract.notice import Clause, DateRole, Document, Notice
from extract.options import ReadOptions

SCHEMA = "duizhao.document/1"
NO_NOTICE = "没有认出公文（未见发文字号、公文标题或条款）；请确认这是通知、意见、方案一类的正式文件"
TIMES = (DateRole.DEADLINE, DateRole.VALIDITY, DateRole.PERIOD)
ORIGINAL_COMPRESSION = 6
SECONDS = 600.0  # for one file; a scan of a thousand pages takes that long

# What a defect in a reader raises. One bad file must not stop a run over a hundred thousand: the reason is kept.
DEFECTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file to read: its key, its label for people, its bytes, and whether the store keeps those."""

    key: str
    name: str
    data: bytes
    options: ReadOptions = field(default_factory=ReadOptions)
    keep: bool = True

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRows:
    """Rows of one notice without the ids that the store gives; what hangs on a clause opens with its index here."""

    notice: Row
    bands: tuple[int, ...]
    citations: tuple[Row, ...]
    clauses: tuple[Row, ...]
    amounts: tuple[Row, ...]
    deadlines: tuple[Row, ...]
    duties: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything that the store keeps of a file."""

    document: Row
    original: bytes | None  # the file's bytes, deflated
    notices: tuple[NoticeRows, ...]

    @property
    def key(self) -> str:
        return str(self.document[0])

    @property
    def sha256(self) -> str:
        return str(self.document[1])


def item_key(digest: str, options: ReadOptions) -> str:
    """SHA-256 of the bytes' SHA-256, the schema and the options: what the entry depends on."""
    return sha256(repr((digest, SCHEMA, astuple(options))).encode()).hexdigest()


def build_entry(item: Item) -> Entry | Failure:
    """Rows of the store's tables, or why there are none.

    Raises:
        ReadError: the bytes are no readable file, or hold no notice.
    """
    from extract.reading import extract_bytes

    try:
        with time_limit(SECONDS):
            return _entry(item, extract_bytes(item.data, item.name, item.options))
    except DEFECTS as error:
        what = f"{type(error).__name__}: {error}"[:200]
        return Failure(key=item.key, step="defect", message=f"程序出错（{what}）；请把这个文件和这句话报告给我们")


def _entry(item: Item, document: Document) -> Entry:
    if not document.notices:
        raise ReadError(item.name, None, NO_NOTICE)
    source = document.source
    row = (item.key, source.sha256, source.name, source.media_type, source.size, source.pages, pack_document(document))
    return Entry(
        document=row,
        original=zlib.compress(item.data, ORIGINAL_COMPRESSION) if item.keep else None,
        notices=tuple(map(_notice, document.notices)),
    )


def _notice(notice: Notice) -> NoticeRows:
    signature = minhash.sign(notice.text, minhash.NOTICE)
    facets = tuple(notice_facets(notice))
    clauses = tuple(enumerate(notice.clauses))
    return NoticeRows(
        notice=(*_head(notice), minhash.pack(signature)),
        bands=tuple(sorted(set(minhash.bands(signature, minhash.NOTICE)))),
        citations=tuple(cited_documents(notice)),
        clauses=(*(_clause(notice, clause, facets) for _, clause in clauses), *_rest(notice, facets)),
        amounts=tuple((at, *row) for at, clause in clauses for row in _amounts(clause)),
        deadlines=tuple((at, *row) for at, clause in clauses for row in _deadlines(clause)),
        duties=tuple((at, *row) for at, clause in clauses for row in _duties(clause)),
    )


def _head(notice: Notice) -> Row:
    return (
        notice.document_number,
        number_key(notice.document_number),
        notice.title,
        title_key(notice.title),
        "、".join(notice.issuers) or None,
        notice.level,
        notice.province,
        notice.city,
        _year(notice),
        notice.issued_on and notice.issued_on.isoformat(),
        len(notice.clauses),
        sha256(notice.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _year(notice: Notice) -> int | None:
    return notice.issued_on.year if notice.issued_on else notice.year


def notice_facets(notice: Notice) -> Iterator[str]:
    """What a search filters by, as words of the index."""
    yield from (facet("issuer", name) for name in notice.issuers)
    named = {"level": notice.level, "province": notice.province, "city": notice.city, "year": _year(notice)}
    yield from (facet(name, value) for name, value in named.items() if value is not None)


def _clause(notice: Notice, clause: Clause, facets: Sequence[str]) -> Row:
    text = notice.text[clause.span.start : clause.span.end]
    words = " ".join([*facets, *dict.fromkeys(_clause_facets(clause))])
    return clause.id, clause.marker, clause.heading, text, clause.span.start, words


def _amounts(clause: Clause) -> Iterator[Row]:
    for a in clause.amounts:
        figures = (a.kind, _real(a.low), _real(a.high), a.unit, a.quote)
        yield *figures, "、".join(a.per) or None, a.bound, a.strict, a.condition, a.span.start


def _deadlines(clause: Clause) -> Iterator[Row]:
    times = (d for d in clause.dates if d.role in TIMES and d.end)
    return ((d.role, _day(d.start), _day(d.end), d.quote, d.span.start) for d in times)


def _clause_facets(clause: Clause) -> Iterator[str]:
    keys = {d.key for r in clause.responsibilities for d in r.departments if d.key}
    yield from (facet("department", key) for key in sorted(keys))
    for amount in clause.amounts:
        yield from amount_facets(amount.kind, amount.low, amount.high)
    for mention in clause.dates:
        if mention.role in TIMES and mention.end:
            yield from deadline_facets(mention.end)


def _real(value: Any) -> float | None:
    return None if value is None else float(value)


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _duties(clause: Clause) -> Iterator[Row]:
    for statement in clause.responsibilities:
        for department in statement.departments:
            yield (
                department.key,
                department.name,
                department.full_name,
                statement.role,
                statement.inferred,
                statement.quote,
                statement.span.start,
            )


def _rest(notice: Notice, facets: Sequence[str]) -> Iterator[Row]:
    """The text outside all clauses: the head with number and title, tables, the tail."""
    for number, (start, end) in enumerate(_gaps(notice)):
        name = "head" if start == 0 else f"other/{number}"
        heading = notice.title if start == 0 else None
        yield name, None, heading, notice.text[start:end], start, " ".join(facets)


def _gaps(notice: Notice) -> Iterator[tuple[int, int]]:
    done = 0
    for start, end in (*_covered(notice.clauses), (len(notice.text), len(notice.text))):
        if start > done:
            yield done, start
        done = max(done, end)


def _covered(clauses: Iterable[Clause]) -> list[tuple[int, int]]:
    return sorted((clause.span.start, clause.span.end) for clause in clauses)
