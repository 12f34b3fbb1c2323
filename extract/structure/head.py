"""版头 and 标题: everything of a notice before its body (GB/T 9704-2012, 7.2, 7.3.1, 7.3.2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from extract.document_number import DocumentNumber, parse_document_number
from extract.lexicon import load
from extract.notice import Element
from extract.span import Span
from extract.structure.issuers import organ_line
from extract.structure.lines import Line
from extract.structure.markers import is_numbered
from extract.structure.page_facts import find_page_facts
from extract.structure.title import first_title_line

MOST_HEAD_LINES = 120  # a printed web page has its links above the notice
MOST_LINES_TO_RECIPIENTS = 4
SHORTEST_BODY_LINE = 20
LONGEST_TITLE = 200
SERIAL = re.compile(r"\d{6}")  # 份号, 7.2.1
SECRECY = re.compile(r"(?:绝密|机密|秘密|内部)(?:★.{0,8})?|内部资料.{0,10}")  # 7.2.2
URGENCY = re.compile(r"特急|加急|特提|平急|急件?")  # 7.2.3
SIGNATORY = re.compile(r"(?P<number>.*?)签发人：?(?P<name>[\u4e00-\u9fff、]{2,20})")  # 7.2.6
NUMBER_LINE = re.compile(  # a line that is nothing but a number needs no table of codes
    r"(?P<issuer_code>[\u4e00-\u9fff]{2,12})[〔﹝\[（【](?P<year>(?:19|20)\d{2})[〕﹞\]）】](?P<serial>\d{1,5})号"
)
TITLE_NUMBER = re.compile(r"[（(](?P<number>[^（）()]{4,40}号)[）)]$")
BRACKETED = re.compile(r"[（(](?P<inner>[^（）()]{4,40})[）)]")
BODY_OPENING = re.compile(
    r"(?:为|根据|按照|经|近年来|近期|当前|今年|现将|现就|依据|鉴于|遵照|日前|自\d|《[^》]{2,80}》(?:已|业|经|由|于))"
)
RECIPIENT = re.compile(
    r"(?:各|有关|全[省市县区]|本|机关|局|省|市|县|区|国务院|中央|驻|相关|[\u4e00-\u9fff]{2,12}(?:省|市|区|县|州|盟|部|厅|局|委|公司|大学|学院|集团|政府))"
)
ADOPTION = re.compile(  # （2021年7月27日中华人民共和国国务院令第746号公布）, （2023年1月2日）
    r"（\d{4}年\d{1,2}月\d{1,2}日[^）]{0,60}）|\d{4}年\d{1,2}月\d{1,2}日[^。]{0,30}(?:通过|公布|发布|施行|修订|修正)"
)
DECREE = re.compile(r"日(?:中华人民共和国)?(?P<decree>[\u4e00-\u9fff]{2,20}?令第\d{1,4}号)")
DATED_ISSUER = re.compile(r"(?P<issuers>[\u4e00-\u9fff]{4,30})(?P<issued_on>\d{4}年\d{1,2}月\d{1,2}日)")
SUBTITLE = re.compile(
    r"（(?:(?:\d{4}年?[-—–~至])?\d{4}年(?:度|版|修订)?|试行|暂行|修订(?:版|稿)?|[\u4e00-\u9fff]{0,4}稿)）"
)
SERIAL_LINE = re.compile(r"第\d{1,4}号")
ANNOUNCED = re.compile(r"(?P<organ>[\u4e00-\u9fff、]{3,60}(?:公告|通告))?20\d{2}年第?\d{1,4}号")  # 某局公告2026年第9号
ANNOUNCED_TITLE = re.compile(  # 海关总署公告2026年第12号（关于…的公告）
    rf"(?P<number>{ANNOUNCED.pattern})[（(](?P<title>关于[^（）()]{{2,100}}的(?:公告|通告))[）)]"
)
NUMBER_END = ("号", "号）", "号)")
DATELINE = re.compile(r"^新华社[\u4e00-\u9fff]{2,6}\d{1,2}月\d{1,2}日电")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands before the body; `end` is where the body begins."""

    elements: tuple[Element, ...]
    number: DocumentNumber | None
    title: str | None
    recipients: str | None
    mark: str | None  # 发文机关标志 without 文件
    stated: dict[str, str]  # what lines such as 索引号：… say, by field name
    adopted: str | None = None  # （2021年7月27日…公布） under the title, as written
    decree: str | None = None  # 国务院令第746号, 税务总局公告2026年第9号: orders and 公告 carry no 发文字号
    end: int


