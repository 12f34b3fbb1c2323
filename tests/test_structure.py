"""Heads, parts, clauses and tables of notices as they are printed in many places."""

import pytest

from extract import Document, extract_bytes
from extract.notice import Clause, Notice

LETTER = """XX省人民政府办公厅文件
某政办发〔2024〕5号

某省人民政府办公厅
关于印发某省数字经济
发展三年行动方案的通知

各市、县（市、区）人民政府，省政府各部门、各直属机构：
    《某省数字经济发展三年行动方案》已经省政府同意，现印发给你们，请认真贯彻执行。

附件：1.任务分工表
      2.指标目录
某省人民政府办公厅
2024年3月5日
（此件公开发布）
"""


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "notice.txt")


def only(text: str) -> Notice:
    document = read(text)
    assert len(document.notices) == 1, [notice.document_number for notice in document.notices]
    return document.notices[0]


def ids(notice: Notice) -> list[str]:
    return [clause.id for clause in notice.clauses]


def clause(notice: Notice, name: str) -> Clause:
    return next(item for item in notice.clauses if item.id == name)


def body(text: str) -> Notice:
    """A notice with this body under an ordinary head."""
    return only(f"某市人民政府\n关于做好有关工作的通知\n某政发〔2024〕7号\n各县区人民政府：\n{text}\n")


def test_the_head_gives_number_title_recipients_and_date() -> None:
    """A red-headed letter: every element is found, the issuer above the title is the title's first line."""
    notice = only(LETTER)

    assert (notice.document_number, notice.year, notice.serial) == ("某政办发〔2024〕5号", 2024, 5)
    assert notice.title == "某省人民政府办公厅关于印发某省数字经济发展三年行动方案的通知"
    assert notice.recipients == "各市、县（市、区）人民政府，省政府各部门、各直属机构"
    assert notice.issuers == ("某省人民政府办公厅",)
    assert str(notice.issued_on) == "2024-03-05"
    assert notice.disclosure == "此件公开发布"
    assert notice.attachments == ("任务分工表", "指标目录")


def test_every_character_is_a_clause_or_an_element() -> None:
    """Nothing of a notice's text is lost between its parts."""
    notice = only(
        LETTER
        + "某省数字经济发展三年行动方案\n为发展数字经济，制定本方案。\n一、目标\n到2026年取得进展。\n抄送：省委各部门。\n某省人民政府办公厅2024年3月6日印发\n"
    )

    covered = [False] * len(notice.text)
    for item in (*notice.clauses, *notice.elements):
        for at in range(*item.span):
            covered[at] = True
    assert all(covered), [notice.text[at] for at, seen in enumerate(covered) if not seen]
    assert notice.copied_to == "省委各部门。"


def test_what_a_web_page_prints_above_a_notice_is_none_of_it() -> None:
    """Links, buttons, the page's table and its repeated title: the notice's own head is found among them."""
    notice = only(
        "无障碍阅读\n首页\n政务公开\n当前位置：首页>政务公开>政策文件\n某市人民政府办公室关于促进消费的通知\n索引号：\n012/2024-01\n文号：某政办发〔2024〕9号\n"
        "发布日期：2024-05-08\n字号：大 中 小\n某市人民政府办公室关于促进消费的通知\n各县（市、区）人民政府：\n为促进消费，现通知如下。\n一、扩大汽车消费。发放补贴。\n"
        "二、扩大家电消费。发放补贴。\n某市人民政府办公室\n2024年5月6日\n更新时间：2024-05-09 10:20\n"
    )

    assert (notice.title, notice.document_number) == ("某市人民政府办公室关于促进消费的通知", "某政办发〔2024〕9号")
    assert (notice.recipients, str(notice.issued_on)) == ("各县（市、区）人民政府", "2024-05-06")
    assert ids(notice) == ["preamble", "一", "二"]


