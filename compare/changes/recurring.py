"""每月, 按季度 without a number of times: so often, as numbers that can be held against 每年一次."""

import re
from collections.abc import Iterator
from decimal import Decimal

from compare.changes.joined import Joined
from compare.changes.numbers import Number, words_before
from extract.notice import Amount, AmountKind, Bound, DateMention, DateRole
from extract.span import Span

RULE = re.compile(r"FREQ=(?P<period>YEARLY|MONTHLY|WEEKLY|DAILY)(?:;INTERVAL=(?P<every>\d+))?")  # RFC 5545, 3.3.10
PERIODS = {"YEARLY": "年", "MONTHLY": "月", "WEEKLY": "周", "DAILY": "日"}


def is_frequency(joined: Joined, span: Span, mention: DateMention) -> bool:
    """Whether a date says only how often; 每年12月底前 names a day, the 每年 of an amount belongs to it."""
    return _period(mention) is not None and not any(place.contains(span) for place, _ in joined.amounts)


def recurrences(joined: Joined) -> Iterator[Number]:
    for span, mention in joined.dates:
        period = _period(mention)
        if period and is_frequency(joined, span, mention):
            quote = joined.quote(span)
            amount = _once(quote, span, period)
            before = words_before(joined, span)
            yield Number(span=span, quote=quote, kind=amount.kind, amount=amount, before=before, time=mention)


def _period(mention: DateMention) -> str | None:
    """3月 for FREQ=MONTHLY;INTERVAL=3."""
    match = RULE.fullmatch(mention.rrule or "") if mention.role is DateRole.RECURRING else None
    return f"{match['every'] or ''}{PERIODS[match['period']]}" if match else None


def _once(quote: str, span: Span, period: str) -> Amount:
    one = Decimal(1)
    kind, bound = AmountKind.FREQUENCY, Bound.EXACT
    return Amount(quote=quote, span=span, kind=kind, low=one, high=one, unit="次", bound=bound, per=(period,))
