"""The head of a saksprotokoll: labelled values, often run together, sometimes bold, in any order.

`Utvalg:BystyretMøtedato:29.08.2019Sak:87/19` is one line of three values; a title goes on over the next line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from saksbehandling.importering.dato import MOENSTER, finn_dato
from saksbehandling.importering.linjer import Kontekst, Linje, uten_fet
from saksbehandling.importering.numre import finn_arkivsak, finn_saksnummer
from saksbehandling.importering.pakke import Arkivsak, Saksnummer

_ETIKETTER = {
    "utvalg": r"Utvalg/styre/råd|Utvalg|Utval|Organ|UTVALG",
    "moetedato": r"Møtedato/tid|Møtedato|Møtetid|Dato|MØTEDATO",
    "arkivsak": r"Arkivsaksnr|Arkivsaknr|ArkivsakID|Arkivsak|ARKIVSAK",
    "sak": r"Utvalgssaksnr|Utvalgssak|Utv\.saksnr|Saksnummer|Saksnr|Saknr|Sak nr|Sak|SAK",
    "tittel": r"Tittel|TITTEL",
    "resultat": r"Resultat|RESULTAT",
    "annet": r"Møtested|Møtestad|Tidspunkt|Saksbehandler|Saksbehandlar|Journalnr|Arkivkode|Arkiv",
}
_ETIKETT = re.compile(r"(?:" + "|".join(f"(?P<{navn}>{ord_})" for navn, ord_ in _ETIKETTER.items()) + r")\s*\.?\s*:\s*")
_ORGANETS_BEHANDLING = re.compile(
    r"(?P<utvalg>[A-ZÆØÅ].{2,80}?)s behandling av sak (?P<sak>[^ ]+(?: ?/ ?\d+)?) i møte (?:den )?"
    rf"(?P<dato>{MOENSTER})\s*:?"
)
_FORTSETTELSER = 2  # lines that a wrapped title may take


@dataclass(slots=True)
class Hode:
    """The values as written, by field name, and the lines that have no field."""

    verdier: dict[str, str] = field(default_factory=dict)
    annet: list[str] = field(default_factory=list)

    @property
    def utvalg(self) -> str:
        return re.sub(r"\s+", " ", self.verdier.get("utvalg", ""))

    @property
    def moetedato(self) -> date | None:
        return finn_dato(self.verdier.get("moetedato", ""))

    @property
    def sak(self) -> Saksnummer | None:
        return finn_saksnummer(self.verdier.get("sak", ""))

    @property
    def arkivsak(self) -> Arkivsak | None:
        return finn_arkivsak(self.verdier.get("arkivsak", ""))

    @property
    def komplett(self) -> bool:
        return bool(self.utvalg and self.moetedato and self.sak)

    def mangler(self) -> str:
        felt = {"utvalg": self.utvalg, "møtedato": self.moetedato, "saksnummer": self.sak}
        return " og ".join(navn for navn, verdi in felt.items() if not verdi)


def har_etikett(linje: Linje, navn: str) -> bool:
    """Whether the line holds the label of the field `navn`."""
    return any(found.lastgroup == navn for found in _ETIKETT.finditer(uten_fet(linje.tekst)))


def er_organets_behandling(linje: Linje) -> bool:
    """Whether the line is the whole head of a protocol: "Formannskapets behandling av sak 4/2021 i møte den …"."""
    return bool(_ORGANETS_BEHANDLING.fullmatch(uten_fet(linje.tekst)))


def les_hode(linjer: Sequence[Linje], kontekst: Kontekst) -> Hode:
    """Read the lines before the first section heading. Lines without a label are kept in `annet` with a warning."""
    hode = Hode()
    fortsettelser = 0
    for linje in linjer:
        tekst = uten_fet(linje.tekst)
        if found := _ORGANETS_BEHANDLING.fullmatch(tekst):
            hode.verdier |= {"utvalg": found["utvalg"], "sak": found["sak"], "moetedato": found["dato"]}
            continue
        foran, verdier = _del_opp(tekst, set(hode.verdier))
        if foran and list(hode.verdier)[-1:] == ["tittel"] and fortsettelser < _FORTSETTELSER:
            hode.verdier["tittel"] += f" {foran}"
            fortsettelser += 1
        elif foran:
            hode.annet.append(foran)
            kontekst.advar(linje.nr, "ukjent_hodelinje", f"«{foran}» i hodet er ikke forstått. Teksten er beholdt.")
        for navn, etikett, verdi in verdier:
            if navn == "annet":
                hode.annet.append(f"{etikett}: {verdi}")
            else:
                hode.verdier[navn] = verdi
    return hode


def _del_opp(tekst: str, sett: set[str]) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands before the first label, and each (field, label, value). A label counts once per head."""
    funnet: list[re.Match[str]] = []
    for found in _ETIKETT.finditer(tekst):
        navn = str(found.lastgroup)
        if navn == "annet" or navn not in sett | {str(tidligere.lastgroup) for tidligere in funnet}:
            funnet.append(found)
    if not funnet:
        return tekst, []
    slutter = [found.start() for found in funnet[1:]] + [len(tekst)]
    verdier = [
        (str(found.lastgroup), found[0].split(":")[0].strip(" ."), tekst[found.end() : slutt].strip())
        for found, slutt in zip(funnet, slutter, strict=True)
    ]
    return tekst[: funnet[0].start()].strip(), verdier
