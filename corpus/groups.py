"""Items in, groups of neighbours out: many light ones together, a heavy one alone."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def group(items: Iterable[Item], weight: Callable[[Item], float], most: int) -> Iterator[list[Item]]:
    """Up to a weight of 1 a group, unless an item alone is heavier, and up to `most` items; in order, as asked for."""
    found: list[Item] = []
    total = 0.0
    for item in items:
        own = weight(item)
        if found and (total + own > 1 or len(found) == most):
            yield found
            found, total = [], 0.0
        found.append(item)
        total += own
    if found:
        yield found
