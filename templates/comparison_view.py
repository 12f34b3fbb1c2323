"""A comparison as display data: domain types in, everything a template says out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from compare.comparison import ChangeType, Comparison, Party, Relation
from extract.notice import Notice, Source
from templates.crops import NO_CROPS, Crops
from templates.department_view import Matrix, build_matrix
from templates.labels import Messages, load_messages
from templates.material_view import ItemGroup, build_groups
from templates.outcome import BarPart, build_bar, say_material, say_outcome
from templates.row_view import DOUBTFUL, RowView, build_rows
from templates.section_view import SectionView, attach_heads, build_sections
from templates.side import Side, build_side

# Measures of this kind lie between 0 and 1 and are read as percentages.
SHARES = ("_share", "_retention")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    role: str  # 上级文件 | 本级文件
    document_number: str
    title: str
    issuers: str
    issued_on: str  # ISO day, empty where the notice does not say
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One chip of a filter; `count` rows answer to it."""

    value: str
    label: str
    count: int
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    name: str  # relation | type | section | department
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    label: str
    value: str
    definition: str
    share: float | None  # 0..1 for the chart, where the measure is a share
    number: float | None  # for tables that are sorted and computed with
    is_share: bool  # read as a percentage, also where there is nothing to measure


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    messages: Messages
    comparison: Comparison
    parties: tuple[PartyView, PartyView]
    outcome: str
    bar: tuple[BarPart, ...]
    cautions: tuple[str, ...]
    material: tuple[ItemGroup, ...]
    rows: tuple[RowView, ...]
    sections: tuple[SectionView, ...]
    frame: tuple[RowView, ...]
    heads: tuple[RowView, ...]
    matrix: Matrix
    filters: tuple[Filter, ...]
    measures: tuple[MeasureView, ...]
    generated_on: date | None
    version: str
    options: str
    min_confidence: float
    crops: Crops

    @property
    def doubtful(self) -> str:
        """How many rows are to be checked, in words; empty where none is."""
        count = sum(row.doubtful for row in self.rows)
        return self.messages("head.doubtful", n=count, least=f"{self.min_confidence:.2f}") if count else ""

    @property
    def material_count(self) -> int:
        """As many as the list has lines."""
        return sum(len(group.items) for group in self.material)

    @property
    def material_line(self) -> str:
        """How many, and of what."""
        counts = {group.name: len(group.items) for group in self.material}
        apart = {name: counts.pop(name, 0) for name in ("headings", "departments")}
        return say_material(sum(counts.values()), apart["headings"], apart["departments"], self.messages)

    @property
    def quiet_count(self) -> int:
        return sum(len(run.rows) for section in self.sections for run in section.runs if run.folded)

    @property
    def accounting(self) -> str:
        return self.messages("foot.accounting", **asdict(self.comparison.accounting))

    @property
    def made(self) -> tuple[str, ...]:
        """Version, options and date, as far as they were given."""
        day = self.generated_on.isoformat() if self.generated_on else ""
        said = {"version": self.version, "options": self.options, "generated_on": day}
        return tuple(self.messages(f"foot.{name}", value=value) for name, value in said.items() if value)

    def departments_of(self, row: RowView) -> tuple[str, ...]:
        return self.matrix.row_ids(row.upper_departments + row.lower_departments)


def build_comparison_view(
    comparison: Comparison,
    upper: Notice,
    lower: Notice,
    *,
    upper_source: Source,
    lower_source: Source,
    min_confidence: float = DOUBTFUL,
    crops: Crops = NO_CROPS,
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> ComparisonView:
    """Rows below `min_confidence` are marked as to be checked.

    `options` are shown as given, in the order of their names; without `generated_on` the report bears no date.
    """
    messages = load_messages(lang)
    sides = (build_side("upper", upper, upper_source, messages), build_side("lower", lower, lower_source, messages))
    heads = build_rows(comparison.headings, sides, messages, "h", min_confidence)
    rows = attach_heads(build_rows(comparison.units, sides, messages, "r", min_confidence), heads, sides)
    sections = build_sections(rows, sides)
    matrix = build_matrix(comparison.departments, sides)
    return ComparisonView(
        messages=messages,
        comparison=comparison,
        parties=(build_party(comparison.upper, sides[0]), build_party(comparison.lower, sides[1])),
        outcome=say_outcome(comparison, messages),
        bar=build_bar(comparison.summary, messages),
        cautions=tuple(messages(f"head.{caution}") for caution in comparison.cautions),
        material=build_groups(sections, heads, comparison.departments, sides, messages),
        rows=rows,
        sections=sections,
        frame=build_rows(comparison.frame, sides, messages, "f", min_confidence),
        heads=heads,
        matrix=matrix,
        filters=build_filters(rows, sections, matrix, messages),
        measures=tuple(build_measure(name, value, messages) for name, value in comparison.measures.items()),
        generated_on=generated_on,
        version=version,
        options=say_options(options, messages),
        min_confidence=min_confidence,
        crops=crops,
    )


def say_options(options: Mapping[str, str] | None, messages: Messages) -> str:
    return "，".join(f"{messages.label('option', name)} {value}" for name, value in sorted((options or {}).items()))


def build_party(party: Party, side: Side) -> PartyView:
    messages, notice = side.messages, side.notice
    issued_on = party.issued_on or notice.issued_on
    return PartyView(
        role=messages(f"head.{side.name}"),
        document_number=party.document_number or notice.document_number or messages("head.no_number"),
        title=party.title or notice.title or messages("head.no_title"),
        issuers="、".join(party.issuers or notice.issuers),
        issued_on=issued_on.isoformat() if issued_on else "",
        source=side.source,
    )


def build_filters(
    rows: Sequence[RowView], sections: Sequence[SectionView], matrix: Matrix, messages: Messages
) -> tuple[Filter, ...]:
    relations = [
        Choice(
            value=relation, label=messages(f"relation.{relation}"), count=sum(row.relation is relation for row in rows)
        )
        for relation in Relation
    ]
    types = [
        Choice(value=type_, label=messages(f"change.{type_}"), count=sum(type_.value in row.types for row in rows))
        for type_ in ChangeType
    ]
    parts = [
        Choice(value=section.id, label=section.label, count=len(section.rows), hint=section.heading)
        for section in sections
    ]
    named = [matrix.row_ids(row.upper_departments + row.lower_departments) for row in rows]
    departments = [
        Choice(value=row.id, label=" / ".join((*row.upper, *row.lower)), count=sum(row.id in ids for ids in named))
        for row in matrix.rows
    ]
    choices = {"relation": relations, "type": types, "section": parts, "department": departments}
    return tuple(
        Filter(name=name, label=messages(f"filter.{name}"), choices=tuple(item for item in items if item.count))
        for name, items in choices.items()
    )


def build_measure(name: str, value: Decimal | None, messages: Messages) -> MeasureView:
    return MeasureView(
        label=messages.label("measure", name),
        value="—" if value is None else f"{value:.1%}" if name.endswith(SHARES) else f"{value:.2f}",
        definition=messages.sections["measure_help"].get(name, ""),
        share=float(value) if value is not None and name.endswith(SHARES) else None,
        number=None if value is None else float(value),
        is_share=name.endswith(SHARES),
    )
