"""docs/commands.md is what `--help` says. `DUIZHAO_UPDATE=1 pytest tests/test_manual.py` writes it anew."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from duizhao.cli import MODULES

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# 命令 · Commands

`duizhao 命令 --help` 显示的就是这些；`--lang en` 或环境变量 `DUIZHAO_LANG=en` 换成英文。
*What `duizhao COMMAND --help` shows; `--lang en` or the environment variable `DUIZHAO_LANG=en` for English.*
"""


def manual(duizhao: Callable[..., Any]) -> str:
    parts = [HEAD]
    for name in MODULES:
        pages = [duizhao(name, "--help", "--lang", lang).out.strip() for lang in ("zh", "en")]
        parts.append(f"## {name}\n\n" + "\n\n".join(f"```text\n{page}\n```" for page in pages) + "\n")
    return "\n".join(parts)


def test_manual_is_what_help_says(duizhao: Callable[..., Any]) -> None:
    """A changed option changes the published page too."""
    said = manual(duizhao)
    if os.environ.get("DUIZHAO_UPDATE"):
        PAGE.write_text(said, "utf-8", newline="\n")

    assert PAGE.read_text("utf-8") == said
    assert not os.environ.get("DUIZHAO_UPDATE"), "the page was written anew; run again without DUIZHAO_UPDATE"


def test_readme_names_every_command_and_links_what_is_there() -> None:
    """The first page leaves no command out, and no link of it leads nowhere."""
    page = (PAGE.parent.parent / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", page)

    assert all(f"| `{name}" in page for name in MODULES)
    assert links
    assert all((PAGE.parent.parent / link).is_file() for link in links)
