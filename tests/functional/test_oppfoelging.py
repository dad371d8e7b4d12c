"""Follow-up over the web: proposed from the decision, accepted, answered; and who sees what."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp

from factories import nett, raad
from factories.nett import innhold, logg_inn, meldinger, send
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import PUBLIKUM, Identitet, kan_lese
from saksbehandling.innsyn.oppfoelgingsliste import Oppfoelgingsfilter, Oppfoelgingsliste
from saksbehandling.moete.models import Moetesak
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.models import Oppfoelging, Oppfoelgingsstatus
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.vedtak.views_oppfoelging import noekkel

PLAN = "Kommunestyret ber kommunedirektøren legge fram en plan innen 1. juni 2020."
MAALING = "Administrasjonen bes måle støyen."
IDAG = dt.date(2019, 8, 29)


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(app: TestApp, tj: Tjenester, session: Session) -> Moetesak:
    """Decided, with two sentences that ask for something; the agenda has been sent; one account of each kind."""
    styret = raad.utvalg(session)
    sak = raad.sak(tj, innstilling=["Kommunen bygger ny kai.", f"{PLAN} {MAALING}"])
    moetesak = raad.vedta(tj, raad.behandling(tj, styret, sak))
    tj.sakslister.publiser(moetesak.moete)
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "kari", Rolle.SAKSBEHANDLER)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT, utvalg_id=styret.id)
    session.commit()
    return moetesak


def side(moetesak: Moetesak) -> str:
    return f"/moetesaker/{moetesak.id}/oppfoelging"


def punkter(tj: Tjenester) -> list[Oppfoelging]:
    tj.session.rollback()
    return list(tj.session.scalars(sa.select(Oppfoelging).order_by(Oppfoelging.id)))


def test_the_secretary_accepts_what_the_decision_asks_for(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    logg_inn(app, "berit")
    vist = app.get(side(moetesak))
    skjema = next(ett for ett in vist.forms.values() if f"{noekkel(PLAN)}-tekst" in ett.fields)
    assert skjema[f"{noekkel(PLAN)}-ansvarlig"].value == "Kommunedirektøren"
    assert skjema[f"{noekkel(PLAN)}-frist"].value == "2020-06-01"
    skjema[f"{noekkel(PLAN)}-ansvarlig"] = "Havnesjefen"
    etter = skjema.submit(status=303).follow()
    (punkt,) = punkter(tj)
    assert (punkt.tekst, punkt.ansvarlig, punkt.frist) == (PLAN, "Havnesjefen", dt.date(2020, 6, 1))
    assert [ett["value"] for ett in etter.html.select("input[name$='-kilde']")] == [MAALING]


def test_what_asks_for_nothing_is_not_proposed_again(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    logg_inn(app, "berit")
    vist = app.get(side(moetesak))
    token = nett.skjema(vist, "/logg-ut")["csrf_token"].value
    avvis = {"csrf_token": token, "skjema": noekkel(MAALING)}
    etter = app.post(f"{side(moetesak)}/avvis", avvis, status=303).follow()
    assert MAALING not in [ett["value"] for ett in etter.html.select("input[name$='-kilde']")]
    assert not etter.html.select("article.oppfoelging")
    app.post(f"{side(moetesak)}/avvis", avvis, status=400)
    assert [punkt.status for punkt in punkter(tj)] == [Oppfoelgingsstatus.AVVIST]


@pytest.mark.parametrize(
    ("felter", "sier"),
    [
        ({"tekst": " ", "ansvarlig": "Havnesjefen"}, "en tekst og en ansvarlig"),
        ({"tekst": "Mål støyen.", "ansvarlig": ""}, "en tekst og en ansvarlig"),
        ({"tekst": "Mål støyen.", "ansvarlig": "X", "frist": "2019-01-01"}, "er før vedtaket"),
        ({"tekst": "Mål støyen.", "ansvarlig": "X", "frist": "snart"}, "er ikke en dato"),
    ],
)
def test_a_faulty_point_is_refused_and_what_was_typed_stays(
    app: TestApp, moetesak: Moetesak, engine: sa.Engine, felter: dict[str, str], sier: str
) -> None:
    logg_inn(app, "berit")
    vist = app.get(side(moetesak))
    foer = innhold(engine)
    token = nett.skjema(vist, "/logg-ut")["csrf_token"].value
    sendt = {f"nytt-{navn}": verdi for navn, verdi in felter.items()}
    svar = app.post(side(moetesak), {"csrf_token": token, "skjema": "nytt", **sendt}, status=400)
    assert sier in meldinger(svar)
    assert svar.html.select_one("#felt-nytt-ansvarlig")["value"] == felter["ansvarlig"]
    assert innhold(engine) == foer


def test_the_case_officer_answers_with_a_case(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    vedtak = vedtak_i(tj.session, moetesak)
    punkt = tj.oppfoelging.foelg_opp(vedtak, PLAN, "Havnesjefen", dt.date(2019, 9, 5))
    svarer = raad.sak(tj, "Plan for kaia")
    tj.session.commit()
    nummer, punkt_id, adresse = svarer.saksnummer, punkt.id, f"/oppfoelging/{punkt.id}"
    logg_inn(app, "kari")
    vist = app.get(side(moetesak))
    skjema = nett.skjema(vist, adresse)
    skjema[f"p{punkt_id}-status"] = "utført"
    svar = skjema.submit(status=400)
    assert "Skriv hva som er gjort" in meldinger(svar)
    svar = send(svar, adresse, status=400, besvart_av="99/999")
    assert "99/999" in meldinger(svar)
    send(svar, adresse, besvart_av=nummer, svar="Planen er lagt fram.")
    (ferdig,) = punkter(tj)
    assert (ferdig.status, ferdig.besvart_av.saksnummer) == (Oppfoelgingsstatus.UTFOERT, nummer)
    assert ferdig.avsluttet is not None
    assert nummer in app.get("/oppfoelging?vis=ferdige").text


def test_members_read_and_do_nothing(app: TestApp, moetesak: Moetesak, tj: Tjenester, engine: sa.Engine) -> None:
    punkt = tj.oppfoelging.foelg_opp(vedtak_i(tj.session, moetesak), PLAN, "Havnesjefen", None)
    tj.session.commit()
    punkt_id, adresse = punkt.id, side(moetesak)
    logg_inn(app, "rolf")
    vist = app.get(adresse)
    assert PLAN in vist.text
    assert MAALING not in vist.text
    token = nett.skjema(vist, "/logg-ut")["csrf_token"].value
    foer = innhold(engine)
    for sti in ("", "/avvis", f"/{punkt_id}"):
        app.post(adresse + sti, {"csrf_token": token, "skjema": "nytt"}, status=403)
    assert innhold(engine) == foer


def test_a_point_belongs_to_its_treatment(app: TestApp, moetesak: Moetesak, tj: Tjenester) -> None:
    annen = raad.behandling(tj, moetesak.utvalg, raad.sak(tj, "Noe annet"))
    punkt = tj.oppfoelging.foelg_opp(vedtak_i(tj.session, moetesak), PLAN, "Havnesjefen", None)
    tj.session.commit()
    logg_inn(app, "berit")
    token = nett.skjema(app.get(side(annen)), "/logg-ut")["csrf_token"].value
    app.post(f"{side(annen)}/{punkt.id}", {"csrf_token": token}, status=404)


def test_everybody_sees_the_list_when_the_treatment_is_published(
    app: TestApp, moetesak: Moetesak, tj: Tjenester
) -> None:
    tj.oppfoelging.foelg_opp(vedtak_i(tj.session, moetesak), PLAN, "Havnesjefen", dt.date(2019, 9, 5))
    tj.session.commit()
    assert "Ingenting venter" in app.get("/oppfoelging").text
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.session.commit()
    for adresse in ("/oppfoelging", "/oppfoelging?vis=naer", "/oppfoelging?ord=havne", "/oppfoelging?vis=alle"):
        assert PLAN in app.get(adresse).text
    for adresse in ("/oppfoelging?vis=forfalt", "/oppfoelging?utvalg=ukjent", "/oppfoelging?ord=%25"):
        assert "Ingen punkter passer" in app.get(adresse).text
    assert PLAN in app.get("/oppfoelging?vis=tull&side=99").text


def test_the_secretarys_desk_reminds_of_what_is_late(
    app: TestApp, moetesak: Moetesak, tj: Tjenester, klokke: FixedClock
) -> None:
    tj.oppfoelging.foelg_opp(vedtak_i(tj.session, moetesak), PLAN, "Havnesjefen", dt.date(2019, 9, 5))
    tj.session.commit()
    logg_inn(app, "berit")
    assert "1 frist innen to uker" in app.get("/sekretariat").text
    klokke.set(dt.datetime(2019, 9, 6, 10, tzinfo=dt.UTC))
    logg_inn(app, "berit")
    assert "1 over fristen" in app.get("/sekretariat").text
    app.reset()
    assert "over fristen" not in app.get("/").text


def test_the_list_shows_what_the_page_shows(moetesak: Moetesak, tj: Tjenester) -> None:
    """The rule in SQL and the one permission check agree, for every kind of reader and of treatment."""
    skjermet = raad.sak(tj, "Klage", skjermingshjemmel="offl. § 13", offentlig_tittel="Sak")
    behandlinger = [moetesak, raad.vedta(tj, raad.behandling(tj, moetesak.utvalg, skjermet))]
    behandlinger.append(raad.vedta(tj, raad.behandling(tj, raad.utvalg(tj.session, "Bystyret"), raad.sak(tj, "Bru"))))
    for nr, ett in enumerate(behandlinger):
        tj.oppfoelging.foelg_opp(vedtak_i(tj.session, ett), f"Punkt {nr}", "Havnesjefen", None)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.session.flush()
    skjermet.inhabile = [98]  # this account's owner was found inhabil in the case
    tj.session.flush()
    utvalg = [None, *(ett.utvalg.id for ett in behandlinger[1:])]
    lesere = [PUBLIKUM, Identitet("Ny", 99)]
    lesere += [Identitet("N", 99, frozenset({(rolle, ett)})) for rolle in Rolle for ett in utvalg]
    lesere += [Identitet("I", 98, frozenset({(Rolle.REPRESENTANT, ett)})) for ett in utvalg]
    for leser in lesere:
        liste = Oppfoelgingsliste(tj.session, leser, IDAG)
        ser = {punkt.vedtak.moetesak_id for punkt in liste.side(Oppfoelgingsfilter(), "")[0]}
        assert ser == {ett.id for ett in behandlinger if kan_lese(leser, ett.lesere)}, leser
