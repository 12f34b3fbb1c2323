"""Wordings in, fewer wordings out: what a reader takes for one rewording of a phrase is told as one."""

from collections.abc import Iterable, Sequence

from compare.changes.difference import Difference
from compare.changes.pair import Finding, Pair
from compare.changes.reordered import MOVED
from compare.comparison import ChangeType
from extract.span import Span

NEAR = 6  # letters between two wordings of one phrase
BREAKS = frozenset("，；：。！？")
PLAIN = "措辞"  # opens the detail of a wording that says no more than its words


def told_together(pair: Pair, found: Iterable[Difference]) -> list[Difference]:
    """Differences as they stand, neighbours within a phrase as one."""
    out: list[Difference] = []
    for difference in sorted(found, key=lambda d: (d.upper.start, d.lower.start)):
        if out and _of_one_phrase(pair, out[-1], difference):
            out.append(_both(out.pop(), difference))
        else:
            out.append(difference)
    return out


def _both(one: Difference, other: Difference) -> Difference:
    return Difference(upper=Span(one.upper.start, other.upper.end), lower=Span(one.lower.start, other.lower.end))


def _of_one_phrase(pair: Pair, one: Difference, other: Difference) -> bool:
    """Whether little stands between them, the same on both sides: no other change and no end of a clause."""
    if one.upper.end > other.upper.start or one.lower.end > other.lower.start:
        return False
    between = pair.upper.text[one.upper.end : other.upper.start]
    if between != pair.lower.text[one.lower.end : other.lower.start] or len(between) > NEAR:
        return False
    return BREAKS.isdisjoint(between)


def without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Without what only moved within a phrase that is told as reworded anyway."""
    wordings = [f for f in findings if f.type is ChangeType.WORDING and not f.nested]
    plain = [f for f in wordings if f.detail == MOVED or f.detail.startswith(PLAIN)] if len(wordings) > 1 else []
    repeated = [f for f in plain if any(_holds(other, f) for other in wordings if other is not f)]
    return tuple(f for f in findings if f not in repeated)


def _holds(other: Finding, finding: Finding) -> bool:
    return _within(finding.upper, other.upper) and _within(finding.lower, other.lower)


def _within(span: Span | None, whole: Span | None) -> bool:
    return span is None or (whole is not None and span != whole and whole.contains(span))
