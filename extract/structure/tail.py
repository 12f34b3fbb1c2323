"""What follows a body: 附件说明, 署名, 成文日期, 附注, 版记 (GB/T 9704-2012, 7.3.4 to 7.4.3).

Each `find_` looks at one line index and says how far its element reaches, or `None`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extract.mentions.dates import parse_date
from extract.mentions.parentheses import ROLE_LABEL
from extract.structure.issuers import organ_line, organs_of
from extract.structure.lines import Line
from extract.structure.markers import is_numbered

DATE = re.compile(
    r"[0-9〇○零一二三四五六七八九十Oo]{2,4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
PERSON = re.compile(  # who signs an order: 省长：张某某
    r"(?:代?[省市县区州]长|主席|总理|主任|部长|局长|厅长|署长|行长)[:：]?(?P<name>[\u4e00-\u9fff·]{2,10}?)(?=\d|$)"
)
DUTY_LABEL = re.compile(ROLE_LABEL)  # 责任部门：市商务局
SEAL = re.compile(r"（(?:代章|盖章|公章|印章)）")
COPIES = re.compile(r"(?:抄送|抄报|分送|主送|发送)(?:机关)?：")
PRINTED = re.compile(
    r"(?P<organ>[\u4e00-\u9fff、（）]{0,40}?)(?P<date>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(?:印发|印制|印)。?"
)
PRINT_COUNT = re.compile(r"[（(]?共印\d+份[）)]?")
SUBJECT_WORDS = re.compile(
    r"(?P<key>主题词|(?:政府|政务)?信息公开(?:选项|属性|形式|类别|类型|方式)?|(?:政务)?公开(?:方式|属性|选项|形式|类别|类型))"
    r"[：:](?P<value>.{0,60})"
)
NOTE = re.compile(
    r"（(?P<text>(?:此件|此文|本文|信息公开|公开|主动公开|依申请|不予公开|联系|咨询|承办|经办|附件|电话)[^（）]{0,200}(?:（[^（）]{0,80}）[^（）]{0,80}){0,3})）"
)
CONTACT = re.compile(r"(?:联系人|联系电话|联系方式|联系单位|咨询电话|联\s*系|经办人|承办单位|业务咨询)")
CONTACT_LINE = re.compile(r"电话|邮箱|传真|联系|手机|地址|邮编|@|\d{3,4}-?\d{7,8}|1\d{10}")
ATTACHMENT_LIST = re.compile(r"附件?[:：](?=.)|附：|附件[:：]$")
LISTED = re.compile(r"\d{1,2}[.．、](?!\d)|\d{1,2}[.．、](?=20\d{2}年)")
ATTACHMENT_LABEL = re.compile(r"附件(?P<number>[0-9一二三四五六七八九十]{0,3})[:：]?")
LABELLED_TITLE = re.compile(r"附件(?P<number>[0-9一二三四五六七八九十]{0,3})[:：]?(?P<title>[^，。；]{4,80})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    issuers: tuple[str, ...]
    issued_on: date | None
    first: int
    end: int  # lines `[first, end)`


def find_signature(lines: Sequence[Line], at: int) -> Signature | None:
    """署名 above 成文日期, or both on one line, or a date alone after a full stop."""
    text = SEAL.sub("", lines[at].text)
    match = DATE.search(text)
    if match is None or match.end() != len(text):
        return None
    before = text[: match.start()]
    if before and not organ_line(before):
        return _personal(before, match.group(), at) if PERSON.fullmatch(before) else None
    if not before and at and PERSON.fullmatch(lines[at - 1].text):
        return Signature(issuers=(), issued_on=parse_date(match.group()), first=at - 1, end=at + 1)
    first, issuers = at, [text[: match.start()]] if match.start() else []
    while not match.start() and first > 0 and at - first < 12 and _names_issuer(lines, first - 1):
        first -= 1
        issuers[:0] = [SEAL.sub("", name) for name in organs_of(lines[first])]
    if not issuers and not _stands_alone(lines, at):
        return None
    return Signature(issuers=tuple(issuers), issued_on=parse_date(match.group()), first=first, end=at + 1)


def _names_issuer(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is an organ's name, and not the end of a list of departments in charge (责任单位：…、)."""
    if not organ_line(SEAL.sub("", lines[i].text)):
        return False
    first = i
    while first > 0 and (lines[first - 1].text.endswith("、") or not lines[first].starts_paragraph):
        first -= 1
    return first == i or DUTY_LABEL.match(lines[first].text) is None


def _personal(person: str, day: str, at: int) -> Signature | None:
    """An order signed by a person and dated on one line; the issuer stands in its head."""
    return Signature(issuers=(), issued_on=parse_date(day), first=at, end=at + 1) if person else None


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """A date line without an issuer: the text before it is finished, and what follows is no continuation."""
    before = at == 0 or lines[at - 1].ends_sentence or not lines[at - 1].starts_paragraph
    after = at + 1 == len(lines) or lines[at + 1].starts_paragraph
    return before and after and (at == 0 or lines[at - 1].text[-1:] not in "，、至于自从在：")


