"""Items in, their results out in order, on Dask distributed: worker processes here, or a cluster that is running.

DASK_SCHEDULER_ADDRESS names a running cluster; without it, workers are started on this machine. A worker that is killed
costs nothing: its batch runs again elsewhere. A batch that kills its workers is run item by item, and the item that
kills them again is a `Failure`.
"""

import os
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from corpus.engine import attempt_all, killed
from corpus.errors import MissingExtraError
from extract.errors import Failure

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 24  # items a task: a task costs about a millisecond of the scheduler's time
AHEAD = 3  # tasks under way for each worker
DEATHS = 1  # of workers that a task survives; then it is under suspicion
LARGE_GRAPH = "Sending large graph"  # a warning against data in tasks; ours go to one worker each, once


def run(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    key: Callable[[Item], str] = str,
    workers: int | None = None,
) -> Iterator[Result | Failure]:
    """See `corpus.engine.run`.

    Raises:
        MissingExtraError: Dask distributed is not installed.
    """
    waiting = iter(items)
    under_way: deque[tuple[list[Item], Any]] = deque()
    with _client(workers or os.cpu_count() or 1) as client:
        ahead = AHEAD * max(len(client.scheduler_info()["workers"]), 1)
        while True:
            while len(under_way) < ahead and (batch := list(islice(waiting, BATCH))):
                under_way.append((batch, _submit(client, function, batch, key)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            yield from _results(client, function, batch, future, key)


@contextmanager
def _client(workers: int) -> Iterator[Any]:
    dask, distributed = _packages()
    settings = {
        "distributed.scheduler.allowed-failures": DEATHS,
        "distributed.worker.daemon": True,
        "distributed.admin.tick.limit": "1h",  # a busy machine is no news
    }
    with dask.config.set(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=LARGE_GRAPH)
        if dask.config.get("scheduler-address", None):
            with distributed.Client() as client:
                yield client
            return
        local = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
        with local, distributed.Client(local) as client:
            yield client


def _packages() -> tuple[Any, Any]:
    try:
        return import_module("dask"), import_module("distributed")
    except ImportError:
        raise MissingExtraError("dask", "cluster") from None


def _submit(client: Any, function: Callable[[Item], Result], batch: Sequence[Item], key: Callable[[Item], str]) -> Any:
    named = [(item, key(item)) for item in batch]
    return client.submit(attempt_all, function, named, pure=False)


def _results(
    client: Any, function: Callable[[Item], Result], batch: list[Item], future: Any, key: Callable[[Item], str]
) -> Iterator[Result | Failure]:
    """A batch's results; where it killed its workers, those of its items one at a time."""
    killed_worker = import_module("distributed").KilledWorker
    try:
        yield from future.result()
    except killed_worker:
        if len(batch) == 1:
            yield killed(key(batch[0]))
            return
        for item in batch:
            yield from _results(client, function, [item], _submit(client, function, [item], key), key)
