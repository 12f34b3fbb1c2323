"""Scans: what is printed is read, where it stands is known, and doubt is told."""

import io
import struct
import zlib
from array import array
from collections import Counter
from functools import cache
from importlib.util import find_spec

import numpy as np
import pypdfium2 as pdfium
import pytest
from bundled_renderings import printed
from drawn_pdf import DrawnPage, build_drawn
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein
from scanning import image_file, image_pdf, pages, scan_pdf, scanned, stamped

from corpus import samples
from extract.doubt import doubtful, withhold
from extract.errors import ReadError
from extract.layout import Glyphs, Layout
from extract.mentions.amounts import find_amounts
from extract.notice import Document, Grain
from extract.options import ReadOptions
from extract.parse import Reading
from extract.readers import ocr_engine, read_layout
from extract.readers.ocr_decode import Alphabet, Sign, mend_brackets, mend_page_number, mend_strokes
from extract.reading import read_bytes
from extract.span import Span
from extract.text import AlignedText, normalise

NUMBER = samples.NUMBERS[0]
SHOWN = (0, 1)  # pages of the bundled notice that are scanned
SKEW = 0.7  # degrees
LINES = (
    "各市人民政府，省直各部门：",
    "一、对招用毕业年度高校毕业生的企业，按每人1500元给予",
    "补贴，补贴期限最长不超过3年，政策执行至2023年12月31日。",
    "二、单户授信额度最高3000万元，失业率控制在5.5%以内。",
)

ocr = pytest.mark.ocr


