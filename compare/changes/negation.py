"""obligation_*: 不 put in or taken out before a verb that both sides have."""

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType, Direction
from extract.span import Span

SAME = 4  # characters behind the negation that must be alike on both sides, or all of the phrase
FEW_WORDS = 8  # characters of the phrase that is quoted


def find_negation(pair: Pair, difference: Difference) -> Finding | None:
    """What was allowed is forbidden, what was ordered is taken back, or the reverse."""
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
    stronger = added is joined.text.startswith(tuple(negation["permissions"]), span.end)
    return Finding(
        type=ChangeType.OBLIGATION_STRENGTHENED if stronger else ChangeType.OBLIGATION_WEAKENED,
        upper=None if added else span,
        lower=span if added else None,
        direction=Direction.TIGHTENED if stronger else Direction.RELAXED,
        detail=f"意思相反：{'增加' if added else '删去'}{quoted(words)}，原话是{quoted(_phrase(joined, span))}。",
    )


def _same_phrase(one: Joined, start: int, other: Joined, at: int) -> bool:
    """Whether the words behind two offsets are the same, so that the negation is all that differs."""
    above = one.text[start : one.segment_at(start).end][:SAME]
    below = other.text[at : other.segment_at(at).end][:SAME]
    return bool(above) and above == below


def _phrase(joined: Joined, span: Span) -> str:
    segment = joined.segment_at(span.start)
    return joined.text[span.start : min(segment.end, span.end + FEW_WORDS)]
