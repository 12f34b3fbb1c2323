"""The municipal draft: sentences as items, places made local and marked, departments by function, nothing invented."""

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from duties import UPPER, read_sample, read_text, upper

from corpus import samples as bundled
from extract.sentences import split_sentences
from templates.counterparts import CounterpartsError, PlaceError, find_place, read_counterparts
from templates.draft import build_draft
from templates.duty_table import DutyOptions, DutyTable

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
from draft import read_pairs, score

PROVINCE = """苏政发〔2023〕9号
江苏省人民政府
关于做好外贸工作的通知
各市、县（市、区）人民政府，省各委办厅局：
现通知如下。
一、扩大规模
（一）稳定订单。{text}（省商务厅牵头，省财政厅、人民银行南京分行、省贸促会配合）
江苏省人民政府
2023年3月1日
"""


def draft(text: str, place: str = "南通市", departments: str = "") -> DutyTable:
    document = read_text(PROVINCE.format(text=text))
    own = read_counterparts(departments.encode()) if departments else ()
    return build_draft(document.notices[0], document.source, DutyOptions(draft_for=place), counterparts=own)


def words(table: DutyTable, column: str = "measure") -> list[str]:
    return [row.plain(column) for row in table.rows]


def test_each_sentence_is_an_item() -> None:
    """Items count through the notice; each names its clause and sentence."""
    table = draft("组织企业参展。12月底前完成目标。鼓励各类企业参加。")

    assert words(table) == ["组织企业参展。", "12月底前完成目标。", "鼓励各类企业参加。"]
    assert words(table, "number") == ["1", "2", "3"]
    assert words(table, "basis")[1] == "一/（一） 第2句"
    assert words(table, "deadline") == ["", "12月底前\n（2023年12月31日）", ""]


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("提高我省企业竞争力。", "提高我市企业竞争力。"),
        ("在全省推广。", "在全市推广。"),
        ("吸引人才来苏就业。", "吸引人才来通就业。"),
        ("各市要制定方案。", "我市要制定方案。"),
        ("鼓励有条件的地方先行先试。", "鼓励有条件的县（市、区）先行先试。"),
        ("健全省、市、县三级服务体系。", "健全市、县（市、区）两级服务体系。"),
        ("落实省委、省政府部署。", "落实市委市政府部署。"),
        ("江苏省企业可以参加。", "南通市企业可以参加。"),
    ],
)
def test_words_of_the_province_become_the_citys(text: str, local: str) -> None:
    """What means the issuer itself is swapped and marked in the cell and in the note."""
    table = draft(text)
    (row,) = table.rows

    assert words(table) == [local]
    assert any(segment.look == "localized" for segment in row.cells["measure"])  # type: ignore[union-attr]
    assert "已改为本级" in row.plain("note")


@pytest.mark.parametrize("text", ["应及时向省政府报告。", "推进省级统筹。", "打响“江苏精品”品牌。", "健全安全制度。"])
def test_what_means_the_province_itself_stays(text: str) -> None:
    """Reporting upwards, 省级 and names in quotes are left for a person to decide."""
    assert words(draft(text)) == [text]


def test_upper_words_that_stay_are_pointed_out() -> None:
    """省级 that is kept stands in the note."""
    assert "请核：省级" in words(draft("推进省级统筹。"), "note")[0]


def test_own_money_of_the_province_is_pointed_out() -> None:
    """An amount the province pays is carried over with a mark; one that nobody names gets none."""
    table = draft("省级财政对参展企业给予50万元补助。按规定给予补贴。")

    assert words(table)[0] == "省级财政对参展企业给予50万元补助。"
    assert "上级自有资金，请核：省级财政对参展企业给予50万元补助" in words(table, "note")[0]
    assert "自有资金" not in words(table, "note")[1]
    assert "省级资金待核 1 行" in table.foot[0]


def test_departments_go_by_function_and_unknown_ones_are_marked() -> None:
    """厅 becomes 局 of one function; the lead stays the lead; a branch of the central bank in a prefecture has its name."""
    table = draft("完善工作机制。")

    assert words(table, "lead") == ["市商务局"]
    assert words(table, "responsible") == ["市财政局\n人民银行南通市中心支行\n市贸促会"]


def test_department_without_counterpart_stays_undecided() -> None:
    """In the province's capital the central bank has no city branch: the office is not invented."""
    table = draft("完善工作机制。", "南京市")

    assert "待定（人民银行南京分行）" in words(table, "responsible")[0]
    assert "待定单位 1 个" in table.foot[0]
    assert table.foot[1] == "待定单位：人民银行南京分行"


