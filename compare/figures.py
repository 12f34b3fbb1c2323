"""A sentence in, its amounts, goals and deadlines out as figures that can be laid side by side.

Which of several binds most follows from bound × value: each figure allows a set of values (不低于60% allows 60 and
more, 最高3000万元 that and less, 12月底前 the days up to it). A figure is the strictest if what it allows is a part of
what each other one allows, and at least one of them names another value. Two exact values allow different things and
neither is stricter; of those only the highest and the lowest are told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from compare.changes.deadlines import sets_time
from compare.changes.joined import Joined, join
from compare.changes.numbers import Number
from compare.changes.quantities import is_target
from compare.passages import Passage
from extract.notice import Amount, Bound, DateMention
from extract.span import Span

NUMERALS = re.compile(r"[\d.]+|[一二两三四五六七八九十百千万亿]+(?=[个次场家户名人件处项年月元])")


class FigureKind(StrEnum):
    AMOUNT = "amount"
    TARGET = "target"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One amount or deadline of one notice; `amount` or `date` holds its value."""

    kind: FigureKind
    clause: str
    quote: str
    span: Span  # in its notice's text
    context: str  # the words between two commas that it stands in
    amount: Amount | None = None
    date: DateMention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Positions in the row of figures; empty where nothing can be said."""

    strictest: tuple[int, ...] = ()
    highest: tuple[int, ...] = ()
    lowest: tuple[int, ...] = ()


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


def read_figures(passage: Passage) -> tuple[Figure, ...]:
    """In the order of the text."""
    joined = join((passage,))
    found = [_amount_figure(passage, joined, span, amount) for span, amount in joined.amounts]
    found += [_date_figure(passage, joined, span, day) for span, day in joined.dates if sets_time(day)]
    return tuple(sorted(found, key=lambda figure: figure.span))


def _amount_figure(passage: Passage, joined: Joined, span: Span, amount: Amount) -> Figure:
    number = Number(span=span, quote=amount.quote, kind=amount.kind, amount=amount)
    kind = FigureKind.TARGET if is_target(joined, number) else FigureKind.AMOUNT
    context = joined.quote(joined.segment_at(span.start))
    return Figure(
        kind=kind, clause=passage.ref.clause, quote=amount.quote, span=amount.span, context=context, amount=amount
    )


def _date_figure(passage: Passage, joined: Joined, span: Span, day: DateMention) -> Figure:
    context = joined.quote(joined.segment_at(span.start))
    return Figure(
        kind=FigureKind.DEADLINE,
        clause=passage.ref.clause,
        quote=day.quote,
        span=day.span,
        context=context,
        date=day,
    )


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures stand on one scale: kind, unit and what it is counted by."""
    if one.amount and other.amount:
        a, b = one.amount, other.amount
        return (a.kind, a.unit, sorted(a.per)) == (b.kind, b.unit, sorted(b.per))
    return one.date is not None and other.date is not None and one.date.role is other.date.role


def same_value(one: Figure, other: Figure) -> bool:
    """Equal in value and bound, however written."""
    if one.date and other.date:
        a, b = one.date, other.date
        return (a.start, a.end, a.rrule) == (b.start, b.end, b.rrule) != (None, None, None)
    if not (one.amount and other.amount and comparable(one, other)):
        return False
    c, d = one.amount, other.amount
    return (c.low, c.high, c.bound, c.strict) == (d.low, d.high, d.bound, d.strict) and c.problem is d.problem is None


def rank(figures: Sequence[Figure | None]) -> Ranking:
    """Who is strictest, highest and lowest among those who say anything."""
    said = [(at, figure) for at, figure in enumerate(figures) if figure is not None]
    sets = {at: allowed for at, figure in said if (allowed := _allowed(figure)) is not None}
    if len(sets) < 2 or len(sets) < len(said) or not all(comparable(said[0][1], other) for _, other in said):
        return Ranking()
    return Ranking(strictest=_strictest(sets), highest=_extreme(sets, 1), lowest=_extreme(sets, -1))


def _allowed(figure: Figure) -> Allowed | None:
    """What a figure allows; a goal named by a plain number is a floor. `None`: not read, or only about so much."""
    if figure.date is not None:
        return _days(figure.date)
    amount = figure.amount
    if amount is None or amount.problem or amount.bound is Bound.APPROX:
        return None
    low, high = amount.low, amount.high
    if low is None and high is None:
        return None
    if figure.kind is FigureKind.TARGET and amount.bound is Bound.EXACT:
        high = None
    return Allowed(low=low, high=high, strict=amount.strict)


def _days(day: DateMention) -> Allowed | None:
    if day.start is None and day.end is None:
        return None
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
    """Nobody where the values are the same and only the words for the bound differ."""
    inside = [at for at, one in sets.items() if all(one.within(other) for other in sets.values())]
    return tuple(inside) if len({one.ends for one in sets.values()}) > 1 else ()


def _extreme(sets: dict[int, Allowed], sign: int) -> tuple[int, ...]:
    """Those at the upper (1) or lower (-1) end; nothing where all are equal, or a floor stands beside a ceiling."""
    if any(one.low is None for one in sets.values()) and any(one.high is None for one in sets.values()):
        return ()
    ends = {at: tuple(end * sign for end in one.ends) for at, one in sets.items()}
    top = [
        at
        for at, end in ends.items()
        if all(a >= b for other in ends.values() for a, b in zip(end, other, strict=True))
    ]
    return tuple(top) if len(set(ends.values())) > 1 else ()


def _first(*values: Decimal | None) -> Decimal:
    return next((value for value in values if value is not None), Decimal(0))


def wording(figure: Figure) -> str:
    """The words around a figure without its number, to tell what it is an amount of."""
    return NUMERALS.sub("", figure.context)
