"""The upper level's notice in, a draft of the lower level's 责任分工 out: one numbered item a sentence.

Level and place words are localised and marked, departments go by function, amounts and deadlines are carried over.
A clause of several sentences names its departments once: an item is given those whose business its sentence shows
(`lexicon/subjects.toml`), the others are named in its note; where no sentence shows anything it is given all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.notice import Clause, DateMention, Department, Notice, Role, Source
from extract.sentences import split_sentences
from extract.span import Span
from templates.counterparts import Counterpart, Place, find_counterparts, find_place
from templates.duty import Charge, Duty, charges, date_notes, digest, infer, operative_clauses, read_duties
from templates.duty_check import DraftCheck, count_rows
from templates.duty_table import DutyOptions, DutyTable, column_labels, group, items_duties, say_subject
from templates.labels import Messages, load_messages
from templates.lexicon import load
from templates.localising import Localiser


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a clause."""

    text: str
    number: int  # in its clause, from 1
    spans: tuple[Span, ...]  # in the notice's text

    def holds(self, span: Span) -> bool:
        return any(own.overlaps(span) for own in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    duty: Duty
    undecided: tuple[str, ...]  # departments of the upper level without a known counterpart
    own_money: bool


def build_draft(
    notice: Notice,
    source: Source,
    options: DutyOptions,
    *,
    counterparts: Sequence[Counterpart] = (),
    version: str = "",
) -> DutyTable:
    """`counterparts`: the user's own table of departments.

    Raises:
        PlaceError: `options.draft_for` is no prefecture or county.
    """
    place = find_place(options.draft_for or "")
    messages = load_messages(options.lang)
    drafter = Drafter(notice=notice, place=place, own=tuple(counterparts), messages=messages)
    items = list(drafter.items(read_duties(notice, source, messages)))
    if options.infer_lead:
        items = [replace(item, duty=infer(item.duty, messages)) for item in items]
    rows = group([item.duty for item in items], options.by, messages)
    wanted = [item_id(clause, sentence) for clause in operative_clauses(notice) for sentence in sentences(clause)]
    return DutyTable(
        title=messages("duty_table.draft_title", place=place.name),
        subject=say_subject(notice, source, messages),
        labels=column_labels(options.by, messages),
        items=rows,
        check=DraftCheck(
            counted=count_rows(wanted, items_duties(rows)),
            undecided=tuple(dict.fromkeys(name for item in items for name in item.undecided)),
            own_money=sum(1 for item in items if item.own_money),
        ),
        options=options,
        messages=messages,
        notice=notice,
        source=source,
        remarks=tuple(drafter.remarks()),
        version=version,
    )


def propose_counterparts(
    notice: Notice, place: Place, own: Sequence[Counterpart] = ()
) -> tuple[tuple[Department, tuple[Department, ...] | None], ...]:
    """Every department that the notice charges, with its counterpart; `None` where there is none yet."""
    departments: dict[str, Department] = {}
    for clause in operative_clauses(notice):
        for charge in charges(clause):
            for department in charge.departments:
                departments.setdefault(department.full_name, department)
    return tuple((item, find_counterparts(item, place, said_on(notice), own)) for item in departments.values())


def sentences(clause: Clause) -> tuple[Sentence, ...]:
    """Sentences of a clause's text; its heading where it has no text."""
    if not clause.text:
        spans = (clause.heading_span,) if clause.heading_span else ()
        return (Sentence(text=clause.heading or "", number=1, spans=spans),)
    return tuple(
        Sentence(text=clause.text[span.start : span.end], number=number, spans=tuple(in_notice(clause, span)))
        for number, span in enumerate(split_sentences(clause.text), 1)
    )


def in_notice(clause: Clause, span: Span) -> Iterator[Span]:
    """A range of the clause's text as ranges of the notice's."""
    done = 0
    for piece in clause.body:
        length = piece.end - piece.start
        start, end = max(span.start, done), min(span.end, done + length)
        if start < end:
            yield Span(start, end).shift(piece.start - done)
        done += length


def item_id(clause: Clause, sentence: Sentence) -> str:
    return f"{clause.id}#{sentence.number}"


@dataclass(frozen=True, kw_only=True)
class Drafter:
    notice: Notice
    place: Place
    own: tuple[Counterpart, ...]
    messages: Messages

    def items(self, duties: Sequence[Duty]) -> Iterator[DraftItem]:
        clauses = {clause.id: clause for clause in self.notice.clauses}
        localiser = Localiser(upper=self.notice, place=self.place)
        number = 0
        for duty in duties:
            for sentence in sentences(clauses[duty.clause]):
                number += 1
                yield self._item(duty, clauses[duty.clause], sentence, number, localiser)

    def _item(self, duty: Duty, clause: Clause, sentence: Sentence, number: int, localiser: Localiser) -> DraftItem:
        chosen, aside = choose(duty.charges, sentence.text) if len(sentences(clause)) > 1 else (duty.charges, ())
        dates = tuple(mention for mention in duty.dates if said_in(mention, sentence))
        below, undecided = self._below(chosen)
        money = localiser.own_money(sentence.text)
        notes = (
            *self._place_notes(localiser, sentence.text, money),
            *self._department_notes(undecided, aside),
            *date_notes(dates, self.notice, self.messages),
        )
        name = item_id(clause, sentence)
        drafted = replace(
            duty,
            id=name,
            number=number,
            headings=(*duty.headings, f"{clause.marker or ''}{clause.heading}") if clause.heading else duty.headings,
            measure=localiser.mark(sentence.text),
            charges=below,
            dates=dates,
            basis=self.messages("duty_table.item", basis=duty.basis, n=sentence.number),
            notes=notes,
            digest=digest(self.notice, name, sentence.text),
        )
        return DraftItem(duty=drafted, undecided=undecided, own_money=money is not None)

    def _below(self, charges: Sequence[Charge]) -> tuple[tuple[Charge, ...], tuple[str, ...]]:
        """The charges with departments of the place; what has no known counterpart stays marked, in its seat."""
        found: list[Charge] = []
        undecided: list[str] = []
        for charge in charges:
            departments: dict[str, Department] = {}
            for department in charge.departments:
                lowers = find_counterparts(department, self.place, said_on(self.notice), self.own)
                if lowers is None:
                    undecided.append(department.full_name)
                    lowers = (self._undecided(department),)
                departments |= {lower.full_name: lower for lower in lowers}
            if departments:
                found.append(replace(charge, departments=tuple(departments.values())))
        return tuple(found), tuple(undecided)

    def _undecided(self, department: Department) -> Department:
        name = self.messages("duty_table.undecided", name=department.full_name)
        return Department(name=name, full_name=name, key=department.key)

    def _place_notes(self, localiser: Localiser, text: str, money: str | None) -> Iterator[str]:
        if swapped := localiser.swapped(text):
            yield self.messages("duty_note.localized", words="、".join(swapped))
        left = [word for word in localiser.left(text) if money is None or word not in money]
        if left:
            yield self.messages("duty_note.place_left", words="、".join(left))
        if money:
            yield self.messages("duty_note.own_money", words=money)

    def _department_notes(self, undecided: Sequence[str], aside: Sequence[Department]) -> Iterator[str]:
        if undecided:
            yield self.messages("duty_note.unknown", names="、".join(undecided))
        if aside:
            yield self.messages("duty_note.set_aside", n=len(aside))

    def remarks(self) -> Iterator[str]:
        """Everybody a clause names, for the editor who adds those set aside."""
        for clause in operative_clauses(self.notice):
            below, _ = self._below(charges(clause))
            names = "、".join(department.full_name for charge in below for department in charge.departments)
            if len(sentences(clause)) > 1 and names:
                yield self.messages("duty_table.named", clause=clause.id, names=names)


def said_on(notice: Notice) -> date | None:
    """The day whose departments are meant: the notice's, else the last of its year."""
    return notice.issued_on or (date(notice.year, 12, 31) if notice.year else None)


def said_in(mention: DateMention, sentence: Sentence) -> bool:
    return sentence.holds(mention.span)


def choose(charges: Sequence[Charge], text: str) -> tuple[tuple[Charge, ...], tuple[Department, ...]]:
    """The charges that a sentence shows to be concerned, and the departments set aside.

    Stated leads stay, and so do departments whose function has no words in the list. A sentence that shows no
    department's business is everybody's.
    """
    shown = {
        department.full_name for charge in charges for department in charge.departments if concerns(department, text)
    }
    if not shown:
        return tuple(charges), ()
    kept: list[Charge] = []
    aside: list[Department] = []
    for charge in charges:
        stays = {
            item: charge.role is Role.LEAD or item.full_name in shown or not subjects(item)
            for item in charge.departments
        }
        aside += [item for item, kept_here in stays.items() if not kept_here]
        if departments := tuple(item for item, kept_here in stays.items() if kept_here):
            kept.append(replace(charge, departments=departments))
    return tuple(kept), tuple(aside)


def concerns(department: Department, text: str) -> bool:
    return any(word in text for word in subjects(department))


def subjects(department: Department) -> tuple[str, ...]:
    """Words of the department's function; none for governments and functions that the list does not have."""
    return tuple(load("subjects")["subjects"].get(department.key, ()))
