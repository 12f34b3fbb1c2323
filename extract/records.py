"""Documents as the contract's JSON, and back."""

from typing import Any

import msgspec

from extract.errors import SpanError
from extract.notice import Document

EXPLANATIONS = ("rule", "cues")  # printed only on request
ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_record(document: Document, *, explain: bool = False) -> dict[str, Any]:
    """Plain data in the contract's shape; `explain` adds the rule and the words behind each mention."""
    record: dict[str, Any] = msgspec.json.decode(ENCODER.encode(document))
    if not explain:
        for notice in record["notices"]:
            for clause in notice["clauses"]:
                for kind in ("responsibilities", "amounts", "dates", "citations", "directives"):
                    for item in clause[kind]:
                        for name in EXPLANATIONS:
                            item.pop(name, None)
    return record


def to_json(document: Document, *, explain: bool = False) -> bytes:
    """UTF-8 JSON, two spaces of indent, the same bytes for the same document."""
    return msgspec.json.format(msgspec.json.encode(to_record(document, explain=explain)), indent=2) + b"\n"


def from_json(data: bytes) -> Document:
    """A document from its JSON.

    Raises:
        msgspec.ValidationError: not of the contract's shape.
        SpanError: a quote is not what stands at its span.
    """
    document = msgspec.json.decode(data, type=Document)
    for notice in document.notices:
        for clause in notice.clauses:
            for item in clause.mentions:
                if notice.text[item.span.start : item.span.end] != item.quote:
                    raise SpanError(
                        f"条款 {clause.id}：位置 {item.span.start}-{item.span.end} 的文字不是“{item.quote[:40]}”"
                    )
    return document


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of `duizhao.document/1`. Numbers are plain JSON numbers."""
    return json_schema(Document)


def json_schema(type_: type) -> dict[str, Any]:
    """The schema of a record class as it is written: Decimal values are numbers in JSON."""
    plain: dict[str, Any] = _plain(msgspec.json.schema(type_))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **plain}


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("format") == "decimal":
            return {"type": "number"}
        return {name: _plain(value) for name, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list) else node
