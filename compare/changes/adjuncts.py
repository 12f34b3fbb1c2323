"""What belongs to a number in its sentence: the event that a time runs from, the verb that leads up to a value."""

import re
from itertools import takewhile

from compare.changes.joined import Joined
from compare.changes.numbers import Number
from extract.span import Span

EVENT = re.compile(r"(?P<event>[^\d一二两三四五六七八九十百]*)")
FRAME = re.compile(r"^[自从于在并应须要]+|之日起的?|[起后内]$|之[后日]|以后|当日|之时|起算")
ALIKE = 0.5  # share of the shorter event's characters
# 由20个工作日压减至, 控制在, 提高到: what was before, and the verb, go with the new value
LEADING = re.compile(
    r"(?:[由从][^，；。]{0,8}?\d[^，；。]{0,12})?(?:统一)?"
    r"(?:压缩|压减|缩短|精简|控制|提高|提升|降低|下降|降|减少|增加|扩大|调整|放宽|延长|达|增长)(?:至|到|在|为)\Z"
)

LEADS = ("至", "到", "在", "为")  # how such a verb ends


def same_event(upper: Number, lower: Number) -> bool:
    """Whether both run from the same event, or one of them does not say from which."""
    one, other = _event(upper.quote), _event(lower.quote)
    if not one or not other:
        return True
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _event(quote: str) -> set[str]:
    match = EVENT.match(quote)
    words = match["event"] if match else ""
    return set(FRAME.sub("", FRAME.sub("", words)))


def with_words(joined: Joined, number: Number, other: Number, changed: frozenset[int]) -> Span:
    """The number's range with the verb before it, or with the base that the other side's number names too."""
    base = _base(number, other)
    return base if base != number.span else _with_verb(joined, number, changed)


def _base(number: Number, other: Number) -> Span:
    """评估价的80% where 不低于评估价的80% stood."""
    text = number.before + number.quote
    alike = zip(reversed(text), reversed(other.quote), strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], alike))
    return Span(number.span.end - length, number.span.end) if length > len(number.quote) else number.span


def _with_verb(joined: Joined, number: Number, changed: frozenset[int]) -> Span:
    led = number.span.start in changed and number.before.endswith(LEADS)
    match = LEADING.search(number.before) if led else None
    if not match or not joined.text.endswith(number.before, 0, number.span.start):
        return number.span
    start = number.span.start - len(match.group())
    return Span(start, number.span.end) if changed.issuperset(range(start, number.span.start)) else number.span
