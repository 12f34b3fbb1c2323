"""Pictures of pages: words are marked where they stand, in every format that has pages."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from bundled_renderings import parts, printed
from conftest import Run
from drawn_pdf import DrawnPage, build_drawn
from ofd_rendering import build_ofd
from PIL import Image, ImageChops

from corpus import samples
from extract.errors import ReadError
from extract.notice import Place
from extract.reading import read_bytes
from extract.rendering import PAD, RESOLUTION, crop_pages, mark_pages, open_pages
from extract.span import Span
from extract.typesetting import Sheet, Words, typeset

Command = Callable[..., Run]
SCALE = RESOLUTION / 72
PAIR = "济政办函〔2021〕16号"  # prints its upper notice as an attachment
NOTICE = (
    "德州市人力资源和社会保障局文件",
    "德人社字〔2022〕3号",
    "关于加强用工保障服务的通知",
    "各县（市、区）人力资源和社会保障局：",
    "一、对招用毕业生的企业给予每人1500元补贴。",
    "二、政策执行至2023年12月31日。",
    "德州市人力资源和社会保障局",
    "2022年3月4日",
)


def notice_pdf() -> bytes:
    """A notice of two pages: the second clause begins the second one."""
    return build_drawn([DrawnPage().lines(90, 120, NOTICE[:5]), DrawnPage().lines(90, 120, NOTICE[5:])])


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def changed(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(before, after).getbbox()
    assert box
    return box


def test_only_the_words_are_marked() -> None:
    """What differs from the plain page is the padded box of the words, and the print in it stays dark."""
    data = notice_pdf()
    reading = read_bytes(data, "notice.pdf")
    aligned = reading.texts[0]
    at = aligned.text.index("1500元")
    (place,) = aligned.places(Span(at, at + 5))
    with open_pages(data, "notice.pdf", aligned.layout) as source:
        plain, _ = source.picture(1)
        (marked,) = mark_pages(source, [place])

    assert marked.page == 1
    assert place.box
    box = changed(plain, opened(marked.png))
    expected = [(value + pad) * SCALE for value, pad in zip(place.box, (-PAD, -PAD, PAD, PAD), strict=True)]
    assert box == pytest.approx(expected, abs=2)
    inside = opened(marked.png).crop(box)
    assert min(red for red, _, _ in inside.get_flattened_data()) < 60


def test_the_caption_stands_below_the_page() -> None:
    """The page keeps its size; the strip below it carries print of its own."""
    data = notice_pdf()
    layout = read_bytes(data, "notice.pdf").texts[0].layout
    place = Place(page=2, box=(90, 100, 200, 120), path=None, span=Span(0, 1))
    with open_pages(data, "notice.pdf", layout) as source:
        plain, _ = source.picture(2)
        (marked,) = mark_pages(source, [place], ["notice.pdf {page}", "SHA-256 0123"])

    assert marked.width == plain.width
    strip = opened(marked.png).crop((0, plain.height + 4, marked.width, marked.height))
    assert 20 < strip.height < 150
    assert min(red for red, _, _ in strip.get_flattened_data()) < 120


def test_words_over_two_pages_give_two_pictures() -> None:
    """A quotation cut by a page break is shown on both pages, in order."""
    data = notice_pdf()
    aligned = read_bytes(data, "notice.pdf").texts[0]
    span = Span(aligned.text.index("1500元"), aligned.text.index("12月"))
    with open_pages(data, "notice.pdf", aligned.layout) as source:
        assert [picture.page for picture in mark_pages(source, aligned.places(span))] == [1, 2]
        crops = crop_pages(source, aligned.places(span))

    assert [crop.page for crop in crops] == [1, 2]
    assert all(crop.height < 200 < crop.width for crop in crops)


def test_an_ofd_is_redrawn_with_every_character_in_its_box() -> None:
    """No program here draws OFD: its characters are set where they stand, so that each box holds ink."""
    data = build_ofd(parts(samples.NUMBERS[0]))
    layout = read_bytes(data, "notice.ofd").texts[0].layout
    glyphs = layout.glyphs
    assert glyphs
    with open_pages(data, "notice.ofd", layout) as source:
        picture, scale = source.picture(1)
    empty = 0
    on_page = [i for i, page in enumerate(glyphs.page) if page == 1]
    for i in on_page:
        box = tuple(round(value[i] * scale) for value in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
        empty += picture.crop(box).convert("L").getextrema()[0] > 160

    assert len(on_page) > 300
    assert empty == 0


def test_a_text_file_has_no_page_to_draw() -> None:
    """Asked for a picture of plain text, the message says why there is none."""
    data = "\n".join(NOTICE).encode()
    layout = read_bytes(data, "notice.txt").texts[0].layout

    with pytest.raises(ReadError, match="没有页面"), open_pages(data, "notice.txt", layout):
        pass


def test_typeset_words_can_be_read_back() -> None:
    """Characters, size and place of set words are those asked for; twice gives the same bytes."""
    sheet = Sheet(width=300, height=200, words=[Words(x=20, y=50, size=12, text="第１页 a𠮷")])
    data = typeset([sheet, sheet])
    page = pdfium.PdfDocument(data)[1].get_textpage()

    assert page.get_text_range().startswith("第１页")
    left, bottom, right, _ = page.get_charbox(0, loose=True)
    assert (left, right - left) == pytest.approx((20, 12), abs=0.5)
    assert 200 - bottom == pytest.approx(50, abs=3)
    assert typeset([sheet, sheet]) == data


# --- commands -------------------------------------------------------------------------------------


def test_trace_draws_the_words(duizhao: Command, tmp_path: Path) -> None:
    """`--png` writes one picture for words on one page, and one a page with numbers for more."""
    (tmp_path / "notice.pdf").write_bytes(notice_pdf())

    one = duizhao("trace", tmp_path / "notice.pdf", "二", "--quote", "12月31日", "--png", tmp_path / "one.png")
    assert one.status == 0
    assert "位置" in one.out
    assert str(tmp_path / "one.png") in one.err
    assert opened((tmp_path / "one.png").read_bytes()).width == pytest.approx(595 * SCALE, abs=2)


@pytest.mark.libreoffice
def test_trace_draws_words_cut_by_a_page_break(duizhao: Command, tmp_path: Path) -> None:
    """A clause over two pages gives two pictures, numbered before the extension."""
    (tmp_path / "notice.pdf").write_bytes(printed(PAIR))

    run = duizhao("trace", tmp_path / "notice.pdf", "一/1", "--png", tmp_path / "out.png")
    assert run.status == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["out-1.png", "out-2.png"]


def test_trace_does_not_draw_over_its_source(duizhao: Command, tmp_path: Path) -> None:
    """The picture never replaces the file it is made from."""
    (tmp_path / "notice.pdf").write_bytes(notice_pdf())

    run = duizhao("trace", tmp_path / "notice.pdf", "二", "--png", tmp_path / "notice.pdf")
    assert run.status == 2
    assert (tmp_path / "notice.pdf").read_bytes() == notice_pdf()


def test_trace_of_a_text_names_what_can_be_drawn(duizhao: Command, tmp_path: Path) -> None:
    """A text file has no page: one line says so, and nothing is written."""
    (tmp_path / "notice.txt").write_text("\n".join(NOTICE), "utf-8")

    run = duizhao("trace", tmp_path / "notice.txt", "二", "--png", tmp_path / "out.png")
    assert run.status == 1
    assert len(run.err.splitlines()) == 1
    assert not (tmp_path / "out.png").exists()


@pytest.mark.libreoffice
def test_evidence_shows_every_material_change(duizhao: Command, tmp_path: Path) -> None:
    """With `--evidence` each row with a material change carries its pages, with words for who cannot see them."""
    (tmp_path / "notice.pdf").write_bytes(printed(PAIR))
    target = tmp_path / "report.html"

    assert duizhao("compare", tmp_path / "notice.pdf", "-o", target, "--evidence", "-q").status == 0
    page = target.read_text("utf-8")
    rows = re.findall(r"<article.*?</article>", page, re.DOTALL)
    shown = [row for row in rows if 'class="crops"' in row]
    assert [row for row in rows if 'class="tag' in row and row not in shown] == []
    images = re.findall(r'<img src="([^"]*)"[^>]*alt="([^"]*)"', page)
    assert len(images) >= len(shown) > 5
    assert all(source.startswith("data:image/png;base64,") and alt for source, alt in images)
    assert "img-src data:;" in page
    picture = opened(base64.b64decode(images[0][0].partition(",")[2]))
    assert picture.width > 600


@pytest.mark.libreoffice
def test_evidence_beyond_the_limit_is_counted(duizhao: Command, tmp_path: Path) -> None:
    """At most so many places get a picture, and the report says how many have none."""
    (tmp_path / "notice.pdf").write_bytes(printed(PAIR))
    target = tmp_path / "report.html"
    duizhao("compare", tmp_path / "notice.pdf", "-o", target, "--evidence", "--evidence-limit", 2, "-q")
    page = target.read_text("utf-8")

    assert page.count('class="crops"') == 2
    assert re.search(r"前 2 处；另有 \d+ 处", page)


def test_evidence_of_texts_is_refused_in_words(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Without pages there is a report without pictures and a line that says why; other formats take no pictures."""
    source = samples / f"{PAIR}.txt"
    run = duizhao("compare", source, "-o", tmp_path / "report.html", "--evidence")

    assert run.status == 0
    assert "没有页面" in run.err
    assert "<img" not in (tmp_path / "report.html").read_text("utf-8")
    assert duizhao("compare", source, "--format", "json", "--evidence").status == 2
