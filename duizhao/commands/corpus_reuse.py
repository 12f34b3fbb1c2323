"""`duizhao corpus reuse [NUMBER]`: clauses of different notices that repeat or adapt one another."""

from dataclasses import asdict

import click

from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.commands.corpus_list import records
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.stores import on_store, open_store, store_option, table

FORMATS = ("table", "json", "jsonl", "csv")
LEAST = 0.6
NAMES = (
    "first", "first_number", "first_clause", "second", "second_number", "second_clause", "kind", "similarity",
    "first_text", "second_text",
)  # fmt: skip


@click.command("reuse", cls=Command)
@click.argument("notice", required=False)
@store_option
@click.option("--least", metavar="number", type=click.FloatRange(0.3, 1), default=LEAST, help="corpus.reuse.least")
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
    quiet: bool,  # noqa: ARG001
) -> int:
    name = choose_format(format_name, output, FORMATS)
    with open_store(db) as store:
        pairs = list(store.reuse(notice, least=least, engine=engine))
    if name == "table":
        rows = [
            (f"{pair.similarity:.2f}", text(f"corpus.relation.{pair.kind}"),
             f"{pair.first_number or pair.first} {pair.first_clause}",
             f"{pair.second_number or pair.second} {pair.second_clause}", pair.first_text)
            for pair in pairs
        ]  # fmt: skip
        header = tuple(
            text(f"corpus.column.{column}") for column in ("similarity", "relation", "clause", "clause", "text")
        )
        write(output, "".join(f"{line}\n" for line in table(rows, header, stretch=4)).encode())
    else:
        write(output, records([asdict(pair) for pair in pairs], name, NAMES))
    return 0
