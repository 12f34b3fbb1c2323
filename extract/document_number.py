"""发文字号: issuer code, year and serial of a document number, found in running text (GB/T 9704-2012, 7.2.5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extract.areas import by_character
from extract.issuer_codes import is_issuer_code
from extract.lexicon import load
from extract.span import Span

__all__ = ["DocumentNumber", "find_document_numbers", "parse_document_number"]

LONGEST_CODE = 12  # characters
DIGITS = str.maketrans("０１２３４５６７８９○〇零一二三四五六七八九", "0123456789000123456789")

YEAR_BEGINS = re.compile(r"(?:19|20|１９|２０|二)[0-9０-９○〇零]")
YEAR_AND_SERIAL = re.compile(
    r"(?P<open>[〔﹝［\[（(【〈<「{『„]?)[ \u3000]{0,4}"  # 六角括号; anything else is a misprint
    r"(?P<year>(?:19|20|１９|２０)[0-9０-９]{2}|二[○〇零][○〇零一二三][○〇零一二三四五六七八九])"
    r"(?P<year_sign>年?)[ \u3000]{0,4}"
    r"(?P<close>[〕﹞］\]）)】〉>」}』‟”]?)[ \u3000]{0,4}"
    r"(?P<ordinal>第?)[ \u3000]{0,2}"
    r"(?P<serial>[0-9０-９]{1,5})(?![0-9０-９.．%％年月日])[ \u3000]{0,4}"
    r"(?P<sign>号?)"
)
NEXT_OF_SAME_CODE = re.compile(  # 鲁政发〔2020〕1号、2号; 财税〔2018〕54号、〔2019〕66号
    r"[、和及与](?P<own>(?:〔(?P<year>(?:19|20)\d{2})〕)?(?P<serial>[1-9]\d{0,4})号)"
)
SQUARE = ("〔", "﹝", "［", "[", "【")
ORDER_END = re.compile(r"(?:令|公告)$")  # 中国人民银行令〔2020〕第3号 has no 发文字号
NO_AREA = ("同", "本", "来", "通")  # more often words before a code than places
ORGAN_END = re.compile("[府厅局委部办院]$")
HAN_BEFORE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,39}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A 发文字号 such as 济人社发〔2023〕8号."""

    issuer_code: str  # 发文机关代字
    year: int
    serial: int  # 发文顺序号
    span: Span
    misprints: tuple[str, ...] = ()  # how the print departs from GB/T 9704-2012, 7.2.5

    @property
    def canonical(self) -> str:
        """As the standard would print it: 鲁政字〔2021〕136号."""
        return f"{self.issuer_code}〔{self.year}〕{self.serial}号"

    def __str__(self) -> str:
        return self.canonical


def find_document_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """Document numbers of a text in order. Prose before a number is no part of its code."""
    return tuple(_find(text))


def parse_document_number(text: str) -> DocumentNumber | None:
    """The number that a text is, as on a 发文字号 line; `None` if it says more or less than one."""
    found = find_document_numbers(text)
    if len(found) != 1 or text[: found[0].span.start].strip() or text[found[0].span.end :].strip():
        return None
    return found[0]


def _find(text: str) -> Iterator[DocumentNumber]:
    done = 0
    for match in YEAR_AND_SERIAL.finditer(text) if YEAR_BEGINS.search(text) else ():
        number = _number(text, match, done) if match.start() >= done else None
        while number is not None:
            yield number
            done = number.span.end
            number = _next_of_same_code(text, number)


def _next_of_same_code(text: str, number: DocumentNumber) -> DocumentNumber | None:
    match = NEXT_OF_SAME_CODE.match(text, number.span.end)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else number.year
    return replace(number, year=year, serial=int(match["serial"]), span=Span(*match.span("own")), misprints=())


def _number(text: str, match: re.Match[str], done: int) -> DocumentNumber | None:
    if not match["open"] and not match["close"] and not match["sign"]:
        return None
    before = HAN_BEFORE.search(text, max(done, match.start() - 40), match.start())
    if before is None or (match["ordinal"] and ORDER_END.search(before[0])):
        return None
    plain = _is_plain(match, before[0])
    start = _code_start(before[0], strict=not plain)
    if start is None:
        return None
    if plain and (lead := _lead(before[0][:start], behind_title=text.endswith("》（", 0, before.start()))):
        start -= lead
    end = match.end() if match["sign"] else match.end("serial")
    return DocumentNumber(
        issuer_code="".join(before[0][start:].split()),
        year=int(match["year"].translate(DIGITS)),
        serial=int(match["serial"].translate(DIGITS)),
        span=Span(before.start() + start, end),
        misprints=_misprints(match),
    )


def _is_plain(match: re.Match[str], run: str) -> bool:
    """Printed so that it can be nothing else, whatever the code: 3号楼 may follow （2021） too."""
    if not (match["close"] and match["sign"]):
        return False
    return match["open"] in SQUARE or (match["open"] != "" and run.endswith(tuple(load("issuer_codes")["genres"])))


def _code_start(run: str, *, strict: bool) -> int | None:
    """Where the code begins in the Han characters before the year.

    The longest end of the run that is built like a code; else what follows the last word that no
    code holds (根据, 落实, 关于 …). `strict` asks for the first.
    """
    starts = [i for i, char in enumerate(run) if not char.isspace()]
    within = starts[-LONGEST_CODE:]
    for start in within:
        if len(starts) - starts.index(start) >= 2 and is_issuer_code("".join(run[start:].split())):
            return start
    if strict:
        return None
    cut = max((found.end() for found in _prose().finditer(run)), default=0)
    rest = [i for i in starts if i >= cut]
    return rest[0] if 2 <= len(rest) <= LONGEST_CODE else None


def _lead(words: str, *, behind_title: bool) -> int:
    """How many characters before a code that stands by itself are its own: 苏 of 苏林发, 三食 of 《…》（三食安办发."""
    own = words[max((found.end() for found in _prose().finditer(words)), default=0) :]
    if own in by_character() and own not in NO_AREA:
        return len(own)
    return len(own) if behind_title and own == words and len(own) <= 2 and not ORGAN_END.search(own) else 0


@cache
def _prose() -> re.Pattern[str]:
    words = sorted(load("citations")["prose"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _misprints(match: re.Match[str]) -> tuple[str, ...]:
    found: list[str] = []
    if (match["open"], match["close"]) != ("〔", "〕"):
        found.append("年份应用六角括号〔〕括入")
    if match["year_sign"]:
        found.append("年份后不加“年”字")
    if match["ordinal"]:
        found.append("序号前不加“第”字")
    if match["serial"][0] in "0０":
        found.append("序号不编虚位")
    if not match["sign"]:
        found.append("序号后缺“号”字")
    if not match["year"].translate(str.maketrans("０１２３４５６７８９", "0123456789")).isascii():
        found.append("年份应用阿拉伯数字")
    return tuple(found)
