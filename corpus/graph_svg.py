"""A graph of notices in, a picture out: SVG without any program's help, light or dark as the reader's system is.

Titles are data: everything is escaped. A title that does not fit is cut with an ellipsis and stands whole in the tip.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from corpus.documents import Kind
from corpus.errors import QueryError
from corpus.graph_layout import HEIGHT, MARGIN, WIDTH, Box, place_nodes
from corpus.graph_texts import CONTROL, LABELS
from corpus.lineage import Edge, Graph, Node, Relation
from extract.notice import Level

MOST_NODES = 3_000  # above, no picture can be read
STRIPE = 6  # pixels, the colour of the level
LEFT = STRIPE + 12  # of the text in a box
NUMBER_SIZE, TITLE_SIZE = 15, 12.5  # pixels
TITLE_LINES = 2
CLOSING = "，。、；：？！）》”’〉〕"  # may stand in the margin
OPENING = "（《〈“‘"  # never last in a line
PIECES = re.compile(rf"[{OPENING}]*(?:[0-9A-Za-z.%+〔〕\-—]{{1,16}}号?|.)[{CLOSING}]*")
BEND = 60  # pixels that a line goes round boxes of its own column
UNDER = 62  # pixels down, for a line that would pass behind boxes of its own row
APART = 12  # pixels between two lines of the same notices
DASHES = {Relation.IMPLEMENTS: "", Relation.CITES: "7 5", Relation.PRINTS: "2 4", Relation.REPEALS: "12 4 2 4"}
LEVELS = {Level.NATIONAL: "国家级", Level.PROVINCE: "省级", Level.PREFECTURE: "地市", Level.COUNTY: "县区"}
MISSING = {Kind.NOTICE: "缺", Kind.LAW: "法律法规"}
KEY_STEP = 24  # pixels between two entries of the key
STYLE = """
svg { background: #fffdf8; --ink: #1d1b18; --soft: #55514a; --line: #8a8378; --paper: #ffffff; --edge: #6b665d;
  --national: #9b1c1c; --province: #8a5a00; --prefecture: #1f5f7a; --county: #2f6b3a; --none: #6b665d;
  --empty: #f4f2ec }
@media (prefers-color-scheme: dark) {
  svg { background: #1b1a18; --ink: #f0ece4; --soft: #bdb6a9; --line: #7d766a; --paper: #262421; --edge: #a39c8f;
    --national: #f08a80; --province: #e0b35a; --prefecture: #7fbcd6; --county: #8cc795; --none: #a39c8f;
    --empty: #201f1c }
}
text { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: var(--soft) }
.box { fill: var(--paper); stroke: var(--line); stroke-width: 1 }
.wanted { fill: var(--empty); stroke-dasharray: 5 4 }
.number { font-family: "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif; font-size: 15px;
  font-weight: 600; fill: var(--ink) }
.title { font-size: 12.5px }
.alone { fill: var(--ink) }
.note { font-size: 11.5px; text-anchor: end }
.key { font-size: 13px; fill: var(--ink) }
.edge { fill: none; stroke: var(--edge); stroke-width: 1.4 }
.cites { opacity: .75 }
.repeals { stroke: var(--national) }
.arrow { fill: var(--edge) }
.national { fill: var(--national) } .province { fill: var(--province) } .prefecture { fill: var(--prefecture) }
.county { fill: var(--county) } .none { fill: var(--none) }
"""
ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="arrow" d="M0,0 L8,4 L0,8 z"/></marker></defs>'
)


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
    key = list(_key(graph))
    aside = any(boxes[edge.lower].column <= boxes[edge.upper].column for edge in graph.edges)
    width = max([box.left + WIDTH + aside * BEND for box in boxes.values()] + [end for end, _ in key]) + MARGIN
    height = max((box.top + HEIGHT for box in boxes.values()), default=MARGIN) + MARGIN
    body = [shape for _, shape in key]
    body += [*_edges(boxes, graph), *(_box(box) for box in boxes.values())]
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" lang="zh" role="img" {size}>'
    return "\n".join([head, f"<style>{STYLE}</style>", ARROW, *body, "</svg>"]) + "\n"


def _box(box: Box) -> str:
    node, left, top = box.node, box.left, box.top
    kind = "box" if node.id is not None else "box wanted"
    shape = f'<rect class={quoteattr(kind)} x="{left:g}" y="{top:g}" width="{WIDTH}" height="{HEIGHT}" rx="3"/>'
    stripe = f'<path class="{_level(node)}" d="M{left:g},{top:g} h{STRIPE} v{HEIGHT} h-{STRIPE} z"/>'
    tip = " ".join(part for part in (node.number, node.title, node.issuer, node.issued_on) if part)
    return f"<g><title>{_text(tip or node.key)}</title>{shape}{stripe}{''.join(_lines(node, left, top))}</g>"


def _lines(node: Node, left: float, top: float) -> Iterator[str]:
    """The number with what is to be noted, then the title; without a number the title has both places."""
    note = MISSING[node.kind] if node.id is None else (node.issued_on or "")
    noted = measure(note, TITLE_SIZE) + 10 if note else 0
    yield f'<text class="note" x="{left + WIDTH - 10:g}" y="{top + 23:g}">{_text(note)}</text>' if note else ""
    room: float = WIDTH - LEFT - 10
    title, y, kind, lines = node.title or "", top + 24, "title", TITLE_LINES
    if node.number or not title:
        [name] = fit(node.name, NUMBER_SIZE, room - noted, 1)
        yield f'<text class="number" x="{left + LEFT:g}" y="{y:g}">{_text(name)}</text>'
        y += 21
    else:
        room, kind, lines = room - noted, "title alone", TITLE_LINES + 1
    for line in fit(title, TITLE_SIZE, room, lines):
        yield f'<text class="{kind}" x="{left + LEFT:g}" y="{y:g}">{_text(line)}</text>'
        y += 19


def fit(text: str, size: float, room: float, most: int) -> list[str]:
    """At most so many lines of a width in pixels; what is left out is marked by an ellipsis.

    Numbers stay whole, and no line begins with a closing mark.
    """
    lines = [""]
    for piece in PIECES.findall(CONTROL.sub(" ", text)):
        if lines[-1] and measure(lines[-1] + piece.rstrip(CLOSING), size) > room:
            if len(lines) == most:
                return [*lines[:-1], _shorten(lines[-1], size, room)]
            lines.append("")
        lines[-1] += piece
    return [*lines[:-1], lines[-1] if measure(lines[-1], size) <= room + size else _shorten(lines[-1], size, room)]


def _shorten(line: str, size: float, room: float) -> str:
    while line and measure(line + "…", size) > room:
        line = line[:-1]
    return line + "…"


def measure(text: str, size: float) -> float:
    """Width in pixels, on the wide side: a Chinese character is a square, a Latin letter less than one."""
    return size * sum(1.0 if char in "WM@%" or unicodedata.east_asian_width(char) in "WFA" else 0.7 for char in text)


def _level(node: Node) -> str:
    return str(node.level) if node.level in set(Level) else "none"


def _edges(boxes: dict[str, Box], graph: Graph) -> Iterator[str]:
    """Relations of the same two notices one below the other; edges stand in the order of their ends."""
    for _, several in groupby(graph.edges, key=lambda edge: (edge.lower, edge.upper)):
        group = tuple(several)
        for at, edge in enumerate(group):
            yield _edge(boxes, edge, APART * (at - (len(group) - 1) / 2))


def _edge(boxes: dict[str, Box], edge: Edge, shift: float) -> str:
    """From the lower notice to the upper; sideways or back it goes round the boxes."""
    lower, upper = boxes[edge.lower], boxes[edge.upper]
    end, start = (upper.left + WIDTH, upper.middle + shift), (lower.left, lower.middle + shift)
    bend = (start[0] + end[0]) / 2
    if lower.column <= upper.column:
        start = (lower.left + WIDTH, start[1])
        bend = max(start[0], end[0]) + BEND
    under = UNDER if lower.column - upper.column > 1 and abs(end[1] - start[1]) < HEIGHT else 0
    path = (
        f"M{start[0]:g},{start[1]:g} C{bend:g},{start[1] + under:g} {bend:g},{end[1] + under:g} {end[0]:g},{end[1]:g}"
    )
    where = f"{LABELS[edge.relation]} {edge.clause or ''} {edge.quote or ''}".strip()
    return f'<path {_look(edge.relation)} d="{path}"><title>{_text(where)}</title></path>'


def _look(relation: Relation) -> str:
    dashes = f' stroke-dasharray="{DASHES[relation]}"' if DASHES[relation] else ""
    return f'class="edge {relation}" marker-end="url(#arrow)"{dashes}'


def _key(graph: Graph) -> Iterator[tuple[float, str]]:
    """What lines and colours mean, of those that are in the picture; each with where it ends."""
    relations = {edge.relation for edge in graph.edges}
    x = float(MARGIN)
    for relation in (one for one in Relation if one in relations):
        words = LABELS[relation]
        end = x + 52 + measure(words, 13)
        line = f'<path {_look(relation)} d="M{x:g},{MARGIN} h44"/>'
        yield end, f'{line}<text class="key" x="{x + 52:g}" y="{MARGIN + 5}">{words}</text>'
        x = end + KEY_STEP
    x = float(MARGIN)
    for name, words in _levels(graph):
        end = x + 18 + measure(words, 13)
        mark = f'<path class="{name}" d="M{x:g},{MARGIN + 18} h10 v16 h-10 z"/>'
        yield end, f'{mark}<text class="key" x="{x + 18:g}" y="{MARGIN + 31}">{words}</text>'
        x = end + KEY_STEP


def _levels(graph: Graph) -> Iterator[tuple[str, str]]:
    order = [str(level) for level in LEVELS] + ["none"]
    found = sorted({_level(node) for node in graph.nodes.values()}, key=order.index)
    for name, _ in groupby(found):
        yield name, LEVELS[Level(name)] if name != "none" else "层级不明"


def _text(text: str) -> str:
    return escape(CONTROL.sub(" ", text))
