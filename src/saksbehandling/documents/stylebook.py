"""The styles of a template, found by the name that people see, never by id."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from saksbehandling.documents.wordxml import w
from saksbehandling.errors import SetupError

_HEADING_NAME = re.compile(r"heading ([1-9])")
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}


class StyleBook:
    """Looks styles up in the root of a styles part. `template` is named in errors."""

    def __init__(self, root: etree._Element, template: str) -> None:
        self._template = template
        self._elements = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}
        self._ids = {
            (style.get(w("type"), "paragraph"), _child(style, "name").lower()): style_id
            for style_id, style in self._elements.items()
        }

    def id(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style called `name`. Raises `SetupError` if the template has none."""
        found = self.find(name, kind)
        if not found:
            raise SetupError(
                f"Malen «{self._template}» mangler stilen «{name}». Åpne malen i Word eller LibreOffice, legg til"
                f" en stil med det navnet, og lagre; eller kopier stilene fra en mal laget med «saksbehandling mal ny»."
            )
        return found

    def find(self, name: str, kind: str = "paragraph") -> str:
        """The same; "" if the template has none."""
        return self._ids.get((kind, name.lower()), "")

    def name(self, style_id: str) -> tuple[str, str] | None:
        """The kind and lower-case name of a style id."""
        return next((key for key, known in self._ids.items() if known == style_id), None)

    def heading_level(self, style_id: str | None) -> int | None:
        """The level of a heading style; None for other styles."""
        key = self.name(style_id) if style_id else None
        found = _HEADING_NAME.fullmatch(key[1]) if key else None
        return int(found[1]) if found else None

    def headings_below(self, level: int) -> tuple[str, ...]:
        """Styles for rich text's levels 1 to 6 under a heading of `level`; the deepest one present serves the rest."""
        ids = [self.id(f"heading {min(level + 1, 9)}")]
        for below in range(level + 2, level + 7):
            ids.append(self._ids.get(("paragraph", f"heading {below}"), ids[-1]))
        return tuple(ids)

    def left(self, style_id: str | None) -> int:
        """The left indentation of a paragraph style, in twentieths of a point, inherited where it has none."""
        own = (indentation(style.find(w("pPr"))) for style in self._inherited(style_id))
        return next((left for left in own if left is not None), 0)

    def numbers(self, style_id: str) -> bool:
        """Whether paragraphs of the style are numbered without saying so themselves."""
        own = (style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}") for style in self._inherited(style_id))
        return next((number.get(w("val")) != "0" for number in own if number is not None), False)

    def _inherited(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style, and those that it is based on."""
        while style_id in self._elements:
            yield self._elements[style_id]
            style_id = _child(self._elements[style_id], "basedOn") or None


def indentation(properties: etree._Element | None) -> int | None:
    """The left indentation that paragraph properties set; None if they set none."""
    found = properties.find(w("ind")) if properties is not None else None
    value = found.get(w("left"), found.get(w("start"))) if found is not None else None
    return int(value) if value is not None else None


def set_language(root: etree._Element, malform: str) -> None:
    """Make `malform` («nb», «nn») the language of a styles part; no style keeps another."""
    for stray in list(root.iter(w("lang"))):
        stray.getparent().remove(stray)  # type: ignore[union-attr]  # w:lang is never the root
    properties = _ensure_path(root, "docDefaults", "rPrDefault", "rPr")
    language = LANGUAGES[malform]
    etree.SubElement(properties, w("lang"), {w("val"): language, w("eastAsia"): language, w("bidi"): "ar-SA"})


def _ensure_path(element: etree._Element, *names: str) -> etree._Element:
    for name in names:
        child = element.find(w(name))
        if child is None:
            child = etree.Element(w(name))
            element.insert(0, child)
        element = child
    return element


def _child(style: etree._Element, name: str) -> str:
    found = style.find(w(name))
    return found.get(w("val"), "") if found is not None else ""
