"""Layouts that notices of other provinces brought: lines of duty, running heads, sites' feet, minutes, plain tables."""

import pytest
from test_structure import LETTER, body, clause, ids, only

from extract import extract_bytes
from extract.notice import Clause, Notice


def names(notice: Notice, clause_id: str) -> list[tuple[str, list[str]]]:
    found = clause(notice, clause_id).responsibilities
    return [(item.role.value, [department.name for department in item.departments]) for item in found]


def figures(row: Clause) -> list[tuple[str, int, str | None]]:
    return [(item.quote, int(item.high or 0), item.unit) for item in row.amounts]


def test_a_line_of_departments_in_a_signed_plan_is_no_fact_of_the_page() -> None:
    """责任部门： and 服务对象： below a clause belong to it, though the letter above is signed already."""
    notice = only(
        LETTER + "某省数字经济发展三年行动方案\n一、建设网络。新建基站。\n责任部门：省通信管理局；配合部门：省财政厅\n"
        "二、扩大服务。开展培训。\n服务对象：全省中小企业\n责任部门：省工业和信息化厅\n三、加强宣传。组织宣讲。\n四、开展评估。组织评估。\n"
        "五、加强调度。按季调度。\n六、抓好落实。压实责任。\n"
    )

    assert names(notice, "一") == [("responsible", ["省通信管理局"]), ("cooperate", ["省财政厅"])]
    assert names(notice, "二") == [("responsible", ["省工业和信息化厅"])]
    assert clause(notice, "二").text == "开展培训。服务对象：全省中小企业"


def test_a_line_of_departments_ends_where_the_next_number_stands() -> None:
    """Whatever the last name ends in, 二、 begins anew."""
    notice = body("一、提升运力。加密班次。\n责任单位：市交通运输局、某市轨道集团\n二、改善服务。\n优化换乘。\n")

    assert names(notice, "一") == [("responsible", ["市交通运输局", "某市轨道集团"])]
    assert clause(notice, "一").text == "加密班次。"


@pytest.mark.parametrize("end", ["。（责任单位：市财政局）。", "。（责任单位：市财政局）", "（责任单位：市财政局）。"])
def test_a_text_ends_in_one_stop_wherever_the_bracket_has_its_own(end: str) -> None:
    """发放补贴。（责任单位：市财政局）。 is 发放补贴。"""
    notice = body(f"一、发放补贴。按时足额发放补贴{end}\n二、加强监管。严格核查。\n")

    assert clause(notice, "一").text == "按时足额发放补贴。"


def test_words_before_a_bracket_of_departments_head_the_clauses_below() -> None:
    """二、优化服务（牵头单位：…） over （一）: the words are a heading, the bracket a statement."""
    notice = body("一、优化服务（牵头单位：市商务局）\n（一）简化手续。压减材料。\n（二）缩短时限。提速办理。\n")

    assert (clause(notice, "一").heading, clause(notice, "一").text) == ("优化服务", "")
    assert names(notice, "一") == [("lead", ["市商务局"])]


def test_running_heads_of_a_dump_cut_no_sentence() -> None:
    """A line that stands beside every page number goes, the sentence goes on over it."""
    page = "某省人民政府公报　2023年第17期\n"
    notice = only(
        page + LETTER + "· 1 ·\n" + page + "某省数字经济发展三年行动方案\n一、建设网络。鼓励物业\n· 2 ·\n" + page
        + "服务企业参与。\n二、培育产业。建设园区。\n· 3 ·\n"
    )  # fmt: skip

    assert clause(notice, "一").text == "鼓励物业服务企业参与。"
    assert "公报" not in notice.text


def test_a_line_that_repeats_away_from_page_ends_stays() -> None:
    """两张表的同一行 labels of forms repeat as well and are text."""
    notice = body(
        "一、填报材料。如实填写。\n填表单位盖章\n二、报送材料。按时报送。\n填表单位盖章\n三、存档备查。妥善保管。\n填表单位盖章\n"
    )

    assert notice.text.count("填表单位盖章") == 3


