"""`duizhao corpus add PATH…`: files, folders and zip archives into the store."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, Misuse, password_option, shared_options
from duizhao.failures import report
from duizhao.messages import text
from duizhao.stores import on_store, open_store, store_option, visible
from extract.errors import Failure

if TYPE_CHECKING:
    from corpus.store import Counts

ENGINES = ("serial", "processes", "dask")
SHOWN = 20  # failures named on the screen; all are in the store
MANY, LONG = 20, 2.0  # files and seconds of a run whose rate is worth telling: the start of the program is in it
Tell = Callable[[str, Failure | None], None]


@click.command("add", cls=Command)
@click.argument("paths", nargs=-1, required=True)
@store_option
@click.option("--reference", is_flag=True, help="corpus.add.reference")
@click.option("--retry", is_flag=True, help="corpus.add.retry")
@click.option("--again", is_flag=True, help="corpus.add.again")
@click.option("--engine", type=click.Choice(ENGINES), help="corpus.add.engine")
@click.option("--workers", metavar="number", type=click.IntRange(1, 256), help="corpus.add.workers")
@password_option
@shared_options
@on_store
def command(
    *,
    paths: tuple[str, ...],
    db: str,
    reference: bool,
    retry: bool,
    again: bool,
    engine: str | None,
    workers: int | None,
    password: str | None,
    quiet: bool,
) -> int:
    from corpus import AddOptions
    from corpus.files import count_files
    from extract import ReadOptions

    files = [Path(path) for path in paths]
    missing = [path for path in files if not path.exists()]
    if len(missing) == len(files):
        raise Misuse(text("corpus.add.missing", path=visible(missing[0])))
    total = count_files(files)
    options = AddOptions(
        read=ReadOptions(password=password),
        reference_only=reference,
        retry=retry,
        again=again,
        engine=engine or ("processes" if total > 8 and (os.cpu_count() or 1) > 1 else "serial"),
        workers=workers,
    )
    with open_store(db, read_only=False) as store:
        start = time.monotonic()
        with _Progress(total, quiet=quiet) as progress:
            counts = store.add(files, options, progress.tell)
        if not quiet:
            _conclude(counts, time.monotonic() - start, db)
    return 1 if counts.failed or counts.bad else 0


def _conclude(counts: "Counts", took: float, db: str) -> None:
    """One sentence: what was added, what was there, what failed; how fast, where that tells anything."""
    done = text("corpus.add.done", **asdict(counts))
    read = counts.added + counts.failed
    if read >= MANY and took >= LONG:
        done += text("corpus.add.speed", seconds=f"{took:.1f}", rate=f"{read / took:.1f}")
    click.echo(done, err=True)
    if not any((counts.added, counts.known, counts.failed)):
        click.echo(text("corpus.add.no_files"), err=True)
    if counts.versions:
        click.echo(text("corpus.add.versions", count=counts.versions), err=True)
    if counts.failed or counts.bad:
        click.echo(text("corpus.add.see_failed", db=db), err=True)


class _Progress:
    """Names failures as they come; for a person at a terminal, a bar with rate and time left."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.named = 0
        self.bar = _Bar(total) if not quiet and total > 1 and sys.stderr.isatty() else None

    def __enter__(self) -> "_Progress":
        if self.bar:
            self.bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar:
            self.bar.stop()

    def tell(self, path: str, failure: Failure | None) -> None:
        if self.bar:
            self.bar.advance()
        if failure is None:
            return
        self.named += 1
        if self.named <= SHOWN:
            report(visible(path), failure.message)
        elif self.named == SHOWN + 1:
            click.echo(text("corpus.add.more_failed"), err=True)


class _Bar:
    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task(text("screen.reading"), total=total, rate="")
        self.begun = time.monotonic()
        self.done = 0

    def start(self) -> None:
        self.progress.start()

    def stop(self) -> None:
        self.progress.stop()

    def advance(self) -> None:
        self.done += 1
        rate = self.done / max(time.monotonic() - self.begun, 0.001)
        self.progress.update(self.task, advance=1, rate=text("corpus.add.rate", rate=f"{rate:.1f}"))
