"""What changed in substance, as one list: changes of sentences, of headings, and of who has to do it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compare.comparison import DepartmentRow
from compare.headings import is_material_heading
from templates.change_view import GROUPS, ChangeView, name_clauses
from templates.labels import Messages
from templates.row_view import RowView
from templates.section_view import SectionView
from templates.side import Side

LONG_LIST = 12
NOTHING = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One line of the list. `inner` stands under it and is not counted."""

    label: str
    group: str
    href: str  # anchor of the place in the report
    where: str
    heading: str  # of the clause, as printed
    before: str | None
    after: str | None
    upper_around: tuple[str, str] = NOTHING
    lower_around: tuple[str, str] = NOTHING
    direction: str | None = None
    detail: str = ""
    inner: tuple[ChangeView, ...] = ()
    clauses: tuple[str, str] = NOTHING  # above and below, where no row of the report shows them


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """`folded`: a long list of whole sentences that the body shows anyway."""

    name: str
    label: str
    items: tuple[ItemView, ...]
    folded: bool


def build_groups(
    sections: Iterable[SectionView],
    heads: Sequence[RowView],
    departments: Sequence[DepartmentRow],
    sides: tuple[Side, Side],
    messages: Messages,
) -> tuple[ItemGroup, ...]:
    """Groups by what they mean to a reader, each in the order of the report."""
    groups: dict[str, list[ItemView]] = {name: [] for name in (*GROUPS, "figures", "other", "headings", "departments")}
    for section in sections:
        for row in section.rows:
            for change in row.changes:
                if change.material and not change.nested:
                    groups[group_of(change)].append(item_of(change, row, sides))
    groups["headings"] = [heading_item(row, sides, messages) for row in heads if is_material_heading(row.unit)]
    groups["departments"] = [item for row in departments for item in duty_items(row, sides, messages)]
    order = (*(name for name in GROUPS if name != "content"), "departments", "headings", "figures", "content", "other")
    return tuple(
        ItemGroup(
            name=name,
            label=messages(f"change_group.{name}"),
            items=tuple(groups[name]),
            folded=name == "content" and len(groups[name]) > LONG_LIST,
        )
        for name in order
        if groups[name]
    )


def group_of(change: ChangeView) -> str:
    """A sentence that went with its figures is told before those without."""
    return "figures" if change.group == "content" and change.inner else change.group


def item_of(change: ChangeView, row: RowView, sides: tuple[Side, Side]) -> ItemView:
    return ItemView(
        label=change.label,
        group=change.group,
        href=change.row,
        where=change.where,
        heading=heading_of(row, sides),
        before=change.before,
        after=change.after,
        upper_around=change.upper_around,
        lower_around=change.lower_around,
        direction=change.direction,
        detail=change.detail,
        inner=change.inner,
    )


def heading_of(row: RowView, sides: tuple[Side, Side]) -> str:
    """Of the row's first clause, or the nearest above it that has one."""
    side, sentences = (sides[0], row.upper) if row.upper else (sides[1], row.lower)
    return next((found for key in side.lineage(sentences[0].clause) if (found := side.clauses[key].heading)), "")


def heading_item(row: RowView, sides: tuple[Side, Side], messages: Messages) -> ItemView:
    return ItemView(
        label=messages("material.heading"),
        group="content",
        href=row.anchor,
        where=name_clauses(row.unit, sides, messages),
        heading="",
        before="".join(sentence.text for sentence in row.upper) or None,
        after="".join(sentence.text for sentence in row.lower) or None,
        detail="".join(dict.fromkeys(change.detail for change in row.changes)),
        inner=tuple(change for change in row.changes if change.nested),
    )


def duty_items(row: DepartmentRow, sides: tuple[Side, Side], messages: Messages) -> Iterator[ItemView]:
    """A lead that changed, departments left out, departments added."""
    upper, lower = sides
    found = (
        ("lead_changed", row.upper_leads if row.lead_changed else (), row.lower_leads if row.lead_changed else ()),
        ("department_removed", row.left_out, ()),
        ("department_added", (), row.lower_only),
    )
    for name, uppers, lowers in found:
        if uppers or lowers:
            yield ItemView(
                label=messages(f"material.{name}"),
                group="duty",
                href="departments",
                where=where_of(row, sides, messages),
                heading=clause_heading(row, sides),
                before="、".join(uppers) or None,
                after="、".join(lowers) or None,
                detail=messages(f"material.{name}_help"),
                clauses=(upper.clause_label(row.upper_clause), "、".join(map(lower.clause_label, row.lower_clauses))),
            )


def where_of(row: DepartmentRow, sides: tuple[Side, Side], messages: Messages) -> str:
    """上级 一 → 本级 一/1 … 一/7: the first and the last of many lower clauses."""
    upper, lower = sides
    names = [lower.clause_label(name) for name in row.lower_clauses]
    shown = names if len(names) <= 2 else [f"{names[0]}…{names[-1]}"]
    parts = [messages("body.at_upper", clauses=upper.clause_label(row.upper_clause))]
    if shown:
        parts.append(messages("body.at_lower", clauses="、".join(shown)))
    return " → ".join(parts)


def clause_heading(row: DepartmentRow, sides: tuple[Side, Side]) -> str:
    found = sides[0].clauses.get(row.upper_clause)
    return (found.heading or "") if found else ""
