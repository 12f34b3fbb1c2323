"""Parts of a zipped package (DOCX, OFD), read in memory within limits; XML without entities or network."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from extract.errors import ReadError
from extract.options import ReadOptions

MAX_RATIO = 1_000  # unpacked to packed; deflate reaches 1,032 on nothing but zeros
RATIO_FROM = 8 * 1024 * 1024  # bytes; smaller parts do no harm whatever their ratio
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    OverflowError,
)


@dataclass(slots=True, kw_only=True)
class Package:
    """Named parts; names are compared without regard to case, as offices write them."""

    name: str  # of the file, for messages
    archive: zipfile.ZipFile
    max_unpacked_bytes: int
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    unpacked: int = 0

    def has(self, part: str) -> bool:
        return part.lower() in self.parts

    def read(self, part: str) -> bytes | None:
        """Bytes of a part, `None` where there is none.

        Raises:
            ReadError: the part is damaged, or more is unpacked than the limit.
        """
        info = self.parts.get(part.lower())
        if info is None:
            return None
        self.unpacked += info.file_size
        if self.unpacked > self.max_unpacked_bytes:
            raise ReadError(self.name, None, f"解压后超过上限 {self.max_unpacked_bytes} 字节；文件可能有害，已停止读取")
        try:
            return self.archive.read(info)
        except RuntimeError:
            raise ReadError(self.name, None, "文件包已加密；请解除加密后再读") from None
        except BROKEN:
            raise ReadError(self.name, None, f"文件包里的 {part} 已损坏；请重新获取") from None

    def xml(self, part: str) -> etree._Element | None:
        """Root of an XML part, `None` where there is none.

        Raises:
            ReadError: not well-formed, or with a document type (no office writes one).
        """
        data = self.read(part)
        return None if data is None else parse_xml(data, self.name, part)


def parse_xml(data: bytes, name: str, part: str) -> etree._Element:
    """Root of an XML text; nothing is fetched and no entity is replaced.

    Raises:
        ReadError: not well-formed, nested too deep, or with a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ReadError(name, None, f"{part} 不是完好的 XML，文件已损坏；请重新获取") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(name, None, f"{part} 含有文档类型声明，可能有害；请核对来源")
    return root


@contextmanager
def open_package(data: bytes, name: str, options: ReadOptions) -> Iterator[Package]:
    """The parts of a zip.

    Raises:
        ReadError: cut short, damaged, or made to unpack without end.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        raise ReadError(name, None, "文件包不完整或已损坏；请重新获取") from None
    with archive:
        package = Package(name=name, archive=archive, max_unpacked_bytes=options.max_unpacked_bytes)
        items = archive.infolist()
        if len(items) > options.max_files:
            message = f"文件包里有 {len(items)} 个文件，超过上限 {options.max_files} 个；可能有害，已停止读取"
            raise ReadError(name, None, message)
        for item in items:
            if item.file_size > RATIO_FROM and item.file_size > MAX_RATIO * max(item.compress_size, 1):
                raise ReadError(name, None, "文件包的压缩比异常（压缩炸弹）；已停止读取")
            package.parts[item.filename.replace("\\", "/").lstrip("/").lower()] = item
        yield package


def resolve(base: str, target: str) -> str:
    """A target relative to the part that names it; absolute targets begin at the package's root.

    Never leaves the package: what climbs out of it comes to name no part.
    """
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(joined).lstrip("/")
