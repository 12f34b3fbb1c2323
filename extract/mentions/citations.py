"""Citations: 《title》（document number）, a title alone, a number alone; issuers where text or code settle them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.document_number import DocumentNumber, find_document_numbers
from extract.jurisdictions import decode_issuer, locate
from extract.lexicon import load
from extract.mentions.context import Context
from extract.mentions.scan import find_all
from extract.mentions.titles import Title, find_titles
from extract.notice import Citation
from extract.span import Span

__all__ = ["find_citations", "resolve_aliases"]

LONGEST_PARENTHESIS = 160  # characters
COUNT = "[一二三四五六七八九十百零〇0-9]{1,6}"
ARTICLES = re.compile(  # 第十条第二款、第十二条
    rf"第{COUNT}条(?:之[一二三四五六七八九])?(?:第{COUNT}款)?(?:第?[（(]?{COUNT}[）)]?项)?"
    rf"(?:[、和及至]第{COUNT}[条款项](?:第{COUNT}款)?(?:第?[（(]?{COUNT}[）)]?项)?){{0,8}}"
)
ALIAS = re.compile(
    r"(?:以下|下文|后文)?(?:统)?简称(?:为)?[：:]?[《“\"‘「〈](?P<alias>[^《》“”\"‘’「」〈〉\n]{1,30})[》”\"’」〉]"
)
ALIAS_AFTER = re.compile(r"[，,]?" + ALIAS.pattern)
ORDER_FIRST = re.compile("[令公12]")
ORDER = re.compile(  # laws and regulations carry the number of an order or an announcement
    r"(?:令|公告)(?:(?:19|20)\d{2}年第|[〔\[（(](?:19|20)\d{2}[〕\]）)]第?|第)\d{1,4}号|(?:19|20)\d{2}年第\d{1,4}号(?:令|公告)"
)
NUMBER_FOLLOWS = re.compile(r"(?:文件?|通知|文件的|的)?")
JOINED = re.compile(r"[、，,]?(?:和|及|以及|与)?")
DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
ISSUER_BEFORE = re.compile(r"[\u4e00-\u9fff0-9、 ]{2,60}$")
ISSUER_END = re.compile(
    r"(?:厅|局|委|委员会|部|院|办|办公厅|办公室|政府|署|会|主席|银行|支行|分行|兵团|小组|指挥部|中央)"
    r"(?:等(?:[0-9一二三四五六七八九十]{1,3}(?:个|家)?)?(?:部门|单位|部委)?)?$"
)
RELATIVE = ("省", "自治区", "市", "县", "区", "州", "盟")  # 省政府办公厅: whose, the code may tell
TITLE_ISSUER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff0-9、 ]{2,80}?(?:[厅局委部院办室府署会行团组央]|等[0-9一二三四五六七八九十]{0,3}部门))"
    r"(?:关于|转发|批转|印发|公布|发布)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A citation being built: its words so far and what follows them."""

    span: Span
    title: Title | None = None
    numbers: tuple[DocumentNumber, ...] = ()
    order: str | None = None  # 国务院令第724号
    alias: str | None = None
    rule: str


def find_citations(text: str, context: Context) -> tuple[Citation, ...]:
    """Citations of a text in order.

    A number inside a title is part of that title. 本通知 and the like are none. `document_number` is in the form
    of GB/T 9704-2012, however it is printed.
    """
    numbers = find_document_numbers(text)
    titled = _share(text, tuple(_with_titles(text, find_titles(text, numbers), numbers)))
    found = sorted([*titled, *_alone(text, numbers, titled)], key=lambda one: one.span)
    citations = tuple(_citation(text, one, context) for one in found)
    return resolve_aliases(citations)


def _with_titles(text: str, titles: Sequence[Title], numbers: Sequence[DocumentNumber]) -> Iterator[Found]:
    done = 0
    for title in titles:
        if title.span.start < done or not _is_cited(text, title):
            continue
        one = _complete(text, title, numbers, done)
        done = one.span.end
        yield one


def _is_cited(text: str, title: Title) -> bool:
    """No form to fill in, no newspaper, and not the notice's own 本《办法》."""
    table = load("citations")
    before = text[max(0, title.span.start - 1) : title.span.start]
    return (
        before != "本" and not title.text.endswith(tuple(table["no_document_ends"])) and not _press().search(title.text)
    )


