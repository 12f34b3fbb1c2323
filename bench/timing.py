"""CPU time, which neighbours on a shared machine disturb less than the clock on the wall; and tables of figures."""

import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version


def cpu(function: Callable[[], object], times: int = 3) -> float:
    """Seconds of CPU of this process, the least of several calls."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        function()
        taken.append(time.process_time() - start)
    return min(taken)


def speed(size: int, seconds: float) -> str:
    """Bytes in seconds as MB/s; 1 MB is 10⁶ bytes."""
    return f"{size / 1e6 / max(seconds, 1e-9):.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """A Markdown table; all columns but the first `words` hold figures."""
    rule = "|".join("---" if at < words else "---:" for at in range(len(head)))
    lines = [f"| {' | '.join(row)} |\n" for row in (head, *rows)]
    return "".join([lines[0], f"|{rule}|\n", *lines[1:]])


def installed(name: str) -> str | None:
    """The version of an installed distribution."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def missing(name: str) -> str:
    """What stands in place of a table whose peer is not there."""
    return f"**Not measured: {name} is not installed.** `pip install '.[bench]'` brings it.\n"
