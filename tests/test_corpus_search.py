"""Searching a store: every match and nothing else, best first; filters; whatever is typed is data."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import synthetic
from corpora import make_store, write_notices
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus import Corpus, Filters, QueryError
from corpus.bigrams import fold

NOTICES = 48
HOSTILE = (
    '"', '""', "'", "';--", '" OR "', "补贴 OR 奖励", "AND", "NOT", "NEAR(补贴 奖励)", "补贴*", "^补贴", "words:补贴", "words : 补贴",
    "{words}: 补贴", "(补贴", "补贴)", "补贴 + 奖励", "-补贴", "%", "_", "\\", "\x00", "补\x00贴", "\ud800", "补\u200b贴", "facets:level",
    "level=province", "copy=yes", '补贴" NOT facets : "copy=yes', "𠮷野家", "😀😀", "é", "ǅ", "İi", "a\tb", "\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("search")
    with make_store(folder / "a.db", write_notices(folder / "来文", range(NOTICES))) as found:
        yield found


def passages(store: Corpus) -> list[tuple[Any, ...]]:
    """Every passage with what filters look at, read without the index."""
    return store.connection.execute(
        "SELECT clause.id, clause.text, notice.level, notice.province, notice.city, notice.year, notice.issuer"
        " FROM clause JOIN notice ON notice.id = clause.notice"
    ).fetchall()


def count_by_hand(store: Corpus, query: str) -> int:
    words = [fold(word) for word in query.split()]
    return sum(all(word in fold(row[1]) for word in words) for row in passages(store))


@pytest.mark.parametrize(
    "query",
    [
        "补贴",
        "创业担保贷款",
        "水",
        "5",
        "50%",
        "2020年12月底前",
        "补贴 奖励",
        "补贴 省",
        "不低于 %",
        "牵头，省",
        "（一）",
        "龘",
    ],
)
def test_every_match_and_nothing_else(store: Corpus, query: str) -> None:
    """Words of two characters, single characters, phrases with signs: as many clauses as reading all of them finds."""
    results = store.search(query, limit=100_000)

    assert results.total == count_by_hand(store, query)
    assert len(results.hits) == results.total
    assert all(fold(word) in fold(hit.text) for hit in results.hits for word in query.split())


@pytest.mark.parametrize("word", [*synthetic.SUBJECTS[:12], *synthetic.BENEFITS, "业培", "贷款，"])
def test_recall_of_words_is_complete(store: Corpus, word: str) -> None:
    """No dictionary decides what a word is: any stretch of characters is found wherever it stands."""
    assert store.search(word).total == count_by_hand(store, word)


def test_text_outside_clauses_is_found(store: Corpus) -> None:
    """Titles, numbers and signatures are searched too, a number however its brackets are typed."""
    number = store.entry(5).number or ""
    for typed in (number, number.replace("〔", "[").replace("〕", "]"), number.replace("〔", "【").replace("〕", "】")):
        assert store.search(typed).hits[0].number == number


def test_width_and_case_make_no_difference(store: Corpus) -> None:
    """Full-width digits and signs are typed for half-width ones, and the other way round."""
    assert store.search("５０％").total == store.search("50%").total > 0
    assert store.search("(省").total == store.search("（省").total > 0


@pytest.mark.parametrize("query", HOSTILE)
def test_operators_are_data(store: Corpus, query: str) -> None:
    """Quotes, operators, SQL, FTS syntax and odd characters find themselves or nothing, and break nothing."""
    try:
        found = store.search(query)
    except QueryError:
        assert not query.translate({0: None}).strip()
        return
    kept = query.replace("\x00", " ").encode("utf-8", "replace").decode()

    assert found.total == count_by_hand(store, kept)
    assert store.connection.execute("SELECT count(*) FROM notice").fetchone() == (NOTICES,)


@settings(max_examples=150)
@given(st.text(max_size=12))
def test_any_text_can_be_searched(store: Corpus, query: str) -> None:
    """Whatever is typed, each hit holds all of it."""
    try:
        results = store.search(query)
    except QueryError:
        return
    for hit in results.hits:
        assert all(word in fold(hit.text) for word in results.query)


def test_filters_are_data_too(store: Corpus) -> None:
    """A city or issuer of odd characters finds nothing and breaks nothing."""
    for odd in HOSTILE:
        assert store.search("补贴", Filters(city=odd)).total == 0
        with pytest.raises(QueryError, match="没有部门"):
            store.search("补贴", Filters(department=odd))
        store.search("补贴", Filters(issuer=odd))


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(level="province"), lambda row: row[2] == "province"),
        (Filters(province="山西"), lambda row: row[3] == "山西省"),
        (Filters(city="太原市"), lambda row: row[4] == "太原市"),
        (Filters(years=(2016, 2017)), lambda row: row[5] in (2016, 2017)),
        (Filters(years=(2018, None)), lambda row: row[5] >= 2018),
        (Filters(issuer="山西省人民政府"), lambda row: row[6] == "山西省人民政府"),
        (Filters(issuer="市人民"), lambda row: "市人民" in row[6]),
        (Filters(province="山西省", level="prefecture", years=(2016, 2016)), lambda row: row[2:4] == ("prefecture", "山西省") and row[5] == 2016),
    ],
)  # fmt: skip
def test_filters_narrow(store: Corpus, filters: Filters, holds: Callable[[tuple[Any, ...]], bool]) -> None:
    """Each filter keeps exactly the clauses whose notice fits it."""
    expected = [row for row in passages(store) if "补贴" in row[1] and holds(row)]

    assert expected
    assert store.search("补贴", filters).total == len(expected)
    assert store.search("贴", filters).total == sum("贴" in row[1] and holds(row) for row in passages(store))


def test_department_filter_goes_by_function(store: Corpus) -> None:
    """财政厅 and 财政局 are one function: the clauses that charge either."""
    found = store.search("", Filters(department="finance"), limit=10_000)

    assert found.total > 0
    assert all("财政" in hit.text for hit in found.hits)
    assert found.total == sum("财政厅" in row[1] or "财政局" in row[1] for row in passages(store))


def test_amount_filter_goes_by_figures(store: Corpus) -> None:
    """Clauses with an amount of money of which a stated figure lies in the range."""
    found = store.search("", Filters(amount=(1_000_000, 2_000_000), amount_kind="money"), limit=10_000)

    assert found.total == sum("100万元" in row[1] or "200万元" in row[1] for row in passages(store))
    assert store.search("", Filters(amount=(None, 1), amount_kind="money")).total == 0


def test_deadline_filter_goes_by_days(store: Corpus) -> None:
    """Clauses whose deadline falls in the window, its ends included."""
    months = [f"2020年{month}月底前" for month in range(3, 10)]
    found = store.search("", Filters(deadline=(date(2020, 3, 31), date(2020, 9, 30))), limit=10_000)

    assert found.total > 0
    assert found.total == sum(any(month in row[1] for month in months) for row in passages(store))


def test_highlights_mark_the_words(store: Corpus) -> None:
    """Each highlight is one of the words where it stands; overlapping ones are joined."""
    for hit in store.search("补贴 万元").hits:
        marked = [hit.text[start:end] for start, end in hit.highlights]
        assert set(marked) == {"补贴", "万元"}
        assert sum(hit.text.count(word) for word in ("补贴", "万元")) == len(marked)
    joined = store.search("担保贷款 创业担保").hits[0]
    assert {joined.text[start:end] for start, end in joined.highlights} == {"创业担保贷款"}


def test_heading_and_frequency_come_first(tmp_path: Path) -> None:
    """A clause about the word stands before one that merely has it, a short one before a long one."""
    text = (
        "鲁政发〔2023〕5号\n\n山东省人民政府关于做好有关工作的通知\n\n各有关单位：\n\n现就有关事项通知如下。\n"
        "一、其他事项。做好海水淡化等工作，落实各项要求，加强部门之间的协同配合，定期开展检查，及时总结经验，推动工作取得实效。\n"
        "二、海水淡化。编制规划，落实各项要求。\n三、用水管理。推进海水淡化。\n\n山东省人民政府\n2023年3月1日\n"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with make_store(tmp_path / "a.db", tmp_path / "a.txt") as found:
        assert [hit.clause for hit in found.search("海水淡化").hits] == ["二", "三", "一"]


def test_pages_of_results_do_not_overlap(store: Corpus) -> None:
    """`offset` goes on where the last page ended."""
    whole = store.search("补贴", limit=40).hits

    assert store.search("补贴", limit=20, offset=20).hits == whole[20:]
    assert len({(hit.notice, hit.clause) for hit in whole}) == 40


def test_removed_notices_are_not_found(tmp_path: Path) -> None:
    """The index forgets what is removed: nothing dead is counted or found."""
    folder = write_notices(tmp_path / "来文", range(8))
    with make_store(tmp_path / "a.db", folder) as found:
        before = found.search("补贴").total
        own = sum("补贴" in text for (text,) in found.connection.execute("SELECT text FROM clause WHERE notice = 3"))
        found.connection.execute("DELETE FROM document WHERE id = (SELECT document FROM notice WHERE id = 3)")

        assert own > 0
        assert found.search("补贴").total == before - own
        assert (
            found.connection.execute("SELECT count(*) FROM clause_index").fetchone()
            == found.connection.execute("SELECT count(*) FROM clause").fetchone()
        )


def test_nothing_to_search_for_is_said(store: Corpus) -> None:
    """An empty query without filters, one without end and an impossible year are refused with what to do."""
    for query, filters in (
        ("", Filters()),
        (" \n", Filters()),
        ("字" * 2000, Filters()),
        ("补贴", Filters(years=(2030, 2020))),
    ):
        with pytest.raises(QueryError, match="请"):
            store.search(query, filters)


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ('"担保 贷款"', "担保贷款"),
        ("“担保　贷款”", "担保贷款"),
        ("「担保贷款」", "担保贷款"),
        ("'担保 贷款'", "担保贷款"),
        ("补贴 “担保 贷款”", "补贴 担保贷款"),
        ("“补贴”", "补贴"),
    ],
)
def test_quotation_marks_keep_words_together(store: Corpus, typed: str, phrase: str) -> None:
    """What they enclose is one phrase; notices are held without white space."""
    assert store.search(typed) == store.search(phrase)
    assert store.search(typed).total > 0


@pytest.mark.parametrize("typed", ["发展“补贴”", '"', "“", '""', "“ ”", "补贴”", '"补贴', "'补贴”"])
def test_other_quotation_marks_are_characters(store: Corpus, typed: str) -> None:
    """Inside a word, alone, round nothing or without their like they stand for themselves."""
    assert store.search(typed).total == count_by_hand(store, typed)


def test_control_characters_alone_are_nothing_to_search_for(store: Corpus) -> None:
    """They are left out of a query, which may leave nothing of it."""
    with pytest.raises(QueryError, match="请"):
        store.search("\x1b")
    assert store.search("补贴 \x1b").total == count_by_hand(store, "补贴")


def meet(store: Corpus, *words: str) -> bool:
    return any(all(word in row[1] for word in words) for row in passages(store))


def test_advice_names_the_word_that_is_nowhere(store: Corpus) -> None:
    """Which word the store does not have, and what the others find."""
    found = store.search("补贴 海水淡化 龘")

    assert found.advice is not None
    assert found.advice.absent == ("海水淡化", "龘")
    assert found.advice.apart == ()
    assert [(one.words, one.total) for one in found.advice.tries] == [(("补贴",), store.search("补贴").total)]


def test_advice_takes_a_phrase_apart(store: Corpus) -> None:
    """Words typed without a space between them are found where they stand apart."""
    assert not meet(store, "创业担保贷款最高")
    found = store.search("创业担保贷款最高")

    assert found.advice is not None
    assert found.advice.absent == ("创业担保贷款最高",)
    assert [one.words for one in found.advice.tries] == [("创业担保贷款", "最高")]
    assert found.advice.tries[0].total == store.search("创业担保贷款 最高").total > 0


def test_advice_names_words_that_never_meet(store: Corpus) -> None:
    """Each word is there, but two of them in no clause together."""
    words = ("补贴", *(word for word in synthetic.SUBJECTS if meet(store, word)))
    first, second = next((a, b) for a in words for b in words if a < b and not meet(store, a, b))
    found = store.search(f"{first} {second} 省")

    assert found.advice is not None
    assert found.advice.absent == ()
    assert (first, second) in found.advice.apart
    assert all(not meet(store, *pair) for pair in found.advice.apart)
    assert all(store.search(" ".join(one.words)).total == one.total > 0 for one in found.advice.tries)


def test_advice_names_the_filter_in_the_way(store: Corpus) -> None:
    """Words and filters that leave nothing: without which filter there is something."""
    found = store.search("补贴", Filters(city="威海市", years=(2016, 2017)))

    assert found.advice is not None
    assert (found.advice.absent, found.advice.apart) == ((), ())
    assert [(one.words, one.without) for one in found.advice.tries] == [(("补贴",), ("city",))]
    assert found.advice.tries[0].total == store.search("补贴", Filters(years=(2016, 2017))).total
    assert store.search("补贴").advice is None


def test_nothing_found_is_said_in_one_line(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """On the screen why nothing was found and what to try; for programs the same as fields."""
    for typed, options, said in (
        (("补贴", "海水淡化"), (), ("“海水淡化”", "补贴（")),
        (("补贴",), ("--city", "威海", "--year", "2016"), ("--city（",)),
        ((), ("--city", "威海", "--year", "2016"), ("--city（",)),
        (("龘\x1b[31m龘",), (), ("龘",)),
    ):
        run = duizhao("corpus", "search", *typed, *options, "--db", store.path)
        assert (run.status, run.out, run.err.count("\n")) == (0, "", 1)
        assert run.err.startswith("没有找到")
        assert all(part in run.err for part in said)
        assert "\x1b" not in run.err
    quiet = duizhao("corpus", "search", "海水淡化", "--db", store.path, "--format", "json", "-q")

    assert quiet.err == ""
    assert json.loads(quiet.out)["advice"]["absent"] == ["海水淡化"]


def test_search_command_gives_table_json_and_csv(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """The same hits on the screen, for programs and for Excel."""
    screen = duizhao("corpus", "search", "创业担保贷款", "万元", "--province", "山西", "--db", store.path)
    found = json.loads(
        duizhao(
            "corpus", "search", "创业担保贷款 万元", "--province", "山西", "--db", store.path, "--format", "json"
        ).out
    )
    table = duizhao(
        "corpus", "search", "创业担保贷款 万元", "--province", "山西", "--db", store.path, "--format", "csv"
    )

    assert screen.status == 0
    assert "【创业担保贷款】" in screen.out.replace("\n  ", "")
    assert f"共 {found['total']} 条" in screen.out
    assert [hit["text"][slice(*hit["highlights"][0])] for hit in found["hits"]] == ["创业担保贷款"] * len(
        found["hits"]
    ) or found["hits"]
    assert table.out.startswith("\ufeffnumber,")
    assert len(table.out.splitlines()) == 1 + len(found["hits"])


@pytest.mark.parametrize(
    "option",
    [("--year", "abc"), ("--amount", "x..y"), ("--deadline", "2023-13"), ("--level", "village"), ("--year", "..")],
)
def test_ranges_that_are_none_are_wrong_usage(
    store: Corpus, duizhao: Callable[..., Any], option: tuple[str, str]
) -> None:
    """A filter that cannot be read is named with an example."""
    run = duizhao("corpus", "search", "补贴", *option, "--db", store.path)

    assert run.status == 2
    assert run.err.count("\n") == 1
    assert option[0] in run.err


def test_missing_store_is_said(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Searching where no store is says so and makes none."""
    run = duizhao("corpus", "search", "补贴", "--db", tmp_path / "无.db")

    assert (run.status, run.err.count("\n")) == (1, 1)
    assert list(tmp_path.iterdir()) == []


