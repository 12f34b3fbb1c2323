"""A notice in, the documents it names out, each with how: carried out, ended, or merely cited.

A lower notice says in its title, its opening or its first article what it carries out: 为贯彻落实《…》（…）精神.
What a notice prints itself (现将《…方案》印发给你们) is no other document and is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from corpus.documents import Kind, kind_of
from corpus.lexicon import load
from corpus.names import number_key, title_core, title_issuer, title_key
from extract.mentions.citations import find_citations
from extract.mentions.context import Context
from extract.notice import Citation, Clause, Notice

IMPLEMENTS, CITES, REPEALS = "implements", "cites", "repeals"

BEFORE, AFTER = 300, 240  # characters of the sentence around a citation that are looked at
STOP = re.compile(r"[。；！？]")
CITED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)])?")
JOINED = re.compile(r"(?:《》[、，和与及以]*|等)+$")  # 制定了《甲》《乙》和<丙>: one verb for all
MENTIONED = re.compile(r"^(?:[、，和与及以]*《》)*(?:等[0-9一二三四五六七八九十]*[个件份]?)?(?:文件|规定)*")
HANDED_ON = re.compile(r"[^，。；！？]{0,12}(?:转发|翻印|转印)")  # 现将《…》（…）转发给你们
HANDED_OUT = re.compile(r"[^，。；！？]{0,12}(?:印发|下发)")
BASIS = re.compile(r"[^，。；！？]{0,6}(?:作)?为(?:依据|根据|指导|遵循|指引)")  # 以《…》为依据
CARRYING = re.compile(  # 《…》贯彻实施工作, 《…》实施方案; not 《…》实施以来
    r"(?:文件)?(?:精神)?的?(?:学习|全面|有效|抓好)?(?:贯彻|落实|实施|执行)(?!以来|之?后|情况|过程|期间|前|期满|之日)"
)
FOUNDED = re.compile(  # 根据《…》，结合我市实际，制定本办法: the sentence that a notice stands on
    r"(?:制定|制订|修订|拟定|拟订|提出|编制|出台|印发)(?:了|出)?(?:本|此|以?下|如下|《)|(?:结合|联系|立足)[^。；]{0,12}实际"
)
ISSUED = re.compile(  # 《…方案》已经市政府同意，现印发给你们
    r"(?:业|现)?(?:已|经)[^。；《]{0,60}(?:印发|公布|发布|下发)(?:给|你们|实施|施行|，|$)|[^，。；《]{0,4}(?:现|并)?(?:予以)?(?:印发|公布|下发|发布)(?:给)?(?:你们|各)"
)
MAKER = re.compile(  # 省政府出台《…》: another's, unless that is who issues the notice
    r"(?:^|[，,、])(?:近日|近期|日前|此前|目前|近年来|[0-9]{4}年|[0-9]{1,2}月)*(?P<organ>(?![我本])[^，。；、《》我本]{0,24}"
    r"(?:[厅局委部院办署]|政府|委员会|办公[厅室]|中央))(?:等[^，。；、]{0,6})?(?:研究|联合|组织|专门|先后|已经|已|共同|统一|会同[^，。；、]{0,20})*$"
)
ATTACHED_AFTER = re.compile(r"[（(](?:详?见)?附件")
ATTACHED_BEFORE = re.compile(r"附件[0-9一二三四五六七八九十]{0,2}[：:.．、]?$")


def cited_documents(notice: Notice) -> Iterator[tuple[Any, ...]]:
    """Rows of the store's table `citation`, without the notice."""
    own_number, own_titles = number_key(notice.document_number), _own_titles(notice)
    for clause, relation, citation in (*_in_title(notice), *_in_clauses(notice)):
        number, title = number_key(citation.document_number), title_key(citation.title)
        law = kind_of(citation.title, citation.document_number) is Kind.LAW
        printed = number == own_number if number else title_core(citation.title) in own_titles
        if (number or title or law) and not printed:
            issuer = citation.issuer or title_issuer(citation.title)
            place = _title_start(notice) if clause == "head" else 0
            start = None if place is None else place + citation.span.start
            yield (
                clause,
                relation,
                citation.document_number,
                number,
                citation.title,
                title,
                issuer,
                citation.quote,
                start,
            )


