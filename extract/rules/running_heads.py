"""A text dump's running heads: a line that stands again and again beside the page numbers or at a page break.

Readers of paged formats name theirs by position; in a dump only the repetition is left. Runs before page numbers go.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from extract.edit import Edit
from extract.rules.furniture import LINE, LONGEST_NUMBER, PAGE_NUMBER

MAYBE_NUMBER = re.compile(r"^[^\S\n]*[-—–―─一－·•第0-9][^\n。；：、]{0,40}$", re.MULTILINE)
LONGEST_HEAD = 60
SHORTEST_HEAD = 4
REPEATED = 3  # pages that make a line a running one; two where there are no more
TEXT_OR_TABLE = re.compile(r"[。；：，、:;,\t|]")


def drop_running_heads(text: str) -> Iterator[Edit]:
    """Remove what repeats beside the page numbers, and the same line where it opens the text.

    What repeats elsewhere is text: a form's labels, a table's head.
    """
    if "\f" not in text and sum(1 for _ in islice(MAYBE_NUMBER.finditer(text), 2)) < 2:
        return
    lines = [match for match in LINE.finditer(text) if not match.group().isspace()]
    edges = _edges(text, lines)
    if len(edges) < 2:
        return
    beside = {0, *(i for edge in edges for i in (edge - 1, edge, edge + 1) if 0 <= i < len(lines))}
    words = {i: lines[i].group().strip() for i in beside}
    counts = Counter(line for line in words.values() if _may_run(line))
    running = {line for line, count in counts.items() if count >= min(REPEATED, len(edges))}
    for i in sorted(beside):
        if lines[i].group().strip() in running:
            yield Edit(*lines[i].span(), "", "页眉页脚")


def _edges(text: str, lines: Sequence[re.Match[str]]) -> list[int]:
    """Indices of lines that hold a page number, or that a form feed stands before."""
    return [
        i
        for i, line in enumerate(lines)
        if (len(line.group()) <= LONGEST_NUMBER and PAGE_NUMBER.fullmatch(line.group()))
        or text[max(0, line.start() - 1) : line.start()] == "\f"
    ]


def _may_run(line: str) -> bool:
    return (
        SHORTEST_HEAD <= len(line) <= LONGEST_HEAD
        and PAGE_NUMBER.fullmatch(line) is None
        and TEXT_OR_TABLE.search(line) is None
    )
