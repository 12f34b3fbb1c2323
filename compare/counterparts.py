"""A unit of a comparison in, the figures of its upper sentences with what the lower ones say instead out.

First what a change of the comparison sets against each other, then equal values, then figures with like words around
them. Two that the comparison calls removed and added are never taken for one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from compare.comparison import Change, ChangeType, SentenceRef, Unit
from compare.figures import Figure, read_figures
from compare.items import Read, same_item
from compare.localisation import Localiser
from compare.passages import Passage
from compare.scales import may_answer, same_value
from compare.subjects import likeness, read_subjects
from extract.span import Span

ALIKE = 0.42
CHANGED = frozenset({ChangeType.AMOUNT_CHANGED, ChangeType.TARGET_CHANGED, ChangeType.DEADLINE_CHANGED})

Sentence = tuple[str, int]  # clause and number
Passages = Mapping[Sentence, Passage]
Test = Callable[[Read, Read], bool]


def key_of(ref: SentenceRef) -> Sentence:
    return ref.clause, ref.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The figure that a lower notice has instead; `alike` where nothing says that it measures something else."""

    figure: Figure
    alike: bool


def pair_figures(unit: Unit, above: Passages, below: Passages, localiser: Localiser) -> dict[Span, Answer]:
    """The lower figure for each upper one that has any, by the span of the upper one."""
    uppers, lowers = (list(_read(refs, side, localiser)) for refs, side in ((unit.upper, above), (unit.lower, below)))
    found: dict[Span, Answer] = {}
    for test in (_named_by(unit.changes), _equal, _like_apart_from(unit.changes)):
        for upper, lower in sorted(
            ((u, w) for u, w in product(uppers, lowers) if test(u, w)),
            key=lambda pair: -likeness(pair[0][1], pair[1][1], {}),
        ):
            if upper in uppers and lower in lowers:
                found[upper[0].span] = Answer(figure=lower[0], alike=same_item(upper, lower))
                uppers.remove(upper)
                lowers.remove(lower)
    return found


def _read(refs: Sequence[SentenceRef], side: Passages, localiser: Localiser) -> Iterator[Read]:
    for ref in refs:
        passage = side[key_of(ref)]
        figures = read_figures(passage)
        yield from zip(figures, read_subjects(passage, figures, localiser), strict=True)


def _named_by(changes: Sequence[Change]) -> Test:
    """Whether a change sets the one against the other."""
    spans = [(c.upper_span, c.lower_span) for c in changes if c.type in CHANGED and c.upper_span and c.lower_span]
    return lambda upper, lower: any(a.overlaps(upper[0].span) and b.overlaps(lower[0].span) for a, b in spans)


def _equal(upper: Read, lower: Read) -> bool:
    return same_value(upper[0], lower[0])


def _like_apart_from(changes: Sequence[Change]) -> Test:
    """Whether the two measure the same and are not one that went and another that came."""
    gone = [c.upper_span for c in changes if c.upper_span and not c.lower_span]
    new = [c.lower_span for c in changes if c.lower_span and not c.upper_span]

    def test(upper: Read, lower: Read) -> bool:
        replaced = _inside(upper[0].span, gone) and _inside(lower[0].span, new)
        years = {upper[0].year, lower[0].year} - {None}
        return (
            not replaced
            and len(years) <= 1
            and may_answer(upper[0], lower[0])
            and likeness(upper[1], lower[1], {}) >= ALIKE
        )

    return test


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in spans)
