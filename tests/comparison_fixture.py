"""Comparisons for the report tests.

One is read and compared; two are made without reader or comparer: one is the hand-made gold of 鲁政字〔2021〕136号 and 济政办函〔2021〕16号; one is small and holds every shape,
relation and overlap a report has to show.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from compare import compare, pair_within
from compare.comparison import (
    IMMATERIAL,
    Accounting,
    Change,
    ChangeType,
    Comparison,
    Counterpart,
    DepartmentRow,
    Direction,
    Party,
    Relation,
    SentenceRef,
    Summary,
    Unit,
)
from extract import extract_file
from extract.notice import (
    Clause,
    Department,
    Grain,
    Level,
    Notice,
    Place,
    Responsibility,
    ResponsibilitySource,
    Role,
    Source,
)
from extract.span import Span

SAMPLE = Path(str(files("corpus.samples").joinpath("济政办函〔2021〕16号.txt")))
GOLDEN = Path(__file__).parent / "golden"
CHARACTERS_A_PAGE = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    comparison: Comparison
    upper: Notice
    lower: Notice
    upper_source: Source
    lower_source: Source

    def arguments(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("comparison", "upper", "lower", "upper_source", "lower_source")}


@dataclass
class NoticeWriter:
    """Writes a notice's text clause by clause and keeps the spans."""

    text: str = ""
    clauses: list[Clause] = field(default_factory=list)
    refs: dict[tuple[str, int], SentenceRef] = field(default_factory=dict)

    def add(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        return Span(start, len(self.text))

    def clause(
        self,
        key: str,
        sentences: Sequence[str] = (),
        *,
        marker: str | None = None,
        heading: str | None = None,
        parent: str | None = None,
        duty: str | None = None,
        departments: Sequence[str] = (),
    ) -> None:
        start = len(self.text)
        if marker:
            self.add(marker)
        heading_span = self.add(heading) if heading else None
        if heading:
            self.add("。")
        for index, sentence in enumerate(sentences, 1):
            self.refs[key, index] = SentenceRef(clause=key, sentence=index, span=self.add(sentence), quote=sentence)
        responsibilities = (self.responsibility(duty, departments),) if duty else ()
        span = Span(start, len(self.text))
        self.clauses.append(
            Clause(
                id=key,
                parent=parent,
                level=0 if marker is None else key.count("/") + 1,
                marker=marker,
                heading=heading,
                text="".join(sentences),
                span=span,
                heading_span=heading_span,
                responsibilities=responsibilities,
                places=tuple(self.places(span)),
            )
        )

    def responsibility(self, quote: str, departments: Sequence[str]) -> Responsibility:
        return Responsibility(
            quote=quote,
            span=self.add(quote),
            source=ResponsibilitySource.PARENTHESIS,
            role=Role.RESPONSIBLE,
            departments=tuple(Department(name=name, full_name=name) for name in departments),
        )

    @staticmethod
    def places(span: Span) -> Iterable[Place]:
        for page in range(span.start // CHARACTERS_A_PAGE, (span.end - 1) // CHARACTERS_A_PAGE + 1):
            part = Span(max(span.start, page * CHARACTERS_A_PAGE), min(span.end, (page + 1) * CHARACTERS_A_PAGE))
            yield Place(page=page + 1, box=(80.0, 100.0, 520.0, 700.0), path=None, span=part)

    def notice(self, meta: dict[str, Any]) -> Notice:
        issued = meta["issued"]
        return Notice(
            document_number=meta["number"],
            issuer_code=None,
            year=None,
            serial=None,
            title=meta["title"],
            issuers=(meta["issuer"],),
            level=Level(meta["level"]),
            province=meta["province"],
            city=meta["city"],
            issued_on=date.fromisoformat(issued) if issued else None,
            recipients=None,
            contact=None,
            disclosure=None,
            copied_to=None,
            attachments=(),
            text=self.text,
            clauses=tuple(self.clauses),
            tables=(),
        )


def source_of(name: str, text: str) -> Source:
    data = text.encode()
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        media_type="application/pdf",
        size=len(data),
        pages=len(text) // CHARACTERS_A_PAGE + 1,
        grain=Grain.GLYPH,
    )


def party_of(notice: Notice, source: Source) -> Party:
    return Party(
        document_number=notice.document_number,
        title=notice.title,
        sha256=source.sha256,
        name=source.name,
        issuers=notice.issuers,
        issued_on=notice.issued_on,
    )


def locate(refs: Sequence[SentenceRef], quote: str | None) -> Span | None:
    for ref in refs:
        at = ref.quote.find(quote) if quote else -1
        if at >= 0 and quote:
            return Span(ref.span.start + at, ref.span.start + at + len(quote))
    return None


def change(
    type_: str,
    upper: Sequence[SentenceRef],
    lower: Sequence[SentenceRef],
    gone: str | None,
    new: str | None,
    **more: Any,
) -> Change:
    kind = ChangeType(type_)
    before, after = (f"“{quote}”" if quote else "（无）" for quote in (gone, new))
    return Change(
        type=kind,
        material=kind not in IMMATERIAL,
        direction=more.get("direction"),
        upper_span=locate(upper, gone),
        upper_quote=gone,
        lower_span=locate(lower, new),
        lower_quote=new,
        detail=more.get("detail", f"上级{before}，本级{after}。"),
    )


def build_pair(
    upper: tuple[NoticeWriter, dict[str, Any]],
    lower: tuple[NoticeWriter, dict[str, Any]],
    units: Sequence[Unit],
    departments: Sequence[DepartmentRow],
    frame: Sequence[Unit] = (),
) -> Pair:
    upper_notice, lower_notice = upper[0].notice(upper[1]), lower[0].notice(lower[1])
    upper_source = source_of("upper.pdf", upper_notice.text)
    lower_source = source_of("lower.pdf", lower_notice.text)
    sides = [sum(len(unit.upper) for unit in units), sum(len(unit.lower) for unit in units)]
    relations = Counter(unit.relation.value for unit in units)
    comparison = Comparison(
        upper=party_of(upper_notice, upper_source),
        lower=party_of(lower_notice, lower_source),
        units=tuple(units),
        frame=tuple(frame),
        departments=tuple(departments),
        accounting=Accounting(
            upper_sentences=sides[0], upper_accounted=sides[0], lower_sentences=sides[1], lower_accounted=sides[1]
        ),
        summary=Summary(
            relations={relation.value: relations[relation.value] for relation in Relation},
            changes=dict(Counter(item.type.value for unit in units for item in unit.changes)),
            material=sum(item.material for unit in units for item in unit.changes),
        ),
        measures={"reuse_share": Decimal("0.7302"), "order_correlation": Decimal(1), "deadline_retention": None},
    )
    return Pair(
        comparison=comparison,
        upper=upper_notice,
        lower=lower_notice,
        upper_source=upper_source,
        lower_source=lower_source,
    )


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text("utf-8").splitlines() if line.strip()]


