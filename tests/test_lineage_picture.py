"""A graph of notices as a tree and as a picture: what is reached, where it stands, what a reader sees."""

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from corpora import make_store
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus import Corpus, QueryError
from corpus.graph_layout import HEIGHT, WIDTH, place_nodes
from corpus.graph_svg import fit, measure, render_svg
from corpus.graph_texts import render_dot, render_json, render_mermaid, tree_lines
from corpus.lineage import Direction, Edge, Graph, Node, Relation, around, linked_only

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Corpus]:
    with make_store(tmp_path_factory.mktemp("picture") / "a.db", samples) as found:
        yield found


def node(key: str, **fields: Any) -> Node:
    return Node(
        **{
            "key": key,
            "id": 1,
            "number": key,
            "title": None,
            "issuer": None,
            "level": None,
            "issued_on": None,
            **fields,
        }
    )


def edge(lower: str, upper: str) -> Edge:
    return Edge(lower=lower, upper=upper, relation=Relation.IMPLEMENTS, clause=None, quote=None)


CIRCLE = Graph(
    nodes={key: node(key) for key in "abcd"}, edges=(edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("d", "a"))
)


@pytest.mark.parametrize(("direction", "reached"), [("up", "abc"), ("down", "abcd"), ("both", "abcd")])
def test_trees_end_even_in_circles(direction: str, reached: str) -> None:
    """Notices that cite one another in a ring are each reached once."""
    assert "".join(sorted(around(CIRCLE, CIRCLE.nodes["a"], Direction(direction)).nodes)) == reached
    assert len(place_nodes(CIRCLE)) == 4


def test_depth_limits_a_tree() -> None:
    """One step up is what a notice itself carries out."""
    assert set(around(CIRCLE, CIRCLE.nodes["a"], "up", 1).nodes) == {"a", "b"}


def test_picture_stands_by_itself(store: Corpus) -> None:
    """The SVG is XML with every notice in it, boxes apart, and loads nothing."""
    graph = linked_only(store.lineage())
    root = etree.fromstring(render_svg(graph).encode())
    boxes = [(float(one.get("x")), float(one.get("y"))) for one in root.iter(f"{SVG}rect")]

    assert len(boxes) == len(graph.nodes)
    assert all(abs(x - u) >= WIDTH or abs(y - v) >= HEIGHT for i, (x, y) in enumerate(boxes) for u, v in boxes[:i])
    assert not [one for one in root.iter() if any("href" in name or "src" in name for name in one.attrib)]


LONG = "某某省人民政府办公厅关于印发进一步强化就业优先政策做好2021—2025年稳就业保就业若干工作任务分工方案（试行）的通知"


@pytest.mark.chromium
def test_words_stay_in_their_boxes(tmp_path: Path) -> None:
    """In the browser no line of a box ends outside it, with long titles and numbers, with and without a day."""
    playwright = pytest.importorskip("playwright.sync_api")
    facts: tuple[dict[str, Any], ...] = (
        {"title": LONG, "issued_on": "2021-09-01", "level": "province"},
        {"title": LONG * 2, "number": None, "id": None},
        {"title": "“" * 60, "number": "国家发展改革委等七部门公告2021年第1号", "issued_on": "2021-09-01"},
        {"title": "W" * 80, "number": "W" * 60},
    )
    nodes = {str(i): node(str(i), **one) for i, one in enumerate(facts)}
    graph = Graph(nodes=nodes, edges=(edge("1", "0"), edge("2", "0"), edge("3", "0")))
    path = tmp_path / "图.svg"
    path.write_text(render_svg(graph), "utf-8")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.goto(path.as_uri())
        over = page.evaluate(
            "() => [...document.querySelectorAll('g')].flatMap(g => {const box = g.querySelector('rect').getBBox();"
            " return [...g.querySelectorAll('text')].map(t => {const b = t.getBBox();"
            " return Math.max(b.x + b.width - box.x - box.width, box.x - b.x, b.y + b.height - box.y - box.height)})})"
        )
        browser.close()

    assert len(over) >= 11
    assert max(over) <= 0


def test_title_that_does_not_fit_is_cut_and_whole_in_the_tip() -> None:
    """An ellipsis in the box, all words where the pointer rests; a number is never broken."""
    lines = fit(LONG, 12.5, 280, 2)
    svg = render_svg(Graph(nodes={"a": node("a", title=LONG)}, edges=()))

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(measure(line.rstrip("，。）"), 12.5) <= 280 for line in lines)
    assert not any(line.endswith(("2021—", "（")) for line in fit(LONG, 12.5, 280, 4))
    assert f"<title>a {LONG}</title>" in svg


