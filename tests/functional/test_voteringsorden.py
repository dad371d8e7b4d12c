"""The order of voting: proposed, changed with a trail, followed by the forms, and who may not change it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import logg_inn, send
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype


@pytest.fixture
def adresse(tj: Tjenester, moetesak: Moetesak, session: Session) -> str:
    """An addition, and a postponement; `line` leads the meetings of the body."""
    for slag in (Forslagstype.TILLEGG, Forslagstype.UTSETTELSE):
        tj.forslag.fremsett(moetesak, slag, parse_notation("Kaia venter."), [raad.stiller(tj, moetesak.utvalg, "H")])
    tj.sakslister.publiser(moetesak.moete)
    nett.bruker(tj, "line", Rolle.MOETELEDER, utvalg_id=moetesak.utvalg.id)
    session.commit()
    return f"/moetesaker/{moetesak.id}/voteringsorden"


def i_rekkefoelge(app: TestApp, adresse: str) -> list[str]:
    return [rad.b.text for rad in app.get(adresse).html.select(".voteringsorden li")]


@pytest.mark.parametrize("hvem", ["berit", "line"])
def test_the_chair_changes_the_order_and_the_form_follows(
    app: TestApp, adresse: str, tj: Tjenester, moetesak: Moetesak, hvem: str
) -> None:
    logg_inn(app, hvem)
    assert i_rekkefoelge(app, adresse) == ["Forslag 2", "Innstillingen", "Forslag 1"]
    felter = {"plass-innstillingen": "4", "begrunnelse": "Møtet ville det"}
    svar = send(app.get(adresse), "/voteringsorden", **felter)
    assert "er lagret" in svar.follow().text
    assert i_rekkefoelge(app, adresse) == ["Forslag 2", "Forslag 1", "Innstillingen"]
    spor = app.get(adresse).html.select_one("[aria-labelledby=historikk]").text
    assert hvem.title() in spor
    assert "Møtet ville det" in spor
    tj.session.rollback()
    foerste = tj.voteringsgang.neste(moetesak)
    assert foerste is not None
    assert [rad.id for rad in tj.voteringsgang.spor(moetesak)] != []


def test_procedure_stays_first_and_two_do_not_overwrite_each_other(
    app: TestApp, adresse: str, tj: Tjenester, moetesak: Moetesak
) -> None:
    gammel = app.get(adresse)
    utsett = f"orden-plass-{tj.voteringsgang.orden(moetesak)[0]}"
    tj.session.rollback()
    svar = send(gammel, "/voteringsorden", status=422, **{utsett.removeprefix("orden-"): "9"})
    assert "om utsettelse må stå før realiteten" in nett.meldinger(svar)
    assert svar.html.select_one(f"[name={utsett}]")["value"] == "9"
    send(app.get(adresse), "/voteringsorden", **{"plass-innstillingen": "9"})
    assert send(gammel, "/voteringsorden", status=409).status_int == 409


def test_nobody_else_changes_it(app: TestApp, adresse: str) -> None:
    felter = nett.skjema(app.get(adresse), "/voteringsorden").submit_fields()
    logg_inn(app, "per")
    app.get(adresse, status=403)
    assert app.post(adresse, felter, expect_errors=True).status_int in (400, 403)
