"""A cited title or number in, what sort of paper it is out: a notice to be collected, a law, or no paper at all.

《…申请表》, 《…教程》 and the like stand in brackets too, and nobody can go and collect them.
"""

import re
from enum import StrEnum
from functools import lru_cache

from corpus.lexicon import load
from corpus.names import letters
from extract.jurisdictions import locate
from extract.notice import Level

EDITION = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,30}[）)〕\]]$")  # （试行）, （2021—2025年）
YEAR = re.compile(r"(?:19|20)\d{2}")
ORDER = re.compile(r"令(?:第?\d{1,4}号?|〔)|主席令")  # laws and regulations carry the number of an order
SHORTEST_LAW = 3  # characters; 《条例》 alone names none
SHORTEST_NAME = 4  # 《通知》, 《实施意见》 …: see `title_key` for those of stored notices
STATE = "中华人民共和国"


class Kind(StrEnum):
    NOTICE = "notice"  # 通知, 意见, 规划 …
    LAW = "law"  # 法律, 法规


def kind_of(
    title: str | None, number: str | None, issuer: str | None = None, *, carried_out: bool = False
) -> Kind | None:
    """`None`: no paper that one could go and collect. What is carried out need not have an issuer to be one."""
    bare, words = bare_title(title), load("documents")
    if (number and ORDER.search(number)) or _names_law(bare):
        return Kind.LAW
    if number or (len(bare) >= SHORTEST_NAME and bare.endswith(tuple(words["collected"]))):
        return Kind.NOTICE
    placed = carried_out or issuer is not None or _is_placed(title or "", bare)
    return Kind.NOTICE if placed and bare.endswith(tuple(words["collected_if_placed"])) else None


def bare_title(title: str | None) -> str:
    """Without brackets around it and （试行） behind."""
    bare = (title or "").strip("《》〈〉<> ")
    while (edition := EDITION.search(bare)) and edition.start():
        bare = bare[: edition.start()].rstrip("》〉> ")
    return bare


def law_key(title: str) -> str:
    """《公司法》 and 《中华人民共和国公司法（2023年修订）》 are one law."""
    return letters(bare_title(title).removeprefix(STATE))


def _names_law(bare: str) -> bool:
    words = load("documents")
    named = bare.endswith(tuple(words["laws"])) and not bare.endswith(tuple(words["no_laws"]))
    return bare in words["short_laws"] or (named and len(bare) >= SHORTEST_LAW)


@lru_cache(10_000)
def _is_placed(title: str, bare: str) -> bool:
    """Whether it opens with the nation, a province, city or county, or says of which year it is."""
    found = locate(bare)
    named = found.province is not None or found.level is Level.NATIONAL
    return named or bare.startswith(tuple(load("documents")["nation"])) or bool(YEAR.search(title))
