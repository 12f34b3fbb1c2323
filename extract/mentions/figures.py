"""Running text in, the number that stands at an offset out, its scale and looseness apart."""

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.mentions.numerals import HAN_DIGIT, NUMERAL, parse_number, scale_value

# Two digits side by side: 两三, 七八, 二三十.
PAIR = re.compile(r"(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<scale>[十百千万]*)")
POSITIONAL = re.compile(rf"[{HAN_DIGIT}]{{2,}}|[零〇]")  # 二〇二一: a year; 零 alone counts nothing
# 百, 千 and 万 without a digit are numbers only behind one of these: 上百家, 近千人, 超百亿元.
BARE_SCALE = re.compile(r"(?<!以)(?:[上近超逾达约满]|高达|超过|突破|达到|接近|不足|不到)\Z")
SCALES = ("百", "千", "万", "亿")
LONG_FIGURE = 7  # digits of a telephone or card number


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number without its unit. `value` is `None` where the words name no number (数十, 二〇二一, 百姓)."""

    start: int
    end: int
    value: Decimal | None
    figure: Decimal | None = None  # Arabic, without the scale, which a list or range may share
    scale: str = ""
    loose: str = ""
    han: str = ""  # as written, if it is a Chinese number

    @property
    def is_big(self) -> bool:
        """Ends in 万 or 亿."""
        return (self.scale or self.han).endswith(("万", "亿"))


def read_figure(text: str, at: int) -> Figure | None:
    """The number that begins at an offset."""
    match = NUMERAL.match(text, at)
    if match is None:
        return None
    return _arabic(match) if match["han"] is None else _han(text, match)


def _arabic(match: re.Match[str]) -> Figure:
    figure = Decimal(match["arabic"].replace(",", ""))
    scale = match["scale"]
    return Figure(
        start=match.start(),
        end=match.end(),
        value=parse_number(match.group()) if match["more"] else figure * scale_value(scale),
        figure=figure,
        scale=scale,
        loose=match["loose"] or match["scale_loose"] or "",
    )


def _han(text: str, match: re.Match[str]) -> Figure:
    han, loose, scale = match["han"], match["han_loose"], match["han_scale"]
    if not loose:
        han, scale = han + scale, ""
    start, end = match.start(), match.end()
    if han[0] in "数几":
        return _vague(start, end, han)
    if PAIR.fullmatch(han):
        return Figure(start=start, end=end, value=Decimal(0), scale=scale, loose=loose, han=han)
    if POSITIONAL.fullmatch(han):
        return Figure(start=start, end=end, value=None)
    value = parse_number(han)
    if han.startswith(SCALES):
        bare = BARE_SCALE.search(text, max(0, start - 2), start)
        value, loose = (value, bare.group()) if bare else (None, "")
        start -= loose == "上"  # 上百家 is one expression; 近, 超 … are bounds
    if value is None:
        return Figure(start=start, end=end, value=None)
    return Figure(start=start, end=end, value=value * scale_value(scale), scale=scale, loose=loose, han=han)


def _vague(start: int, end: int, han: str) -> Figure:
    """数十, 几百万; but in 人数三百 the noun ends in 数."""
    if han[1:2] not in ("十", *SCALES):
        return Figure(start=start, end=start + 1, value=None)
    return Figure(start=start, end=end, value=None, loose=han[0], han=han)


def is_serial(text: str, figure: Figure) -> bool:
    """Looks like a telephone, card or file number, or has leading zeros."""
    digits = text[figure.start : figure.end]
    if not digits.isdecimal():
        return False
    return (digits[0] == "0" and len(digits) > 1) or (len(digits) >= LONG_FIGURE and not digits.endswith("00"))


__all__ = ["PAIR", "Figure", "is_serial", "read_figure"]
