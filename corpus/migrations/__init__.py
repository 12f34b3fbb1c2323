"""The store's schema, one SQL file a version, applied in order: `1.sql` makes an empty store."""

from collections.abc import Iterator
from importlib.resources import files

__all__ = ["READABLE", "VERSION", "scripts"]

VERSION = 3
READABLE = 1  # the oldest version whose tables are read as they are: such a store is migrated when it is next added to


def scripts(since: int) -> Iterator[tuple[int, str]]:
    """Version and SQL of each step after the version given."""
    for version in range(since + 1, VERSION + 1):
        yield version, files(__name__).joinpath(f"{version}.sql").read_text("utf-8")