FOOT = """上一篇：某市人民政府关于表彰先进的决定
下一篇：无
主办：某市人民政府办公室　　承办：某市大数据局
网站标识码：5301000001　某ICP备05028383号　某公网安备53010002010300号
版权所有 未经授权禁止转载
"""


def test_a_sites_foot_is_no_closing() -> None:
    """A page saved as text: the last clause ends where the notice ends, and what went is told."""
    document = extract_bytes(
        (
            "某市人民政府\n关于做好有关工作的通知\n某政发〔2024〕7号\n各县区人民政府：\n一、抓落实。压实责任。\n二、有效期一年。\n"
            + FOOT
        ).encode(),
        "notice.txt",
    )

    assert document.notices[0].text.endswith("二、有效期一年。")
    assert {item.reason for item in document.furniture} == {"网站页脚"}


def test_a_clause_on_websites_stays() -> None:
    """网站标识码 and 版权所有者 in a sentence are what it is about."""
    notice = body(
        "一、规范管理。各单位要在网站底部标明网站标识码\n和ICP备案编号。\n二、保护权益。尊重版权所有者的权利。\n"
    )

    assert clause(notice, "一").text == "各单位要在网站底部标明网站标识码和ICP备案编号。"
    assert clause(notice, "二").text == "尊重版权所有者的权利。"


@pytest.mark.parametrize("marks", ["①②③", ["（1）", "（2）", "（3）"], ["1.", "2.", "3."]])
def test_items_that_run_on_in_a_paragraph_are_clauses(marks: list[str]) -> None:
    """①…；②…；③…。 on one line: three items, as if each had its own."""
    first, second, third = marks
    notice = body(
        f"一、申报条件\n（一）有下列情形之一的，不得申报：\n{first}列入失信名单的；{second}近三年发生事故的；{third}已获资助的。\n（二）其他条件。\n"
    )

    assert [name for name in ids(notice) if name.count("/") == 2] == [
        f"一/（一）/{mark.rstrip('.')}" for mark in (first, second, third)
    ]


def test_a_plain_table_is_unnumbered_text_row_by_row() -> None:
    """指标表: a row is compared and traced by itself; a bare number takes the unit of its row."""
    notice = only(
        LETTER
        + "附件2\n指标目录\n序号\t指标\t单位\t2024年\t2026年\n1\t网上可办率\t%\t95\t98\n2\t可办事项数\t项\t800\t1200\n"
    )
    rows = [item for item in notice.clauses if item.id.startswith("附件2/表/")]

    assert [(item.id, item.level) for item in rows] == [("附件2/表/表头", 0), ("附件2/表/1", 0), ("附件2/表/2", 0)]
    assert rows[1].text == "1网上可办率%9598"
    assert figures(rows[1]) == [("95", 95, "%"), ("98", 98, "%")]
    assert figures(rows[2]) == [("800", 800, "项"), ("1200", 1200, "项")]


def test_no_amount_is_read_across_the_border_of_two_cells() -> None:
    """序号 1 beside 企业 is not one enterprise."""
    notice = only(LETTER + "附件2\n支持标准\n序号\t类别\t标准\n1\t企业\t最高500万元\n2\t机构\t最高100万元\n")
    amounts = [item.quote for row in notice.clauses for item in row.amounts if row.id.startswith("附件2")]

    assert amounts == ["最高500万元", "最高100万元"]


def test_rows_that_end_a_clause_stand_below_it() -> None:
    """二、主要指标 over a table: the clause keeps its words, the rows name it as their parent."""
    notice = body("一、总体要求。稳中求进。\n二、主要指标。逐年提高。\n指标\t目标\n可办率\t98%\n满意率\t95%\n")

    assert clause(notice, "二").text == "逐年提高。"
    assert [(item.id, item.parent) for item in notice.clauses if item.parent == "二"] == [
        ("二/表/表头", "二"),
        ("二/表/1", "二"),
        ("二/表/2", "二"),
    ]


