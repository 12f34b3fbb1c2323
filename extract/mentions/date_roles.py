"""What a date is for, read from the words beside it: a policy's end, a task's end, a start, a mere reference."""

import re

from extract.lexicon import load
from extract.mentions.date_phrases import Phrase, Side
from extract.notice import DateRole

WORDS = load("dates")
LABELS = WORDS["labels"]
VALIDITY = WORDS["validity"]
WINDOW = 24  # characters looked back; the longest word, its links and a subject fit


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


BEFORE_VALIDITY = re.compile(
    rf"""
    (?: (?:{_any(VALIDITY["before"])})(?:{_any(VALIDITY["link"])}){{0,3}}[自从]?
      | (?:{_any(VALIDITY["governing"])})[^，。；：、]{{0,16}}
      | 期限?：[自从]?
    )\Z
    """,
    re.VERBOSE,
)
FROM_EFFECT_ON = re.compile(  # 自…起施行，至…止; 有效期两年，至…止
    r"(?:起(?:施行|实施|执行|生效|试行)|(?:有效期|试行期?|施行期)限?为?[0-9一二两三四五六七八九十]{1,3}(?:年|个月))，\Z"
)
# A window is a period where both ends stand (报名时间为4月26日至4月28日), else its end (报名时间截至…).
BEFORE_WINDOW = re.compile(rf"(?:{_any(VALIDITY['window'])})(?:{_any(VALIDITY['link'])}){{0,3}}[：自从]{{0,2}}\Z")
AFTER_VALIDITY = re.compile(rf"[，]?(?:{_any(VALIDITY['after'])})")
LABEL = re.compile(
    rf"""
    (?: (?P<deadline>{_any(LABELS["deadline"])})
      | (?P<validity>{_any(LABELS["validity"])})
      | (?P<effective>{_any(LABELS["effective"])})
    )
    [为是：]{{0,2}}\Z
    """,
    re.VERBOSE,
)
TAKES_EFFECT = re.compile(r"(?:正式|开始|全面)?(?:施行|实施|生效|启用)")
RULE_AHEAD = re.compile(
    r"[^。]{0,80}(?:施行|实施|执行|生效|启用|适用|废止|停止|标准|征收|免征|减征|调整|不再|一律|统一|须|应)"
)
REACH = 48
COUNTED = re.compile(r"[底末]?，(?![^。；]{0,60}(?:应|须|要|完成|报送|提交|力争|确保|逾期|未))[^。；]{0,60}\d")
GROWN = re.compile(r"[从由][^。；]{2,40}(?:增长|增加|提高|提升|上升|扩大|发展|下降|降低|减少|跃升|攀升|缩小)\Z")
NAMING = WORDS["naming"]
NAMED_YEAR = re.compile(
    rf"""
    (?!{_any(NAMING["not_first"])}) (?:(?!{_any(NAMING["not_inside"])})[^，。；：、（）《》0-9]){{0,24}}?
    (?:{_any(NAMING["nouns"])})
    """,
    re.VERBOSE,
)
BEFORE_NAMED_YEAR = re.compile(rf"(?:{_any(NAMING['before'])})\Z")
ENDS = re.compile(r"(?:自动|自行)?(?:失效|废止|到期)")
REFERRING = frozenset({"今年", "明年", "后年", "去年", "前年", "当年", "翌年", "同年", "次年", "本年", "上年", "下年"})


