"""Long texts made of the bundled notices, with other figures in every repetition."""

import re
from collections.abc import Iterator
from itertools import count

from corpus import samples
from extract import extract_bytes

FIGURE = re.compile(r"(?<=\d)\d(?=[%万元人个家月日])")
HEAD = "关于做好就业工作的通知\n各市人民政府：\n"
FOOT = "某市人民政府\n2023年3月15日\n"
SECTION = 20  # clauses
HAN = "零一二三四五六七八九"


def notices(size: int) -> str:
    """Whole notices one after the other, up to `size` bytes of UTF-8."""
    return _cut(_varied([samples.read(number).decode() + "\n" for number in samples.NUMBERS]), size)


def one_notice(size: int) -> str:
    """One notice of many clauses: 一、 over （一） to （二十）."""
    clauses = [text for number in samples.NUMBERS for text in _clauses(number)]
    return HEAD + _cut(_numbered(_varied(clauses)), size) + FOOT


def paragraph(size: int) -> str:
    """One clause without a line's end."""
    return HEAD + "一、" + re.sub(r"\s+", "", notices(size + size // 20)).encode()[:size].decode(errors="ignore") + "\n"


def _clauses(number: str) -> Iterator[str]:
    for notice in extract_bytes(samples.read(number), samples.file_name(number)).notices:
        for clause in notice.clauses:
            if clause.marker:
                yield notice.text[clause.span.start + len(clause.marker) : clause.span.end]


def _varied(texts: list[str]) -> Iterator[str]:
    for turn in count():
        for text in texts:
            yield FIGURE.sub(lambda digit: str((int(digit[0]) + turn) % 10), text)  # noqa: B023 (used at once)


def _numbered(clauses: Iterator[str]) -> Iterator[str]:
    for index, clause in enumerate(clauses):
        section, item = divmod(index, SECTION)
        head = f"{_han(section + 1)}、重点任务\n" if item == 0 else ""
        yield f"{head}（{_han(item + 1)}）{clause}\n"


def _han(number: int) -> str:
    """1 to 999 in Chinese numerals."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{HAN[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else HAN[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (HAN[ones] if ones else "")


def _cut(texts: Iterator[str], size: int) -> str:
    pieces, length = [], 0
    for text in texts:
        pieces.append(text)
        length += len(text.encode())
        if length >= size:
            break
    return "".join(pieces)
