"""Names of organs in, their function out: 省财政厅 and 市财政局 share the key `finance`.

Names are looked up in a dated list (`lexicon/organs.toml`), never guessed: what stands before the known name must
be a place, a level or a word such as 各级. A name that served two functions is settled by the day of the text.
Sections of a bureau (局就业失业科) have no key: they act for their bureau without being it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from extract import lexicon
from extract.notice import Level

STEM_ENDINGS = ("部", "委", "厅", "局", "委员会", "系统", "部门")
GENERIC_ENDINGS = (
    "主管部门",
    "行政部门",
    "行政主管部门",
    "监管部门",
    "管理部门",
    "行政管理部门",
    "监督管理部门",
)  # wherever 部门 may stand
LONGEST_NAME = 48

BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]")
BRANCH = re.compile(r"分局$")  # 县医保分局: a bureau's branch that has its function in its name
SUB_OFFICE = re.compile(r"(?<=局)[一-龥]{2,8}分局$")  # 市公安局历下分局

LEVEL_WORD = r"(?:国家|国务院|全国|中国|中央|自治区|省|市|县|区|州|盟|旗|镇|乡|兵团|地区|街道|师)"
PLACE = (
    r"(?:(?:(?![局厅])[一-龥]){2,9}(?:省|市|自治区|地区|新区|开发区|高新区|示范区|经济区|特区|兵团|街道)"
    r"|(?:(?![局厅])[一-龥]){1,9}(?:县|区|州|盟|旗|镇|乡))"
)
PREFIX = re.compile(
    r"(?:中共|中国共产党)?"
    r"(?:各级|各地|各|当地|属地|(?:其|[一-龥]{2,6})?所在地的?|同级|[上下]一?级|本级|有关|相关|本|我|原|国家级|全){0,3}"
    rf"(?:(?:{PLACE}){{0,2}}|(?:{LEVEL_WORD}级?(?:及?以上)?(?:地方)?(?:各级)?(?:(?:、|和|及|或者?)(?={LEVEL_WORD}))?){{0,5}}|[省市县]直)"
    r"(?:[两三四]级)?"
    r"(?:人民政府|政府)?"
)
PARTY_PREFIX = re.compile(rf"{PREFIX.pattern}(?:委|党委|党工委|工委)")
AREA_ONLY = re.compile(r"[一-龥]{2,4}(?<![省市县区州])")  # 山东金融监管局: the central organ's branch
PARTY_MARK = re.compile(r"(?:人民政府|政府|党委|党工委|工委|(?<!部)委)$")
# Bureaus of culture and tourism with sport and broadcasting name their parts in every order: 文化体育广播电视和旅游局
CULTURE_PART = "文化|旅游|体育|广播电视|广播影视|广电|新闻出版|文物|和|、"
CULTURE = re.compile(rf"(?=[一-龥、]*文化)(?=[一-龥、]*旅游)(?:{CULTURE_PART}){{3,}}(?P<ending>[厅局])\Z")
CULTURE_NAME = r"文化和旅游\g<ending>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One name of one function."""

    key: str
    start: date | None  # first day the name stood for the function
    end: date | None  # last day
    party: bool
    area: bool | None  # True: only behind a bare place name; False: only behind a level or full place name

    def valid_on(self, on: date | None) -> bool:
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ's name, taken apart."""

    key: str | None  # None: the name stands for two functions on that day
    prefix: str  # level or place: 省, 济南市
    party: bool  # stands behind 省委, 市委
    own_chain: bool  # branch of a central organ, or a class of bodies: shares no prefix with its neighbours


@lru_cache(maxsize=8192)
def read_organ(name: str, on: date | None = None) -> Organ | None:
    """What the list knows of a name on a day; `None` for names it does not know.

    Without a day, names of today are preferred. Of a bureau with two functions (行政审批服务和数据管理局) the first
    counts.
    """
    if len(name) > 2 * LONGEST_NAME:
        return None
    plain = SUB_OFFICE.sub("", BRACKETS.sub("", name).strip("，。、；： "))
    if not 2 <= len(plain) <= LONGEST_NAME:
        return None
    return (
        _by_name(plain, on)
        or _by_pattern(plain)
        or _by_name(BRANCH.sub("局", plain), on)
        or _by_name(CULTURE.sub(CULTURE_NAME, plain), on)
    )


def function_key(name: str, on: date | None = None) -> str | None:
    """Stable key of the function an organ's name stands for on a day; `None` for names not in the list."""
    organ = read_organ(name, on)
    if organ is None or organ.key is None or on is None:
        return organ.key if organ else None
    return successor_key(organ.key, on)


def former_until(name: str, on: date) -> date | None:
    """The last day of a name that was no department's any more on a day; `None` for names in use or unknown.

    The longest listed name behind a well-formed prefix counts, as in `read_organ`. A department that was merged into
    another ended with the reform.
    """
    organ = read_organ(name, on)
    merged_on = _mergers().get(organ.key or "", ("", date.max))[1] if organ else date.max
    if merged_on < on:
        return merged_on
    plain = BRACKETS.sub("", name)
    for at in range(len(plain) - 1):
        fitting = [entry for entry in _names().get(plain[at:], ()) if _fits(plain[:at], entry)]
        if fitting:
            ends = [entry.end for entry in fitting if entry.end is not None and entry.end < on]
            return max(ends) if len(ends) == len(fitting) else None
    return None


