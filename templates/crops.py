"""Pictures of the sources' pages for a report that is one file: carried in it as data, with words for the blind."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """Some lines of a page with words marked in them."""

    png: bytes
    page: int  # 1-based
    width: int  # pixels
    height: int
    words: tuple[str, ...]  # those marked
    derived: bool = False  # the page was set for a source that has none

    @property
    def uri(self) -> str:
        return f"data:image/png;base64,{b64encode(self.png).decode('ascii')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCrops:
    """What shows the material changes of one unit."""

    upper: tuple[Crop, ...] = ()
    lower: tuple[Crop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crops:
    """Pictures by the id of their unit; `left_out` units have material changes on pages that are not shown."""

    by_unit: Mapping[str, UnitCrops] = field(default_factory=dict)
    left_out: int = 0

    def of(self, unit: str) -> UnitCrops | None:
        return self.by_unit.get(unit)


NO_CROPS = Crops()
