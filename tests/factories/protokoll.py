"""Saksprotokolldata for tests: one where every part has something in it, in invented words."""

from __future__ import annotations

import datetime as dt
import re

from saksbehandling.protokoll.data import (
    ELEKTRONISK_GODKJENT,
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Rettelse,
    Saksprotokolldata,
)
from saksbehandling.richtext import parse_notation

BOKMAAL = re.compile(
    r"\b(?:ble|fra|ikke|enstemmig|vedtatt|sluttet|mer|Saken|Behandlet|Votering|utvalg|fellesforslag\w*"
    r"|\w*forslag(?:et)?|[Ii]nnstillingen|Rettelse\w*|Møteleder|Leder|FLERTALLSMERKNAD|Uttalelse|[Mm]øtested|veien?)\b"
)
"""Words that nothing in nynorsk has."""

TILLEGG = "Kommunestyret ber om en plan for gangveien langs *Elvebakken* før jul."


def saksprotokolldata(**changes: object) -> Saksprotokolldata:
    """A protocol of the invented Fjordvik kommune; `changes` replace fields."""
    fields: dict[str, object] = {
        "kommune": "Fjordvik kommune",
        "utvalg": "Kommunestyret",
        "moetedato": dt.date(2024, 3, 14),
        "sak": "12/24",
        "tittel": "Ny gangvei til Fjordvik skole",
        "dokumenttittel": "Saksprotokoll - Ny gangvei til Fjordvik skole",
        "arkivsak": "24/311",
        "resultat": "Behandlet",
        "innledning": ("Saken sendes videre slik",),
        "vedtak": (
            parse_notation("Kommunestyret bygger gangvei i tre:\n- 1. Skolebakken\n- 2. Torget\n- 3. Kaia & brygga"),
            parse_notation("Arbeidet **starter** i mai."),
            parse_notation(TILLEGG),
        ),
        "foelger_saken_innledning": "Denne teksten er med videre.",
        "foelger_saken": (parse_notation("Kostnaden dekkes av fondet."),),
        "flertallsmerknader": (
            Flertallsmerknad("FLERTALLSMERKNAD - Sp, V:", parse_notation("Trygg skolevei haster.")),
        ),
        "saksordfoerer": "Ola Strand (V)",
        "behandling": (
            Behandlingspunkt(Punktart.NOTAT, parse_notation("Rektor orienterte om skoleveien.")),
            Behandlingspunkt(Punktart.FORSLAG, parse_notation(TILLEGG), "Kari Lie (Sp), tilleggsforslag pva V:"),
            Behandlingspunkt(Punktart.MERKNAD, parse_notation("Trygg skolevei haster."), "Kari Lie (Sp), merknad:"),
        ),
        "voteringer": ("Innstillingen ble enstemmig vedtatt.", "Lies forslag ble vedtatt mot 3 stemmer (2H, 1R)."),
        "tilslutninger": ("V sluttet seg til merknaden fra Sp.",),
        "rettelser": (Rettelse("Rettelse 1, Siri Berg", parse_notation("Det var 4 stemmer."), "Telt på nytt."),),
        "godkjenning": Godkjenning(ELEKTRONISK_GODKJENT["nb"], ("Siri Berg, møtesekretær",), dt.date(2024, 3, 18)),
    }
    return Saksprotokolldata(**{**fields, **changes})  # type: ignore[arg-type]
