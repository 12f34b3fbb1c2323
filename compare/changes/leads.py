"""届满30日前, 届满前30日: a time ahead of an event whose number the reading of amounts leaves to the dates."""

import re
from collections.abc import Iterator

from extract.mentions.numerals import HAN_NUMERAL, parse_number
from extract.notice import Amount, AmountKind, Bound
from extract.span import Span

EVENTS = ("满", "到期")
LEAD = re.compile(
    rf"(?<=届满|期满|到期)(?P<number>\d+|[{HAN_NUMERAL}]{{1,3}})个?(?P<unit>工作日|月|日|天)(?=之?前)"
    rf"|(?<=届满前|期满前|到期前)(?P<later>\d+|[{HAN_NUMERAL}]{{1,3}})个?(?P<after>工作日|月|日|天)(?![以之]?内)"
)


def find_leads(text: str) -> Iterator[tuple[Span, Amount]]:
    """In the order of the text."""
    for match in LEAD.finditer(text) if any(event in text for event in EVENTS) else ():
        span, value = Span(*match.span()), parse_number(match["number"] or match["later"])
        yield (
            span,
            Amount(
                quote=match.group(),
                span=span,
                kind=AmountKind.DURATION,
                low=value,
                high=value,
                unit=match["unit"] or match["after"],
                bound=Bound.EXACT,
            ),
        )
