"""The form of a case type: the fields that its definition declares, and the check of what people write in them.

    <sb:felt navn="underskrifter" type="tall" paakrevd="true" nb="Underskrifter" nn="Underskrifter" en="Signatures"/>
    <sb:felt navn="avgjoeres" type="valg" nb="…" nn="…" en="…">
      <sb:valg verdi="delegert" nb="Etter delegering" nn="Etter delegering" en="By delegation"/>
    </sb:felt>

Clean values are what JSON can hold, for `Flyt.data`: text, whole numbers, ISO dates as text, true and false.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

from saksbehandling.errors import Reason
from saksbehandling.workflow_engine.chart import Titler
from saksbehandling.workflow_engine.source import RULES, Node, Rule, Rules

Feltnavn = NewType("Feltnavn", str)
"""The type of a guard's parameter that names a field of the form; such names are checked at start."""

MAX_TEXT = 20_000
FORM_RULES: Rules = {
    "sb:felt": Rule(("navn", "type", "nb", "nn", "en"), ("paakrevd",), ("sb:valg",)),
    "sb:valg": Rule(("verdi", "nb", "nn", "en")),
    "scxml": Rule(
        RULES["scxml"].required, RULES["scxml"].optional, (*RULES["scxml"].children, "sb:felt"), RULES["scxml"].free
    ),
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?[0-9]{1,15}")
_LOCAL_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_YES_NO = {"ja": True, "true": True, "on": True, "nei": False, "false": False}


class Felttype(StrEnum):
    TEKST = "tekst"
    TALL = "tall"
    DATO = "dato"
    VALG = "valg"
    JA_NEI = "ja_nei"


@dataclass(frozen=True, slots=True)
class Felt:
    """A field. `valg`: the values that can be chosen, with their titles, in order; empty for the other types."""

    navn: str
    type: Felttype
    titler: Titler
    paakrevd: bool
    valg: tuple[tuple[str, Titler], ...] = ()


@dataclass(frozen=True, slots=True)
class FormSchema:
    felter: tuple[Felt, ...] = ()

    def validate(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Reason, ...]]:
        """The clean values of the fields that were filled in, and every reason why the form cannot be taken as it is.

        `values`: as written by people or as given by a program. Each reason names its field.
        """
        clean: dict[str, Any] = {}
        reasons = [
            _reason(name, name, "finnes ikke i skjemaet") for name in values.keys() - {f.navn for f in self.felter}
        ]
        for felt in self.felter:
            value = values.get(felt.navn)
            if value is None or (isinstance(value, str) and not value.strip()):
                if felt.paakrevd:
                    reasons.append(_reason(felt.navn, felt.titler.nb, "må fylles ut"))
                continue
            try:
                clean[felt.navn] = _READERS[felt.type](felt, value)
            except ValueError as fault:
                reasons.append(_reason(felt.navn, felt.titler.nb, str(fault)))
        return clean, tuple(reasons)


def compile_schema(root: Node) -> FormSchema:
    """The form of a definition that was read with `FORM_RULES`. Raises `SetupError`."""
    felter: dict[str, Felt] = {}
    for node in root.of("sb:felt"):
        felt = _felt(node)
        if felt.navn in felter:
            node.fault(f"feltet «{felt.navn}» er erklært to ganger", "Behold det ene")
        felter[felt.navn] = felt
    return FormSchema(tuple(felter.values()))


def _felt(node: Node) -> Felt:
    kind = Felttype(node.choice("type", tuple(Felttype), ""))
    valg = tuple((each.attributes["verdi"], _titles(each)) for each in node.of("sb:valg"))
    if (kind is Felttype.VALG) != bool(valg):
        node.fault("bare et felt av typen «valg» har <sb:valg>, og det må ha dem", "Rett typen, eller valgene")
    if len(dict(valg)) < len(valg):
        node.fault("to valg har samme verdi", "Gi hvert valg sin egen verdi")
    return Felt(node.matching("navn", _NAME), kind, _titles(node), node.flag("paakrevd"), valg)


def _titles(node: Node) -> Titler:
    return Titler(node.attributes["nb"], node.attributes["nn"], node.attributes["en"])


def _reason(name: str, title: str, what: str) -> Reason:
    return Reason(f"«{title}» {what}.", felt=name)


def _text(_felt: Felt, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > MAX_TEXT:
        raise ValueError(f"må være tekst på høyst {MAX_TEXT} tegn")
    if _UNWRITABLE.search(text):
        raise ValueError("har tegn som ikke kan skrives ut; lim inn teksten uten formatering")
    return text


def _number(_felt: Felt, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    digits = re.sub(r"\s", "", value) if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(digits):
        raise ValueError("må være et helt tall, som 1250")
    return int(digits.replace("\N{MINUS SIGN}", "-"))


def _date(_felt: Felt, value: Any) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    text = value.strip() if isinstance(value, str) else ""
    try:
        if local := _LOCAL_DATE.fullmatch(text):
            return dt.date(int(local[3]), int(local[2]), int(local[1])).isoformat()
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("må være en dato, som 29.08.2019") from None


def _choice(felt: Felt, value: Any) -> str:
    if not isinstance(value, str) or value not in dict(felt.valg):
        raise ValueError(f"må være en av: {', '.join(titler.nb for _, titler in felt.valg)}")
    return value


def _yes_no(_felt: Felt, value: Any) -> bool:
    answer = value if isinstance(value, bool) else _YES_NO.get(str(value).strip().lower())
    if answer is None:
        raise ValueError("må besvares med ja eller nei")
    return answer


_READERS: Mapping[Felttype, Callable[[Felt, Any], Any]] = {
    Felttype.TEKST: _text,
    Felttype.TALL: _number,
    Felttype.DATO: _date,
    Felttype.VALG: _choice,
    Felttype.JA_NEI: _yes_no,
}
