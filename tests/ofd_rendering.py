"""A notice as an OFD (GB/T 33190-2016), set as GB/T 9704-2012 asks."""

import html
from collections.abc import Iterable

from renderings import Look, Paragraph, package

OFD_LEFT, OFD_TOP, OFD_SIZE, OFD_PITCH, OFD_ROWS, OFD_COLUMNS = 28.0, 37.0, 5.6, 10.2, 22, 28  # mm; GB/T 9704-2012, 5.2


def build_ofd(parts: Iterable[Paragraph]) -> bytes:
    """An OFD set as GB/T 9704-2012 asks: 22 lines of 28 characters, page numbers by a template's side."""
    lines = [line for part in parts for line in _ofd_lines(part)]
    pages = [lines[at : at + OFD_ROWS] for at in range(0, len(lines), OFD_ROWS)]
    entry = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    listed = "".join(
        f'<ofd:Page ID="{10 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>' for index in range(len(pages))
    )
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}>{entry}</ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {_OFD}><ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
    }
    for index, page in enumerate(pages):
        rows = [_ofd_text(text, x, OFD_TOP + (row + 1) * OFD_PITCH) for row, (x, text) in enumerate(page)]
        rows.append(_ofd_text(f"— {index + 1} —", 95.0, 272.0, 4.9))
        files[f"Doc_0/Pages/Page_{index}/Content.xml"] = (
            f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="1">{"".join(rows)}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return package(files)


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def _ofd_lines(part: Paragraph) -> Iterable[tuple[float, str]]:
    """Left edge and text of each line."""
    text = part.text
    if part.look is Look.BODY:
        indent = 0 if text.endswith(("：", ":")) else 2
        first = OFD_COLUMNS - indent
        yield OFD_LEFT + indent * OFD_SIZE, text[:first]
        for at in range(first, len(text), OFD_COLUMNS):
            yield OFD_LEFT, text[at : at + OFD_COLUMNS]
        return
    for at in range(0, len(text), OFD_COLUMNS - 6):
        piece = text[at : at + OFD_COLUMNS - 6]
        spare = OFD_COLUMNS - len(piece)
        yield OFD_LEFT + OFD_SIZE * (spare - 4 if part.look is Look.RIGHT else spare / 2), piece


def _ofd_text(text: str, x: float, y: float, size: float = OFD_SIZE) -> str:
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    boundary = f"{x} {y - size} {len(text) * size} {size * 1.2}"
    return (
        f'<ofd:TextObject ID="9" Boundary="{boundary}" Font="2" Size="{size}"><ofd:TextCode X="0" Y="{size}" {steps}>'
        f"{html.escape(text)}</ofd:TextCode></ofd:TextObject>"
    )
