"""A store in, who carries out, cites and prints whom out: a graph whose edges lead from the lower notice to the upper.

A cited number or title is resolved to a stored notice only where one alone answers to it; what is not there is wanted.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.errors import QueryError
from corpus.names import number_key
from extract.notice import Level

RANKS = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}


class Relation(StrEnum):
    IMPLEMENTS = "implements"
    CITES = "cites"
    PRINTS = "prints"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A notice. `id` is its number in the store, `None` where it is wanted: cited, but not there."""

    key: str
    id: int | None
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    issued_on: str | None

    @property
    def name(self) -> str:
        return self.number or self.title or self.key


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """`lower` carries out, cites or prints `upper`, both keys of nodes; `clause` and `quote` say where."""

    lower: str
    upper: str
    relation: Relation
    clause: str | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document cited but not stored; `by` are the numbers or titles of those that cite it."""

    number: str | None
    title: str | None
    issuer: str | None
    count: int
    implemented: bool  # some notice carries it out
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]  # by lower, upper, relation; at most one of each


def build_graph(connection: sqlite3.Connection) -> Graph:
    """The whole store. Copies of a notice are one node."""
    stored = {row[0]: _node(row) for row in connection.execute(STORED)}
    originals = dict(connection.execute("SELECT id, coalesce(copy_of, id) FROM notice"))
    nodes = {node.key: node for node in stored.values()}
    edges: dict[tuple[str, str, Relation], Edge] = {}
    for lower, upper, edge in _edges(connection, stored, originals):
        if lower.key != upper.key:
            known = nodes.setdefault(upper.key, upper)
            if known.title is None:  # the number stands alone in a title, with its name in the opening
                nodes[upper.key] = upper
            edges.setdefault((edge.lower, edge.upper, edge.relation), edge)
    stronger = {(a, b) for a, b, relation in edges if relation is not Relation.CITES}
    kept = (e for e in edges.values() if e.relation is not Relation.CITES or (e.lower, e.upper) not in stronger)
    return Graph(nodes=nodes, edges=tuple(sorted(kept, key=lambda e: (e.lower, e.upper, e.relation))))


STORED = "SELECT id, number, title, issuer, level, issued_on FROM notice WHERE copy_of IS NULL ORDER BY id"
CITED = (
    "SELECT notice, clause, relation, number, number_key, title, title_key, issuer, quote FROM citation"
    " ORDER BY notice, rowid"
)
PRINTED = (
    "SELECT outer.id, inner.id FROM notice AS inner JOIN notice AS outer USING (document)"
    " WHERE outer.position = 0 AND inner.position > 0 ORDER BY outer.id, inner.id"
)


def _node(row: tuple[Any, ...]) -> Node:
    return Node(key=f"n{row[0]}", **dict(zip(tuple(Node.__slots__)[1:], row, strict=True)))


def _edges(
    connection: sqlite3.Connection, stored: dict[int, Node], originals: dict[int, int]
) -> Iterator[tuple[Node, Node, Edge]]:
    resolver = Resolver(connection)
    for notice, clause, relation, number, number_key_, title, title_key_, issuer, quote in connection.execute(CITED):
        lower = stored[originals[notice]]
        found = resolver.resolve(originals[notice], number_key_, title_key_, issuer)
        upper = stored[found] if found else _wanted_node(number, number_key_, title, title_key_, issuer)
        kind = Relation(relation)
        if kind is Relation.IMPLEMENTS and _is_below(upper, lower):
            kind = Relation.CITES
        yield lower, upper, Edge(lower=lower.key, upper=upper.key, relation=kind, clause=clause, quote=quote)
    for outer, inner in connection.execute(PRINTED):
        lower, upper = stored[originals[outer]], stored[originals[inner]]
        yield lower, upper, Edge(lower=lower.key, upper=upper.key, relation=Relation.PRINTS, clause=None, quote=None)


def _wanted_node(
    number: str | None, number_key_: str | None, title: str | None, title_key_: str | None, issuer: str | None
) -> Node:
    key = f"w{number_key_}" if number_key_ else f"t{title_key_}"
    return Node(key=key, id=None, number=number, title=title, issuer=issuer, level=None, issued_on=None)


def _is_below(upper: Node, lower: Node) -> bool:
    """A province carries out nothing of its cities."""
    if upper.level is None or lower.level is None:
        return False
    return RANKS[Level(upper.level)] > RANKS[Level(lower.level)]


class Resolver:
    """Numbers and titles to stored originals; each notice's number, title and issuer are read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_number: dict[str, list[int]] = {}
        self._by_title: dict[str, list[int]] = {}
        self._facts: dict[int, tuple[str, str | None, str | None]] = {}  # issuer, level, province
        rows = connection.execute(
            "SELECT id, number_key, title_key, coalesce(issuer, ''), level, province FROM notice"
            " WHERE copy_of IS NULL ORDER BY id"
        )
        for id_, number, title, issuer, level, province in rows:
            self._facts[id_] = (issuer, level, province)
            if number:
                self._by_number.setdefault(number, []).append(id_)
            if title:
                self._by_title.setdefault(title, []).append(id_)

    def resolve(self, citing: int, number: str | None, title: str | None, issuer: str | None) -> int | None:
        """The one stored notice that a citation means; `None` where there is none or several."""
        if number is not None:
            found = self._by_number.get(number, [])
            if len(found) > 1 and issuer:  # 济政办函 is 济南's and 济宁's
                found = [one for one in found if issuer in self._facts[one][0]]
            return found[0] if len(found) == 1 else None
        found = [one for one in self._by_title.get(title or "", []) if self._may_mean(citing, one, issuer)]
        return found[0] if len(found) == 1 else None

    def _may_mean(self, citing: int, other: int, issuer: str | None) -> bool:
        """A title alone means its issuer's notice, or one from the citing notice's own province or the nation."""
        name, level, province = self._facts[other]
        if citing == other:
            return False
        if issuer:
            return issuer in name or bool(name and name in issuer)
        return level == Level.NATIONAL or (province is not None and province == self._facts[citing][2])


