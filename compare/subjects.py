"""What a figure measures, read from the words around it; two of them in, how surely they are the same thing out.

Nearest stand the words between this figure and its neighbours (单户授信额度最高3000万元); for a list (博士、硕士
分别给予10万元、5万元) the item of its place; then the other words of the sentence and the heading. Words that say only
how much or how it is granted are left out. Words that exclude each other (初级工, 高级工) keep two figures apart,
whatever else is alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log

from compare import lexicon
from compare.figures import Figure
from compare.localisation import Localiser
from compare.passages import Passage
from compare.wording import Kinds, apart, heading_of, kinds_of, plain_words, tells, without_number
from extract.mentions.numerals import HAN_NUMERAL
from extract.notice import AmountKind
from extract.span import Span

AHEAD, BEHIND = 14, 10  # characters looked at before and behind a figure
NEAR = 0.7  # of the likeness comes from the nearest words
AGREED = 0.15  # more where both name the same word of a set
CASES = 0.25  # likeness of sentences that speak of the same cases
FEW = 3  # pairs of characters; from fewer the nearest words alone say little
SIGNS = re.compile(r"[\W_\d]+")
ITEM_END = re.compile(r"(?<=.)(?:首次|在|来|到|购|租|且|并|等|的)")  # 本科毕业生在郑首次购房
LIST_SIGN = re.compile(r"[、和及与]")
CLOSING = re.compile(r"[，；：。]")
LIMIT = re.compile("不得?[超高低少多大小][于过]|最[高低多少长]")  # what is limited stands before it
PERIOD = re.compile(rf"每半?[{HAN_NUMERAL}\d]*个?(?:季度|[年季月周日天])|[{HAN_NUMERAL}\d]+次")
BASE = re.compile(r"(?P<base>[^，；。、：（）\d]{2,16}?)的?$")

Pairs = frozenset[str]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    lead: str  # the words right before the figure, without those that say only how much
    behind: str  # the first right behind it, so too: what is granted or counted
    words: str  # the nearest ones, so too
    around: str  # the others of the sentence, and the heading
    near: Pairs  # pairs of characters of the nearest
    wide: Pairs
    tier: bool  # one of several figures in a row whose items are not named: 满1年、3年、5年的
    item: Pairs  # of the list item the figure is for; empty where there is no list
    named: Kinds  # by the nearest words, or by the case that an amount is for
    kinds: Kinds  # by these, else by the others of the sentence
    base: str  # what a share is a share of; empty where not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A figure in its sentence. `listed`: its item of a list, empty where a list has no items, `None` for no list."""

    sides: tuple[str, str, str]  # the words before, inside and behind, up to its neighbours
    listed: str | None
    rest: str  # the heading, and the sentence without figures


def read_subjects(passage: Passage, figures: Sequence[Figure], localiser: Localiser) -> tuple[Subject, ...]:
    """One a figure of the passage, in order."""
    text, start = passage.text, passage.ref.span.start
    spans = [figure.span.shift(-start) for figure in figures]
    rest = f"{heading_of(passage)}{_without(text, spans)}"
    places = (
        Place(sides=_nearest(text, spans, at), listed=listed, rest=rest)
        for at, listed in enumerate(_listed(text, spans))
    )
    return tuple(_subject(figure, place, localiser) for figure, place in zip(figures, places, strict=True))


def _subject(figure: Figure, place: Place, localiser: Localiser) -> Subject:
    item, (before, inside, behind) = place.listed or "", place.sides
    if figure.amount and figure.amount.kind is AmountKind.FREQUENCY:
        inside = PERIOD.sub("，", inside)  # 每三年评估一次 and 每两年评估一次 are of one thing
    # Words of its own quote say what is counted; before them stands who does it: 人才服务机构每周至少举办1次.
    ahead = inside if len(_pairs(inside, localiser)) >= FEW else before
    full = f"{item}，{behind}" if item else "，".join((before, inside, behind))
    short = full if item else f"{ahead[-AHEAD:]}，{inside}，{behind[:BEHIND]}"
    case = (figure.amount.condition if figure.amount else None) or ""
    return Subject(
        lead=_lead(plain_words(item or _named_by(figure, before, ahead, behind))),
        behind=next((run for run in plain_words(behind).split("，") if len(run) > 1), ""),
        words=plain_words(full),
        around=plain_words(place.rest),
        near=_pairs(short, localiser),
        wide=_pairs(f"{full}，{place.rest}", localiser),
        tier=place.listed == "",
        item=_pairs(item, localiser),
        named=kinds_of(full + case),
        kinds=_kinds(full, place.rest),
        base=_base(figure),
    )


def _named_by(figure: Figure, before: str, ahead: str, behind: str) -> str:
    """The words that name what is measured: what is done by a day or so often, what a limit is set for."""
    if figure.amount is None or figure.amount.kind is AmountKind.FREQUENCY:
        return behind or ahead
    limited = LIMIT.split(f"{before}{figure.quote}", maxsplit=1)
    return limited[0] if len(limited) > 1 and limited[0] else ahead


def _without(text: str, spans: Sequence[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start])
        at = max(at, span.end)
    return "，".join((*parts, text[at:]))


