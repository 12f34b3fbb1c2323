"""Where words stand in a source: a place as lines to read, or as W3C Web Annotation selectors.

Selectors: https://www.w3.org/TR/annotation-model/#selectors. Fragments: RFC 8118 for PDF pages, RFC 5147
for characters of plain text. Positions count Unicode code points of the notice's normal text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.messages import text
from duizhao.sources import clause_name
from extract.notice import Notice, Place, Source
from extract.span import Span

CONTEXT = 32  # characters before and after a quote, to find it again in a changed text
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc8118"
TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote of a notice with everything needed to find it on paper."""

    source: Source
    notice: Notice
    clause: str
    span: Span  # of the notice's text
    places: tuple[Place, ...]

    @property
    def quote(self) -> str:
        return self.notice.text[self.span.start : self.span.end]


def rows(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Label and value, in the order an auditor files them."""
    yield text("trace.file"), evidence.source.name
    yield "SHA-256", evidence.source.sha256
    yield text("trace.notice"), evidence.notice.document_number or text("failure.unnamed")
    yield text("trace.clause"), clause_name(evidence.clause)
    yield text("trace.span"), text("trace.span_value", start=evidence.span.start, end=evidence.span.end)
    for place in evidence.places:
        yield text("trace.place"), describe(place)
    yield text("trace.words"), evidence.quote


def describe(place: Place) -> str:
    parts = []
    if place.page is not None:
        parts.append(text("trace.page", page=place.page))
    if place.box is not None:
        x0, top, x1, bottom = (f"{value:.1f}" for value in place.box)
        parts.append(text("trace.box", x0=x0, top=top, x1=x1, bottom=bottom))
    if place.derived:
        parts.append(text("trace.derived"))
    if place.path is not None:
        parts.append(place.path)
    return " ".join(parts)


def annotation(evidence: Evidence) -> dict[str, object]:
    """The evidence as a Web Annotation whose target is the source, known by its hash."""
    source, span = evidence.source, evidence.span
    target = f"urn:sha256:{source.sha256}"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{target}#{evidence.notice.document_number or ''}:{span.start},{span.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "TextualBody",
            "purpose": "identifying",
            "value": " ".join(filter(None, (evidence.notice.document_number, evidence.clause))),
        },
        "target": {
            "source": {"id": target, "type": "Text", "format": source.media_type, "schema:name": source.name},
            "selector": selectors(evidence),
        },
    }


def selectors(evidence: Evidence) -> list[dict[str, object]]:
    whole, span = evidence.notice.text, evidence.span
    found: list[dict[str, object]] = [
        {
            "type": "TextQuoteSelector",
            "exact": evidence.quote,
            "prefix": whole[max(span.start - CONTEXT, 0) : span.start],
            "suffix": whole[span.end : span.end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
    return found + [selector for place in evidence.places if (selector := fragment(place))]


def fragment(place: Place) -> dict[str, object] | None:
    """A page with its box, characters of a text, the XPath of an element, or the path a package has for it."""
    if place.page is not None and place.box is not None:
        x0, top, x1, bottom = place.box
        # viewrect: left, top, width, height in points from the page's top left
        value = f"page={place.page}&viewrect={x0:g},{top:g},{x1 - x0:g},{bottom - top:g}"
        return {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENT, "value": value}
    if place.path is not None and place.path.startswith("char="):
        return {"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENT, "value": place.path}
    if place.path is not None:
        kind = "XPathSelector" if place.path.startswith("/") else "FragmentSelector"
        return {"type": kind, "value": place.path}
    return None