def list_wanted(graph: Graph) -> tuple[Wanted, ...]:
    """Documents that are cited but not there, the most cited first."""
    citing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        citing.setdefault(edge.upper, []).append(edge)
    found = (_wanted(graph, node, citing[key]) for key, node in graph.nodes.items() if node.id is None)
    return tuple(sorted(found, key=lambda one: (-one.count, one.number or "", one.title or "")))


def _wanted(graph: Graph, node: Node, edges: list[Edge]) -> Wanted:
    by = tuple(dict.fromkeys(graph.nodes[edge.lower].name for edge in edges))
    implemented = any(edge.relation is Relation.IMPLEMENTS for edge in edges)
    return Wanted(
        number=node.number, title=node.title, issuer=node.issuer, count=len(by), implemented=implemented, by=by
    )


def find_node(graph: Graph, name: str) -> Node:
    """The node of a document number, stored or wanted, or of a store id.

    Raises:
        QueryError: none, or several, answer to the name.
    """
    key = number_key(name)
    found = [node for node in graph.nodes.values() if key and number_key(node.number) == key]
    if not found and name.isdecimal():
        found = [node for node in graph.nodes.values() if node.id == int(name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "、".join(f"{node.id}（{node.issuer or '机关不明'}）" for node in found)
        raise QueryError(f"有 {len(found)} 份公文的发文字号是 {name}；请改用编号：{ids}")
    raise QueryError(f"既没有存、也没有公文引用 {name}；用 duizhao corpus list 看有哪些")


def around(graph: Graph, node: Node, direction: Direction | str = Direction.BOTH, depth: int | None = None) -> Graph:
    """The part of the graph that a notice leads to: upward what it rests on, downward what rests on it."""
    direction = Direction(direction)
    edges: set[Edge] = set()
    if direction is not Direction.DOWN:
        edges |= _reach(graph, node.key, depth, upward=True)
    if direction is not Direction.UP:
        edges |= _reach(graph, node.key, depth, upward=False)
    keys = {node.key} | {key for edge in edges for key in (edge.lower, edge.upper)}
    nodes = {key: one for key, one in graph.nodes.items() if key in keys}
    return Graph(nodes=nodes, edges=tuple(edge for edge in graph.edges if edge in edges))


def _reach(graph: Graph, start: str, depth: int | None, *, upward: bool) -> set[Edge]:
    next_: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        next_.setdefault(edge.lower if upward else edge.upper, []).append(edge)
    found: set[Edge] = set()
    seen, border, level = {start}, [start], 0
    while border and (depth is None or level < depth):
        edges = [edge for key in border for edge in next_.get(key, ())]
        found.update(edges)
        border = [key for key in _ends(edges, upward=upward) if key not in seen]
        seen.update(border)
        level += 1
    return found


def _ends(edges: Iterable[Edge], *, upward: bool) -> Iterator[str]:
    yield from dict.fromkeys(edge.upper if upward else edge.lower for edge in edges)


def linked_only(graph: Graph) -> Graph:
    """Without notices that nothing links."""
    keys = {key for edge in graph.edges for key in (edge.lower, edge.upper)}
    return Graph(nodes={key: node for key, node in graph.nodes.items() if key in keys}, edges=graph.edges)


def implementations(graph: Graph) -> Iterator[tuple[int, int]]:
    """(upper, lower) ids of stored notices, each lower one carrying out its upper one."""
    for edge in graph.edges:
        upper, lower = graph.nodes[edge.upper].id, graph.nodes[edge.lower].id
        if edge.relation is Relation.IMPLEMENTS and upper is not None and lower is not None:
            yield upper, lower
