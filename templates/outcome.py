"""The outcome of a comparison in one sentence, and the bar of relations under it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from compare.comparison import Change, Comparison, Relation, Summary
from extract.notice import AmountKind
from templates.change_view import quantity_of
from templates.labels import Messages

# What the sentence counts; amounts by what they are of, those of unknown kind as amounts.
COUNTED = (*AmountKind, "amount", "target", "deadline", "condition", "content")
ENDINGS = {"removed": "removed", "changed": "changed", "gained": "added"}
DEPARTMENTS = ("lead_changed", "removed", "added")
PLACES = ("obligation_strengthened", "obligation_weakened", "actor_changed", "scope_widened", "scope_narrowed")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """A part of the bar of relations; `start` and `width` in percent of its length."""

    relation: Relation
    label: str
    count: int
    start: float
    width: float


def say_outcome(comparison: Comparison, messages: Messages) -> str:
    """63 句中 46 句照搬 …；删去 2 项金额、1 项时限 …；牵头单位变化 1 处。

    Figures of sentences that came or went are told with these, the others as changes.
    """
    clauses = [
        say_relations(comparison, messages),
        *say_changes(count_changes(comparison), messages),
        *say_apart(comparison.summary, messages),
    ]
    if len(clauses) == 1 and not has_whole(comparison):
        clauses.append(messages("outcome.no_material"))
    return messages("outcome.clause_join").join(clauses) + messages("outcome.end")


def say_material(units: int, headings: int, departments: int, messages: Messages) -> str:
    """实质改动 28 处（句中 16、小标题 0、责任单位 12）: the total never stands without its parts."""
    total = units + headings + departments
    return messages("head.material_parts", n=total, units=units, headings=headings, departments=departments)


def has_whole(comparison: Comparison) -> bool:
    return any(comparison.summary.relations.get(relation) for relation in (Relation.DROPPED, Relation.ADDED))


def say_relations(comparison: Comparison, messages: Messages) -> str:
    """Counts sentences where no unit holds several of one side, else groups."""
    single = all(len(unit.upper) <= 1 and len(unit.lower) <= 1 for unit in comparison.units)
    measure = messages("outcome.measure_sentence" if single else "outcome.measure_group")
    relations = comparison.summary.relations
    parts = [
        messages(f"outcome.{relation}", n=relations[relation], measure=measure)
        + say_figures(comparison, relation, messages)
        for relation in Relation
        if relations.get(relation)
    ]
    return messages(
        "outcome.sentences" if single else "outcome.groups",
        upper=sum(len(unit.upper) for unit in comparison.units),
        lower=sum(len(unit.lower) for unit in comparison.units),
        units=len(comparison.units),
        relations=messages("outcome.part_join").join(parts) or messages("outcome.empty"),
    )


def say_figures(comparison: Comparison, relation: Relation, messages: Messages) -> str:
    """（含 2 项金额、1 项时限） of sentences that came or went."""
    if relation not in {Relation.DROPPED, Relation.ADDED}:
        return ""
    counts: Counter[str] = Counter()
    for unit in comparison.units:
        if unit.relation is relation:
            counts.update(stem_of(change) for change in unit.changes if change.nested)
    items = [messages(f"outcome_count.{stem}", n=counts[stem]) for stem in COUNTED if counts[stem]]
    return messages("outcome.figures", items=messages("outcome.item_join").join(items)) if items else ""


def count_changes(comparison: Comparison) -> Counter[str]:
    """Changes of paired sentences, none counted again that stands inside another."""
    return Counter(
        f"{stem_of(change)}_{change.type.value.rpartition('_')[2]}"
        for unit in comparison.units
        if unit.upper and unit.lower
        for change in unit.changes
        if change.material and not change.nested
    )


def stem_of(change: Change) -> str:
    """What a change is counted as: money, percent, target, scope."""
    return quantity_of(change) or change.type.value.rpartition("_")[0]


def say_changes(changes: Counter[str], messages: Messages) -> Iterator[str]:
    """删去 …, 改动 …, 增加 …, then changes of force, actor and scope; wording and place names are left out."""
    for verb, ending in ENDINGS.items():
        items = [
            messages(f"outcome_count.{stem}", n=changes[f"{stem}_{ending}"])
            for stem in COUNTED
            if changes[f"{stem}_{ending}"]
        ]
        if items:
            yield messages(f"outcome.{verb}", items=messages("outcome.item_join").join(items))
    places = [messages(f"outcome.{name}", n=changes[name]) for name in PLACES if changes[name]]
    if places:
        yield messages("outcome.part_join").join(places)


def say_apart(summary: Summary, messages: Messages) -> Iterator[str]:
    """Headings and departments, which are no sentences."""
    if summary.material_headings:
        yield messages("outcome.headings", n=summary.material_headings)
    parts = [
        messages(f"outcome.department_{name}", n=summary.departments[name])
        for name in DEPARTMENTS
        if summary.departments.get(name)
    ]
    if parts:
        yield messages("outcome.part_join").join(parts)


def build_bar(summary: Summary, messages: Messages) -> tuple[BarPart, ...]:
    counts = {relation: summary.relations.get(relation, 0) for relation in Relation}
    total = sum(counts.values())
    parts: list[BarPart] = []
    start = 0.0
    for relation, count in counts.items():
        if count:
            width = 100 * count / total
            label = messages(f"relation.{relation}")
            parts.append(
                BarPart(relation=relation, label=label, count=count, start=round(start, 3), width=round(width, 3))
            )
            start += width
    return tuple(parts)
