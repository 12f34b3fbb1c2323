"""`duizhao extract FILE…`: clause records of every notice in the files."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, Misuse, format_option, output_option, password_option, shared_options
from duizhao.failures import is_incomplete, note, report_error, report_failure
from duizhao.messages import language, text
from duizhao.output import STANDARD_OUTPUT, WriteError, array, choose_format, is_folder, spare_sources, write
from duizhao.progress import track
from duizhao.sources import Choice, choose, read_chosen
from extract.errors import Failure

if TYPE_CHECKING:
    from extract import Document

FORMATS = ("json", "jsonl", "csv", "xlsx", "md")
ROWS = ("clauses", "mentions")
TABLES = frozenset({"csv", "xlsx", "md"})
MANY = 16  # files from which starting worker processes costs less than it saves


@click.command("extract", cls=Command)
@click.argument("files", nargs=-1, required=True)
@output_option("extract.output")
@format_option(*FORMATS)
@click.option("--rows", type=click.Choice(ROWS), help="extract.rows")
@click.option("--explain", is_flag=True, help="extract.explain")
@click.option("--pages", is_flag=True, help="trace.pages")
@password_option
@shared_options
def command(
    *,
    files: tuple[str, ...],
    output: str | None,
    format_name: str | None,
    rows: str | None,
    explain: bool,
    pages: bool,
    password: str | None,
    quiet: bool,
) -> int:
    choices = tuple(replace(choose(argument, password), pages=pages) for argument in files)
    name = choose_format(format_name, output, FORMATS)
    _check(name, output, choices, explain=explain, rows=rows)
    documents: list[tuple[Choice, Document]] = []
    for choice, result in zip(choices, _read(choices, quiet=quiet), strict=True):
        if isinstance(result, Failure):
            report_failure(result)
            continue
        if not quiet:
            note(str(choice), result.warnings)
        documents.append((choice, result))
    try:
        form = partial(render, name=name, rows=rows or ROWS[0], explain=explain)
        written = _deliver(documents, form, name, output, single=len(choices) == 1)
    except WriteError as error:
        report_error(error.path, error)
        return 1
    if not quiet and output != STANDARD_OUTPUT:
        for path in written:
            click.echo(text("screen.wrote", path=path), err=True)
    partly = sum(is_incomplete(document.warnings) for _, document in documents)
    return _status(len(choices), len(documents) - partly, partly)


def _check(name: str, output: str | None, choices: Sequence[Choice], *, explain: bool, rows: str | None) -> None:
    if rows and name not in TABLES:
        raise Misuse(text("usage.rows"))
    if explain and name not in {"json", "jsonl"}:
        raise Misuse(text("usage.explain"))
    if name == "xlsx" and len(choices) > 1 and not is_folder(output):
        raise Misuse(text("usage.needs_folder", name=name))
    spare_sources(output, (choice.path for choice in choices))


def _read(choices: Sequence[Choice], *, quiet: bool) -> "Iterator[Document | Failure]":
    from corpus.engine import Engine, run

    engine = Engine.PROCESSES if len(choices) >= MANY and (os.cpu_count() or 1) > 1 else Engine.SERIAL
    return track(run(read_chosen, choices, engine), len(choices), text("screen.reading"), quiet=quiet)


def _deliver(
    documents: "Sequence[tuple[Choice, Document]]",
    form: "Callable[[Document], bytes]",
    name: str,
    output: str | None,
    *,
    single: bool,
) -> list[Path]:
    """The files written; none for standard output."""
    if not documents:
        return []
    if output is not None and is_folder(output):
        names = _file_names(documents, name)
        written = [
            write(str(Path(output) / file_name), form(document))
            for file_name, (_, document) in zip(names, documents, strict=True)
        ]
    else:
        parts = [form(document) for _, document in documents]
        written = [write(output, parts[0] if single else join(parts, name))]
    return [path for path in written if path is not None]


def render(document: "Document", name: str, *, rows: str = ROWS[0], explain: bool = False) -> bytes:
    """One document in a format; `jsonl` is its one line. `rows` are those of a table."""
    if name in {"json", "jsonl"}:
        from msgspec.json import format as reformat

        from extract import to_json

        data = to_json(document, explain=explain)
        return data.rstrip() + b"\n" if name == "json" else reformat(data, indent=-1) + b"\n"
    from templates import render_document

    return render_document(document, format=name, rows=rows, lang=language())


def join(parts: Sequence[bytes], name: str) -> bytes:
    """Several documents as one output: a JSON array, lines, one table under one head, or one text."""
    match name:
        case "json":
            return array(parts)
        case "csv":
            return parts[0] + b"".join(part.partition(b"\n")[2] for part in parts[1:])
        case "md":
            return b"\n\n".join(part.rstrip() for part in parts) + b"\n"
        case _:
            return b"".join(parts)


def _file_names(documents: "Sequence[tuple[Choice, Document]]", name: str) -> list[str]:
    """A name for each document in a folder; files of one name and several types keep their extension."""
    names: list[str] = []
    for choice, _ in documents:
        stem = choice.number or choice.path.stem
        wanted = [
            f"{stem}.{name}",
            f"{choice.path.name}.{name}",
            *(f"{stem}-{n}.{name}" for n in range(2, 2 + len(names))),
        ]
        names.append(next(one for one in wanted if one not in names))
    return names


def _status(asked: int, done: int, partly: int) -> int:
    if done < asked and asked > 1:
        counts = (("screen.done", done), ("screen.incomplete", partly), ("screen.unread", asked - done - partly))
        said = text("screen.and").join(text(key, count=count) for key, count in counts if count)
        click.echo(text("screen.failed", all=asked, what=said), err=True)
    return 0 if done == asked else 1
