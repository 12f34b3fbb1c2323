"""Pages for sources that have none: Word and web pages set by LibreOffice, and their words found again on the pages.

The source itself states no page, so every place given here is marked as derived. A word is placed only where it is
certain: from stretches that occur once in the source and once on the pages, extended as far as both agree.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from extract.errors import ReadError
from extract.notice import Document, Notice, Place
from extract.options import ReadOptions
from extract.parse import Reading
from extract.span import Span
from extract.text import AlignedText, normalise

if TYPE_CHECKING:
    from lxml import etree

STRETCH = 10  # characters; once in both texts, they are the same place
SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "text/html": "html",
}
EMBEDDED = frozenset(("img", "iframe", "object", "embed", "video", "audio", "svg", "input"))
SHAPING = frozenset(("colspan", "rowspan", "align"))  # attributes kept of a web page
NOWHERE = -1
BORDER = "\n"  # between notices; normal text has none


@dataclass(frozen=True, kw_only=True)
class DerivedPages:
    """`texts` are the notices' texts; `found[n][i]` is the character of `pages` that character i of notice n is."""

    pdf: bytes
    pages: AlignedText
    texts: tuple[AlignedText, ...]
    found: tuple[array[int], ...]

    def places(self, notice: int, span: Span) -> tuple[Place, ...]:
        """Where a span of a notice stands on the pages; what is not found there keeps its path in the source."""
        return tuple(self._places(notice, span))

    def _places(self, notice: int, span: Span) -> Iterator[Place]:
        found = self.found[notice]
        for key, run in groupby(range(span.start, span.end), key=lambda i: found[i] - i if found[i] >= 0 else None):
            offsets = list(run)
            here = Span(offsets[0], offsets[-1] + 1)
            original = self.texts[notice].places(here)
            if key is None:
                yield from original
                continue
            path = original[0].path if original else None
            for place in self.pages.places(here.shift(key)):
                yield replace(place, path=path, span=place.span.shift(-key), derived=True)

    def document(self, document: Document) -> Document:
        """The document with derived pages for its clauses."""
        notices = (self._with_places(number, notice) for number, notice in enumerate(document.notices))
        return replace(document, notices=tuple(notices))

    def _with_places(self, number: int, notice: Notice) -> Notice:
        clauses = (replace(clause, places=self.places(number, clause.span)) for clause in notice.clauses)
        return replace(notice, clauses=tuple(clauses))


def derive_pages(reading: Reading, data: bytes, name: str, options: ReadOptions | None = None) -> DerivedPages | None:
    """Set a source on pages and find its words there; `None` for a source that has pages of its own.

    Raises:
        ReadError: the format cannot be set, LibreOffice is missing, or it cannot read the file.
    """
    from extract.readers.doc import PROGRAMS, convert
    from extract.readers.pdf import read_pdf

    source = reading.document.source
    if source.pages is not None:
        return None
    if source.media_type not in SUFFIXES:
        raise ReadError(name, None, "只有 Word 和网页能用 --pages 排成页；纯文本按字符位置核对")
    if not any(map(shutil.which, PROGRAMS)):
        raise ReadError(name, None, "--pages 要用 LibreOffice 排页；请安装它，或在 Word、WPS 里另存为 PDF 后再读")
    options = options or ReadOptions()
    if source.media_type == "text/html":
        data = _bare_page(data, name)
    pdf = convert(data, name, SUFFIXES[source.media_type], "pdf", options)
    pages = normalise(read_pdf(pdf, name, replace(options, password=None)))
    # One match for all notices: what a notice shares with the one it prints as its attachment is on the pages twice.
    texts = [text.text for text in reading.texts]
    found = match(BORDER.join(texts), pages.text)
    return DerivedPages(pdf=pdf, pages=pages, texts=reading.texts, found=tuple(_split(found, texts)))


def _bare_page(data: bytes, name: str) -> bytes:
    """The words of a web page without anything that could be fetched or run when it is set."""
    from lxml import etree

    from extract.readers.html_page import parse_page
    from extract.readers.html_tree import is_hidden

    root = parse_page(data, name)
    for element in list(root.iter()):
        if element is not root and (is_hidden(element) or element.tag in EMBEDDED):
            _drop(element)
            continue
        for attribute in list(element.attrib):
            if attribute not in SHAPING:
                del element.attrib[attribute]
    body = root.find(".//body")
    head = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
    return head + etree.tostring(root if body is None else body, method="html", encoding="utf-8") + b"</html>"


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


@dataclass(slots=True)
class Matching:
    """Two texts and, for each character of the source, its character on the pages; -1 where that is not certain."""

    source: str
    rendered: str
    found: array[int] = field(init=False)
    taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.found = array("l", [NOWHERE]) * len(self.source)
        self.taken = bytearray(len(self.rendered))

    def extend(self, at: int, there: int, step: int) -> None:
        """Mark characters as the same from a place on, in one direction, as long as both texts agree."""
        while 0 <= at < len(self.source) and 0 <= there < len(self.rendered):
            if self.source[at] != self.rendered[there] or self.found[at] != NOWHERE or self.taken[there]:
                return
            self.found[at] = there
            self.taken[there] = 1
            at += step
            there += step


def match(source: str, rendered: str) -> array[int]:
    """For each character of the source its character on the pages, -1 where that is not certain."""
    matching = Matching(source, rendered)
    there_of = dict(_single_stretches(rendered))
    for stretch, at in _single_stretches(source):
        there = there_of.get(stretch, NOWHERE)
        if there >= 0 and matching.found[at] == NOWHERE and not matching.taken[there]:
            matching.extend(at, there, 1)
            matching.extend(at - 1, there - 1, -1)
    return matching.found


def _single_stretches(text: str) -> Iterator[tuple[str, int]]:
    """Stretches that occur once, with their offsets."""
    first: dict[str, int] = {}
    for at in range(len(text) - STRETCH + 1):
        stretch = text[at : at + STRETCH]
        first[stretch] = NOWHERE if stretch in first else at
    return ((stretch, at) for stretch, at in first.items() if at >= 0)


def _split(found: array[int], texts: Sequence[str]) -> Iterator[array[int]]:
    start = 0
    for text in texts:
        yield found[start : start + len(text)]
        start += len(text) + len(BORDER)
