"""The one way to change text: a recorded replacement of a range."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` by `text`. A removal that is more than white space says why."""

    start: int
    end: int
    text: str
    reason: str = ""
