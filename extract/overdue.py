"""Days by which something was to be done, that were over when the notice was issued."""

import re

from extract.notice import DateMention, DateRole, Notice

TOLD = re.compile(r"已|了|曾|[发印]布|出台|参保|注册|登记|毕业")
TOLD_WITHIN = 12  # characters
PAST_ROLES = (DateRole.DEADLINE, DateRole.VALIDITY)


def overdue(mention: DateMention, notice: Notice) -> bool:
    """A demand by a past day; what is told of as done (2020年底前已完成) is none."""
    if notice.issued_on is None or mention.end is None or mention.end >= notice.issued_on:
        return False
    if mention.role is DateRole.REFERENCE:
        behind = notice.text[mention.span.end : mention.span.end + TOLD_WITHIN]
        return mention.quote.endswith("前") and not TOLD.search(behind)
    return mention.role in PAST_ROLES
