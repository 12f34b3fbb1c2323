"""`duizhao corpus compare`: every upper/lower pair that lineage finds, its measures as one row; or one upper notice
against all stored lower ones that carry it out, as `duizhao compare` reports them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duizhao.command import Command, Misuse, format_option, output_option, shared_options
from duizhao.commands.compare import LEAST
from duizhao.commands.corpus_list import records
from duizhao.failures import report_failure
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.progress import track
from duizhao.sources import Choice
from duizhao.stores import on_store, open_store, store_option
from extract.errors import Failure

if TYPE_CHECKING:
    from corpus import Corpus
    from duizhao.pairs import Pair, Side

FORMATS = ("csv", "json", "jsonl", "parquet")  # of the measures of all pairs
REPORTS = ("html", "md", "xlsx", "csv", "json", "matrix.json", "measures.csv")  # of one upper notice
FEW_TASKS = 4  # not worth other processes
ENGINES = ("serial", "processes", "dask")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A pair as it travels to a worker: where the store is, and the two notices' ids; `name` is theirs for people."""

    db: str
    upper: int
    lower: int
    name: str

    def __str__(self) -> str:
        return self.name


@click.command("compare", cls=Command)
@click.argument("notice", required=False)
@store_option
@click.option("--all", "every", is_flag=True, help="corpus.compare.all")
@click.option("--engine", type=click.Choice(ENGINES), default="processes", help="corpus.add.engine")
@click.option("--workers", metavar="number", type=click.IntRange(1, 256), help="corpus.add.workers")
@output_option("corpus.compare.output")
@format_option(*FORMATS, *(name for name in REPORTS if name not in FORMATS))
@shared_options
@on_store
def command(
    *,
    notice: str | None,
    db: str,
    every: bool,
    engine: str,
    workers: int | None,
    output: str | None,
    format_name: str | None,
    quiet: bool,
) -> int:
    if every == bool(notice):
        raise Misuse(text("corpus.compare.needs_all"))
    if notice:
        return _one_upper(notice, db, output, format_name, quiet=quiet)
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    name = format_name or (suffix if suffix in REPORTS else choose_format(None, output, FORMATS))
    if name not in FORMATS:
        raise Misuse(text("corpus.compare.all_format", name=name, choices=", ".join(FORMATS)))
    tasks = _tasks(db)
    rows, failed = _compare(tasks, engine if len(tasks) > FEW_TASKS else "serial", workers, quiet=quiet)
    path = write(output, _render(rows, name))
    if not quiet:
        message = text("corpus.compare.done", count=len(rows), failed=failed)
        click.echo(message if tasks else text("corpus.compare.nothing"), err=True)
        if path:
            click.echo(text("screen.wrote", path=path), err=True)
    return 1 if failed else 0


def _tasks(db: str) -> list[Task]:
    from corpus.lineage import implementations

    with open_store(db) as store:
        files = {entry.id: entry.file for entry in store.entries()}
        return [
            Task(db=db, upper=upper, lower=lower, name=f"{files[lower]} ← {files[upper]}")
            for upper, lower in implementations(store.lineage())
        ]


def _one_upper(notice: str, db: str, output: str | None, format_name: str | None, *, quiet: bool) -> int:
    """A notice against all that carry it out: on the screen or as a report, one overview where they are several."""
    from duizhao import deliver

    name = _report_format(format_name, output) if output or format_name else None
    pairs = _pairs_of(notice, db)
    if not pairs:
        click.echo(text("corpus.compare.no_lower", name=notice), err=True)
        return 1
    if name is None:
        _show(pairs)
        return 0
    for target, data in deliver.files(pairs, name, output, several=len(pairs) > 1, least=LEAST):
        path = write(target, data)
        if path and not quiet:
            click.echo(text("screen.wrote", path=path), err=True)
    return 0


def _report_format(asked: str | None, output: str | None) -> str:
    """
    Raises:
        Misuse: the format is one of the measures of all pairs, or none.
    """
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    name = asked or (suffix if suffix in FORMATS else choose_format(None, output, REPORTS))
    if name not in REPORTS:
        raise Misuse(text("corpus.compare.one_format", name=name, choices=", ".join(REPORTS)))
    return choose_format(name, output, REPORTS)


def _pairs_of(notice: str, db: str) -> "list[Pair]":
    from corpus.lineage import implementations
    from duizhao.pairs import pair_with

    with open_store(db) as store:
        upper = store.entry(notice)
        lowers = [lower for above, lower in implementations(store.lineage()) if above == upper.id]
        first = _side(store, upper.id)
        return [pair_with(first, _side(store, lower)) for lower in lowers]


def _side(store: "Corpus", notice: int) -> "Side":
    from duizhao.pairs import Side

    entry, document = store.entry(notice), store.document(notice)
    return Side(choice=Choice(path=Path(entry.file)), document=document, notice=document.notices[entry.position])


def _show(pairs: "Sequence[Pair]") -> None:
    from duizhao.deliver import matrix_of
    from duizhao.summary import ROWS, show, show_overview

    if len(pairs) == 1:
        show(pairs[0].comparison, ROWS, LEAST)
    else:
        show_overview(matrix_of(pairs))


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
