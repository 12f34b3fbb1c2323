"""What a number tells of: a value, a rise or fall by so much, the value before a change, a time ahead of an event.

Numbers of two senses are on no common scale: 提高10% and 提高到10%, 期满前3个月 and 期限3个月.
"""

import re
from enum import StrEnum
from functools import cache

from compare import lexicon
from extract.notice import Amount, AmountKind, Bound

LOOSE = r"(?:了|约|近|均|至少|不少于|不低于|不超过|最高|最多){0,2}\Z"
FROM = re.compile(r"(?:由|从)(?:现行|原来?|目前|现在|原先|此前|规定|法定|每|人|户|月|年|日|亩|次|的){0,4}\Z")
# 由20个工作日压减至10个工作日: the first is what was
TO = re.compile(
    r"[^，；。、\d]{0,6}?(?:压|缩|减|降|提|增|扩|延|调|升|精简|放宽|收窄|改|变)[^，；。\d]{0,8}?(?:至|到|为)|统一[^，；。\d]{0,6}?(?:至|到|为)"
)
BASIS = re.compile(r"(?:标准|水平)?的?基础上")  # 在每人每月103元的基础上增加到123元
DAY = re.compile(r"(?:之日|当[日天]|的)\Z")  # 举办之日[30日]前
AHEAD_REACH = 6  # characters
AHEAD = re.compile(r"(?:提前|提早)(?:至少|不少于)?\Z")
BEFORE = re.compile(r"(?P<event>[^\W\d_]{1,8})之?前(?:至少|不少于)?\Z")


class Sense(StrEnum):
    LEVEL = "level"
    RISE = "rise"
    FALL = "fall"
    END = "end"  # of a change: 提高到50%
    START = "start"  # of a change: 由30% in 由30%提高到50%
    LEAD = "lead"  # so long ahead of an event
    FRONT = "front"  # so many from the top of an order
    BACK = "back"
    UNSURE = "unsure"  # 前3年: the first three, or three ahead


PLAIN_OR_AHEAD = frozenset({Sense.LEVEL, Sense.LEAD, Sense.UNSURE})
CHANGES = frozenset({Sense.RISE, Sense.FALL, Sense.END})


def sense_of(amount: Amount, before: str, after: str) -> Sense:
    """By the words of the same phrase before and behind a number."""
    if is_start(before, after):
        return Sense.START
    if amount.kind is AmountKind.DURATION and "前" in before[-AHEAD_REACH:] + after[:2]:
        return _ahead(amount, before, after)
    if _ends().search(before) or amount.quote.startswith("达"):
        return Sense.END
    if _falls().search(before):
        return Sense.FALL
    return Sense.RISE if _rises().search(before) else Sense.LEVEL


def is_start(before: str, after: str) -> bool:
    """Whether a number is what was before a change: 2年 in 由2年延长至3年."""
    return bool(BASIS.match(after) or (FROM.search(before) and TO.match(after)))


def is_one_sense(one: Sense, other: Sense) -> bool:
    """Whether two numbers may tell of the same; a plain one may tell of a rise or of where it ends."""
    senses = {one, other}
    if len(senses) == 1:
        return True
    return senses <= PLAIN_OR_AHEAD if Sense.UNSURE in senses else bool(Sense.LEVEL in senses and senses & CHANGES)


def _ahead(amount: Amount, before: str, after: str) -> Sense:
    """届满前30日内 is a window, which opens earlier or closes later."""
    if amount.bound is Bound.MAX:
        return Sense.UNSURE if before.endswith("前") else Sense.LEVEL
    events = tuple(lexicon.load("quantities")["lead_events"])
    if AHEAD.search(before) or (after.startswith(("前", "之前")) and DAY.sub("", before).endswith(events)):
        return Sense.LEAD
    match = BEFORE.search(before)
    if match:
        return Sense.LEAD if match["event"].endswith(events) else Sense.UNSURE
    return Sense.UNSURE if before.endswith("前") else Sense.LEVEL


@cache
def _ends() -> re.Pattern[str]:
    words = lexicon.load("quantities")
    verbs = "|".join((*words["rises"], *words["falls"], *words["settles"]))
    return re.compile(rf"(?:{verbs})[到至为在]{LOOSE}")


@cache
def _rises() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.load('quantities')['rises'])}){LOOSE}")


@cache
def _falls() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.load('quantities')['falls'])}){LOOSE}")
