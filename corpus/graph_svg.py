"""A graph of notices in, a picture out: SVG without any program's help.

Columns run from the upper notices on the left to the lower ones on the right; a notice stands beside the first of
those that it rests on. Titles are data: everything is escaped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from corpus.errors import QueryError
from corpus.graph_texts import CONTROL, LABELS, label
from corpus.lineage import Edge, Graph, Node, Relation

MOST_NODES = 3_000  # above, no picture can be read
WIDTH, HEIGHT = 300, 46  # of a box, in pixels
COLUMN, ROW = 380, 62
MARGIN = 24
TITLE_CHARACTERS = 23
DASHES = {Relation.IMPLEMENTS: "", Relation.CITES: "6 4", Relation.PRINTS: "2 3"}
STYLE = """
.box { fill: #fffdf8; stroke: #7a1f1f; stroke-width: 1 }
.wanted { fill: #f2f2ef; stroke: #8a8a80; stroke-dasharray: 5 4 }
.number { font: 600 14px "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; fill: #1d1b18 }
.title { font: 12px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: #55514a }
.edge { fill: none; stroke: #55514a; stroke-width: 1.2 }
.key { font: 12px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: #55514a }
svg { background: #fffdf8 }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    node: Node
    column: int
    row: float

    @property
    def left(self) -> float:
        return MARGIN + self.column * COLUMN

    @property
    def middle(self) -> float:
        return MARGIN + 30 + self.row * ROW + HEIGHT / 2


def render_svg(graph: Graph) -> str:
    """
    Raises:
        QueryError: too many notices for one picture.
    """
    if len(graph.nodes) > MOST_NODES:
        raise QueryError(
            f"有 {len(graph.nodes)} 份公文，一张图画不下（最多 {MOST_NODES}）；请指定一份公文，或用 --format dot"
        )
    boxes = place_nodes(graph)
    columns = max((box.column for box in boxes.values()), default=0) + 1
    rows = max((box.row for box in boxes.values()), default=0) + 1
    width, height = 2 * MARGIN + (columns - 1) * COLUMN + WIDTH, 2 * MARGIN + 30 + rows * ROW
    width = max(width, 560)  # room for the key
    body = [*_key(), *(_edge(boxes, edge) for edge in graph.edges), *(_box(box) for box in boxes.values())]
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([head, f"<style>{STYLE}</style>", *body, "</svg>"]) + "\n"


def place_nodes(graph: Graph) -> dict[str, Box]:
    """Boxes that do not overlap: each chain of parents to the left, each leaf on a row of its own."""
    parent = _parents(graph)
    children: dict[str, list[str]] = {}
    for key, above in parent.items():
        children.setdefault(above, []).append(key)
    boxes: dict[str, Box] = {}
    row = 0
    for root in (key for key in graph.nodes if key not in parent):
        row = _place(graph, children, root, row, boxes)
    return boxes


def _parents(graph: Graph) -> dict[str, str]:
    """The first notice that each rests on, circles cut."""
    parent: dict[str, str] = {}
    for edge in sorted(graph.edges, key=lambda e: e.relation is not Relation.IMPLEMENTS):
        if edge.lower not in parent and edge.lower not in _line(parent, edge.upper):
            parent[edge.lower] = edge.upper
    return parent


def _line(parent: dict[str, str], key: str) -> Iterator[str]:
    """A notice and all it rests on."""
    at: str | None = key
    while at is not None:
        yield at
        at = parent.get(at)


def _place(graph: Graph, children: dict[str, list[str]], root: str, row: int, boxes: dict[str, Box]) -> int:
    """Place a tree below `row`, leaves first; the next free row. Without recursion: a chain may be long."""
    waiting: list[tuple[str, int, bool]] = [(root, 0, False)]
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


def _box(box: Box) -> str:
    left, top = box.left, box.middle - HEIGHT / 2
    kind = "box" if box.node.id is not None else "box wanted"
    lines = label(box.node).split("\n")
    texts = "".join(_lines(lines, left, top))
    tip = f"<title>{_text(' '.join(lines))}</title>"
    shape = f'<rect class={quoteattr(kind)} x="{left:g}" y="{top:g}" width="{WIDTH}" height="{HEIGHT}" rx="2"/>'
    return f"<g>{tip}{shape}{texts}</g>"


def _lines(lines: Iterable[str], left: float, top: float) -> Iterator[str]:
    kinds = ("number", "title")
    for number, line in enumerate(tuple(lines)[:2]):
        short = line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"
        yield f'<text class="{kinds[number]}" x="{left + 10:g}" y="{top + 19 + 18 * number:g}">{_text(short)}</text>'


def _edge(boxes: dict[str, Box], edge: Edge) -> str:
    lower, upper = boxes[edge.lower], boxes[edge.upper]
    start, end = (upper.left + WIDTH, upper.middle), (lower.left, lower.middle)
    if lower.column <= upper.column:  # sideways or back: round the boxes
        end = (lower.left + WIDTH, lower.middle)
        bend = max(start[0], end[0]) + 50
        path = f"M{start[0]:g},{start[1]:g} C{bend:g},{start[1]:g} {bend:g},{end[1]:g} {end[0]:g},{end[1]:g}"
    else:
        bend = (start[0] + end[0]) / 2
        path = f"M{start[0]:g},{start[1]:g} C{bend:g},{start[1]:g} {bend:g},{end[1]:g} {end[0]:g},{end[1]:g}"
    where = f"{LABELS[edge.relation]} {edge.clause or ''} {edge.quote or ''}".strip()
    return f'<path class="edge" d="{path}"{_dashes(edge.relation)}><title>{_text(where)}</title></path>'


def _key() -> Iterator[str]:
    for number, relation in enumerate(Relation):
        x = MARGIN + 170 * number
        yield f'<path class="edge" d="M{x},{MARGIN} h40"{_dashes(relation)}/>'
        yield f'<text class="key" x="{x + 48}" y="{MARGIN + 4}">{LABELS[relation]}</text>'


def _dashes(relation: Relation) -> str:
    return f' stroke-dasharray="{DASHES[relation]}"' if DASHES[relation] else ""


def _text(text: str) -> str:
    return escape(CONTROL.sub(" ", text))
