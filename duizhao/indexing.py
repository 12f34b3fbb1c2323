"""The index beside a large store, as the commands make it: with a bar for a person who waits."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from duizhao.messages import text
from duizhao.progress import PATIENCE
from duizhao.stores import visible

if TYPE_CHECKING:
    from corpus import Corpus

LITTLE = 50_000  # clauses that a search catches the index up with by itself, in a second or two


def make_index(store: "Corpus", *, quiet: bool) -> int:
    """Clauses that were taken into the index.

    Raises:
        MissingExtraError: tantivy is not installed.
        StoreError: the store or the folder cannot be written, or another process has been at it for too long.
    """
    with _Bar(quiet=quiet) as bar:
        store.index.update(bar.tell)
    return bar.total


@contextmanager
def indexed(store: "Corpus", *, quiet: bool) -> Iterator[None]:
    """Round a search: brings an index up to date, and says where it is not used, and why."""
    there = store.index.exists()
    missed = _catch_up(store, quiet=quiet) if there else 0
    yield
    if there and not quiet and (missed != 0 or not store.index.exists()):
        click.echo(_why_not(store, missed), err=True)


def _catch_up(store: "Corpus", *, quiet: bool) -> int | None:
    """Clauses that the index still lacks; `None` if it has to be made anew."""
    from corpus import StoreError

    missed = store.index.missed(store.connection)
    if missed is None or not 0 < missed <= LITTLE:
        return missed
    try:
        with _Bar(quiet=quiet) as bar:
            store.index.update(bar.tell, patience=0)
    except StoreError:  # on a medium that cannot be written, or while another process is at it
        return missed
    return 0


def _why_not(store: "Corpus", missed: int | None) -> str:
    if not store.index.is_installed():
        return text("corpus.index.not_installed")
    key = "corpus.index.behind" if missed else "corpus.index.foreign"
    return text(key, missed=missed, db=visible(store.path))


class _Bar:
    """Appears once the work has taken a while."""

    def __init__(self, *, quiet: bool) -> None:
        self.total = 0
        self._shown = not quiet and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._progress: Any = None

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *error: object) -> None:
        if self._progress:
            self._progress.stop()

    def tell(self, done: int, total: int) -> None:
        self.total = total
        if self._shown and self._progress is None and time.monotonic() - self._begun > PATIENCE:
            self._start(total)
        if self._progress:
            self._progress.update(self._task, completed=done)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(text("corpus.index.making"), total=total)
        self._progress.start()