def test_a_number_may_stand_in_brackets_behind_the_title() -> None:
    """印发《…》的通知（某办发〔2017〕2号）: the number is the notice's, the title ends before it."""
    notice = only(
        "中共某市委办公室 某市人民政府办公室印发《关于推进政务公开的实施意见》的通知（某办发〔2017〕2号）\n各县市区委、人民政府：\n现印发给你们，请认真贯彻执行。\n"
    )

    assert notice.document_number == "某办发〔2017〕2号"
    assert notice.title == "中共某市委办公室某市人民政府办公室印发《关于推进政务公开的实施意见》的通知"


def test_what_is_numbered_in_a_table_opens_no_clause() -> None:
    """1. in a cell is text of the cell."""
    notice = only(
        LETTER + "附件1\n积分表\n指标\t内容\n住所\t1.自有住房计8分。\n就业\t2.参保一年计5分。\n年限\t3.每年计1分。\n"
    )

    assert {item.level for item in notice.clauses if item.id.startswith("附件")} == {0}


def test_an_order_takes_its_number_and_the_title_of_what_it_promulgates() -> None:
    """某市人民政府令 第12号 … 市长：张某 … 办法: number, title, date and issuer are the order's."""
    notice = only(
        "某市人民政府令\n第12号\n《某市停车管理办法》已经市政府常务会议通过，现予公布，自2024年5月1日起施行。\n市长：张某\n2024年3月1日\n某市停车管理办法\n"
        "第一条 为规范停车，制定本办法。\n第二条 本办法适用于本市。\n"
    )

    assert (notice.document_number, notice.title) == ("某市人民政府令第12号", "某市停车管理办法")
    assert (notice.issuers, str(notice.issued_on)) == (("某市人民政府",), "2024-03-01")


def test_a_law_states_its_order_under_the_title() -> None:
    """（2021年7月27日中华人民共和国国务院令第746号公布）: number, date and issuer stand in the note."""
    notice = only(
        "某某登记管理条例\n（2021年7月27日中华人民共和国国务院令第746号公布）\n第一章 总则\n第一条 为了规范登记，制定本条例。\n第二条 本条例适用于登记。\n"
    )

    assert (notice.document_number, notice.issuers) == ("国务院令第746号", ("国务院",))
    assert str(notice.issued_on) == "2021-07-27"


def test_a_news_dateline_is_no_title() -> None:
    """新华社某地某日电 stands before the issuer; the bracketed date under the title is the notice's."""
    notice = only(
        "新华社北京2月13日电\n中共中央 国务院\n关于推进乡村振兴的意见\n（2023年1月2日）\n现就推进乡村振兴提出如下意见。\n一、总体要求\n坚持统筹推进。\n"
    )

    assert notice.title == "中共中央国务院关于推进乡村振兴的意见"
    assert (notice.issuers, str(notice.issued_on)) == (("中共中央", "国务院"), "2023-01-02")


def test_titles_below_a_bare_label_are_the_attachment_list() -> None:
    """附件： alone, its titles below it, then signature and date: all are found, none is a clause."""
    notice = only(
        "某市财政局关于做好预算工作的通知\n各区财政局：\n现通知如下。\n一、加强管理。抓好落实。\n附件：\n1.2025年预算安排表\n2.填报说明.xlsx\n某市财政局\n2025年1月6日\n公开方式：主动公开\n"
    )

    assert notice.attachments == ("2025年预算安排表", "填报说明.xlsx")
    assert (notice.issuers, str(notice.issued_on), notice.disclosure) == (("某市财政局",), "2025-01-06", "主动公开")
    assert ids(notice) == ["preamble", "一"]


def test_a_first_sentence_that_orders_is_text() -> None:
    """应当, 由…公布, 给予 …: such a sentence heads nothing, and where most clauses have no heading none has."""
    notice = body(
        "一、管理要求\n（一）市、区民政部门应当建立台账。台账每季度更新。\n（二）名单由市医疗保险经办机构公布。名单每年调整。\n（三）做好总结。及时报送总结。\n（四）加强宣传，讲清政策。"
    )

    assert [clause(notice, f"一/（{number}）").heading for number in "一二三四"] == [None] * 4


