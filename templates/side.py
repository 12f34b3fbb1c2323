"""One side of a comparison: its notice and source in, headings, duties and places of any span out."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from compare.comparison import SentenceRef
from extract.notice import Clause, Notice, Place, ResponsibilitySource, Source
from extract.span import Span
from templates.labels import Messages, name_clause

IN_TABLE = "/表/"  # ids of the rows of tables hold it
CELL_BORDER = "｜"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """`places` stand in the order of the text."""

    name: str  # upper | lower
    notice: Notice
    source: Source
    messages: Messages
    clauses: Mapping[str, Clause]
    places: tuple[Place, ...]

    @property
    def document(self) -> str:
        return self.notice.document_number or self.notice.title or self.source.name

    def root(self, clause: str) -> str:
        """The id of the outermost numbered clause around `clause`; of the clause itself where none is numbered."""
        return self.ancestors(clause)[0]

    def ancestors(self, clause: str) -> tuple[str, ...]:
        """The numbered clauses around `clause` and itself, outermost first; never empty."""
        numbered = [key for key in self.lineage(clause) if self.clauses[key].level >= 1]
        return tuple(reversed(numbered)) or (clause,)

    def lineage(self, clause: str) -> Iterator[str]:
        """`clause` and what it stands in, innermost first."""
        key: str | None = clause
        while key is not None and key in self.clauses:
            yield key
            key = self.clauses[key].parent

    def heading(self, clause: str) -> str:
        """Marker and heading as printed; 前言 and 结尾 for text without either."""
        found = self.clauses.get(clause)
        printed = f"{found.marker or ''}{found.heading or ''}" if found else ""
        return printed or self.clause_label(clause)

    def clause_label(self, clause: str) -> str:
        return name_clause(clause, self.messages)

    def departments(self, clause: str) -> tuple[str, ...]:
        """Who has to do the clause, by their own names; where it names nobody, who has to do what it stands in."""
        for key in self.lineage(clause):
            names = [item.full_name for duty in self.clauses[key].responsibilities for item in duty.departments]
            if names:
                return tuple(dict.fromkeys(names))
        return ()

    def duty(self, clause: str) -> str | None:
        """The responsibility parenthesis of the clause as printed."""
        found = self.clauses.get(clause)
        if found is None:
            return None
        spans = sorted(
            {item.span for item in found.responsibilities if item.source is ResponsibilitySource.PARENTHESIS},
            key=lambda span: (span.start, -span.end),
        )
        outer = [span for span in spans if not any(other != span and other.contains(span) for other in spans)]
        return "".join(self.notice.text[span.start : span.end] for span in outer) or None

    def place(self, span: Span) -> str:
        """Pages, where the source has any, and characters counted from 1: 第5页，第120—124字."""
        characters = self.messages("place.characters", start=span.start + 1, end=max(span.end, span.start + 1))
        pages = self.pages(span)
        if not pages:
            return characters
        if pages[0] == pages[-1]:
            return f"{self.messages('place.page', page=pages[0])} {characters}"
        return f"{self.messages('place.pages', first=pages[0], last=pages[-1])} {characters}"

    def pages(self, span: Span) -> tuple[int, ...]:
        # Places of neighbouring clauses do not overlap, so one step back is enough.
        at = max(0, bisect_left(self.places, span.start, key=lambda place: place.span.start) - 1)
        found = []
        for place in self.places[at:]:
            if place.span.start >= max(span.end, span.start + 1):
                break
            if place.page is not None and place.span.end > span.start:
                found.append(place.page)
        return tuple(sorted(set(found)))

    def cells(self, clause: str) -> tuple[int, ...]:
        """Where the second cell of a row of a table begins, the third and so on; none in other clauses."""
        found = self.clauses.get(clause)
        return tuple(span.start for span in found.body[1:]) if found and IN_TABLE in found.id else ()

    def spell(self, clause: str, span: Span) -> str:
        """The words of a range, the cells of a table parted: 400 and 700 side by side are not 400700."""
        borders = [at for at in self.cells(clause) if span.start < at < span.end]
        edges = (span.start, *borders, span.end)
        return CELL_BORDER.join(self.notice.text[start:end] for start, end in pairwise(edges))

    def spell_around(self, clause: str, span: Span, context: Span) -> tuple[str, str]:
        """The words of `context` before and behind a range in it, cells parted, also those that the range begins."""
        before = self.spell(clause, Span(context.start, span.start)) if context.start < span.start else ""
        behind = self.spell(clause, Span(span.end, context.end)) if span.end < context.end else ""
        at_border = (CELL_BORDER if at in self.cells(clause) else "" for at in (span.start, span.end))
        opening, closing = (sign if words else "" for sign, words in zip(at_border, (before, behind), strict=True))
        return f"{before}{opening}", f"{closing}{behind}"

    def citation(self, ref: SentenceRef, quote: str, span: Span) -> str:
        return self.messages(
            "place.citation",
            document=self.document,
            clause=self.clause_label(ref.clause),
            sentence=self.messages("body.sentence", n=ref.sentence) if ref.sentence else self.messages("body.heading"),
            quote=quote,
            file=self.source.name,
            place=self.place(span),
        )


def build_side(name: str, notice: Notice, source: Source, messages: Messages) -> Side:
    places = sorted((place for clause in notice.clauses for place in clause.places), key=lambda place: place.span)
    return Side(
        name=name,
        notice=notice,
        source=source,
        messages=messages,
        clauses={clause.id: clause for clause in notice.clauses},
        places=tuple(places),
    )
