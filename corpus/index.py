"""The index beside a large store, `<store>.search/`: made on request, used where it holds what the store holds.

It is derived and may be thrown away at any time: SQLite stays the only truth, and a search of which the index cannot
tell everything goes to the store's own. It needs `duizhao[search]`.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MissingExtraError
from corpus.index_folder import remove
from corpus.index_log import missed
from corpus.query import Finder

if TYPE_CHECKING:
    from corpus.index_words import Opened

PATIENCE = 120.0  # seconds to wait for another process that makes the index


class SearchIndex:
    """Beside one store. There may be none yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path.with_name(f"{path.name}.search")
        self._description = self.folder / "words" / "meta.json"
        self._opened: Opened | None = None

    def exists(self) -> bool:
        return self._description.is_file()

    @staticmethod
    def is_installed() -> bool:
        """Is there what reads and makes an index?"""
        return find_spec("tantivy") is not None

    def finder(self, connection: sqlite3.Connection) -> Finder | None:
        """For the state of the store that the connection reads; `None` if the index holds another, or there is none."""
        if not self.exists() or not self.is_installed():
            self._opened = None
            return None
        if self._missed(connection) == 0 or (self._reload() and self._missed(connection) == 0):
            from corpus.index_words import Words

            assert self._opened
            return Words(connection, self._opened)
        return None

    def missed(self, connection: sqlite3.Connection) -> int | None:
        """About how many clauses the index has to be caught up with; `None` if it has to be made anew."""
        return self._missed(connection) if self.exists() and self.is_installed() and self._reload() else None

    def update(
        self, tell: Callable[[int, int], None] = lambda _done, _total: None, *, patience: float = PATIENCE
    ) -> None:
        """Make the index, or catch it up; `tell` hears how many clauses are done of how many.

        Raises:
            MissingExtraError: tantivy is not installed.
            StoreError: the store or the folder cannot be written, or another process has been at it for too long.
        """
        if not self.is_installed():
            raise MissingExtraError("大库的检索索引", "search")
        from corpus.index_build import update

        self._opened = None
        update(self.path, self.folder, tell, patience=patience)

    def remove(self) -> None:
        """
        Raises:
            StoreError: the store or the folder cannot be written, or another process is making the index.
        """
        self._opened = None
        remove(self.path, self.folder)

    def distrust(self) -> None:
        """Use it no more until it is made anew: it could not be read, though it seemed whole."""
        self._opened = None
        with suppress(OSError):
            self._description.unlink()

    def _missed(self, connection: sqlite3.Connection) -> int | None:
        return missed(connection, self._opened.state) if self._opened else None

    def _reload(self) -> bool:
        """Take the index as it is now; is there a whole one?"""
        from corpus.index_words import open_index

        self._opened = open_index(self.folder / "words")
        return self._opened is not None
