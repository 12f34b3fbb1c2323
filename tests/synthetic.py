"""Notices by the hundred thousand, made from the grammar of the field: a number in, the same notice each time.

Families of eight: a provincial notice, then seven of its cities that carry it out, each keeping, adapting and adding
clauses. Every third family cites a national notice that is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from extract.areas import Area, areas, by_character
from extract.notice import Level

FAMILY = 8


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NUMERALS = "一二三四五六七八九十"

SUBJECTS = words(
    "就业创业 技能培训 人才引进 社会保险 工伤保险 失业保险 高技能人才 职业院校 重点企业 中小微企业 专精特新企业 民营经济 数字经济 先进制造业 现代农业 乡村振兴"
    " 科技创新 成果转化 知识产权 营商环境 政务服务 数据共享 绿色金融 普惠金融 融资担保 对外贸易 跨境电商 招商引资 物流枢纽 交通基础设施 水利工程 污染防治"
    " 生态修复 节能降碳 城市更新 老旧小区改造 保障性住房 养老服务 托育服务 医疗卫生 基层卫生 义务教育 学前教育 文化旅游 全民健身 食品安全 安全生产 应急管理"
    " 防灾减灾 社会救助 残疾人保障 退役军人安置 农民工工资 粮食安全 种业振兴 高标准农田 畜牧养殖 海洋渔业 林业碳汇 矿产资源 工业互联网 人工智能 集成电路 生物医药"
    " 新能源汽车 新型储能 轨道交通 航空航天 家政服务 夜间经济 首店经济 会展经济 消费促进 价格监测 市场监管 信用体系 公共资源交易 政府采购 国有资产 审计整改"
)
ACTIONS = words(
    "加强 完善 推进 支持 规范 优化 深化 落实 健全 扩大 提升 强化 鼓励 引导 建立 拓宽 加快 统筹 保障 改进 细化 压实 推动 开展 组织 实施 培育 搭建 畅通 简化"
)
OBJECTS = words(
    "工作机制 政策体系 服务平台 专项行动 资金保障 项目库 责任清单 考核评价 信息系统 人才队伍 标准体系 示范基地 监测预警 经办流程 融资渠道 宣传引导 督导检查 跟踪问效"
    " 联席会议制度 动态管理 信息公开 业务培训 风险防控 部门协同 区域合作 产业链条 创新联合体 公共服务 设施建设 投诉举报机制"
)
RECEIVERS = words(
    "符合条件的企业 重点群体 高校毕业生 返乡创业人员 新引进项目 首次入库的单位 示范企业 经认定的平台 参训人员 吸纳就业的企业"
)
BENEFITS = words("一次性补贴 奖励 创业担保贷款 贷款贴息 岗位补贴 社会保险补贴 培训补贴 稳岗返还 租金减免 研发补助")
FUNCTIONS = words(
    "发展改革委 教育厅 科技厅 工业和信息化厅 公安厅 民政厅 司法厅 财政厅 人力资源社会保障厅 自然资源厅 生态环境厅 住房城乡建设厅 交通运输厅 水利厅 农业农村厅"
    " 商务厅 文化和旅游厅 卫生健康委 退役军人厅 应急厅 审计厅 国资委 市场监管局 统计局 医保局"
)
KINDS = ("通知", "意见", "实施意见", "行动方案", "若干措施")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What opens a notice."""

    issuer: str
    number: str
    title: str


@cache
def _provinces() -> tuple[tuple[Area, tuple[Area, ...]], ...]:
    """Provinces with at least seven cities whose character is no other's, so that numbers tell notices apart."""
    present = [area for area in areas() if area.until is None]
    members = {
        province: tuple(
            area
            for area in present
            if area.level is Level.PREFECTURE and area.province == province.name and _is_plain(area)
        )
        for province in present
        if province.level is Level.PROVINCE and _is_plain(province)
    }
    return tuple((province, cities) for province, cities in members.items() if len(cities) >= FAMILY - 1)


def _is_plain(area: Area) -> bool:
    return bool(area.characters) and len(by_character()[area.characters[0]]) == 1


def file_name(index: int) -> str:
    return f"{index:06d}.txt"


def notice(index: int) -> bytes:
    """The notice of that index as a text file. Numbers below a million give different document numbers."""
    family, member = divmod(index, FAMILY)
    opened = head(family, member)
    lines = [opened.number, "", opened.title, "", "各有关单位：", "", _opening(family, member)]
    for at, (heading, items) in enumerate(_sections(family, member)):
        lines.append(f"{NUMERALS[at]}、{heading}")
        lines += [f"（{NUMERALS[number]}）{item}" for number, item in enumerate(items)]
    lines += ["", opened.issuer, f"{year(family)}年{1 + family % 12}月{1 + index % 28}日", ""]
    return "\n".join(lines).encode()


