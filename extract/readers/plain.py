"""Plain text and Markdown: bytes in, layout out. Layout text is the decoded file itself."""

import codecs
import re
from collections.abc import Iterator

from extract.errors import ReadError
from extract.layout import Layout, LayoutWarning
from extract.notice import Grain
from extract.options import ReadOptions

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
HAN = re.compile(r"[\u4e00-\u9fff]")
CONTROL_SHARE = 0.01  # more control codes than this is no text
DAMAGED_SHARE = 0.05  # of the characters of a damaged UTF-8 text; of GB18030 read as UTF-8 most are broken


def read_plain(data: bytes, name: str, options: ReadOptions) -> Layout:
    """Decode UTF-8 (with or without mark), UTF-16 or GB18030.

    A file whose last character is cut in two is read up to it, with a warning.

    Raises:
        ReadError: the bytes are no text in these encodings, or there is no text in them.
    """
    text, encoding, lost = decode(data, name)
    if not text.strip():
        raise ReadError(name, None, "文件里没有文字；请确认文件是否选对")
    if len(CONTROL.findall(text[:100_000])) > CONTROL_SHARE * min(len(text), 100_000):
        raise ReadError(name, None, "内容不是文本（含大量控制字符）；请提供 PDF、Word、网页或文本文件")
    if len(text) > options.max_characters:
        raise ReadError(name, None, f"文本有 {len(text)} 字，超过上限 {options.max_characters} 字；请拆分后再读")
    pages = _page_starts(text)
    return Layout(
        text=text,
        media_type="text/plain",
        grain=Grain.FLOW,
        page_count=len(pages) or None,
        page_starts=pages,
        warnings=tuple(_warnings(encoding, lost)),
    )


def _warnings(encoding: str, lost: int) -> Iterator[LayoutWarning]:
    if encoding == "gb18030":
        yield LayoutWarning(code="encoding", message="按 GB18030 编码读取")
    if lost:
        message = f"文件不完整：最后一个字只剩 {lost} 个字节，已略去；请重新获取"
        yield LayoutWarning(code="incomplete", message=message)


def decode(data: bytes, name: str) -> tuple[str, str, int]:
    """The text of the bytes, the encoding used, and how many bytes of a cut last character were left out.

    Raises:
        ReadError: neither UTF-8, UTF-16 with a mark, nor GB18030.
    """
    encodings = [encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in (*encodings, "utf-8", "gb18030"):
        if encoding == "gb18030" and _is_damaged_utf8(data):
            raise ReadError(name, None, "文件中间有损坏的字节（UTF-8 编码不完整）；请重新获取")
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(data)
        except UnicodeDecodeError:
            continue
        lost = len(decoder.getstate()[0])
        if not lost or HAN.search(text):  # bytes left over behind Latin letters alone say nothing about the encoding
            return text, encoding, lost
    raise ReadError(name, None, "文字编码无法识别（不是 UTF-8 或 GB18030）；请另存为 UTF-8 文本再试")


def _is_damaged_utf8(data: bytes) -> bool:
    """Chinese in UTF-8 but for a few bytes, of which GB18030 would make other characters."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return bool(HAN.search(text)) and broken < DAMAGED_SHARE * len(text)


def _page_starts(text: str) -> tuple[int, ...]:
    """Offsets of pages in a dump that marks them by form feeds; none without a form feed inside."""
    feeds = [match.end() for match in re.finditer("\f", text)]
    inner = [at for at in feeds if text[at:].strip()] if len(feeds) < 10_000 else feeds
    return (0, *inner) if inner else ()
