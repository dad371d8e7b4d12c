"""Attachments of a saksframlegg: who adds them, where they are seen, and what approval does to them."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse, Upload

from factories import raad
from saksbehandling.identity.rules import ALLE
from saksbehandling.saksmappe.models import Dokument, Journalpost
from saksbehandling.saksmappe.vedlegg import aapen_post, vedlegg_til
from saksbehandling.tjenester import Tjenester

from .conftest import NAA, TIL_GODKJENNING, UTKAST, Demo, meldinger

VEDLEGG = "Saksframlegg"


def _skjema(app: TestApp, sak: str, **valg: str) -> Any:
    side = app.get(f"{sak}/dokumenter", valg)
    return next(skjema for skjema in side.forms.values() if "fil" in skjema.fields)


def _legg_ved(app: TestApp, sak: str, navn: str, status: int = 303) -> TestResponse:
    skjema = _skjema(app, sak, posttype=VEDLEGG)
    assert skjema["posttype"].value == VEDLEGG
    skjema["fil"] = [Upload(navn, f"Ord i {navn}.".encode())]
    return skjema.submit(status=status)


def _hendelse(app: TestApp, sak: str, navn: str) -> None:
    side = app.get(sak).html
    felter = {navn: side.select_one(f'input[name="{navn}"]')["value"] for navn in ("csrf_token", "radversjon")}
    app.post(f"{sak}/hendelser", {**felter, "hendelse": navn}, status=303)


def _ta_ut(app: TestApp, sak: str, tittel: str, demo: Demo | None = None, status: int = 303) -> TestResponse:
    """As the button does, or with `demo` where there is none."""
    side = app.get(sak)
    if demo is None:
        rad = next(ett for ett in side.html.select(".vedlegg li") if tittel in ett.text)
        return next(ett for ett in side.forms.values() if ett.action == rad.form["action"]).submit(status=status)
    with demo.session() as session:
        nummer = session.scalars(sa.select(Dokument.id).where(Dokument.tittel == tittel)).one()
    token = app.get(sak).html.select_one('input[name="csrf_token"]')["value"]
    return app.post(f"{sak}/vedlegg/{nummer}/ta-ut", {"csrf_token": token}, status=status)


def _framlegg(app: TestApp, sak: str) -> list[str]:
    dokument = Document(io.BytesIO(app.get(f"{sak}/dokumenter/saksframlegg.docx").body))
    tekst = [rad.text for rad in dokument.paragraphs]
    return tekst[tekst.index("Vedlegg") + 1 :] if "Vedlegg" in tekst else []


def _liste(app: TestApp, sak: str) -> list[str]:
    return [rad.find(string=True) + rad.a.text for rad in app.get(sak).html.select("#saksframlegg .vedlegg li")]


def test_attachments_follow_the_saksframlegg_and_stand_when_it_is_approved(demo: Demo) -> None:
    sak, ansatt, leder = demo.adresse(UTKAST), demo.som("saksbehandler"), demo.som("kommunedirektoer")
    assert ansatt.get(f"{sak}/saksframlegg").html.select(f'a[href="{sak}/dokumenter?posttype={VEDLEGG}"]')
    for navn in ("Kart.txt", "Budsjett.txt"):
        _legg_ved(ansatt, sak, navn)
    assert _framlegg(ansatt, sak) == ["1. Kart", "2. Budsjett"]
    assert _liste(ansatt, sak) == ["1. Kart", "2. Budsjett"]
    _legg_ved(ansatt, sak, "Feil.txt")
    assert "Den ligger i journalen som" in meldinger(_ta_ut(ansatt, sak, "Kart").follow())
    assert _framlegg(ansatt, sak) == ["1. Budsjett", "2. Feil"]
    assert "Utkast til saksframlegg" in meldinger(ansatt.get(sak))
    _hendelse(ansatt, sak, "fullfoer_saksframlegg")
    assert "Budsjett" in ansatt.get(f"{sak}/dokumenter").text  # it can have a new version until then
    _hendelse(leder, sak, "godkjenn")
    demo.parts.worker().toem()
    side = ansatt.get(sak)
    assert "Utkast til saksframlegg" not in meldinger(side)
    (lenke,) = [ett["href"] for ett in side.html.select(".versjoner a") if "saksframlegg" in ett.parent.text.lower()
                or UTKAST in ett.text]  # fmt: skip
    arkivert = Document(io.BytesIO(ansatt.get(lenke).body))
    assert [rad.text for rad in arkivert.paragraphs][-2:] == ["1. Budsjett", "2. Feil"]
    assert not side.html.select(".vedlegg form")
    _ta_ut(ansatt, sak, "Budsjett", demo, status=403)
    assert "Budsjett" not in ansatt.get(f"{sak}/dokumenter").text
    foer = demo.antall(Dokument)
    demo.parts.worker().toem()
    assert demo.antall(Dokument) == foer


def test_they_are_not_published_with_an_agenda_before_the_approval_but_its_members_read_them(
    tj: Tjenester, session: Session
) -> None:
    moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
    sak, kart = moetesak.saksmappe, Dokument(tittel="Kart", dokumenttype="Dokument")
    godkjent = sak.gjeldende_saksframlegg
    godkjent.godkjent = godkjent.godkjent or NAA
    tj.saker.legg_ved(sak, kart)
    tj.sakslister.publiser(moetesak.moete)
    assert aapen_post(sak).publisert is None
    assert f"utvalg:{moetesak.utvalg.id}" in kart.lesere
    assert ALLE not in kart.lesere
    assert vedlegg_til(godkjent) == []
    godkjent.godkjent = None
    assert vedlegg_til(godkjent) == [kart]
    tj.saker.legg_ved(sak, (plan := Dokument(tittel="Plan", dokumenttype="Dokument")))
    assert [ett.dokumentnummer for ett in (kart, plan)] == [2, 3]


@pytest.mark.parametrize(("hvem", "tittel"), [("sekretaer", UTKAST), ("saksbehandler", TIL_GODKJENNING)])
def test_only_who_writes_it_now_adds_to_it(demo: Demo, hvem: str, tittel: str) -> None:
    sak, app, foer = demo.adresse(tittel), demo.som(hvem), demo.antall(Journalpost)
    skjema = _skjema(app, sak)
    assert VEDLEGG not in [verdi for verdi, _, _ in skjema["posttype"].options]
    skjema["posttype"].force_value(VEDLEGG)
    skjema["fil"] = [Upload("Kart.txt", b"Kart.")]
    assert "Velg hva slags journalpost" in meldinger(skjema.submit(status=400))
    assert demo.antall(Journalpost) == foer
