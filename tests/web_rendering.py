"""A notice as a government's web page."""

import html
from collections.abc import Iterable

from renderings import Look, Paragraph, Part, Table


def build_page(parts: Iterable[Part], facts: dict[str, str], *, encoding: str = "utf-8", declared: str = "") -> bytes:
    """A government web page: navigation, a table of facts, the text in a content system's element, and a foot."""
    body = "".join(_table_html(part) if isinstance(part, Table) else _paragraph_html(part) for part in parts)
    pairs = list(facts.items())
    rows = "".join(
        "<tr>"
        + "".join(f"<td><b>{key}：</b></td><td>{html.escape(text)}</td>" for key, text in pairs[at : at + 2])
        + "</tr>"
        for at in range(0, len(pairs), 2)
    )
    links = "".join(f'<li><a href="/{number}.html">{name}</a></li>' for number, name in enumerate(_MENU))
    page = _PAGE.format(
        declared=declared or encoding, links=links, facts=rows, body=body, title=html.escape(facts.get("标题", ""))
    )
    return page.encode(encoding)


def _paragraph_html(part: Paragraph) -> str:
    align = {Look.BODY: "justify; text-indent: 2em", Look.RIGHT: "right"}.get(part.look, "center")
    return f'<p style="text-align: {align}"><span>{html.escape(part.text)}</span></p>\n'


def _table_html(table: Table) -> str:
    rows = ""
    for index, row in enumerate(table.rows):
        cells = ""
        for column, text in enumerate(row):
            if text is None or (index, column) in table.down:
                continue
            span, down = 1, 1
            while column + span < len(row) and row[column + span] is None:
                span += 1
            while (index + down, column) in table.down:
                down += 1
            cells += f'<td colspan="{span}" rowspan="{down}"><p>{html.escape(text)}</p></td>'
        rows += f"<tr>{cells}</tr>"
    return f"<table border=1>{rows}</table>"


_MENU = ("首页", "机构概况", "新闻动态", "政务公开", "政务服务", "互动交流", "专题专栏", "数据开放")
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{declared}"><title>{title}-某市人民政府</title>
<style>.nav {{ color: red; content: "样式里的文字" }}</style>
<script>var words = "脚本里的文字";</script></head>
<body><div class="nav"><ul>{links}</ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>
<!-- 注释里的文字 -->
<div class="main"><table class="xxgk_table">{facts}</table>
<h1>{title}</h1>
<div class="info">发布时间：2024-01-05 &nbsp; 浏览次数：<span id="hits">128</span> <div class="share">分享到：微信 微博</div></div>
<div class="TRS_Editor">{body}<p>【打印】 【关闭】</p></div></div>
<div class="related"><h3>相关文件</h3><ul>{links}</ul></div>
<div class="footer">版权所有：某市人民政府办公室 <a href="/map">网站地图</a> 备案号：12345678</div>
</body></html>
"""
