"""Printed lines of a page in reading order, over one and two columns.

Works in the reading frame of a `PageView`; a line holds local indices of glyphs from left to right.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.readers.page_view import PageView

CJK = 0x2E80  # code points from here on are as wide as the type size
RUN_GAP = 1.5  # heights; a wider gap ends a run
OVERLAP = 0.5  # of the smaller height: what stands on one line
OVERPRINT = 0.4  # widths; the same character drawn again nearer than this is fake bold
COLUMN_LINES = 5  # lines that must stand side by side to be columns


@dataclass(slots=True, kw_only=True)
class Line:
    """Glyphs on one printed line, with the box around them and the size of their type in points."""

    glyphs: list[int]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    column: int = 0  # 0 across the page, 1 left, 2 right
    reason: str = ""  # why it is none of the notice's text
    duplicates: tuple[int, ...] = ()  # overprinted glyphs left out

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def order_runs(view: PageView, runs: list[Line], gutter: float | None) -> list[Line]:
    """Lines made of runs, in reading order; `gutter` is the x between two columns."""
    if gutter is None:
        return find_lines(view, runs)
    return _column_order(view, runs, gutter)


def find_runs(view: PageView, glyphs: Iterable[Iterable[int]]) -> list[Line]:
    """Characters drawn one after the other on one base line, in the order of the file."""
    runs: list[Line] = []
    x0, top, x1, bottom = view.x0, view.top, view.x1, view.bottom
    for indices in glyphs:
        run: Line | None = None
        for i in indices:
            left, high, right, low = x0[i], top[i], x1[i], bottom[i]
            if run is not None:
                height = max(run.bottom - run.top, low - high)
                step = left - run.x1
                level = abs(high + low - run.top - run.bottom) < 0.5 * height
                if level and -0.6 * height < step < RUN_GAP * height:
                    run.glyphs.append(i)
                    run.x1 = max(run.x1, right)
                    run.top = min(run.top, high)
                    run.bottom = max(run.bottom, low)
                    continue
            run = Line(glyphs=[i], x0=left, top=high, x1=right, bottom=low)
            runs.append(run)
    return runs


def find_lines(view: PageView, runs: Iterable[Line]) -> list[Line]:
    """Runs that share a base line joined, from top to bottom."""
    rows: list[list[Line]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.x0)):
        # A tall run (a bracket, a mark) may have pushed in between: look back a little.
        row = next((row for row in reversed(rows[-3:]) if _level(row[0], run)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return [_line(view, row) for row in rows]


def _level(a: Line, b: Line) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared >= OVERLAP * min(a.height, b.height)


def _line(view: PageView, row: list[Line]) -> Line:
    row.sort(key=lambda run: run.x0)
    glyphs = [i for run in row for i in run.glyphs]
    if any(b.x0 < a.x1 - 0.1 * a.height for a, b in itertools.pairwise(row)):
        glyphs.sort(key=lambda i: view.x0[i])
    kept, duplicates = _drop_overprints(view, glyphs)
    return Line(
        glyphs=kept,
        x0=min(run.x0 for run in row),
        top=min(run.top for run in row),
        x1=max(run.x1 for run in row),
        bottom=max(run.bottom for run in row),
        size=_type_size(view, kept),
        duplicates=duplicates,
    )


def _drop_overprints(view: PageView, glyphs: list[int]) -> tuple[list[int], tuple[int, ...]]:
    kept: list[int] = []
    dropped: list[int] = []
    codes, last = view.codes, (0, 0)
    for i in glyphs:
        code = codes[i]
        again = code in last and any(_is_overprint(view, j, i) for j in kept[-2:])
        (dropped if again else kept).append(i)
        if not again:
            last = (last[1], code)
    return kept, tuple(dropped)


def _is_overprint(view: PageView, before: int, after: int) -> bool:
    if view.codes[before] != view.codes[after]:
        return False
    if after == before + 1 and view.codes[after] < CJK and view.x0[before] == view.x0[after]:
        return False  # one glyph that stands for two characters, such as ——
    return view.x0[after] - view.x0[before] < OVERPRINT * (view.x1[after] - view.x0[after])


def _type_size(view: PageView, glyphs: list[int]) -> float:
    """Points; the width of Chinese characters, else four fifths of the height."""
    wide = [view.x1[i] - view.x0[i] for i in glyphs[:40] if view.codes[i] >= CJK]
    if wide:
        return median(wide)
    return 0.8 * max((view.bottom[i] - view.top[i] for i in glyphs), default=0.0)


# --- columns ------------------------------------------------------------------------------------


def find_gutter(runs: Sequence[Line], before: float | None = None) -> float | None:
    """x of the empty strip between two columns, if the page has two.

    `before` is that of the page before: the last page of a text in columns may have a short right one.
    """
    found = _own_gutter(runs)
    if found is not None or before is None:
        return found
    return before if _goes_on(runs, before) else None


def _own_gutter(runs: Sequence[Line]) -> float | None:
    if len(runs) < 2 * COLUMN_LINES:
        return None
    low, high = min(run.x0 for run in runs), max(run.x1 for run in runs)
    middle = (low + 0.35 * (high - low), low + 0.65 * (high - low))
    starts = sorted({round(run.x0) for run in runs if middle[0] <= run.x0 <= middle[1]})
    best = min(starts, key=lambda x: (_crossing(runs, x - 1.0), x), default=None)
    return best - 1.0 if best is not None and _is_gutter(runs, best - 1.0) else None


def _crossing(runs: Sequence[Line], x: float) -> int:
    return sum(run.x0 < x - 1 and run.x1 > x + 1 for run in runs)


def _is_gutter(runs: Sequence[Line], x: float) -> bool:
    """Both sides hold full lines side by side, and few lines cross."""
    left = [run for run in runs if run.x1 <= x + 1]
    right = [run for run in runs if run.x0 >= x - 1]
    crossing = len(runs) - len(left) - len(right)
    if len(right) < COLUMN_LINES or crossing > 0.5 * len(right) or not _is_column(runs, left, x):
        return False
    size = median(run.height for run in runs)
    aligned = sum(run.x0 < x + 3.5 * size for run in right)
    beside = min(max(run.bottom for run in side) for side in (left, right)) - max(
        min(run.top for run in side) for side in (left, right)
    )
    return aligned >= 0.6 * len(right) and beside >= COLUMN_LINES * size


def _goes_on(runs: Sequence[Line], x: float) -> bool:
    """Whether a page goes on with the columns of the page before."""
    left = [run for run in runs if run.x1 <= x + 1]
    crossing = sum(run.x0 < x - 1 and run.x1 > x + 1 for run in runs)
    return _is_column(runs, left, x) and crossing <= 0.2 * len(left)


def _is_column(runs: Sequence[Line], left: Sequence[Line], x: float) -> bool:
    """Most of its lines are full, and a strip is free beside them."""
    if len(left) < COLUMN_LINES:
        return False
    edge = max(run.x1 for run in left)
    size = median(run.height for run in runs)
    return x - edge > 0.6 * size and sum(run.x1 > edge - 2.5 * size for run in left) >= 0.5 * len(left)


def _column_order(view: PageView, runs: list[Line], gutter: float) -> list[Line]:
    """Bands between the lines that go across: left column, then right column, then the line."""
    across = find_lines(view, (run for run in runs if run.x0 < gutter - 1 and run.x1 > gutter + 1))
    sides = [
        find_lines(view, (run for run in runs if run.x1 <= gutter + 1)),
        find_lines(view, (run for run in runs if run.x0 >= gutter - 1 and run.x1 > gutter + 1)),
    ]
    for number, side in enumerate(sides, start=1):
        for line in side:
            line.column = number
    ordered: list[Line] = []
    limits = [line.middle for line in across]
    for band in range(len(across) + 1):
        for side in sides:
            ordered.extend(line for line in side if bisect_left(limits, line.middle) == band)
        ordered.extend(across[band : band + 1])
    return ordered
