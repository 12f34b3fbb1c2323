"""The numbers of a joined text: the amounts that were read, and bare figures that were not.

A figure nobody could read makes a change only where another one stands in its place, so that no change of a number is
missed and none is made of “1+5”.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from compare.changes.joined import Joined
from extract.notice import Amount, AmountKind
from extract.span import Span

NAMED = re.compile(r"[“《‘][^”》’]*$")  # an opened quotation
ORDINAL = re.compile(r"第$")
DIGIT = re.compile(r"[0-9]")
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
        for token in _holding(tokens, DIGIT.finditer(joined.text))
        if not any(token.overlaps(span) for span in (*taken, *joined.names)) and not _is_name(joined, token)
    ]
    return tuple(sorted([*read, *figures], key=lambda number: number.span))


def _holding(tokens: Sequence[Span], matches: Iterable[re.Match[str]]) -> list[Span]:
    """Of tokens in order those in which a match begins."""
    places = {bisect_right(tokens, match.start(), key=itemgetter(0)) - 1: match.start() for match in matches}
    return [tokens[at] for at, place in places.items() if at >= 0 and place < tokens[at].end]


def _is_name(joined: Joined, token: Span) -> bool:
    """Whether a figure is part of a name or an ordinal: “1+5”, 第3条."""
    before = joined.text[max(0, token.start - 40) : token.start]
    return not joined.quote(token)[0].isdigit() or bool(NAMED.search(before) or ORDINAL.search(before))