def successor_key(key: str, on: date) -> str:
    """The function that has taken over `key` by a day: 乡村振兴 is 农业农村 once the 2023 reform is carried out."""
    successor, merged_on = _mergers().get(key, (key, date.max))
    return successor if on > merged_on else key


def _by_name(name: str, on: date | None) -> Organ | None:
    """The longest listed name that ends `name` behind a well-formed prefix."""
    names = _names()
    for at in range(len(name) - 1):
        fitting = [entry for entry in names.get(name[at:], ()) if _fits(name[:at], entry)]
        if fitting:
            prefix = PARTY_MARK.sub("", name[:at])
            return Organ(key=_settle(fitting, on), prefix=prefix, party=fitting[0].party, own_chain=False)
    return None


def _settle(entries: list[_Entry], on: date | None) -> str | None:
    """The one function meant on a day; an old name still in use means what it last meant."""
    valid = {entry.key for entry in entries if entry.valid_on(on)}
    keys = valid or {entry.key for entry in entries}
    return keys.pop() if len(keys) == 1 else None


def _fits(prefix: str, entry: _Entry) -> bool:
    if entry.area is True:
        return AREA_ONLY.fullmatch(prefix) is not None
    if entry.area is False and not prefix:
        return False
    if PREFIX.fullmatch(prefix):
        return True
    return entry.party and PARTY_PREFIX.fullmatch(prefix) is not None


def _by_pattern(name: str) -> Organ | None:
    match = _pattern().fullmatch(name)
    return Organ(key=match.lastgroup, prefix="", party=False, own_chain=True) if match else None


@cache
def _functions() -> tuple[dict[str, Any], ...]:
    return tuple(lexicon.load("organs")["function"])


@cache
def _mergers() -> dict[str, tuple[str, date]]:
    return {f["key"]: (f["merged_into"], f["merged_on"]) for f in _functions() if "merged_into" in f}


@cache
def _names() -> dict[str, tuple[_Entry, ...]]:
    table: dict[str, list[_Entry]] = defaultdict(list)
    for function in _functions():
        for spelling, entry in _spellings(function):
            table[spelling].append(entry)
    return {spelling: tuple(entries) for spelling, entries in table.items()}


def _spellings(function: dict[str, Any]) -> Iterator[tuple[str, _Entry]]:
    endings = tuple(function.get("endings", STEM_ENDINGS))
    endings += GENERIC_ENDINGS if "部门" in endings else ()
    forms: list[dict[str, Any]] = [{"stem": stem} for stem in function.get("stems", ())]
    forms += [{"name": name} for name in function.get("names", ())]
    forms += [*function.get("former", ()), *function.get("since", ())]
    for form in forms:
        entry = _Entry(
            key=function["key"],
            start=form.get("from"),
            end=form.get("until"),
            party=function.get("party", False),
            area=True if "area_name" in form else False if "level_name" in form else None,
        )
        if "stem" in form:
            yield from ((form["stem"] + ending, entry) for ending in endings)
        else:
            yield form.get("name") or form.get("area_name") or form["level_name"], entry


@cache
def _pattern() -> re.Pattern[str]:
    own = [function for function in _functions() if "patterns" in function]
    return re.compile("|".join(f"(?P<{function['key']}>{'|'.join(function['patterns'])})" for function in own))


LEVELS = (Level.NATIONAL, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
LEVEL_MARKS = {Level.PROVINCE: "省", Level.PREFECTURE: "市", Level.COUNTY: "县"}


def counterpart_name(name: str, level: Level, on: date | None = None, *, mark: str | None = None) -> str | None:
    """The usual name of the same function at another level: 省财政厅, prefecture -> 市财政局.

    `mark`: what the place calls its level, where that is not the usual word (区, 旗, a county-level 市).

    `None` where the function has no usual name there (branches of central organs, unknown names): a draft asks
    the user instead of naming an office that may not exist.
    """
    usual = LEVEL_MARKS.get(level)
    mark = mark or usual
    key = function_key(name, on)
    if key is None or usual is None or mark is None:
        return None
    function = next(f for f in _functions() if f["key"] == key)
    if form := function.get("forms", {}).get(level):
        return str(form).replace(usual, mark) if level is Level.COUNTY else str(form)
    ending = function.get("ranks", "----")[LEVELS.index(level)]
    if ending != "-":
        return f"{mark}{'委' if function.get('party') else ''}{_short_form(function, level, on)}{ending}"
    return _same_name_at(name, function, mark)


def _short_form(function: dict[str, Any], level: Level, on: date | None) -> str:
    former = function.get("former_short")
    if former and on and on <= former["until"]:
        return str(former["stem"])
    below = function.get("below") if level is not Level.PROVINCE else None
    return str(below or function["stems"][0])


def _same_name_at(name: str, function: dict[str, Any], mark: str) -> str | None:
    """省总工会 -> 市总工会: the name stays, only the level word moves."""
    party = "委" if function.get("party") else ""
    for known in sorted(function.get("names", ()), key=len, reverse=True):
        prefix = name.removesuffix(known)
        if prefix != name and prefix in {"省", "市", "县", "省委", "市委", "县委", "自治区", "区"}:
            return f"{mark}{party if prefix.endswith('委') else ''}{known}"
    return None
