"""What a reader finds in the comparison report, whatever its format."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from lxml import html as lxml_html

from compare import compare
from compare.comparison import Accounting, ChangeType, Comparison, Relation, Summary
from extract import extract_file
from extract.notice import AmountKind
from templates import REPORTS, render_comparison
from templates.change_view import label_of
from templates.labels import LANGUAGES, load_messages
from templates.outcome import say_outcome
from templates.redline import say_change
from tests.comparison_fixture import HOSTILE, SAMPLE, Pair, gold_pair, mixed_pair, sample_pair
from tests.drafting import draft_document, draft_table

PARTS = "//section[@class='part']"
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module", params=[gold_pair, mixed_pair, sample_pair], ids=["gold", "mixed", "sample"])
def pair(request: pytest.FixtureRequest) -> Pair:
    made: Pair = request.param()
    return made


@pytest.fixture(scope="module")
def page(pair: Pair) -> lxml_html.HtmlElement:
    return read_page(pair)


def read_page(pair: Pair, **more: Any) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render_comparison(**pair.arguments(), format="html", **more).decode())


def texts(page: lxml_html.HtmlElement, query: str) -> list[str]:
    return [element.text_content() for element in page.xpath(query)]


def test_head_counts_are_the_summary(pair: Pair, page: lxml_html.HtmlElement) -> None:
    """The outcome sentence and the bar's key tell the comparison's own numbers."""
    relations = {name: count for name, count in pair.comparison.summary.relations.items() if count}
    outcome = texts(page, "//p[@class='outcome']")[0]
    key = dict(item.rsplit(" ", 1) for item in texts(page, "//span[@class='key']"))

    t = load_messages("zh")
    assert key == {t(f"relation.{name}"): str(count) for name, count in relations.items()}
    for name, count in relations.items():
        assert re.search(rf"(?<!\d){count} [句组]", outcome), name
    assert f"实质改动 {listed(pair.comparison)} 处" in texts(page, "//section[@id='material']/h2")[0]


def listed(comparison: Comparison) -> int:
    """Lines of the list: changes not inside another, headings, and what became of the departments."""
    rows = comparison.departments
    return (
        comparison.summary.material
        + comparison.summary.material_headings
        + sum(row.lead_changed + bool(row.left_out) + bool(row.lower_only) for row in rows)
    )


def test_outcome_says_what_was_removed() -> None:
    """The outcome sentence counts what left the text by kind."""
    outcome = texts(read_page(gold_pair()), "//p[@class='outcome']")[0]

    assert "46 句照搬" in outcome
    assert "4 句仅作本地化" in outcome
    assert "13 句有改动" in outcome
    assert "删去 3 项数额、2 项目标、1 项时限、2 项条件" in outcome


def test_every_sentence_once(pair: Pair, page: lxml_html.HtmlElement) -> None:
    """Each sentence of both notices stands once, on its side, beside its clause id."""
    for side in ("upper", "lower"):
        refs = [ref for unit in (*pair.comparison.units, *pair.comparison.frame) for ref in getattr(unit, side)]
        shown = [
            (texts(sentence, ".//button")[0], texts(sentence, "./p[@class='text']")[0])
            for sentence in page.xpath(f"//div[@class='side {side}']/div[@class='sentence']")
        ]
        assert sorted(text for _, text in shown) == sorted(ref.quote for ref in refs)
        labels = {text: label for label, text in shown}
        for ref in refs:
            clause = "前言" if ref.clause.startswith("preamble") else ref.clause
            assert labels[ref.quote].startswith(clause)


def test_each_change_is_labelled_and_listed(pair: Pair, page: lxml_html.HtmlElement) -> None:
    """Every change has its label in the text; every material one a line with both quotations before the texts."""
    t = load_messages("zh")
    for unit, row in zip(pair.comparison.units, rows_by_unit(pair.comparison, page), strict=True):
        labels = [label.get("data-label") for label in row.xpath(".//*[@data-label]")]
        assert sorted(labels) == sorted(label_of(change, t) for change in unit.changes)
    lines = texts(page, "//section[@id='material']//li")
    assert len(lines) == listed(pair.comparison)
    for unit in pair.comparison.units:
        for change in (change for change in unit.changes if change.material):
            words = [change.upper_quote or "（无）", change.lower_quote or "（无）", label_of(change, t)]
            words = [word for word in words if word != "（无）"][:1] if change.nested else words
            assert any(all(word in line for word in words) for line in lines)


def rows_by_unit(comparison: Comparison, page: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    return [page.get_element_by_id(f"r{number}") for number in range(1, len(comparison.units) + 1)]


def test_marks_cover_exactly_the_changed_characters(pair: Pair, page: lxml_html.HtmlElement) -> None:
    """What is marked inside a sentence is what its changes quote, however they nest or cross."""
    for unit, row in zip(pair.comparison.units, rows_by_unit(pair.comparison, page), strict=True):
        for side in ("upper", "lower"):
            spans = [span for change in unit.changes if (span := getattr(change, f"{side}_span"))]
            wanted = {position for span in spans for position in range(*span)}
            marked = "".join(texts(row, f"./div[@class='side {side}']//*[starts-with(@class, 'mark ')]"))
            notice = getattr(pair, side)
            assert marked == "".join(notice.text[position] for position in sorted(wanted))


def test_removed_added_and_localised_words_look_different() -> None:
    """Removed words are struck, added ones inserted, localised ones neither."""
    row = read_page(mixed_pair()).get_element_by_id("r1")

    assert texts(row, ".//del[@class='mark removed']")[0] == "符合条件的"
    assert "".join(texts(row, ".//ins[@class='mark added']")).endswith("最高30万元")
    assert texts(read_page(mixed_pair()).get_element_by_id("r3"), ".//span[@class='mark localized']") == [
        "全省",
        "全市",
    ]


def test_missing_side_is_visible() -> None:
    """A dropped or added sentence keeps its empty other side, which says so in words."""
    page = read_page(mixed_pair())

    assert texts(page, "//article[@data-relation='dropped']/div[@class='side lower']/p") == ["本级文件中未见对应"] * 2
    assert texts(page, "//article[@data-relation='added']/div[@class='side upper']/p") == ["上级文件中没有"] * 2


def test_added_sentence_stands_after_the_one_it_follows() -> None:
    """An added sentence keeps the place it has in the lower notice, in its neighbours' section."""
    page = read_page(mixed_pair())
    sections = {section.get("id"): texts(section, ".//p[@class='text']") for section in page.xpath(PARTS)}

    assert sections["s1"][-1] == "+市级新增一句。"
    assert [texts(section, ".//h3") for section in page.xpath(PARTS)] == [
        ["一、加大扶持", "一、加大扶持"],
        ["二、<i>防范</i>风险", "二、防范风险"],
        ["（无）", "四、自设事项"],
        ["三、转办", "（无）"],
    ]


