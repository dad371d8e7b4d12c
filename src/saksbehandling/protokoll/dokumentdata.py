"""The frozen data of the documents beside protocols, and the values that their templates show.

A document about a treatment holds what its saksprotokoll says (`Saksprotokolldata`) and a few facts more. Dates are
dates: the template decides how they are written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from saksbehandling.protokoll import data as saksdata
from saksbehandling.protokoll.data import Saksprotokolldata
from saksbehandling.protokoll.ordlyd import protokollord
from saksbehandling.richtext import Block, Blocks


@dataclass(frozen=True, slots=True)
class Listesak:
    """An item of an agenda, as everybody may see it. `hjemmel`: why the case is exempt, "" for what is public."""

    saksnummer: str
    tittel: str
    arkivsak: str
    hjemmel: str = ""


@dataclass(frozen=True, slots=True)
class Innkallingsdata:
    """A summons. `dato`: when it went out, or would go out now. `sen_begrunnelse`: why it went out late."""

    kommune: str
    utvalg: str
    moetedato: dt.date
    dato: dt.date
    saker: tuple[Listesak, ...]
    tid: str = ""
    sted: str = ""
    sen_begrunnelse: str = ""
    leder: str = ""
    lederfunksjon: str = ""
    malform: str = "nb"

    def som_verdier(self) -> dict[str, Any]:
        har_unntatte = any(sak.hjemmel for sak in self.saker)
        return verdier(self) | {"dokumenttittel": self._tittel(), "har_unntatte": har_unntatte}

    def _tittel(self) -> str:
        return f"Møteinnkalling - {self.utvalg} {self.moetedato:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Sakserie:
    """The items of one number series. `navn`: «Referatsaker»."""

    navn: str
    saker: tuple[Listesak, ...]


@dataclass(frozen=True, slots=True)
class Referatlistedata:
    """What a meeting is told of: referatsaker, decisions by delegation and the like."""

    kommune: str
    utvalg: str
    moetedato: dt.date
    serier: tuple[Sakserie, ...]
    tid: str = ""
    sted: str = ""
    malform: str = "nb"

    def som_verdier(self) -> dict[str, Any]:
        return verdier(self) | {"dokumenttittel": f"Referatsaker - {self.utvalg} {self.moetedato:%d.%m.%Y}"}


@dataclass(frozen=True, slots=True)
class Behandlingsted:
    """Where a case is treated."""

    utvalg: str
    moetedato: dt.date
    saksnummer: str


@dataclass(frozen=True, slots=True)
class Gjengitt:
    """A body's statement, word for word."""

    utvalg: str
    saksnummer: str
    tekst: Blocks


@dataclass(frozen=True, slots=True)
class Signatur:
    """Who stands for a text. `tittel`: what they are."""

    navn: str
    tittel: str


@dataclass(frozen=True, slots=True)
class Vedlegg:
    nummer: int
    tittel: str


@dataclass(frozen=True, slots=True)
class Saksframleggsdata:
    """A saksframlegg. `innstilling`: its segments. `godkjenning`: a sentence, "" for a draft."""

    kommune: str
    tittel: str
    arkivsak: str
    innstilling: tuple[Blocks, ...]
    innhold: Blocks = ()
    saksbehandler: str = ""
    dato: dt.date | None = None
    hjemmel: str = ""
    behandlinger: tuple[Behandlingsted, ...] = ()
    uttalelser: tuple[Gjengitt, ...] = ()
    signaturer: tuple[Signatur, ...] = ()
    vedlegg: tuple[Vedlegg, ...] = ()
    godkjenning: str = ""
    malform: str = "nb"

    def som_verdier(self) -> dict[str, Any]:
        return verdier(self) | {
            "innstilling": _samlet(self.innstilling),
            "dokumenttittel": f"Saksframlegg - {self.tittel}",
        }


@dataclass(frozen=True, slots=True)
class Delegertdata:
    """A decision by delegation. `sak`: its text and reasons. `meldt`: the item by which a body was told of it."""

    sak: Saksframleggsdata
    meldt: Behandlingsted | None = None
    klage: tuple[str, ...] = ()

    @property
    def malform(self) -> str:
        return self.sak.malform

    def som_verdier(self) -> dict[str, Any]:
        meldt = verdier(self.meldt) if self.meldt else None
        egne = {"meldt": meldt, "klage": list(self.klage), "dokumenttittel": f"Delegert vedtak - {self.sak.tittel}"}
        return self.sak.som_verdier() | egne


