"""Items in, their results out in the same order, on one process or many; a bad item is a value.

`run` calls a top-level function on each item. What the function raises as `DuizhaoError` or `OSError`
comes back as a `Failure`; anything else is a bug and is raised. A worker process that dies costs only
the item that killed it.

Engines of other projects come in through an adapter, a module with a `run` of the same meaning.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from importlib import import_module
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

from extract.errors import DuizhaoError, Failure, ReadError, say_system

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4  # items under way for each worker: enough to keep it busy, few enough to keep memory flat


ADAPTERS = {"dask": "corpus.cluster"}  # name -> module; each needs an extra


class Engine(StrEnum):
    """Those that need no other package."""

    SERIAL = "serial"
    PROCESSES = "processes"


def run(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    engine: Engine | str = Engine.SERIAL,
    *,
    key: Callable[[Item], str] = str,
    workers: int | None = None,
) -> Iterator[Result | Failure]:
    """Yield one result or `Failure` an item, in the order of the items.

    `key` names an item in its `Failure`. `workers` counts processes, by default one a core; the results
    are the same for any number.

    Raises:
        ValueError: no such engine.
        MissingExtraError: the engine's package is not installed.
    """
    if engine in ADAPTERS:
        yield from import_module(ADAPTERS[engine]).run(function, items, key, workers)
        return
    if Engine(engine) is Engine.PROCESSES:
        yield from _on_processes(function, items, key, workers or os.cpu_count() or 1)
        return
    for item in items:
        yield attempt(function, item, key(item))


def attempt(function: Callable[[Item], Result], item: Item, name: str) -> Result | Failure:
    """The function's result, or what it raised that a user can act on."""
    try:
        return function(item)
    except ReadError as error:
        return Failure(key=name, step="read", message=str(error).removeprefix(f"{error.path}: "))
    except DuizhaoError as error:
        return Failure(key=name, step="parse", message=str(error))
    except OSError as error:
        return Failure(key=name, step="read", message=say_system(error))


def _on_processes(
    function: Callable[[Item], Result], items: Iterable[Item], key: Callable[[Item], str], workers: int
) -> Iterator[Result | Failure]:
    waiting = iter(items)
    under_way: deque[tuple[Item, Future[Result | Failure]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for item in islice(waiting, workers * AHEAD - len(under_way)):
                under_way.append((item, _submit(pool, function, item, key)))
            if not under_way:
                return
            if _broken(under_way[0][1]):
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one(function, under_way, key)
                under_way.clear()
                pool = _pool(workers)
            else:
                yield under_way.popleft()[1].result()
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(
    function: Callable[[Item], Result],
    suspects: Iterable[tuple[Item, Future[Result | Failure]]],
    key: Callable[[Item], str],
) -> Iterator[Result | Failure]:
    """Run each unfinished item alone in a process: a broken pool does not say which of them broke it."""
    pool = _pool(1)
    try:
        for item, future in suspects:
            again = _submit(pool, function, item, key) if _broken(future) else future
            if _broken(again):
                pool.shutdown()
                pool = _pool(1)
                yield killed(key(item))
            else:
                yield again.result()
    finally:
        pool.shutdown(cancel_futures=True)


def killed(name: str) -> Failure:
    """An item whose worker dies each time."""
    return Failure(key=name, step="worker", message="处理这个文件的进程意外终止；请单独再试，或检查文件是否损坏")


def _submit(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], item: Item, key: Callable[[Item], str]
) -> "Future[Result | Failure]":
    try:
        return pool.submit(attempt, function, item, key(item))
    except BrokenProcessPool as error:  # a worker died since the last item
        future: Future[Result | Failure] = Future()
        future.set_exception(error)
        return future


def _broken(future: "Future[Result | Failure]") -> bool:
    """Wait for the future; did its worker, or one beside it, die?"""
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: forking a process that draws progress from a thread can lock up, and is an error from 3.12 on.
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Workers of a parent that is killed would wait for it for ever: each holds both ends of the queue."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
