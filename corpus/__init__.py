"""Many notices: a store to search, follow citations in and export; `corpus.samples` holds the bundled ones."""

from corpus.collection import Corpus, Entry, open
from corpus.engine import Engine, run
from corpus.errors import MissingExtraError, QueryError, StoreError
from corpus.filters import Filters
from corpus.ingest import AddOptions

__all__ = [
    "AddOptions",
    "Corpus",
    "Engine",
    "Entry",
    "Filters",
    "MissingExtraError",
    "QueryError",
    "StoreError",
    "open",
    "run",
]