def _title_start(notice: Notice) -> int | None:
    """Where the title stands in the text; `None` where its lines were joined."""
    found = notice.text.find(notice.title or "")
    return None if found < 0 else found


def _own_titles(notice: Notice) -> frozenset[str]:
    """What the notice is about and what is attached to it."""
    return frozenset(filter(None, map(title_core, (notice.title, *notice.attachments))))


def _in_title(notice: Notice) -> Iterator[tuple[str, str, Citation]]:
    title = notice.title or ""
    context = Context(
        issued_on=notice.issued_on, year=notice.year, level=notice.level, province=notice.province, city=notice.city
    )
    for citation in find_citations(title, context):
        before, after = title[: citation.span.start], title[citation.span.end :]
        yield "head", _relation(CITED.sub("《》", before), CITED.sub("《》", after), founding=True), citation


def _in_clauses(notice: Notice) -> Iterator[tuple[str, str, Citation]]:
    for clause in notice.clauses:
        opening = clause.level == 0 and clause.id.rpartition("/")[2].startswith("preamble")
        for citation in clause.citations:
            before, after = _around(notice.text, clause, citation)
            if citation.document_number or not _is_own(before, after, notice.issuers):
                founding = opening or bool(FOUNDED.search(after))
                yield clause.id, _relation(before, after, founding=founding, number=citation.document_number), citation


def _around(text: str, clause: Clause, citation: Citation) -> tuple[str, str]:
    """The rest of the sentence on both sides, other titles in it as 《》: their words are not its own."""
    before = CITED.sub("《》", text[max(clause.span.start, citation.span.start - BEFORE) : citation.span.start])
    after = CITED.sub("《》", text[citation.span.end : min(clause.span.end, citation.span.end + AFTER)])
    end = STOP.search(after)
    return STOP.split(before)[-1], after[: end.start()] if end else after


def _is_own(before: str, after: str, issuers: Sequence[str]) -> bool:
    """现将《…》印发给你们, 制定了《…》, 《…》（见附件2）: a part of the notice itself."""
    if ATTACHED_AFTER.match(after) or ATTACHED_BEFORE.search(before):
        return True
    if HANDED_ON.match(after) or BASIS.match(after):
        return False
    made = _makes().search(JOINED.sub("", before))
    if made is None:
        return bool(ISSUED.match(MENTIONED.sub("", after)))
    maker = MAKER.search(before, 0, made.start())
    return maker is None or any(maker["organ"] in issuer for issuer in issuers)


def _relation(before: str, after: str, *, founding: bool, number: str | None = None) -> str:
    if _is_ended(before, after):
        return REPEALS
    handed_on = HANDED_ON.match(after) or (number and HANDED_OUT.match(after) and before.endswith("将"))
    if founding and (_is_carried_out(before) or handed_on or BASIS.match(after) or CARRYING.match(after)):
        return IMPLEMENTS
    return CITES


def _is_ended(before: str, after: str) -> bool:
    """《甲》（…）、《乙》同时废止, 废止《甲》; not 根据《甲》…予以废止, not 《甲》已废止."""
    return bool(_ends().match(MENTIONED.sub("", after)) and not _is_carried_out(before)) or bool(
        _ending().search(JOINED.sub("", before))
    )


def _is_carried_out(before: str) -> bool:
    """Whether the last verb before the citation is one of carrying out."""
    found = list(_verbs().finditer(before))
    return bool(found) and found[-1].lastgroup == "carries_out"


@cache
def _verbs() -> re.Pattern[str]:
    words = load("relations")
    # 省政府印发的<…>, 印发<…>以来: no verb of the sentence
    return re.compile(f"(?P<carries_out>{_any(words['carries_out'])})|(?P<names>{_any(words['names'])})(?!的)")


@cache
def _makes() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(load('relations')['makes'])})(?:了|好|完善)?$")


@cache
def _ends() -> re.Pattern[str]:
    when = r"[，,]?(?:自|从|于|在)[^，。；《]{2,24}?(?:日|起|时)[，,]?(?:起)?"
    return re.compile(
        rf"(?:{when})?(?:[，,]?(?:同时|即行|即|相应|一并|均|予以|全部|也|自动|自行|随之|正式|宣布))*(?:{_any(load('relations')['ends'])})"
    )


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(load('relations')['ends'])})(?:原|了|以下|下列)?[^，。；《》的]{{0,16}}$")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
