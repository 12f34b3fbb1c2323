"""What a user calls a notice in, the one that is meant out: a document number, a store id, or a title.

Titles fold: brackets, spaces, the issuer in front and 关于印发…的通知 around make no difference. A part of a title or
number will do where only one notice has it.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from corpus.errors import QueryError
from corpus.names import letters, number_key, title_core

SHORTEST_PART = 4  # letters
MOST_NAMED = 8  # candidates in a message
LONGEST_NAME = 40  # characters of a title there


class Named(Protocol):
    """What is looked up: a node of a graph or an entry of a store."""

    @property
    def id(self) -> int | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def attached(self) -> bool: ...


T = TypeVar("T", bound=Named)


def choose(name: str, among: Sequence[T]) -> T | None:
    """The one that answers best to the name; `None` where none does.

    Raises:
        QueryError: several answer equally well; they are listed with their ids.
    """
    for found in _found(name, among):
        if len(found) == 1 or (found and _are_prints(found)):
            return min(found, key=lambda one: one.attached)
        if found:
            raise QueryError(f"有 {len(found)} 份公文符合 {name}；请改用编号或发文字号：{list_candidates(found)}")
    return None


def _are_prints(found: Sequence[Named]) -> bool:
    """Prints of one notice with other texts: that in a file of its own, of several the one stored first, is meant."""
    numbers = {number_key(one.number) for one in found}
    issuers = {one.issuer for one in found if one.issuer}  # 济政办函 is 济南's and 济宁's
    titles = {title_core(one.title) for one in found}
    return len(numbers) == 1 and all(numbers) and (len(issuers) == 1 or (not issuers and len(titles) == 1))


def list_candidates(found: Sequence[Named]) -> str:
    """4（济政办函〔2021〕16号，济南市人民政府办公厅）; a long list is cut."""
    more = "等" if len(found) > MOST_NAMED else ""
    return "、".join(f"{one.id or '未存'}（{_facts(one)}）" for one in islice(found, MOST_NAMED)) + more


def _facts(one: Named) -> str:
    name = one.number or one.title or "无标题"
    return f"{name[:LONGEST_NAME]}{'…' * (len(name) > LONGEST_NAME)}，{one.issuer or '机关不明'}"


def _found(name: str, among: Sequence[T]) -> Iterator[list[T]]:
    """Who answers to the name as number, id, title, title folded, part of either: from the surest to the loosest."""
    number, plain, core = number_key(name), letters(name), title_core(name)
    yield [one for one in among if number and number_key(one.number) == number]
    yield [one for one in among if name.isascii() and name.isdecimal() and str(one.id) == name]
    yield [one for one in among if plain and letters(one.title) == plain]
    titled = [one for one in among if core and title_core(one.title) == core]
    yield [one for one in titled if one.issuer and letters(one.issuer) in plain] or titled
    if len(plain) >= SHORTEST_PART:
        # 〔2021〕136号 without its code
        yield [one for one in among if number and (number_key(one.number) or "").endswith(number)]
        yield [one for one in among if plain in letters(one.title)]
