"""Figures of several notices as a reader sees them in one row: the words, what became of them, who is strictest."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from compare.figures import Figure, Ranking
from templates.labels import Messages
from templates.side import Side


class State(StrEnum):
    KEPT = "kept"  # the same value as above
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


def build_figure_cell(figure: Figure | None, side: Side, *, state: State, marks: tuple[str, ...] = ()) -> FigureCell:
    if figure is None:
        return FigureCell(state=state)
    before, _, after = figure.context.partition(figure.quote)
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
    """Strictest first; the ends are named only where nobody is strictest."""
    if ranking.strictest:
        return (messages("matrix.strictest"),) if at in ranking.strictest else ()
    ends = (("highest", ranking.highest), ("lowest", ranking.lowest))
    return tuple(messages(f"matrix.{name}") for name, places in ends if at in places)


def say_value(figure: Figure) -> tuple[str, ...]:
    """Kind of bound, low, high, unit, per, start and end as plain text, empty where open or not said."""
    amount, day = figure.amount, figure.date
    if amount is not None:
        low, high = ("" if end is None else f"{end.normalize():f}" for end in (amount.low, amount.high))
        return amount.bound.value, low, high, amount.unit or "", "、".join(amount.per), "", ""
    start, end = ("" if one is None else one.isoformat() for one in ((day.start, day.end) if day else (None, None)))
    return day.role.value if day else "", "", "", "", day.rrule or "" if day else "", start, end


def name_places(sides: Sequence[Side]) -> tuple[str, ...]:
    """A short name for each notice: its city or province where no other has it, else number, title or file."""
    areas = [side.notice.city or side.notice.province or "" for side in sides]
    return tuple(
        area if area and areas.count(area) == 1 else side.document for area, side in zip(areas, sides, strict=True)
    )
