"""obligation_*: 原则上, 一般 beside a number that changed, where they came or went with the words around it."""

from collections.abc import Iterator
from functools import cache

from compare import lexicon
from compare.changes.joined import Joined
from compare.changes.numbers import Number
from compare.changes.pair import Finding, Pair, share
from compare.changes.saying import turned
from compare.comparison import ChangeType, Direction
from extract.span import Span

REACH = 6  # characters before a number


def find_softened(pair: Pair, upper: Number, lower: Number, *, nested: bool) -> Iterator[Finding]:
    """A softener of one side's number where the other side has none at all."""
    above, below = _softener(pair.upper, upper), _softener(pair.lower, lower)
    if above and not _has_softener(pair.lower.text) and share(above, pair.upper_changed, pair.upper.text):
        yield _finding(pair, above, None, nested=nested)
    if below and not _has_softener(pair.upper.text) and share(below, pair.lower_changed, pair.lower.text):
        yield _finding(pair, None, below, nested=nested)


def _softener(joined: Joined, number: Number) -> Span | None:
    segment = joined.segment_at(number.span.start)
    start = max(min(segment.start, number.span.start), number.span.start - REACH)
    places = ((joined.text.find(word, start, number.span.end), word) for word in _words())
    found = (Span(at, at + len(word)) for at, word in places if at >= 0)
    return next((span for span in found if _softens(joined, span, number)), None)


def _softens(joined: Joined, word: Span, number: Number) -> bool:
    """一般不超过50日, but 一般[项目]不超过50日 are projects of a kind."""
    rule_before = tuple(lexicon.load("force")["speech"]["rule_before"])
    return (
        joined.quote(word) != "一般" or word.end >= number.span.start or joined.text.startswith(rule_before, word.end)
    )


def _has_softener(text: str) -> bool:
    return any(word in text for word in _words())


def _finding(pair: Pair, upper: Span | None, lower: Span | None, *, nested: bool) -> Finding:
    words = turned(pair.upper.quote(upper) if upper else None, pair.lower.quote(lower) if lower else None)
    return Finding(
        type=ChangeType.OBLIGATION_STRENGTHENED if upper else ChangeType.OBLIGATION_WEAKENED,
        upper=upper,
        lower=lower,
        direction=Direction.TIGHTENED if upper else Direction.RELAXED,
        nested=nested,
        detail=f"要求{'加强' if upper else '减弱'}：{words}。",
    )


@cache
def _words() -> tuple[str, ...]:
    return tuple(
        word for rung in lexicon.load("force")["word"] if rung.get("kind") == "soften" for word in rung["words"]
    )
