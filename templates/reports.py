"""Reports: a comparison or a document and a format in, the bytes of a file out."""

from collections.abc import Callable, Mapping
from datetime import date

from compare.comparison import Comparison
from extract.notice import Document, Notice, Source
from templates.comparison_view import ComparisonView, build_comparison_view
from templates.crops import NO_CROPS, Crops
from templates.delimited import render_changes, render_units
from templates.document_report import (
    ROWS,
    render_document_csv,
    render_document_markdown,
    render_document_workbook,
)
from templates.html_report import render_html
from templates.labels import Messages, load_messages
from templates.markdown_report import render_markdown
from templates.row_view import DOUBTFUL
from templates.word_report import render_word
from templates.workbook import render_workbook

REPORTS: Mapping[str, Callable[[ComparisonView], bytes]] = {
    "html": render_html,
    "md": render_markdown,
    "csv": render_units,
    "changes.csv": render_changes,
    "xlsx": render_workbook,
    "docx": render_word,
}
DOCUMENT_REPORTS: Mapping[str, Callable[[Document, Messages, str], bytes]] = {
    "csv": render_document_csv,
    "xlsx": render_document_workbook,
    "md": render_document_markdown,
}


def render_comparison(
    comparison: Comparison,
    upper: Notice,
    lower: Notice,
    *,
    format: str,  # noqa: A002 the word of the command line
    upper_source: Source,
    lower_source: Source,
    min_confidence: float = DOUBTFUL,
    crops: Crops = NO_CROPS,
    generated_on: date | None = None,
    version: str = "",
    options: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> bytes:
    """The comparison as a file of one of the formats of `REPORTS`; same arguments, same bytes.

    Raises:
        ValueError: there is no such format or language.
    """
    renderer = REPORTS[known(format, REPORTS)]
    view = build_comparison_view(
        comparison,
        upper,
        lower,
        upper_source=upper_source,
        lower_source=lower_source,
        min_confidence=min_confidence,
        crops=crops,
        generated_on=generated_on,
        version=version,
        options=options,
        lang=lang,
    )
    return renderer(view)


def render_document(
    document: Document,
    *,
    format: str,  # noqa: A002
    rows: str = "clauses",
    lang: str = "zh",
) -> bytes:
    """The clause records as a file of one of the formats of `DOCUMENT_REPORTS`, one row a clause or a mention.

    Raises:
        ValueError: there is no such format, kind of rows or language.
    """
    renderer = DOCUMENT_REPORTS[known(format, DOCUMENT_REPORTS)]
    return renderer(document, load_messages(lang), known(rows, ROWS))


def known(name: str, formats: Mapping[str, object]) -> str:
    if name not in formats:
        raise ValueError(f"no report format {name}; choose one of {', '.join(formats)}")
    return name
