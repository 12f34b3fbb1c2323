"""What stands on one page: lines and tables in reading order, each line with what it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from extract.readers.page_lines import Line, find_gutter, find_lines, find_runs, order_runs
from extract.readers.page_tables import RuledTable, find_tables
from extract.readers.page_view import PageView

WATERMARK_SIZE = 2.2  # medians of the page's type; and over other lines
SIDE = 0.15  # of the page: what is set sideways in this margin is no text
SKEWED = "斜排文字（水印或印章）"
HUGE = "压在正文上的大字（水印）"
SIDEWAYS = "页边竖排文字"

Item = Line | RuledTable


@dataclass(slots=True, kw_only=True)
class PageContent:
    view: PageView
    items: list[Item] = field(default_factory=list)  # furniture included
    footnotes: list[Line] = field(default_factory=list)
    gutter: float | None = None  # x between two columns

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    def text(self, line: Line) -> str:
        return "".join(chr(self.view.codes[i]) for i in line.glyphs)


def page_content(view: PageView, before: PageContent | None = None) -> PageContent:
    """Everything drawn on a page, in reading order; watermarks last. `before` is the page before."""
    tables = find_tables(view)
    in_tables = {i for table in tables for cell in table.cells for i in cell.indices}
    free: Iterable[Iterable[int]] = view.upright
    if in_tables:
        free = [[i for i in indices if i not in in_tables] for indices in view.upright]
    runs, huge = _part_watermarks(find_runs(view, free))
    gutter = find_gutter(runs, before.gutter if before is not None else None)
    items: list[Item] = list(order_runs(view, runs, gutter))
    for table in tables:
        items.insert(_place_of(table, items), table)
    items.extend(_sideways(view))
    items.extend(_named(find_lines(view, huge), HUGE))
    if view.skewed:
        items.append(_as_drawn(view, view.skewed, SKEWED))
    return PageContent(view=view, items=items, gutter=gutter)


def _place_of(table: RuledTable, items: list[Item]) -> int:
    left, right = table.columns[0], table.columns[-1]
    for index, item in enumerate(items):
        if item.top <= table.top:
            continue
        if isinstance(item, RuledTable) or item.column == 0 or (item.x0 < right and item.x1 > left):
            return index
    return len(items)


def _part_watermarks(runs: list[Line]) -> tuple[list[Line], list[Line]]:
    """Runs of text, and runs of huge characters that lie over at least two of them."""
    if len(runs) < 3:
        return runs, []
    limit = WATERMARK_SIZE * median(run.height for run in runs)
    huge = [run for run in runs if run.height > limit and _covers(run, runs)]
    return ([run for run in runs if run not in huge], huge) if huge else (runs, [])


def _covers(run: Line, others: list[Line]) -> bool:
    below = (
        other
        for other in others
        if other is not run
        and other.x0 < run.x1
        and other.x1 > run.x0
        and run.top < other.middle < run.bottom
        and other.height < 0.6 * run.height
    )
    return sum(1 for _, _ in zip(below, range(2), strict=False)) > 1


def _sideways(view: PageView) -> Iterable[Line]:
    """Characters at another right angle than the page's, in the order they were drawn."""
    lines = find_runs(view, [view.turned])
    for line in lines:
        line.size = line.height
        aside = line.x1 < SIDE * view.width or line.x0 > (1 - SIDE) * view.width
        yield from _named([line], SIDEWAYS if aside else "")


def _as_drawn(view: PageView, glyphs: tuple[int, ...], reason: str) -> Line:
    """Characters at odd angles as one line, in the order they were drawn."""
    return Line(
        glyphs=list(glyphs),
        x0=min(view.x0[i] for i in glyphs),
        top=min(view.top[i] for i in glyphs),
        x1=max(view.x1[i] for i in glyphs),
        bottom=max(view.bottom[i] for i in glyphs),
        reason=reason,
    )


def _named(lines: Iterable[Line], reason: str) -> Iterable[Line]:
    for line in lines:
        line.reason = reason
        yield line