def test_verbatim_rows_are_folded_and_counted(pair: Pair, page: lxml_html.HtmlElement) -> None:
    """Verbatim rows stand behind lines that count them; moved and doubtful ones stay open."""
    folded = page.xpath("//details[@class='run']//article")
    quiet = [
        unit
        for unit in pair.comparison.units
        if unit.relation is Relation.VERBATIM and not unit.moved and unit.confidence >= 0.5
    ]

    assert len(folded) == len(quiet)
    counts = [int(re.findall(r"照搬 (\d+)", text)[0]) for text in texts(page, "//details[@class='run']/summary")]
    assert sum(counts) == len(quiet)


def test_markup_in_a_notice_is_text(page: lxml_html.HtmlElement) -> None:
    """Tags and template signs of a notice are shown as printed: one script and one style, both ours."""
    assert [len(page.xpath(f"//{tag}")) for tag in ("script", "style", "title[not(ancestor::svg)]")] == [1, 1, 1]
    assert not page.xpath("//@style | //@onclick | //@onerror | //h3//i | //p[@class='text']//b")


def test_hostile_text_is_shown_as_printed() -> None:
    """A sentence made of markup, template signs and a formula is printed character for character."""
    data = render_comparison(**mixed_pair().arguments(), format="html").decode()

    assert "<script>document.title" not in data
    assert unescape(data).count(HOSTILE + "。") >= 2


def test_nothing_is_loaded() -> None:
    """The page names no other file and its policy forbids any."""
    data = render_comparison(**gold_pair().arguments(), format="html").decode()
    page = lxml_html.document_fromstring(data)
    policy = next(meta for meta in page.iter("meta") if meta.get("http-equiv")).get("content") or ""

    assert policy.startswith("default-src 'none'")
    assert not page.xpath("//*[@src] | //link | //iframe | //object")
    assert "://" not in data
    assert not re.search(r"@import|url\(", data)


