"""Force words of two sides in, those that answer each other out, by what they govern."""

from collections.abc import Sequence
from dataclasses import replace

from compare.changes.force_words import EFFORT, SHALL, Force
from compare.changes.likeness import alike
from extract.span import Span

SAME_OBJECT = 0.25  # Dice coefficient of what two words govern, from which they govern the same


def merged(words: Sequence[Force]) -> list[Force]:
    """Words that stand together as one: 应当鼓励 binds as 鼓励 does."""
    out: list[Force] = []
    for word in words:
        if out and out[-1].span.end == word.span.start and out[-1].difference is word.difference:
            out.append(_together(out.pop(), word))
        else:
            out.append(word)
    return out


def _together(first: Force, second: Force) -> Force:
    """不得要求 forbids and 必须确保 orders; of others the weaker word counts, and 原则上不得 is less than 不得."""
    strong = first if first.prohibits or first.rank > SHALL else second
    firm = strong.rank > SHALL and not first.softens
    return replace(
        second,
        word=first.word + second.word,
        span=Span(first.span.start, second.span.end),
        rank=strong.rank if firm else min(first.rank, second.rank),
        kind=strong.kind if firm else second.kind,
        leads=first.leads,
    )


def counterparts(above: Sequence[Force], below: Sequence[Force]) -> list[tuple[Force, Force]]:
    """Words that govern the same, the surest first."""
    ranked = sorted(
        ((affinity, -i, -j) for i, a in enumerate(above) for j, b in enumerate(below) if (affinity := _affinity(a, b))),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((above[-i], below[-j]))
    return pairs


def _affinity(upper: Force, lower: Force) -> float:
    """0 for words that are no counterparts; a softener answers a softener."""
    if upper.softens != lower.softens:
        return 0
    same = 0.5 if _is_effort(upper) and _is_effort(lower) else alike(upper.governed, lower.governed)
    in_place = upper.difference is lower.difference and upper.leads and lower.leads
    if same < SAME_OBJECT and not in_place:
        return 0
    return same + 0.5 * in_place + 0.25 * (_rung(upper) == _rung(lower))


def _is_effort(force: Force) -> bool:
    """力争 and 确保 say how firmly a result is promised, so they answer each other wherever they stand."""
    return force.rank in EFFORT and not force.softens


def _rung(force: Force) -> tuple[int, str]:
    return force.rank, force.kind


def cancel(above: list[Force], below: list[Force]) -> None:
    """The same directive on both sides, wherever it stands: no change of force."""
    for upper in tuple(above):
        same = next((lower for lower in below if _rung(lower) == _rung(upper)), None)
        if same:
            above.remove(upper)
            below.remove(same)
