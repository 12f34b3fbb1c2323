"""`duizhao corpus department KEY`: all duties of a department over all notices; without KEY, the keys there are."""

from dataclasses import asdict
from typing import Any

import click

from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.commands.corpus_list import records
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.stores import chosen_filters, filter_options, on_store, open_store, store_option, table

FORMATS = ("table", "json", "jsonl", "csv")


@click.command("department", cls=Command)
@click.argument("key", required=False)
@store_option
@filter_options
@output_option("corpus.department.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *, key: str | None, db: str, output: str | None, format_name: str | None, quiet: bool, **narrowing: Any
) -> int:
    from corpus.duties import list_keys

    name = choose_format(format_name, output, FORMATS)
    with open_store(db) as store:
        if key is None:
            keys = list_keys(store.connection)
            write(output, _keys(keys, name))
            return 0
        duties = [asdict(duty) for duty in store.department(_function(key), chosen_filters(**narrowing))]
    write(output, _duties(duties, name))
    if not duties and not quiet:
        click.echo(text("corpus.department.nothing", name=key), err=True)
    return 0


def _function(name: str) -> str:
    """A department's key from the key itself or from its name, such as 省财政厅."""
    from extract.organs import function_key

    return function_key(name) or name


def _keys(keys: list[tuple[str, str, int]], name: str) -> bytes:
    if name == "table":
        header = tuple(text(f"corpus.column.{column}") for column in ("key", "department", "count"))
        return "".join(f"{line}\n" for line in table(keys, header, stretch=1)).encode()
    return records([dict(zip(("key", "department", "count"), row, strict=True)) for row in keys], name)


def _duties(duties: list[dict[str, Any]], name: str) -> bytes:
    if name != "table":
        return records(duties, name)
    rows = [
        (
            duty["number"] or duty["notice"],
            duty["clause"],
            text(f"corpus.role.{duty['role']}"),
            duty["name"],
            duty["text"],
        )
        for duty in duties
    ]
    header = tuple(text(f"corpus.column.{column}") for column in ("number", "clause", "role", "department", "text"))
    return "".join(f"{line}\n" for line in table(rows, header, stretch=4)).encode()
