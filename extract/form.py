"""Deviations from GB/T 9704-2012 that a notice's text can show."""

import re
from collections.abc import Iterator, Sequence

from extract.inconsistency import Finding, FindingKind, found_at, found_in, within
from extract.notice import Clause, Notice
from extract.span import Span
from extract.structure.markers import Shape, match_marker

PADDED = re.compile(r"\d{4}年(?:0\d月\d{1,2}日|\d{1,2}月0\d日)")  # 月、日不编虚位 (7.3.5)
LISTED_STOP = re.compile(r"[。；，](?=\d{1,2}[.．、]|$)")  # 附件名称后不加标点符号 (7.3.4)
RIGHT_SIGNS = {Shape.CHINESE: "、", Shape.CHINESE_BRACKETED: "）", Shape.ARABIC: ".．", Shape.ARABIC_BRACKETED: "）"}
RIGHT_FORMS = {
    Shape.CHINESE: "一、",
    Shape.CHINESE_BRACKETED: "（一）",
    Shape.ARABIC: "1.",
    Shape.ARABIC_BRACKETED: "（1）",
}
ORDER = tuple(RIGHT_SIGNS)  # 一、（一）1.（1） (7.3.3)


def find_form(notice: Notice) -> Iterator[Finding]:
    if notice.document_number is None:
        yield found_in(FindingKind.NO_NUMBER)
    if notice.issued_on is None:
        yield found_in(FindingKind.NO_DATE)
    yield from find_marker_signs(notice)
    yield from find_skipped_levels(notice)
    yield from find_elements(notice)


def find_marker_signs(notice: Notice) -> Iterator[Finding]:
    """1、 for 1., （一）、 for （一）: each form once, with how often it stands."""
    wrong: dict[tuple[Shape, str], list[Clause]] = {}
    for clause in notice.clauses:
        marker = match_marker(clause.marker or "", 0)
        if marker and marker.shape in RIGHT_SIGNS and marker.text[-1] not in RIGHT_SIGNS[marker.shape]:
            wrong.setdefault((marker.shape, marker.text[-1]), []).append(clause)
    for (shape, _), clauses in wrong.items():
        first = clauses[0]
        span = within(notice, first.span, first.marker or "")
        yield found_at(notice, FindingKind.MARKER_SIGN, span, right=RIGHT_FORMS[shape], count=str(len(clauses)))


def find_skipped_levels(notice: Notice) -> Iterator[Finding]:
    """1. right under 一、: said once."""
    by_id = {clause.id: clause for clause in notice.clauses}
    for clause in notice.clauses:
        below, above = _rank(clause), _rank(by_id.get(clause.parent or ""))
        if below is not None and above is not None and below > above + 1:
            span = within(notice, clause.span, clause.marker or "")
            upper = by_id[clause.parent or ""].marker or ""
            yield found_at(notice, FindingKind.LEVEL_SKIPPED, span, above=upper, right=RIGHT_FORMS[ORDER[above + 1]])
            return


def _rank(clause: Clause | None) -> int | None:
    marker = match_marker(clause.marker or "", 0) if clause else None
    return ORDER.index(marker.shape) if marker and marker.shape in ORDER else None


def find_elements(notice: Notice) -> Iterator[Finding]:
    """Dates with padded months, titles that end with a stop, attachment names with marks behind them."""
    for element in notice.elements:
        if element.name in {"signature", "imprint"}:
            yield from _matches(notice, FindingKind.DATE_PADDED, PADDED, element.span)
        elif element.name == "attachment_list":
            yield from _matches(notice, FindingKind.ATTACHMENT_STOP, LISTED_STOP, element.span, before=12)
        elif element.name == "title" and notice.text[element.span.end - 1] in "。；，":
            yield found_at(notice, FindingKind.TITLE_STOP, element.span)


def _matches(
    notice: Notice, kind: FindingKind, pattern: re.Pattern[str], span: Span, before: int = 0
) -> Sequence[Finding]:
    """`before`: characters shown in front of a match."""
    text = notice.text[span.start : span.end]
    return [
        found_at(notice, kind, Span(span.start + max(match.start() - before, 0), span.start + match.end()))
        for match in pattern.finditer(text)
    ]
