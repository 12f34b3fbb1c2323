"""Ways in which a lower notice rewrites its upper one, each with the change types that name it rightly.

Word lists here are the test's own and differ from the comparator's on purpose. `inverse` operators are applied to the
upper notice: what is added there is what the lower one drops.
"""

import random
import re
from collections.abc import Callable

from restructuring import (
    add_item,
    add_section,
    drop_item,
    drop_section,
    flatten,
    itemise,
    localise,
    merge_two,
    move_item,
    rename_headings,
    renumber,
    shuffle_items,
    split_one,
    swap_sections,
)
from rewriting import Operator, rewrite_one

NEW_ITEMS = ("自由职业者", "随军家属", "留学回国人员", "渔民")
QUALIFIERS = ("规模较大的", "重点", "本地注册的", "骨干")
AMOUNT = re.compile(r"(?<!\d)(\d{1,3}(?:\.\d+)?)(万元|元|个月|家|人次|人|场|%|年|名|件|万名|万人)")
DATE = re.compile(r"(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日|底)?(?=前|，|。|；|年底前)")
LIST = re.compile(r"[一-龥]{2,8}(?:、[一-龥]{2,8}){2,}(?=[等，。；和及])")
VERBS = (
    "加强",
    "完善",
    "开展",
    "落实",
    "推动",
    "健全",
    "实施",
    "组织",
    "建立",
    "优化",
    "推进",
    "支持",
    "扩大",
    "提高",
    "深化",
    "做好",
    "构建",
    "发挥",
    "鼓励",
)


Change = Callable[[str, random.Random], str | None]


def _sub(pattern: re.Pattern[str], text: str, rng: random.Random, new: Callable[[re.Match[str]], str]) -> str | None:
    matches = list(pattern.finditer(text))
    if not matches:
        return None
    match = rng.choice(matches)
    return text[: match.start()] + new(match) + text[match.end() :]


def _swap_words(words: dict[str, str]) -> Change:
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def change(text: str, rng: random.Random) -> str | None:
        return _sub(pattern, text, rng, lambda match: words[match.group()])

    return change


def _open_with(words: tuple[str, ...], openings: tuple[str, ...] = VERBS) -> Change:
    """Put words before a sentence that opens with a verb."""

    def change(text: str, rng: random.Random) -> str | None:
        return rng.choice(words) + text if text.startswith(openings) else None

    return change


def _change_amount(text: str, rng: random.Random) -> str | None:
    return _sub(
        AMOUNT,
        text,
        rng,
        lambda m: (
            f"{int(float(m[1]) * rng.choice((2, 3))) + 1}{m[2]}"
            if m[2] != "%"
            else f"{min(95, int(float(m[1])) // 2 + 3)}%"
        ),
    )


def _change_deadline(text: str, rng: random.Random) -> str | None:
    return _sub(DATE, text, rng, lambda m: m.group().replace(m[1], str(int(m[1]) + rng.choice((-1, 1, 2)))))


def _reorder_list(text: str, rng: random.Random) -> str | None:
    def new(match: re.Match[str]) -> str:
        items = match.group().split("、")
        return "、".join([items[0], items[2], items[1], *items[3:]]) if len(items) > 3 else match.group()

    return _sub(LIST, text, rng, new)


def _drop_list_item(text: str, rng: random.Random) -> str | None:
    def new(match: re.Match[str]) -> str:
        items = match.group().split("、")
        del items[rng.randrange(1, len(items) - 1)]
        return "、".join(items)

    return _sub(LIST, text, rng, new)


def _add_list_item(text: str, rng: random.Random) -> str | None:
    def new(match: re.Match[str]) -> str:
        items = match.group().split("、")
        items.insert(rng.randrange(1, len(items)), rng.choice(NEW_ITEMS))
        return "、".join(items)

    return _sub(LIST, text, rng, new)


def _drop_segment(text: str, rng: random.Random) -> str | None:
    """A middle or last statement without number, date or brackets."""
    parts = re.split(r"(?<=[，；。])", text)
    plain = [
        at
        for at in range(1, len(parts))
        if parts[at].startswith(VERBS)
        and 6 <= len(parts[at]) <= 24
        and not re.search(r"[\d（）“”的、]", parts[at][:-1])
    ]
    if not plain or len("".join(parts)) < 30:
        return None
    at = rng.choice(plain)
    rest = parts[:at] + parts[at + 1 :]
    return "".join(rest).rstrip("，；。") + "。"


def _add_segment(text: str, rng: random.Random) -> str | None:
    return (
        text[:-1] + rng.choice(("，定期通报工作进展", "，设立公开监督电话", "，编发典型案例汇编")) + "。"
        if text[-1] == "。"
        else None
    )


def _add_qualifier(text: str, rng: random.Random) -> str | None:
    return _sub(
        re.compile(r"(?<=[对为向励持])(?:企业|用人单位|机构|劳动者|人力资源服务机构)"),
        text,
        rng,
        lambda m: rng.choice(QUALIFIERS) + m.group(),
    )


