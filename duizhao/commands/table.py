"""`duizhao table FILE`: the 责任分工表 of a notice, a draft for the level below, and an edited table read back."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, Misuse, format_option, output_option, password_option, shared_options
from duizhao.failures import note, reason, report, report_error
from duizhao.messages import language, text
from duizhao.output import choose_format, spare_sources, write
from duizhao.sources import Choice, choose, number_of, numbers, position, read
from extract.errors import DuizhaoError, ReadError

if TYPE_CHECKING:
    from extract import Document, Notice
    from templates.counterparts import Counterpart
    from templates.duty_table import DutyOptions, DutyTable
    from templates.roundtrip import RoundTrip

FORMATS = ("md", "docx", "xlsx", "html", "csv", "ics")
GROUPINGS = ("clause", "department", "deadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks for."""

    format_name: str
    output: str | None
    by: str
    infer_lead: bool
    draft_for: str | None
    departments: Path | None
    template: Path | None
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The notice that the table is of."""

    document: "Document"
    notice: "Notice"


@click.command("table", cls=Command)
@click.argument("file")
@output_option("table.output")
@format_option(*FORMATS)
@click.option("--by", type=click.Choice(GROUPINGS), default="clause", help="table.by")
@click.option("--infer-lead", is_flag=True, help="table.infer_lead")
@click.option("--template", metavar="path", help="table.template")
@click.option("--draft", is_flag=True, help="table.draft")
@click.option("--for", "draft_for", metavar="text", help="table.draft_for")
@click.option("--departments", metavar="path", help="table.departments")
@click.option("--write-departments", metavar="path", help="table.write_departments")
@click.option("--read", "edited", metavar="path", help="table.read")
@password_option
@shared_options
def command(
    *,
    file: str,
    output: str | None,
    format_name: str | None,
    by: str,
    infer_lead: bool,
    template: str | None,
    draft: bool,
    draft_for: str | None,
    departments: str | None,
    write_departments: str | None,
    edited: str | None,
    password: str | None,
    quiet: bool,
) -> int:
    choice = choose(file, password)
    wishes = Wishes(
        format_name=choose_format(format_name, output, FORMATS),
        output=output,
        by=by,
        infer_lead=infer_lead,
        draft_for=draft_for,
        departments=Path(departments) if departments else None,
        template=Path(template) if template else None,
        quiet=quiet,
    )
    _check(wishes, draft=draft or write_departments is not None)
    spare_sources(output, [Path(path) for path in (str(choice), template, departments, edited) if path])
    try:
        subject = _load(choice, quiet=quiet)
        if write_departments is not None:
            return _write_departments(subject, wishes, write_departments)
        if edited is not None:
            return _read_back(Path(edited), subject, wishes)
        _deliver(_build(subject, _options(wishes), wishes), wishes)
    except DuizhaoError as error:
        report_error(str(choice), error)
        return 1
    return 0


def _check(wishes: Wishes, *, draft: bool) -> None:
    if draft and not wishes.draft_for:
        raise Misuse(text("table.needs_place"))
    if wishes.draft_for and not draft:
        raise Misuse(text("table.needs_draft"))
    if wishes.template and wishes.format_name != "docx":
        raise Misuse(text("table.needs_docx"))


def _load(choice: Choice, *, quiet: bool) -> Subject:
    """The chosen notice; of several the first, which is said.

    Raises:
        ReadError: the file cannot be read, or has no such notice.
    """
    document = read(choice).document
    at = position(choice, document)
    if not quiet:
        note(str(choice), document.warnings)
        if choice.number is None and len(document.notices) > 1:
            others = numbers(document.notices[:at] + document.notices[at + 1 :])
            report(str(choice), text("compare.taken", number=number_of(document.notices[at]), others=others))
    return Subject(document=document, notice=document.notices[at])


def _options(wishes: Wishes) -> "DutyOptions":
    from templates.duty_table import DutyOptions, Grouping

    return DutyOptions(
        by=Grouping(wishes.by), infer_lead=wishes.infer_lead, draft_for=wishes.draft_for, lang=language()
    )


def _build(subject: Subject, options: "DutyOptions", wishes: Wishes) -> "DutyTable":
    from duizhao import __version__
    from templates.draft import build_draft
    from templates.duty_table import build_duty_table

    notice, source = subject.notice, subject.document.source
    if options.draft_for is None:
        return build_duty_table(notice, source, options, version=__version__)
    own = _counterparts(wishes.departments)
    return build_draft(notice, source, options, counterparts=own, version=__version__)


def _counterparts(path: Path | None) -> "tuple[Counterpart, ...]":
    from templates.counterparts import read_counterparts

    return read_counterparts(_bytes(path)) if path else ()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(str(path), None, reason(error)) from error


def _deliver(table: "DutyTable", wishes: Wishes) -> None:
    """Write the table; its check goes to standard error, whatever the form."""
    from templates.duty_reports import render_duty_table

    written = write(wishes.output, render_duty_table(table, format=wishes.format_name, template=wishes.template))
    for line in (table.check.line(table.messages), *table.check.missing(table.messages)):
        click.echo(line, err=True)
    _say_written(written, quiet=wishes.quiet)


def _say_written(written: Path | None, *, quiet: bool) -> None:
    if written is not None and not quiet:
        click.echo(text("screen.wrote", path=written), err=True)


def _write_departments(subject: Subject, wishes: Wishes, target: str) -> int:
    """The draft's counterparts as CSV, to be edited and given back by --departments."""
    from templates.counterparts import find_place, write_counterparts
    from templates.draft import propose_counterparts

    place, own = find_place(wishes.draft_for or ""), _counterparts(wishes.departments)
    pairs = propose_counterparts(subject.notice, place, own)
    written = write(target, write_counterparts(pairs))
    click.echo(text("table.departments_known", all=len(pairs), known=sum(1 for _, below in pairs if below)), err=True)
    _say_written(written, quiet=wishes.quiet)
    return 0


def _read_back(path: Path, subject: Subject, wishes: Wishes) -> int:
    """Say what people changed; with -o, write the table anew with their words in it."""
    from templates.roundtrip import check_source, merge, read_edited

    edited = read_edited(_bytes(path), path.name)
    check_source(edited, subject.notice, subject.document.source)
    result = merge(edited, _build(subject, edited.marks.options, wishes))
    _say_changes(result, path)
    if wishes.output is not None:
        _deliver(result.table, wishes)
    return 1 if result.refused else 0


def _say_changes(result: "RoundTrip", path: Path) -> None:
    """Changes on standard output; rows that could not be placed on standard error."""
    click.echo(text("table.changes", name=path.name, count=len(result.edits)))
    for edit in result.edits:
        click.echo("  " + result.table.say_edit(edit))
    if result.removed:
        click.echo(text("table.removed", clauses="、".join(result.removed)))
    reasons = {"unknown": "table.row_unknown", "twice": "table.row_twice", "added": "table.row_added"}
    for refusal in result.refused:
        report(str(path), text(reasons[refusal.reason], row=refusal.position, words=refusal.words))
