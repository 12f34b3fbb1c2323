"""Tables as CSV for Excel and statistics programs: UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180)."""

import csv
from io import StringIO

from templates.comparison_view import ComparisonView
from templates.table import Cell, Table, change_table, plain, unit_table

# Excel runs a cell that starts with one of these as a formula; an apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render_units(view: ComparisonView) -> bytes:
    return render_csv(unit_table(view))


def render_changes(view: ComparisonView) -> bytes:
    return render_csv(change_table(view))


def render_csv(table: Table) -> bytes:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([guard(column.label) for column in table.columns])
    writer.writerows([guard(cell) for cell in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8-sig")


def guard(cell: Cell) -> str | int | float:
    value = plain(cell)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
