"""Who a sentence itself charges with a duty: 各县市区要……; 由市A局负责……; 省级给予…….

An actor is a noun that ends like an organ, stands where a clause begins (or behind 由, 请) and is followed by a
verb of duty. Permission (可), encouragement (鼓励…) and bodies one applies to charge nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.lexicon import load
from extract.mentions import actor_grammar as grammar
from extract.mentions.context import Context
from extract.mentions.department_lists import is_area, is_organ, is_place, read_list
from extract.notice import Responsibility, ResponsibilitySource, Role
from extract.organs import function_key
from extract.span import Span

SENTENCE = re.compile(r"[^。；！？\n]+")
SEGMENT = re.compile(r"[^，。；：！？\n]+")
GENERIC = frozenset({"部门", "单位", "机构", "中心", "组织"})
PLACE_ENDS = ("市", "县", "区", "旗")
PLACE_SIGN = re.compile("[、和]")
MODALS = frozenset(load("responsibilities")["actors"]["modals"])
BINDING = frozenset({"负责", "牵头"})  # they charge bodies too
DIVIDING = BINDING | {"配合", "协助"}  # without a modal they alone charge 秦安县, whose name more often says where
AREA_KEYS = frozenset({"functional_area", "local_government"})  # 开发区建设: more often a noun than a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Actor:
    """A subject found at `start`; its names end at `names_end`, its predicate begins there."""

    start: int  # where the statement begins, 由 included
    segment: int  # where its part of the sentence begins: 具体办法由…
    names_start: int
    names_end: int
    role: Role
    rule: str
    cue: str
    shared: bool = False  # a whole segment: the verb comes with the next subject


def find_actors(text: str, plain: str, context: Context) -> Iterator[Responsibility]:
    """Statements with source `sentence`. `plain` is the text with full stops where statements in brackets stand."""
    masked = grammar.mask(plain)
    for sentence in SENTENCE.finditer(masked):
        actors = list(_actors(masked, sentence.start(), sentence.end()))
        if actors and grammar.NARRATED.match(masked, sentence.start(), sentence.end()):
            actors = [actor for actor in actors if actor.cue in MODALS]
        ends = _ends(actors, sentence.end())
        for actor, end in zip(actors, ends, strict=True):
            yield from _responsibilities(text, actor, end, context)


def _ends(actors: list[_Actor], sentence_end: int) -> list[int]:
    """A statement runs to the next actor's, or as far as that where both share a verb."""
    ends: list[int] = []
    end, start, segment = sentence_end, sentence_end, sentence_end
    for actor in reversed(actors):
        if actor.start != start and not actor.shared:
            end = segment if segment > actor.start else start
        ends.append(end)
        start, segment = actor.start, actor.segment
    return ends[::-1]


def _actors(masked: str, start: int, end: int) -> Iterator[_Actor]:
    segments = [match.span() for match in SEGMENT.finditer(masked, start, end)]
    if grammar.SHARED_OUT.search(masked, start, end):
        segments = [part for segment in segments for part in _shared_out(masked, *segment)]
    lead: _Actor | None = None  # of the segment before
    for number, (first, last) in enumerate(segments):
        following = [masked[a:b] for a, b in segments[number + 1 : number + 3]]
        segment = masked[first:last]
        if (joined := grammar.JOINED.match(segment)) and lead:
            start, stop = first + joined.start("names"), first + joined.end("names")
            yield replace(lead, names_start=start, names_end=stop, role=Role.COOPERATE, rule="会同", cue="会同")
            continue
        lead = None
        if masked[last : last + 1] == "：" and segment.endswith(("主办", "承办", "协办")):  # labels of a page's foot
            continue
        actor = _subject(segment, first, following)
        for charged in [actor] if actor else _entrusted(segment, first):
            for found in _with_partners(charged, segment, first):
                lead = found if found.role is Role.LEAD else None
                yield found


