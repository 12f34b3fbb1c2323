"""A graph of notices in, where each stands in a picture out: columns from the upper notices to the lower ones.

A notice stands beside the nearest of those that it rests on, leaves on rows of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lineage import RANKS, Graph, Node, Relation
from extract.notice import Level

WIDTH, HEIGHT = 312, 76  # of a box, in pixels
COLUMN, ROW = 420, 92
MARGIN = 28
TOP = 84  # of the first row, below the key
ORDER = (Relation.IMPLEMENTS, Relation.PRINTS, Relation.REPEALS, Relation.CITES)  # beside whom a notice stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    node: Node
    column: int
    row: float

    @property
    def left(self) -> float:
        return MARGIN + self.column * COLUMN

    @property
    def top(self) -> float:
        return TOP + self.row * ROW

    @property
    def middle(self) -> float:
        return self.top + HEIGHT / 2


def place_nodes(graph: Graph) -> dict[str, Box]:
    """Boxes that do not overlap: each chain of parents to the left, each leaf on a row of its own."""
    parent = _parents(graph)
    children: dict[str, list[str]] = {}
    for key in graph.nodes:
        if key in parent:
            children.setdefault(parent[key], []).append(key)
    boxes: dict[str, Box] = {}
    row = 0
    for root, named_by in _roots(graph, parent, children):
        column = max(boxes[named_by].column - 1, 0) if named_by else 0
        row = _place(graph, children, root, (column, row), boxes)
    return boxes


def _roots(graph: Graph, parent: dict[str, str], children: dict[str, list[str]]) -> Iterator[tuple[str, str | None]]:
    """Notices that stand beside no other. Those that are only named too come behind the tree that names them, each
    with the first notice that does.
    """
    after: dict[str, dict[str, str]] = {}
    placed: set[str] = set()
    for edge in graph.edges:
        if edge.upper not in parent and edge.upper not in children and edge.upper not in placed:
            *_, tree = _line(parent, edge.lower)
            after.setdefault(tree, {})[edge.upper] = edge.lower
            placed.add(edge.upper)
    for key in graph.nodes:
        if key not in parent and key not in placed:
            yield key, None
            yield from after.get(key, {}).items()


def _parents(graph: Graph) -> dict[str, str]:
    """Whom each stands beside: what it carries out before what it cites, the nearest level first; circles cut."""
    parent: dict[str, str] = {}
    for edge in sorted(graph.edges, key=lambda e: (ORDER.index(e.relation), *_distance(graph.nodes[e.upper]))):
        if edge.lower not in parent and edge.lower not in _line(parent, edge.upper):
            parent[edge.lower] = edge.upper
    return parent


def _distance(upper: Node) -> tuple[bool, int]:
    return upper.id is None, -RANKS[Level(upper.level)] if upper.level in set(Level) else 0


def _line(parent: dict[str, str], key: str) -> Iterator[str]:
    """A notice and all it rests on."""
    at: str | None = key
    while at is not None:
        yield at
        at = parent.get(at)


def _place(
    graph: Graph, children: dict[str, list[str]], root: str, place: tuple[int, int], boxes: dict[str, Box]
) -> int:
    """Place a tree from a column and row on, leaves first; the next free row. No recursion: a chain may be long."""
    first, row = place
    waiting: list[tuple[str, int, bool]] = [(root, first, False)]
    while waiting:
        key, column, done = waiting.pop()
        below = children.get(key, [])
        if not below:
            boxes[key] = Box(node=graph.nodes[key], column=column, row=row)
            row += 1
        elif done:
            middle = (boxes[below[0]].row + boxes[below[-1]].row) / 2
            boxes[key] = Box(node=graph.nodes[key], column=column, row=middle)
        else:
            waiting.append((key, column, True))
            waiting += [(child, column + 1, False) for child in reversed(below)]
    return row
