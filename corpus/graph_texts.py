"""A graph of notices in, its description for other programs out: Graphviz dot, Mermaid, JSON, an indented tree."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from corpus.lineage import Graph, Node, Relation

LINES = {Relation.IMPLEMENTS: "solid", Relation.CITES: "dashed", Relation.PRINTS: "dotted", Relation.REPEALS: "bold"}
ARROWS = {Relation.IMPLEMENTS: "-->", Relation.CITES: "-.->", Relation.PRINTS: "==>", Relation.REPEALS: "--x"}
MERMAID_SPECIAL = re.compile(r"[^\w\u3000-\u303f\uff00-\uffef ，。《》〔〕“”—·、-]")
LABELS = {
    Relation.IMPLEMENTS: "贯彻落实",
    Relation.CITES: "引用",
    Relation.PRINTS: "印发为附件",
    Relation.REPEALS: "废止",
}
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def render_dot(graph: Graph) -> str:
    """Graphviz: upper notices above, wanted ones dashed."""
    lines = ["digraph lineage {", "  rankdir=BT;", '  node [shape=box, fontname="Noto Sans CJK SC"];']
    for node in graph.nodes.values():
        style = ", style=dashed" if node.id is None else ""
        lines.append(f"  {_dot_id(node.key)} [label={_dot_text(label(node))}{style}];")
    for edge in graph.edges:
        ends = f"{_dot_id(edge.lower)} -> {_dot_id(edge.upper)}"
        lines.append(f'  {ends} [label="{LABELS[edge.relation]}", style={LINES[edge.relation]}];')
    return "\n".join([*lines, "}"]) + "\n"


def render_mermaid(graph: Graph) -> str:
    """Mermaid flowchart; special characters as entities, so that a title is never markup."""
    names = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    lines = ["flowchart BT"]
    for key, node in graph.nodes.items():
        lines.append(f'  {names[key]}["{_mermaid_text(label(node))}"]')
        if node.id is None:
            lines.append(f"  style {names[key]} stroke-dasharray: 4 3")
    edges = (
        f"  {names[edge.lower]} {ARROWS[edge.relation]}|{LABELS[edge.relation]}| {names[edge.upper]}"
        for edge in graph.edges
    )
    return "\n".join([*lines, *edges]) + "\n"


def render_json(graph: Graph) -> str:
    """Nodes and edges; the edges lead from the lower notice to the upper."""
    record = {"nodes": [asdict(node) for node in graph.nodes.values()], "edges": [asdict(edge) for edge in graph.edges]}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def tree_lines(
    graph: Graph, roots: Iterable[Node], *, upward: bool
) -> Iterator[tuple[int, Node, tuple[Relation, ...], bool]]:
    """Depth, node, how it is related to the one above it, and whether its branch was shown before.

    A branch that was shown before, in this tree or in an earlier one, is left out.
    """
    next_: dict[str, dict[str, list[Relation]]] = {}
    for edge in graph.edges:
        start, end = (edge.lower, edge.upper) if upward else (edge.upper, edge.lower)
        next_.setdefault(start, {}).setdefault(end, []).append(edge.relation)
    seen: set[str] = set()
    waiting: list[tuple[int, str, tuple[Relation, ...]]] = []
    waiting += [(0, root.key, ()) for root in reversed(tuple(roots))]
    while waiting:
        depth, key, relations = waiting.pop()
        yield depth, graph.nodes[key], relations, key in seen and key in next_
        if key not in seen:
            seen.add(key)
            waiting += [(depth + 1, end, tuple(how)) for end, how in next_.get(key, {}).items()][::-1]


def label(node: Node) -> str:
    parts = [node.number, node.title] if node.title != node.number else [node.number]
    return "\n".join(part for part in parts if part) or node.key


def _dot_id(key: str) -> str:
    return _dot_text(key)


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + CONTROL.sub(" ", escaped) + '"'


def _mermaid_text(text: str) -> str:
    return "<br>".join(MERMAID_SPECIAL.sub(lambda m: f"#{ord(m[0])};", line) for line in text.split("\n"))
