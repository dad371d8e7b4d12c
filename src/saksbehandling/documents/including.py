"""Puts the content of one template into another, with its lists, links and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from saksbehandling.documents.cleaning import clean
from saksbehandling.documents.markers import Place
from saksbehandling.documents.package import ContentTypes, Relationship, document_part, related, relationships
from saksbehandling.documents.safe_zip import read_parts
from saksbehandling.documents.story import expand_includes, number_paragraphs
from saksbehandling.documents.stylebook import StyleBook
from saksbehandling.documents.wordxml import R, parse, w
from saksbehandling.errors import SetupError

_STYLE_KINDS = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
_MAY_COME_ALONG = ("image", "hyperlink")


@dataclass(frozen=True, slots=True)
class Brought:
    """What the main text of a template gets from those that it includes.

    `numbering`: the root of its numbering part, which grows. `links`: new relationships of its main part. `parts`: new
    parts by name, with their content types.
    """

    numbering: etree._Element
    links: list[Relationship] = field(default_factory=list)
    parts: dict[str, tuple[bytes, str]] = field(default_factory=dict)


class Includer:
    """Reads other templates for the one whose styles are `styles`. `chain`: the templates being read.

    `brought`: where lists, links and pictures go; None where there is no room for them, as in a header.
    """

    def __init__(
        self,
        read: Callable[[str], bytes] | None,
        styles: StyleBook,
        chain: tuple[str, ...],
        brought: Brought | None,
    ) -> None:
        self._read, self._styles, self._chain, self._brought = read, styles, chain, brought

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
        self._translate_styles(root, StyleBook(_root_of(parts, document, "styles", name), name))
        body = root.find(w("body"))
        for element in [child for child in body if child.tag == w("sectPr")] if body is not None else []:
            body.remove(element)  # type: ignore[union-attr]  # there is one
        _Move(self._brought, parts, document, name, place).bring(root)
        expand_includes(root, Includer(self._read, self._styles, (*self._chain, name), self._brought))
        return list(body) if body is not None else []

    def _translate_styles(self, root: etree._Element, theirs: StyleBook) -> None:
        for element in root.iter(*_STYLE_KINDS):
            known = theirs.name(element.get(w("val"), ""))
            if known:
                element.set(w("val"), self._styles.id(known[1], known[0]))


class _Move:
    """Gives the lists, links and pictures of one included template new ids in the including one."""

    def __init__(
        self, brought: Brought | None, parts: Mapping[str, bytes], document: str, name: str, place: Place
    ) -> None:
        self._brought, self._parts, self._document = brought, parts, document
        self._name, self._place = name, place
        self._lists: dict[str, str] = {"0": "0"}
        self._links: dict[str, str] = {}

    def bring(self, root: etree._Element) -> None:
        for number in root.iter(w("numId")):
            number.set(w("val"), self._list(number.get(w("val"), "0")))
        for element in root.iter(etree.Element):
            for attribute, value in element.attrib.items():
                if str(attribute).startswith(f"{{{R}}}"):
                    element.set(attribute, self._link(str(value)))

    def _list(self, number: str) -> str:
        if number not in self._lists:
            theirs = _root_of(self._parts, self._document, "numbering", self._name)
            self._lists[number] = _copied_list(number, theirs, self._room().numbering) or "0"
        return self._lists[number]

    def _link(self, identity: str) -> str:
        if identity not in self._links:
            room = self._room()
            link = next((one for one in relationships(self._parts, self._document) if one.id == identity), None)
            if link is None or not any(map(link.is_a, _MAY_COME_ALONG)):
                raise self._cannot("en del som ikke kan flyttes, som et diagram eller en topptekst")
            self._links[identity] = f"rIdMal{len(room.links) + 1}"
            target = link.target if link.external else self._part(link.target)
            room.links.append(Relationship(self._links[identity], link.type, target, link.external))
        return self._links[identity]

    def _part(self, theirs: str) -> str:
        known = self._room().parts
        content = self._parts.get(theirs, b"")
        same = next((name for name, (one, _) in known.items() if one == content), None)
        name = same or f"word/media/mal{len(known) + 1}{posixpath.splitext(theirs)[1]}"
        known[name] = (content, ContentTypes(self._parts).of(theirs))
        return name

    def _room(self) -> Brought:
        if self._brought is None:
            raise self._cannot("en nummerert liste, en lenke eller et bilde, som bare kan stå i hovedteksten")
        return self._brought

    def _cannot(self, what: str) -> SetupError:
        return SetupError(
            f"Malen «{self._name}» kan ikke tas inn ({self._place}): den har {what}."
            " Flytt det til malen som tar den inn."
        )


def _copied_list(number: str, theirs: etree._Element, ours: etree._Element) -> str | None:
    """The id in `ours` of a list of its own like the one in `theirs`; None if there is no such list."""
    one = next((one for one in theirs.iter(w("num")) if one.get(w("numId")) == number), None)
    definition = one.find(w("abstractNumId")) if one is not None else None
    if one is None or definition is None:
        return None
    identity = definition.get(w("val"))
    kind = next(kind for kind in theirs.iter(w("abstractNum")) if kind.get(w("abstractNumId")) == identity)
    copied, kind = deepcopy(one), deepcopy(kind)
    kind_id, list_id = _free(ours, "abstractNum", "abstractNumId"), _free(ours, "num", "numId")
    kind.set(w("abstractNumId"), str(kind_id))
    for stray in (*kind.iter(w("nsid")), *kind.iter(w("styleLink"))):  # these say which list it is the same as
        kind.remove(stray)
    copied.set(w("numId"), str(list_id))
    copied.find(w("abstractNumId")).set(w("val"), str(kind_id))  # type: ignore[union-attr]  # it was found above
    ours.insert(1 + max((ours.index(known) for known in ours.findall(w("abstractNum"))), default=-1), kind)
    ours.insert(1 + max((ours.index(known) for known in ours.findall(w("num"))), default=ours.index(kind)), copied)
    return str(list_id)


def _free(root: etree._Element, name: str, attribute: str) -> int:
    return 1 + max((int(one.get(w(attribute), "0")) for one in root.findall(w(name))), default=0)


def _root_of(parts: Mapping[str, bytes], document: str, kind: str, name: str) -> etree._Element:
    part = related(parts, document, kind)
    if part is None and kind == "numbering":
        return etree.Element(w("numbering"))
    if part is None:
        raise SetupError(f"Malen «{name}» har ingen stiler. Åpne den i Word, lagre på nytt og prøv igjen.")
    return parse(parts[part], part)
