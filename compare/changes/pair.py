"""What a classifier is given, and what it gives back."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.comparison import ChangeType, Direction
from compare.localisation import Localiser
from extract.notice import AmountKind
from extract.span import END, START, Span


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both sides of a unit and all their differences."""

    upper: Joined
    lower: Joined
    upper_tokens: tuple[Span, ...]
    lower_tokens: tuple[Span, ...]
    localiser: Localiser
    differences: tuple[Difference, ...]

    @cached_property
    def upper_changed(self) -> frozenset[int]:
        """Offsets of the upper text that lie in a difference."""
        return frozenset(chain.from_iterable([range(*d.upper) for d in self.differences]))

    @cached_property
    def lower_changed(self) -> frozenset[int]:
        return frozenset(chain.from_iterable([range(*d.lower) for d in self.differences]))

    @cached_property
    def differing(self) -> tuple[str, str]:
        """Of each side what lies in differences, between commas."""
        above = "，".join([self.upper.quote(d.upper) for d in self.differences])
        return above, "，".join([self.lower.quote(d.lower) for d in self.differences])

    @cached_property
    def upper_differing(self) -> str:
        """The upper text that lies in differences, a line each."""
        return "\n".join(self.upper.quote(d.upper) for d in self.differences)

    @cached_property
    def lower_differing(self) -> str:
        return "\n".join(self.lower.quote(d.lower) for d in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A typed change in offsets of the joined texts. A nested one explains no characters: another change holds them."""

    type: ChangeType
    upper: Span | None
    lower: Span | None
    detail: str
    direction: Direction | None = None
    nested: bool = False
    kind: AmountKind | None = None


Classifier = Callable[[Pair, tuple[Difference, ...]], Iterable[Finding]]


def filled(span: Span) -> Span | None:
    """The span, or `None` if it is empty."""
    return span if span.start < span.end else None


def tokens_within(tokens: Sequence[Span], span: Span) -> list[Span]:
    """Of tokens in order those inside a range."""
    first = bisect_left(tokens, span.start, key=START)
    return list(tokens[first : bisect_right(tokens, span.end, first, key=END)])


def share(span: Span, offsets: frozenset[int], text: str) -> float:
    """Share of a range's letters and digits that lie in `offsets`."""
    letters = [at for at, char in enumerate(text[span.start : span.end], span.start) if char.isalnum()]
    return len(offsets.intersection(letters)) / len(letters) if letters else 0.0
