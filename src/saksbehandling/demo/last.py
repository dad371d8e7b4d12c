"""Loads the whole demo: the council, PS 87/19 finished and at every stage, and a few hundred generated cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from saksbehandling.demo import ps_87_19, tekster
from saksbehandling.demo.generert import saker
from saksbehandling.demo.gjennomfoering import Gjennomfoering
from saksbehandling.demo.ps_87_19 import Demosak, Steg
from saksbehandling.demo.raad import Raad, opprett_raad
from saksbehandling.tjenester import Felles, Tjenester

PASSORD = "nidarvik-2026"  # everybody may know it: the demo's accounts guard nothing
ANTALL = 300
FRA = dt.date(2019, 9, 1)
PAKKE = 25

# Where the practice cases stand today, and the date of the guided case that is moved to today.
STADIER: tuple[tuple[Steg, dt.date, str], ...] = (
    (Steg.OPPRETTET, ps_87_19.SAKSFRAMLEGG_DATO, "Strategi for frivillighet 2027–2030"),
    (Steg.TIL_UTTALELSE, dt.date(2019, 3, 20), "Strategi for universell utforming 2027–2030"),
    (Steg.UTTALELSER, ps_87_19.SAKSFRAMLEGG_DATO, "Strategi for havbyen 2027–2030"),
    (Steg.TIL_GODKJENNING, ps_87_19.SAKSFRAMLEGG_DATO, "Strategi for folkehelse i bydelene 2027–2030"),
    (Steg.GODKJENT, dt.date(2019, 5, 2), "Strategi for nordisk samarbeid 2027–2030"),
    (Steg.KOMITE_UTSATT, dt.date(2019, 5, 14), "Strategi for grønn næring 2027–2030"),
    (Steg.KOMITE_INNSTILT, dt.date(2019, 6, 3), "Strategi for kunnskapsbyen 2027–2030"),
    (Steg.BYSTYRET_UTSATT, dt.date(2019, 6, 20), "Strategi for internasjonale studenter 2027–2030"),
    (Steg.PAA_BYSTYRETS_SAKSLISTE, dt.date(2019, 8, 27), "Strategi for vennskapsbyene 2027–2030"),
    (Steg.UNDER_BEHANDLING, ps_87_19.BYSTYRET_2, "Strategi for europeisk samarbeid 2027–2030"),
    (Steg.VEDTATT, dt.date(2019, 8, 30), "Strategi for havn og handel 2027–2030"),
    (Steg.PROTOKOLL_GODKJENT, dt.date(2019, 9, 2), "Strategi for besøk og reiseliv 2027–2030"),
)


def last(felles: Felles, session: Session, antall: int = ANTALL) -> Iterator[str]:
    """Load everything, committing and telling a package at a time, so that little is lost when it is stopped."""
    tjenester = Tjenester(felles, session)
    raad, fortellinger = _raadet(tjenester)
    session.commit()
    yield from fortellinger
    genererte = list(saker(antall, FRA, felles.clock.today() - dt.timedelta(days=1)))
    gjennomfoering = Gjennomfoering(tjenester, raad)
    for foerste in range(0, antall, PAKKE):
        for sak in genererte[foerste : foerste + PAKKE]:
            gjennomfoering.spill(sak)
        session.commit()
        yield f"{min(foerste + PAKKE, antall)} av {antall} genererte saker."


def _raadet(tjenester: Tjenester) -> tuple[Raad, list[str]]:
    raad = opprett_raad(tjenester.session, tjenester.brukere, PASSORD)
    fortellinger = [f"Nidarvik kommune: {len(raad.utvalg)} utvalg og {len(raad.brukere)} brukere."]
    fortellinger += [f"{tekster.TITTEL}: {steg}" for steg in Demosak(tjenester, raad).spill()][-1:]
    idag = tjenester.felles.clock.today()
    for stadium, ekte_dato, tittel in STADIER:
        sak = Demosak(tjenester, raad, tittel=tittel, forskyvning=_hele_uker(idag - ekte_dato))
        fortellinger.append(f"{tittel}: {list(sak.spill(stadium))[-1]}")
    return raad, fortellinger


def _hele_uker(avstand: dt.timedelta) -> int:
    """Days, so that meetings stay on their weekday."""
    return round(avstand.days / 7) * 7
