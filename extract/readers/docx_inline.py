"""Inside a Word paragraph: what is printed of it, in order; revisions as accepted, fields as last computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.readers.docx_styles import Styles
from extract.readers.docx_xml import attribute, child, children, switched_on, tag

HIDDEN = "隐藏文字"
REMOVED = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "commentReference"))
PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SYMBOLS = {  # Wingdings and Wingdings 2, as notices use them for boxes to tick
    0x6F: "□",
    0x71: "□",
    0xA3: "□",
    0xA8: "□",
    0x52: "☑",
    0xFC: "√",
    0xFE: "☑",
}
MAX_DEPTH = 120  # elements inside a paragraph


@dataclass(slots=True, kw_only=True)
class Field:
    """A complex field being read: its instruction, then its result."""

    instruction: str = ""
    in_result: bool = False

    @property
    def shown(self) -> bool:
        return self.in_result and not PAGE_FIELD.match(self.instruction)


@dataclass(slots=True, kw_only=True)
class Inline:
    """What a paragraph holds besides the text handed out."""

    styles: Styles
    paragraph_style: str | None = None
    boxes: list[etree._Element] = field(default_factory=list)  # w:txbxContent
    notes: list[tuple[str, str]] = field(default_factory=list)  # footnote or endnote, number
    fields: list[Field] = field(default_factory=list)
    unknown_symbols: int = 0

    def pieces(self, paragraph: etree._Element) -> Iterator[tuple[str, str]]:
        """Texts with the reason to leave them out, empty for printed ones."""
        yield from self._walk(paragraph, "", 0)

    def _walk(self, parent: etree._Element, reason: str, depth: int) -> Iterator[tuple[str, str]]:
        if depth > MAX_DEPTH:
            return
        for element in parent:
            name = tag(element)
            if name == "fldChar":
                self._field(attribute(element, "fldCharType"))
            elif name == "instrText" and self.fields and not self.fields[-1].in_result:
                self.fields[-1].instruction += element.text or ""
            elif name in REMOVED or not name:
                continue
            elif name == "r":
                yield from self._walk(element, self._run_reason(element), depth + 1)
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), attribute(element, "id") or ""))
            else:
                yield from self._other(element, name, reason, depth)

    def _other(self, element: etree._Element, name: str, reason: str, depth: int) -> Iterator[tuple[str, str]]:
        if name in ("drawing", "pict", "object"):
            self.boxes.extend(text_boxes(element))
        elif name in ("AlternateContent", "sdt", "fldSimple", "ruby"):
            inner = self._content(element, name)
            if inner is not None:
                yield from self._walk(inner, reason, depth + 1)
        elif self._shown():
            text = self._text(element, name)
            if text is not None:
                yield text, reason
            elif len(element):
                yield from self._walk(element, reason, depth + 1)

    def _content(self, element: etree._Element, name: str) -> etree._Element | None:
        """The part of a wrapper that is printed."""
        if name == "AlternateContent":
            return alternative(element)
        if name == "sdt":
            placeholder = switched_on(child(element, "sdtPr"), "showingPlcHdr")
            return None if placeholder else child(element, "sdtContent")
        if name == "ruby":
            return child(element, "rubyBase")
        return None if PAGE_FIELD.match(attribute(element, "instr") or "") else element

    def _text(self, element: etree._Element, name: str) -> str | None:
        if name == "t":
            return element.text or ""
        if name == "sym":
            return self._symbol(attribute(element, "char") or "", attribute(element, "font") or "")
        return SIGNS.get(name)

    def _symbol(self, code: str, font: str) -> str:
        if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) or int(code, 16) > 0x10FFFF:
            return ""
        number = int(code, 16)
        if not 0xE000 <= number <= 0xF8FF:
            return chr(number) if number >= 32 and not 0xD800 <= number < 0xE000 else ""
        sign = SYMBOLS.get(number & 0xFF) if "wingdings" in font.lower() else None
        self.unknown_symbols += sign is None
        return sign or "\ufffd"

    def _run_reason(self, run: etree._Element) -> str:
        return HIDDEN if self.styles.hidden(run, self.paragraph_style) else ""

    def _shown(self) -> bool:
        return all(each.shown for each in self.fields)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def alternative(element: etree._Element) -> etree._Element | None:
    """One branch of mc:AlternateContent: the first choice, else what to fall back on."""
    choice = child(element, "Choice")
    return choice if choice is not None and len(choice) else child(element, "Fallback")


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes in a drawing, each once though it may be stored twice."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        name = tag(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            inner = alternative(element)
            waiting.extend([] if inner is None else [inner])
        else:
            waiting.extend(reversed([inner for inner in element if tag(inner)]))


def is_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end is deleted, so that the next paragraph goes on with it."""
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and any(True for name in ("del", "moveFrom") for _ in children(mark, name))
