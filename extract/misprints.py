"""Misprinted citations: document numbers (GB/T 9704-2012, 7.2.5) and title marks (GB/T 15834-2011, 4.15)."""

import re
from collections.abc import Iterator

from extract.inconsistency import Finding, FindingKind, found_at
from extract.notice import Notice
from extract.span import Span

NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,11}[发字函规通令办知告明电])"  # 机关代字 with its kind of document
    r"(?P<open>[〔\[［（(【〖])(?P<year>(?:19|20)\d{2})年?(?P<close>[〕\]］）)】〗])"
    r"(?P<ordinal>第?)(?P<serial>\d{1,5})(?P<hao>号?)"
    r"(?![\d年月日个项条人家])"
)
NESTED = re.compile(r"《[^《》]{0,120}(?P<inner>[<《](?P<title>[^<>《》]{1,120})[>》])")
INSIDE = re.compile(r"《[^《》]{2,160}(?P<number>（[^（）《》]{2,16}[〔\[［（(【]\d{4}[〕\]］）)】]\d{1,5}号?）)》")
NEAR = 300  # characters: a title that is not closed by then never was


def find_misprints(notice: Notice) -> Iterator[Finding]:
    yield from find_numbers(notice)
    yield from find_titles(notice)
    yield from find_open_marks(notice)


def find_numbers(notice: Notice) -> Iterator[Finding]:
    for match in NUMBER.finditer(notice.text):
        span = Span(*match.span())
        right = f"{match['code']}〔{match['year']}〕{match['serial'].lstrip('0')}号"
        if not match["hao"]:
            yield found_at(notice, FindingKind.CITATION_WITHOUT_HAO, span, right=right)
        if match["open"] + match["close"] != "〔〕":
            yield found_at(notice, FindingKind.CITATION_BRACKETS, span, right=right)
        if match["ordinal"] or match["serial"].startswith("0"):
            yield found_at(notice, FindingKind.CITATION_ORDINAL, span, right=right)


def find_titles(notice: Notice) -> Iterator[Finding]:
    for match in NESTED.finditer(notice.text):
        yield found_at(notice, FindingKind.CITATION_NESTED, Span(*match.span("inner")), right=f"〈{match['title']}〉")
    for match in INSIDE.finditer(notice.text):
        yield found_at(notice, FindingKind.CITATION_INSIDE, Span(*match.span("number")), right=f"》{match['number']}")


def find_open_marks(notice: Notice) -> Iterator[Finding]:
    """《 that no 》 closes, and 》 that nothing opened."""
    open_at: list[int] = []
    for at, char in enumerate(notice.text):
        if char == "《":
            open_at.append(at)
        elif char == "》" and open_at:
            open_at.pop()
        elif char == "》":
            yield _mark(notice, at)
        if open_at and at - open_at[0] > NEAR:
            yield _mark(notice, open_at.pop(0))
    for at in open_at:
        yield _mark(notice, at)


def _mark(notice: Notice, at: int) -> Finding:
    around = Span(at, min(at + 20, len(notice.text))) if notice.text[at] == "《" else Span(max(at - 20, 0), at + 1)
    return found_at(notice, FindingKind.CITATION_OPEN, around)
