"""On which period a recurring day reports: 每年1月10日前报送上年度总结 is due after 每年12月25日前报送本年度总结."""

import re
from dataclasses import dataclass

PERIOD = re.compile(
    r"""
    (?P<which> (?<![以网线])上一?个? | (?<!以)下一?个? | 前一个? | [去本当该同翌来] | (?<![\d一二两三四历])次)
    (?P<unit> 年 | 半年 | 季 | 月 | 周)
    """,
    re.VERBOSE,
)
LAGS = {"上": 1, "前": 1, "去": 1, "本": 0, "当": 0, "该": 0, "同": 0, "下": -1, "次": -1, "翌": -1, "来": -1}
HALF = "半年"
NEXT = re.compile("次年|翌年|第二年")
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """`lag`: how many periods the day lies behind the one it reports on; of 上半年 and 下半年 the half itself."""

    unit: str
    lag: int


def reported(quote: str, *, behind: str = "", before: str = "", next_segment: str = "") -> Reported | None:
    """By the nearest words that name a period; of 次年1月10日前 and 当年12月底前 by the day's own."""
    if NEXT.match(quote):
        return Reported(unit="年", lag=1)
    texts = (behind, before, next_segment, quote)
    found = (PERIOD.search(text) for text in texts)
    match = next(filter(None, found), None)
    return Reported(unit=match["unit"], lag=LAGS[match["which"][0]]) if match else None


def apart(upper: Reported | None, lower: Reported | None) -> tuple[int, int] | None:
    """By how many months each of two days is to be put off before they are compared; `None`: nobody knows.

    Twelve for any period: days of one rule lie less than that apart.
    """
    if upper == lower:
        return 0, 0
    if upper is None or lower is None or upper.unit != lower.unit or upper.unit == HALF:
        return None
    return upper.lag * MONTHS, lower.lag * MONTHS
