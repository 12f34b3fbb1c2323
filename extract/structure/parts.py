"""The parts of one notice behind its head: letter, plan issued with it, attachments; and the elements between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from extract.notice import Element
from extract.span import Span
from extract.structure.head import ends_title, has_subtitle
from extract.structure.issuers import organ_line
from extract.structure.lines import Line
from extract.structure.markers import is_numbered
from extract.structure.page_facts import is_page_fact
from extract.structure.tail import (
    ATTACHMENT_LABEL,
    DUTY_LABEL,
    LABELLED_TITLE,
    PERSON,
    SUBJECT_WORDS,
    attachment_titles,
    copied_to,
    find_attachment_list,
    find_contact,
    find_imprint,
    find_note,
    find_signature,
)
from extract.structure.title import issued_title

MOST_AUTHOR_LINES = 6
LINES_BELOW = 6  # at the end of a page that are looked at for facts about it
DISCLOSURE = re.compile(r"公开|此件|此文")
CONTACT_NOTE = re.compile(r"联系|咨询|电话|承办|经办")


@dataclass(slots=True, kw_only=True)
class Part:
    """One body of text. `label` is 附件, 附件2 … or `None` for the letter and an unlabelled plan."""

    label: str | None
    title: str | None = None
    ranges: list[Span] = field(default_factory=list)  # of body text, in order
    tables: list[Span] = field(default_factory=list)  # task tables, whose rows are clauses of their own


@dataclass(slots=True, kw_only=True)
class Parts:
    parts: list[Part]
    elements: list[Element] = field(default_factory=list)
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    contact: str | None = None
    disclosure: str | None = None
    copied_to: str | None = None
    attachments: tuple[str, ...] = ()


class _Reader:
    """Walks the lines behind a head once and sorts each into a part or an element."""

    def __init__(
        self, lines: Sequence[Line], tables: Sequence[Span], footnotes: Sequence[Span], issued: str | None
    ) -> None:
        self.lines, self.tables, self.footnotes, self.issued = lines, tables, footnotes, issued
        self.out = Parts(parts=[Part(label=None)])
        self.signed = False  # a signature or note has ended the letter
        self.in_body = True  # the line before was body text

    def read(self) -> Parts:
        at = 0
        while at < len(self.lines):
            behind = self._table(at) or self._footnote(at) or self._element(at) or self._heading(at)
            self.in_body = behind is None
            at = behind or self._body(at)
        return self.out

    def _add(self, name: str, first: int, end: int) -> int:
        span = Span(self.lines[first].span.start, self.lines[end - 1].span.end)
        self.out.elements.append(Element(name=name, span=span))
        return end

    def _text(self, first: int, end: int) -> str:
        return "".join(line.text for line in self.lines[first:end])

    def _element(self, at: int) -> int | None:
        finders = (
            self._signature,
            self._note,
            self._contact,
            self._attachment_list,
            self._imprint,
            self._page_fact,
        )
        return next((end for find in finders if (end := find(at)) is not None), None)

    def _table(self, at: int) -> int | None:
        table = next((span for span in self.tables if span.contains(self.lines[at].span)), None)
        if table is None:
            return None
        end = at
        while end < len(self.lines) and self.lines[end].span.start < table.end:
            end += 1
        self.out.parts[-1].tables.append(table)
        return end

    def _footnote(self, at: int) -> int | None:
        inside = any(span.contains(self.lines[at].span) for span in self.footnotes)
        return self._add("footnote", at, at + 1) if inside else None

    def _page_fact(self, at: int) -> int | None:
        """What a page prints below a notice: 更新时间：…, a link to a file.

        Inside the text of a plan 服务对象：… and 责任部门：… are its own words.
        """
        rest = self.lines[at + 1 : at + 1 + LINES_BELOW]
        at_end = len(rest) < LINES_BELOW and not any(is_numbered(line.text) for line in rest)
        below = at_end or (self.signed and not self.in_body)
        text = self.lines[at].text
        fact = below and is_page_fact(text) and not DUTY_LABEL.match(text)
        return self._add("page_fact", at, at + 1) if fact else None

    def _signature(self, at: int) -> int | None:
        lines = self.lines
        end = at + 1
        while (
            end < len(lines)
            and end - at < 12
            and (organ_line(lines[end - 1].text) or PERSON.fullmatch(lines[end - 1].text))
        ):
            end += 1
        signature = find_signature(lines, end - 1)
        if signature is None or signature.first > at:
            return None
        in_letter = self.out.parts[-1].label is None
        if in_letter and not self.out.issued_on:
            self.out.issuers, self.out.issued_on = signature.issuers, signature.issued_on
        self.signed = True
        return self._add("signature", at, signature.end)

    def _note(self, at: int) -> int | None:
        found = find_note(self.lines, at)
        if found is None:
            return None
        text, end = found
        if CONTACT_NOTE.match(text) or (CONTACT_NOTE.search(text) and not DISCLOSURE.match(text)):
            self.out.contact = self.out.contact or text
        elif DISCLOSURE.search(text):
            self.out.disclosure = self.out.disclosure or text
        self.signed = True
        return self._add("note", at, end)

    def _contact(self, at: int) -> int | None:
        found = find_contact(self.lines, at)
        if found is None or self.out.parts[-1].label is not None:
            return None
        self.out.contact = self.out.contact or found[0]
        return self._add("contact", at, found[1])

    def _attachment_list(self, at: int) -> int | None:
        end = find_attachment_list(self.lines, at)
        if end is None or self.out.parts[-1].label is not None:
            return None
        self.out.attachments = self.out.attachments or attachment_titles(self._text(at, end))
        return self._add("attachment_list", at, end)

    def _imprint(self, at: int) -> int | None:
        end = find_imprint(self.lines, at)
        if end is None:
            return self._subject_words(at)
        self.out.copied_to = self.out.copied_to or copied_to(self._text(at, end))
        self.signed = True
        return self._add("imprint", at, end)

    def _subject_words(self, at: int) -> int | None:
        """主题词, and 公开方式 where it stands under the signature."""
        match = SUBJECT_WORDS.fullmatch(self.lines[at].text)
        if match is None:
            return None
        if "公开" in match["key"]:
            self.out.disclosure = self.out.disclosure or match["value"]
        return self._add("subject_words", at, at + 1)

    def _heading(self, at: int) -> int | None:
        """A line 附件2, or the title of a plan printed right behind the letter."""
        text = self.lines[at].text
        if label := ATTACHMENT_LABEL.fullmatch(text):
            if not self._begins_attachment(at):
                return None
            self.out.parts.append(Part(label="附件" + label.group("number")))
            return self._title(at + 1, self._add("attachment_label", at, at + 1))
        labelled = LABELLED_TITLE.fullmatch(text)
        if labelled and self.signed and (ends_title(text) or labelled.group("number")) and not text.endswith("。"):
            title = labelled.group("title")
            self.out.parts.append(Part(label="附件" + labelled.group("number"), title=title))
            return self._add("attachment_label", at, at + 1)
        if self.signed and not self.in_body and self.out.parts[-1].label is None:
            end = self._title_end(at)
            if end is not None:
                self.out.parts.append(Part(label=None))
                return self._title(at, end)
        return None

    def _begins_attachment(self, at: int) -> bool:
        before = self.lines[at - 1] if at else None
        return before is None or before.ends_sentence or self.signed or before.width < 24

    def _title_end(self, first: int) -> int | None:
        """The line after a title that begins here: short lines without a stop, the last one ending in a 文种.

        What the letter's own title or its 附件说明 names needs no 文种.
        """
        for i in range(first, min(first + 6, len(self.lines))):
            text = self.lines[i].text
            if "。" in text or text.endswith(("：", "；", "，")) or is_numbered(text) or len(text) > 60:
                return None
            if self._text(first, i + 1) in (self.issued, *self.out.attachments):
                return i + 1 + has_subtitle(self.lines, i + 1)
            if ends_title(text) and not (i + 1 < len(self.lines) and self._goes_on(i + 1)):
                return i + 1 + has_subtitle(self.lines, i + 1)
        return None

    def _goes_on(self, i: int) -> bool:
        text = self.lines[i].text
        return ends_title(text) and "。" not in text and len(text) <= 40 and not is_numbered(text)

    def _title(self, first: int, end: int) -> int:
        """Record a part's title from `first` on; `end` is where to go on if there is none."""
        stop = self._title_end(first) if first < len(self.lines) else None
        if stop is None:
            return end
        self.out.parts[-1].title = self._text(first, stop)
        return self._authors(self._add("part_title", first, stop))

    def _authors(self, first: int) -> int:
        """Lines of organs under a title: who drew up what is passed on (转发)."""
        end = first
        while end < len(self.lines) and end - first < MOST_AUTHOR_LINES and organ_line(self.lines[end].text):
            end += 1
        return self._add("issuer_mark", first, end) if end > first else end

    def _body(self, at: int) -> int:
        span, ranges = self.lines[at].span, self.out.parts[-1].ranges
        if ranges and ranges[-1].end == span.start:
            ranges[-1] = Span(ranges[-1].start, span.end)
        else:
            ranges.append(span)
        return at + 1


def _signs(text: str) -> bool:
    """Whether a line names an organ or, under an order, a person."""
    return organ_line(text) or PERSON.fullmatch(text) is not None


def read_parts(
    lines: Sequence[Line],
    tables: Sequence[Span] = (),
    footnotes: Sequence[Span] = (),
    *,
    title: str | None = None,
) -> Parts:
    """Sort the lines behind a head into bodies, elements and task tables; none is left out. `title` is the letter's."""
    return _Reader(lines, tables, footnotes, issued_title(title) if title else None).read()
