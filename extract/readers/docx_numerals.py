"""Number formats of Word lists (ECMA-376-1, 17.18.59 ST_NumberFormat): a number in, the printed numeral out."""

from collections.abc import Callable

CHINESE = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
LARGEST = 9_999
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """The numeral in a named format; Arabic digits for formats of other scripts and numbers out of range."""
    if not 0 <= number <= LARGEST:
        return str(number)
    return FORMATS.get(form, str)(number)


def _thousands(number: int, digits: str, units: str, zero: str, *, leading_one: bool) -> str:
    """Counting with 十百千: 105 is 一百零五; 12 is 十二 unless a leading one is written."""
    text, skipped = "", False
    for power, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = number // power % 10
        if not digit:
            skipped = bool(text)
            continue
        text += zero * skipped + digits[digit] + unit
        skipped = False
    if not leading_one and 10 <= number < 20:
        text = text[1:]
    return text or zero


def _counting_thousand(number: int) -> str:
    return _thousands(number, CHINESE, "千百十", "零", leading_one=False)


def _counting(number: int) -> str:
    """To 99 as spoken, from 100 on digit by digit."""
    return _counting_thousand(number) if number < 100 else _digits(number)


def _japanese(number: int) -> str:
    """No zero between, no one before 十百千."""
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += (CHINESE[digit] if digit > 1 or not unit else "") + unit
    return text or "〇"


def _legal(number: int) -> str:
    return _thousands(number, LEGAL, "仟佰拾", "零", leading_one=True)


def _digits(number: int) -> str:
    return "".join(CHINESE[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    """a … z, then aa, bb … as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _signs(signs: str) -> Callable[[int], str]:
    """One sign a number; Arabic digits where the signs are used up."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCountingThousand": _counting_thousand,
    "japaneseCounting": _japanese,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _signs(STEMS),
    "ideographZodiac": _signs(BRANCHES),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
}
