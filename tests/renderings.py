"""Renderings of a notice as the files people have: Word, and PDF as an office suite prints it.

In goes a notice's plain text, out come bytes. Word files are written part by part, so that automatic
numbers, merged cells and page numbers are exactly those a test names.
"""

import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARKERS = (  # GB/T 9704-2012, 7.3.3: level, pattern
    (0, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (1, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (2, re.compile(r"[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
    (3, re.compile(r"[（(][0-9０-９]{1,2}[）)]")),
    (4, re.compile(r"第[一二三四五六七八九十]{1,3}条[ 　]?")),
)
PAGE_NUMBER = re.compile(r"[—–-] ?[0-9０-９]{1,3} ?[—–-]")
ENDS = "。：:.？！"
FULL_LINE = 20  # characters; a shorter line ends its paragraph


class Look(StrEnum):
    """How a paragraph is set (GB/T 9704-2012, 7.2 and 7.3)."""

    MARK = "mark"  # 发文机关标志, red
    CENTRE = "centre"
    TITLE = "title"
    BODY = "body"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    look: Look = Look.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cell texts; `""` under a cell in `down` continues it, `None` continues the cell to its left."""

    rows: Sequence[Sequence[str | None]]
    widths: Sequence[int]  # twentieths of a point
    down: frozenset[tuple[int, int]] = frozenset()  # row, column of cells that continue the one above
    repeat_header: bool = True


Part = Paragraph | Table


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of a plain text with hard line breaks: joined where a full line has no end."""
    joined: list[str] = []
    last = ""
    for raw in re.split(r"[\n\f]", text):
        line = raw.strip(" \u3000\t").lstrip("# ").removeprefix("- ")
        if not line or "://" in line or PAGE_NUMBER.fullmatch(line):
            continue
        heading = raw.lstrip().startswith("#")
        starts = heading or not joined or len(last) < FULL_LINE or last[-1] in ENDS or marker(line) is not None
        if starts:
            joined.append(line)
        else:
            joined[-1] += line
        last = "" if heading else line
    return tuple(Paragraph(text=line, look=_look(line, index)) for index, line in enumerate(joined))


def marker(line: str) -> tuple[int, str] | None:
    """Level and text of a clause marker at the start of a line."""
    for level, pattern in MARKERS:
        match = pattern.match(line)
        if match:
            return level, match[0]
    return None


def _look(line: str, index: int) -> Look:
    if index == 0:
        return Look.MARK
    if len(line) < 24 and re.search(r"号$", line):
        return Look.CENTRE
    if re.fullmatch(r"[0-9０-９ ]{4,6}年[ 0-9０-９]{1,4}月[ 0-9０-９]{1,4}日", line):
        return Look.RIGHT
    if index < 6 and line[-1] not in "。：:":
        return Look.TITLE
    return Look.BODY


# --- Word -----------------------------------------------------------------------------------------

SIZES = {Look.MARK: 56, Look.CENTRE: 32, Look.TITLE: 44, Look.BODY: 32, Look.RIGHT: 32}  # half points
ALIGN = {Look.MARK: "center", Look.CENTRE: "center", Look.TITLE: "center", Look.BODY: "left", Look.RIGHT: "right"}
NUMBERING = (  # level of the notice: number format, level text
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
BAND = 'w:hAnsi="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC" w:ascii="Noto Serif CJK SC"'


def build_docx(parts: Iterable[Part], *, numbered: bool = False, header: str = "", landscape: bool = False) -> bytes:
    """A Word file; `numbered` turns typed clause markers into automatic numbers where they count up."""
    body = ""
    numbers = _Numbers()
    for part in parts:
        body += _table_xml(part) if isinstance(part, Table) else _paragraph_xml(part, numbers if numbered else None)
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    section = (
        "<w:sectPr>"
        + ('<w:headerReference w:type="default" r:id="rId4"/>' if header else "")
        + '<w:footerReference w:type="default" r:id="rId3"/>'
        + size
        + '<w:pgMar w:top="2098" w:bottom="1984" w:left="1588" w:right="1474" w:header="1000" w:footer="1400"/></w:sectPr>'
    )
    names = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    page = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _rels([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _rels(
            [
                ("rId1", "numbering", "numbering.xml"),
                ("rId3", "footer", "footer1.xml"),
                ("rId4", "header", "header1.xml"),
            ]
        ),
        "word/document.xml": f"<w:document {names}><w:body>{body}{section}</w:body></w:document>",
        "word/numbering.xml": numbers.xml(),
        "word/footer1.xml": f'<w:ftr {names}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{page}</w:p></w:ftr>',
        "word/header1.xml": f"<w:hdr {names}><w:p><w:r><w:t>{html.escape(header)}</w:t></w:r></w:p></w:hdr>",
    }
    return package(files)


def package(files: Mapping[str, str | bytes]) -> bytes:
    """A zip with fixed dates, so that the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            if isinstance(content, str) and name.endswith((".xml", ".rels")):
                data = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + data
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Numbers:
    """Counts typed markers as Word would, so that only markers an automatic number reproduces become one."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0, 0]

    def take(self, line: str) -> tuple[int, int, str] | None:
        """List, level and remaining text."""
        found = marker(line)
        if found is None or found[0] > 3:
            return None
        level, typed = found
        number = value(re.sub(r"[^0-9０-９一二三四五六七八九十]", "", typed))
        if number != self.counts[level] + 1 or typed != printed(level, number):
            return None
        self.counts[level] = number
        self.counts[level + 1 :] = [0] * (3 - level)
        return 1, level, line[len(typed) :]

    def xml(self) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for index, (form, text) in enumerate(NUMBERING)
        )
        return (
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )


def value(digits: str) -> int:
    """Number of an Arabic or a Chinese numeral below 100."""
    if digits and digits[0] not in "一二三四五六七八九十":
        return int(digits)
    ones = "零一二三四五六七八九"
    tens, _, rest = digits.rpartition("十") if "十" in digits else ("", "", digits)
    high = (ones.index(tens) if tens else 1) * 10 if "十" in digits else 0
    return high + (ones.index(rest) if rest else 0)


def printed(level: int, number: int) -> str:
    """The marker Word prints for a level's number under `NUMBERING`."""
    ones = "零一二三四五六七八九"
    tens = ("" if number < 20 else ones[number // 10]) + "十" if number >= 10 else ""
    chinese = tens + (ones[number % 10] if number % 10 else "")
    form, text = NUMBERING[level]
    return text.replace(f"%{level + 1}", chinese if form.startswith("chinese") else str(number))


def _paragraph_xml(part: Paragraph, numbers: _Numbers | None) -> str:
    text, number = part.text, ""
    taken = numbers.take(text) if numbers else None
    if taken:
        number = f'<w:numPr><w:ilvl w:val="{taken[1]}"/><w:numId w:val="{taken[0]}"/></w:numPr>'
        text = taken[2]
    indent = '<w:ind w:firstLine="640"/>' if part.look is Look.BODY and not part.text.endswith(("：", ":")) else ""
    colour = '<w:color w:val="FF0000"/>' if part.look is Look.MARK else ""
    run = f'<w:rPr><w:rFonts {BAND}/>{colour}<w:sz w:val="{SIZES[part.look]}"/></w:rPr>'
    spacing = '<w:spacing w:line="580" w:lineRule="exact"/>' if part.look is Look.BODY else ""
    return (
        f'<w:p><w:pPr>{number}{spacing}{indent}<w:jc w:val="{ALIGN[part.look]}"/></w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
    )


def _table_xml(table: Table) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row_xml(table, index) for index in range(len(table.rows)))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row_xml(table: Table, index: int) -> str:
    cells, row = "", table.rows[index]
    for column, text in enumerate(row):
        if text is None:
            continue
        span = 1
        while column + span < len(row) and row[column + span] is None:
            span += 1
        merge = ""
        if (index, column) in table.down:
            merge = "<w:vMerge/>"
        elif (index + 1, column) in table.down:
            merge = '<w:vMerge w:val="restart"/>'
        width = sum(table.widths[column : column + span])
        grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        cells += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merge}</w:tcPr><w:p><w:r><w:rPr><w:rFonts {BAND}/>'
            f'<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p></w:tc>'
        )
    head = "<w:trPr><w:tblHeader/></w:trPr>" if index == 0 and table.repeat_header else ""
    return f"<w:tr>{head}{cells}</w:tr>"


def _rels(items: Iterable[tuple[str, str, str]]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    inner = "".join(f'<Relationship Id="{key}" Type="{base}{kind}" Target="{to}"/>' for key, kind, to in items)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WML}{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("numbering", "numbering"),
            ("footer1", "footer"),
            ("header1", "header"),
        )
    )
    + "</Types>"
)


# --- PDF ------------------------------------------------------------------------------------------


def has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


def build_pdf(docx: bytes, target: str = "pdf") -> bytes:
    """The Word file as LibreOffice prints it; `target` may carry export options."""
    return convert(docx, "docx", target)


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Any file as LibreOffice turns it into another format."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"notice.{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", target]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180)
        return Path(folder, f"notice.{target.partition(':')[0]}").read_bytes()
