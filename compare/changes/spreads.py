"""不超过同期LPR加50个基点: a rate told as so much more than a rate of reference, read where both are named.

Two of them are on one scale if they add to the same: 1年期LPR is another one than 5年期以上LPR.
"""

import re
from dataclasses import replace
from decimal import Decimal

from compare.changes.joined import Joined
from extract.notice import Amount, Bound
from extract.span import Span

POINT = "个基点"
POINTS = {POINT: Decimal(1), "个百分点": Decimal(100)}  # basis points that one is
SPREAD = re.compile(
    r"""
    (?P<base> (?:[一五15]年期(?:以上)? | 同期(?:限)? | 同档次 | 当期 | 当月 | 最近一[期次] | 最新 | 相应期限)?
        (?:贷款市场报价利率 | (?:贷款)?基准利率 | LPR | SHIBOR) (?:（[A-Z]+）)? )
    (?:的?基础上)? (?:再?加(?!息) | [+＋] | 上浮 | 加点)
    (?P<most> 不超过 | 不高于 | 最[高多](?:不超过)? )?
    (?P<value> \d+(?:\.\d+)?) (?:个?(?:基点|BP|百分点))
    (?P<within> 以内 | 及?以下)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
BOUND = re.compile(r"(?:不[得应能可宜]?(?:超过|高于|大于|低于|少于)|最[高低])[^\d]*\Z")
NAME = re.compile("贷款市场报价利率(?:（LPR）)?")
YEARS = str.maketrans("一五", "15")
LOWEST = re.compile("低|少于")
REACH = 40  # characters


def read_spread(joined: Joined, span: Span, amount: Amount) -> Amount:
    """With its value and bound, in basis points on its base; as it was where no such rate is named."""
    if amount.unit not in POINTS:
        return amount
    start = max(joined.segment_at(span.start).start, span.start - REACH)
    matches = SPREAD.finditer(joined.text, start, span.end + 2)
    match = next((one for one in matches if one.start() < span.end <= one.end()), None)
    return _read(amount, match, joined.text[start : match.start()]) if match else amount


def _read(amount: Amount, match: re.Match[str], before: str) -> Amount:
    value = Decimal(match["value"]) * POINTS[amount.unit or ""]
    bound = _bound(match, before)
    return replace(
        amount,
        low=None if bound is Bound.MAX else value,
        high=None if bound is Bound.MIN else value,
        unit=POINT,
        bound=bound,
        per=(*amount.per, f"{NAME.sub('LPR', match['base']).translate(YEARS)}加点"),
        problem=None,
    )


def _bound(match: re.Match[str], before: str) -> Bound:
    told = BOUND.search(before)
    if told and LOWEST.search(told.group()):
        return Bound.MIN
    return Bound.MAX if told or match["most"] or match["within"] else Bound.EXACT
