"""A number as written (Arabic, Chinese, mixed) in, its `Decimal` value out.

`parse_number` reads one whole numeral. `NUMERAL` is the pattern by which finders cut numerals out of running text.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
PARTS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}  # 百分之, 千分之, 万分之

# Full-width digits, ○ for 〇, and the forgery-proof numerals of cheques and contracts (票据法 practice).
FOLD = str.maketrans(
    "０１２３４５６７８９．，％○壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸", "0123456789.,%〇一二三四五六七八九十百千万亿二三六"
)

HAN_DIGIT = "〇零一二三四五六七八九两"
HAN_NUMERAL = "〇零一二三四五六七八九十百千万亿两"

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千瓦, 千米, 千克 … are units: their 千 scales nothing. So is 百分.
SCALE = r"(?:[十百千万亿](?<!百(?=分))(?<!千(?=[瓦伏克米卡赫帕])))"
# 几 stands between figure and scale or measure word: 十几个, 10几万
LOOSE = "[余多来几]"

HAN_SCALED = SCALE.replace("[十百千万亿]", f"[{HAN_NUMERAL}]")

NUMERAL = re.compile(
    rf"(?P<arabic>{ARABIC})(?P<loose>{LOOSE}?)(?P<scale>{SCALE}{{0,3}})(?P<scale_loose>(?:(?<=[万亿千百])[余多来])?)"
    rf"(?P<more>(?:(?<=[万亿])\d{{1,4}}{SCALE}{{1,2}})?)"  # 1亿2000万
    rf"|(?P<han>[几数]?{HAN_SCALED}+(?:点[零〇一二三四五六七八九]+[十百千万亿]{{0,2}})?)"
    rf"(?P<han_loose>{LOOSE}?)(?P<han_scale>{SCALE}{{0,2}})"  # 十余万
)

PLAIN_ARABIC = re.compile(ARABIC)
TOKEN = re.compile(rf"{ARABIC}|[{HAN_NUMERAL}]|.", re.DOTALL)
POINT = re.compile(r"(?P<whole>[^点]*)点(?P<digits>[零〇一二三四五六七八九]+)(?P<scale>[十百千万亿]*)")
FRACTION = re.compile(r"(?P<part>[^分]+)分之(?P<count>.+)")
TENTHS = re.compile(r"(?P<tenths>[一二两三四五六七八九\d])成(?P<half>半|[一二三四五六七八九])?")
SIGN = {"%": Decimal(100), "‰": Decimal(1000)}
LONGEST = 40  # characters; no written number is longer


def parse_number(text: str) -> Decimal | None:
    """The value of one written number; `None` where the text is not one.

    Fractions give their value (百分之六十, 60%, 六成: 0.6); 十余 and 三十多 give the figure they start from.
    """
    text = text.strip().translate(FOLD)
    if not text or len(text) > LONGEST:
        return None
    if text[-1] in SIGN:
        value = parse_number(text[:-1])
        return None if value is None else value / SIGN[text[-1]]
    if text == "半":
        return Decimal("0.5")
    if fraction := FRACTION.fullmatch(text):
        return _fraction(fraction["part"], fraction["count"])
    if tenths := TENTHS.fullmatch(text):
        half = {"半": Decimal("0.05"), None: Decimal(0)}.get(tenths["half"])
        extra = Decimal(DIGITS[tenths["half"]]) / 100 if half is None else half
        return Decimal(_digit(tenths["tenths"])) / 10 + extra
    return _plain(text)


def _fraction(part: str, count: str) -> Decimal | None:
    whole = PARTS.get(part, parse_number(part))
    value = Decimal(100) if count == "百" else _plain(count)
    return value / whole if whole and value is not None else None


def _digit(char: str) -> int:
    return int(char) if char.isdecimal() else DIGITS[char]


def _plain(text: str) -> Decimal | None:
    """Whole and decimal numbers with Chinese scales; looseness (余, 多, 来, 几) is passed over."""
    if len(text) > 1:
        text = text[0] + re.sub(LOOSE, "", text[1:])
    if PLAIN_ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if point := POINT.fullmatch(text):
        return _decimal(point)
    if len(text) > 1 and all(char in DIGITS and char != "两" for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))  # 二〇二一
    return _sum(text)


def _decimal(point: re.Match[str]) -> Decimal | None:
    whole = _sum(point["whole"])
    if whole is None:
        return None
    digits = "".join(str(DIGITS[char]) for char in point["digits"])
    return (whole + Decimal(f"0.{digits}")) * scale_value(point["scale"])


def scale_value(scale: str) -> Decimal:
    """The factor of 十 百 千 万 亿 written one after the other: 百万 is 10⁶."""
    factor = Decimal(1)
    for char in scale:
        factor *= TENS.get(char) or SCALES[char]
    return factor


@dataclass(slots=True)
class _Sum:
    """A number under construction: `total` holds what 万 and 亿 closed, `section` what stands below them."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    figure: Decimal | None = None
    unit: int = 0  # the last 十百千万亿, 0 after 零
    tens: int = 10**4  # 十百千 must fall inside a section
    closed: int = 10**12  # so must 万 and 亿, but for 万亿

    def add_figure(self, value: Decimal) -> bool:
        if self.figure is not None:
            return False
        self.figure = value
        return True

    def add_tens(self, unit: int) -> bool:
        figure = Decimal(1) if self.figure is None else self.figure
        # 1百, 3.5千: any figure; 20十 is none
        if unit >= self.tens or figure >= 100 or (self.figure is None and unit != 10 and self.section):
            return False
        self.section += figure * unit
        self.figure, self.unit, self.tens = None, unit, unit
        return True

    def add_scale(self, unit: int) -> bool:
        section = self.section + (self.figure or 0)
        if unit > self.closed and section:
            return False
        if not section and not self.total:
            section = Decimal(1)
        # 三万亿: 亿 multiplies what 万 closed
        self.total = (
            (self.total + section) * unit if unit > self.closed or not self.total else self.total + section * unit
        )
        self.section, self.figure, self.unit, self.tens, self.closed = Decimal(0), None, unit, 10**4, unit
        return True

    def value(self, *, spoken: bool) -> Decimal:
        figure = self.figure or Decimal(0)
        # 三万五 is 35,000: a last digit counts the next lower place unless 零 stands before it
        place = self.unit // 10 if spoken and self.unit > 10 else 1
        return self.total + self.section + figure * place


def _add(number: _Sum, part: str, *, alone: bool) -> bool:
    if part in TENS:
        return number.add_tens(TENS[part])
    if part in SCALES:
        return number.add_scale(SCALES[part])
    if part in ("零", "〇") and not alone:
        number.unit = 0
        return True
    if part in DIGITS:
        return number.add_figure(Decimal(DIGITS[part]))
    return part[0].isdecimal() and number.add_figure(Decimal(part.replace(",", "")))


def _sum(text: str) -> Decimal | None:
    number, ok, last = _Sum(), bool(text), ""
    for part in TOKEN.findall(text):
        if not ok:
            return None
        ok = _add(number, part, alone=len(text) == 1)
        last = part
    if not ok:
        return None
    return number.value(spoken=last in DIGITS or (last.isdecimal() and len(last) == 1))


__all__ = ["HAN_DIGIT", "HAN_NUMERAL", "NUMERAL", "parse_number", "scale_value"]
