"""Notices as spaCy documents."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extract.doc import make_doc, nlp
from extract.layout import Layout
from extract.notice import Grain, Notice, Source
from extract.parse import parse

RAW = """威海市人民政府文件

威政发〔2022〕8 号

威海市人民政府关于促进就业的通知

各区市人民政府，市政府各部门：

为贯彻落实《山东省人民政府关于稳就业的意见》（鲁政发
〔2021〕9号），现通知如下：

一、加强扶持。对符合条件的企业给予最高５０万元补贴，
每人每月不低于 1000 元，政策实施至2022年12月31日。（市财政局牵头，市人力资源社会保障局配合）

二、抓好落实。各部门应当于2022年6月底前制定措施。

威海市人民政府
2022年3月1日
"""


def read(text: str) -> Notice:
    layout = Layout(text=text, media_type="text/plain", grain=Grain.FLOW)
    source = Source(name="a.txt", sha256="0" * 64, media_type="text/plain", size=1, pages=None, grain=Grain.FLOW)
    (notice,) = parse(layout, source).document.notices
    return notice


@pytest.fixture(scope="module")
def notice() -> Notice:
    return read(RAW)


@pytest.fixture(scope="module")
def doc(notice: Notice) -> Doc:
    return make_doc(notice)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return nlp()


def test_a_doc_holds_the_notice_and_every_mention(notice: Notice, doc: Doc) -> None:
    """The text is the notice's normal text, and each mention is a span with the mention's own words."""
    assert doc.text == notice.text
    for group in ("amounts", "dates", "citations", "directives"):
        wanted = [item.quote for clause in notice.clauses for item in getattr(clause, group)]
        assert [span.text for span in doc.spans[group]] == wanted
        assert wanted
    assert [span._.clause for span in doc.spans["clauses"]] == [clause.id for clause in notice.clauses]


def test_values_stand_beside_their_words(doc: Doc) -> None:
    """A span gives amounts as decimals, days as dates, and the names of departments with their roles."""
    ceiling, floor = doc.spans["amounts"]
    (validity,) = (span for span in doc.spans["dates"] if span.label_ == "validity")

    assert (ceiling._.low, ceiling._.high, ceiling._.unit, ceiling._.bound) == (None, Decimal(500000), "CNY", "max")
    assert (floor._.low, floor._.high, floor._.per, floor.label_) == (Decimal(1000), None, ("人", "月"), "money")
    assert (validity._.starts_on, validity._.ends_on) == (None, date(2022, 12, 31))
    assert [(span.text, span._.role) for span in doc.spans["departments"] if span._.clause == "一"] == [
        ("市财政局", "lead"),
        ("市人力资源社会保障局", "cooperate"),
    ]
    assert doc.spans["citations"][0]._.document_number == "鲁政发〔2021〕9号"
    assert doc.spans["citations"][0]._.issuer == "山东省人民政府"


def test_raw_text_is_read_with_its_own_offsets(pipeline: Language) -> None:
    """The pipeline keeps line ends and blanks, and its spans are the words as the file has them."""
    doc = pipeline(RAW)

    assert doc.text == RAW
    assert doc._.notices[0]["document_number"] == "威政发〔2022〕8号"
    assert [span.text for span in doc.spans["amounts"]] == ["最高５０万元", "每人每月不低于 1000 元"]
    assert doc.spans["citations"][0].text == "《山东省人民政府关于稳就业的意见》（鲁政发\n〔2021〕9号）"


def test_a_sentence_that_is_no_notice_still_has_mentions(pipeline: Language) -> None:
    """Running text gives mentions and no clauses."""
    doc = pipeline("按照鲁政发〔2021〕9号要求，补贴不超过10万元。")

    assert [span._.high for span in doc.spans["amounts"]] == [Decimal(100000)]
    assert [span._.document_number for span in doc.spans["citations"]] == ["鲁政发〔2021〕9号"]
    assert len(doc.spans["clauses"]) == 0
    assert doc._.notices == ()


@pytest.mark.parametrize("config", [{}, {"nlp": {"tokenizer": {"segmenter": "jieba"}}}])
def test_the_component_works_behind_any_tokenizer(config: dict[str, object]) -> None:
    """No mention is lost at token borders: a token that a mention ends in is split."""
    pipeline = spacy.blank("zh", config=config)
    pipeline.add_pipe("duizhao")

    doc = pipeline(RAW)

    assert doc.text == RAW
    assert [span.text for span in doc.spans["amounts"]] == ["最高５０万元", "每人每月不低于 1000 元"]


def test_tokens_are_words_but_never_cross_a_mention(doc: Doc) -> None:
    """Words come from jieba; the ends of mentions are token borders."""
    words = {token.text for token in doc}

    assert {"贯彻落实", "企业", "措施"} <= words
    for spans in doc.spans.values():
        for span in spans:
            assert doc.char_span(span.start_char, span.end_char) is not None


def test_displacy_shows_the_mentions(doc: Doc) -> None:
    """displaCy's span style draws every mention by default, and one kind if asked."""
    everything = displacy.render(doc, style="span", page=False, jupyter=False)
    dates = displacy.render(doc, style="span", page=False, jupyter=False, options={"spans_key": "dates"})

    assert all(label in everything for label in ("money", "citation", "validity", "lead"))
    assert "validity" in dates
    assert "money" not in dates


def test_a_doc_bin_keeps_spans_and_values(doc: Doc) -> None:
    """Saved and loaded again, a document has the same spans with the same values."""
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()

    (loaded,) = DocBin(store_user_data=True).from_bytes(data).get_docs(spacy.blank("zh").vocab)

    assert loaded.text == doc.text
    assert loaded._.notices == doc._.notices
    for group, spans in doc.spans.items():
        assert [(span.text, span.label_) for span in loaded.spans[group]] == [(s.text, s.label_) for s in spans]
        for name in ("low", "high", "per", "starts_on", "ends_on", "role", "title", "clause", "cues"):
            assert [getattr(s._, name) for s in loaded.spans[group]] == [getattr(s._, name) for s in spans]


def test_mentions_of_the_same_words_keep_their_own_values(pipeline: Language) -> None:
    """每月6日 may be several things at once: each span has the values of its own kind."""
    doc = pipeline("应当于每月6日前报送，每月补贴500元。")

    for group, spans in doc.spans.items():
        for span in spans:
            if group == "amounts":
                assert span._.force is None
            if group == "directives":
                assert span._.low is None


def test_the_pipeline_can_be_saved(pipeline: Language) -> None:
    """Tokenizer and component come back from the pipeline's own configuration."""
    loaded = spacy.util.load_model_from_config(pipeline.config).from_bytes(pipeline.to_bytes())

    doc = loaded(RAW)

    assert [span.text for span in doc.spans["amounts"]] == ["最高５０万元", "每人每月不低于 1000 元"]


def test_importing_the_module_does_not_load_spacy() -> None:
    """A program that never asks for a document does not pay for spaCy."""
    code = "import sys, extract.doc; print('spacy' in sys.modules, 'jieba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="一、（）《》〔〕2021年3月1日前补贴不超过50万元市财政局负责应当。 \n\u3000", max_size=80))
def test_any_text_keeps_its_characters(text: str) -> None:
    """Whatever is read, the document's text is the text given."""
    assert PIPELINE(text).text == text


PIPELINE = nlp()
