"""Two notices in, whether the one gives the other's number or title out."""

import re

from extract.notice import Notice

SIGNS = re.compile(r"[\W_]+")
SHORTEST_TITLE = 8  # characters from 关于 on


def names_notice(lower: Notice, upper: Notice) -> bool | None:
    """Whether a notice gives another's number, or its title from 关于 on; `None` where that has neither."""
    _, about, title = (upper.title or "").partition("关于")
    wanted = [_bare(upper.document_number or ""), _bare(about + title)]
    known = [words for words, least in zip(wanted, (1, SHORTEST_TITLE), strict=True) if len(words) >= least]
    text = _bare(lower.text)
    return any(words in text for words in known) if known else None


def _bare(text: str) -> str:
    return SIGNS.sub("", text)
