"""One upper notice against many lower ones as display data: what the page, the tables and the Markdown say."""

from dataclasses import dataclass
from datetime import date

from compare.comparison import Relation
from compare.matrix import Matrix, Row
from templates.comparison_view import Filter, MeasureView, PartyView
from templates.figure_view import FigureCell, State
from templates.labels import Messages
from templates.outcome import BarPart

SAME = frozenset({Relation.VERBATIM, Relation.LOCALIZED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A lower notice: its name in the head of the matrix and its line in the overview."""

    id: str
    name: str
    party: PartyView
    bar: tuple[BarPart, ...]
    material: int
    doubtful: int
    caution: str  # why “not found” says little here; empty where nothing speaks against it
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A material change in a cell."""

    label: str
    group: str
    direction: str | None
    before: str
    after: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of one side and where it stands."""

    label: str
    text: str
    place: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    column: ColumnView
    relation: Relation
    label: str
    mark: str
    moved: bool
    doubtful: bool
    confidence: float
    tags: tuple[Tag, ...]
    lower: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRowView:
    anchor: str
    section: str
    upper: Quote
    cells: tuple[CellView, ...]
    row: Row

    @property
    def quiet(self) -> bool:
        """Carried over everywhere, in place, and surely."""
        return all(cell.relation in SAME and not cell.moved and not cell.doubtful for cell in self.cells)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.relation.value for cell in self.cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRun:
    folded: bool
    rows: tuple[MatrixRowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the sentences under a heading in one column: (relation, its word, sentences)."""

    counts: tuple[tuple[str, str, int], ...]
    named: str  # the heading there, where it says something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences under one heading inside a main clause; those right under the main clause have none."""

    label: str
    heading: str
    tallies: tuple[Tally, ...]  # one a column
    runs: tuple[RowRun, ...]

    @property
    def rows(self) -> tuple[MatrixRowView, ...]:
        return tuple(row for run in self.runs for row in run.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A main clause of the upper notice."""

    id: str
    label: str
    heading: str
    tallies: tuple[Tally, ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[MatrixRowView, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """An amount, goal or deadline of the upper notice and what each column says."""

    row: str  # anchor
    kind: str
    note: str  # why nobody is called the strictest
    upper: FigureCell
    cells: tuple[FigureCell, ...]

    @property
    def kept(self) -> bool:
        return all(cell.state is State.KEPT for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedView:
    column: ColumnView
    quotes: tuple[Quote, ...]
    tags: tuple[Tag, ...]  # amounts and deadlines in it
    after: str
    confidence: float
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionView:
    label: str
    count: int  # notices that have it
    members: tuple[AddedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedView:
    """What one lower notice has no counterpart for; `parts` are (words, anchor of the first row)."""

    column: ColumnView
    count: int
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    messages: Messages
    matrix: Matrix
    upper: PartyView
    columns: tuple[ColumnView, ...]
    outcome: str
    cautions: tuple[str, ...]
    parts: tuple[Part, ...]
    figures: tuple[FigureLine, ...]
    dropped: tuple[DroppedView, ...]
    additions: tuple[AdditionView, ...]
    filters: tuple[Filter, ...]
    min_confidence: float
    generated_on: date | None
    version: str
    options: str

    @property
    def rows(self) -> tuple[MatrixRowView, ...]:
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def quiet_count(self) -> int:
        runs = (run for part in self.parts for group in part.groups for run in group.runs)
        return sum(len(run.rows) for run in runs if run.folded)

    @property
    def made(self) -> tuple[str, ...]:
        """Version, options and date, as far as they were given."""
        day = self.generated_on.isoformat() if self.generated_on else ""
        said = {"version": self.version, "options": self.options, "generated_on": day}
        return tuple(self.messages(f"foot.{name}", value=value) for name, value in said.items() if value)
