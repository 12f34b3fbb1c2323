"""A sentence of the upper level in, the same for the lower level out: own places and levels swapped and marked.

Only words that mean the issuer itself are swapped: 我省, 全省, 来鲁, 省政府, 省、市、县三级. What names the upper level
as such (省级, 省财政, 向省政府报告) stays and is pointed out: only a person knows whether it is meant to move.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.areas import Area, by_name
from extract.notice import Level, Notice
from templates.counterparts import Place
from templates.marked_text import Segment

MOVES = "来留在驻赴入返离出援进回籍"  # 来鲁, 留鲁率
QUOTED = re.compile(r"“[^“”]{0,60}”|《[^《》]{0,120}》")
UP_TO = re.compile(r"(?:向|报|报送|报请|报经|上报|请示)$")  # 向省政府报告: the upper level itself is meant
GRANT = r"(?:给予|安排|奖补|奖励|补助|补贴|资助|贴补|承担|下达|拨付|列支|设立)"
MONEY = re.compile(r"\d(?:万|亿)?元|资金|经费|补贴|补助|奖补|奖励|贴息|预算")
WHOLE = r"(?<![健安齐完周保成俱])全"  # 健全省、市、县三级 does not say 全省
OWN_MONEY = {  # the upper level pays: 省级……给予50万元, 省财政安排专项资金
    Level.PROVINCE: re.compile(rf"(?:省|自治区)(?:级财政|财政|级|本级)[^，。；]{{0,40}}?{GRANT}[^，。；]{{0,30}}"),
    Level.NATIONAL: re.compile(rf"(?:中央财政|国家财政|中央)[^，。；]{{0,40}}?{GRANT}[^，。；]{{0,30}}"),
    Level.PREFECTURE: re.compile(rf"(?:市级财政|市财政|市级|市本级)[^，。；]{{0,40}}?{GRANT}[^，。；]{{0,30}}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """What a word of the upper level becomes, where it becomes anything."""

    pattern: str
    below: str | None  # None: it stays and is pointed out


@dataclass(frozen=True, kw_only=True)
class Localiser:
    """From one issuer to one place below it."""

    upper: Notice
    place: Place

    def mark(self, text: str) -> tuple[Segment, ...]:
        """The sentence for the lower level; swapped words are segments of their own."""
        segments: list[Segment] = []
        done = 0
        for start, end, below in self._swaps(text):
            if below is not None and text[start:end] != below:
                segments += [plain(text[done:start]), Segment(text=below, look="localized", tag="")]
                done = end
        segments.append(plain(text[done:]))
        return tuple(segment for segment in segments if segment.text)

    def swapped(self, text: str) -> tuple[str, ...]:
        """我省→我市, each once."""
        pairs = ((text[start:end], below) for start, end, below in self._swaps(text))
        return tuple(dict.fromkeys(f"{old}→{new}" for old, new in pairs if new is not None and old != new))

    def left(self, text: str) -> tuple[str, ...]:
        """Words of the upper level that stay."""
        return tuple(dict.fromkeys(text[start:end] for start, end, below in self._swaps(text) if below is None))

    def own_money(self, text: str) -> str | None:
        """The words by which the upper level says that it pays."""
        pattern = OWN_MONEY.get(self.upper.level) if self.upper.level else None
        match = pattern.search(text) if pattern else None
        return match.group() if match and MONEY.search(match.group()) else None

    def _swaps(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Every word of the upper level, with what it becomes; quoted names are left as they are."""
        quoted = [match.span() for match in QUOTED.finditer(text)]
        for match in self._pattern.finditer(text) if self._rules else ():
            start, end = match.span()
            if any(a <= start and end <= b for a, b in quoted):
                yield start, end, None
                continue
            rule = self._rules[int((match.lastgroup or "r0")[1:])]
            reports = UP_TO.search(text[:start]) is not None
            yield start, end, None if reports else rule.below

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<r{number}>{rule.pattern})" for number, rule in enumerate(self._rules)))

    @cached_property
    def _rules(self) -> tuple[Swap, ...]:
        """The first that matches wins."""
        build: dict[Level | None, Callable[[Localiser], Iterator[Swap]]] = {
            Level.PROVINCE: Localiser._from_province,
            Level.PREFECTURE: Localiser._from_prefecture,
        }
        rules = build.get(self.upper.level)
        return tuple(rules(self)) if rules else ()

    def _from_province(self) -> Iterator[Swap]:
        area = by_name().get(self.upper.province or "")
        own, below = ("区" if area and area.name.endswith("自治区") else "省"), self._kind
        counties = self._below
        whole = "自治区" if own == "区" else "省"
        yield Swap(pattern=r"省、市、县(?:（市、区）|（区）)?三级", below=self._tiers)
        yield Swap(pattern=r"省市县三级", below=self._tiers)
        yield Swap(pattern=r"省、?市、?县(?:（市、区）|（区）)?(?![级区])", below=f"{below}、{counties}")
        yield Swap(pattern=r"有条件的(?:地方|市县|地区|市)(?!场)", below=f"有条件的{counties}")
        yield Swap(pattern=r"各市、各?县(?:（市、区）|市区)?|各市县|各地市?(?![区点])", below=f"各{counties}")
        yield Swap(pattern=r"各(?:设区的)?市(?![场政县区直])", below=f"我{below}")
        yield from self._names(area)
        yield Swap(pattern=rf"我{own}(?!级)", below=f"我{below}")
        yield Swap(pattern=rf"{WHOLE}{own}(?!级)", below=f"全{below}")
        yield Swap(pattern=rf"本{own}(?!级)", below=f"本{below}")
        yield Swap(pattern=rf"{whole}委、?{whole}政府", below=f"{below}委{below}政府")
        yield Swap(pattern=rf"{whole}(?:人民)?政府(?!令)", below=f"{below}政府")
        yield Swap(pattern=rf"{whole}(?:级财政|财政(?!厅|局)|本级|级)", below=None)

    def _from_prefecture(self) -> Iterator[Swap]:
        area = by_name().get(self.upper.city or "")
        below = self._kind
        yield Swap(pattern=r"市、县(?:（市、区）|（区）)?两级", below=f"{below}、乡镇（街道）两级")
        yield Swap(pattern=r"各(?:县（市、区）|县市区|区县|县区|区市)", below=f"我{below}")
        yield from self._names(area)
        yield Swap(pattern=r"我市(?!级)", below=f"我{below}")
        yield Swap(pattern=WHOLE + r"市(?!级)", below=f"全{below}")
        yield Swap(pattern=r"市委、?市政府", below=f"{below}委{below}政府")
        yield Swap(pattern=r"(?<![一-龥])市(?:人民)?政府(?!令)", below=f"{below}政府")
        yield Swap(pattern=r"市(?:级财政|财政(?!局)|本级|级)", below=None)

    def _names(self, area: Area | None) -> Iterator[Swap]:
        """山东省 and 来鲁 become 济南市 and 来济; a bare 山东 may be a name and stays."""
        if area is None:
            return
        lower = by_name().get(self.place.name)
        yield Swap(pattern=re.escape(area.name) + "(?!人民政府办公厅)", below=self.place.name)
        if area.characters and lower is not None and lower.characters:
            characters = "|".join(map(re.escape, area.characters))
            yield Swap(pattern=rf"(?<=[{MOVES}])(?:{characters})", below=lower.characters[0])
        yield Swap(pattern=re.escape(area.short), below=None)

    @property
    def _kind(self) -> str:
        return "市" if self.place.level is Level.PREFECTURE else self.place.name[-1]

    @property
    def _below(self) -> str:
        return self.place.counties if self.place.level is Level.PREFECTURE else "乡镇（街道）"

    @property
    def _tiers(self) -> str:
        return f"{self._kind}、{self._below}两级"


def plain(text: str) -> Segment:
    return Segment(text=text, look="plain", tag="")
