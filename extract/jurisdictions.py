"""An issuer's name in, its level, province and city out; and the words its texts use for its own place."""

import re
from dataclasses import dataclass
from functools import cache

from extract.areas import Area, by_name, counties
from extract.issuer_codes import decode_issuer
from extract.lexicon import load
from extract.notice import Level

__all__ = ["Jurisdiction", "area_words", "decode_issuer", "locate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """Where an issuer stands. `None`: its name does not say."""

    level: Level | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


SPACES = re.compile(r"\s+")
CENTRAL_PARENT = re.compile(  # organs whose branches carry its name first
    r"中共|中国共产党|共青团|国家税务总局|中国人民银行|人民银行|国家外汇管理局|国家统计局|国家金融监督管理总局"
    r"|中国银行保险监督管理委员会|中国银保监会|中国证券监督管理委员会|中国证监会|中华人民共和国"
)
NATIONAL_OPENING = ("国务院", "中共中央", "中央", "全国", "国家", "最高人民", "中华", "中国")
BANK_BRANCH = re.compile(r"分行|支行|营业管理部")  # their districts are not those of governments
ZONE = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:开发区|高新区|示范区|保税区|新区|管理区|度假区|经开区)")
OWN_LEVEL = {  # names without a place: 省财政厅
    "省": Level.PROVINCE,
    "自治区": Level.PROVINCE,
    "市": Level.PREFECTURE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
}


def locate(issuer_name: str) -> Jurisdiction:
    """Level and place of an issuer; of several the first.

    A city or county of a name that no other has settles its province.
    """
    whole = SPACES.sub("", issuer_name)
    name = CENTRAL_PARENT.sub("", whole, count=1) if CENTRAL_PARENT.match(whole) else whole
    if name.startswith("新疆生产建设兵团"):
        return Jurisdiction(level=Level.PROVINCE, province="新疆维吾尔自治区")
    province, rest = _take(name, Level.PROVINCE)
    city, rest = _take(rest, Level.PREFECTURE)
    county = _county(rest, province, city)
    if county is not None:
        return county
    area = city or province
    if area is None:
        return _unplaced(whole, name)
    return Jurisdiction(level=_level(area, rest), province=area.province, city=area.city)


def _take(name: str, level: Level) -> tuple[Area | None, str]:
    """The area of that level that opens the name, and what follows it."""
    match = _pattern(level).match(name)
    # 本溪满族自治县, 黄石港区: a county's own name may begin with a short name
    if match is None or (by_name()[match[0]].name != match[0] and _county_name(name)):
        return None, name
    return by_name()[match[0]], name[match.end() :]


@cache
def _pattern(level: Level) -> re.Pattern[str]:
    names = sorted((name for name, area in by_name().items() if area.level is level), key=len, reverse=True)
    full = [name for name in names if by_name()[name].name == name]
    short = [name for name in names if by_name()[name].name != name]
    # 朝阳区, 海南区, 海南藏族自治州 are other places than 朝阳市 and 海南省
    return re.compile("|".join(full) + "|(?:" + "|".join(short) + ")(?![省市区县州盟旗镇乡藏]|自治|地区)")


def _county_name(name: str) -> str | None:
    """The longest county name that opens a name."""
    return next((name[:size] for size in range(15, 1, -1) if name[:size] in counties()), None)


def _county(rest: str, province: Area | None, city: Area | None) -> Jurisdiction | None:
    """The county that opens the rest of a name, with its place if only one is left."""
    name = _county_name(rest)
    if name is None:
        return None
    places = counties()[name]
    if city is not None:
        return Jurisdiction(level=Level.COUNTY, province=city.province, city=city.city, county=name)
    if province is not None:
        places = tuple(place for place in places if place[0] == province.province)
    elif name in ("东区", "西区", "城区", "郊区", "矿区"):  # what many cities call a part of theirs
        places = ()
    provinces, cities = {place[0] for place in places}, {place[1] for place in places}
    known = province.province if province else None
    return Jurisdiction(
        level=Level.COUNTY,
        province=provinces.pop() if len(provinces) == 1 else known,
        city=cities.pop() if len(cities) == 1 else None,
        county=name,
    )


def _level(area: Area, rest: str) -> Level | None:
    if BANK_BRANCH.search(rest):
        return None
    return Level.COUNTY if ZONE.match(rest) else area.level


def _unplaced(whole: str, name: str) -> Jurisdiction:
    ministries = tuple(load("issuer_codes")["ministries"])
    if whole.startswith(NATIONAL_OPENING + ministries):
        return Jurisdiction(level=None if BANK_BRANCH.search(name) else Level.NATIONAL)
    own = next((level for word, level in OWN_LEVEL.items() if name.startswith(word)), None)
    return Jurisdiction(level=None if name.startswith("市场") else own)


OWN = ("我{0}", "全{0}", "本{0}", "{0}级", "{0}内", "{0}直", "{0}本级", "{0}")
NATIONAL_WORDS = ("国务院", "国家级", "国家", "中央", "全国", "我国", "国内")


def area_words(jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Words by which texts of this jurisdiction name their own place and level, longest first.

    山东省: 山东省, 山东, 我省, 全省, 省级, 省直, 鲁, 省 …
    """
    if jurisdiction.level is Level.NATIONAL:
        return _longest_first(set(NATIONAL_WORDS))
    words: set[str] = set()
    kinds: tuple[str, ...] = ()
    area = by_name().get(jurisdiction.city or jurisdiction.province or "")
    if jurisdiction.level is Level.COUNTY:
        county = jurisdiction.county or ""
        words |= {county, county[:-1]} if len(county) > 2 else {county}
        kinds = (county[-1],) if county else ("县", "区")
    elif area is not None:
        words |= {area.name, area.short, *area.characters}
        kinds = (area.kind, "自治区") if area.name.endswith("自治区") else (area.kind,)
    return _longest_first(words | {form.format(kind) for kind in kinds for form in OWN})


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words - {""}, key=lambda word: (-len(word), word)))
