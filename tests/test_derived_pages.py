"""Pages for sources that have none: a word is placed where it surely is, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from bundled_renderings import parts
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from renderings import build_docx

from corpus import samples
from extract.derived_pages import NOWHERE, STRETCH, _bare_page, derive_pages, match
from extract.errors import ReadError
from extract.readers import doc
from extract.reading import read_bytes
from extract.text import normal_text

Command = Callable[..., Run]
TEXTS = st.text("一二三四五六七八九十，。", max_size=120)
NUMBER = samples.NUMBERS[0]
PAGE = """<html><head><title>关于稳就业的通知</title><script src="http://example.com/a.js"></script>
<link rel="stylesheet" href="http://example.com/a.css"></head><body background="http://example.com/b.png">
<img src="http://example.com/c.png"><h1>关于稳就业的通知</h1>
<div class="article"><p>济政办函〔2021〕16号</p><p>各区县人民政府：</p><p>一、强化政策支持。给予每人1500元补贴。</p>
<p style="background:url(http://example.com/d.png)">二、加强组织领导。</p><p>济南市人民政府办公厅</p><p>2021年9月1日</p></div>
<iframe src="http://example.com/"></iframe></body></html>"""


@given(TEXTS, TEXTS)
def test_what_is_matched_is_the_same_and_once(source: str, rendered: str) -> None:
    """A matched character is equal on both sides, and no character of the pages is given to two."""
    found = [there for there in match(source, rendered) if there != NOWHERE]

    assert all(source[at] == rendered[there] for at, there in enumerate(match(source, rendered)) if there != NOWHERE)
    assert len(found) == len(set(found))


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_among_furniture_is_found_whole(before: str, notice: str, after: str) -> None:
    """Where no stretch of the source occurs twice, all of it is found, whatever stands before and behind."""
    text = "".join(f"{chr(0x5000 + i)}{char}" for i, char in enumerate(notice)) + "落款与成文日期在此处"
    rendered = before + text + after

    assert list(match(text, rendered)) == list(range(len(before), len(before) + len(text)))


def test_a_repeated_stretch_alone_is_not_guessed() -> None:
    """Words that stand on the pages twice are placed by their neighbours, never by chance."""
    twice = "市人力资源社会保障局、市财政局"
    assert len(twice) > STRETCH

    assert set(match(twice, f"{twice}甲{twice}")) == {NOWHERE}
    assert match(f"牵头单位在右边一栏：{twice}", f"{twice}。牵头单位在右边一栏：{twice}")[-1] == 2 * len(twice) + 10


@pytest.mark.libreoffice
def test_every_clause_of_a_word_file_stands_in_its_derived_boxes() -> None:
    """On the pages that LibreOffice sets, the boxes of each clause hold its words; all are marked as derived."""
    data = build_docx(parts(NUMBER), numbered=True)
    reading = read_bytes(data, "notice.docx")
    pages = derive_pages(reading, data, "notice.docx")
    assert pages
    document = pdfium.PdfDocument(pages.pdf)
    notice = pages.document(reading.document).notices[0]

    assert len(notice.clauses) > 10
    for clause in notice.clauses:
        held = ""
        for place in clause.places:
            assert place.derived
            assert place.path
            assert place.page
            assert place.box
            x0, top, x1, bottom = place.box
            page = document[place.page - 1]
            height = page.get_height()
            held += page.get_textpage().get_text_bounded(x0, height - bottom, x1, height - top)
        assert normal_text(held) == notice.text[clause.span.start : clause.span.end]


@pytest.mark.libreoffice
def test_a_web_page_is_set_on_pages() -> None:
    """A saved web page gets pages, and its clauses stand on them."""
    reading = read_bytes(PAGE.encode(), "notice.html")
    pages = derive_pages(reading, PAGE.encode(), "notice.html")

    assert pages
    clauses = pages.document(reading.document).notices[0].clauses
    places = [place for clause in clauses for place in clause.places]
    assert all(place.derived and place.page and place.box for place in places)
    assert sum(place.span.end - place.span.start for place in places) == sum(
        clause.span.end - clause.span.start for clause in clauses
    )


def test_a_web_page_is_set_without_anything_to_fetch() -> None:
    """Scripts, pictures, frames, links and styles are gone before the page is handed on; its words are not."""
    bare = _bare_page(PAGE.encode(), "notice.html").decode()

    assert "example.com" not in bare
    assert "给予每人1500元补贴" in bare


def test_a_text_file_is_not_set_on_pages() -> None:
    """Plain text is checked by its character offsets, and the message says so."""
    data = samples.read(NUMBER)

    with pytest.raises(ReadError, match="字符位置"):
        derive_pages(read_bytes(data, "notice.txt"), data, "notice.txt")


def test_without_libreoffice_the_message_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is missing one line names it and the way round."""
    monkeypatch.setattr(doc, "PROGRAMS", ("no-such-office",))
    data = build_docx(parts(NUMBER))

    with pytest.raises(ReadError, match=r"LibreOffice.*另存为 PDF"):
        derive_pages(read_bytes(data, "notice.docx"), data, "notice.docx")


@pytest.mark.libreoffice
def test_extract_gives_derived_pages_on_request(duizhao: Command, tmp_path: Path) -> None:
    """`--pages` gives each clause of a Word file its page and box beside its path; without it there is only the path."""
    (tmp_path / "notice.docx").write_bytes(build_docx(parts(NUMBER)))

    plain = json.loads(duizhao("extract", tmp_path / "notice.docx", "-q").out)
    paged = json.loads(duizhao("extract", tmp_path / "notice.docx", "--pages", "-q").out)
    for document, has_pages in ((plain, False), (paged, True)):
        for clause in document["notices"][0]["clauses"]:
            assert all((place["page"] is not None) is has_pages for place in clause["places"])
            assert all(place["path"] for place in clause["places"])
