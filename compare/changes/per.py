"""What two amounts are counted by: whether 单个企业年度 and 每家企业每年 say the same.

A word on one side alone may only repeat who the sentence is about: 贴息期限最长3年 and 单个项目贴息期不超过2年.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache

from compare import lexicon
from compare.changes.numbers import Number
from compare.changes.scales import a_year, sum_a_year
from compare.changes.senses import Sense
from extract.mentions.per_units import EACH_WORD, SINGLE, read_each, read_single
from extract.notice import Amount, AmountKind, Bound

EACH_ONE = re.compile(SINGLE)
SAME_ONE = re.compile(r"同一(?:个|家)?(?P<one>[^\W\d_]{1,4}?)(?=累计|每年|年度|最[高多]|合计|不超|补[助贴]|奖励)")
# 年度补偿金额, but not 2023年度, 毕业年度, 年度计划
YEARLY = re.compile(
    r"(?<![\d上本当下各一])(?<!毕业)(?<!会计)(?<!财政)(?<!纳税)年度"
    r"(?!内|计划|目标|考核|预算|决算|报告|评价|检查|审计|工作)"
)
# 全年最多, and 日检1次, 月报2次: periods told without 每
WHOLE_YEAR = re.compile(r"全年(?!龄)")
NO_PERIOD = r"\d〇一二三四五六七八九十每个当次同上下本半末元休假节双工"  # before 日: 12日, 每日, 次日, 休息日
OFTEN_WORD = rf"(?<![{NO_PERIOD}])(?P<period>[日周月季年])(?:检测?|报|巡查?|查|清|更新|调度)"
TOLD_OFTEN = re.compile(OFTEN_WORD)
OFTEN = re.compile(rf"{OFTEN_WORD}[^\W\d_]{{0,4}}\Z")
HEAD = re.compile(r"不|至少|最[多少]|\d")
EACH_PLACE = re.compile(r"各[^，；。]{0,3}(?:[市县区镇乡村州旗]|街道|社区)[^，；。]*\Z")
TOGETHER = re.compile(r"[共总]|合计|累计")
TIMES = frozenset({"场", "期", "轮", "批次", "场次", "期次", "轮次"})  # 每年2场 is 每半年1场
EACH_TIME = "各"
SAME_FOR_ALL = frozenset({AmountKind.DURATION, AmountKind.PERCENT, AmountKind.AGE})
ENTITIES = frozenset({"bodies", "projects", "any"})
PLACES = frozenset({"villages", "towns", "counties"})
REPEATED = ENTITIES | {"persons", "beds", "times"}


def agreed(upper: Number, lower: Number) -> tuple[Amount, Amount] | None:
    """Both amounts as counted by the same; `None` where one of them is not read or they are counted by others."""
    one, other = upper.amount, lower.amount
    if one is None or other is None:
        return None
    often = AmountKind.FREQUENCY in (one.kind, other.kind) or (one.unit == other.unit and one.unit in TIMES)
    if often and _is_often(upper, one) and _is_often(lower, other):
        return _frequencies(upper, lower, one, other)
    if years := _same_a_year(one, other):
        return years
    if not _answer(upper, lower):
        return None
    return one, other if other.per == one.per else replace(other, per=one.per)


def _same_a_year(one: Amount, other: Amount) -> tuple[Amount, Amount] | None:
    """每人每月200元 and 每人每年2400元, where they are the same."""
    if len(one.per) != len(other.per) or per_names(one.per) == per_names(other.per):
        return None
    sums = sum_a_year(one), sum_a_year(other)
    if not sums[0] or not sums[1] or (sums[0].low, sums[0].unit) != (sums[1].low, sums[1].unit):
        return None
    same = per_names(sums[0].per) == per_names(sums[1].per)
    return (sums[0], replace(sums[1], per=sums[0].per)) if same else None


def _is_often(number: Number, amount: Amount) -> bool:
    if amount.kind is AmountKind.FREQUENCY or (amount.unit == "次" and not amount.per and _often(number)):
        return True
    return amount.unit in TIMES and any(a_year(per) for per in amount.per)


def _often(number: Number) -> tuple[str, ...]:
    """The period before a bare number of times: 日 for 1次 in 日检1次."""
    match = OFTEN.search(number.before) or OFTEN.search(number.before + HEAD.split(number.quote)[0])
    return (match["period"],) if match else ()


def _periods(number: Number, amount: Amount) -> tuple[str, ...]:
    return tuple(per for per in amount.per if a_year(per)) or _often(number)


def _frequencies(upper: Number, lower: Number, one: Amount, other: Amount) -> tuple[Amount, Amount] | None:
    """Periods are put on one scale later; whom each time is for may be told by the sentence."""
    periods = [_periods(upper, one), _periods(lower, other)]
    entities = [per_names(amount.per) - per_names(times) for amount, times in zip((one, other), periods, strict=True)]
    if any(EACH_TIME in amount.quote for amount in (one, other)):
        return None  # 每年1月、7月各一次 is twice a year
    if len(periods[0]) != len(periods[1]) or (all(entities) and not _same(entities[0], entities[1])):
        return None
    kind = AmountKind.FREQUENCY
    return replace(one, kind=kind, per=periods[0]), replace(other, kind=kind, per=periods[1])


def _answer(upper: Number, lower: Number) -> bool:
    sides = [(per_names(number.amount.per if number.amount else ()), number) for number in (upper, lower)]
    own = [names for names, _ in sides]
    if _same(own[0], own[1]):
        return True
    wide = [names | _told_before(number) for names, number in sides]
    choices = ((wide[0], wide[1]), (own[0], wide[1]), (wide[0], own[1]))
    return any(_same(a, b) for a, b in choices) or any(
        _repeats(a - b, b - a, upper, lower) for a, b in ((own[0], own[1]), (wide[0], wide[1]))
    )


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """个 stands for any body or project."""
    left, right = one - other, other - one
    if not left and not right:
        return True
    return any(a == {"any"} and len(b) == 1 and b <= ENTITIES for a, b in ((left, right), (right, left)))


def _repeats(left: frozenset[str], right: frozenset[str], upper: Number, lower: Number) -> bool:
    """Whether per words on one side alone change nothing.

    A share or a term is the same for one as for all. A ceiling of money is one for each body, unless it caps a total.
    """
    if (left and right) or upper.kind is not lower.kind:
        return False
    plain = upper if right else lower
    extra = frozenset(word for word in left | right if word not in plain.before)  # 冷库…不超过80万元: 单个冷库…
    if upper.kind in SAME_FOR_ALL:
        share = upper.kind is AmountKind.PERCENT and not _moves(upper, lower)
        return extra <= (REPEATED | {"years"} if share else REPEATED)
    of_each = EACH_PLACE.search(plain.before) and not TOGETHER.search(plain.before + plain.quote)
    if of_each and extra <= PLACES and upper.kind is AmountKind.COUNT:
        return True  # 各县建成1所: each one of its own
    caps = all(number.amount and number.amount.bound is Bound.MAX for number in (upper, lower))
    total = any(word in plain.before for word in lexicon.load("quantities")["totals"])
    return upper.kind is AmountKind.MONEY and caps and not total and extra <= ENTITIES


def _moves(upper: Number, lower: Number) -> bool:
    """每年增长5% is no share of anything."""
    return any(number.sense in (Sense.RISE, Sense.FALL) for number in (upper, lower))


@cache
def _groups() -> dict[str, str]:
    return {word: name for name, words in lexicon.load("quantities")["per"].items() for word in words}


@lru_cache(maxsize=1024)
def per_names(per: tuple[str, ...]) -> frozenset[str]:
    """Words that mean the same as one: 乡镇, 镇（街道）."""
    return frozenset(_groups().get(word, word) for word in per)


def _told_before(number: Number) -> frozenset[str]:
    """The per words of the phrase that the number stands in: 单个断面年度补偿金额不低于200万元."""
    text = number.subject + number.before.rpartition("的")[2] + number.quote
    words = [word for match in EACH_WORD.finditer(text) for word in read_each(match.group())]
    words += [read_single(match.group()) for match in EACH_ONE.finditer(text)]
    words += [match["one"] for match in SAME_ONE.finditer(text)]
    words += number.part_of
    words += ["年" for pattern in (YEARLY, WHOLE_YEAR) for _ in pattern.finditer(text)]
    words += [match["period"] for match in TOLD_OFTEN.finditer(text)]
    return per_names(tuple(words))
