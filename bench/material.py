"""What is measured on: the bundled notices, the hand-made records and the spec files of the tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
GOLDEN = TESTS / "golden"
SPECS = TESTS / "specs"
PLAN = "济政办函〔2021〕16号"  # two notices in one file
GOLD = {"dezhou-3": "德人社字〔2022〕3号", "jinan-16": PLAN, "shandong-136": PLAN}

sys.path.insert(0, str(TESTS))  # scoring and renderings are the tests' own
