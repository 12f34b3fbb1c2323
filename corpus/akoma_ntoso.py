"""A notice in, its Akoma Ntoso 3.0 XML out (OASIS LegalDocML), valid against akomantoso30.xsd.

Markers stay as printed in `num`; citations with a document number are `ref`s to that document's name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.collection import Entry
from extract.document_number import parse_document_number
from extract.notice import Citation, Clause, Notice

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LEVELS = ("section", "paragraph", "subparagraph", "point", "indent")  # 一、 （一） 1. （1） and one more
SHORT = {"section": "sec", "paragraph": "para", "subparagraph": "subpara", "point": "point", "indent": "indent"}
UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
AGENT = "#duizhao"


def render_notice(notice: Notice, entry: Entry) -> bytes:
    """UTF-8 XML. `entry` gives the file's SHA-256, which names the manifestation."""
    from lxml import etree

    root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs forget the default
    document = etree.SubElement(root, _tag("doc"), name="notice")
    _add_meta(document, notice, entry)
    _add_preface(document, notice)
    body = etree.SubElement(document, _tag("mainBody"))
    _add_clauses(body, notice)
    _add_conclusions(document, notice)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def work_uri(number: str | None, sha256: str) -> str:
    """/akn/cn/doc/2021/鲁政字-136, percent-encoded; a notice without number is named by its file's hash."""
    found = parse_document_number(number or "")
    if found is None:
        return f"/akn/cn/doc/{quote(number, safe='') if number else sha256[:16]}"
    return f"/akn/cn/doc/{found.year}/{quote(found.issuer_code)}-{found.serial}"


def _add_meta(document: "_Element", notice: Notice, entry: Entry) -> None:
    from lxml import etree

    meta = etree.SubElement(document, _tag("meta"))
    identification = etree.SubElement(meta, _tag("identification"), source=AGENT)
    uri = work_uri(notice.document_number, entry.sha256)
    day, kind = _day(notice)
    author = "#issuer1" if notice.issuers else AGENT
    work = _frbr(identification, "FRBRWork", uri, (day, kind), author)
    etree.SubElement(work, _tag("FRBRcountry"), value="cn")
    if notice.document_number:
        etree.SubElement(work, _tag("FRBRnumber"), value=_clean(notice.document_number))
    expression = _frbr(identification, "FRBRExpression", f"{uri}/zho@", (day, kind), author)
    etree.SubElement(expression, _tag("FRBRlanguage"), language="zho")
    _frbr(identification, "FRBRManifestation", f"{uri}/zho@/{entry.sha256}.xml", (day, kind), AGENT)
    references = etree.SubElement(meta, _tag("references"), source=AGENT)
    for at, issuer in enumerate(notice.issuers, start=1):
        _organization(references, f"issuer{at}", issuer)
    _organization(references, AGENT[1:], "duizhao")


def _frbr(parent: "_Element", name: str, uri: str, day: tuple[str, str], author: str) -> "_Element":
    from lxml import etree

    level = etree.SubElement(parent, _tag(name))
    etree.SubElement(level, _tag("FRBRthis"), value=f"{uri}/!main")
    etree.SubElement(level, _tag("FRBRuri"), value=uri)
    etree.SubElement(level, _tag("FRBRdate"), date=day[0], name=day[1])
    etree.SubElement(level, _tag("FRBRauthor"), href=author)
    return level


def _day(notice: Notice) -> tuple[str, str]:
    """The day of issue and what it is. The schema asks for a day even where only a year, or nothing, is known."""
    if notice.issued_on:
        return notice.issued_on.isoformat(), "issued"
    return (f"{notice.year}-01-01", "year-only") if notice.year else ("0001-01-01", "unknown")


def _organization(references: "_Element", name: str, shown: str) -> None:
    from lxml import etree

    href = f"/akn/ontology/organization/cn/{quote(shown)}"
    etree.SubElement(references, _tag("TLCOrganization"), eId=name, href=href, showAs=_clean(shown))


