"""List markers that stand right before a number: 1.18周岁以下；2.60周岁以上 lists two ages, not 1.18 and 2.60.

A marker is told from a decimal by its series: at the beginning of a statement, with the next or the last number of
the series at the beginning of another.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

BEGINNING = re.compile(r"(?:\A|(?<=[；。：;:）]))(?P<number>[0-9]{1,2})[.．](?P<glued>[0-9])?")
GLUED = re.compile(r"[0-9][.．][0-9]")
HEAD = re.compile(r"(?<=[\u4e00-\u9fff])1[.．](?=[0-9])")  # the first may follow a heading: 年龄1.18周岁以下
LABEL_ENDS = ("：", ":", "）")  # 总投资：23.50万元
YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
# 23.100万元以下: no decimal is written with a last 0 before 万, but a marker need not stand there either
ROUND = re.compile(r"[1-9][0-9]?[.．](?:[1-9][0-9]?00?|[1-9]0)(?=[万亿])")
LONG_ROUND = 3  # digits that need no tier behind them
TIER = re.compile(r"[万亿][^\W\d_]{0,2}(?:以[上下内]|及以|（不?含|[至到－—~～-])")
HEAD_REACH = 300  # characters of a series' first item
LONG = 3  # numbers that make a series certain


def find_list_markers(text: str) -> dict[int, tuple[int, bool]]:
    """Offset of each marker glued to a number: the offset behind it, and whether it is surely a marker."""
    if GLUED.search(text) is None:
        return {}
    found = list(BEGINNING.finditer(text))
    markers: dict[int, tuple[int, bool]] = {}
    for run in _runs(found):
        certain = len(run) >= LONG or not all(match["glued"] for match in run)
        if len(run) > 1:
            markers |= {match.start(): (_behind(match), certain) for match in run if match["glued"]}
        if run[0]["number"] == "2" and (head := _head(text, run[0].start())):
            grown = certain or len(run) + 1 >= LONG
            markers |= {match.start(): (_behind(match), grown) for match in run if match["glued"]}
            markers[head.start()] = (head.end(), grown)
    plain = [int(match["number"]) for match in found if not match["glued"]]
    for match in found:  # 5.100周岁以上 in a list whose third item stands elsewhere
        if match["glued"] and plain and int(match["number"]) > min(plain):
            markers.setdefault(match.start(), (_behind(match), False))
    for match in found:
        if match["glued"] and not text.endswith(LABEL_ENDS, 0, match.start()) and _is_round(text, match.start()):
            markers.setdefault(match.start(), (_behind(match), False))
    years = (match for match in found if match["glued"] and YEAR.match(text, _behind(match)))
    return markers | {match.start(): (_behind(match), True) for match in years}


def _is_round(text: str, at: int) -> bool:
    """23.100万元, or 3.50万元 where a tier is meant (3.50万元以下)."""
    found = ROUND.match(text, at)
    if found is None:
        return False
    digits = found.end() - 1 - max(found.group().find("."), found.group().find("．")) - at
    return digits >= LONG_ROUND or TIER.match(text, found.end()) is not None


def _behind(match: re.Match[str]) -> int:
    return match.end("number") + 1


def _runs(found: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Cut where the numbers do not go on by one."""
    runs = [[match] for match in found[:1]]
    for last, match in pairwise(found):
        if int(match["number"]) == int(last["number"]) + 1:
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _head(text: str, end: int) -> re.Match[str] | None:
    """The last 1. before the 2. of a series."""
    heads = list(HEAD.finditer(text, max(0, end - HEAD_REACH), end))
    return heads[-1] if heads else None


__all__ = ["find_list_markers"]
