"""The element of a web page that holds the notice: by the names content systems give it, then by where the text is."""

import re

from lxml import etree

from extract.readers.html_tree import is_hidden, is_noise, names, tag, words

MARKS = re.compile(r"[，。；：、！？,;]")
LEAST = 60  # characters of text; less is no notice
NAMED_SHARE = 0.55  # of the page's text: an element with a known name must hold it
NOISE_SHARE = 0.3  # of the text: an element that holds more is no noise, whatever its name
CHILD_SHARE = 0.85  # of the text: go down into a child that holds it
STOP = frozenset(("p", "table", "ul", "ol"))


def find_body(root: etree._Element) -> tuple[etree._Element, frozenset[etree._Element]]:
    """The innermost element with the notice's text, the whole page if nothing stands out; and what is noise."""
    weights = _weigh(root)
    total = weights.get(root, 0)
    # A box called print… may be a tool bar or hold the whole notice.
    noise = frozenset(element for element, size in weights.items() if size <= NOISE_SHARE * total and is_noise(element))
    named = [
        element
        for element in weights
        if words("body").intersection(names(element)) and weights[element] >= max(LEAST, NAMED_SHARE * total)
    ]
    if named:
        best = max(weights[element] for element in named)
        # Of nested ones that all hold the text the last, as the innermost stands later in the page.
        return [element for element in named if weights[element] >= 0.9 * best][-1], noise
    return _descend(root, weights), noise


def _descend(element: etree._Element, weights: dict[etree._Element, int]) -> etree._Element:
    while True:
        whole = weights.get(element, 0)
        inner = next((c for c in element if c in weights and weights[c] >= CHILD_SHARE * max(whole, 1)), None)
        if inner is None or (tag(inner) in STOP and tag(inner) != "table"):
            return element
        if tag(inner) == "table" and not _holds_in_one_cell(inner, weights):
            return element
        element = inner


def _holds_in_one_cell(table: etree._Element, weights: dict[etree._Element, int]) -> bool:
    """Whether a table is layout: one cell holds nearly all its text."""
    need = CHILD_SHARE * weights[table]
    return any(cell in weights and weights[cell] >= need for cell in table.iter("td"))


def _weigh(root: etree._Element) -> dict[etree._Element, int]:
    """Characters of running text outside links in every shown element, in the order of the page."""
    weights: dict[etree._Element, int] = {}
    in_link = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if is_hidden(element):
                walk.skip_subtree()
                continue
            weights[element] = 0
            in_link += tag(element) == "a"
            weights[element] += 0 if in_link else _running(element.text)
        elif element in weights:
            in_link -= tag(element) == "a"
        if event == "end":
            parent = element.getparent()
            if parent is not None and parent in weights and element is not root:
                weights[parent] += weights.get(element, 0) + (0 if in_link else _running(element.tail))
    return weights


def _running(text: str | None) -> int:
    """Characters of a piece of text, if it reads like a sentence."""
    if not text:
        return 0
    size = len("".join(text.split()))
    return size if size > 12 or MARKS.search(text) else 0
