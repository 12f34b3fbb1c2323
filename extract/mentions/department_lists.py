"""A list of departments in, its members out: 省发展改革委、财政厅等 -> 省发展改革委, 省财政厅, open.

Names stay as written; `full_name` adds the prefix that a name shares with the one before it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.areas import by_name, counties
from extract.mentions.context import Context
from extract.mentions.duty_words import any_of
from extract.notice import Department
from extract.organs import LONGEST_NAME, function_key, read_organ


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentList:
    departments: tuple[Department, ...]
    open_ended: bool  # 等


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    name: str
    group: int  # items between two ， or ； share a group
    of_departments: bool = False  # closed by 等部门


BRACKET = r"(?:[（(〔\[][^（）()〔〕\[\]]{0,60}[）)〕\]])"
SEPARATOR = re.compile(r"[、，,；;/／\s]")
TAIL = re.compile(  # 等部门, 等12个单位, 等有关部门（单位）
    r"(?<![中高初平优均上特同])等"
    r"(?:其他|其它)?(?:[省市县区]?[直级属]?各?(?:有关|相关|成员|职能|责任|牵头|配合|主管)?(?:行政管理|行政主管|行政执法|监督管理|监管|管理|执法|审核|行政)?|多个|\d{1,3}[个家]?|[一二三四五六七八九十]{1,3}[个家]?)"
    rf"(?:部门|单位|机构|(?:人民|社会)?团体|群团组织|基层组织|地方|地区|区县|方面)?(?:和单位|单位)?{BRACKET}?(?:各)?$"
)
OF_DEPARTMENTS = re.compile(  # 教育、公安、民政等部门: functions without their ending, nothing to join
    r"^(?!.*(?:[市县区级州]、|行业主管部门$))[^、，；的]{2,20}、(?:[^、，；的]{2,12}、){0,30}[^、，；的]{2,12}(?:部门|部门和单位|部门单位|部门（单位）)$"
)
CLASS = re.compile(  # 商场、银行、车站等经营单位: examples of one class
    r"(?P<examples>(?:[^、，；]{1,20}、){1,20}[^、，；]{1,20})等(?:[^、，；等]{2,10}(?:单位|机构|企业|组织|公司|院校)"
    r"|[^、，；等]{1,16}的(?:主管)?(?:部门|机关|单位|机构))"
)
NAMED_BY = re.compile(  # 县政府、街道办事处委托的评估机构: the list says who named the last
    r"[^，；其]{2,40}(?:政府|部门|机关|局|委|厅|办事处|委员会|单位|机构)"
    r"(?:委托|选定|指定|确定|认定|设立|授权|批准|举办|主管|聘请|选派)的[^、，；的]{2,12}"
)
COMPLETE = re.compile(r".{2,}(?:部门|机关|政府|局|厅|委员会|办公室|办事处|中心)")
REST = re.compile(r"(?:其他|其它)?(?:有关|相关|职能|主管)?(?:部门|部门和单位|单位)")
FUNCTION = re.compile(r"[^的、]{2,10}(?:管理|监管|监督|保护|建设|发展|保障|安全|服务|执法|审批|登记|事务)")
PERSONS = re.compile(r"[^、，；]{0,12}(?:人员|当事人|申请人|负责人|病人|患者|对象|居民|家长|学生|职工)")
LEAD_IN = re.compile(r"(?:并|以及|及|或者|或|再|则|分别)?(?:由|请)?(?:[和与](?=[省市县区各团国]))?")
JUNCTION = re.compile(r"(?<=[局厅委办部院会心联])(?=[省市县区州各团])")  # a line break of a cell, lost in normal text
EACH = re.compile(r"(?<=[区县市州地门位府])(?=各)")  # 各地区各部门
CONJUNCTION = re.compile(rf"以及|及其|或者|特别是|尤其是|[和与及暨或]|{JUNCTION.pattern}|{EACH.pattern}")
AND = re.compile("以及|及其|[和及]")
_HEADS = any_of("organs", "public", "bodies", "persons")
ORGAN = re.compile(rf"(?:[一-龥A-Za-z0-9“”、]|{BRACKET})*(?:{_HEADS}){BRACKET}?(?:[一-龥]{{2,8}}分局)?")
AREAS = any_of("organs", "areas")
AREA = re.compile(
    r"各级|(?:(?:中央|国家)、?|兵团(?=各))?(?:各|全|本|其他|其余|有关|相关|所有|[一-龥]{0,8}所在|所辖)?"
    rf"(?:{AREAS}){BRACKET}?(?:、?各?(?:{AREAS}){BRACKET}?){{0,3}}(?:本?级|[两三四五]级)?{BRACKET}?"
)
GENERIC = frozenset(
    {"部门", "单位", "机构", "企业", "政府", "人民政府", "个人", "组织", "学校", "机关", "办公室", "中心", "委员会"}
)
RANKED = re.compile(
    r"各?(?:设区的?|地级以上|所辖)?(?P<rank>自治区|直辖市|自治[州县旗]|[省市州盟地师县区旗乡镇街村团])(?![直属])"
)
TOWN_GOVERNMENT = re.compile(r"[市县区](?:人民)?政府")  # 各区、市政府: a city's districts and county-level cities
ZONE = re.compile(r"(?:开发区|功能区|高新区|园区|新区)")
RANKS = {char: rank for rank, chars in enumerate(("省", "市州盟地师", "县区旗", "乡镇街团", "村")) for char in chars}
RANKS |= {"自治区": 0, "直辖市": 0, "自治州": 1, "自治县": 2, "自治旗": 2}

YOUTH_LEAGUE = re.compile(r"(?:共青)?团(?P<prefix>[省市县区州盟旗])委")
SECTION = re.compile(r"(?P<prefix>[局厅委办部院])(?P<name>[一-龥]{1,16}[科处室])")
BARE_SECTION = re.compile(r"[一-龥]{1,16}[科处室]")
BUREAU = re.compile(r"(?:(?![省市县区州盟旗镇])[一-龥]){2,12}[局厅]")  # of no listed function and without a place
OWN_STANDING = re.compile(r"各|有关|相关|其他|国家|中国|中央|全国|人民银行|人行|国网|团[省市县区州]")


def read_list(text: str, context: Context) -> DepartmentList:
    """The departments of a list, in order."""
    if _is_one_class(text):
        return DepartmentList(departments=(Department(name=text, full_name=text, key=None),), open_ended=False)
    items: list[_Item] = []
    open_ended = False
    pieces = _pieces(text)
    for item in pieces if OF_DEPARTMENTS.search(text) else _merge(pieces):
        for part in _split_conjunctions(LEAD_IN.sub("", item.name, count=1)):
            closed = TAIL.sub("", part)
            open_ended = open_ended or closed != part
            if closed:
                items.append(replace(item, name=closed, of_departments="部门" in part[len(closed) :]))
    departments, _ = share_prefix(_departments(items, context), "", context)
    return DepartmentList(departments=departments, open_ended=open_ended)


def _is_one_class(text: str) -> bool:
    """Whether a list describes one group of bodies and is no list of organs."""
    if NAMED_BY.fullmatch(text):
        return True
    match = CLASS.fullmatch(text)
    return (
        match is not None and not TAIL.search(text) and not all(map(is_organ, re.split("[、和及]", match["examples"])))
    )


def is_organ(name: str) -> bool:
    """Whether a name has the form of something that can be charged with a duty."""
    return 1 < len(name) <= LONGEST_NAME and (
        function_key(name) is not None or ORGAN.fullmatch(name) is not None or is_area(name) or is_place(name)
    )


def is_area(name: str) -> bool:
    """各市, 县（市、区）, 各区县"""
    return AREA.fullmatch(name) is not None


def is_place(name: str) -> bool:
    """历下区, 秦安县, 珠海市: a place by its full name, which stands for its government."""
    return name in counties() or (name.endswith(("市", "州", "盟", "地区")) and name in by_name())


def _pieces(text: str) -> Iterator[_Item]:
    """Split at 、，； outside brackets."""
    depth, start, group = 0, 0, 0
    for at, char in enumerate(text):
        if char in "（(〔[":
            depth += 1
        elif char in "）)〕]":
            depth = max(0, depth - 1)
        elif depth == 0 and SEPARATOR.match(char):
            if at > start:
                yield _Item(name=text[start:at], group=group)
            start = at + 1
            group += char != "、"
    if start < len(text):
        yield _Item(name=text[start:], group=group)


def _merge(items: Iterable[_Item]) -> Iterator[_Item]:
    """Join what 、 has cut inside one name: 各市、县（市、区）人民政府; 经认定的省级、市级载体; 党委、政府."""
    run: list[_Item] = []
    for item in items:
        if run and not (run[-1].group == item.group and _belongs(run[-1].name, item.name)):
            yield _joined(run)
            run = []
        run.append(item)
    if run:
        yield _joined(run)


def _joined(run: list[_Item]) -> _Item:
    return replace(run[0], name="、".join(item.name for item in run))


def _belongs(last: str, name: str) -> bool:
    if is_area(last):
        zone = ZONE.match(name) is not None and function_key(name) != "functional_area"
        return zone or _falls(last, name) or (last.startswith("各") and TOWN_GOVERNMENT.fullmatch(name) is not None)
    if TAIL.search(last):
        return False
    if last.endswith("党委") and re.fullmatch(r"(?:人民)?政府.{0,3}", name):
        return True
    return not (is_organ(last) or _shares_ending(last) or _shares_ending(AND.split(last)[-1]))


def _falls(before: str, name: str) -> bool:
    """各市、县（市、区）人民政府 goes down the levels; 各区县、市财政局 does not and is two names."""
    upper, lower = RANKED.match(before), RANKED.match(name)
    if upper is None or lower is None or (name.startswith("各") and is_area(name)):
        return False
    if RANKS[upper["rank"]] == RANKS[lower["rank"]]:  # 各省、自治区, 各市、州, 各区、县（市）
        return upper["rank"] != lower["rank"] and function_key(name) in {None, "local_government"}
    return RANKS[upper["rank"]] < RANKS[lower["rank"]]


def _shares_ending(name: str) -> bool:
    """教育、公安、民政部门: a function without its ending."""
    return function_key(f"{name}部门") is not None


def _split_conjunctions(name: str) -> list[str]:
    """市农业农村局和水利局 are two, 人力资源和社会保障局 is one."""
    if len(name) > LONGEST_NAME or (function_key(name) is not None and not _two_organs(name)):
        return [name]
    parts, done = [], 0
    for match in CONJUNCTION.finditer(name):
        left, right = name[done : match.start()], name[match.end() :]
        if left.count("（") == left.count("）") and _splits(left, match[0], right):
            parts.append(left)
            done = match.end()
    return [*parts, name[done:]]


def _two_organs(name: str) -> bool:
    cuts = ((name[: match.start()], name[match.end() :]) for match in CONJUNCTION.finditer(name))
    return any(function_key(right) and (function_key(left) or COMPLETE.fullmatch(left)) for left, right in cuts)


def _splits(left: str, conjunction: str, right: str) -> bool:
    if right in GENERIC or left in GENERIC or (left.endswith("党委") and right.startswith(("政府", "人民政府"))):
        return False
    if not conjunction:
        return _adjoins(left, right)
    if (REST.fullmatch(right) and FUNCTION.fullmatch(left)) or (COMPLETE.fullmatch(left) and _shares_ending(right)):
        return True  # 社会组织管理和相关部门; 县人民政府及其教育、公安等部门
    known = is_organ(left) or PERSONS.fullmatch(left) is not None or (right.endswith("部门") and _shares_ending(left))
    return known and is_organ(right)


def _adjoins(left: str, right: str) -> bool:
    """Two names without a mark between them: 各地区各部门, 市教育局市公安局."""
    if left.startswith("各") and right.startswith("各"):
        return is_organ(left) and is_organ(right)
    following = JUNCTION.split(right, maxsplit=1)[0]
    return function_key(left) is not None and (function_key(following) is not None or is_area(following))


def _departments(items: list[_Item], context: Context) -> Iterator[Department]:
    """Names with the section prefix (局就业失业科、养老工伤科) or the ending (教育、公安部门) they share."""
    section, group = "", -1
    closed = [number for number, item in enumerate(items, 1) if item.of_departments or item.name.endswith("部门")]
    of_departments = closed[-1] if closed else 0
    for number, item in enumerate(items):
        section, group = (section if item.group == group else ""), item.group
        own = SECTION.fullmatch(item.name)
        full = section + item.name if section and not own and BARE_SECTION.fullmatch(item.name) else item.name
        ending = _lacks_ending(item.name) if number < of_departments else len(items) > 1 and _shares_ending(item.name)
        if function_key(full) is None and ending:
            full = f"{full}部门"
        section = own["prefix"] if own else section
        yield Department(name=item.name, full_name=full, key=function_key(full, context.issued_on))


def _lacks_ending(name: str) -> bool:
    return _shares_ending(name) or (not is_organ(name) and name[-1] not in "市县区级州")


def share_prefix(
    departments: Iterable[Department], prefix: str, context: Context
) -> tuple[tuple[Department, ...], str]:
    """Full names with the level or place of the names before them, and the prefix that the next list may share."""
    shared: list[Department] = []
    for department in departments:
        full = department.full_name
        if full in {department.name, f"{department.name}部门"}:
            full = _full_name(full, prefix)
        prefix = _prefix(full) or prefix
        shared.append(replace(department, full_name=full, key=function_key(full, context.issued_on)))
    return tuple(shared), prefix


OWN_LEVEL = ("省直", "市直", "州直", "盟直", "县直", "区直", "旗直")  # 市直机关工委 takes no 市委


@lru_cache(maxsize=4096)
def _prefix(name: str) -> str:
    """Level or place that the next name may share: 市, 省, 济南市, 国家."""
    if match := YOUTH_LEAGUE.fullmatch(name):
        return match["prefix"]
    organ = read_organ(name)
    return organ.prefix if organ and not organ.prefix.startswith(("各", "有关", "相关")) else ""


def _full_name(name: str, prefix: str) -> str:
    organ = read_organ(name)
    if not prefix or OWN_STANDING.match(name) or name.startswith(OWN_LEVEL):
        return name
    if organ is None:
        return prefix + name if BUREAU.fullmatch(name) else name
    if organ.prefix or organ.own_chain:
        return name
    if prefix in {"国家", "中央", "全国"} and name.endswith("部"):  # ministries take no prefix
        return name
    return f"{prefix}委{name}" if organ.party else f"{prefix}{name}"
