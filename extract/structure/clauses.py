"""Bodies in, clause tree out: markers, headings, text without responsibility statements."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extract.span import Span
from extract.structure.draft import Draft
from extract.structure.outline import Opening, find_openings
from extract.structure.part_clauses import Body, PartBuilder, without
from extract.structure.parts import Part

Rows = Callable[[Span, str], Iterable[Draft]]


def build_drafts(body: Body, parts: Sequence[Part], *, rows: Rows) -> tuple[Draft, ...]:
    """Clauses of all parts in order; `rows` gives the clauses of a task table under a prefix."""
    openings = [tuple(_openings(body, part)) for part in parts]
    numbered = sum(1 for part, found in zip(parts, openings, strict=True) if found or part.tables)
    drafts: list[Draft] = []
    for part, found in zip(parts, openings, strict=True):
        prefix = _prefix(part, numbered, drafts)
        drafts.extend(PartBuilder(body, part, prefix).build(found))
        for table in part.tables:
            drafts.extend(rows(table, prefix))
    return tuple(_unique(drafts))


def _openings(body: Body, part: Part) -> Iterator[Opening]:
    """Openings outside tables: what is numbered in a cell belongs to the cell."""
    tables = [table.span for table in body.tables]
    ranges = [piece for span in part.ranges for piece in without(span, tables)]
    if ranges:
        yield from find_openings(body.text, body.lines, ranges)


def _prefix(part: Part, numbered: int, before: Sequence[Draft]) -> str:
    """Ids are prefixed where a notice carries several numbered parts; the first unlabelled one stays bare."""
    if numbered < 2 or (part.label is None and not any(draft.level for draft in before)):
        return ""
    return (part.label or "附件") + "/"


def _unique(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Ids made different where a sequence restarted beside itself: 一/1, 一/1~2."""
    seen: dict[str, int] = {}
    for draft in drafts:
        seen[draft.id] = seen.get(draft.id, 0) + 1
        if seen[draft.id] == 1:
            yield draft
        else:
            yield replace(draft, id=f"{draft.id}~{seen[draft.id]}")


__all__ = ["Body", "build_drafts"]
