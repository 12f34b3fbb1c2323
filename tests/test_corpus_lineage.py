"""Who carries out, cites and prints whom: numbers and titles resolved, or wanted; trees and their pictures."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import make_store, write_notices

from corpus import Corpus, QueryError
from corpus.lineage import find_node, implementations, list_wanted
from corpus.names import number_key, title_key


def write(
    folder: Path,
    number: str | None,
    title: str,
    opening: str,
    *,
    issuer: str,
    body: str = "一、加强组织领导。落实工作责任。",
) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{number or title}.txt"
    head = f"{number}\n\n" if number else ""
    path.write_text(f"{head}{title}\n\n各有关单位：\n\n{opening}\n{body}\n\n{issuer}\n2023年3月1日\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("lineage")
    with make_store(folder / "a.db", samples) as found:
        yield found


def edges(store: Corpus) -> set[tuple[str, str, str]]:
    graph = store.lineage()
    return {(graph.nodes[e.lower].name, e.relation.value, graph.nodes[e.upper].name) for e in graph.edges}


def test_real_notices_are_linked_as_they_say(store: Corpus) -> None:
    """The bundled notices: five carry out a notice, one prints the one that it carries out, two are merely cited."""
    assert edges(store) == {
        ("威人社字〔2023〕14号", "implements", "鲁政办发〔2023〕3号"),
        ("德人社字〔2022〕3号", "implements", "鲁人社字〔2021〕122号"),
        ("德人社字〔2022〕3号", "implements", "德政字〔2021〕46号"),
        ("济政办函〔2021〕16号", "implements", "鲁政字〔2021〕136号"),
        ("济政办函〔2021〕16号", "prints", "鲁政字〔2021〕136号"),
        ("潍人社字〔2023〕17号", "implements", "鲁人社字〔2023〕19号"),
        ("潍人社字〔2023〕17号", "implements", "潍办发〔2023〕4号"),
        ("潍人社字〔2023〕17号", "cites", "鲁人社字〔2022〕113号"),
        ("潍人社字〔2023〕17号", "cites", "关于进一步做好博士后相关工作的通知"),
        ("潍人社字〔2023〕17号", "cites", "关于加强新时代全省高技能人才队伍建设的实施意见"),
    }


def test_what_is_cited_but_not_there_is_wanted(store: Corpus) -> None:
    """Every document named and not stored is listed once with who names it; the stored ones are not."""
    wanted = {one.number or one.title: one for one in list_wanted(store.lineage())}

    assert len(wanted) == 8
    assert "鲁政字〔2021〕136号" not in wanted
    assert wanted["鲁政办发〔2023〕3号"].by == ("威人社字〔2023〕14号",)
    assert "稳定和扩大就业" in (wanted["鲁政办发〔2023〕3号"].title or "")


def test_laws_are_a_class_of_their_own(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A law is one whatever it is called, stands behind the missing notices, and is not said to be missing."""
    for number, law in (("8", "《中小企业促进法》"), ("9", "《中华人民共和国中小企业促进法（2017年修订）》")):
        write(
            tmp_path / "来文",
            f"鲁政发〔2023〕{number}号",
            f"山东省人民政府关于做好第{number}项工作的通知",
            f"根据{law}、《国务院关于中小企业工作的意见》（国发〔2022〕1号），现通知如下。",
            issuer="山东省人民政府",
        )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        wanted = list_wanted(found.lineage())
        run = duizhao("corpus", "lineage", "--wanted", "--db", found.path)

    assert [(one.kind.value, one.count) for one in wanted] == [("notice", 2), ("law", 2)]
    assert wanted[1].title == "中华人民共和国中小企业促进法（2017年修订）"
    assert [line for line in run.out.splitlines() if not line.startswith(" ")] == [
        "缺 1 份公文（次数、发文字号、标题）：",
        "引用的法律法规 1 部：",
    ]


