"""A result file in, its records out; what is empty, foreign or damaged is told apart, with the place of the damage."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from compare.comparison import Comparison
from compare.matrix import Matrix
from compare.topics import Topics
from duizhao.failures import reason
from duizhao.messages import text
from duizhao.verification_pairs import Compared
from extract.errors import ReadError
from extract.notice import Document

TYPES: Mapping[str, type[Document | Compared]] = {
    "duizhao.document/1": Document,
    "duizhao.comparison/1": Comparison,
    "duizhao.matrix/1": Matrix,
    "duizhao.topics/1": Topics,
}
FAMILY = "duizhao."
OURS = re.compile(rb'"schema"\s*:\s*"duizhao\.')  # a file that we began to write, however it ends
AT_BYTE = re.compile(r"\(byte (?P<at>\d+)\)")  # msgspec's own words, as are the next two
WRONG_TYPE = re.compile(r"Expected `(?P<want>[^`]+)`(?:[^`]*got `(?P<got>[^`]+)`)?")
MISSING = re.compile(r"missing required field `(?P<name>[^`]+)`")
PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of a result: as it stands in the file, and as data."""

    plain: dict[str, Any]
    data: Document | Compared


def load_records(result: Path) -> list[Record]:
    """The records of a file that holds one, an array of them, or one a line; never none.

    Raises:
        ReadError: the file cannot be opened, holds no record, something else, or a damaged record.
    """
    try:
        data = result.read_bytes()
    except OSError as error:
        raise ReadError(str(result), None, reason(error)) from None
    items = _decode(data, result)
    if not any(items):
        raise _error(result, "verify.nothing")
    several = len(items) > 1
    return [_record(item, f"[{at}]" if several else "", result) for at, item in enumerate(items)]


def _decode(data: bytes, result: Path) -> list[Any]:
    """What the file holds, whether one record, an array, or lines."""
    try:
        whole: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
        if not lines or _holds_object(lines[0][1]):
            return [*_decode_lines(lines, result)]
        raise _damaged(data, str(error), 0, result) from None
    return whole if isinstance(whole, list) else [whole]


def _holds_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _decode_lines(lines: list[tuple[int, bytes]], result: Path) -> Iterator[Any]:
    for number, line in lines:
        try:
            yield msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _damaged(lines[0][1] + line, str(error), number, result) from None


def _damaged(data: bytes, said: str, number: int, result: Path) -> ReadError:
    """`number` is the line of a file of lines, else 0; where nothing says that we wrote the file it is another's."""
    if not OURS.search(data):
        return _error(result, "verify.not_result")
    found = AT_BYTE.search(said)
    if number:
        return _error(result, "verify.damaged_line", line=number)
    if found is None:
        return _error(result, "verify.cut_short", size=len(data))
    before = data[: int(found["at"])]
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    return _error(result, "verify.damaged_at", line=before.count(b"\n") + 1, column=column)


def _record(item: Any, prefix: str, result: Path) -> Record:
    schema = item.get("schema") if isinstance(item, dict) else None
    if not isinstance(schema, str) or not schema.startswith(FAMILY):
        raise _error(result, "verify.not_result")
    if schema not in TYPES:
        raise _error(result, "verify.schema", schema=schema, known="、".join(TYPES))
    try:
        return Record(plain=item, data=msgspec.convert(item, TYPES[schema], strict=False))
    except msgspec.ValidationError as error:
        raise _wrong_field(str(error), prefix, result) from None


def _wrong_field(said: str, prefix: str, result: Path) -> ReadError:
    """The field of a value that nothing of ours has there, or of one that is gone."""
    found = PATH.search(said)
    path = ".".join(filter(None, (prefix, found["path"] if found else "")))
    if missing := MISSING.search(said):
        return _error(result, "verify.missing_field", path=".".join(filter(None, (path, missing["name"]))))
    if wrong := WRONG_TYPE.search(said):
        return _error(result, "verify.wrong_type", path=path, want=wrong["want"], got=wrong["got"] or "?")
    return _error(result, "verify.wrong_value", path=path, reason=PATH.sub("", said))


def _error(result: Path, key: str, **values: object) -> ReadError:
    return ReadError(str(result), None, text(key, **values))
