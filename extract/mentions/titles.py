"""Titles in 《》, nested and misprinted brackets included."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document_number import DocumentNumber
from extract.span import Span

LONGEST_TITLE = 240  # characters
DEEPEST = 5  # brackets within brackets
OPEN = "《〈<＜«"
CLOSE = "》〉>＞»"
MARK = re.compile(f"[{OPEN}{CLOSE}。\n]")
GOES_ON = re.compile(  # what may follow an inner title within the outer one
    r"[》〉>＞»]|的|中|[、和及与]?[《〈<＜]|[（(](?:试行|暂行|修订|草案|征求意见稿)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """`text` is without its brackets and without a document number printed inside them."""

    text: str
    span: Span  # with the brackets
    number: DocumentNumber | None = None  # printed inside the brackets, at the end


def find_titles(text: str, numbers: Sequence[DocumentNumber]) -> tuple[Title, ...]:
    """Outermost titles in order; `numbers` are the text's document numbers."""
    marks = [(match.start(), match[0]) for match in MARK.finditer(text)]
    starts = [number.span.start for number in numbers]
    found: list[Title] = []
    for index, (start, mark) in enumerate(marks):
        if mark not in "《«" or (found and start < found[-1].span.end):
            continue
        end = _end(text, marks, index)
        if end is None or end - start < 3:
            continue
        inside = numbers[bisect_left(starts, start) : bisect_left(starts, end)]
        found.append(_title(text, Span(start, end), inside))
    return tuple(found)


def _end(text: str, marks: Sequence[tuple[int, str]], index: int) -> int | None:
    """Where the title that opens at a mark ends: at its own bracket, or at the best one if that is missing."""
    start = marks[index][0]
    closers: list[int] = []
    depth = 0
    for at in range(index, len(marks)):
        position, mark = marks[at]
        if position - start > LONGEST_TITLE or depth > DEEPEST or mark in "。\n":
            break
        depth += 1 if mark in OPEN else -1
        if mark in CLOSE:
            closers.append(position + 1)
        if depth == 0:
            return position + 1
    return next((end for end in closers if not GOES_ON.match(text, end)), closers[-1] if closers else None)


def _title(text: str, span: Span, inside: Sequence[DocumentNumber]) -> Title:
    """Cut a document number off that was printed before the closing bracket instead of after it."""
    words = text[span.start + 1 : span.end - 1]
    if inside:
        last = inside[-1].span
        before = text[last.start - 1]
        if before in "（(" and text[last.end : span.end - 1] in ("）", ")", ""):
            return Title(text=text[span.start + 1 : last.start - 1], span=span, number=inside[-1])
    return Title(text=words, span=span)
