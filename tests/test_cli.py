"""The command line as a user meets it: help, languages, formats, exit status, files written."""

import ast
import io
import json
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from duizhao import messages, progress
from duizhao.cli import MODULES
from duizhao.commands.verify import FEW
from duizhao.evidence import describe, fragment
from duizhao.failures import localize
from duizhao.screen import shorten, width, wrap
from extract.notice import Place
from extract.span import Span

ROOT = Path(__file__).parent.parent
PLAN = "济政办函〔2021〕16号.txt"
UPPER = "鲁政字〔2021〕136号"
HAN = re.compile(r"[\u4e00-\u9fff]")
HEAVY = {
    "jieba",
    "rjieba",
    "spacy",
    "numpy",
    "lxml",
    "pdfplumber",
    "pypdfium2",
    "jinja2",
    "docx",
    "rich",
    "msgspec",
    "extract.parse",
}

Command = Callable[..., Any]


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_help_teaches_with_examples(duizhao: Command, name: str, lang: str) -> None:
    """Every command has a page in both languages, with examples, that fits 80 columns."""
    run = duizhao(name, "--help", "--lang", lang)

    assert run.status == 0
    assert {"zh": "示例", "en": "Examples"}[lang] in run.out
    assert f"  duizhao {name} " in run.out or f"  duizhao {name}\n" in run.out
    assert max(width(line) for line in run.out.splitlines()) <= 80


def test_help_lists_every_command(duizhao: Command) -> None:
    """`duizhao` alone shows what there is to do."""
    run = duizhao()

    assert run.status == 0
    assert all(f"\n  {name} " in run.out for name in MODULES)
    assert run.out == duizhao("--help").out


def test_english_interface_has_no_chinese_sentences() -> None:
    """English is complete: Chinese stands in it only where a command line shows a document number or clause id."""
    catalogue = tomllib.loads(files("duizhao").joinpath("messages.toml").read_text("utf-8"))
    messages.select(["--lang", "en"])
    allowed = re.compile(r"对照|\S*〔\d{4}〕\d+号|四/18|二/（五）|(?<= )二(?= --)|不低于60%")
    chinese = {key: messages.text(key) for key in messages.names() if HAN.search(allowed.sub("", messages.text(key)))}
    messages.select([])

    assert catalogue
    assert chinese == {}


def test_both_languages_fill_the_same_places() -> None:
    """A message names the same values in Chinese and English."""

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key in messages.names():
        texts = []
        for lang in messages.LANGUAGES:
            messages.select(["--lang", lang])
            texts.append(places(messages.text(key)))
        assert texts[0] == texts[1], key
    messages.select([])


def test_every_message_asked_for_is_there_and_used() -> None:
    """The catalogue and the code agree: no key is missing, none is left over."""
    used: set[str] = set()
    for path in (ROOT / "duizhao").rglob("*.py"):
        used |= set(re.findall(r"\"([a-z_]+\.[a-z_]+)\"", path.read_text("utf-8")))
    by_pattern = {"page", "metavar", "argument", *MODULES, "duizhao"}
    asked = {key for key in used if key.split(".")[0] in tomllib_sections() and not key.endswith((".txt", ".json"))}
    there = set(messages.names())

    assert asked <= there
    assert {key for key in there if key.split(".")[0] not in by_pattern} <= used


def tomllib_sections() -> set[str]:
    return {key.split(".")[0] for key in messages.names()}


def reading_sentences() -> set[str]:
    """Every sentence that the reading code says in an error or a warning, with `{}` where a value stands."""
    found: set[str] = set()
    for path in (ROOT / "extract").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            node.targets[0].id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for message in _messages(call):
                found |= set(_sentences(names.get(message.id, message) if isinstance(message, ast.Name) else message))
    return {sentence for sentence in found if HAN.search(sentence)}


def _messages(call: ast.Call) -> list[ast.expr]:
    match getattr(call.func, "id", ""), call.args:
        case "ReadError", [_, _, message]:
            return [message]
        case "Warning" | "LayoutWarning", _:
            return [keyword.value for keyword in call.keywords if keyword.arg == "message"]
        case _:
            return []


def _sentences(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(v.value if isinstance(v, ast.Constant) else "{}" for v in values)]
        case ast.IfExp(body=body, orelse=other):
            return _sentences(body) + _sentences(other)
        case _:
            return []


