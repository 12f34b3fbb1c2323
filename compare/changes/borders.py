"""Raw differences in, differences at the borders of words, phrases and names out."""

from collections.abc import Iterable, Iterator

from compare.changes.difference import Difference
from compare.changes.joined import Joined
from compare.localisation import Localiser
from extract.span import Span

PREPOSITIONS = frozenset("对向为给由在于将把")
LIST_MARKS = frozenset("、（）")
BREAKS = frozenset("，；：。！？")
SHORT, LONG = 2, 4  # characters: an island this short between differences this long is none

Borders = tuple[set[int], set[int]]


def tidy_borders(
    found: Iterable[Difference], upper: Joined, lower: Joined, borders: Borders, localiser: Localiser
) -> tuple[Difference, ...]:
    """`borders` are the offsets where words begin or end on each side."""
    placed = [_slid(_trimmed(d, upper, lower, borders), upper, lower, borders) for d in found]
    merged = _merged(placed, upper, lower, localiser)
    return tuple(_narrowed(d, upper, lower, localiser) for d in merged)


def _trimmed(d: Difference, upper: Joined, lower: Joined, borders: Borders) -> Difference:
    """Equal characters at the ends left out, where words end on both sides (the two were cut differently)."""
    if d.one_sided:
        return d
    a, b = upper.quote(d.upper), lower.quote(d.lower)
    head, tail = _insertion(a, b, d, borders) or _equal_ends(a, b, d, borders)
    return Difference(
        upper=Span(d.upper.start + head, d.upper.end - tail), lower=Span(d.lower.start + head, d.lower.end - tail)
    )


def _equal_ends(a: str, b: str, d: Difference, borders: Borders) -> tuple[int, int]:
    """Lengths of the equal head and tail, up to the border of a word, in lists of an item."""
    lists = "、" in a and "、" in b
    most = min(len(a), len(b))
    head = int(a[:1] == b[:1] and a[:1] in PREPOSITIONS and max(len(a), len(b)) > 1)
    tail = 0
    for k in range(head + 1, most + 1):
        if a[k - 1] != b[k - 1]:
            break
        if d.upper.start + k in borders[0] and d.lower.start + k in borders[1] and (not lists or a[k - 1] == "、"):
            head = k
    for k in range(1, most - head + 1):
        if a[-k] != b[-k]:
            break
        if d.upper.end - k in borders[0] and d.lower.end - k in borders[1] and (not lists or a[-k] == "、"):
            tail = k
    return head, tail


def _insertion(a: str, b: str, d: Difference, borders: Borders) -> tuple[int, int] | None:
    """Equal head and tail where one side only puts whole words into the other: 服务平台 and 服务“领航”平台."""
    longer, start, edges = (b, d.lower.start, borders[1]) if len(b) > len(a) else (a, d.upper.start, borders[0])
    shorter = a if longer is b else b
    for head in range(len(shorter), -1, -1):
        tail = len(shorter) - head
        ends = {start + head, start + len(longer) - tail}
        if longer.startswith(shorter[:head]) and longer.endswith(shorter[head:]) and ends <= edges:
            return head, tail
    return None


def _slid(d: Difference, upper: Joined, lower: Joined, borders: Borders) -> Difference:
    """A pure removal or addition may slide over equal words; it goes where phrases begin and end."""
    if not d.one_sided or (d.upper.start == d.upper.end and d.lower.start == d.lower.end):
        return d
    full, joined, edges = (d.upper, upper, borders[0]) if d.lower.start == d.lower.end else (d.lower, lower, borders[1])
    shifts = [*_shifts(joined.text, full, -1), *_shifts(joined.text, full, 1)]
    if not shifts:
        return d
    best = max([0, *shifts], key=lambda by: _border_score(joined.text, full.shift(by), edges))
    return Difference(upper=d.upper.shift(best), lower=d.lower.shift(best)) if best else d


def _shifts(text: str, span: Span, step: int) -> Iterator[int]:
    """How far a range may slide to one side and still leave the same text."""
    start, end = span
    while (start > 0 and text[start - 1] == text[end - 1]) if step < 0 else (text[start] == text[end : end + 1]):
        start, end = start + step, end + step
        yield start - span.start


def _border_score(text: str, span: Span, edges: set[int]) -> int:
    """Words are not cut; segments are better than list items, those better than words."""
    start, end = span
    at_start = start == 0 or text[start - 1] in BREAKS or text[start] in BREAKS
    at_end = end == len(text) or text[end] in BREAKS or text[end - 1] in BREAKS
    listed = (
        text[start - 1 : start] == "、" or text[start] == "、" or text[end - 1] == "、" or text[end : end + 1] == "、"
    )
    words = (start in edges or text[start : start + 1] in BREAKS) + (end in edges or text[end - 1 : end] in BREAKS)
    return 10 * words + 4 * (at_start and at_end) + (at_start or at_end) + 2 * listed


def _merged(found: Iterable[Difference], upper: Joined, lower: Joined, localiser: Localiser) -> list[Difference]:
    """Neighbours with next to nothing between them are one difference, unless only one of them is a localisation."""
    out: list[Difference] = []
    for d in sorted(found, key=lambda d: (d.upper.start, d.lower.start)):
        if d.upper.start == d.upper.end and d.lower.start == d.lower.end:
            continue
        if out and _belong(out[-1], d, upper, lower, localiser):
            first = out.pop()
            out.append(
                Difference(upper=Span(first.upper.start, d.upper.end), lower=Span(first.lower.start, d.lower.end))
            )
        else:
            out.append(d)
    return out


def _belong(one: Difference, other: Difference, upper: Joined, lower: Joined, localiser: Localiser) -> bool:
    if not 0 < other.upper.start - one.upper.end <= SHORT:
        return False
    between = upper.text[one.upper.end : other.upper.start]
    if not between.isalnum() or lower.text[one.lower.end : other.lower.start] != between:
        return False
    swaps = [localiser.is_swap(upper.quote(d.upper), lower.quote(d.lower)) for d in (one, other)]
    if all(swaps):
        return len(between) == 1
    if any(swaps) or one.one_sided or other.one_sided:
        return False
    if any(char.isdigit() for d in (one, other) for char in upper.quote(d.upper) + lower.quote(d.lower)):
        return False
    sizes = [max(d.upper.end - d.upper.start, d.lower.end - d.lower.start) for d in (one, other)]
    return len(between) == 1 or min(sizes) >= LONG


def _narrowed(d: Difference, upper: Joined, lower: Joined, localiser: Localiser) -> Difference:
    """A swap without the equal items at the ends of two lists: of 街道（乡镇） and 街道（镇） only 乡镇 and 镇."""
    if d.one_sided or not localiser.is_swap(upper.quote(d.upper), lower.quote(d.lower)):
        return d
    above, below = upper.quote(d.upper), lower.quote(d.lower)
    most = min(len(above), len(below)) - 1
    heads = [k for k in range(most, 0, -1) if above[:k] == below[:k] and above[k - 1] in LIST_MARKS]
    tails = [k for k in range(most, 0, -1) if above[-k:] == below[-k:] and above[-k] in LIST_MARKS]
    for head in (*heads, 0):
        for tail in (*tails, 0):
            one, other = above[head : len(above) - tail], below[head : len(below) - tail]
            if one and other and localiser.is_swap(one, other):
                return Difference(
                    upper=Span(d.upper.start + head, d.upper.end - tail),
                    lower=Span(d.lower.start + head, d.lower.end - tail),
                )
    return d