def test_a_first_sentence_that_says_when_who_or_for_whom_is_text() -> None:
    """How often, within what time, by whom: a measure, however short; among headings it stays a sentence."""
    notice = body(
        "一、重点任务\n1. 积极争取试点。选择3个市开展。\n2. 企业开办一个工作日办结。推广电子执照。\n3. 省商务厅牵头建立联席会议机制。各市要参加。"
        "\n4. 设立维权中心，为企业提供法律服务。培训律师。\n5. 联席会议每月研究一次重大问题。研究后通报。\n6. 加强招商引资。围绕产业链开展。\n7. 推行“每周会商”。形成制度。\n8. 优化流程。再造流程。"
        "\n9. 推进改革。深入推进。"
    )

    headed = [number for number in range(1, 10) if clause(notice, f"一/{number}").heading]
    assert headed == [1, 6, 7, 8, 9]


def test_a_sentence_that_encourages_or_permits_is_text() -> None:
    """鼓励有条件的…, 各县市区可…: a long first sentence beside an item without a heading, or who may do what, is text."""
    notice = body(
        "（一）鼓励有条件的机关、企事业单位在工作场所为职工提供福利性托育服务。单个项目给予最高50万元的补助。"
        "\n（二）托育机构不得聘用有虐待儿童记录的人员。对违反规定的机构，处2万元罚款。"
    )
    assert [clause(notice, f"（{number}）").heading for number in "一二"] == [None, None]

    permitted = body(
        "一、增加供给\n（一）各县市区可结合实际建设托育中心。支持开设托班。\n（二）鼓励社会力量参与。多渠道增加供给。"
    )
    assert [clause(permitted, f"一/（{number}）").heading for number in "一二"] == [None, "鼓励社会力量参与"]


def test_a_sentence_far_longer_than_the_headings_beside_it_is_text() -> None:
    """Among short headings a run-in sentence of many words is none; among long ones it is a heading as they are."""
    long = "支持金融机构面向吸纳就业人数多、稳岗效果好的小微企业发放贷款"
    short = body(f"一、稳岗\n1. {long}。可申请贴息。\n2. 加强培训。提高补贴。")
    beside = body(f"一、稳岗\n1. {long}。可申请贴息。\n2. 加大对吸纳就业能力强的行业企业扩岗政策支持。提高补贴。")

    assert [clause(short, f"一/{number}").heading for number in (1, 2)] == [None, "加强培训"]
    assert clause(beside, "一/1").heading == long


def test_levels_follow_the_order_of_use() -> None:
    """1. right under 一、 is level 2; （一） under 一、 is level 2 as well, and 1. under it level 3."""
    notice = body(
        "一、总体要求\n1.坚持创新。\n2.坚持协调。\n二、主要任务\n（一）建设平台。建好平台。\n1.建一个。\n2.建两个。\n（二）培育企业。育好企业。"
    )

    assert ids(notice) == ["一", "一/1", "一/2", "二", "二/（一）", "二/（一）/1", "二/（一）/2", "二/（二）"]
    assert [item.level for item in notice.clauses] == [1, 2, 2, 1, 2, 3, 3, 2]
    assert clause(notice, "二/（一）/2").parent == "二/（一）"


def test_numbering_may_continue_across_parents() -> None:
    """（三） under 二、 continues （二） under 一、."""
    notice = body("一、甲\n（一）子。丑。\n（二）寅。卯。\n二、乙\n（三）辰。巳。")

    assert ids(notice)[-1] == "二/（三）"


def test_a_heading_ends_at_its_full_stop_or_line() -> None:
    """A run-in heading and a heading on its own line are both headings; the text begins behind them."""
    notice = body(
        "一、加强组织领导\n各级各部门要高度重视，压实责任。\n二、强化资金保障。统筹用好各类资金，加大投入。\n1.将稳定就业作为基准，强化约束。"
    )

    assert (clause(notice, "一").heading, clause(notice, "一").text) == (
        "加强组织领导",
        "各级各部门要高度重视，压实责任。",
    )
    assert (clause(notice, "二").heading, clause(notice, "二").text) == ("强化资金保障", "统筹用好各类资金，加大投入。")
    assert (clause(notice, "二/1").heading, clause(notice, "二/1").text) == (None, "将稳定就业作为基准，强化约束。")


