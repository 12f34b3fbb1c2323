"""Two token sequences in, the places where they differ out, at borders a reader would choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compare.changes.joined import Joined
from extract.span import Span

BRACKETS = (("（", "）"), ("“", "”"), ("《", "》"), ("‘", "’"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Ranges of the two joined texts; an empty one marks where the other side's words would stand."""

    upper: Span
    lower: Span

    @property
    def one_sided(self) -> bool:
        return self.upper.start == self.upper.end or self.lower.start == self.lower.end


def between_matches(
    upper_tokens: Sequence[Span], lower_tokens: Sequence[Span], matches: Sequence[tuple[int, int]]
) -> list[Difference]:
    """The ranges between tokens that answer each other; `matches` rises on both sides."""
    found: list[Difference] = []
    i = j = 0
    for a, b in [*matches, (len(upper_tokens), len(lower_tokens))]:
        if a > i or b > j:
            found.append(Difference(upper=_range(upper_tokens, i, a), lower=_range(lower_tokens, j, b)))
        i, j = a + 1, b + 1
    return found


def _range(tokens: Sequence[Span], first: int, last: int) -> Span:
    if first < last:
        return Span(tokens[first].start, tokens[last - 1].end)
    at = tokens[first - 1].end if first else (tokens[0].start if tokens else 0)
    return Span(at, at)


def without(
    found: Iterable[Difference], explained: Iterable[tuple[Span | None, Span | None]], pair: tuple[Joined, Joined]
) -> tuple[Difference, ...]:
    """What is left of tidy differences once some ranges are explained."""
    explained = tuple(explained)
    left: list[Difference] = []
    for difference in found:
        parts = _cut(difference, explained)
        if parts is None:
            left.append(difference)
            continue
        tidy_parts = (_tidy(part, pair) for part in parts)
        left += (d if d == difference else _shortened(d, *pair) for d in tidy_parts if d is not None)
    return tuple(left)


def tidied(found: Sequence[Difference], pair: tuple[Joined, Joined]) -> tuple[Difference, ...]:
    """Without signs at their ends; signs alone are no difference."""
    left: list[Difference] = []
    for difference in found:
        d = _tidy(difference, pair)
        if d is difference:
            left.append(difference)
        elif d is not None:
            left.append(d if d in found else _shortened(d, *pair))
    return tuple(left)


def _tidy(d: Difference, pair: tuple[Joined, Joined]) -> Difference | None:
    upper, lower = pair
    above, below = tidy(upper.text, d.upper), tidy(lower.text, d.lower)
    if upper.quote(above) == lower.quote(below):
        return None
    return d if above == d.upper and below == d.lower else Difference(upper=above, lower=below)


def _cut(difference: Difference, explained: Iterable[tuple[Span | None, Span | None]]) -> tuple[Difference, ...] | None:
    """What stands around explained ranges in a difference; `None` if they do not touch it."""
    parts: tuple[Difference, ...] | None = None
    for upper, lower in explained:
        if (upper and upper.overlaps(difference.upper)) or (lower and lower.overlaps(difference.lower)):
            parts = tuple(rest for part in parts or (difference,) for rest in _around(part, upper, lower))
    return parts


def _shortened(d: Difference, upper: Joined, lower: Joined) -> Difference:
    """Without words that both sides open or close with, where one side is nothing else: of 通过甲 and 通过 only 甲."""
    size = min(d.upper.end - d.upper.start, d.lower.end - d.lower.start)
    if size < 2:
        return d
    above, below = upper.quote(d.upper), lower.quote(d.lower)
    if not (above if len(above) == size else below).isalpha():
        return d
    if above[:size] == below[:size]:
        parts = Span(d.upper.start + size, d.upper.end), Span(d.lower.start + size, d.lower.end)
    elif above[-size:] == below[-size:]:
        parts = Span(d.upper.start, d.upper.end - size), Span(d.lower.start, d.lower.end - size)
    else:
        return d
    return Difference(upper=tidy(upper.text, parts[0]), lower=tidy(lower.text, parts[1]))


def _around(d: Difference, upper: Span | None, lower: Span | None) -> tuple[Difference, ...]:
    """What stands before and behind a pair of ranges; a side that was not cut goes with the longer rest."""
    above = _split(d.upper, upper) if upper and upper.overlaps(d.upper) else None
    below = _split(d.lower, lower) if lower and lower.overlaps(d.lower) else None
    if above is None and below is None:
        return (d,)
    if above is None or below is None:
        cut = above or below
        assert cut is not None
        longer = int(cut[1].end - cut[1].start > cut[0].end - cut[0].start)
        whole = d.upper if above is None else d.lower
        other = [Span(whole.start, whole.start), Span(whole.end, whole.end)]
        other[longer] = whole
        above, below = (above, (other[0], other[1])) if above else ((other[0], other[1]), below)
    assert below is not None
    return tuple(Difference(upper=a, lower=b) for a, b in zip(above, below, strict=True))


def _split(span: Span, taken: Span) -> tuple[Span, Span]:
    first = Span(span.start, max(span.start, min(span.end, taken.start)))
    return first, Span(min(span.end, max(span.start, taken.end)), span.end)


def tidy(text: str, span: Span) -> Span:
    """Without signs at the ends; brackets and quotation marks that belong together stay."""
    start, end = span
    if text[start:end].isalnum():
        return span
    while start < end and not text[start].isalnum() and text[start] not in "“《（":
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in "”》）%‰℃":
        end -= 1
    if not any(map(str.isalnum, text[start:end])):
        return Span(start, start)
    return _closed(text, start, end)


def _closed(text: str, start: int, end: int) -> Span:
    """With the bracket or quotation mark beside the range that its own one answers."""
    for opening, closing in BRACKETS:
        open_count, close_count = text.count(opening, start, end), text.count(closing, start, end)
        if open_count > close_count and text[end : end + 1] == closing:
            end += 1
        elif close_count > open_count and text[start - 1 : start] == opening:
            start -= 1
    return Span(start, end)
