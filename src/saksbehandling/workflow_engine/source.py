"""Reads a definition file into checked elements: XML without entities, DTD or network, and the vocabulary that we know.

The vocabulary is SCXML 1.0 (W3C Recommendation, 1 September 2015) as far as it is supported, and our own namespace.
What is not in the tables below is refused, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import NoReturn, cast

from lxml import etree

from saksbehandling.errors import SetupError

SCXML = "http://www.w3.org/2005/07/scxml"
SB = "urn:saksbehandling:1"
MAX_BYTES = 512 * 1024
MAX_MESSAGE = 1000
MAX_ATTRIBUTES = 50  # reading many from lxml takes time in the square of them

_PREFIX = {SCXML: "", SB: "sb:"}
_TITLES = ("nb", "nn", "en")
_STATE_ATTRIBUTES = ("sb:venter", "sb:stasjon", "sb:merke", "sb:hjemmel")
_ACTIONS = ("raise", "send", "cancel", "if")
_STATE_CHILDREN = (
    *("state", "parallel", "history", "transition", "onentry", "onexit", "invoke"),
    *("sb:tittel", "sb:tillatelse", "sb:frist"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an element may have. `free`: anything at all in it, unread, for its data model to make sense of."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    free: bool = False


Rules = Mapping[str, Rule]

RULES: Rules = {
    "scxml": Rule(
        ("version", "name", "sb:versjon"),
        ("initial", "datamodel"),
        ("state", "parallel", "final", "sb:tittel", "sb:rolle", "sb:hendelse", "sb:forvalter", "sb:tillatelse"),
    ),
    "state": Rule(("id",), ("initial", *_STATE_ATTRIBUTES), (*_STATE_CHILDREN, "final", "initial")),
    "parallel": Rule(("id",), _STATE_ATTRIBUTES, _STATE_CHILDREN),
    "final": Rule(
        ("id",), _STATE_ATTRIBUTES, ("transition", "onentry", "onexit", "invoke", "sb:tittel", "sb:tillatelse")
    ),
    "history": Rule(("id",), ("type",), ("transition",)),
    "initial": Rule((), (), ("transition",)),
    "transition": Rule(
        (),
        ("event", "cond", "target", "type", "sb:roller", "sb:noedutgang", "sb:hjemmel"),
        _ACTIONS,
    ),
    "onentry": Rule((), (), _ACTIONS),
    "onexit": Rule((), (), _ACTIONS),
    "raise": Rule(("event",)),
    "send": Rule(("event",), ("target", "delay", "id")),
    "cancel": Rule(("sendid",)),
    "if": Rule(("cond",), (), (*_ACTIONS, "elseif", "else")),
    "elseif": Rule(("cond",)),
    "else": Rule(),
    "invoke": Rule(("type", "src"), ("id",)),
    "sb:tittel": Rule(_TITLES),
    "sb:rolle": Rule(("navn", *_TITLES)),
    "sb:hendelse": Rule(("navn", *_TITLES)),
    "sb:forvalter": Rule(("tillatelser",)),
    "sb:tillatelse": Rule(("navn", "roller")),
    "sb:frist": Rule(("navn", "dager", "hendelse")),
}


class Node:
    """An element of a checked definition. `attributes` and `name` have `sb:` before what is in our namespace.

    `content`: the element itself, where the rules leave its content free.
    """

    __slots__ = ("attributes", "children", "content", "file", "line", "name", "order", "parent")

    def __init__(
        self, file: str, element: etree._Element, orders: Iterator[int], rules: Rules, parent: Node | None = None
    ) -> None:
        self.file = file
        self.parent = parent
        self.line = _line(element)
        self.order = next(orders)
        self.name = self._known(str(element.tag))
        if len(element.attrib) > MAX_ATTRIBUTES:
            self.fault(f"<{self.name}> har {len(element.attrib)} attributter", "Fjern dem som ikke hører hjemme her")
        self.attributes = {self._known(str(key)): str(value) for key, value in element.attrib.items()}
        rule = self._rule(element, rules)
        self.content = element if rule.free else None
        inside = () if rule.free else element
        self.children = [Node(file, child, orders, rules, self) for child in inside if isinstance(child.tag, str)]
        self._check(element, rule)

    def fault(self, what: str, remedy: str) -> NoReturn:
        """Raises a `SetupError` with the place, what is wrong there, and what to do about it."""
        raise fault(self.file, self.line, what, remedy)

    def of(self, *names: str) -> list[Node]:
        return [child for child in self.children if child.name in names]

    def only(self, name: str) -> Node | None:
        """The one child of that name, if there is one."""
        found = self.of(name)
        if len(found) > 1:
            found[1].fault(f"<{name}> står to ganger i <{self.name}>", "Behold den ene")
        return found[0] if found else None

    def words(self, attribute: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^ \t\r\n]+", self.attributes.get(attribute, "")))

    def choice(self, attribute: str, options: tuple[str, ...], default: str) -> str:
        value = self.attributes.get(attribute, default)
        if value not in options:
            self.fault(f'{attribute}="{value}" er ukjent', f"Skriv en av: {', '.join(options)}")
        return value

    def flag(self, attribute: str) -> bool:
        return self.choice(attribute, ("true", "false"), "false") == "true"

    def number(self, attribute: str, smallest: int) -> int:
        value = self.attributes[attribute]
        if not re.fullmatch(r"[0-9]{1,6}", value) or int(value) < smallest:
            self.fault(f'{attribute}="{value}" er ikke et helt tall fra {smallest}', "Rett tallet")
        return int(value)

    def matching(self, attribute: str, pattern: re.Pattern[str]) -> str:
        value = self.attributes[attribute]
        if not pattern.fullmatch(value):
            self.fault(
                f'{attribute}="{value[:60]}" er ikke et gyldig navn', "Bruk bokstaver a-z, sifre, understrek og punktum"
            )
        return value

    def _known(self, qualified: str) -> str:
        parts = etree.QName(qualified)
        if not parts.namespace:
            return parts.localname
        if parts.namespace not in _PREFIX:
            self.fault(f"navnerommet «{parts.namespace}» er ukjent", f"Bruk {SCXML} eller {SB}")
        return _PREFIX[parts.namespace] + parts.localname

    def _rule(self, element: etree._Element, rules: Rules) -> Rule:
        rule = rules.get(self.name)
        if rule is None or not etree.QName(element).namespace:
            self.fault(f"elementet <{self.name}> støttes ikke", "Fjern det, eller rett navn og navnerom")
        return rule

    def _check(self, element: etree._Element, rule: Rule) -> None:
        for missing in (name for name in rule.required if name not in self.attributes):
            self.fault(f"<{self.name}> mangler attributtet {missing}", "Legg det til")
        for extra in (name for name in self.attributes if name not in (*rule.required, *rule.optional)):
            self.fault(f"<{self.name}> kan ikke ha attributtet {extra}", "Fjern det, eller rett navnet")
        for child in (child for child in self.children if child.name not in rule.children):
            child.fault(f"<{child.name}> kan ikke stå i <{self.name}>", "Flytt eller fjern elementet")
        if rule.free:
            return
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            self.fault(f"det står løs tekst i <{self.name}>", "Fjern teksten, eller gjør den til en kommentar")


def _line(element: etree._Element) -> int:
    return cast(int, element.sourceline or 1)


def fault(file: str, line: int, what: str, remedy: str) -> SetupError:
    """The error for a place in a definition. What the definition itself says may be long, and is cut."""
    return SetupError(f"{file}:{line}: {_cut(what)}. {_cut(remedy)}.")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}…"


def read(file: str, content: bytes, rules: Rules = RULES) -> Node:
    """The root of the definition in `content`; `file` is what error messages call it. Raises `SetupError`."""
    if len(content) > MAX_BYTES:
        raise fault(file, 1, f"filen er på {len(content)} byte", f"En definisjon kan ha høyst {MAX_BYTES} byte")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise fault(file, error.lineno or 1, f"filen er ikke gyldig XML ({error.msg})", "Rett XML-en") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise fault(file, 1, "filen har en DOCTYPE", "Fjern den; entiteter og DTD er ikke tillatt")
    if root.tag != f"{{{SCXML}}}scxml":
        raise fault(file, _line(root), "rotelementet er ikke <scxml>", f"Bruk navnerommet {SCXML}")
    return Node(file, root, count(), rules)
