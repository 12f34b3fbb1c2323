"""place_localized, name_localized: one level or place word stands for another."""

from collections.abc import Iterator

from compare import lexicon
from compare.changes.difference import Difference
from compare.changes.joined import UNNAMED, Joined
from compare.changes.pair import Finding, Pair, tokens_within
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from extract.organs import function_key
from extract.span import Span

NAME_MARKS = "“《"
LONGEST_WORDS = 4  # tokens that a swap at the edge of a larger difference may take


def find_localised(pair: Pair, found: tuple[Difference, ...]) -> Iterator[Finding]:
    for difference in found:
        if difference.one_sided:
            continue
        swap = _swap(pair, difference)
        if swap:
            yield _finding(pair, *swap)


def _swap(pair: Pair, difference: Difference) -> tuple[Span, Span] | None:
    above, below = pair.upper.quote(difference.upper), pair.lower.quote(difference.lower)
    if pair.localiser.is_swap(above, below) or _same_function(above, below):
        return difference.upper, difference.lower
    return _edge_swap(pair, difference)


def _same_function(above: str, below: str) -> bool:
    """省市场监管局 and 市市场监督管理局 are one name at two levels."""
    key = function_key(above)
    return key is not None and key not in UNNAMED and key == function_key(below)


def _edge_swap(pair: Pair, difference: Difference) -> tuple[Span, Span] | None:
    """A swap at the beginning or end of a difference that holds more."""
    above = tokens_within(pair.upper_tokens, difference.upper)
    below = tokens_within(pair.lower_tokens, difference.lower)
    for count in range(1, min(LONGEST_WORDS, len(above)) + 1):
        for other in range(1, min(LONGEST_WORDS, len(below)) + 1):
            for ups, downs in ((above[:count], below[:other]), (above[-count:], below[-other:])):
                spans = Span(ups[0].start, ups[-1].end), Span(downs[0].start, downs[-1].end)
                if (
                    ups is not above
                    and _is_tail(spans[0], difference.upper)
                    and min(s.end - s.start for s in spans) < 2
                ):
                    continue  # the last character of another place's name: 阿坝州, 龙泉驿区
                if pair.localiser.is_swap(pair.upper.quote(spans[0]), pair.lower.quote(spans[1])):
                    return spans
    return None


def _is_tail(part: Span, whole: Span) -> bool:
    return part.start > whole.start


def _finding(pair: Pair, upper: Span, lower: Span) -> Finding:
    upper, lower = _with_character_before(pair, upper, lower)
    above, below = pair.upper.quote(upper), pair.lower.quote(lower)
    if (_in_name(pair.upper, upper) and _in_name(pair.lower, lower)) or _same_function(above, below):
        return Finding(
            type=ChangeType.NAME_LOCALIZED,
            upper=upper,
            lower=lower,
            detail=f"名称按层级或地区对应替换：{quoted(above)}改为{quoted(below)}。",
        )
    return Finding(
        type=ChangeType.PLACE_LOCALIZED,
        upper=upper,
        lower=lower,
        detail=f"层级或地名对应替换：{quoted(above)}改为{quoted(below)}。",
    )


def _with_character_before(pair: Pair, upper: Span, lower: Span) -> tuple[Span, Span]:
    """来鲁 rather than 鲁, 全省 rather than 省: short words are shown with the character they go with."""
    before = {
        pair.upper.text[max(0, upper.start - 1) : upper.start],
        pair.lower.text[max(0, lower.start - 1) : lower.start],
    }
    if len(before) == 1 and (char := before.pop()) and char in lexicon.load("levels")["short"]["before"]:
        return Span(upper.start - 1, upper.end), Span(lower.start - 1, lower.end)
    return upper, lower


def _in_name(joined: Joined, span: Span) -> bool:
    """Within quotation or title marks, a citation or a department's name."""
    if any(name.overlaps(span) for name in joined.names):
        return True
    before = max(joined.text.rfind(mark, 0, span.start + 1) for mark in NAME_MARKS)
    return before >= 0 and not any(close in joined.text[before : span.start] for close in "”》")
