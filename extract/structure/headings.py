"""小标题 of clauses: which first words head a clause and which are already its text.

A heading stands on a line of its own or runs in, ended by its full stop. A first sentence that orders,
permits or pays is text. Siblings agree: where most clauses of a group have no heading, none has, and a long first
sentence is no heading where another clause has none.
"""

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from extract.span import Span
from extract.structure.lines import Line
from extract.structure.markers import Shape

MID_PHRASE = "，、（《“‘〔及和与或至在于按照据见的了对将为由从到以"  # what a broken line ends with, no heading
SHORTEST_HEADING = 4
LONGEST_HEADING = 50
LONGEST_RUN_IN = 40
LONGEST_ITEM = 30  # of a numbered item: 1. 加强领导。…
LONGEST_SURE = 20  # a longer run-in one without a comma needs siblings with headings
LONGEST_LEAD_IN = 15  # a longer one that ends in a colon introduces a list: 有下列情形之一的：
ARTICLE_HEADING = re.compile(r"[（【](?P<words>[^（）【】，。；]{2,20})[）】](?=[^，。；、])")
STOP = re.compile(r"[。！？]")
QUANTITY = re.compile(r"\d(?:%|[万亿]?元|[万亿]?[人户家次个项年月日套名])")
QUOTED = re.compile(r"[“《][^”》]*[”》]")
OPERATIVE = re.compile(
    r"应当|必须|不得|不准|可以|给予|予以|负责"
    r"|(?<![适相响对供反效])应(?![用急对届付收变税试征聘])"
    r"|(?<![主重需必首纲摘概])要(?![求素点件闻害务领道])"
    r"|(?<![必])须(?!知)"
    r"|的[，：]|由[^，。、]{2,16}(?:牵头|实施|承担|组织|制定|办理|执行|公布|解释)"
)
# What a first sentence says and no heading does: how often, within what time, who does it, for whom.
STATES = re.compile(
    r"每(?:个?季度?|半年|两?年|[一两三]?个?月|周|[天日])(?![刊报])|个?工作[日天]|[一二两三四五六七八九十\d]次$"
    r"|^(?:[省市县区州盟旗]|国家)[一-龥]{2,14}(?:[厅局委办]|委员会|办公室|领导小组|政府)"
    r"(?:每|牵头|会同|统筹|组织|指导|定期|研究|建立|开展|负责)"
    r"|，(?:[为对每由按]|其中)"
    # who may do what: 各县市区可结合实际建设…
    r"|[^，]可(?=结合|根据|按照?|视情|参照|通过|适当|自[行主]|[由向在对将]|申请|享受|采[取用]|依[法托])"
)
ENCOURAGES = re.compile("(?:鼓励|支持|引导|允许)[^，]{1,20}的")  # 鼓励有条件的机关…
OWN_WORDS = re.compile("本|为|凡|违反|对|根据|按照")  # what an article's first sentence begins with
UPPER_SHAPES = (Shape.CHAPTER, Shape.SECTION, Shape.CHINESE, Shape.CHINESE_BRACKETED)


