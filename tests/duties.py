"""Notices for tests of the table of duties, read by the real parser: one that leads, one that implements, a hostile one."""

from functools import cache

from corpus import samples
from extract import extract_bytes
from extract.notice import Document, Notice
from templates.duty_table import DutyOptions, DutyTable, Grouping, build_duty_table

PLAN = "济政办函〔2021〕16号"
UPPER = "鲁政字〔2021〕136号"

ROLES = """青政发〔2023〕5号
青岛市人民政府
关于做好稳外贸工作的通知
各区市人民政府，市政府各部门：
为做好稳外贸工作，现通知如下。
一、支持企业
（一）扩大出口。开展“百展千企”行动，6月底前制定实施方案。（市商务局牵头，市财政局、市贸促会配合）
（二）降低成本。对小微企业按投保费用的80%给予支持，最高不超过50万元，政策有效期至2024年12月31日。（市财政局、市商务局负责）
二、优化服务
（三）畅通物流。每月5日通报港口运行情况。（市交通运输局，各区市政府）
（四）加强培训。持续提升企业开拓市场能力。
青岛市人民政府
2023年3月1日
"""
HOSTILE = """青政发〔2023〕6号
青岛市人民政府
关于做好表格处理工作的通知
各区市人民政府：
现通知如下。
一、处理特殊文字
（一）公式文字。=cmd|'/c calc'!A0 应当原样保留，<script>alert(1)</script>也是。（市财政局负责）
（二）标记文字。{{7*7}}、{%raw%}与&amp;应当原样保留。（市大数据局负责）
青岛市人民政府
2023年3月1日
"""


@cache
def read_text(text: str) -> Document:
    return extract_bytes(text.encode(), "通知.txt")


@cache
def read_sample(number: str = PLAN) -> Document:
    return extract_bytes(samples.read(number), samples.file_name(number))


def plan() -> Notice:
    return read_sample().notices[0]


def upper() -> Notice:
    return read_sample().notices[1]


def table_of(text: str, by: str = "clause", *, infer_lead: bool = False) -> DutyTable:
    document = read_text(text)
    options = DutyOptions(by=Grouping(by), infer_lead=infer_lead)
    return build_duty_table(document.notices[0], document.source, options)


def plan_table(by: str = "clause", *, infer_lead: bool = False) -> DutyTable:
    options = DutyOptions(by=Grouping(by), infer_lead=infer_lead)
    return build_duty_table(plan(), read_sample().source, options)