def test_those_who_drew_up_what_is_passed_on_charge_nobody() -> None:
    """转发: organs in a line under the inner title are its authors, and no subject of its first sentence."""
    notice = only(
        "某省人民政府办公厅\n转发省发展改革委等部门关于建设充电设施若干措施的通知\n某政办函〔2023〕102号\n各市人民政府：\n"
        "《关于建设充电设施的若干措施》已经省政府同意，现转发给你们。\n某省人民政府办公厅\n2023年8月25日\n"
        "关于建设充电设施的若干措施\n省发展改革委　省自然资源厅\n国网某省电力有限公司\n"
        "为建设充电设施，现提出如下措施。\n一、优化布局。新建充电桩。\n二、加强监管。严禁飞线。\n"
    )

    assert [item.text for item in notice.clauses if item.id.startswith("preamble")][
        1
    ] == "为建设充电设施，现提出如下措施。"
    assert not any(item.responsibilities for item in notice.clauses)


def test_an_issuer_named_by_its_level_takes_the_area_of_its_code() -> None:
    """省人民政府办公厅 above 鄂政办发 is Hubei's; a code that two cities share says nothing by itself."""
    hubei = only(
        "省人民政府办公厅关于做好有关工作的通知\n鄂政办发〔2023〕27号\n各市、州人民政府：\n一、抓落实。\n二、强保障。\n2023年7月18日\n"
    )
    shared = only(
        "市人民政府关于做好有关工作的通知\n济政发〔2023〕2号\n各县区人民政府：\n一、抓落实。\n二、强保障。\n2023年7月18日\n"
    )
    told = only(
        "市人民政府办公室关于印发咸宁市养老服务方案的通知\n咸政办发〔2022〕8号\n各县、市、区人民政府：\n现印发给你们。\n2022年5月6日\n咸宁市养老服务方案\n一、抓落实。\n二、强保障。\n"
    )

    assert (hubei.issuers, hubei.province) == (("湖北省人民政府办公厅",), "湖北省")
    assert (shared.issuers, shared.city) == (("市人民政府",), None)
    assert (told.issuers, told.city) == (("咸宁市人民政府办公室",), "咸宁市")


def test_minutes_name_their_issuer_and_day_above_the_title() -> None:
    """会议纪要: 某市人民政府办公室　2024年8月9日 on one line; who was present is no part of the last item."""
    notice = only(
        "赣州市人民政府专题会议纪要\n赣市府专纪〔2024〕38号\n赣州市人民政府办公室　　　2024年8月9日\n关于老旧小区改造工作的会议纪要\n"
        "　　现将会议议定事项纪要如下：\n　　一、关于改造进度。8月底前全部开工。\n　　二、关于补助资金。本月15日前拨付到位。\n　　出席：张某某、李某某。\n"
    )

    assert (notice.issuers, str(notice.issued_on), notice.city) == (("赣州市人民政府办公室",), "2024-08-09", "赣州市")
    assert [str(item.end) for name in ("一", "二") for item in clause(notice, name).dates] == [
        "2024-08-31",
        "2024-08-15",
    ]
    assert clause(notice, "二").text == "本月15日前拨付到位。"


def test_two_issuers_above_a_title_are_both_its_own() -> None:
    """中共某市委办公室, 某市人民政府办公室 on two lines above 关于…, with the number below."""
    notice = only(
        "中共渭南市委办公室\n渭南市人民政府办公室\n关于印发《渭南市数字政府建设方案》的通知\n渭办发〔2024〕8号\n各县（市、区）党委和人民政府：\n一、抓落实。\n二、强保障。\n2024年5月16日\n"
    )

    assert notice.title == "中共渭南市委办公室渭南市人民政府办公室关于印发《渭南市数字政府建设方案》的通知"


def test_years_in_brackets_under_a_title_belong_to_it() -> None:
    """（2024—2026年） on a line of its own is no beginning of the text."""
    notice = only(
        LETTER
        + "某省数字经济发展三年行动方案\n（2024—2026年）\n为发展数字经济，制定本方案。\n一、建设网络。\n二、培育产业。\n"
    )

    assert [item.text for item in notice.clauses if item.id.startswith("preamble")][1] == "为发展数字经济，制定本方案。"