def notices(count: int, start: int = 0) -> Iterator[tuple[str, bytes]]:
    for index in range(start, start + count):
        yield file_name(index), notice(index)


def year(family: int) -> int:
    return 2015 + family % 10


def area(family: int, member: int) -> Area:
    """Whose notice it is: the province's, or one of its cities'."""
    province, cities = _provinces()[family % len(_provinces())]
    return province if member == 0 else cities[(member - 1 + family // len(_provinces())) % len(cities)]


def head(family: int, member: int) -> Head:
    place = area(family, member)
    code = f"{place.characters[0]}{place.government}发"
    subject, kind = SUBJECTS[family % len(SUBJECTS)], KINDS[family % len(KINDS)]
    issuer = f"{place.name}人民政府"
    return Head(
        issuer=issuer,
        number=f"{code}〔{year(family)}〕{1 + family // len(_provinces())}号",
        title=f"{issuer}关于{ACTIONS[family % len(ACTIONS)]}{subject}{OBJECTS[family % len(OBJECTS)]}的{kind}",
    )


def _opening(family: int, member: int) -> str:
    upper = head(family, 0)
    if member:
        return f"为贯彻落实《{upper.title}》（{upper.number}），结合我市实际，现就有关事项通知如下。"
    if family % 3 == 0:
        subject = SUBJECTS[family % len(SUBJECTS)]
        return f"根据《国务院关于{subject}工作的指导意见》（国发〔{year(family) - 1}〕{1 + family % 40}号）要求，现就有关事项通知如下。"
    return "经研究，现就有关事项通知如下。"


def _sections(family: int, member: int) -> list[tuple[str, list[str]]]:
    """Two chapters of three to five items. A city keeps most of its province's items and writes the rest anew."""
    upper, own = Random(f"family {family}"), Random(f"member {family} {member}")
    sections = []
    for _ in range(2):
        heading = f"{upper.choice(ACTIONS)}{upper.choice(SUBJECTS)}{upper.choice(OBJECTS)}"
        items = [_item(upper) for _ in range(upper.randint(3, 5))]
        if member:
            items = [_localise(item) if own.random() < 0.7 else _localise(_item(own)) for item in items]
        sections.append((heading, items))
    return sections


def _item(random: Random) -> str:
    subject, action, target = random.choice(SUBJECTS), random.choice(ACTIONS), random.choice(OBJECTS)
    sentences = [f"{action}{subject}{target}。", *(_sentence(random) for _ in range(random.randint(1, 3)))]
    first, *others = random.sample(FUNCTIONS, random.randint(1, 4))
    duty = f"省{first}牵头" + ("，" + "、".join(f"省{other}" for other in others) + "配合" if others else "负责")
    return "".join(sentences) + f"（{duty.replace('牵头负责', '负责')}）"


def _sentence(random: Random) -> str:
    subject, target, verb = random.choice(SUBJECTS), random.choice(OBJECTS), random.choice(ACTIONS)
    due, month, share = 2016 + random.randrange(12), random.randint(1, 12), 5 * random.randint(4, 19)
    money = random.choice((5, 10, 20, 30, 50, 80, 100, 200, 300, 500))
    receiver, benefit = random.choice(RECEIVERS), random.choice(BENEFITS)
    return random.choice(
        (
            f"对{receiver}，给予最高不超过{money}万元的{benefit}。",
            f"{due}年{month}月底前，{verb}{subject}{target}，覆盖率不低于{share}%。",
            f"{receiver}可按规定申领{benefit}，期限最长不超过{random.randint(1, 5)}年。",
            f"{verb}{subject}与{random.choice(SUBJECTS)}融合发展，完善{target}。",
            f"全省每年新增{subject}项目{10 * random.randint(1, 50)}个以上，{verb}{target}。",
            f"按每人每月{100 * random.randint(3, 30)}元标准给予{benefit}，资金从{subject}专项资金中列支。",
        )
    )


def _localise(item: str) -> str:
    return (
        item.replace("全省", "全市")
        .replace("省发展改革委", "市发展改革委")
        .replace("厅", "局")
        .replace("（省", "（市")
        .replace("、省", "、市")
        .replace("，省", "，市")
    )
