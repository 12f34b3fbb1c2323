"""A sentence without counterpart: it came or went as a whole, with the amounts and deadlines in it."""

from collections.abc import Iterator
from dataclasses import replace

from compare.changes.deadlines import ISSUED, sets_time
from compare.changes.joined import Joined
from compare.changes.numbers import is_running, numbers
from compare.changes.pair import Finding
from compare.changes.quantities import AMOUNT, DEADLINE, NAMES_ALONE, TARGET, is_target, name_of
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from extract.notice import DateMention, DateRole
from extract.span import Span


def whole_sentence(joined: Joined, *, removed: bool) -> tuple[Finding, ...]:
    return tuple(_findings(joined, removed=removed))


def _findings(joined: Joined, *, removed: bool) -> Iterator[Finding]:
    verb = "未见对应内容" if removed else "本级新增内容"
    kind = ChangeType.CONTENT_REMOVED if removed else ChangeType.CONTENT_ADDED
    ends = [*joined.starts[1:], len(joined.text)]
    for start, end in zip(joined.starts, ends, strict=True):
        yield _finding(kind, Span(start, end), f"{verb}：整句。", removed=removed)
    for number in numbers(joined, ()):
        target = is_target(joined, number)
        kinds = DEADLINE if number.is_running else TARGET if target else AMOUNT
        name = NAMES_ALONE.get(kinds) or name_of(number)
        found = _finding(
            kinds[not removed], number.span, f"{verb}，其中有{name}{quoted(number.quote)}。", removed=removed
        )
        yield replace(found, kind=None if number.is_running else number.kind)
    for span, mention in joined.dates:
        if (sets_time(mention) or _takes_effect(mention)) and not is_running(joined, span, mention):
            kind = ChangeType.DEADLINE_REMOVED if removed else ChangeType.DEADLINE_ADDED
            yield _finding(kind, span, f"{verb}，其中有时限{quoted(joined.quote(span))}。", removed=removed)


def _takes_effect(mention: DateMention) -> bool:
    """On a day of its own: 自2024年7月1日起施行. 自印发之日起 goes with the notice."""
    return mention.role is DateRole.EFFECTIVE and mention.start is not None and not ISSUED.search(mention.quote)


def _finding(kind: ChangeType, span: Span, detail: str, *, removed: bool) -> Finding:
    return Finding(
        type=kind, upper=span if removed else None, lower=None if removed else span, detail=detail, nested=True
    )