def test_a_wide_blank_ends_a_heading() -> None:
    """（一）加强领导 and its text on one line, parted by a blank only."""
    item = clause(
        body("一、保障\n（一）加强组织领导　　各地要压实责任，抓好落实。\n（二）加强宣传引导　　及时总结经验。"),
        "一/（一）",
    )

    assert (item.heading, item.text) == ("加强组织领导", "各地要压实责任，抓好落实。")


def test_responsibility_parenthesis_is_no_text() -> None:
    """The parenthesis at a clause's end is its responsibility, an explanation in brackets stays text."""
    notice = body(
        "一、优化服务\n（一）简化流程。对签订6个月以上（含6个月）合同的，简化流程。（省人力资源社会保障厅牵头，省财政厅配合）"
    )
    item = clause(notice, "一/（一）")

    assert item.text == "对签订6个月以上（含6个月）合同的，简化流程。"
    assert [(r.role, r.departments[0].name) for r in item.responsibilities if r.source == "parenthesis"] == [
        ("lead", "省人力资源社会保障厅"),
        ("cooperate", "省财政厅"),
    ]


def test_an_article_may_carry_its_heading_in_brackets() -> None:
    """第一条（目的和依据）为了…: the words in brackets are the heading."""
    notice = only(
        "某市交易管理办法\n某规〔2023〕1号\n第一条（目的和依据）为了规范交易，制定本办法。\n第二条（施行日期）本办法自2024年1月1日起施行。\n"
    )
    item = clause(notice, "第一条")

    assert (item.heading, item.text) == ("目的和依据", "为了规范交易，制定本办法。")
    for printed in ("第一条　【目的依据】为规范交易，制定本办法。", "第一条　目的依据　为规范交易，制定本办法。"):
        item = clause(only(f"某市交易管理办法\n某规〔2023〕1号\n{printed}\n第二条 本办法适用于本市。\n"), "第一条")
        assert (item.heading, item.text) == ("目的依据", "为规范交易，制定本办法。")


def test_items_of_a_list_have_no_heading() -> None:
    """The last item of a list, whose items end in ；, is an item even with a paragraph behind it."""
    notice = only(
        "某市交易管理办法\n某规〔2023〕1号\n第一条 变更下列事项的，应当申请：\n（一）变更名称；\n（二）变更住所；\n（三）有重大影响的其他事项。\n变更品种的，比照办理。\n第二条 本办法自2024年1月1日起施行。\n"
    )
    item = clause(notice, "第一条/（三）")

    assert (item.heading, item.text) == (None, "有重大影响的其他事项。变更品种的，比照办理。")


def test_headings_in_lenticular_brackets_open_clauses() -> None:
    """【政策内容】 and 【申报条件】 on lines of their own head clauses; a lone 【注意】 is text."""
    notice = body(
        "一、创业补贴\n【政策内容】\n给予一次性补贴。\n【申报条件】\n登记满一年。\n二、岗位补贴\n【政策内容】\n给予岗位补贴。"
    )

    assert ids(notice) == ["一", "一/【政策内容】", "一/【申报条件】", "二", "二/【政策内容】"]
    assert (clause(notice, "一/【申报条件】").heading, clause(notice, "一/【申报条件】").text) == (
        "申报条件",
        "登记满一年。",
    )
    assert ids(body("一、补贴。给予补贴。\n【注意】\n按时申报。")) == ["一"]


