"""届满30日前, 节假日前5日: a time ahead of an event whose number the reading of amounts leaves to the dates."""

import re
from collections.abc import Iterator
from functools import cache

from compare import lexicon
from compare.changes.senses import DAY
from extract.mentions.numerals import HAN_NUMERAL, parse_number
from extract.notice import Amount, AmountKind, Bound
from extract.span import Span

SIGN = "前"
NUMBER = rf"(?P<number>\d+|[{HAN_NUMERAL}]{{1,3}})个?(?P<unit>工作日|月|日|天)"
BEFORE = re.compile(rf"{NUMBER}(?=之?前)")  # 届满30日前
BEHIND = re.compile(rf"前{NUMBER}(?![以之]?内)")  # 届满前30日


def find_leads(text: str) -> Iterator[tuple[Span, Amount]]:
    """In the order of the text, those first that stand before 前."""
    if SIGN not in text:
        return
    events = _events()
    if not any(event in text for event in events):
        return
    for pattern in (BEFORE, BEHIND):
        for match in pattern.finditer(text):
            if DAY.sub("", text[: match.start()]).endswith(events):
                yield _lead(match)


def _lead(match: re.Match[str]) -> tuple[Span, Amount]:
    span, value = Span(match.start("number"), match.end("unit")), parse_number(match["number"])
    quote = match.group().removeprefix(SIGN)
    amount = Amount(
        quote=quote,
        span=span,
        kind=AmountKind.DURATION,
        low=value,
        high=value,
        unit=match["unit"],
        bound=Bound.EXACT,
    )
    return span, amount


@cache
def _events() -> tuple[str, ...]:
    return tuple(lexicon.load("quantities")["lead_events"])
