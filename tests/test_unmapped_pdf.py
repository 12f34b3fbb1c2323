"""Pages whose characters pdfium cannot name: read by another way where there is one, and never as other characters."""

import logging

import pytest
from drawn_pdf import DrawnPage, build_drawn
from unmapped_pdf import MEDIA, build_unmapped

from extract.errors import ReadError
from extract.layout import Layout
from extract.options import ReadOptions
from extract.readers import pdf_plumbed, read_layout

LINES = (
    "一、对招用毕业年度高校毕业生的企业，按每人1500元给予补贴，期限最长不超过3年。",
    "二、单户授信额度最高3000万元，失业率控制在5.5%以内。",
)
NO_SCANS = ReadOptions(recognise=False)


def read(data: bytes) -> Layout:
    return read_layout(data, "通知.pdf", NO_SCANS)


def first_box(layout: Layout) -> tuple[float, ...]:
    assert layout.glyphs is not None
    at = layout.glyph_of[layout.text.index("一")]
    return tuple(round(column[at], 0) for column in (layout.glyphs.x0, layout.glyphs.top, layout.glyphs.x1))


def test_the_embedded_font_names_what_the_file_does_not(caplog: pytest.LogCaptureFixture) -> None:
    """A page without ToUnicode is read by the table of its embedded font, in full and without a warning or log line."""
    with caplog.at_level(logging.DEBUG):
        layout = read(build_unmapped(LINES))

    assert layout.text.splitlines() == list(LINES)
    assert layout.warnings == ()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [MEDIA, (10, 20, 605, 862)])
@pytest.mark.parametrize("crop", [None, (50, 60, 500, 800)])
def test_boxes_are_those_of_the_displayed_page(rotate: int, media: tuple[int, ...], crop: tuple[int, ...]) -> None:
    """Turned, cut and shifted pages: the box of a character is where pdfium has it too."""
    data = build_unmapped(LINES, rotate=rotate, media=media, crop=crop or media)
    mapped = (
        build_drawn([DrawnPage(rotate=rotate, crop=crop or media).text(80, 842 - 700, LINES[0])])
        .replace(b"/MediaBox [0 0 595 842]", f"/MediaBox [{' '.join(map(str, media))}]".encode())
    )  # fmt: skip

    assert first_box(read(data)) == first_box(read(mapped))


def test_what_nobody_can_name_is_no_other_character() -> None:
    """Where the font keeps no names either, glyph numbers are not taken for characters: the page counts as unreadable."""
    layout = read(build_unmapped(LINES, keep_names=False))

    assert set(layout.text) <= {"\ufffd", "\n", " "}
    assert [warning.code for warning in layout.warnings] == ["unmapped"]


def test_pages_that_read_well_are_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfplumber is not even opened for a file whose characters all have their names."""

    def refuse(*_: object) -> None:
        raise AssertionError("read twice")

    monkeypatch.setattr(pdf_plumbed.SecondReader, "_read", refuse)

    assert read(build_drawn([DrawnPage().lines(80, 150, LINES)])).text.startswith("一、")


def test_a_damaged_file_stays_a_read_error() -> None:
    """A file that neither can open ends as one error for its user."""
    with pytest.raises(ReadError, match=r"不完整|损坏"):
        read(build_unmapped(LINES)[:200])
