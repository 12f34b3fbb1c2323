"""PDF against pdfplumber in one run: characters with boxes, the whole extraction, and memory on a long file.

`python bench/pdf_peers.py`. Two kinds of file: pages drawn by us from the text of a bundled notice (28 characters a
line, 22 lines a page, GB/T 9704-2012, 5.2), and the same notice printed by LibreOffice where that is installed.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from material import PLAN, ROOT
from texts import one_notice
from timing import cpu, installed, missing, table

from bundled_renderings import printed  # isort: skip (beside the tests, where `material` looks)
from drawn_pdf import DrawnPage, build_drawn  # isort: skip
from renderings import has_libreoffice  # isort: skip

from extract import extract_bytes

CHARACTERS, LINES = 28, 22
LEFT, TOP = 79.4, 120.0  # points: a margin of 28 mm, and the first line below one of 37 mm
SIZE, PITCH = 16.0, 29.0
PAGES = 30, 300
# A child's `ru_maxrss` begins with what its parent used; the high water mark of Linux is its own.
MEMORY = """
import resource, sys
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
if sys.argv[2] == "extract":
    from extract import extract_bytes
    extract_bytes(data, "notice.pdf")
elif sys.argv[2] == "list":
    import pdfplumber
    with pdfplumber.open(sys.argv[1]) as document:
        for page in document.pages:
            page.chars
            page.close()
status = Path("/proc/self/status")
if status.exists():
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def drawn(pages: int) -> bytes:
    """One notice of so many pages, each with its number."""
    lines = list(_lines(one_notice(pages * CHARACTERS * LINES * 3)))  # bytes: more than there is room for
    out = []
    for page in range(pages):
        here = DrawnPage()
        for row, (indent, line) in enumerate(lines[page * LINES : (page + 1) * LINES]):
            here.text(LEFT + indent * SIZE, TOP + row * PITCH, line, SIZE)
        out.append(here.text(290.0, 800.0, f"— {page + 1} —", size=14.0))
    return build_drawn(out)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs broken into lines, the first of each two characters in; the title in the middle."""
    title, recipients, *paragraphs = re.sub(r"[^\S\n]+", "", text).splitlines()
    yield (CHARACTERS - len(title)) // 2, title
    yield 0, recipients
    for paragraph in filter(None, paragraphs):
        yield 2, paragraph[: CHARACTERS - 2]
        for at in range(CHARACTERS - 2, len(paragraph), CHARACTERS):
            yield 0, paragraph[at : at + CHARACTERS]


def glyphs(data: bytes) -> int:
    """Every character with its box, as the reader takes it from the file; how many."""
    import pypdfium2 as pdfium

    from extract.readers.pdf_glyphs import read_page

    document = pdfium.PdfDocument(data)
    try:
        return sum(len(read_page(document, number).codes) for number in range(1, len(document) + 1))
    finally:
        document.close()


def plumbed(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as document:
        count = 0
        for page in document.pages:
            count += len(page.chars)
            page.close()
    return count


def extracted(data: bytes) -> int:
    return sum(len(notice.text) for notice in extract_bytes(data, "notice.pdf").notices)


def files() -> Iterator[tuple[str, bytes]]:
    yield f"drawn, {PAGES[0]} pages", drawn(PAGES[0])
    if has_libreoffice():
        yield f"{PLAN} printed by LibreOffice", printed(PLAN)


def peers() -> str:
    """Pages a second, and how many times pdfplumber's."""
    if installed("pdfplumber") is None:
        return missing("pdfplumber")
    rows = [row for name, data in files() for row in _speeds(name, data)]
    if not has_libreoffice():
        rows.append(("printed by LibreOffice", "not measured: LibreOffice is not installed", "", "", ""))
    head = ["file", "who", "characters", "pages/s of CPU time", "over pdfplumber"]
    return table(head, rows, words=2)


def _speeds(name: str, data: bytes) -> Iterator[tuple[str, ...]]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    pages = len(document)
    document.close()
    steps: list[tuple[str, Callable[[bytes], int]]] = [
        (f"pdfplumber {installed('pdfplumber')}: `page.chars`", plumbed),
        ("duizhao: characters with boxes", glyphs),
        ("duizhao: **whole extraction**", extracted),
    ]
    base = 0.0
    for who, step in steps:
        count = step(data)
        taken = cpu(lambda: step(data), 3)  # noqa: B023 (called at once)
        base = base or taken
        yield name, who, f"{count:,}", f"{pages / taken:.0f}", f"{base / taken:.1f}×"


def long_file() -> str:
    """Time and memory of a long file against a short one; memory is that of a process which does nothing else."""
    rows = []
    for pages in PAGES:
        data = drawn(pages)
        extracted(data)
        rows.append((pages, cpu(lambda: extracted(data), 2), *_memory(data)))  # noqa: B023 (called at once)
    (short, short_time, *_), (long, long_time, *_) = rows
    growth = long_time / short_time
    lines = [
        (f"{pages} pages", f"{taken:.2f} s", f"{1000 * taken / pages:.1f} ms", f"{ours:.0f} MB", f"{theirs:.0f} MB")
        for pages, taken, ours, theirs in rows
    ]
    lines.append((f"{long} over {short} pages", f"{growth:.1f}×", f"{growth * short / long:.2f}×", "", ""))
    head = ["whole extraction", "CPU", "a page", "most memory", "pdfplumber, `page.close()` after each page"]
    return table(head, lines)


def _memory(data: bytes) -> tuple[float, float]:
    """MB of resident memory at its most: ours, and pdfplumber's for listing the characters."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notice.pdf")
        path.write_bytes(data)
        runs = [_run(path, "extract")]
        runs.append(_run(path, "list") if installed("pdfplumber") else float("nan"))
        return runs[0], runs[1]


def _run(path: Path, what: str) -> float:
    command = [sys.executable, "-c", MEMORY, str(path), what]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(out.stdout) / 1024 * (1 if sys.platform == "linux" else 1 / 1024)  # macOS counts bytes


def main() -> None:
    print(peers(), long_file(), sep="\n")


if __name__ == "__main__":
    main()
