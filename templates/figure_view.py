"""Figures of several notices as a reader sees them in one row: the words, what became of them, who is strictest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compare.figures import Figure, FigureKind
from compare.ranking import Ranking
from templates.labels import Messages
from templates.mention_table import number
from templates.recurrence import say_recurrence
from templates.side import Side
from templates.table import Cell


class State(StrEnum):
    KEPT = "kept"  # the same value as above
    HEDGED = "hedged"  # so too, but with a 力争 that stands on one side only
    CHANGED = "changed"
    GONE = "gone"
    SAID = "said"  # nothing above to measure it by
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """One notice's figure; `before` and `after` are the words around it, `marks` its rank in words."""

    state: State
    quote: str = ""
    before: str = ""
    after: str = ""
    where: str = ""
    place: str = ""
    citation: str = ""
    marks: tuple[str, ...] = ()
    problem: str = ""

    @property
    def at(self) -> str:
        """The clause in brackets: a bare 一 below a value looks like the dash of one that is missing."""
        return f"［{self.where}］" if self.where else ""


def build_figure_cell(figure: Figure | None, side: Side, *, state: State, marks: tuple[str, ...] = ()) -> FigureCell:
    if figure is None:
        return FigureCell(state=state)
    before, after = _around(figure, side)
    value = figure.amount or figure.date
    return FigureCell(
        state=state,
        quote=figure.quote,
        before=before,
        after=after,
        where=side.clause_label(figure.clause),
        place=side.place(figure.span),
        citation=cite_figure(figure, side),
        marks=marks,
        problem=(value.problem if value else None) or "",
    )


def _around(figure: Figure, side: Side) -> tuple[str, str]:
    """The words beside it; those of a row of a table with its cells parted."""
    if side.cells(figure.clause):
        return side.spell_around(figure.clause, figure.span, figure.context_span)
    return figure.around


def say_kind(figures: Iterable[Figure | None], messages: Messages) -> str:
    """金额 · 不超过; the bound only where all have it."""
    said = [figure for figure in figures if figure is not None]
    amounts = [figure.amount for figure in said if figure.amount is not None]
    kind = messages(f"figure_kind.{said[0].kind}")
    if said[0].kind is FigureKind.VALIDITY or len(amounts) < len(said):
        return kind
    quantity = messages(f"amount_kind.{amounts[0].kind}")
    words = [kind, quantity] if said[0].kind is FigureKind.TARGET else [quantity]
    if len({amount.bound for amount in amounts}) == 1:
        words.append(messages(f"bound.{amounts[0].bound}"))
    return " · ".join(words)


def say_note(ranking: Ranking, messages: Messages) -> str:
    """Why nobody is called the strictest; empty where somebody is."""
    return messages(f"no_rank.{ranking.reason}") if ranking.reason else ""


def cite_figure(figure: Figure, side: Side) -> str:
    return side.messages(
        "place.citation",
        document=side.document,
        clause=side.clause_label(figure.clause),
        sentence="",
        quote=figure.quote,
        file=side.source.name,
        place=side.place(figure.span),
    )


def say_marks(ranking: Ranking, at: int, messages: Messages) -> tuple[str, ...]:
    """Strictest first; the ends are named only where nobody is strictest. Several at one end are so alike."""
    ends = (("highest", ranking.highest), ("lowest", ranking.lowest))
    found = (("strictest", ranking.strictest),) if ranking.strictest else ends
    return tuple(
        messages("matrix.alike", mark=messages(f"matrix.{name}")) if len(places) > 1 else messages(f"matrix.{name}")
        for name, places in found
        if at in places
    )


def say_value(figure: Figure, messages: Messages) -> tuple[Cell, ...]:
    """Kind of bound, low, high, unit, per, start and end; empty where open or not said. Of what recurs the end is the
    day of its period: 年, 12月15日."""
    amount, day = figure.amount, figure.date
    start, end = ("" if one is None else one.isoformat() for one in ((day.start, day.end) if day else (None, None)))
    if amount is not None:
        bound, unit = messages(f"bound.{amount.bound}"), messages.label("unit", amount.unit) if amount.unit else ""
        return bound, number(amount.low), number(amount.high), unit, "、".join(amount.per), start, end
    per, last = say_recurrence(day.rrule, messages) if day and day.rrule else ("", "")
    return messages(f"date_role.{day.role}") if day else "", "", "", "", per, start, end or last


def name_places(sides: Sequence[Side]) -> tuple[str, ...]:
    """A short name for each notice: its city or province where no other has it, else number, title or file."""
    areas = [side.notice.city or side.notice.province or "" for side in sides]
    return tuple(
        area if area and areas.count(area) == 1 else side.document for area, side in zip(areas, sides, strict=True)
    )