def test_every_reading_error_has_its_english() -> None:
    """With `--lang en` a reading error is told in English, its page and values kept."""
    messages.select(["--lang", "en"])
    said = {one: localize("page 3: " + one.replace("{}", "17")) for one in reading_sentences()}
    messages.select([])

    assert {one: text for one, text in said.items() if HAN.search(text)} == {}
    assert all(text.startswith("page 3: ") and text.count("17") == one.count("{}") for one, text in said.items())


def test_help_loads_nothing_heavy() -> None:
    """Asking for help starts no reader, no template engine and no numeric library."""
    script = "import sys; from duizhao.cli import main; main(['--help']); sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)

    assert HEAVY.isdisjoint(run.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["extrakt", "x"], ["extract"], ["extract", "x", "--format", "doc"], ["--nonsense"]]
)
def test_wrong_usage_is_one_line_with_advice(duizhao: Command, arguments: list[str]) -> None:
    """Wrong usage ends with status 2 and a Chinese line that says what to do."""
    run = duizhao(*arguments)

    assert run.status == 2
    assert run.out == ""
    assert len(run.err.splitlines()) == 1
    assert HAN.search(run.err)


def test_misspelt_command_is_guessed(duizhao: Command) -> None:
    """A command that is almost right is answered with the right one."""
    assert "compare" in duizhao("comprae", "x").err
    assert "did you mean compare?" in duizhao("comprae", "x", "--lang", "en").err