def test_a_line_of_departments_ends_before_the_closing() -> None:
    """责任单位：市商务局 without a full stop, then 本措施自…起施行: the closing is a closing, its date is read."""
    notice = body(
        "一、促消费\n（一）办活动。办好活动。\n责任单位：市商务局\n（二）发补贴。发好补贴。\n责任单位：市财政局\n本措施自2024年10月1日起施行。"
    )

    assert ids(notice)[-1] == "closing"
    assert [d.name for item in clause(notice, "一/（二）").responsibilities for d in item.departments] == ["市财政局"]
    assert str(clause(notice, "closing").dates[0].start) == "2024-10-01"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("责任单位：市发改委、市市场监管局", ["市发改委", "市市场监管局"]),
        ("牵头单位：市发改委；配合单位：市市场监管局", ["市发改委", "市市场监管局"]),
        ("责任单位：市发改委、\n市市场监管局", ["市发改委", "市市场监管局"]),
    ],
)
def test_a_line_of_departments_above_the_signature_signs_nothing(line: str, names: list[str]) -> None:
    """责任单位：… without a full stop, right above the signature, also on two lines: departments and no issuers."""
    notice = only(
        "株洲市人民政府办公室关于规范收费的通知\n株政办发〔2024〕11号\n\n各县市区人民政府：\n现将有关事项通知如下：\n"
        f"一、规范收费。收费不得高于当地人均可支配收入的50%。\n{line}\n\n"
        "株洲市人民政府办公室\n株洲市财政局\n2024年8月25日\n"
    )

    assert notice.issuers == ("株洲市人民政府办公室", "株洲市财政局")
    assert notice.city == "株洲市"
    assert [d.name for item in clause(notice, "一").responsibilities for d in item.departments] == names


def test_a_deadline_inside_the_bracket_of_departments_is_read() -> None:
    """（责任单位：市商务局；完成时限：2024年9月底）: the department and the day."""
    item = clause(
        body(
            "一、促消费\n（一）办活动。办好活动。（责任单位：市商务局；完成时限：2024年9月底）\n（二）发补贴。发好补贴。"
        ),
        "一/（一）",
    )

    assert [d.name for r in item.responsibilities for d in r.departments] == ["市商务局"]
    assert [(date.role, str(date.end)) for date in item.dates] == [("deadline", "2024-09-30")]


def test_a_number_glued_to_a_figure_is_a_marker_in_its_turn() -> None:
    """2.8月15日前 and 3.30% after item 1 are items 2 and 3; a wrapped decimal is none."""
    notice = body(
        "一、安排\n1.摸底。开展摸底。\n2.8月15日前报送名单。\n3.30%的资金用于奖补。\n二、要求\n（一）培训。全年培训人员达到\n3.5万人。"
    )

    assert ids(notice) == ["一", "一/1", "一/2", "一/3", "二", "二/（一）"]
    assert [date.quote for date in clause(notice, "一/2").dates] == ["8月15日前"]
    assert [(a.low, a.unit) for a in clause(notice, "一/3").amounts] == [(30, "%")]


def test_lines_of_a_converted_file_are_no_headings() -> None:
    """Where a file calls each wrapped line a paragraph, a line's first half heads nothing."""
    from extract.layout import Layout
    from extract.notice import Grain, Source
    from extract.parse import parse

    lines = [
        "某市人民政府关于做好就业工作的通知", "某政发〔2024〕7号", "各县区人民政府：", "为做好就业工作，根据上级部署，结合我市实际情况，现",
        "将有关事项通知如下。", "一、主要任务", "1．构建以更加充分更高质量就业为取向的经济增长方", "式，推动财政金融投资消费政策聚焦就业发力。",
        "2．精准谋划实施补链延链强链项目，打造具有竞争力", "的产业集群，对重点项目实施差别化资源配置。", "3．发挥开发区吸纳就业作用，打造区域经济发展和就",
        "业增长极，扩大出口信用保险承保规模。",
    ]  # fmt: skip
    text = "\n".join(lines)
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    layout = Layout(text=text, media_type="text/plain", grain=Grain.FLOW, paragraph_starts=frozenset(starts))
    source = Source(name="a", sha256="0", media_type="text/plain", size=1, pages=None, grain=Grain.FLOW)
    notice = parse(layout, source).document.notices[0]

    assert [item.heading for item in notice.clauses if item.level == 2] == [None, None, None]
    assert (
        clause(notice, "一/1").text
        == "构建以更加充分更高质量就业为取向的经济增长方式，推动财政金融投资消费政策聚焦就业发力。"
    )


