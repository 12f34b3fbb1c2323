"""Responsibility statements set apart from the sentence: （省A厅牵头，省B局配合）, 责任单位：市A局.

`read_statement` tells by grammar whether some words are such a statement: they carry a label (责任单位：), close
with a verb of duty (…等负责), or list nothing but organs. What explains a word （含6个月） has none of these.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extract import lexicon
from extract.mentions.context import Context
from extract.mentions.department_lists import DepartmentList, is_area, is_organ, read_list, share_prefix
from extract.mentions.duty_words import any_of
from extract.mentions.scan import find_all
from extract.notice import Department, Role
from extract.organs import LONGEST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Departments of one role in a statement."""

    role: Role
    departments: tuple[Department, ...]
    open_ended: bool = False
    by_duty: bool = False
    rule: str
    cues: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A responsibility statement, and how sure its form makes it."""

    duties: tuple[Duty, ...]
    labelled: bool = False
    bare: bool = False  # nothing but names
    organs_only: bool = False  # every name before a verb has the form of an organ, one is listed by its function


_UNITS = any_of("labels", "units")
_ROLE_WORDS = any_of("labels", "lead", "cooperate", "responsible")
ROLE_LABEL = (  # 责任单位：, 牵头部门（单位）：, 责任（配合）单位：
    rf"(?:[省市县区州]级?|国家|主要)?(?P<role>{_ROLE_WORDS})(?:[和、及/]?(?:{_ROLE_WORDS}))?(?:{_UNITS})"
    r"(?:[（(][一-龥、]{2,8}[）)])?(?:及责任人|及分工|和责任人)?[:：]"
)
OTHER_LABEL = rf"(?:{any_of('labels', 'other')})[:：]"
LABEL = re.compile(rf"{ROLE_LABEL}|(?P<person>{any_of('labels', 'persons')})[:：]|(?P<other>{OTHER_LABEL})")
MODIFIER = rf"(?:{any_of('modifiers', 'words')})"
VERB = re.compile(
    rf"(?P<modifiers>{MODIFIER}{{0,4}}?)"
    rf"(?P<verb>{any_of('verbs', 'lead', 'cooperate', 'responsible')})"
    r"(?![人任制度率式局委司部])(?!同志|单位|情况|机制|小组)(?!(?<=实施)(?:方案|办法|细则|意见))"
)
TRAILING_MODIFIERS = re.compile(rf"{MODIFIER}{{1,4}}$")
JOINT = re.compile(r"会同|会商|会(?=[省市县区州各有])|商(?=[省市县区各国有相]|财政)|联合|协同(?=[省市县区各有相])")
_LEADS = r"(?:牵头|主办|主责)"
_FIRST_LEADS = (  # 列第一位的为牵头单位, 排在首位的单位牵头, 第一个单位为牵头单位
    r"(?:(?:列|排列?|排名|排序|位列|位居|位于|居)(?:在|于|名)?(?:第一(?:位|名|个)?|第1位?|首位?|最前面?|前面)"
    r"|(?:第一[个家位名]|首[个家位]|第一责任)(?=[^，。；：（）、]{0,6}(?:单位|部门)?[^，。；：（）、]{0,2}(?:[为是系]|(?<=单位|部门)牵头))"
    rf")[^，。；：（）、]{{0,10}}{_LEADS}"
)
FIRST_LEADS = re.compile(_FIRST_LEADS)
FIRST_LEADS_FIRST = re.compile("[列排位居第首]")
FIRST_LEADS_CLAUSE = re.compile(rf"[^，。；：（）、]{{0,12}}{_FIRST_LEADS}[^，。；：（）、]{{0,8}}(?:，?下同)?")
BY_DUTY = re.compile(r"分工|职责|职能|各司其职|各负其责")
SHORT = re.compile(r"([一-龥]{2,12}?)(负责|牵头|配合)")
BREAK = re.compile(r"[；;。]")
OPENING = re.compile(r"(?:本项|此项|该项|以上|上述|所需)?(?:工作|任务|措施|资金|经费)?(?:由|请)")
PIECE = re.compile(r"[^，、,（(〔\[]*(?:[（(〔\[][^（()）〔〕\[\]]*[）)〕\]][^，、,（(〔\[]*){0,6}[，、,]?")
AREA_KEYS = frozenset({"functional_area", "local_government"})
CLASS_STARTS = ("各", "市直", "省直", "县直", "区直", "有关部门", "相关部门", "有关单位", "相关单位")
MARKS = "，。；、, "

_WORDS = lexicon.load("responsibilities")
_ROLES = {word: role for role in Role for table in ("labels", "verbs") for word in _WORDS[table][role.value]}
_STRONG = tuple(_WORDS["verbs"]["strong"])


def states_first_is_lead(text: str) -> bool:
    """Whether the text says that the first department of a list leads (列第一位的为牵头单位)."""
    return next(find_all(FIRST_LEADS, FIRST_LEADS_FIRST, text), None) is not None


@lru_cache(maxsize=2048)
def read_statement(content: str, context: Context) -> Statement | None:
    """What some words without their brackets state; `None`: no responsibility statement."""
    plain = content.strip(MARKS)
    if states_first_is_lead(plain):
        plain = FIRST_LEADS_CLAUSE.sub("", plain).strip(MARKS)
    if label := LABEL.match(plain):
        duties = tuple(_share_prefixes(_labelled(plain, context), context))
        duties = tuple(duty for duty in duties if duty.departments) or duties[:1]
        return Statement(duties=duties, labelled=True) if duties and not label["other"] else None
    if other := re.search(OTHER_LABEL, plain):
        plain = plain[: other.start()].strip(MARKS)
    duties = tuple(_share_prefixes(_verbed(plain, context), context))
    if duties:
        return Statement(duties=duties, organs_only=_organs_only(duties))
    return _plain_names(plain, context)


def _share_prefixes(duties: Iterable[Duty], context: Context) -> Iterator[Duty]:
    """省发展改革委牵头，财政厅配合: the prefix goes on into the next list."""
    prefix = ""
    for duty in duties:
        departments, prefix = share_prefix(duty.departments, prefix, context)
        yield replace(duty, departments=departments)


def _plain_names(text: str, context: Context) -> Statement | None:
    """Nothing but organs, or a short name of another kind with its verb (项目业主负责)."""
    if short := SHORT.fullmatch(text):
        return Statement(duties=(_duty(_ROLES[short[2]], read_list(short[1], context), "verb", (short[2],)),))
    found = read_list(text, context)
    if not all(is_organ(department.name) for department in found.departments):
        return None
    if not any(_names_an_organ(department) for department in found.departments):
        return None
    return Statement(duties=(_duty(Role.RESPONSIBLE, found, "bare list", ()),), bare=True)


def _names_an_organ(department: Department) -> bool:
    """Whether a name alone tells that a list of names is one of organs: 市财政局, 各县区, but not 园区."""
    if department.name.startswith(CLASS_STARTS):
        return True
    return department.key is not None and department.key not in AREA_KEYS and not is_area(department.name)


def _organs_only(duties: tuple[Duty, ...]) -> bool:
    departments = [department for duty in duties for department in duty.departments]
    listed = any(department.key and not is_area(department.name) for department in departments)
    return listed and all(is_organ(department.name) for department in departments)


def _labelled(text: str, context: Context) -> Iterator[Duty]:
    """责任单位：A、B；配合单位：C"""
    labels = list(LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip(MARKS)
        if label["person"]:
            yield _person(label[0])
        elif label["role"] and value:
            yield from _label_value(value, _ROLES[label["role"]], label[0], context)


def _person(label: str) -> Duty:
    return Duty(
        role=Role.LEAD if "牵头" in label else Role.RESPONSIBLE,
        departments=(),
        rule="label naming a person",
        cues=(label,),
        problem="责任人是个人，不列入部门",
    )


def _label_value(value: str, role: Role, label: str, context: Context) -> Iterator[Duty]:
    """The label gives the role, unless the value states roles of its own."""
    if duties := tuple(_verbed(value, context)):
        yield from duties
        return
    yield _duty(role, read_list(value, context), "label", (label,))


def _duty(role: Role, found: DepartmentList, rule: str, cues: tuple[str, ...], *, by_duty: bool = False) -> Duty:
    return Duty(
        role=role,
        departments=found.departments,
        open_ended=found.open_ended,
        by_duty=by_duty,
        rule=rule,
        cues=cues,
    )


@dataclass(slots=True)
class _Reading:
    """What has been read of a part since its last verb."""

    names: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)  # named before 会同
    joint: bool = False  # opened by 会同 behind a lead: A牵头，会同B、C负责
    after_object: bool = False  # 负责制定方案、完善政策: what follows may still be the object


def _verbed(text: str, context: Context) -> Iterator[Duty]:
    """A牵头，B、C配合; A会同B、C负责; A负责X，B负责Y."""
    for part in BREAK.split(text):
        reading = _Reading()
        for piece in PIECE.findall(OPENING.sub("", part, count=1) if OPENING.match(part) else part):
            verb = _verb(piece)
            _collect(piece[: verb.start()] if verb else piece, reading)
            if verb:
                yield from _close(reading, verb, context)
                reading = _Reading(after_object=bool(piece[verb.end() :].strip(MARKS)))


def _verb(piece: str) -> re.Match[str] | None:
    """The verb of duty in a piece: one that closes it, else the first strong one behind an organ."""
    found = list(VERB.finditer(piece))
    closing = [match for match in found if not piece[match.end() :].strip(MARKS)]
    strong = [match for match in found if match["verb"].startswith(_STRONG)]
    return next((match for match in closing + strong if _behind_organ(piece[: match.start()])), None)


def _behind_organ(left: str) -> bool:
    """Whether a verb can close what stands before it: an organ, a list's last 等, or nothing of its own."""
    name = TRAILING_MODIFIERS.sub("", JOINT.split(left[-LONGEST_NAME:])[-1]).strip(MARKS)
    name = re.sub(r"^(?:并|再)?由", "", name)
    return not name or is_organ(name) or is_organ(_last_name(name)) or name.endswith("等")


