"""A document's notices as tables: one row a clause with what it says, who has to do it and where it stands."""

from collections.abc import Iterable, Iterator

from extract.notice import Clause, DateMention, Directive, Document, Force, Notice, Responsibility, Role
from templates.labels import Messages
from templates.side import CELL_BORDER, IN_TABLE, Side, build_side
from templates.table import Cell, Table, build_columns


def clause_table(document: Document, messages: Messages, notices: Iterable[Notice] | None = None) -> Table:
    """`notices`: those to show, all where not given."""
    return Table(
        title=messages("sheet.clauses"),
        columns=build_columns(
            messages,
            notice=22,
            clause=16,
            marker=9,
            heading=24,
            text=64,
            departments=36,
            amounts=24,
            dates=24,
            citations=28,
            directives=24,
            page=8,
            characters=14,
            path=18,
        ),
        rows=tuple(
            row
            for notice in (document.notices if notices is None else notices)
            for row in clause_rows(notice, document, messages)
        ),
    )


def clause_rows(notice: Notice, document: Document, messages: Messages) -> Iterator[tuple[Cell, ...]]:
    side = build_side("upper", notice, document.source, messages)
    for clause in notice.clauses:
        yield (
            side.document,
            side.clause_label(clause.id),
            clause.marker or "",
            clause.heading or "",
            say_text(clause, notice),
            say_duties(clause.responsibilities, messages),
            "；".join(amount.quote for amount in clause.amounts),
            "；".join(say_date(mention) for mention in clause.dates),
            "；".join(citation.quote for citation in clause.citations),
            say_directives(clause.directives, messages),
            say_pages(side, clause),
            f"{clause.span.start + 1}—{clause.span.end}",
            next((place.path for place in clause.places if place.path), ""),
        )


def say_text(clause: Clause, notice: Notice) -> str:
    """The text; of a row of a table its cells, parted, so that 400 and 700 side by side are not read as 400700."""
    is_row = IN_TABLE in clause.id
    return CELL_BORDER.join(notice.text[span.start : span.end] for span in clause.body) if is_row else clause.text


def say_duties(duties: Iterable[Responsibility], messages: Messages) -> str:
    """牵头：省财政厅；责任：省教育厅等."""
    said: dict[Role, list[str]] = {}
    for duty in duties:
        names = "、".join(department.full_name for department in duty.departments)
        said.setdefault(duty.role, []).append(names + (messages("duty.open_ended") if duty.open_ended else ""))
    roles = ((role, said[role]) for role in Role if role in said)
    return "；".join(
        messages("duty.line", role=messages(f"role.{role}"), names="、".join(names)) for role, names in roles
    )


def say_date(mention: DateMention) -> str:
    """The words with the days they mean: 2022年4月底前（—2022-04-30）."""
    if mention.start is None and mention.end is None:
        return mention.quote
    start, end = (day.isoformat() if day else "" for day in (mention.start, mention.end))
    return f"{mention.quote}（{start if start == end else f'{start}—{end}'}）"


def say_directives(directives: Iterable[Directive], messages: Messages) -> str:
    """要求：要、应当；力争：力争, strongest first, each word once."""
    said: dict[Force, dict[str, None]] = {}
    for directive in directives:
        said.setdefault(directive.force, {})[directive.quote] = None
    return "；".join(
        messages("duty.line", role=messages(f"force.{force}"), names="、".join(said[force]))
        for force in Force
        if force in said
    )


def say_pages(side: Side, clause: Clause) -> str:
    pages = side.pages(clause.span)
    return "—".join(str(page) for page in dict.fromkeys((pages[0], pages[-1]))) if pages else ""
