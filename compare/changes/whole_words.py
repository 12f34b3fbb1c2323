"""wording: 所有 that went and 全部 that came in one phrase: all are meant as before."""

from collections.abc import Sequence

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.likeness import held
from compare.changes.pair import Finding, Pair
from compare.comparison import ChangeType

MOVED = "“所有”“全部”一类的词换了位置，范围未变。"
SAME_PHRASE = 0.5  # share of the words of the upper phrase that stand in the lower one


def moved_whole(pair: Pair, found: Sequence[Difference]) -> tuple[tuple[Difference, Difference], Finding] | None:
    """Both differences and the change that they are; `None` unless there is one word on each side."""
    universal = lexicon.load("scope")["universal"]
    gone = [d for d in found if d.lower.start == d.lower.end and pair.upper.quote(d.upper) in universal]
    come = [d for d in found if d.upper.start == d.upper.end and pair.lower.quote(d.lower) in universal]
    if len(gone) != 1 or len(come) != 1:
        return None
    (one,), (other,) = gone, come
    phrases = pair.upper.segment_at(one.upper.start), pair.lower.segment_at(other.lower.start)
    if held(pair.upper.quote(phrases[0]), pair.lower.quote(phrases[1])) < SAME_PHRASE:
        return None
    return (one, other), Finding(type=ChangeType.WORDING, upper=one.upper, lower=other.lower, detail=MOVED)
