"""Files that are none, or not what they seem: one clear line each, exit status 1, nothing half-written."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract import extract_file

HAN = re.compile(r"[\u4e00-\u9fff]")
POEM = "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n" * 3
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40

Command = Callable[..., Any]

BAD: dict[str, bytes] = {
    "空.txt": b"",
    "空白.txt": b" \n\t\r\n" * 1000,
    "图片.txt": PNG,
    "乱码.txt": bytes((i * 37 + 129) % 256 for i in range(4000)),
    "诗.txt": POEM.encode(),
    "假的.pdf": b"%PDF-1.7\nnothing here",
    "截断.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "假的.docx": b"PK\x03\x04" + b"\0" * 200,
    "程序.exe": b"MZ" + bytes(500),
    "网页.html": b"<html><body></body></html>",
}


def assert_one_line(err: str, path: object) -> None:
    """A line that names the file, says what is wrong and what to do, and is no traceback."""
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith(f"{path}: ")
    said = lines[0].removeprefix(f"{path}: ")
    assert HAN.search(said)
    assert "；" in said or "，" in said
    assert "Traceback" not in err
    assert "Error" not in err
    assert err.count(str(path)) == 1


@pytest.mark.parametrize("name", BAD)
def test_bad_file_gets_one_line(duizhao: Command, tmp_path: Path, name: str) -> None:
    """Whatever is wrong with a file, its user is told in one line, and no output appears."""
    bad, out = tmp_path / name, tmp_path / "结果.json"
    bad.write_bytes(BAD[name])
    run = duizhao("extract", bad, "-o", out)

    assert run.status == 1
    assert_one_line(run.err, bad)
    assert run.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are not valid UTF-8")
@pytest.mark.parametrize(
    "arguments",
    [["extract"], ["table"], ["trace", "一"], ["check", "--format", "json"], ["compare", "-o", "对照.html"]],
    ids=lambda arguments: arguments[0],
)
def test_file_name_that_is_not_utf8(
    duizhao: Command, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """A file named in another encoding opens by its real name; results have a replacement character for it."""
    monkeypatch.chdir(tmp_path)
    file = Path(os.fsdecode(b"bad\xe5name.txt"))
    file.write_bytes((samples / "济政办函〔2021〕16号.txt").read_bytes())
    command, *rest = arguments
    run = duizhao(command, file, *rest)
    said = run.out + (Path("对照.html").read_text("utf-8") if command == "compare" else "")

    assert "bad\N{REPLACEMENT CHARACTER}name.txt" in said
    assert "\udce5" not in run.out
    assert extract_file(str(file)).source.name == "bad\N{REPLACEMENT CHARACTER}name.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are not valid UTF-8")
def test_result_of_a_file_name_that_is_not_utf8_is_verified(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """The source is found though its name stands in the result with a replacement character."""
    file, result = tmp_path / os.fsdecode(b"bad\xe5name.txt"), tmp_path / "结果.json"
    file.write_bytes((samples / "济政办函〔2021〕16号.txt").read_bytes())
    duizhao("extract", file, "-o", result)

    assert duizhao("verify", result).status == 0


@pytest.mark.parametrize("command", ["extract", "compare", "verify"])
def test_missing_file_is_named(duizhao: Command, tmp_path: Path, command: str) -> None:
    """A path that leads nowhere is named by every command."""
    gone = tmp_path / "没有.txt"
    run = duizhao(command, gone)

    assert run.status == 1
    assert_one_line(run.err, gone)


@pytest.mark.parametrize("command", ["extract", "compare", "verify"])
def test_folder_is_no_file(duizhao: Command, tmp_path: Path, command: str) -> None:
    """A folder in the place of a file is refused with a hint."""
    run = duizhao(command, tmp_path)

    assert run.status == 1
    assert_one_line(run.err, tmp_path)


def test_fifty_megabytes_of_blanks_are_no_notice(duizhao: Command, tmp_path: Path) -> None:
    """A huge file without a word ends as one line, not as a long wait or a full memory."""
    blank = tmp_path / "空白.txt"
    blank.write_bytes(b" " * (50 * 1024 * 1024))
    run = duizhao("extract", blank)

    assert run.status == 1
    assert_one_line(run.err, blank)


def test_file_without_permission_is_named(duizhao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is named with what to do; simulated, since an administrator may read all."""
    locked = tmp_path / "保密.txt"
    locked.write_text(POEM, "utf-8")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    run = duizhao("extract", locked)

    assert run.status == 1
    assert_one_line(run.err, locked)