def test_picture_explains_itself_light_and_dark(store: Corpus) -> None:
    """The key names the relations and levels that are drawn, and no others; dark systems have their own colours."""
    svg = render_svg(linked_only(store.lineage()))
    words = {one.text for one in etree.fromstring(svg.encode()).iter(f"{SVG}text") if one.get("class") == "key"}

    assert words == {"贯彻落实", "引用", "印发为附件", "省级", "地市", "层级不明"}
    assert "prefers-color-scheme: dark" in svg


HOSTILE = Graph(
    nodes={
        "a": node("a", title='"]; evil <script>alert(1)</script> & \\" \n%% end'),
        "b": node("b", title="a\x00b\x1b", id=None),
    },
    edges=(edge("a", "b"),),
)


def test_titles_are_never_markup() -> None:
    """Quotes, tags and control characters in a title stay text in every format."""
    svg = etree.fromstring(render_svg(HOSTILE).encode())
    dot, mermaid = render_dot(HOSTILE), render_mermaid(HOSTILE)

    assert not list(svg.iter(f"{SVG}script"))
    assert json.loads(render_json(HOSTILE))["nodes"][0]["title"] == HOSTILE.nodes["a"].title
    assert dot.count("\n") == 7
    assert "<script>" not in mermaid
    assert mermaid.count('"') == 4


def test_too_large_a_picture_is_refused() -> None:
    """Where nobody could read the picture, the command says what to do instead."""
    many = Graph(nodes={str(i): node(str(i)) for i in range(4_000)}, edges=())
    with pytest.raises(QueryError, match="dot"):
        render_svg(many)


def test_long_chain_is_drawn(tmp_path: Path) -> None:
    """A thousand notices, each carrying out the next, are no problem of depth."""
    names = [str(i) for i in range(1_000)]
    chain = Graph(
        nodes={name: node(name) for name in names},
        edges=tuple(edge(a, b) for a, b in pairwise(names)),
    )

    assert len(place_nodes(chain)) == 1_000
    assert len(around(chain, chain.nodes["0"], "up").nodes) == 1_000


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from(Relation)), max_size=30))
def test_boxes_stand_apart(links: list[tuple[int, int, Relation]]) -> None:
    """Whatever cites whatever, in rings and across levels: every notice has a place of its own within the picture."""
    levels = ("national", "province", None, "county")
    nodes = {str(i): node(str(i), level=levels[i % 4], id=i if i % 3 else None) for i in range(12)}
    edges = tuple(
        Edge(lower=str(a), upper=str(b), relation=how, clause=None, quote=None) for a, b, how in links if a != b
    )
    graph = Graph(nodes=nodes, edges=edges)
    boxes = list(place_nodes(graph).values())
    root = etree.fromstring(render_svg(graph).encode())

    assert len(boxes) == len(nodes)
    assert all(a.column != b.column or abs(a.top - b.top) >= HEIGHT for i, a in enumerate(boxes) for b in boxes[:i])
    assert float(root.get("width", "0")) >= max(box.left + WIDTH for box in boxes)
    assert float(root.get("height", "0")) >= max(box.top + HEIGHT for box in boxes)


def test_notice_stands_beside_its_nearest_superior() -> None:
    """A county that names the city's and the province's notice stands behind the city's."""
    levels = {"a": "province", "b": "prefecture", "c": "county"}
    graph = Graph(
        nodes={key: node(key, level=level) for key, level in levels.items()},
        edges=(edge("b", "a"), edge("c", "a"), edge("c", "b")),
    )

    assert {key: box.column for key, box in place_nodes(graph).items()} == {"a": 0, "b": 1, "c": 2}


def test_branch_that_was_shown_is_not_repeated() -> None:
    """The list of the whole store names a notice under each that it rests on, and what hangs below it once."""
    ring = Graph(nodes={key: node(key) for key in "abcd"}, edges=(edge("c", "a"), edge("c", "b"), edge("d", "c")))
    lines = list(tree_lines(ring, [ring.nodes["a"], ring.nodes["b"]], upward=False))

    assert [(depth, one.key, seen) for depth, one, _, seen in lines] == [
        (0, "a", False), (1, "c", False), (2, "d", False), (0, "b", False), (1, "c", True),
    ]  # fmt: skip
