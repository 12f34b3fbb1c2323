"""Two notices in, their comparison out. Reads as its steps: passages, alignment, changes, departments, measures."""

from collections import Counter
from collections.abc import Sequence

from compare.align import Link, align
from compare.basis import names_notice
from compare.changes import classify
from compare.comparison import Accounting, Caution, Comparison, DepartmentRow, Summary, Unit
from compare.departments import compare_departments
from compare.headings import compare_headings, is_material_heading
from compare.localisation import Localiser, build_localiser
from compare.measures import measure
from compare.options import CompareOptions
from compare.party import party_of
from compare.passages import Passage, read_both
from extract.errors import DuizhaoError
from extract.notice import Notice, Source

DEFAULTS = CompareOptions()


class AccountingError(DuizhaoError):
    """A sentence stands in no unit or in several: a bug, never a property of a notice."""

    def __init__(self, side: str, expected: int, accounted: int) -> None:
        super().__init__(side, expected, accounted)
        self.side = side
        self.expected = expected
        self.accounted = accounted

    def __str__(self) -> str:
        return f"{self.side}：共 {self.expected} 句，对照单元中有 {self.accounted} 句；请报告此问题"


def compare(
    upper: Notice, lower: Notice, *, upper_source: Source, lower_source: Source, options: CompareOptions = DEFAULTS
) -> Comparison:
    """Compare a notice with one that carries it out.

    Raises:
        AccountingError: not every sentence stands in exactly one unit.
    """
    localiser = build_localiser(upper, lower)
    above, below = read_both(upper, lower, localiser)
    links, units = _compare_part(above, below, localiser, options, frame=False)
    _, frame = _compare_part(above, below, localiser, options, frame=True)
    headings = compare_headings(upper, lower, units, localiser)
    departments = compare_departments(upper, lower, units, localiser) if options.departments else ()
    return Comparison(
        upper=party_of(upper, upper_source),
        lower=party_of(lower, lower_source),
        units=units,
        frame=frame,
        headings=headings,
        cautions=(*_cautions_of_level(localiser), *_cautions_of_content(upper, lower, units)),
        departments=departments,
        accounting=_accounting(above, below, (*units, *frame), headings),
        summary=_summary(units, headings, departments),
        measures=measure(_part(above, frame=False), _part(below, frame=False), links, units)
        if options.measures
        else {},
    )


def _part(passages: Sequence[Passage], *, frame: bool) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.frame is frame)


def _compare_part(
    above: Sequence[Passage], below: Sequence[Passage], localiser: Localiser, options: CompareOptions, *, frame: bool
) -> tuple[tuple[Link, ...], tuple[Unit, ...]]:
    upper, lower = _part(above, frame=frame), _part(below, frame=frame)
    links = align(upper, lower, localiser, options)
    prefix = "f" if frame else "u"
    return links, tuple(
        _unit(f"{prefix}{number}", link, upper, lower, localiser) for number, link in enumerate(links, start=1)
    )


def _unit(name: str, link: Link, upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser) -> Unit:
    ups, lows = [upper[i] for i in link.upper], [lower[j] for j in link.lower]
    relation, changes = classify(ups, lows, localiser)
    return Unit(
        id=name,
        upper=tuple(passage.ref for passage in ups),
        lower=tuple(passage.ref for passage in lows),
        shape=_shape(len(ups), len(lows)),
        relation=relation,
        moved=link.moved,
        similarity=link.similarity,
        confidence=link.confidence,
        evidence=link.evidence,
        changes=changes,
    )


def _shape(upper_count: int, lower_count: int) -> str:
    if upper_count > 1 and lower_count > 1:
        return "n:m"
    return f"{'n' if upper_count > 1 else upper_count}:{'n' if lower_count > 1 else lower_count}"


def _cautions_of_level(localiser: Localiser) -> tuple[Caution, ...]:
    """By the levels of the issuers, where both are known."""
    upper, lower = localiser.upper.rank, localiser.lower.rank
    if upper is None or lower is None or upper < lower:
        return ()
    return (Caution.SAME_LEVEL if upper == lower else Caution.REVERSED,)


def _cautions_of_content(upper: Notice, lower: Notice, units: Sequence[Unit]) -> tuple[Caution, ...]:
    """By how many upper sentences have a counterpart."""
    answered = sum(len(unit.upper) for unit in units if unit.lower)
    if 2 * answered >= sum(len(unit.upper) for unit in units):
        return ()
    return (Caution.UNRELATED if names_notice(lower, upper) is False else Caution.PARTIAL,)


def _accounting(
    above: Sequence[Passage], below: Sequence[Passage], units: Sequence[Unit], headings: Sequence[Unit]
) -> Accounting:
    counted = []
    for name, passages, refs in (
        ("上级文件", above, [ref for unit in units for ref in unit.upper]),
        ("本级文件", below, [ref for unit in units for ref in unit.lower]),
    ):
        if Counter(refs) != Counter(passage.ref for passage in passages):
            raise AccountingError(name, len(passages), len(set(refs)))
        counted.append(len(refs))
    return Accounting(
        upper_sentences=len(above),
        upper_accounted=counted[0],
        lower_sentences=len(below),
        lower_accounted=counted[1],
        upper_headings=sum(len(unit.upper) for unit in headings),
        lower_headings=sum(len(unit.lower) for unit in headings),
    )


def _summary(units: Sequence[Unit], headings: Sequence[Unit], departments: Sequence[DepartmentRow]) -> Summary:
    changes = [change for unit in units for change in unit.changes]
    return Summary(
        relations=_relations(units),
        changes=dict(sorted(Counter(str(change.type) for change in changes).items())),
        material=sum(change.material and not change.nested for change in changes),
        headings=_relations(headings),
        material_headings=sum(is_material_heading(unit) for unit in headings),
        departments={
            "lead_changed": sum(row.lead_changed for row in departments),
            "removed": sum(bool(row.left_out) for row in departments),
            "added": sum(bool(row.lower_only) for row in departments),
        },
    )


def _relations(units: Sequence[Unit]) -> dict[str, int]:
    return dict(sorted(Counter(str(unit.relation) for unit in units).items()))
