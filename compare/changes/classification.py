"""A unit's sentences in, its typed changes and its relation out.

Each classifier of `CHANGES` takes the differences it can name, in this order; what is left goes to the next, and the
last takes all. So every differing character lies in some change.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from compare.changes.absorption import absorb_amounts, absorb_fillers
from compare.changes.actors import find_actors
from compare.changes.answered import settle_answered
from compare.changes.banned import find_banned
from compare.changes.borders import tidy_borders
from compare.changes.conditions import find_conditions
from compare.changes.content import find_clauses, find_content, find_goals, find_wording
from compare.changes.contrary import find_contrary
from compare.changes.deadlines import find_deadlines
from compare.changes.devolved import find_devolved
from compare.changes.difference import between_matches, tidied, without
from compare.changes.exceptions import find_exceptions, find_new_exceptions, find_same_exceptions
from compare.changes.force import find_force
from compare.changes.formalities import find_formalities
from compare.changes.joined import Joined, join
from compare.changes.levels import find_levels
from compare.changes.lists import find_list_items
from compare.changes.localised import find_localised
from compare.changes.matching import match_tokens
from compare.changes.pair import Classifier, Finding, Pair
from compare.changes.quantities import find_quantities
from compare.changes.reordered import MOVED, apart, find_reordered
from compare.changes.rewritten import split_segments
from compare.changes.sanctions import find_sanctions
from compare.changes.scope import find_scope
from compare.changes.together import without_repeats
from compare.changes.tokens import tokens
from compare.changes.whole import whole_sentence
from compare.comparison import IMMATERIAL, Change, ChangeType, Relation
from compare.localisation import Localiser
from compare.passages import Passage
from extract.span import Span

CHANGES: tuple[Classifier, ...] = (
    find_devolved,
    find_localised,
    find_contrary,
    find_same_exceptions,
    find_new_exceptions,
    find_banned,
    find_reordered,
    find_deadlines,
    find_quantities,
    find_goals,
    find_clauses,
    find_formalities,
    find_exceptions,
    find_conditions,
    find_actors,
    find_force,
    find_scope,
    find_levels,
    find_list_items,
    find_sanctions,
    find_content,
    find_wording,
)
LOCALISED = frozenset({ChangeType.PLACE_LOCALIZED, ChangeType.NAME_LOCALIZED})


def classify(
    upper: Sequence[Passage], lower: Sequence[Passage], localiser: Localiser
) -> tuple[Relation, tuple[Change, ...]]:
    """Relation of a unit and its changes in the order of the text."""
    if not upper or not lower:
        joined = join(upper or lower)
        changes = _in_notice(whole_sentence(joined, removed=not lower), joined, joined)
        return Relation.ADDED if lower else Relation.DROPPED, changes
    above, below = join(upper), join(lower)
    if _letters(above.text) == _letters(below.text):
        return Relation.VERBATIM, ()
    findings = find_changes(above, below, localiser)
    changes = _in_notice(findings, above, below)
    only_places = changes and all(change.type in LOCALISED for change in changes)
    return Relation.LOCALIZED if only_places else Relation.MODIFIED, changes


def find_changes(upper: Joined, lower: Joined, localiser: Localiser) -> tuple[Finding, ...]:
    above, below = tokens(upper, localiser.upper), tokens(lower, localiser.lower)
    raw = between_matches(above, below, match_tokens(upper, lower, above, below))
    borders = set(chain.from_iterable(above)), set(chain.from_iterable(below))
    found = split_segments(tidy_borders(raw, upper, lower, borders, localiser), upper, lower)
    pair = Pair(
        upper=upper, lower=lower, upper_tokens=above, lower_tokens=below, localiser=localiser, differences=found
    )
    left = tidied(found, (upper, lower))
    findings: list[Finding] = []
    rest = pair
    for classifier in CHANGES if left else ():
        new = tuple(classifier(rest, left))
        findings += new
        explained = [(f.upper, f.lower) for f in new if not f.nested]
        if explained and classifier is not CHANGES[-1]:
            left = without(left, explained, (upper, lower))
        if classifier is find_reordered and explained:  # what only moved has not changed
            left = apart(left, pair)
            rest = replace(pair, differences=left)
    settled = absorb_amounts(settle_answered(absorb_fillers(findings, upper, lower), pair), upper, lower)
    unique = {(f.type, f.upper, f.lower): f for f in reversed(settled)}
    told = [f for f in reversed(unique.values()) if not _is_same(f, upper, lower)]
    return without_repeats(told)


def _is_same(finding: Finding, upper: Joined, lower: Joined) -> bool:
    """The same words on both sides at the same place between what differs: cut differently, not changed."""
    if not finding.upper or not finding.lower or finding.detail == MOVED:
        return False
    return _letters(upper.quote(finding.upper)) == _letters(lower.quote(finding.lower))


def _letters(text: str) -> str:
    """Without signs."""
    return "".join(filter(str.isalnum, text))


def _in_notice(findings: Sequence[Finding], upper: Joined, lower: Joined) -> tuple[Change, ...]:
    ordered = sorted(findings, key=lambda f: (f.upper or f.lower or Span(0, 0), f.lower or Span(0, 0), f.type))
    return _nested([_change(finding, upper, lower) for finding in ordered])


def _nested(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Marked where a material change stands inside another one: the amount in a sentence that went."""
    material = [change for change in changes if change.material]
    return tuple(
        replace(change, nested=True) if change.material and any(_holds(other, change) for other in material) else change
        for change in changes
    )


def _holds(outer: Change, inner: Change) -> bool:
    if outer is inner:
        return False
    sides = ((outer.upper_span, inner.upper_span), (outer.lower_span, inner.lower_span))
    within = all(b is None or (a is not None and a.contains(b)) for a, b in sides)
    return within and any(a is not None and a != b for a, b in sides)


def _change(finding: Finding, upper: Joined, lower: Joined) -> Change:
    up = upper.in_notice(finding.upper) if finding.upper else None
    low = lower.in_notice(finding.lower) if finding.lower else None
    return Change(
        type=finding.type,
        material=finding.type not in IMMATERIAL,
        direction=finding.direction,
        upper_span=up,
        upper_quote=_quote(upper, finding.upper, up),
        lower_span=low,
        lower_quote=_quote(lower, finding.lower, low),
        detail=finding.detail,
        kind=finding.kind,
    )


def _quote(joined: Joined, span: Span | None, placed: Span | None) -> str | None:
    if span is None or placed is None:
        return None
    return joined.text[span.start : span.start + placed.end - placed.start]