def genres() -> tuple[str, ...]:
    """公文文种 and what is issued with them; a title ends in one."""
    return tuple(load("genres")["title_endings"])


def ends_title(text: str) -> bool:
    bare = re.sub(r"(?:（[^（）]{1,30}）)+$", "", text).rstrip("》”")
    return bare.endswith(genres()) or (bare.endswith("号") and ANNOUNCED_TITLE.fullmatch(text) is not None)


def is_number_line(line: Line) -> DocumentNumber | None:
    """The document number that fills a line, in brackets or not, with or without 签发人."""
    text = line.text
    if match := BRACKETED.fullmatch(text):
        text = match.group("inner")
    if match := SIGNATORY.fullmatch(text):
        text = match.group("number")
    if not 4 <= len(text) <= 40:
        return None
    return parse_document_number(text) or _unlisted_number(text)


def _unlisted_number(text: str) -> DocumentNumber | None:
    match = NUMBER_LINE.fullmatch(text)
    if match is None:
        return None
    year, serial = int(match["year"]), int(match["serial"])
    return DocumentNumber(issuer_code=match["issuer_code"], year=year, serial=serial, span=Span(0, len(text)))


def has_subtitle(lines: Sequence[Line], at: int) -> bool:
    """Whether the line below a title belongs to it: （2024—2026年）, （试行）."""
    return at < len(lines) and SUBTITLE.fullmatch(lines[at].text) is not None


def read_head(lines: Sequence[Line], metadata_number: str | None = None) -> Head:
    """Read the head of the notice whose lines these are."""
    facts = find_page_facts(lines[:MOST_HEAD_LINES])
    block = _head_block(lines, facts.lines)
    numbers = [i for i in range(block) if i not in facts.lines and is_number_line(lines[i])]
    number_at = numbers[-1] if numbers else None
    number = is_number_line(lines[number_at]) if number_at is not None else None
    title_range = _title_range(lines, block, number_at, facts.lines)
    recipients_from = max(block if title_range is None else title_range[1], 0 if number_at is None else number_at + 1)
    recipients_from = _recipients_line(lines, recipients_from, facts.lines)
    recipients, recipients_to = _recipients(lines, recipients_from)
    names = {**dict.fromkeys(facts.lines, "page_fact"), **dict.fromkeys(numbers, "document_number")}
    elements = _elements(lines, names, title_range, recipients_from, recipients_to)
    end = lines[recipients_to].span.start if recipients_to < len(lines) else (lines[-1].span.end if lines else 0)
    title, in_title = _title(_joined(lines, title_range)) if title_range else (None, None)
    adopted = next((line.text for line in lines[:recipients_from] if ADOPTION.fullmatch(line.text)), None)
    stated_number = metadata_number or facts.values.get("document_number")
    return Head(
        elements=tuple(elements),
        number=number or (parse_document_number(stated_number) if stated_number else None) or in_title,
        title=title,
        recipients=recipients,
        mark=_mark(lines, recipients_from, title_range),
        stated={**_dated_issuer(lines[:recipients_from]), **facts.values},
        adopted=adopted,
        decree=_decree(lines[:recipients_from], adopted),
        end=end,
    )


def _dated_issuer(lines: Sequence[Line]) -> dict[str, str]:
    """赣州市人民政府办公室　2024年8月9日 on one line above the title, as 纪要 and 简报 have it."""
    found = (DATED_ISSUER.fullmatch(line.text) for line in lines)
    match = next((match for match in found if match and organ_line(match["issuers"])), None)
    return match.groupdict() if match else {}


def _decree(lines: Sequence[Line], adopted: str | None) -> str | None:
    """An order's number: in the note under the title, or on the line below 某某令."""
    if adopted and (match := DECREE.search(adopted)):
        return match["decree"]
    for before, line in pairwise(lines):
        if before.text.endswith("令") and SERIAL_LINE.fullmatch(line.text):
            return before.text + line.text
    for i, line in enumerate(lines):
        if _is_serial(line.text) and ANNOUNCED.fullmatch(_bare(line.text)):
            return _announced(lines, i)
        if "告" in line.text and (titled := ANNOUNCED_TITLE.fullmatch(line.text)):
            return titled["number"]
    return None


