"""A notice in, which rows of its table of duties (任务分工表) name which of its clauses out.

A notice may order things in its body and say in an annexed table who does them: the row repeats the heading of the
clause. Such a row orders nothing of its own; it says whose the clause is.
"""

import re
from collections.abc import Iterator

from extract.notice import Clause, Notice, ResponsibilitySource
from extract.span import Span

SIGNS = re.compile(r"[\W_]+")
NUMBER = re.compile(r"(?:[（(]?[一二三四五六七八九十百\d]+[）)、.．]|第[一二三四五六七八九十百\d]+[条项])\s*")
SHORTEST_PART = 4  # characters of a name that is printed in part


def tasks_named(notice: Notice) -> dict[str, str]:
    """The clause that each row names, by the row's id: of that heading, or the only one whose heading holds the name
    or is held in it."""
    headings = {clause.id: _bare(clause.heading) for clause in notice.clauses if clause.heading and not is_row(clause)}
    found: dict[str, str] = {}
    for row in filter(is_row, notice.clauses):
        named = _named(_bare(row.heading or row.text), headings)
        if len(named) == 1:
            found[row.id] = named[0]
    return found


def title_spans(notice: Notice) -> dict[str, Span]:
    """Where the rows stand that say no more than the heading of a clause, by id."""
    headings = {_bare(clause.heading) for clause in notice.clauses if clause.heading and not is_row(clause)}
    return {
        row.id: Span(row.body[0].start, row.body[-1].end)
        for row in filter(is_row, notice.clauses)
        if row.body and not row.heading and _bare(row.text) in headings
    }


def is_row(clause: Clause) -> bool:
    return any(item.source is ResponsibilitySource.TABLE for item in clause.responsibilities)


def _named(name: str, headings: dict[str, str]) -> list[str]:
    same = [key for key, heading in headings.items() if heading == name]
    return same or list(_in_part(name, headings)) if name else []


def _in_part(name: str, headings: dict[str, str]) -> Iterator[str]:
    for key, heading in headings.items():
        shorter, longer = sorted((name, heading), key=len)
        if len(shorter) >= SHORTEST_PART and shorter in longer:
            yield key


def _bare(name: str | None) -> str:
    """Without the number in front and without signs."""
    return SIGNS.sub("", NUMBER.sub("", (name or "").strip(), count=1))
