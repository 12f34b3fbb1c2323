"""A matrix and its notices in, the view of it out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from compare.comparison import Relation, SentenceRef
from compare.figures import Figure
from compare.matrix import Added, Addition, Cell, Column, Matrix, Row, UpperFigure
from compare.ranking import Reason
from extract.notice import Notice, Source
from templates.change_view import group_of, label_of, say_direction, spell
from templates.comparison_view import Choice, Filter, build_measure, build_party, say_options
from templates.figure_view import State, build_figure_cell, name_places, say_kind, say_marks, say_note
from templates.labels import Messages, load_messages
from templates.matrix_cautions import say_caution, say_cautions
from templates.matrix_groups import Grouper
from templates.matrix_view import (
    SAME,
    AddedView,
    AdditionView,
    CellView,
    ColumnView,
    DroppedView,
    FigureLine,
    MatrixRowView,
    MatrixView,
    Part,
    Quote,
    Tag,
)
from templates.outcome import build_bar
from templates.row_view import DOUBTFUL, last_sentences
from templates.side import Side, build_side


def build_matrix_view(
    matrix: Matrix,
    upper: Notice,
    lowers: Sequence[Notice],
    *,
    upper_source: Source,
    lower_sources: Sequence[Source],
    min_confidence: float = DOUBTFUL,
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> MatrixView:
    """Cells below `min_confidence` are marked as to be checked."""
    messages = load_messages(lang)
    sides = [build_side("lower", one, source, messages) for one, source in zip(lowers, lower_sources, strict=True)]
    builder = MatrixBuilder(
        matrix=matrix, upper=build_side("upper", upper, upper_source, messages), sides=sides, least=min_confidence
    )
    parts = builder.parts()
    return MatrixView(
        messages=messages,
        matrix=matrix,
        upper=build_party(matrix.upper, builder.upper),
        columns=builder.columns,
        outcome=say_outcome(matrix, messages),
        cautions=say_cautions(matrix, [column.name for column in builder.columns], messages),
        parts=parts,
        figures=builder.figures(),
        dropped=builder.dropped(parts),
        additions=tuple(builder.addition(one) for one in matrix.additions),
        filters=build_filters(parts, messages),
        min_confidence=min_confidence,
        generated_on=generated_on,
        version=version,
        options=say_options(options, messages),
    )


def say_outcome(matrix: Matrix, messages: Messages) -> str:
    """What became of the upper sentences over all notices, in one sentence."""
    rows, width = matrix.rows, len(matrix.columns)
    shared = sum(len({one.column for one in addition.members}) > 1 for addition in matrix.additions)
    counts = {
        "same_everywhere": sum(all(cell.relation in SAME for cell in row.cells) for row in rows),
        "changed_somewhere": sum(bool(row.changed_by) for row in rows),
        "dropped_somewhere": sum(bool(row.dropped_by) for row in rows),
        "dropped_everywhere": sum(len(row.dropped_by) == width for row in rows),
        "figures_moved": sum(not figure.unmoved for row in rows for figure in row.figures),
        "additions": sum(len(addition.members) for addition in matrix.additions),
        "additions_shared": shared,
    }
    said = (messages(f"matrix.{name}", n=count) for name, count in counts.items() if count)
    relations = messages("outcome.part_join").join(said) or messages("outcome.empty")
    return messages("matrix.outcome", sentences=len(rows), notices=width, relations=relations) + messages("outcome.end")


def build_filters(parts: Sequence[Part], messages: Messages) -> tuple[Filter, ...]:
    rows = [row for part in parts for row in part.rows]
    counts = {relation: sum(relation.value in row.kinds for row in rows) for relation in Relation}
    kinds = tuple(
        Choice(value=relation, label=messages(f"relation.{relation}"), count=count)
        for relation, count in counts.items()
        if count
    )
    sections = tuple(Choice(value=one.id, label=one.label, count=len(one.rows), hint=one.heading) for one in parts)
    return (
        Filter(name="relation", label=messages("filter_notice.matrix"), choices=kinds),
        Filter(name="section", label=messages("filter.section"), choices=sections),
    )


class MatrixBuilder:
    """Turns one matrix into views; knows the sides and what the columns are called."""

    def __init__(self, *, matrix: Matrix, upper: Side, sides: Sequence[Side], least: float) -> None:
        self.matrix = matrix
        self.upper = upper
        self.sides = sides
        self.least = least
        self.messages = upper.messages
        self.last = last_sentences(row.upper for row in matrix.rows)
        names = name_places(sides)
        self.columns = tuple(self._column(at, column, names[at]) for at, column in enumerate(matrix.columns))

    def _column(self, at: int, column: Column, name: str) -> ColumnView:
        return ColumnView(
            id=f"c{at + 1}",
            name=name,
            party=build_party(column.lower, self.sides[at]),
            bar=build_bar(column.summary, self.messages),
            material=column.summary.material_total,
            doubtful=self._doubtful(at),
            caution=say_caution(self.matrix, at, self.messages),
            measures=tuple(build_measure(key, value, self.messages) for key, value in column.measures.items()),
        )

    def _doubtful(self, at: int) -> int:
        """Groups to be checked, as the pair's own report counts them: each once, added ones too."""
        units = {row.cells[at].unit: row.cells[at].confidence for row in self.matrix.rows}
        added = (one for addition in self.matrix.additions for one in addition.members if one.column == at)
        units |= {one.unit: one.confidence for one in added}
        return sum(confidence < self.least for confidence in units.values())

    def parts(self) -> tuple[Part, ...]:
        """The rows under their top clauses, in the order of the upper notice."""
        sections = {
            section: f"s{at}" for at, section in enumerate(dict.fromkeys(r.section for r in self.matrix.rows), 1)
        }
        rows = [self._row(f"r{number}", row, sections[row.section]) for number, row in enumerate(self.matrix.rows, 1)]
        grouper = Grouper(
            upper=self.upper,
            headings={one.upper.clause: one for one in self.matrix.headings},
            lowers=self.sides,
            messages=self.messages,
        )
        return grouper.parts(rows)

    def _row(self, anchor: str, row: Row, section: str) -> MatrixRowView:
        cells = tuple(self._cell(at, cell, row.upper) for at, cell in enumerate(row.cells))
        return MatrixRowView(
            anchor=anchor, section=section, upper=self._quote(self.upper, row.upper), cells=cells, row=row
        )

    def _cell(self, at: int, cell: Cell, upper: SentenceRef) -> CellView:
        return CellView(
            column=self.columns[at],
            relation=cell.relation,
            label=self.messages(f"relation.{cell.relation}"),
            mark=self.messages(f"relation_mark.{cell.relation}"),
            moved=cell.moved,
            doubtful=cell.confidence < self.least,
            confidence=cell.confidence,
            tags=tuple(self._tags(at, cell, upper)),
            lower=tuple(self._quote(self.sides[at], ref) for ref in cell.lower),
        )

    def _tags(self, at: int, of: Cell | Added, upper: SentenceRef | None = None) -> Iterator[Tag]:
        """Each change once, without those inside another; that a whole sentence came or went the relation says."""
        for change in of.changes:
            if change.nested:
                continue
            before = spell(self.upper, [upper] if upper else [], change.upper_span, change.upper_quote) or ""
            absent = self.messages.sections["matrix_change"].get(change.type)
            yield Tag(
                label=absent or label_of(change, self.messages),
                group=group_of(change.type),
                direction=say_direction(change, self.messages),
                before=before,
                after=spell(self.sides[at], of.lower, change.lower_span, change.lower_quote) or "",
                detail=self.messages("matrix.lacks", words=before) if absent else change.detail,
            )

    def _quote(self, side: Side, ref: SentenceRef) -> Quote:
        label = side.clause_label(ref.clause)
        if side is self.upper and self.last[ref.clause] > 1:
            label = f"{label} {self.messages('body.sentence', n=ref.sentence)}"
        return Quote(
            label=label,
            text=side.spell(ref.clause, ref.span),
            place=side.place(ref.span),
            citation=side.citation(ref, ref.quote, ref.span),
        )

    def figures(self) -> tuple[FigureLine, ...]:
        return tuple(
            self._figure(f"r{number}", figure)
            for number, row in enumerate(self.matrix.rows, 1)
            for figure in row.figures
        )

    def _figure(self, anchor: str, figure: UpperFigure) -> FigureLine:
        states = [self._state(at, figure) for at in range(len(figure.lowers))]
        tied = [at for at, state in enumerate(states) if state is State.KEPT] if states.count(State.KEPT) > 1 else []
        cells = (
            build_figure_cell(
                lower, self.sides[at], state=states[at], marks=() if at in tied else self._marks(at, figure)
            )
            for at, lower in enumerate(figure.lowers)
        )
        return FigureLine(
            row=anchor,
            kind=say_kind([figure.upper], self.messages),
            note=self.messages("matrix.note_join").join(self._notes(figure, tied)),
            upper=build_figure_cell(figure.upper, self.upper, state=State.SAID),
            cells=tuple(cells),
        )

    def _state(self, at: int, figure: UpperFigure) -> State:
        """An equal number of another item is not kept."""
        if figure.lowers[at] is None:
            return State.GONE
        if at in figure.apart or not figure.kept[at]:
            return State.CHANGED
        return State.HEDGED if at in figure.hedged else State.KEPT

    def _marks(self, at: int, figure: UpperFigure) -> tuple[str, ...]:
        if at in figure.apart:
            return (self.messages("matrix.apart"),)
        force = (self._force(figure.upper, figure.lowers[at]),) if at in figure.hedged else ()
        return (*force, *say_marks(figure.ranking, at, self.messages))

    def _force(self, upper: Figure, lower: Figure | None) -> str:
        """What the one hedges with and the other does not."""
        word = lower.hedge if lower else None
        key = "hedged" if word else "unhedged"
        return self.messages(f"matrix.{key}", word=word or upper.hedge or "")

    def _notes(self, figure: UpperFigure, tied: Sequence[int]) -> Iterator[str]:
        """Why nobody is the strictest, who is not ranked, and the rank that all who kept the figure have alike."""
        if figure.ranking.reason not in {None, Reason.EQUAL}:
            yield say_note(figure.ranking, self.messages)
        if figure.apart:
            yield self.messages("matrix.apart_note", n=len(figure.apart))
        for mark in say_marks(figure.ranking, tied[0], self.messages) if tied else ():
            yield self.messages("matrix.tied", n=len(tied), mark=mark)

    def dropped(self, parts: Sequence[Part]) -> tuple[DroppedView, ...]:
        return tuple(self._dropped(at, parts) for at in range(len(self.columns)))

    def _dropped(self, at: int, parts: Sequence[Part]) -> DroppedView:
        gone = [(part, row) for part in parts for row in part.rows if row.cells[at].relation is Relation.DROPPED]
        counts = Counter(part.id for part, _ in gone)
        firsts = {part.id: (part, row) for part, row in reversed(gone)}
        said = (
            (self.messages("matrix.dropped_in", section=part.heading, n=counts[part.id]), row.anchor)
            for part, row in sorted(firsts.values(), key=lambda found: found[1].row.upper.span)
        )
        return DroppedView(column=self.columns[at], count=len(gone), parts=tuple(said))

    def addition(self, addition: Addition) -> AdditionView:
        return AdditionView(
            label=addition.label,
            count=len({one.column for one in addition.members}),
            members=tuple(self._added(one) for one in addition.members),
        )

    def _added(self, one: Added) -> AddedView:
        after = self.upper.clause_label(one.after.clause) if one.after else ""
        return AddedView(
            column=self.columns[one.column],
            quotes=tuple(self._quote(self.sides[one.column], ref) for ref in one.lower),
            tags=tuple(tag for tag in self._tags(one.column, one) if tag.group != "content"),
            after=self.messages("matrix.after", clause=after) if after else "",
            confidence=one.confidence,
            doubtful=one.confidence < self.least,
        )
