"""Reading web pages: the notice found among everything else, and what the page states about it."""

import pytest
from bundled_renderings import expected, parts, records
from renderings import Table
from web_rendering import build_page

from corpus import samples
from extract.errors import ReadError
from extract.layout import Layout
from extract.readers import read_layout
from extract.reading import extract_bytes
from extract.text import normalise

SENTENCE = "为贯彻落实党中央、国务院决策部署，进一步做好稳就业工作，结合实际，现将有关事项通知如下。"
FACTS = {
    "索引号": "11370000/2023-00123",
    "发文机关": "某市人民政府办公室",
    "标题": "某市人民政府办公室关于做好稳就业工作的通知",
    "文号": "某政办发〔2023〕3号",
    "成文日期": "2023年4月20日",
    "有效性": "有效",
}


def read(page: str | bytes) -> Layout:
    return read_layout(page.encode() if isinstance(page, str) else page, "notice.html")


def lines(layout: Layout) -> list[str]:
    return [line.strip() for line in layout.text.split("\n") if line.strip()]


@pytest.mark.parametrize("number", samples.NUMBERS)
def test_a_government_page_says_what_the_text_says(number: str) -> None:
    """Clauses, amounts, dates and departments from the page equal those from the text."""
    document = extract_bytes(build_page(parts(number), {}), "notice.html")

    assert records(document) == expected(number)


def test_nothing_but_the_notice_is_read() -> None:
    """Navigation, scripts, styles, comments, sharing tools and the page's foot are no text."""
    layout = read(build_page(parts(samples.NUMBERS[0]), FACTS))

    words = ("首页", "政务公开", "脚本里", "样式里", "注释里", "分享到", "版权所有", "浏览次数", "索引号", "相关文件")
    assert [word for word in words if word in normalise(layout).text] == []


def test_facts_of_the_page_are_metadata() -> None:
    """The table above the text fills fields of the notice; days are ISO dates."""
    layout = read(build_page(parts(samples.NUMBERS[0]), FACTS))

    assert layout.metadata == {
        "index_number": "11370000/2023-00123",
        "issuers": "某市人民政府办公室",
        "title": "某市人民政府办公室关于做好稳就业工作的通知",
        "document_number": "某政办发〔2023〕3号",
        "issued_on": "2023-04-20",
        "validity": "有效",
    }


@pytest.mark.parametrize(
    "facts",
    [
        "<ul><li><b>索 引 号：</b>AB-1</li><li><b>发布机构：</b>某市财政局</li><li><b>文　　号：</b>某财〔2023〕1号</li></ul>",
        "<dl><dt>索引号</dt><dd>AB-1</dd><dt>发文单位</dt><dd>某市财政局</dd><dt>发文字号</dt><dd>某财〔2023〕1号</dd></dl>",
        "<table><tr><th>索引号</th><td>AB-1</td><th>发文机关</th><td>某市财政局</td></tr>\
<tr><th>文号</th><td>某财〔2023〕1号</td><th>主题词</th><td></td></tr></table>",
        "<div><p>【索引号】：AB-1</p><p>【发文机关】：某市财政局</p><p>【文号】：某财〔2023〕1号</p></div>",
    ],
    ids=["list", "definitions", "table", "lines"],
)
def test_facts_in_the_forms_in_use(facts: str) -> None:
    """Lists, definition lists, tables and lines of facts say the same."""
    layout = read(f"<html><body>{facts}<div id='zoom'><p>{SENTENCE}</p><p>{SENTENCE}</p></div></body></html>")

    assert layout.metadata == {"index_number": "AB-1", "issuers": "某市财政局", "document_number": "某财〔2023〕1号"}
    assert lines(layout) == [SENTENCE, SENTENCE]


def test_facts_inside_the_text_element_are_no_text() -> None:
    """Where the table of facts stands in the same element as the text, it is metadata all the same."""
    facts = "<table><tr><td>索引号：</td><td>AB-1</td></tr><tr><td>文号：</td><td>某财〔2023〕1号</td></tr></table>"

    layout = read(f"<html><body><div class='content'>{facts}<p>{SENTENCE}</p><p>{SENTENCE}</p></div></body></html>")

    assert lines(layout) == [SENTENCE, SENTENCE]
    assert layout.metadata["document_number"] == "某财〔2023〕1号"


