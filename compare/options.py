"""What a caller may choose about a comparison."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """`gap` fixes the similarity below which two sentences are no counterparts; `None` learns it from the pair."""

    gap: float | None = None
    candidates: int = 16  # counterparts looked at, a sentence
    departments: bool = True
    measures: bool = True
