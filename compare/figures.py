"""A sentence in, its amounts, goals and deadlines out as figures that can be laid side by side.

A length and the deadline it sets (自受理之日起10个工作日内) are one figure, and so are a term and its last day.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from compare.changes.deadlines import sets_time
from compare.changes.joined import Joined, join
from compare.changes.numbers import Number, words_before
from compare.changes.pairing import year_before
from compare.changes.quantities import is_target, is_threshold
from compare.changes.senses import is_start
from compare.changes.series import find_series
from compare.changes.spreads import read_spread
from compare.hedges import hedge_of
from compare.passages import Passage
from extract.notice import Amount, AmountKind, Bound, DateMention, DateRole
from extract.span import Span

FROM = re.compile("[由从]|基础")  # words of what a change starts from
BARRED = re.compile(r"(?:一律|均|原则上)?(?:不得|不予|不再|不能|不准|不许|不允许|不受理|禁止|取消)")
SANCTION = re.compile(
    r"扣[减除罚分]|约谈|处罚|罚款|通报批评|取消|收回|追[缴回究]|问责|退出|撤销|暂停|责令|限期整改|淘汰|不予|不得|降级|失信|停产|关停"
)
# The notice's own term: 本办法自…起施行，有效期5年. That of a licence or of one of several policies is no such thing.
OWN_TERM = re.compile(
    r"""
    [自从][^，。；]{1,24}起[^，。；]{0,6}(?:施行|实施|执行|生效|试行)
    | [本此该](?:通知|意见|办法|方案|措施|政策|规定|细则|规划|计划|决定|公告|文件|条例|制度|规则|指引)
    """,
    re.VERBOSE,
)
TERM = re.compile(r"有效期|有效至|试行期|施行期|实施期限|有效期限|失效|废止|止(?=[。；，]|$)")


class FigureKind(StrEnum):
    AMOUNT = "amount"
    TARGET = "target"
    DEADLINE = "deadline"
    VALIDITY = "validity"  # how long the notice itself is in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One amount or deadline of one notice; `amount`, `date` or both hold its value."""

    kind: FigureKind
    clause: str
    quote: str
    span: Span  # in its notice's text
    context: str  # the words between two commas that it stands in
    context_span: Span  # in its notice's text
    amount: Amount | None = None
    date: DateMention | None = None
    year: str | None = None  # for which a goal is set, where its sentence says so
    triggers: bool = False  # from here on somebody is warned, fined or loses something
    hedge: str | None = None  # the word that takes from its force: 力争, 原则上

    @property
    def around(self) -> tuple[str, str]:
        """The words of the context before and behind."""
        at = self.span.start - self.context_span.start
        return self.context[: max(at, 0)], self.context[at + len(self.quote) :]


def read_figures(passage: Passage) -> tuple[Figure, ...]:
    """In the order of the text; none overlaps another."""
    joined = join((passage,))
    found: list[Figure] = []
    used: set[int] = set()
    for span, day in joined.dates:
        inside = _length_in(joined, span)
        if sets_time(day) and not _counts_by(joined, span, day):
            used.update((inside,) if inside is not None else ())
            found.append(_dated(passage, joined, span, day, None if inside is None else joined.amounts[inside]))
    found += [
        _counted(passage, joined, span, amount)
        for at, (span, amount) in enumerate(joined.amounts)
        if at not in used and not _is_start(joined, span)
    ]
    return tuple(sorted(found, key=lambda figure: figure.span))


def _length_in(joined: Joined, span: Span) -> int | None:
    """The position of the length that a date is made of: 10个工作日内 in 自受理之日起10个工作日内."""
    lengths = (
        at for at, (own, one) in enumerate(joined.amounts) if one.kind is AmountKind.DURATION and own.overlaps(span)
    )
    return next(lengths, None)


def _counts_by(joined: Joined, span: Span, day: DateMention) -> bool:
    """Whether it is the 每月 of an amount."""
    return day.role is DateRole.RECURRING and any(own.contains(span) for own, _ in joined.amounts)


def _is_start(joined: Joined, span: Span) -> bool:
    return FROM.search(joined.text) is not None and is_start(words_before(joined, span), joined.text[span.end :])


def _counted(passage: Passage, joined: Joined, span: Span, amount: Amount) -> Figure:
    before, amount = words_before(joined, span), read_spread(joined, span, amount)
    number = Number(span=span, quote=amount.quote, kind=amount.kind, amount=amount, before=before)
    if is_target(joined, number):
        return _figure(passage, joined, span, FigureKind.TARGET, amount=amount, year=_year(joined, number))
    if amount.bound is Bound.MAX and BARRED.match(joined.text, span.end):  # 3年内不得 lasts three years
        amount = replace(amount, bound=Bound.EXACT, low=amount.high)
    triggers = is_threshold(joined, number) and SANCTION.search(passage.text) is not None
    return _figure(passage, joined, span, FigureKind.AMOUNT, amount=amount, triggers=triggers)


def _year(joined: Joined, number: Number) -> str | None:
    """The one that 分别 gives it, or the last one named before it."""
    named = (dict(zip(one.values, one.keys, strict=True)).get(number.span) for one in find_series(joined))
    key = next(filter(None, named), None)
    return key if key and key.isdigit() else year_before(joined, number)


def _dated(
    passage: Passage, joined: Joined, span: Span, day: DateMention, length: tuple[Span, Amount] | None
) -> Figure:
    own = day.role is DateRole.VALIDITY and is_own_term(passage.text)
    kind = FigureKind.VALIDITY if own else FigureKind.DEADLINE
    whole = Span(min(span.start, length[0].start), max(span.end, length[0].end)) if length else span
    return _figure(passage, joined, whole, kind, amount=length[1] if length else None, date=day)


def is_own_term(sentence: str) -> bool:
    return bool(TERM.search(sentence) and OWN_TERM.search(sentence))


def _figure(
    passage: Passage,
    joined: Joined,
    span: Span,
    kind: FigureKind,
    *,
    amount: Amount | None = None,
    date: DateMention | None = None,
    year: str | None = None,
    triggers: bool = False,
) -> Figure:
    segment = joined.segment_at(span.start)
    segment = Span(min(segment.start, span.start), max(segment.end, span.end))
    return Figure(
        kind=kind,
        clause=passage.ref.clause,
        quote=joined.quote(span),
        span=joined.in_notice(span),
        context=joined.quote(segment),
        context_span=joined.in_notice(segment),
        amount=amount,
        date=date,
        year=year,
        triggers=triggers,
        hedge=hedge_of(joined, span),
    )
