"""A draft clause in, the finished clause out: its mentions found and placed."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from extract.doubt import withhold
from extract.mentions.citations import resolve_aliases
from extract.mentions.context import Context
from extract.mentions.date_cells import find_cell_deadlines
from extract.mentions.finders import find_mentions
from extract.mentions.responsibilities import (
    find_cell_responsibilities,
    find_heading_responsibilities,
    find_responsibilities,
)
from extract.mentions.table_amounts import BARE_NUMBER, read_cell
from extract.notice import Amount, Clause, DateMention, Responsibility, ResponsibilitySource, Role
from extract.span import Span
from extract.structure.draft import Draft
from extract.text import AlignedText

STATED_DEADLINE = re.compile(
    r"(?:完成时限|完成时间|完成期限|时限要求|时间节点|时限|办理时限)[：:](?P<when>[^；，。）】\]］]{2,40})"
)


def build_clause(aligned: AlignedText, draft: Draft, statements: Sequence[Responsibility], context: Context) -> Clause:
    """Find what a clause mentions. `statements` are the notice's parentheses, found before."""
    mentions = _mentions(aligned.text, draft, context)
    mentions["responsibilities"] = [
        *statements_within(statements, draft.span),
        *_cell_statements(aligned, draft, context),
        *_actors(aligned.text, draft, context),
    ]
    if draft.deadline is not None:
        mentions["dates"][:0] = _cell_deadlines(aligned.text, draft.deadline, context)
    mentions["dates"] += _bracketed_deadlines(mentions["responsibilities"], context)
    mentions["amounts"] += _cell_amounts(aligned.text, draft)
    return Clause(
        id=draft.id,
        parent=draft.parent,
        level=draft.level,
        marker=draft.marker,
        heading=aligned.text[draft.heading.start : draft.heading.end] if draft.heading else None,
        text="".join(aligned.text[span.start : span.end] for span in draft.body),
        span=draft.span,
        heading_span=draft.heading,
        body=draft.body,
        places=aligned.places(draft.span),
        **{kind: tuple([withhold(aligned, item) for item in items]) for kind, items in mentions.items()},
    )


def statements_within(statements: Sequence[Responsibility], span: Span) -> Iterator[Responsibility]:
    """Those of a notice's statements, in the order of the text, that stand in a span."""
    for at in range(bisect_left(statements, span.start, key=lambda item: item.span.start), len(statements)):
        if statements[at].span.start >= span.end:
            return
        if span.contains(statements[at].span):
            yield statements[at]


def _mentions(text: str, draft: Draft, context: Context) -> dict[str, list[Any]]:
    """Mentions of heading and body, kind by kind, with spans in the notice's text."""
    found: dict[str, list[Any]] = {"amounts": [], "dates": [], "citations": [], "directives": []}
    for span in (draft.heading, *draft.body):
        if span is not None:
            for kind, items in find_mentions(text[span.start : span.end], context).items():
                found[kind] += [replace(item, span=item.span.shift(span.start)) for item in items]
    found["amounts"] = _numbered_measures(found["amounts"], draft)
    return found


def _numbered_measures(amounts: list[Amount], draft: Draft) -> list[Amount]:
    """Measures count from 1 in each piece; in a clause of several pieces they must not meet."""
    pieces = [span for span in (draft.heading, *draft.body) if span is not None]
    numbers: dict[tuple[int, int | None], int] = {}
    for amount in amounts:
        if amount.measure is not None:
            numbers.setdefault((_piece(pieces, amount), amount.measure), len(numbers) + 1)
    return [replace(amount, measure=numbers.get((_piece(pieces, amount), amount.measure))) for amount in amounts]


def _piece(pieces: Sequence[Span], amount: Amount) -> int:
    return next(i for i, span in enumerate(pieces) if span.contains(amount.span))


def _cell_amounts(text: str, draft: Draft) -> Iterator[Amount]:
    """Amounts of a row's other cells; a bare number takes the unit from its head: 投资额（万元）."""
    for head, cell in draft.figures:
        for item in read_cell(text[cell.start : cell.end], head):
            yield replace(item, span=item.span.shift(cell.start))
    for head, cell in draft.units:
        words = text[cell.start : cell.end]
        if BARE_NUMBER.fullmatch(words):
            for item in read_cell(words, head):
                yield replace(item, span=item.span.shift(cell.start))


def _cell_statements(aligned: AlignedText, draft: Draft, context: Context) -> Iterator[Responsibility]:
    """Departments from the cells of a task table's row."""
    for role, cell in draft.roles:
        words = aligned.text[cell.start : cell.end]
        for item in find_cell_responsibilities(words, Role(role), context, _typed_lines(aligned, cell)):
            yield replace(item, span=item.span.shift(cell.start))


def _typed_lines(aligned: AlignedText, cell: Span) -> tuple[str, ...]:
    """The lines of a cell; of a page, whose cells wrap anywhere, only the whole."""
    if aligned.layout.glyphs is not None:
        return (aligned.text[cell.start : cell.end],)
    own = aligned.slice(cell)
    ends = (*own.line_starts[1:], len(own.text))
    return tuple(own.text[start:end] for start, end in zip(own.line_starts, ends, strict=True))


def _actors(text: str, draft: Draft, context: Context) -> Iterator[Responsibility]:
    """Departments that a sentence of the body, or a heading that is one, charges."""
    if draft.heading is not None:
        for item in find_heading_responsibilities(text[draft.heading.start : draft.heading.end], context):
            yield replace(item, span=item.span.shift(draft.heading.start))
    for span in draft.body:
        for item in find_responsibilities(text[span.start : span.end], context):
            if item.source is not ResponsibilitySource.PARENTHESIS:
                yield replace(item, span=item.span.shift(span.start))


def _bracketed_deadlines(statements: Sequence[Responsibility], context: Context) -> Iterator[DateMention]:
    """Deadlines inside a statement: （责任单位：市商务局；完成时限：2023年9月底）."""
    quotes = {item.span: item.quote for item in statements if item.source is ResponsibilitySource.PARENTHESIS}
    for span, quote in quotes.items():
        for match in STATED_DEADLINE.finditer(quote):
            yield from _cell_deadlines(quote, Span(*match.span("when")), context, shift=span.start)


def _cell_deadlines(text: str, cell: Span, context: Context, shift: int = 0) -> Iterator[DateMention]:
    for item in find_cell_deadlines(text[cell.start : cell.end], context):
        yield replace(item, span=item.span.shift(cell.start + shift))


def share_aliases(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Clauses whose citations know what an earlier clause called a document (以下简称)."""
    resolved = iter(resolve_aliases([citation for clause in clauses for citation in clause.citations]))
    return tuple(replace(clause, citations=tuple(islice(resolved, len(clause.citations)))) for clause in clauses)