def _bare(text: str) -> str:
    """A line without the brackets around it."""
    match = BRACKETED.fullmatch(text)
    return match["inner"] if match else text


def _announced(lines: Sequence[Line], at: int) -> str:
    """The number of a 公告, with its issuer where that stands on the line above."""
    text = _bare(lines[at].text)
    above = lines[at - 1].text if at else ""
    return above + text if text[0] == "2" and _is_announcer(above) else text


def _is_announcer(text: str) -> bool:
    """海关总署公告 on a line of its own above 2026年第12号."""
    return text.endswith(("公告", "通告")) and organ_line(text[:-2])


def _joined(lines: Sequence[Line], lines_range: tuple[int, int]) -> str:
    return "".join(line.text for line in lines[lines_range[0] : lines_range[1]])


def _title(text: str) -> tuple[str, DocumentNumber | None]:
    """A title as it is cited, and the number that stands before it or in brackets behind it."""
    number = None
    text = DATELINE.sub("", text)
    if match := ANNOUNCED_TITLE.fullmatch(text):
        return match["title"], None
    if match := TITLE_NUMBER.search(text):
        number = parse_document_number(match["number"])
        text = text[: match.start()]
    elif match := NUMBER_LINE.match(text):
        number = parse_document_number(match.group())
        text = text[match.end() :]
    if text.startswith("《") and text.endswith("》") and "》" not in text[1:-1]:
        text = text[1:-1]
    return text, number


def _head_block(lines: Sequence[Line], facts: frozenset[int]) -> int:
    """Index of the first line that is surely no head: a sentence, a marker, an opening of the body."""
    for i, line in enumerate(lines[:MOST_HEAD_LINES]):
        if i in facts or is_number_line(line) or line.text == "附件：" or _is_serial(line.text):
            continue
        if "。" in line.text or line.text.endswith(("：", "；")) or is_numbered(line.text):
            return i
        if BODY_OPENING.match(line.text) and not _in_title(lines, i):
            return i
        if RECIPIENT.match(line.text) and "，" in line.text and not _in_title(lines, i):
            return i
    return min(len(lines), MOST_HEAD_LINES)


def _in_title(lines: Sequence[Line], i: int) -> bool:
    """A wrapped title may have lines that begin like a body; it is still open if no 文种 has come."""
    before = "".join(line.text for line in lines[max(0, i - 6) : i])
    opened = before.rfind("关于")
    return opened >= 0 and not ends_title(before[opened:]) and any(ends_title(line.text) for line in lines[i : i + 4])


def _title_range(
    lines: Sequence[Line], block: int, number_at: int | None, facts: frozenset[int]
) -> tuple[int, int] | None:
    """Lines `[first, last)` of the title: up to the last line that ends in a 文种."""
    ends = [i for i in range(block) if ends_title(lines[i].text) and not is_number_line(lines[i]) and i not in facts]
    if not ends:
        return None
    last = ends[-1]
    first = max([at + 1 for at in (number_at, *facts) if at is not None and at < last], default=0)
    while first < last and (_is_before_title(lines, first, last, number_at) or _repeated(lines, first, last)):
        first += 1
    first = first_title_line(lines, first, last, organ_line)
    if len(_joined(lines, (first, last + 1))) > LONGEST_TITLE:
        return None
    return first, last + 1 + has_subtitle(lines, last + 1)


