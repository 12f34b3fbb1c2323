"""Force words that describe instead of obliging: conditions, purposes, what a noun is like."""

import re

from extract.notice import Force

REACH = 60  # characters of a sentence looked over on each side

CONDITION = re.compile(r"[^，。；：！？]{0,60}?的(?<!目的)(?=[，；。])")  # 须经批准的，; 不得登记的；
# 依法应当停止发放的其他情形, 可享受优惠政策的对象: the word belongs to what stands before the noun
RELATIVE = re.compile(
    r"(?:不?应当?|可以?|必?须)(?:已经?|尽|及时)?"
    r"(?:享受|申请|解除|停止|终止|缴纳|补缴|缴|参保|接受|回避|提供|办理|认定|审查|现场审查|撤销|追回|退回|支付|分配|借鉴|开展)"
    r"[^，。；：、]{0,20}?的(?:其他)?(?:情形|对象|人员|税款|费用|部分|品种|机构|单位|材料)"
)
ATTRIBUTE = re.compile(r"(?:不?应|可)(?:缴纳部分|缴部分|分配房源|用(?:能力|资源|余额)|支配|收费)")
ONLY_THEN = re.compile(r"(?<![地双对乙甲三各我他她你供需委买卖官校院行多单有])方\Z")  # 方可: a condition, no permission
LEGAL = re.compile(r"(?:法律|法规|规章|规定|明令|国家|明确|依法)\Z")
OF_A_NOUN = re.compile(r"[^，。；：]{0,30}?的")  # 法律禁止传播的信息
IN_ORDER_TO = re.compile(r"(?:^|[，。；：])为(?:了|进一步|切实|全面|做好|加强|认真)?[^。；！？]*\Z")
ENACTING = re.compile(r"[^。；！？]{0,80}?(?:制定本|特制定|特制订|现就|现将|现提出|提出如下|经研究)")
PREMISE = re.compile(r"[^。；！？，]{0,40}?(?:前提下|基础上|同时|情况下|条件下)")
AS_PREMISE = re.compile(r"[^。；！？，]{0,40}?为(?:前提|基础|目标|目的|底线|原则|重点|核心)")
CARRYING_OUT = re.compile(r"(?:执行|落实|实施|出台|制定|宣传|解读|兑现|享受)[^，。；：]{0,20}\Z")
MEASURES = re.compile(r"[^，。；：]{0,40}?(?:政策措施|优惠政策|政策|措施|办法|机制)(?=[，。；]|\Z|等)")
NOUN_TAIL = re.compile(r"(?:鼓励|支持|引导|倡导){0,2}(?=[，。；）]|\Z)")
SPENDING = re.compile(r"[^，。；：、]{1,20}的(?:支出|费用|经费|资金|捐赠)(?![^，。；、]{0,4}[给予纳])")
EXCUSE = re.compile(r"[^，。；]{1,24}(?:为由|为借口|理由|名义|方式)")


def describes(text: str, start: int, end: int, force: Force) -> bool:
    """Whether the force word `text[start:end]` describes."""
    behind = text[max(0, start - REACH) : start]
    if force is Force.ENCOURAGE:
        return _encourages_nobody(text, end, behind)
    if force is Force.ENSURE:
        return _states_aim(text, end, behind)
    if text.startswith("不能以", start):
        return EXCUSE.match(text, end) is None
    described = RELATIVE.match(text, start) or ATTRIBUTE.match(text, start) or CONDITION.match(text, end)
    only_then = force is Force.MAY and ONLY_THEN.search(behind)
    cited = force is Force.PROHIBIT and LEGAL.search(behind) and OF_A_NOUN.match(text, end)
    return bool(described or only_then or cited)


def _states_aim(text: str, end: int, behind: str) -> bool:
    """在确保安全的前提下; 为做好…，确保…，特制定本方案."""
    if behind.endswith("以") and AS_PREMISE.match(text, end):
        return True
    if behind.endswith("为") or (behind.endswith("在") and PREMISE.match(text, end)):
        return True
    return bool(IN_ORDER_TO.search(behind) and ENACTING.match(text, end))


def _encourages_nobody(text: str, end: int, behind: str) -> bool:
    """继续执行鼓励企业吸纳就业优惠政策; 加强鼓励引导; 企业支持科研的支出."""
    if CARRYING_OUT.search(behind) and MEASURES.match(text, end):
        return True
    if NOUN_TAIL.match(text, end) or (IN_ORDER_TO.search(behind) and ENACTING.match(text, end)):
        return True
    return behind.endswith(("企业", "单位", "个人")) and SPENDING.match(text, end) is not None
