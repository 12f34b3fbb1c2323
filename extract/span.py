"""Half-open ranges of characters."""

from operator import itemgetter
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in Unicode code points; written as a two-item JSON array."""

    start: int
    end: int

    def shift(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by)

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


START, END = itemgetter(0), itemgetter(1)  # of a span, to find one among many
