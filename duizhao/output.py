"""Where results go: the format from a name, files written whole or not at all, standard output as bytes."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from duizhao.command import Misuse
from duizhao.messages import text
from extract.errors import DuizhaoError, say_system

STANDARD_OUTPUT = "-"
BINARY = frozenset({"docx", "xlsx"})  # never to a terminal


class WriteError(DuizhaoError):
    """A result could not be written; nothing of it is left behind."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def is_folder(output: str | None) -> bool:
    """Does `-o` name a folder: one that exists, or a name that ends in a slash?"""
    return output not in (None, STANDARD_OUTPUT) and (Path(output).is_dir() or output[-1:] in "/\\")


def choose_format(asked: str | None, output: str | None, formats: tuple[str, ...]) -> str:
    """The format asked for, else the one of the extension of `-o`, else the first of the table.

    Raises:
        Misuse: the extension is none of the formats, or a binary format has no file to go to.
    """
    to_file = output not in (None, STANDARD_OUTPUT)
    suffix = _ending(Path(output or ""), formats) if to_file and not is_folder(output) else ""
    if asked is None and suffix and suffix not in formats:
        raise Misuse(text("usage.extension", suffix=f".{suffix}", choices=", ".join(formats)))
    name = asked or suffix or formats[0]
    piped = output == STANDARD_OUTPUT and not sys.stdout.isatty()
    if name.rpartition(".")[2] in BINARY and not to_file and not piped:
        raise Misuse(text("usage.needs_file", name=name))
    return name


def spare_sources(output: str | None, sources: Iterable[Path]) -> None:
    """Refuse to write over a file that is to be read.

    Raises:
        Misuse: `-o` is one of the sources.
    """
    if output in (None, STANDARD_OUTPUT) or not Path(output).exists():
        return
    for source in sources:
        if source.exists() and Path(output).samefile(source):
            raise Misuse(text("usage.overwrite", name=source))


def write(output: str | None, data: bytes | Iterable[bytes]) -> Path | None:
    """Write to a file, or to standard output for `None` and `-`; the path written, if any.

    What is too large to be held comes in parts.

    Raises:
        WriteError: the file cannot be written; what stood there before still does.
    """
    parts = (data,) if isinstance(data, bytes) else data
    if output is None or output == STANDARD_OUTPUT:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return None
    path = Path(output)
    try:
        _replace(path, parts)
    except OSError as error:
        from duizhao.failures import localize  # which knows WriteError

        raise WriteError(str(path), text("failure.write", what=localize(say_system(error)))) from error
    return path


def array(parts: Iterable[bytes]) -> bytes:
    """JSON values as one JSON array."""
    return b"[\n" + b",\n".join(part.rstrip() for part in parts) + b"\n]\n"


def _ending(path: Path, formats: tuple[str, ...]) -> str:
    """The extension; of two parts where a format has two: 对照.redline.docx, and redline.docx itself."""
    double = ".".join(path.name.lower().split(".")[-2:])
    return double if double in formats else path.suffix.lower().removeprefix(".")


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe is written as it is
        with path.open("wb") as device:
            device.writelines(parts)
        return
    target = path.resolve()  # a link keeps pointing at the file that is replaced
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
