"""Findings in, findings out: what one side seems to lack and says elsewhere in the unit in its own words is wording.

A clause that was rewritten leaves a removal here and an addition there. Each is held against all that differs on the
other side: where its letters recur there in words, no statement came or went.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compare import lexicon
from compare.changes.content import telling
from compare.changes.exceptions import same_exception
from compare.changes.joined import Joined
from compare.changes.leave import leads_to_leave, same_leave, stands_as_manner, told_both_ways
from compare.changes.pair import Finding, Pair
from compare.changes.paraphrase import holds_condition, is_light, same_condition
from compare.changes.reordered import exchanged
from compare.changes.saying import quoted, turned
from compare.changes.scope import is_listed
from compare.comparison import ChangeType
from extract.span import Span

CONTENT = frozenset({ChangeType.CONTENT_REMOVED, ChangeType.CONTENT_ADDED})
CONDITIONS = frozenset({ChangeType.CONDITION_REMOVED, ChangeType.CONDITION_ADDED})
GONE = frozenset({ChangeType.CONDITION_REMOVED, ChangeType.CONTENT_REMOVED})
COME = frozenset({ChangeType.CONDITION_ADDED, ChangeType.CONTENT_ADDED})
SCOPE = frozenset({ChangeType.SCOPE_NARROWED, ChangeType.SCOPE_WIDENED})
NEEDED = {**dict.fromkeys(CONTENT, 0.6), **dict.fromkeys(CONDITIONS, 0.75), **dict.fromkeys(SCOPE, 0.8)}
ALLOWS = re.compile(r"可以(?!及)|允许|准予|(?<![许认])可(?=[对向在由按将自继申以])")
DIGITS = re.compile(r"每?(?:\d+(?:\.\d+)?|半)?[年月日周季旬](?:度)?")  # how often is a change of its own
BAN = re.compile(r"不得|不予|不再|不能|不准|禁止|严禁")
GETTING = re.compile(r"享受|给予|获得|取得|申请|申领|受理|办理|参与|参加|列入|纳入")
REWORDED = 0.4  # share that must recur of a clause whose counterpart recurs as a whole
SHARED = 2  # letters in a row that count as words in common
NOWHERE = Span(0, 0)
SAME_CONDITION = "适用条件的说法不同，内容未变。"
ENOUGH = 4  # letters that recur, from which common words beside them do not count


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """What of a range recurs on the other side, as letters, and what does not, part by part."""

    held: int
    rest: tuple[str, ...]

    @property
    def left(self) -> str:
        return "".join(self.rest)

    @property
    def share(self) -> float:
        return _share(self.held, len(self.left))

    @property
    def telling_share(self) -> float:
        """Without the words of any notice among what does not recur, if what recurs is more than one word."""
        left = len("".join(map(telling, self.rest))) if self.held >= ENOUGH else len(self.left)
        return _share(self.held, left)

    @property
    def says_more(self) -> bool:
        """Whether a whole word or name in a row does not recur."""
        return any(len(telling(part)) >= ENOUGH for part in self.rest)


def _share(held: int, left: int) -> float:
    return held / (held + left) if held else 0.0


def settle_answered(findings: Sequence[Finding], pair: Pair) -> tuple[Finding, ...]:
    """Things that changed places recur, but not with what was said of them; nor does one reached by another clause."""
    if not any(finding.type in NEEDED for finding in findings):
        return tuple(_one_condition(findings, pair))
    swapped = {span for d in exchanged(pair, pair.differences) for span in (d.upper, d.lower)}
    settled: list[Finding] = []
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: _is_member(f, pair)):
        answered = swapped.isdisjoint((finding.upper, finding.lower)) and _is_answered(finding, pair)
        if answered and _is_member(finding, pair):
            answered = not any(_holds_words(other, finding, pair) for other in kept)
        (settled if answered else kept).append(finding)
    for finding in [f for f in kept if any(_reword(f, other, pair) for other in settled)]:
        kept.remove(finding)
        settled.append(finding)
    return tuple(_one_condition([*kept, *_as_wording(settled, pair)], pair))


def _reword(finding: Finding, other: Finding, pair: Pair) -> bool:
    """Whether two findings are the two sides of one difference, one of which recurs: a clause that was reworded."""
    if finding.type not in CONTENT or finding.nested or _has_bearer(finding, pair) or _allows(finding, pair):
        return False
    up, low = finding.upper or other.upper, finding.lower or other.lower
    if not up or not low or (finding.upper and other.upper) or (finding.lower and other.lower):
        return False
    if not any(d.upper.overlaps(up) and d.lower.overlaps(low) for d in pair.differences):
        return False
    text, there = _sides(finding, pair)
    if other.type in CONDITIONS and _same_ban(text, there, pair, other):
        return True
    found = recurrence(DIGITS.sub("", text), there)
    denied = _turning(found.left) - _turning(pair.lower.quote(low) if finding.upper else pair.upper.quote(up))
    return found.telling_share >= REWORDED and not found.says_more and not denied


def _same_ban(text: str, there: str, pair: Pair, condition: Finding) -> bool:
    """未经备案的机构不得享受[补助] and 未备案的，一律不予[补助]: the condition stands, and what is barred is barred."""
    ban = BAN.search(text)
    words = pair.upper.quote(condition.upper) if condition.upper else pair.lower.quote(condition.lower or NOWHERE)
    if ban is None or not BAN.search(there) or not holds_condition(text[: ban.start()], words):
        return False
    return not telling(GETTING.sub("", text[ban.end() :]))


def _is_answered(finding: Finding, pair: Pair) -> bool:
    needed = NEEDED.get(finding.type)
    if needed is None or finding.nested or (finding.upper and finding.lower):
        return False
    if finding.type not in CONDITIONS and not any(map(str.isalnum, _sides(finding, pair)[1])):
        return False
    if _has_bearer(finding, pair) or (finding.type in CONTENT and _allows(finding, pair)):
        return False
    if finding.type not in SCOPE and _stands(finding, pair):
        return True
    found = _recurrence(finding, pair)
    if finding.type in CONDITIONS and found.held >= ENOUGH and all(map(is_light, found.rest)):
        return True
    turned = _turns(found.left) and not (finding.type in CONTENT and told_both_ways(pair))
    return found.telling_share >= needed and not found.says_more and not turned


def _allows(finding: Finding, pair: Pair) -> bool:
    """Whether a range allows something, and nothing that differs on the other side does."""
    text, there = _sides(finding, pair)
    return ALLOWS.search(text) is not None and ALLOWS.search(there) is None


def _stands(finding: Finding, pair: Pair) -> bool:
    """Whether a condition or an exception stands in other words: 未备案的 in 未经备案的机构, 不含甲 as 甲不计入."""
    text, there = _sides(finding, pair)
    if same_exception(text, there):
        return True
    if finding.type not in CONDITIONS:
        return False
    everything = pair.lower.text if finding.upper else pair.upper.text
    return holds_condition(everything, text) or stands_as_manner(text, there) or _leads_to_leave(text, there, pair)


def _leads_to_leave(text: str, there: str, pair: Pair) -> bool:
    """确需装修的，应当经同意 where the other side has 未经同意，不得装修: the words that ask, and those before them."""
    return (leads_to_leave(text) or same_leave(text, there)) and told_both_ways(pair)


def _sides(finding: Finding, pair: Pair) -> tuple[str, str]:
    """The words of a finding of one side, and what differs on the other."""
    if finding.upper:
        return pair.upper.quote(finding.upper), pair.lower_differing
    return pair.lower.quote(finding.lower or NOWHERE), pair.upper_differing


def _is_member(finding: Finding, pair: Pair) -> bool:
    """Whether a finding is of one of those whom a sentence reaches, or an item of a list."""
    joined, span = (pair.upper, finding.upper) if finding.upper else (pair.lower, finding.lower)
    return finding.type in SCOPE or (finding.type in CONTENT and span is not None and is_listed(joined, span))


def _holds_words(content: Finding, finding: Finding, pair: Pair) -> bool:
    """Whether the words recur in a statement that came or went itself: those whom it named are reached by another."""
    if content.type not in CONTENT:
        return False
    if finding.upper:
        return bool(content.lower) and pair.upper.quote(finding.upper) in pair.lower.quote(content.lower or NOWHERE)
    return bool(content.upper) and pair.lower.quote(finding.lower or NOWHERE) in pair.upper.quote(
        content.upper or NOWHERE
    )


def _has_bearer(finding: Finding, pair: Pair) -> bool:
    """Whether a range says who does what: with the same words the other side may have charged somebody else."""
    joined, span = (pair.upper, finding.upper) if finding.upper else (pair.lower, finding.lower)
    if span is None:
        return False
    there = _sides(finding, pair)[1]
    if any(role in joined.quote(span) for role in lexicon.load("actors")["roles"]):
        return True
    return any(at.overlaps(span) and joined.quote(at) not in there for at, _ in joined.departments)


def _as_wording(settled: Sequence[Finding], pair: Pair) -> Iterator[Finding]:
    """What went and what came in its place as one change, the rest each on its own."""
    left = list(settled)
    for removed in [f for f in settled if f.upper]:
        added = next((f for f in left if f.lower and _share_words(removed, f, pair)), None)
        left.remove(removed)
        if added:
            left.remove(added)
            words = turned(pair.upper.quote(removed.upper or NOWHERE), pair.lower.quote(added.lower or NOWHERE))
            yield _wording(removed.upper, added.lower, f"措辞{words}。")
        else:
            yield _wording(removed.upper, None, _elsewhere(pair.upper.quote(removed.upper or NOWHERE), "本级"))
    for added in left:
        yield _wording(None, added.lower, _elsewhere(pair.lower.quote(added.lower or NOWHERE), "上级"))


def _elsewhere(words: str, side: str) -> str:
    return f"{quoted(words)}的字词见于{side}文件对应句的另一处，按措辞调整列出。"


def _wording(upper: Span | None, lower: Span | None, detail: str) -> Finding:
    return Finding(type=ChangeType.WORDING, upper=upper, lower=lower, detail=detail)


def _recurrence(finding: Finding, pair: Pair) -> Recurrence:
    """A condition may also recur in words that have not changed: they were part of another one."""
    everything = finding.type in CONDITIONS
    if finding.upper:
        return recurrence(pair.upper.quote(finding.upper), pair.lower.text if everything else pair.lower_differing)
    assert finding.lower
    return recurrence(pair.lower.quote(finding.lower), pair.upper.text if everything else pair.upper_differing)


def recurrence(text: str, there: str) -> Recurrence:
    """Words of two letters or more of a text, found in what differs on the other side."""
    held, rest, at = 0, [""], 0
    while at < len(text):
        size = 0
        while at + size < len(text) and text[at + size].isalnum() and text[at : at + size + 1] in there:
            size += 1
        if size >= SHARED:
            held += sum(map(str.isalpha, text[at : at + size]))
            rest.append("")
        elif text[at].isalpha():
            size = 1
            rest[-1] += text[at]
        elif not text[at].isalnum():
            rest.append("")
        at += max(size, 1)
    return Recurrence(held=held, rest=tuple(rest))


def _turns(left: str) -> bool:
    """Whether the letters that do not recur deny or forbid something."""
    return bool(_turning(left))


def _turning(text: str) -> set[str]:
    return {word for word in lexicon.load("force")["negation"]["turning"] if word in text}


def _one_condition(findings: Sequence[Finding], pair: Pair) -> Iterator[Finding]:
    """A condition taken out and one put in that share words are one condition changed, or only reworded."""
    left = list(findings)
    for removed in [f for f in findings if f.type in GONE]:
        added = next((f for f in left if f.type in COME and _is_version(removed, f, pair)), None)
        if added and removed.upper and added.lower:
            left[left.index(removed)] = replace(
                removed,
                type=ChangeType.CONDITION_CHANGED,
                lower=added.lower,
                detail=f"适用条件由{quoted(pair.upper.quote(removed.upper))}改为{quoted(pair.lower.quote(added.lower))}。",
            )
            left.remove(added)
    yield from (_reworded(f, pair) if f.type is ChangeType.CONDITION_CHANGED else f for f in left)


def _is_version(removed: Finding, added: Finding, pair: Pair) -> bool:
    """技术力量强的 and 具备条件的 in one place, or two conditions that share words."""
    types = {removed.type, added.type}
    if not types & CONDITIONS:
        return False
    if types <= CONDITIONS:
        return _share_words(removed, added, pair)
    up, low = removed.upper or NOWHERE, added.lower or NOWHERE
    in_place = any(d.upper.overlaps(up) and d.lower.overlaps(low) for d in pair.differences)
    return in_place and _qualifies(pair.upper, up) and _qualifies(pair.lower, low)


def _qualifies(joined: Joined, span: Span) -> bool:
    """Whether a range says what somebody is like: 技术力量强[的]企业."""
    return joined.quote(span).endswith("的") or joined.text[span.end : span.end + 1] == "的"


def _share_words(removed: Finding, added: Finding, pair: Pair) -> bool:
    if not removed.upper or not added.lower:
        return False
    return any(found.share >= 0.5 for found in _both_ways(removed.upper, added.lower, pair))


def _both_ways(upper: Span, lower: Span, pair: Pair) -> tuple[Recurrence, Recurrence]:
    above, below = pair.upper.quote(upper), pair.lower.quote(lower)
    return recurrence(above, below), recurrence(below, above)


def _reworded(finding: Finding, pair: Pair) -> Finding:
    """The same words in another order, with nothing but light ones beside them; of two compared order is all."""
    if not finding.upper or not finding.lower:
        return finding
    texts = pair.upper.quote(finding.upper), pair.lower.quote(finding.lower)
    compared = any(word in text for word in lexicon.load("conditions")["comparing"] for text in texts)
    if compared or any(d.upper == finding.upper for d in exchanged(pair, pair.differences)):
        return finding
    if same_condition(*texts) or (same_leave(*texts) and told_both_ways(pair)):
        return replace(finding, type=ChangeType.WORDING, direction=None, detail=SAME_CONDITION)
    above = recurrence(texts[0], f"{pair.lower_differing}\n{texts[1]}")
    below = recurrence(texts[1], f"{pair.upper_differing}\n{texts[0]}")
    if any(not is_light(part) for found in (above, below) for part in found.rest):
        return finding
    if len({"".join(sorted(filter(str.isdigit, text))) for text in texts}) > 1:
        return finding
    return replace(finding, type=ChangeType.WORDING, direction=None, detail=SAME_CONDITION)
