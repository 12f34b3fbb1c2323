"""condition_changed: who or what is excepted. A longer exception takes away from what the sentence gives or forbids."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.polarity import scope_direction
from compare.changes.saying import quoted
from compare.changes.scope import is_filler, is_verb
from compare.comparison import ChangeType
from extract.span import Span

SIGNS = ("除", "不含", "不包", "不计入", "此限")  # a text without them excepts nothing
HEAD = r"(?:^|(?<=[，；：。（）\n]))[^，；：。（）\n]{2,40}"
EXCEPTION = re.compile(
    r"(?<![免解扣清消去拆排删废])除(?![了尘草虫湿霜])[^，；：。\n]{1,40}?[以之]?外"  # 除抢险、救灾外
    r"|(?:不含|不包括|不包含)[^，；：。（）\n]{2,40}"
    rf"|{HEAD}(?:除外|不计入|不在此限|不受此限)"  # 因离婚析产转让的除外
)
CLOSING = re.compile(r"(?:但是?|其中)?[^，；：。（）\n]{2,40}(?:除外|不计入|不在此限|不受此限)")
ITEM = re.compile(r"(?:(?!或者)[^、和及与或])+")
# 但……的除外, 除……情形外: what only frames the case
FRAME = re.compile(
    r"^(?:但是?|其中)?(?:除了?|不含|不包括|不包含)?"
    r"|(?:的|情形|情况)*(?:[以之]?外|除外|不计入|不在此限|不受此限)$"
    r"|[、和及与或，]|属于|确因|因"
)
SAME_CASE = "例外情形的说法不同，内容未变。"
EXCEPTING = re.compile(r"^(?:除|不含|不包括|不包含)|(?:[以之]?外|除外|不计入|不在此限|不受此限)$")


def same_exception(text: str, there: str) -> bool:
    """Whether a text is nothing but an exception, of which the other text excepts an item too, in whatever words."""
    if not _may_except(text) or not EXCEPTION.fullmatch(text):
        return False
    others = {item for match in EXCEPTION.finditer(there) for item in _names(match.group())}
    return not others.isdisjoint(_names(text))


def _names(exception: str) -> list[str]:
    return ITEM.findall(EXCEPTING.sub("", exception))


def find_same_exceptions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """除涉密外，…… and ……，涉及国家秘密的除外: one exception at two places or in two ways."""
    if not found or not (_may_except(pair.upper.text) and _may_except(pair.lower.text)):
        return
    above, below = (list(EXCEPTION.finditer(joined.text)) for joined in (pair.upper, pair.lower))
    if len(above) == len(below) == 1 and _same_case(above[0], below[0]):
        upper, lower = Span(*above[0].span()), Span(*below[0].span())
        if any(d.upper.overlaps(upper) for d in found) and any(d.lower.overlaps(lower) for d in found):
            yield Finding(type=ChangeType.WORDING, upper=upper, lower=lower, detail=SAME_CASE)


def find_exceptions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """Items that came into an exception, or left it, which stands on both sides."""
    if not found or not (_may_except(pair.upper.text) and _may_except(pair.lower.text)):
        return
    told = tuple(_within_exceptions(pair, found))
    yield from told or _in_other_words(pair)


def find_new_exceptions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    """……，但经批准的除外, put in or taken out as a whole, where the other side excepts nothing."""
    if _may_except(pair.upper.text) is _may_except(pair.lower.text):
        return
    for difference in found:
        if not difference.one_sided:
            continue
        removed = difference.upper.start < difference.upper.end
        joined, span = (pair.upper, difference.upper) if removed else (pair.lower, difference.lower)
        if CLOSING.fullmatch(joined.quote(span)):
            verb, kind = ("删去", ChangeType.CONDITION_REMOVED) if removed else ("新增", ChangeType.CONDITION_ADDED)
            yield replace(
                _finding(pair, difference, joined, span, removed=removed),
                type=kind,
                detail=f"{verb}例外情形{quoted(joined.quote(span))}。",
            )


def _may_except(text: str) -> bool:
    return any(sign in text for sign in SIGNS)


def _within_exceptions(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for difference in found:
        if not difference.one_sided:
            continue
        removed = difference.upper.start < difference.upper.end
        joined, span = (pair.upper, difference.upper) if removed else (pair.lower, difference.lower)
        words = joined.quote(span).strip("、")
        if not (is_filler(words) or is_verb(words)) and _is_excepted(joined, span):
            yield _finding(pair, difference, joined, span, removed=removed)


def _in_other_words(pair: Pair) -> Iterator[Finding]:
    """不含甲 and （甲、乙不计入）: one exception told in two ways, with an item more or less.

    Nested: the words around the item differ as well, and stay with what differs.
    """
    above, below = (list(EXCEPTION.finditer(joined.text)) for joined in (pair.upper, pair.lower))
    if len(above) != 1 or len(below) != 1:
        return
    one, other = _items(above[0]), _items(below[0])
    if one.keys() > other.keys() and one.keys() & other.keys():
        gone, removed = [one[name] for name in one.keys() - other.keys()], True
    elif one.keys() < other.keys() and one.keys() & other.keys():
        gone, removed = [other[name] for name in other.keys() - one.keys()], False
    else:
        return
    for span in gone:
        at = Difference(upper=span if removed else Span(0, 0), lower=Span(0, 0) if removed else span)
        yield replace(_finding(pair, at, pair.upper if removed else pair.lower, span, removed=removed), nested=True)


def _same_case(above: re.Match[str], below: re.Match[str]) -> bool:
    """Whether two exceptions name the same, told before what they are excepted from or behind it."""
    one, other = (FRAME.sub("", match.group()) for match in (above, below))
    for pattern, word in _same_words():
        one, other = pattern.sub(word, one), pattern.sub(word, other)
    return bool(one) and sorted(one) == sorted(other)


@cache
def _same_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), word) for pattern, word in lexicon.load("conditions")["same_exception"])


def _items(match: re.Match[str]) -> dict[str, Span]:
    core = EXCEPTING.sub("", match.group())
    start = match.start() + match.group().index(core)
    return {item.group(): Span(*item.span()).shift(start) for item in ITEM.finditer(core)}


def _is_excepted(joined: Joined, span: Span) -> bool:
    """Whether a range is a part of an exception that is one without it too."""
    return any(
        match.start() <= span.start
        and span.end <= match.end()
        and EXCEPTION.fullmatch(joined.text[match.start() : span.start] + joined.text[span.end : match.end()])
        for match in EXCEPTION.finditer(joined.text)
    )


def _finding(pair: Pair, difference: Difference, joined: Joined, span: Span, *, removed: bool) -> Finding:
    return Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=span if removed else None,
        lower=None if removed else span,
        direction=scope_direction(pair.upper, pair.lower, difference, widened=removed),
        detail=f"例外情形{'减少，删去' if removed else '增加'}{quoted(joined.quote(span))}。",
    )
