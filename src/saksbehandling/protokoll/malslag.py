"""The kinds of document that are made here, for the pages where their templates are edited, with made-up data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
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
    som_verdier,
)
from saksbehandling.protokoll.moetedata import (
    Forfallslinje,
    Frammoetelinje,
    Moeteprotokolldata,
    Protokollsak,
    Tillegg,
)
from saksbehandling.protokoll.moetedata import som_verdier as som_moeteverdier
from saksbehandling.protokoll.ordlyd import protokollord
from saksbehandling.richtext import parse_notation

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


MALSLAG = {
    "moeteprotokoll": Malslag(
        "Møteprotokoll", "Protokollen for et helt møte, slik den legges fram og lastes ned.", moeteprotokoll
    ),
    "saksprotokoll": Malslag(
        "Saksprotokoll", "Protokollen for én sak i ett møte, når den er godkjent og når den lastes ned.", saksprotokoll
    ),
}
