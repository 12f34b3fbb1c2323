"""Headings compared: 一、加大资金支持 against 一、加强监督检查, which no sentence of either notice shows.

A heading goes with the heading whose clause took over its sentences; where that leaves a choice, with the one most
like it. A clause of nothing but a heading is a sentence of its own and stands among the sentences.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compare.align.assignment import best_pairing
from compare.changes import classify
from compare.changes.content import telling
from compare.changes.saying import turned
from compare.comparison import Change, ChangeType, Relation, SentenceRef, Unit
from compare.localisation import Localiser
from compare.passages import Passage, passage_at
from compare.tasks import title_spans
from extract.notice import Clause, Notice

SCALE = 1_000_000
LEAST = 0.3  # sentences in common and likeness together, below which two headings are no pair
SAME_TOPIC = 0.3  # Dice coefficient of characters below which a heading was not reworded but replaced
SAME_LEVEL = 0.05
SAME_SENTENCES = 0.5  # share of the sentences below that are paired, from which two headings stand over the same
# A heading names what its clause is about; how strongly and for whom is said by the sentences under it.
SAID_BELOW = frozenset(
    {
        ChangeType.OBLIGATION_STRENGTHENED,
        ChangeType.OBLIGATION_WEAKENED,
        ChangeType.SCOPE_WIDENED,
        ChangeType.SCOPE_NARROWED,
    }
)
FIGURES = ("amount", "target", "deadline")
KEPT = 0.5  # likeness of a heading that moved to another level

Heading = tuple[Clause, Passage]
Shared = dict[tuple[str, str], float]
Edges = list[tuple[int, int]]


def compare_headings(upper: Notice, lower: Notice, units: Sequence[Unit], localiser: Localiser) -> tuple[Unit, ...]:
    """One unit a heading, in the order of the upper notice, those only the lower one has behind."""
    above, below = _headings(upper, units, 0), _headings(lower, units, 1)
    shared = _shared_sentences(upper, lower, units)
    rows = _edges(above, below, shared, localiser)
    pairs = dict(enumerate(best_pairing(rows, len(below))))
    taken = set(pairs.values())
    kept = {
        (i, j) for i, j in pairs.items() if j is not None and _is_told_below(above[i], below[j], shared, lower, units)
    }
    found = [
        _unit((above[i],), (below[j],) if j is not None else (), localiser, kept=(i, j) in kept)
        for i, j in pairs.items()
    ]
    found += [_unit((), (heading,), localiser) for j, heading in enumerate(below) if j not in taken]
    return tuple(_numbered(found))


def is_material_heading(unit: Unit) -> bool:
    """A heading that says something else, or one that came or went with a figure in it; others go with their part."""
    changes = [change for change in unit.changes if change.material]
    return bool(changes) and (bool(unit.upper and unit.lower) or any(change.nested for change in changes))


def _headings(notice: Notice, units: Sequence[Unit], side: int) -> list[Heading]:
    """Also of rows of a table of duties, which repeat the heading of a clause."""
    sentences = {ref.span for unit in units for ref in (unit.upper, unit.lower)[side]}
    titles = title_spans(notice)
    named = (
        replace(clause, heading=clause.text, heading_span=titles[clause.id]) if clause.id in titles else clause
        for clause in notice.clauses
    )
    return [
        (clause, passage_at(notice, clause, clause.heading_span, sentence=0))
        for clause in named
        if clause.heading and clause.heading_span and clause.heading_span not in sentences
    ]


def _shared_sentences(upper: Notice, lower: Notice, units: Sequence[Unit]) -> Shared:
    """Of all sentences under two clauses, the share that is paired: Dice coefficient."""
    chains = _chains(upper), _chains(lower)
    common: Counter[tuple[str, str]] = Counter()
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for unit in units:
        ups, lows = ({name for ref in refs for name in chain[ref.clause]} for refs, chain in _sides(unit, chains))
        totals[0].update(ups)
        totals[1].update(lows)
        common.update((a, b) for a in ups for b in lows)
    return {(a, b): 2 * count / (totals[0][a] + totals[1][b]) for (a, b), count in common.items()}


def _sides(
    unit: Unit, chains: tuple[dict[str, tuple[str, ...]], ...]
) -> Iterator[tuple[tuple[SentenceRef, ...], dict[str, tuple[str, ...]]]]:
    return zip((unit.upper, unit.lower), chains, strict=True)


def _chains(notice: Notice) -> dict[str, tuple[str, ...]]:
    """Each clause with those above it."""
    parents = {clause.id: clause.parent for clause in notice.clauses}
    found: dict[str, tuple[str, ...]] = {}
    for name in parents:
        chain: list[str] = []
        at: str | None = name
        while at in parents and at not in chain:
            chain.append(at)
            at = parents[at]
        found[name] = tuple(chain)
    return found


def _edges(above: Sequence[Heading], below: Sequence[Heading], shared: Shared, localiser: Localiser) -> list[Edges]:
    """For each heading those it may go with, and what each is worth."""
    place = {clause.id: j for j, (clause, _) in enumerate(below)}
    partners: dict[str, list[int]] = {}
    for upper, lower in shared:
        if lower in place:
            partners.setdefault(upper, []).append(place[lower])
    letters = _letters(above, localiser), _letters(below, localiser)
    alike = _alike_rows(*letters)
    rows = []
    for i, (clause, _) in enumerate(above):
        found = []
        for j in sorted({*alike[i], *partners.get(clause.id, ())}):
            other, likeness = below[j][0], _dice(letters[0][i], letters[1][j])
            value = shared.get((clause.id, other.id), 0.0) + likeness / 2
            if value >= LEAST and (clause.level == other.level or likeness >= KEPT):
                found.append((j, round((value + SAME_LEVEL * (clause.level == other.level)) * SCALE)))
        rows.append(found)
    return rows


def _letters(headings: Sequence[Heading], localiser: Localiser) -> list[frozenset[str]]:
    """The characters of each heading, places and levels made alike."""
    return [frozenset(localiser.fold(clause.heading or "")) for clause, _ in headings]


def _alike_rows(above: Sequence[frozenset[str]], below: Sequence[frozenset[str]]) -> list[list[int]]:
    """For each heading those so like it that they may go together without a sentence in common."""
    import numpy as np

    columns = {char: at for at, char in enumerate(sorted(frozenset().union(*below)))}
    held = np.zeros((len(columns), len(below)), dtype=np.int32)
    for j, letters in enumerate(below):
        held[[columns[char] for char in letters], j] = 1
    sizes = held.sum(axis=0)
    rows = []
    for letters in above:
        common = held[[columns[char] for char in letters if char in columns]].sum(axis=0)
        rows.append(np.flatnonzero(common >= LEAST * (len(letters) + sizes)).tolist() if letters else [])
    return rows


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of characters."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _is_told_below(upper: Heading, lower: Heading, shared: Shared, notice: Notice, units: Sequence[Unit]) -> bool:
    """Whether the sentences were kept, and the new heading sums them up as the old one did.

    It does where it names no matter of its own (支持政策, 保障措施), or one of which something is said below.
    """
    (clause, _), (other, _) = upper, lower
    if shared.get((clause.id, other.id), 0.0) < SAME_SENTENCES:
        return False
    named, matter = telling(clause.heading or ""), telling(other.heading or "")
    if not named or not matter:
        return True
    chains = _chains(notice)
    below = (ref.quote for unit in units for ref in unit.lower if other.id in chains[ref.clause])
    return not set(matter).isdisjoint("".join(below))


def _unit(upper: Sequence[Heading], lower: Sequence[Heading], localiser: Localiser, *, kept: bool = False) -> Unit:
    """`kept`: the heading sums up the same sentences."""
    ups, lows = [passage for _, passage in upper], [passage for _, passage in lower]
    likeness = _dice(*(frozenset(localiser.fold(side[0].text)) for side in (ups, lows))) if ups and lows else 0.0
    relation, changes = classify(ups, lows, localiser)
    if ups and lows and relation is Relation.MODIFIED:
        if likeness >= SAME_TOPIC or (kept and any(change.type.startswith(FIGURES) for change in changes)):
            changes = tuple(map(_as_title, changes))
        else:
            changes = (_reworded if kept else _replaced)(ups[0].ref, lows[0].ref)
    return Unit(
        id="",
        upper=tuple(passage.ref for passage in ups),
        lower=tuple(passage.ref for passage in lows),
        shape=f"{len(ups)}:{len(lows)}",
        relation=relation,
        moved=False,
        similarity=round(likeness, 4),
        changes=changes,
    )


def _as_title(change: Change) -> Change:
    if change.type not in SAID_BELOW:
        return change
    words = turned(change.upper_quote, change.lower_quote)
    return replace(change, type=ChangeType.WORDING, material=False, direction=None, detail=f"小标题措辞{words}。")


def _reworded(upper: SentenceRef, lower: SentenceRef) -> tuple[Change, ...]:
    return (
        Change(
            type=ChangeType.WORDING,
            material=False,
            direction=None,
            upper_span=upper.span,
            upper_quote=upper.quote,
            lower_span=lower.span,
            lower_quote=lower.quote,
            detail=f"小标题措辞{turned(upper.quote, lower.quote)}。",
        ),
    )


def _replaced(upper: SentenceRef, lower: SentenceRef) -> tuple[Change, ...]:
    """One topic gave way to another."""
    gone = Change(
        type=ChangeType.CONTENT_REMOVED,
        material=True,
        direction=None,
        upper_span=upper.span,
        upper_quote=upper.quote,
        lower_span=None,
        lower_quote=None,
        detail=f"小标题由“{upper.quote}”改为“{lower.quote}”，所讲的事不同。",
    )
    come = replace(
        gone,
        type=ChangeType.CONTENT_ADDED,
        upper_span=None,
        upper_quote=None,
        lower_span=lower.span,
        lower_quote=lower.quote,
    )
    return gone, come


def _numbered(units: Sequence[Unit]) -> Iterator[Unit]:
    for number, unit in enumerate(units, start=1):
        yield replace(unit, id=f"h{number}")
