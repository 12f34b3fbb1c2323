"""Web pages: bytes in, layout out; the notice's own text, and what the page says about it as metadata."""

import re
from collections.abc import Iterator

from lxml import etree

from extract.errors import ReadError
from extract.layout import Layout, LayoutWarning
from extract.notice import Grain
from extract.options import ReadOptions
from extract.readers.html_body import find_body
from extract.readers.html_facts import NUMBER, find_facts
from extract.readers.html_page import parse_page
from extract.readers.html_tree import is_hidden, names, shown_text, tag, words
from extract.readers.html_write import PageWriter
from extract.readers.layout_text import LayoutText

MEDIA_TYPE = "text/html"
LONGEST_TITLE = 160
LONGEST_NUMBER = 40
OPENING = 600  # characters of the text in which its title would stand
HEADINGS = frozenset(("h1", "h2", "h3", "ucaptitle"))
SITE_NAME = re.compile(r"[-_|–—].{0,40}$")


def read_html(data: bytes, name: str, options: ReadOptions) -> Layout:
    """The body found among navigation, tables kept, fact tables read as metadata.

    Raises:
        ReadError: no text in the page.
    """
    root = parse_page(data, name)
    body, noise = find_body(root)
    metadata, holders = find_facts(root, body)
    writer = PageWriter(out=LayoutText(name=name, max_characters=options.max_characters), left_out=holders | noise)
    title = find_title(root, body, metadata.get("title", ""))
    number = None if "document_number" in metadata else find_number(root, body, writer.left_out)
    for element in (title, number, body):
        if element is not None:
            writer.write(element)
    out = writer.out
    if not out.text.strip():
        raise ReadError(name, None, "网页里没有正文（可能由脚本生成）；请在浏览器里另存为完整网页或 PDF 后再读")
    if "\ufffd" in out.text:
        message = f"{out.text.count(chr(0xFFFD))} 个字符的编码已损坏；请核对原网页"
        out.warnings.append(LayoutWarning(code="encoding", message=message))
    return Layout(
        text=out.text,
        media_type=MEDIA_TYPE,
        grain=Grain.FLOW,
        paragraph_starts=frozenset(out.paragraph_starts),
        blocks=tuple(out.blocks),
        grids=tuple(out.grids),
        anchors=tuple(out.anchors),
        metadata=metadata,
        warnings=tuple(out.warnings),
    )


def find_title(root: etree._Element, body: etree._Element, stated: str) -> etree._Element | None:
    """The element with the notice's title, where it stands before the body and not in it."""
    inside = set(body.iter())
    opening = shown_text(body, OPENING)[:OPENING]
    page_title = SITE_NAME.sub("", "".join((root.findtext(".//title") or "").split()))
    known = {"".join(text.split()) for text in (stated, page_title) if text}
    candidates = [element for element in _before(root, body) if element not in inside]
    scored = [(_likeness(element, known), element) for element in candidates]
    best, title = max(scored, key=lambda pair: pair[0], default=(0, None))
    if title is None or best == 0 or shown_text(title, LONGEST_TITLE) in opening:
        return None
    return title


def find_number(
    root: etree._Element, body: etree._Element, left_out: frozenset[etree._Element]
) -> etree._Element | None:
    """The element before the body that holds the 发文字号 and nothing else; `None` where several stand there."""
    found: dict[str, etree._Element] = {}
    for element in _shown_before(root, body):
        text = shown_text(element, LONGEST_NUMBER) if tag(element) != "title" else ""
        if NUMBER.fullmatch(text) and not _is_aside(element, left_out):
            found.setdefault(text, element)
    number = next(iter(found), "")
    return found[number] if len(found) == 1 and number not in shown_text(body, OPENING)[:OPENING] else None


def _is_aside(element: etree._Element, left_out: frozenset[etree._Element]) -> bool:
    """Whether it is a link to another notice, or part of what is no text."""
    around = (element, *element.iterancestors())
    return next(element.iter("a"), None) is not None or any(tag(one) == "a" or one in left_out for one in around)


def _before(root: etree._Element, body: etree._Element) -> Iterator[etree._Element]:
    """Shown elements that may be titles, up to the body."""
    for element in _shown_before(root, body):
        if tag(element) in HEADINGS or words("title").intersection(names(element)):
            yield element


def _shown_before(root: etree._Element, body: etree._Element) -> Iterator[etree._Element]:
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is body:
            return
        if is_hidden(element):
            walk.skip_subtree()
        else:
            yield element


def _likeness(element: etree._Element, known: set[str]) -> int:
    text = shown_text(element, LONGEST_TITLE)
    if not 6 <= len(text) <= LONGEST_TITLE:
        return 0
    score = 1 + (tag(element) == "h1") + 4 * (text in known)
    return score if "关于" in text or text in known or tag(element) == "h1" else 0
