"""Amounts in, the same amounts out, told which belong to one rule.

A rate and its cap (按实际投资额的10%给予、最高不超过500万元), an allowance and its term (每月500元、最长6个月) share a
`measure`; what a sentence grants knows its `condition` (投资超过1亿元的，给予…).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.notice import Amount, AmountKind, Bound

REACH = 120  # characters between a condition and what it grants, or between a rate and its cap
LONGEST_CONDITION = 80
NEAR = 16
COMMA = re.compile("[，：]")
SENTENCE_END = re.compile("[。；！？]")
CONDITION_END = re.compile(  # 投资超过1亿元的，给予…
    r"的(?=，|给予|予以|按|分别|可|每|(?:一次性)?(?:奖励|补助|补贴|资助)(?:最高|每|\d)|一次性给予)"
)
# 对新认定的国家级企业，分别给予…
ADDRESSEE = re.compile(
    r"(?:(?<=[，。；：！])|^)对于?(?P<who>[^，。；：！？]{2,60}?)，?(?:分别|一次性|统一|再|可){0,2}(?:给予|予以|奖励|补助|按)"
)
OPENING = re.compile(r"对于|对|凡是|凡|若|如|其中|且|并且?")
# A rate that is granted goes on like this; one that only describes (占比30%的企业) does not.
GRANTED = re.compile(
    r"(?:的?(?:比例|标准|幅度|额度)|的?(?:一次性)?(?:补|奖|资助|贴)|给予|予以|支持|返|计|安排|发放|减免|配套)"
)
PAUSE = ("，", "、", "（")
GRANTING = re.compile(r"按|给予|予以|补|奖|资助|贴|返|支持")
GRANTING_REACH = 24  # characters before a rate
LIST_GAP = re.compile(r"(?:、|和|及|或|与){1,2}")
NEW_RULE = re.compile(r"的，|的(?:企业|单位|项目|人员)")
GRANT_KINDS = (AmountKind.MONEY, AmountKind.PERCENT, AmountKind.MULTIPLE)


def link(text: str, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Conditions first, then measures, numbered from 1 in the order of the text."""
    conditioned = tuple(_with_conditions(text, amounts))
    measures: dict[int, int] = {}
    for count, members in enumerate(_rules(text, conditioned), start=1):
        measures.update(dict.fromkeys(members, count))
    return tuple(
        replace(amount, measure=measures[index]) if index in measures else amount
        for index, amount in enumerate(conditioned)
    )


def _with_conditions(text: str, amounts: Iterable[Amount]) -> Iterator[Amount]:
    done, granted, condition = 0, 0, None  # end of the last amount, of the last one under a condition
    for amount in amounts:
        start = amount.span.start
        window = max(done, start - REACH)
        if window > done or SENTENCE_END.search(text, window, start):
            condition = None
        condition = _condition(text, window, start, granted) or condition
        own = None if condition is None or _in_condition(text, amount.span.end) else condition
        yield replace(amount, condition=own) if own else amount
        done = amount.span.end
        granted = done if own else granted


def _in_condition(text: str, end: int) -> bool:
    """An amount followed by 的， states a condition itself."""
    found = CONDITION_END.search(text, end, end + NEAR)
    return found is not None and not any(char in "，。；：" for char in text[end : found.start()])


def _condition(text: str, window: int, at: int, granted: int) -> str | None:
    """The words of the last condition that ends in `[window, at)`: up to its 的, or what 对 names."""
    floor = max(granted, at - REACH)
    for stop in SENTENCE_END.finditer(text, floor, at):
        floor = stop.end()
    # one character more, so that 的奖励50万元 shows its figure
    if ends := list(CONDITION_END.finditer(text, window, at + 1)):
        return _words(text, floor, ends[-1].start())
    addressees = [found for found in ADDRESSEE.finditer(text, floor, at) if found.end() > window]
    return addressees[-1]["who"] if addressees else None


def _words(text: str, floor: int, end: int) -> str | None:
    """From 对 or 凡 where one opens the statement, else from the last comma."""
    floor = max(floor, end - LONGEST_CONDITION)
    segments = [floor, *(found.end() for found in COMMA.finditer(text, floor, end))]
    opened = [at for at in segments if text.startswith(("对", "凡"), at)]
    words = text[(opened or segments)[-1] : end]
    opening = OPENING.match(words)
    return words[opening.end() if opening else 0 :] or None


def _rules(text: str, amounts: tuple[Amount, ...]) -> Iterator[tuple[int, ...]]:
    """Indices of the amounts of one rule: a list of grants, then the list of their limits."""
    at = 0
    while at < len(amounts):
        grants = _run(text, amounts, at)
        at = grants[-1] + 1
        if at >= len(amounts) or not _is_grant(text, amounts[grants[-1]]):
            continue
        limits: list[int] = []
        while at < len(amounts) and _limits(text, amounts, grants[-1], at):
            run = _run(text, amounts, at)
            limits += run
            at = run[-1] + 1
        if limits and len(grants) == len(limits) > 1:
            yield from zip(grants, limits, strict=True)
        elif limits:
            yield (*grants, *limits)


def _run(text: str, amounts: tuple[Amount, ...], first: int) -> list[int]:
    """A list of like amounts: 10%、20%、30%."""
    run = [first]
    while run[-1] + 1 < len(amounts):
        last, following = amounts[run[-1]], amounts[run[-1] + 1]
        gap = text[last.span.end : following.span.start]
        own_bound = following.bound is not last.bound
        if len(gap) > 2 or not LIST_GAP.fullmatch(gap) or last.kind is not following.kind or own_bound:
            break
        run.append(run[-1] + 1)
    return run


def _is_grant(text: str, amount: Amount) -> bool:
    if amount.kind not in GRANT_KINDS or amount.unit == "个百分点":
        return False
    if amount.bound is Bound.MIN:
        return text.startswith(("的比例", "的标准", "的补"), amount.span.end)
    if GRANTED.match(text, amount.span.end):
        return True
    if not text.startswith(PAUSE, amount.span.end):
        return False
    start = amount.span.start
    verbs = GRANTING.findall(SENTENCE_END.split(text[max(0, start - GRANTING_REACH) : start + 1])[-1])
    return bool(verbs) or (amount.kind is AmountKind.MONEY and bool(amount.per))


def _limits(text: str, amounts: tuple[Amount, ...], grant: int, at: int) -> bool:
    """Whether an amount caps (or floors) the grant before it, in one sentence and under one condition."""
    giving, limit = amounts[grant], amounts[at]
    gap = text[giving.span.end : limit.span.start]
    if len(gap) > REACH or SENTENCE_END.search(gap) or NEW_RULE.search(gap) or _in_condition(text, limit.span.end):
        return False
    if limit.bound is Bound.MIN and "before" not in limit.rule:  # 最低50万元, not 50万元以上
        return False
    if limit.kind is AmountKind.DURATION:
        return limit.bound is Bound.MAX and giving.kind is AmountKind.MONEY
    if limit.kind is not AmountKind.MONEY or limit.bound not in (Bound.MAX, Bound.MIN):
        return False
    return giving.kind is not AmountKind.MONEY or (bool(giving.per) and not limit.per) or giving.per != limit.per


__all__ = ["link"]
