"""PDF: bytes in, layout out, each character with its page and box."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.errors import ReadError
from extract.layout import Layout, LayoutWarning
from extract.options import ReadOptions
from extract.readers.layout_text import LayoutText
from extract.readers.ocr import Scanner
from extract.readers.page_content import PageContent, page_content
from extract.readers.page_layout import build_layout
from extract.readers.page_view import GlyphStore
from extract.readers.pdf_glyphs import read_page
from extract.readers.pdf_plumbed import SecondReader

MEDIA_TYPE = "application/pdf"
TAIL = 2048  # bytes in which a whole file has its end mark


def read_pdf(data: bytes, name: str, options: ReadOptions) -> Layout:
    """Characters with boxes, lines in reading order, ruled tables as grids.

    Raises:
        ReadError: encrypted, damaged, too long, or without any text.
    """
    store = GlyphStore()
    scanner = Scanner(name=name, options=options, store=store)
    out = LayoutText(name=name, max_characters=options.max_characters)
    second = SecondReader(data=data, password=options.password)
    with _opened(data, name, options) as document:
        pages = list(_read_pages(document, name, options, scanner, second))
    if not store.codes:
        raise _no_text(name, pages, scanner)
    if b"%%EOF" not in data[-TAIL:]:
        out.warnings.append(
            LayoutWarning(code="truncated", message="文件没有结尾标记，可能不完整；请核对页数或重新获取")
        )
    return scanner.finish(build_layout(pages, store, out, media_type=MEDIA_TYPE))


@contextmanager
def _opened(data: bytes, name: str, options: ReadOptions) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data, password=options.password)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise _unopened(data, name, options, getattr(error, "err_code", None)) from None
    try:
        if count == 0:
            raise ReadError(name, None, "PDF 里没有页面，文件已损坏；请重新获取")
        if count > options.max_pages:
            raise ReadError(name, None, f"共 {count} 页，超过上限 {options.max_pages} 页；请拆分后再读")
        yield document
    finally:
        document.close()


def _unopened(data: bytes, name: str, options: ReadOptions, code: int | None) -> ReadError:
    if code == raw.FPDF_ERR_PASSWORD:
        wrong = "密码不对；请核对 --password" if options.password else "PDF 已加密；请用 --password 给出密码"
        return ReadError(name, None, wrong)
    if code == raw.FPDF_ERR_SECURITY:
        return ReadError(name, None, "PDF 用了不支持的加密方式；请解除加密后再读")
    if b"%%EOF" not in data[-TAIL:]:
        return ReadError(name, None, "PDF 不完整（没有结尾）；请重新下载或索取原件")
    return ReadError(name, None, "PDF 已损坏，无法打开；请重新获取")


def _read_pages(
    document: pdfium.PdfDocument, name: str, options: ReadOptions, scanner: Scanner, second: SecondReader
) -> Iterator[PageContent]:
    content: PageContent | None = None
    for number in range(1, len(document) + 1):
        try:
            drawn = second.improve(document, read_page(document, number))
        except pdfium.PdfiumError:
            raise ReadError(name, number, "这一页已损坏，无法读取；请重新获取文件") from None
        store = scanner.store
        if len(store.codes) + len(drawn.codes) > options.max_characters:
            raise ReadError(name, number, f"文字超过上限 {options.max_characters} 字；请拆分后再读")
        content = scanner.page(document, drawn, content) or page_content(store.add(drawn), content)
        yield content


def _no_text(name: str, pages: list[PageContent], scanner: Scanner) -> ReadError:
    if any(page.view.image_count for page in pages):
        return scanner.no_text()
    return ReadError(name, None, "PDF 里没有文字；请确认文件是否选对")
