"""A document's clause records as CSV, Excel or Markdown: one row a clause, or one row a mention."""

from collections.abc import Callable, Iterable, Mapping

from extract.notice import Document, Notice
from templates.clause_table import clause_table
from templates.delimited import render_csv
from templates.environment import load_environment
from templates.labels import Messages
from templates.mention_table import mention_table
from templates.table import Table
from templates.workbook import write_workbook

ROWS: Mapping[str, Callable[[Document, Messages, Iterable[Notice] | None], Table]] = {
    "clauses": clause_table,
    "mentions": mention_table,
}


def render_document_csv(document: Document, messages: Messages, rows: str) -> bytes:
    return render_csv(ROWS[rows](document, messages, None))


def render_document_workbook(document: Document, messages: Messages, rows: str) -> bytes:
    """A sheet for each kind of rows, those asked for first."""
    names = sorted(ROWS, key=lambda name: name != rows)
    return write_workbook([ROWS[name](document, messages, None) for name in names], messages)


def render_document_markdown(document: Document, messages: Messages, rows: str) -> bytes:
    """One table a notice."""
    notices = [
        {
            "name": notice.document_number or messages("head.no_number"),
            "title": notice.title,
            "table": ROWS[rows](document, messages, [notice]),
        }
        for notice in document.notices
    ]
    template = load_environment().get_template("markdown/document.md.jinja")
    return template.render(notices=notices, source=document.source, t=messages).encode()