def _repeated(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a line is the whole title, which stands again on the last line (a page's head and the paper's)."""
    return ends_title(lines[first].text) and lines[last].text.strip("《》") in lines[first].text


def _is_before_title(lines: Sequence[Line], i: int, last: int, number_at: int | None) -> bool:
    """Marks above a title: 份号, 密级, 紧急程度, 附件, and an issuer that the title does not begin with."""
    text = lines[i].text
    if SERIAL.fullmatch(text) or SECRECY.fullmatch(text) or URGENCY.fullmatch(text) or text.startswith("附件"):
        return True
    if SIGNATORY.fullmatch(text) or DATELINE.fullmatch(text) or (text.endswith("文件") and organ_line(text)):
        return True
    if _is_serial(text) or (_is_announcer(text) and _is_serial(lines[i + 1].text)):
        return True
    if not organ_line(text):
        return False
    # An issuer right above 关于 … is the title's first line, unless the same issuer stands again below.
    return any(organ_line(line.text) for line in lines[i + 1 : last]) and not _joint_issuers(lines, i, last, number_at)


def _joint_issuers(lines: Sequence[Line], i: int, last: int, number_at: int | None) -> bool:
    """Whether the organs from here down to 关于 … issue together: below the number, or line by line and of one rank."""
    organs = [line.text for line in lines[i : last + 1] if organ_line(line.text)]
    if number_at is not None and number_at < i:
        return len(set(organs)) == len(organs)
    together = all(organ_line(line.text) for line in lines[i : i + len(organs)])
    ranks = {organ.endswith(("人民政府", "省委", "市委", "县委", "区委")) for organ in organs}
    return together and len(ranks) == 1 and not any(a in b for a, b in permutations(organs, 2))


def _belongs_to_title(text: str) -> bool:
    """第179号 under an order's title, （2021年7月27日…公布） under a law's."""
    return _is_serial(text) or ADOPTION.fullmatch(text) is not None


def _is_serial(text: str) -> bool:
    if not text.endswith(NUMBER_END):
        return False
    return SERIAL_LINE.fullmatch(text) is not None or ANNOUNCED.fullmatch(_bare(text)) is not None


def _recipients_line(lines: Sequence[Line], first: int, facts: frozenset[int]) -> int:
    """The line on which recipients begin, past facts and a few short lines of a page; else the first past the facts."""
    while first < len(lines) and (first in facts or _belongs_to_title(lines[first].text)):
        first += 1
    for i in range(first, min(first + MOST_LINES_TO_RECIPIENTS, len(lines))):
        if _recipients(lines, i)[0] is not None:
            return i
        if i not in facts and len(lines[i].text) > SHORTEST_BODY_LINE:
            break
    return first


def _recipients(lines: Sequence[Line], first: int) -> tuple[str | None, int]:
    """主送机关: from the line after the title to the first colon, if no sentence comes before it."""
    joined = ""
    if first >= len(lines) or not RECIPIENT.match(lines[first].text):
        return None, first
    for i in range(first, min(first + 12, len(lines))):
        joined += lines[i].text
        if "。" in joined or (is_numbered(lines[i].text) and i > first):
            return None, first
        if joined.endswith("："):
            opening = BODY_OPENING.match(joined)
            return (None, first) if (opening and "以下" in joined) or "如下" in joined else (joined[:-1], i + 1)
    return None, first


def _elements(
    lines: Sequence[Line],
    names: dict[int, str],
    title_range: tuple[int, int] | None,
    recipients_from: int,
    recipients_to: int,
) -> list[Element]:
    elements: list[Element] = []
    for i, line in enumerate(lines[:recipients_from]):
        if i in names:
            elements.append(Element(name=names[i], span=line.span))
        elif title_range is None or not title_range[0] <= i < title_range[1]:
            elements.append(Element(name=_head_name(line.text), span=line.span))
    if title_range:
        span = Span(lines[title_range[0]].span.start, lines[title_range[1] - 1].span.end)
        elements.append(Element(name="title", span=span))
    if recipients_to > recipients_from:
        span = Span(lines[recipients_from].span.start, lines[recipients_to - 1].span.end)
        elements.append(Element(name="recipients", span=span))
    return sorted(elements, key=lambda element: element.span)


HEAD_NAMES = (
    ("copy_number", SERIAL),
    ("classification", SECRECY),
    ("urgency", URGENCY),
    ("signatory", SIGNATORY),
    ("adoption", ADOPTION),
    ("signature", DATED_ISSUER),
)


def _head_name(text: str) -> str:
    named = next((name for name, pattern in HEAD_NAMES if pattern.fullmatch(text)), None)
    return named or ("issuer_mark" if organ_line(text) else "head")


def _mark(lines: Sequence[Line], end: int, title_range: tuple[int, int] | None) -> str | None:
    """The issuers named above the title, joined as written."""
    marks = [
        line.text.removesuffix("文件")
        for i, line in enumerate(lines[:end])
        if organ_line(line.text) and (title_range is None or i < title_range[1])
    ]
    return "、".join(dict.fromkeys(marks)) or None
