"""The guided case: carried as far as it is told, on the real or on moved dates."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from factories.raad import tjenester
from saksbehandling.clock import FixedClock
from saksbehandling.demo import ps_87_19
from saksbehandling.demo.ps_87_19 import Demosak, Steg
from saksbehandling.demo.raad import Raad, opprett_raad
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.models import Avsnittstype
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import forslag_i, voteringer_i

TILSTANDER = {
    Steg.OPPRETTET: "utredning",
    Steg.TIL_UTTALELSE: "til_uttalelse",
    Steg.UTTALELSER: "til_uttalelse",
    Steg.TIL_GODKJENNING: "til_godkjenning",
    Steg.GODKJENT: "klar_for_komite",
    Steg.KOMITE_UTSATT: "utsatt_i_komite",
    Steg.KOMITE_INNSTILT: "klar_for_bystyret",
    Steg.BYSTYRET_UTSATT: "utsatt_i_bystyret",
    Steg.PAA_BYSTYRETS_SAKSLISTE: "i_bystyret",
    Steg.UNDER_BEHANDLING: "i_bystyret",
    Steg.VEDTATT: "vedtatt",
    Steg.PROTOKOLL_GODKJENT: "vedtatt",
    Steg.PUBLISERT: "oppfoelging",
}


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return tjenester(session, klokke)


@pytest.fixture
def raadet(tj: Tjenester) -> Raad:
    return opprett_raad(tj.session, tj.brukere, "torsk og poteter")


def test_a_case_stands_where_it_was_carried(tj: Tjenester, raadet: Raad) -> None:
    staar = {}
    for uker, steg in enumerate(Steg):
        sak = Demosak(tj, raadet, forskyvning=7 * uker)
        assert list(sak.spill(steg))
        staar[steg] = sak.sak.flyt.aktive if sak.sak.flyt else None
    assert staar == TILSTANDER


def test_the_council_decides_as_the_real_one_did(tj: Tjenester, raadet: Raad) -> None:
    sak = Demosak(tj, raadet)
    list(sak.spill())
    moetesak = sak.moetesak
    assert (moetesak.saksmappe.saksnummer, moetesak.saksnummer) == ("19/8286", "PS 87/19")
    assert moetesak.moete.dato == ps_87_19.BYSTYRET_2
    vedtak = vedtak_i(tj.session, moetesak)
    assert vedtak is not None
    slag = [rad.avsnittstype for rad in vedtak.avsnitt]
    assert slag == [*[Avsnittstype.TEKST] * 8, Avsnittstype.MERKNAD]
    mot = [
        {rad.parti.kode: rad.antall for rad in en.partistemmer if rad.stemme is Stemme.MOT}
        for en in voteringer_i(tj.session, moetesak)
    ]
    assert mot == [{}, {"Ap": 1, "MDG": 5, "SV": 4, "R": 2}, {"V": 3, "KrF": 2}, {"FrP": 4}, {"R": 2}]
    utfall = [forslag.utfall for forslag in forslag_i(tj.session, moetesak)]
    assert utfall.count(Forslagsstatus.VEDTATT) == 3
    assert utfall.count(Forslagsstatus.FALT) == 1


def test_every_proposal_of_a_finished_case_has_ended(tj: Tjenester, raadet: Raad) -> None:
    list(Demosak(tj, raadet).spill())
    assert Forslagsstatus.FRAMSATT not in {forslag.utfall for forslag in tj.session.query(Forslag)}


def test_a_moved_case_gets_free_numbers_and_moved_days(tj: Tjenester, raadet: Raad) -> None:
    list(Demosak(tj, raadet).spill())
    annen = Demosak(tj, raadet, tittel="Strategi for fjorden", forskyvning=7 * 52)
    list(annen.spill())
    assert annen.sak.saksnummer != "19/8286"
    assert annen.moetesak.moete.dato == ps_87_19.BYSTYRET_2 + dt.timedelta(weeks=52)
    assert annen.moetesak.moete.dato.weekday() == ps_87_19.BYSTYRET_2.weekday()
