"""One file that prints its upper notice as an attachment: which notice is which."""

import re

from extract.notice import Document, Level, Notice

RANKS = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}
SIGNS = re.compile(r"[\W_]+")


def pair_within(document: Document) -> tuple[Notice, Notice] | None:
    """(upper, lower), or `None` where no two notices of the file stand in that relation.

    The upper notice is the one whose number or title the other cites, else the one of the higher level.
    """
    notices = document.notices
    pairs = [(a, b) for b in notices for a in notices if a is not b]
    cited = next((pair for pair in pairs if _cites(pair[1], pair[0]) and not _cites(*pair)), None)
    return cited or next((pair for pair in pairs if _is_above(*pair)), None)


def _cites(lower: Notice, upper: Notice) -> bool:
    """By number or title, in its title, its list of attachments or its text."""
    text = SIGNS.sub("", "".join((lower.title or "", *lower.attachments, lower.text)))
    own = (upper.document_number, upper.title)
    return any(name and len(plain := SIGNS.sub("", name)) > 5 and plain in text for name in own)


def _is_above(upper: Notice, lower: Notice) -> bool:
    if upper.level is None or lower.level is None:
        return False
    return RANKS[upper.level] < RANKS[lower.level]
