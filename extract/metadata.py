"""What a notice says of itself, from its head, its tail and the page it stood on."""

import re
from dataclasses import dataclass
from datetime import date

from extract.document_number import DocumentNumber
from extract.issuer_codes import decode_issuer
from extract.jurisdictions import locate
from extract.mentions.dates import parse_date
from extract.structure.head import Head
from extract.structure.issuers import organ_line, split_organs
from extract.structure.parts import Parts
from extract.structure.title import issued_title

STATED_DATE = re.compile(r"\d{4}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})")
GOVERNMENT = re.compile(r"[\u4e00-\u9fff]{2,12}?[省市县区州]人民政府(?:办公厅|办公室)?")  # that a title begins with
OWN_LEVEL = re.compile("[省市县区州](?:人民政府|政府|委|[\u4e00-\u9fff]{1,16}[厅局委办室])")
DECREE = re.compile(  # 国务院令第746号, 国家税务总局公告2026年第9号
    r"(?P<organ>.+)令第(?P<serial>\d+)号|(?P<announcer>.+(?=公告|通告))?(?:公告|通告)?(?P<year>20\d{2})年第?(?P<own>\d+)号"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Under the names of `extract.notice.Notice`."""

    document_number: str | None
    issuer_code: str | None
    year: int | None
    serial: int | None
    title: str | None
    issuers: tuple[str, ...]
    issued_on: date | None
    disclosure: str | None


def read_metadata(head: Head, parts: Parts, page: dict[str, str]) -> Metadata:
    """Put together what head and tail say; `page` (a web page's table) fills what they leave open."""
    stated = {**head.stated, **page}
    number = head.number
    decree = DECREE.fullmatch(head.decree or "")
    issued_on = _issued_on(head, parts, stated)
    issuers = _issuers(
        head, parts, stated.get("issuers", ""), decree["organ"] or decree["announcer"] if decree else None
    )
    return Metadata(
        document_number=number.canonical if number else head.decree,
        issuer_code=number.issuer_code if number else None,
        year=number.year if number else (_year(decree, issued_on) if decree else None),
        serial=number.serial if number else (int(decree["serial"] or decree["own"]) if decree else None),
        title=_title(head, parts) or stated.get("title"),
        issuers=tuple(_with_area(name, number, head.title or "") for name in issuers) if number else issuers,
        issued_on=issued_on,
        disclosure=parts.disclosure or stated.get("disclosure"),
    )


def _year(decree: re.Match[str], issued_on: date | None) -> int | None:
    """A 公告 numbers by the year it names; an order's number runs on, its year is that of its issue."""
    return int(decree["year"]) if decree["year"] else issued_on.year if issued_on else None


def _issued_on(head: Head, parts: Parts, stated: dict[str, str]) -> date | None:
    """成文日期 under the signature, else in the page's table or in the note under the title."""
    if parts.issued_on:
        return parts.issued_on
    for words in (stated.get("issued_on", ""), head.adopted or ""):
        if match := STATED_DATE.search(words):
            return parse_date(match.group())
    return None


def _title(head: Head, parts: Parts) -> str | None:
    """The title; of an order the title of what it promulgates, printed behind it."""
    if head.decree and (head.title or "").endswith("令"):
        return next((part.title for part in parts.parts if part.title), head.title)
    return head.title


def _issuers(head: Head, parts: Parts, stated: str, decreed: str | None) -> tuple[str, ...]:
    """署名, else the title's own words, the mark above it, or what the page's table names."""
    if parts.issuers:
        return tuple(name for line in parts.issuers for name in split_organs(line))
    if decreed:
        return tuple(name for part in decreed.split("、") for name in split_organs(part))
    if head.title and (about := head.title.find("关于")) > 2:
        return tuple(name for part in head.title[:about].split("、") if part for name in split_organs(part))
    if head.mark:
        return tuple(name for mark in head.mark.split("、") for name in split_organs(mark))
    if organ_line(stated):
        return tuple(re.split("[、，]", stated))
    named = GOVERNMENT.match(head.title or "")
    return (named.group(),) if named else ()


def _with_area(name: str, number: DocumentNumber, title: str) -> str:
    """省人民政府办公厅 with 鄂政办发 is Hubei's: a name that opens with its bare level takes the area of the code.

    What the title issues may tell which of two cities has the code: 关于印发咸宁市….
    """
    if not OWN_LEVEL.match(name):
        return name
    hint = locate((issued_title(title) or "").lstrip("《〈"))
    issuer = decode_issuer(number.issuer_code, number.year, province=hint.province, city=hint.city)
    place = locate(issuer or "")
    area = place.county or place.city or place.province or ""
    return area + name[1:] if area.endswith(name[0]) else name
