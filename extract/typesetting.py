"""Text at given places, as a PDF that names a Song face and carries none: it is shown in a face of the machine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FONT = (  # objects 3 to 5; the predefined encoding takes UTF-16 (PDF 32000-1, 9.7.5.2)
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text: `y` is its base line, in points from the page's top left as all places are."""

    x: float
    y: float
    size: float  # points
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    width: float
    height: float
    words: Sequence[Words]


def typeset(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as the pages of a PDF; the same sheets give the same bytes."""
    objects: list[bytes] = [b"", b"", *FONT]
    kids = []
    for sheet in sheets:
        content = "\n".join(_operation(sheet, words) for words in sheet.words).encode("ascii")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width:.2f} {sheet.height:.2f}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        objects.append(page.encode("ascii"))
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode("ascii")
    return _file(objects)


def _operation(sheet: Sheet, words: Words) -> str:
    codes = words.text.encode("utf-16-be", "replace").hex()
    return f"BT /F1 {words.size:.2f} Tf {words.x:.2f} {sheet.height - words.y:.2f} Td <{codes}> Tj ET"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
