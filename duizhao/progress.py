"""A progress bar on standard error: only for a person at a terminal, and only when the work takes long."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

PATIENCE = 0.8  # seconds before a bar appears


def track(items: Iterable[Item], total: int, label: str, *, quiet: bool) -> Iterator[Item]:
    """Yield the items; once they have taken a while, show how many are done and how long the rest takes."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from items
        return
    iterator = iter(items)
    start = time.monotonic()
    done = 0
    while done < total and time.monotonic() - start < PATIENCE:
        yield next(iterator)
        done += 1
    yield from _with_bar(iterator, done, total, label)


def _with_bar(items: Iterable[Item], done: int, total: int, label: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total, completed=done)
        for item in items:
            progress.advance(task)
            yield item
