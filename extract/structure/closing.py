"""Unnumbered paragraphs that end a body and speak of the whole notice."""

import re

CLOSING = re.compile(
    r"(?:请各|各地[、要请区各]|以上|本(?:通知|意见|办法|方案|规定|措施|细则|政策|行动|实施|文件|[公通]告|决定|规则|指[引南]|函)|此前|上述|特此|各(?:市|县|区|州|有关)[^。]{0,30}(?:要|请)"
    r"|(?:出席|列席|参会|缺席|请假|参加)(?:会议)?(?:人员|单位|领导|同志)?[：:]|工作中|执行中|有效期|自印发|自发布|未尽事宜|如遇|[^。]{0,20}联系(?:人|电话))"
)


def opens_closing(text: str, at: int) -> bool:
    """Whether a paragraph speaks of the whole notice: 本措施自…起施行, 以上政策…, 请各市…"""
    return CLOSING.match(text, at) is not None
