"""Markdown marks that text dumps bring along."""

import re
from collections.abc import Iterator

from extract.edit import Edit

MARK = re.compile(
    r"^[ \t]{0,3}(?:"
    r"(?P<heading>\#{1,6}[ \t]+)"  # a mark needs a space behind it, which normal text never has
    r"|(?P<quote>>[ \t]+)"
    r"|(?P<bullet>[-*+][ \t]+(?=\S))"
    r"|(?P<rule>(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$)"
    r"|(?P<table>\|(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*$)"
    r")|(?P<emphasis>\*{2,})",
    re.MULTILINE | re.VERBOSE,
)
ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)


def drop_markdown(text: str) -> Iterator[Edit]:
    """Remove heading marks, bullets, emphasis and table rules; a table's bars become nothing too.

    Only in texts of several lines, and bars only in tables of several rows: a single line is taken as it is.
    """
    if "\n" not in text:
        return
    spans = [match.span() for match in MARK.finditer(text)]
    rows = list(ROW.finditer(text))
    if len(rows) > 1:
        spans += [(at, at + 1) for row in rows for at in range(*row.span()) if text[at] == "|"]
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            yield Edit(start, end, "", "标记符号")
            done = end
