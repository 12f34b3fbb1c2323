"""What a government website prints below a notice, in a page saved as text or printed to a file.

网站标识码, ICP备案号 and links to the pages before and after are never words of a notice; lines that say who runs
the site (主办：…) go with them only where they stand beside one of these.
"""

import re
from collections.abc import Iterator, Sequence

from extract.edit import Edit
from extract.rules.furniture import LINE

LONGEST_LINE = 200
LONGEST_REST = 40  # of a line below the last sure one
MOST_LINES_BELOW = 6
# One of these stands in every sure line.
WORDS = (
    "网站标识码",
    "ICP备",
    "公网安备",
    "版权所有",
    "opyright",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "关于我们",
    "网站地图",
    "联系我们",
)
SURE = re.compile(
    r".{0,80}网站标识码\s*[:：]?\s*[0-9a-zA-Z]{6,}.*"
    r"|.{0,80}ICP备(?:案)?(?:编?号)?\s*[:：]?\s*[0-9]{5,}.*"
    r"|.{0,80}公网安备\s*[0-9]{8,}.*"
    r"|.{0,30}(?:版权所有(?![者人权])|Copyright\s*(?:©|[(（]c[)）]|[0-9]{4}))[^。]{0,80}"
    r"|[上下]一[篇条]\s*[:：].*"
    r"|(?:[\s|｜·-]|关于我们|网站地图|联系我们|网站声明|法律声明|隐私声明|使用帮助|网站帮助|访问统计)+",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"(?:主办|承办|协办|技术支持|运行维护|维护|运维|建设|管理)(?:单位|部门)?\s*[:：].{2,80}"
    r"|(?:单位)?(?:地址|邮编|邮政编码|联系电话|电话|传真|邮箱|电子邮箱|政府热线|建议使用)\s*[:：]?.{4,80}"
    r"|[\s【】\[\]]*(?:打印|关闭|收藏|分享|返回)[^。，]{0,20}|(?:政府网站找错|无障碍|手机版|移动版|党政机关|网站支持IPv6).{0,20}"
)


def drop_page_feet(text: str) -> Iterator[Edit]:
    """Remove lines that only a website's foot has, and what stands beside them."""
    if not any(word in text for word in WORDS) or "\n" not in text.strip():
        return
    lines = [match for match in LINE.finditer(text) if not match.group().isspace()]
    words = [line.group().strip() for line in lines]
    sure = {i for i, line in enumerate(words) if _is_sure(line)}
    for i in sorted(sure | _beside(words, sure)):
        yield Edit(*lines[i].span(), "", "网站页脚")


def _is_sure(line: str) -> bool:
    return len(line) <= LONGEST_LINE and any(word in line for word in WORDS) and SURE.fullmatch(line) is not None


def _beside(words: Sequence[str], sure: set[int]) -> set[int]:
    """Lines of the foot around the sure ones, and a few short ones that end the text below the last."""
    found: set[int] = set()
    for first in sure:
        for step in (-1, 1):
            i = first + step
            while 0 <= i < len(words) and i not in sure and BESIDE.fullmatch(words[i]):
                found.add(i)
                i += step
    below = range(max(sure) + 1, len(words)) if sure else range(0)
    if len(below) <= MOST_LINES_BELOW and all(len(words[i]) <= LONGEST_REST and "。" not in words[i] for i in below):
        found.update(below)
    return found