@cache
def _press() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load("citations")["press"]) + ")$")


def _complete(text: str, title: Title, numbers: Sequence[DocumentNumber], done: int) -> Found:
    """Take in what stands around the title: articles, parentheses, a number before it."""
    span, taken = title.span, [title.number] if title.number else []
    order = alias = None
    for _ in range(4):
        articles = ARTICLES.match(text, span.end)
        end = articles.end() if articles else _parenthesis_end(text, span.end, numbers)
        if end is None:
            break
        inside = Span(span.end, end)
        here, named = _within(numbers, inside), ALIAS.search(text, inside.start, inside.end)
        orders = tuple(_orders(text, inside)) if not here else ()
        if not (articles or here or orders or named):
            break
        taken += here
        order = order or next((text[slice(*one)] for one in orders), None)
        alias = alias or (named["alias"] if named else None)
        span = Span(span.start, end)
    if alias is None and (named := ALIAS_AFTER.match(text, span.end)):
        alias, span = named["alias"], Span(span.start, named.end())
    if not taken and not order:
        taken, span = _beside(text, span, numbers, done)
    rule = "title_number" if taken or order else "title"
    return Found(span=span, title=title, numbers=tuple(taken), order=order, alias=alias, rule=rule)


def _orders(text: str, within: Span) -> Iterator[Span]:
    """Orders and announcements with the organ that gave them."""
    for match in find_all(ORDER, ORDER_FIRST, text, within.start, within.end):
        before = ISSUER_BEFORE.search(text, max(within.start, match.start() - 60), match.start())
        name = _trim(before[0]) if before else ""
        if ISSUER_END.search(name):
            yield Span(match.start() - len(name), match.end())


def _beside(text: str, span: Span, numbers: Sequence[DocumentNumber], done: int) -> tuple[list[DocumentNumber], Span]:
    """A number right before or right after a title, without a parenthesis."""
    index = bisect_left(numbers, span.start, key=lambda number: number.span.start)
    if index < len(numbers) and numbers[index].span.start == span.end:
        return [numbers[index]], Span(span.start, numbers[index].span.end)
    if index and numbers[index - 1].span.start >= done:
        before = numbers[index - 1]
        if NUMBER_FOLLOWS.fullmatch(text, before.span.end, span.start):
            return [before], Span(before.span.start, span.end)
    return [], span


def _within(numbers: Sequence[DocumentNumber], span: Span) -> list[DocumentNumber]:
    first = bisect_left(numbers, span.start, key=lambda number: number.span.start)
    last = bisect_right(numbers, span.end, key=lambda number: number.span.end)
    return list(numbers[first:last])


