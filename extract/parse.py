"""Layout in, document out. Reads as its steps: notices, head, parts, clauses, mentions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from extract.clause import build_clause, share_aliases, statements_within
from extract.completeness import find_gaps
from extract.jurisdictions import Jurisdiction, locate
from extract.layout import BlockKind, Layout
from extract.mentions.context import Context
from extract.mentions.responsibilities import find_statements, states_first_is_lead
from extract.metadata import Metadata, read_metadata
from extract.notice import (
    Clause,
    Document,
    Element,
    Furniture,
    Notice,
    Responsibility,
    Source,
    Warning,
)
from extract.sentences import STOPS
from extract.span import Span
from extract.structure.clauses import Body, build_drafts
from extract.structure.closing import opens_closing
from extract.structure.draft import Draft
from extract.structure.head import Head, ends_title, read_head
from extract.structure.lines import Line, part_lines, split_lines
from extract.structure.markers import is_numbered
from extract.structure.parts import Parts, read_parts
from extract.structure.split import split_notices
from extract.structure.tables import PlacedTable, place_tables
from extract.structure.task_rows import Columns, read_columns, read_rows
from extract.text import AlignedText, furniture, normalise


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document and, for each of its notices, the text with the way back to the file."""

    document: Document
    texts: tuple[AlignedText, ...]


def parse(layout: Layout, source: Source) -> Reading:
    """Read every notice of a layout. Never fails: what is no notice gives none, with a warning."""
    aligned = normalise(layout)
    lines = split_lines(aligned)
    notices: list[Notice] = []
    texts: list[AlignedText] = []
    warnings = [Warning(code=item.code, message=item.message, page=item.page) for item in layout.warnings]
    removed = list(furniture(aligned))
    if not lines:
        warnings.append(Warning(code="not_a_notice", message="没有可读的文字；没有提取条款"))
    for extent in split_notices(lines) if lines else ():
        alone = extent.ranges == ((0, len(lines)),)
        text = aligned if alone else _extent_text(aligned, lines, extent.ranges)
        own = lines if alone else part_lines(text, lines, extent.ranges)
        notice, problems = parse_notice(text, own, metadata=layout.metadata if not notices else {})
        if notice is None:
            removed.append(_no_notice(text))
        else:
            notices.append(notice)
            texts.append(text)
        warnings.extend(problems)
    document = Document(source=source, notices=tuple(notices), warnings=tuple(warnings), furniture=tuple(removed))
    return Reading(document=document, texts=tuple(texts))


def _extent_text(aligned: AlignedText, lines: Sequence[Line], ranges: Iterable[tuple[int, int]]) -> AlignedText:
    whole: AlignedText | None = None
    for first, end in ranges:
        piece = aligned.slice(Span(lines[first].span.start, lines[end - 1].span.end))
        whole = piece if whole is None else whole.join(piece)
    assert whole is not None
    return whole


def _no_notice(text: AlignedText) -> Furniture:
    span = text.layout_span(Span(0, len(text.text)))
    return Furniture(reason="不是公文正文", quote=text.text[:60], start=span.start, end=span.end, page=text.page(0))


def parse_notice(
    aligned: AlignedText, lines: Sequence[Line], metadata: dict[str, str]
) -> tuple[Notice | None, list[Warning]]:
    """One notice from its own text and its lines; `None` if nothing in it looks like one."""
    head = read_head(lines, metadata.get("document_number"))
    behind = [line for line in lines if line.span.start >= head.end]
    tables = place_tables(aligned, lines)
    task_tables = {table.span: (table, columns) for table in tables if (columns := read_columns(table, aligned.text))}
    parts = read_parts(behind, tuple(task_tables), _footnotes(aligned), title=head.title)
    facts = read_metadata(head, parts, metadata)
    context = _context(facts, aligned.text)
    task_tables = {span: task_tables[span] for part in parts.parts for span in part.tables}
    found = _responsibilities(aligned.text, behind, parts, context)
    rows = partial(_rows, aligned.text, task_tables)
    ruled = [
        table for table in sorted(tables, key=lambda table: table.span) if min(table.column_count, table.row_count) > 1
    ]
    cut = partial(_parentheses, aligned.text, found)
    drafts = build_drafts(Body(text=aligned.text, lines=behind, tables=ruled, cut=cut), parts.parts, rows=rows)
    if not _looks_like_notice(facts, head, drafts):
        page = aligned.page(0) if aligned.text else None
        message = "没有找到发文字号、标题、主送机关、落款或层次序数，不像公文；没有提取条款"
        return None, [Warning(code="not_a_notice", message=message, page=page)]
    clauses = share_aliases([build_clause(aligned, draft, found, context) for draft in drafts])
    notice = _notice(aligned.text, facts=facts, head=head, parts=parts, context=context, clauses=clauses)
    records = tuple(table.as_table(aligned.text) for table in tables)
    notice = replace(notice, tables=records, elements=_with_table_heads(notice, task_tables))
    return notice, [*find_gaps(aligned, notice, lines, drafts), *_mention_warnings(aligned, clauses)]


