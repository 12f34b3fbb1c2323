"""A stored record and a new one in, a line for each value that differs out. Both are plain JSON data."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from duizhao.messages import text
from duizhao.screen import shorten, width

EXPLANATIONS = frozenset({"rule", "cues"})  # stand in a record only where they were asked for
SHOWN = 40  # columns of a value in a message
BEFORE = 8  # characters shown before the first difference
NAMES = ("id", "document_number")  # what an item of a list is known by

Plain = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    values: int = 0  # compared
    told: Set[str] = frozenset()  # words that are known to be wrong; not told twice


def compare_records(stored: Plain, fresh: Plain, tally: Tally) -> Iterator[str]:
    """Explanations that the record does not have are left out."""
    yield from _differences(stored, fresh, "", tally)


def _differences(stored: Any, fresh: Any, path: str, tally: Tally) -> Iterator[str]:
    if isinstance(stored, dict) and isinstance(fresh, dict):
        yield from _of_objects(stored, fresh, path, tally)
    elif isinstance(stored, list) and isinstance(fresh, list) and _holds_objects(stored, fresh):
        yield from _of_lists(stored, fresh, path, tally)
    else:
        tally.values += 1
        if stored != fresh and not (isinstance(stored, str) and stored in tally.told):
            yield _line(path, stored, fresh)


def _of_objects(stored: Plain, fresh: Plain, path: str, tally: Tally) -> Iterator[str]:
    for name in dict.fromkeys((*fresh, *stored)):
        inner = f"{path}.{name}" if path else name
        if name in stored and name in fresh:
            yield from _differences(stored[name], fresh[name], inner, tally)
        elif name not in EXPLANATIONS:
            tally.values += 1
            yield _line(inner, stored.get(name), fresh.get(name))


def _of_lists(stored: Sequence[Any], fresh: Sequence[Any], path: str, tally: Tally) -> Iterator[str]:
    if len(stored) != len(fresh):
        tally.values += 1
        yield text("verify.items", path=path, stored=len(stored), fresh=len(fresh))
        return
    for at, (one, other) in enumerate(zip(stored, fresh, strict=True)):
        yield from _differences(one, other, f"{path}[{_name(other, at)}]", tally)


def _holds_objects(*lists: Sequence[Any]) -> bool:
    return any(isinstance(item, dict) for one in lists for item in one)


def _name(item: Any, at: int) -> str:
    found = (item.get(name) for name in NAMES) if isinstance(item, dict) else ()
    return next((str(name) for name in found if name), str(at))


def _line(path: str, stored: Any, fresh: Any) -> str:
    one, other = _say(stored), _say(fresh)
    at = first_difference(one, other) if width(one) > SHOWN or width(other) > SHOWN else 0
    return text("verify.value", path=path, stored=around(one, at), fresh=around(other, at))


def _say(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (left, right) in pairs if left != right), min(len(one), len(other)))


def around(words: str, at: int) -> str:
    """The words from a little before a place on."""
    first = max(at - BEFORE, 0)
    return ("…" if first else "") + shorten(words[first:], SHOWN)
