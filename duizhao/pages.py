"""Pages of the sources: set for those that have none, and pictures of them with words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duizhao.messages import text
from duizhao.output import write
from duizhao.sources import Choice, clause_name, number_of
from extract.options import ReadOptions
from extract.rendering import REDRAWN, PagePicture, mark_pages, open_pages

if TYPE_CHECKING:
    from duizhao.evidence import Evidence
    from extract import Reading
    from extract.derived_pages import DerivedPages
    from extract.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is drawn when a source is shown: its own bytes, or the pages it was set on."""

    data: bytes
    layout: "Layout"
    derived: bool = False


def derive(choice: Choice, reading: "Reading") -> "DerivedPages | None":
    """Pages for a source that has none; `None` for one that has.

    Raises:
        ReadError: the format cannot be set on pages, or LibreOffice is missing.
    """
    from extract.derived_pages import derive_pages

    return derive_pages(reading, choice.path.read_bytes(), str(choice), ReadOptions(password=choice.password))


def paper(choice: Choice, reading: "Reading", derived: "DerivedPages | None") -> Paper:
    if derived is not None:
        return Paper(data=derived.pdf, layout=derived.pages.layout, derived=True)
    return Paper(data=choice.path.read_bytes(), layout=reading.texts[0].layout)


def draw(choice: Choice, source: Paper, evidence: "Evidence") -> tuple[PagePicture, ...]:
    """The pages that a quote stands on, with it marked and a caption that says what is seen.

    Raises:
        ReadError: the source has no pages, or they cannot be drawn.
    """
    options = ReadOptions(password=choice.password)
    with open_pages(source.data, str(choice), source.layout, options) as pages:
        return mark_pages(pages, evidence.places, _caption(source, evidence))


def _caption(source: Paper, evidence: "Evidence") -> list[str]:
    number = number_of(evidence.notice)
    lines = [
        text("trace.caption", name=evidence.source.name, number=number, clause=clause_name(evidence.clause)),
        f"SHA-256 {evidence.source.sha256}",
    ]
    if source.derived:
        lines.append(text("trace.derived_caption"))
    elif source.layout.media_type in REDRAWN:
        lines.append(text("trace.redrawn_caption"))
    return lines


def write_pictures(target: str, pictures: Sequence[PagePicture]) -> list[Path]:
    """One picture as `target`; of several, each with its number before the extension."""
    path = Path(target)
    names = (
        [target]
        if len(pictures) == 1
        else [str(path.with_name(f"{path.stem}-{i}{path.suffix}")) for i in range(1, len(pictures) + 1)]
    )
    return [out for name, picture in zip(names, pictures, strict=True) if (out := write(name, picture.png))]
