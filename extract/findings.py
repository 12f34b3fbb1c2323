"""A notice in, what does not agree in it out: names, owners, days, numbers, attachments, citations, form.

A finding never changes a value: it names the words and what is odd about them. `FINDERS` holds one function a topic.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from extract.form import find_form
from extract.inconsistency import Finding, FindingKind, found_at, found_in, within
from extract.lexicon import load
from extract.misprints import find_misprints
from extract.notice import Clause, Department, Notice, Responsibility, ResponsibilitySource
from extract.organs import former_until, read_organ
from extract.overdue import overdue
from extract.span import Span
from extract.structure.markers import Marker, Shape, chinese_number, match_marker

__all__ = ["FINDERS", "Finding", "FindingKind", "find_findings"]

OWNED_SHARE = 0.5  # of the clauses name an owner: then those that do not are odd
OWN_TERM = re.compile(r"\s*本[^，。；]{2,12}(?:自|从)[^，。；]{2,24}(?:施行|实施|执行|生效)")
LABEL = re.compile(r"附件(?P<number>[0-9一二三四五六七八九十]{0,3})(?![0-9一二三四五六七八九十])")


def find_findings(notice: Notice) -> tuple[Finding, ...]:
    """In the order of the text; what concerns the whole notice first."""
    found = [finding for finder in FINDERS for finding in finder(notice)]
    return tuple(sorted(found, key=lambda item: (item.span is not None, item.span or Span(0, 0), item.kind)))


def find_two_names(notice: Notice) -> Iterator[Finding]:
    """One department under two names: 市人社局 and 市人力资源社会保障局, or one of them without its 市.

    The name used most is taken as the right one. Branches and governments of many places share a function without
    being one department, and so do departments of different places.
    """
    uses = [
        (department, duty, read_organ(department.full_name, notice.issued_on))
        for clause in notice.clauses
        for duty in stated(clause)
        for department in duty.departments
    ]
    groups: dict[str, list[tuple[Department, Responsibility, str]]] = {}
    for department, duty, organ in uses:
        if organ is not None and department.key and not organ.own_chain:
            groups.setdefault(department.key, []).append((department, duty, organ.prefix))
    for members in groups.values():
        yield from _other_names(notice, members)


def _other_names(notice: Notice, members: list[tuple[Department, Responsibility, str]]) -> Iterator[Finding]:
    counts = Counter(department.full_name for department, _, _ in members)
    usual = max(counts, key=lambda name: (counts[name], len(name)))
    prefixes = {department.full_name: prefix for department, _, prefix in members}
    told: set[str] = {usual}
    for department, duty, prefix in members:
        name = department.full_name
        if name not in told and (not prefix or prefix == prefixes[usual] or not prefixes[usual]):
            told.add(name)
            span = within(notice, duty.span, department.name)
            yield found_at(notice, FindingKind.TWO_NAMES, span, name=name, usual=usual, count=str(counts[usual]))


def stated(clause: Clause) -> Iterator[Responsibility]:
    """Statements in parentheses and tables; a sentence names its actors more freely."""
    return (duty for duty in clause.responsibilities if duty.source is not ResponsibilitySource.SENTENCE)


def find_former_names(notice: Notice) -> Iterator[Finding]:
    """A department under a name that was no longer its own when the notice was issued."""
    if notice.issued_on is None:
        return
    told: set[str] = set()
    for clause in notice.clauses:
        for duty in clause.responsibilities:
            for department in duty.departments:
                until = former_until(department.full_name, notice.issued_on)
                if until is not None and department.full_name not in told:
                    told.add(department.full_name)
                    span = within(notice, duty.span, department.name)
                    values = {"name": department.full_name, "until": until.isoformat()}
                    yield found_at(notice, FindingKind.FORMER_NAME, span, **values, issued=notice.issued_on.isoformat())


def find_ownerless(notice: Notice) -> Iterator[Finding]:
    """Clauses without an owner where most have one; one finding where few have, in a bracket, a table or a sentence."""
    operative = [clause for clause in _operative(notice) if not _part(clause) and not _on_the_paper(clause)]
    by_id = {clause.id: clause for clause in notice.clauses}
    owned = [clause for clause in operative if _owner(clause, by_id)]
    articles = sum(1 for clause in operative if (clause.marker or "").startswith("第"))
    if 2 * articles > len(operative):  # 办法, 规定: rules for everybody
        return
    if operative and not any(True for clause in notice.clauses for _ in stated(clause)):
        if not divides_work(notice) or len(owned) >= OWNED_SHARE * len(operative):
            return
        yield found_in(FindingKind.NO_OWNERS, count=str(len(operative)))
    elif len(owned) >= OWNED_SHARE * len(operative):
        for clause in operative:
            if clause not in owned:
                span = clause.heading_span or (clause.body[0] if clause.body else clause.span)
                yield found_at(notice, FindingKind.NO_OWNER, span, clause=clause.id, owned=str(len(owned)))


def divides_work(notice: Notice) -> bool:
    """方案, 意见, 措施, 分工, 行动: papers that say who does what, as a 办法 or a 通报 need not."""
    return any(word in (notice.title or "") for word in load("genres")["divides_work"])


def _operative(notice: Notice) -> Iterator[Clause]:
    parents = {clause.parent for clause in notice.clauses}
    return (clause for clause in notice.clauses if clause.level > 0 and (clause.text or clause.id not in parents))


def _on_the_paper(clause: Clause) -> bool:
    """附则, 本措施自…起施行，有效期…: about the paper itself, for nobody to carry out."""
    return (clause.heading or "").removesuffix("。") == "附则" or OWN_TERM.match(clause.text) is not None


def _owner(clause: Clause, by_id: dict[str, Clause]) -> bool:
    """Whether the clause or its sentences charge somebody, or a statement of a clause above it does."""
    if clause.responsibilities:
        return True
    above = by_id.get(clause.parent or "")
    while above is not None:
        if any(True for _ in stated(above)):
            return True
        above = by_id.get(above.parent or "")
    return False


def find_past_deadlines(notice: Notice) -> Iterator[Finding]:
    """By a day that was over when the notice was issued; what it tells of as done (2020年底前已完成) is no deadline."""
    if notice.issued_on is None:
        return
    for clause in notice.clauses:
        for mention in clause.dates:
            if mention.end is not None and overdue(mention, notice):
                days = {"end": mention.end.isoformat(), "issued": notice.issued_on.isoformat()}
                yield found_at(notice, FindingKind.PAST_DEADLINE, mention.span, **days)


def find_broken_sequences(notice: Notice) -> Iterator[Finding]:
    """Numbers skipped or repeated: 三、 after 一、. A sequence may begin anew or go on under the next heading."""
    last: dict[tuple[str, Shape], Marker] = {}
    for clause in notice.clauses:
        marker = match_marker(clause.marker or "", 0)
        if marker is None or clause.level == 0:
            continue
        seat = (_part(clause), marker.shape)
        before = last.get(seat)
        last[seat] = marker
        span = within(notice, clause.span, marker.text)
        yield from _printed_again(notice, clause, marker)
        restarted = "~" in clause.id and marker.number == 1 and not _part(clause)
        if before is not None and (restarted or marker.number == before.number):
            yield found_at(notice, FindingKind.NUMBER_REPEATED, span, marker=marker.text, before=before.text)
        elif marker.number != 1 and (before is None or marker.number != before.number + 1):
            values = {"marker": marker.text, "before": before.text if before else ""}
            yield found_at(notice, FindingKind.NUMBER_SKIPPED, span, **values)


def _printed_again(notice: Notice, clause: Clause, marker: Marker) -> Iterator[Finding]:
    """The clause's own number at the start of another sentence inside it: 三、 twice."""
    whole = notice.text[clause.span.start : clause.span.end]
    for match in re.finditer(rf"(?<=[。）；]){re.escape(marker.text)}", whole):
        span = Span(*match.span()).shift(clause.span.start)
        yield found_at(notice, FindingKind.NUMBER_REPEATED, span, marker=marker.text, before=marker.text)


