"""One typed change as a reader sees it: label, from and to, where it stands, what to cite."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.comparison import Change, ChangeType, Relation, SentenceRef, Unit
from extract.notice import AmountKind
from extract.span import Span
from templates.labels import Messages
from templates.side import CELL_BORDER, Side

SHORT, AROUND = 16, 12  # characters of a quotation that needs the words around it, and of these
CLINGING = frozenset("0123456789.%年月日个万亿元人家户")
LOCALIZED = frozenset({ChangeType.PLACE_LOCALIZED, ChangeType.NAME_LOCALIZED})
# Money first, then time, then whom it reaches and who has to act: the order in which material changes are listed.
GROUPS = {
    "money": ("amount", "target"),
    "time": ("deadline",),
    "reach": ("condition", "scope"),
    "duty": ("obligation", "actor"),
    "content": ("content",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """`before` and `after` are the quotations of the upper and the lower side, None where the side has none."""

    id: str
    row: str  # anchor of the row it stands in
    type: ChangeType
    label: str
    group: str
    material: bool
    nested: bool  # stands inside another material change and is listed under it
    inner: tuple["ChangeView", ...]  # those listed under this one
    whole: bool  # the whole sentence came or went: the row itself shows it
    direction: str | None
    before: str | None
    after: str | None
    detail: str
    upper_span: Span | None
    lower_span: Span | None
    where: str  # 上级 三 → 本级 三/12
    upper_place: str | None
    lower_place: str | None
    upper_citation: str | None
    lower_citation: str | None
    upper_around: tuple[str, str]  # the words before and behind a short quotation
    lower_around: tuple[str, str]

    def span(self, side: str) -> Span | None:
        return self.upper_span if side == "upper" else self.lower_span

    def citation(self, side: str) -> str | None:
        return self.upper_citation if side == "upper" else self.lower_citation

    def place(self, side: str) -> str | None:
        return self.upper_place if side == "upper" else self.lower_place

    @property
    def said(self) -> str:
        """The words it is about: 50万元, 不低于60%→不低于50%."""
        return "→".join(words for words in (self.before, self.after) if words)

    @property
    def look(self) -> str:
        """How its label looks: removed, added, localized or reworded."""
        if self.material:
            return "added" if self.lower_span else "removed"
        return "localized" if self.type in LOCALIZED else "reworded"

    @property
    def label_side(self) -> str:
        """The label stands once: in the lower text where that has the words, else in the upper."""
        return "lower" if self.lower_span else "upper"


def build_change(
    change: Change, unit: Unit, sides: tuple[Side, Side], messages: Messages, *, id_: str, row: str
) -> ChangeView:
    upper, lower = sides
    upper_span, lower_span = drop_empty(change.upper_span), drop_empty(change.lower_span)
    return ChangeView(
        id=id_,
        row=row,
        type=change.type,
        label=label_of(change, messages),
        group=group_of(change.type),
        material=change.material,
        nested=change.nested,
        inner=(),
        whole=unit.relation in {Relation.DROPPED, Relation.ADDED} and group_of(change.type) == "content",
        direction=say_direction(change, messages),
        before=spell(upper, unit.upper, upper_span, change.upper_quote),
        after=spell(lower, unit.lower, lower_span, change.lower_quote),
        detail=change.detail,
        upper_span=upper_span,
        lower_span=lower_span,
        where=name_clauses(unit, sides, messages),
        upper_place=upper.place(upper_span) if upper_span else None,
        lower_place=lower.place(lower_span) if lower_span else None,
        upper_citation=cite(upper, unit.upper, upper_span, change.upper_quote),
        lower_citation=cite(lower, unit.lower, lower_span, change.lower_quote),
        upper_around=around(unit.upper, upper_span, upper),
        lower_around=around(unit.lower, lower_span, lower),
    )


def label_of(change: Change, messages: Messages) -> str:
    """金额改动, 比例删除: a quantity by what it is of."""
    quantity = quantity_of(change)
    if quantity is None:
        return messages(f"change.{change.type}")
    ending = change.type.value.rpartition("_")[2]
    return messages(f"quantity_change.{ending}", name=messages(f"quantity.{quantity}"))


def quantity_of(change: Change) -> AmountKind | None:
    """What an amount is of, where that is known. A deadline given as a length of time is one: 15个工作日内 and 15日."""
    stem = change.type.value.rpartition("_")[0]
    return change.kind if stem == "amount" or (stem, change.kind) == ("deadline", AmountKind.DURATION) else None


def spell(side: Side, refs: Sequence[SentenceRef], span: Span | None, quote: str | None) -> str | None:
    """A quotation, the cells of a table parted; one that runs over several sentences as it is."""
    ref = next((ref for ref in refs if span and ref.span.contains(span)), None)
    return side.spell(ref.clause, span) if ref and span else quote or None


def around(refs: Sequence[SentenceRef], span: Span | None, side: Side | None = None) -> tuple[str, str]:
    """Some words of the sentence before and behind a quotation too short to be understood alone.

    With a `side` the cells of a table are parted.
    """
    ref = next((ref for ref in refs if span and ref.span.overlaps(span)), None)
    if ref is None or span is None or span.end - span.start > SHORT:
        return "", ""
    start, end = max(ref.span.start, span.start), min(ref.span.end, span.end)
    if side is None:
        return _tail(ref.quote[: start - ref.span.start]), _head(ref.quote[end - ref.span.start :])
    signs = [CELL_BORDER if at in side.cells(ref.clause) else "" for at in (start, end)]
    before, behind = Span(ref.span.start, start), Span(end, ref.span.end)
    return _tail(side.spell(ref.clause, before)) + signs[0], signs[1] + _head(side.spell(ref.clause, behind))


def _tail(text: str) -> str:
    """The last words of a longer text, no figure or 年 cut off from what is before it."""
    at = max(0, len(text) - AROUND)
    while 0 < at < len(text) and (text[at] in CLINGING or text[at - 1].isdigit()):
        at -= 1
    return f"…{text[at:]}" if at else text


def _head(text: str) -> str:
    end = min(AROUND, len(text))
    while end < len(text) and (text[end] in CLINGING or text[end].isdigit()):
        end += 1
    return f"{text[:end]}…" if end < len(text) else text


def nest(changes: Sequence[ChangeView]) -> tuple[ChangeView, ...]:
    """The changes of a row, each with those that stand inside it."""
    outer = [change for change in changes if change.material and not change.nested]
    held = {change.id: next((o.id for o in outer if holds(o, change)), "") for change in changes if change.nested}
    return tuple(replace(change, inner=tuple(c for c in changes if held.get(c.id) == change.id)) for change in changes)


def holds(outer: ChangeView, inner: ChangeView) -> bool:
    return any(
        a is not None and b is not None and a.contains(b)
        for a, b in ((outer.upper_span, inner.upper_span), (outer.lower_span, inner.lower_span))
    )


def say_direction(change: Change, messages: Messages) -> str | None:
    """None where the label says it already: 范围扩大 needs no 放宽. A term gets shorter, not earlier."""
    told = change.type.value.startswith(("scope", "obligation"))
    table = "length_direction" if change.kind is AmountKind.DURATION else "direction"
    return messages(f"{table}.{change.direction}") if change.direction and not told else None


def drop_empty(span: Span | None) -> Span | None:
    """An empty span only says where words are missing: there is nothing to mark."""
    return span if span and span.end > span.start else None


def group_of(type_: ChangeType) -> str:
    stem = type_.value.split("_", 1)[0]
    return next((group for group, stems in GROUPS.items() if stem in stems), "other")


def name_clauses(unit: Unit, sides: tuple[Side, Side], messages: Messages) -> str:
    ids = (
        (side, dict.fromkeys(side.clause_label(ref.clause) for ref in refs))
        for side, refs in zip(sides, (unit.upper, unit.lower), strict=True)
    )
    return " → ".join(messages(f"body.at_{side.name}", clauses="、".join(labels)) for side, labels in ids if labels)


def cite(side: Side, refs: Sequence[SentenceRef], span: Span | None, quote: str | None) -> str | None:
    if span is None or quote is None or not refs:
        return None
    inside = [ref for ref in refs if ref.span.overlaps(span)]
    return side.citation((inside or refs)[0], quote, span)
