"""A document's mentions as one table, to count and to sum: one row an amount, date, duty, citation or directive."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch

from extract.notice import (
    Amount,
    Citation,
    Clause,
    DateMention,
    Directive,
    Document,
    Mention,
    Notice,
    Responsibility,
)
from templates.labels import Messages
from templates.side import Side, build_side
from templates.table import Cell, Table, build_columns, yes_no

WIDTHS = {
    "notice": 22,
    "clause": 16,
    "kind": 10,
    "category": 12,
    "quote": 32,
    "low": 12,
    "high": 12,
    "amount_unit": 10,
    "per": 10,
    "bound": 8,
    "strict": 8,
    "rule": 8,
    "condition": 28,
    "start": 12,
    "end": 12,
    "rrule": 24,
    "departments": 36,
    "key": 20,
    "open_ended": 8,
    "cited_title": 32,
    "cited_number": 20,
    "softened": 8,
    "problem": 24,
    "page": 8,
    "characters": 14,
    "path": 18,
}
JOIN = "；"

Values = dict[str, Cell]  # by column; the others are empty


def mention_table(document: Document, messages: Messages, notices: Iterable[Notice] | None = None) -> Table:
    """`notices`: those to show, all where not given."""
    return Table(
        title=messages("sheet.mentions"),
        columns=build_columns(messages, **WIDTHS),
        rows=tuple(
            tuple(values.get(name, "") for name in WIDTHS)
            for notice in (document.notices if notices is None else notices)
            for values in mention_rows(notice, document, messages)
        ),
    )


def mention_rows(notice: Notice, document: Document, messages: Messages) -> Iterator[Values]:
    """In the order of the text, clause by clause."""
    side = build_side("upper", notice, document.source, messages)
    for clause in notice.clauses:
        for mention in sorted(clause.mentions, key=lambda one: one.span):
            yield {
                "notice": side.document,
                "clause": side.clause_label(clause.id),
                "quote": mention.quote,
                "problem": mention.problem or "",
                **values_of(mention, messages),
                **place_of(mention, clause, side),
            }


def place_of(mention: Mention, clause: Clause, side: Side) -> Values:
    pages = side.pages(mention.span)
    return {
        "page": "—".join(str(page) for page in dict.fromkeys((pages[0], pages[-1]))) if pages else "",
        "characters": f"{mention.span.start + 1}—{mention.span.end}",
        "path": next((place.path for place in clause.places if place.path), ""),
    }


@singledispatch
def values_of(mention: Mention, messages: Messages) -> Values:  # noqa: ARG001 for the kinds below
    """The columns that a kind of mention fills."""
    raise TypeError(f"no columns for {type(mention).__name__}")


@values_of.register
def _(mention: Responsibility, messages: Messages) -> Values:
    return {
        "kind": messages("mention_kind.responsibility"),
        "category": messages(f"role.{mention.role}"),
        "departments": JOIN.join(department.full_name for department in mention.departments),
        "key": JOIN.join(department.key or "" for department in mention.departments),
        "open_ended": yes_no(messages, said=mention.open_ended),
    }


@values_of.register
def _(mention: Amount, messages: Messages) -> Values:
    return {
        "kind": messages("mention_kind.amount"),
        "category": messages(f"amount_kind.{mention.kind}"),
        "low": number(mention.low),
        "high": number(mention.high),
        "amount_unit": mention.unit or "",
        "per": JOIN.join(mention.per),
        "bound": messages(f"bound.{mention.bound}"),
        "strict": yes_no(messages, said=mention.strict),
        "rule": "" if mention.measure is None else mention.measure,
        "condition": mention.condition or "",
    }


@values_of.register
def _(mention: DateMention, messages: Messages) -> Values:
    return {
        "kind": messages("mention_kind.date"),
        "category": messages(f"date_role.{mention.role}"),
        "start": mention.start.isoformat() if mention.start else "",
        "end": mention.end.isoformat() if mention.end else "",
        "rrule": mention.rrule or "",
    }


@values_of.register
def _(mention: Citation, messages: Messages) -> Values:
    return {
        "kind": messages("mention_kind.citation"),
        "cited_title": mention.title or "",
        "cited_number": mention.document_number or "",
    }


@values_of.register
def _(mention: Directive, messages: Messages) -> Values:
    return {
        "kind": messages("mention_kind.directive"),
        "category": messages(f"force.{mention.force}"),
        "softened": yes_no(messages, said=mention.softened),
    }


def number(value: Decimal | None) -> Cell:
    """A number cell that a statistics program reads; empty where the notice sets no such bound."""
    if value is None:
        return ""
    return int(value) if value == value.to_integral_value() else float(value)
