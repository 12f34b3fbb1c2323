"""The pages that lay several notices side by side, in a real browser: filters, folding, narrow window, no network."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cities import bundled, rewritten
from conftest import PROGRAMS

from compare import compare_topics
from compare.comparison import Relation
from templates.matrix_reports import render_matrix
from templates.topic_reports import render_topics

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS["chromium"])), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NUMBERS = ("威人社字〔2023〕14号", "潍人社字〔2023〕17号", "德人社字〔2022〕3号")
pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    many, sides = rewritten(), [bundled(number) for number in NUMBERS]
    notices, sources = [notice for notice, _ in sides], [source for _, source in sides]
    (folder / "matrix.html").write_bytes(
        render_matrix(
            many.matrix,
            many.upper,
            many.lowers,
            format="html",
            upper_source=many.upper_source,
            lower_sources=many.lower_sources,
            generated_on=date(2030, 1, 2),
        )
    )
    (folder / "topics.html").write_bytes(
        render_topics(compare_topics(notices, sources=sources), notices, sources=sources, format="html")
    )
    return folder


@pytest.fixture(params=["matrix", "topics"])
def any_page(request: pytest.FixtureRequest, browser: "Browser", folder: Path) -> Iterator["Page"]:
    yield from opened(browser, folder / f"{request.param}.html")


@pytest.fixture
def page(browser: "Browser", folder: Path) -> Iterator["Page"]:
    yield from opened(browser, folder / "matrix.html")


def opened(browser: "Browser", path: Path) -> Iterator["Page"]:
    """A wide window; a script error or a request for anything else fails the test."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: problems.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        yield page
        assert not problems


def visible(page: "Page") -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#body article.row", "items => items.filter(item => item.checkVisibility()).map(item => item.id)"
    )
    return found


def test_nothing_is_wider_than_the_window(any_page: "Page") -> None:
    """From a wide screen to a telephone the page never scrolls sideways as a whole."""
    for width in (1440, 900, 420):
        any_page.set_viewport_size({"width": width, "height": 900})
        assert any_page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_overview_shows_all_measures_at_once(page: "Page") -> None:
    """At 1300 pixels the table of the notices, down to the order correlation, needs no scrolling sideways."""
    page.set_viewport_size({"width": 1300, "height": 900})
    inner, outer = page.eval_on_selector("#columns .scroll", "item => [item.scrollWidth, item.clientWidth]")

    assert inner <= outer
    assert page.locator("#columns thead th").last.inner_text() == "顺序相关"


def test_chips_show_the_sentences_a_city_dropped(page: "Page") -> None:
    """A relation's chip leaves the rows in which some notice has that relation; the address keeps the view."""
    matrix = rewritten().matrix
    page.click(".chip[data-filter=relation][data-value=dropped]")
    wanted = [
        f"r{number}"
        for number, row in enumerate(matrix.rows, 1)
        if any(cell.relation is Relation.DROPPED for cell in row.cells)
    ]

    assert visible(page) == wanted
    assert page.evaluate("location.hash") == "#relation=dropped"


def test_what_is_carried_over_everywhere_is_folded(page: "Page") -> None:
    """Rows that are verbatim or localised everywhere wait behind a line and open at once."""
    rows = rewritten().matrix.rows
    folded = visible(page)
    page.click("#fold")

    assert 0 < len(folded) < len(rows)
    assert len(visible(page)) == len(rows)


def test_columns_stand_under_their_names(page: "Page") -> None:
    """In a wide window each cell stands under its notice's name; in a narrow one it carries the name itself."""
    row = visible(page)[0]
    name = page.locator(".names > *").nth(2).bounding_box()
    cell = page.locator(f"#{row} .cell").nth(1).bounding_box()
    assert name is not None
    assert cell is not None
    assert abs(name["x"] - cell["x"]) < 4

    page.set_viewport_size({"width": 420, "height": 900})
    assert page.locator(f"#{row} .who").nth(1).is_visible()
    assert not page.locator(".names").is_visible()