def _parenthesis_end(text: str, start: int, numbers: Sequence[DocumentNumber]) -> int | None:
    """The end of the parenthesis that opens at `start`. Brackets of document numbers do not count."""
    if text[start : start + 1] not in ("（", "("):
        return None
    depth, at = 0, start
    stop = min(len(text), start + LONGEST_PARENTHESIS)
    inside = _within(numbers, Span(start, stop))
    while at < stop:
        if inside and inside[0].span.start == at:
            at = inside.pop(0).span.end
            continue
        depth += {"（": 1, "(": 1, "）": -1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return at
    return None


def _share(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """《A》《B》（numbers of A and B）: one number each, in order."""
    out = list(found)
    for index, one in enumerate(found):
        count = len(one.numbers)
        first = index
        while first > max(0, index - count) and _adjoins(text, found[first - 1], found[first]):
            first -= 1
        if 1 < count == index - first + 1:
            for offset, number in enumerate(one.numbers):
                out[first + offset] = replace(out[first + offset], numbers=(number,), rule="shared_parenthesis")
    return tuple(out)


def _adjoins(text: str, one: Found, other: Found) -> bool:
    return not one.numbers and bool(JOINED.fullmatch(text, one.span.end, other.span.start))


def _alone(text: str, numbers: Sequence[DocumentNumber], found: Sequence[Found]) -> Iterator[Found]:
    """Numbers without a title of their own, and orders such as 国务院令第724号."""
    used = {number.span for one in found for number in one.numbers[:1]}
    starts = [one.span.start for one in found]
    for number in numbers:
        around = bisect_right(starts, number.span.start) - 1
        title = found[around].title if around >= 0 else None
        in_title = title is not None and title.span.contains(number.span)
        if number.span not in used and not in_title:
            yield Found(span=number.span, numbers=(number,), rule="number")
    for span in _orders(text, Span(0, len(text))):
        around = bisect_right(starts, span.start) - 1
        if around < 0 or not found[around].span.overlaps(span):
            yield Found(span=span, order=text[slice(*span)], rule="order")


def _citation(text: str, one: Found, context: Context) -> Citation:
    number = one.numbers[0] if one.numbers else None
    stated, decoded = _stated_issuer(text, one, context), _decoded(number, context)
    issuer = decoded if stated is None or stated.startswith(RELATIVE) else stated
    unsettled = number is not None and issuer is None and stated is None
    return Citation(
        quote=text[one.span.start : one.span.end],
        span=one.span,
        title=one.title.text if one.title else None,
        document_number=number.canonical if number else one.order,
        issuer=issuer or stated,
        alias=one.alias,
        rule=one.rule,
        cues=_cues(one),
        problem=f"机关代字“{number.issuer_code}”不能确定发文机关" if unsettled and number else None,
    )


def _cues(one: Found) -> tuple[str, ...]:
    misprints = tuple(misprint for number in one.numbers[:1] for misprint in number.misprints)
    brackets = ("《》",) if one.title else ()
    code = tuple(number.issuer_code for number in one.numbers[:1])
    return (*brackets, *code, *misprints)


def _decoded(number: DocumentNumber | None, context: Context) -> str | None:
    if number is None:
        return None
    return decode_issuer(number.issuer_code, number.year, province=context.province, city=context.city)


def _stated_issuer(text: str, one: Found, context: Context) -> str | None:
    """The issuer of the order, else the one before 《, else the one that opens the title."""
    if one.order:
        return ORDER.split(one.order)[0]
    if one.title is None:
        return None
    before = ISSUER_BEFORE.search(text, max(0, one.span.start - 60), one.span.start)
    name = _trim(before[0]) if before else ""
    if not _is_issuer(name):
        opening = TITLE_ISSUER.match(one.title.text)
        name = opening["issuer"] if opening else ""
    return _in_full(name, context) if _is_issuer(name) else None


def _trim(words: str) -> str:
    """What follows the last verb or day: 根据财政部 -> 财政部."""
    cut = max((verb.end() for verb in _verbs().finditer(words)), default=0)
    day = DAY.search(words, cut)
    cut = day.end() if day else cut
    return words[cut:].lstrip("、和与及 ")


def _is_issuer(name: str) -> bool:
    return len(name) >= 2 and bool(ISSUER_END.search(name)) and locate(name).level is not None


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(load("citations")["before_issuer"], key=len, reverse=True)))


def _in_full(name: str, context: Context) -> str:
    """省委、省政府 -> 中共山东省委、山东省人民政府, where the notice's own place is known."""
    return "、".join(_part_in_full(part, context) for part in name.split("、"))


def _part_in_full(part: str, context: Context) -> str:
    for word, place in (("省", context.province), ("自治区", context.province), ("市", context.city)):
        if place and place.endswith(word) and part.startswith(word):
            rest = part.removeprefix(word)
            if rest.startswith(("委", "党委")) and not rest.startswith("委员"):
                return f"中共{place}{rest}"
            return place + re.sub("^政府", "人民政府", rest)
    return part


def resolve_aliases(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """A later 《通知》 gets the number of the document that the text calls so (以下简称《通知》).

    Citations stand in the order of the text; those of a whole notice may be given at once.
    """
    known: dict[str, Citation] = {}
    out: list[Citation] = []
    for citation in citations:
        named = known.get(citation.title or "")
        if named is not None and citation.document_number is None:
            out.append(_as_named(citation, named))
            continue
        if citation.alias:
            known[citation.alias] = citation
        out.append(citation)
    return tuple(out)


def _as_named(citation: Citation, named: Citation) -> Citation:
    return replace(
        citation,
        document_number=named.document_number,
        issuer=named.issuer,
        alias=citation.title,
        rule="alias",
        cues=(*citation.cues, named.quote),
    )
