"""`duizhao corpus list`: what the store holds, or what could not be read."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.failures import localize
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.stores import (
    chosen_filters,
    csv_text,
    filter_options,
    json_lines,
    json_text,
    on_store,
    open_store,
    store_option,
    table,
    visible,
)

if TYPE_CHECKING:
    from corpus import Corpus, Entry
    from extract.errors import Failure

FORMATS = ("table", "json", "jsonl", "csv")


@click.command("list", cls=Command)
@store_option
@filter_options
@click.option("--failed", is_flag=True, help="corpus.list.failed")
@output_option("corpus.list.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *, db: str, failed: bool, output: str | None, format_name: str | None, quiet: bool, **narrowing: Any
) -> int:
    name = choose_format(format_name, output, FORMATS)
    with open_store(db) as store:
        if failed:
            write(output, _failures(store.failures(), name))
            return 0
        entries = list(store.entries(chosen_filters(**narrowing)))
        write(output, _entries(entries, name))
        if name == "table" and not quiet:
            _sum_up(store, len(entries))
    return 0


def _sum_up(store: "Corpus", shown: int) -> None:
    click.echo(text("corpus.list.total", shown=shown, **asdict(store.summary())), err=True)


def _entries(entries: "Sequence[Entry]", name: str) -> bytes:
    if name == "table":
        rows = [(entry.id, entry.number or text("failure.unnamed"), entry.issued_on, entry.title) for entry in entries]
        header = tuple(text(f"corpus.column.{column}") for column in ("id", "number", "issued_on", "title"))
        return _lines(rows, header, stretch=3)
    return records([asdict(entry) for entry in entries], name)


def _failures(failures: "Sequence[Failure]", name: str) -> bytes:
    if name == "table":
        lines = [f"{visible(failure.key)}: {visible(localize(failure.message))}" for failure in failures]
        return "".join(f"{line}\n" for line in lines).encode()
    found = [{"path": failure.key, "step": failure.step, "message": failure.message} for failure in failures]
    return records(found, name, ("path", "step", "message"))


def _lines(rows: Sequence[Sequence[object]], header: Sequence[str], stretch: int) -> bytes:
    return "".join(f"{line}\n" for line in table(rows, header, stretch)).encode()


def records(found: Sequence[dict[str, Any]], name: str, names: Sequence[str] = ()) -> bytes:
    """The same records as JSON, JSON Lines or CSV."""
    if name == "json":
        return json_text(found)
    if name == "jsonl":
        return json_lines(found)
    columns = tuple(found[0]) if found else tuple(names)
    return csv_text(columns, [[record[column] for column in columns] for record in found])
