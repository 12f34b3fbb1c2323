"""Speed of every step of extraction, whether its time grows with the text alone, and its worst texts.

`python bench/finders.py`. Figures are MB of UTF-8 a second of CPU time, 1 MB being 10⁶ bytes (about 330,000 Chinese
characters). A step is linear when 1 MB costs ten times 100 KB.
"""

from collections.abc import Callable, Iterator
from datetime import date

from texts import notices, one_notice, paragraph
from timing import cpu, speed, table

from extract import extract_bytes
from extract.layout import Layout
from extract.mentions.amounts import find_amounts
from extract.mentions.citations import find_citations
from extract.mentions.context import Context
from extract.mentions.dates import find_dates
from extract.mentions.directives import find_directives
from extract.mentions.responsibilities import find_responsibilities
from extract.notice import Grain
from extract.sentences import split_sentences
from extract.text import normal_text, normalise

Step = Callable[[str], object]

SMALL, LARGE = 100_000, 1_000_000
WORST_SIZE = 200_000
SLOW = 0.2  # MB/s; what is slower is shown
CONTEXT = Context(issued_on=date(2023, 3, 15), year=2023)
FINDERS: dict[str, Step] = {
    "amounts": find_amounts,
    "dates": lambda text: find_dates(text, CONTEXT),
    "citations": lambda text: find_citations(text, CONTEXT),
    "directives": lambda text: find_directives(text, CONTEXT),
    "departments": lambda text: find_responsibilities(text, CONTEXT),
    "sentences": split_sentences,
}
NORMALISE: Step = lambda text: normalise(Layout(text=text, media_type="text/plain", grain=Grain.FLOW))  # noqa: E731
WHOLE: Step = lambda text: extract_bytes(text.encode(), "notice.txt")  # noqa: E731
# What sets a pattern off, repeated without end: figures, brackets, names, words of duty, markers, line ends.
TRIGGERS = (
    *("1%", "5年", "1月", "12月", "2021年", "1至", "5000元、", "1.", "1,", "一", "万", "半", "两三", "百分之"),
    *("（", "）", "《", "》", "“", "”", "〔", "《》", "（）", "（省财政厅", "(", "."),
    *("不超过", "最高", "不", "每", "每人", "应", "要", "可", "鼓励", "由", "会同", "牵头", "负责", "各", "市财政局、"),
    *("本通知", "印发", "自", "至", "前", "之日起", "工作日内", "有效期", "每月", "以下简称", "的，", "关于", "的通知"),
    *("\n", "1\n", "一、\n", "　", "\n| a ", "附件：", "①", "https://", "a", "、", "，", "。", "鲁政字", "号"),
    *("甲\t", "\n1\t加强服务\t市财政局\t6月底前", "\n附件2\n工作方案\n一、目标。新增100人。"),
)


def speeds() -> str:
    """MB/s of each step on the bundled notices, repeated with other figures."""
    return table(["step", "100 KB, MB/s", "1 MB, MB/s", "1 MB over 100 KB"], [*_finder_speeds(), *_whole_speeds()])


def _finder_speeds() -> Iterator[tuple[str, ...]]:
    """Finders get one text without line ends, the longest that a clause could be."""
    texts = [normal_text(notices(size)) for size in (SMALL, LARGE)]
    for name, find in FINDERS.items():
        yield _row(name, find, *texts)
    together: Step = lambda text: [find(text) for find in FINDERS.values()]  # noqa: E731
    yield _row("all finders together", together, *texts)


def _whole_speeds() -> Iterator[tuple[str, ...]]:
    yield _row("normal text", NORMALISE, notices(SMALL), notices(LARGE))
    yield _row("**whole extraction**: many notices", WHOLE, notices(SMALL), notices(LARGE))
    yield _row("whole extraction: one notice of many clauses", WHOLE, one_notice(SMALL), one_notice(LARGE))
    yield _row("whole extraction: one clause without a line's end", WHOLE, paragraph(SMALL), paragraph(LARGE))


def _row(name: str, step: Step, small: str, large: str) -> tuple[str, ...]:
    step(small[:2000])  # word lists are loaded once a process
    sizes = [len(text.encode()) for text in (small, large)]
    times = cpu(lambda: step(small), 7), cpu(lambda: step(large), 2)
    growth = times[1] / times[0] / (sizes[1] / sizes[0]) * 10
    return name, speed(sizes[0], times[0]), speed(sizes[1], times[1]), f"{growth:.1f}×"


def worst() -> str:
    """The repeated triggers that a step is slowest on, and how 200 KB of them compare with 50 KB."""
    steps = {**FINDERS, "whole extraction": lambda text: WHOLE(f"关于做好工作的通知\n各市人民政府：\n一、{text}\n")}
    rows = []
    for name, step in steps.items():
        found = sorted(_trial(step, trigger) for trigger in TRIGGERS)
        rows += [(name, _shown(text), f"{rate:.2f}", f"{growth:.1f}×") for rate, growth, text in found[:2]]
        slow = sum(rate < SLOW for rate, *_ in found)
        steepest = max(growth for _, growth, _ in found)
        rows.append((name, f"of {len(TRIGGERS)} triggers below {SLOW} MB/s: {slow}", "", f"at most {steepest:.1f}×"))
    return table(["step", "200 KB of", "MB/s", "200 KB over 50 KB"], rows, words=2)


def _shown(text: str) -> str:
    return "`" + repr(text)[1:-1].replace("|", "\\|") + "`"


def _trial(step: Step, trigger: str) -> tuple[float, float, str]:
    text = trigger * (WORST_SIZE // len(trigger.encode()))
    small = text[: len(text) // 4]
    short, long = cpu(lambda: step(small), 3), cpu(lambda: step(text), 1)
    if long > 6 * short:  # a disturbance or a fault: look again
        long = min(long, cpu(lambda: step(text), 2))
    return WORST_SIZE / 1e6 / max(long, 1e-9), long / max(short, 1e-9), trigger


def main() -> None:
    print(speeds(), worst(), sep="\n")


if __name__ == "__main__":
    main()