def test_what_the_letter_says_it_issues_is_a_title_without_a_genre() -> None:
    """关于印发某规划责任分解的通知: 某规划责任分解 behind the signature is a title, though no 文种 ends it."""
    notice = only(
        "某市人民政府办公厅关于印发某市应急规划责任分解的通知\n某政办发〔2017〕5号\n各县区人民政府：\n现印发给你们。\n某市人民政府办公厅\n2017年4月13日\n"
        "某市应急规划责任分解\n为落实规划，现分解如下。\n一、完善预案。\n二、建设队伍。\n"
    )

    assert clause(notice, "preamble~2").text == "为落实规划，现分解如下。"


def test_a_title_in_the_list_of_attachments_needs_no_genre() -> None:
    """资金分配表 is named by 附件：…, so that the year in it is no date of a clause."""
    notice = only(
        "某省财政厅关于下达补贴资金的通知\n某财农〔2024〕15号\n各市财政局：\n一、抓紧拨付。\n二、加强监管。\n附件：2024年补贴资金分配表\n某省财政厅\n2024年3月11日\n"
        "附件\n2024年补贴资金分配表\n市\t资金（万元）\n甲市\t1200\n乙市\t980\n"
    )
    rows = [item for item in notice.clauses if item.id.startswith("附件")]

    assert [item.id for item in rows] == ["附件/表/表头", "附件/表/1", "附件/表/2"]
    assert [figures(item) for item in rows] == [[], [("1200", 12_000_000, "CNY")], [("980", 9_800_000, "CNY")]]


def test_articles_of_measures_have_headings_where_all_have() -> None:
    """第一条　支持企业开拓市场。对…: in 若干措施 each article begins with its heading, in 办法 none does."""
    titled = body(
        "第一条　支持开拓市场。对参展企业给予补助。\n第二条　支持扩大规模。对增长企业给予奖励。\n第三条　降低融资成本。对贷款给予贴息。\n第四条　本措施自印发之日起施行。\n"
    )
    plain = body(
        "第一条　为规范停车，制定本办法。\n第二条　停车实行分级管理。具体办法另行制定。\n第三条　收费应当公开。\n第四条　车位按需配建。每户一个。\n"
    )

    assert [item.heading for item in titled.clauses if item.level] == [
        "支持开拓市场",
        "支持扩大规模",
        "降低融资成本",
        None,
    ]
    assert [item.heading for item in plain.clauses if item.level] == [None, None, None, None]


def test_a_heading_that_lost_its_line_end_still_heads_the_clauses_below() -> None:
    """一、壮大产业（一）引进企业。… pasted from a page: the heading and each clause stand for themselves."""
    notice = body(
        "一、壮大产业（一）引进企业。给予奖励。\n（二）建设园区。\n到2027年建成三个。（市科技局牵头）二、完善设施（三）建设场地。给予补贴。\n"
        "（四）建设平台。\n由市交通局负责。\n三、保障措施1.强化服务。专人负责。\n2.强化督查。按月通报。"
    )

    assert ids(notice) == ["一", "一/（一）", "一/（二）", "二", "二/（三）", "二/（四）", "三", "三/1", "三/2"]
    assert [clause(notice, name).heading for name in ("一", "一/（一）", "二", "三")] == [
        "壮大产业",
        "引进企业",
        "完善设施",
        "保障措施",
    ]


def test_chapters_and_articles_glued_together_are_told_apart() -> None:
    """第一章总则第一条为了…: neither the chapter nor its first article is lost."""
    notice = body(
        "第一章总则第一条为了规范管理，制定本办法。\n第二条本办法适用于本市。\n第二章管理第三条市财政局负责管理。\n第四条按第三条（二）项执行。"
    )

    assert ids(notice) == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第二章",
        "第二章/第三条",
        "第二章/第四条",
    ]