def test_document_named_by_number_then_by_title_is_wanted_once(tmp_path: Path) -> None:
    """Later in the notice, or in a neighbour of the same province, the title alone means the numbered document."""
    first = "为贯彻落实《山东省河湖管理暂行办法》（鲁政发〔2023〕1号），现通知如下。"
    body = "一、加强管理。各单位严格执行《山东省河湖管理暂行办法》。"
    write(
        tmp_path / "来文",
        "济政发〔2023〕9号",
        "济南市人民政府关于河湖工作的通知",
        first,
        issuer="济南市人民政府",
        body=body,
    )
    later = "按照《山东省河湖管理暂行办法》要求，现通知如下。"
    write(tmp_path / "来文", "青政发〔2023〕9号", "青岛市人民政府关于河湖工作的通知", later, issuer="青岛市人民政府")
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert [(one.number, one.count) for one in list_wanted(found.lineage())] == [("鲁政发〔2023〕1号", 2)]


def test_same_title_of_two_issuers_is_two_documents(tmp_path: Path) -> None:
    """《山东省人民政府关于…》 and 《江苏省人民政府关于…》 are each wanted."""
    for city, province, number in (
        ("济南市", "山东省", "济政发〔2023〕9号"),
        ("南京市", "江苏省", "宁政发〔2023〕9号"),
    ):
        write(
            tmp_path / "来文",
            number,
            f"{city}人民政府关于河湖工作的通知",
            f"为贯彻落实《{province}人民政府关于加强河湖管理的意见》，现通知如下。",
            issuer=f"{city}人民政府",
        )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert [one.count for one in list_wanted(found.lineage())] == [1, 1]


def test_earlier_version_is_ended_not_meant(tmp_path: Path) -> None:
    """A regulation that replaces one of the same name repeals that one and does not cite itself."""
    for number, year, last in (
        ("1", "2020", ""),
        ("5", "2025", "《山东省河湖管理办法》（鲁政发〔2020〕1号）同时废止。"),
    ):
        write(
            tmp_path / "来文",
            f"鲁政发〔{year}〕{number}号",
            "山东省人民政府关于印发《山东省河湖管理办法》的通知",
            "现将《山东省河湖管理办法》印发给你们，请遵照执行。",
            issuer="山东省人民政府",
            body=f"第一条 {year}年起，河湖管理适用本办法。\n第二条 本办法自印发之日起施行。{last}",
        )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert edges(found) == {("鲁政发〔2025〕5号", "repeals", "鲁政发〔2020〕1号")}
        assert list_wanted(found.lineage()) == ()


def test_print_without_its_number_is_known_by_its_title(tmp_path: Path) -> None:
    """Where the stored copy has lost its 发文字号, number and title in a citation still lead to it."""
    write(tmp_path / "来文", None, "山东省人民政府关于加强河湖管理的意见", "现提出如下意见。", issuer="山东省人民政府")
    write(
        tmp_path / "来文",
        "济政发〔2023〕9号",
        "济南市人民政府关于河湖工作的通知",
        "为贯彻落实《山东省人民政府关于加强河湖管理的意见》（鲁政发〔2023〕1号），现通知如下。",
        issuer="济南市人民政府",
    )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert edges(found) == {("济政发〔2023〕9号", "implements", "山东省人民政府关于加强河湖管理的意见")}


def test_order_of_adding_makes_no_difference(tmp_path: Path) -> None:
    """A notice that comes after those that cite it is linked all the same."""
    lower = write(
        tmp_path / "来文",
        "济政发〔2023〕9号",
        "济南市人民政府关于做好有关工作的通知",
        "为贯彻落实鲁政发〔2023〕8号文件精神，现通知如下。",
        issuer="济南市人民政府",
    )
    upper = write(
        tmp_path / "来文",
        "鲁政发〔2023〕8号",
        "山东省人民政府关于做好有关工作的意见",
        "现提出如下意见。",
        issuer="山东省人民政府",
    )
    with make_store(tmp_path / "a.db", lower) as found:
        assert [one.number for one in list_wanted(found.lineage())] == ["鲁政发〔2023〕8号"]
        found.add([upper])
        assert list_wanted(found.lineage()) == ()
        assert [(found.entry(a).number, found.entry(b).number) for a, b in implementations(found.lineage())] == [
            ("鲁政发〔2023〕8号", "济政发〔2023〕9号")
        ]


