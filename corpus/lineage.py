"""A store in, who carries out, cites and prints whom out: a graph whose edges lead from the lower notice to the upper.

What a citation means is settled in `corpus.resolver`; what is not there is wanted, laws and regulations apart.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.documents import Kind
from corpus.errors import QueryError
from corpus.lookup import choose
from corpus.resolver import Document, Resolver, read_citations
from extract.jurisdictions import locate
from extract.notice import Level

RANKS = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}


class Relation(StrEnum):
    IMPLEMENTS = "implements"
    CITES = "cites"
    PRINTS = "prints"
    REPEALS = "repeals"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A notice. `id` is its number in the store, `None` where it is cited, but not there: wanted, or a law."""

    key: str
    id: int | None
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    issued_on: str | None
    kind: Kind = Kind.NOTICE
    attached: bool = False  # stored as what another notice prints

    @property
    def name(self) -> str:
        return self.number or self.title or self.key


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """`lower` carries out, cites, prints or ends `upper`, both keys of nodes; `clause` and `quote` say where."""

    lower: str
    upper: str
    relation: Relation
    clause: str | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document cited but not stored; `by` are the numbers or titles of those that cite it."""

    kind: Kind
    number: str | None
    title: str | None
    issuer: str | None
    count: int
    implemented: bool  # some notice carries it out
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]  # in the order of the lower nodes, then of the upper; at most one of each relation


def build_graph(connection: sqlite3.Connection) -> Graph:
    """The whole store. Copies of a notice are one node."""
    stored = {row[0]: _node(row) for row in connection.execute(STORED)}
    nodes = {node.key: node for node in stored.values()}
    edges: dict[tuple[str, str, Relation], Edge] = {}
    for lower, upper, edge in _edges(connection, stored):
        if lower.key != upper.key:
            known = nodes.setdefault(upper.key, upper)
            if len(known.title or "") < len(upper.title or ""):  # its number alone, 《公司法》, its name in full
                nodes[upper.key] = upper
            edges.setdefault((edge.lower, edge.upper, edge.relation), edge)
    stronger = {(a, b) for a, b, relation in edges if relation is not Relation.CITES}
    kept = (e for e in edges.values() if e.relation is not Relation.CITES or (e.lower, e.upper) not in stronger)
    rank = {key: number for number, key in enumerate(nodes)}
    return Graph(nodes=nodes, edges=tuple(sorted(kept, key=lambda e: (rank[e.lower], rank[e.upper], e.relation))))


STORED = (
    "SELECT id, number, title, issuer, level, issued_on, position > 0 FROM notice WHERE copy_of IS NULL ORDER BY id"
)
PRINTED = (
    "SELECT coalesce(outer.copy_of, outer.id), coalesce(inner.copy_of, inner.id)"
    " FROM notice AS inner JOIN notice AS outer USING (document)"
    " WHERE outer.position = 0 AND inner.position > 0 ORDER BY outer.id, inner.id"
)


def _node(row: tuple[Any, ...]) -> Node:
    names = ("id", "number", "title", "issuer", "level", "issued_on")
    values = dict(zip(names, row[:-1], strict=True))
    return Node(key=f"n{row[0]}", attached=bool(row[-1]), **values)


def _edges(connection: sqlite3.Connection, stored: dict[int, Node]) -> Iterator[tuple[Node, Node, Edge]]:
    for cited, found in Resolver(connection).resolve(read_citations(connection)):
        lower = stored[cited.notice]
        upper = _missing(found) if isinstance(found, Document) else stored[found]
        kind = Relation(cited.relation)
        if kind is Relation.IMPLEMENTS and _is_below(upper, lower):
            kind = Relation.CITES
        yield (
            lower,
            upper,
            Edge(lower=lower.key, upper=upper.key, relation=kind, clause=cited.clause, quote=cited.quote),
        )
    for outer, inner in connection.execute(PRINTED):
        lower, upper = stored[outer], stored[inner]
        yield lower, upper, Edge(lower=lower.key, upper=upper.key, relation=Relation.PRINTS, clause=None, quote=None)


def _missing(found: Document) -> Node:
    """A document that is not stored; its issuer, or a law's own name, may tell its level."""
    return Node(
        key=found.key,
        id=None,
        number=found.number,
        title=found.title,
        issuer=found.issuer,
        level=_level(found.issuer or found.title or ""),
        issued_on=None,
        kind=found.kind,
    )


def _level(name: str) -> Level | None:
    """市农业农村局 does not say whose it is: 上海's is of a province."""
    place = locate(name)
    return place.level if place.province or place.level is Level.NATIONAL else None


def _is_below(upper: Node, lower: Node) -> bool:
    """A province carries out nothing of its cities."""
    if upper.level is None or lower.level is None:
        return False
    return RANKS[Level(upper.level)] > RANKS[Level(lower.level)]


def list_wanted(graph: Graph) -> tuple[Wanted, ...]:
    """Documents that are cited but not there, the most cited first, laws and regulations behind the others."""
    citing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        citing.setdefault(edge.upper, []).append(edge)
    found = (_wanted(graph, node, citing[key]) for key, node in graph.nodes.items() if node.id is None)
    return tuple(sorted(found, key=lambda one: (one.kind is Kind.LAW, -one.count, one.number or "", one.title or "")))


def _wanted(graph: Graph, node: Node, edges: list[Edge]) -> Wanted:
    by = tuple(dict.fromkeys(graph.nodes[edge.lower].name for edge in edges))
    implemented = any(edge.relation is Relation.IMPLEMENTS for edge in edges)
    return Wanted(
        kind=node.kind,
        number=node.number,
        title=node.title,
        issuer=node.issuer,
        count=len(by),
        implemented=implemented,
        by=by,
    )


def find_node(graph: Graph, name: str) -> Node:
    """The node of a document number, a store id or a title, stored or wanted; see `corpus.lookup`.

    Raises:
        QueryError: none, or several, answer to the name.
    """
    stored = [node for node in graph.nodes.values() if node.id is not None]
    missing = [node for node in graph.nodes.values() if node.id is None]
    if found := choose(name, stored) or choose(name, missing):
        return found
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
    """(upper, lower) ids of stored notices, each lower one carrying out its upper one; by upper, then lower."""
    found: set[tuple[int, int]] = set()
    for edge in graph.edges:
        upper, lower = graph.nodes[edge.upper].id, graph.nodes[edge.lower].id
        if edge.relation is Relation.IMPLEMENTS and upper is not None and lower is not None:
            found.add((upper, lower))
    yield from sorted(found)
