"""The rows of a matrix under the headings of the upper notice, with what became of each group in each column."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from compare.comparison import Relation
from compare.matrix import Heading
from templates.labels import Messages
from templates.matrix_view import Group, MatrixRowView, Part, RowRun, Tally
from templates.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouper:
    """Knows both sides' headings and what became of them."""

    upper: Side
    lowers: Sequence[Side]  # one a column
    headings: Mapping[str, Heading]  # by upper clause
    messages: Messages

    def parts(self, rows: Sequence[MatrixRowView]) -> tuple[Part, ...]:
        """One a main clause, in the order of the upper notice."""
        return tuple(self._part(list(members)) for _, members in groupby(rows, key=lambda row: row.section))

    def _part(self, rows: Sequence[MatrixRowView]) -> Part:
        section = rows[0].row.section
        return Part(
            id=rows[0].section,
            label=self.upper.clause_label(section),
            heading=self.upper.heading(section),
            tallies=self._tallies(section, rows),
            groups=tuple(
                self._group(clause, list(members), inner=clause != section)
                for clause, members in groupby(rows, key=lambda row: self._headed(row.row.upper.clause, section))
            ),
        )

    def _headed(self, clause: str, section: str) -> str:
        """The nearest clause around a sentence that has a heading; the section where none has."""
        own = (key for key in self.upper.lineage(clause) if key in self.upper.clauses)
        return next((key for key in own if key == section or self.upper.clauses[key].heading), section)

    def _group(self, clause: str, rows: Sequence[MatrixRowView], *, inner: bool) -> Group:
        runs = tuple(RowRun(folded=quiet, rows=tuple(run)) for quiet, run in groupby(rows, key=lambda row: row.quiet))
        return Group(
            label=self.upper.clause_label(clause) if inner else "",
            heading=self.upper.heading(clause) if inner else "",
            tallies=self._tallies(clause, rows) if inner else (),
            runs=runs,
        )

    def _tallies(self, clause: str, rows: Sequence[MatrixRowView]) -> tuple[Tally, ...]:
        return tuple(self._tally(clause, rows, at) for at in range(len(self.lowers)))

    def _tally(self, clause: str, rows: Sequence[MatrixRowView], at: int) -> Tally:
        counts = Counter(row.cells[at].relation for row in rows)
        return Tally(
            counts=tuple(
                (relation.value, self.messages(f"relation.{relation}"), counts[relation])
                for relation in Relation
                if counts[relation]
            ),
            named=self._named(clause, rows, at),
        )

    def _named(self, clause: str, rows: Sequence[MatrixRowView], at: int) -> str:
        """The heading there, where it says something else and most of the sentences that answer stand under it."""
        found = self.headings.get(clause)
        if found is None or found.relations[at] is not Relation.MODIFIED:
            return ""
        heads = {ref.clause for ref in found.lowers[at]}
        answers = {ref for row in rows for ref in row.row.cells[at].lower}
        under = sum(not heads.isdisjoint(self.lowers[at].lineage(ref.clause)) for ref in answers)
        return "".join(ref.quote for ref in found.lowers[at]) if 2 * under > len(answers) else ""
