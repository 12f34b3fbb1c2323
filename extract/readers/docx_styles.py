"""Paragraph and character styles of a Word file, as far as they decide what is printed."""

from dataclasses import dataclass, field

from lxml import etree

from extract.readers.docx_xml import attribute, child, children, number, switched_on, value

MAX_CHAIN = 20  # styles based on styles


@dataclass(slots=True)
class Styles:
    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str | None = None

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        styles = cls()
        for style in children(root, "style"):
            key = attribute(style, "styleId")
            if key is None:
                continue
            styles.by_id[key] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                styles.default_paragraph = key
        return styles

    def chain(self, style: str | None) -> tuple[str, ...]:
        """The style and those it is based on, nearest first."""
        found: list[str] = []
        while style in self.by_id and style not in found and len(found) < MAX_CHAIN:
            found.append(style)
            style = value(self.by_id[style], "basedOn")
        return tuple(found)

    def numbering(self, style: str | None) -> tuple[str | None, int | None]:
        """List and level (0-based, `None` where only the list says it) a style brings."""
        level: int | None = None
        for key in self.chain(style):
            properties = child(self.by_id[key], "pPr", "numPr")
            if properties is None:
                continue
            level = number(properties, "ilvl") if level is None else level
            list_id = value(properties, "numId")
            if list_id is not None:
                return list_id, level
        return None, level

    def hidden(self, run: etree._Element, paragraph_style: str | None) -> bool:
        """Whether a run is hidden text (17.3.2.41 vanish), by itself or by a style."""
        properties = child(run, "rPr")
        own = switched_on(properties, "vanish")
        if own is not None:
            return own
        for style in (value(properties, "rStyle"), paragraph_style):
            for key in self.chain(style):
                found = switched_on(child(self.by_id[key], "rPr"), "vanish")
                if found is not None:
                    return found
        return False
