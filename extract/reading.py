"""Files and bytes in, documents out: the functions that every front end calls."""

import re
from hashlib import sha256
from pathlib import Path

from extract.errors import ReadError, say_system
from extract.notice import Document, Source
from extract.options import ReadOptions
from extract.parse import Reading, parse
from extract.readers import read_layout

UNPRINTABLE = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are not UTF-8, as Python keeps them (PEP 383)
SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"


def printable(name: str) -> str:
    """A file name that can be written into a result; the file itself opens by its own."""
    return UNPRINTABLE.sub(SUBSTITUTE, name)


def read_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> Reading:
    """Read a file's bytes; `name` is used in messages and as a hint, never to open anything.

    Raises:
        ReadError: the bytes are no readable file; the message says what to do.
    """
    layout = read_layout(data, name, options)
    source = Source(
        name=printable(name),
        sha256=sha256(data).hexdigest(),
        media_type=layout.media_type,
        size=len(data),
        pages=layout.page_count,
        grain=layout.grain,
    )
    return parse(layout, source)


def read_file(path: Path | str, options: ReadOptions | None = None) -> Reading:
    """Read one file.

    Raises:
        ReadError: the file is missing, no file, not permitted, too large or not readable.
    """
    path = Path(path)
    limit = (options or ReadOptions()).max_bytes
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(str(path), None, "是文件夹，不是文件；请给出其中的文件")
        if size > limit:
            raise ReadError(str(path), None, f"文件有 {size} 字节，超过上限 {limit} 字节；请拆分后再读")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), None, "找不到文件；请检查路径") from None
    except PermissionError:
        raise ReadError(str(path), None, "没有读取权限；请检查文件权限") from None
    except OSError as error:
        raise ReadError(str(path), None, f"打不开（{say_system(error)}）；请检查路径") from None
    try:
        return read_bytes(data, path.name, options)
    except ReadError as error:
        raise ReadError(str(path), error.page, error.message) from None


def extract_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> Document:
    """The document of a file's bytes; see `read_bytes`."""
    return read_bytes(data, name, options).document


def extract_file(path: Path | str, options: ReadOptions | None = None) -> Document:
    """The document of a file; see `read_file`."""
    return read_file(path, options).document
