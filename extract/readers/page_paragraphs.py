"""Which lines begin a paragraph: by indent, by a short line or a gap before, by type size and by centring."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.readers.page_content import PageContent
from extract.readers.page_lines import Line

INDENT = 1.2  # characters; GB/T 9704-2012, 7.3.3 indents by two
SHORT = 2.0  # characters short of the right edge: the paragraph ended there
PITCH = 1.7  # heights from line to line of one title; 2.4 in running text
SAME_SIZE = 0.08
GAP = 0.7  # type sizes more than the usual space between lines: paragraphs set apart
FEW_LINES = 6  # a page with fewer does not show its usual space
DOCUMENT_NUMBER = re.compile(r".{2,20}[〔\[（(【].{4}[〕\]）)】].{1,6}号")  # 7.2.5: a line of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    left: float
    right: float
    gap: float = math.inf  # usual space between lines


def paragraph_lines(pages: Sequence[PageContent], body: float) -> Iterator[Line]:
    """Lines of the notice's text that begin a paragraph, over all pages."""
    before: Line | None = None
    before_margins = Margins(left=0.0, right=0.0)
    whole = _margins([line for page in pages for line in _text_lines(page)], body)
    for page in pages:
        by_column = _column_margins(page, body, whole)
        first = True
        for item in page.items:
            if not isinstance(item, Line):
                before = None
                continue
            if item.reason:
                continue
            margins = by_column[item.column]
            if before is None or _begins(page, before, before_margins, item, margins, new_page=first):
                yield item
            before, before_margins, first = item, margins, False


def _text_lines(page: PageContent) -> list[Line]:
    return [line for line in page.lines if not line.reason]


def _column_margins(page: PageContent, body: float, whole: Margins) -> dict[int, Margins]:
    lines = _text_lines(page)
    columns = {column: [line for line in lines if line.column == column] for column in (0, 1, 2)}
    return {
        column: replace(_margins(found, body, whole if column == 0 else None), gap=_usual_gap(found))
        for column, found in columns.items()
    }


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    return median(gaps) if len(lines) >= FEW_LINES else math.inf


def _margins(lines: Sequence[Line], body: float, fallback: Margins | None = None) -> Margins:
    """Where lines of running text begin and end: the outermost edges at least two lines share."""
    text = [line for line in lines if abs(line.size - body) <= 0.25 * body]
    if fallback is not None and sum(line.x1 - line.x0 > 20 * body for line in text) < 2:
        return fallback
    unit = max(body / 2, 1.0)
    lefts = Counter(round(line.x0 / unit) for line in text)
    rights = Counter(round(line.x1 / unit) for line in text)
    left = min((at for at, count in lefts.items() if count > 1), default=min(lefts, default=0))
    right = max((at for at, count in rights.items() if count > 1), default=max(rights, default=0))
    return Margins(left=left * unit, right=right * unit)


def _begins(page: PageContent, before: Line, old: Margins, line: Line, new: Margins, *, new_page: bool) -> bool:
    if abs(line.size - before.size) > SAME_SIZE * max(line.size, before.size) and _title_like(before, old, line, new):
        return True
    if _centred(line, new) and _centred(before, old) and not new_page:
        # 7.3.1: a title is broken by sense, its lines stand centred above each other.
        apart = line.top - before.bottom > PITCH * before.height or line.column != before.column
        return apart or _is_number(page, before) or _is_number(page, line)
    if line.x0 > new.left + INDENT * line.size:
        return True
    if not new_page and line.column == before.column and line.top - before.bottom > new.gap + GAP * line.size:
        return True
    return before.x1 < old.right - SHORT * before.size - 0.5 * line.size


def _is_number(page: PageContent, line: Line) -> bool:
    return DOCUMENT_NUMBER.fullmatch(page.text(line)) is not None


def _title_like(before: Line, old: Margins, line: Line, new: Margins) -> bool:
    """Another size is another paragraph, except where a full line merely holds a word in other type."""
    return before.x1 < old.right - before.size or line.x0 > new.left + line.size or abs(line.size - before.size) > 2


def _centred(line: Line, margins: Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return abs(left - right) < 1.5 * line.size and left > -line.size and (left > 2.5 * line.size or line.size > 19)
