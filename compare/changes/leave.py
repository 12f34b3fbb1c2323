"""未经批准，不得装修 and 装修应当经批准: one demand said in two ways, what may be done only with leave."""

import re

from compare.changes.joined import Joined
from compare.changes.likeness import alike
from compare.changes.pair import Pair

GIVEN = r"(?:同意|批准|审批|许可|核准|备案|授权|验收)"
LEAVE = rf"[^，；：。]{{0,20}}?{GIVEN}"
ASKED = re.compile(rf"经(?P<body>[^，；：。]{{0,20}}?){GIVEN}")
SAME_BODY = 0.5  # Dice coefficient
WITHOUT = re.compile(rf"[未不]经{LEAVE}[^；。]{{0,30}}?(?:不得|不准|不许|不能|不予|禁止|严禁)")
WITH = re.compile(rf"(?:应当?|必须|[须需])(?:事先|先行?|依法)?(?:报请?|经){LEAVE}")
BARE = re.compile(rf"[未不]经{LEAVE}")
UNBIDDEN = ("擅自", "私自", "自行")
NEEDED = re.compile(r"确需|确有需要|确有必要")


def asks_leave(pair: Pair, *, removed: bool) -> bool:
    """Whether a ban without leave on one side stands as a duty to ask for it on the other."""
    here, there = (pair.upper, pair.lower) if removed else (pair.lower, pair.upper)
    return _forbids(here) and WITH.search(there.text) is not None


def told_both_ways(pair: Pair) -> bool:
    """Whether one side forbids something without leave, and the other orders leave to be asked for."""
    return asks_leave(pair, removed=True) or asks_leave(pair, removed=False)


def same_leave(above: str, below: str) -> bool:
    """Whether two conditions ask the same body for leave, or one of them names none."""
    one, other = (match["body"] if (match := ASKED.search(text)) else None for text in (above, below))
    if one is None or other is None:
        return False
    return not one or not other or alike(one, other) >= SAME_BODY


def stands_as_manner(text: str, there: str) -> bool:
    """Whether 未经批准 of one side is the 擅自 of the other."""
    return BARE.match(text) is not None and any(word in there for word in UNBIDDEN)


def leads_to_leave(text: str) -> bool:
    """确需装修的，: what stands before the duty to ask for leave."""
    return NEEDED.search(text) is not None


def _forbids(joined: Joined) -> bool:
    return "经" in joined.text and WITHOUT.search(joined.text) is not None
