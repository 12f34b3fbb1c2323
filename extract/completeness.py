"""Whether a notice is all there: what breaks off, begins in the middle or skips a number is told."""

import re
from collections.abc import Iterator, Sequence

from extract.notice import Notice, Warning
from extract.structure.draft import Draft
from extract.structure.lines import Line
from extract.text import AlignedText

INCOMPLETE = "incomplete"
SHORTEST_PARAGRAPH = 20  # characters; shorter last lines are names, links and labels
# Only a text that ends in a word, a comma or a list mark breaks off; numbers and addresses end pages.
MID_SENTENCE = re.compile(r"[\u4e00-\u9fff，、]")


def find_gaps(
    aligned: AlignedText, notice: Notice, lines: Sequence[Line], drafts: Sequence[Draft]
) -> tuple[Warning, ...]:
    """Warnings of code `incomplete` for a notice cut off, `number_skipped` for a number that is missing."""
    return (*_broken_off(aligned, notice, lines), *_begun_late(aligned, notice), *_skipped(aligned, drafts))


def _broken_off(aligned: AlignedText, notice: Notice, lines: Sequence[Line]) -> Iterator[Warning]:
    if not notice.clauses:
        yield Warning(code=INCOMPLETE, message="只有版头，没有正文；请确认文件是否完整", page=aligned.page(0))
        return
    last = notice.clauses[-1]
    if last.span.end != len(notice.text) or notice.tables or not MID_SENTENCE.match(notice.text[-1]):
        return
    start = max(
        [line.span.start for line in lines if line.starts_paragraph and line.span.start >= last.span.start],
        default=last.span.start,
    )
    if len(notice.text) - start >= SHORTEST_PARAGRAPH and last.text:
        message = f"正文到“{notice.text[-12:]}”中断，没有写完，也没有落款；请确认文件是否完整"
        yield Warning(code=INCOMPLETE, message=message, page=aligned.page(len(notice.text) - 1))


def _begun_late(aligned: AlignedText, notice: Notice) -> Iterator[Warning]:
    if notice.title is None and notice.document_number is None and notice.recipients is None:
        message = "没有标题、发文字号和主送机关，像是后半份；请确认文件是否完整"
        yield Warning(code=INCOMPLETE, message=message, page=aligned.page(0))


def _skipped(aligned: AlignedText, drafts: Sequence[Draft]) -> Iterator[Warning]:
    for draft in drafts:
        if draft.expected is not None:
            message = f"条款 {draft.id}：序号应为 {draft.expected}，原文可能缺页、漏字或序号有误"
            yield Warning(code="number_skipped", message=message, page=aligned.page(draft.span.start))