def test_wrong_extension_is_read_by_its_content(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A text that somebody named .pdf is still a text: the content decides, not the name."""
    renamed = tmp_path / "通知.pdf"
    renamed.write_bytes((samples / "德人社字〔2022〕3号.txt").read_bytes())
    run = duizhao("extract", renamed, "--quiet")

    assert run.status == 0
    assert json.loads(run.out)["notices"][0]["document_number"] == "德人社字〔2022〕3号"


def test_poem_yields_nothing_that_looks_like_a_finding(duizhao: Command, tmp_path: Path) -> None:
    """A text that is no official notice is not turned into clauses; the line says that it is none."""
    poem = tmp_path / "诗.txt"
    poem.write_text(POEM, "utf-8")
    run = duizhao("extract", poem, "--format", "csv")

    assert run.status == 1
    assert run.out == ""
    assert "公文" in run.err


def test_half_a_notice_is_read_and_told(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Of a notice that breaks off, what is there is read, the lost date stays empty, and one line says so."""
    text = (samples / "德人社字〔2022〕3号.txt").read_text("utf-8")
    half = tmp_path / "半份.txt"
    half.write_text(text[: text.index("加大招聘服务力度")], "utf-8")
    run = duizhao("extract", half)
    (notice,) = json.loads(run.out)["notices"]

    assert run.status == 1
    assert_one_line(run.err, half)
    assert "中断" in run.err
    assert notice["document_number"] == "德人社字〔2022〕3号"
    assert notice["issued_on"] is None
    assert 0 < len(notice["clauses"]) < 14


def test_the_second_half_of_a_notice_is_read_and_told(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Clauses and signature without a head: read for what they are, with a line that says what is missing."""
    text = (samples / "德人社字〔2022〕3号.txt").read_text("utf-8")
    half = tmp_path / "后半份.txt"
    half.write_text(text[text.index("二、增强") :], "utf-8")
    run = duizhao("extract", half)
    (notice,) = json.loads(run.out)["notices"]

    assert run.status == 1
    assert "后半份" in run.err
    assert notice["title"] is None
    assert notice["issued_on"] == "2022-01-18"


def test_same_notice_twice_is_nothing_to_compare(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Two files with one and the same notice are refused in one line that names both."""
    first = samples / "德人社字〔2022〕3号.txt"
    second = tmp_path / "副本.txt"
    second.write_bytes(first.read_bytes() + b"\n")
    run = duizhao("compare", first, second, "-o", tmp_path / "对照.html", "--quiet")

    assert run.status == 1
    assert_one_line(run.err, second)
    assert str(first) in run.err
    assert not (tmp_path / "对照.html").exists()


def test_a_draft_and_the_final_text_of_one_number_are_compared(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Only equal texts are refused: a draft bears the number of the final text."""
    final = samples / "德人社字〔2022〕3号.txt"
    draft = tmp_path / "征求意见稿.txt"
    draft.write_text(final.read_text("utf-8").replace("鼓励", "要求"), "utf-8")

    run = duizhao("compare", draft, final, "--quiet")

    assert run.status == 0
    assert "力度" in run.out


def test_single_notice_has_no_upper_notice_inside(duizhao: Command, samples: Path) -> None:
    """One file, one notice: the line says that a second file is needed."""
    only = samples / "德人社字〔2022〕3号.txt"
    run = duizhao("compare", only, "--quiet")

    assert run.status == 1
    assert_one_line(run.err, only)


def test_unknown_number_lists_those_in_the_file(duizhao: Command, samples: Path) -> None:
    """A number that the file does not have is answered with those it has."""
    plan = samples / "济政办函〔2021〕16号.txt"
    run = duizhao("extract", f"{plan}#鲁政字〔2020〕1号")

    assert run.status == 1
    assert "济政办函〔2021〕16号" in run.err
    assert "鲁政字〔2021〕136号" in run.err


def test_bad_files_cost_only_themselves(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Ten files of which three are bad: seven are done, three are named, the status says so."""
    good = sorted(samples.glob("*.txt"))
    copies = [tmp_path / f"副本{i}.txt" for i in range(2)]
    for copy, source in zip(copies, good, strict=False):
        copy.write_bytes(source.read_bytes())
    bad = [tmp_path / "没有.txt", tmp_path / "空.txt", tmp_path / "图片.txt"]
    bad[1].write_bytes(b"")
    bad[2].write_bytes(PNG)
    files = [*good[:3], bad[0], *copies, bad[1], *good[3:], bad[2]]
    run = duizhao("extract", *files, "--format", "jsonl")

    assert run.status == 1
    names = [json.loads(line)["source"]["name"] for line in run.out.splitlines()]
    assert names == [path.name for path in files if path not in bad]
    named = [line for line in run.err.splitlines() if any(line.startswith(f"{path}: ") for path in bad)]
    assert len(named) == 3
    assert "10" in run.err.splitlines()[-1]


def test_many_files_on_worker_processes_name_the_bad_one(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """With so many files that worker processes read them, order and failures stay the same."""
    files = [tmp_path / f"{i:02}.txt" for i in range(17)]
    for i, path in enumerate(files):
        path.write_bytes(b"" if i == 5 else (samples / "德人社字〔2022〕3号.txt").read_bytes())
    run = duizhao("extract", *files, "-o", f"{tmp_path}/结果/", "--quiet")

    assert run.status == 1
    assert run.err.startswith(f"{files[5]}: ")
    assert sorted(path.stem for path in (tmp_path / "结果").iterdir()) == [f"{i:02}" for i in range(17) if i != 5]


def test_failed_write_leaves_the_old_file(
    duizhao: Command, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full the former result is still whole, and no draft is left beside it."""
    out = tmp_path / "结果.json"
    out.write_text("旧的", "utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    run = duizhao("extract", samples / "德人社字〔2022〕3号.txt", "-o", out, "--quiet")

    assert run.status == 1
    assert_one_line(run.err, out)
    assert out.read_text("utf-8") == "旧的"
    assert [path.name for path in tmp_path.iterdir()] == ["结果.json"]


def test_source_is_never_overwritten(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """`-o` that names the file to be read is refused before anything happens."""
    source = tmp_path / "通知.json"
    source.write_bytes((samples / "德人社字〔2022〕3号.txt").read_bytes())
    before = source.read_bytes()
    run = duizhao("extract", source, "-o", source)

    assert run.status == 2
    assert source.read_bytes() == before


def test_folder_that_cannot_be_made_is_named(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A result that cannot be written is named by its own path, by every command that writes."""
    (tmp_path / "文件").write_text("", "utf-8")
    out = tmp_path / "文件" / "结果.json"
    source = samples / "济政办函〔2021〕16号.txt"

    for arguments in (["extract", source], ["compare", source], ["trace", source, "四/18"], ["schema", "notice"]):
        run = duizhao(*arguments, "-o", out, "--quiet")
        assert run.status == 1
        assert_one_line(run.err, out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_cut_in_a_character_is_incomplete(
    duizhao: Command, samples: Path, tmp_path: Path, encoding: str
) -> None:
    """Bytes of a last character that is not whole are left out, the rest is read, and the file counts as incomplete."""
    text = (samples / "德人社字〔2022〕3号.txt").read_text("utf-8").rstrip()
    cut = tmp_path / "残.txt"
    cut.write_bytes(text.encode(encoding)[:-1])
    run = duizhao("extract", cut)
    record = json.loads(run.out)

    assert run.status == 1
    assert "文件不完整" in run.err
    assert "incomplete" in [warning["code"] for warning in record["warnings"]]
    assert record["notices"][0]["document_number"] == "德人社字〔2022〕3号"


def test_a_file_damaged_in_the_middle_is_an_error(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A byte lost inside is no cut: the text is not read as other characters of another encoding."""
    whole = (samples / "德人社字〔2022〕3号.txt").read_bytes()
    damaged = tmp_path / "坏.txt"
    damaged.write_bytes(whole[:1000] + whole[1001:])
    run = duizhao("extract", damaged)

    assert run.status == 1
    assert run.out == ""
    assert_one_line(run.err, damaged)


def test_incomplete_files_are_counted_apart(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """Of a run, the files done, those read in part and those not read at all are three numbers."""
    good = samples / "德人社字〔2022〕3号.txt"
    half, gone = tmp_path / "残.txt", tmp_path / "没有.txt"
    half.write_bytes(good.read_bytes().rstrip()[:-1])
    run = duizhao("extract", good, half, gone, "-o", f"{tmp_path}/结果/", "--format", "json")

    assert run.status == 1
    assert len(list((tmp_path / "结果").iterdir())) == 2
    assert run.err.splitlines()[-1].startswith("3 个文件：1 个完成，1 个不完整，1 个未能处理")
