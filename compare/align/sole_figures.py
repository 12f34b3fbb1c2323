"""A sentence of one figure and little else, and the figure of the other side that it answers.

每个主体不超过300万元 at the end of a rule became a sentence of its own: 同一主体补贴上限为200万元. Its words are few
and changed, but the sentence linked to the rule has no figure of its kind left, and it has nothing else to say.
"""

import re
from collections.abc import Sequence

from compare import lexicon
from compare.passages import Passage
from compare.wording import plain_words, without_number
from extract.notice import Amount, AmountKind, Bound
from extract.words import words

LONGEST = 30  # characters of a sentence that has little to say beside its figure
KINDS = frozenset({AmountKind.MONEY, AmountKind.DURATION})
CLAUSE = re.compile(r"[^，；：。！？]+")


def answers_figure(lonely: Passage, own: Sequence[Passage], others: Sequence[Passage]) -> bool:
    """Whether the one figure of a sentence answers a figure of `others` that none of `own` can answer."""
    if len(lonely.amounts) != 1 or len(lonely.text) > LONGEST:
        return False
    (figure,) = lonely.amounts
    there = [(one, amount) for one in others for amount in one.amounts if _may_answer(figure, amount)]
    if not there or figure.kind not in KINDS:
        return False
    here = sum(_may_answer(figure, amount) for one in own for amount in one.amounts)
    return len(there) == here + 1 and any(_named(lonely) & _named(*item) for item in there)


def _may_answer(one: Amount, other: Amount) -> bool:
    """Of one unit, both floors or both ceilings, or one of them a plain number."""
    bounds = {one.bound, other.bound}
    alike = len(bounds) == 1 or Bound.EXACT in bounds
    return alike and bounds != {Bound.EXACT} and (one.kind, one.unit) == (other.kind, other.unit)


def _named(passage: Passage, amount: Amount | None = None) -> set[str]:
    """Telling words of a sentence, or of the clause of an amount."""
    at = amount.span.start - passage.ref.span.start if amount else -1
    told = [match.group() for match in CLAUSE.finditer(passage.text) if at < 0 or match.start() <= at < match.end()]
    found = {word for text in told for word in words(plain_words(without_number(text)))}
    return {word for word in found if len(word) > 1 and word.isalpha()} - set(lexicon.load("common")["words"])
