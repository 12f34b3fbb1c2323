"""Two notices from the files that hold them, compared, and their report."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

from compare import Comparison, compare, pair_within, to_json
from duizhao import __version__
from duizhao.messages import language, text
from duizhao.sources import Choice, number_of, position, read
from extract.errors import ReadError
from extract.notice import Document, Notice, Source
from extract.parse import Reading
from templates import render_comparison
from templates.crops import NO_CROPS, Crops
from templates.redline import render_redline
from templates.row_view import DOUBTFUL


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    choice: Choice
    document: Document
    notice: Notice
    reading: Reading | None = None  # with the way from words to pages

    @property
    def source(self) -> Source:
        return self.document.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    upper: Side
    lower: Side
    comparison: Comparison
    crops: Crops = NO_CROPS


def load_side(choice: Choice) -> Side:
    """The chosen notice of a file, by default its first.

    Raises:
        ReadError: the file cannot be read or has no such notice.
    """
    reading = read(choice)
    document = reading.document
    notice = document.notices[position(choice, document)]
    return Side(choice=choice, document=document, notice=notice, reading=reading)


def pair_with(upper: Side, lower: Side) -> Pair:
    """Raises:
    ReadError: both have the same text, so that there is nothing to compare.
    """
    if upper.notice.text == lower.notice.text:  # a draft and the final text bear one number
        message = text("failure.same_notice", other=upper.choice, number=number_of(lower.notice))
        raise ReadError(str(lower.choice), None, message)
    return _pair(upper, lower)


def add_new(side: Side, sides: list[Side]) -> Side:
    """The side, put to those read before.

    Raises:
        ReadError: one of them has the same text; taken twice it would be counted as two places.
    """
    for other in sides:
        if other.notice.text == side.notice.text:
            raise ReadError(str(side.choice), None, text("failure.repeated", other=other.choice))
    sides.append(side)
    return side


def pair_inside(side: Side) -> Pair:
    """The notice of a file against the upper notice that the file prints as its attachment.

    Raises:
        ReadError: the file holds no such pair.
    """
    found = pair_within(side.document) if side.choice.number is None else None
    if found is None:
        raise ReadError(str(side.choice), None, text("failure.no_attachment"))
    upper, lower = (
        Side(choice=side.choice, document=side.document, notice=notice, reading=side.reading) for notice in found
    )
    return _pair(upper, lower)


def _pair(upper: Side, lower: Side) -> Pair:
    comparison = compare(upper.notice, lower.notice, upper_source=upper.source, lower_source=lower.source)
    return Pair(upper=upper, lower=lower, comparison=comparison)


def render(pair: Pair, name: str, least: float = DOUBTFUL) -> bytes:
    """The comparison as a file of a format; matches below the confidence `least` are marked as to be checked."""
    if name == "json":
        return to_json(pair.comparison)
    if name == "redline.docx":
        return render_redline(
            pair.comparison,
            pair.upper.notice,
            pair.lower.notice,
            upper_source=pair.upper.source,
            lower_source=pair.lower.source,
            generated_on=today(),
            lang=language(),
        )
    return render_comparison(
        pair.comparison,
        pair.upper.notice,
        pair.lower.notice,
        format=name,
        upper_source=pair.upper.source,
        lower_source=pair.lower.source,
        min_confidence=least,
        crops=pair.crops,
        generated_on=today(),
        version=__version__,
        options={"min_confidence": f"{least:g}"},
        lang=language(),
    )


def today() -> date:
    """The day of the report; SOURCE_DATE_EPOCH fixes it, for reports that can be repeated byte for byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now().astimezone()
    return moment.date()
