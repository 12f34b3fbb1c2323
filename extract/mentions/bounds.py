"""Words around a number in, the bound they set out. A bound that is not settled is said to be unsettled, never guessed.

Before the number stands a chain such as 最高不超过 or 每人每月最多; behind it 以上, 以内（含）, 左右 …
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from extract.lexicon import load
from extract.mentions.numerals import HAN_NUMERAL
from extract.mentions.per_units import EACH, EACH_FIRST
from extract.mentions.scan import find_all, first_of
from extract.notice import AmountKind

WINDOW = 40  # characters before a number in which its bound may begin
STOPS = "，。；：！？"
HAN = r"[^\W\d_]"


class Side(StrEnum):
    MIN = "min"
    MAX = "max"
    APPROX = "approx"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Cue:
    """What one bound word says."""

    word: str
    side: Side
    strict: bool = False
    weak: bool = False  # 达到, 满: gives way to any other bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The chain in front of a number: where it begins, its bound words, its per words as written."""

    start: int
    cues: tuple[Cue, ...] = ()
    per: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    end: int
    cues: tuple[Cue, ...] = ()
    inclusive: bool | None = None  # （含）: True, （不含）: False
    varied: bool = False  # 不等


def _alternatives(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


@cache
def _compare() -> dict[str, Cue]:
    table = load("bounds")["compare"]
    found = {word: Cue(word, Side.MIN, strict=True) for word in table["min_strict"] + table["min_strict_tight"]}
    found |= {word: Cue(word, Side.MAX, strict=True) for word in table["max_strict"]}
    found |= {word: Cue(word, Side.MIN, weak=True) for word in table["min"] + table["min_tight"]}
    return found


@cache
def _fixed() -> dict[str, Cue]:
    table = load("bounds")["fixed"]
    found = {word: Cue(word, Side.MAX) for word in table["max"]}
    found |= {word: Cue(word, Side.MIN) for word in table["min"]}
    found |= {word: Cue(word, Side.MAX, strict=True) for word in table["max_strict"]}
    found |= {word: Cue(word, Side.MIN, strict=True) for word in table["min_strict"]}
    found |= {word: Cue(word, Side.APPROX) for word in table["approx"]}
    return found


def _guarded(words: list[str]) -> str:
    """Alternatives, each refused behind the characters that make another word of it."""
    behind = load("bounds")["fixed"]["not_behind"]
    parts = []
    for word in sorted(set(words), key=len, reverse=True):
        guard = rf"(?<![{behind[word]}])" if word in behind else ""
        parts.append(guard + re.escape(word))
    return "|".join(parts)


@cache
def _bound_pattern() -> str:
    """One bound word: a fixed one, or a comparison with what negates or softens it."""
    table = load("bounds")
    negators = table["negators"]
    loose = table["compare"]["min_strict"] + table["compare"]["max_strict"] + table["compare"]["min"]
    tight = table["compare"]["min_strict_tight"] + table["compare"]["min_tight"]
    return (
        rf"(?P<fixed>{_guarded(list(_fixed()))})"
        rf"|(?:(?P<negator>(?:{_alternatives(negators['unsure'] + negators['flip'])}){{1,2}})"
        rf"(?P<adverb>(?:{_alternatives(negators['adverbs'])}){{0,2}}))?"
        rf"(?P<compare>{_guarded(loose)}|(?:{_guarded(tight)})(?=[\d{HAN_NUMERAL}几数每]|\Z))"
    )


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _chain() -> re.Pattern[str]:
    """Bound and per words up to the number; only 最高 and its like, and per words, let verbs stand between."""
    table = load("bounds")
    fillers = _alternatives(table["fillers"]["words"] + table["fillers"]["neutral"])
    neutral = _alternatives(table["fillers"]["neutral"])
    wide = _alternatives(table["fixed"]["wide"])
    return re.compile(
        rf"(?:(?:{EACH}|{wide})(?:{fillers}){{0,5}}|(?:{_unnamed(_bound_pattern())})(?:{neutral}){{0,2}}){{1,6}}(?:[A-Z]{{2,6}}[+＋])?\Z"
    )


@cache
def _chain_first() -> re.Pattern[str]:
    negators = load("bounds")["negators"]
    bounds = [*_fixed(), *_compare(), *negators["unsure"], *negators["flip"]]
    return first_of([*EACH_FIRST, *load("bounds")["fixed"]["wide"], *bounds])


@cache
def _words() -> re.Pattern[str]:
    """One piece of a chain at a time."""
    table = load("bounds")["fillers"]
    fillers = _alternatives([word for word in table["words"] + table["neutral"] if len(word) > 1])
    return re.compile(rf"(?P<per>{EACH})|{_bound_pattern()}|(?P<filler>{fillers})")


@cache
def _open_chain() -> re.Pattern[str]:
    """至少培育10家; 最高可申请创业担保贷款300万元."""
    table = load("bounds")
    verbs = [
        word
        for word in table["fillers"]["words"]
        if word not in ("到", "至", "在", "以", "其", "为", "是", "标准", "按")
    ]
    nouns = _alternatives(table["fixed"]["open"])
    return re.compile(
        rf"(?:(?:{nouns})|(?:最高|最长|最大)(?!{_alternatives(table['fillers']['nouns'])})(?:{_alternatives(verbs)}))"
        rf"(?P<open>(?:(?!的|按|由|从|提高|降|增加|减|占|超过|不低|不超|不少){HAN}|（|）){{0,14}}?)\Z"
    )


@cache
def _base_chain() -> re.Pattern[str]:
    """不低于当地最低工资标准的50%: the base of a rate stands between."""
    table = load("bounds")
    stop = _alternatives(table["fillers"]["stop"])
    high = r"约占|最高(?:不超过|可?按照?|可?给予|补助|补贴|奖励|资助|支持|为|可达|不高于)"
    return re.compile(
        rf"(?:{high}|(?P<negated>不|不得|不能|不应|不可|不宜|未|没有)?(?:超过|低于|高于|少于|多于|大于|小于|达到|超出))(?!的?部分)"
        rf"(?P<base>(?:(?!{stop}|超过|低于|高于|少于|不足)(?:{HAN}|[（）“”、《》])){{2,30}}?)(?P<of>的|之)?\Z"
    )


# What a rate is taken of ends in one of these: 总额, 基数, 面积, 工资, 投入 …
BASE_END = re.compile(
    r"(?:[额数量资价费金本入出平准格率积值模例用款税产售益润线位]|人口|水平|支出|投资|成本|工资|企业数)\Z"
)
OF_BASE = re.compile(r"\d[\d.]*[%‰]的(?:比[例率]|标准|份额)")  # says that what stands before 20% is its base
BAN_REACH = 8  # characters
CONDITION = re.compile(r"[\d.,万亿千百]{1,12}[^\W\d_%‰]{0,3}[%‰]?(?:的|以上|及以上)")
# 高于全国2个百分点: by so much
LIMIT_NOUNS = ("限额", "额度", "标准", "上限", "比例", "金额", "封顶线")
RAISING = re.compile(r"(?:提高|增加|上调|调高|降低|下调|减少)(?![至到])[^\W\d_]{0,10}\Z")  # 提高大病保险最高限额3000元
DIFFERENCES = ("个百分点", "个基点")
PLACE = re.compile("[全本][国省市区县]|当地|本地|所在地|同期")
# 不同时担任超过3个: what is denied stands between; but 不少, 不断, 不良 … deny nothing
DENIED = re.compile(
    r"不(?!少|断|仅|但|动产|良|含|包|锈|利|确定|明|足|到|低|超|高|大|多|小|同(?!时))[^的，。；、0-9]{1,7}\Z"
)


def read_before(text: str, at: int, floor: int, kind: AmountKind, unit: str | None) -> Before:
    """The chain that ends at `at` and begins not before `floor`.

    Comparison with a difference (高于平均水平2个百分点) is no bound on it.
    """
    window = max(floor, at - WINDOW)
    chain = next(find_all(_chain(), _chain_first(), text, window, at), None)
    if chain is not None:
        before = _parse(text, chain.start(), at, window, kind)
        raised = before.cues and text.endswith(LIMIT_NOUNS, 0, at) and RAISING.search(text, floor, chain.start())
        if raised or text.endswith(("+", "＋"), 0, at):
            return replace(before, problem="变动的是限额本身，界限不明" if raised else SPREAD)
        if unit in DIFFERENCES and PLACE.search(text, chain.start(), at):
            return Before(start=at, problem=before.problem or _negated(before))
        return before if before.cues else _with_stray(text, before, window)
    segment = max(window, *(text.rfind(stop, window, at) + 1 for stop in STOPS))
    if found := _open_chain().search(text, segment, at):
        return _parse(text, found.start(), found.start("open"), segment, kind)
    is_rate = (kind is AmountKind.PERCENT and unit in ("%", "‰", "‱")) or kind is AmountKind.MULTIPLE
    if is_rate and (found := _base_chain().search(text, segment, at)) and _is_base(found, text, at):
        return _parse(text, found.start(), found.start("base"), segment, kind)
    return _with_stray(text, Before(start=at), segment)


@cache
def _stray() -> re.Pattern[str]:
    """A bound whose number does not follow at once: 不得超过登记之日起."""
    table = load("bounds")
    stop = _alternatives(table["fillers"]["stop"])
    compare = _alternatives(table["compare"]["min_strict"] + table["compare"]["max_strict"])
    flip = _alternatives(table["negators"]["flip"])
    adverbs = _alternatives(table["negators"]["adverbs"])
    nouns = _alternatives(table["fillers"]["nouns"])
    wide = rf"(?:最高|最多|最长|最低|最少|至多|至少)(?!的|{nouns}|者|层|级|跑)"
    return re.compile(
        rf"(?P<word>(?:{flip})(?:{adverbs})?(?:{compare})|{wide})(?!的?部分)(?:(?!{stop}|的(?!\Z)){HAN}|[（）“”、]){{1,20}}\Z"
    )


# 最高支付限额为职工每人…, 最高贷款额度由30万元, 下限由30%, 额度上限（30万元）, 最高担保额度1000万元
LIMIT = re.compile(
    r"(?P<word>(?:最高[^\W\d_]{0,8}?(?:额度?|标准|上限|比例)|最低[^\W\d_]{0,8}?比例|[上下]限)原?[为是由从])(?:(?!给予|按|从|的)[^\W\d_]){0,12}\Z"
    r"|(?P<edge>上限|限额|封顶线|下限)（\Z"
    r"|(?P<noun>最高[^\W\d_]{0,6}?(?:额度|金额|限额|总额|比例)|最低[^\W\d_]{0,6}?(?:比例|金额)"
    r"|最[长短][^\W\d_]{0,6}?(?:期限?|年限|时限|时[间长]))\Z"
)


STRAY_FIRST = first_of([*load("bounds")["negators"]["flip"], "最", "至", "上限", "限额", "封顶线", "下限"])
SPREAD = "利率基准之外的加点，界限不明"  # LPR+150BP


def _with_stray(text: str, before: Before, floor: int) -> Before:
    """A bound word that reaches the number over words the grammar does not know leaves it unsettled."""
    if STRAY_FIRST.search(text, floor, before.start) is None:
        return before
    segment = max(floor, *(text.rfind(stop, floor, before.start) + 1 for stop in STOPS))
    if limit := LIMIT.search(text, segment, before.start):
        side = Side.MIN if limit.group().startswith(("最低", "最短", "下限")) else Side.MAX
        return replace(before, cues=(Cue(limit["word"] or limit["edge"] or limit["noun"], side),))
    found = _stray().search(text, segment, before.start)
    if found is None:
        return before
    return replace(before, problem=f"“{found['word']}”与数字之间的文字无法判定，界限不明")


def _negated(before: Before) -> str | None:
    """不低于全国2个百分点 is a bound on a difference, which the data have no place for."""
    words = "".join(cue.word for cue in before.cues)
    return f"“{words}”所比较的是差额，界限不明" if "不" in words else None


def _is_base(found: re.Match[str], text: str, at: int) -> bool:
    """不低于总投资30%, 超过总投资的30%, 不低于停车位10%的比例; but 低于市场价10% is a difference."""
    whole = found["negated"] or found.group().startswith(("最高", "约占"))
    return bool(found["of"] or (whole and (BASE_END.search(found["base"]) or OF_BASE.match(text, at))))


def _parse(text: str, start: int, end: int, floor: int, kind: AmountKind) -> Before:
    cues: list[Cue] = []
    per: list[str] = []
    problem: str | None = None
    inclusive = False
    at = start
    while at < end:
        word = _words().match(text, at, end)
        if word is None:
            at += 1
            continue
        if word["per"]:
            per.append(word["per"])
        elif word["compare"] or word["fixed"]:
            if _is_reached(text, word, end, kind):
                at = word.end()
                continue
            cue = _cue(text, word, floor, kind)
            cues.append(cue)
            problem = problem or (f"“{cue.word}”不能确定界限" if cue.side is Side.UNSURE else None)
        elif word["filler"].startswith("（含"):
            inclusive = True
        at = word.end()
    if inclusive:
        cues = [Cue(cue.word, cue.side, False, cue.weak) for cue in cues]
    return Before(start=start, cues=tuple(cues), per="".join(per), problem=problem)


def _is_reached(text: str, word: re.Match[str], end: int, kind: AmountKind) -> bool:
    """占比已达67.5% tells where it stands; 已达到50人的企业 and 已达60周岁 are conditions."""
    done = word["compare"] in ("达", "达到") and not word["negator"] and text.endswith(("已", "已经"), 0, word.start())
    return done and kind in (AmountKind.PERCENT, AmountKind.MONEY) and not CONDITION.match(text, end)


def _cue(text: str, word: re.Match[str], floor: int, kind: AmountKind) -> Cue:
    if word["fixed"]:
        return _fixed()[word["fixed"]]
    cue = _compare()[word["compare"]]
    table = load("bounds")["negators"]
    whole = word.group()
    if not (negator := word["negator"]):
        return _unless_banned(text, word.start(), floor, cue, kind)
    if cue.weak and negator in ("可", "可以"):
        return Cue(whole, Side.MAX)  # 资助可达50万元: up to that
    if negator not in table["flip"]:
        return Cue(whole, Side.UNSURE)
    side = Side.MAX if cue.side is Side.MIN else Side.MIN
    return Cue(whole, side, strict=not cue.strict)


def _unless_banned(text: str, at: int, floor: int, cue: Cue, kind: AmountKind) -> Cue:
    """A ban a few words before (不得收取超过2个月的租金) makes the side of a strict comparison uncertain.

    A plain 不 does so too, but not before a length: 不缴费超过3个月 has gone on for longer.
    """
    if not cue.strict:
        return cue
    before = text[max(floor, at - BAN_REACH) : at]
    for ban in load("bounds")["negators"]["ban"]:
        behind = before.rpartition(ban)[2] if ban in before else None
        if behind and not any(char in behind for char in "的，。；、"):
            return Cue(f"{ban}{behind}{cue.word}", Side.UNSURE)
    denied = DENIED.search(before) if kind is not AmountKind.DURATION else None
    return Cue(f"{denied.group()}{cue.word}", Side.UNSURE) if denied else cue


@cache
def _after() -> dict[str, Cue]:
    table = load("bounds")["after"]
    found = {word: Cue(word, Side.MAX) for word in table["max"] + table["inside"]}
    found |= {word: Cue(word, Side.MIN) for word in table["min"] + table["from"]}
    found |= {word: Cue(word, Side.MIN, strict=True) for word in table["min_strict"] + table["outside"]}
    found |= {word: Cue(word, Side.APPROX) for word in table["approx"]}
    return found


@cache
def _after_pattern() -> re.Pattern[str]:
    table = load("bounds")["after"]
    refused = table["not_before"]
    words = sorted([*_after(), *table["range"]], key=len, reverse=True)
    parts = [re.escape(word) + (rf"(?!{_alternatives(refused[word])})" if refused.get(word) else "") for word in words]
    closed = rf"[（〔](?P<{{0}}>不含|包?含|包括)(?:本数|(?:不满|不足)?[\d{HAN_NUMERAL}][^（）〔〕]{{{{0,10}}}})?[）〕]"
    return re.compile(rf"(?:{closed.format('first')})?(?P<word>{'|'.join(parts)})?(?:{closed.format('last')})?")


LIMITED = {
    "内": (AmountKind.DURATION, AmountKind.DISTANCE),
    "以外": (AmountKind.DISTANCE,),
    "之外": (AmountKind.DISTANCE,),
    "起": (AmountKind.MONEY, AmountKind.AGE, AmountKind.PERCENT),
}


def read_after(text: str, at: int, kind: AmountKind) -> After:
    """Bound words that begin at `at`: 以上, 以内（含）, 以上（含6个月）."""
    match = _after_pattern().match(text, at)
    if match is None or match.end() == at:
        return After(end=at)
    word = match["word"]
    if word in LIMITED and kind not in LIMITED[word]:
        return After(end=at)
    mark = match["first"] or match["last"]
    inclusive = None if mark is None else not mark.startswith("不")
    cue = _after().get(word or "")
    varied = word in load("bounds")["after"]["range"]
    return After(end=match.end(), cues=(cue,) if cue else (), inclusive=inclusive, varied=varied)


__all__ = ["After", "Before", "Cue", "Side", "read_after", "read_before"]
