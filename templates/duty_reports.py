"""The 责任分工表 as a file: a table and a format in, bytes out."""

from collections.abc import Callable, Mapping
from pathlib import Path

from templates.calendar import render_calendar
from templates.duty_docx import render_duty_docx
from templates.duty_table import DutyTable
from templates.duty_text import render_duty_csv, render_duty_html, render_duty_markdown
from templates.duty_xlsx import render_duty_xlsx
from templates.reports import known

DUTY_REPORTS: Mapping[str, Callable[[DutyTable], bytes]] = {
    "docx": render_duty_docx,
    "xlsx": render_duty_xlsx,
    "html": render_duty_html,
    "md": render_duty_markdown,
    "csv": render_duty_csv,
    "ics": render_calendar,
}


def render_duty_table(table: DutyTable, *, format: str, template: Path | None = None) -> bytes:  # noqa: A002
    """The table as a file of one of the formats of `DUTY_REPORTS`; same table, same bytes.

    `template` is an office's own Word template; the other formats have none.

    Raises:
        ValueError: there is no such format.
        TemplateError: the Word template cannot be filled.
    """
    if format == "docx" and template is not None:
        return render_duty_docx(table, template)
    return DUTY_REPORTS[known(format, DUTY_REPORTS)](table)
