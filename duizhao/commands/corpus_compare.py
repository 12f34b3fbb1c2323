"""`duizhao corpus compare --all`: every upper/lower pair that lineage finds, its measures as one row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from duizhao.command import Command, Misuse, format_option, output_option, shared_options
from duizhao.commands.compare import LEAST
from duizhao.commands.corpus_list import records
from duizhao.failures import report_failure
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.progress import track
from duizhao.stores import on_store, open_store, store_option
from extract.errors import Failure

FORMATS = ("csv", "json", "jsonl", "parquet")
ENGINES = ("serial", "processes", "dask")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A pair as it travels to a worker: where the store is, and the two notices' ids."""

    db: str
    upper: int
    lower: int

    def __str__(self) -> str:
        return f"{self.db}#{self.lower}"


@click.command("compare", cls=Command)
@store_option
@click.option("--all", "every", is_flag=True, help="corpus.compare.all")
@click.option("--engine", type=click.Choice(ENGINES), default="processes", help="corpus.add.engine")
@click.option("--workers", metavar="number", type=click.IntRange(1, 256), help="corpus.add.workers")
@output_option("corpus.compare.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *,
    db: str,
    every: bool,
    engine: str,
    workers: int | None,
    output: str | None,
    format_name: str | None,
    quiet: bool,
) -> int:
    from corpus.lineage import implementations

    if not every:
        raise Misuse(text("corpus.compare.needs_all"))
    name = choose_format(format_name, output, FORMATS) if format_name != "parquet" else format_name
    with open_store(db) as store:
        tasks = [Task(db=db, upper=upper, lower=lower) for upper, lower in implementations(store.lineage())]
    rows, failed = _compare(tasks, engine if len(tasks) > 4 else "serial", workers, quiet=quiet)
    write(output, _render(rows, name))
    if not quiet:
        message = text("corpus.compare.done", count=len(rows), failed=failed)
        click.echo(message if tasks else text("corpus.compare.nothing"), err=True)
    return 1 if failed else 0


def _compare(
    tasks: Sequence[Task], engine: str, workers: int | None, *, quiet: bool
) -> tuple[list[dict[str, Any]], int]:
    from corpus.engine import run

    rows: list[dict[str, Any]] = []
    failed = 0
    results: Iterator[dict[str, Any] | Failure] = run(compare_pair, tasks, engine, workers=workers)
    for result in track(results, len(tasks), text("screen.comparing"), quiet=quiet):
        if isinstance(result, Failure):
            report_failure(result)
            failed += 1
        else:
            rows.append(result)
    return rows, failed


def compare_pair(task: Task) -> dict[str, Any]:
    """The row of `compare --measures`, and behind it what the store knows of both notices."""
    from compare import compare
    from duizhao import __version__
    from duizhao.deliver import options_of
    from templates.measures_csv import measured

    with open_store(task.db) as store:
        upper, lower = store.entry(task.upper), store.entry(task.lower)
        sources = [store.document(entry.id) for entry in (upper, lower)]
    notices = [document.notices[entry.position] for document, entry in zip(sources, (upper, lower), strict=True)]
    found = compare(*notices, upper_source=sources[0].source, lower_source=sources[1].source)
    places = {
        f"{side}_{name}": getattr(entry, name)
        for side, entry in (("upper", upper), ("lower", lower))
        for name in ("level", "province", "city")
    }
    return {**measured(found, version=__version__, options=options_of(LEAST)), **places}


def _render(rows: list[dict[str, Any]], name: str) -> bytes:
    if name == "csv":
        from templates.measures_csv import render_rows

        return render_rows(rows)
    if name != "parquet":
        return records(rows, name)
    from corpus.tables import records_to_arrow, to_parquet

    return to_parquet(records_to_arrow(rows))