def test_foot_names_sources_and_caveat(pair: Pair) -> None:
    """The foot gives hashes, version, options and date, and says what a missing counterpart does not mean."""
    page = read_page(pair, generated_on=date(2030, 5, 6), version="9.9", options={"min_confidence": "0.3"})
    foot = page.get_element_by_id("foot").text_content()

    for word in (pair.upper_source.sha256, pair.lower_source.sha256, "9.9", "待核界限 0.3", "2030-05-06"):
        assert word in foot
    assert "未见对应 不等于 未落实" in foot


def test_departments_say_who_stands_on_one_side_only() -> None:
    """The matrix puts counterparts on one line and names the side of what has none."""
    page = read_page(mixed_pair())
    lines = [texts(line, "./th | ./td") for line in page.xpath("//section[@id='departments']//tbody/tr")]

    assert lines == [
        ["省财政厅", "市财政局", "双方", "仅上级"],
        ["省数据局", "无对应单位", "仅上级", ""],
        ["无对应单位", "市总工会", "仅本级", ""],
    ]


def test_places_and_citations_lead_to_the_source() -> None:
    """Each sentence tells page and characters; its citation also document, clause and file."""
    pair = mixed_pair()
    row = read_page(pair).get_element_by_id("r8")
    ref = pair.comparison.units[7].upper[0]

    assert texts(row, ".//span[@class='place']") == [f"第1页 第{ref.span.start + 1}—{ref.span.end}字"]
    cited = row.xpath(".//button")[0].get("data-cite")
    assert (
        cited == f"甲政发〔2030〕1号 三 第1句“全部转办。”（upper.pdf，第1页 第{ref.span.start + 1}—{ref.span.end}字）"
    )


def test_low_confidence_and_moves_are_said() -> None:
    """A doubtful or moved unit says so in words."""
    assert texts(read_page(mixed_pair()).get_element_by_id("r7"), ".//p[@class='flag']") == ["移位", "待核"]


def test_same_input_same_bytes(pair: Pair) -> None:
    """A report depends on its arguments alone."""
    assert len({render_comparison(**pair.arguments(), format="html") for _ in range(2)}) == 1


def test_unknown_format_and_language_are_refused() -> None:
    """A format or language that does not exist is named, with those that do."""
    with pytest.raises(ValueError, match="no report format pdf; choose one of html"):
        render_comparison(**mixed_pair().arguments(), format="pdf")
    with pytest.raises(ValueError, match="no messages for language fr"):
        render_comparison(**mixed_pair().arguments(), format="html", lang="fr")


def test_catalogues_agree() -> None:
    """Every message exists in every language with the same places to fill."""
    catalogues = [
        {
            f"{section}.{name}": sorted(PLACEHOLDER.findall(text))
            for section, names in load_messages(lang).sections.items()
            for name, text in names.items()
        }
        for lang in LANGUAGES
    ]
    for catalogue in catalogues[1:]:
        assert catalogue.keys() == catalogues[0].keys()
        for name, places in catalogue.items():
            # {measure} is a Chinese counting word; English has no use for it.
            assert set(places) | {"{measure}"} == set(catalogues[0][name]) | {"{measure}"}, name


@pytest.mark.parametrize("format_", REPORTS)
def test_bare_notices_make_a_report(format_: str) -> None:
    """Two notices without number, title, date, clause or department still make every report."""
    pair = gold_pair()
    bare: dict[str, Any] = {"document_number": None, "title": None, "issuers": (), "issued_on": None}
    notices = {side: replace(getattr(pair, side), clauses=(), text="", **bare) for side in ("upper", "lower")}
    comparison = replace(
        pair.comparison,
        upper=replace(pair.comparison.upper, **bare),
        lower=replace(pair.comparison.lower, **bare),
        units=(),
        departments=(),
        measures={},
        summary=Summary(relations={}, changes={}, material=0),
        accounting=Accounting(upper_sentences=0, upper_accounted=0, lower_sentences=0, lower_accounted=0),
    )
    arguments = {**pair.arguments(), **notices, "comparison": comparison}

    assert render_comparison(**arguments, format=format_)
    page = render_comparison(**arguments, format="html").decode()
    for words in ("（无发文字号）", "没有可以对照的句子", "没有实质改动", "两份文件都没有写明责任单位"):
        assert words in page