def test_articles_number_through_chapters() -> None:
    """第三条 in 第二章 is a child of its chapter."""
    notice = only(
        "某市专项资金管理办法\n某财规〔2023〕1号\n第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 本办法适用于本市。\n"
        "第二章 使用\n第三条 资金支持下列事项：\n（一）平台建设；\n（二）人才培养。\n第四条 本办法自2024年1月1日起施行。\n"
    )

    assert ids(notice) == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第二章",
        "第二章/第三条",
        "第二章/第三条/（一）",
        "第二章/第三条/（二）",
        "第二章/第四条",
    ]
    assert clause(notice, "第一章").heading == "总则"
    assert clause(notice, "第一章/第一条").text == "为规范管理，制定本办法。"


def test_a_broken_line_that_looks_like_a_marker_is_text() -> None:
    """A line that begins with a number in mid-sentence opens no clause."""
    notice = body("一、任务\n（一）培训。全年培训人员达到\n3.5万人，其中新增\n2、3万人为宜。\n（二）就业。稳住就业。")

    assert ids(notice) == ["一", "一/（一）", "一/（二）"]


def test_several_numbered_parts_are_prefixed() -> None:
    """Two numbered attachments: each clause id names its attachment."""
    notice = only(
        LETTER
        + "附件1\n任务分工表\n一、建网络。建好网络。\n二、强产业。做强产业。\n附件2\n指标目录\n一、基础。打好基础。\n二、应用。推广应用。\n"
    )

    assert {"附件1/一", "附件1/二", "附件2/一", "附件2/二"} <= set(ids(notice))


def test_a_notice_printed_as_an_attachment_is_a_notice() -> None:
    """One file, two notices: the outer one keeps its imprint, the printed one its own head."""
    document = read(
        LETTER.replace("附件：1.任务分工表\n      2.指标目录\n", "")
        + "附件\n国某部\n关于加快发展的意见\n（国某发〔2023〕9号）\n各省、自治区、直辖市人民政府：\n现提出如下意见。\n一、总体要求。坚持统筹。\n二、重点任务。抓好落实。\n"
        + "抄送：省委各部门。\n某省人民政府办公厅2024年3月6日印发\n"
    )

    assert [notice.document_number for notice in document.notices] == ["某政办发〔2024〕5号", "国某发〔2023〕9号"]
    assert document.notices[0].copied_to == "省委各部门。"
    assert ids(document.notices[1]) == ["preamble", "一", "二"]


def test_two_notices_in_a_row_are_two() -> None:
    """A compilation: the second notice begins at its own issuer and number."""
    second = LETTER.replace("〔2024〕5号", "〔2024〕6号").replace("数字经济", "低空经济")
    document = read(LETTER + second)

    assert [notice.document_number for notice in document.notices] == ["某政办发〔2024〕5号", "某政办发〔2024〕6号"]


def test_text_without_line_ends_still_has_clauses() -> None:
    """A notice pasted as one line is cut at its markers."""
    notice = only(
        "某市人民政府关于做好就业工作的通知某政发〔2024〕7号各县区人民政府：为做好就业工作，现通知如下。一、拓宽渠道。鼓励企业招用。"
        "二、加强培训。每年培训2000人次以上。三、强化保障。落实资金。"
    )

    assert [name for name in ids(notice) if name in "一二三"] == ["一", "二", "三"]
    assert notice.document_number == "某政发〔2024〕7号"


def test_skipped_numbers_are_told() -> None:
    """（一）（三）: both are clauses, and a warning says that （二） is missing."""
    document = read(
        "某市人民政府\n关于做好有关工作的通知\n某政发〔2024〕7号\n各县区人民政府：\n一、任务\n（一）甲事。办好甲事。\n（三）丙事。办好丙事。\n"
    )

    assert "一/（三）" in ids(document.notices[0])
    assert [warning.code for warning in document.warnings] == ["number_skipped"]


