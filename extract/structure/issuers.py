"""发文机关: lines that name issuing organs, and names written side by side (GB/T 9704-2012, 7.2.4, 7.3.5)."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from extract.lexicon import load
from extract.structure.lines import Line

SHORTEST_ORGAN = 3  # 财政部
# Their branches stand behind their own name: 国家税务总局福建省税务局 is one.
WITH_BRANCHES = re.compile(
    r"国家(?:税务总局|统计局|外汇管理局|金融监督管理总局|矿山安全监察局)|中国(?:人民银行|(?:银行保险|证券)监督管理委员会)"
)
OF_THE_STATE = ("国家", "中国")


def organ_line(text: str) -> bool:
    """Whether a line is the name of an issuing organ and nothing else."""
    bare = text.removesuffix("文件")
    bare = bare.removeprefix("中共")
    plain = "关于" not in bare and "：" not in bare  # 责任单位：市商务局 names no issuer
    return SHORTEST_ORGAN <= len(bare) <= 40 and bare.endswith(_endings()) and plain


def organs_of(line: Line) -> tuple[str, ...]:
    """The organs of a line of signature: 甲省财政厅　　国家税务总局甲省税务局 are two, 国　务　院 is one."""
    cuts = [0, *(gap - line.span.start for gap in line.gaps), len(line.text)]
    parts = [line.text[start:end] for start, end in pairwise(cuts)]
    whole = len(parts) == 1 or not all(map(organ_line, parts))
    return (line.text,) if whole else tuple(parts)


def split_organs(text: str) -> tuple[str, ...]:
    """Issuers written side by side: 四川省财政厅四川省农业农村厅 are two, 国家税务总局财政部 too."""
    if text.startswith("中共中央国务院"):
        return text[:4], *split_organs(text[4:])
    cuts = [0, *_cuts(text), len(text)]
    return tuple(text[start:end] for start, end in pairwise(cuts))


def _cuts(text: str) -> Iterator[int]:
    """Where another name begins: behind an organ, with the place of the first, a body of the state, a ministry."""
    branches = {found.end() for found in WITH_BRANCHES.finditer(text)}
    bare = text.removeprefix("中共")
    places = {bare[:2], *(text[end : end + 2] for end in branches)}
    done = 0
    for at in range(SHORTEST_ORGAN, len(text) - SHORTEST_ORGAN + 1):
        if at - done < SHORTEST_ORGAN or not text.endswith(_endings(), 0, at):
            continue
        placed = text[at : at + 2] in places and at not in branches
        if placed or text.startswith(OF_THE_STATE, at) or text.startswith(_ministries(), at):
            yield at
            done = at


@cache
def _endings() -> tuple[str, ...]:
    return tuple(load("genres")["organ_endings"])


@cache
def _ministries() -> tuple[str, ...]:
    return tuple(load("issuer_codes")["ministries"])
