"""The worked example of docs/corpus.md runs as it stands and prints what it says."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "corpus.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<printed>.*?)```)?", re.DOTALL)


def test_worked_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block of the page, in order, in one session; printed results are those shown."""
    monkeypatch.chdir(tmp_path)
    session: dict[str, object] = {"__name__": "__main__"}
    shown = 0
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        if "needs duizhao[tables]" in block["code"] and find_spec("pandas") is None:
            continue
        exec(compile(block["code"], str(PAGE), "exec"), session)
        printed = capsys.readouterr().out
        if block["printed"] is not None:
            assert printed == block["printed"]
            shown += 1

    assert shown == 4
