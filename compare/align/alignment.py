"""The sentences of two notices in, links between them out; every sentence stands in exactly one link.

One optimum over all evidence, then n:m. First each upper sentence gets at most one lower one so that the sum of
evidence above the gap is the largest possible (assignment, not a monotone path: items move across sections). Then
the parts that a merge or a split left alone are joined to the sentence that holds them, if that makes the two sides
more alike, as bilingual aligners do with 2:1 beads (Gale & Church 1993; Moore 2002), here without their fixed order.
Last, neighbours that cut their matter at different places become one group.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.align.candidates import Candidates, find_candidates, meet
from compare.align.clauses import Clauses
from compare.align.context import Context
from compare.align.features import is_principle
from compare.align.gains import Gains, learn_gap, weigh
from compare.align.joins import join_parts
from compare.align.knots import tie_knots
from compare.align.links import Link, build_links
from compare.align.names import shared_names
from compare.align.vectors import Space, build_space
from compare.localisation import Localiser
from compare.options import CompareOptions
from compare.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS = 3
STRANGE = 0.16  # higher gap for two notices that have nothing to do with each other
SLIGHT = 0.2  # similarity below which two sentences must share a word that tells, and be of one kind


def align(
    upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser, options: CompareOptions
) -> tuple[Link, ...]:
    """Links in the order of the upper notice, lower sentences without counterpart behind what they follow."""
    import numpy as np

    if not upper or not lower:
        alone = [Link(upper=(i,), lower=()) for i in range(len(upper))]
        return (*alone, *(Link(upper=(), lower=(j,)) for j in range(len(lower))))
    space = build_space(upper, lower, localiser)
    candidates = find_candidates(space.upper.unit(), space.lower.unit(), options.candidates)
    gap = options.gap if options.gap is not None else learn_gap(candidates)
    context = Context(upper, lower, localiser)
    gains = Gains(candidates, weigh(candidates, space), shared_names(upper, lower), context)
    pairs = candidates.chosen(slice(0))
    for _ in range(ROUNDS):
        context.learn(pairs)
        paired = len(pairs) / max(1, min(len(upper), len(lower)))
        before, pairs = pairs, gains.best_pairs(gap + STRANGE * (1 - paired))
        if np.array_equal(pairs.pairs, before.pairs):
            break
    pairs = pairs.chosen(_answers(pairs, space, upper, lower))
    groups = join_parts(pairs.pairs, space, candidates, Clauses(upper, lower, space, localiser))
    groups = tie_knots(groups, space, upper, lower)
    return build_links(groups, space, context, candidates, gap)


def _answers(
    pairs: Candidates, space: Space, upper: Sequence[Passage], lower: Sequence[Passage]
) -> "NDArray[np.bool_]":
    """Which pairs that their places may have brought together also say something in common."""
    answers = pairs.cosines >= SLIGHT
    slight = pairs.chosen(~answers)
    shared = meet(*space.content, slight.pairs).tolist()
    answers[~answers] = [
        words > 0 and is_principle(upper[i].text) is is_principle(lower[j].text)
        for i, j, words in zip(slight.upper.tolist(), slight.lower.tolist(), shared, strict=True)
    ]
    return answers
