"""What an amount is per: 每人每月 before it, 元/人·月 behind it, 每年 earlier in its sentence."""

import re
from functools import cache

from extract.lexicon import load
from extract.mentions.amount_units import units
from extract.mentions.numerals import ARABIC, HAN_NUMERAL
from extract.mentions.quantity import Quantity
from extract.notice import AmountKind

NOT_PER = (AmountKind.MONEY, AmountKind.PERCENT, AmountKind.MULTIPLE, AmountKind.AGE)


def _alternatives(words: set[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _unit_words() -> set[str]:
    table = load("units")
    counted = {word for word, unit in units().items() if unit.kind not in NOT_PER} - set(table["per"]["never"])
    return counted | set(table["per"]["words"]) | set(table["per"]["time"])


GENERAL = _alternatives(set(load("units")["per"]["after_general"]))
NOT_BEFORE = load("units")["per"]["not_before"]
UNIT = "|".join(
    re.escape(word) + (f"(?![{NOT_BEFORE[word]}])" if word in NOT_BEFORE else "")
    for word in sorted(_unit_words(), key=len, reverse=True)
)
MEANS = "人户亩年月日次生校村床地班县"  # 人均, 年均
# 申请人均须…, 2人均年满18周岁: 均 is "all"
PERSONS = "请事责任表营办护贷借证聘雇投法偿领购买卖租承两一二三四五六七八九十"
EACH_FIRST = "每" + MEANS
# 每 + number + unit (每5年, 每万人, 每10亩), 每家, 每个项目; 人均, 年均; 单个项目
EACH = (
    rf"每(?:个(?:{GENERAL})|{UNIT}|(?:{ARABIC}|[{HAN_NUMERAL}]{{1,4}})[万千百]?(?:个(?:{GENERAL})|{UNIT}))"
    rf"|(?:(?<![老青少成中幼])[年月日季](?=人均))?(?<![\d{PERSONS}])[{MEANS}]均"
    r"(?!衡|等|匀|可(?!支配)|须|应|由|不|为|有|要|需|已|能|年满|满|达到|达[到\d]|具|符|属|未|无|享|按|浓度|气温|温度|值)"
    r"(?:年(?=增收|收入|纯收入|可支配|消费|补助|补贴))?"  # 户均年增收
)
EACH_WORD = re.compile(EACH)
EACH_PIECE = re.compile(
    rf"每(?:个(?P<noun>{GENERAL})|(?P<unit>{UNIT})"
    rf"|(?P<number>(?:{ARABIC}|[{HAN_NUMERAL}]{{1,4}})[万千百]?)(?:个(?P<counted_noun>{GENERAL})|(?P<counted>{UNIT})))"
    r"|(?:(?P<when>[年月日季])(?=.均))?(?P<mean>.)均(?P<span>年)?"
)
PER = rf"(?:{UNIT}|[万千百](?:{UNIT}))(?:[·/／・•.、]?(?:{UNIT}|学年)){{0,2}}"
# units of measure: mg/dl, m³/d, kW·h/t
SYMBOL = r"(?:dl|dL|mL|ml|min|L|l|h|s|d|a|kg|g|t|m[²³23]|km[²2])"
SLASH = re.compile(
    rf"[/／](?:（(?P<closed>{PER})）|\((?P<bracketed>{PER})\)|(?P<symbol>\d{{0,2}}{SYMBOL})(?![A-Za-z])|(?P<open>(?:\d{{1,6}}(?=[\u4e00-\u9fff]))?{PER}))"
)
SLASH_PIECE = re.compile(rf"(?P<number>\d{{0,6}})(?P<unit>{UNIT}|[万千百](?:{UNIT}))")
TRAILING = re.compile(rf"(?:每(?:{UNIT})){{1,3}}(?=[，。；、）！]|的|标准|计|给予|发放|以内|补|\Z)")
ABOUT_SUM = "年度|每年|最高|最多|最低|不超|累计|补助|补贴|奖励|给予|限额|上限"  # what follows the name of who gets it
SINGLE = re.compile(
    rf"单(?:个(?:{GENERAL}|[\u4e00-\u9fff]{{2,5}}?(?={ABOUT_SUM}))?"
    r"|户|家|次|笔|台|项(?!冠|奖|合同)|人|套|件|站|店|村|校|亩|日|月(?!均)|季|年)"
)
# 月销售额10万元以下, 年度最高补助200万元, 逐年递增5%, 按日加收: the period the figure is taken over, told without 每
PERIOD = re.compile(
    r"(?<![\d〇零一二三四五六七八九十第个上本当下次同每逐按半某跨前该])"
    r"(?:(?:月|季度)(?=(?:销售|营业|经营)(?:收入|额)|缴存额)|年度(?=累计|最[高多]|封顶|不超))"
    r"|按[日月](?=加收|加处|计收|收取|缴纳|发放|支付)"
    r"|逐[年月](?=[递增提上下降减][^至到为]{0,12}\Z)"
)

# 每引进1名, 每增加100万元: what is counted once for each deed
DEEDS = _alternatives(set(load("units")["per"]["deeds"]))
EVENT = re.compile(rf"每(?:(?P<deed>(?:{DEEDS})(?:[^\W\d_每]|（|）){{0,10}}?)|(?P<other>[^\W\d_的每]{{1,8}}?))\Z")


def _plain(word: str) -> str:
    """个月 -> 月; other units as written."""
    unit = units().get(word)
    return unit.name if unit and unit.name and unit.kind.value == "duration" else word


def read_each(text: str) -> tuple[str, ...]:
    """每人每月 -> 人, 月; 每5年 -> 5年; 人均 -> 人."""
    found: list[str] = []
    for piece in EACH_PIECE.finditer(text):
        number = "" if piece["number"] in (None, "1", "一") else piece["number"]
        word = next(filter(None, piece.group("noun", "unit", "counted_noun", "counted", "mean")))
        found.append(number + _plain(word))
        if piece["when"]:
            found.append(piece["when"])  # 年人均
        if piece["span"]:
            found.append(piece["span"])  # 户均年增收
    return tuple(dict.fromkeys(found))


def read_slash(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """/人·月 behind a unit, or 每人每月 there: what it names, and where it ends."""
    if match := SLASH.match(text, at):
        if match["symbol"]:
            return (match["symbol"],), match.end()
        pieces = SLASH_PIECE.finditer(match[match.lastgroup or 0])
        return tuple(dict.fromkeys(piece["number"] + _plain(piece["unit"]) for piece in pieces)), match.end()
    if match := TRAILING.match(text, at):
        return read_each(match.group()), match.end()
    return (), at


def event_per(text: str, found: re.Match[str], quantity: Quantity) -> str | None:
    """名 for 每引进1名, 10人 for 每增加10人; `None` where 每 says per what by itself (每村安排2名)."""
    if EACH_WORD.match(text, found.start()):
        return None
    one = quantity.low == quantity.high == 1
    if not one and not found["deed"]:
        return None
    name = quantity.unit.name
    return name if one else text[quantity.start : quantity.end]


def read_single(word: str) -> str:
    """单户 -> 户, 单个项目 -> 项目."""
    rest = word.removeprefix("单")
    return rest.removeprefix("个") or rest


def read_period(word: str) -> str:
    """年度 and 逐年 -> 年, 按日 -> 日; 月 and 季度 as written."""
    return "年" if word == "年度" else word.lstrip("逐按")


@cache
def _times() -> frozenset[str]:
    return frozenset(load("units")["per"]["time"])


def is_time(per: str) -> bool:
    """年, 5年, 两年: so many 次 per time is a frequency."""
    return per.lstrip(f"0123456789{HAN_NUMERAL}") in _times()


__all__ = [
    "EACH",
    "EACH_FIRST",
    "EACH_WORD",
    "EVENT",
    "PERIOD",
    "SINGLE",
    "event_per",
    "is_time",
    "read_each",
    "read_period",
    "read_single",
    "read_slash",
]
