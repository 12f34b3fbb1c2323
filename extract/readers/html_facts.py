"""What a web page says about a notice beside its text: 索引号, 文号, 成文日期 … in tables, lists and meta tags."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice, takewhile

from lxml import etree

from extract.lexicon import load
from extract.readers.html_tree import is_hidden, shown_text, tag

LABEL = re.compile(r"[\[【〔]?(?P<key>[\u4e00-\u9fff]{2,8})[\]】〕]?[：:]?")
LABELLED = re.compile(r"[\[【〔]?(?P<key>[\u4e00-\u9fff]{2,8})[\]】〕]?[：:](?P<value>.{0,120})")
ANY_LABEL = re.compile(r"(?<![\u4e00-\u9fff])(?P<key>[\u4e00-\u9fff]{2,8})[\]】〕]?[：:]")
NOTHING = frozenset(("", "无", "-", "--", "—", "——", "/", "暂无"))
CELLS = frozenset(("td", "th", "dt", "dd", "li", "p", "span", "div", "strong", "b", "label", "em"))
CONTAINERS = frozenset(("table", "ul", "ol", "dl", "div", "section", "tbody"))
LONGEST_FACT = 140  # characters of one fact with its label
MOST_NODES = 30  # elements of one fact with its label
LARGEST_TABLE = 1_500  # characters of all facts
DAY = re.compile(r"(?P<year>(?:19|20)\d{2})[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?")
NUMBER = re.compile(
    r"[（(]?[\u4e00-\u9fff]{2,15}[〔［\[（(【]\d{4}[〕］\])）】]第?\d{1,5}号[）)]?"
)  # 岳政办发〔2024〕9号
META_FIELDS = {"articletitle": "title", "pubdate": "published_on", "indexnumber": "index_number"}

Fact = tuple[str, str, etree._Element]  # key, value, element


@cache
def _fields() -> dict[str, str]:
    return {**load("page_facts")["fields"], **load("web_pages")["fields"]}


@cache
def _keys() -> frozenset[str]:
    return frozenset(load("page_facts")["keys"]) | frozenset(_fields())


def find_facts(root: etree._Element, body: etree._Element) -> tuple[dict[str, str], frozenset[etree._Element]]:
    """Facts by field name, and the elements that hold nothing else."""
    facts = list(_facts(root))
    holders = _holders(facts, body)
    above_body = _before(root, body)
    metadata: dict[str, str] = {}
    for key, value, element in facts:
        field = _fields().get(key)
        inside = any(above in holders for above in (element, *element.iterancestors()))
        if field and value not in NOTHING and (inside or (element in above_body and _is_own_number(field, value))):
            metadata.setdefault(field, _day(value) if field.endswith("_on") else value)
    for field, value in _meta_tags(root):
        metadata.setdefault(field, value)
    return metadata, holders


def _facts(root: etree._Element) -> Iterator[Fact]:
    """Labels with the value in the same element or in the next one."""
    done: set[etree._Element] = set()
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if is_hidden(element):
            walk.skip_subtree()
            continue
        if tag(element) not in CELLS or element in done:
            continue
        text = shown_text(element, LONGEST_FACT) if _is_small(element) else ""
        if not text or len(text) > LONGEST_FACT:
            continue
        same = LABELLED.fullmatch(text)
        if same and same["key"] in _keys() and same["value"]:
            if not _names_more(same["value"]):
                done.update(element.iter())
                yield same["key"], same["value"], element
        elif label := _is_label(text):
            yield from _next_value(label, element, done)


def _before(root: etree._Element, body: etree._Element) -> frozenset[etree._Element]:
    """The elements that begin before the body."""
    return frozenset(takewhile(lambda element: element is not body, root.iter()))


def _is_own_number(field: str, value: str) -> bool:
    """A 文号 needs no table round it: its form tells what it is."""
    return field == "document_number" and NUMBER.fullmatch(value) is not None


def _is_small(element: etree._Element) -> bool:
    return sum(1 for _ in islice(element.iter(), MOST_NODES + 1)) <= MOST_NODES


def _names_more(value: str) -> bool:
    """Whether another label stands in what would be a value: the element holds several facts."""
    return any(match["key"] in _keys() for match in ANY_LABEL.finditer(value))


def _is_label(text: str) -> str:
    match = LABEL.fullmatch(text)
    return match["key"] if match and match["key"] in _keys() else ""


def _next_value(label: str, element: etree._Element, done: set[etree._Element]) -> Iterator[Fact]:
    following = element.getnext()
    if following is None or not tag(following):
        tail = "".join((element.tail or "").split())
        if tail:
            yield label, tail.lstrip("：:"), element
        return
    value = shown_text(following, LONGEST_FACT)
    if len(value) <= LONGEST_FACT and not _is_label(value):
        done.update(following.iter())
        yield label, value.lstrip("：:"), element


def _holders(facts: list[Fact], body: etree._Element) -> frozenset[etree._Element]:
    """The innermost containers with two facts or more, none of them round the notice itself."""
    around = {body, *body.iterancestors()}
    count: defaultdict[etree._Element, set[str]] = defaultdict(set)
    for key, _, element in facts:
        for above in element.iterancestors():
            if above in around:
                break
            if tag(above) in CONTAINERS:
                count[above].add(key)
    enough = [element for element, keys in count.items() if len(keys) > 1]
    holders = [element for element in enough if len(shown_text(element, LARGEST_TABLE)) <= LARGEST_TABLE]
    # The outermost that is still small: a table of facts often holds one row of facts after the other.
    return frozenset(element for element in holders if element.getparent() not in holders)


def _meta_tags(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        field = META_FIELDS.get((element.get("name") or "").lower())
        value = (element.get("content") or "").strip()
        if field and value:
            yield field, _day(value) if field.endswith("_on") else value[:300]


def _day(value: str) -> str:
    """ISO date where the value is a day, else the value."""
    match = DAY.search(value)
    return f"{int(match['year']):04d}-{int(match['month']):02d}-{int(match['day']):02d}" if match else value
