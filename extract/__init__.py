"""One file in, its notices out.

Names are imported when first used, so that asking for an error class does not load every reader and finder.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.errors import DuizhaoError, Failure, ReadError, SpanError
    from extract.notice import Document, Notice, Source
    from extract.options import ReadOptions
    from extract.parse import Reading, parse
    from extract.reading import extract_bytes, extract_file, read_bytes, read_file
    from extract.records import from_json, schema, to_json
    from extract.span import Span

HOMES = {
    "errors": ("DuizhaoError", "Failure", "ReadError", "SpanError"),
    "notice": ("Document", "Notice", "Source"),
    "options": ("ReadOptions",),
    "parse": ("Reading", "parse"),
    "reading": ("extract_bytes", "extract_file", "read_bytes", "read_file"),
    "records": ("from_json", "schema", "to_json"),
    "span": ("Span",),
}
MODULES = {name: module for module, names in HOMES.items() for name in names}

__all__ = [
    "Document",
    "DuizhaoError",
    "Failure",
    "Notice",
    "ReadError",
    "ReadOptions",
    "Reading",
    "Source",
    "Span",
    "SpanError",
    "extract_bytes",
    "extract_file",
    "from_json",
    "parse",
    "read_bytes",
    "read_file",
    "schema",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