@pytest.fixture(autouse=True)
def _needs_engine(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("ocr") and not ocr_engine.is_installed():
        pytest.skip("duizhao[ocr] is not installed")


@cache
def page() -> Image.Image:
    """A page of four lines, drawn without an office suite."""
    sheet = DrawnPage().text(190, 150, "关于稳就业的通知", size=22).lines(90, 220, LINES)
    return pages(build_drawn([sheet]))[0]


def text_of(data: bytes, name: str = "scan.pdf") -> str:
    return normalise(read_layout(data, name)).text


# --- whole notices --------------------------------------------------------------------------------


def subset(data: bytes, numbers: tuple[int, ...]) -> bytes:
    document = pdfium.PdfDocument.new()
    document.import_pages(pdfium.PdfDocument(data), list(numbers))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def both() -> tuple[Reading, Reading]:
    """The first pages of a bundled notice, born digital and scanned at 200 dpi, askew and with noise."""
    data = printed(NUMBER)
    return read_bytes(subset(data, SHOWN), "notice.pdf"), read_bytes(scan_pdf(data, SHOWN), "scan.pdf")


def mentions(document: Document) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for notice in document.notices:
        for clause in notice.clauses:
            found.update((clause.id, item.quote, item.low, item.high, item.unit) for item in clause.amounts)
            found.update((clause.id, item.quote, item.start, item.end, item.role) for item in clause.dates)
            found.update((clause.id, item.quote, item.document_number) for item in clause.citations)
            found.update((clause.id, item.quote, item.role, item.departments) for item in clause.responsibilities)
            found.update((clause.id, item.quote, item.force) for item in clause.directives)
    return found


@ocr
@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_scan_says_what_its_print_says() -> None:
    """At 200 dpi with noise and skew at least 99.0 % of the characters and 97 % of the mentions are the same."""
    clean, scan = both()
    expected, got = clean.texts[0].text, scan.texts[0].text
    known, found = mentions(clean.document), mentions(scan.document)

    assert 1 - Levenshtein.distance(got, expected) / len(expected) >= 0.990
    assert known.total() > 10
    assert (known & found).total() / known.total() >= 0.97


@ocr
@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_scanned_mention_stands_where_it_is_printed() -> None:
    """The boxes of every mention lie on the leaning page where the printed ones come to lie."""
    clean, scan = both()
    checked = 0
    for before in (item for clause in clean.document.notices[0].clauses for item in clause.mentions):
        at = scan.texts[0].text.find(before.quote)
        if at < 0 or scan.texts[0].text.count(before.quote) > 1:
            continue
        old, new = clean.texts[0].places(before.span), scan.texts[0].places(Span(at, at + len(before.quote)))
        assert [place.page for place in old] == [place.page for place in new]
        for a, b in zip(old, new, strict=True):
            assert a.box
            assert b.box
            x, y = leaning((a.box[0] + a.box[2]) / 2, (a.box[1] + a.box[3]) / 2)
            assert abs(x - (b.box[0] + b.box[2]) / 2) < 12
            assert abs(y - (b.box[1] + b.box[3]) / 2) < 6
            checked += 1
    assert checked > 10


def leaning(x: float, y: float) -> tuple[float, float]:
    """Where a point of an A4 page comes to lie when the page is turned counter-clockwise by `SKEW`."""
    angle = np.radians(SKEW)
    dx, dy = x - 595.3 / 2, y - 841.9 / 2
    return 595.3 / 2 + dx * np.cos(angle) + dy * np.sin(angle), 841.9 / 2 - dx * np.sin(angle) + dy * np.cos(angle)


# --- one page -------------------------------------------------------------------------------------


@ocr
def test_a_scan_has_the_grain_of_a_line_and_says_that_it_was_recognised() -> None:
    """Text, one box a line, confidence of every character, and a warning that this is recognised text."""
    layout = read_layout(image_pdf([scanned(page())]), "scan.pdf")

    assert normalise(layout).text == "关于稳就业的通知" + "".join(LINES)
    assert layout.grain is Grain.LINE
    assert layout.page_count == 1
    assert layout.glyphs is not None
    assert layout.glyphs.confidence is not None
    assert len(layout.glyphs.confidence) == len(layout.glyphs.page)
    assert [warning.code for warning in layout.warnings] == ["recognised"]


@ocr
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_wrong_way_up_is_read(turns: int) -> None:
    """Quarter turns of the whole page change its boxes, never its text."""
    picture = scanned(page(), noise=6)
    lying = picture.rotate(90 * turns, expand=True)
    upright, turned = (read_layout(image_pdf([one]), "scan.pdf") for one in (picture, lying))

    assert normalise(turned).text == normalise(upright).text
    assert turned.glyphs
    assert turned.page_sizes[0] == pytest.approx((lying.width * 0.36, lying.height * 0.36), abs=1)
    assert all(0 <= x <= turned.page_sizes[0][0] for x in turned.glyphs.x0)
    assert all(0 <= y <= turned.page_sizes[0][1] for y in turned.glyphs.top)
    wide = max(turned.glyphs.x1) - min(turned.glyphs.x0) > max(turned.glyphs.bottom) - min(turned.glyphs.top)
    assert wide is (turns == 2)


@ocr
def test_a_seal_hides_nothing() -> None:
    """A red seal over signature and date leaves both readable and adds no characters."""
    sheet = DrawnPage().lines(90, 220, LINES).text(330, 420, "山东省人民政府").text(330, 450, "2023年4月10日")
    clean = pages(build_drawn([sheet]))[0]
    sealed = stamped(clean, 390, 430)

    assert text_of(image_pdf([scanned(sealed)])) == text_of(image_pdf([scanned(clean)]))
    assert text_of(image_pdf([scanned(sealed)])).endswith("山东省人民政府2023年4月10日")


@ocr
def test_a_ruled_table_keeps_its_cells() -> None:
    """Ruling lines of a scan part cells as those of a PDF do."""
    columns, rows = (80, 120, 300, 420, 520), (200, 230, 275, 320)
    sheet = DrawnPage().text(190, 150, "稳就业重点任务分工表").grid(columns, rows)
    cells = [["序号", "重点任务", "牵头单位", "完成时限"], ["1", "发放吸纳就业补贴", "省财政厅", "6月底前"]]
    cells.append(["2", "建设零工市场", "省商务厅", "12月底前"])
    for y, row in zip(rows, cells, strict=False):
        for x, words in zip(columns, row, strict=False):
            sheet.text(x + 8, y + 20, words, size=14)
    layout = read_layout(image_pdf([scanned(pages(build_drawn([sheet]))[0])]), "scan.pdf")

    (grid,) = layout.grids
    texts = {(cell.row, cell.column): layout.text[slice(*cell.span)].strip() for cell in grid.cells}
    assert [[texts[row, column] for column in range(4)] for row in range(3)] == cells


@ocr
def test_only_the_pages_that_need_it_are_recognised() -> None:
    """A scanned page among pages with text is read; the others keep their exact characters."""
    mixed = pdfium.PdfDocument.new()
    text = pdfium.PdfDocument(build_drawn([DrawnPage().lines(90, 150, LINES)]))
    mixed.import_pages(text)
    mixed.import_pages(pdfium.PdfDocument(image_pdf([scanned(page())])))
    out = io.BytesIO()
    mixed.save(out)
    layout = read_layout(out.getvalue(), "mixed.pdf")

    assert layout.glyphs
    assert layout.glyphs.confidence
    first = [c for c, number in zip(layout.glyphs.confidence, layout.glyphs.page, strict=True) if number == 1]
    assert set(first) == {1.0}
    assert normalise(layout).text.count("单户授信额度最高3000万元") == 2


@ocr
def test_a_doubtful_character_is_named_and_gives_no_value() -> None:
    """A figure blurred beyond reading is reported with its page, and `doubtful` speaks for its span."""
    picture = page().copy()
    scale = 200 / 72
    box = tuple(round(value * scale) for value in (440, 232, 476, 256))  # around the 1500
    blurred = picture.crop(box).filter(ImageFilter.GaussianBlur(9))
    picture.paste(blurred, box[:2])
    layout = read_layout(image_pdf([scanned(picture)]), "scan.pdf")
    aligned = normalise(layout)
    start = aligned.text.index("按每人")

    assert doubtful(aligned, Span(start, aligned.text.index("给予"))) is not None
    assert doubtful(aligned, Span(0, 8)) is None
    (warning,) = [warning for warning in layout.warnings if warning.code == "ocr_uncertain"]
    assert warning.page == 1
    assert "每人" in warning.message


def test_a_doubtful_amount_keeps_its_words_and_loses_its_value() -> None:
    """Words recognised with too little confidence give no number, and the mention says why."""
    count = len("给予50万元补助")
    sizes = array("d", [10.0] * count)
    glyphs = Glyphs(
        page=array("i", [1] * count),
        x0=sizes,
        top=sizes,
        x1=sizes,
        bottom=sizes,
        confidence=array("d", [1.0, 1.0, 0.55, 1.0, 1.0, 1.0, 1.0, 1.0]),
    )
    layout = Layout(
        text="给予50万元补助",
        media_type="image/png",
        grain=Grain.LINE,
        glyphs=glyphs,
        glyph_of=array("l", range(count)),
    )
    (amount,) = find_amounts(layout.text)
    withheld = withhold(normalise(layout), amount)

    assert (withheld.quote, withheld.low, withheld.high) == ("50万元", None, None)
    assert "55%" in str(withheld.problem)


@ocr
def test_a_page_without_anything_on_it_is_no_text() -> None:
    """A blank scan is refused with a sentence that asks for a better one."""
    with pytest.raises(ReadError, match="没有识别出文字"):
        read_layout(image_pdf([Image.new("RGB", (1654, 2339), (236, 236, 232))]), "blank.pdf")


@ocr
def test_more_scanned_pages_than_allowed_are_refused() -> None:
    """The limit of recognised pages is an option, and the message names it."""
    with pytest.raises(ReadError, match="超过上限 0 页"):
        read_layout(image_pdf([page()]), "scan.pdf", ReadOptions(max_scanned_pages=0))


# --- image files ----------------------------------------------------------------------------------


@ocr
@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_an_image_file_is_read_as_what_it_is(kind: str, media_type: str) -> None:
    """A photographed page is a notice's page, whatever its file is called."""
    layout = read_layout(image_file([scanned(page())], kind), "notice.dat")

    assert normalise(layout).text == "关于稳就业的通知" + "".join(LINES)
    assert layout.media_type == media_type
    assert layout.page_sizes[0] == pytest.approx((595.3, 841.9), abs=1)


@ocr
def test_a_tiff_has_pages() -> None:
    """Each picture of a TIFF is a page."""
    second = pages(build_drawn([DrawnPage().lines(90, 220, LINES[1:3])]))[0]
    layout = read_layout(image_file([page(), second], "TIFF"), "scan.tif")

    assert layout.page_count == 2
    assert normalise(layout).text.endswith("12月31日。")
    assert layout.glyphs
    assert set(layout.glyphs.page) == {1, 2}


@ocr
@pytest.mark.parametrize("cut", [40, 2000])
def test_a_broken_image_is_named_as_broken(cut: int) -> None:
    """A picture cut short gives one line, never a traceback."""
    with pytest.raises(ReadError, match=r"已损坏|没有识别出文字"):
        read_layout(image_file([page()], "PNG")[:cut], "cut.png")


@ocr
def test_an_image_of_absurd_size_is_not_unpacked() -> None:
    """A PNG that claims 60,000 by 60,000 pixels is refused before any of them is made."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    with pytest.raises(ReadError, match="像素太多"):
        read_layout(data + b"\x00\x00\x00\x00IDAT", "bomb.png")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engine is missing a scan is refused with the command that brings it."""
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None if name == "rapidocr" else find_spec(name))

    for data, name in ((image_pdf([page()]), "scan.pdf"), (image_file([page()], "PNG"), "scan.png")):
        with pytest.raises(ReadError, match=r'pip install "duizhao\[ocr\]"'):
            read_layout(data, name)


