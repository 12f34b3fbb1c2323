"""`duizhao corpus export`: the whole store as JSON Lines, a table, or Akoma Ntoso files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duizhao.command import Command, Misuse, format_option, output_option, shared_options
from duizhao.messages import text
from duizhao.output import STANDARD_OUTPUT, choose_format, is_folder, write
from duizhao.stores import chosen_filters, filter_options, on_store, open_store, store_option

if TYPE_CHECKING:
    from corpus import Corpus, Filters

FORMATS = ("jsonl", "csv", "parquet", "akn")
FLAT = ("csv", "parquet")
TABLES = ("clauses", "passages", "notices", "amounts", "deadlines", "duties", "citations")


@click.command("export", cls=Command)
@store_option
@filter_options
@click.option("--table", type=click.Choice(TABLES), help="corpus.export.table")
@output_option("corpus.export.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *, db: str, table: str | None, output: str | None, format_name: str | None, quiet: bool, **narrowing: Any
) -> int:
    named = format_name or choose_format(None, output, FORMATS)
    name = "csv" if table and output in (None, STANDARD_OUTPUT) and not format_name else named
    if table and name not in FLAT:
        raise Misuse(text("corpus.export.no_table", name=name))
    if name == "akn" and not is_folder(output):
        raise Misuse(text("corpus.export.needs_folder"))
    if name == "parquet" and output in (None, STANDARD_OUTPUT):
        raise Misuse(text("usage.needs_file", name=name))
    with open_store(db) as store:
        filters = chosen_filters(**narrowing)
        if name == "akn":
            _write_akn(store, filters, Path(str(output)), quiet=quiet)
            return 0
        path = write(output, _parts(store, filters, table or TABLES[0], name))
    if path and not quiet:
        click.echo(text("screen.wrote", path=path), err=True)
    return 0


def _parts(store: "Corpus", filters: "Filters", table: str, name: str) -> Iterator[bytes]:
    from corpus import exports, tables

    match name:
        case "jsonl":
            yield from exports.json_lines(store, filters)
        case "csv":
            found = store.rows(table, filters)
            yield from exports.csv_lines(found.names, found.rows)
        case _:
            yield tables.to_parquet(tables.to_arrow(store.rows(table, filters)))


def _write_akn(store: "Corpus", filters: "Filters", folder: Path, *, quiet: bool) -> None:
    from corpus.exports import akoma_ntoso

    count = 0
    for file_name, data in akoma_ntoso(store, filters):
        write(str(folder / file_name), data)
        count += 1
    if not quiet:
        click.echo(text("corpus.export.done", count=count, path=folder), err=True)
