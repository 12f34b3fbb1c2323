"""The 责任分工表 as one HTML file, as Markdown, and as CSV."""

from markupsafe import Markup

from templates.delimited import render_csv
from templates.duty_table import COLUMNS, DutyTable, Heading
from templates.environment import load_environment
from templates.html_report import content_policy, read_asset
from templates.table import Cell, Column, Table


def render_duty_html(table: DutyTable) -> bytes:
    style = read_asset("duty_table.css")
    page = load_environment().get_template("html/duty_table.html.jinja")
    text = page.render(
        table=table,
        t=table.messages,
        style=Markup(style),  # noqa: S704 our own file
        policy=content_policy(style, ""),
        seen=[],
    )
    return text.encode()


def render_duty_markdown(table: DutyTable) -> bytes:
    template = load_environment().get_template("markdown/duty_table.md.jinja")
    return template.render(table=table).encode()


def render_duty_csv(table: DutyTable) -> bytes:
    """One row a row, with the heading it stands under and the clause's id in columns of their own."""
    t = table.messages
    labels = (t("duty_column.section"), *table.labels.values(), t("duty_column.clause"))
    rows: list[tuple[Cell, ...]] = []
    section = ""
    for item in table.items:
        if isinstance(item, Heading):
            section = item.text
        else:
            cells = (item.line(name) for name in COLUMNS)
            rows.append((section, *cells, item.duty.id))
    columns = tuple(Column(label=label, width=0) for label in labels)
    return render_csv(Table(title=table.title, columns=columns, rows=tuple(rows)))