# --- characters from scores -----------------------------------------------------------------------


def scores(alphabet: str, strips: list[dict[str, float]]) -> np.ndarray:
    """Probabilities strip by strip; what is left over belongs to the blank."""
    out = np.zeros((len(strips), len(alphabet) + 1), dtype=np.float32)
    for row, strip in zip(out, strips, strict=True):
        for char, share in strip.items():
            row[alphabet.index(char) + 1] = share
        row[0] = 1 - row.sum()
    return out


def read(alphabet: str, strips: list[dict[str, float]]) -> tuple[Sign, ...]:
    return Alphabet(["", *alphabet]).decode(scores(alphabet, strips), len(strips))


def test_widths_of_one_digit_count_together() -> None:
    """A 2 that may be wide or narrow is one certain 2, even where the lead changes from strip to strip."""
    signs = read("2２1", [{"2": 0.6, "２": 0.38}, {"2": 0.38, "２": 0.6}, {}, {"1": 0.9}])

    assert len(signs) == 2
    assert signs[0].char in "2２"
    assert signs[0].confidence == pytest.approx(0.98)
    assert signs[0].at == pytest.approx(0.25, abs=0.01)


def test_a_blank_parts_a_doubled_character() -> None:
    """66 with a blank between is two digits, without it one wide one."""
    assert [sign.char for sign in read("6", [{"6": 0.9}, {}, {"6": 0.9}])] == ["6", "6"]
    assert [sign.char for sign in read("6", [{"6": 0.9}, {"6": 0.9}])] == ["6"]


