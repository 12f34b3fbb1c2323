"""前3位, 后10%: how many from which end of an order. Such a number keeps its unit and its end."""

import re
from collections.abc import Iterator

from compare.changes.senses import Sense
from extract.mentions.numerals import HAN_NUMERAL, parse_number
from extract.notice import Amount, AmountKind, Bound
from extract.span import Span

NUMBERED = re.compile(rf"[前后末尾数][\d{HAN_NUMERAL}]")  # no rank without it
RANK = re.compile(
    rf"(?P<front>前)(?:\d+|[{HAN_NUMERAL}]{{1,3}})(?:[位名](?!额|义|师|家|录)|[%％])"
    rf"|(?:倒数后?|最后|末尾?|后)(?:\d+|[{HAN_NUMERAL}]{{1,3}})(?:[位名](?!额|义|师|家|录)|[%％])"
)
BEHIND = frozenset("以提之目此当先空最今然落毕从业学")  # 以前, 提前, 毕业后, 落后: no end of an order
ORDERED = re.compile(
    r"(?:排|名次|位[列居]|[居列]|得分|考核|评[价比估分]|测评|全[国省市区县]|综合|本行业|同行业|各)[^，；。]{0,8}$"
)
SIGNS = re.compile(r"[前后最末尾倒数位名%％]")
REACH = 12  # characters before a share in which an order is named


def find_ranks(text: str) -> Iterator[Span]:
    """In the order of the text."""
    if not NUMBERED.search(text):
        return
    for match in RANK.finditer(text):
        counted = match.group()[-1] in "位名"
        named = ORDERED.search(text, max(0, match.start() - REACH), match.start())
        clear = counted and match["front"] and text[match.start() - 1 : match.start()] not in BEHIND
        if clear or (named and text[match.start() - 1 : match.start()] not in BEHIND):
            yield Span(*match.span())


def rank_amount(quote: str, span: Span) -> tuple[Amount, Sense]:
    """As so many 位, or a share, from one end."""
    value = parse_number(SIGNS.sub("", quote))
    amount = Amount(
        quote=quote,
        span=span,
        kind=AmountKind.COUNT,
        low=value,
        high=value,
        unit="%" if quote[-1] in "%％" else "位",
        bound=Bound.EXACT,
    )
    return amount, Sense.FRONT if quote.startswith("前") else Sense.BACK