CHINESE_MARKER = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")


def _footnotes(aligned: AlignedText) -> tuple[Span, ...]:
    """Footnotes stand behind the text in reading order; they are none of its clauses."""
    blocks = aligned.layout.blocks
    return tuple(aligned.normal_span(block.span) for block in blocks if block.kind is BlockKind.FOOTNOTE)


TaskTables = dict[Span, tuple[PlacedTable, Columns]]


def _rows(text: str, tables: TaskTables, span: Span, prefix: str) -> Iterable[Draft]:
    table, columns = tables[span]
    return read_rows(table, columns, text, prefix)


def _with_table_heads(notice: Notice, tables: TaskTables) -> tuple[Element, ...]:
    """Elements with the rows above the first task, so that every character of a table is accounted for."""
    heads = []
    for table, _ in tables.values():
        above = [cell.span for cell in table.cells if cell.row <= table.header_row and cell.span.start < cell.span.end]
        heads.append(Element(name="table_header", span=Span(table.span.start, max(span.end for span in above))))
    return tuple(sorted((*notice.elements, *heads), key=lambda element: element.span))


def _context(facts: Metadata, text: str) -> Context:
    place = locate(facts.issuers[0]) if facts.issuers else Jurisdiction()
    return Context(
        issued_on=facts.issued_on,
        year=facts.year,
        level=place.level,
        province=place.province,
        city=place.city,
        issuers=facts.issuers,
        first_is_lead=states_first_is_lead(text),
    )


def _responsibilities(text: str, lines: Sequence[Line], parts: Parts, context: Context) -> tuple[Responsibility, ...]:
    """Statements in parentheses, found before clauses are built: they end a clause and are none of its text.

    A line of departments without a full stop ends where a numbered paragraph or one on the whole notice begins.
    """
    ends = [line.span.start for line in lines if line.starts_paragraph and _begins_anew(text, line)]
    pieces = [piece for part in parts.parts for span in part.ranges for piece in _cut_at(span, ends)]
    return tuple(
        replace(item, span=item.span.shift(piece.start))
        for piece in pieces
        for item in find_statements(text[piece.start : piece.end], context)
    )


def _begins_anew(text: str, line: Line) -> bool:
    return is_numbered(line.text) or opens_closing(text, line.span.start)


def _cut_at(span: Span, offsets: Sequence[int]) -> Iterator[Span]:
    inside = [offset for offset in offsets if span.start < offset < span.end]
    for start, end in pairwise((span.start, *inside, span.end)):
        yield Span(start, end)


def _parentheses(text: str, found: Sequence[Responsibility], within: Span) -> list[Span]:
    """Statements that are none of a clause's text, each with the stop behind it that would stand alone there."""
    gone = {item.span for item in statements_within(found, within)}
    return sorted(Span(span.start, span.end + _leaves_stop(text, span, within)) for span in gone)


def _leaves_stop(text: str, span: Span, within: Span) -> bool:
    """配套。（市财政局负责）。 has two stops, one of the sentence and one of the bracket."""
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : min(span.end + 1, within.end)]
    return behind == "。" and before in STOPS


def _looks_like_notice(facts: Metadata, head: Head, drafts: Sequence[Draft]) -> bool:
    """Two signs of a notice at least; a title or a number alone may stand in any text."""
    signs = [
        facts.document_number is not None,
        facts.title is not None and ends_title(facts.title),
        head.recipients is not None,
        bool(facts.issuers) and facts.issued_on is not None,
        sum(1 for draft in drafts if draft.marker and CHINESE_MARKER.match(draft.marker)) >= 3,
        any(draft.marker and draft.marker.startswith("第") for draft in drafts),
    ]
    return sum(signs) >= 2


def _notice(
    text: str, *, facts: Metadata, head: Head, parts: Parts, context: Context, clauses: tuple[Clause, ...]
) -> Notice:
    return Notice(
        document_number=facts.document_number,
        issuer_code=facts.issuer_code,
        year=facts.year,
        serial=facts.serial,
        title=facts.title,
        issuers=facts.issuers,
        level=context.level,
        province=context.province,
        city=context.city,
        issued_on=facts.issued_on,
        recipients=head.recipients,
        contact=parts.contact,
        disclosure=facts.disclosure,
        copied_to=parts.copied_to,
        attachments=parts.attachments,
        text=text,
        clauses=clauses,
        tables=(),
        elements=tuple(sorted((*head.elements, *parts.elements), key=lambda element: element.span)),
    )


def _mention_warnings(aligned: AlignedText, clauses: Iterable[Clause]) -> list[Warning]:
    """One warning a mention whose value could not be settled."""
    warnings = []
    for clause in clauses:
        for item in clause.mentions:
            if item.problem:
                message = f"条款 {clause.id}“{item.quote[:40]}”：{item.problem}"
                warnings.append(Warning(code="unsettled", message=message, page=aligned.page(item.span.start)))
    return warnings


__all__ = ["Reading", "parse", "parse_notice"]
