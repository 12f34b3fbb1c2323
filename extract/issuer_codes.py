"""发文机关代字 in, the issuer's name out; or nothing where the tables do not settle it (GB/T 9704-2012, 7.2.5).

A local code is area character + organ + subject + genre: 鲁 + 人社 + 就 + 字.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extract.areas import Area, by_character, counties, sub_provincial
from extract.lexicon import load
from extract.notice import Level

GOVERNMENT = re.compile(
    r"(?P<form>[政府署])"
    r"(?P<office>办厅?|厅)?"  # 鲁政办发, 赣府厅发
    r"(?![法协研工])"  # 政法委, 政协, 政研室: other organs
    r"(?P<rest>[\u4e00-\u9fff]{0,4})"
)
PARTY = re.compile(r"[党委]?(?P<office>办)?(?P<genre>发|字|函|规|通)?")
MUNICIPALITY_CODES = ("11", "12", "31", "50")  # 直辖市


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a local code. `name` is `None` where the organ's name is not settled."""

    area: Area
    name: str | None


def decode_issuer(code: str, year: int | None, *, province: str | None = None, city: str | None = None) -> str | None:
    """The issuer behind a code; `province` and `city` are those of the text that cites it.

    济政办函 may be 济南's or 济宁's: without a hint that leaves one of them, the answer is `None`.
    """
    central = decode_central(code, year)
    if central is not None:
        return central
    readings = _settle(read_local(code, year), province, city)
    names = {reading.name for reading in readings}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=4096)
def is_issuer_code(text: str) -> bool:
    """Whether the text is built like a code: it need not be settled whose."""
    exact = text in load("issuer_codes")["exact"]
    return exact or bool(_central_rows(text)) or bool(read_local(text, None)) or _is_county_code(text)


def _is_county_code(text: str) -> bool:
    """单政发 of 单县, 莱州政字 of 莱州市: which county's is not told."""
    for size in range(min(4, len(text) - 1), 0, -1):
        if any(text[:size] + kind in counties() for kind in ("县", "市", "区")):
            government = GOVERNMENT.fullmatch(text[size:])
            if government and _is_subject(government["rest"]):
                return True
    return False


def decode_central(code: str, year: int | None) -> str | None:
    exact: str | None = load("issuer_codes")["exact"].get(code)
    if exact is not None:
        return exact
    rows = [row for row in _central_rows(code) if _holds(row, year)]
    longest = max((len(row["prefix"]) for row in rows), default=0)
    names = {_central_name(row, code) for row in rows if len(row["prefix"]) == longest}
    return names.pop() if len(names) == 1 else None


def _central_rows(code: str) -> tuple[dict[str, Any], ...]:
    return tuple(row for row in load("issuer_codes")["central"] if _fits_central(row, code))


def _fits_central(row: dict[str, Any], code: str) -> bool:
    if not code.startswith(row["prefix"]):
        return False
    rest = code.removeprefix(row["prefix"])
    if "subjects" not in row:
        return len(rest) <= 5
    genres = ("", *load("issuer_codes")["genres"])
    return rest in {subject + genre for subject in row["subjects"] for genre in genres}


def _central_name(row: dict[str, Any], code: str) -> str:
    rest = code.removeprefix(row["prefix"])
    is_office = any(code.startswith(prefix) for prefix in row.get("office_prefixes", ()))
    is_office = is_office or any(rest.endswith(suffix) for suffix in row.get("office_suffixes", ()))
    name: str = row["office"] if is_office else row["name"]
    return name


def _holds(row: dict[str, Any], year: int | None) -> bool:
    """Whether a dated name is settled for the year; without a year only names that never changed are."""
    if year is None:
        return "since" not in row and "until" not in row
    return bool(row.get("since", 0) <= year <= row.get("until", 9999))


