"""The comparison page in a real browser: filters, address, keys, narrow window, print, and no network."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import PROGRAMS

from templates import render_comparison
from tests.comparison_fixture import Pair, gold_pair, mixed_pair

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator, Page

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS["chromium"])), None)
# A page that phones home would need these off as much as one that does not.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as driver:
        # Started on an empty profile that playwright makes and removes.
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, pair in (("gold", gold_pair()), ("mixed", mixed_pair())):
        (folder / f"{name}.html").write_bytes(render_comparison(**pair.arguments(), format="html"))
    return folder


@pytest.fixture
def page(browser: "Browser", folder: Path) -> Iterator["Page"]:
    """The gold comparison in a wide window; a script error fails the test."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto((folder / "gold.html").as_uri())
        yield page
        assert not problems


def visible(page: "Page", selector: str = "#body article.row") -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        selector, "items => items.filter(item => item.checkVisibility()).map(item => item.id)"
    )
    return found


def chip(page: "Page", name: str, value: str) -> "Locator":
    return page.locator(f".chip[data-filter={name}][data-value={value}]")


def rows_with(pair: Pair, relation: str | None = None, type_: str | None = None) -> list[str]:
    return [
        f"r{number}"
        for number, unit in enumerate(pair.comparison.units, 1)
        if (relation is None or unit.relation == relation)
        and (type_ is None or any(change.type == type_ for change in unit.changes))
    ]


def test_verbatim_rows_open_and_fold(page: "Page") -> None:
    """At first only rows with a change are seen; one click shows all, one more folds them again."""
    changed = [f"r{n}" for n, unit in enumerate(gold_pair().comparison.units, 1) if unit.relation != "verbatim"]

    assert visible(page) == changed
    page.click("#fold")
    assert len(visible(page)) == 63
    page.click("#fold")
    assert visible(page) == changed


def test_chips_show_the_rows_they_count(page: "Page") -> None:
    """A pressed chip leaves exactly the rows of its relation or change type, as many as it says."""
    for name, value in (("relation", "verbatim"), ("relation", "localized"), ("type", "scope_widened")):
        button = chip(page, name, value)
        button.click()
        expected = rows_with(gold_pair(), **{"relation" if name == "relation" else "type_": value})
        assert visible(page) == expected
        assert button.inner_text().split()[-1] == str(len(expected))
        assert page.inner_text("#shown") == f"显示 {len(expected)} / 63 组"
        button.click()
    assert page.inner_text("#shown") == "显示 63 / 63 组"


def test_filters_narrow_one_another_and_choices_widen(page: "Page") -> None:
    """Two change types show the rows of either; a relation on top of them only those of that relation."""
    chip(page, "type", "place_localized").click()
    chip(page, "type", "actor_changed").click()
    either = set(rows_with(gold_pair(), type_="place_localized")) | set(rows_with(gold_pair(), type_="actor_changed"))
    assert set(visible(page)) == either

    chip(page, "relation", "localized").click()
    assert set(visible(page)) == either & set(rows_with(gold_pair(), relation="localized"))


def test_department_and_section_filters(page: "Page") -> None:
    """A department shows the rows it answers for on either side; a section its own rows."""
    page.click(".filter summary")
    button = page.locator(".chip[data-filter=department]", has_text="市投资促进局")
    button.click()
    duties = [page.locator(f"#{row} .lower .charge").inner_text() for row in visible(page)]
    assert button.inner_text().split()[-1] == str(len(duties))
    assert duties
    assert all("市投资促进局" in duty for duty in duties)
    button.click()

    chip(page, "section", "s2").click()
    assert len(visible(page)) == 3
    assert visible(page, "#body section.part") == ["s2"]


def test_address_keeps_the_view(page: "Page", folder: Path) -> None:
    """The address after filtering and searching restores the same rows in a new window."""
    chip(page, "relation", "modified").click()
    chip(page, "type", "actor_changed").click()
    page.fill("#search", "省级")
    rows, address = visible(page), page.url
    assert rows

    page.goto("about:blank")
    page.goto(address)
    assert visible(page) == rows
    assert page.input_value("#search") == "省级"
    assert chip(page, "relation", "modified").get_attribute("aria-pressed") == "true"

    page.click("#clear")
    assert page.url == (folder / "gold.html").as_uri()
    assert page.inner_text("#shown") == "显示 63 / 63 组"