def test_long_section_is_cut_into_subclauses() -> None:
    """Where one main clause holds most of the notice, its subclauses are the sections."""
    documents = [
        extract_file(SAMPLE.with_name(f"{number}.txt")) for number in ("潍人社字〔2023〕17号", "威人社字〔2023〕14号")
    ]
    (upper, upper_source), (lower, lower_source) = ((item.notices[0], item.source) for item in documents)
    comparison = compare(upper, lower, upper_source=upper_source, lower_source=lower_source)
    pair = Pair(comparison=comparison, upper=upper, lower=lower, upper_source=upper_source, lower_source=lower_source)
    page = read_page(pair)

    sections = [texts(section, ".//h3")[0] for section in page.xpath(PARTS)]
    assert any(heading.startswith("（一）") for heading in sections)
    assert "二、主要任务" not in sections


def table_pair() -> Pair:
    """Two notices with a table of one row."""
    rows = (("山西省人民政府", "东区", 400, 700), ("太原市人民政府", "东区", 40, 700))
    one, other = (draft_table(issuer, name, first, second) for issuer, name, first, second in rows)
    comparison = compare(one.notices[0], other.notices[0], upper_source=one.source, lower_source=other.source)
    return Pair(
        comparison=comparison,
        upper=one.notices[0],
        lower=other.notices[0],
        upper_source=one.source,
        lower_source=other.source,
    )


@pytest.mark.parametrize("format_", ["html", "md"])
def test_cells_of_a_table_are_parted(format_: str) -> None:
    """400 and 700 side by side are not read as 400700, in the sentence and in the list of changes."""
    page = render_comparison(**table_pair().arguments(), format=format_).decode()
    shown = re.sub(r"<[^>]*>|\s", "", page)

    assert not [glued for glued in ("1东区", "东区40", "400700", "40700") if glued in shown]
    assert shown.count("1｜东区｜400｜700") == 2


@pytest.mark.parametrize("kind", list(AmountKind))
def test_a_quantity_has_one_name_everywhere(kind: AmountKind) -> None:
    """What the list calls 次数改动 the sentence at the head counts as 次数, and a comment in Word says the same."""
    messages = load_messages("zh")
    pair = mixed_pair()
    units = [
        replace(
            unit,
            changes=tuple(
                replace(one, type=ChangeType.AMOUNT_CHANGED, kind=kind, material=True, nested=False)
                for one in unit.changes
            ),
        )
        for unit in pair.comparison.units
        if unit.upper and unit.lower
    ]
    change = next(one for unit in units for one in unit.changes)
    name = messages(f"quantity.{kind}")

    assert label_of(change, messages) == f"{name}改动"
    assert say_change(change, messages).startswith(f"{name}改动")
    assert re.search(rf"改动 \d+ 项{name}", say_outcome(replace(pair.comparison, units=tuple(units)), messages))


def test_a_deadline_that_is_a_length_is_one_whatever_its_unit() -> None:
    """15个工作日内 against 20个工作日内 is told in the words of 15个工作日内 against 15日内; a day is a deadline."""
    messages = load_messages("zh")
    change = next(one for unit in mixed_pair().comparison.units for one in unit.changes)
    length = replace(change, type=ChangeType.DEADLINE_CHANGED, kind=AmountKind.DURATION)

    assert label_of(length, messages) == label_of(replace(length, type=ChangeType.AMOUNT_CHANGED), messages)
    assert label_of(replace(length, kind=None), messages) == "时限改动"


def test_heading_stands_over_its_own_part() -> None:
    """A sentence that moved to another part does not draw the changed heading of that part to its old place."""
    moved = "托育机构不得聘用有虐待儿童记录的人员。"
    first = ("全省每千人口托位数达到4.6个。", "单个项目给予最高80万元的一次性补助。", moved)
    last = ("监控录像保存期不少于90日。", "收费不得高于当地人均可支配收入的50%。")
    upper = draft_document("山西省人民政府", (("扩大供给", first), ("加强监督管理", last)))
    lower = draft_document("太原市人民政府", (("扩大供给", first[:2]), ("强化监督管理", (*last, moved))))
    sources = {"upper_source": upper.source, "lower_source": lower.source}
    comparison = compare(upper.notices[0], lower.notices[0], **sources)
    page = lxml_html.document_fromstring(
        render_comparison(comparison, upper.notices[0], lower.notices[0], **sources, format="html").decode()
    )

    (heading,) = page.xpath("//div[contains(@class, 'heading')][contains(., '强化监督管理')]")
    assert any(unit.moved for unit in comparison.units)
    assert heading.getparent().xpath(".//header/h3")[0].text_content() == "二、加强监督管理"
