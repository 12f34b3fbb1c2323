"""Broken copies of good files, the same ones in every run, and what reading one leads to."""

import io
import random
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator

from drawn_pdf import DrawnPage, build_drawn
from ofd_rendering import build_ofd
from renderings import Look, Paragraph, Table, build_docx, package
from web_rendering import build_page

from extract.errors import ReadError
from extract.options import ReadOptions
from extract.reading import read_bytes

LINE = "为贯彻落实党中央国务院决策部署进一步做好稳就业工作结合实际"
LIMITS = ReadOptions(
    max_pages=200,
    max_characters=500_000,
    max_unpacked_bytes=64 * 1024 * 1024,
    max_files=500,
    seconds=20,
    recognise=False,  # scans have a limit of their own
)
NOTICE = (
    Paragraph(text="某市人民政府文件", look=Look.MARK),
    Paragraph(text="某政发〔2023〕1号", look=Look.CENTRE),
    Paragraph(text="关于做好稳就业工作的通知", look=Look.TITLE),
    Paragraph(text="各县区人民政府："),
    Paragraph(text=LINE + "，现将有关事项通知如下。"),
    Paragraph(text="一、加大支持"),
    Paragraph(text="（一）给予补贴。对企业给予每人最高1000元补贴，2023年12月底前完成。（市财政局、市教育局负责）"),
    Paragraph(text="某市人民政府"),
    Paragraph(text="2023年4月20日", look=Look.RIGHT),
)
TASKS = Table(rows=[["序号", "任务"], ["1", "甲"], ["2", ""]], widths=[900, 3000], down=frozenset({(2, 1)}))
WORDS = (
    b"<",
    b">",
    b"/",
    b"\x00",
    b"\xff\xfe",
    b"<w:p>",
    b"</w:p>",
    b"obj",
    b"endobj",
    b"99999999999",
    b"-1",
    b"1e309",
    b"&#0;",
    b"%",
)


def seeds() -> dict[str, bytes]:
    """One good file a format."""
    page = DrawnPage().text(150, 100, "关于做好工作的通知", 22).lines(80, 150, [LINE] * 5).text(280, 800, "— 1 —", 12)
    tasks = (
        DrawnPage()
        .grid([80, 200, 400], [100, 130, 160])
        .text(90, 120, "序号")
        .text(210, 120, "任务")
        .text(90, 150, "1")
    )
    return {
        "notice.pdf": build_drawn([page, tasks, DrawnPage().picture(0, 0, 595, 842)]),
        "notice.docx": build_docx([*NOTICE, TASKS], numbered=True, header="某市公报"),
        "notice.html": build_page(
            [*NOTICE, TASKS], {"索引号": "AB-1", "文号": "某政发〔2023〕1号"}, encoding="gb18030"
        ),
        "notice.ofd": build_ofd(NOTICE),
        "notice.txt": "\n".join(part.text for part in NOTICE).encode("gb18030"),
    }


def mutants(name: str, data: bytes, count: int) -> Iterator[bytes]:
    """`count` broken copies; of a package half are broken inside and packed again."""
    rng = random.Random(name)
    for number in range(count):
        zipped = data.startswith(b"PK") and number % 2
        yield broken_package(data, rng) if zipped else broken(data, rng)


def broken(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        rng.choice(WAYS)(out, rng)
    return bytes(out)


def broken_package(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {item: archive.read(item) for item in archive.namelist()}
    victim = rng.choice(sorted(parts))
    content = parts.pop(victim)
    assert isinstance(content, bytes)
    fate = rng.random()
    if fate < 0.9:
        parts[victim] = broken(content, rng)
    elif fate < 0.95:
        parts["../" + victim] = content
    return package(parts)


def flip(out: bytearray, rng: random.Random) -> None:
    if out:
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)


def cut(out: bytearray, rng: random.Random) -> None:
    del out[rng.randrange(len(out) + 1) :]


def remove(out: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(out) + 1)
    del out[start : start + rng.randrange(200)]


def repeat(out: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(out) + 1)
    out[start:start] = out[start : start + rng.randrange(400)] * rng.choice((1, 3, 50))


def insert(out: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(out) + 1)
    out[start:start] = rng.choice(WORDS) * rng.choice((1, 1, 8))


def swap_digits(out: bytearray, rng: random.Random) -> None:
    """Numbers are what sizes, offsets and references are made of."""
    places = [at for at, byte in enumerate(out) if 48 <= byte <= 57]
    for at in rng.sample(places, min(len(places), 3)):
        out[at] = rng.randrange(48, 58)


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip,
    flip,
    cut,
    remove,
    repeat,
    insert,
    swap_digits,
    swap_digits,
)


def read_all(name: str, files: list[bytes], seconds: float) -> list[str]:
    """What went wrong: tracebacks, messages of more than one line, files that took longer than the limit."""
    found: list[str] = []
    for number, data in enumerate(files):
        start = time.perf_counter()
        try:
            read_bytes(data, name, LIMITS)
        except ReadError as error:
            if "\n" in str(error) or not error.message:
                found.append(f"{name} {number}: {error!r}")
        except BaseException:  # noqa: BLE001 - whatever else comes out is what this looks for
            found.append(f"{name} {number}: {traceback.format_exc()}")
        if time.perf_counter() - start > seconds:
            found.append(f"{name} {number}: {time.perf_counter() - start:.1f} s")
    return found
