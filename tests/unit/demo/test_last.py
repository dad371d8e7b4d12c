"""The whole demo: loaded a package at a time, with a case at every stage, and nothing screened in the open."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories.raad import felles
from saksbehandling.clock import FixedClock
from saksbehandling.demo.last import PASSORD, STADIER, last
from saksbehandling.identity.rules import ALLE
from saksbehandling.innsyn.soekedokumenter import dokumenter_for
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagsstatus
from saksbehandling.votering.models import Forslag
from saksbehandling.workflow_engine.models import Flyt

ANTALL = 40


def test_the_demo_is_loaded_and_holds_together(session: Session, klokke: FixedClock) -> None:
    felles_ = felles(klokke)
    klokke.set(klokke.now().replace(year=2026))
    fortalt = list(last(felles_, session, ANTALL))
    tj = Tjenester(felles_, session)

    assert fortalt[-1] == f"{ANTALL} av {ANTALL} genererte saker."
    assert tj.brukere.logg_inn("sekretaer", PASSORD) is not None
    saker = session.scalars(sa.select(Saksmappe)).all()
    assert len(saker) == 1 + len(STADIER) + ANTALL
    assert not [sak.saksnummer for sak in saker if sak.flyt is None]

    tilstander = Counter(session.scalars(sa.select(Flyt.aktive).where(Flyt.definisjon == "politisk_sak")))
    ventet = "utredning til_uttalelse til_godkjenning klar_for_komite utsatt_i_komite klar_for_bystyret i_bystyret"
    assert set(ventet.split()) <= set(tilstander)

    forslag = session.scalars(sa.select(Forslag)).all()
    assert {rad.utfall for rad in forslag if rad.moetesak.utfall.value != "åpen"}.isdisjoint({Forslagsstatus.FRAMSATT})

    _nothing_screened_is_open(session, saker)
    oppgaver = session.scalars(sa.select(Utboks.type)).all()
    ordrer = {Oppgavetype.INDEKSER, Oppgavetype.LAG_SAKSFRAMLEGG, Oppgavetype.LAG_PROTOKOLL}
    assert set(oppgaver) == ordrer


def _nothing_screened_is_open(session: Session, saker: list[Saksmappe]) -> None:
    skjermede = [sak for sak in saker if sak.skjermingshjemmel]
    assert skjermede
    for sak in skjermede:
        offentlige = [ett for ett in dokumenter_for(session, sak.id) if ALLE in ett.lesere]
        assert [ett.tittel for ett in offentlige] == [sak.offentlig_tittel] * len(offentlige)
        assert all(ett.type == "sak" and not ett.tekst for ett in offentlige)
