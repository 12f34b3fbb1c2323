"""测定率2023年达到30%，2024年达到40%: the steps of one measure, each for its year.

Where one text sets steps and the other the same measure for some of these years, a number answers that of its year.
"""

import re
from collections.abc import Iterator

from compare.changes.joined import Joined
from compare.changes.scales import scale_of
from extract.notice import Amount
from extract.span import Span

YEAR = re.compile(r"20\d\d(?=年)")
DATE = re.compile(r"[到在至]?20\d\d年(?:\d{1,2}月)?[底末]?[之以]?前?")
# Of a second step nothing but its year and its number is told.
BARE = re.compile(r"[到至]?(?:要|再|分别|新增|实现|完成|[达增提升降][到至]|达|控制在)*")
ALIKE = 0.5  # share of the shorter subject's pairs of characters
WORDLESS = re.compile(
    r"\d[\d.]*|[\W_]+|不[得应能可]?[低高少多超大小][于过]|[达到至]|实现|完成|新增|力争|确保|全[省市县区]"
)
LEAST = 2
CENTURY = "20"

Step = tuple[Span, str]  # the place of a number, its year


def find_steps(upper: Joined, lower: Joined) -> tuple[tuple[Step, ...], tuple[Step, ...]] | None:
    """The steps of both texts, if one has several and a year of theirs stands in the other for the same measure."""
    if CENTURY not in upper.text or CENTURY not in lower.text:
        return None
    years = [YEAR.findall(joined.text) for joined in (upper, lower)]
    if max(map(len, years)) < LEAST or not set(years[0]) & set(years[1]):
        return None
    for one, other, turned in ((upper, lower, False), (lower, upper, True)):
        own = tuple(_steps(one))
        theirs = tuple(_answers(one, own, other)) if len(own) >= LEAST else ()
        if {year for _, year in own} & {year for _, year in theirs}:
            return (theirs, own) if turned else (own, theirs)
    return None


def lone_years(joined: Joined, steps: tuple[Step, ...], others: tuple[Step, ...]) -> tuple[Span, ...]:
    """The dates of steps for whose year the other text sets none: they answer no date of the other text."""
    kept = {year for _, year in others}
    dates = (_date_before(joined, span) for span, year in steps if year not in kept)
    return tuple(date for date in dates if date)


def _steps(joined: Joined) -> Iterator[Step]:
    """The first row of steps in the text."""
    first: tuple[Span, Amount, str] | None = None
    told = False
    for span, amount in joined.amounts:
        segment = joined.segment_at(span.start)
        date = _date_before(joined, span)
        if date is None:
            continue
        year = YEAR.findall(joined.quote(date))[0]
        bare = date.start == segment.start and BARE.fullmatch(joined.text[date.end : span.start])
        if first and bare and _unit(amount) == _unit(first[1]):
            if not told:
                yield first[0], first[2]
                told = True
            yield span, year
        elif told:
            return
        else:
            first = span, amount, year


def _date_before(joined: Joined, span: Span) -> Span | None:
    """The date before a number in its segment, or the segment before if that is a date alone."""
    segment = joined.segment_at(span.start)
    found = [Span(*match.span()) for match in DATE.finditer(joined.text, segment.start, max(segment.start, span.start))]
    if not found and segment.start > 1:
        before = joined.segment_at(segment.start - 2)
        match = DATE.fullmatch(joined.quote(before))
        found = [before] if match else []
    return found[-1] if found else None


def _answers(joined: Joined, steps: tuple[Step, ...], other: Joined) -> Iterator[Step]:
    """The numbers of the other text for years of their own that measure the same."""
    measure = _words(_subject(joined, steps[0][0]))
    unit = next(_unit(amount) for span, amount in joined.amounts if span == steps[0][0])
    found = [
        (span, YEAR.findall(other.quote(date))[0])
        for span, amount in other.amounts
        if _unit(amount) == unit and (date := _date_before(other, span)) is not None
    ]
    own = dict(_steps(other))
    years = [year for _, year in found]
    for span, year in found:
        told = _words(_subject(other, next(iter(own)) if span in own else span))
        alike = len(measure & told) >= ALIKE * min(len(measure), len(told)) > 0
        if alike and years.count(year) == 1:
            yield span, year


def _subject(joined: Joined, span: Span) -> str:
    segment = joined.segment_at(span.start)
    return DATE.sub("，", joined.quote(segment))


def _unit(amount: Amount) -> tuple[str, str | None]:
    return amount.kind, scale_of(amount)


def _words(text: str) -> set[str]:
    """Pairs of characters, without figures and what frames them."""
    return {piece[at : at + 2] for piece in WORDLESS.split(text) for at in range(len(piece) - 1)}
