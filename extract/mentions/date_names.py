"""Where a text only names something: titles in 《》 and names in “”. What looks like a date there is none."""

import re

from extract.span import Span

MARKS = re.compile(r"[《》“”]")
LONGEST_TITLE = 300  # a sign that is never closed must not swallow the text behind it
CLAUSE_SIGN = re.compile(r"[，。；：]")
AMENDED = re.compile(r"(?:[将把由按为]|中的?|的|增加|删去|删除)\Z")


def find_names(text: str) -> tuple[Span, ...]:
    """Sorted spans of outermost 《…》 and of “…” that name something.

    Not a name: words that a notice amends (将“2022年12月31日”修改为“2023年12月31日”) and quoted clauses.
    """
    names: list[Span] = []
    opened: list[int] = []
    quote = -1
    for match in MARKS.finditer(text):
        sign, at = match[0], match.start()
        while opened and at - opened[0] > LONGEST_TITLE:
            del opened[0]
        if sign == "《":
            opened.append(at)
        elif sign == "》" and opened:
            _close(names, Span(opened.pop(), at + 1))
        elif sign == "“":
            quote = at
        elif sign == "”" and quote >= 0:
            if _is_name(text, quote, at):
                _close(names, Span(quote, at + 1))
            quote = -1
    return tuple(names)


def _close(names: list[Span], span: Span) -> None:
    """Add a span; those inside it go."""
    while names and names[-1].start >= span.start:
        names.pop()
    names.append(span)


def _is_name(text: str, start: int, end: int) -> bool:
    if end - start > LONGEST_TITLE:
        return False
    return not (CLAUSE_SIGN.search(text, start, end) or AMENDED.search(text[max(0, start - 2) : start]))
