"""Bound words of both sides in, one bound out; words that contradict each other settle nothing."""

from decimal import Decimal
from typing import NamedTuple

from extract.mentions.bounds import Cue, Side
from extract.mentions.quantity import Quantity
from extract.notice import Bound

INSIDE = ("以内", "之内", "内")  # 3至5年内 is the range 3 to 5


class Settled(NamedTuple):
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    strict: bool = False
    problem: str | None = None


def settle(quantity: Quantity, cues: tuple[Cue, ...], inclusive: bool | None, problem: str | None) -> Settled:
    """The bound that `cues` set; `inclusive` is what a （含） or （不含） says, `problem` what is unsettled already."""
    strong = [cue for cue in cues if cue.side in (Side.MIN, Side.MAX) and not cue.weak]
    if problem := problem or quantity.problem or _conflict(quantity, strong):
        return Settled(None, None, _unsettled(quantity, strong), problem=problem)
    low, high = quantity.low, quantity.high
    if quantity.is_range:
        return Settled(low, high, Bound.RANGE)
    if not strong:
        return _mild(quantity, cues, inclusive)
    strict = all(cue.strict for cue in strong) if inclusive is None else not inclusive
    if strong[0].side is Side.MIN:
        return Settled(low, None, Bound.MIN, strict)
    return Settled(None, high, Bound.MAX, strict)


def _mild(quantity: Quantity, cues: tuple[Cue, ...], inclusive: bool | None) -> Settled:
    """Nothing but 达到, 满, 约 or 左右."""
    if quantity.loose or any(cue.side is Side.APPROX for cue in cues):
        return Settled(quantity.low, quantity.high, Bound.APPROX)
    if cues:
        return Settled(quantity.low, None, Bound.MIN, inclusive is False)
    return Settled(quantity.low, quantity.high, Bound.EXACT)


def _conflict(quantity: Quantity, strong: list[Cue]) -> str | None:
    if len({cue.side for cue in strong}) > 1:
        words = "”与“".join(dict.fromkeys(cue.word for cue in strong))
        return f"“{words}”方向相反，界限不明"
    if quantity.is_range and strong and strong[0].word not in INSIDE:
        return f"“{strong[0].word}”与区间并用，界限不明"
    return None


def _unsettled(quantity: Quantity, strong: list[Cue]) -> Bound:
    """The kind of bound, as far as the words agree on one."""
    if quantity.is_range:
        return Bound.RANGE
    sides = {cue.side for cue in strong}
    if len(sides) == 1:
        return Bound.MIN if Side.MIN in sides else Bound.MAX
    return Bound.APPROX if quantity.loose else Bound.EXACT


__all__ = ["Settled", "settle"]
