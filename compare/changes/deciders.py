"""actor_changed: who decides, where one side says only that it is decided: 未经审核的 and 未经市民政局审核的."""

import re
from collections.abc import Iterator

from compare.changes.joined import Joined
from compare.changes.pair import Finding, Pair
from compare.changes.saying import quoted
from compare.comparison import ChangeType
from extract.organs import function_key
from extract.span import Span

DECIDED = re.compile(
    r"(?P<by>未经|报经|(?<!已)经|报)(?P<who>[一-龥、]{2,24}?)"
    r"(?P<what>同意|批准|审批|审核|认定|备案|公示|评估|验收|考核|许可)"
)
DENIED, AFFIRMED = ("未经",), ("报经", "经", "报")
LISTS = (re.compile("、"), re.compile("[、和]"))  # 自然资源和规划局 is one


def find_deciders(pair: Pair) -> Iterator[Finding]:
    for upper, lower in _named(pair.upper, pair.lower, pair.upper_changed, pair.lower_changed):
        yield _finding(upper, lower, f"不再写明由谁决定：{quoted(pair.upper.quote(upper))}。")
    for lower, upper_word in _named(pair.lower, pair.upper, pair.lower_changed, pair.upper_changed):
        yield _finding(upper_word, lower, f"写明由谁决定：{quoted(pair.lower.quote(lower))}。")


def _named(
    joined: Joined, other: Joined, changed: frozenset[int], other_changed: frozenset[int]
) -> Iterator[tuple[Span, Span | None]]:
    """Who decides, and the other side's 经 if that differs too."""
    for match in DECIDED.finditer(joined.text) if "经" in joined.text or "报" in joined.text else ():
        who = Span(*match.span("who"))
        if who.start not in changed or not _are_organs(match["who"]):
            continue
        for word in DENIED if match["by"] in DENIED else AFFIRMED:
            at = other.text.find(word + match["what"])
            if at >= 0:
                there = Span(at, at + len(word)) if at in other_changed else None
                yield (Span(match.start(), who.end) if there else who), there
                break


def _are_organs(names: str) -> bool:
    return any(all(map(function_key, sign.split(names))) for sign in LISTS)


def _finding(upper: Span | None, lower: Span | None, detail: str) -> Finding:
    return Finding(type=ChangeType.ACTOR_CHANGED, upper=upper, lower=lower, detail=detail)
