"""终身不得, 立即报告: a time without end, or none at all, where the other side names a length for the same matter."""

import re
from collections.abc import Iterator, Sequence

from compare.changes.joined import Joined
from compare.changes.numbers import Number, words_before
from compare.changes.pair import Finding, Pair, share
from compare.changes.pairing import phrase_likeness, stand_together
from compare.changes.saying import turned
from compare.changes.senses import Sense
from compare.changes.verdict import is_time_limit
from compare.changes.weighing import LENGTHS
from compare.comparison import ChangeType, Direction
from extract.notice import AmountKind, Bound
from extract.span import Span

ENDLESS = re.compile(r"终[身生](?!学习|教育|职业|成就|荣誉|体育|发展|[监托]护|制)|永久(?!性?用地|基本|居[民留])|无限期")
AT_ONCE = re.compile(r"立即|立刻|即刻|即时(?!通[信讯]|零售|消费|采购|配送)|当场|当即|马上|第一时间")
BARRED = re.compile(r"(?:一律|均)?(?:不[得予再能准许]|禁止|取消|暂停|停止|限制|免)")
CASE = re.compile(r"(?:连续|累计|[已届期未]?满|近|前|过去|从事|工作|超过|达)\Z")  # 连续2年不合格的: who is meant
PARTICLES = "在于"
ALIKE = 0.34  # share of the shorter phrase's pairs of characters


def find_extremes(pair: Pair, gone: Sequence[Number], come: Sequence[Number]) -> Iterator[tuple[Number, Finding]]:
    """The lengths of either side that such a word answers on the other, each with its change."""
    for number in gone:
        if word := _answer(pair, number, removed=True):
            yield (
                number,
                _finding(pair, number, _with_particle(pair.upper, number, pair.upper_changed), word, removed=True),
            )
    for number in come:
        if word := _answer(pair, number, removed=False):
            yield (
                number,
                _finding(pair, number, word, _with_particle(pair.lower, number, pair.lower_changed), removed=False),
            )


def _answer(pair: Pair, number: Number, *, removed: bool) -> Span | None:
    """The only new word of the other side that may stand for a length."""
    here, there = (pair.upper, pair.lower) if removed else (pair.lower, pair.upper)
    pattern = _pattern(here, number)
    if pattern is None or pattern.search(here.text):
        return None
    changed = pair.lower_changed if removed else pair.upper_changed
    words = [Span(*match.span()) for match in pattern.finditer(there.text)]
    if len(words) != 1 or share(words[0], changed, there.text) < 1:
        return None
    quote, before = there.quote(words[0]), words_before(there, words[0])
    other = Number(span=words[0], quote=quote, kind=number.kind, amount=None, before=before)
    upper, lower = (number, other) if removed else (other, number)
    same = stand_together(upper, lower, pair.differences) or phrase_likeness(pair, upper, lower) >= ALIKE
    return words[0] if same else None


def _pattern(joined: Joined, number: Number) -> re.Pattern[str] | None:
    """What may stand for a length: nothing ends later than how long something lasts, or is sooner than a limit."""
    amount = number.amount
    if amount is None or amount.kind is not AmountKind.DURATION or number.sense is not Sense.LEVEL:
        return None
    if amount.bound is Bound.MIN or CASE.search(number.before):
        return None
    if BARRED.match(joined.text, number.span.end):
        return ENDLESS
    if is_time_limit(amount) or (number.is_running and amount.bound is Bound.MAX):
        return AT_ONCE
    return ENDLESS if amount.bound is Bound.EXACT and not number.is_running else None


def _finding(pair: Pair, number: Number, upper: Span, lower: Span, *, removed: bool) -> Finding:
    soon = AT_ONCE.search(pair.lower.quote(lower) if removed else pair.upper.quote(upper))
    longer, shorter = (Direction.LATER, Direction.EARLIER) if soon else (Direction.RAISED, Direction.LOWERED)
    direction = shorter if removed is bool(soon) else longer
    name = "时限" if number.is_running else "期限"
    return Finding(
        type=ChangeType.DEADLINE_CHANGED if number.is_running else ChangeType.AMOUNT_CHANGED,
        upper=upper,
        lower=lower,
        direction=direction,
        kind=AmountKind.DURATION,
        detail=f"{name}{LENGTHS[direction]}：{turned(pair.upper.quote(upper), pair.lower.quote(lower))}。",
    )


def _with_particle(joined: Joined, number: Number, changed: frozenset[int]) -> Span:
    """在24小时内, where 在 goes too."""
    before = number.span.start - 1
    if before in changed and joined.text[before] in PARTICLES:
        return Span(before, number.span.end)
    return number.span
