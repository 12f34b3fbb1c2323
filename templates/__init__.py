"""Reports in HTML, Markdown, CSV, Excel and Word."""

from templates.reports import DOCUMENT_REPORTS, REPORTS, render_comparison, render_document

__all__ = ["DOCUMENT_REPORTS", "REPORTS", "render_comparison", "render_document"]
