"""Uncontested items adopted together: which they are, what is refused, and who may not."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagstype
from saksbehandling.votering.services import voteringer_i


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def saker(app: TestApp, tj: Tjenester, session: Session) -> list[Moetesak]:
    """Three items: one open, one only on the agenda, and one with a proposal."""
    organ = raad.utvalg(session)
    saker = [raad.behandling(tj, organ, raad.sak(tj, f"Sak {bokstav}"), aapnet=bokstav != "B") for bokstav in "ABC"]
    stiller = raad.stiller(tj, organ, "SV")
    tj.forslag.fremsett(saker[2], Forslagstype.TILLEGG, parse_notation("Kaia får ladepunkt."), [stiller])
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "per", Rolle.REPRESENTANT)
    session.commit()
    logg_inn(app, "berit")
    return saker


def adresse(saker: list[Moetesak]) -> str:
    return f"/moeter/{saker[0].moete.id}/utkryssing"


def test_the_uncontested_are_adopted_together(app: TestApp, saker: list[Moetesak], session: Session) -> None:
    side = app.get(adresse(saker))
    assert [ett["value"] for ett in side.html.select("[checked]")] == [str(sak.id) for sak in saker[:2]]
    assert "har forslag som må voteres over for seg" in side.text
    assert "2 saker er vedtatt samlet" in send(side, "/utkryssing").follow().text
    session.rollback()
    for sak in saker[:2]:
        (votering,) = voteringer_i(session, sak)
        vedtak = vedtak_i(session, sak)
        assert vedtak is not None
        assert (sak.utfall, votering.enstemmig, len(vedtak.avsnitt)) == (Moetesaksutfall.BEHANDLET, True, 3)
        assert votering.setning.startswith(f"Ved samlet votering over {saker[0].saksnummer} og {saker[1].saksnummer}")
    assert saker[2].utfall is Moetesaksutfall.AAPEN


def test_what_became_contested_stops_them_all(
    app: TestApp, saker: list[Moetesak], tj: Tjenester, session: Session
) -> None:
    side = app.get(adresse(saker))
    stiller = raad.stiller(tj, saker[0].utvalg, "H")
    tj.forslag.fremsett(saker[0], Forslagstype.TILLEGG, parse_notation("Kaia får tak."), [stiller])
    session.commit()
    svar = send(side, "/utkryssing", status=422)
    assert f"{saker[0].saksnummer} har forslag" in nett.meldinger(svar)
    session.rollback()
    assert voteringer_i(session, saker[1]) == []
    assert saker[1].utfall is Moetesaksutfall.AAPEN


def test_without_quorum_nothing_is_adopted(
    app: TestApp, saker: list[Moetesak], tj: Tjenester, session: Session
) -> None:
    moete = saker[0].moete
    tj.moeter.registrer_oppmoete(moete, [rad.medlemskap for rad in tj.moeter.til_stede(moete)][:3])
    session.commit()
    assert "ikke vedtaksført" in send(app.get(adresse(saker)), "/utkryssing", status=422).text
    session.rollback()
    assert voteringer_i(session, saker[0]) == []


def test_nothing_ticked_is_refused(app: TestApp, saker: list[Moetesak]) -> None:
    assert "minst én sak" in send(app.get(adresse(saker)), "/utkryssing", status=422, sak=[]).text


def test_only_the_secretary_may(app: TestApp, saker: list[Moetesak]) -> None:
    side = app.get(adresse(saker))
    app.reset()
    logg_inn(app, "per")
    app.get(adresse(saker), status=403)
    assert app.post(
        adresse(saker), nett.skjema(side, "/utkryssing").submit_fields(), expect_errors=True
    ).status_int in (
        400,
        403,
    )
