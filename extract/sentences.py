"""Text in, the spans of its sentences out.

A sentence ends with 。！ or ？ outside brackets, quotation marks and title marks, or with a closing mark right
after such a stop (GB/T 15834-2011, 4.1–4.3, 4.8). A last piece without a stop counts.
"""

import re
from collections.abc import Iterator

from extract.span import Span

STOPS = frozenset("。！？!?")
CLOSER_OF = {"（": "）", "(": ")", "“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "【": "】"}
OPENER_OF = {closer: opener for opener, closer in CLOSER_OF.items()}
MARK = re.compile(f"[{''.join(map(re.escape, (*CLOSER_OF, *OPENER_OF)))}]")
STOP_OR_OPENER = re.compile(f"[{''.join(map(re.escape, (*sorted(STOPS), *CLOSER_OF)))}]")
# After 。” these carry the sentence on: “怎么办？”的问题, “……。”，
CONTINUES = frozenset("，、；：的等和与及")
LONGEST_ENCLOSURE = 600  # characters; a mark that closes farther away was never closed


def split_sentences(text: str) -> tuple[Span, ...]:
    """Sentences in order; white space between them belongs to none."""
    return tuple(_trimmed(text, _pieces(text)))


def _pieces(text: str) -> Iterator[Span]:
    closes_at = _enclosures(text)
    start = at = 0
    while match := STOP_OR_OPENER.search(text, at):
        at = match.start()
        if at in closes_at:
            at = closes_at[at]
            ended = text[at - 1] in STOPS and text[at + 1 : at + 2] not in CONTINUES
        else:
            ended = text[at] in STOPS
        at += 1
        if ended:
            while at < len(text) and (text[at] in STOPS or text[at] in "”’」』"):
                at += 1
            yield Span(start, at)
            start = at
    yield Span(start, len(text))


def _enclosures(text: str) -> dict[int, int]:
    """Where the outermost marks open, and where each closes. A mark without its partner encloses nothing."""
    pairs: dict[int, int] = {}
    open_marks: list[tuple[str, int]] = []
    waiting: dict[str, int] = dict.fromkeys(CLOSER_OF, 0)
    for match in MARK.finditer(text):
        at, char = match.start(), match.group()
        if char in CLOSER_OF:
            open_marks.append((char, at))
            waiting[char] += 1
        elif waiting[opener := OPENER_OF[char]]:
            while open_marks:
                mark, start = open_marks.pop()
                waiting[mark] -= 1
                if mark == opener:
                    if at - start <= LONGEST_ENCLOSURE:
                        pairs[start] = at
                    break
    return pairs


def _trimmed(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    for start, end in pieces:
        piece = text[start:end]
        if any(char.isalnum() for char in piece):
            yield Span(end - len(piece.lstrip()), start + len(piece.rstrip()))