def test_synthetic_families_are_found_whole(tmp_path: Path) -> None:
    """Seven cities carry out each province's notice; the national ones are wanted."""
    with make_store(tmp_path / "a.db", write_notices(tmp_path / "来文", range(48))) as found:
        graph = found.lineage()
        uppers: dict[int, int] = {}
        for upper, _ in implementations(graph):
            uppers[upper] = uppers.get(upper, 0) + 1

        assert sorted(uppers.values()) == [7] * 6
        assert {one.number[:2] for one in list_wanted(graph) if one.number} == {"国发"}


@pytest.mark.parametrize(
    ("opening", "relation"),
    [
        ("为贯彻落实《国务院关于加强就业工作的意见》（国发〔2023〕5号），现通知如下。", "implements"),
        ("根据国发〔2023〕5号文件要求，现通知如下。", "implements"),
        ("按照《国务院关于加强就业工作的意见》（国发〔2023〕5号）和省里部署，现通知如下。", "implements"),
        ("现将《国务院关于加强就业工作的意见》（国发〔2023〕5号）转发给你们，请认真执行。", "implements"),
        ("近期就业形势平稳。国发〔2023〕5号文件印发以来成效明显，现通知如下。", "cites"),
    ],
)  # fmt: skip
def test_opening_tells_what_is_carried_out(tmp_path: Path, opening: str, relation: str) -> None:
    """What stands after 贯彻, 根据 or 按照 in the opening is carried out, and what is 转发; what is merely named is cited."""
    write(
        tmp_path / "来文", "鲁政发〔2023〕8号", "山东省人民政府关于做好有关工作的通知", opening, issuer="山东省人民政府"
    )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert ("鲁政发〔2023〕8号", relation, "国发〔2023〕5号") in edges(found)


def test_own_plan_is_no_other_document(tmp_path: Path) -> None:
    """现将《…方案》印发给你们 names the notice's own attachment: no link, nothing wanted."""
    write(
        tmp_path / "来文",
        "鲁政发〔2023〕8号",
        "山东省人民政府关于印发山东省海洋经济发展方案的通知",
        "现将《山东省海洋经济发展方案》印发给你们，请认真组织实施。",
        issuer="山东省人民政府",
    )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert edges(found) == set()


def test_province_carries_out_nothing_of_its_cities(tmp_path: Path) -> None:
    """A province that names a city's notice in its opening cites it."""
    write(
        tmp_path / "来文",
        "济政发〔2023〕9号",
        "济南市人民政府关于做好有关工作的通知",
        "现通知如下。",
        issuer="济南市人民政府",
    )
    write(
        tmp_path / "来文",
        "鲁政发〔2023〕8号",
        "山东省人民政府关于推广有关经验的通知",
        "根据济政发〔2023〕9号文件反映的情况，现通知如下。",
        issuer="山东省人民政府",
    )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert edges(found) == {("鲁政发〔2023〕8号", "cites", "济政发〔2023〕9号")}


def test_title_alone_links_only_where_it_is_one_notices(tmp_path: Path) -> None:
    """A title that another province's notice also has is not taken for it; its own province's is."""
    title = "关于加强海洋牧场建设管理的指导意见"
    write(tmp_path / "来文", "辽政发〔2023〕4号", f"辽宁省人民政府{title}", "现提出如下意见。", issuer="辽宁省人民政府")
    write(
        tmp_path / "来文",
        "济政发〔2023〕9号",
        "济南市人民政府关于做好有关工作的通知",
        f"为贯彻落实《{title}》，现通知如下。",
        issuer="济南市人民政府",
    )
    with make_store(tmp_path / "a.db", tmp_path / "来文") as found:
        assert [one.title for one in list_wanted(found.lineage())] == [title]
        write(
            tmp_path / "来文",
            "鲁政发〔2023〕8号",
            f"山东省人民政府{title}",
            "现提出如下意见。",
            issuer="山东省人民政府",
        )
        found.add([tmp_path / "来文"])
        assert ("济政发〔2023〕9号", "implements", "鲁政发〔2023〕8号") in edges(found)


