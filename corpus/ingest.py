"""Files in, the store filled: read in parallel, skipped where known, failures kept with their reason.

A run that is killed has stored whole batches; the next run finds what is done by the keys and goes on.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from corpus.engine import run
from corpus.entry import Item, build_entry, item_key
from corpus.files import Found, find_files
from corpus.store import Batch, Counts, known_failure, known_keys, write_batch
from extract.errors import Failure, ReadError
from extract.options import ReadOptions

BATCH_FILES = 64  # a transaction: short enough that workers do not run dry meanwhile
BATCH_BYTES = 1 << 24  # of files that wait to be stored
SECONDS = 1.0  # between transactions, so that a kill costs little where files are slow
TASK_BYTES = 1 << 16  # of files that travel to a worker together: where they are text, a tenth of a second's work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions:
    """`reference_only` keeps no bytes; `retry` reads failed files anew, `again` every file."""

    read: ReadOptions = field(default_factory=ReadOptions)
    reference_only: bool = False
    retry: bool = False
    again: bool = False
    engine: str = "processes"
    workers: int | None = None


DEFAULTS = AddOptions()


class Ingest:
    """One run. `tell` hears of every file: its path, and the failure if it is one."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        options: AddOptions = DEFAULTS,
        tell: Callable[[str, Failure | None], None] = lambda _path, _failure: None,
    ) -> None:
        self.connection = connection
        self.path = path
        self.options = options
        self.tell = tell
        self.counts = Counts()
        self._batch = Batch()
        self._waiting_bytes = 0
        self._written = time.monotonic()
        self._under_way: deque[tuple[Found, Item]] = deque()
        # Of files under way or waiting to be stored; of every file where what is stored is read again, too: the same
        # bytes are read once in a run.
        self._keys: set[str] = set()
        self._twins: dict[str, list[Found]] = {}  # of files under way: the same bytes elsewhere
        self._reasons: dict[str, Failure] = {}  # of this run, by key

    def run(self, paths: Iterable[Path]) -> Counts:
        """Add every file under the paths.

        Raises:
            StoreError: the store cannot be written; what was written before stays.
        """
        engine, workers = self.options.engine, self.options.workers
        for result in run(build_entry, self._items(paths), engine, weight=_share, workers=workers):
            found, item = self._under_way.popleft()
            twins = self._twins.pop(item.key)
            if isinstance(result, Failure):
                self._fail(found, item.key, sha256(item.data).hexdigest(), result)
            else:
                self._batch.entries.append(result)
                self._waiting_bytes += len(item.data)
                self._settle(found, item.key)
            for twin in twins:
                self._settle_known(twin, item.key)
        self._write()
        return self.counts

    def _items(self, paths: Iterable[Path]) -> Iterator[Item]:
        """Files that are not known yet. What needs no reading is settled here, as the engine asks for more."""
        for found in find_files(paths, self.options.read.max_bytes):
            try:
                data = found.read()
            except ReadError as error:
                self._fail_to_open(found, str(error).removeprefix(f"{error.path}: "))
                continue
            key = item_key(sha256(data).hexdigest(), self.options.read)
            if self._is_new(found, key):
                keep = not self.options.reference_only
                item = Item(key=key, name=found.name, data=data, options=self.options.read, keep=keep)
                self._under_way.append((found, item))
                self._keys.add(key)
                self._twins[key] = []
                yield item

    def _is_new(self, found: Found, key: str) -> bool:
        good = known_keys(self.connection, (key,)).get(key)
        wanted = good is None or self.options.again or (self.options.retry and not good)
        if wanted and key not in self._keys:
            return True
        if key in self._twins:
            self._twins[key].append(found)  # whether it is bad is known when the first has been read
        else:
            self._settle_known(found, key)
        return False

    def _settle_known(self, found: Found, key: str) -> None:
        """Read before, in this run or an earlier one; a bad file is named under each of its paths."""
        # What was read in this run need not be stored yet.
        failure = self._reasons.get(key) if key in self._keys else known_failure(self.connection, key)
        self.counts.known += 1
        self.counts.bad += failure is not None
        self._settle(found, key, failure)

    def _fail_to_open(self, found: Found, message: str) -> None:
        """There are no bytes to know it by; it is known by its path as long as the reason is the same."""
        key = f"path:{found.path}"
        before = known_failure(self.connection, key)
        if before and before.message == message and not (self.options.retry or self.options.again):
            self._settle_known(found, key)
        else:
            self._fail(found, key, None, Failure(key=found.path, step="open", message=message))

    def _fail(self, found: Found, key: str, digest: str | None, failure: Failure) -> None:
        self._reasons[key] = failure
        self._batch.failures.append((key, digest, failure.step, failure.message))
        self._settle(found, key, failure)

    def _settle(self, found: Found, key: str, failure: Failure | None = None) -> None:
        """A file is done with but for being stored."""
        self._batch.places.append((found.path, key))
        self.tell(found.path, failure)
        slow = time.monotonic() - self._written > SECONDS
        if slow or len(self._batch) >= BATCH_FILES or self._waiting_bytes >= BATCH_BYTES:
            self._write()

    def _write(self) -> None:
        batch, self._batch = self._batch, Batch()
        write_batch(self.connection, self.path, batch, self.counts, again=self.options.again)
        if not self.options.again:
            self._keys.difference_update(batch.keys())
        self._waiting_bytes = 0
        self._written = time.monotonic()


def _share(item: Item) -> float:
    """Of a task."""
    return len(item.data) / TASK_BYTES
