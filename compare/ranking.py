"""The figures of one row in, who is strictest, highest and lowest out, or why that cannot be said.

Which of several binds most follows from bound × value: each figure allows a set of values (不低于60% allows 60 and
more, 最高3000万元 that and less, 12月底前 the days up to it). A figure is the strictest if what it allows is a part of
what each other one allows, and at least one of them names another value. That is claimed only of figures with the same
bound, unit, per and base; one hedged by 力争 or 原则上 binds less than one that is not. Plain sums and totals of areas
of different size are only put in order.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from compare.changes.periods import reported
from compare.changes.verdict import rule_day
from compare.figures import Figure, FigureKind
from compare.scales import TIMES, per_key, same_value, scale_unit, scaled
from extract.notice import Amount, AmountKind, Bound, DateMention


class Reason(StrEnum):
    """Why nobody is called the strictest."""

    EQUAL = "equal"  # all name the same value
    VALIDITY = "validity"  # how long a notice is in force binds nobody more or less
    UNREAD = "unread"  # a value was not read, or is only about so much
    UNIT = "unit"
    PER = "per"
    BASE = "base"  # shares of different things, or not said of what
    YEAR = "year"  # goals for different years
    TRIGGER = "trigger"  # from which somebody is fined or loses something: a lower ceiling may bind less
    FORCE = "force"  # only some are hedged by 力争 or 原则上, and no other one is as strict
    BOUND = "bound"  # a ceiling beside a plain sum
    EXACT = "exact"  # plain sums: highest and lowest only
    TOTAL = "total"  # totals of areas of different size: highest and lowest only
    CASES = "cases"  # the sentences around them differ much: other receivers, other conditions
    OVERLAP = "overlap"  # ranges that overlap


LONGEST_MONTH = 31  # days
ORDERED = frozenset({Reason.EXACT, Reason.TOTAL})
BY_SCALE = frozenset({Reason.UNREAD, Reason.UNIT, Reason.PER})  # what does not matter where all say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Positions in the row of figures; empty where nothing can be said."""

    strictest: tuple[int, ...] = ()
    highest: tuple[int, ...] = ()
    lowest: tuple[int, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """An interval of amounts, or of days as ordinals. `None` is open; strict ends are not in it."""

    low: Decimal | None
    high: Decimal | None
    strict: bool = False

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Low and high; where one is open, the other stands for both."""
        return _first(self.low, self.high), _first(self.high, self.low)

    def within(self, other: "Allowed") -> bool:
        """Whether all that is allowed here is allowed there."""
        return _not_below(self, other) and _not_above(self, other)


def rank(figures: Sequence[Figure | None], bases: Sequence[str] = (), *, alike: bool = True) -> Ranking:
    """Of those who say anything; `bases` is what each is a share of, empty where not said.

    `alike`: the sentences around the figures are about the same cases.
    """
    said = [(at, figure) for at, figure in enumerate(figures) if figure is not None]
    if len(said) < 2:
        return Ranking()
    sets = {at: allowed for at, figure in said if (allowed := _allowed(figure)) is not None}
    told = [figure for _, figure in said]
    reason = _unlike(told, len(sets)) or _other_base([bases[at] for at, _ in said if bases])
    if reason in BY_SCALE and _are_equal(told):
        return Ranking(reason=Reason.EQUAL)
    if reason:
        return Ranking(reason=reason)
    inner = _strictest(sets)
    strictest = _firm(inner, dict(said))
    if len({one.ends for one in sets.values()}) == 1:
        return Ranking(reason=Reason.EQUAL if strictest == inner else Reason.FORCE)
    highest, lowest = _extreme(sets, 1), _extreme(sets, -1)
    reason = _only_order(told)
    reason = reason or (None if strictest else Reason.FORCE if inner else Reason.OVERLAP)
    reason = reason or (None if alike else Reason.CASES)
    return Ranking(strictest=() if reason else strictest, highest=highest, lowest=lowest, reason=reason)


def _are_equal(figures: Sequence[Figure]) -> bool:
    """Equal in value, 每人每月200元 and 每人每年2400元, or of what was not read in all words around it."""
    first, *others = figures
    return all(same_value(first, other) or _same_words(first, other) for other in others)


def _same_words(one: Figure, other: Figure) -> bool:
    return (one.quote, one.context) == (other.quote, other.context)


def _unlike(figures: Sequence[Figure], read: int) -> Reason | None:
    """What keeps the figures from being measured against each other."""
    amounts = [figure.amount for figure in figures if figure.amount]
    days = [figure.date for figure in figures if figure.date and not figure.amount]
    if any(figure.kind is FigureKind.VALIDITY for figure in figures):
        return Reason.VALIDITY
    if 0 < len(amounts) < len(figures) or len({(one.kind, scale_unit(one)) for one in amounts}) > 1:
        return Reason.UNIT
    if len({day.role for day in days}) > 1:
        return Reason.UNIT
    rules = {day.rrule for day in days}
    recurring = [figure for figure in figures if figure.date and not figure.amount]
    if len({per_key(one) for one in amounts}) > 1 or (len(rules) > 1 and not _recur_alike(recurring)):
        return Reason.PER
    return _unlike_goals(figures) or _unread(len(figures) - read, rules) or _other_bound(amounts)


def _unlike_goals(figures: Sequence[Figure]) -> Reason | None:
    if len({figure.year for figure in figures if figure.year}) > 1:
        return Reason.YEAR
    return Reason.TRIGGER if any(figure.triggers for figure in figures) else None


def _unread(count: int, rules: Set[str | None]) -> Reason | None:
    if not count:
        return None
    return Reason.EQUAL if rules - {None} else Reason.UNREAD


def _other_bound(amounts: Sequence[Amount]) -> Reason | None:
    return Reason.BOUND if len({one.bound for one in amounts}) > 1 else None


def _recur_alike(figures: Sequence[Figure]) -> bool:
    """Whether all are last days of one kind of period, for the same: 每月10日前, 每月15日前."""
    days = [figure.date for figure in figures if figure.date]
    read = [rule_day(day.rrule) for day in days if day.quote.endswith("前")]
    kinds = {day[0] for day in read if day}
    periods = {reported(figure.quote, behind=figure.around[1], before=figure.around[0]) for figure in figures}
    return len(read) == len(days) and len(kinds) == len(periods) == 1 and None not in read


def _other_base(bases: Sequence[str]) -> Reason | None:
    return Reason.BASE if len(set(bases)) > 1 else None


def _only_order(figures: Sequence[Figure]) -> Reason | None:
    """Why the figures can be put in order, and no more."""
    first = figures[0]
    if first.amount is None:
        return None
    goals = [figure.kind is FigureKind.TARGET for figure in figures]  # 其中公办5000个以上 goes on from one
    if any(goals) and first.amount.kind is AmountKind.COUNT and TIMES.issuperset(first.amount.per):
        return Reason.TOTAL
    return Reason.EXACT if first.amount.bound is Bound.EXACT and not all(goals) else None


def _allowed(figure: Figure) -> Allowed | None:
    """What a figure allows; a goal named by a plain number is a floor. `None`: not read, or only about so much."""
    amount = figure.amount
    if amount is None:
        return _days(figure.date) if figure.date else None
    low, high = scaled(amount)
    if amount.problem or amount.bound is Bound.APPROX or (low is None and high is None):
        return None
    if figure.kind is FigureKind.TARGET and amount.bound is Bound.EXACT:
        high = None
    return Allowed(low=low, high=high, strict=amount.strict)


def _days(day: DateMention) -> Allowed | None:
    if day.start is None and day.end is None:
        recurs = rule_day(day.rrule)
        return Allowed(low=None, high=Decimal(recurs[1][0] * LONGEST_MONTH + recurs[1][1])) if recurs else None
    return Allowed(low=_ordinal(day.start), high=_ordinal(day.end))


def _ordinal(day: date | None) -> Decimal | None:
    return Decimal(day.toordinal()) if day else None


def _not_below(one: Allowed, other: Allowed) -> bool:
    if other.low is None:
        return True
    return one.low is not None and (one.low > other.low or (one.low == other.low and one.strict >= other.strict))


def _not_above(one: Allowed, other: Allowed) -> bool:
    if other.high is None:
        return True
    return one.high is not None and (one.high < other.high or (one.high == other.high and one.strict >= other.strict))


def _strictest(sets: dict[int, Allowed]) -> tuple[int, ...]:
    return tuple(at for at, one in sets.items() if all(one.within(other) for other in sets.values()))


def _firm(strictest: tuple[int, ...], said: Mapping[int, Figure]) -> tuple[int, ...]:
    """Those of the strictest that are not hedged, where anybody's figure is not."""
    if all(figure.hedge for figure in said.values()):
        return strictest
    return tuple(at for at in strictest if not said[at].hedge)


def _extreme(sets: dict[int, Allowed], sign: int) -> tuple[int, ...]:
    """Those at the upper (1) or lower (-1) end."""
    ends = {at: tuple(end * sign for end in one.ends) for at, one in sets.items()}
    return tuple(
        at
        for at, end in ends.items()
        if all(a >= b for other in ends.values() for a, b in zip(end, other, strict=True))
    )


def _first(*values: Decimal | None) -> Decimal:
    return next((value for value in values if value is not None), Decimal(0))
