"""Automatic numbers of a Word file resolved to the markers Word prints (ECMA-376-1, 17.9)."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from extract.readers.docx_numerals import numeral
from extract.readers.docx_styles import Styles
from extract.readers.docx_xml import attribute, child, children, number, switched_on, tag, value, whole

PLACE = re.compile(r"%([1-9])")
LEVELS = 9
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    start: int = 1
    form: str = "decimal"
    text: str = ""  # with %1 … %9
    suffix: str = "tab"
    restart: int | None = None  # restarts after this level (1-based) or a higher one; 0 never
    legal: bool = False  # all numbers in Arabic digits
    style: str | None = None  # paragraph style that takes this level


@dataclass(slots=True, kw_only=True)
class NumberedList:
    abstract: str
    levels: dict[int, ListLevel]
    start_overrides: dict[int, int]
    used: set[int] = field(default_factory=set)  # levels whose override has been applied


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs in the order of the text; ask once a paragraph."""

    styles: Styles
    lists: dict[str, NumberedList] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)  # by abstract list

    @classmethod
    def of(cls, root: etree._Element | None, styles: Styles) -> "Numbering":
        numbering = cls(styles)
        if root is not None:
            numbering.lists = _read_lists(root, styles)
        return numbering

    def marker(self, paragraph: etree._Element) -> str:
        """The marker printed before a paragraph; empty without automatic number. Counts it."""
        found = self._level_of(paragraph)
        if found is None:
            return ""
        numbered, level = found
        rule = numbered.levels.get(level)
        if rule is None:
            return ""
        self._count(numbered, level)
        return self._print(numbered, rule)

    def _level_of(self, paragraph: etree._Element) -> tuple[NumberedList, int] | None:
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        style = value(properties, "pStyle") or self.styles.default_paragraph
        list_id, level = value(own, "numId"), number(own, "ilvl")
        if list_id is None:
            list_id, styled = self.styles.numbering(style)
            level = styled if level is None else level
            if list_id in self.lists and styled is None:
                level = _styled_level(self.lists[list_id], self.styles.chain(style), level)
        if list_id is None or list_id not in self.lists:
            return None
        return self.lists[list_id], min(max(level or 0, 0), LEVELS - 1)

    def _count(self, numbered: NumberedList, level: int) -> None:
        counts = self.counts.setdefault(numbered.abstract, [None] * LEVELS)
        start = numbered.levels[level].start
        if level in numbered.start_overrides and level not in numbered.used:
            counts[level], start = None, numbered.start_overrides[level]
        numbered.used.add(level)
        current = counts[level]
        counts[level] = start if current is None else current + 1
        for above in range(level):
            if counts[above] is None and above in numbered.levels:
                counts[above] = numbered.levels[above].start
        for below in range(level + 1, LEVELS):
            rule = numbered.levels.get(below)
            # 17.9.10 lvlRestart: 0 never; n only after level n or a higher one.
            if rule is None or rule.restart is None or (rule.restart and level + 1 <= rule.restart):
                counts[below] = None

    def _print(self, numbered: NumberedList, rule: ListLevel) -> str:
        counts = self.counts[numbered.abstract]

        def printed(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            part = numbered.levels.get(level, ListLevel())
            count = counts[level]
            return numeral(part.start if count is None else count, "decimal" if rule.legal else part.form)

        text = PRIVATE_USE.sub("", PLACE.sub(printed, rule.text))
        return text + ("" if rule.suffix == "nothing" or not text else " ")


def _styled_level(numbered: NumberedList, chain: tuple[str, ...], level: int | None) -> int | None:
    linked = (at for style in chain for at, rule in numbered.levels.items() if rule.style == style)
    return next(linked, level)


def _read_lists(root: etree._Element, styles: Styles) -> dict[str, NumberedList]:
    abstracts = {attribute(item, "abstractNumId") or "": item for item in children(root, "abstractNum")}
    targets = {attribute(item, "numId") or "": value(item, "abstractNumId") for item in children(root, "num")}
    lists: dict[str, NumberedList] = {}
    for item in children(root, "num"):
        key = attribute(item, "numId") or ""
        abstract = _followed(value(item, "abstractNumId") or "", abstracts, targets, styles)
        if key == "0" or abstract not in abstracts:
            continue
        levels = {level: rule for level, rule in map(_read_level, children(abstracts[abstract], "lvl")) if level >= 0}
        starts: dict[int, int] = {}
        for override in children(item, "lvlOverride"):
            _override(override, levels, starts)
        lists[key] = NumberedList(abstract=abstract, levels=levels, start_overrides=starts)
    return lists


def _followed(
    abstract: str, abstracts: dict[str, etree._Element], targets: dict[str, str | None], styles: Styles
) -> str:
    """The abstract list a numbering style stands for (17.9.21 numStyleLink)."""
    style = value(abstracts.get(abstract), "numStyleLink")
    if style is None:
        return abstract
    list_id, _ = styles.numbering(style)
    return targets.get(list_id or "") or abstract


def _override(override: etree._Element, levels: dict[int, ListLevel], starts: dict[int, int]) -> None:
    level = whole(attribute(override, "ilvl"))
    if level is None:
        return
    own = child(override, "lvl")
    if own is not None:
        levels[level] = _read_level(own)[1]
    start = number(override, "startOverride")
    if start is not None:
        starts[level] = start
        levels[level] = replace(levels.get(level, ListLevel()), start=start)


def _read_level(item: etree._Element) -> tuple[int, ListLevel]:
    level = whole(attribute(item, "ilvl"))
    start = number(item, "start")
    rule = ListLevel(
        start=1 if start is None else start,
        form=_form(item),
        text=value(item, "lvlText") or "",
        suffix=value(item, "suff") or "tab",
        restart=number(item, "lvlRestart"),
        legal=bool(switched_on(item, "isLgl")),
        style=value(item, "pStyle"),
    )
    return (-1 if level is None or not 0 <= level < LEVELS else level), rule


def _form(item: etree._Element) -> str:
    """The number format; newer ones stand in an alternative (mc:AlternateContent) with a plain one to fall back on."""
    direct = value(item, "numFmt")
    if direct is not None:
        return direct
    formats = (attribute(inner, "val") for inner in item.iter() if tag(inner) == "numFmt")
    return next((form for form in reversed(list(formats)) if form and form != "custom"), "decimal")