def read_local(code: str, year: int | None) -> tuple[Reading, ...]:
    """All readings of a local code, longest area characters first."""
    found: list[Reading] = []
    for size in range(min(4, len(code) - 1), 0, -1):
        for area in by_character().get(code[:size], ()):
            if year is not None and area.until is not None and year > area.until:
                continue
            found += _read_organ(area, code[size:], year)
    return tuple(found)


def _read_organ(area: Area, rest: str, year: int | None) -> list[Reading]:
    government = GOVERNMENT.fullmatch(rest)
    if government and government["form"] == area.government and _is_subject(government["rest"]):
        return [Reading(area=area, name=_government(area, office=bool(government["office"]), year=year))]
    party = PARTY.fullmatch(rest)
    if party and rest:
        return [Reading(area=area, name=_party(area, rest, office=bool(party["office"])))]
    return _read_department(area, rest, year)


def _read_department(area: Area, rest: str, year: int | None) -> list[Reading]:
    rows = [row for row in load("issuer_codes")["organ"] if rest.startswith(row["code"])]
    longest = max((len(row["code"]) for row in rows), default=0)
    subject = rest[longest:]
    closed = any(subject in row.get("subjects", ()) for row in rows if len(row["code"]) == longest)
    if not longest or not (closed or _is_subject(subject)):
        return []
    names = {
        _department(area, row)
        for row in rows
        if len(row["code"]) == longest and _holds(row, year) and not subject.startswith("办")
    }
    return [Reading(area=area, name=names.pop() if len(names) == 1 else None)]


def _is_subject(rest: str) -> bool:
    """Up to three characters of subject, then the genre: 就字, 职发, 函; or nothing (鲁民〔2020〕32号)."""
    if not rest:
        return True
    return len(rest) <= 4 and any(rest.endswith(genre) for genre in load("issuer_codes")["genres"])


def _level_key(area: Area) -> str:
    if area.level is Level.PREFECTURE:
        return "prefecture"
    return "municipality" if area.code.startswith(MUNICIPALITY_CODES) else "province"


def _department(area: Area, row: dict[str, Any]) -> str | None:
    organ = row.get(_level_key(area))
    return None if organ is None else f"{row.get('branch_of', '')}{area.name}{organ}"


def _government(area: Area, *, office: bool, year: int | None) -> str | None:
    if area.government == "署" or area.name.endswith(("盟", "地区")):
        return f"{area.name}行政公署" + ("办公室" if office else "")
    if not office:
        return f"{area.name}人民政府"
    room = _office(area, year)
    return None if room is None else f"{area.name}人民政府{room}"


@cache
def _office(area: Area, year: int | None) -> str | None:
    """办公厅 or 办公室."""
    table = load("issuer_codes")
    if area.level is Level.PROVINCE:
        return "办公厅"
    if area.name in table["office_unsettled"]:
        return None
    if area.name in table["office_renamed"]:
        return "办公室" if year is not None and year >= 2020 else None
    return "办公厅" if area.name in sub_provincial() else "办公室"


def _party(area: Area, rest: str, *, office: bool) -> str | None:
    """中共山东省委, or the two general offices, which issue X办发 together."""
    if not area.name.endswith(("省", "市", "自治区")):
        return None
    committee = f"中共{area.name}" + ("党委" if area.name.endswith("自治区") else "委")
    if not office:
        return committee
    if area.province not in load("issuer_codes")["party_office"] and rest[0] not in "党委":
        return None
    room = "办公厅" if area.level is Level.PROVINCE or area.name in sub_provincial() else "办公室"
    return f"{committee}{room}、{area.name}人民政府{room}"


def _settle(readings: tuple[Reading, ...], province: str | None, city: str | None) -> tuple[Reading, ...]:
    """Leave the readings that the citing text's own place allows."""
    if len(readings) <= 1:
        return readings
    own = tuple(reading for reading in readings if reading.area.province == province)
    if any(reading.area.level is Level.PROVINCE for reading in own):
        return own
    return tuple(reading for reading in own if reading.area.name == city) or own or readings