class Kind(Enum):
    """How a possible heading stands."""

    OWN_LINE = auto()
    RUN_IN = auto()
    WHOLE = auto()  # nothing else in the clause's own text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A clause as far as its heading is concerned."""

    shape: Shape
    group: str  # the same for clauses beside each other
    first: Span | None  # its text from the marker on, up to the next element or clause
    has_children: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The words and where the text behind them begins."""

    span: Span
    rest: int
    kind: Kind


class HeadingFinder:
    """Headings of one part. `cut` gives the responsibility statements within a span."""

    def __init__(self, text: str, lines: Sequence[Line], cut: Callable[[Span], Sequence[Span]]) -> None:
        self.text, self.cut = text, cut
        self.titled = False
        self.gaps = [offset for line in lines for offset in line.gaps]
        self.paragraphs = [line.span.start for line in lines if line.starts_paragraph]

    def find(self, places: Sequence[Place]) -> list[Heading | None]:
        """One heading or none for each clause, in order."""
        self.titled = self._articles_are_titled(places)
        found = [self._heading(place) for place in places]
        groups: Mapping[str, list[int]] = defaultdict(list)
        for i, place in enumerate(places):
            groups[place.group].append(i)
        for members in groups.values():
            self._agree(places, found, members)
        return found

    def _agree(self, places: Sequence[Place], found: list[Heading | None], members: Sequence[int]) -> None:
        """Take headings over text back where the group does not have them, and run-in ones from the end of a list."""
        over_text = [i for i in members if (heading := found[i]) and heading.kind is not Kind.WHOLE]
        run_in = [i for i in members if (heading := found[i]) and heading.kind is Kind.RUN_IN]
        alone = [i for i in members if found[i] is None and places[i].first is not None]
        if len(members) >= 3 and len(alone) > len(over_text):
            for i in over_text:
                found[i] = None
        for i in run_in:
            if (heading := found[i]) and self._stands_out(heading, [found[k] for k in members if k != i]):
                found[i] = None
        for before, i in itertools.pairwise(members):
            first = places[before].first
            listed = first is not None and self.text[first.end - 1] in "；;"
            if listed and found[before] is None and i in run_in:
                found[i] = None

    def _stands_out(self, heading: Heading, others: Sequence[Heading | None]) -> bool:
        """Whether a run-in sentence is longer than headings are, beside a clause without one or far shorter ones."""
        words = self.text[heading.span.start : heading.span.end]
        long = len(words) > LONGEST_SURE
        if "，" in words or not others or not (long or ENCOURAGES.match(words)):
            return False
        longest = max(other.span.end - other.span.start if other else 0 for other in others)
        return None in others or (long and len(words) > 2 * longest)

    def _heading(self, place: Place) -> Heading | None:
        if place.first is None or place.shape is Shape.LENTICULAR:
            return None
        if place.shape is Shape.ARTICLE:
            return self._article_heading(place.first)
        heading = self._candidate(self._without_statement(place.first) if place.has_children else place.first)
        words = self.text[heading.span.start : heading.span.end]
        return heading if words and "；" not in words and self._fits(place, heading, words) else None

    def _without_statement(self, first: Span) -> Span:
        """二、优化服务（市财政局负责） over clauses of its own: the words before the bracket are its heading."""
        gone = self.cut(first)
        if len(gone) != 1 or gone[0].end != first.end or STOP.search(self.text, first.start, gone[0].start):
            return first
        return Span(first.start, gone[0].start)

    def _article_heading(self, first: Span) -> Heading | None:
        """条标: 第一条（目的和依据）为了…"""
        match = ARTICLE_HEADING.match(self.text, first.start, first.end)
        if match is None:
            return self._article_heading_by_blank(first) or (self._heading_by_stop(first) if self.titled else None)
        if match.end() == first.end:
            return None
        return Heading(span=Span(*match.span("words")), rest=match.end(), kind=Kind.RUN_IN)

    def _article_heading_by_blank(self, first: Span) -> Heading | None:
        """第一条　目的依据　为规范…"""
        stop = STOP.search(self.text, first.start, first.end)
        gap = self._gap_before(first.start, stop.start() if stop else first.end)
        words = self.text[first.start : gap] if gap is not None else ""
        if gap is None or len(words) > LONGEST_LEAD_IN or OPERATIVE.search(words):
            return None
        return Heading(span=Span(first.start, gap), rest=gap, kind=Kind.OWN_LINE)

    def _articles_are_titled(self, places: Sequence[Place]) -> bool:
        """Whether the articles of 若干措施 begin with headings: all of them, but for the one on the paper itself."""
        firsts = [place.first for place in places if place.shape is Shape.ARTICLE and place.first is not None]
        others = [first for first in firsts if self.text[first.start] != "本"]
        return len(others) >= 3 and all(self._heading_by_stop(first) for first in others)

    def _heading_by_stop(self, first: Span) -> Heading | None:
        """第一条　支持企业开拓市场。对…"""
        heading = self._candidate(first)
        words = self.text[heading.span.start : heading.span.end]
        plain = not re.search("[，；：]", words) and not OPERATIVE.search(words) and not OWN_WORDS.match(words)
        fits = heading.kind is Kind.RUN_IN and plain and 2 <= len(words) <= LONGEST_ITEM
        return heading if fits else None

    def _candidate(self, first: Span) -> Heading:
        """The words up to the first full stop, paragraph or wide blank."""
        stop = STOP.search(self.text, first.start, first.end)
        at = bisect_left(self.paragraphs, first.start + 1)
        paragraph = self.paragraphs[at] if at < len(self.paragraphs) else first.end
        limit = min(stop.start() if stop else first.end, first.end, paragraph)
        limit = self._gap_before(first.start, limit) or limit
        stopped = stop is not None and stop.start() == limit
        rest = limit + 1 if stopped else limit
        end = limit - 1 if not stopped and limit > first.start and self.text[limit - 1] in "：:" else limit
        if rest >= first.end:
            return Heading(span=Span(first.start, end), rest=rest, kind=Kind.WHOLE)
        return Heading(span=Span(first.start, end), rest=rest, kind=Kind.RUN_IN if stopped else Kind.OWN_LINE)

    def _gap_before(self, start: int, limit: int) -> int | None:
        """Where a wide blank parts a heading from the text behind it: （一）加强领导　各地要…"""
        at = bisect_left(self.gaps, start + SHORTEST_HEADING)
        if at == len(self.gaps) or self.gaps[at] >= limit:
            return None
        words = self.text[start : self.gaps[at]]
        return None if re.search(r"[，；：、]", words) or len(words) > LONGEST_ITEM else self.gaps[at]

    def _fits(self, place: Place, heading: Heading, words: str) -> bool:
        if place.shape in (Shape.CHAPTER, Shape.SECTION):
            return len(words) <= LONGEST_HEADING
        if len(words) > LONGEST_HEADING or OPERATIVE.search(QUOTED.sub("", words)):
            return False
        introduces = heading.span.end < heading.rest and self.text[heading.span.end] in "：:"
        if introduces and len(words) > LONGEST_LEAD_IN:
            return False
        match heading.kind:
            case Kind.WHOLE:
                unfinished = heading.rest == heading.span.end and "，" not in words
                return place.has_children or unfinished or (introduces and place.has_children)
            case Kind.OWN_LINE:
                return introduces or words[-1] not in MID_PHRASE
            case Kind.RUN_IN:
                return self._fits_run_in(place, heading, words)

    def _says_more(self, span: Span) -> bool:
        """Whether a span holds more than responsibility statements."""
        return sum(gone.end - gone.start for gone in self.cut(span)) < span.end - span.start

    def _fits_run_in(self, place: Place, heading: Heading, words: str) -> bool:
        assert place.first is not None
        plain = QUOTED.sub("", words)
        if QUANTITY.search(plain) or STATES.search(plain):
            return False
        if not self._says_more(Span(heading.rest, place.first.end)):
            return place.has_children  # only departments behind it
        if place.shape in UPPER_SHAPES:
            return len(words) <= LONGEST_RUN_IN
        return len(words) <= LONGEST_ITEM and "，" not in words