def test_search_finds_folded_sentences(page: "Page") -> None:
    """A search looks in both texts, folded rows included, and says when nothing is found."""
    page.fill("#search", "农民工 根治")
    words = [page.locator(f"#{row}").inner_text() for row in visible(page)]
    assert all("农民工" in text and "根治" in text for text in words)

    page.fill("#search", "绝无此词")
    assert visible(page) == []
    assert page.is_visible("#nothing")


def test_keys_step_through_changes(page: "Page") -> None:
    """j goes to the next changed row, k back."""
    page.click("#material a >> nth=0")
    order = visible(page)
    here = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == order[order.index(here) + 1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == here


def test_jump_shows_a_filtered_row(page: "Page") -> None:
    """A link from the list of material changes leads to its row even when filters hide it."""
    link = page.locator("#material a").first
    target = (link.get_attribute("href") or "").lstrip("#")
    chip(page, "relation", "localized").click()
    assert target not in visible(page)

    link.click()
    assert target in visible(page)
    assert page.evaluate("document.activeElement.id") == target


def test_mark_tells_detail_and_copies_citation(page: "Page") -> None:
    """Focus on a change shows what it is and where it stands; a click copies a citation with the file's hash."""
    pair = gold_pair()
    mark = page.locator("del.removed", has_text="50万元")
    mark.focus()
    assert "数额删除" in page.inner_text("#tip")
    assert "第2页" in page.inner_text("#tip")

    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    mark.click()
    copied = page.evaluate("window.copied")
    assert copied.startswith("鲁政字〔2021〕136号 三 第2句“50万元”（upper.pdf，第")
    assert copied.endswith(f"SHA-256 {pair.upper_source.sha256}")
    assert page.inner_text("#toast") == "已复制引文"


def test_narrow_window_stacks(page: "Page") -> None:
    """Below 900 pixels the lower text stands under the upper one, and nothing is wider than the window."""
    sides = ("#r3 .side.upper", "#r3 .side.lower")
    wide = [box_of(page, side) for side in sides]
    assert wide[0]["y"] == wide[1]["y"]
    assert wide[0]["x"] + wide[0]["width"] < wide[1]["x"]

    page.set_viewport_size({"width": 420, "height": 900})
    narrow = [box_of(page, side) for side in sides]
    assert narrow[0]["x"] == narrow[1]["x"]
    assert narrow[0]["y"] + narrow[0]["height"] <= narrow[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def box_of(page: "Page", selector: str) -> "FloatRect":
    box = page.locator(selector).bounding_box()
    assert box
    return box


def test_no_request_and_no_foreign_script(browser: "Browser", folder: Path) -> None:
    """A notice full of markup is shown, runs nothing and fetches nothing."""
    with browser.new_context() as context:
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto((folder / "mixed.html").as_uri())
        page.click("#fold")
        page.fill("#search", "<script>")

        assert requests == [(folder / "mixed.html").as_uri()]
        assert page.title().startswith("甲政发〔2030〕1号 ↔ 乙政发〔2030〕2号")
        assert visible(page) == ["r7"]


def test_page_is_whole_without_scripts(browser: "Browser", folder: Path) -> None:
    """Without scripts every changed row shows, folded rows open by themselves, and no dead button is seen."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((folder / "gold.html").as_uri())
        assert page.locator("#body .row.modified:visible").count() == 13
        page.locator("details.run > summary").first.click()
        assert page.locator("#r1").is_visible()
        assert not page.locator("#search").is_visible()


def test_colours_can_be_read(browser: "Browser", folder: Path) -> None:
    """Text has a contrast of at least 4.5 to what it stands on, in the light and in the dark."""
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto((folder / "mixed.html").as_uri())
            page.click("#fold")
            assert page.evaluate(FAINT_TEXT) == []


FAINT_TEXT = """() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest("svg, script")) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.className} ${element.textContent.slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_print_holds_what_was_dropped_and_added(browser: "Browser", folder: Path, tmp_path: Path) -> None:
    """The printed page holds every dropped, added and changed sentence with its label, and page numbers."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((folder / "mixed.html").as_uri())
        page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    printed = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "print.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    words = "".join(printed.split())

    for unit in mixed_pair().comparison.units:
        if unit.relation in {"dropped", "added"}:
            for ref in (*unit.upper, *unit.lower):
                assert ref.quote in words
    for word in ("未见对应", "本级新增", "数额改动", "照搬1组", "—1—"):
        assert word in words
    assert "点击展开" not in words
