"""Lines that a web page prints above a notice: 索引号：…, 发文机关：…, 发布时间：…"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import load
from extract.structure.lines import Line

KEY_AND_VALUE = re.compile(r"[•·●▪■◆☆★]?[【\[]?(?P<key>[\u4e00-\u9fff]{2,10})[】\]]?[：:](?P<value>.*)")
INSIDE = re.compile(r"(?:发布时间|发布日期|浏览次数|访问次数|点击数|阅读次数|信息来源|来源|字号|字体)[：:]")
TRAIL = re.compile(
    r"(?:首页|当前位置|您的位置|您现在的位置|您当前所在的位置|当前所在位置|所在位置)[^。]{0,120}[>›»/》][^。]{0,120}"
)
LINK = re.compile(r"[^。]{1,100}\.(?:pdf|docx?|xlsx?|pptx?|ofd|wps|zip|rar)\b[^。]{0,120}", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"[^。：:]{0,20}[:：]?[\[（(]?https?:/[^。]*")
RESIDUE = re.compile(
    r"【(?:原文|附件|相关|下载|打印|关闭|字体|责任编辑|编辑|返回|分享|一图读懂|图解|.{0,4}解读)[^】]{0,8}】.{0,4}"
    r"|标签[:：].{0,20}|扫码[^。]{0,12}|扫一扫[^。]{0,20}|分享到.{0,20}"
    r"|相关(?:新闻|链接|文件|附件|阅读)[:：]?.{0,40}"
)
LONGEST_FACT = 400
LONGEST_SHORT_VALUE = 20  # printed width; nothing this short is the first line of a wrapped paragraph
LONGEST_VALUE = 60  # on the line below its key


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """Which lines are facts about a page, and the values by the field of `Notice` that they are for."""

    lines: frozenset[int]
    values: dict[str, str]


def find_page_facts(lines: Sequence[Line]) -> PageFacts:
    """Keys with their values, beside or below them, and trails of links."""
    fields: dict[str, str] = load("page_facts")["fields"]
    found: set[int] = set()
    values: dict[str, str] = {}
    for i, line in enumerate(lines):
        if i in found or not is_page_fact(line.text):
            continue
        found.update(_with_continuation(lines, i))
        match = KEY_AND_VALUE.fullmatch(line.text)
        value = match["value"] if match else ""
        if match and not value and _has_value_below(lines, i):
            found.add(i + 1)
            value = lines[i + 1].text
        if match and value and match["key"] in fields:
            values.setdefault(fields[match["key"]], value)
    return PageFacts(lines=frozenset(found), values=values)


def _with_continuation(lines: Sequence[Line], i: int) -> Iterator[int]:
    """A fact, and the line below it where a trail of links goes on."""
    yield i
    if i + 1 < len(lines) and TRAIL.fullmatch(lines[i].text) and not lines[i + 1].starts_paragraph:
        yield i + 1


def is_page_fact(text: str) -> bool:
    """Whether a line by itself says something about the page and is none of the notice."""
    if len(text) > LONGEST_FACT or "。" in text:
        return False
    if text in load("page_facts")["labels"]:
        return True
    if ("：" in text or ":" in text) and (_is_labelled(text) or WEB_ADDRESS.fullmatch(text)):
        return True
    return any(pattern.fullmatch(text) for pattern in (TRAIL, LINK, RESIDUE))


def _is_labelled(text: str) -> bool:
    match = KEY_AND_VALUE.fullmatch(text)
    if match is not None and match["key"] in load("page_facts")["keys"]:
        return True
    return INSIDE.search(text) is not None and len(text) < 80


def _has_value_below(lines: Sequence[Line], i: int) -> bool:
    """Whether the next line is a value of its own, and not the first line of a paragraph."""
    if i + 1 >= len(lines) or not _is_value(lines[i + 1].text):
        return False
    return lines[i + 1].width < LONGEST_SHORT_VALUE or i + 2 >= len(lines) or lines[i + 2].starts_paragraph


def _is_value(text: str) -> bool:
    """Whether a line can be the value of the key above it: no further key, no title, no sentence."""
    bare = text.lstrip("•·●▪■◆☆★")
    return (
        bare == text and not is_page_fact(text) and len(text) <= LONGEST_VALUE and not re.search(r"[。：]|关于", text)
    )
