"""Small access to WordprocessingML, transitional and strict alike: names without their namespace."""

from collections.abc import Iterator

from lxml import etree

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
OFF = frozenset(("0", "false", "off", "none"))
LARGEST = 1_000_000


def tag(element: etree._Element) -> str:
    """Local name; empty for comments and entities."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    for space in (*NAMESPACES, *RELATIONSHIPS):
        value = element.get(f"{{{space}}}{name}")
        if value is not None:
            return value
    return element.get(name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of each name in turn."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if tag(inner) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if element is None else (inner for inner in element if tag(inner) == name)


def value(element: etree._Element | None, *path: str) -> str | None:
    """`val` of an inner element."""
    inner = child(element, *path)
    return None if inner is None else attribute(inner, "val")


def number(element: etree._Element | None, *path: str) -> int | None:
    """`val` as a whole number; `None` where it is none or absurd."""
    return whole(value(element, *path))


def whole(text: str | None) -> int | None:
    if text is None or not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 8:
        return None
    found = int(text)
    return found if abs(found) <= LARGEST else None


def switched_on(element: etree._Element | None, name: str) -> bool | None:
    """A toggle such as `vanish`; `None` where it is not set."""
    inner = child(element, name)
    if inner is None:
        return None
    return (attribute(inner, "val") or "true").lower() not in OFF
