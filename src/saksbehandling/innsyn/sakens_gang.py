"""The route of a case as stations: what the workflow says of its stages, with the treatments that a reader may see.

Pure: it reads what it is given. Dates, numbers and outcomes of treatments come from the treatments alone, so that
nothing of one that the reader may not see stands in the picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saksbehandling.innsyn.adresser import behandlingsadresse
from saksbehandling.innsyn.figurer import Sloeyfe, Stasjon, Stasjonstilstand
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.skrivemaate import dato
from saksbehandling.utvalg.models import Utvalgstype
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.route import Station

UTTALELSER, KOMITE, BYSTYRET, OPPFOELGING, AVSLUTTET = (
    "til_uttalelse",
    "komite",
    "bystyret",
    "oppfoelging",
    "avsluttet",
)
TITLER = {"utredning": "Saksframlegg", UTTALELSER: "Uttalelser", "vedtatt": "Protokoll og publisering"}
UTFALL = {
    Moetesaksutfall.UTSATT: "Utsatt",
    Moetesaksutfall.TILBAKESENDT: "Sendt tilbake",
    Moetesaksutfall.TRUKKET: "Trukket",
}
FERDIG = {
    Behandlingstype.UTTALELSE: "Uttalelse avgitt",
    Behandlingstype.INNSTILLING: "Innstilling avgitt",
    Behandlingstype.VEDTAK: "Vedtak fattet",
}


def stasjoner(rute: Sequence[Station], moetesaker: Sequence[Moetesak], lenke: str) -> list[Stasjon]:
    """The stations from left to right. `moetesaker`: those that the reader may see, in time order. `lenke`: the page
    of the case, for the station of its saksframlegg."""
    siste = max((plass for plass, stasjon in enumerate(rute) if stasjon.besoek), default=-1)
    vist = [stasjon for plass, stasjon in enumerate(rute) if stasjon.besoek or plass > siste]
    return [_stasjon(stasjon, vist, moetesaker, lenke) for stasjon in vist if not _samles(stasjon, vist)]


def utfallsord(moetesak: Moetesak) -> str:
    """What came of a treatment, in one or two words; empty while it is open."""
    if moetesak.utfall is Moetesaksutfall.AAPEN:
        return ""
    return UTFALL.get(moetesak.utfall) or FERDIG[moetesak.behandlingstype]


def stadium(moetesak: Moetesak) -> str:
    """The station that a treatment belongs to."""
    if moetesak.behandlingstype is Behandlingstype.UTTALELSE:
        return UTTALELSER
    return BYSTYRET if moetesak.utvalg.utvalgstype is Utvalgstype.KOMMUNESTYRE else KOMITE


def _samles(stasjon: Station, vist: Sequence[Station]) -> bool:
    """The end of a case is told with its follow-up."""
    return stasjon.id == AVSLUTTET and any(annen.id == OPPFOELGING for annen in vist)


def _stasjon(stasjon: Station, vist: Sequence[Station], moetesaker: Sequence[Moetesak], lenke: str) -> Stasjon:
    her = [moetesak for moetesak in moetesaker if stadium(moetesak) == stasjon.id]
    if stasjon.id == UTTALELSER and her:
        grener = tuple(_gren(moetesak) for moetesak in her)
        return Stasjon(TITLER[UTTALELSER], tilstand=_tilstand(stasjon, vist), grener=grener)
    if her:
        return _behandlet(stasjon, vist, her)
    tittel, tilstand = TITLER.get(stasjon.id, stasjon.titler.nb), _tilstand(stasjon, vist)
    if stasjon.id in (UTTALELSER, KOMITE, BYSTYRET):
        return Stasjon(tittel, tilstand=tilstand)
    return Stasjon(
        tittel,
        datoer=_datoer(stasjon),
        utfall=_ord(stasjon, vist),
        tilstand=tilstand,
        lenke=f"{lenke}#saksframlegg" if stasjon.id == "utredning" else None,
    )


def _behandlet(stasjon: Station, vist: Sequence[Station], her: Sequence[Moetesak]) -> Stasjon:
    """A committee or council: its last treatment, with the postponements before it as loops."""
    siste = her[-1]
    utsatt = [moetesak for moetesak in her if moetesak.utfall is Moetesaksutfall.UTSATT]
    return Stasjon(
        siste.utvalg.navn,
        undertittel=siste.saksnummer,
        datoer=() if siste in utsatt else (siste.moete.dato,),
        utfall="" if siste in utsatt else utfallsord(siste),
        tilstand=_tilstand(stasjon, vist),
        lenke=behandlingsadresse(siste),
        sloeyfer=tuple(Sloeyfe(moetesak.moete.dato, _utsettelse(moetesak)) for moetesak in utsatt),
    )


def _gren(moetesak: Moetesak) -> Stasjon:
    ferdig = moetesak.utfall is not Moetesaksutfall.AAPEN
    return Stasjon(
        moetesak.utvalg.navn,
        undertittel=moetesak.saksnummer,
        datoer=(moetesak.moete.dato,),
        utfall="" if moetesak.utfall is Moetesaksutfall.BEHANDLET else utfallsord(moetesak),
        tilstand=Stasjonstilstand.PASSERT if ferdig else Stasjonstilstand.NAA,
        lenke=behandlingsadresse(moetesak),
    )


def _utsettelse(moetesak: Moetesak) -> str:
    return f"til {dato(moetesak.utsatt_til)}" if moetesak.utsatt_til else ""


def _tilstand(stasjon: Station, vist: Sequence[Station]) -> Stasjonstilstand:
    if stasjon.naa:
        return Stasjonstilstand.UTSATT if _staar_utsatt(stasjon) else Stasjonstilstand.NAA
    if stasjon.id == OPPFOELGING and any(annen.id == AVSLUTTET and annen.naa for annen in vist):
        return Stasjonstilstand.PASSERT
    return Stasjonstilstand.PASSERT if stasjon.besoek else Stasjonstilstand.NESTE


def _staar_utsatt(stasjon: Station) -> bool:
    return any(besoek.merke == "utsatt" and besoek.ut is None for besoek in stasjon.besoek)


def _ord(stasjon: Station, vist: Sequence[Station]) -> str:
    """What the workflow calls the state it is in, where the name of the station does not say it."""
    if stasjon.id == OPPFOELGING and any(annen.id == AVSLUTTET and annen.besoek for annen in vist):
        return "Avsluttet"
    naa = [besoek.titler.nb for besoek in stasjon.besoek if besoek.ut is None]
    return naa[-1] if naa and naa[-1] != TITLER.get(stasjon.id, stasjon.titler.nb) else ""


def _datoer(stasjon: Station) -> tuple[dt.date, ...]:
    """When it came, and when it left for the last time."""
    if not stasjon.besoek:
        return ()
    inn, ut = stasjon.besoek[0].inn, stasjon.besoek[-1].ut
    return (inn,) if ut is None or ut == inn else (inn, ut)
