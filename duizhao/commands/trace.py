"""`duizhao trace FILE CLAUSE`: where the words of a clause stand."""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, format_option, output_option, password_option, shared_options
from duizhao.evidence import Evidence, annotation, rows
from duizhao.failures import report_error
from duizhao.messages import text
from duizhao.output import STANDARD_OUTPUT, choose_format, spare_sources, write
from duizhao.screen import columns, pad, width, wrap
from duizhao.sources import Choice, choose, clause_name, fold, numbers, position, read
from extract.errors import DuizhaoError, ReadError
from extract.notice import Clause, Document
from extract.span import Span

if TYPE_CHECKING:
    from duizhao.pages import Paper

FORMATS = ("txt", "json")
SHOWN = 8  # clause ids offered when one is not found


@click.command("trace", cls=Command)
@click.argument("file")
@click.argument("clause")
@click.option("--quote", metavar="text", help="trace.quote")
@click.option("--occurrence", metavar="number", type=click.IntRange(min=1), default=1, help="trace.occurrence")
@click.option("--png", metavar="path", help="trace.png")
@click.option("--pages", is_flag=True, help="trace.pages")
@output_option("trace.output")
@format_option(*FORMATS)
@password_option
@shared_options
def command(
    *,
    file: str,
    clause: str,
    quote: str | None,
    occurrence: int,
    png: str | None,
    pages: bool,
    output: str | None,
    format_name: str | None,
    password: str | None,
    quiet: bool,
) -> int:
    choice = choose(file, password)
    name = choose_format(format_name, output, FORMATS)
    for target in (output, png):
        spare_sources(target, [choice.path])
    try:
        evidence, source = trace(choice, clause, quote, occurrence, pages=pages or png is not None)
        written = _draw(choice, source, evidence, png) if png is not None else []
        write(output, as_json(evidence) if name == "json" else as_table(evidence))
    except DuizhaoError as error:
        report_error(str(choice), error)
        return 1
    if output not in (None, STANDARD_OUTPUT):
        written.append(Path(output))
    for path in () if quiet else written:
        click.echo(text("screen.wrote", path=path), err=True)
    return 0


def trace(
    choice: Choice, clause_id: str, quote: str | None, occurrence: int, *, pages: bool = False
) -> "tuple[Evidence, Paper]":
    """Find a clause, or words in it, in the file; with `pages` on pages, whatever the format.

    Raises:
        ReadError: the file cannot be read, or has no such notice, clause or words, or cannot be set on pages.
    """
    from duizhao.pages import derive, paper

    reading = read(choice)
    at, clause = _find_clause(choice, reading.document, clause_id)
    notice = reading.document.notices[at]
    span = _find_words(choice, notice.text, clause, quote, occurrence)
    derived = derive(choice, reading) if pages else None
    evidence = Evidence(
        source=reading.document.source,
        notice=notice,
        clause=clause.id,
        span=span,
        places=derived.places(at, span) if derived else reading.texts[at].places(span),
    )
    return evidence, paper(choice, reading, derived)


def _draw(choice: Choice, source: "Paper", evidence: Evidence, png: str) -> list[Path]:
    from duizhao.pages import draw, write_pictures

    pictures = draw(choice, source, evidence)
    if not pictures:
        raise ReadError(str(choice), None, text("failure.no_place"))
    return write_pictures(png, pictures)


def _find_clause(choice: Choice, document: Document, wanted: str) -> tuple[int, Clause]:
    """The clause in the chosen notice, else in the first notice that has it."""
    first = position(choice, document)
    candidates = range(len(document.notices)) if choice.number is None else (first,)
    for at in candidates:
        for clause in document.notices[at].clauses:
            if fold(clause.id) == fold(wanted):
                return at, clause
    ids = [clause_name(clause.id) for at in candidates for clause in document.notices[at].clauses]
    near = get_close_matches(wanted, ids, n=SHOWN, cutoff=0.5)
    key = "failure.near_clause" if near else "failure.some_clauses"
    hint = text(key, ids="  ".join(near or ids[:SHOWN]))
    names = numbers(document.notices[at] for at in candidates)
    raise ReadError(str(choice), None, text("failure.no_clause", notice=names, clause=wanted, hint=hint))


def _find_words(choice: Choice, whole: str, clause: Clause, quote: str | None, occurrence: int) -> Span:
    if quote is None:
        return clause.span
    from extract.text import normal_text

    words = normal_text(quote)
    start = clause.span.start - 1
    for count in range(occurrence):
        start = whole.find(words, start + 1, clause.span.end) if words else -1
        if start < 0:
            key = "failure.no_occurrence" if count else "failure.no_quote"
            raise ReadError(str(choice), None, text(key, quote=quote, clause=clause.id, count=count))
    return Span(start, start + len(words))


def as_json(evidence: Evidence) -> bytes:
    return (json.dumps(annotation(evidence), ensure_ascii=False, indent=2) + "\n").encode()


def as_table(evidence: Evidence) -> bytes:
    pairs = list(rows(evidence))
    left = max(width(label) for label, _ in pairs) + 2
    lines = []
    for label, value in pairs:
        first, *others = wrap(value, columns() - left)
        lines += [pad(label, left) + first, *(" " * left + other for other in others)]
    return ("\n".join(lines) + "\n").encode()
