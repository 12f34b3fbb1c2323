"""Rows grouped by section: a main clause of the upper notice, with what the lower notice made of it.

What the lower notice added stands in the section its neighbours belong to, after the sentence it follows;
a whole added part is a section of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from compare.comparison import Relation
from templates.row_view import RowView, SentenceView
from templates.side import Side

Key = tuple[str, str]  # (side, id of the section's clause)
# A section of more rows than this is cut into its subclauses: notices with all their tasks under 二、主要任务.
CROWD = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring rows; `folded` rows are verbatim and stand behind one line."""

    folded: bool
    rows: tuple[RowView, ...]

    @property
    def one_to_one(self) -> bool:
        return all(len(row.upper) == len(row.lower) == 1 for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    id: str
    label: str
    upper_heading: str | None
    lower_headings: tuple[str, ...]
    rows: tuple[RowView, ...]
    runs: tuple[Run, ...]

    @property
    def heading(self) -> str:
        return self.upper_heading or "；".join(self.lower_headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Which section a row belongs to.

    `crowded`: outermost clauses, a set a side, whose sections are their subclauses. `partners`: each section of the
    lower notice with the upper one it mostly follows.
    """

    sides: tuple[Side, Side]
    crowded: tuple[frozenset[str], frozenset[str]]
    partners: dict[str, str]

    def key(self, row: RowView) -> Key:
        if row.upper:
            return ("upper", self.section(row, 0))
        lower = self.section(row, 1)
        return ("upper", self.partners[lower]) if lower in self.partners else ("lower", lower)

    def section(self, row: RowView, index: int) -> str:
        sentences = row.upper if index == 0 else row.lower
        outer, *inner = self.sides[index].ancestors(sentences[0].clause)
        return inner[0] if inner and outer in self.crowded[index] else outer


def build_sections(rows: Sequence[RowView], sides: tuple[Side, Side]) -> tuple[SectionView, ...]:
    grouping = build_grouping(rows, sides)
    members: dict[Key, list[RowView]] = defaultdict(list)
    for row in sort_rows(rows):
        members[grouping.key(row)].append(row)
    ordered = sorted(members, key=lambda key: section_position(key, grouping))
    return tuple(build_section(number, key, members[key], grouping) for number, key in enumerate(ordered, 1))


def build_grouping(rows: Sequence[RowView], sides: tuple[Side, Side]) -> Grouping:
    above = Counter(sides[0].root(row.upper[0].clause) for row in rows if row.upper)
    below = Counter(sides[1].root(row.lower[0].clause) for row in rows if row.lower)
    grouping = Grouping(sides=sides, crowded=(find_crowded(above), find_crowded(below)), partners={})
    return replace(grouping, partners=find_partners(rows, grouping))


def find_crowded(roots: Counter[str]) -> frozenset[str]:
    return frozenset(root for root, count in roots.items() if count > CROWD)


def find_partners(rows: Sequence[RowView], grouping: Grouping) -> dict[str, str]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.upper and row.lower:
            seen[grouping.section(row, 1)][grouping.section(row, 0)] += 1
    return {lower: uppers.most_common(1)[0][0] for lower, uppers in seen.items()}


def sort_rows(rows: Sequence[RowView]) -> list[RowView]:
    """The order of the upper notice; an added row comes after the row of the lower sentence before it."""
    upper_start = -1
    position: dict[str, tuple[int, int]] = {}
    for row in sorted((row for row in rows if row.lower), key=lambda row: row.unit.lower[0].span.start):
        if row.upper:
            upper_start = row.unit.upper[0].span.start
        else:
            position[row.anchor] = (upper_start, row.unit.lower[0].span.start)
    return sorted(rows, key=lambda row: position.get(row.anchor) or (row.unit.upper[0].span.start, -1))


def section_position(key: Key, grouping: Grouping) -> tuple[int, int]:
    """Upper sections in their order; a section that only the lower notice has follows the one it comes after."""
    upper, lower = grouping.sides
    side, clause = key
    if side == "upper":
        return (upper.clauses[clause].span.start if clause in upper.clauses else -1, -1)
    start = lower.clauses[clause].span.start if clause in lower.clauses else -1
    before = [key for key in grouping.partners if key in lower.clauses and lower.clauses[key].span.start < start]
    nearest = max(before, key=lambda key: lower.clauses[key].span.start, default=None)
    return (section_position(("upper", grouping.partners[nearest]), grouping)[0] if nearest else -1, start)


def build_section(number: int, key: Key, rows: Sequence[RowView], grouping: Grouping) -> SectionView:
    upper, lower = grouping.sides
    lower_roots = dict.fromkeys(grouping.section(row, 1) for row in rows if row.lower)
    own = upper if key[0] == "upper" else lower
    return SectionView(
        id=f"s{number}",
        label=own.clause_label(key[1]),
        upper_heading=upper.heading(key[1]) if key[0] == "upper" else None,
        lower_headings=tuple(dict.fromkeys(lower.heading(root) for root in lower_roots)),
        rows=tuple(rows),
        runs=tuple(split_runs(rows)),
    )


def split_runs(rows: Sequence[RowView]) -> Iterator[Run]:
    for folded, run in groupby(rows, key=is_quiet):
        yield Run(folded=folded, rows=tuple(run))


def is_quiet(row: RowView) -> bool:
    return row.relation is Relation.VERBATIM and not (row.unit.moved or row.doubtful or row.heads)


def attach_heads(rows: Sequence[RowView], heads: Sequence[RowView], sides: tuple[Side, Side]) -> tuple[RowView, ...]:
    """Each heading that changed before the first row of its clause.

    A heading of both notices stands over rows of the upper clause: a sentence of the lower one may have come from
    another part. One that only the lower notice has stands over a row that did not move, where there is any.
    """
    first: dict[str, list[RowView]] = defaultdict(list)
    shown = sort_rows(rows)
    for head in heads:
        changed = head.relation in {Relation.MODIFIED, Relation.DROPPED, Relation.ADDED}
        if changed and (row := _first_under(head, shown, sides)):
            first[row.anchor].append(head)
    return tuple(replace(row, heads=tuple(first[row.anchor])) if row.anchor in first else row for row in rows)


def _first_under(head: RowView, rows: Sequence[RowView], sides: tuple[Side, Side]) -> RowView | None:
    upper, lower = sides
    above = (row for row in rows if stands_under(row.upper, head.upper, upper))
    below = [row for row in rows if stands_under(row.lower, head.lower, lower)]
    in_place = (row for row in below if not row.unit.moved)
    return next(above, None) or next(in_place, None) or next(iter(below), None)


def stands_under(sentences: Sequence[SentenceView], heads: Sequence[SentenceView], side: Side) -> bool:
    """Whether a heading stands over one of the sentences of its side."""
    return any(own.clause in side.lineage(sentence.clause) for own in heads for sentence in sentences)