def test_environment_sets_the_language(duizhao: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """DUIZHAO_LANG speaks for every command; `--lang` overrules it."""
    monkeypatch.setenv("DUIZHAO_LANG", "en")

    assert "Usage:" in duizhao("--help").out
    assert "用法" in duizhao("--help", "--lang=zh").out


def test_one_file_is_an_object_and_several_are_an_array(duizhao: Command, samples: Path) -> None:
    """The shape of the JSON follows the number of files named, not the number that could be read."""
    one, other = samples / PLAN, samples / "德人社字〔2022〕3号.txt"

    assert json.loads(duizhao("extract", one).out)["schema"] == "duizhao.document/1"
    assert [d["source"]["name"] for d in json.loads(duizhao("extract", one, other).out)] == [one.name, other.name]
    assert len(json.loads(duizhao("extract", one, samples / "没有.txt").out)) == 1


def test_json_lines_are_one_document_a_line(duizhao: Command, samples: Path) -> None:
    """jsonl holds one document a line, the same as json has."""
    files = sorted(samples.glob("*.txt"))[:3]
    lines = duizhao("extract", *files, "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == json.loads(duizhao("extract", *files).out)


def test_extension_sets_the_format(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """`-o 表.csv` needs no --format; an extension that is no format is wrong usage."""
    source = samples / "德人社字〔2022〕3号.txt"
    run = duizhao("extract", source, "-o", tmp_path / "表.csv")

    assert run.status == 0
    assert str(tmp_path / "表.csv") in run.err
    assert (tmp_path / "表.csv").read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel reads UTF-8
    assert duizhao("extract", source, "-o", tmp_path / "表.doc").status == 2


def test_several_tables_share_one_head(duizhao: Command, samples: Path) -> None:
    """The CSV of several notices is one table: one head row, then the rows of each."""
    files = sorted(samples.glob("*.txt"))[:2]
    both = duizhao("extract", *files, "--format", "csv", "-q").out
    single = [duizhao("extract", file, "--format", "csv", "-q").out for file in files]
    head = single[0].splitlines()[0]

    assert both.count(head.removeprefix("\ufeff")) == 1
    assert both.count("\ufeff") == 1
    assert len(both.splitlines()) == sum(len(one.splitlines()) for one in single) - 1


def test_folder_takes_one_result_a_notice(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """With `-o FOLDER/` files of one name do not overwrite each other's result."""
    first, second = tmp_path / "甲" / "通知.txt", tmp_path / "乙" / "通知.txt"
    for path in (first, second):
        path.parent.mkdir()
        path.write_bytes((samples / "德人社字〔2022〕3号.txt").read_bytes())
    run = duizhao("extract", first, second, "-o", f"{tmp_path / '结果'}/", "--format", "json")

    assert run.status == 0
    assert len(list((tmp_path / "结果").iterdir())) == 2


def test_binary_formats_need_a_file(duizhao: Command, samples: Path) -> None:
    """A workbook is not poured over the terminal."""
    run = duizhao("extract", samples / PLAN, "--format", "xlsx")

    assert run.status == 2
    assert "-o" in run.err


def test_notice_is_chosen_by_its_number(duizhao: Command, samples: Path) -> None:
    """`FILE#NUMBER` takes one notice of the file, however the brackets are typed."""
    for number in (UPPER, "鲁政字[2021]136号", "鲁政字（2021）136"):
        notices = json.loads(duizhao("extract", f"{samples / PLAN}#{number}").out)["notices"]
        assert [notice["document_number"] for notice in notices] == [UPPER]


def test_file_whose_name_holds_a_hash_opens(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """`#` in a file's own name does not keep it from being read, nor its notices from being chosen."""
    odd = tmp_path / "附件#1.txt"
    odd.write_bytes((samples / PLAN).read_bytes())

    assert len(json.loads(duizhao("extract", odd).out)["notices"]) == 2
    assert len(json.loads(duizhao("extract", f"{odd}#{UPPER}").out)["notices"]) == 1


def test_explain_adds_the_rule_behind_each_value(duizhao: Command, samples: Path) -> None:
    """`--explain` says which rule and which words made a value; without it the output is lean."""

    def amounts(*options: str) -> list[dict[str, Any]]:
        record = json.loads(duizhao("extract", samples / "德人社字〔2022〕3号.txt", *options).out)
        return [amount for clause in record["notices"][0]["clauses"] for amount in clause["amounts"]]

    assert all(amount["rule"] for amount in amounts("--explain"))
    assert all("rule" not in amount for amount in amounts())
    assert duizhao("extract", samples / PLAN, "--explain", "--format", "csv").status == 2


def test_same_input_gives_the_same_bytes(duizhao: Command, samples: Path) -> None:
    """A result can be repeated byte for byte."""
    assert duizhao("extract", samples / PLAN).out == duizhao("extract", samples / PLAN).out
    assert (
        duizhao("compare", samples / PLAN, "--format", "json").out
        == duizhao("compare", samples / PLAN, "--format", "json").out
    )


def test_comparison_on_the_screen_fits_and_begins_with_the_outcome(duizhao: Command, samples: Path) -> None:
    """Without `-o` the outcome stands first, the material changes under it, nothing wider than 80 columns."""
    run = duizhao("compare", samples / PLAN)
    lines = run.out.splitlines()

    assert run.status == 0
    assert "照搬" in "".join(lines[:4])
    assert any("实质改动" in line for line in lines)
    assert max(width(line) for line in lines) <= 80
    assert "\x1b" not in run.out  # no colours where there is no terminal


def test_written_paths_come_last(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """After the outcome the last line names what was written."""
    report = tmp_path / "对照.html"
    run = duizhao("compare", samples / PLAN, "-o", report)

    assert run.status == 0
    assert str(report) in run.out.splitlines()[-1]
    assert report.read_bytes().startswith(b"<!doctype html>") or report.read_bytes().startswith(b"<!DOCTYPE html>")


def test_data_on_standard_output_is_nothing_but_data(duizhao: Command, samples: Path) -> None:
    """`-o -` and a format without `-o` leave no line of talk in the data."""
    plain = duizhao("compare", samples / PLAN, "--format", "json")

    assert json.loads(plain.out)["schema"] == "duizhao.comparison/1"
    assert duizhao("compare", samples / PLAN, "--format", "json", "-o", "-").out == plain.out


def test_one_file_equals_its_two_notices(duizhao: Command, samples: Path) -> None:
    """Comparing a file that prints its upper notice is the same as naming both notices."""
    plan = samples / PLAN
    inside = json.loads(duizhao("compare", plan, "--format", "json").out)
    named = json.loads(duizhao("compare", f"{plan}#{UPPER}", f"{plan}#济政办函〔2021〕16号", "--format", "json").out)

    assert inside == named
    assert inside["upper"]["document_number"] == UPPER


def test_several_lower_notices_give_a_report_each(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """One upper, many lower: a folder with a report a lower notice and one of all, or one JSON array."""
    upper = f"{samples / PLAN}#{UPPER}"
    lowers = [samples / PLAN, samples / "威人社字〔2023〕14号.txt"]
    run = duizhao("compare", upper, *lowers, "-o", f"{tmp_path}/", "--format", "md", "-q")
    array = json.loads(duizhao("compare", upper, *lowers, "--format", "json").out)

    assert run.status == 0
    assert len(list(tmp_path.glob("*.md"))) == 3
    assert [one["lower"]["document_number"] for one in array] == [path.stem for path in lowers]
    assert duizhao("compare", upper, *lowers, "-o", tmp_path / "对照.redline.docx").status == 2


def test_trace_leads_to_the_words(duizhao: Command, samples: Path) -> None:
    """The place that trace names holds the words in the file itself."""
    source = samples / PLAN
    run = duizhao("trace", source, "四/19", "--quote", "不低于50%", "--format", "json")
    quote, position, fragment = json.loads(run.out)["target"]["selector"]
    start, end = map(int, fragment["value"].removeprefix("char=").split(","))
    whole = source.read_text("utf-8")

    assert quote["exact"] == "不低于50%"
    assert position["end"] - position["start"] == len(quote["exact"])
    assert re.sub(r"\s", "", whole[start:end]) in {"不低于５０％", "不低于50%"}


def test_trace_for_people_names_file_hash_and_words(duizhao: Command, samples: Path) -> None:
    """The table has what an auditor files: file, SHA-256, clause, place, words."""
    run = duizhao("trace", samples / PLAN, "四/19")

    assert PLAN in run.out
    assert re.search(r"[0-9a-f]{64}", run.out)
    assert "不低于50%" in run.out.replace("\n", "").replace(" ", "")


def test_place_on_paper_is_given_as_page_and_rectangle() -> None:
    """A box becomes the `viewrect` of RFC 8118, left, top, width and height; a line of words for people says the same."""
    place = Place(page=3, box=(72.0, 100.5, 300.0, 116.5), path=None, span=Span(0, 4))

    assert fragment(place) == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc8118",
        "value": "page=3&viewrect=72,100.5,228,16",
    }
    assert describe(place) == "第 3 页 左 72.0 上 100.5 右 300.0 下 116.5（点，自左上角）"


@pytest.mark.parametrize(
    "arguments", [["九/99"], ["四/19", "--quote", "没有这些字"], ["四/19", "--quote", "高校", "--occurrence", "9"]]
)
def test_trace_says_what_is_not_there(duizhao: Command, samples: Path, arguments: list[str]) -> None:
    """An unknown clause or quote ends with one line and a hint."""
    run = duizhao("trace", samples / PLAN, *arguments)

    assert run.status == 1
    assert len(run.err.splitlines()) == 1


def results(duizhao: Command, samples: Path, folder: Path) -> tuple[Path, Path]:
    """A document and a comparison, written beside their source."""
    (folder / PLAN).write_bytes((samples / PLAN).read_bytes())
    document, comparison = folder / "条款.json", folder / "对照.json"
    duizhao("extract", folder / PLAN, "-o", document)
    duizhao("compare", folder / PLAN, "-o", comparison)
    return document, comparison


def test_verify_agrees_with_untouched_results(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Every quote of a result is found at its place in the source."""
    for result in results(duizhao, samples, tmp_path):
        run = duizhao("verify", result)
        assert run.status == 0, run.err
        assert int(re.findall(r"\d+", run.out.rpartition(": ")[2])[0]) > 100


def test_verify_finds_a_changed_source(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A digit changed in the source after the fact does not go unnoticed."""
    document, comparison = results(duizhao, samples, tmp_path)
    changed = (tmp_path / PLAN).read_text("utf-8").replace("５０％", "４０％")
    (tmp_path / PLAN).write_text(changed, "utf-8", newline="\n")

    for result in (document, comparison):
        run = duizhao("verify", result)
        assert run.status == 1
        assert "SHA-256" in run.err
        assert "50%" in run.err
        assert "40%" in run.err


def test_verify_finds_a_changed_result(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A quote or a span altered in the result is named with what the source says."""
    document, _ = results(duizhao, samples, tmp_path)
    record = json.loads(document.read_bytes())
    clause = next(c for c in record["notices"][0]["clauses"] if c["amounts"])
    clause["amounts"][0]["quote"] = "最高99万元"
    clause["places"][0]["path"] = "char=1,2"
    document.write_text(json.dumps(record), "utf-8")
    run = duizhao("verify", document)

    assert run.status == 1
    assert len(run.err.splitlines()) == 2
    assert "最高99万元" in run.err


def test_verify_looks_where_it_is_told(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Without its source a result cannot be verified; `--source` says where it is."""
    _, comparison = results(duizhao, samples, tmp_path)
    moved = tmp_path / "别处" / "更深"
    moved.mkdir(parents=True)
    (tmp_path / PLAN).rename(moved / PLAN)

    assert duizhao("verify", comparison).status == 1
    assert duizhao("verify", comparison, "--source", moved).status == 0


def test_verify_refuses_other_files(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A file that duizhao did not write is no result, and that is said in one line."""
    for name, data in {
        "a.json": "{}",
        "b.json": "[1]",
        "c.json": "一份通知",
        "d.json": '{"schema": "other/1"}',
    }.items():
        (tmp_path / name).write_text(data, "utf-8")
        run = duizhao("verify", tmp_path / name)
        assert run.status == 1
        assert len(run.err.splitlines()) == 1


@pytest.mark.parametrize(("kind", "command"), [("notice", "extract"), ("comparison", "compare")])
def test_output_is_valid_against_its_schema(duizhao: Command, samples: Path, kind: str, command: str) -> None:
    """What is printed is what `duizhao schema` promises."""
    schema = json.loads(duizhao("schema", kind).out)
    record = json.loads(duizhao(command, samples / PLAN, "--format", "json").out)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)


def test_demo_does_the_whole_job(duizhao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One command, no argument: reports and records in a folder, and what to look at first."""
    monkeypatch.chdir(tmp_path)
    run = duizhao("demo")
    folder = tmp_path / "duizhao-demo"

    assert run.status == 0
    assert run.err == ""
    assert {path.name for path in folder.iterdir()} == {"对照.html", "对照.md", "对照.json", "公文"}
    assert {path.suffix for path in (folder / "公文").iterdir()} == {".txt", ".json", ".csv"}
    assert len(list((folder / "公文").iterdir())) == 15
    assert str(Path("duizhao-demo") / "对照.html") in run.out.splitlines()[-1]
    assert duizhao("verify", folder / "对照.json").status == 0
    assert all(duizhao("verify", path).status == 0 for path in (folder / "公文").glob("*.json"))


def test_wrapping_keeps_to_its_columns() -> None:
    """Chinese counts two columns; no line begins with a comma or ends with an opening bracket."""
    text = "金额，时限，条件（含《关于进一步强化就业优先政策的通知》），以及 duizhao compare 的用法。" * 3
    for columns in (20, 33, 79):
        lines = wrap(text, columns)
        assert all(width(line) <= columns for line in lines)
        assert not any(line[0] in "，。）》" or line[-1] in "（《" for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_cut_cells_say_so() -> None:
    """A cell too long for its column ends in an ellipsis and still fits."""
    assert shorten("不低于60%", 20) == "不低于60%"
    assert shorten("最高不超过五百万元", 9) == "最高不超…"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_appears_only_for_a_person_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar is drawn on a terminal once work takes long; never into a file, never with --quiet; items are the same."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    drawn = {}
    for name, stream, quiet in (
        ("person", Terminal(), False),
        ("quiet", Terminal(), True),
        ("file", io.StringIO(), False),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(progress.track(iter(range(9)), 9, "读取公文", quiet=quiet)) == list(range(9))
        drawn[name] = stream.getvalue()

    assert "读取公文" in drawn["person"]
    assert drawn["quiet"] == drawn["file"] == ""


def test_verify_says_once_that_a_source_was_exchanged(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Of another file under the old name a few quotes are told, then how many more; the file is no wrong quote."""
    _, comparison = results(duizhao, samples, tmp_path)
    shifted = (tmp_path / PLAN).read_text("utf-8").replace("为深入", "为进一步深入").replace("为贯彻", "为认真贯彻")
    (tmp_path / PLAN).write_text(shifted, "utf-8", newline="\n")
    run = duizhao("verify", comparison)
    lines = run.err.splitlines()
    quotes, _, wrong, changed = map(int, re.findall(r"\d+", run.out.rpartition(": ")[2]))

    assert run.status == 1
    assert "SHA-256" in lines[0]
    assert 2 < len(lines) == 1 + FEW + 1
    assert str(wrong - FEW) in lines[-1]
    assert FEW < wrong <= quotes
    assert changed == 1
