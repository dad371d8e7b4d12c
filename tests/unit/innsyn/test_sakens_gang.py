"""The stations of a case, from its workflow and the treatments that a reader may see."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.innsyn.figurer import Stasjon, Stasjonstilstand
from saksbehandling.innsyn.sakens_gang import stasjoner
from saksbehandling.innsyn.saksside import Sakslesing
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.workflow_engine.route import route

from ...factories import raad

KOMITE_1, KOMITE_2 = dt.date(2019, 5, 9), dt.date(2019, 5, 28)


def gang(tj: Tjenester, sak: Saksmappe, *, synlig: bool = True) -> dict[str, Stasjon]:
    assert sak.flyt is not None
    chart = tj.felles.registry.chart(sak.flyt.definisjon, sak.flyt.versjon)
    rute = route(chart, tj.flyt.history(sak.flyt))
    lesing = Sakslesing(tj.session, raad.SEKRETAER, intern=True)
    moetesaker = lesing.alle_behandlinger(sak) if synlig else []
    return {stasjon.tittel: stasjon for stasjon in stasjoner(rute, moetesaker, "/saker/2019/1")}


def test_a_new_case_is_at_its_first_station_with_the_rest_ahead(session: Session, klokke: FixedClock) -> None:
    tj = raad.tjenester(session, klokke)
    funnet = gang(tj, raad.sak(tj, godkjent=False))
    assert next(iter(funnet)) == "Saksframlegg"
    assert funnet["Saksframlegg"].tilstand is Stasjonstilstand.NAA
    assert funnet["Bystyret"].tilstand is Stasjonstilstand.NESTE
    assert "Avsluttet" not in funnet
    assert "Trukket" not in funnet


def test_statements_are_branches_and_a_postponement_is_a_loop(session: Session, klokke: FixedClock) -> None:
    tj = raad.tjenester(session, klokke)
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    for navn in ("Eldrerådet", "Ungdomsrådet"):
        raad.behandling(tj, raad.raad(session, navn), sak, dt.date(2019, 2, 20))
    funnet = gang(tj, sak)["Uttalelser"]
    assert [gren.tittel for gren in funnet.grener] == ["Eldrerådet", "Ungdomsrådet"]
    assert {gren.tilstand for gren in funnet.grener} == {Stasjonstilstand.NAA}
    assert all(gren.lenke for gren in funnet.grener)


def test_a_postponed_case_waits_where_it_is_and_then_goes_on(session: Session, klokke: FixedClock) -> None:
    tj = raad.tjenester(session, klokke)
    sak, organ = raad.sak(tj), raad.komite(session)
    utsatt = raad.behandling(tj, organ, sak, KOMITE_1)
    tj.moeter.hendelse(utsatt, "utsett", raad.SEKRETAER, dato=KOMITE_1)
    stasjon = gang(tj, sak)["Havnekomiteen"]
    assert stasjon.tilstand is Stasjonstilstand.UTSATT
    assert [sloeyfe.dato for sloeyfe in stasjon.sloeyfer] == [KOMITE_1]
    assert stasjon.datoer == ()
    raad.behandling(tj, organ, sak, KOMITE_2)
    stasjon = gang(tj, sak)["Havnekomiteen"]
    assert stasjon.tilstand is Stasjonstilstand.NAA
    assert stasjon.datoer == (KOMITE_2,)
    assert len(stasjon.sloeyfer) == 1


def test_a_treatment_that_may_not_be_seen_leaves_no_date_number_or_link(session: Session, klokke: FixedClock) -> None:
    tj = raad.tjenester(session, klokke)
    sak = raad.sak(tj)
    raad.behandling(tj, raad.komite(session), sak, KOMITE_1)
    stasjon = gang(tj, sak, synlig=False)["Komité"]
    assert (stasjon.datoer, stasjon.undertittel, stasjon.lenke, stasjon.sloeyfer) == ((), "", None, ())


def test_a_stage_that_was_passed_by_is_left_out(session: Session, klokke: FixedClock) -> None:
    tj = raad.tjenester(session, klokke)
    sak = raad.sak(tj)
    raad.behandling(tj, raad.utvalg(session), sak)
    funnet = gang(tj, sak)
    assert "Uttalelser" not in funnet
    assert funnet["Kommunestyret"].tilstand is Stasjonstilstand.NAA
