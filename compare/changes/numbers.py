"""The numbers of a joined text: the amounts that were read, and bare figures that were not.

A figure nobody could read makes a change only where another one stands in its place, so that no change of a number is
missed and none is made of “1+5”.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.changes.joined import Joined
from extract.notice import Amount, AmountKind
from extract.span import Span

NAMED = re.compile(r"[“《‘][^”》’]*$")  # an opened quotation
ORDINAL = re.compile(r"第$")
COUNTED = re.compile(
    r"[一二两三四五六七八九十]{1,2}(?:个|大|类|级|项|种|方面|批)"
)  # 五个渠道 sums up what was just listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    span: Span
    quote: str
    kind: AmountKind | None
    amount: Amount | None  # `None`: a figure nobody could read

    def same_value(self, other: "Number") -> bool:
        one, two = self.amount, other.amount
        if one is None or two is None:
            return one is two and self.quote == other.quote
        return (one.kind, one.low, one.high, one.unit, one.bound, one.strict, sorted(one.per)) == (
            (two.kind, two.low, two.high, two.unit, two.bound, two.strict, sorted(two.per))
        )

    def same_kind(self, other: "Number") -> bool:
        one, two = self.amount, other.amount
        if one is None or two is None:
            return one is two
        return (one.kind, one.unit) == (two.kind, two.unit)


def numbers(joined: Joined, tokens: Sequence[Span]) -> tuple[Number, ...]:
    read = [
        Number(span=span, quote=joined.quote(span), kind=amount.kind, amount=amount)
        for span, amount in joined.amounts
        if not COUNTED.fullmatch(joined.quote(span))
    ]
    taken = [span for span, _ in joined.amounts] + [span for span, _ in joined.dates]
    figures = [
        Number(span=token, quote=joined.quote(token), kind=None, amount=None)
        for token in tokens
        if any(char.isdigit() and char.isascii() for char in joined.quote(token))
        and not any(token.overlaps(span) for span in (*taken, *joined.names))
        and not _is_name(joined, token)
    ]
    return tuple(sorted([*read, *figures], key=lambda number: number.span))


def _is_name(joined: Joined, token: Span) -> bool:
    """Whether a figure is part of a name or an ordinal: “1+5”, 第3条."""
    before = joined.text[max(0, token.start - 40) : token.start]
    return not joined.quote(token)[0].isdigit() or bool(NAMED.search(before) or ORDINAL.search(before))
