"""One text, one or several notices: a notice printed as another's attachment, or several in a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.structure.head import MOST_HEAD_LINES, ends_title, is_number_line
from extract.structure.issuers import organ_line
from extract.structure.lines import Line
from extract.structure.markers import is_numbered
from extract.structure.page_facts import find_page_facts
from extract.structure.tail import ATTACHMENT_LABEL, DATE, find_imprint, find_note

MOST_LINES_ABOVE_NUMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The lines of one notice: ranges `[first, end)`, two where it goes on behind one that it prints."""

    ranges: tuple[tuple[int, int], ...]


def split_notices(lines: Sequence[Line]) -> tuple[Extent, ...]:
    """Notices in the order of their heads. Every line belongs to exactly one."""
    heads = _heads(lines)
    extents: list[list[tuple[int, int]]] = []
    outer = 0
    for start, end in zip([0, *heads], [*heads, len(lines)], strict=True):
        label = ATTACHMENT_LABEL.fullmatch(lines[start - 1].text) if start else None
        if label is not None:
            stop = _end_of_printed(lines, start, end, label.group("number"))
            extents.append([(start, stop)])
            if stop < end:
                extents[outer].append((stop, end))
        else:
            outer = len(extents)
            extents.append([(start, end)])
    return tuple(Extent(ranges=tuple(ranges)) for ranges in extents)


def _heads(lines: Sequence[Line]) -> list[int]:
    """First lines of all notices but the first."""
    facts = find_page_facts(lines).lines
    numbers = [i for i, line in enumerate(lines) if i not in facts and is_number_line(line)]
    heads: list[int] = []
    for i in numbers:
        start = _first_line(lines, i)
        if start > 0 and start not in facts and _is_head(lines, start, i) and (not heads or start > heads[-1]):
            if not heads and not _head_before([line for k, line in enumerate(lines[:start]) if k not in facts]):
                continue
            heads.append(start)
    return heads


def _head_before(lines: Sequence[Line]) -> bool:
    """Whether these lines are text of an earlier notice, and not only marks of the same head."""
    return any("。" in line.text for line in lines)


def _first_line(lines: Sequence[Line], number_at: int) -> int:
    first = number_at
    while first > 0 and number_at - first < MOST_LINES_ABOVE_NUMBER and _is_head_line(lines, first - 1):
        first -= 1
    return first


def _is_head_line(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    if ATTACHMENT_LABEL.fullmatch(text) or text.startswith(("附件", "抄送", "（此", "（联")) or DATE.search(text):
        return False
    if "。" in text or text.endswith(("：", "；", "，", "、")) or is_numbered(text):
        return False
    return not find_note(lines, i) and len(text) <= 60


def _is_head(lines: Sequence[Line], start: int, number_at: int) -> bool:
    """A number is a head's if an issuer or a title stands with it and a text follows."""
    around = [line.text for line in lines[start : min(number_at + 8, len(lines))]]
    if not any(organ_line(text) or ends_title(text) for text in around if text != lines[number_at].text):
        return False
    if lines[start - 1].text.startswith("附件：") or lines[start - 1].text.endswith(("，", "、", "《")):
        return False
    following = lines[number_at + 1 : number_at + 1 + MOST_HEAD_LINES]
    return any(line.text.endswith("：") or "。" in line.text for line in following)


def _end_of_printed(lines: Sequence[Line], start: int, end: int, label: str) -> int:
    """Where a printed notice stops: at the outer notice's 版记 or at its next numbered attachment."""
    for i in range(start + 1, end):
        found = ATTACHMENT_LABEL.fullmatch(lines[i].text)
        if label and found and found.group("number") and found.group("number") != label:
            return i
        if find_imprint(lines, i) is not None:
            return i
    return end