def test_number_that_two_issuers_share_links_to_neither(tmp_path: Path) -> None:
    """济政办函 is 济南's and 济宁's: with both stored, a bare number is not guessed."""
    for city in ("济南市", "济宁市"):
        folder = tmp_path / city
        write(
            folder,
            "济政办函〔2023〕9号",
            f"{city}人民政府办公室关于做好{city}有关工作的通知",
            f"{city}有关事项通知如下。",
            issuer=f"{city}人民政府办公室",
            body=f"一、加强{city}组织领导。" + f"{city}各部门要落实工作责任。" * 9,
        )
    write(
        tmp_path / "区",
        "历下政发〔2023〕1号",
        "济南市历下区人民政府关于做好有关工作的通知",
        "根据济政办函〔2023〕9号要求，现通知如下。",
        issuer="济南市历下区人民政府",
    )
    with make_store(tmp_path / "a.db", tmp_path) as found:
        graph = found.lineage()

        assert list(implementations(graph)) == []
        with pytest.raises(QueryError, match="编号"):
            find_node(graph, "济政办函〔2023〕9号")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鲁政字〔2021〕136号", "鲁政字[2021]136"),
        ("鲁政字〔2021〕136号", "鲁政字（２０２１）136号"),
        ("鲁政字〔2021〕136号", "鲁政字【2021】第136号"),
        ("国务院令第724号", "中华人民共和国国务院令 第724号"),
    ],
)
def test_numbers_are_known_however_they_are_typed(one: str, other: str) -> None:
    """Brackets, width and a missing 号 tell no two numbers apart."""
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("山东省人民政府关于印发<山东省海洋强省建设行动方案>的通知", "山东省海洋强省建设行动方案"),
        (
            "关于印发《山东省海洋强省建设行动方案》的通知",
            "山东省人民政府办公厅关于印发山东省海洋强省建设行动方案的通知",
        ),
        ("中共中央办公厅 国务院办公厅印发《关于深化审评改革的意见》", "关于深化审评改革的意见"),
        ("山东省教育厅等七部门关于修订印发《山东省海洋教育办法》的通知", "《山东省海洋教育办法》"),
    ],
)
def test_titles_are_known_by_what_they_are_about(one: str, other: str) -> None:
    """A plan and the notice that issues it are the same document."""
    assert title_key(one) == title_key(other)


def test_forwarding_notice_is_not_what_it_forwards() -> None:
    """转发省政府《关于…的通知》的通知 is a document of its own."""
    assert title_key("济南市人民政府转发省政府关于做好防汛救灾工作的通知的通知") != title_key(
        "关于做好防汛救灾工作的通知"
    )


@pytest.mark.parametrize("form", ["text", "dot", "svg", "json", "mermaid", "csv"])
def test_lineage_command_writes_every_format(store: Corpus, duizhao: Callable[..., Any], form: str) -> None:
    """A notice by number, however it is typed, in each format."""
    run = duizhao("corpus", "lineage", "鲁政字[2021]136", "--db", store.path, "--format", form)

    assert run.status == 0
    assert "济政办函〔2021〕16号" in run.out


def test_unknown_notice_is_said(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """A number that is neither stored nor cited is one line."""
    run = duizhao("corpus", "lineage", "京政发〔2001〕1号", "--db", store.path)

    assert (run.status, run.err.count("\n")) == (1, 1)


def test_wanted_list_names_who_cites(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """The list to collect by: how often, which, who."""
    run = duizhao("corpus", "lineage", "--wanted", "--db", store.path, "--format", "json")
    found = json.loads(run.out)

    assert {one["number"] for one in found} >= {"鲁政办发〔2023〕3号", "鲁人社字〔2023〕19号"}
    assert all(one["by"] for one in found)


def test_half_without_relations_says_so(samples: Path, tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Above a notice that cites nothing stands that there is nothing, and in English no Chinese comma."""
    with make_store(tmp_path / "a.db", samples):
        run = duizhao("corpus", "lineage", "鲁政字〔2021〕136号", "--db", tmp_path / "a.db")
        english = duizhao("corpus", "lineage", "鲁政字〔2021〕136号", "--db", tmp_path / "a.db", "--lang", "en")

    assert run.out.splitlines()[0] == "依据："
    assert run.out.splitlines()[2].strip() == "（库里没有）"
    assert run.out.count("（库里没有）") == 1
    assert "[carries out, prints]" in english.out