def find_note(lines: Sequence[Line], at: int) -> tuple[str, int] | None:
    """附注 in brackets (7.3.6), over up to six lines: its text without brackets and the line after it."""
    if not lines[at].text.startswith("（"):
        return None
    joined = ""
    for i in range(at, min(at + 6, len(lines))):
        joined += lines[i].text
        if match := NOTE.fullmatch(joined.removesuffix("。")):
            return match.group("text"), i + 1
    return None


def find_contact(lines: Sequence[Line], at: int) -> tuple[str, int] | None:
    """A block of names and telephone numbers; its lines joined and the line after it."""
    if not CONTACT.match(lines[at].text) or is_numbered(lines[at].text) or "。" in lines[at].text[:-1]:
        return None
    end = at + 1
    while (
        end < len(lines) and end - at < 12 and CONTACT_LINE.search(lines[end].text) and "。" not in lines[end].text[:-1]
    ):
        end += 1
    joined = "".join(line.text for line in lines[at:end])
    return (joined.removesuffix("。"), end) if CONTACT_LINE.search(joined) and len(joined) < 600 else None


def find_imprint(lines: Sequence[Line], at: int) -> int | None:
    """版记: from 抄送 or 印发 to the line after 印发日期."""
    if not (COPIES.match(lines[at].text) or PRINTED.fullmatch(lines[at].text) or _printed_on_two_lines(lines, at)):
        return None
    for end in range(at, min(at + 40, len(lines))):
        if PRINTED.search(lines[end].text) or lines[end].text.endswith("印发"):
            following = end + 1
            while following < len(lines) and PRINT_COUNT.fullmatch(lines[following].text):
                following += 1
            return following
        if end > at and ATTACHMENT_LABEL.fullmatch(lines[end].text):
            return end
    return len(lines) if at + 40 >= len(lines) else None


def _printed_on_two_lines(lines: Sequence[Line], at: int) -> bool:
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    return organ_line(lines[at].text) and PRINTED.fullmatch(following) is not None


def copied_to(text: str) -> str | None:
    """抄送机关 from the text of a 版记: what stands between its colon and the printing line."""
    match = COPIES.match(text)
    if match is None:
        return None
    end = PRINTED.search(text, match.end())
    body = text[match.end() : end.start() if end else len(text)]
    stop = body.rfind("。")
    return body[: stop + 1] if stop >= 0 else re.sub(r"(?:办公厅|办公室|人民政府).{0,4}$", "", body) or None


def find_attachment_list(lines: Sequence[Line], at: int) -> int | None:
    """附件说明 (7.3.4): the line after it. It ends before a signature, a label, a note or a new sentence."""
    if not ATTACHMENT_LIST.match(lines[at].text) or not _has_titles(lines, at):
        return None
    end = at + 1
    while end < len(lines) and end - at < 60 and not _ends_attachment_list(lines, at, end):
        end += 1
    return end


def _has_titles(lines: Sequence[Line], at: int) -> bool:
    """Whether titles follow, beside 附件： or numbered below it; 附件： alone may also head an attachment."""
    if not ATTACHMENT_LABEL.fullmatch(lines[at].text):
        return True
    return at + 1 < len(lines) and LISTED.match(lines[at + 1].text) is not None and "。" not in lines[at + 1].text


def _ends_attachment_list(lines: Sequence[Line], at: int, i: int) -> bool:
    text = lines[i].text
    if ATTACHMENT_LABEL.fullmatch(text) or text.startswith(("（此", "（联", "（信", "抄送")) or CONTACT.match(text):
        return True
    if find_signature(lines, i) or (organ_line(text) and i + 1 < len(lines) and _signed_soon(lines, i)):
        return True
    if LISTED.match(text):
        return False
    joined = "".join(line.text for line in lines[at:i])
    return joined.count("（") <= joined.count("）") and lines[i].starts_paragraph and lines[i - 1].width < 24


def _signed_soon(lines: Sequence[Line], i: int) -> bool:
    return any(DATE.search(line.text) for line in lines[i + 1 : i + 6])


def attachment_titles(text: str) -> tuple[str, ...]:
    """The titles in a 附件说明, without numbers and final stops."""
    body = ATTACHMENT_LIST.sub("", text, count=1)
    parts = re.split(r"(?<![0-9])[0-9]{1,2}[.．、](?=[^0-9]|20[0-9]{2}年)", body)
    if len(parts) == 1:
        return (body.rstrip("。；"),)
    return tuple(part.rstrip("。；") for part in parts if part.rstrip("。；"))