def test_the_text_is_found_without_a_known_name() -> None:
    """On a page of an unknown system the element with the sentences is the notice."""
    menu = "".join(f"<li><a href='/{number}'>栏目名称第{number}号</a></li>" for number in range(40))
    page = (
        f"<html><body><div><ul>{menu}</ul></div><div><div><div class='q7'><p>{SENTENCE}</p><p>{SENTENCE}</p><p>短句</p>"
        f"</div></div></div><div><ul>{menu}</ul></div></body></html>"
    )

    assert lines(read(page)) == [SENTENCE, SENTENCE, "短句"]


def test_a_box_named_after_a_tool_may_hold_the_text() -> None:
    """An element called print is left out as a tool bar and read where it holds the notice."""
    page = (
        f"<html><body><div class='print'>打印本页</div><div id='print_area'><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"
        "</body></html>"
    )

    assert lines(read(page)) == [SENTENCE, SENTENCE]


def test_old_pages_laid_out_with_tables() -> None:
    """Tables that only place things on the page are no grids, and their text comes out as paragraphs."""
    menu = "".join(f"<tr><td><a href='/{number}'>栏目{number}</a></td></tr>" for number in range(9))
    page = (
        f"<html><body><table><tr><td><table>{menu}</table></td><td><table><tr><td><p>{SENTENCE}</p><p>{SENTENCE}</p>"
        "</td></tr></table></td></tr></table></body></html>"
    )

    layout = read(page)

    assert lines(layout) == [SENTENCE, SENTENCE]
    assert layout.grids == ()


def test_a_title_outside_the_text_comes_first() -> None:
    """The heading above the text element is read before it, once."""
    title = "某市人民政府关于做好稳就业工作的通知"
    body = f"<div class='TRS_Editor'><p>各县区：</p><p>{SENTENCE}</p></div>"
    page = f"<html><head><title>{title}_某市政府网</title></head><body><h1>{title}</h1>{body}</body></html>"

    assert lines(read(page)) == [title, "各县区：", SENTENCE]
    inside = page.replace("<p>各县区", f"<p>{title}</p><p>各县区")
    assert lines(read(inside)) == [title, "各县区：", SENTENCE]


TITLE = "岳阳市人民政府办公室关于加快普惠托育服务发展的通知"
OWN = "岳政办发〔2024〕9号"


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{TITLE}</h1><p align='center'><span>{OWN}</span></p>",
        f"<table><tr><td>文号：</td><td>{OWN}</td></tr></table><h1>{TITLE}</h1>",
        f"<p>发文字号：{OWN}</p><h1>{TITLE}</h1>",
    ],
    ids=["below the title", "alone in a table", "labelled"],
)
def test_a_number_outside_the_text_is_the_notices(above: str) -> None:
    """A 发文字号 between title and text element, or the only fact a page states, is read."""
    text = f"<div class='content'><p>各县市区人民政府：</p><p>{SENTENCE}</p><p>一、抓好落实。{SENTENCE}</p></div>"

    document = extract_bytes(f"<html><body>{above}{text}</body></html>".encode(), "notice.html")

    assert [notice.document_number for notice in document.notices] == [OWN]


def test_numbers_of_other_notices_are_not_the_notices() -> None:
    """A link above the text, a fact below it, and several numbers in a row name other notices."""
    text = f"<h1>{TITLE}</h1><div class='content'><p>各县市区人民政府：</p><p>{SENTENCE}</p><p>一、抓好落实。{SENTENCE}</p></div>"
    pages = (
        f"<ul><li><a href='/1'>{OWN}</a></li></ul>{text}",
        f"<ul><li>{OWN}</li><li>岳政办发〔2024〕10号</li></ul>{text}",
        f"{text}<p>文号：{OWN}</p>",
    )

    found = [extract_bytes(f"<html><body>{page}</body></html>".encode(), "notice.html") for page in pages]

    assert [document.notices[0].document_number for document in found] == [None, None, None]


