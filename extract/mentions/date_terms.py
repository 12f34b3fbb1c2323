"""Lengths that close a date: how long a policy holds (有效期5年), and deadlines that count from an event
(收到申请之日起5个工作日内), which have no day before the event happens."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.lexicon import load
from extract.mentions.date_phrases import COUNT, UNIT
from extract.mentions.date_values import CHINESE_NUMBER, add_days, add_months, read_number
from extract.notice import DateMention, DateRole
from extract.span import Span

WORDS = load("dates")
LONGEST_ANCHOR = 30  # characters between 自 and 之日起
LONGEST_CELL = 40
LONGEST_SENTENCE = 200  # looked over on each side of a term


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


TERM = re.compile(
    rf"""
    (?P<name>{_any(WORDS["terms"]["length"])}) (?:为期|一般为|均为|暂定为|暂定|最长为|确定为|[为是：])?
    (?P<count>[0-9]{{1,2}}|{CHINESE_NUMBER})(?P<unit>年|个月) (?![以之]?内|[以之]?[前后]|度)
    """,
    re.VERBOSE,
)
OWN = re.compile(rf"本[^，。；：“”《》（）]{{0,8}}?(?:{_any(WORDS['issuance']['self'])}|通告|公告|规划|计划|清单)")
SENTENCE_END = re.compile(r"[。！？]")
EVENT = re.compile(
    rf"""
      # 压缩至5个工作日内 is a length, no deadline
      (?:(?P<lead>(?:之日|当日|次日|之后|后|起)起?)|(?<![至到为缩.．0-9一二三四五六七八九十]))
      (?P<count>{COUNT})个?(?:工作日|工作天)(?:之内|以内|内)
    | (?:之日|次日|当日)起(?P<length>{COUNT}{UNIT})(?:之内|以内|内)
    """,
    re.VERBOSE,
)
ANCHOR = re.compile(
    r"""
    (?:(?<![来各亲独擅私])自(?![查愿主行身己治然动觉律由我用有家]) | (?<![服遵盲])从(?![业事严重轻而]))
    (?=[^，。；：、（）]*\Z)
    """,
    re.VERBOSE,
)

BEFORE_SIGN = re.compile("前(?![后夕沿期往0-9一二三两几])")
LONGEST_SEASON = 10  # characters up to 前
SEASON = re.compile(  # without a year; with one it is a moment
    rf"(?<!年)[“‘]?(?P<name>{_any(WORDS['seasons']['words'])})[”’]?(?:节|假期|长假)?(?:之|来临)?\Z"
)
CELL_WORDS = _any(WORDS["ongoing"]["cell"])
OPENS_CELL = re.compile(rf"(?P<words>{CELL_WORDS})(?=[，。；、（]|\Z)")
ENDS_CELL = re.compile(rf"[，；、。（](?:并|且)?(?P<words>{CELL_WORDS})[。）]?\Z")
TIME_LABELS = _any(WORDS["labels"]["deadline"] + WORDS["labels"]["validity"])
AFTER_LABEL = re.compile(rf"(?:{TIME_LABELS})[为是：](?P<words>{CELL_WORDS})(?=[，。；、）]|\Z)")


def find_terms(text: str, starts: Sequence[DateMention]) -> Iterator[DateMention]:
    """How long the notice holds. `starts`: the effective dates of the text, sorted.

    A term with neither an effective date nor 本办法 near it belongs to a permit or a contract and is an amount.
    """
    for match in TERM.finditer(text):
        low, high = _sentence(text, match.start())
        start = _start(text, match, starts, low, high)
        if start is None and not OWN.search(text, low, match.start()):
            continue
        yield _term(match, start)


def find_events(text: str) -> Iterator[DateMention]:
    """Deadlines whose first day is an event's."""
    for match in EVENT.finditer(text) if "内" in text else ():
        behind = max(0, match.start() - LONGEST_ANCHOR)
        anchor = ANCHOR.search(text[behind : match.start()]) if match["lead"] or match["length"] else None
        start = behind + anchor.start() if anchor else match.start() + _lead(match)
        yield DateMention(
            quote=text[start : match.end()],
            span=Span(start, match.end()),
            role=DateRole.DEADLINE,
            start=None,
            end=None,
            rule="date.event",
            cues=(match[0],),
            problem="起算日为事件",
        )


def find_seasons(text: str) -> Iterator[DateMention]:
    """春节前, 汛期前: by when, but no calendar rule fixes the day."""
    for sign in BEFORE_SIGN.finditer(text):
        match = SEASON.search(text, max(0, sign.start() - LONGEST_SEASON), sign.start())
        if match is None:
            continue
        yield DateMention(
            quote=text[match.start() : sign.end()],
            span=Span(match.start(), sign.end()),
            role=DateRole.DEADLINE,
            start=None,
            end=None,
            rule="date.season",
            cues=(match["name"],),
            problem=f"“{match['name']}”没有确切的日子",
        )


def find_ongoing(text: str) -> Iterator[DateMention]:
    """长期坚持, 持续推进 where they fill a table cell or follow 完成时限; in running text they set no time."""
    matches = list(AFTER_LABEL.finditer(text))
    if len(text) <= LONGEST_CELL:
        matches += [match for match in (OPENS_CELL.match(text), ENDS_CELL.search(text)) if match]
    for match in matches:
        yield DateMention(
            quote=match["words"],
            span=Span(*match.span("words")),
            role=DateRole.VALIDITY if "有效" in match["words"] else DateRole.PERIOD,
            start=None,
            end=None,
            ongoing=True,
            rule="date.ongoing",
            cues=(match["words"],),
        )


def _lead(match: re.Match[str]) -> int:
    """Without an anchor the quote is the length alone."""
    return match.start("count") - match.start() if match["count"] else match.start("length") - match.start()


def _sentence(text: str, at: int) -> tuple[int, int]:
    low = max(text.rfind(sign, max(0, at - LONGEST_SENTENCE), at) for sign in "。！？") + 1
    end = SENTENCE_END.search(text, at, at + LONGEST_SENTENCE)
    return max(low, at - LONGEST_SENTENCE), end.start() if end else at + LONGEST_SENTENCE


def _start(text: str, match: re.Match[str], starts: Sequence[DateMention], low: int, high: int) -> DateMention | None:
    """The effective date of the same sentence; for a sentence that opens with the term, that of the one before."""
    at = bisect_left(starts, low, key=lambda start: start.span.start)
    if at < len(starts) and starts[at].span.start < high:
        return starts[at]
    opens = low == match.start() or bool(OWN.fullmatch(text, low, match.start()))
    before = starts[at - 1] if at else None
    return before if opens and before and before.span.end >= low - LONGEST_SENTENCE else None


def _term(match: re.Match[str], start: DateMention | None) -> DateMention:
    first = start.start if start else None
    months = read_number(match["count"]) * (12 if match["unit"] == "年" else 1)
    after = add_months(first, months) if first else None
    return DateMention(
        quote=match[0],
        span=Span(*match.span()),
        role=DateRole.VALIDITY,
        start=None,
        end=add_days(after, -1) if after else None,
        rule="date.term",
        cues=(match["name"],),
        problem=None if after else "起算日不明",
    )
