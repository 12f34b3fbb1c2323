"""Operators that rewrite a notice's structure: sentences, items and sections come, go, move, merge and split."""

import random
import re
from dataclasses import replace

from rewriting import Draft, Item, Rewrite, Section, Sentence, map_sentences, put

NEW_SENTENCES = (
    "建立信息共享平台，实现数据互联互通和业务协同办理。",
    "组建专家咨询委员会，为重大项目论证提供智力支撑。",
    "编制地方标准和操作手册，统一办事流程与文书样式。",
    "依托社区网格开展入户走访，摸清老年人照护需求底数。",
    "规范档案管理，严格保密审查，防止个人信息泄露。",
)
SEGMENTS = re.compile(r"[，；]")


def merge_two(draft: Draft, rng: random.Random) -> Rewrite | None:
    places = [
        (s, i, k)
        for s, section in enumerate(draft.sections)
        for i, item in enumerate(section.items)
        for k in range(len(item.sentences) - 1)
    ]
    if not places:
        return None
    s, i, k = rng.choice(places)
    sentences = draft.sections[s].items[i].sentences
    one, two = sentences[k], sentences[k + 1]
    merged = Sentence(text=one.text[:-1] + "，" + two.text, sources=one.sources | two.sources)
    done = map_sentences(draft, lambda x: [merged] if x is one else [] if x is two else [x])
    return Rewrite(draft=done, sources=merged.sources)


def split_one(draft: Draft, rng: random.Random) -> Rewrite | None:
    def cuts(text: str) -> list[int]:
        return [
            m.start()
            for m in SEGMENTS.finditer(text)
            if 12 <= m.start() <= len(text) - 12 and not re.search(r"[（“][^）”]*$", text[: m.start()])
        ]

    places = [x for x in draft.sentences if cuts(x.text)]
    if not places:
        return None
    old = rng.choice(places)
    cut = rng.choice(cuts(old.text))
    parts = [replace(old, text=old.text[:cut] + "。"), replace(old, text=old.text[cut + 1 :])]
    return Rewrite(draft=put(draft, old, parts), sources=old.sources)


def _with_items(draft: Draft, items: list[list[Item]]) -> Draft:
    sections = [replace(section, items=tuple(new)) for section, new in zip(draft.sections, items, strict=True) if new]
    return replace(draft, sections=tuple(sections))


def _items(draft: Draft) -> list[list[Item]]:
    return [list(section.items) for section in draft.sections]


def drop_item(draft: Draft, rng: random.Random) -> Rewrite | None:
    items = _items(draft)
    s = rng.randrange(len(items))
    item = items[s].pop(rng.randrange(len(items[s])))
    if not any(items):
        return None
    sources = frozenset(n for x in item.sentences for n in x.sources)
    return Rewrite(draft=_with_items(draft, items), types=frozenset({"content_removed"}), sources=sources)


def drop_section(draft: Draft, rng: random.Random) -> Rewrite | None:
    if len(draft.sections) < 3:
        return None
    gone = rng.choice(draft.sections)
    sources = frozenset(n for item in gone.items for x in item.sentences for n in x.sources)
    kept = tuple(section for section in draft.sections if section is not gone)
    return Rewrite(draft=replace(draft, sections=kept), types=frozenset({"content_removed"}), sources=sources)


def add_item(draft: Draft, rng: random.Random) -> Rewrite | None:
    items = _items(draft)
    s = rng.randrange(len(items))
    new = Item(sentences=(Sentence(text=rng.choice(NEW_SENTENCES), sources=frozenset()),))
    items[s].insert(rng.randrange(len(items[s]) + 1), new)
    return Rewrite(draft=_with_items(draft, items), types=frozenset({"content_added"}))


def add_section(draft: Draft, rng: random.Random) -> Rewrite | None:
    new = tuple(Item(sentences=(Sentence(text=text, sources=frozenset()),)) for text in rng.sample(NEW_SENTENCES, 3))
    at = rng.randrange(len(draft.sections) + 1)
    sections = (*draft.sections[:at], Section(heading="强化技术支撑", items=new), *draft.sections[at:])
    return Rewrite(draft=replace(draft, sections=sections), types=frozenset({"content_added"}))


def move_item(draft: Draft, rng: random.Random) -> Rewrite | None:
    items = _items(draft)
    if len(items) < 2:
        return None
    start, end = rng.sample(range(len(items)), 2)
    item = items[start].pop(rng.randrange(len(items[start])))
    items[end].insert(rng.randrange(len(items[end]) + 1), item)
    return Rewrite(draft=_with_items(draft, items), sources=frozenset(n for x in item.sentences for n in x.sources))


def shuffle_items(draft: Draft, rng: random.Random) -> Rewrite | None:
    items = _items(draft)
    rng.shuffle(rng.choice(items))
    return Rewrite(draft=_with_items(draft, items))


def swap_sections(draft: Draft, rng: random.Random) -> Rewrite | None:
    sections = list(draft.sections)
    if len(sections) < 2:
        return None
    a, b = rng.sample(range(len(sections)), 2)
    sections[a], sections[b] = sections[b], sections[a]
    return Rewrite(draft=replace(draft, sections=tuple(sections)))


def renumber(draft: Draft, rng: random.Random) -> Rewrite | None:
    return Rewrite(draft=replace(draft, style="{}. "))


def flatten(draft: Draft, rng: random.Random) -> Rewrite | None:
    """All items of each section as one."""
    sections = [
        replace(x, items=(Item(sentences=tuple(s for item in x.items for s in item.sentences)),))
        for x in draft.sections
    ]
    return Rewrite(draft=replace(draft, sections=tuple(sections)))


def itemise(draft: Draft, rng: random.Random) -> Rewrite | None:
    """Each sentence as its own item."""
    sections = [
        replace(x, items=tuple(Item(sentences=(s,)) for item in x.items for s in item.sentences))
        for x in draft.sections
    ]
    return Rewrite(draft=replace(draft, sections=tuple(sections)))


def rename_headings(draft: Draft, rng: random.Random) -> Rewrite | None:
    names = ["夯实工作基础", "聚力重点突破", "强化要素支持", "优化服务供给", "完善推进体系", "健全长效机制"]
    sections = [replace(section, heading=f"{rng.choice(names)}") for section in draft.sections]
    return Rewrite(draft=replace(draft, sections=tuple(sections)))


def localise(draft: Draft, rng: random.Random) -> Rewrite | None:
    """Every level word one step down, and the province's name made the city's."""

    def words(text: str) -> str:
        for old, new in (
            ("我省", "我市"),
            ("全省", "全市"),
            ("省级", "市级"),
            ("各市", "各县（市、区）"),
            ("山东省", "济南市"),
            ("来鲁", "来济"),
            ("留鲁", "留济"),
            ("省财政", "市财政"),
        ):
            text = text.replace(old, new)
        return text

    done = map_sentences(draft, lambda s: [replace(s, text=words(s.text))])
    return Rewrite(draft=done, types=frozenset({"place_localized", "name_localized"})) if done != draft else None
