"""Figures without a unit that a bound stands beside: 系数不低于0.3, 车桩比控制在2.5：1以内. Others are none.

A ratio is so many to its last figure; two ratios are on one scale only if that is the same.
"""

import re
from decimal import Decimal

from extract.mentions.amount_units import NO_UNIT
from extract.mentions.bounds import read_after, read_before
from extract.mentions.quantity import exact
from extract.mentions.settling import settle
from extract.notice import Amount, Bound
from extract.span import Span

FIGURE = re.compile(r"(?P<value>\d+(?:\.\d+)?)(?:[:：](?P<to>\d+(?:\.\d+)?))?")
JOINED = "+＋-—"  # 1+5 is a name


def bounded_figure(text: str, token: Span, floor: int) -> Amount | None:
    """The figure with its bound words, which begin not before `floor`; `None` where they set no floor or ceiling."""
    match = FIGURE.fullmatch(text[token.start : token.end])
    if match is None or text[token.end : token.end + 1] in JOINED:
        return None
    before = read_before(text, token.start, floor, NO_UNIT.kind, None)
    after = read_after(text, token.end, NO_UNIT.kind)
    cues = tuple(cue for cue in (*before.cues, *after.cues) if not cue.weak)
    value = Decimal(match["value"])
    settled = settle(exact(*token, value, NO_UNIT, "figure"), cues, after.inclusive, before.problem)
    if settled.problem or settled.bound not in (Bound.MIN, Bound.MAX):
        return None
    span = Span(before.start if before.cues else token.start, after.end)
    return Amount(
        quote=text[span.start : span.end],
        span=span,
        kind=NO_UNIT.kind,
        low=settled.low,
        high=settled.high,
        unit=match["to"] and f":{match['to']}",
        bound=settled.bound,
        strict=settled.strict,
    )
