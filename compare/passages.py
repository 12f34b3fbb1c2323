"""A notice in, its sentences out, each with the clause, headings and mentions around it."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from compare.comparison import SentenceRef
from compare.localisation import Localiser
from compare.tasks import title_spans
from extract.notice import Amount, Citation, Clause, DateMention, Directive, Notice, Responsibility
from extract.sentences import split_sentences
from extract.span import Span

STOPS = "。；;！"
LONGEST_HEADING = 50  # characters
PURPOSE = re.compile(  # 第一条 为……，根据……，制定本办法。
    r"(?:为|根据|依据|依照|按照|遵照|结合|贯彻)[^。]{4,}，(?:特?制[定订]|修订|出台|提出)(?:本|如下|以下)[^，；。]{0,12}。?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence and its surroundings; spans are in the notice's text."""

    ref: SentenceRef
    order: int  # 0-based in its notice
    section: str  # id of the top clause it stands under
    headings: tuple[str, ...]  # from the top down
    frame: bool  # of a preamble, or an opening clause that says what for and on what basis
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    directives: tuple[Directive, ...] = ()
    actors: tuple[Responsibility, ...] = ()

    @property
    def text(self) -> str:
        return self.ref.quote


def read_both(upper: Notice, lower: Notice, localiser: Localiser) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The sentences of two notices; what looks like a heading of the lower one but says an upper sentence is one."""
    above, below = read_passages(upper), read_passages(lower)
    titles = {localiser.fold(clause.heading) for clause in upper.clauses if clause.heading}
    said = _short_sentences(above, localiser) - titles - _short_sentences(below, localiser)
    told = {clause.id for clause in lower.clauses if clause.heading and localiser.fold(clause.heading) in said}
    return above, read_passages(lower, told) if told else below


def _short_sentences(passages: Iterable[Passage], localiser: Localiser) -> set[str]:
    """Those that can be taken for a heading, without their stop, places and levels made alike."""
    bare = (passage.text.rstrip(STOPS) for passage in passages if not passage.frame)
    return {localiser.fold(words) for words in bare if len(words) <= LONGEST_HEADING}


def read_passages(notice: Notice, told: Collection[str] = ()) -> tuple[Passage, ...]:
    """Every sentence of the clauses' bodies, in order. A clause of nothing but a heading gives the heading.

    A row of a table of duties that repeats the heading of a clause is no sentence: it stands among the headings.
    `told` are clauses whose heading is a sentence, too; its number in the clause is 0.
    """
    by_id = {clause.id: clause for clause in notice.clauses}
    parents = {clause.parent for clause in notice.clauses}
    numbered = any(clause.level > 0 for clause in notice.clauses)
    titles = title_spans(notice)
    found: list[Passage] = []
    for clause in notice.clauses:
        if clause.id in titles:
            continue
        chain = _chain(clause, by_id)
        preamble = clause.level == 0 and clause.id.split("~")[0].endswith("preamble")
        headings = tuple(link.heading for link in chain if link.heading)
        heading = (clause.heading_span,) if clause.id in told and clause.heading_span and clause.text.strip() else ()
        sentences = _sentence_spans(notice, clause, clause.id in parents)
        for index, span in enumerate((*heading, *sentences), start=1 - len(heading)):
            passage = passage_at(
                notice, clause, span, sentence=index, order=len(found), section=chain[0].id, headings=headings
            )
            opening = all(before.frame for before in found) and PURPOSE.fullmatch(passage.text) is not None
            found.append(replace(passage, frame=True) if numbered and (preamble or opening) else passage)
    return tuple(found)


def passage_at(
    notice: Notice,
    clause: Clause,
    span: Span,
    *,
    sentence: int,
    order: int = 0,
    section: str = "",
    headings: tuple[str, ...] = (),
) -> Passage:
    """A range of a clause with the mentions in it; what is said of its surroundings is taken as given."""
    return Passage(
        ref=SentenceRef(clause=clause.id, sentence=sentence, span=span, quote=notice.text[span.start : span.end]),
        order=order,
        section=section or clause.id,
        headings=headings,
        frame=False,
        amounts=tuple(item for item in clause.amounts if span.contains(item.span)),
        dates=tuple(item for item in clause.dates if span.contains(item.span)),
        citations=tuple(item for item in clause.citations if span.contains(item.span)),
        directives=tuple(item for item in clause.directives if span.contains(item.span)),
        actors=tuple(
            item for item in clause.responsibilities if item.source == "sentence" and span.overlaps(item.span)
        ),
    )


def _chain(clause: Clause, by_id: dict[str, Clause]) -> tuple[Clause, ...]:
    """The clause and those above it, from the top."""
    chain = [clause]
    while (parent := by_id.get(chain[-1].parent or "")) and parent not in chain:
        chain.append(parent)
    return tuple(reversed(chain))


def _sentence_spans(notice: Notice, clause: Clause, has_children: bool) -> Iterator[Span]:
    body = _joined(clause.body)
    if not clause.text.strip():
        if clause.heading and clause.heading_span and not has_children:
            yield clause.heading_span
        return
    starts: list[int] = []  # of each body span in the clause's text
    at = 0
    for span in body:
        starts.append(at)
        at += span.end - span.start
    for sentence in split_sentences(clause.text):
        yield from _placed(notice.text, sentence, body, starts)


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        if out and out[-1].end == span.start:
            out[-1] = Span(out[-1].start, span.end)
        elif span.start < span.end:
            out.append(span)
    return tuple(out)


def _placed(text: str, sentence: Span, body: tuple[Span, ...], starts: list[int]) -> Iterator[Span]:
    """A sentence's place in the notice; cut where the body is interrupted (a responsibility parenthesis)."""
    at = sentence.start
    while at < sentence.end:
        index = bisect_right(starts, at) - 1
        start = body[index].start + at - starts[index]
        end = min(body[index].end, start + sentence.end - at)
        if any(char.isalnum() for char in text[start:end]):
            yield Span(start, end)
        at += max(end - start, 1)
