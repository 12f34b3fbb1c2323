"""`duizhao corpus department KEY`: all duties of a department over all notices; without KEY, the keys there are."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.commands.corpus_list import records
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.screen import columns, shorten, wrap
from duizhao.sources import clause_name
from duizhao.stores import chosen_filters, filter_options, on_store, open_store, store_option, table, visible

if TYPE_CHECKING:
    from corpus.duties import Duty

FORMATS = ("table", "json", "jsonl", "csv")
NAMES = (
    "notice", "number", "title", "issued_on", "clause", "role", "inferred", "name", "full_name", "quote", "text",
)  # fmt: skip
INDENT = "    "
SHOWN = 2  # lines of a clause on the screen


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
        duties = list(store.department(_function(key), chosen_filters(**narrowing)))
    path = write(output, _duties(duties, name))
    if not quiet:
        notices = len({duty.notice for duty in duties})
        found = text("corpus.department.total", name=key, notices=notices, count=len(duties))
        click.echo(found if duties else text("corpus.department.nothing", name=key), err=True)
        if path:
            click.echo(text("screen.wrote", path=path), err=True)
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


def _duties(duties: "Sequence[Duty]", name: str) -> bytes:
    if name != "table":
        return records([asdict(duty) for duty in duties], name, NAMES)
    return "".join(f"{line}\n" for line in _lines(duties)).encode()


def _lines(duties: "Sequence[Duty]") -> Iterator[str]:
    """Notice by notice: clause, role and name, then the words of the clause."""
    for _, several in groupby(duties, key=lambda duty: duty.notice):
        group = tuple(several)
        name = group[0].number or f"{text('corpus.column.id')} {group[0].notice}"
        head = (name, group[0].title, group[0].issued_on)
        yield shorten(visible("  ".join(part for part in head if part)), columns())
        for duty in group:
            inferred = text("corpus.department.inferred") if duty.inferred else ""
            role = text(f"corpus.role.{duty.role}") + inferred
            yield "  " + visible("  ".join((clause_name(duty.clause), role, duty.full_name)))
            room = columns() - len(INDENT)
            lines = wrap(visible(duty.text), room)
            shown = lines if len(lines) <= SHOWN else (*lines[: SHOWN - 1], shorten("".join(lines[SHOWN - 1 :]), room))
            yield from (INDENT + line for line in shown)
