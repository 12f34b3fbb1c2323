"""One upper notice and many lower ones in, a matrix out: rows are upper sentences, columns are lower notices.

A cell says what became of the sentence there: relation, material changes, and the lower sentences it went to; the
headings over the sentences stand in `headings`, with what became of them. Amounts and deadlines of a sentence stand
beside what each notice says instead, with who is strictest of those that speak of the same item. What lower notices
have of their own stands in `additions`, those of several that speak of the same thing as one. A sentence or figure
without counterpart was not found in that notice; why, and whether by intent, no comparison can say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from compare.basis import names_notice
from compare.clusters import Piece, find_topics
from compare.comparing import DEFAULTS, compare
from compare.comparison import Change, Comparison, Party, Relation, SentenceRef, Summary, Unit
from compare.counterparts import Answer, Passages, Sentence, key_of, pair_figures
from compare.figures import Figure, read_figures
from compare.localisation import Localiser, build_localiser
from compare.options import CompareOptions
from compare.passages import Passage, read_both, read_passages
from compare.ranking import Ranking, rank
from compare.scales import same_value
from extract.notice import Notice, Source
from extract.span import Span

Answers = Mapping[Span, Answer]  # by the span of the upper figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A lower notice as a whole."""

    lower: Party
    summary: Summary
    measures: dict[str, Decimal | None] = field(default_factory=dict)
    names_upper: bool | None = None  # by number or title; unknown where the upper notice has neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one lower notice made of one upper sentence; `unit` is the id in the comparison of that pair."""

    unit: str
    relation: Relation
    moved: bool
    confidence: float
    lower: tuple[SentenceRef, ...]
    changes: tuple[Change, ...]  # the material ones that touch this sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperFigure:
    """An amount or deadline of an upper sentence, and what each column says instead; `None` where none was found."""

    upper: Figure
    lowers: tuple[Figure | None, ...]
    kept: tuple[bool, ...]  # the same value, however written
    ranking: Ranking  # positions of columns
    apart: tuple[int, ...] = ()  # columns whose figure is of another item; they are not ranked
    hedged: tuple[int, ...] = ()  # columns of equal value, where only one side says 力争 or 原则上

    @property
    def unmoved(self) -> bool:
        """Kept in every column, of the same item and with the same force."""
        return all(self.kept) and not self.apart and not self.hedged


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    upper: SentenceRef
    section: str  # id of the top clause
    cells: tuple[Cell, ...]  # one a column
    figures: tuple[UpperFigure, ...]

    @property
    def dropped_by(self) -> tuple[int, ...]:
        """Columns without a counterpart."""
        return tuple(at for at, cell in enumerate(self.cells) if cell.relation is Relation.DROPPED)

    @property
    def changed_by(self) -> tuple[int, ...]:
        """Columns with a counterpart that says something materially different."""
        return tuple(at for at, cell in enumerate(self.cells) if cell.lower and cell.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the upper notice, and what stands instead of it in each column; empty where nothing was found."""

    upper: SentenceRef
    relations: tuple[Relation, ...]
    lowers: tuple[tuple[SentenceRef, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What one lower notice has of its own; `after` is the last upper sentence before it, if any."""

    column: int
    unit: str
    confidence: float
    lower: tuple[SentenceRef, ...]
    changes: tuple[Change, ...]
    after: SentenceRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Additions of several columns that speak of the same thing, or one alone with an empty label."""

    label: str
    members: tuple[Added, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    schema: str = "duizhao.matrix/1"
    upper: Party
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]  # in the order of the upper notice
    headings: tuple[Heading, ...] = ()  # so too
    additions: tuple[Addition, ...]


def compare_many(
    upper: Notice,
    lowers: Sequence[Notice],
    *,
    upper_source: Source,
    lower_sources: Sequence[Source],
    options: CompareOptions = DEFAULTS,
) -> Matrix:
    """Compare an upper notice with each of several lower ones.

    Raises:
        AccountingError: not every sentence of a pair stands in exactly one unit.
        ValueError: there is no lower notice.
    """
    comparisons = [
        compare(upper, lower, upper_source=upper_source, lower_source=source, options=options)
        for lower, source in zip(lowers, lower_sources, strict=True)
    ]
    return build_matrix(upper, lowers, comparisons)


def build_matrix(upper: Notice, lowers: Sequence[Notice], comparisons: Sequence[Comparison]) -> Matrix:
    """The matrix of comparisons already made, one a lower notice.

    Raises:
        ValueError: there is no lower notice.
    """
    if not comparisons:
        raise ValueError("no lower notice to compare; give at least one")
    localisers = [build_localiser(upper, lower) for lower in lowers]
    above = _by_sentence(read_passages(upper))
    below = [_by_sentence(read_both(upper, lower, of)[1]) for lower, of in zip(lowers, localisers, strict=True)]
    units = [_unit_of(comparison) for comparison in comparisons]
    answers = [
        _answers(comparison, above, there, localiser)
        for comparison, there, localiser in zip(comparisons, below, localisers, strict=True)
    ]
    passages = [passage for passage in above.values() if not passage.frame]
    return Matrix(
        upper=comparisons[0].upper,
        columns=tuple(_column(upper, lower, one) for lower, one in zip(lowers, comparisons, strict=True)),
        rows=tuple(_row(passage, [of[key_of(passage.ref)] for of in units], answers) for passage in passages),
        headings=tuple(_headings(comparisons)),
        additions=tuple(_grouped(_added(comparisons), lowers, below)),
    )


def _by_sentence(passages: Sequence[Passage]) -> Passages:
    return {key_of(passage.ref): passage for passage in passages}


def _unit_of(comparison: Comparison) -> dict[Sentence, Unit]:
    """The unit each upper sentence stands in."""
    return {key_of(ref): unit for unit in comparison.units for ref in unit.upper}


def _column(upper: Notice, lower: Notice, comparison: Comparison) -> Column:
    return Column(
        lower=comparison.lower,
        summary=comparison.summary,
        measures=comparison.measures,
        names_upper=names_notice(lower, upper),
    )


def _answers(comparison: Comparison, above: Passages, below: Passages, localiser: Localiser) -> Answers:
    found: dict[Span, Answer] = {}
    for unit in comparison.units:
        if unit.upper and unit.lower:
            found |= pair_figures(unit, above, below, localiser)
    return found


def _headings(comparisons: Sequence[Comparison]) -> Iterator[Heading]:
    of = [{ref: unit for unit in comparison.headings for ref in unit.upper} for comparison in comparisons]
    for ref in sorted(of[0], key=lambda ref: ref.span):
        units = [found[ref] for found in of]
        yield Heading(
            upper=ref, relations=tuple(unit.relation for unit in units), lowers=tuple(unit.lower for unit in units)
        )


def _row(passage: Passage, units: Sequence[Unit], answers: Sequence[Answers]) -> Row:
    return Row(
        upper=passage.ref,
        section=passage.section,
        cells=tuple(_cell(passage.ref, unit) for unit in units),
        figures=tuple(_figure(figure, answers) for figure in read_figures(passage)),
    )


def _cell(ref: SentenceRef, unit: Unit) -> Cell:
    return Cell(
        unit=unit.id,
        relation=unit.relation,
        moved=unit.moved,
        confidence=unit.confidence,
        lower=unit.lower,
        changes=tuple(change for change in unit.changes if change.material and _touches(change, ref, unit)),
    )


def _touches(change: Change, ref: SentenceRef, unit: Unit) -> bool:
    """Whether a change of the unit is one of this sentence; what was added belongs to the unit's first."""
    if change.upper_span is None or change.upper_span.start == change.upper_span.end:
        return ref == unit.upper[0]
    return ref.span.overlaps(change.upper_span)


def _figure(figure: Figure, answers: Sequence[Answers]) -> UpperFigure:
    found = [of.get(figure.span) for of in answers]
    lowers = tuple(answer.figure if answer else None for answer in found)
    apart = tuple(at for at, answer in enumerate(found) if answer and not answer.alike)
    kept = tuple(other is not None and same_value(figure, other) for other in lowers)
    return UpperFigure(
        upper=figure,
        lowers=lowers,
        kept=kept,
        ranking=rank([None if at in apart else lower for at, lower in enumerate(lowers)]),
        apart=apart,
        hedged=tuple(
            at for at, other in enumerate(lowers) if other and kept[at] and bool(figure.hedge) != bool(other.hedge)
        ),
    )


def _added(comparisons: Sequence[Comparison]) -> Iterator[Added]:
    for column, comparison in enumerate(comparisons):
        after: SentenceRef | None = None
        for unit in sorted(comparison.units, key=lambda unit: unit.lower[0].span if unit.lower else (-1, -1)):
            if unit.relation is Relation.ADDED:
                yield Added(
                    column=column,
                    unit=unit.id,
                    confidence=unit.confidence,
                    lower=unit.lower,
                    changes=tuple(change for change in unit.changes if change.material),
                    after=after,
                )
            elif unit.lower:
                after = unit.upper[-1]


def _grouped(found: Iterator[Added], lowers: Sequence[Notice], below: Sequence[Passages]) -> Iterator[Addition]:
    """What several notices added alike, by most notices first; then what each added alone."""
    added = tuple(found)
    pieces = [Piece(notice=one.column, passage=below[one.column][key_of(one.lower[0])]) for one in added]
    clusters = find_topics(pieces, lowers)
    for cluster in sorted(clusters, key=lambda one: -len({added[at].column for at in one.members})):
        yield Addition(label=cluster.label, members=tuple(added[at] for at in cluster.members))
    grouped = {at for cluster in clusters for at in cluster.members}
    yield from (Addition(label="", members=(one,)) for at, one in enumerate(added) if at not in grouped)
