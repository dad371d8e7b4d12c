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
    Saksprotokolldata,
    som_verdier,
)
from saksbehandling.richtext import parse_notation

_TILLEGG = parse_notation("Kommunestyret ber om en plan for belysning langs *hele* veien før jul.")
_MERKNAD = parse_notation("En trygg skolevei er det viktigste i saken.")


def saksprotokoll(malform: str) -> Mapping[str, Any]:
    """Values of a saksprotokoll in which every field is filled."""
    return som_verdier(
        Saksprotokolldata(
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
        )
    )


MALSLAG = {
    "saksprotokoll": Malslag(
        "Saksprotokoll", "Protokollen for én sak i ett møte, når den er godkjent og når den lastes ned.", saksprotokoll
    ),
}
