"""kill -9 of a run at random moments, then a last run: `python bench/corpus_kill.py --kills 50 --engine processes`.

The store must equal that of a run nobody disturbed, row by row.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from corpora import contents, make_store, write_notices  # noqa: E402 (beside the tests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--notices", type=int, default=1_500)
    parser.add_argument("--engine", default="processes")
    parser.add_argument("--seconds", type=float, nargs=2, default=(0.4, 3.0), help="least and most before a kill")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        folder = write_notices(base / "notices", range(options.notices))
        (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
        make_store(base / "whole.db", folder).close()
        killed, runs = kill_again_and_again(base / "cut.db", folder, options)
        same = contents(base / "cut.db") == contents(base / "whole.db")
        verdict = "equal" if same else "NOT EQUAL"
        print(f"{killed} kills in {runs} runs, {options.notices} notices, {options.engine}: {verdict}")
        sys.exit(0 if same else 1)


def kill_again_and_again(db: Path, folder: Path, options: argparse.Namespace) -> tuple[int, int]:
    """Kills and runs. The store is made anew whenever it is complete before all kills are done."""
    pause = random.Random(5)
    command = [sys.executable, "-m", "duizhao", "corpus", "add", str(folder), "--db", str(db), "-q"]
    killed = runs = 0
    while killed < options.kills:
        runs += 1
        with subprocess.Popen([*command, "--engine", options.engine], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(pause.uniform(*options.seconds))
                for path in db.parent.glob(f"{db.name}*"):
                    path.unlink()
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
    subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL)
    return killed, runs + 1


if __name__ == "__main__":
    main()
