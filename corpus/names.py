"""Document numbers and titles reduced to what tells notices apart, however they are printed or typed."""

import re
import unicodedata

ORDINAL = re.compile(r"年?第(?=\d)")  # 〔2021〕第36号 is 〔2021〕36号
STATE = re.compile(r"^中华人民共和国(?=.{2,}令)|^国(?=令\d)")
STATE_COUNCIL = "国务院"  # 国令第724号 is 国务院令第724号
ORGAN_END = "[厅局委会部府院办室央署行组]|部门|单位"
WRAPPED = re.compile(  # 关于印发<X>的通知: what counts is X
    rf"(?:(?:(?!关于).){{0,80}}?(?:{ORGAN_END}))?(?:关于)?(?:联合|重新|修订)?(?:印发|公布|发布|下发|颁布)(?:新?修订[后的]*)?"
    r"(?P<inner>.{4,}?)(?:的(?:通知|函|公告|通报))?"
)
FORWARDED = re.compile(  # 转发<X>的通知 is not X
    rf"(?:(?:(?!关于).){{0,80}}?(?:{ORGAN_END}))?(?:关于)?(?:转发|批转)(?P<inner>.{{4,}}?)(?:的通知)?"
)
ABOUT = re.compile(r"(?:(?!关于).){0,80}?关于(?P<inner>.{2,})")
ENDING = re.compile(r"的(?:通知|函|公告|通报)$")
ISSUER = re.compile(r"关于|印发|转发|批转")
OPENING = re.compile(r"^[\s《〈<«]+")
DEEPEST = 4  # titles within titles
SHORTEST_TITLE = 6  # characters; 《通知》 names nothing


def number_key(number: str | None) -> str | None:
    """鲁政字〔2021〕136号, 鲁政字[2021]136, 鲁政字〔2021〕第136号 -> 鲁政字2021136; `None` for no number."""
    key = ORDINAL.sub("", letters(number).removesuffix("号"))
    return STATE.sub(lambda found: "" if len(found[0]) > 1 else STATE_COUNCIL, key) or None


def title_key(title: str | None) -> str | None:
    """What a title is about, without issuer, wrapping and brackets; `None` where too little is left."""
    key = title_core(title)
    return key if len(key) >= SHORTEST_TITLE else None


def title_core(title: str | None) -> str:
    """The same, however short. A notice that forwards another is not that other."""
    core, forwarded = letters(title), ""
    for _ in range(DEEPEST):
        if found := FORWARDED.fullmatch(core):
            forwarded += "转发"
        elif not (found := WRAPPED.fullmatch(core)):
            break
        core = found["inner"]
    about = ABOUT.fullmatch(core)
    return forwarded + ENDING.sub("", about["inner"] if about else core)


def title_issuer(title: str | None) -> str | None:
    """The issuer that stands before 关于 in a title."""
    bare = OPENING.sub("", title or "")
    about = ISSUER.search(bare)
    return bare[: about.start()].strip() or None if about else None


def letters(text: str | None) -> str:
    """Letters and digits alone, of one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isalnum()).lower()