def role_of(text: str, phrase: Phrase, *, past: bool) -> DateRole:
    """`past`: all its days were over when the notice was issued."""
    behind = text[max(0, phrase.span.start - WINDOW) : phrase.span.start]
    label = LABEL.search(behind)
    if label is not None and label.lastgroup is not None and _fits_label(phrase, label.lastgroup):
        return DateRole(label.lastgroup)
    validity = bool(BEFORE_VALIDITY.search(behind) or AFTER_VALIDITY.match(text, phrase.span.end))
    by_side = {
        Side.SPAN: DateRole.VALIDITY if validity and not BEFORE_WINDOW.search(behind) else DateRole.PERIOD,
        Side.SINCE: DateRole.EFFECTIVE,
        Side.AFTER: DateRole.EFFECTIVE,
        Side.LASTING: DateRole.REFERENCE,
        Side.AROUND: DateRole.REFERENCE if past else DateRole.POINT,
    }
    if phrase.offset is not None:
        return _offset_role(phrase, validity=validity)
    if phrase.side in by_side:
        return DateRole.PERIOD if _starts_work(text, phrase) else by_side[phrase.side]
    if phrase.side in {Side.UNTIL, Side.BEFORE}:
        if validity or FROM_EFFECT_ON.search(behind):
            return DateRole.VALIDITY
        return DateRole.REFERENCE if past else DateRole.DEADLINE
    return _plain_role(text, phrase, past=past)


def _starts_work(text: str, phrase: Phrase) -> bool:
    """4月11日起，由各区复核: a day without 自 on which work begins; no rule takes effect in its sentence."""
    opens = phrase.side in {Side.SINCE, Side.AFTER} and phrase.first.day is not None
    if not opens or phrase.cues[0].startswith(("自", "从", "不")):
        return False
    return text.startswith("，", phrase.span.end) and RULE_AHEAD.search(text, phrase.span.end) is None


def is_statistic(text: str, phrase: Phrase) -> bool:
    """截至2022年6月，…达590万架; 从2012年2.5万亿元增长到2021年9.6万亿元: what has been, not what is due."""
    opening = phrase.cues[0] if phrase.cues else ""
    if opening == "截至":
        return COUNTED.match(text, phrase.span.end) is not None
    return (
        opening in ("到", "至")
        and GROWN.search(text[max(0, phrase.span.start - REACH) : phrase.span.start]) is not None
    )


def _fits_label(phrase: Phrase, label: str) -> bool:
    """有效期2023年6月起 and 施行日期至 say more than their label."""
    if phrase.last is not None or phrase.offset is not None:
        return False
    ends = phrase.side in {Side.UNTIL, Side.BEFORE}
    return phrase.side in {Side.PLAIN, Side.WITHIN} or (ends and label != DateRole.EFFECTIVE)


def _offset_role(phrase: Phrase, *, validity: bool) -> DateRole:
    assert phrase.offset is not None
    if phrase.offset.after:
        return DateRole.EFFECTIVE
    return DateRole.VALIDITY if validity or phrase.offset.lasting else DateRole.DEADLINE


def _plain_role(text: str, phrase: Phrase, *, past: bool) -> DateRole:
    first = phrase.first
    if first.is_day and ENDS.match(text, phrase.span.end):
        return DateRole.VALIDITY
    if first.day is not None and TAKES_EFFECT.match(text, phrase.span.end):
        return DateRole.EFFECTIVE
    bare_word = first.months is None and first.edge is None and phrase.side is Side.PLAIN
    if past or (bare_word and (is_referring(first.year_word) or _only_names(text, phrase))):
        return DateRole.REFERENCE
    return DateRole.POINT if first.is_day else DateRole.PERIOD


def _only_names(text: str, phrase: Phrase) -> bool:
    """2023年度公务员招录, 下达2023年中央预算内投资计划: the year says which, not when; but 完成2023年度任务."""
    start, end = phrase.span.start, phrase.span.end
    attributive = text.endswith("年度", start, end) or BEFORE_NAMED_YEAR.search(text, max(0, start - WINDOW), start)
    name = NAMED_YEAR.match(text, end) if attributive and phrase.first.year is not None else None
    due = name is not None and name[0].endswith(("任务", "指标")) and text.endswith(("完成", "实现"), 0, start)
    return name is not None and not due


def is_referring(year_word: str | None) -> bool:
    """今年, 本年度, 上一年度 refer to a year; 全年 and 年内 fill it."""
    return year_word is not None and (year_word in REFERRING or "一年" in year_word or "个年" in year_word)
