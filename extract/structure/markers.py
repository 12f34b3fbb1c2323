"""层次序数: what a clause marker looks like and which number it carries (GB/T 9704-2012, 7.3.3)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from extract.span import Span

NUMERALS = "零〇一二三四五六七八九十百"
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Shape(StrEnum):
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    CHINESE = "一、"
    CHINESE_BRACKETED = "（一）"
    ARABIC = "1."
    ARABIC_BRACKETED = "（1）"
    ARABIC_HALF_BRACKETED = "1）"
    CIRCLED = "①"
    LENTICULAR = "【】"  # a heading on a line of its own; it carries no number


MARKER = re.compile(
    r"第(?P<chapter>[零〇一二三四五六七八九十百0-9]{1,5})章(?!程)"
    r"|第(?P<section>[零〇一二三四五六七八九十百0-9]{1,5})节(?!能|约|日|假)"
    r"|第(?P<article>[零〇一二三四五六七八九十百0-9]{1,6})条(?![例件款])"
    r"|(?P<chinese>[零〇一二三四五六七八九十百]{1,5})[、．]"
    r"|（(?P<chinese_bracketed>[零〇一二三四五六七八九十百]{1,5})）、?"
    r"|(?P<arabic>[0-9]{1,3})(?:[．、]|\.(?![0-9])|\.(?=20[0-9]{2}年))"
    r"|（(?P<arabic_bracketed>[0-9]{1,3})）"
    r"|(?P<arabic_half_bracketed>[0-9]{1,3})）"
    rf"|(?P<circled>[{CIRCLED}])"
    r"|【(?P<lenticular>[\u4e00-\u9fff、“”]{2,15})】"
)
SHAPES = {shape.name.lower(): shape for shape in Shape}
# Shapes in which a sequence never goes on across a heading of another kind unless the text says so.
DECIMAL_SHAPES = frozenset({Shape.ARABIC, Shape.ARABIC_BRACKETED, Shape.ARABIC_HALF_BRACKETED, Shape.CIRCLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A marker in place. `text` is as written, with its dot or bracket."""

    shape: Shape
    number: int
    text: str
    span: Span
    glued: bool = False  # only the sequence tells it: 2.8月… from a decimal, （一） that no line begins with

    @property
    def label(self) -> str:
        """How an id names it: brackets stay, a dot or 、 is dropped."""
        return self.text.rstrip("、．.") if self.shape is not Shape.ARABIC_HALF_BRACKETED else self.text


def match_marker(text: str, at: int) -> Marker | None:
    """The marker that begins exactly here, or `None`."""
    match = MARKER.match(text, at)
    if match is None or match.lastgroup is None:
        return None
    shape = SHAPES[match.lastgroup]
    number = 0 if shape is Shape.LENTICULAR else chinese_number(match.group(match.lastgroup))
    if number is None:
        return None
    return Marker(shape=shape, number=number, text=match.group(), span=Span(*match.span()))


def chinese_number(text: str) -> int | None:
    """1 to 999 from 一百二十三, 二十, 二〇, 12 or ⑫; `None` for what is no such number."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    if not any(char in "十百" for char in text):
        return int("".join(str(DIGITS[char]) for char in text)) if all(char in DIGITS for char in text) else None
    return _positional(text)


def _positional(text: str) -> int | None:
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char in DIGITS:
            digit = DIGITS[char]
        else:
            return None
    return total + digit


GLUED = re.compile(r"(?P<number>[0-9]{1,3})\.(?=[0-9])")


def match_glued(text: str, at: int) -> Marker | None:
    """A number and its dot with a digit behind them: 3.6月30日前, or the decimal 3.6."""
    match = GLUED.match(text, at)
    if match is None:
        return None
    number = int(match["number"])
    return Marker(shape=Shape.ARABIC, number=number, text=match.group(), span=Span(*match.span()), glued=True)


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number of a sequence; 【…】 carries none."""
    marker = match_marker(text, 0)
    return marker is not None and marker.shape is not Shape.LENTICULAR
