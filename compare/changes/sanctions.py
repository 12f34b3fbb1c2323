"""One sanction in another's place: 约谈 and 通报 are not two words for one thing, and none of them is the stricter.

Only of what takes a part and what takes all (扣减奖补资金, 取消奖补资金) is it known which weighs more.
"""

import re
from collections.abc import Iterator
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.saying import turned
from compare.comparison import ChangeType

STOPS = "。；"
CASE = re.compile("对|的，")
LIGHT = "(?:进行|予以|给予|实施|依法|依规|及时|一律|并|的)*"


def find_sanctions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for difference in found:
        if not difference.one_sided:
            yield from _replaced(pair, difference)


def _follows_case(joined: Joined, at: int) -> bool:
    """Whether the sentence says before whom something is done to: 对弄虚作假的地区, 整改不到位的，."""
    start = max(joined.text.rfind(stop, 0, at) for stop in STOPS) + 1
    return CASE.search(joined.text, start, at) is not None


def _replaced(pair: Pair, difference: Difference) -> Iterator[Finding]:
    above, below = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
    one, other = _sanction().fullmatch(above), _sanction().fullmatch(below)
    if one is None or other is None or one.lastgroup == other.lastgroup:
        return
    if not _follows_case(pair.upper, difference.upper.start):
        return
    words = turned(above, below)
    if weighs_more := _heavier(above, below):
        says = "加重" if weighs_more is ChangeType.OBLIGATION_STRENGTHENED else "减轻"
        detail = f"处理{says}：{words}。"
        yield Finding(type=weighs_more, upper=difference.upper, lower=difference.lower, detail=detail)
        return
    detail = f"处理方式{words}。"
    yield Finding(type=ChangeType.CONTENT_REMOVED, upper=difference.upper, lower=None, detail=detail)
    yield Finding(type=ChangeType.CONTENT_ADDED, upper=None, lower=difference.lower, detail=detail)


def _heavier(above: str, below: str) -> ChangeType | None:
    words = lexicon.load("conditions")
    parts = [any(word in text for word in words["partial_sanctions"]) for text in (above, below)]
    wholes = [any(word in text for word in words["full_sanctions"]) for text in (above, below)]
    if parts[0] and wholes[1]:
        return ChangeType.OBLIGATION_STRENGTHENED
    return ChangeType.OBLIGATION_WEAKENED if wholes[0] and parts[1] else None


@cache
def _sanction() -> re.Pattern[str]:
    """A sanction and nothing else; the group that matched is its kind."""
    groups = lexicon.load("conditions")["sanctions"]
    choices = "|".join(f"(?P<kind{at}>{'|'.join(words)})" for at, words in enumerate(groups))
    return re.compile(f"{LIGHT}(?:{choices}){LIGHT}")
