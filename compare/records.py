"""Comparisons as the contract's JSON, and back. The same comparison always gives the same bytes."""

from typing import Any

import msgspec

from compare.comparison import Comparison
from compare.matrix import Matrix
from compare.topics import Topics
from extract.records import json_schema

ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_json(comparison: Comparison) -> bytes:
    """UTF-8 JSON, two spaces of indent."""
    return encode(comparison)


def encode(record: Comparison | Matrix | Topics) -> bytes:
    """The same for any record of this package."""
    return msgspec.json.format(ENCODER.encode(record), indent=2) + b"\n"


def from_json(data: bytes) -> Comparison:
    """
    Raises:
        msgspec.ValidationError: not of the contract's shape.
    """
    return msgspec.json.decode(data, type=Comparison)


def schema(record: type[Comparison | Matrix | Topics] = Comparison) -> dict[str, Any]:
    """JSON Schema 2020-12 of `duizhao.comparison/1` or another record. Numbers are plain JSON numbers."""
    return json_schema(record)
