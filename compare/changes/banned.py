"""condition_*: 擅自, 违规, 无故 in a ban. Without such a word it reaches every way of doing something, with it one."""

import re
from collections.abc import Iterator
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.likeness import alike
from compare.changes.pair import Finding, Pair, share
from compare.changes.saying import quoted
from compare.comparison import ChangeType, Direction
from extract.span import Span

SIGNS = ("不得", "不准", "不许", "禁", "不能")
BAN = r"(?:不得|不准|不许|不能|严禁|禁止)"
PLAIN = re.compile(rf"{BAN}(?P<matter>[^，；：。]+)")
SAME_MATTER = 0.4  # Dice coefficient of what is forbidden, the word apart
OTHER_BAN = "方式上的限定改用于另一项禁止，请对照原文。"
UNSAID = ("未经", "不经", "未取得", "不符合")  # the same in other words


def find_banned(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """Such a word in a ban of one side, where the other side bans the same without any."""
    if not found or not all(any(sign in joined.text for sign in SIGNS) for joined in (pair.upper, pair.lower)):
        return
    above, below = list(_manner().finditer(pair.upper.text)), list(_manner().finditer(pair.lower.text))
    if len(above) == 1 and not below:
        yield from _told(pair.upper, pair.lower, above[0], pair.upper_changed, removed=True)
    elif len(below) == 1 and not above:
        yield from _told(pair.lower, pair.upper, below[0], pair.lower_changed, removed=False)
    elif len(above) == len(below) == 1 and _bans_other(pair, above[0], below[0]):
        upper, lower = _with_matter(pair.upper, above[0]), _with_matter(pair.lower, below[0])
        yield Finding(type=ChangeType.CONDITION_CHANGED, upper=upper, lower=lower, detail=OTHER_BAN)


def _bans_other(pair: Pair, above: re.Match[str], below: re.Match[str]) -> bool:
    """不得违规甲，不得乙 and 不得甲，不得违规乙."""
    one, other = _matter(pair.upper, above), _matter(pair.lower, below)
    if alike(one, other) >= SAME_MATTER:
        return False
    return _is_banned(one, pair.lower) and _is_banned(other, pair.upper)


def _with_matter(joined: Joined, match: re.Match[str]) -> Span:
    return Span(match.start("manner"), joined.segment_at(match.end()).end)


def _matter(joined: Joined, match: re.Match[str]) -> str:
    """What is forbidden, behind the word."""
    return joined.text[match.end() : joined.segment_at(match.end()).end]


def _is_banned(matter: str, joined: Joined) -> bool:
    return any(alike(matter, ban["matter"]) >= SAME_MATTER for ban in PLAIN.finditer(joined.text))


def _told(
    joined: Joined, other: Joined, match: re.Match[str], changed: frozenset[int], *, removed: bool
) -> Iterator[Finding]:
    span = Span(*match.span("manner"))
    if share(span, changed, joined.text) < 1 or any(word in other.text for word in UNSAID):
        return
    if not _is_banned(_matter(joined, match), other):
        return
    words = quoted(joined.quote(span))
    yield Finding(
        type=ChangeType.CONDITION_REMOVED if removed else ChangeType.CONDITION_ADDED,
        upper=span if removed else None,
        lower=None if removed else span,
        direction=Direction.TIGHTENED if removed else Direction.RELAXED,
        detail=f"禁止的范围{'扩大：不再限于' if removed else '缩小：只限于'}{words}的情形。",
    )


@cache
def _manner() -> re.Pattern[str]:
    words = "|".join(lexicon.load("conditions")["manners"])
    return re.compile(rf"{BAN}[^，；：。]{{0,4}}?(?P<manner>{words})")