def test_a_tab_table_has_title_header_and_rows() -> None:
    """Rows set out with tabs become a table with its title."""
    notice = only(
        LETTER + "附件1\n任务分工表\n序号\t任务\t牵头单位\n1\t建网络\t省通信管理局\n2\t强产业\t省工业和信息化厅\n"
    )

    table = notice.tables[0]
    assert (table.title, table.header) == ("任务分工表", ("序号", "任务", "牵头单位"))
    assert table.rows == (("1", "建网络", "省通信管理局"), ("2", "强产业", "省工业和信息化厅"))


def test_rows_of_a_task_table_are_clauses() -> None:
    """A 分工表 with 牵头, 配合 and 完成时限 columns: one clause a row, with its departments and deadline."""
    notice = only(
        LETTER
        + "附件1\n任务分工表\n序号\t重点任务\t牵头单位\t配合单位\t完成时限\n1\t建设网络。\t省通信管理局\t省财政厅、省教育厅\t2024年12月底\n"
        "2\t培育产业。\t省工业和信息化厅\t\t2025年6月\n"
    )
    first = clause(notice, "1")

    assert first.text == "建设网络。"
    assert [(item.role, [d.name for d in item.departments], item.source) for item in first.responsibilities] == [
        ("lead", ["省通信管理局"], "table"),
        ("cooperate", ["省财政厅", "省教育厅"], "table"),
    ]
    assert [(date.role, str(date.end)) for date in first.dates] == [("deadline", "2024-12-31")]
    assert str(clause(notice, "2").dates[0].end) == "2025-06-30"


@pytest.mark.parametrize(
    "text",
    [
        "话说天下大势，分久必合，合久必分。\n一日，三人在桃园结义。\n二、他们出发了。\n",
        "import os\nprint('1. hello')\n",
        "购物清单\n1.苹果\n2.梨\n3.牛奶2盒\n",
        "今天天气很好。",
    ],
)
def test_what_is_no_notice_gives_no_clauses_and_says_so(text: str) -> None:
    """A story, a program, a shopping list: nothing that could pass for a finding."""
    document = read(text)

    assert document.notices == ()
    assert [warning.code for warning in document.warnings] == ["not_a_notice"]


def test_a_number_in_a_table_takes_its_unit_from_the_head() -> None:
    """投资额（万元） over 3000 is thirty million yuan."""
    notice = only(
        LETTER
        + "附件1\n任务分工表\n序号\t重点任务\t投资额（万元）\t责任单位\n1\t建设网络。\t3000\t省通信管理局\n2\t培育产业。\t—\t省工业和信息化厅\n"
    )

    assert [(item.quote, item.low, item.unit) for item in clause(notice, "1").amounts] == [("3000", 30_000_000, "CNY")]
    assert clause(notice, "2").amounts == ()


def test_a_short_name_given_once_holds_for_the_whole_notice() -> None:
    """《意见》 in a later clause is the document that the preamble called so."""
    notice = body(
        "为贯彻《国务院关于加强就业的意见》（国发〔2023〕1号，以下简称《意见》）精神，现通知如下。\n一、抓落实。按照《意见》要求，抓好落实。\n二、强保障。强化保障。"
    )

    assert [item.document_number for item in clause(notice, "一").citations] == ["国发〔2023〕1号"]


def test_a_footnote_is_an_element_and_no_clause() -> None:
    """A footnote that a reader puts behind the text joins no clause."""
    from extract.layout import Block, BlockKind, Layout
    from extract.notice import Grain, Source
    from extract.parse import parse
    from extract.span import Span

    text = LETTER.replace("（此件公开发布）\n", "") + "①指年营业收入2000万元以上的企业。\n"
    note = Span(text.index("①"), len(text))
    layout = Layout(
        text=text, media_type="text/plain", grain=Grain.FLOW, blocks=(Block(kind=BlockKind.FOOTNOTE, span=note),)
    )
    source = Source(name="a", sha256="0", media_type="text/plain", size=1, pages=None, grain=Grain.FLOW)
    notice = parse(layout, source).document.notices[0]

    assert [element.name for element in notice.elements][-1] == "footnote"
    assert ids(notice) == ["preamble"]
