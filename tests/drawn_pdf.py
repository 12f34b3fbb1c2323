"""PDF files drawn character by character, for layouts no office suite makes on request.

Positions are points from the page's top left, as in the layout; y is the base line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        b"/Supplement 2 >> /FontDescriptor 6 0 R /DW 1000 /W [1 95 500] >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 "
        b"/Descent -120 /CapHeight 880 /StemV 80 >>"
    ),
)
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    b"stream\n\x80\nendstream"
)
TURNS = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0", 45: "0.707 0.707 -0.707 0.707"}


@dataclass(slots=True)
class DrawnPage:
    width: float = 595.0
    height: float = 842.0
    rotate: int = 0  # /Rotate, clockwise
    crop: tuple[float, float, float, float] | None = None
    operations: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 16.0, turn: int = 0) -> "DrawnPage":
        """Draw a line; `turn` in degrees counter-clockwise."""
        codes = "".join(f"{ord(char):04X}" for char in text)
        matrix = f"{TURNS[turn]} {x:g} {self.height - y:g}"
        self.operations.append(f"BT /F1 {size:g} Tf {matrix} Tm <{codes}> Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 16.0, pitch: float = 29.0) -> "DrawnPage":
        for row, line in enumerate(lines):
            self.text(x, y + row * pitch, line, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "DrawnPage":
        self.operations.append(f"0.5 w {x0:g} {self.height - y0:g} m {x1:g} {self.height - y1:g} l S")
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> "DrawnPage":
        self.operations.append(f"q {width:g} 0 0 {height:g} {x:g} {self.height - y - height:g} cm /Im1 Do Q")
        return self

    def grid(self, columns: Sequence[float], rows: Sequence[float], *, close: bool = True) -> "DrawnPage":
        """All lines of a table; `close` draws the last horizontal one."""
        for y in rows if close else rows[:-1]:
            self.rule(columns[0], y, columns[-1], y)
        for x in columns:
            self.rule(x, rows[0], x, rows[-1])
        return self


def build_drawn(pages: Sequence[DrawnPage]) -> bytes:
    """The file, uncompressed, with a cross-reference table."""
    kids = " ".join(f"{8 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Font << /F1 4 0 R >> /XObject << /Im1 7 0 R >> >>",
        *FONT,
        PICTURE,
    ]
    for index, page in enumerate(pages):
        content = "\n".join(page.operations).encode()
        crop = f"/CropBox [{' '.join(f'{side:g}' for side in page.crop)}]" if page.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}] {crop} /Rotate {page.rotate} "
            f"/Resources 3 0 R /Contents {9 + 2 * index} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return write_objects(objects)


def write_objects(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects, the first of them the catalogue."""
    out = bytearray(b"%PDF-1.6\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)