def test_own_table_of_departments_wins_and_has_dates() -> None:
    """A line of the user's CSV decides while it is valid; several offices, or none, may stand in it."""
    lines = "上级单位,本级单位,起,止\n省商务厅,市商务局、市口岸办,,\n省财政厅,,,\n省贸促会,旧名,,2020-12-31\n"
    table = draft("完善工作机制。", departments=lines)

    assert words(table, "lead") == ["市商务局\n市口岸办"]
    assert words(table, "responsible") == ["人民银行南通市中心支行\n市贸促会"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_departments_as_excel_saves_them(encoding: str) -> None:
    """The CSV may come from Excel in either encoding."""
    (line,) = read_counterparts("上级单位,本级单位\r\n省财政厅,市财政局\r\n".encode(encoding))

    assert (line.upper, line.lowers) == ("省财政厅", ("市财政局",))


@pytest.mark.parametrize("text", ["", "甲,乙\n1,2\n", "上级单位,本级单位,起\n省财政厅,市财政局,去年\n"])
def test_unusable_table_of_departments_is_said(text: str) -> None:
    """Missing columns and unreadable dates are errors with what to do."""
    with pytest.raises(CounterpartsError, match="对应表"):
        read_counterparts(text.encode())


@pytest.mark.parametrize("place", ["山东省", "某某市", ""])
def test_draft_needs_a_known_lower_place(place: str) -> None:
    """A province or an unknown name is refused."""
    with pytest.raises(PlaceError):
        find_place(place)


@pytest.mark.parametrize(
    ("place", "counties"), [("济南市", "区县"), ("威海市", "区市"), ("深圳市", "区"), ("德州市", "县（市、区）")]
)
def test_counties_are_called_as_the_city_has_them(place: str, counties: str) -> None:
    """A city with districts and counties says 区县, one with districts and cities 区市."""
    assert find_place(place).counties == counties


def test_sentence_gets_those_whose_business_it_is() -> None:
    """With many departments an item is given those its words concern; the rest are counted in the note and listed below."""
    table = draft("组织企业参加出口展会。落实补贴资金。")

    assert words(table, "responsible")[1] == "市财政局\n市贸促会"  # 贸促会 has no words in the list: it stays
    assert "另有 1 个单位" in words(table, "note")[1]
    assert "来文“一/（一）”列明：市商务局、市财政局、人民银行南通市中心支行、市贸促会" in table.foot


def test_every_sentence_of_the_bundled_notice_is_drafted() -> None:
    """63 sentences, 63 items, under their ten headings; Jinan's names for its departments of 2021."""
    table = build_draft(upper(), read_sample().source, DutyOptions(draft_for="济南市"))
    sentences = sum(len(split_sentences(clause.text)) for clause in upper().clauses if clause.level)

    assert len(table.rows) == sentences == 63
    assert table.check.complete
    assert table.title == "济南市责任分工表（草案）"
    assert "市地方金融监管局" in words(table, "responsible")[4]


def test_draft_against_the_real_plan_keeps_its_score() -> None:
    """Of Jinan's real plan three items in four need no change of words, two departments in three stay."""
    document = read_sample()
    table = build_draft(upper(), document.source, DutyOptions(draft_for="济南市"))
    result = score(table, document.notices[0], read_pairs())

    assert result.items == 63
    assert result.kept_texts >= 48
    assert result.kept / result.proposed >= 0.68
    assert result.kept / result.wanted >= 0.60


def test_draft_command_and_its_departments(duizhao: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    """The table of counterparts is written, filled in, given back, and the draft has what was filled in."""
    source = f"{samples / bundled.file_name('济政办函〔2021〕16号')}#{UPPER}"
    table, target = tmp_path / "单位.csv", tmp_path / "草案.docx"
    assert duizhao("table", source, "--for", "济南市", "--write-departments", table).status == 0
    lines = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    assert ["人民银行济南分行", "", "", ""] in lines

    filled = table.read_text("utf-8-sig").replace("人民银行济南分行,", "人民银行济南分行,人民银行济南分行营业管理部")
    table.write_text(filled, "utf-8")
    run = duizhao("table", source, "--draft", "--for", "济南市", "--departments", table, "-o", target)

    assert run.status == 0
    assert "待定单位 0 个" in run.err
    text = "\n".join(cell.text for row in docx.Document(str(target)).tables[0].rows for cell in row.cells)
    assert "人民银行济南分行营业管理部" in text


@pytest.mark.parametrize(
    ("place", "lead", "others"),
    [
        ("海门区", "区商务局", "区财政局"),
        ("如皋市", "市商务局", "市财政局"),
        ("如东县", "县商务局", "县财政局"),
    ],
)
def test_offices_of_a_county_are_named_as_its_own(place: str, lead: str, others: str) -> None:
    """A district has 区 offices, a county-level city 市 offices, a county 县 offices."""
    table = draft("完善工作机制。", place)

    assert words(table, "lead") == [lead]
    assert others in words(table, "responsible")[0]


def test_only_sentence_keeps_all_departments() -> None:
    """What the one sentence of a clause does not show is nobody else's: no department is set aside."""
    table = draft("落实补贴资金。")

    assert words(table, "lead") == ["市商务局"]
    assert words(table, "responsible") == ["市财政局\n人民银行南通市中心支行\n市贸促会"]
    assert "另有" not in words(table, "note")[0]