def signs(text: str, confidence: float = 0.6) -> tuple[Sign, ...]:
    return tuple(Sign(char=char, at=i / len(text), confidence=confidence) for i, char in enumerate(text))


@pytest.mark.parametrize(
    ("read_as", "printed_as"),
    [
        ("-、强化", "一、强化"),
        ("(-)完善", "(一)完善"),
        ("第—条", "第一条"),
        ("十—、保障", "十一、保障"),
        ("2020—2025年", "2020—2025年"),
        ("就业”——企业", "就业”——企业"),
    ],
)
def test_a_lone_stroke_is_a_numeral_only_where_one_stands(read_as: str, printed_as: str) -> None:
    """A dash before 、 or alone in brackets is 一; dashes between words and years stay."""
    assert "".join(sign.char for sign in mend_strokes(signs(read_as))) == printed_as


def test_strokes_beside_a_page_number_are_dashes() -> None:
    """— 3 — read as 一3一 is a page number; a line of words keeps its 一."""
    assert "".join(sign.char for sign in mend_page_number(signs("-3一"))) == "—3—"
    assert "".join(sign.char for sign in mend_page_number(signs("一3类一"))) == "一3类一"


def test_doubtful_brackets_round_a_year_are_those_of_a_document_number() -> None:
    """[2023] in a number read with doubt is 〔2023〕; read with confidence it stays: such misprints exist."""
    assert "".join(sign.char for sign in mend_brackets(signs("鲁政字[2023）15号"))) == "鲁政字〔2023〕15号"
    assert "".join(sign.char for sign in mend_brackets(signs("鲁政字[2023]15号", 0.99))) == "鲁政字[2023]15号"


def test_doubt_is_the_lowest_confidence_of_the_words() -> None:
    """One doubtful digit makes an amount doubtful; words beside it stay sure; sources with text have no doubt."""
    text = "补贴5000元"
    columns = [array("d", [0.0] * len(text)) for _ in range(4)]
    glyphs = Glyphs(
        page=array("l", [1] * len(text)),
        x0=columns[0],
        top=columns[1],
        x1=columns[2],
        bottom=columns[3],
        confidence=array("d", [0.99, 0.99, 0.99, 0.4, 0.99, 0.99, 0.99]),
    )

    def aligned(glyphs: Glyphs | None) -> AlignedText:
        numbers = array("l", range(len(text)))
        return normalise(Layout(text=text, media_type="image/png", grain=Grain.LINE, glyph_of=numbers, glyphs=glyphs))

    assert doubtful(aligned(glyphs), Span(2, 7)) == pytest.approx(0.4)
    assert doubtful(aligned(glyphs), Span(0, 2)) is None
    assert doubtful(aligned(None), Span(2, 7)) is None
