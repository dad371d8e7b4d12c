"""Made-up values of each kind of document, every field filled: what templates are tried on and shown with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from saksbehandling.moete.resultatord import RESULTATORD
from saksbehandling.protokoll.data import (
    ELEKTRONISK_GODKJENT,
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Rettelse,
    Saksprotokolldata,
    Stemmelinje,
    som_verdier,
)
from saksbehandling.protokoll.dokumentdata import (
    Behandlingsted,
    BortfaltForslag,
    Delegertdata,
    Gjengitt,
    Innkallingsdata,
    Listesak,
    Oppfoelgingspunkt,
    Referatlistedata,
    Saerutskriftsdata,
    Sakserie,
    Saksframleggsdata,
    Signatur,
    Utsettelsesdata,
    Uttalelsesdata,
    Vedlegg,
    Vedtaksmeldingsdata,
)
from saksbehandling.protokoll.eksempelord import EKSEMPELORD
from saksbehandling.protokoll.moetedata import (
    Forfallslinje,
    Frammoetelinje,
    Moeteprotokolldata,
    Protokollsak,
    Tillegg,
)
from saksbehandling.protokoll.moetedata import som_verdier as som_moeteverdier
from saksbehandling.protokoll.ordlyd import DOKUMENTORD, FUNKSJONER, protokollord
from saksbehandling.richtext import parse_notation
from saksbehandling.utvalg.models import Funksjon


def saksprotokoll(malform: str) -> Mapping[str, Any]:
    """Values of a saksprotokoll in which every field is filled."""
    return som_verdier(_eksempelsak(malform))


def _eksempelsak(malform: str) -> Saksprotokolldata:
    ord_, retting = EKSEMPELORD[malform], protokollord(malform).rettelse.format(nummer=1)
    tillegg, merknad = parse_notation(ord_.tillegg), parse_notation(ord_.merknad)
    return Saksprotokolldata(
        kommune="Eksempel kommune",
        utvalg="Kommunestyret",
        moetedato=dt.date(2026, 3, 12),
        sak="14/26",
        tittel=ord_.tittel,
        dokumenttittel=f"Saksprotokoll - {ord_.tittel}",
        arkivsak="26/118",
        resultat=RESULTATORD[malform].behandlet,
        innledning=ord_.innledning,
        vedtak=(*map(parse_notation, ord_.avsnitt), tillegg),
        foelger_saken_innledning=ord_.foelger_saken_innledning,
        foelger_saken=(parse_notation(ord_.foelger_saken),),
        flertallsmerknader=(Flertallsmerknad(ord_.flertallsmerknad, merknad),),
        saksordfoerer="Ola Strand (V)",
        behandling=(
            Behandlingspunkt(Punktart.NOTAT, parse_notation(ord_.notat)),
            Behandlingspunkt(Punktart.FORSLAG, tillegg, ord_.forslag),
            Behandlingspunkt(Punktart.MERKNAD, merknad, ord_.merknad_fra),
        ),
        voteringer=ord_.voteringer,
        stemmer=(
            (Stemmelinje("For", "Ap 9, H 6, Sp 5, V 4, R 3"),),
            (
                Stemmelinje("For", "Ap 9, Sp 5, V 4, H 3 (Ola By; Eva Moe; Jon Li), R 2"),
                Stemmelinje("Mot", "H 3 (Siv Foss; Per Dal; Ina Vik), R 1"),
            ),
        ),
        tilslutninger=(ord_.tilslutning,),
        godkjenning=Godkjenning(ELEKTRONISK_GODKJENT[malform], (f"Siri Berg, {ord_.sekretaer}",), dt.date(2026, 3, 16)),
        malform=malform,
        rettelser=(Rettelse(f"{retting}, 16.03.2026 kl. 10.00, Siri Berg", merknad, _grunn(malform)),),
    )


def moeteprotokoll(malform: str) -> Mapping[str, Any]:
    """Values of a møteprotokoll in which every field is filled: one case in the open, and one that is exempt."""
    sak, ord_ = _eksempelsak(malform), protokollord(malform)
    data = Moeteprotokolldata(
        kommune=sak.kommune,
        utvalg=sak.utvalg,
        moetedato=sak.moetedato,
        starttid="17.00",
        sluttid="20.30",
        sted="Rådhuset",
        frammoete=(
            Frammoetelinje("Kari Lie", "Sp", "Medlem", merknad=EKSEMPELORD[malform].kom),
            Frammoetelinje("Ola Strand", "V", "Varamedlem", "Liv Berg"),
        ),
        forfall=(Forfallslinje("Liv Berg", "V", "Ola Strand"),),
        plasser=27,
        saker=(
            Protokollsak(1, "PS 14/26", sak.tittel, "", sak),
            Protokollsak(2, "PS 15/26", "Personalsak", "offl. § 13", None),
        ),
        malform=malform,
    )
    merknad = parse_notation(EKSEMPELORD[malform].merknad)
    tillegg = Tillegg(
        ord_.godkjent_ved_slutt,
        (("Kari Lie", f"{ord_.signaturfelt[0]}, 12.03.2026 kl. 20.30"),),
        (
            (
                f"{ord_.rettelse.format(nummer=1)} til PS 14/26, 16.03.2026 kl. 10.00, Siri Berg",
                merknad,
                _grunn(malform),
            ),
        ),
        ord_.erklaering,
        ord_.signaturfelt,
    )
    return som_moeteverdier(data, tillegg)


def innkalling(malform: str) -> Mapping[str, Any]:
    """Values of a summons to a meeting with one case in the open, and one that is exempt."""
    sak = _eksempelsak(malform)
    return Innkallingsdata(
        kommune=sak.kommune,
        utvalg=sak.utvalg,
        moetedato=sak.moetedato,
        dato=dt.date(2026, 3, 2),
        saker=(Listesak("PS 14/26", sak.tittel, "26/118"), Listesak("PS 15/26", "Personalsak", "26/90", "offl. § 13")),
        tid="17.00",
        sted="Rådhuset",
        sen_begrunnelse=EKSEMPELORD[malform].sen,
        leder="Kari Lie",
        lederfunksjon=FUNKSJONER[malform][Funksjon.LEDER],
        malform=malform,
    ).som_verdier()


def referatliste(malform: str) -> Mapping[str, Any]:
    """Values of a list with two series."""
    sak, (referat, delegert) = _eksempelsak(malform), EKSEMPELORD[malform].serier
    return Referatlistedata(
        kommune=sak.kommune,
        utvalg=sak.utvalg,
        moetedato=sak.moetedato,
        serier=(
            Sakserie(referat[0], (Listesak("RS 3/26", referat[1], "26/12"),)),
            Sakserie(delegert[0], (Listesak("DS 9/26", delegert[1], "26/101"),)),
        ),
        tid="17.00",
        sted="Rådhuset",
        malform=malform,
    ).som_verdier()


def saksframlegg(malform: str) -> Mapping[str, Any]:
    """Values of a saksframlegg in which every field is filled."""
    return _framlegg(malform).som_verdier()


def _framlegg(malform: str) -> Saksframleggsdata:
    sak, ord_ = _eksempelsak(malform), EKSEMPELORD[malform]
    return Saksframleggsdata(
        kommune=sak.kommune,
        tittel=sak.tittel,
        arkivsak=sak.arkivsak,
        innstilling=sak.vedtak[:2],
        innhold=parse_notation(ord_.utredning),
        saksbehandler="Nora Dahl",
        dato=dt.date(2026, 2, 20),
        hjemmel="offl. § 23",
        behandlinger=(Behandlingsted(sak.utvalg, sak.moetedato, "PS 14/26"),),
        uttalelser=(Gjengitt("Ungdomsrådet", "PS 4/26", parse_notation(ord_.uttalelse)),),
        signaturer=(Signatur("Tor Vik", "kommunedirektør"), Signatur("Nora Dahl", ord_.saksbehandler)),
        vedlegg=tuple(Vedlegg(nummer, tittel) for nummer, tittel in enumerate(ord_.vedlegg, 1)),
        godkjenning=DOKUMENTORD[malform].godkjent,
        malform=malform,
    )


def delegert_vedtak(malform: str) -> Mapping[str, Any]:
    """Values of a decision by delegation that a body was told of."""
    meldt = Behandlingsted("Kommunestyret", dt.date(2026, 3, 12), "DS 9/26")
    return Delegertdata(replace(_framlegg(malform), behandlinger=()), meldt, DOKUMENTORD[malform].klage).som_verdier()


def uttalelse(malform: str) -> Mapping[str, Any]:
    """Values of a statement."""
    sak = replace(_eksempelsak(malform), utvalg="Ungdomsrådet", vedtaksoverskrift=protokollord(malform).uttalelse)
    return Uttalelsesdata(sak, "Ida Moen", FUNKSJONER[malform][Funksjon.LEDER]).som_verdier()


def saerutskrift(malform: str) -> Mapping[str, Any]:
    """Values of a letter to a party who may appeal."""
    return Saerutskriftsdata(
        sak=_eksempelsak(malform),
        dato=dt.date(2026, 3, 17),
        mottaker=("Strandgata Eiendom AS", "Strandgata 1", "9999 Eksempelby"),
        hjemmel="offl. § 13",
        klage=DOKUMENTORD[malform].klage,
        avsender="Siri Berg",
    ).som_verdier()


def melding_om_vedtak(malform: str) -> Mapping[str, Any]:
    """Values of word to those who are to carry a decision out."""
    return Vedtaksmeldingsdata(
        sak=_eksempelsak(malform),
        dato=dt.date(2026, 3, 17),
        til="Veg og park, Nora Dahl",
        oppfoelging=(Oppfoelgingspunkt(EKSEMPELORD[malform].oppfoelging, "Veg og park", dt.date(2026, 12, 1)),),
        avsender="Siri Berg",
    ).som_verdier()


def utsatt_sak(malform: str) -> Mapping[str, Any]:
    """Values of word of a case that was postponed, with a proposal that lapsed."""
    sak = _eksempelsak(malform)
    forslag = next(punkt for punkt in sak.behandling if punkt.art is Punktart.FORSLAG)
    return Utsettelsesdata(
        sak=sak,
        dato=dt.date(2026, 3, 17),
        utsatt_til=dt.date(2026, 4, 23),
        bortfalt=(BortfaltForslag(forslag.overskrift, forslag.tekst),),
        avsender="Siri Berg",
    ).som_verdier()


def _grunn(malform: str) -> str:
    return f"{protokollord(malform).begrunnelse}: {EKSEMPELORD[malform].begrunnelse}"
