"""`duizhao corpus reuse [NUMBER]`: sentences of different notices that repeat or adapt one another."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, Misuse, format_option, output_option, shared_options
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.screen import columns, shorten, wrap
from duizhao.stores import json_lines, on_store, open_store, store_option, visible

if TYPE_CHECKING:
    from corpus.reuse import Reuse

FORMATS = ("table", "json", "jsonl", "csv")
LEAST = 0.6
LOWEST = 0.3  # below, chance decides
INDENT = "      "
NAMES = (
    "first", "first_number", "first_clause", "second", "second_number", "second_clause", "kind", "similarity",
    "first_text", "second_text",
)  # fmt: skip


@click.command("reuse", cls=Command)
@click.argument("notice", required=False)
@store_option
@click.option("--least", metavar="number", type=float, default=LEAST, help="corpus.reuse.least")
@click.option(
    "--engine", type=click.Choice(("serial", "processes", "dask")), default="serial", help="corpus.add.engine"
)
@output_option("corpus.reuse.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *,
    notice: str | None,
    db: str,
    least: float,
    engine: str,
    output: str | None,
    format_name: str | None,
    quiet: bool,
) -> int:
    if not LOWEST <= least <= 1:  # nan included
        raise Misuse(text("corpus.reuse.range", low=LOWEST))
    name = choose_format(format_name, output, FORMATS)
    with open_store(db) as store:
        chosen = store.entry(notice).id if notice else None
        pairs = store.reuse(chosen, least=least, engine=engine)
        first = next(pairs, None)  # before anything is written: what cannot be done is said first
        path = write(output, _parts(chain([first] if first else [], pairs), name))
    if not quiet and first is None:
        click.echo(text("corpus.reuse.nothing"), err=True)
    if not quiet and path:
        click.echo(text("screen.wrote", path=path), err=True)
    return 0


def _parts(pairs: "Iterable[Reuse]", name: str) -> Iterator[bytes]:
    """Pair by pair: a large store has millions of them."""
    match name:
        case "csv":
            from corpus.exports import csv_lines

            yield from csv_lines(NAMES, ([getattr(pair, column) for column in NAMES] for pair in pairs))
        case "jsonl":
            yield from (json_lines([asdict(pair)]) for pair in pairs)
        case "json":
            from duizhao.output import array

            yield array(json_lines([asdict(pair)]) for pair in pairs)
        case _:
            yield from ("".join(f"{line}\n" for line in _lines(pair)).encode() for pair in pairs)


def _lines(pair: "Reuse") -> Iterator[str]:
    """Likeness and kind, both places, the words; where they differ, those of both."""
    places = (
        f"{pair.first_number or pair.first} {pair.first_clause}",
        f"{pair.second_number or pair.second} {pair.second_clause}",
    )
    head = f"{pair.similarity:.2f}  {text(f'corpus.relation.{pair.kind}')}  {'  ~  '.join(places)}"
    yield shorten(visible(head), columns())
    texts = (pair.first_text,) if pair.kind == "verbatim" else (pair.first_text, pair.second_text)
    for words in texts:
        yield from (INDENT + line for line in wrap(visible(words), columns() - len(INDENT)))
