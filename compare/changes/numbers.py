"""The numbers of a joined text: the amounts that were read, ranks, and bare figures that were not.

A figure nobody could read makes a change only where another one stands in its place, so that no change of a number is
missed and none is made of “1+5”.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from compare.changes.joined import Joined
from compare.changes.leads import find_leads
from compare.changes.plain_figures import bounded_figure
from compare.changes.ranks import find_ranks, rank_amount
from compare.changes.senses import Sense, sense_of
from compare.changes.spreads import read_spread
from extract.notice import Amount, AmountKind, Bound, DateMention, DateRole
from extract.span import START, Span

NAMED = re.compile(r"[“《‘][^”》’]*$")  # an opened quotation
ORDINAL = re.compile(r"第$")
DIGIT = re.compile(r"[0-9]")
COUNTED = re.compile(
    r"[一二两三四五六七八九十]{1,2}(?:个|大|类|级|项|种|方面|批)"
)  # 五个渠道 sums up what was just listed
TIMED = frozenset({DateRole.DEADLINE, DateRole.VALIDITY})
STOPS = "。；"
PART = "其中"
STEP = re.compile(r"[到至]?20\d\d年[底末]?(?:[达增提升][到至]|实现|完成|达)?")
NAMELESS = re.compile(r"(?:以|按|最[高大多低少长]|一般|通常|原则上|平均|严格|控制|应当?|可|不|超过|至少|且|在|为){0,3}")
# 超过90日未拨付的 is late as 90日内未拨付的 is
UNDONE = re.compile(r"(?:以上|仍|还|尚|依然|均|都)*(?:未|没有|不(?=[^超少低多高足满得再断]))")
DEGREES = frozenset({"℃", "°C", "度", "摄氏度"})
BELOW_ZERO = re.compile(r"(?:(?<![\d℃度])[-－−]|零下|负)\Z")
LAPSED = frozenset({Bound.EXACT, Bound.MIN})
AFTER = 20  # characters behind a number that may tell its sense


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    span: Span
    quote: str
    kind: AmountKind | None
    amount: Amount | None  # `None`: a figure nobody could read
    before: str = ""  # the words of its segment before it
    subject: str = ""  # the segment before, where its own names nothing: 单套面积以40平方米为主，最大60平方米
    sense: Sense = Sense.LEVEL
    part_of: tuple[str, ...] = ()  # what the whole is counted by that 其中 divides: 每亩 of 每亩600元，其中第一年300元
    time: DateMention | None = None  # of a running time (受理后10个工作日内) or of how often (按季度)

    @property
    def is_recurring(self) -> bool:
        """按季度: so often, without a number of times."""
        return self.time is not None and self.time.role is DateRole.RECURRING

    @property
    def is_running(self) -> bool:
        return self.time is not None and self.time.role in TIMED


def numbers(joined: Joined, tokens: Sequence[Span]) -> tuple[Number, ...]:
    ranks = [_rank(joined, span) for span in find_ranks(joined.text)]
    leads = (lead for lead in find_leads(joined.text) if not any(lead[0].overlaps(span) for span, _ in joined.amounts))
    found = dict(chain(leads, joined.amounts))
    if not ranks and not found and not DIGIT.search(joined.text):
        return ()
    read = [
        _number(joined, span, amount)
        for span, amount in found.items()
        if not COUNTED.fullmatch(joined.quote(span))
        and not any(span.overlaps(rank.span) for rank in ranks)
        and not _is_dated(joined, span)
    ]
    taken = [rank.span for rank in ranks] + [span for span, _ in chain(found.items(), joined.dates)]
    figures = [
        _figure(joined, token)
        for token in _holding(tokens, DIGIT.finditer(joined.text))
        if not any(token.overlaps(span) for span in (*taken, *joined.names)) and not _is_name(joined, token)
    ]
    return tuple(sorted([*ranks, *read, *figures], key=lambda number: number.span))


def _figure(joined: Joined, token: Span) -> Number:
    """Read only where a bound stands beside it."""
    amount = bounded_figure(joined.text, token, joined.segment_at(token.start).start)
    span = amount.span if amount else token
    return Number(span=span, quote=joined.quote(span), kind=None, amount=amount, before=words_before(joined, span))


def is_running(joined: Joined, span: Span, mention: DateMention) -> bool:
    """Whether a date is a length that runs from an event and has no day: 受理后10个工作日内."""
    dayless = mention.role in TIMED and not mention.start and not mention.end
    return dayless and _length_in(joined, span) is not None


def _is_dated(joined: Joined, span: Span) -> bool:
    """Whether an amount is a part of a time limit whose day is known: 本通知印发后20日内, 有效期3年."""
    return any(place.contains(span) and date.role in TIMED and date.end is not None for place, date in joined.dates)


def length_of(joined: Joined, span: Span) -> Number | None:
    """The duration that stands in a date: 3年 in 有效期3年."""
    length = _length_in(joined, span)
    return None if length is None else _number(joined, *length)


def words_before(joined: Joined, span: Span) -> str:
    """Of the segment in which a range begins."""
    segment = joined.segment_at(span.start)
    return joined.text[min(segment.start, span.start) : span.start]


def _subject(joined: Joined, span: Span) -> str:
    """The words of the segment before up to its figures, unless a stop lies between."""
    segment = joined.segment_at(span.start)
    if segment.start < 2 or joined.text[segment.start - 1] != "，":
        return ""
    if not NAMELESS.fullmatch(joined.text, min(segment.start, span.start), span.start):
        return ""
    first = joined.segment_at(segment.start - 2)
    figure = DIGIT.search(joined.text, first.start, first.end)
    return joined.text[first.start : figure.start() if figure else first.end]


def _number(joined: Joined, span: Span, amount: Amount) -> Number:
    if amount.kind is AmountKind.DURATION and amount.bound in LAPSED and UNDONE.match(joined.text, span.end):
        amount = replace(amount, low=None, high=amount.low, bound=Bound.MAX, strict=False)
    if amount.unit in DEGREES and BELOW_ZERO.search(joined.text, max(0, span.start - 2), span.start):
        amount = _below_zero(amount)
    amount = read_spread(joined, span, amount)
    sense = sense_of(amount, words_before(joined, span), joined.text[span.end : span.end + AFTER])
    running = next(
        ((place, date) for place, date in joined.dates if place.overlaps(span) and is_running(joined, place, date)),
        None,
    )
    whole = Span(min(running[0].start, span.start), max(running[0].end, span.end)) if running else span
    return Number(
        span=whole,
        quote=joined.quote(whole),
        kind=amount.kind,
        amount=amount,
        before=words_before(joined, whole),
        subject=_subject(joined, whole),
        sense=sense,
        part_of=_per_of_whole(joined, span, amount),
        time=running[1] if running else None,
    )


def _below_zero(amount: Amount) -> Amount:
    """-15℃ is colder than -10℃."""
    low, high = (None if value is None else -value for value in (amount.low, amount.high))
    return replace(amount, low=high, high=low) if amount.bound is Bound.RANGE else replace(amount, low=low, high=high)


def _per_of_whole(joined: Joined, span: Span, amount: Amount) -> tuple[str, ...]:
    """Also of a step that tells its year and number alone: 每千人2024年达到4个，2025年达到5个."""
    if amount.per or amount.kind not in (AmountKind.MONEY, AmountKind.COUNT):
        return ()
    start = max(joined.text.rfind(stop, 0, span.start) for stop in STOPS) + 1
    segment = joined.segment_at(span.start)
    step = STEP.match(joined.text, segment.start, span.start)
    sign = segment.start if step and step.end() == span.start else joined.text.rfind(PART, start, span.start)
    wholes = [one.per for place, one in joined.amounts if start <= place.start < sign and one.unit == amount.unit]
    return wholes[-1] if wholes else ()


def _length_in(joined: Joined, span: Span) -> tuple[Span, Amount] | None:
    lengths = (item for item in joined.amounts if item[1].kind is AmountKind.DURATION and item[0].overlaps(span))
    return next(lengths, None)


def _rank(joined: Joined, span: Span) -> Number:
    quote = joined.quote(span)
    amount, sense = rank_amount(quote, span)
    before = words_before(joined, span)
    return Number(span=span, quote=quote, kind=amount.kind, amount=amount, before=before, sense=sense)


def _holding(tokens: Sequence[Span], matches: Iterable[re.Match[str]]) -> list[Span]:
    """Of tokens in order those in which a match begins."""
    places = {bisect_right(tokens, match.start(), key=START) - 1: match.start() for match in matches}
    return [tokens[at] for at, place in places.items() if at >= 0 and place < tokens[at].end]


def _is_name(joined: Joined, token: Span) -> bool:
    """Whether a figure is part of a name or an ordinal: “1+5”, 第3条."""
    before = joined.text[max(0, token.start - 40) : token.start]
    return not joined.quote(token)[0].isdigit() or bool(NAMED.search(before) or ORDINAL.search(before))