def _add_preface(document: "_Element", notice: Notice) -> None:
    from lxml import etree

    preface = etree.SubElement(document, _tag("preface"))
    paragraph = etree.SubElement(preface, _tag("p"))
    for name, value in (("docNumber", notice.document_number), ("docTitle", notice.title)):
        if value:
            etree.SubElement(paragraph, _tag(name)).text = _clean(value)
    if notice.recipients:
        etree.SubElement(preface, _tag("p")).text = _clean(notice.recipients + "：")


def _add_clauses(body: "_Element", notice: Notice) -> None:
    """Clauses nested as their ids say."""
    from lxml import etree

    children: dict[str | None, list[Clause]] = {}
    known = {clause.id for clause in notice.clauses}
    for clause in notice.clauses:
        children.setdefault(clause.parent if clause.parent in known else None, []).append(clause)
    waiting = [(clause, body, 0, at) for at, clause in enumerate(children.get(None, []), start=1)][::-1]
    while waiting:
        clause, parent, depth, at = waiting.pop()
        below = children.get(clause.id, [])
        element = _clause(parent, clause, notice, depth, at, nested=bool(below))
        waiting += [(child, element, depth + 1, n) for n, child in enumerate(below, start=1)][::-1]
    if not notice.clauses:  # the schema wants something in the body
        etree.SubElement(body, _tag("p")).text = _clean(notice.text)


def _clause(parent: "_Element", clause: Clause, notice: Notice, depth: int, at: int, *, nested: bool) -> "_Element":
    from lxml import etree

    unnumbered = clause.level == 0 or depth >= len(LEVELS)
    name = "hcontainer" if unnumbered else LEVELS[depth]
    above = parent.get("eId")
    own = f"{'hcontainer' if unnumbered else SHORT[name]}_{at}"
    element = etree.SubElement(parent, _tag(name), eId=f"{above}__{own}" if above else own)
    if unnumbered:
        element.set("name", "text" if clause.level == 0 else "clause")
    if clause.marker:
        etree.SubElement(element, _tag("num")).text = _clean(clause.marker)
    if clause.heading:
        etree.SubElement(element, _tag("heading")).text = _clean(clause.heading)
    start, end = _own_text(clause, notice)
    if end > start or not nested:
        holder = etree.SubElement(element, _tag("intro" if nested else "content"))
        _fill(etree.SubElement(holder, _tag("p")), notice.text, start, end, clause.citations)
    return element


def _own_text(clause: Clause, notice: Notice) -> tuple[int, int]:
    """What follows marker and heading, the responsible departments included."""
    start = clause.span.start
    if clause.marker and notice.text.startswith(clause.marker, start):
        start += len(clause.marker)
    if clause.heading_span:
        start = clause.heading_span.end
        start += notice.text[start : start + 1] in ("。", "：", ".") and start < clause.span.end
    return start, clause.span.end


def _fill(paragraph: "_Element", text: str, start: int, end: int, citations: Sequence[Citation]) -> None:
    """Text with its citations as references."""
    from lxml import etree

    last: _Element | None = None
    done = start
    for citation in _numbered(citations, start, end):
        _append(paragraph, last, text[done : citation.span.start])
        last = etree.SubElement(paragraph, _tag("ref"), href=work_uri(citation.document_number, ""))
        last.text = _clean(citation.quote)
        done = citation.span.end
    _append(paragraph, last, text[done:end])


def _numbered(citations: Sequence[Citation], start: int, end: int) -> Iterator[Citation]:
    """Citations that a reference can name, in order, none inside another."""
    done = start
    for citation in sorted(citations, key=lambda one: one.span):
        if citation.document_number and citation.span.start >= done and citation.span.end <= end:
            yield citation
            done = citation.span.end


def _append(paragraph: "_Element", last: "_Element | None", text: str) -> None:
    if last is None:
        paragraph.text = (paragraph.text or "") + _clean(text)
    else:
        last.tail = (last.tail or "") + _clean(text)


def _add_conclusions(document: "_Element", notice: Notice) -> None:
    """The signature, and what the notice says below it."""
    from lxml import etree

    lines = [*notice.issuers, notice.issued_on.isoformat() if notice.issued_on else None, notice.copied_to]
    shown = [line for line in lines if line]
    if shown:
        conclusions = etree.SubElement(document, _tag("conclusions"))
        for line in shown:
            etree.SubElement(conclusions, _tag("p")).text = _clean(line)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)
