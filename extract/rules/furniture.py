"""Lines of a text dump that are no text of the notice: page numbers, stray addresses, a page's buttons.

Readers of paged formats name their furniture by position; this rule serves text where only the line is left.
"""

import re
from collections.abc import Iterator

from extract.edit import Edit

LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
DASH = r"[-－—–―─一－]"
PAGE_NUMBER = re.compile(
    rf"\s*(?:{DASH}{{1,2}}\s*[0-9０-９]{{1,4}}\s*{DASH}{{1,2}}"  # GB/T 9704-2012, 7.5: — 1 —
    r"|第\s*[0-9０-９]{1,4}\s*页(?:\s*[,，/／]?\s*共\s*[0-9０-９]{1,4}\s*页)?"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}"
    r"|[·•]\s*[0-9]{1,4}\s*[·•])\s*"
)
ADDRESS = re.compile(r"\s*(?:https?|ftp|file)://[!-~]+\s*")
# What a page's buttons leave in copied text; a line of nothing else.
BUTTONS = re.compile(
    r"(?:[\s【】\[\]（）()|｜:：>›»·-]|首页|当前位置|打印(?:本页|此页|页面|正文)?|关闭(?:窗口|本页|此页)?|返回(?:顶部|首页|列表)?|分享(?:到)?|收藏|纠错|下载|"
    r"字体|字号|大|中|小|A[+-]?|扫一扫在手机打开当前页|我要纠错|上一篇|下一篇|朗读|繁體|无障碍)+"
)
LONGEST_NUMBER = 60  # characters of a line that holds a page number alone, blanks included
SHORTEST_BUTTONS = 4  # characters; fewer could be a word of the text


def drop_furniture(text: str) -> Iterator[Edit]:
    """Remove page-number lines and lines that hold nothing but an address.

    A text of one line has no furniture: there is nothing that it could stand between.
    """
    lines = [match for match in LINE.finditer(text) if not match.group().isspace()]
    if len(lines) < 2:
        return
    for line in lines:
        if len(line.group()) > 400:
            continue
        if len(line.group()) <= LONGEST_NUMBER and PAGE_NUMBER.fullmatch(line.group()):
            yield Edit(*line.span(), "", "页码")
        elif "://" in line.group() and ADDRESS.fullmatch(line.group()):
            yield Edit(*line.span(), "", "网址")
        elif len(line.group().strip()) >= SHORTEST_BUTTONS and BUTTONS.fullmatch(line.group()):
            yield Edit(*line.span(), "", "网页按钮")
