"""The sentences of one side of a unit as one text, with their mentions, and the way back to the notice."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from compare.passages import Passage
from extract.notice import Amount, Bound, DateMention
from extract.organs import function_key
from extract.span import END, START, Span

SEGMENT = re.compile(r"[^，；：。！？]+")
ENCLOSED = re.compile(r"（[^（）]{0,80}）|“[^“”]{0,60}”|《[^《》]{0,120}》")
RATIO = re.compile(r"(?<=\d)：(?=\d)")  # 4：6 is one figure
UNNAMED = frozenset({"local_government", "local_party_committee", "functional_area"})  # 各市 is a level, no name
DIGIT_SIGNS = frozenset("0123456789.")
INOUT = "内外"
INOUT_ENDS = frozenset({"", "的", "，", "；", "。", "、", "）"})
ABOUT = ("约", "大约", "近")
INSIDE = str.maketrans("，；：。！？", "\ue010" * 6)  # a comma in brackets ends no segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Spans are in `text`; `starts[k]` is where passage k begins in it."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]  # where each passage begins in the notice
    amounts: tuple[tuple[Span, Amount], ...]
    dates: tuple[tuple[Span, DateMention], ...]
    names: tuple[Span, ...]  # citations and departments
    departments: tuple[tuple[Span, str], ...]  # in the sentences, those of known function
    segments: tuple[Span, ...]  # between commas, semicolons and stops

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def in_notice(self, span: Span) -> Span:
        """The span in the notice; one that crosses sentences is cut at the end of its first."""
        index = max(0, bisect_right(self.starts, span.start) - 1)
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        shift = self.origins[index] - self.starts[index]
        return Span(span.start + shift, min(span.end, end) + shift)

    def segment_at(self, at: int) -> Span:
        """The segment around an offset."""
        index = bisect_right(self.segments, at, key=END)
        if index < len(self.segments):
            return self.segments[index]
        return self.segments[-1] if self.segments else Span(0, len(self.text))

    def segments_in(self, span: Span) -> tuple[Span, ...]:
        """The segments that a range touches."""
        first = bisect_right(self.segments, span.start, key=END)
        return self.segments[first : bisect_left(self.segments, span.end, first, key=START)]


def join(passages: Sequence[Passage]) -> Joined:
    texts = [passage.text for passage in passages]
    text = "".join(texts)
    origins = tuple([passage.ref.span.start for passage in passages])
    starts = tuple(accumulate(map(len, texts), initial=0))[:-1]
    placed = [(passage, start - origin) for passage, start, origin in zip(passages, starts, origins, strict=True)]
    departments = tuple(
        [
            (Span(place, place + len(d.name)), d.full_name)
            for passage, shift in placed
            for actor in passage.actors
            for d in actor.departments
            if d.key and (place := text.find(d.name, max(0, actor.span.start + shift))) >= 0
        ]
    )
    citations = tuple([c.span.shift(shift) for passage, shift in placed for c in passage.citations])
    return Joined(
        text=text,
        starts=starts,
        origins=origins,
        amounts=tuple([_counted(text, a.span.shift(shift), a) for passage, shift in placed for a in passage.amounts]),
        dates=tuple(
            [
                (span, d)
                for passage, shift in placed
                for d in passage.dates
                if not cuts_number(text, span := d.span.shift(shift))
            ]
        ),
        names=citations + tuple([span for span, name in departments if function_key(name) not in UNNAMED]),
        departments=departments,
        segments=_segments(text),
    )


def _counted(text: str, span: Span, amount: Amount) -> tuple[Span, Amount]:
    """Without the 内外 that begins the next word: 10家[内外贸一体化企业] are not about ten."""
    if not text.endswith(INOUT, span.start, span.end) or text[span.end : span.end + 1] in INOUT_ENDS:
        return span, amount
    shorter = Span(span.start, span.end - len(INOUT))
    bound = amount.bound if amount.quote.startswith(ABOUT) else Bound.EXACT
    return shorter, replace(amount, quote=text[slice(*shorter)], bound=bound)


def cuts_number(text: str, span: Span) -> bool:
    """Whether a range begins inside a number: 5个工作日 in 0.5个工作日."""
    return text[span.start : span.start + 1].isdigit() and text[max(0, span.start - 1) : span.start] in DIGIT_SIGNS


def _segments(text: str) -> tuple[Span, ...]:
    if "：" in text:
        text = RATIO.sub("\ue010", text)
    covered = ENCLOSED.sub(lambda match: match.group().translate(INSIDE), text)
    return tuple([Span(*match.span()) for match in SEGMENT.finditer(covered)])