def test_a_first_heading_behind_the_preamble_opens_the_plan() -> None:
    """…现通知如下：一、…: the section begins there, not with the next line."""
    notice = body("为做好有关工作，现通知如下：一、提高认识。各县区要重视。\n二、强化措施。\n三、严肃纪律。")

    assert ids(notice) == ["preamble", "一", "二", "三"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一、情况\n全市有三类企业：一、国有企业；二、民营企业；三、外资企业。\n二、要求\n抓好落实。", ["一", "二"]),
        (
            "一、甲项。内容。\n二、乙项。内容：一、子；二、丑；三、寅。\n三、丙项。内容。\n四、丁项。内容。",
            ["一", "二", "三", "四"],
        ),
        ("一、落实方案（一）和（二）的要求。\n二、见方案第三条（二）项。\n三、其他。", ["一", "二", "三"]),
        ("一、符合第（一）（二）项条件的可以申报。\n二、其他按规定执行。", ["一", "二"]),
    ],
)
def test_numbers_that_a_sentence_lists_or_cites_open_no_clause(text: str, wanted: list[str]) -> None:
    """A list inside a clause and references such as 方案（一） leave the clauses as they are."""
    assert ids(body(text)) == wanted


def test_the_kind_of_publicity_is_no_part_of_the_last_article() -> None:
    """信息公开类型：主动公开 under the last article is an element and says the disclosure."""
    notice = body("第一条　为了规范管理，制定本办法。\n第二条　本办法由市财政局解释。\n信息公开类型：主动公开")

    assert clause(notice, "第二条").text == "本办法由市财政局解释。"
    assert notice.disclosure == "主动公开"


TYPED = """<table><tr><th>序号</th><th>重点任务</th><th>具体内容</th><th>牵头单位</th><th>配合单位</th></tr>
<tr><td>1</td><td rowspan="2">优化服务</td><td>建立台账。</td><td>国家发展改革委<br>国家卫生健康委</td><td>财政部</td></tr>
<tr><td>2</td><td>公开结果。</td><td>财政部</td><td>住房城乡<br>建设部</td></tr></table>"""


def test_departments_typed_one_a_line_are_several() -> None:
    """A line break in a cell parts whole names and joins a name that it cuts in two."""
    page = f"<html><body><p>某市人民政府办公厅关于印发分工方案的通知</p><p>某政办发〔2026〕7号</p><p>各县区：</p><p>现印发给你们。</p>{TYPED}</body></html>"
    notice = extract_bytes(page.encode(), "页面.html").notices[0]

    assert names(notice, "1") == [("lead", ["国家发展改革委", "国家卫生健康委"]), ("cooperate", ["财政部"])]
    assert names(notice, "2") == [("lead", ["财政部"]), ("cooperate", ["住房城乡建设部"])]


def test_a_task_heads_the_measures_of_its_rows() -> None:
    """The cell of 重点任务 is the heading of the row in which it stands, 具体内容 its text."""
    page = f"<html><body><p>某市人民政府办公厅关于印发分工方案的通知</p><p>某政办发〔2026〕7号</p><p>各县区：</p><p>现印发给你们。</p>{TYPED}</body></html>"
    notice = extract_bytes(page.encode(), "页面.html").notices[0]

    assert [(clause(notice, name).heading, clause(notice, name).text) for name in ("1", "2")] == [
        ("优化服务", "建立台账。"),
        (None, "公开结果。"),
    ]


ANNOUNCEMENT = (
    "为支持发展，现就有关事项公告如下：\n一、本公告适用于企业。\n二、本公告自2026年4月1日起施行。\n特此公告。\n"
)


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("国家税务总局关于征管事项的公告\n国家税务总局公告2026年第9号\n", "国家税务总局公告2026年第9号", "国家税务总局关于征管事项的公告"),
        ("国家税务总局公告\n2026年第9号\n国家税务总局关于征管事项的公告\n", "国家税务总局公告2026年第9号", "国家税务总局关于征管事项的公告"),
        ("国家税务总局公告2026年第9号（关于征管事项的公告）\n", "国家税务总局公告2026年第9号", "关于征管事项的公告"),
        ("国家税务总局关于征管事项的公告\n（2026年第9号）\n", "2026年第9号", "国家税务总局关于征管事项的公告"),
    ],
)  # fmt: skip
def test_a_public_notice_has_its_number_in_the_head(head: str, number: str, title: str) -> None:
    """国家税务总局公告2026年第9号 stands above, below or before the title and is no word of the text."""
    notice = only(f"{head}{ANNOUNCEMENT}国家税务总局\n2026年3月20日\n")

    assert (notice.document_number, notice.year, notice.serial) == (number, 2026, 9)
    assert (notice.title, notice.issuers) == (title, ("国家税务总局",))
    assert clause(notice, "preamble").text == "为支持发展，现就有关事项公告如下："


