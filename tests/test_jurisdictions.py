"""Issuers: their codes, their level and place, their words for their own place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.areas import areas, counties
from extract.jurisdictions import area_words, decode_issuer, locate
from extract.notice import Level

SPECS = [
    json.loads(line) for line in (Path(__file__).parent / "specs" / "issuers.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("spec", [spec for spec in SPECS if "code" in spec], ids=lambda spec: f"{spec['code']}")
def test_a_code_is_decoded_or_left_open(spec: dict[str, Any]) -> None:
    """A code gives its issuer's name of that year, and nothing where two issuers share it."""
    issuer = decode_issuer(spec["code"], spec["year"], province=spec.get("province"), city=spec.get("city"))

    assert issuer == spec["issuer"]


@pytest.mark.parametrize("spec", [spec for spec in SPECS if "name" in spec], ids=lambda spec: f"{spec['name']}")
def test_an_issuer_has_level_and_place(spec: dict[str, Any]) -> None:
    """The name of an issuer tells its level of government, its province and its city."""
    found = locate(spec["name"])

    assert (found.level, found.province, found.city) == (spec["level"], spec["province"], spec["city"])


def test_every_province_and_prefecture_is_placed_by_its_government() -> None:
    """All 31 provinces and 333 prefectures are found by the names of their governments."""
    present = [area for area in areas() if area.until is None]

    for area in present:
        found = locate(f"{area.name}人民政府")
        assert (found.level, found.province, found.city) == (area.level, area.province, area.city)
    assert sum(area.level is Level.PROVINCE for area in present) == 31
    assert sum(area.level is Level.PREFECTURE for area in present) == 333


def test_every_county_is_placed_by_its_government() -> None:
    """A county's level is told by its bare name, its place too unless others share the name; with its city always."""
    for name, places in counties().items():
        bare = locate(f"{name}人民政府")
        assert bare.level is Level.COUNTY
        assert (bare.province, bare.city) in {*places, *((province, None) for province, _ in places), (None, None)}
        for province, city in places:
            full = locate(f"{province}{city or ''}{name}人民政府办公室")
            assert (full.level, full.province, full.city, full.county) == (Level.COUNTY, province, city, name)


def test_no_code_is_decoded_as_another_places() -> None:
    """A government's own code gives its name or nothing; with its place as a hint always its name."""
    for area in areas():
        for characters in area.characters if area.until is None else ():
            code = f"{characters}{area.government}发"
            assert (decode_issuer(code, 2022) or area.name).startswith(area.name)
            hinted = decode_issuer(code, 2022, province=area.province, city=area.city)
            assert hinted is not None
            assert hinted.startswith(area.name)


def test_area_codes_are_those_of_the_standard() -> None:
    """GB/T 2260: six digits, the province's two first, ending in 00, no two alike."""
    codes = [area.code for area in areas() if area.until is None]
    provinces = {area.name: area.code[:2] for area in areas() if area.level is Level.PROVINCE}

    assert len(set(codes)) == len(codes)
    for area in areas():
        assert area.code.isdigit()
        assert len(area.code) == 6
        assert area.code[:2] == provinces[area.province]
        assert area.code.endswith("0000" if area.level is Level.PROVINCE else "00")


def test_every_provincial_government_is_decoded_from_its_own_code() -> None:
    """Each province's government stands behind its own characters, once the province is known."""
    for area in areas():
        if area.level is Level.PROVINCE:
            code = area.characters[0] + area.government + "发"
            assert decode_issuer(code, 2021, province=area.province) == f"{area.name}人民政府"


@pytest.mark.parametrize(
    ("issuer", "words", "others"),
    [
        ("山东省人民政府", {"山东省", "山东", "鲁", "我省", "全省", "省级", "省"}, {"市级", "济南"}),
        ("济南市人民政府办公厅", {"济南市", "济南", "济", "我市", "全市", "市级", "市"}, {"省级", "山东"}),
        ("广西壮族自治区人民政府", {"广西", "桂", "我区", "全区", "自治区"}, {"省", "我省"}),
        ("延边朝鲜族自治州人民政府", {"延边", "我州", "全州", "州"}, {"我市"}),
        ("国务院办公厅", {"全国", "国家", "我国"}, {"我省"}),
    ],
)
def test_an_issuer_has_its_own_words_for_its_place(issuer: str, words: set[str], others: set[str]) -> None:
    """What a text of that issuer calls its own place and level, and nothing of another level."""
    found = area_words(locate(issuer))

    assert words <= set(found)
    assert not others & set(found)
    assert list(found) == sorted(found, key=lambda word: (-len(word), word))


@given(st.text(alphabet="山东济南市省县区人民政府办公厅国务院中共委局部京发字〔新疆", max_size=40))
def test_any_name_and_any_code_has_an_answer(text: str) -> None:
    """Nothing that stands where an issuer should stand stops the reading."""
    locate(text)
    decode_issuer(text, 2021)
    decode_issuer(text, None)
