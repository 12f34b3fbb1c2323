"""Function keys of organs: specs from the field's names, and what a comparison relies on."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.notice import Level
from extract.organs import counterpart_name, function_key, read_organ, successor_key

SPECS = [
    json.loads(line) for line in (Path(__file__).parent / "specs/organs.jsonl").read_text("utf-8").splitlines() if line
]


@pytest.mark.parametrize("spec", SPECS, ids=[f"{spec['name']}@{spec['on']}" for spec in SPECS])
def test_names_resolve_to_their_function(spec: dict[str, str | None]) -> None:
    """A name gives the function it stood for on its day, and nothing where the list does not know it."""
    on = date.fromisoformat(spec["on"]) if spec["on"] else None

    assert function_key(str(spec["name"]), on) == spec["key"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("省自然资源厅", "市自然资源和规划局"),
        ("省住房和城乡建设厅", "市住建局"),
        ("省委编办", "市委机构编制委员会办公室"),
        ("人民银行成都分行", "人民银行绵阳市中心支行"),
        ("国家统计局四川调查总队", "国家统计局绵阳调查队"),
        ("省总工会", "县总工会"),
        ("团省委", "共青团绵阳市委"),
        ("各市（州）人民政府", "各县（市、区）人民政府"),
    ],
)
def test_levels_of_one_function_share_a_key(upper: str, lower: str) -> None:
    """厅 and 局, and the branches of a central organ, are found to be counterparts."""
    on = date(2021, 9, 1)

    assert function_key(upper, on) is not None
    assert function_key(upper, on) == function_key(lower, on)


def test_every_level_mark_and_place_may_stand_before_a_name() -> None:
    """The key does not depend on who the bureau belongs to."""
    for prefix in (
        "省",
        "市",
        "县",
        "区",
        "自治区",
        "兵团",
        "黔东南州",
        "莘县",
        "济南市历下区",
        "中国（山东）自由贸易试验区",
        "",
    ):
        name = f"{prefix}财政局"
        if prefix.startswith("中国"):
            assert function_key(name) in {None, "finance"}
        else:
            assert function_key(name) == "finance", name


def test_a_text_is_read_by_the_names_of_its_day() -> None:
    """金融监管局 is the province's own office in 2021 and a branch of the central one in 2025, nothing sure between."""
    assert function_key("省金融监管局", date(2021, 6, 1)) == "local_finance"
    assert function_key("省金融监管局", date(2024, 6, 1)) is None
    assert function_key("省金融监管局", date(2025, 6, 1)) == "financial_supervision"


def test_merged_functions_follow_their_successor() -> None:
    """What an old text asks of 乡村振兴 is 农业农村's business after the merger."""
    assert successor_key("rural_revitalization", date(2021, 6, 1)) == "rural_revitalization"
    assert successor_key("rural_revitalization", date(2025, 6, 1)) == "agriculture"
    assert function_key("县国税局", date(2017, 1, 1)) != function_key("县地税局", date(2017, 1, 1))
    assert function_key("县国税局", date(2019, 1, 1)) == function_key("县地税局", date(2019, 1, 1)) == "taxation"


def test_prefix_of_a_name_is_its_level_or_place() -> None:
    """A list's later names share exactly this."""
    for name, prefix in [("济南市财政局", "济南市"), ("市委组织部", "市"), ("省政府办公厅", "省"), ("财政局", "")]:
        organ = read_organ(name)
        assert organ is not None
        assert organ.prefix == prefix


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("省财政厅", Level.PREFECTURE, "市财政局"),
        ("省自然资源厅", Level.PREFECTURE, "市自然资源和规划局"),
        ("市自然资源和规划局", Level.PROVINCE, "省自然资源厅"),
        ("省发展改革委", Level.COUNTY, "县发展改革局"),
        ("省委组织部", Level.PREFECTURE, "市委组织部"),
        ("团省委", Level.PREFECTURE, "团市委"),
        ("省总工会", Level.COUNTY, "县总工会"),
        ("各市政府", Level.PREFECTURE, "各县（市、区）人民政府"),
        ("省高级人民法院", Level.PREFECTURE, "市法院"),
        ("教育部", Level.PROVINCE, "省教育厅"),
        ("人民银行济南分行", Level.PREFECTURE, None),
        ("省能源局", Level.COUNTY, None),
        ("某集团公司", Level.PREFECTURE, None),
        ("省财政厅", Level.NATIONAL, None),
    ],
)
def test_usual_name_at_another_level(name: str, level: Level, expected: str | None) -> None:
    """A draft for the level below names the usual office, and none where there is no usual one."""
    assert counterpart_name(name, level) == expected


def test_usual_name_is_that_of_the_day() -> None:
    """A draft of 2021 does not name an office that opened in 2024."""
    assert counterpart_name("省地方金融监管局", Level.PREFECTURE, date(2021, 9, 1)) == "市地方金融监管局"
    assert counterpart_name("省地方金融管理局", Level.PREFECTURE, date(2025, 1, 2)) == "市地方金融管理局"


@given(st.text(alphabet="省市县区委政府人民财政局厅和、（）各级金融监管国家统计办公室", max_size=60))
def test_any_words_are_read_without_error(name: str) -> None:
    """Whatever a cell holds, the answer is a key of the list or nothing."""
    key = function_key(name, date(2022, 1, 1))

    assert key is None or key.isascii()


@given(st.sampled_from([spec["name"] for spec in SPECS if spec["key"]]))
def test_a_section_of_a_bureau_is_not_the_bureau(name: str) -> None:
    """A section has no key of its own: naming it is not naming its bureau."""
    assert function_key(f"{name}某某科") is None
