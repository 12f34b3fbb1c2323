"""Paths in, the files under them out: folders by name, zip archives member by member, nothing unpacked to disk.

Archives come from strangers: members that point outside, encrypted, oversized or too many are refused one by one.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.bigrams import clean
from extract.errors import ReadError, say_system

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".doc", ".wps", ".ofd", ".zip"})
MAX_MEMBERS = 200_000
MAX_UNPACKED_BYTES = 16 * 1024**3  # of one archive, as really unpacked
UTF8_NAME = 0x800  # flag of a member whose name is UTF-8
ENCRYPTED = 0x1
CHUNK = 1 << 20
EMPTY = "压缩包里没有能读的文件（文本、PDF、Word、网页、OFD）；请核对内容，包里的压缩包要先解开"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file: what people call it, and how to get its bytes."""

    path: str  # absolute, or archive.zip!member
    name: str
    read: Callable[[], bytes]  # raises ReadError


def find_files(paths: Iterable[Path], max_bytes: int) -> Iterator[Found]:
    """Every file that is named, and in folders and archives every file of a known kind, in a fixed order."""
    for path in paths:
        if path.is_dir():
            for inside in _walk(path):
                yield from _file(inside, max_bytes)
        else:
            yield from _file(path, max_bytes)


def count_files(paths: Iterable[Path]) -> int:
    """How many `find_files` will give, without reading them; an archive that gives nothing counts as one."""
    total = 0
    for path in paths:
        for inside in _walk(path) if path.is_dir() else (path,):
            total += _count_members(inside) if inside.suffix.lower() == ".zip" else 1
    return total


def label(path: str | os.PathLike[str]) -> str:
    """A path as text that can be stored and shown, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(folder: Path) -> Iterator[Path]:
    """Known files below a folder by name. Links to folders are not followed: they may lead in a circle."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")):
                yield path


def _file(path: Path, max_bytes: int) -> Iterator[Found]:
    if path.suffix.lower() == ".zip" and path.is_file():
        yield from _members(path, max_bytes)
    else:
        yield Found(path=label(path.absolute()), name=label(path.name), read=lambda: _read(path, max_bytes))


def _read(path: Path, max_bytes: int) -> bytes:
    name = label(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
            raise ReadError(name, None, "不是普通文件；请给出公文文件、文件夹或 zip")
        if status.st_size > max_bytes:
            raise ReadError(name, None, f"文件有 {status.st_size} 字节，超过上限 {max_bytes} 字节；请拆分后再读")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, None, "找不到文件；请检查路径") from None
    except PermissionError:
        raise ReadError(name, None, "没有读取权限；请检查文件权限") from None
    except OSError as error:
        raise ReadError(name, None, f"打不开（{say_system(error)}）；请检查路径") from None


def _members(path: Path, max_bytes: int) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        yield _refused(label(path.absolute()), label(path.name), f"不是完好的 zip（{error}）；请重新获取")
        return
    with archive:
        members = _listed(archive)
        if not members:
            yield _refused(label(path.absolute()), label(path.name), EMPTY)
        unpacked = 0
        for number, member in enumerate(members):
            inside = f"{label(path.absolute())}!{_name(member)}"
            found = _member(archive, member, inside, max_bytes)
            unpacked += min(member.file_size, max_bytes)
            if number >= MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
                yield _refused(inside, found.name, "压缩包里的文件太多或太大，其余没有读；请拆分后再读")
                return
            yield found


def _listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Members of a known kind, by name."""
    members = (m for m in archive.infolist() if not m.is_dir() and not _name(m).startswith("__MACOSX/"))
    known = (m for m in members if PurePosixPath(_name(m)).suffix.lower() in SUFFIXES - {".zip"})
    return sorted(known, key=_name)


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; archives made on Chinese Windows have it in GBK without saying so."""
    if member.flag_bits & UTF8_NAME:
        return clean(member.filename)
    try:
        return member.orig_filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return clean(member.filename)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, max_bytes: int) -> Found:
    name = _name(member)
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return _refused(path, parts[-1], "压缩包里的路径指向包外，可能有害，没有读；请核对来源")
    if member.flag_bits & ENCRYPTED:
        return _refused(path, parts[-1], "压缩包加了密码；请解压后再读")
    return Found(path=path, name=parts[-1], read=lambda: _unpack(archive, member, path, max_bytes))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, max_bytes: int) -> bytes:
    """What really comes out is counted: the size in the archive's list may be a lie."""
    data = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                if len(data) > max_bytes:
                    raise ReadError(path, None, f"解压后超过上限 {max_bytes} 字节；请核对来源")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ReadError(path, None, f"解压失败（{error}）；请重新获取压缩包") from None
    return bytes(data)


def _refused(path: str, name: str, message: str) -> Found:
    def refuse() -> bytes:
        raise ReadError(path, None, message)

    return Found(path=path, name=name, read=refuse)


def _count_members(path: Path) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return min(max(len(_listed(archive)), 1), MAX_MEMBERS + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return 1
