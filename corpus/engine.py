"""Items in, their results out in the same order, on one process or many; a bad item is a value.

`run` calls a top-level function on each item. What the function raises as `DuizhaoError` or `OSError`
comes back as a `Failure`; anything else is a bug and is raised. A worker process that dies costs only
the item that killed it. Light items travel several a task: to hand over many costs little more than one.

Engines of other projects come in through an adapter, a module with a `run` of the same meaning.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from importlib import import_module
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

from corpus.groups import group
from extract.errors import DuizhaoError, Failure, ReadError, say_system

Item = TypeVar("Item")
Result = TypeVar("Result")
Task = list[tuple[Item, str]]  # items with their names
Answer = Future[list[Result | Failure]]

AHEAD = 4  # tasks under way for each worker: enough while the caller writes, few enough to keep memory flat
MOST = 16  # items a task
YOUNG = 20_000  # objects made before a worker looks for cycles among them

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
    weight: Callable[[Item], float] = lambda _item: 1.0,
    workers: int | None = None,
) -> Iterator[Result | Failure]:
    """Yield one result or `Failure` an item, in the order of the items.

    `key` names an item in its `Failure`. `weight` is the share of a task that an item makes up; by default each
    is one of its own. `workers` counts processes, by default one a core; the results are the same for any number.

    Raises:
        ValueError: no such engine.
        MissingExtraError: the engine's package is not installed.
    """
    if engine in ADAPTERS:
        yield from import_module(ADAPTERS[engine]).run(function, items, key, workers)
        return
    if Engine(engine) is Engine.PROCESSES:
        named = ((item, key(item)) for item in items)
        tasks = group(named, lambda pair: weight(pair[0]), MOST)
        yield from _on_processes(function, tasks, workers or os.cpu_count() or 1)
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


def attempt_all(function: Callable[[Item], Result], task: Sequence[tuple[Item, str]]) -> list[Result | Failure]:
    """The same for items with their names."""
    return [attempt(function, item, name) for item, name in task]


def _on_processes(
    function: Callable[[Item], Result], tasks: Iterator[Task[Item]], workers: int
) -> Iterator[Result | Failure]:
    under_way: deque[tuple[Task[Item], Answer[Result]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for task in islice(tasks, workers * AHEAD - len(under_way)):
                under_way.append((task, _submit(pool, function, task)))
            if not under_way:
                return
            if _broken(under_way[0][1]):
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one(function, under_way)
                under_way.clear()
                pool = _pool(workers)
            else:
                yield from under_way.popleft()[1].result()
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(
    function: Callable[[Item], Result], suspects: Iterable[tuple[Task[Item], Answer[Result]]]
) -> Iterator[Result | Failure]:
    """Run each unfinished item alone in a process: a broken pool does not say which of them broke it."""
    pool = _pool(1)
    try:
        for task, answer in suspects:
            if not _broken(answer):
                yield from answer.result()
                continue
            for item, name in task:
                again = _submit(pool, function, [(item, name)])
                if _broken(again):
                    pool.shutdown()
                    pool = _pool(1)
                    yield killed(name)
                else:
                    yield from again.result()
    finally:
        pool.shutdown(cancel_futures=True)


def killed(name: str) -> Failure:
    """An item whose worker dies each time."""
    return Failure(key=name, step="worker", message="处理这个文件的进程意外终止；请单独再试，或检查文件是否损坏")


def _submit(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], task: Task[Item]
) -> "Future[list[Result | Failure]]":
    try:
        return pool.submit(attempt_all, function, task)
    except BrokenProcessPool as error:  # a worker died since the last task
        future: Future[list[Result | Failure]] = Future()
        future.set_exception(error)
        return future


def _broken(answer: "Future[list[Result | Failure]]") -> bool:
    """Wait for the answer; did its worker, or one beside it, die?"""
    return answer.cancelled() or isinstance(answer.exception(), BrokenProcessPool)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: forking a process that draws progress from a thread can lock up, and is an error from 3.12 on.
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    # What an item leaves behind is mostly gone without the collector, which otherwise takes a fiftieth of the time.
    gc.set_threshold(YOUNG)
    _end_with_parent()


def _end_with_parent() -> None:
    """Workers of a parent that is killed would wait for it for ever: each holds both ends of the queue."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