@pytest.mark.parametrize(
    ("signature", "issuers"),
    [
        ("国家税务总局　　财政部", ("国家税务总局", "财政部")),
        ("甲省财政厅　甲省民政厅\n甲省卫生健康委员会　国家税务总局甲省税务局", ("甲省财政厅", "甲省民政厅", "甲省卫生健康委员会", "国家税务总局甲省税务局")),
        ("教　育　部", ("教育部",)),
        ("国家税务总局甲省税务局甲省财政厅", ("国家税务总局甲省税务局", "甲省财政厅")),
        ("中国人民银行甲市分行", ("中国人民银行甲市分行",)),
        ("人力资源社会保障部财政部", ("人力资源社会保障部", "财政部")),
    ],
)  # fmt: skip
def test_organs_beside_each_other_sign_each_for_itself(signature: str, issuers: tuple[str, ...]) -> None:
    """A joint notice names every issuer; a branch keeps the name of its head office."""
    notice = only(
        f"关于做好有关工作的通知\n甲财发〔2026〕7号\n各有关单位：\n一、加强领导。\n二、抓好落实。\n{signature}\n2026年3月20日\n"
    )

    assert notice.issuers == issuers


def duty_rows(*rows: str) -> Notice:
    """A plan with a table of duties; the cells of a row are parted by |."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    head = "<p>某市人民政府办公室关于印发分工方案的通知</p><p>某政办发〔2026〕7号</p><p>各县区：</p><p>现印发给你们。</p><p>某市人民政府办公室</p><p>2026年2月3日</p>"
    page = f"<html><body>{head}<table>{cells}</table></body></html>"
    return extract_bytes(page.encode(), "页面.html").notices[0]


def test_a_section_alone_in_its_row_heads_the_rows_below() -> None:
    """一、产业升级 with the other cells empty is no task; 1.技改 below it stands under it."""
    notice = duty_rows(
        "任务|措施|责任分工|时间安排",
        "一、产业升级|||",
        "1.技改|支持技改。|市工信局牵头|6月底前",
        "二、民生|||",
        "2.养老|新建机构。|市民政局牵头|年底前",
    )

    assert [item.id for item in notice.clauses if item.level] == [
        "一、产业升级",
        "一、产业升级/1",
        "二、民生",
        "二、民生/2",
    ]


@pytest.mark.parametrize(
    ("cell", "end"),
    [
        ("2026.6", "2026-06-30"),
        ("2026.6-2026.12", "2026-12-31"),
        ("2026/9底前", "2026-09-30"),
        ("2026.6前", None),
        ("2026年6月底", "2026-06-30"),
    ],
)
def test_months_with_a_dot_are_deadlines_in_their_column(cell: str, end: str | None) -> None:
    """2026.6 under 完成时限 is June to its last day; 2026.6前 does not say whether June counts."""
    notice = duty_rows("序号|任务|责任单位|完成时限", f"1|支持技改，研发投入强度提高到2.6%。|市工信局|{cell}")

    assert [(date.role.value, date.end and date.end.isoformat()) for date in clause(notice, "1").dates] == [
        ("deadline", end)
    ]


def test_a_year_in_the_name_of_a_task_is_no_time_limit() -> None:
    """2026年度投资计划 in the task says which plan; the column says by when."""
    notice = duty_rows("序号|任务|责任单位|完成时限", "1|下达2026年度中央预算内投资计划。|市财政局|第一季度")

    assert [(date.quote, date.role.value) for date in clause(notice, "1").dates] == [
        ("第一季度", "deadline"),
        ("2026年度", "reference"),
    ]
