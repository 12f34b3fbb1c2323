"""Text for a terminal of 80 columns in which a Chinese character takes two."""

import re
import shutil
import unicodedata

WIDTH = 80

PIECES = re.compile(
    r"[!-~]+(?: [\u4e00-\u9fff])?"  # a Latin word, a path, a number with the word it counts (46 句) stays whole
    r"|\s+|."
)
NO_LINE_START = frozenset("，。；：？！、）》」』”’…·,.;:?!)")
NO_LINE_END = frozenset("（《「『“‘(")


def width(text: str) -> int:
    """Columns of a text; marks that combine take none."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def pad(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def shorten(text: str, columns: int) -> str:
    """At most so many columns; a cut is marked by an ellipsis."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns: broken at spaces or between Chinese characters.

    No line begins with a closing mark or ends with an opening one. A word longer than a line stays whole.
    """
    lines: list[list[str]] = [[]]
    for piece in PIECES.findall(text):
        line = lines[-1]
        if width("".join(line) + piece.rstrip()) <= columns or not line:
            line.append(piece)
        elif not piece.isspace():
            carried = [line.pop()] if piece in NO_LINE_START else []
            while line and line[-1] in NO_LINE_END:
                carried.insert(0, line.pop())
            lines.append([*carried, piece])
    return ["".join(line).strip() if i else "".join(line).rstrip() for i, line in enumerate(lines) if line or not i]


def columns() -> int:
    """Columns to write for: the terminal's, but never over 100, 80 where there is none."""
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, 100)
