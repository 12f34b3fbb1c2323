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
from corpus.store import Batch, Counts, known_keys, write_batch
from extract.errors import Failure, ReadError
from extract.options import ReadOptions

BATCH = 16  # files a transaction: short enough that workers do not run dry meanwhile
SECONDS = 1.0  # between transactions, so that a kill costs little where files are slow


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
        self._written = time.monotonic()
        self._under_way: deque[tuple[Found, Item]] = deque()
        self._keys: set[str] = set()  # of files under way: the same bytes are read once

    def run(self, paths: Iterable[Path]) -> Counts:
        """Add every file under the paths.

        Raises:
            StoreError: the store cannot be written; what was written before stays.
        """
        options = self.options
        results = run(build_entry, self._items(paths), options.engine, key=str, workers=options.workers)
        for result in results:
            found, item = self._under_way.popleft()
            self._keys.discard(item.key)
            if isinstance(result, Failure):
                self._fail(found, item.key, sha256(item.data).hexdigest(), result)
            else:
                data = None if options.reference_only else item.data
                self._batch.entries.append((result, found.path, data))
                self.tell(found.path, None)
            self._write(whole=False)
        self._write(whole=True)
        return self.counts

    def _items(self, paths: Iterable[Path]) -> Iterator[Item]:
        """Files that are not known yet. What needs no reading is settled here, as the engine asks for more."""
        for found in find_files(paths, self.options.read.max_bytes):
            try:
                data = found.read()
            except ReadError as error:
                message = str(error).removeprefix(f"{error.path}: ")
                failure = Failure(key=found.path, step="open", message=message)
                self._fail(found, f"path:{found.path}", None, failure)
                continue
            key = item_key(sha256(data).hexdigest(), self.options.read)
            if self._is_new(found, key):
                item = Item(key=key, name=found.name, data=data, options=self.options.read)
                self._under_way.append((found, item))
                self._keys.add(key)
                yield item

    def _is_new(self, found: Found, key: str) -> bool:
        good = known_keys(self.connection, (key,)).get(key)
        known = key in self._keys or (good is not None and not self.options.again)
        if good is False and (self.options.retry or self.options.again):
            return key not in self._keys
        if not known:
            return True
        self.counts.known += 1
        self.counts.bad += good is False
        self._batch.places.append((found.path, key))
        self._write(whole=False)
        self.tell(found.path, None)
        return False

    def _fail(self, found: Found, key: str, digest: str | None, failure: Failure) -> None:
        self._batch.failures.append((key, digest, failure.step, failure.message))
        self._batch.places.append((found.path, key))
        self.tell(found.path, failure)
        self._write(whole=False)

    def _write(self, *, whole: bool) -> None:
        waited = time.monotonic() - self._written > SECONDS
        if whole or waited or len(self._batch) >= BATCH:
            batch, self._batch = self._batch, Batch()
            write_batch(self.connection, self.path, batch, self.counts, again=self.options.again)
            self._written = time.monotonic()
