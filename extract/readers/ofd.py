"""OFD (GB/T 33190-2016): bytes in, layout out, each character with its page and box; all documents of the package."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.errors import ReadError
from extract.layout import Layout
from extract.options import ReadOptions
from extract.readers.layout_text import LayoutText
from extract.readers.ofd_objects import PageObjects, local_name, numbers
from extract.readers.package import Package, open_package, resolve
from extract.readers.page_content import PageContent, page_content
from extract.readers.page_layout import build_layout
from extract.readers.page_view import Drawn, GlyphStore

MEDIA_TYPE = "application/ofd"
ENTRY = "OFD.xml"
A4 = (210.0, 297.0)  # mm
LARGEST_SIDE = 10_000.0  # mm


def read_ofd(data: bytes, name: str, options: ReadOptions) -> Layout:
    """Pages with their templates and composite units, laid out as those of a PDF.

    Raises:
        ReadError: damaged, encrypted, beyond the limits, or without any text.
    """
    store = GlyphStore()
    pages: list[PageContent] = []
    with open_package(data, name, options) as package:
        for drawn in _pages(package, options):
            if len(store.codes) + len(drawn.codes) > options.max_characters:
                raise ReadError(name, drawn.number, f"文字超过上限 {options.max_characters} 字；请拆分后再读")
            pages.append(page_content(store.add(drawn)))
    if not pages:
        raise ReadError(name, None, "OFD 里没有页面，文件已损坏；请重新获取")
    if not store.codes:
        raise ReadError(name, 1, "OFD 里没有文字（只有图像或轮廓）；请转成 PDF，并安装 duizhao[ocr] 识别")
    return build_layout(
        pages, store, LayoutText(name=name, max_characters=options.max_characters), media_type=MEDIA_TYPE
    )


@dataclass(slots=True, kw_only=True)
class OfdDocument:
    """One document of a package: its page size, templates and composite units."""

    package: Package
    part: str
    root: etree._Element
    size: tuple[float, float] = A4
    templates: dict[str, tuple[str, bool]] = field(default_factory=dict)  # id: part, in the foreground
    units: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, part: str) -> "OfdDocument | None":
        root = package.xml(part)
        if root is None:
            return None
        document = cls(package=package, part=part, root=root)
        common = _first(root, "CommonData")
        document.size = _page_size(_first(common, "PageArea")) or A4
        for item in _each(common, "TemplatePage"):
            place = resolve(part, item.get("BaseLoc") or "")
            document.templates[item.get("ID") or ""] = (place, item.get("ZOrder") == "Foreground")
        for kind in ("PublicRes", "DocumentRes"):
            for item in _each(common, kind):
                document._read_units(resolve(part, item.text or ""))
        return document

    def page_parts(self) -> Iterator[str]:
        for item in _each(_first(self.root, "Pages"), "Page"):
            yield resolve(self.part, item.get("BaseLoc") or "")

    def read_page(self, part: str, number: int) -> Drawn:
        root = self.package.xml(part)
        if root is None:
            raise ReadError(self.package.name, number, f"缺少这一页的内容（{part}），文件不完整；请重新获取")
        for item in _each(root, "PageRes"):
            self._read_units(resolve(part, item.text or ""))
        objects = PageObjects(units=self.units)
        templates = [self.templates.get(item.get("TemplateID") or "") for item in _each(root, "Template")]
        known = [template for template in templates if template is not None]
        self._add_templates(objects, (place for place, front in known if not front))
        _add_content(objects, root)
        self._add_templates(objects, (place for place, front in known if front))
        width, height = _page_size(_first(root, "Area")) or self.size
        return objects.drawn(number, width, height)

    def _add_templates(self, objects: PageObjects, places: Iterator[str]) -> None:
        for place in places:
            root = self.package.xml(place)
            if root is not None:
                _add_content(objects, root)

    def _read_units(self, part: str) -> None:
        root = self.package.xml(part.strip()) if part.strip() else None
        for group in _each(root, "CompositeGraphicUnits"):
            for unit in _each(group, "CompositeGraphicUnit"):
                self.units[unit.get("ID") or ""] = unit


def _pages(package: Package, options: ReadOptions) -> Iterator[Drawn]:
    entry = package.xml(ENTRY)
    if entry is None:
        raise ReadError(package.name, None, "不是完好的 OFD（没有 OFD.xml）；请重新获取")
    number = 0
    for body in _each(entry, "DocBody"):
        root_part = _first(body, "DocRoot")
        place = resolve(ENTRY, (root_part.text or "").strip()) if root_part is not None else ""
        document = OfdDocument.of(package, place)
        if document is None:
            raise ReadError(package.name, None, f"缺少文档描述（{place or 'DocRoot'}），文件不完整；请重新获取")
        for part in document.page_parts():
            number += 1
            if number > options.max_pages:
                raise ReadError(package.name, None, f"页数超过上限 {options.max_pages} 页；请拆分后再读")
            yield document.read_page(part, number)


def _add_content(objects: PageObjects, root: etree._Element) -> None:
    for content in _each(root, "Content"):
        objects.add(content)


def _page_size(area: etree._Element | None) -> tuple[float, float] | None:
    """Width and height in mm; boxes that begin elsewhere than 0 0 do not occur in practice."""
    box = _first(area, "PhysicalBox")
    sides = numbers(box.text) if box is not None else []
    if len(sides) != 4 or not all(0 < side <= LARGEST_SIDE for side in sides[2:]):
        return None
    return sides[2], sides[3]


def _each(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if parent is None else (item for item in parent if local_name(item) == name)


def _first(parent: etree._Element | None, name: str) -> etree._Element | None:
    return next(_each(parent, name), None)