def sample_pair() -> Pair:
    """The bundled plan of Jinan, read and compared with the provincial notice it prints as its attachment."""
    document = extract_file(SAMPLE)
    pair = pair_within(document)
    assert pair
    upper, lower = pair
    source = document.source
    return Pair(
        comparison=compare(upper, lower, upper_source=source, lower_source=source),
        upper=upper,
        lower=lower,
        upper_source=source,
        lower_source=source,
    )


def gold_pair() -> Pair:
    """The gold alignment of 136号 and Jinan's plan: 63 pairs, 17 of them changed."""
    upper, lower = NoticeWriter(), NoticeWriter()
    sentences = rows("shandong-136/sentences.jsonl")
    duties = {row["clause"]: row for row in rows("shandong-136/responsibilities.jsonl") if row["where"] == "paren"}
    for row in rows("shandong-136/clauses.jsonl"):
        texts = [item["text"] for item in sentences if item["clause"] == row["id"]]
        upper.clause(row["id"], texts, marker=row["marker"], heading=row["heading"], **duty_of(duties, row["id"]))
    duties = {row["clause"]: row for row in rows("jinan-16/responsibilities.jsonl") if row["where"] == "paren"}
    for row in rows("jinan-16/clauses.jsonl"):
        lower.clause(
            row["id"],
            [row["text"]] if row["text"] else [],
            marker=row["marker"],
            heading=row["heading"],
            parent=row["parent"],
            **duty_of(duties, row["id"]),
        )
    units = [gold_unit(number, row, upper, lower) for number, row in enumerate(rows("alignment-136-jinan.jsonl"), 1)]
    departments = [department_row(row) for row in rows("responsibility-136-jinan.jsonl")]
    metas = [json.loads((GOLDEN / name / "meta.json").read_text("utf-8")) for name in ("shandong-136", "jinan-16")]
    return build_pair((upper, metas[0]), (lower, metas[1]), units, departments)


