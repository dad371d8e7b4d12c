"""Elections by the page: rounds, lots, lists, the result in the decision, and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from factories import nett
from factories.nett import logg_inn, send
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import plain_text
from saksbehandling.valg.models import Valgkandidat
from saksbehandling.valg.services import valg_i
from saksbehandling.votering.services import forslag_i, voteringer_i

LISTER = "Ap: 6\nAnna K\nArne M\nAsta K\n\nH: 3\nHans M\nHilde K\nHarald M"


def velg(app: TestApp, moetesak: Moetesak, status: int = 303, **felter: Any) -> TestResponse:
    felter = {"verv": "leder av havnekomiteen", "form": "flertallsvalg", **felter}
    return send(app.get(f"/moetesaker/{moetesak.id}/valg"), "/valg", status=status, **felter)


def test_a_majority_election_with_a_second_round_and_a_lot(app: TestApp, moetesak: Moetesak, session: Session) -> None:
    likt = "Kari Lie: 4\nOla Nes: 4"
    assert "Ikke avgjort" in velg(app, moetesak, lister=likt, blanke="1").follow().text
    svar = velg(app, moetesak, 422, lister=likt, blanke="1", hemmelig="ja")
    assert "Trekk lodd" in svar.text
    assert svar.html.select_one("#felt-valg-lister").text.strip().startswith("Kari Lie: 4")
    velg(app, moetesak, lister=likt, blanke="1", hemmelig="ja", lodd="Ola Nes")
    session.rollback()
    foerste, andre = valg_i(session, moetesak)
    assert (foerste.omgang, foerste.votering, andre.omgang, andre.ved_lodd) == (1, None, 2, True)
    (votering,) = voteringer_i(session, moetesak)
    assert votering.setning.startswith("Ved flertallsvalg av leder av havnekomiteen")
    assert votering.setning.endswith("Ola Nes ble valgt.")
    assert votering.personstemmer == []
    (forslag,) = forslag_i(session, moetesak)
    assert plain_text(forslag.blokker) == "Som leder av havnekomiteen velges Ola Nes."
    assert "er avgjort" in velg(app, moetesak, 422, lister="Kari Lie: 9").text


def test_lists_become_members_in_the_decision(app: TestApp, moetesak: Moetesak, session: Session) -> None:
    felter = {"form": "forholdsvalg", "verv": "medlemmer av havnekomiteen", "plasser": "3", "lister": LISTER}
    proevd = velg(app, moetesak, 200, **felter, proev="ja")
    assert "ikke ført ennå" in proevd.text
    assert "Anna, Arne" in proevd.html.select_one(".valgte").text
    session.rollback()
    assert valg_i(session, moetesak) == []
    velg(app, moetesak, **felter)
    side = app.get(f"/moetesaker/{moetesak.id}/registrer")
    send(side, "/voteringer", hurtig="ja")
    send(app.get(side.request.path), "/vedtak")
    session.rollback()
    vedtatt = app.get("/innsyn/kommunestyret/2019/1").text
    assert "Som medlemmer av havnekomiteen velges:" in vedtatt
    assert "Plassene ble fordelt slik: Ap 2, H 1." in vedtatt


def test_undoing_the_ballot_takes_the_election_and_its_result_away(
    app: TestApp, moetesak: Moetesak, session: Session
) -> None:
    velg(app, moetesak, form="forholdsvalg", plasser="3", lister=LISTER)
    send(app.get(f"/moetesaker/{moetesak.id}/registrer"), "/voteringer/angre")
    session.rollback()
    assert valg_i(session, moetesak) == []
    assert session.query(Valgkandidat).count() == 0
    assert forslag_i(session, moetesak) == []


@pytest.mark.parametrize(
    ("felter", "sier"),
    [
        ({"lister": "Kari Lie: 5"}, "5 stemmer er ført, blanke medregnet, men 9"),
        ({"lister": "Kari Lie"}, "Linje 1"),
        ({"lister": "Kari Lie: 9", "verv": ""}, "Skriv hva det velges til"),
        ({"lister": "Kari Lie: 9", "form": ""}, "Velg hvordan"),
        ({"lister": LISTER, "form": "forholdsvalg"}, "Skriv hvor mange"),
        ({"lister": LISTER, "form": "avtalevalg", "plasser": "3"}, "fordeler 9 plasser"),
    ],
)
def test_what_cannot_have_been_is_refused_with_everything_kept(
    app: TestApp, moetesak: Moetesak, session: Session, felter: dict[str, str], sier: str
) -> None:
    svar = velg(app, moetesak, 400 if "Linje" in sier or sier.startswith(("Skriv hva", "Velg")) else 422, **felter)
    assert sier in nett.meldinger(svar)
    assert svar.html.select_one("#felt-valg-lister").text.strip() == felter["lister"]
    session.rollback()
    assert valg_i(session, moetesak) == []


def test_only_who_records_the_treatment_may(app: TestApp, moetesak: Moetesak) -> None:
    adresse = f"/moetesaker/{moetesak.id}/valg"
    side = app.get(adresse)
    app.reset()
    logg_inn(app, "per")
    app.get(adresse, status=403)
    assert app.post(adresse, nett.skjema(side, "/valg").submit_fields(), expect_errors=True).status_int in (400, 403)
