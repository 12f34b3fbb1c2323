"""A clause before its mentions are found."""

from dataclasses import dataclass

from extract.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A clause before its mentions: where everything stands in the notice's text."""

    id: str
    parent: str | None
    level: int
    marker: str | None
    span: Span
    heading: Span | None
    body: tuple[Span, ...]
    expected: int | None = None  # the number that was due, where numbers were skipped
    roles: tuple[tuple[str, Span], ...] = ()  # of a table row: role and cell
    deadline: Span | None = None  # of a table row: the cell
    figures: tuple[tuple[str, Span], ...] = ()  # of a table row: head and cell of columns that hold something else
    units: tuple[tuple[str, Span], ...] = ()  # of a row that is text: heads that may state the unit of a bare number
