"""What does not agree in a notice, as data: where, which words, what kind, and values to say it with."""

from dataclasses import dataclass, field
from enum import StrEnum

from extract.notice import Notice
from extract.span import Span


class FindingKind(StrEnum):
    TWO_NAMES = "two_names"  # one department under two names
    FORMER_NAME = "former_name"  # no such department at the issue date
    NO_OWNER = "no_owner"
    NO_OWNERS = "no_owners"  # of the whole notice
    PAST_DEADLINE = "past_deadline"
    NUMBER_SKIPPED = "number_skipped"
    NUMBER_REPEATED = "number_repeated"
    ATTACHMENT_ABSENT = "attachment_absent"
    CITATION_WITHOUT_HAO = "citation_without_hao"
    CITATION_BRACKETS = "citation_brackets"
    CITATION_ORDINAL = "citation_ordinal"  # 第, or a leading zero
    CITATION_NESTED = "citation_nested"  # title in a title without 〈〉
    CITATION_INSIDE = "citation_inside"  # the number inside the title marks
    CITATION_OPEN = "citation_open"  # title marks without a partner
    MARKER_SIGN = "marker_sign"
    LEVEL_SKIPPED = "level_skipped"
    DATE_PADDED = "date_padded"
    TITLE_STOP = "title_stop"
    ATTACHMENT_STOP = "attachment_stop"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    kind: FindingKind
    clause: str | None  # None: not in a clause
    span: Span | None  # None: the notice lacks something
    quote: str
    values: dict[str, str] = field(default_factory=dict)


def found_at(notice: Notice, kind: FindingKind, span: Span, **values: str) -> Finding:
    """A finding on words of the notice."""
    clause = next((clause.id for clause in notice.clauses if clause.span.contains(span)), None)
    return Finding(kind=kind, clause=clause, span=span, quote=notice.text[span.start : span.end], values=values)


def found_in(kind: FindingKind, **values: str) -> Finding:
    """A finding on the notice as a whole."""
    return Finding(kind=kind, clause=None, span=None, quote="", values=values)


def within(notice: Notice, span: Span, words: str) -> Span:
    """Where the words stand in a range; the whole range if they are not printed in one piece."""
    at = notice.text.find(words, span.start, span.end) if words else -1
    return Span(at, at + len(words)) if at >= 0 else span
