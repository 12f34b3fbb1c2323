"""place_localized: 我市, 本市 put in, or 我省 taken out, of what the whole notice is about anyway."""

import re

from compare.changes.difference import Difference
from compare.changes.pair import Finding, Pair, filled
from compare.comparison import ChangeType

OWN_AREA = re.compile(r"[在于]?[我本](?P<level>自治区|[省市县区州盟旗])(?:范围内|行政区域内|境内|内)?")
RESIDENCE = re.compile(r"户籍|户口|常住|居民|籍")
TOLD = ("写明本级所辖地域。", "不再写明上级所辖地域。")


def names_own_area(pair: Pair, difference: Difference) -> bool:
    """Whether a difference is nothing else. Before what tells of residence (本市户籍) it says who is meant."""
    if not difference.one_sided:
        return False
    added = difference.upper.start == difference.upper.end
    joined, span = (pair.lower, difference.lower) if added else (pair.upper, difference.upper)
    side = pair.localiser.lower if added else pair.localiser.upper
    match = OWN_AREA.fullmatch(joined.quote(span))
    if match is None or side.ranks.get(match["level"]) != side.rank:
        return False
    return RESIDENCE.match(joined.text, span.end) is None


def own_area(difference: Difference) -> Finding:
    up, low = filled(difference.upper), filled(difference.lower)
    return Finding(type=ChangeType.PLACE_LOCALIZED, upper=up, lower=low, detail=TOLD[low is None])
