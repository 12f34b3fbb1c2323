"""Normal text: what becomes of characters, and that every one keeps its way back to the file."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.edit import Edit
from extract.errors import SpanError
from extract.layout import Block, BlockKind, Glyphs, Layout
from extract.notice import Grain
from extract.span import Span
from extract.text import AlignedText, apply, furniture, normal_text, normalise

PIECES = [
    *"一二三、，。（）()[]〔〕,.:;?!«»《》“”％%１２３456ＡＢabc —-－#*|>~·⼈⺠\u3000\t\n\f\ufeff\u200b",
    "（一）", "1．", "1.", "第一条", "附件", "附件：", "各市人民政府：", "关于做好工作的通知", "鲁政字〔2021〕136号", "2021年9月1日", "— 1 —",
    "https://a.cn/x", "第1页 共2页", "最高10万元", "不超过4%", "（市财政局负责）", "| a | b |", "## ", "- ", "**", "抄送：", "\r\n",
]  # fmt: skip
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def layout(text: str, **fields: object) -> Layout:
    return Layout(text=text, media_type="text/plain", grain=Grain.FLOW, **fields)  # type: ignore[arg-type]


def fold(text: str) -> str:
    """One form for characters that normal text may change into each other."""
    import unicodedata

    return unicodedata.normalize("NFKC", normal_text(text)).replace("《", "«").replace("》", "»").replace("。", ".")


@given(texts)
def test_every_character_keeps_its_origin(text: str) -> None:
    """Each kept character stands in its own source range, and ranges never go back."""
    normal = normalise(layout(text))

    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert list(normal.starts) == sorted(normal.starts)
    assert list(normal.ends) == sorted(normal.ends)
    for char, start, end in zip(normal.text, normal.starts, normal.ends, strict=True):
        assert fold(char) in fold(text[start:end]) or fold(char) == fold(text[start:end])


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normal text is its own normal text."""
    once = normal_text(text)

    assert normal_text(once) == once


@given(texts)
def test_a_removed_han_character_belongs_to_furniture(text: str) -> None:
    """No Chinese character goes without a reason."""
    normal = normalise(layout(text))
    kept = {j for start, end in zip(normal.starts, normal.ends, strict=True) for j in range(start, end)}
    excused = {j for item in furniture(normal) for j in range(item.start, item.end)}

    for j, char in enumerate(text):
        if "\u4e00" <= char <= "\u9fff":
            assert j in kept or j in excused


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("经市政府同意,现将方案印发给你们,请认真组织实施.", "经市政府同意，现将方案印发给你们，请认真组织实施。"),
        ("２０２１年\n９月", "2021年9月"),
        ("给予６０％补贴", "给予60%补贴"),
        ("«方案»(鲁政字 〔２０２１〕１３６号)", "《方案》（鲁政字〔2021〕136号）"),
        ("1.5亿元,增长3.2%.其中", "1.5亿元，增长3.2%。其中"),
        ("１．将就业作为基准", "1．将就业作为基准"),
        ("1.加强领导", "1.加强领导"),
        ("时间为8:00,地点不变", "时间为8:00，地点不变"),
        ("电话(66605937)公布", "电话（66605937）公布"),
        ("use f(x), then g.", "usef(x),theng."),
        ("⼈⼒资源⺠政", "人力资源民政"),
        ("讲好“山东篇”.(市委宣传部负责)", "讲好“山东篇”。（市委宣传部负责）"),
    ],
)
def test_printed_forms_become_normal(printed: str, normal: str) -> None:
    """Width and punctuation follow the contract's normal form; misprints stay."""
    assert normal_text(printed) == normal


def test_page_numbers_and_addresses_are_removed_with_a_reason() -> None:
    """A page number between two halves of a word goes, and the file says why."""
    normal = normalise(layout("加大资金\n\n—７１—\n\n支持\nhttp://a.example/chat.html\n力度"))

    assert normal.text == "加大资金支持力度"
    assert [(item.reason, item.quote) for item in furniture(normal)] == [
        ("页码", "—７１—"),
        ("网址", "http://a.example/chat.html"),
    ]


def test_an_address_inside_a_sentence_stays() -> None:
    """Only a line that is nothing but an address is furniture."""
    assert "http://a.example" in normal_text("报名网址\nhttp://a.example 请注意")


def test_furniture_blocks_of_a_reader_are_removed() -> None:
    """A running head named by a reader leaves the normal text."""
    block = Block(kind=BlockKind.FURNITURE, span=Span(3, 7), reason="页眉")

    normal = normalise(layout("前半句页眉文字后半句", blocks=(block,)))

    assert normal.text == "前半句后半句"
    assert furniture(normal)[0].reason == "页眉"


def test_a_value_cut_by_a_page_break_has_two_boxes() -> None:
    """The page number between the halves is in neither box."""
    text = "20\n—1—\n21年"
    glyphs = Glyphs(
        page=array("i", [1, 1, 1, 1, 1, 2, 2, 2]),
        x0=array("d", [10, 20, 50, 60, 70, 10, 20, 30]),
        top=array("d", [700, 700, 800, 800, 800, 80, 80, 80]),
        x1=array("d", [20, 30, 60, 70, 80, 20, 30, 40]),
        bottom=array("d", [716, 716, 814, 814, 814, 96, 96, 96]),
    )
    glyph_of = array("l", [0, 1, -1, 2, 3, 4, -1, 5, 6, 7])

    normal = normalise(layout(text, glyphs=glyphs, glyph_of=glyph_of))

    assert normal.text == "2021年"
    assert [(place.page, place.box) for place in normal.places(Span(0, 5))] == [
        (1, (10, 700, 30, 716)),
        (2, (10, 80, 40, 96)),
    ]


def test_a_path_in_plain_text_counts_characters_of_the_file() -> None:
    """RFC 5147: char=start,end of the decoded file."""
    text = "  甲乙\n 丙丁"
    place = normalise(layout(text)).places(Span(1, 3))[0]

    assert place.path == "char=3,7"
    assert text[3:7].split() == ["乙", "丙"]


@pytest.mark.parametrize(
    "edits", [[Edit(2, 3, "x"), Edit(1, 2, "y")], [Edit(0, 9, "")], [Edit(0, 2, ""), Edit(1, 3, "")]]
)
def test_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    """A rule whose edits overlap or leave the text cannot spoil the map."""
    with pytest.raises(SpanError):
        apply(normalise(layout("甲乙丙丁")), edits)


@given(texts, st.data())
def test_edits_of_any_length_keep_the_map(text: str, data: st.DataObject) -> None:
    """Insertions, replacements and removals leave starts and ends in order and in range."""
    base = normalise(layout(text))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(base.text)), max_size=8)))
    edits = [Edit(a, b, data.draw(st.text("甲乙丙", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]

    changed = apply(base, edits)

    assert len(changed.text) == len(changed.starts) == len(changed.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(changed.starts, changed.ends, strict=True))
    assert list(changed.starts) == sorted(changed.starts)
    assert isinstance(changed, AlignedText)