def _nearest(text: str, spans: Sequence[Span], at: int) -> tuple[str, str, str]:
    """The words before, inside and behind, up to a comma; of those between two figures of a list each has its own."""
    span = spans[at]
    before = spans[at - 1].end if at else 0
    behind = spans[at + 1].start if at + 1 < len(spans) else len(text)
    lead, trail = CLOSING.split(text[before : span.start])[-1], CLOSING.split(text[span.end : behind])[0]
    if at and before + len(lead) == span.start:
        lead = LIST_SIGN.split(lead)[-1]
    if at + 1 < len(spans) and span.end + len(trail) == behind:
        trail = LIST_SIGN.split(trail)[0]
    return lead, without_number(text[span.start : span.end]), trail


def _listed(text: str, spans: Sequence[Span]) -> list[str | None]:
    """For figures in a row after a list of as many items each its item, empty where no list is found; else `None`."""
    found: list[str | None] = [None] * len(spans)
    for first, last in _rows(text, spans):
        size = last - first + 1
        found[first : last + 1] = _items(text[: spans[first].start], size) or [""] * size
    return found


def _rows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """First and last position of figures with nothing but 、 between them."""
    rows: list[tuple[int, int]] = []
    for at in range(1, len(spans)):
        if text[spans[at - 1].end : spans[at].start] in {"、", "和", "或", "及"}:
            rows[-1:] = [(rows[-1][0], at)] if rows and rows[-1][1] == at - 1 else [*rows[-1:], (at - 1, at)]
    return rows


def _items(before: str, size: int) -> list[str]:
    """The nearest list of that size before the figures; its ends without what is no part of them."""
    for part in reversed(CLOSING.split(before)):
        items = LIST_SIGN.split(part)
        if len(items) >= size > 1:
            first, *middle, last = items[-size:]
            first = first.rpartition("的")[2] or first
            return [first, *middle, ITEM_END.split(last)[0]]
    return []


def _lead(words: str) -> str:
    """The last run of words, or all where that says nothing: 时间 of 出口退税办理时间."""
    last = words.rstrip("，").split("，")[-1]
    return last if tells(last) else words


def _pairs(text: str, localiser: Localiser) -> Pairs:
    folded = localiser.fold(plain_words(text))
    return frozenset("".join(pair) for run in SIGNS.split(folded) for pair in pairwise(run))


def _kinds(near: str, rest: str) -> Kinds:
    """From the nearest words; of a set that these do not speak of from the others, where they name one word of it."""
    here = kinds_of(near)
    known = {number for number, _ in here}
    return here | {kind for kind in kinds_of(rest, alone=True) if kind[0] not in known}


def _base(figure: Figure) -> str:
    """当地最低工资标准 of 按当地最低工资标准的60%."""
    if figure.amount is None or figure.amount.kind is not AmountKind.PERCENT:
        return ""
    before, _ = figure.around
    words = re.split(r"[\d.]", f"{before}{figure.quote}", maxsplit=0)[0]
    match = BASE.search(plain_words(words.removesuffix("的")).rstrip("，"))
    name = match["base"] if match else ""
    return name if name.endswith(tuple(lexicon.load("figures")["base_endings"])) else ""


def exclude(one: Subject, other: Subject) -> bool:
    """Whether they are for other items of lists, or name other words of a set."""
    if any(a.item and a.item.isdisjoint(b.item or b.near) for a, b in ((one, other), (other, one))):
        return True
    return apart(one.kinds, other.kinds)


def likeness(one: Subject, other: Subject, weights: Weights) -> float:
    """How surely two figures measure the same thing, 0 to 1."""
    if exclude(one, other):
        return 0.0
    near, wide = _shared(one.near, other.near, weights), _shared(one.wide, other.wide, weights)
    part = NEAR * min(1.0, min(len(one.near), len(other.near)) / FEW)
    agreed = AGREED if one.named & other.named else 0.0  # both for 初级工
    return min(1.0, part * near + (1 - part) * wide + agreed)


def same_cases(subjects: Sequence[Subject], weights: Weights) -> bool:
    """Whether the whole sentences are alike, not just the nearest words; of tiers it is not known."""
    alike = (_shared(one.wide, other.wide, weights) >= CASES for one, other in combinations(subjects, 2))
    return not any(one.tier for one in subjects) and all(alike)


def _shared(one: Pairs, other: Pairs, weights: Weights) -> float:
    """Mean of Dice's coefficient and of the share of the smaller set that stands in the other, by weight."""
    sizes = [sum(weights.get(pair, 1.0) for pair in pairs) for pairs in (one, other)]
    if not all(sizes):
        return 0.0
    common = sum(weights.get(pair, 1.0) for pair in one & other)
    least = FEW * sum(sizes) / (len(one) + len(other))  # a pair or two of characters stand in many sentences
    return (2 * common / sum(sizes) + common / max(least, min(sizes))) / 2


def weigh(subjects: Iterable[Subject]) -> dict[str, float]:
    """Pairs that few figures have around them weigh more (Spärck Jones 1972)."""
    found = list(subjects)
    spread = Counter(pair for subject in found for pair in subject.wide)
    return {pair: log(1 + len(found) / seen) for pair, seen in spread.items()}
