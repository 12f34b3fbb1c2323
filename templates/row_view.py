"""One unit of a comparison as a row: both sides' sentences with marked changes, relation, evidence, duties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compare.comparison import Relation, SentenceRef, Unit
from templates.change_view import ChangeView, build_change, nest
from templates.labels import Messages
from templates.marked_text import Segment, mark_sentence
from templates.side import Side

# Below this confidence a reader is told to check, where he names no other limit.
DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    clause: str
    label: str  # clause and, where the clause has several, the sentence's number
    text: str
    segments: tuple[Segment, ...]
    place: str
    citation: str
    duty: str | None  # the clause's responsibility parenthesis, after its last sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    anchor: str
    unit: Unit
    relation: Relation
    label: str
    mark: str
    upper: tuple[SentenceView, ...]
    lower: tuple[SentenceView, ...]
    changes: tuple[ChangeView, ...]
    upper_departments: tuple[str, ...]
    lower_departments: tuple[str, ...]
    doubtful: bool
    evidence: tuple[tuple[str, str], ...]  # (label, value)
    heads: tuple["RowView", ...] = ()  # headings that changed and stand before this row

    @property
    def notes(self) -> tuple[ChangeView, ...]:
        """Changes told in words below the text: the material ones, and those that no mark in the text shows."""
        return tuple(
            change
            for change in self.changes
            if (change.material and not change.whole) or not (change.upper_span or change.lower_span)
        )

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.type.value for change in self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBuilder:
    """What all rows of one report share.

    `last` is the number of each clause's last sentence, one map a side; rows below the confidence `least` are to be
    checked.
    """

    sides: tuple[Side, Side]
    messages: Messages
    last: tuple[Mapping[str, int], Mapping[str, int]]
    least: float

    def build(self, unit: Unit, number: int, prefix: str) -> RowView:
        upper, lower = self.sides
        anchor = f"{prefix}{number}"
        changes = tuple(
            build_change(change, unit, self.sides, self.messages, id_=f"{anchor}-{index}", row=anchor)
            for index, change in enumerate(unit.changes, 1)
        )
        return RowView(
            anchor=anchor,
            unit=unit,
            relation=unit.relation,
            label=self.messages(f"relation.{unit.relation}"),
            mark=self.messages(f"relation_mark.{unit.relation}"),
            upper=tuple(self.build_sentence(ref, 0, changes) for ref in unit.upper),
            lower=tuple(self.build_sentence(ref, 1, changes) for ref in unit.lower),
            changes=nest(changes),
            upper_departments=join_departments(upper, unit.upper),
            lower_departments=join_departments(lower, unit.lower),
            doubtful=unit.confidence < self.least,
            evidence=tuple(
                (self.messages.label("evidence", name), f"{value:.2f}") for name, value in unit.evidence.items()
            ),
        )

    def build_sentence(self, ref: SentenceRef, index: int, changes: Sequence[ChangeView]) -> SentenceView:
        side, last = self.sides[index], self.last[index]
        label = side.clause_label(ref.clause)
        if last[ref.clause] > 1 and ref.sentence:
            label = f"{label} {self.messages('body.sentence', n=ref.sentence)}"
        return SentenceView(
            clause=ref.clause,
            label=label,
            text=side.spell(ref.clause, ref.span),
            segments=mark_sentence(ref, side.name, changes, side.cells(ref.clause)),
            place=side.place(ref.span),
            citation=side.citation(ref, ref.quote, ref.span),
            duty=side.duty(ref.clause) if ref.sentence == last[ref.clause] > 0 else None,
        )


def build_rows(
    units: Sequence[Unit], sides: tuple[Side, Side], messages: Messages, prefix: str, least: float = DOUBTFUL
) -> tuple[RowView, ...]:
    """One row a unit, in the order of the comparison; `prefix` keeps anchors of two lists apart."""
    last = (
        last_sentences(ref for unit in units for ref in unit.upper),
        last_sentences(ref for unit in units for ref in unit.lower),
    )
    builder = RowBuilder(sides=sides, messages=messages, last=last, least=least)
    return tuple(builder.build(unit, number, prefix) for number, unit in enumerate(units, 1))


def last_sentences(refs: Iterable[SentenceRef]) -> dict[str, int]:
    last: dict[str, int] = {}
    for ref in refs:
        last[ref.clause] = max(ref.sentence, last.get(ref.clause, 0))
    return last


def join_departments(side: Side, refs: Sequence[SentenceRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for ref in refs for name in side.departments(ref.clause)))
