"""File formats: bytes in, `Layout` out. One module a format, one line in `READERS`."""

from collections.abc import Callable
from importlib import import_module

from extract.errors import ReadError
from extract.layout import Layout
from extract.options import ReadOptions

__all__ = ["READERS", "read_layout"]

Reader = Callable[[bytes, str, ReadOptions], Layout]

# Media type -> module and function; modules are imported when a file of their kind comes.
READERS: dict[str, tuple[str, str]] = {
    "text/plain": ("extract.readers.plain", "read_plain"),
    "text/markdown": ("extract.readers.plain", "read_plain"),
    "application/pdf": ("extract.readers.pdf", "read_pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("extract.readers.docx", "read_docx"),
    "application/msword": ("extract.readers.doc", "read_doc"),
    "text/html": ("extract.readers.html", "read_html"),
    "application/ofd": ("extract.readers.ofd", "read_ofd"),
    "image/png": ("extract.readers.ocr", "read_image"),
    "image/jpeg": ("extract.readers.ocr", "read_image"),
    "image/tiff": ("extract.readers.ocr", "read_image"),
    "image/bmp": ("extract.readers.ocr", "read_image"),
}


def read_layout(data: bytes, name: str, options: ReadOptions | None = None) -> Layout:
    """Read a file by what its content is, whatever it is called.

    Raises:
        ReadError: too large, of no known format, or not readable as what it is.
    """
    from extract.readers.sniff import media_type

    options = options or ReadOptions()
    if len(data) > options.max_bytes:
        raise ReadError(name, None, f"文件有 {len(data)} 字节，超过上限 {options.max_bytes} 字节；请拆分后再读")
    if not data:
        raise ReadError(name, None, "文件是空的；请确认文件是否下载完整")
    kind = media_type(data, name)
    if kind not in READERS:
        raise ReadError(name, None, f"不认识的格式（{kind}）；能读的有文本、PDF、Word、网页、OFD、图片")
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader(data, name, options)
