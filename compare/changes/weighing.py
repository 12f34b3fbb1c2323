"""Two numbers in, one verdict out, with the reason where they are on no common scale."""

import re
from dataclasses import dataclass

from compare.changes.numbers import Number
from compare.changes.per import agreed
from compare.changes.scales import on_one_scale, scale_of
from compare.changes.senses import Sense, is_one_sense
from compare.changes.verdict import amount_direction, is_opened, is_turned
from compare.comparison import Direction
from extract.notice import Amount, AmountKind, Bound

UNWEIGHED = frozenset({Sense.START, Sense.UNSURE})
AHEAD = {Direction.RAISED: Direction.EARLIER, Direction.LOWERED: Direction.LATER}
RUNNING = {Direction.RAISED: Direction.LATER, Direction.LOWERED: Direction.EARLIER}
VERBS = {
    Direction.RAISED: "提高",
    Direction.LOWERED: "降低",
    Direction.TIGHTENED: "收紧",
    Direction.RELAXED: "放宽",
    Direction.EARLIER: "提前",
    Direction.LATER: "推后",
    None: "改变",
}
LENGTHS = {Direction.RAISED: "延长", Direction.LOWERED: "缩短", Direction.EARLIER: "缩短", Direction.LATER: "延长"}
OFTEN = {Direction.RAISED: "增加", Direction.LOWERED: "减少"}
CEILINGS = {Direction.RAISED: "上限上调", Direction.LOWERED: "上限下调"}  # a lower ceiling is no lower goal
VALUES = {Direction.EARLIER: Direction.LOWERED, Direction.LATER: Direction.RAISED}
FIELD = re.compile(r"全(?:国|省|市|县|区|州|盟|旗|自治区|自治州|地区)|全球|世界|亚洲|西部|中部|东部|东北")
SHIFT = re.compile(r"(?:提前|延长|推迟|延后|延期|顺延|推后)[^，；。]{0,8}\Z")
RANKS = {Direction.RAISED: "扩大", Direction.LOWERED: "缩小"}
BOUNDS = (Direction.TIGHTENED, Direction.RELAXED)  # of a value that stays
NAMED = {Bound.EXACT: "定值", Bound.MIN: "下限", Bound.MAX: "上限"}
CHANGES = {Sense.RISE: "增加的幅度", Sense.FALL: "减少的幅度", Sense.END: "达到的数值"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    direction: Direction | None
    says: str  # 提高, 缩短; or why two quantities are on no common scale


MERGED = Weighed(direction=None, says="的适用情形有合并或拆分，不能直接比大小")
OTHER_GRADE = Weighed(direction=None, says="的适用等级改变，不能直接比大小")


def weigh(upper: Number, lower: Number) -> Weighed:
    if upper.amount is None or lower.amount is None or not _is_sure(upper, lower):
        return Weighed(direction=None, says=VERBS[None])
    if not is_one_sense(upper.sense, lower.sense):
        return Weighed(direction=None, says=_other_sense(upper.sense, lower.sense))
    if widened := _other_ages(upper.amount, lower.amount):
        return Weighed(direction=None, says=widened)
    if _is_other_field(upper, lower):
        return Weighed(direction=None, says="的排名范围改变，不能直接比大小")
    direction = _direction(upper, lower)
    if direction is None:
        return Weighed(direction=None, says=_no_scale(upper, lower, upper.amount, lower.amount))
    return Weighed(direction=direction, says=_verb(upper, lower, direction))


def _other_ages(upper: Amount, lower: Amount) -> str | None:
    """18个月至3岁 for 2至3岁: more children are meant, neither older nor younger ones."""
    one, other = on_one_scale(upper, lower)
    if (
        {one.kind, other.kind} != {AmountKind.AGE}
        or {one.bound, other.bound} != {Bound.RANGE}
        or one.unit != other.unit
    ):
        return None
    wider, narrower = _is_within(one, other), _is_within(other, one)
    return None if wider is narrower else "范围扩大" if wider else "范围缩小"


def _is_within(one: Amount, other: Amount) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return other.low <= one.low and one.high <= other.high


def _is_other_field(upper: Number, lower: Number) -> bool:
    """全国前10名 and 全省前3名: places among others."""
    if not {upper.sense, lower.sense} <= {Sense.FRONT, Sense.BACK}:
        return False
    fields = [FIELD.findall(number.before)[-1:] for number in (upper, lower)]
    return bool(fields[0] and fields[1]) and fields[0] != fields[1]


def is_timed(upper: Number, lower: Number) -> bool:
    """Whether two numbers say until when something is to be done, not how long it holds."""
    return (upper.is_running and lower.is_running) or upper.sense is lower.sense is Sense.LEAD


def _is_shift(number: Number) -> bool:
    """提前供热不超过10日: by how long a time moves, no time in which something is done."""
    return not number.is_running and number.sense is not Sense.LEAD and SHIFT.search(number.before) is not None


def is_ceiling(upper: Number, lower: Number) -> bool:
    return all(number.amount is not None and number.amount.bound is Bound.MAX for number in (upper, lower))


def _is_sure(upper: Number, lower: Number) -> bool:
    """按季度 may be once or more often: it is weighed against once only."""
    if {upper.sense, lower.sense} & UNWEIGHED:
        return False
    if upper.is_recurring is lower.is_recurring:
        return True
    told = (lower if upper.is_recurring else upper).amount
    return told is not None and told.low == told.high == 1


def _direction(upper: Number, lower: Number) -> Direction | None:
    both = agreed(upper, lower)
    direction = amount_direction(*both) if both else None
    if direction is None:
        return None
    if _is_shift(upper) and _is_shift(lower):
        return VALUES.get(direction, direction)
    if upper.sense is Sense.LEAD:
        return AHEAD.get(direction, direction)
    return RUNNING.get(direction, direction) if upper.is_running or lower.is_running else direction


def _other_sense(upper: Sense, lower: Sense) -> str:
    if {upper, lower} == {Sense.FRONT, Sense.BACK}:
        return "的起算方向改变，不能直接比大小"
    if {upper, lower} & CHANGES.keys():
        return f"的含义改变（{CHANGES.get(upper, '数值本身')}、{CHANGES.get(lower, '数值本身')}），不能直接比大小"
    return VERBS[None]


def _no_scale(upper: Number, lower: Number, one: Amount, other: Amount) -> str:
    told = _other_bound(one, other)
    if told and is_turned(one, other):
        return told
    if agreed(upper, lower) is None:
        return "的计算口径改变，不能直接比大小"
    if upper.kind is None:  # 师生比1：7 and 1：5
        return VERBS[None]
    if scale_of(one) != scale_of(other):
        return "的单位改变，不能直接比大小"
    if is_opened(*on_one_scale(one, other)):
        end = "下限" if Bound.MAX in (one.bound, other.bound) else "上限"
        return f"{'取消' if one.bound is Bound.RANGE else '增设'}{end}"
    return told or VERBS[None]


def _other_bound(upper: Amount, lower: Amount) -> str | None:
    if upper.bound is lower.bound or not {upper.bound, lower.bound} <= NAMED.keys():
        return None
    return f"由{NAMED[upper.bound]}改为{NAMED[lower.bound]}"


def _verb(upper: Number, lower: Number, direction: Direction) -> str:
    if direction in BOUNDS and upper.amount and lower.amount and (told := _other_bound(upper.amount, lower.amount)):
        return told
    if upper.sense is lower.sense is Sense.LEAD:
        return VERBS[direction]
    if upper.sense in (Sense.FRONT, Sense.BACK):
        return RANKS.get(direction, VERBS[direction])
    if upper.kind is AmountKind.DURATION or is_timed(upper, lower):
        return LENGTHS.get(direction, VERBS[direction])
    if is_ceiling(upper, lower) and direction in CEILINGS:
        return CEILINGS[direction]
    return OFTEN.get(direction, VERBS[direction]) if upper.kind is AmountKind.FREQUENCY else VERBS[direction]