def _part(clause: Clause) -> str:
    """The attachment that a clause stands in."""
    return clause.id.partition("/")[0] if clause.id.startswith("附件") else ""


def find_attachments(notice: Notice) -> Iterator[Finding]:
    """Attachments that are listed but not printed. A file without any of them prints none: no finding."""
    numbers = printed_attachments(notice)
    if not notice.attachments or not numbers:
        return
    listing = next((element.span for element in notice.elements if element.name == "attachment_list"), None)
    for number, title in enumerate(notice.attachments, 1):
        if number not in numbers and not (len(notice.attachments) == 1 and None in numbers) and listing:
            span = within(notice, listing, title)
            yield found_at(notice, FindingKind.ATTACHMENT_ABSENT, span, number=str(number), title=title)


def printed_attachments(notice: Notice) -> set[int | None]:
    """Numbers of the labels in the text, some in a table's first row, and of the parts that clauses stand in."""
    words = [*_element_words(notice, "attachment_label"), *(_part(clause) for clause in notice.clauses)]
    heads = _element_words(notice, "table_header")
    found = {_number(match.group()) for word in words if (match := LABEL.match(word))}
    return found | {number for head in heads if (number := _number(head)) is not None}


def _element_words(notice: Notice, name: str) -> Iterator[str]:
    return (notice.text[item.span.start : item.span.end] for item in notice.elements if item.name == name)


def _number(label: str) -> int | None:
    match = LABEL.match(label)
    return chinese_number(match["number"]) if match and match["number"] else None


FINDERS: tuple[Callable[[Notice], Iterator[Finding]], ...] = (
    find_two_names,
    find_former_names,
    find_ownerless,
    find_past_deadlines,
    find_broken_sequences,
    find_attachments,
    find_misprints,
    find_form,
)
