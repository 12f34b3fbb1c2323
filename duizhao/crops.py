"""Pictures of the pages that material changes stand on, for a comparison report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duizhao.pages import Paper, derive, paper
from extract.errors import ReadError
from extract.options import ReadOptions
from extract.rendering import PageSource, crop_pages, open_pages
from templates.crops import Crop, Crops, UnitCrops

if TYPE_CHECKING:
    from compare.comparison import Comparison, Unit
    from duizhao.pairs import Pair, Side
    from extract.derived_pages import DerivedPages
    from extract.notice import Place
    from extract.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One side whose pages can be drawn."""

    side: Side
    number: int  # of the notice in its document
    derived: DerivedPages | None
    paper: Paper
    pages: PageSource

    def crops(self, unit: Unit, name: str) -> tuple[Crop, ...]:
        """The changed words of a unit where they stand; where a side lost them, its sentences without a mark."""
        spans = _spans(unit, name)
        return self._crops(spans or [ref.span for ref in getattr(unit, name)], marked=bool(spans))

    def _crops(self, spans: Sequence[Span], *, marked: bool) -> tuple[Crop, ...]:
        words = tuple(dict.fromkeys(self.side.notice.text[span.start : span.end] for span in spans))
        places = [place for span in spans for place in self._places(span)]
        return tuple(
            Crop(
                png=picture.png,
                page=picture.page,
                width=picture.width,
                height=picture.height,
                words=words if marked else (),
                derived=self.paper.derived,
            )
            for picture in crop_pages(self.pages, places, marked=marked)
        )

    def _places(self, span: Span) -> tuple[Place, ...]:
        if self.derived is not None:
            return self.derived.places(self.number, span)
        assert self.side.reading is not None
        return self.side.reading.texts[self.number].places(span)


def crop_changes(pair: Pair, limit: int) -> Crops:
    """Pictures for the first `limit` units with material changes on pages.

    A side without pages, such as a text file, has none; a Word file is set on pages where LibreOffice is installed.
    """
    with ExitStack() as stack:
        upper, lower = (_open(side, stack) for side in (pair.upper, pair.lower))
        found: dict[str, UnitCrops] = {}
        left_out = 0
        for unit in _changed(pair.comparison):
            if len(found) >= limit:
                left_out += 1
                continue
            crops = UnitCrops(
                upper=upper.crops(unit, "upper") if upper else (),
                lower=lower.crops(unit, "lower") if lower else (),
            )
            if crops.upper or crops.lower:
                found[unit.id] = crops
    return Crops(by_unit=found, left_out=left_out if found else 0)


def _open(side: Side, stack: ExitStack) -> Shown | None:
    if side.reading is None:
        return None
    number = next(i for i, notice in enumerate(side.document.notices) if notice is side.notice)
    try:
        derived = derive(side.choice, side.reading)
        source = paper(side.choice, side.reading, derived)
        options = ReadOptions(password=side.choice.password)
        pages = stack.enter_context(open_pages(source.data, str(side.choice), source.layout, options))
    except ReadError:
        return None  # a source without pages: the report is made without its pictures
    return Shown(side=side, number=number, derived=derived, paper=source, pages=pages)


def _changed(comparison: Comparison) -> Iterator[Unit]:
    for unit in (*comparison.units, *comparison.frame):
        if any(change.material for change in unit.changes):
            yield unit


def _spans(unit: Unit, side: str) -> list[Span]:
    """The changed words of a side; changes within changes are marked once."""
    spans = {getattr(change, f"{side}_span") for change in unit.changes if change.material}
    found = [span for span in spans if span is not None and span.start < span.end]
    return sorted(span for span in found if not any(other != span and other.contains(span) for other in found))