def test_store_on_a_medium_that_cannot_be_written_is_searched(store: Corpus, tmp_path: Path) -> None:
    """A store on a read-only disk, without the files WAL keeps beside it, can be read."""
    path = tmp_path / "盘" / "a.db"
    path.parent.mkdir()
    store.connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with corpus.open(path, read_only=True) as found:
            assert found.search("补贴").total == store.search("补贴").total
    finally:
        path.parent.chmod(0o755)


def test_department_is_named_or_keyed(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """财政局 is finance, in searches and lists; what is neither a department nor a key is said in one line."""
    for command in (("search", "补贴", "--format", "json"), ("list", "--format", "json")):
        run = ["corpus", *command, "--db", store.path, "--department"]
        by_key, by_name, unknown = (duizhao(*run, name) for name in ("finance", "市财政局", "财神"))

        assert by_key.out == by_name.out
        assert json.loads(by_key.out)
        assert (unknown.status, unknown.out, unknown.err.count("\n")) == (1, "", 1)
        assert "没有部门或职能键 财神" in unknown.err


@pytest.mark.parametrize(
    ("option", "value"), [("--year", "2023..2020"), ("--amount", "500..1"), ("--deadline", "2024-02..2023")]
)
def test_reversed_range_is_wrong_usage(store: Corpus, option: str, value: str, duizhao: Callable[..., Any]) -> None:
    """A range whose ends are the wrong way round is no empty result."""
    run = duizhao("corpus", "search", "补贴", option, value, "--db", store.path)

    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert f"{option} 的前后颠倒了" in run.err


def test_page_beyond_the_last_hit_says_how_many_there_are(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """An empty page is not taken for an empty result."""
    total = store.search("补贴").total
    run = duizhao("corpus", "search", "补贴", "--offset", total, "--db", store.path)

    assert run.out == ""
    assert f"只找到 {total} 条" in run.err


def test_advice_keeps_capitals(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """What is found without regard to case is echoed as it was typed."""
    run = duizhao("corpus", "search", "XyzABC 补贴", "--db", store.path, "--lang", "en")

    assert "“XyzABC”" in run.err


def test_word_that_only_a_copy_has_is_said(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A word in the head of a second print is in the store all the same: `--copies` finds it."""
    text = synthetic.notice(1).decode()
    (tmp_path / "1.txt").write_text(text, "utf-8")
    (tmp_path / "2.txt").write_text(f"凤凰市人民政府公报\n{text}", "utf-8")
    with make_store(tmp_path / "a.db", tmp_path / "1.txt", tmp_path / "2.txt") as store:
        assert store.summary().copies == 1
        advice = store.search("凤凰市").advice
        assert advice is not None
        assert (advice.absent, advice.copied) == ((), ("凤凰市",))
    run = duizhao("corpus", "search", "凤凰市", "--db", tmp_path / "a.db")
    assert "只在重复的印本里" in run.err
    assert "--copies" in run.err
    assert duizhao("corpus", "search", "凤凰市", "--copies", "--db", tmp_path / "a.db").out