def duty_of(duties: dict[str, dict[str, Any]], key: str) -> dict[str, Any]:
    row = duties.get(key)
    return {"duty": row["quote"], "departments": row["names"]} if row else {}


def gold_unit(number: int, row: dict[str, Any], upper: NoticeWriter, lower: NoticeWriter) -> Unit:
    tops = tuple(upper.refs[part["clause"], index] for part in row["province"] for index in part["sentences"])
    lows = tuple(lower.refs[key, 1] for key in row["municipal"])
    changes = tuple(
        change(item["type"], tops, lows, item["province_quote"], item["municipal_quote"]) for item in row["changes"]
    )
    return Unit(
        id=f"u{number}",
        upper=tops,
        lower=lows,
        shape="1:1",
        relation=Relation(row["relation"]),
        moved=False,
        similarity=1.0 if not changes else 0.86,
        changes=changes,
        evidence={"ngrams": 0.93, "order": 1.0},
    )


def department_row(row: dict[str, Any]) -> DepartmentRow:
    return DepartmentRow(
        upper_clause=row["section"],
        lower_clauses=tuple(item["item"] for item in row["municipal_items"]),
        counterparts=tuple(
            Counterpart(upper=item["province"], lower=item["municipal"]) for item in row["counterparts"]
        ),
        upper_only=tuple(row["province_only"]),
        lower_only=tuple(row["municipal_only"]),
    )


UPPER_META = {
    "number": "甲政发〔2030〕1号",
    "title": "甲省人民政府关于<试验>的通知",
    "issuer": "甲省人民政府",
    "level": "province",
    "province": "甲省",
    "city": None,
    "issued": "2030-01-05",
}
LOWER_META = {
    "number": "乙政发〔2030〕2号",
    "title": "乙市人民政府关于落实{{ 试验 }}的通知",
    "issuer": "乙市人民政府",
    "level": "prefecture",
    "province": "甲省",
    "city": "乙市",
    "issued": "2030-03-01",
}
HOSTILE = '<script>document.title="owned"</script>{{ 7*7 }}{% raw %}=1+1 | *粗* `x` <b>标签</b>&amp;'


def mixed_pair() -> Pair:
    """Nine units: all relations, n:1, a move, nested and crossing changes, text like markup and formulas."""
    upper, lower = mixed_upper(), mixed_lower()
    units = mixed_units(upper.refs, lower.refs)
    frame = Unit(
        id="f1",
        upper=(upper.refs["preamble", 1],),
        lower=(lower.refs["preamble", 1],),
        shape="1:1",
        relation=Relation.MODIFIED,
        moved=False,
        similarity=0.5,
        changes=(change("wording", [upper.refs["preamble", 1]], [lower.refs["preamble", 1]], "稳定", "促进"),),
    )
    departments = (
        DepartmentRow(
            upper_clause="一",
            lower_clauses=("一",),
            counterparts=(Counterpart(upper="省财政厅", lower="市财政局"),),
            upper_only=("省数据局",),
            lower_only=("市总工会",),
        ),
        DepartmentRow(
            upper_clause="二",
            lower_clauses=(),
            counterparts=(),
            upper_only=("省财政厅",),
            lower_only=(),
        ),
    )
    return build_pair((upper, UPPER_META), (lower, LOWER_META), units, departments, (frame,))


