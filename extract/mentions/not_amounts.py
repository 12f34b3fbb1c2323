"""Where numbers are no amounts: dates, ordinals, document numbers, names, quoted slogans.

`skip` gives the end of such a stretch; `quoted` finds titles and quoted names.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from extract.lexicon import load
from extract.mentions.numerals import HAN_DIGIT, HAN_NUMERAL

SEPARATOR = r"[-—–~～－至到、和及]"

CALENDAR = (
    rf"(?:19|20)\d\d(?:年?{SEPARATOR}{{1,2}}(?:19|20)\d\d)*(?:年度?|学年|级|届)"
    r"|\d{1,2}月(?:份|底|初|末|[上中下]旬)?(?:\d{1,2}[日号]?)?"
    rf"(?:{SEPARATOR}{{1,2}}(?:\d{{1,2}}月)?\d{{1,2}}[日号](?!内|以内|以上))*"
    rf"|\d{{1,2}}{SEPARATOR}{{1,2}}\d{{1,2}}(?:月|日(?!内|以内|以上|左右))(?:份|底|\d{{1,2}}日)?"  # 1至12月, 5日至10日
    r"|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
    r"|\d{1,2}[时点](?!效|间|段|限|任|候|以|起|位|多)(?:整|半|\d{1,2}分)?"
    r"|[〇零一二三四五六七八九]{4}年"
    r"|[一二三四五六七八九十]{1,3}月(?:份|底|初|末|[上中下]旬)?(?:[一二三四五六七八九十]{1,3}[日号])?"
    r"|[一二三四1-4]季度"
)
NUMBERED = (
    rf"第[{HAN_NUMERAL}\d]{{1,6}}[条款项章](?:[、和及与至到][{HAN_NUMERAL}\d]{{1,6}}[条款项章])+"  # 第三条、四条
    rf"|[{HAN_NUMERAL}\d]{{1,4}}届[{HAN_NUMERAL}\d]{{1,4}}次"  # 十二届五次全会
    rf"|第[{HAN_NUMERAL}\d]{{1,3}}个[{HAN_NUMERAL}\d]{{1,3}}年"  # 第一个五年
    rf"|[{HAN_NUMERAL}\d]{{1,4}}[次届](?:[{HAN_NUMERAL}\d]{{1,4}}次)?(?:(?:常务|全体|全委|党组|代表|专题)(?:\(扩大\)|（扩大）)?)?会议"
    r"(?=通过|审议|精神|决定)"  # 130次常务会议通过
    rf"|[十百千]?[万百千]人口?(?=[^，。；、\d]{{0,10}}(?:死亡|发病|患病|感染|受灾|犯罪|发案|伤亡)(?:率|人次|人数))"
    r"|(?:(?<=[*×])|(?<=[*×] ))100%"  # in a formula
    rf"|第[{HAN_NUMERAL}\d]{{1,8}}(?:[-—–~～至到、和及]第?[{HAN_NUMERAL}\d]{{1,6}})*.?"
    rf"|前[{HAN_NUMERAL}\d]{{1,3}}(?:名|位|强|项|款|条|批|季度|类)"
    r"|[〔\[［【（(][12]\d{3}[〕\]］】）)](?:第?\d{1,5}号?)?"
    r"|\d{1,6}号(?:文|令)?"
    r"|\d{1,4}(?:\.\d{1,4})?\s?[/／]\s?\d{0,3}[十百千]?万(?!美?元)"  # a rate: 10/10万, 3.5/万
    r"|\d{3,4}-\d{7,8}"  # telephone with area code
    r"|\d+(?:\.\d+)?\s?[:：∶]\s?\d+(?:\.\d+)?(?:[:：∶]\d+)*"  # ratios, scales
    r"|\d{1,6}(?:\.\d{1,3})?(?:[+＋×xX*·][\dNnX]{1,6}){1,4}(?:小时|天)?"  # 1+5, 7×24小时, 30·60
    r"|\d{1,4}(?:\.\d{1,4}){2,6}"  # 1.2.3
    r"|[A-Za-z][A-Za-z0-9]*(?:[./_@-][A-Za-z0-9]+){0,12}(?:[+＋](?=[A-Za-zNX]))?"  # PM2.5, GB/T9704-2012
    r"|[NX][+＋]\d+"
)
# A Chinese numeral and a character, twice: 一人一企, 三支一扶, 一县一策.
BEAT = rf"[^\W\d_{HAN_NUMERAL}至到多余来几点元]"
RHYTHM = rf"[{HAN_DIGIT}十]{BEAT}[{HAN_DIGIT}]{BEAT}|1{BEAT}1{BEAT}"
FREQUENCY = re.compile(r".[年月周天日季].[次回场期轮]")
HOUR_NAME = re.compile(r"[^\W\d_]{0,8}圈")  # 15分钟便民生活圈

NOT_AMOUNT = re.compile(rf"(?P<calendar>{CALENDAR})|(?P<numbered>{NUMBERED})|(?P<rhythm>{RHYTHM})")
TRIGGER = re.compile(rf"[\dA-Za-z{HAN_NUMERAL}半翻第前数几〔\[［【（(]")
# A number behind one of these says which, not how many.
LABELS = (
    "附件",
    "附表",
    "附图",
    "表",
    "图",
    "专栏",
    "附录",
    "序号",
    "步骤",
    "编号",
    "电话",
    "传真",
    "邮编",
    "热线",
    "型号",
)

LONGEST_QUOTE = 60  # characters between quotation marks
NAME_LENGTH = 16  # a quoted text up to this long is a name or slogan
NUMERAL_CHAR = re.compile(f"[{HAN_NUMERAL}半]")
MARKS = re.compile("[“”‘’《》〈〉]")


@cache
def names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Idioms and places by their first numeral: the text before it, and the text from it on."""
    table = load("number_names")
    found: dict[str, list[tuple[str, str]]] = {}
    for word in [*table["idioms"], *table["places"]]:
        if first := NUMERAL_CHAR.search(word):
            at = first.start()
            found.setdefault(word[at], []).append((word[:at], word[at:]))
    return {char: tuple(parts) for char, parts in found.items()}


