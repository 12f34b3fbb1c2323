"""Normal text of a clause in, who has to carry it out: 牵头, 配合, 负责 in parentheses and in the sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat

from extract import lexicon
from extract.mentions.actors import find_actors
from extract.mentions.context import Context
from extract.mentions.department_lists import is_organ, read_list
from extract.mentions.parentheses import OTHER_LABEL, ROLE_LABEL, Duty, Statement, read_statement, states_first_is_lead
from extract.notice import Responsibility, ResponsibilitySource, Role
from extract.organs import read_organ
from extract.span import Span

__all__ = [
    "find_cell_responsibilities",
    "find_heading_responsibilities",
    "find_responsibilities",
    "find_statements",
    "read_department_list",
    "states_first_is_lead",
]


def find_responsibilities(text: str, context: Context) -> tuple[Responsibility, ...]:
    """Statements of responsibility in the normal text of one clause, in the order of the text.

    A parenthesis is quoted with its brackets and gives one object a role, all with the same span.
    """
    statements = find_statements(text, context)
    plain = _without(text, {item.span for item in statements}, "。")
    actors = find_actors(text, plain, context)
    return tuple(sorted((*statements, *actors), key=lambda item: item.span))


def find_heading_responsibilities(text: str, context: Context) -> tuple[Responsibility, ...]:
    """Actors of a heading that is a sentence (各区要压实责任); 部门职责 and 市财政局资金安排情况 name a topic."""
    if TOPIC.search(text):
        return ()
    actors = find_responsibilities(text, context)
    return tuple(
        item
        for item in actors
        if item.source is ResponsibilitySource.SENTENCE and PLAIN_VERBS.issuperset(item.cues) and item.cues
    )


def find_statements(text: str, context: Context) -> tuple[Responsibility, ...]:
    """Only the statements set apart from the sentence; the text may be a whole notice's."""
    return tuple(_statements(text, context))


def read_department_list(text: str, role: Role, context: Context) -> Responsibility:
    """A table cell (市发展改革委、财政局，各区县政府) under a head that gives the role."""
    found = read_list(text, context)
    return Responsibility(
        quote=text,
        span=Span(0, len(text)),
        source=ResponsibilitySource.TABLE,
        role=role,
        departments=found.departments,
        open_ended=found.open_ended,
        rule="table cell",
    )


def find_cell_responsibilities(
    text: str, role: Role, context: Context, lines: Sequence[str] = ()
) -> tuple[Responsibility, ...]:
    """A table cell that may state roles of its own (市A局牵头，市B局配合); else the head's role.

    `lines`: the cell as typed, one name a line or several. A line that breaks off a name parts nothing.
    """
    said = "，".join(lines) if len(lines) > 1 and all(_ends_a_name(line, context) for line in lines) else text
    statement = read_statement(said, context)
    if statement is None or statement.bare:
        item = replace(read_department_list(said, role, context), quote=text, span=Span(0, len(text)))
        return (item,) if any(NAMED.search(department.name) for department in item.departments) else ()
    span = Span(0, len(text))
    return tuple(_responsibility(duty, text, span, ResponsibilitySource.TABLE) for duty in statement.duties)


def _ends_a_name(line: str, context: Context) -> bool:
    names = read_list(line, context).departments
    return (bool(names) and is_organ(names[-1].name)) or read_statement(line, context) is not None


def _statements(text: str, context: Context) -> Iterator[Responsibility]:
    for span in _candidates(text):
        quote = text[span.start : span.end]
        statement = read_statement(BRACKETED.sub(r"\1", quote), context)
        if statement is None or not _stands_apart(text, span, statement):
            continue
        duties = statement.duties
        if context.first_is_lead or states_first_is_lead(quote):
            duties = tuple(_lead_first(duties))
        for duty in duties:
            yield _responsibility(duty, quote, span, ResponsibilitySource.PARENTHESIS)