def mixed_upper() -> NoticeWriter:
    upper = NoticeWriter()
    upper.clause("preamble", ["为稳定就业，现通知如下："])
    upper.clause(
        "一",
        [
            "对符合条件的企业，省级财政给予每户最高50万元奖补。",
            "各市可探索设立专项资金。",
            "加强全省统筹。",
            "统一口径。",
            "2030年6月底前完成。",
        ],
        marker="一、",
        heading="加大扶持",
        duty="（省财政厅、省数据局负责）",
        departments=["省财政厅", "省数据局"],
    )
    upper.clause(
        "二",
        ["=SUM(A1:A9)应当删去。", HOSTILE + "。"],
        marker="二、",
        heading="<i>防范</i>风险",
        duty="（省财政厅负责）",
        departments=["省财政厅"],
    )
    upper.clause("三", ["全部转办。"], marker="三、", heading="转办")
    return upper


def mixed_lower() -> NoticeWriter:
    lower = NoticeWriter()
    lower.clause("preamble", ["为促进就业，现通知如下："])
    lower.clause(
        "一",
        [
            "对企业，市级财政给予每户最高30万元奖补。",
            "各区县设立专项资金。",
            "加强全市统筹。",
            "统一口径，2030年6月底前完成。",
            "+市级新增一句。",
        ],
        marker="一、",
        heading="加大扶持",
        duty="（市财政局、市总工会负责）",
        departments=["市财政局", "市总工会"],
    )
    lower.clause("二", [HOSTILE + "。"], marker="二、", heading="防范风险")
    lower.clause("四", ["@本市自设一条。"], marker="四、", heading="自设事项")
    return lower


def mixed_units(up: dict[tuple[str, int], SentenceRef], low: dict[tuple[str, int], SentenceRef]) -> list[Unit]:
    def unit(
        number: int, upper: list[SentenceRef], lower: list[SentenceRef], relation: str, *changes: Change, **more: Any
    ) -> Unit:
        shape = more.pop("shape", f"{len(upper)}:{len(lower)}")
        values = {"moved": False, "similarity": 0.8, **more}
        return Unit(
            id=f"u{number}",
            upper=tuple(upper),
            lower=tuple(lower),
            shape=shape,
            relation=Relation(relation),
            changes=changes,
            **values,
        )

    def pair(
        type_: str, upper: list[SentenceRef], lower: list[SentenceRef], gone: str | None, new: str | None, **more: Any
    ) -> Change:
        return change(type_, upper, lower, gone, new, **more)

    a, b, c, d, e = ([up["一", index]] for index in range(1, 6))
    f, g, h, i, j = ([low["一", index]] for index in range(1, 6))
    return [
        unit(
            1,
            a,
            f,
            "modified",
            pair("condition_removed", a, f, "符合条件的", None),
            pair("actor_changed", a, f, "省级财政给予每户", "市级财政给予每户"),
            pair("place_localized", a, f, "省级", "市级"),
            pair("amount_changed", a, f, "每户最高50万元", "每户最高30万元", direction=Direction.LOWERED),
        ),
        unit(
            2,
            b,
            g,
            "modified",
            pair("obligation_strengthened", b, g, "可探索", None),
            pair("place_localized", b, g, "各市", "各区县"),
        ),
        unit(3, c, h, "localized", pair("place_localized", c, h, "全省", "全市")),
        unit(4, [*d, *e], i, "verbatim", shape="n:1"),
        unit(5, [], j, "added", pair("content_added", [], j, None, j[0].quote)),
        unit(6, [up["二", 1]], [], "dropped", pair("content_removed", [up["二", 1]], [], up["二", 1].quote, None)),
        unit(
            7,
            [up["二", 2]],
            [low["二", 1]],
            "verbatim",
            moved=True,
            confidence=0.4,
            evidence={"ngrams": 0.9, "<b>": 0.1},
        ),
        unit(8, [up["三", 1]], [], "dropped", pair("content_removed", [up["三", 1]], [], "全部转办。", None)),
        unit(9, [], [low["四", 1]], "added", pair("content_added", [], [low["四", 1]], None, low["四", 1].quote)),
    ]
