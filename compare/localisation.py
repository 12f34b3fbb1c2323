"""Two issuers in, what counts as the same thing one level down: 省 -> 市, 鲁 -> 济, 我省 -> 我市, 厅 -> 局.

Place words come from the two issuers' own areas, never from a fixed list: 济南 for 山东 is a localisation in a notice
of 济南 and a change of substance in one of 青岛.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from compare import lexicon
from extract.areas import Area, by_name
from extract.notice import Level, Notice

RANK_OF = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.PREFECTURE: 2, Level.COUNTY: 3}
SLOT = "\ue000"  # private use: no notice has it
ANY_RANK = -1
OFFICE = re.compile(r"总队|支队|大队|队|厅|总局|分局|局")  # of one function at different levels
OFFICE_OPENINGS = frozenset("总支大队厅分局")
SLOT_LIST = re.compile(rf"{SLOT}(?:[、和及与或（）]{{0,2}}{SLOT})*")  # 省、市、县; 街道（乡镇）
EACH = re.compile(rf"(?:每个?|所有|各个)(?={SLOT})")  # 每个县 and 各县
GOVERNMENT = re.compile(r"(?:人民)?政府$")
SIGNS = re.compile(rf"[^\w{SLOT}]+|_+")
TIERS = re.compile(rf"(?<={SLOT})[一二两三四五]级")  # 三级 follows the length of the list before it
NO_COUNTRYSIDE = r"(?!乡村(?![两三]级))(?<!乡(?=村(?![两三]级)))"  # 乡村 is no list of two levels
MEMBERS = re.compile(r"[^（、）]+")  # of a list of levels
FOLDED = re.compile(r"[省市县区州盟旗厅局]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A level word, a place of an issuer, or a list of them (省、市、县)."""

    words: tuple[str, ...]
    ranks: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Side:
    """What an issuer may call its own area. `places` maps each word to the rank of the area."""

    rank: int | None
    places: tuple[tuple[str, int], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Places and level words, the longest first, with 全, 我 or 本 before and 级, 政府 or 委 behind."""
        places = sorted((word for word, _ in self.places), key=lambda word: (-len(word), word))
        choices = "|".join([*map(re.escape, places), level_pattern()])
        return re.compile(rf"{NO_COUNTRYSIDE}[全我本]?(?P<word>{choices})(?:本?级(?!市)|(?:人民)?政府|委(?!员))?")

    @cached_property
    def ranks(self) -> dict[str, int]:
        return {**_ranks(), **dict(self.places)}

    def full_places(self, text: str) -> Iterator[re.Match[str]]:
        """Where the text names one of the places by more than one character."""
        return self._full_names.finditer(text) if self._full_names else iter(())

    @cached_property
    def _full_names(self) -> re.Pattern[str] | None:
        words = sorted((word for word, _ in self.places if len(word) > 1), key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words))) if words else None

    def rank_of(self, word: str) -> int:
        """Of a list that no table has, the rank of its lowest member: 县（自治县、市、区）."""
        known = self.ranks.get(word)
        return max(self.rank_of(part) for part in MEMBERS.findall(word)) if known is None else known

    @cached_property
    def _read(self) -> dict[str, tuple[str, tuple[Slot, ...]]]:
        """What `canonical` gave before: the same few words are held against one another again and again."""
        return {}

    def canonical(self, text: str) -> tuple[str, tuple[Slot, ...]]:
        """The text with a sign for each level or place word, neighbours in a list taken as one; and the words."""
        if text not in self._read:
            self._read[text] = self._canonical(text)
        return self._read[text]

    def _canonical(self, text: str) -> tuple[str, tuple[Slot, ...]]:
        words = [match["word"] for match in self.pattern.finditer(text)]
        frame = EACH.sub("各", self.pattern.sub(SLOT, text)) if words else text
        slots: list[Slot] = []
        for match in SLOT_LIST.finditer(frame) if words else ():
            group, words = words[: (count := match.group().count(SLOT))], words[count:]
            slots.append(Slot(words=tuple(group), ranks=tuple(map(self.rank_of, group))))
        return SIGNS.sub("", TIERS.sub("", OFFICE.sub("局", SLOT_LIST.sub(SLOT, frame)))), tuple(slots)


@dataclass(frozen=True, kw_only=True)
class Localiser:
    upper: Side
    lower: Side

    @cached_property
    def steps(self) -> int:
        """Levels between the two issuers; where one is unknown, two at most."""
        if self.upper.rank is None or self.lower.rank is None:
            return 2
        return max(0, self.lower.rank - self.upper.rank)

    @cached_property
    def _place_pattern(self) -> re.Pattern[str] | None:
        words = {word for word, _ in (*self.upper.places, *self.lower.places)}
        ordered = sorted(words, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def fold(self, text: str) -> str:
        """Both issuers' places and all level words made alike, for similarity."""
        if self._place_pattern:
            text = self._place_pattern.sub(SLOT, text)
        return FOLDED.sub(SLOT, _level_pattern().sub(SLOT, text))

    def is_swap(self, upper: str, lower: str) -> bool:
        """Whether the two differ only by level or place words that answer each other."""
        if not (self.may_swap(upper) and self.may_swap(lower)):
            return False
        frame, slots = self.upper.canonical(upper)
        other_frame, other_slots = self.lower.canonical(lower)
        if frame != other_frame or len(slots) != len(other_slots) or SIGNS.sub("", upper) == SIGNS.sub("", lower):
            return False
        return all(self._answers(a, b) for a, b in zip(slots, other_slots, strict=True))

    def may_swap(self, text: str) -> bool:
        """Whether a level, a place or an office may stand in a text: what cannot is no part of a swap."""
        return not self._openings.isdisjoint(text)

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(word[0] for word in (*self.upper.ranks, *self.lower.ranks)) | OFFICE_OPENINGS

    def names_own_level(self, text: str) -> bool:
        """Whether a text of the upper notice names its issuer's own level or area: 省级, 山东."""
        return any(self.upper.rank_of(match["word"]) == self.upper.rank for match in self.upper.pattern.finditer(text))

    def same_level(self, upper: str, lower: str) -> bool:
        """Whether two texts name the same levels and otherwise read alike: 县级人民政府, 区县政府."""
        frame, slots = self.upper.canonical(GOVERNMENT.sub("", upper))
        other_frame, other_slots = self.lower.canonical(GOVERNMENT.sub("", lower))
        ranks = [{rank for slot in group for rank in slot.ranks} for group in (slots, other_slots)]
        return frame == other_frame and ranks[0] == ranks[1] and ANY_RANK not in ranks[0] and bool(slots)

    def is_below(self, text: str) -> bool:
        """Whether a text is nothing but levels below the upper issuer that the lower one speaks to: 各县（市、区）."""
        words = [match["word"] for match in self.lower.pattern.finditer(text)]
        rest = SIGNS.sub("", self.lower.pattern.sub("", text)).removeprefix("各")
        least = self.lower.rank or 1
        return bool(words) and not rest and all(self.lower.ranks[word] >= least for word in words)

    def _answers(self, upper: Slot, lower: Slot) -> bool:
        if upper.words == lower.words:
            return True
        if set(upper.words) < set(lower.words):  # 省级 -> 省级、市级 extends a list
            return False
        if set(lower.words) < set(upper.words):  # 省、市 -> 市 leaves the top out; 市、县 -> 市 is a change
            return max(self.upper.ranks[w] for w in set(upper.words) - set(lower.words)) < min(lower.ranks)
        if ANY_RANK in upper.ranks or ANY_RANK in lower.ranks:
            return True
        step = min(lower.ranks) - min(upper.ranks)
        return 0 <= step <= self.steps


@cache
def level_pattern() -> str:
    """A level word, with another one in brackets or not: 县, 县（市、区）, 街道（乡镇）. For use in larger patterns."""
    choices = "|".join(map(re.escape, sorted(_ranks(), key=lambda word: (-len(word), word))))
    return rf"(?:(?:{choices})(?:（(?:{choices})(?:、(?:{choices})){{0,3}}）)?)"


@cache
def first_characters() -> frozenset[str]:
    """What a level word may begin with."""
    return frozenset(word[0] for word in _ranks())


@cache
def _ranks() -> dict[str, int]:
    table = lexicon.load("levels")
    ranks = {word: level["rank"] for level in table["level"] for word in level["words"]}
    return ranks | dict.fromkeys(table["any"]["words"], ANY_RANK)


@cache
def _level_pattern() -> re.Pattern[str]:
    words = [word for word, rank in _ranks().items() if rank != ANY_RANK and len(word) > 1]
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def build_localiser(upper: Notice, lower: Notice) -> Localiser:
    return Localiser(upper=_side(upper), lower=_side(lower))


def _side(notice: Notice) -> Side:
    rank = RANK_OF.get(notice.level) if notice.level else None
    return Side(rank=rank, places=tuple(sorted(_places(notice).items())))


COUNTY = re.compile(
    r"(?:[一-龥]{2,10}(?:省|自治区|市|州|盟|地区))?(?P<name>[一-龥]{1,8}?[县区旗市])(?:人民政府|委员会)"
)


def _places(notice: Notice) -> dict[str, int]:
    """Names of the issuer's area and of those above it, with the rank of each."""
    found: dict[str, int] = {}
    for name, rank in ((notice.province, 1), (notice.city, 2)):
        area = by_name().get(name) if name else None
        names = _names(area) if area else (name,) if name else ()
        found |= dict.fromkeys(names, rank)
    if notice.level is Level.COUNTY:
        for issuer in notice.issuers:
            if match := COUNTY.match(issuer):
                found |= dict.fromkeys((match["name"], match["name"][:-1]), RANK_OF[Level.COUNTY])
    return {name: rank for name, rank in found.items() if name}


def _names(area: Area) -> tuple[str, ...]:
    """山东省, 山东 and 鲁; 内蒙古自治区 also as 内蒙古."""
    return area.name, area.short, *area.characters
