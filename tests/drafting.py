"""Notices for tests: an issuer and its clauses in, the notice as the real parser reads it out."""

from collections.abc import Sequence
from functools import cache

from extract.notice import Document, Notice, Source
from extract.reading import extract_bytes

DIGITS = "一二三四五六七八九"
NUMERALS = [*DIGITS, "十", *(f"十{n}" for n in DIGITS), *(f"{t}十{n}" for t in DIGITS[1:] for n in ("", *DIGITS))]
CODES = {
    "山西省人民政府": "晋政发",
    "太原市人民政府": "并政发",
    "国务院": "国发",
    "江苏省人民政府": "苏政发",
    "广西壮族自治区人民政府": "桂政发",
    "南宁市人民政府": "南府发",
    "山东省人民政府": "鲁政字",
    "济南市人民政府": "济政字",
    "南通市人民政府": "通政发",
    "辽宁省人民政府": "辽政发",
    "鞍山市人民政府": "鞍政发",
    "浙江省人民政府": "浙政发",
    "杭州市人民政府": "杭政函",
    "四川省人民政府": "川府发",
    "成都市人民政府": "成府发",
    "内蒙古自治区人民政府": "内政发",
    "包头市人民政府": "包府发",
    "苏州市人民政府": "苏府",
    "昆山市人民政府": "昆政发",
    "青岛市人民政府": "青政发",
}

Section = tuple[str, Sequence[str]]


def draft_text(issuer: str, sections: Sequence[Section]) -> str:
    """A whole notice: 一、 heads each section, （一） each of its items."""
    body = []
    for number, (heading, items) in enumerate(sections):
        body.append(f"{NUMERALS[number]}、{heading}")
        body += [f"（{NUMERALS[at]}）有关事项。{item}" for at, item in enumerate(items)]
    head = [
        f"{CODES[issuer]}〔2023〕5号",
        "",
        issuer,
        "关于做好有关工作的通知",
        "",
        "各有关单位：",
        "",
        "为做好有关工作，现通知如下。",
        "",
    ]
    return "\n".join([*head, *body, "", issuer, "2023年3月1日", ""])


@cache
def draft_document(issuer: str, sections: tuple[tuple[str, tuple[str, ...]], ...]) -> Document:
    return extract_bytes(draft_text(issuer, sections).encode(), f"{issuer}.txt")


def draft_pair(issuers: tuple[str, str], upper: str, lower: str) -> tuple[tuple[Notice, Source], tuple[Notice, Source]]:
    """Two notices of one sentence each."""
    documents = [
        draft_document(issuer, (("主要任务", (text,)),)) for issuer, text in zip(issuers, (upper, lower), strict=True)
    ]
    return (documents[0].notices[0], documents[0].source), (documents[1].notices[0], documents[1].source)


TABLE = """{issuer}

关于下达目标任务的通知

各有关单位：
现将目标任务下达给你们。

附件：目标分解表

{issuer}
2023年5月6日

附件
目标分解表
序号\t区\t2023年（家）\t2025年（家）
1\t{name}\t{first}\t{second}
"""


def draft_table(issuer: str, *cells: object) -> Document:
    """A notice with a table of one row: number 1, a place and goals for two years."""
    place, first, second = cells
    text = TABLE.format(issuer=issuer, name=place, first=first, second=second)
    return extract_bytes(text.encode(), f"{issuer}.txt")