def _last_name(text: str) -> str:
    found = read_list(text, Context()).departments
    return found[-1].name if found else ""


def _collect(piece: str, reading: _Reading) -> None:
    before, *after = JOINT.split(piece, maxsplit=1)
    bare = before.strip(MARKS)
    if reading.after_object and not is_organ(re.sub(r"^由", "", bare)):
        return
    if after:
        reading.leads += [*reading.names, before] if bare or reading.names else []
        reading.joint = not reading.leads
        reading.names = after if after[0].strip(MARKS) else []
    elif bare:
        reading.names.append(piece)


def _close(reading: _Reading, verb: re.Match[str], context: Context) -> Iterator[Duty]:
    """The duties of a unit that its verb has closed."""
    modifiers = "".join(TRAILING_MODIFIERS.findall("".join(reading.names))) + verb["modifiers"]
    role = _ROLES[verb["verb"]]
    if reading.leads:
        yield _duty(Role.LEAD, read_list("".join(reading.leads), context), "会同", ("会同",))
    if reading.leads or reading.joint:
        role = Role.COOPERATE
    found = read_list(TRAILING_MODIFIERS.sub("", "".join(reading.names)), context)
    if found.departments:
        cues = tuple(cue for cue in (modifiers, verb["verb"]) if cue)
        yield _duty(role, found, "verb", cues, by_duty=BY_DUTY.search(modifiers) is not None)