OPEN, CLOSE = "（(【[〔［", "）)】]〕］"
BRACKETS = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
FILLER = "□"
COLON = re.compile("[：:]")
LABEL_BEFORE = re.compile(rf"(?<![各等的由有相])(?P<label>{ROLE_LABEL})$")
NUMERAL = r"[一二三四五六七八九十百]{1,4}"
MARKER = re.compile(rf"[（(](?:{NUMERAL}|\d{{1,3}})[）)]")  # （十二）
TOPIC = re.compile(  # what a heading ends with that is no sentence
    r"(?:情况|职责|机制|流程|方式|办法|方案|要求|分工|任务|条件|标准|范围|内容|程序|体系|制度|名单|清单|指南|须知|事项|措施|工作|建设|[？?])[。]?$"
)
_ACTORS = lexicon.load("responsibilities")["actors"]
PLAIN_VERBS = frozenset({*_ACTORS["modals"], *_ACTORS["duties"]})
NAMED = re.compile("[一-龥]{2}")  # a cell may hold only a stroke or 无
FURNITURE = re.compile("网站标识码|联系我们|版权所有|备案序号|[一-龥]?ICP备|[一-龥]?公网安备")  # of a printed web page
LINE_END = re.compile(  # a line's end is lost in normal text: the next clause's marker tells
    rf"[。！？\n]|{OTHER_LABEL}|{FURNITURE.pattern}|{MARKER.pattern}|(?<=[局厅委办部会府中心])(?:{NUMERAL}、|\d{{1,3}}[.．、])"
)
APPOSITION = re.compile(r"(?<=[局厅委办部会院室位门构组府心站所])$")  # 领导小组办公室（市财政局）
BRACKETED = re.compile(f"(?s)^[{re.escape(OPEN)}](.*)[{re.escape(CLOSE)}]$")
LONGEST_STATEMENT = 2000  # characters; the longest real ones name forty departments
SHORTEST_STATEMENT = 4  # （A局）
LONGEST_LABEL = 24
SENTENCE_END = "。；！？"


def _candidates(text: str) -> list[Span]:
    """Outermost brackets, and what follows a label outside brackets (责任单位：…); they do not overlap."""
    brackets = list(_brackets(text))
    return sorted([*brackets, *_labelled_lines(text, brackets)])


def _brackets(text: str) -> Iterator[Span]:
    stack: list[int] = []
    for match in BRACKETS.finditer(text):
        if match[0] in OPEN:
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            long_enough = SHORTEST_STATEMENT <= match.end() - start <= LONGEST_STATEMENT
            if not stack and long_enough and not MARKER.fullmatch(text, start, match.end()):
                yield Span(start, match.end())


def _labelled_lines(text: str, brackets: list[Span]) -> Iterator[Span]:
    """From a label of a role to the end of its sentence, or to a label of something else (完成时限：)."""
    plain = _without(text, brackets, FILLER)
    ends = chain((match.start() for match in LINE_END.finditer(plain)), repeat(len(text)))
    done = end = 0
    for colon in COLON.finditer(plain):
        label = LABEL_BEFORE.search(plain, max(done, colon.start() - LONGEST_LABEL), colon.end())
        if label is None:
            continue
        while end < colon.end() and end < len(text):
            end = next(ends)
        if FURNITURE.match(plain, end):
            continue
        if end - label.start("label") <= LONGEST_STATEMENT:
            done = end + _owns_stop(plain, label.start("label"), end)
            yield Span(label.start("label"), done)


def _without(text: str, spans: Iterable[Span], filler: str) -> str:
    """The text, as long as before, with the spans filled; they do not overlap."""
    pieces, done = [], 0
    for span in sorted(spans):
        pieces += [text[done : span.start], filler * (span.end - span.start)]
        done = span.end
    return "".join([*pieces, text[done:]])


def _owns_stop(plain: str, start: int, end: int) -> bool:
    """Whether the 。 belongs to a line of its own: without its line the body would keep two in a row."""
    return plain[end : end + 1] == "。" and (start == 0 or plain[start - 1] in SENTENCE_END)


def _stands_apart(text: str, span: Span, statement: Statement) -> bool:
    """Whether brackets stand behind a sentence or close it; inside one they explain a word."""
    if statement.labelled:
        return True
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    behind = not before or before in SENTENCE_END or before in CLOSE
    closes = not after or after in SENTENCE_END
    if statement.bare:
        return behind or (closes and _is_placed(statement) and not APPOSITION.search(text, 0, span.start))
    return behind or statement.organs_only


def _is_placed(statement: Statement) -> bool:
    """Whether a bare list names the level or place of an organ: （市财政局）, not （工会、妇联）."""
    organs = [read_organ(department.name) for duty in statement.duties for department in duty.departments]
    return any(organ is not None and organ.prefix for organ in organs)


def _lead_first(duties: tuple[Duty, ...]) -> Iterator[Duty]:
    """The text says that the first department of a list leads."""
    if any(duty.role is Role.LEAD for duty in duties):
        yield from duties
        return
    at = next((i for i, duty in enumerate(duties) if duty.role is Role.RESPONSIBLE and duty.departments), None)
    for i, duty in enumerate(duties):
        if i != at:
            yield duty
            continue
        first, rest = duty.departments[:1], duty.departments[1:]
        yield replace(duty, role=Role.LEAD, departments=first, open_ended=False, rule="列第一位的为牵头单位")
        if rest or duty.open_ended:
            yield replace(duty, departments=rest)


def _responsibility(duty: Duty, quote: str, span: Span, source: ResponsibilitySource) -> Responsibility:
    return Responsibility(
        quote=quote,
        span=span,
        source=source,
        role=duty.role,
        departments=duty.departments,
        open_ended=duty.open_ended,
        by_duty=duty.by_duty,
        rule=duty.rule,
        cues=duty.cues,
        problem=duty.problem,
    )
