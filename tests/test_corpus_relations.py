"""How a notice stands to the documents it names: carried out, ended, cited; its own attachments are no other documents."""

import pytest

from corpus.documents import Kind, kind_of, law_key
from corpus.relations import cited_documents
from extract.reading import extract_bytes

HEAD = "沪科规〔2025〕5号\n\n上海市科学技术委员会关于印发《上海市科技专家库管理办法》的通知\n\n各有关单位：\n\n"
FOOT = "\n\n上海市科学技术委员会\n2025年7月28日\n"


def relations(body: str, head: str = HEAD) -> set[tuple[str, str]]:
    """(relation, number or title) of what a notice of that body names."""
    [notice] = extract_bytes(f"{head}{body}{FOOT}".encode(), "通知.txt").notices
    return {(row[1], row[2] or row[4]) for row in cited_documents(notice)}


@pytest.mark.parametrize(
    ("opening", "relation"),
    [
        ("为深入贯彻落实《甲工作意见》（国发〔2023〕5号）精神，现通知如下。", "implements"),
        ("按照国发〔2023〕5号文件要求，经市政府同意，现通知如下。", "implements"),
        ("根据国务院印发的《甲工作意见》（国发〔2023〕5号），现通知如下。", "implements"),
        ("以《甲工作意见》（国发〔2023〕5号）为依据，现通知如下。", "implements"),
        ("现将《甲工作意见》（国发〔2023〕5号）转发给你们，请遵照执行。", "implements"),
        ("现将《甲工作意见》（国发〔2023〕5号）印发给你们，请结合实际认真贯彻落实。", "implements"),
        ("现就《甲工作意见》（国发〔2023〕5号）贯彻落实工作通知如下。", "implements"),
        ("《甲工作意见》（国发〔2023〕5号）印发以来，各地认真贯彻落实，现通知如下。", "cites"),
        ("根据市委部署，参照《甲工作意见》（国发〔2023〕5号），现通知如下。", "cites"),
        ("对《甲工作意见》（国发〔2023〕5号）作如下修改。", "cites"),
        ("《甲工作意见》（国发〔2023〕5号）自本通知印发之日起废止。", "repeals"),
        ("自本通知印发之日起，停止执行《甲工作意见》（国发〔2023〕5号）。", "repeals"),
    ],
)
def test_opening_tells_the_relation(opening: str, relation: str) -> None:
    """The verb before the citation, or what is said of it behind, decides; a mere mention is cited."""
    assert relations(opening) == {(relation, "国发〔2023〕5号")}


@pytest.mark.parametrize(
    ("article", "found"),
    [
        (
            "第一条 为规范管理，根据《甲管理条例》（国务院令第724号）、《乙实施办法》（沪府规〔2025〕2号），结合本市实际，制定本办法。",
            {("implements", "国务院令第724号"), ("implements", "沪府规〔2025〕2号")},
        ),
        ("第九条 违反规定的，依照《甲管理办法》（沪府规〔2025〕2号）处理。", {("cites", "沪府规〔2025〕2号")}),
        (
            "第九条 本办法自2025年8月1日起施行。《上海市科技专家库管理办法》（沪科规〔2024〕2号）同时废止。",
            {("repeals", "沪科规〔2024〕2号")},
        ),
        (
            "第九条 《甲办法》（沪科规〔2019〕2号）、《乙办法》（沪科规〔2019〕3号）自本办法施行之日起废止。",
            {("repeals", "沪科规〔2019〕2号"), ("repeals", "沪科规〔2019〕3号")},
        ),
        ("第九条 按照《甲管理办法》（沪府规〔2025〕2号）规定，不合格的予以废止。", {("cites", "沪府规〔2025〕2号")}),
        ("第九条 《甲管理办法》（沪府规〔2015〕2号）已废止，不再引用。", {("cites", "沪府规〔2015〕2号")}),
    ],
)
def test_articles_found_and_end(article: str, found: set[tuple[str, str]]) -> None:
    """The article that founds a regulation carries out what it rests on; the last one ends its forerunner."""
    assert relations(f"现印发给你们。\n第一章 总则\n{article}") == found


@pytest.mark.parametrize(
    "body",
    [
        "《上海市科技专家库管理办法》已经市政府同意，现印发给你们，请认真执行。",
        "经市政府同意，现将《专家入库工作细则》印发给你们。",
        "我委制定了《专家入库工作细则》和《专家出库工作细则》，现印发给你们。",
        "经研究，上海市科学技术委员会研究修订了《专家工作细则（2025年版）》，请遵照执行。",
        "各单位要按照《专家入库工作细则》（附件2）办理。",
        "请填写《专家登记表》，持《中级会计专业技术资格证书》办理。",
    ],
)
def test_what_the_notice_prints_is_its_own(body: str) -> None:
    """Its regulation, plans it hands out and attachments are not documents of others; forms are none at all."""
    assert relations(body) == set()


def test_plan_of_another_organ_is_not_ones_own() -> None:
    """What the ministry issued is the ministry's, though 印发 stands before it as before a plan of one's own."""
    assert relations("近期，科技部印发《关于加强专家管理工作的意见》，现提出如下要求。") == {
        ("cites", "关于加强专家管理工作的意见")
    }


@pytest.mark.parametrize(
    ("title", "relation"),
    [
        ("上海市科学技术委员会关于贯彻落实《甲工作意见》（国发〔2023〕5号）的实施意见", "implements"),
        ("上海市科学技术委员会关于印发《甲工作意见》（国发〔2023〕5号）实施方案的通知", "implements"),
        ("上海市科学技术委员会转发国务院关于甲工作的意见（国发〔2023〕5号）的通知", "implements"),
        ("上海市科学技术委员会关于废止《甲工作意见》（国发〔2023〕5号）的通知", "repeals"),
    ],
)
def test_title_tells_the_relation(title: str, relation: str) -> None:
    """贯彻, 转发, …实施方案 and 废止 in a title."""
    head = f"沪科规〔2025〕5号\n\n{title}\n\n各有关单位：\n\n"
    assert relations("现将有关事项通知如下。", head) == {(relation, "国发〔2023〕5号")}


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("中华人民共和国公司法", None, Kind.LAW),
        ("公司法", None, Kind.LAW),
        ("上海市优化营商环境条例", None, Kind.LAW),
        ("安全生产许可证条例", None, Kind.LAW),
        ("工程建设项目招标范围规定", "国家发展改革委令第16号", Kind.LAW),
        ("上海市科技专家库管理办法（试行）", None, Kind.NOTICE),
        ("产业结构调整指导目录（2024年本）", None, Kind.NOTICE),
        ("关于加强就业工作的意见", None, Kind.NOTICE),
        (None, "国发〔2023〕5号", Kind.NOTICE),
        ("工伤认定指南", None, None),
        ("创业担保贷款申请材料", None, None),
        ("领导干部统计知识问答", None, None),
        ("数学建模方法", None, None),
        ("条例", None, None),
        ("通知", None, None),
    ],
)
def test_only_papers_can_be_wanted(title: str | None, number: str | None, kind: Kind | None) -> None:
    """Laws are a class of their own; what has neither number nor a paper's ending is nothing to collect."""
    assert kind_of(title, number) is kind


def test_law_has_one_name() -> None:
    """With or without the state's name and the year of its revision it is one law."""
    assert law_key("公司法") == law_key("中华人民共和国公司法（2023年修订）")
