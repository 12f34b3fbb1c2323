"""A store in, its notices as JSON Lines, tables or Akoma Ntoso files out, one notice at a time."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.collection import Corpus
from corpus.filters import EVERY, Filters

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what Excel would run
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
LONGEST_NAME = 80  # characters; 240 bytes of UTF-8 are within what file systems take
ROWS = 2_000  # of CSV written at a time


def json_lines(store: Corpus, filters: Filters = EVERY) -> Iterator[bytes]:
    """`duizhao.document/1`, one notice a line."""
    from msgspec.json import format as reformat

    from extract.records import to_json

    for entry in list(store.entries(filters)):
        document = store.document(entry.id)
        single = replace(document, notices=(document.notices[entry.position],))
        yield reformat(to_json(single), indent=-1) + b"\n"


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark for Excel, lines ended by CR LF (RFC 4180); no cell is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    writer.writerow(names)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_guard(cell) for cell in row])
        if number % ROWS == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def akoma_ntoso(store: Corpus, filters: Filters = EVERY) -> Iterator[tuple[str, bytes]]:
    """File name and XML of each notice."""
    from corpus.akoma_ntoso import render_notice

    for entry in list(store.entries(filters)):
        yield (
            f"{_file_name(entry.number or entry.title or 'notice')}-{entry.id}.xml",
            render_notice(store.notice(entry.id), entry),
        )


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return data


def _guard(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _file_name(name: str) -> str:
    return UNSAFE.sub("_", name)[:LONGEST_NAME].strip(". ") or "notice"
