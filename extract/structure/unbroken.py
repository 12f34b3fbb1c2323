"""Where lines would begin in a notice pasted as one line: around the elements of its head and its tail."""

import re
from collections.abc import Generator, Iterator

from extract.lexicon import load

HEAD = 600  # characters in which a head is looked for
NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,10}(?:发|字|函|规|办|通|文|告|令|议|综|政))[〔\[（【]20\d{2}[〕\]）】]\d{1,5}号(?![》文精要）〕的规])"
)
RECIPIENTS = re.compile(r"(?:各|有关|省直|市直|市政府|省政府)[^。：；]{2,160}：")
SIGNATURE = re.compile(
    r"(?<=[。）])(?P<organ>[\u4e00-\u9fff（）]{4,40}?)(?P<date>20\d{2}年\d{1,2}月\d{1,2}日)(?=$|[（抄附])"
)
BEHIND = re.compile(r"(?<=[。）日])(?:（(?:此件|联系|信息公开)|附件[：:]|附件\d{0,2}(?=[\u4e00-\u9fff]{4})|抄送：)")
OPENING = re.compile(
    r"(?<=[。：；）])(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
    r"|(?<=[。：；])第[一二三四五六七八九十]{1,4}[章条]"
)


def unbroken_starts(text: str) -> Iterator[int]:
    """Offsets at which an element or a clause of an unbroken text begins."""
    body = yield from _head(text)
    for match in OPENING.finditer(text, body):
        yield match.start()
    for match in SIGNATURE.finditer(text, body):
        yield from (match.start("organ"), match.start("date"), match.end())
    for match in BEHIND.finditer(text, body):
        yield match.start()


def _head(text: str) -> Generator[int, None, int]:
    """Starts within the head; returns where the body begins."""
    limit = min(HEAD, len(text))
    number = NUMBER.search(text, 0, limit)
    recipients = RECIPIENTS.search(text, 0, limit)
    if recipients is not None:
        yield from (recipients.start(), recipients.end())
        limit = recipients.start()
    if number is not None and number.end() <= limit:
        start = _code_start(text, number)
        yield from (start, number.end())
    return recipients.end() if recipients is not None else 0


def _code_start(text: str, number: re.Match[str]) -> int:
    """A title right before the number is none of its code."""
    code_start = number.start()
    for ending in load("genres")["title_endings"]:
        at = text.rfind(ending, max(0, number.start() - len(ending)), number.end("code") - 1)
        if at >= 0 and at + len(ending) <= number.end("code") - 2:
            code_start = max(code_start, at + len(ending))
    return code_start
