"""未取得许可的，不得营业 and 取得许可后方可营业: one demand told of those who lack something and of those who have it.

What is denied in the condition and forbidden in the demand is affirmed and allowed on the other side. Denied and
forbidden at once, nothing was turned into its opposite, so neither word has a direction.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.comparison import ChangeType
from extract.span import Span

BANS = ("不得", "不准", "不许", "不予", "不能", "严禁", "禁止")
BAN = rf"(?:一律|均|都)?(?:{'|'.join(BANS)})(?!低于|少于|高于|超过|大于|小于|多于|晚于|早于)"
BARRED = re.compile(
    r"(?<![并从])(?P<no>未(?:经|能|依法|按规定)?|无(?!偿|人|线|障|论)|没有|不(?=具备|符合|满足|达标|合格|在|属于))"
    r"(?P<need>[^，；：。]{1,30}?)(?:的|者|人员|单位|企业|机构|，)"
    rf"[^，；：。]{{0,16}}?，?[^，；：。]{{0,16}}?(?P<ban>{BAN})(?P<matter>[^，；：。]{{2,}})"
)
ALLOWED = re.compile(r"(?:方可|方能|方准|才能|才可|可以|可|应当|应|必须|须)?[^，；：。未不无]{0,4}\Z")
REACH = 40  # characters from what is needed to what is then allowed
GIVING = re.compile(r"^(?:取得|获得|持有?|具有|拥有|办理|领取|完成|通过|进行|纳入|列入|经)")
LONGEST_NEED = 4  # characters by which a condition is found again
DENIED = re.compile(r"(?:未|无|没有|不)[^，；：。]{0,8}\Z")
DENYING = re.compile(rf"[。；未无]|{BAN}")
ASKING = re.compile(
    r"[^，；：。未无不]{0,6}，?(?:应当?|必须|须)(?:依法|先)?(?:取得|持有?|具有|具备|办理|获得|经)[^，；：。]{0,16}"
)
HEAD = 2  # characters of what is forbidden by which it is found
FORMAL = re.compile(
    rf"{BAN}|方可|方能|方准|才能|才可|可以|应当|必须|未经|没有|一律|人员|单位|企业|机构|取得|获得|持有?|相应|依法|合格|通过"
    r"|[未无不经的者后时应可须均都先，]"
)
SAYING = "一处说不具备条件的不得如何，一处说具备条件的才可如何，正反说法不同。"


class Contrary(NamedTuple):
    """From the condition to the ban, and from the same condition to what is allowed."""

    upper: Span
    lower: Span

    def holds(self, difference: Difference) -> bool:
        return self.upper.contains(difference.upper) and self.lower.contains(difference.lower)


def find_contrary(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """As one change where both sides name the same condition, else only the words of denying and allowing."""
    at = told_contrary(pair) if found else None
    if at is None:
        return
    if _is_same(pair.upper.quote(at.upper), pair.lower.quote(at.lower)):
        yield Finding(type=ChangeType.WORDING, upper=at.upper, lower=at.lower, detail=SAYING)
        return
    above, below = _letters(pair.upper.quote(at.upper)), _letters(pair.lower.quote(at.lower))
    for difference in found:
        words = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
        if at.holds(difference) and _letters(words[0]) <= below and _letters(words[1]) <= above:
            upper, lower = (None if span.start == span.end else span for span in (difference.upper, difference.lower))
            yield Finding(type=ChangeType.WORDING, upper=upper, lower=lower, detail=SAYING)


def _letters(text: str) -> set[str]:
    """What a condition names, without the words of denying and allowing."""
    return set(filter(str.isalnum, FORMAL.sub("", text)))


def _is_same(above: str, below: str) -> bool:
    letters = _letters(above)
    return bool(letters) and letters == _letters(below)


def told_contrary(pair: Pair) -> Contrary | None:
    """Where both sides say the same of opposite cases."""
    forbids = [any(ban in joined.text for ban in BANS) for joined in (pair.upper, pair.lower)]
    if forbids[0] and (spans := _spans(pair.upper, pair.lower)):
        return Contrary(upper=spans[0], lower=spans[1])
    if forbids[1] and (spans := _spans(pair.lower, pair.upper)):
        return Contrary(upper=spans[1], lower=spans[0])
    return None


def _spans(barring: Joined, other: Joined) -> tuple[Span, Span] | None:
    for match in BARRED.finditer(barring.text):
        need = GIVING.sub("", match["need"])[-LONGEST_NEED:] or match["need"]
        for place in re.finditer(re.escape(need), other.text):
            if DENIED.search(other.text, 0, place.start()):
                continue
            if allowed := _allowed(match["matter"], other, place):
                return Span(match.start("no"), match.end("ban")), allowed
            if asked := _asked(match["matter"], other, place):
                return Span(match.start("no"), match.end("matter")), asked
    return None


def _allowed(matter: str, other: Joined, need: re.Match[str]) -> Span | None:
    """取得许可后方可[营业], where nothing on the way denies or forbids."""
    at = other.text.find(matter[:HEAD], need.end(), need.end() + REACH)
    between = other.text[need.end() : at]
    if at < 0 or not ALLOWED.search(between) or DENYING.search(between):
        return None
    return Span(other.segment_at(need.start()).start, at)


def _asked(matter: str, other: Joined, need: re.Match[str]) -> Span | None:
    """营业应当取得[许可]."""
    at = other.text.rfind(matter, 0, need.start())
    if at < 0 or not ASKING.fullmatch(other.text, at + len(matter), need.start()):
        return None
    return Span(other.segment_at(at).start, need.end())