@dataclass(frozen=True, slots=True)
class Uttalelsesdata:
    """A council's statement, as it leaves the council."""

    sak: Saksprotokolldata
    leder: str = ""
    lederfunksjon: str = ""

    @property
    def malform(self) -> str:
        return self.sak.malform

    def som_verdier(self) -> dict[str, Any]:
        return _om_behandlingen(self, f"{protokollord(self.malform).uttalelse} - {self.sak.tittel}")


@dataclass(frozen=True, slots=True)
class Saerutskriftsdata:
    """An extract of the minutes. `mottaker`: the lines of an address, none for an extract that is nobody's letter.

    `hjemmel`: why it is exempt. `klage`: how a party appeals, by paragraph; none where nobody can.
    """

    sak: Saksprotokolldata
    dato: dt.date
    mottaker: tuple[str, ...] = ()
    hjemmel: str = ""
    klage: tuple[str, ...] = ()
    avsender: str = ""

    @property
    def malform(self) -> str:
        return self.sak.malform

    def som_verdier(self) -> dict[str, Any]:
        return _om_behandlingen(self, f"Særutskrift - {self.sak.tittel}")


@dataclass(frozen=True, slots=True)
class Oppfoelgingspunkt:
    """Something that the decision asks for."""

    tekst: str
    ansvarlig: str
    frist: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Vedtaksmeldingsdata:
    """Word of a decision to those who are to carry it out. `til`: the unit or person."""

    sak: Saksprotokolldata
    dato: dt.date
    til: str
    oppfoelging: tuple[Oppfoelgingspunkt, ...] = ()
    avsender: str = ""

    @property
    def malform(self) -> str:
        return self.sak.malform

    def som_verdier(self) -> dict[str, Any]:
        return _om_behandlingen(self, f"Melding om vedtak - {self.sak.tittel}")


@dataclass(frozen=True, slots=True)
class BortfaltForslag:
    """A proposal that lapsed. `overskrift`: who moved what."""

    overskrift: str
    tekst: Blocks


@dataclass(frozen=True, slots=True)
class Utsettelsesdata:
    """Word of a case that was postponed. `utsatt_til`: None where no date is set."""

    sak: Saksprotokolldata
    dato: dt.date
    utsatt_til: dt.date | None = None
    bortfalt: tuple[BortfaltForslag, ...] = ()
    avsender: str = ""

    @property
    def malform(self) -> str:
        return self.sak.malform

    def som_verdier(self) -> dict[str, Any]:
        ord_ = "Utsett sak" if self.malform == "nn" else "Utsatt sak"
        return _om_behandlingen(self, f"{ord_} - {self.sak.tittel}") | {"uten_dato": self.utsatt_til is None}


Dokumentdata = (
    Innkallingsdata
    | Referatlistedata
    | Saksframleggsdata
    | Delegertdata
    | Uttalelsesdata
    | Saerutskriftsdata
    | Vedtaksmeldingsdata
    | Utsettelsesdata
)


def verdier(data: Any) -> dict[str, Any]:
    """The fields of a frozen data class as what templates reach: mappings, lists, rich text, texts, dates."""
    return {felt.name: _verdi(getattr(data, felt.name)) for felt in fields(data)}


def _verdi(verdi: Any) -> Any:
    if isinstance(verdi, tuple) and not any(isinstance(ett, Block) for ett in verdi):
        return [_verdi(ett) for ett in verdi]
    return verdier(verdi) if is_dataclass(verdi) else verdi


def _om_behandlingen(
    data: Uttalelsesdata | Saerutskriftsdata | Vedtaksmeldingsdata | Utsettelsesdata, dokumenttittel: str
) -> dict[str, Any]:
    egne = {felt.name: _verdi(getattr(data, felt.name)) for felt in fields(data) if felt.name != "sak"}
    return saksdata.som_verdier(data.sak) | egne | {"dokumenttittel": dokumenttittel}


def _samlet(avsnitt: tuple[Blocks, ...]) -> Blocks:
    return tuple(blokk for ett in avsnitt for blokk in ett)
