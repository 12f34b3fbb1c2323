"""What the commands of a corpus share: the store's path, filters as options, cells of a table."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from duizhao.command import Misuse
from duizhao.failures import report, report_error
from duizhao.messages import text
from duizhao.screen import columns, pad, shorten, width
from extract.errors import DuizhaoError

if TYPE_CHECKING:
    from corpus import Corpus, Filters

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_PATH = "duizhao-corpus.db"
VARIABLE = "DUIZHAO_DB"
LEVELS = ("national", "province", "prefecture", "county")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")  # also what turns text round
GAP = "  "
NUMBER = r"\d{1,15}(?:\.\d{1,6})?"
DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


def store_option(function: Function) -> Function:
    return click.option(
        "--db", metavar="path", default=lambda: os.environ.get(VARIABLE, DEFAULT_PATH), help="option.db"
    )(function)


def filter_options(function: Function) -> Function:
    """What a search or a list can be narrowed to; `chosen_filters` takes them."""
    for option in reversed(
        (
            click.option("--level", type=click.Choice(LEVELS), help="option.level"),
            click.option("--province", help="option.province"),
            click.option("--city", help="option.city"),
            click.option("--issuer", help="option.issuer"),
            click.option("--year", metavar="range", help="option.year"),
            click.option("--department", metavar="key", help="option.department"),
            click.option("--amount", metavar="range", help="option.amount"),
            click.option("--deadline", metavar="range", help="option.deadline"),
            click.option("--copies", is_flag=True, help="option.copies"),
        )
    ):
        function = option(function)
    return function


def chosen_filters(
    *,
    level: str | None,
    province: str | None,
    city: str | None,
    issuer: str | None,
    year: str | None,
    department: str | None,
    amount: str | None,
    deadline: str | None,
    copies: bool,
) -> "Filters":
    """
    Raises:
        Misuse: a range is not written as one.
    """
    from corpus import Filters

    return Filters(
        level=level,
        province=province,
        city=city,
        issuer=issuer,
        years=_years(year) if year else None,
        department=department,
        amount=_amounts(amount) if amount else None,
        amount_kind="money" if amount else None,
        deadline=_days(deadline) if deadline else None,
        copies=copies,
    )


def _years(value: str) -> tuple[int | None, int | None]:
    first, last = _ends(value, "--year")
    if not all(end is None or re.fullmatch(r"\d{4}", end) for end in (first, last)):
        raise Misuse(text("usage.range", name="--year", example="2021..2023"))
    return _in_order(int(first) if first else None, int(last) if last else None, "--year")


def _amounts(value: str) -> tuple[float | None, float | None]:
    ends = _ends(value, "--amount")
    if not all(end is None or re.fullmatch(NUMBER, end) for end in ends):
        raise Misuse(text("usage.range", name="--amount", example="10000..500000"))
    low, high = (float(end) if end else None for end in ends)
    return _in_order(low, high, "--amount")


def _days(value: str) -> tuple[date | None, date | None]:
    first, last = _ends(value, "--deadline")
    try:
        days = _day(first, last_of=False), _day(last, last_of=True)
    except ValueError:
        raise Misuse(text("usage.range", name="--deadline", example="2023-01..2023-12-31")) from None
    return _in_order(*days, "--deadline")


def _in_order(low: Any, high: Any, name: str) -> tuple[Any, Any]:
    if low is not None and high is not None and low > high:
        raise Misuse(text("corpus.reversed", name=name, low=_plain(low), high=_plain(high)))
    return low, high


def _plain(end: Any) -> str:
    return f"{end:.15g}" if isinstance(end, float) else str(end)


def _ends(value: str, name: str) -> tuple[str | None, str | None]:
    """`a..b`, `a..`, `..b`, or `a` for both."""
    first, dots, last = value.partition("..")
    if not first and not last:
        raise Misuse(text("usage.range", name=name, example="1..2"))
    return first or None, (last or None) if dots else first


def _day(value: str | None, *, last_of: bool) -> date | None:
    """A day; of a year or month given alone its first or last.

    Raises:
        ValueError: no day.
    """
    if value is None:
        return None
    match = DAY.fullmatch(value)
    if match is None:
        raise ValueError(value)
    year, month, day = int(match["year"]), match["month"], match["day"]
    if day:
        return date(year, int(month), int(day))
    start = date(year, int(month or (12 if last_of else 1)), 1)
    if not last_of:
        return start
    return date(start.year + start.month // 12, start.month % 12 + 1, 1) - date.resolution


def on_store(function: Callable[..., int]) -> Callable[..., int]:
    """Run a command; what the store or the query cannot do is one line and exit status 1."""

    @wraps(function)
    def run(**options: Any) -> int:
        try:
            return function(**options)
        except DuizhaoError as error:
            _report(options["db"], error)
        return 1

    return run


def _report(path: str, error: DuizhaoError) -> None:
    from corpus import StoreError

    if isinstance(error, StoreError):
        report(error.path, error.message)
    else:
        report_error(path, error)


def open_store(path: str, *, read_only: bool = True) -> "Corpus":
    """
    Raises:
        StoreError: no such store, or it cannot be opened.
    """
    import corpus

    return corpus.open(Path(path), read_only=read_only)


def visible(value: object) -> str:
    """A value in one line: what a file's name or a notice may hold to upset a terminal is shown as such."""
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", "" if value is None else str(value))


def table(rows: Iterable[Sequence[object]], header: Sequence[str], stretch: int) -> Iterator[str]:
    """Lines of a table; column `stretch` takes what the others leave of the width."""
    cells = [[visible(value) for value in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(header, *cells, strict=True)]
    others = sum(widths) - widths[stretch] + len(GAP) * (len(widths) - 1)
    widths[stretch] = max(min(widths[stretch], columns() - others), 12)
    for row in (header, *cells):
        yield GAP.join(pad(shorten(cell, size), size) for cell, size in zip(row, widths, strict=True)).rstrip()


def json_lines(records: Iterable[object]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def json_text(record: object) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def csv_text(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """For Excel: UTF-8 with a byte order mark, lines ended by CR LF; no cell is a formula."""
    from corpus.exports import csv_lines

    return b"".join(csv_lines(names, rows))
