"""Two notices compared, as data: what `duizhao compare --format json` prints, field by field."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extract.notice import AmountKind
from extract.span import Span


class Caution(StrEnum):
    """What makes it doubtful that one notice carries out the other."""

    SAME_LEVEL = "same_level"
    REVERSED = "reversed"  # the upper notice comes from the lower level
    UNRELATED = "unrelated"  # gives neither number nor title of the upper notice, and answers less than half of it
    PARTIAL = "partial"  # answers less than half of the upper notice


class Relation(StrEnum):
    VERBATIM = "verbatim"
    LOCALIZED = "localized"
    MODIFIED = "modified"
    DROPPED = "dropped"
    ADDED = "added"


class Direction(StrEnum):
    RAISED = "raised"
    LOWERED = "lowered"
    EARLIER = "earlier"
    LATER = "later"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"


class ChangeType(StrEnum):
    AMOUNT_ADDED = "amount_added"
    AMOUNT_REMOVED = "amount_removed"
    AMOUNT_CHANGED = "amount_changed"
    TARGET_ADDED = "target_added"
    TARGET_REMOVED = "target_removed"
    TARGET_CHANGED = "target_changed"
    DEADLINE_ADDED = "deadline_added"
    DEADLINE_REMOVED = "deadline_removed"
    DEADLINE_CHANGED = "deadline_changed"
    CONDITION_ADDED = "condition_added"
    CONDITION_REMOVED = "condition_removed"
    CONDITION_CHANGED = "condition_changed"
    SCOPE_WIDENED = "scope_widened"
    SCOPE_NARROWED = "scope_narrowed"
    OBLIGATION_STRENGTHENED = "obligation_strengthened"
    OBLIGATION_WEAKENED = "obligation_weakened"
    ACTOR_CHANGED = "actor_changed"
    CONTENT_ADDED = "content_added"
    CONTENT_REMOVED = "content_removed"
    PLACE_LOCALIZED = "place_localized"
    NAME_LOCALIZED = "name_localized"
    WORDING = "wording"


IMMATERIAL = frozenset({ChangeType.PLACE_LOCALIZED, ChangeType.NAME_LOCALIZED, ChangeType.WORDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRef:
    clause: str
    sentence: int  # 1-based in its clause; 0 is its heading
    span: Span  # in its notice's text
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    type: ChangeType
    material: bool
    direction: Direction | None
    upper_span: Span | None
    upper_quote: str | None
    lower_span: Span | None
    lower_quote: str | None
    detail: str  # a sentence in Chinese
    kind: AmountKind | None = None  # of the quantity that changed, where it is one
    nested: bool = False  # stands inside another material change of its unit and is not counted again


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Sentences of both sides that belong together; every sentence stands in exactly one unit."""

    id: str
    upper: tuple[SentenceRef, ...]
    lower: tuple[SentenceRef, ...]
    shape: str  # 1:1 | n:1 | 1:n | n:m | 1:0 | 0:1
    relation: Relation
    moved: bool
    similarity: float  # 0..1
    confidence: float = 1.0  # 0..1
    evidence: dict[str, float] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    upper: str
    lower: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow:
    upper_clause: str
    lower_clauses: tuple[str, ...]
    counterparts: tuple[Counterpart, ...]
    upper_only: tuple[str, ...]
    lower_only: tuple[str, ...]
    upper_leads: tuple[str, ...] = ()  # stated to lead, not inferred from the order
    lower_leads: tuple[str, ...] = ()
    lead_changed: bool = False  # another one leads, one who led only helps, or one who helped leads
    lower_divides: bool = True  # the lower notice says here, or in lists elsewhere, who does what

    @property
    def left_out(self) -> tuple[str, ...]:
        """Departments without counterpart in clauses that were taken over; others went with their clause.

        A notice that divides no responsibilities at all leaves nobody out.
        """
        return self.upper_only if self.lower_clauses and self.lower_divides else ()

    @property
    def lead_named(self) -> bool:
        """Only the lower notice states a lead."""
        return bool(self.lower_leads and self.lower_clauses and not self.upper_leads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    upper_sentences: int
    upper_accounted: int
    lower_sentences: int
    lower_accounted: int
    upper_headings: int = 0
    lower_headings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a comparison, with what a report's head needs."""

    document_number: str | None
    title: str | None
    sha256: str
    name: str = ""  # of the file
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    relations: dict[str, int]
    changes: dict[str, int]
    material: int  # of the units; a change inside another is not counted again
    headings: dict[str, int] = field(default_factory=dict)  # by relation
    material_headings: int = 0  # headings that stayed and say something else
    departments: dict[str, int] = field(default_factory=dict)  # clauses whose lead changed, that lost or gained some

    @property
    def material_departments(self) -> int:
        return sum(self.departments.values())

    @property
    def material_total(self) -> int:
        """In sentences, in headings and of departments: as many as a report lists."""
        return self.material + self.material_headings + self.material_departments


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    schema: str = "duizhao.comparison/1"
    upper: Party
    lower: Party
    units: tuple[Unit, ...]
    frame: tuple[Unit, ...] = ()  # preambles: purpose and basis, compared apart from what is ordered
    headings: tuple[Unit, ...] = ()  # of the clauses; sentence 0 of each
    cautions: tuple[Caution, ...] = ()
    departments: tuple[DepartmentRow, ...] = ()
    accounting: Accounting
    summary: Summary
    measures: dict[str, Decimal | None] = field(default_factory=dict)
