"""obligation_*, condition_changed: 不 put in or taken out before a verb that both sides have."""

import re

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType, Direction
from extract.span import Span

SAME = 4  # characters behind the negation that must be alike on both sides, or all of the phrase
# 未按规定缴费的，; 不具备条件的村. 不承担评估产生的费用 denies a duty
CONDITION = re.compile(
    r"(?:未|不(?=具备|符合|满足|达到|属于|合格))[^，；：。]{2,30}?[的者]"
    r"(?=[，：]|[^，；：。]{1,12}[，：应可须不一按给予由])"
)
DEEMED = ("视为", "视同", "认定为", "判定为", "默认")  # 视为不同意 asks for no more and no less
FEW_WORDS = 8  # characters of the phrase that is quoted


def find_negation(pair: Pair, difference: Difference) -> Finding | None:
    """What was allowed is forbidden, what was ordered is taken back, or the reverse; or a condition is denied."""
    if not difference.one_sided:
        return None
    added = difference.upper.start == difference.upper.end
    joined, span = (pair.lower, difference.lower) if added else (pair.upper, difference.upper)
    words, negation = joined.quote(span), lexicon.load("force")["negation"]
    if words not in negation["words"]:
        return None
    other, at = (pair.upper, difference.upper.end) if added else (pair.lower, difference.lower.end)
    if joined.text.startswith(tuple(negation["not_before"]), span.end) or not _same_phrase(joined, span.end, other, at):
        return None
    if CONDITION.match(joined.text, span.start) or joined.text.endswith(DEEMED, 0, span.start):
        return _other_case(joined, span, added=added)
    stronger = added is joined.text.startswith(tuple(negation["permissions"]), span.end)
    return Finding(
        type=ChangeType.OBLIGATION_STRENGTHENED if stronger else ChangeType.OBLIGATION_WEAKENED,
        upper=None if added else span,
        lower=span if added else None,
        direction=Direction.TIGHTENED if stronger else Direction.RELAXED,
        detail=_says(joined, span, added=added),
    )


def _other_case(joined: Joined, span: Span, *, added: bool) -> Finding:
    """Who is meant, or what a thing counts as, has become the opposite: who is asked for more no word says."""
    return Finding(
        type=ChangeType.CONDITION_CHANGED,
        upper=None if added else span,
        lower=span if added else None,
        detail=_says(joined, span, added=added),
    )


def _says(joined: Joined, span: Span, *, added: bool) -> str:
    words = quoted(joined.quote(span))
    return f"意思相反：{'增加' if added else '删去'}{words}，原话是{quoted(_phrase(joined, span))}。"


def _same_phrase(one: Joined, start: int, other: Joined, at: int) -> bool:
    """Whether the words behind two offsets are the same, so that the negation is all that differs."""
    above = one.text[start : one.segment_at(start).end][:SAME]
    below = other.text[at : other.segment_at(at).end][:SAME]
    return bool(above) and above == below


def _phrase(joined: Joined, span: Span) -> str:
    segment = joined.segment_at(span.start)
    return joined.text[span.start : min(segment.end, span.end + FEW_WORDS)]