def _shared_out(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """由A局牵头、B局落实 as two parts."""
    while cut := grammar.SHARED_OUT.search(masked, start, end):
        yield start, cut.start("mark")
        start = cut.end("mark")
    yield start, end


def _with_partners(actor: _Actor, segment: str, offset: int) -> Iterator[_Actor]:
    """人社部门会同财政部门制定……: the first leads, the others cooperate."""
    match = grammar.PARTNERS.match(segment, actor.names_end - offset)
    if match is None:
        yield actor
        return
    yield replace(actor, role=Role.LEAD, rule="会同", cue="会同")
    start, end = match.span("names")
    partners = replace(actor, names_start=offset + start, names_end=offset + end, role=Role.COOPERATE)
    yield replace(partners, rule="会同", cue="会同")


def _subject(segment: str, offset: int, following: list[str]) -> _Actor | None:
    lead_in = grammar.LEAD_IN.match(segment)
    at = lead_in.end() if lead_in else 0
    please = grammar.PLEASE.match(segment, at)
    at = please.end() if please else at
    defined = grammar.DEFINED.match(segment, at) if "是" in segment or "作为" in segment else None
    match = defined or grammar.SUBJECT.match(segment, at)
    if match is None or grammar.OPENER.match(match["names"]):
        return None
    rest = segment[match.end() :]
    verb = _charge(match["names"], rest, following, asked=bool(please))
    actor = _Actor(
        start=offset + at,
        segment=offset,
        names_start=offset + at,
        names_end=offset + match.end("names"),
        role=_role(verb or "", match["names"]),
        rule="subject of a duty",
        cue=verb or "",
    )
    if verb is None and match.end("names") == len(segment) and following and _is_public(match["names"]):
        partner = _subject(following[0], 0, following[1:])
        return replace(actor, cue=partner.cue, role=partner.role, shared=True) if partner else None
    return actor if verb else None


def _charge(names: str, rest: str, following: list[str], *, asked: bool) -> str | None:
    """The verb that charges the names; `None` where they are merely permitted something."""
    if not rest:
        rest, following = (following[0], following[1:]) if following else ("", [])
    predicate = grammar.CONTINUED.match(rest)
    if predicate is None or predicate["permission"] or _tells(rest, following):
        return None
    if rest.endswith("的"):  # 登记机关撤销登记的，…: a case
        return _next_modal(following)
    public = asked or _is_public(names)
    if predicate["modal"]:
        role_verb = grammar.ROLE_VERB.match(rest, predicate.end())
        stated: str = role_verb["verb"] if role_verb else predicate["modal"]
        return stated if public or not grammar.QUALITY.match(rest, predicate.end()) else None
    if not public:
        return predicate["duty"] if predicate["duty"] in BINDING else _strict(rest, following)
    return _plain(names, rest, following, predicate)


def _tells(rest: str, following: list[str]) -> bool:
    """在审核中发现的人员 names a case; 制定了《办法》，现印发 and 组织专家，对……开展了督导 tell what has been done."""
    if grammar.FOUND_BY.match(rest) or any(map(grammar.ISSUED.match, following)):
        return True
    told = "，".join((rest, *following[:1]))
    return "了" in told and bool(grammar.DONE.search(told)) and not grammar.MODAL_FIRST.match(rest)


def _plain(names: str, rest: str, following: list[str], predicate: re.Match[str]) -> str | None:
    """The verb by which an organ of the state is charged without a modal: 市财政局拨付资金."""
    if names.endswith(PLACE_ENDS) and all(map(is_place, PLACE_SIGN.split(names))):
        return predicate["duty"] if predicate["duty"] in DIVIDING else None
    if names.startswith("全") or names in GENERIC:  # 全市每年……不低于: a target; 部门协同更加高效: no actor
        return None
    if predicate["nominal"] and not (predicate.start("nominal") or names.startswith("各") or _listed(names)):
        return None
    return predicate["duty"] or predicate["nominal"] or _later(rest, predicate.end(), following)


def _strict(rest: str, following: list[str]) -> str | None:
    """Bodies and persons are charged by words of duty alone: 企业在10日内应当……, 主要负责人为第一责任人，要……."""
    if grammar.PERMITTED.search(rest):
        return None
    modal = grammar.STRICT_MODAL.search(rest)
    return modal["verb"] if modal else _next_modal(following)


def _next_modal(following: list[str]) -> str | None:
    """The modal that opens the next part of the sentence, unless it says what somebody must be."""
    whole = "，".join(["", *following[:1]])
    modal = grammar.NEXT_MODAL.match(whole)
    return modal["verb"] if modal and not grammar.QUALITY.match(whole, modal.end()) else None


def _listed(names: str) -> bool:
    """Whether every name is one of the list of organs."""
    departments = read_list(names.replace(grammar.FILLER, ""), Context()).departments
    return bool(departments) and all(department.key and department.key not in AREA_KEYS for department in departments)


def _later(rest: str, at: int, following: list[str]) -> str | None:
    """The duty behind an adverbial: 在设立见习单位时，要优先……."""
    whole = "，".join([rest, *following[:1]])
    if grammar.PERMITTED.search(whole) or grammar.APPLIES.match(rest):
        return None
    later = grammar.NEXT_MODAL.search(whole, at) or grammar.LATER_DUTY.search(whole, at)
    return later["verb"] if later else None


def _is_public(names: str) -> bool:
    """An organ of the state, or a level or area that stands for one."""
    departments = read_list(names.replace(grammar.FILLER, ""), Context()).departments
    if not departments or grammar.PERSON_HEAD.search(names):
        return False
    if all(
        d.key or is_area(d.name) or is_place(d.name) or function_key(d.name.rsplit("、", 1)[-1]) for d in departments
    ):
        return True
    if grammar.PUBLIC_BODY.match(names):
        return True
    head = grammar.PUBLIC_HEAD.search(names)
    return head is not None and (grammar.PUBLIC_START.match(names) is not None or names.endswith(grammar.OWN_HEADS))


def _role(verb: str, names: str) -> Role:
    if verb in {"牵头", "主办"}:
        return Role.LEAD
    if verb == "协同" and grammar.SEVERAL.search(names):  # 市、区协同建设: with each other
        return Role.RESPONSIBLE
    return Role.COOPERATE if verb in {"配合", "协助", "协同", "参与"} else Role.RESPONSIBLE


def _entrusted(segment: str, offset: int) -> Iterator[_Actor]:
    for match in grammar.ENTRUSTED.finditer(segment) if "由" in segment else ():
        predicate = grammar.CONTINUED.match(segment, match.end())
        applies = grammar.APPLIES.match(segment, match.end())
        from_to = grammar.FROM_TO.match(segment, match.end())
        if grammar.OPENER.match(match["names"]) or applies or from_to or (predicate and predicate["permission"]):
            continue
        cue = (predicate["modal"] or predicate["duty"] or "") if predicate else ""
        yield _Actor(
            start=offset + match.start(),
            segment=offset,
            names_start=offset + match.start("names"),
            names_end=offset + match.end("names"),
            role=_role(cue, match["names"]),
            rule="由",
            cue=cue,
        )


def _is_device(name: str) -> bool:
    """人社系统 is a branch of government, 报警系统 a machine."""
    return name.endswith("系统") and not name.startswith(("全", "各", "本"))


def _responsibilities(text: str, actor: _Actor, end: int, context: Context) -> Iterator[Responsibility]:
    found = read_list(grammar.REMARK.sub("", text[actor.names_start : actor.names_end]), context)
    departments = tuple(d for d in found.departments if d.key or (is_organ(d.full_name) and not _is_device(d.name)))
    if not departments:
        return
    end = actor.start + len(text[actor.start : end].rstrip("，：、"))
    yield Responsibility(
        quote=text[actor.start : end],
        span=Span(actor.start, end),
        source=ResponsibilitySource.SENTENCE,
        role=actor.role,
        departments=departments,
        open_ended=found.open_ended,
        by_duty=grammar.BY_DUTY.match(text, actor.names_end) is not None,
        rule=actor.rule,
        cues=(actor.cue,) if actor.cue else (),
    )
