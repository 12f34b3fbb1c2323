"""What a written table remembers of its making, in the file's own 关键词: form, notice, source, options.

Word and Excel both keep this property when a table is edited and saved.
"""

import json
from dataclasses import dataclass

from templates.duty_table import DutyOptions, DutyTable, Grouping

FORM = "duizhao.table/1"
SHORT_HASH = 16  # hexadecimal digits: Word takes at most 255 characters of keywords


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How a table was made."""

    document_number: str | None
    sha256: str  # its first digits
    options: DutyOptions


def write_keywords(table: DutyTable) -> str:
    values = {
        "form": FORM,
        "notice": table.notice.document_number,
        "sha256": table.source.sha256[:SHORT_HASH],
        "by": table.options.by.value,
        "infer_lead": table.options.infer_lead,
        "draft_for": table.options.draft_for,
        "lang": table.options.lang,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_keywords(text: str | None) -> Marks | None:
    """`None` for a file that duizhao did not write, or whose properties were cleared."""
    try:
        values = json.loads(text or "")
        if values["form"] != FORM:
            return None
        return Marks(
            document_number=values["notice"],
            sha256=values["sha256"],
            options=DutyOptions(
                by=Grouping(values["by"]),
                infer_lead=values["infer_lead"],
                draft_for=values["draft_for"],
                lang=values["lang"],
            ),
        )
    except (ValueError, KeyError, TypeError):
        return None
