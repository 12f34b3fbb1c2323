"""A notice as data: what `duizhao extract` prints is these classes, field by field.

Element names follow GB/T 9704-2012. Spans count characters of the notice's `text` (normal text).
`None`: the notice does not say. `()`: looked, none there.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extract.span import Span


class Grain(StrEnum):
    """How finely a source tells where its characters stand."""

    GLYPH = "glyph"
    LINE = "line"
    PAGE = "page"
    FLOW = "flow"


class Level(StrEnum):
    """Level of government of the issuer."""

    NATIONAL = "national"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Role(StrEnum):
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"


class ResponsibilitySource(StrEnum):
    PARENTHESIS = "parenthesis"
    SENTENCE = "sentence"
    TABLE = "table"


class AmountKind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    MULTIPLE = "multiple"
    FREQUENCY = "frequency"
    AGE = "age"
    DISTANCE = "distance"
    AREA = "area"


class Bound(StrEnum):
    EXACT = "exact"
    MIN = "min"
    MAX = "max"
    RANGE = "range"
    APPROX = "approx"


class DateRole(StrEnum):
    DEADLINE = "deadline"
    VALIDITY = "validity"
    PERIOD = "period"
    EFFECTIVE = "effective"
    RECURRING = "recurring"
    POINT = "point"
    REFERENCE = "reference"


class Force(StrEnum):
    """Strength of a directive, strongest first."""

    PROHIBIT = "prohibit"
    MUST = "must"
    SHALL = "shall"
    ENSURE = "ensure"
    STRIVE = "strive"
    MAY = "may"
    ENCOURAGE = "encourage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    name: str  # as written
    full_name: str  # with the prefix it shares: 省发展改革委、财政厅 -> 省财政厅
    key: str | None = None  # function, the same for 厅 and 局


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who has to do a clause: one object a role in a statement."""

    quote: str
    span: Span
    source: ResponsibilitySource
    role: Role
    inferred: bool = False
    departments: tuple[Department, ...] = ()
    open_ended: bool = False  # 等
    by_duty: bool = False  # 按职责分工负责
    rule: str = ""
    cues: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity. Money in yuan; percent 60 for 60%; durations keep their unit."""

    quote: str
    span: Span
    kind: AmountKind
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: Bound
    strict: bool = False  # the bound itself is excluded (超过, 低于)
    per: tuple[str, ...] = ()
    measure: int | None = None  # shared by rate, base and cap of one rule
    condition: str | None = None  # the words of the tier it belongs to (…的，给予…)
    rule: str = ""
    cues: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date, period or recurrence. Days are inclusive; `rrule` is RFC 5545."""

    quote: str
    span: Span
    role: DateRole
    start: date | None
    end: date | None
    rrule: str | None = None
    ongoing: bool = False  # 长期, 持续: no end by design
    rule: str = ""
    cues: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    quote: str
    span: Span
    title: str | None
    document_number: str | None
    issuer: str | None = None  # decoded from the issuer code, where the tables settle it
    alias: str | None = None  # 以下简称
    rule: str = ""
    cues: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    quote: str
    span: Span
    force: Force
    softened: bool = False  # 原则上
    rule: str = ""
    cues: tuple[str, ...] = ()
    problem: str | None = None


Mention = Responsibility | Amount | DateMention | Citation | Directive


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a span stands. `box` is `(x0, top, x1, bottom)` in points from the page's top left."""

    page: int | None  # 1-based
    box: tuple[float, float, float, float] | None
    path: str | None  # text: RFC 5147 `char=start,end`; DOCX, HTML: path of the element
    span: Span
    derived: bool = False  # found by matching in a rendering, not read from the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause or one run of unnumbered text (level 0)."""

    id: str
    parent: str | None
    level: int  # depth of nesting, 1 = top
    marker: str | None  # as written
    heading: str | None  # without its full stop
    text: str  # body without marker, heading and responsibility parenthesis
    span: Span  # the whole clause, children excluded
    heading_span: Span | None = None
    body: tuple[Span, ...] = ()  # the ranges whose joined characters are `text`
    responsibilities: tuple[Responsibility, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    directives: tuple[Directive, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, kind by kind."""
        return (*self.responsibilities, *self.amounts, *self.dates, *self.citations, *self.directives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A part of the layout that is no clause: 发文字号, 标题, 成文日期 …"""

    name: str  # the field's name: document_number, title, recipients …
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    document_number: str | None
    issuer_code: str | None
    year: int | None
    serial: int | None
    title: str | None
    issuers: tuple[str, ...]
    level: Level | None
    province: str | None
    city: str | None
    issued_on: date | None
    recipients: str | None  # as written, no final colon
    contact: str | None
    disclosure: str | None
    copied_to: str | None
    attachments: tuple[str, ...]
    text: str  # normal text
    clauses: tuple[Clause, ...]
    tables: tuple[Table, ...]
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    name: str
    sha256: str
    media_type: str
    size: int  # bytes
    pages: int | None
    grain: Grain


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Text of the file that is in no notice's normal text, and why."""

    reason: str
    quote: str
    start: int  # characters of the file's layout text
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    schema: str = "duizhao.document/1"
    source: Source
    notices: tuple[Notice, ...]
    warnings: tuple[Warning, ...] = ()
    furniture: tuple[Furniture, ...] = ()