def skip(text: str, at: int) -> int | None:
    """The end of a stretch without amounts that begins at an offset."""
    for before, rest in names().get(text[at], ()):
        if text.startswith(rest, at) and text.endswith(before, 0, at):
            return at + len(rest)
    found = NOT_AMOUNT.match(text, at)
    if found is None or (found.lastgroup == "rhythm" and FREQUENCY.match(found.group())):
        return None
    return found.end()


@dataclass(frozen=True, slots=True)
class Quoted:
    """Stretches between quotation or title marks, outermost, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    titles: tuple[bool, ...]

    def around(self, offset: int) -> tuple[int, int, bool] | None:
        """Inside of the marks around an offset: start, end, and whether they are 《》."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0 or offset >= self.ends[at]:
            return None
        return self.starts[at], self.ends[at], self.titles[at]


def quoted(text: str) -> Quoted:
    """Closed pairs of marks; a mark without its twin is passed over."""
    found: list[tuple[int, int, bool]] = []
    stack: list[tuple[str, int]] = []
    twins = {"”": "“", "’": "‘", "》": "《", "〉": "〈"}
    for mark in MARKS.finditer(text):
        char = mark.group()
        if char not in twins:
            stack.append((char, mark.end()))
        elif stack and stack[-1][0] == twins[char]:
            _, start = stack.pop()
            title = char in "》〉"
            if title or mark.start() - start <= LONGEST_QUOTE:
                while found and found[-1][0] >= start:
                    found.pop()
                found.append((start, mark.start(), title))
        else:
            stack.clear()
    return Quoted(tuple(row[0] for row in found), tuple(row[1] for row in found), tuple(row[2] for row in found))


__all__ = ["HOUR_NAME", "LABELS", "NAME_LENGTH", "TRIGGER", "Quoted", "quoted", "skip"]
