"""Running heads, page numbers and footnotes, told by place, form and repetition over pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from extract.readers.page_content import PageContent
from extract.readers.page_lines import Line

HEAD_ZONE = 0.14  # of the page's height; GB/T 9704-2012, 5.2.1: the type area begins at 37 mm of 297
FOOT_ZONE = 0.86  # 5.2.2, 7.5: it ends at 262 mm, the page number stands 7 mm below
OUTERMOST = 2  # lines at either end of a page that may be furniture
REPEATED = 3  # pages that make a line a running one; two in a short file
SAME_PLACE = 10.0  # points; a cover or an inserted page sets its head a little higher

PAGE_NUMBER = "页码"
RUNNING_HEAD = "页眉"
RUNNING_FOOT = "页脚"
ADDRESS = "打印网址"

NUMBERED = re.compile(  # GB/T 9704-2012, 7.5: — 1 —
    r"(?:第|[Pp]age)?[-—–－―─_·•~～|│]{0,4}(?P<number>[0-9０-９]{1,4})(?:页)?"
    r"(?:[-—–－―─_·•~～|│]{1,4}|[，,、]?(?:[/／]|of|共)[0-9０-９]{1,4}页?|(?<=页))"
)
TOTAL_FIRST = re.compile(r"共[0-9０-９]{1,4}页[，,、]?第(?P<number>[0-9０-９]{1,4})页")
BARE_NUMBER = re.compile(r"(?P<number>[0-9０-９]{1,4})")
WEB_ADDRESS = re.compile(r"(?:https?|file)[:：][/／]{2}\S+")
ATTACHMENT_MARK = re.compile(r"附件[0-9０-９一二三四五六七八九十]{0,3}[:：]?")  # 7.3.7: at the head of its page
NOTE_MARK = re.compile(r"(?:[①-⑳¹²³⁴-⁹]|[\[［(（〔]?[0-9０-９]{1,2}[\]］)）〕]?|[*＊※])")
CLEAR_NOTE_MARK = re.compile(r"[①-⑳¹²³⁴-⁹*＊※]|[\[［][0-9]{1,2}[\]］]")


def mark_furniture(pages: Sequence[PageContent]) -> None:
    """Give lines that are none of the notice's text their reason, and take footnotes out of the items."""
    body = body_size(pages)
    _mark_numbers(pages)
    _mark_running(pages, body)
    for page in pages:
        _take_footnotes(page, body)


def body_size(pages: Sequence[PageContent]) -> float:
    """Type size most of the characters are set in, in points."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[round(line.size * 2) / 2] += len(line.glyphs)
    return weights.most_common(1)[0][0] if weights else 0.0


def _edge_lines(page: PageContent) -> Iterator[tuple[Line, bool]]:
    """The outermost lines in the margins, with whether they stand at the head."""
    lines = sorted((line for line in page.lines if not line.reason), key=lambda line: line.middle)
    height = page.view.height
    yield from ((line, True) for line in lines[:OUTERMOST] if line.middle < HEAD_ZONE * height)
    yield from ((line, False) for line in lines[-OUTERMOST:] if line.middle > FOOT_ZONE * height)


def _mark_numbers(pages: Sequence[PageContent]) -> None:
    bare: list[tuple[int, Line]] = []  # number minus page, line
    for page in pages:
        for line, _ in _edge_lines(page):
            text = page.text(line)
            clear = NUMBERED.fullmatch(text) or TOTAL_FIRST.fullmatch(text)
            number = BARE_NUMBER.fullmatch(text)
            if clear:
                line.reason = PAGE_NUMBER
            elif WEB_ADDRESS.match(text):
                line.reason = ADDRESS
            elif number:
                bare.append((int(number["number"]) - page.view.number, line))
    counts = Counter(shift for shift, _ in bare)
    for shift, line in bare:
        # A lone number is a page number where it counts along with the pages.
        if shift == 0 or counts[shift] >= 2:
            line.reason = PAGE_NUMBER


def _mark_running(pages: Sequence[PageContent], body: float) -> None:
    places: dict[tuple[str, bool], list[tuple[float, Line]]] = defaultdict(list)
    for page in pages:
        for line, head in _edge_lines(page):
            text = page.text(line)
            if line.size <= 1.1 * body and not ATTACHMENT_MARK.fullmatch(text):
                numbered = re.sub(rf"(?<!\d){page.view.number}(?!\d)", "#", text)
                for key in {text, numbered}:
                    places[key, head].append((line.top if head else page.view.height - line.bottom, line))
    for (_, head), found in places.items():
        level = median(distance for distance, _ in found)
        same = [line for distance, line in found if abs(distance - level) <= SAME_PLACE]
        if len(same) >= REPEATED or (len(same) >= 2 and len(same) >= 0.4 * len(pages)):
            for line in same:
                line.reason = RUNNING_HEAD if head else RUNNING_FOOT


def _take_footnotes(page: PageContent, body: float) -> None:
    """Small lines at the foot of the page, from the first that begins with a note's mark."""
    tail: list[Line] = []
    for item in reversed(page.items):
        if isinstance(item, Line) and item.reason:
            continue
        if not isinstance(item, Line) or item.size > 0.88 * body or item.middle < 0.4 * page.view.height:
            break
        tail.insert(0, item)
    while tail and not NOTE_MARK.match(page.text(tail[0])):
        tail.pop(0)
    if tail and (_ruled_off(page, tail[0]) or CLEAR_NOTE_MARK.match(page.text(tail[0]))):
        page.footnotes = tail
        page.items = [item for item in page.items if not any(item is line for line in tail)]


def _ruled_off(page: PageContent, line: Line) -> bool:
    """A short rule stands right above the line."""
    return any(
        edge.horizontal
        and line.top - 2.5 * line.height < edge.at < line.middle
        and edge.high - edge.low < 0.5 * page.view.width
        for edge in page.view.edges
    )
