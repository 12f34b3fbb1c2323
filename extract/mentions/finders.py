"""Every kind of mention: one module a kind, one line in `FINDERS`."""

from collections.abc import Callable, Sequence
from typing import Any

from extract.mentions.amounts import find_amounts
from extract.mentions.citations import find_citations
from extract.mentions.context import Context
from extract.mentions.dates import find_dates
from extract.mentions.directives import find_directives

__all__ = ["FINDERS", "find_mentions"]

Finder = Callable[[str, Context], Sequence[Any]]

# Field of `Clause` -> finder. Departments are found apart: their parentheses bound a clause's text.
FINDERS: dict[str, Finder] = {
    "amounts": lambda text, _: find_amounts(text),
    "dates": find_dates,
    "citations": find_citations,
    "directives": find_directives,
}


def find_mentions(text: str, context: Context) -> dict[str, Sequence[Any]]:
    """Mentions of every kind, with spans in the text given."""
    return {kind: find(text, context) for kind, find in FINDERS.items()}
