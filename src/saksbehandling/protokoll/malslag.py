"""The kinds of document that are made here, for the pages where their templates are edited, with made-up data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from saksbehandling.maler.slag import Malslag
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

_TILLEGG = parse_notation("Kommunestyret ber om en plan for belysning langs *hele* veien før jul.")
_MERKNAD = parse_notation("En trygg skolevei er det viktigste i saken.")


def saksprotokoll(malform: str) -> Mapping[str, Any]:
    """Values of a saksprotokoll in which every field is filled."""
    return som_verdier(_eksempelsak(malform))


def _eksempelsak(malform: str) -> Saksprotokolldata:
    return Saksprotokolldata(
        kommune="Eksempel kommune",
        utvalg="Kommunestyret",
        moetedato=dt.date(2026, 3, 12),
        sak="14/26",
        tittel="Gangvei til Lia skole",
        dokumenttittel="Saksprotokoll - Gangvei til Lia skole",
        arkivsak="26/118",
        resultat="Behandlet",
        innledning=("Saken sendes videre med slik", "INNSTILLING:"),
        vedtak=(
            parse_notation("Kommunestyret bygger gangvei i tre etapper:\n- 1. Skolebakken\n- 2. Torget\n- 3. Kaia"),
            parse_notation("Arbeidet **begynner** i mai."),
            _TILLEGG,
        ),
        foelger_saken_innledning="Dette forslaget følger saken:",
        foelger_saken=(parse_notation("Kostnaden dekkes av fondet."),),
        flertallsmerknader=(Flertallsmerknad("FLERTALLSMERKNAD – Ap, Sp, V:", _MERKNAD),),
        saksordfoerer="Ola Strand (V)",
        behandling=(
            Behandlingspunkt(Punktart.NOTAT, parse_notation("Rektor orienterte om skoleveien.")),
            Behandlingspunkt(Punktart.FORSLAG, _TILLEGG, "Kari Lie (Sp), tilleggsforslag på vegne av V:"),
            Behandlingspunkt(Punktart.MERKNAD, _MERKNAD, "Kari Lie (Sp), merknad:"),
        ),
        voteringer=("Innstillingen ble enstemmig vedtatt.", "Lies forslag ble vedtatt mot 4 stemmer (3H, 1R)."),
        stemmer=(
            (Stemmelinje("For", "Ap 9, H 6, Sp 5, V 4, R 3"),),
            (
                Stemmelinje("For", "Ap 9, Sp 5, V 4, H 3 (Ola By; Eva Moe; Jon Li), R 2"),
                Stemmelinje("Mot", "H 3 (Siv Foss; Per Dal; Ina Vik), R 1"),
            ),
        ),
        tilslutninger=("Ap og V sluttet seg til merknaden fra Sp.",),
        godkjenning=Godkjenning(ELEKTRONISK_GODKJENT[malform], ("Siri Berg, møtesekretær",), dt.date(2026, 3, 16)),
        malform=malform,
        rettelser=(Rettelse("Rettelse 1, 16.03.2026 kl. 10.00, Siri Berg", _MERKNAD, "Begrunnelse: Skrivefeil."),),
    )


def moeteprotokoll(malform: str) -> Mapping[str, Any]:
    """Values of a møteprotokoll in which every field is filled: one case in the open, and one that is exempt."""
    sak = _eksempelsak(malform)
    data = Moeteprotokolldata(
        kommune=sak.kommune,
        utvalg=sak.utvalg,
        moetedato=sak.moetedato,
        starttid="17.00",
        sluttid="20.30",
        sted="Rådhuset",
        frammoete=(
            Frammoetelinje("Kari Lie", "Sp", "Medlem", merknad="kom kl. 17.20"),
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
    ord_ = protokollord(malform)
    tillegg = Tillegg(
        ord_.godkjent_ved_slutt,
        (("Kari Lie", "Møteleder, 12.03.2026 kl. 20.30"),),
        (("Rettelse 1 til PS 14/26, 16.03.2026 kl. 10.00, Siri Berg", _MERKNAD, "Skrivefeil."),),
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
        sen_begrunnelse="Saken kom inn sent.",
        leder="Kari Lie",
        lederfunksjon=FUNKSJONER[malform][Funksjon.LEDER],
        malform=malform,
    ).som_verdier()


def referatliste(malform: str) -> Mapping[str, Any]:
    """Values of a list with two series."""
    sak = _eksempelsak(malform)
    return Referatlistedata(
        kommune=sak.kommune,
        utvalg=sak.utvalg,
        moetedato=sak.moetedato,
        serier=(
            Sakserie("Referatsaker", (Listesak("RS 3/26", "Brev fra statsforvalteren", "26/12"),)),
            Sakserie("Delegerte saker", (Listesak("DS 9/26", "Skjenkebevilling for én kveld", "26/101"),)),
        ),
        tid="17.00",
        sted="Rådhuset",
        malform=malform,
    ).som_verdier()


def saksframlegg(malform: str) -> Mapping[str, Any]:
    """Values of a saksframlegg in which every field is filled."""
    return _framlegg(malform).som_verdier()


def _framlegg(malform: str) -> Saksframleggsdata:
    sak = _eksempelsak(malform)
    return Saksframleggsdata(
        kommune=sak.kommune,
        tittel=sak.tittel,
        arkivsak=sak.arkivsak,
        innstilling=sak.vedtak[:2],
        innhold=parse_notation("# Bakgrunn\n\nElevene går langs veien.\n\n## Trafikk\n\nTid\tBiler\n07–08\t214"),
        saksbehandler="Nora Dahl",
        dato=dt.date(2026, 2, 20),
        hjemmel="offl. § 23",
        behandlinger=(Behandlingsted(sak.utvalg, sak.moetedato, "PS 14/26"),),
        uttalelser=(Gjengitt("Ungdomsrådet", "PS 4/26", parse_notation("Ungdomsrådet støtter forslaget.")),),
        signaturer=(Signatur("Tor Vik", "kommunedirektør"), Signatur("Nora Dahl", "saksbehandler")),
        vedlegg=(Vedlegg(1, "Kart over skoleveien"), Vedlegg(2, "Kostnadsoverslag")),
        godkjenning=DOKUMENTORD[malform].godkjent,
        malform=malform,
    )


def delegert_vedtak(malform: str) -> Mapping[str, Any]:
    """Values of a decision by delegation that a body was told of."""
    meldt = Behandlingsted("Kommunestyret", dt.date(2026, 3, 12), "DS 9/26")
    return Delegertdata(replace(_framlegg(malform), behandlinger=()), meldt, DOKUMENTORD[malform].klage).som_verdier()


def uttalelse(malform: str) -> Mapping[str, Any]:
    """Values of a statement."""
    sak = replace(_eksempelsak(malform), utvalg="Ungdomsrådet", vedtaksoverskrift="Uttalelse")
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
        oppfoelging=(Oppfoelgingspunkt("Legg fram en plan for belysning.", "Veg og park", dt.date(2026, 12, 1)),),
        avsender="Siri Berg",
    ).som_verdier()


def utsatt_sak(malform: str) -> Mapping[str, Any]:
    """Values of word of a case that was postponed, with a proposal that lapsed."""
    return Utsettelsesdata(
        sak=_eksempelsak(malform),
        dato=dt.date(2026, 3, 17),
        utsatt_til=dt.date(2026, 4, 23),
        bortfalt=(BortfaltForslag("Kari Lie (Sp), tilleggsforslag:", _TILLEGG),),
        avsender="Siri Berg",
    ).som_verdier()


MALSLAG = {
    "saksprotokoll": Malslag(
        "Saksprotokoll", "Protokollen for én sak i ett møte, når den er godkjent og når den lastes ned.", saksprotokoll
    ),
    "saksprotokoll_navn": Malslag(
        "Saksprotokoll med navn",
        "Saksprotokollen der loven vil ha partiene, og navnene der et parti delte seg (kommuneloven § 11-4).",
        saksprotokoll,
    ),
    "moeteprotokoll": Malslag(
        "Møteprotokoll", "Protokollen for et helt møte, slik den legges fram og lastes ned.", moeteprotokoll
    ),
    "innkalling": Malslag("Innkalling", "Innkallingen til et møte, med saksliste.", innkalling),
    "referatliste": Malslag("Referatliste", "Det utvalget bare blir orientert om i et møte.", referatliste),
    "saksframlegg": Malslag("Saksframlegg", "Utredningen og forslaget til innstilling i en sak.", saksframlegg),
    "delegert_vedtak": Malslag(
        "Delegert vedtak", "Vedtaket i en sak som administrasjonen avgjør etter delegering.", delegert_vedtak
    ),
    "uttalelse": Malslag("Uttalelse", "Uttalelsen fra et råd, slik den går til dem som spurte.", uttalelse),
    "saerutskrift": Malslag(
        "Særutskrift", "Utskrift av møteboka for én sak, også som brev om vedtaket til partene.", saerutskrift
    ),
    "melding_om_vedtak": Malslag(
        "Melding om vedtak", "Beskjed om et vedtak til dem som skal sette det i verk.", melding_om_vedtak
    ),
    "utsatt_sak": Malslag("Melding om utsatt sak", "Beskjed om at en sak ble utsatt.", utsatt_sak),
}
"""Each is also a template in `documents.maler` and, beside the protocols, gathered in `dokumenter`."""
