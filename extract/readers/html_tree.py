"""What elements of a web page are: shown or not, block or inline, noise or text."""

import re
from functools import cache

from lxml import etree

from extract.lexicon import load

HIDING_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
NAME_PARTS = re.compile(r"[\s_-]+")


@cache
def words(kind: str) -> frozenset[str]:
    """A list of `web_pages.toml`."""
    return frozenset(load("web_pages")[kind])


def tag(element: etree._Element) -> str:
    name = element.tag
    return name.lower() if isinstance(name, str) else ""


def is_block(element: etree._Element) -> bool:
    """Whether it begins and ends a line."""
    return tag(element) in words("blocks")


def names(element: etree._Element) -> list[str]:
    """Its id and classes, in small letters."""
    return [*(element.get("class") or "").lower().split(), *(element.get("id") or "").lower().split()]


def is_hidden(element: etree._Element) -> bool:
    """Never shown: by its tag, by `hidden`, or by its own style."""
    if not tag(element) or tag(element) in words("tags") or "hidden" in element.attrib:
        return True
    if tag(element) in ("html", "body"):
        return False  # pages that show themselves by script when they are loaded
    style = element.get("style")
    return style is not None and HIDING_STYLE.search(style) is not None


def is_noise(element: etree._Element) -> bool:
    """Navigation, sharing, printing … by id or class."""
    noise = words("noise")
    return any(name in noise or any(part in noise for part in NAME_PARTS.split(name)) for name in names(element))


def shown_text(element: etree._Element, limit: int = 100_000) -> str:
    """Text of an element as shown, white space left out; reading stops beyond the limit."""
    pieces: list[str] = []
    size = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            text = None if inner is element else inner.tail
        elif is_hidden(inner):
            walk.skip_subtree()
            continue
        else:
            text = inner.text
        if text:
            pieces.append("".join(text.split()))
            size += len(pieces[-1])
            if size > limit:
                break
    return "".join(pieces)