def _add_brand(text: str, rng: random.Random) -> str | None:
    if "“" in text:
        return None
    return _sub(
        re.compile(r"(?<=[一-龥])(?:行动|计划|工程|集群|平台)"),
        text,
        rng,
        lambda m: rng.choice(("“春雨”", "“领航”", "“百千万”")) + m.group(),
    )


def _punctuate(text: str, rng: random.Random) -> str | None:
    return _sub(re.compile("，"), text, rng, lambda _: "；") if "，" in text else None


def _one(change: Change, *types: str) -> Operator:
    return lambda draft, rng: rewrite_one(draft, rng, change, types)


OPERATORS: dict[str, Operator] = {
    "change an amount": _one(_change_amount, "amount_changed", "target_changed"),
    "turn a floor into a ceiling": _one(
        _swap_words({"不低于": "不超过", "不少于": "不超过", "最高": "最低", "不超过": "不低于"}),
        "amount_changed",
        "target_changed",
    ),
    "add an amount": _one(
        lambda t, r: _sub(
            re.compile(r"(?<=给予)(?=[一-龥]{0,10}(?:补贴|奖补|补助|奖励))"), t, r, lambda m: "每人1200元"
        ),
        "amount_added",
    ),
    "change a deadline": _one(_change_deadline, "deadline_changed"),
    "add a deadline": _one(_open_with(("2024年6月底前", "2025年12月31日前")), "deadline_added"),
    "add a condition": _one(
        _open_with(("对连续经营满两年的，", "在确保资金安全的前提下，", "经主管部门审核同意后，")), "condition_added"
    ),
    "permission to duty": _one(
        _swap_words({"可享受": "应享受", "可按": "应按", "可申请": "应申请", "可在": "应在"}), "obligation_strengthened"
    ),
    "encouragement to duty": _one(_swap_words({"鼓励": "要求"}), "obligation_strengthened"),
    "weaken a verb": _one(
        lambda t, r: re.sub(r"^(?:开展|组织|落实|实施|推进|推动|加强)", "协助开展", t), "obligation_weakened"
    ),
    "explore first": _one(
        lambda t, r: "探索" + t if t.startswith(("建立", "开展", "实施", "构建", "推行")) else None,
        "obligation_weakened",
    ),
    "only strive": _one(
        lambda t, r: "力争" + t if t.startswith(("扩大", "提高", "推动", "开发", "建设")) else None,
        "obligation_weakened",
    ),
    "name an actor": _one(_open_with(("各县（市、区）人民政府要", "各有关部门要", "由市财政局负责")), "actor_changed"),
    "add a list item": _one(_add_list_item, "scope_widened", "content_added"),
    "drop a list item": _one(_drop_list_item, "content_removed", "scope_narrowed"),
    "reorder a list": _one(_reorder_list, "wording"),
    "add a qualifier": _one(_add_qualifier, "scope_narrowed"),
    "add a brand": _one(_add_brand, "scope_narrowed"),
    "reword with synonyms": _one(
        _swap_words({"加强": "强化", "完善": "健全", "推动": "推进", "提高": "提升", "促进": "推动", "健全": "完善"}),
        "wording",
    ),
    "add a filler": _one(_open_with(("进一步", "切实", "持续", "积极")), "wording"),
    "drop a statement": _one(_drop_segment, "content_removed", "target_removed"),
    "add a statement": _one(_add_segment, "content_added"),
    "add a target": _one(lambda t, r: t[:-1] + "，全年新增培训5000人次以上。", "target_added"),
    "change the punctuation": _one(_punctuate),
    "merge two sentences": merge_two,
    "split a sentence": split_one,
    "drop an item": drop_item,
    "drop a section": drop_section,
    "add an item": add_item,
    "add a section": add_section,
    "move an item to another section": move_item,
    "shuffle the items of a section": shuffle_items,
    "swap two sections": swap_sections,
    "renumber": renumber,
    "join the items of each section": flatten,
    "make an item of each sentence": itemise,
    "rename the headings": rename_headings,
    "localise": localise,
}

# Applied to the upper notice: the lower one then drops what was added.
INVERSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "drop an amount": ("add an amount", ("amount_removed",)),
    "drop a deadline": ("add a deadline", ("deadline_removed",)),
    "drop a condition": ("add a condition", ("condition_removed",)),
    "drop an actor": ("name an actor", ("actor_changed",)),
    "drop a qualifier": ("add a qualifier", ("scope_widened",)),
    "drop a brand": ("add a brand", ("scope_widened",)),
    "drop a target": ("add a target", ("target_removed",)),
    "duty to permission": ("permission to duty", ("obligation_weakened",)),
    "duty to encouragement": ("encouragement to duty", ("obligation_weakened",)),
    "strengthen a verb": ("weaken a verb", ("obligation_strengthened",)),
    "stop exploring": ("explore first", ("obligation_strengthened",)),
}
STRUCTURAL = (
    "merge two sentences",
    "split a sentence",
    "drop an item",
    "drop a section",
    "add an item",
    "add a section",
    "move an item to another section",
    "shuffle the items of a section",
    "swap two sections",
    "renumber",
    "join the items of each section",
    "make an item of each sentence",
    "rename the headings",
)
