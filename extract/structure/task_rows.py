"""责任分工 set out as a table: which columns say what, and one clause a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.lexicon import load
from extract.span import Span
from extract.structure.draft import Draft
from extract.structure.tables import PlacedTable

LABELLED = re.compile(r"附件[0-9一二三四五六七八九十]{1,3}")
SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{2,40}\Z"
)  # alone in its row
ROLES = ("lead", "responsible", "cooperate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of a task table by what they hold."""

    number: int | None
    tasks: tuple[int, ...]
    roles: dict[str, tuple[int, ...]]
    deadline: int | None
    others: tuple[tuple[int, str], ...] = ()  # column and head


@cache
def _kinds() -> dict[str, str]:
    return {name: kind for kind, names in load("table_columns").items() for name in names}


def read_columns(table: PlacedTable, text: str) -> Columns | None:
    """What the columns of a task table hold; `None` for a table without tasks or without departments."""
    found: dict[str, list[int]] = {}
    others: list[tuple[int, str]] = []
    for column in range(table.column_count):
        cell = table.cell(table.header_row, column)
        if cell is None or (cell.column != column and cell.column_count > 1):
            continue
        head = text[cell.span.start : cell.span.end]
        kind = _kind(head)
        if kind is not None:
            found.setdefault(kind, []).append(column)
        else:
            others.append((column, head))
    roles = {role: tuple(found[role]) for role in ROLES if role in found}
    if not roles or "task" not in found:
        return None
    deadline = found.get("deadline", [None])[0]
    return Columns(
        number=found.get("number", [None])[0],
        tasks=tuple(found["task"]),
        roles=roles,
        deadline=deadline,
        others=tuple(others),
    )


def _kind(head: str) -> str | None:
    bare = head.replace("（", "").replace("）", "").replace("/", "").replace("、", "")
    return _kinds().get(head) or _kinds().get(bare)


def read_rows(table: PlacedTable, columns: Columns, text: str, prefix: str) -> Iterator[Draft]:
    """Rows under the head, in order. A row of one merged cell is a heading over those that follow."""
    prefix = _own_label(table) or prefix
    parent: str | None = None
    count = 0
    for row in range(table.header_row + 1, table.row_count):
        spans = [cell.span for cell in table.row(row) if cell.span.start < cell.span.end]
        if not spans:
            continue
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        if _is_heading(table, row) or (len(spans) == 1 and SECTION.match(text, spans[0].start, spans[0].end)):
            parent = f"{prefix}{text[spans[0].start : spans[0].end][:20]}"
            yield _draft(parent, None, 1, whole, heading=spans[0])
            continue
        count += 1
        label = _label(table, columns, row, text) or str(count)
        name = f"{parent}/{label}" if parent else f"{prefix}{label}"
        yield _task_row(table, columns, row, _draft(name, parent, 2 if parent else 1, whole, marker=label))


def _is_heading(table: PlacedTable, row: int) -> bool:
    first = table.cell(row, 0)
    return first is not None and first.column_count == table.column_count


def _own_label(table: PlacedTable) -> str | None:
    """附件2/ where the table's own title row names the attachment."""
    match = LABELLED.match(table.title or "")
    return f"{match.group()}/" if match else None


def _label(table: PlacedTable, columns: Columns, row: int, text: str) -> str | None:
    """The row's 序号; rows that share a merged one are 3, 3-2, 3-3."""
    cell = table.cell(row, columns.number) if columns.number is not None else None
    label = text[cell.span.start : cell.span.end].rstrip("．.、") if cell is not None else ""
    if cell is None or not 0 < len(label) <= 8:
        return None
    return label if row == cell.row else f"{label}-{row - cell.row + 1}"


def _draft(
    name: str, parent: str | None, level: int, span: Span, *, marker: str | None = None, heading: Span | None = None
) -> Draft:
    return Draft(id=name, parent=parent, level=level, marker=marker, span=span, heading=heading, body=())


def _task_row(table: PlacedTable, columns: Columns, row: int, draft: Draft) -> Draft:
    def spans(wanted: Sequence[int]) -> tuple[Span, ...]:
        cells = [table.cell(row, column) for column in wanted]
        return tuple(dict.fromkeys(cell.span for cell in cells if cell is not None and cell.span.start < cell.span.end))

    body, heading = spans(columns.tasks), None
    if len(columns.tasks) > 1:
        # A task heads its measures; one merged over several rows stands in the first, and each has its own text.
        own = tuple(span for span in body if draft.span.contains(span))
        heading = own[0] if len(own) > 1 else None
        body = own[-1:] or body[-1:]
    deadline = spans([columns.deadline]) if columns.deadline is not None else ()
    return replace(
        draft,
        heading=heading,
        body=body,
        roles=tuple((role, span) for role, wanted in columns.roles.items() for span in spans(wanted)),
        deadline=deadline[0] if deadline else None,
        figures=tuple((head, span) for column, head in columns.others for span in spans([column])),
    )
