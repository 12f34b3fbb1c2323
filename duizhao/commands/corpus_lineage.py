"""`duizhao corpus lineage [NUMBER]`: who carries out, cites and prints whom."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from duizhao.command import Command, format_option, output_option, shared_options
from duizhao.commands.corpus_list import records
from duizhao.messages import text
from duizhao.output import choose_format, write
from duizhao.screen import columns, shorten, wrap
from duizhao.stores import on_store, open_store, store_option, visible

if TYPE_CHECKING:
    from corpus.lineage import Graph, Node, Relation, Wanted

FORMATS = ("text", "dot", "svg", "json", "mermaid", "csv")
NAMED = 3  # citing notices named beside a wanted one
INDENT = 6  # columns before a wanted document, the count among them


@click.command("lineage", cls=Command)
@click.argument("notice", required=False)
@store_option
@click.option("--direction", type=click.Choice(("up", "down", "both")), default="both", help="corpus.lineage.direction")
@click.option("--depth", metavar="number", type=click.IntRange(1, 100), help="corpus.lineage.depth")
@click.option("--wanted", is_flag=True, help="corpus.lineage.wanted")
@output_option("corpus.lineage.output")
@format_option(*FORMATS)
@shared_options
@on_store
def command(
    *,
    notice: str | None,
    db: str,
    direction: str,
    depth: int | None,
    wanted: bool,
    output: str | None,
    format_name: str | None,
    quiet: bool,
) -> int:
    from corpus.lineage import around, find_node, linked_only

    name = choose_format(format_name, output, FORMATS)
    with open_store(db) as store:
        graph = store.lineage()
    root = find_node(graph, notice) if notice else None
    part = around(graph, root, direction, depth) if root else linked_only(graph)
    if wanted:
        write(output, _wanted(part, name))
    elif name == "text":
        lines = _trees(part, root, direction)
        short = lines if output else (shorten(line, columns()) for line in lines)
        write(output, "".join(f"{line}\n" for line in short).encode())
    else:
        write(output, render(part, name).encode())
    if not quiet and not part.edges:
        click.echo(text("corpus.lineage.nothing"), err=True)
    elif not quiet and wanted and all(node.id is not None for node in part.nodes.values()):
        click.echo(text("corpus.lineage.complete"), err=True)
    return 0


def render(graph: "Graph", name: str) -> str:
    from corpus.graph_svg import render_svg
    from corpus.graph_texts import render_dot, render_json, render_mermaid

    if name == "csv":
        rows = [
            {**asdict(edge), "lower": graph.nodes[edge.lower].name, "upper": graph.nodes[edge.upper].name}
            for edge in graph.edges
        ]
        return records(rows, "csv", ("lower", "upper", "relation", "clause", "quote")).decode("utf-8")
    return {"dot": render_dot, "svg": render_svg, "json": render_json, "mermaid": render_mermaid}[name](graph)


def _wanted(graph: "Graph", name: str) -> bytes:
    from corpus.lineage import list_wanted

    found = list_wanted(graph)
    if name in {"json", "csv"}:
        rows = [{**asdict(one), "by": list(one.by) if name == "json" else "、".join(one.by)} for one in found]
        return records(rows, name, ("kind", "number", "title", "issuer", "count", "implemented", "by"))
    return "".join(f"{line}\n" for line in _wanted_lines(found)).encode()


def _wanted_lines(found: "Sequence[Wanted]") -> Iterator[str]:
    """Notices, then laws and regulations: how often, number and title in full, who cites."""
    for kind, several in groupby(found, key=lambda one: one.kind):
        group = tuple(several)
        yield text(f"corpus.lineage.wanted_{kind}", count=len(group))
        for one in group:
            name = "  ".join(visible(part) for part in (one.number, one.title) if part)
            first, *rest = wrap(name, columns() - INDENT)
            yield f"{one.count:>{INDENT - 2}}  {first}"
            yield from (" " * INDENT + line for line in rest)
            by = text("corpus.lineage.cited_by", names=visible(_few(one.by)))
            yield from (" " * INDENT + line for line in wrap(by, columns() - INDENT))


def _few(names: tuple[str, ...]) -> str:
    return text("corpus.advice.between").join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def _trees(graph: "Graph", root: "Node | None", direction: str) -> Iterator[str]:
    if root is None:
        lowers = {edge.lower for edge in graph.edges}
        roots = [node for node in graph.nodes.values() if node.key not in lowers]
        # what is carried out comes before what is merely cited, laws come last
        carried_out = {edge.upper for edge in graph.edges if edge.relation == "implements"}
        roots.sort(key=lambda node: (node.kind == "law", node.key not in carried_out))
        yield from _tree(graph, roots, upward=False)
        return
    if direction in {"up", "both"}:
        yield from _half(graph, root, upward=True)
    if direction in {"down", "both"}:
        yield from _half(graph, root, upward=False)


def _half(graph: "Graph", root: "Node", *, upward: bool) -> Iterator[str]:
    """What is above a notice, or below it; that there is nothing is said."""
    lines = list(_tree(graph, [root], upward=upward))
    yield text("corpus.lineage.up" if upward else "corpus.lineage.down")
    yield from lines if len(lines) > 1 else [*lines, "    " + text("corpus.lineage.none")]


def _tree(graph: "Graph", roots: "Sequence[Node]", *, upward: bool) -> Iterator[str]:
    from corpus.graph_texts import tree_lines

    for depth, node, relations, seen in tree_lines(graph, roots, upward=upward):
        yield "  " * (depth + 1) + _words(node, relations, seen=seen)


def _words(node: "Node", relations: "tuple[Relation, ...]", *, seen: bool) -> str:
    how = text("corpus.advice.between").join(text(f"corpus.relation.{relation}") for relation in relations)
    relation = f"[{how}] " if how else ""
    missing = text("corpus.lineage.marked", mark=text(f"corpus.lineage.missing_{node.kind}")) if node.id is None else ""
    before = text("corpus.lineage.seen") if seen else ""
    title = f" {node.title}" if node.title and node.title != node.name else ""
    return relation + visible(node.name) + missing + before + visible(title)
