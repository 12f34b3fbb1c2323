"""Wrong usage and what the system refuses: told in the chosen language, never in click's or the system's English."""

import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from duizhao import messages
from duizhao.failures import localize
from extract.errors import SYSTEM, say_system

Command = Callable[..., Any]

PLAN = "济政办函〔2021〕16号.txt"
WORD = re.compile(r"[A-Za-z]{2,}")
OWN = {"duizhao", "usage", "verify", "schema", "extract", "compare", "corpus", "list", "demo", "trace", "help"}
MISUSES = [
    ("verify", "a.json", "b.json"),
    ("schema", "xx"),
    ("schema",),
    ("extract",),
    ("extract", "a.txt", "--fromat", "csv"),
    ("extract", "a.txt", "--format"),
    ("extract", "a.txt", "--format", "doc"),
    ("extract", "a.txt", "--quiet=3"),
    ("compare", "a.txt", "--min-confidence", "much"),
    ("compare", "a.txt", "--min-confidence", "3"),
    ("compare", "a.txt", "--evidence-limit", "0"),
    ("trace", "a.txt"),
    ("demo", "too", "much"),
    ("corpus", "lisst"),
    ("corpus", "list", "extra"),
    ("verfy",),
    ("--bar",),
]


@pytest.mark.parametrize("arguments", MISUSES)
def test_wrong_usage_is_told_in_chinese(duizhao: Command, arguments: tuple[str, ...]) -> None:
    """One line, status 2; the only Latin words in it are names: of commands, options, formats, and what was typed."""
    run = duizhao(*arguments)

    assert run.status == 2
    assert len(run.err.splitlines()) == 1
    typed = set(WORD.findall(" ".join(arguments)))
    options = set(WORD.findall(" ".join(re.findall(r"--?[\w-]+", run.err))))
    choices = set(WORD.findall(run.err.partition("只能是：")[2]))
    assert set(WORD.findall(run.err)) <= OWN | typed | options | choices


@pytest.mark.parametrize("arguments", MISUSES)
def test_wrong_usage_is_told_in_english(duizhao: Command, arguments: tuple[str, ...]) -> None:
    """The same in English, without a Chinese word."""
    run = duizhao("--lang", "en", *arguments)

    assert run.status == 2
    assert not re.search(r"[\u4e00-\u9fff]", run.err)


def test_a_near_miss_is_offered(duizhao: Command) -> None:
    """A misspelt command or option is answered with the one that was probably meant."""
    assert "--format" in duizhao("extract", "a.txt", "--fromat", "csv").err
    assert "verify" in duizhao("verfy").err
    assert "list" in duizhao("corpus", "lisst").err


def test_what_the_system_refuses_is_told_in_chinese(duizhao: Command, samples: Path, tmp_path: Path) -> None:
    """A path through a file, to read or to write, is refused in the reader's language."""
    file = tmp_path / "文件"
    file.write_text("", "utf-8")
    source = samples / PLAN

    assert "不是文件夹" in duizhao("extract", file / "通知.txt").err
    assert "不是文件夹" in duizhao("extract", source, "-o", file / "结果.json").err
    assert "is no folder" in duizhao("extract", source, "-o", file / "结果.json", "--lang", "en").err


def test_every_system_error_has_its_english() -> None:
    """Known and unknown refusals of the system have words in both languages."""
    messages.select(["--lang", "en"])
    said = [localize(say_system(OSError(number, ""))) for number in (*SYSTEM, errno.EHOSTDOWN)]
    messages.select([])

    assert not any(re.search(r"[\u4e00-\u9fff]", line) for line in said)


def test_unnumbered_text_has_one_name_everywhere(duizhao: Command, samples: Path) -> None:
    """The closing of a notice is 结尾 on the screen, in the table and in trace, and is found by that name."""
    source = f"{samples / PLAN}#鲁政字〔2021〕136号"
    by_name, by_id = (duizhao("trace", source, name) for name in ("前言", "preamble"))
    screen = duizhao("compare", samples / "德人社字〔2022〕3号.txt", samples / "潍人社字〔2023〕17号.txt").out

    assert by_name.status == 0
    assert by_name.out == by_id.out
    assert "前言" in by_name.out
    assert not re.search(r"preamble|closing", by_name.out + screen)
    assert "preamble" in duizhao("trace", source, "前言", "--lang", "en").out


def test_the_screen_says_which_way_a_value_went(duizhao: Command, tmp_path: Path) -> None:
    """A raised and a lowered amount are told apart in the list on the screen, as in the report."""
    paths = []
    for number, first, second in (("鲁人社字〔2022〕1号", "1000", "2000"), ("威人社字〔2022〕2号", "1500", "1200")):
        issuer = "山东省人力资源和社会保障厅" if number[0] == "鲁" else "威海市人力资源和社会保障局"
        path = tmp_path / f"{number}.txt"
        path.write_text(
            f"{issuer}关于做好稳就业工作的通知\n{number}\n各有关单位：\n现就有关工作通知如下。\n"
            f"一、对招用毕业年度高校毕业生的小微企业，按每人{first}元的标准给予一次性吸纳就业补贴。\n"
            f"二、对首次创办企业且正常经营满一年的返乡农民工，给予{second}元的一次性创业补贴。\n"
            f"三、各单位要加强组织领导，确保政策落到实处。\n{issuer}\n2022年3月1日\n",
            "utf-8",
        )
        paths.append(path)
    run = duizhao("compare", *paths)

    assert "上调" in run.out
    assert "下调" in run.out
    assert "raised" in duizhao("compare", *paths, "--lang", "en").out