def test_tables_are_grids() -> None:
    """A table of tasks keeps its cells, with the rows and columns each covers."""
    table = Table(
        rows=[["序号", "任务", "单位"], ["1", "甲", "局"], ["2", "", "厅"], ["合计", None, "两项"]],
        widths=[1, 1, 1],
        down=frozenset({(2, 1)}),
    )

    layout = read(build_page([*parts(samples.NUMBERS[0]), table], {}))

    assert [
        (c.row, c.column, c.row_count, c.column_count, layout.text[c.span.start : c.span.end])
        for c in layout.grids[0].cells
    ] == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (0, 2, 1, 1, "单位"),
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "甲"),
        (1, 2, 1, 1, "局"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "厅"),
        (3, 0, 1, 2, "合计"),
        (3, 2, 1, 1, "两项"),
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-8-sig", "gb2312"),
        ("utf-16", "utf-8"),
        ("gb18030", "iso-8859-1"),
    ],
)
def test_pages_are_read_in_the_encoding_they_are_in(encoding: str, declared: str) -> None:
    """The declared encoding counts where the bytes are in it; else what the bytes are."""
    layout = read(build_page(parts(samples.NUMBERS[0]), FACTS, encoding=encoding, declared=declared))

    assert "德州市人力资源和社会保障局" in layout.text
    assert layout.warnings == ()


def test_hidden_elements_are_no_text() -> None:
    """What the page never shows is not read."""
    page = (
        f"<html><body><div id='zoom'><p>{SENTENCE}</p><p style='display: none'>隐藏段落</p><div hidden>隐藏块</div>"
        f"<p>{SENTENCE}<span style='display:none'>隐藏字</span>末。</p></div></body></html>"
    )

    assert lines(read(page)) == [SENTENCE, SENTENCE + "末。"]


def test_line_breaks_part_paragraphs_and_inline_elements_do_not() -> None:
    """br ends a line, span and b do not; white space of the source is one space."""
    page = f"<html><body><div id='zoom'>{SENTENCE}<br>一、<b>总体</b>\n   <span>要求</span><br/><br/>{SENTENCE}</div></body></html>"

    assert lines(read(page)) == [SENTENCE, "一、总体 要求", SENTENCE]


def test_numbered_lists_print_their_numbers() -> None:
    """Items of a numbered list get the number a browser prints, unless they bring their own."""
    page = (
        f"<html><body><div id='zoom'><p>{SENTENCE}</p><ol start='3'><li>加强领导</li><li>强化督导</li></ol>"
        f"<ol><li>（一）自带编号</li></ol><ul><li>无编号</li></ul><p>{SENTENCE}</p></div></body></html>"
    )

    assert lines(read(page))[1:-1] == ["3. 加强领导", "4. 强化督导", "（一）自带编号", "无编号"]


def test_paths_lead_back_to_the_elements() -> None:
    """Each line's path finds the element it was read from."""
    page = f"<html><body><div id='zoom'><p>{SENTENCE}</p><p>第二段。</p></div></body></html>"

    assert [anchor.path for anchor in read(page).anchors] == ["/html/body/div/p[1]", "/html/body/div/p[2]"]


def test_saved_pages_give_their_main_part() -> None:
    """MHTML, as browsers save pages, is read by its first page part."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    saved = MIMEMultipart("related", type="text/html")
    saved.attach(
        MIMEText(
            f"<html><body><div id='zoom'><p>{SENTENCE}</p><p>{SENTENCE}</p></div></body></html>", "html", "gb18030"
        )
    )
    saved.attach(MIMEText("p { color: red }", "css", "utf-8"))

    assert lines(read(saved.as_bytes())) == [SENTENCE, SENTENCE]


def test_a_page_without_text_says_so() -> None:
    """A page that a script would fill names the way on."""
    with pytest.raises(ReadError, match="没有正文"):
        read("<html><body><div id='app'></div><script>render('正文')</script></body></html>")


def test_entities_and_addresses_of_a_page_are_left_alone() -> None:
    """Nothing a page refers to is fetched: an external entity stays unread."""
    page = (
        "<!DOCTYPE html [<!ENTITY secret SYSTEM 'file:///etc/hostname'>]>"
        f"<html><body><div id='zoom'><p>{SENTENCE}&secret;</p><img src='http://127.0.0.1:9/x'></div></body></html>"
    )

    assert normalise(read(page)).text.startswith(SENTENCE)


def test_a_page_that_shows_itself_by_script_is_read() -> None:
    """<body style="visibility: hidden"> is how pages wait for their style sheets; what is hidden inside stays out."""
    page = f'<body style="visibility: hidden"><div class="article-content"><p>{SENTENCE * 3}</p><p style="display:none">暗文</p></div></body>'

    text = read(f"<html>{page}</html>").text
    assert SENTENCE in text
    assert "暗文" not in text
