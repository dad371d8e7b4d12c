"""All ballots on the text in one form: the uncontested as one, the others each, all or nothing, and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.moete.models import Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import forslag_i, voteringer_i


@pytest.fixture
def side(app: TestApp, moetesak: Moetesak, tj: Tjenester, session: Session) -> TestResponse:
    """The second paragraph is to be struck."""
    stiller = raad.stiller(tj, moetesak.utvalg, "SV")
    tj.forslag.fremsett(moetesak, Forslagstype.STRYKNING, (), [stiller], maal=raad.segmenter(moetesak)[1])
    session.commit()
    return app.get(f"/moetesaker/{moetesak.id}/registrer").click("Avsnittsvis")


def avsnitt(side: TestResponse) -> list[str]:
    """The keys of the paragraphs."""
    return [ett["name"].removeprefix("avsnitt-mindretall-") for ett in side.html.select(".alternativer [type=text]")]


def voter(side: TestResponse, *utfall: tuple[str, str], status: int = 303) -> TestResponse:
    felter: dict[str, Any] = {}
    for noekkel, (hva, mindretall) in zip(avsnitt(side), utfall, strict=True):
        felter |= {f"utfall-{noekkel}": hva, f"mindretall-{noekkel}": mindretall}
    return send(side, "/avsnittsvis", status=status, **felter)


def test_the_uncontested_are_one_ballot_and_the_contested_one_each(
    side: TestResponse, moetesak: Moetesak, session: Session, tj: Tjenester
) -> None:
    voter(side, ("enstemmig", ""), ("mot", "2SV"), ("enstemmig", ""))
    session.rollback()
    samlet, alene = voteringer_i(session, moetesak)
    assert [rad.segment.nummer for rad in samlet.objekter if rad.segment] == [1, 3]
    assert (samlet.enstemmig, alene.voteringsform, alene.vinner) == (True, Voteringsform.ALTERNATIV, 0)
    assert alene.objekter[1].forslag_id == forslag_i(session, moetesak)[0].id
    beregning = tj.vedtak.beregn(moetesak)
    assert (len(beregning.avsnitt), beregning.mangler) == (3, ())


def test_what_waits_is_left_open_and_a_paragraph_can_fall(
    app: TestApp, side: TestResponse, moetesak: Moetesak, session: Session
) -> None:
    voter(side, ("for", "2SV"), ("vent", ""), ("vent", ""))
    session.rollback()
    assert [rad.vinner for rad in voteringer_i(session, moetesak)] == [1]
    assert len(avsnitt(app.get(side.request.path))) == 2


@pytest.mark.parametrize(
    ("utfall", "status", "sier"),
    [
        ((("enstemmig", ""), ("mot", "9SV"), ("enstemmig", "")), 422, "SV har 2 til stede"),
        ((("enstemmig", ""), ("mot", ""), ("enstemmig", "")), 400, "Avsnitt 2: skriv mindretallet"),
        ((("enstemmig", ""), ("enstemmig", "1Ap"), ("vent", "")), 400, "Avsnitt 2: fyll ikke ut mindretallet"),
        ((("vent", ""), ("vent", ""), ("vent", "")), 400, "minst ett avsnitt"),
    ],
)
def test_one_that_cannot_have_been_stops_them_all(
    side: TestResponse,
    moetesak: Moetesak,
    session: Session,
    utfall: tuple[tuple[str, str], ...],
    status: int,
    sier: str,
) -> None:
    svar = voter(side, *utfall, status=status)
    assert sier in nett.meldinger(svar)
    assert [ett["value"] for ett in svar.html.select(".alternativer [checked]")] == [hva for hva, _ in utfall]
    session.rollback()
    assert voteringer_i(session, moetesak) == []


def test_only_who_records_the_treatment_may(app: TestApp, side: TestResponse) -> None:
    felter = nett.skjema(side, "/avsnittsvis").submit_fields()
    logg_inn(app, "per")
    app.get(side.request.path, status=403)
    assert app.post(side.request.path, felter, expect_errors=True).status_int in (400, 403)
