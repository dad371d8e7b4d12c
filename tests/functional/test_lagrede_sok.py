"""Searches that people save: their own list, and e-mail about new hits through a real mail server."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from webtest import TestApp, TestResponse

from saksbehandling import epost
from saksbehandling.clock import FixedClock
from saksbehandling.identity.models import Bruker
from saksbehandling.lagretsoek import varsling
from saksbehandling.lagretsoek.models import LagretSoek, LagretSoekTreff, Varsling
from saksbehandling.lagretsoek.varsler import ETTER_FEIL, Varsler
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.workflow_engine.service import Actor

from .conftest import NAA, Demo, meldinger

ADRESSE = "eirin@nidarvik.example"
I_DAG = NAA.date()


class Postkasse:
    """What aiosmtpd calls. `nekt`: how many letters are turned away first."""

    def __init__(self) -> None:
        self.brev: list[EmailMessage] = []
        self.nekt = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name
        if self.nekt:
            self.nekt -= 1
            return "451 Prøv igjen senere".encode().decode("ascii", "replace")
        self.brev.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def postkasse() -> Postkasse:
    return Postkasse()


@pytest.fixture
def smtp(postkasse: Postkasse) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    tjener = Controller(postkasse, hostname="127.0.0.1", port=port)
    tjener.start()
    yield f"smtp://127.0.0.1:{port}"
    tjener.stop()


@pytest.fixture
def med_post(demo: Demo, smtp: str) -> Demo:
    """The demo council with a mail server in its settings."""
    object.__setattr__(demo.parts.settings, "smtp", smtp)
    demo.parts.clock = demo.wsgi.registry["clock"]
    return demo


def varsler(demo: Demo) -> Varsler:
    return demo.parts.mail_worker(epost.sender(demo.parts.settings.smtp))


def lagre(nettleser: TestApp, navn: str, varsling: str = "", **felter: str) -> TestResponse:
    skjema = nettleser.get("/sok", felter).forms
    form = next(form for form in skjema.values() if form.action.endswith("/lagrede-sok"))
    form["nytt-navn"] = navn
    if varsling:
        form["nytt-varsling"] = varsling
    return form.submit(expect_errors=True)


def med_adresse(demo: Demo, brukernavn: str = "sekretaer") -> TestApp:
    nettleser = demo.som(brukernavn)
    side = nettleser.get("/lagrede-sok")
    form = next(form for form in side.forms.values() if form.action.endswith("/epost"))
    form["min-epost"] = ADRESSE
    assert f"Varsler sendes til {ADRESSE}." in meldinger(form.submit(status=303).follow())
    return nettleser


def ny_sak(demo: Demo, tittel: str, *, offentlig: bool = True, dato: dt.date = I_DAG) -> None:
    with demo.parts.session() as session:
        bruker = session.scalars(sa.select(Bruker).where(Bruker.brukernavn == "saksbehandler")).one()
        tj = Tjenester(demo.parts.felles, session)
        sak = tj.saker.opprett(tittel, Actor(bruker.navn, bruker.id), dato=dato, ansvarlig=bruker)
        sak.publisert = NAA if offentlig else None
        tj.saker.merk_endret(sak)
    demo.parts.worker().toem()


def lagrede(demo: Demo) -> list[LagretSoek]:
    with demo.session() as session:
        return list(session.scalars(sa.select(LagretSoek)))


def test_a_search_is_saved_found_again_renamed_and_deleted(demo: Demo) -> None:
    nettleser = demo.som("sekretaer")
    side = lagre(nettleser, "Strategier i bystyret", q="strategi", utvalg="Bystyret").follow()
    lenke = side.html.find("a", string="Strategier i bystyret")["href"]
    assert lenke == "/sok?q=strategi&utvalg=Bystyret"
    assert nettleser.get(lenke).html.select(".treffliste > li")
    atom = next(ett["href"] for ett in side.html.select("a") if "/sok.atom" in ett["href"])
    assert demo.app.get(atom).content_type == "application/atom+xml"

    form = next(form for form in side.forms.values() if form.action.rsplit("/", 1)[-1].isdecimal())
    felt = next(navn for navn in form.fields if navn and navn.endswith("-navn"))
    form[felt] = "  Planer  "
    side = form.submit(status=303).follow()
    assert "«Planer» er endret." in meldinger(side)
    slett = side.html.select_one("button[formaction$='/slett']")["formaction"]
    side = nettleser.post(urlsplit(slett).path, {"csrf_token": form["csrf_token"].value}, status=303).follow()
    assert "«Planer» er slettet." in meldinger(side)
    assert lagrede(demo) == []


def test_nobody_else_sees_changes_or_deletes_it(demo: Demo) -> None:
    lagre(demo.som("sekretaer"), "Mitt eget", q="strategi")
    (lagret,) = lagrede(demo)
    annen = demo.som("saksbehandler")
    side = annen.get("/lagrede-sok")
    assert "Mitt eget" not in side
    csrf = next(form["csrf_token"].value for form in side.forms.values() if "csrf_token" in form.fields)
    for adresse in (f"/lagrede-sok/{lagret.id}", f"/lagrede-sok/{lagret.id}/slett"):
        annen.post(adresse, {"csrf_token": csrf, f"s{lagret.id}-navn": "Tatt"}, status=404)
    assert [ett.navn for ett in lagrede(demo)] == ["Mitt eget"]
    assert "/logg-inn" in demo.app.get("/lagrede-sok", status=303).location
    assert not demo.app.get("/sok", {"q": "strategi"}).html.select(".soek-lagre")


@pytest.mark.parametrize(
    ("felter", "grunn"),
    [({"nytt-navn": " "}, "navn"), ({"nytt-sporring": ""}, "Søk etter noe"), ({"nytt-varsling": "nå"}, "Velg")],
)
def test_what_cannot_be_saved_comes_back_with_what_was_typed(demo: Demo, felter: dict[str, str], grunn: str) -> None:
    nettleser = demo.som("sekretaer")
    form = next(
        form for form in nettleser.get("/sok", {"q": "vei"}).forms.values() if form.action.endswith("/lagrede-sok")
    )
    alle = {**{navn: form[navn].value for navn in form.fields if navn}, "nytt-navn": "Veier", **felter}
    side = nettleser.post("/lagrede-sok", alle, expect_errors=True)
    assert side.status_int == 400
    assert grunn in side.html.select_one("[data-color=danger], .feilsammendrag").get_text()
    assert side.html.select_one("[name=nytt-navn]")["value"] == felter.get("nytt-navn", "Veier")
    assert lagrede(demo) == []


def test_new_hits_are_told_of_once_and_what_was_there_is_not(med_post: Demo, postkasse: Postkasse) -> None:
    lagre(med_adresse(med_post), "Strategier", "straks", q="strategi")
    assert varsler(med_post).toem() == 0
    ny_sak(med_post, "Strategi for sykkelveier på Øya")
    assert varsler(med_post).toem() == 1
    assert varsler(med_post).toem() == 0
    (brev,) = postkasse.brev
    assert (brev["To"], brev["Subject"]) == (ADRESSE, "1 nytt treff i «Strategier»")
    assert "Strategi for sykkelveier på Øya (Sak" in brev.get_content()


def test_of_a_wide_search_only_new_hits_at_the_front_are_told_of(
    med_post: Demo, postkasse: Postkasse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(varsling, "FLEST", 3)
    monkeypatch.setattr(varsling, "BAKERST", 1)
    i_morgen = I_DAG + dt.timedelta(days=1)
    ny_sak(med_post, "Strategi for flom på Øya", dato=i_morgen)
    nettleser, raad = med_adresse(med_post), "bare vite om nye blant de nyeste"
    assert raad not in lagre(nettleser, "Smalt", "straks", q="strategi flom Øya").follow()
    assert raad not in lagre(nettleser, "Uten e-post", q="strategi").follow()
    assert raad in lagre(nettleser, "Strategier", "straks", q="strategi").follow()
    with med_post.parts.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == "Strategi for flom på Øya")).one()
        sak.tittel = "Noe annet på Øya"
        Tjenester(med_post.parts.felles, session).saker.merk_endret(sak)
    med_post.parts.worker().toem()
    assert varsler(med_post).toem() == 0
    ny_sak(med_post, "Strategi for sykkelveier på Øya", dato=i_morgen)
    assert varsler(med_post).toem() == 1
    assert [brev["Subject"] for brev in postkasse.brev] == ["1 nytt treff i «Strategier»"]


def test_the_daily_letter_comes_in_the_morning(med_post: Demo, postkasse: Postkasse, klokke: FixedClock) -> None:
    lagre(med_adresse(med_post), "Strategier", "daglig", q="strategi")
    ny_sak(med_post, "Strategi for sykkelveier")
    arbeider = varsler(med_post)
    assert arbeider.toem() == 0
    klokke.set(NAA + dt.timedelta(hours=17))  # five in the morning in Oslo
    ny_sak(med_post, "Strategi for busser")
    assert arbeider.toem() == 0
    klokke.set(NAA + dt.timedelta(hours=18, minutes=5))
    assert arbeider.toem() == 1
    assert postkasse.brev[0]["Subject"] == "2 nye treff i «Strategier»"
    klokke.set(NAA + dt.timedelta(hours=20))
    assert arbeider.toem() == 0


def test_a_letter_that_was_turned_away_is_sent_later(med_post: Demo, postkasse: Postkasse, klokke: FixedClock) -> None:
    lagre(med_adresse(med_post), "Strategier", "straks", q="strategi")
    ny_sak(med_post, "Strategi for sykkelveier")
    postkasse.nekt = 1
    arbeider = varsler(med_post)
    assert arbeider.toem() == 0
    assert arbeider.toem() == 0
    klokke.set(NAA + ETTER_FEIL + dt.timedelta(seconds=1))
    assert arbeider.toem() == 1
    assert len(postkasse.brev) == 1


def test_what_was_closed_before_the_letter_went_is_told_to_nobody(
    med_post: Demo, postkasse: Postkasse, klokke: FixedClock
) -> None:
    lagre(med_adresse(med_post, "representant"), "Strategier", "daglig", q="strategi")
    ny_sak(med_post, "Strategi for Ola Hansen")
    arbeider = varsler(med_post)
    arbeider.toem()
    with med_post.parts.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == "Strategi for Ola Hansen")).one()
        sak.skjermingshjemmel, sak.offentlig_tittel = "offl. § 13", "En annen tittel"
        Tjenester(med_post.parts.felles, session).saker.merk_endret(sak)
    med_post.parts.worker().toem()
    klokke.set(NAA + dt.timedelta(hours=20))
    arbeider.toem()
    assert postkasse.brev == []


def test_what_is_not_public_is_not_named_in_a_letter(med_post: Demo, postkasse: Postkasse) -> None:
    lagre(med_adresse(med_post), "Strategier", "straks", q="strategi")
    ny_sak(med_post, "Strategi for Ola Hansen", offentlig=False)
    assert varsler(med_post).toem() == 1
    assert "Hansen" not in postkasse.brev[0].as_string()
    assert "1 treff er ikke offentlig" in postkasse.brev[0].get_content()


def test_a_closed_account_is_told_nothing(med_post: Demo, postkasse: Postkasse) -> None:
    lagre(med_adresse(med_post), "Strategier", "straks", q="strategi")
    with med_post.parts.session() as session:
        session.execute(sa.update(Bruker).where(Bruker.brukernavn == "sekretaer").values(aktiv=False))
    ny_sak(med_post, "Strategi for sykkelveier")
    assert varsler(med_post).toem() == 0
    assert postkasse.brev == []


def test_the_link_in_the_letter_stops_it_without_login(med_post: Demo, postkasse: Postkasse) -> None:
    lagre(med_adresse(med_post), "Strategier", "straks", q="strategi")
    ny_sak(med_post, "Strategi for sykkelveier")
    varsler(med_post).toem()
    lenke = urlsplit(str(postkasse.brev[0]["List-Unsubscribe"]).strip("<>")).path
    side = med_post.app.get(lenke)
    assert "Strategier" not in side
    assert [ett.varsling for ett in lagrede(med_post)] == [Varsling.STRAKS]
    med_post.app.post(lenke, {"List-Unsubscribe": "One-Click"}, status=200)
    assert [ett.varsling for ett in lagrede(med_post)] == [Varsling.INGEN]
    with med_post.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(LagretSoekTreff)) == 0
    ny_sak(med_post, "Strategi for busser")
    assert varsler(med_post).toem() == 0
    med_post.app.get("/lagrede-sok/stopp/" + "x" * 43, status=404)


def test_e_mail_needs_an_address_and_keeps_it_while_it_is_wanted(med_post: Demo) -> None:
    nettleser = med_post.som("sekretaer")
    assert "Skriv inn e-postadressen" in lagre(nettleser, "Strategier", "straks", q="strategi")
    nettleser = med_adresse(med_post)
    lagre(nettleser, "Strategier", "straks", q="strategi")
    for adresse, grunn in (("", "Slå dem av"), ("eirin", "ikke en e-postadresse")):
        form = next(form for form in nettleser.get("/lagrede-sok").forms.values() if form.action.endswith("/epost"))
        form["min-epost"] = adresse
        assert grunn in form.submit(status=400)


def test_without_a_mail_server_nothing_is_promised(demo: Demo) -> None:
    nettleser = demo.som("sekretaer")
    assert "sender ikke e-post" in nettleser.get("/lagrede-sok")
    form = next(
        form for form in nettleser.get("/sok", {"q": "vei"}).forms.values() if form.action.endswith("/lagrede-sok")
    )
    assert "nytt-varsling" not in form.fields
