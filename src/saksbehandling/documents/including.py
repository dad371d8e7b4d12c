"""Puts the content of one template into another."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from saksbehandling.documents.cleaning import clean
from saksbehandling.documents.markers import Place
from saksbehandling.documents.package import document_part, related
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.story import expand_includes, number_paragraphs
from saksbehandling.documents.stylebook import StyleBook
from saksbehandling.documents.wordxml import R, parse, w
from saksbehandling.errors import SetupError

_STYLE_KINDS = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}


class Includer:
    """Reads other templates for the one whose styles are `styles`. `chain`: the templates being read."""

    def __init__(self, read: Callable[[str], bytes] | None, styles: StyleBook, chain: tuple[str, ...]) -> None:
        self._read, self._styles, self._chain = read, styles, chain

    def __call__(self, name: str, place: Place) -> list[etree._Element]:
        """The paragraphs and tables of the template `name`, with the styles of the including one."""
        if name in self._chain:
            raise SetupError(f"Malen «{name}» tar inn seg selv ({place}). Fjern [[mal: {name}]].")
        if self._read is None:
            raise SetupError(f"[[mal: {name}]] kan ikke brukes her ({place}). Lim innholdet rett inn i malen.")
        parts = read_parts(self._read(name))
        document = document_part(parts)
        root = parse(parts[document], document)
        clean(root, name, "teksten")
        number_paragraphs(root, name, "teksten")
        self._translate_styles(root, StyleBook(_styles_root(parts, document, name), name))
        expand_includes(root, Includer(self._read, self._styles, (*self._chain, name)))
        body = root.find(w("body"))
        content = [child for child in body if child.tag != w("sectPr")] if body is not None else []
        for child in content:
            _refuse_dependent(child, name, place)
        return content

    def _translate_styles(self, root: etree._Element, theirs: StyleBook) -> None:
        for element in root.iter(*_STYLE_KINDS):
            known = theirs.name(element.get(w("val"), ""))
            if known:
                element.set(w("val"), self._styles.id(known[1], known[0]))


def _styles_root(parts: dict[str, bytes], document: str, name: str) -> etree._Element:
    part = related(parts, document, "styles")
    if part is None:
        raise SetupError(f"Malen «{name}» har ingen stiler. Åpne den i Word, lagre på nytt og prøv igjen.")
    return parse(parts[part], part)


def _refuse_dependent(element: etree._Element, name: str, place: Place) -> None:
    for child in element.iter(etree.Element):
        if child.tag == w("numId") or any(str(attribute).startswith(f"{{{R}}}") for attribute in child.attrib):
            raise SetupError(
                f"Malen «{name}» kan ikke tas inn ({place}): den har en nummerert liste, en lenke eller et bilde."
                " Flytt det til malen som tar den inn."
            )
