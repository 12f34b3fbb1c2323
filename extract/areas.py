"""Provinces, prefectures and counties: names, short names, characters and GB/T 2260 codes."""

from dataclasses import dataclass
from functools import cache

from extract.lexicon import load
from extract.notice import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A province or prefecture. `until` is the last year of a former one."""

    code: str  # GB/T 2260
    name: str  # 济南市
    short: str  # 济南
    characters: tuple[str, ...]  # first in its organs' document numbers: 济
    government: str  # 政, 府 or 署: how its government stands in document numbers
    level: Level
    province: str
    until: int | None = None

    @property
    def city(self) -> str | None:
        return self.name if self.level is Level.PREFECTURE else None

    @property
    def kind(self) -> str:
        """What its own texts call it: 省, 区, 市, 州, 盟, 地区."""
        if self.name.endswith("自治区"):
            return "区"
        return next(end for end in ("自治州", "地区", "省", "市", "盟") if self.name.endswith(end)).removeprefix("自治")


@cache
def areas() -> tuple[Area, ...]:
    """Provinces, each followed by its prefectures, then the former prefectures."""
    table = load("areas")
    found: list[Area] = []
    for province in table["province"]:
        found.append(
            Area(
                code=province["code"],
                name=province["name"],
                short=province["short"],
                characters=tuple(province["characters"].split("/")),
                government=province["government"],
                level=Level.PROVINCE,
                province=province["name"],
            )
        )
        found += [_city(row, province["name"], province["government"]) for row in province["cities"]]
    return (*found, *(_former(row) for row in table["former"]))


def _city(row: str, province: str, government: str) -> Area:
    code, name, short, characters, *own = row.split()
    return Area(
        code=code,
        name=name,
        short=short,
        characters=() if characters == "-" else tuple(characters.split("/")),
        government=own[0] if own else government,
        level=Level.PREFECTURE,
        province=province,
    )


def _former(row: str) -> Area:
    *fields, province, until = row.split()
    code, name, short, characters = fields
    return Area(
        code=code,
        name=name,
        short=short,
        characters=(characters,),
        government="政",
        level=Level.PREFECTURE,
        province=province,
        until=int(until),
    )


@cache
def by_name() -> dict[str, Area]:
    """Areas by full name and, where it is one place's alone, by short name.

    A former prefecture whose name is a county's now (巢湖市) is none of them.
    """
    present = tuple(area for area in areas() if area.until is None or area.name not in counties())
    named = {area.name: area for area in present}
    shorts: dict[str, list[Area]] = {}
    for area in present:
        shorts.setdefault(area.short, []).append(area)
    return {**{short: found[0] for short, found in shorts.items() if len(found) == 1}, **named}


@cache
def by_character() -> dict[str, tuple[Area, ...]]:
    """Areas by the characters that open their organs' document numbers."""
    found: dict[str, list[Area]] = {}
    for area in areas():
        for characters in area.characters:
            found.setdefault(characters, []).append(area)
    return {characters: tuple(members) for characters, members in found.items()}


@cache
def counties() -> dict[str, tuple[tuple[str, str | None], ...]]:
    """County names -> the places that have one, as (province, city); no city where the province runs it."""
    by_code = {area.code: area for area in areas()}
    found: dict[str, list[tuple[str, str | None]]] = {}
    for table in load("counties").values():
        for code, names in table.items():
            place = (by_code[code].province, by_code[code].city)
            for name in names.split():
                found.setdefault(name, []).append(place)
    return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


@cache
def sub_provincial() -> frozenset[str]:
    """副省级城市."""
    return frozenset(load("areas")["sub_provincial"])
