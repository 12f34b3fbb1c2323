"""PDF files whose font has no ToUnicode: its codes are glyph numbers, and only the embedded font knows its characters."""

import struct
from collections.abc import Sequence

from drawn_pdf import write_objects

FIRST = 3  # number of the first glyph that is drawn; those before it are .notdef and blanks
MEDIA = (0, 0, 595, 842)


def build_unmapped(
    lines: Sequence[str],
    *,
    keep_names: bool = True,
    rotate: int = 0,
    media: tuple[int, ...] = MEDIA,
    crop: tuple[int, ...] = MEDIA,
) -> bytes:
    """One page; without `keep_names` the embedded font says nothing of its characters either."""
    characters = "".join(dict.fromkeys("".join(lines)))
    font = true_type(characters if keep_names else "")
    return write_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [8 0 R] >>",
            b"<< /Font << /F1 4 0 R >> >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
            (
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /CIDToGIDMap /Identity /CIDSystemInfo "
                b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 >>"
            ),
            (
                b"<< /Type /FontDescriptor /FontName /ABCDEF+Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
                b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontFile2 7 0 R >>"
            ),
            stream(font),
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox {box(media)} /CropBox {box(crop)} /Rotate {rotate} "
                "/Resources 3 0 R /Contents 9 0 R >>"
            ).encode(),
            stream("\n".join(show(row, line, characters) for row, line in enumerate(lines)).encode()),
        ]
    )


def show(row: int, line: str, characters: str) -> str:
    codes = "".join(f"{characters.index(char) + FIRST:04X}" for char in line)
    return f"BT /F1 16 Tf 1 0 0 1 80 {700 - 29 * row} Tm <{codes}> Tj ET"


def stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def box(sides: Sequence[int]) -> str:
    return f"[{' '.join(map(str, sides))}]"


def true_type(characters: str) -> bytes:
    """A font file with nothing but its table of characters (cmap, format 4)."""
    glyphs = sorted((ord(char), number) for number, char in enumerate(characters, FIRST))
    segments = [*((code, code, (glyph - code) & 0xFFFF) for code, glyph in glyphs), (0xFFFF, 0xFFFF, 1)]
    starts, ends, deltas = (struct.pack(f">{len(segments)}H", *column) for column in zip(*segments, strict=True))
    offsets = bytes(2 * len(segments))
    size = 16 + 8 * len(segments)
    head = struct.pack(">7H", 4, size, 0, 2 * len(segments), 0, 0, 0)
    table = struct.pack(">4HL", 0, 1, 3, 1, 12) + head + ends + b"\0\0" + starts + deltas + offsets
    return struct.pack(">L4H", 0x00010000, 1, 16, 0, 0) + b"cmap" + struct.pack(">3L", 0, 28, len(table)) + table
