"""`duizhao check FILE…`: what does not agree in a notice, each with its words, reason and suggestion."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, format_option, output_option, password_option, shared_options
from duizhao.failures import report_error
from duizhao.messages import text
from duizhao.output import STANDARD_OUTPUT, choose_format, spare_sources, write
from duizhao.screen import columns, wrap
from duizhao.sources import Choice, choose, clause_name, number_of, read_chosen
from extract.errors import DuizhaoError

if TYPE_CHECKING:
    from extract.findings import Finding
    from extract.notice import Notice

FORMATS = ("txt", "json", "csv")
QUOTE_LENGTH = 40  # characters shown on the screen
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding in words."""

    file: str
    notice: str
    clause: str
    page: int | None
    kind: str
    label: str
    quote: str
    start: int | None
    end: int | None
    reason: str
    advice: str


@click.command("check", cls=Command)
@click.argument("files", nargs=-1, required=True)
@output_option("check.output")
@format_option(*FORMATS)
@password_option
@shared_options
def command(
    *, files: tuple[str, ...], output: str | None, format_name: str | None, password: str | None, quiet: bool
) -> int:
    choices = tuple(choose(argument, password) for argument in files)
    name = choose_format(format_name, output, FORMATS)
    spare_sources(output, (choice.path for choice in choices))
    told: list[tuple[str, list[Told]]] = []
    failed = False
    for choice in choices:
        try:
            told += _check(choice)
        except DuizhaoError as error:
            report_error(str(choice), error)
            failed = True
    try:
        written = write(output, render(told, name)) if told else None
    except DuizhaoError as error:
        report_error(output or "", error)
        return 1
    if written is not None and not quiet and output != STANDARD_OUTPUT:
        click.echo(text("screen.wrote", path=written), err=True)
    return 1 if failed else 0


def _check(choice: Choice) -> list[tuple[str, list[Told]]]:
    """One list of findings a notice.

    Raises:
        ReadError: the file cannot be read.
    """
    from extract.findings import find_findings
    from extract.reading import printable

    return [
        (number_of(notice), [tell(finding, notice, printable(str(choice))) for finding in find_findings(notice)])
        for notice in read_chosen(choice).notices
    ]


def tell(finding: "Finding", notice: "Notice", file: str) -> Told:
    start, end = finding.span or (None, None)
    return Told(
        file=file,
        notice=number_of(notice),
        clause=finding.clause or "",
        page=page_of(finding, notice),
        kind=finding.kind,
        label=text(f"check.label.{finding.kind}"),
        quote=finding.quote,
        start=start,
        end=end,
        reason=text(f"check.reason.{finding.kind}", **finding.values),
        advice=text(f"check.advice.{finding.kind}", **finding.values),
    )


def page_of(finding: "Finding", notice: "Notice") -> int | None:
    clause = next((clause for clause in notice.clauses if clause.id == finding.clause), None)
    if clause is None or finding.span is None:
        return None
    return next((place.page for place in clause.places if place.span.overlaps(finding.span)), None)


def render(told: Sequence[tuple[str, Sequence[Told]]], name: str) -> bytes:
    match name:
        case "json":
            return as_json([one for _, items in told for one in items])
        case "csv":
            return as_csv([one for _, items in told for one in items])
        case _:
            return as_text(told)


def as_json(told: Sequence[Told]) -> bytes:
    from dataclasses import asdict

    return (json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(told: Sequence[Told]) -> bytes:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    names = ("notice", "clause", "page", "label", "quote", "reason", "advice")
    writer.writerow([text(f"check.column.{name}") for name in names])
    for one in told:
        writer.writerow([_guard(getattr(one, name)) for name in names])
    return buffer.getvalue().encode("utf-8-sig")


def _guard(value: object) -> object:
    # Excel runs a cell that starts like a formula; an apostrophe makes it text.
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def as_text(told: Sequence[tuple[str, Sequence[Told]]]) -> bytes:
    lines: list[str] = []
    for number, items in told:
        lines.append(
            text("check.count", number=number, count=len(items)) if items else text("check.nothing", number=number)
        )
        for at, one in enumerate(items, 1):
            lines += _lines(at, one)
    return ("\n".join(lines) + "\n").encode()


def _lines(at: int, one: Told) -> Iterator[str]:
    where = text("check.where", clause=clause_name(one.clause)) if one.clause else text("check.whole")
    page = text("screen.page", page=one.page).rstrip("：: ") if one.page else ""
    quote = one.quote if len(one.quote) <= QUOTE_LENGTH else one.quote[: QUOTE_LENGTH - 1] + "…"
    head = text("check.head", at=at, label=one.label, where=" ".join(filter(None, (where, page))))
    yield head + (text("check.quote", quote=quote) if quote else "")
    for line in wrap(f"{one.reason}{text('check.then')}{one.advice}", columns() - 4):
        yield f"    {line}"
