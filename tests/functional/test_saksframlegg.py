"""Writing a saksframlegg: the plain form, private drafts, versions, and two people at once."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from webob.request import BaseRequest
from webtest import TestApp, TestResponse

from saksbehandling.richtext import List, Paragraph, Run
from saksbehandling.saksmappe.models import Grunntekst, Saksframlegg, Saksmappe
from saksbehandling.saksmappe.models_framlegg import (
    Saksframleggslagring,
    Saksframleggsutkast,
    Saksframleggsutsjekking,
)

from ..factories.docx import endret
from .conftest import TIL_UTTALELSE, UTKAST, Demo, meldinger


@pytest.fixture(autouse=True)
def _uploads_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """WebOb leaves its temporary file for a large body to the garbage collector, which is a warning in tests."""
    monkeypatch.setattr(BaseRequest, "request_body_tempfile_limit", 1 << 26)


def _adresse(demo: Demo, tittel: str = UTKAST) -> str:
    return f"{demo.adresse(tittel)}/saksframlegg"


def _skjema(svar: TestResponse, adresse: str) -> Any:
    return next(en for en in svar.forms.values() if en.action == adresse)


def _lagre(app: TestApp, adresse: str, status: int = 303, **felter: str) -> TestResponse:
    skjema = _skjema(app.get(adresse), adresse)
    for navn, verdi in felter.items():
        skjema[navn] = verdi
    return skjema.submit("handling", value="lagre", status=status)


def _autolagre(app: TestApp, adresse: str, status: int = 200, **felter: str) -> TestResponse:
    skjema = _skjema(app.get(adresse), adresse)
    innhold = {**dict(skjema.submit_fields()), **felter}
    return app.post(f"{adresse}/utkast", innhold, status=status)


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_for_the_writer_alone_and_changes_nothing(demo: Demo) -> None:
    adresse, ansatt, leder = _adresse(demo), demo.som("saksbehandler"), demo.som("leder")
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    foer = demo.antall(Saksframleggslagring), demo.antall(Grunntekst)
    svar = _autolagre(ansatt, adresse, innstilling="Stien asfalteres.", tittel="")
    assert svar.json["revisjon"] == 1
    assert (demo.antall(Saksframleggslagring), demo.antall(Grunntekst)) == foer
    assert "asfalteres" not in meldinger(leder.get(demo.adresse(UTKAST)))
    for_leder = meldinger(leder.get(adresse))
    assert "asfalteres" not in for_leder
    assert "skriver også i dette saksframlegget" in for_leder
    assert _skjema(ansatt.get(adresse), adresse)["innstilling"].value.strip() == "Stien asfalteres."


def test_a_draft_is_compared_saved_or_thrown_away(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    ansatt.get(f"{adresse}/endringer", status=404)
    _lagre(ansatt, adresse, innstilling="Stien merkes med blått.")
    _autolagre(ansatt, adresse, innstilling="Stien merkes med rødt.")
    side = ansatt.get(f"{adresse}/endringer")
    assert (side.html.select_one("main del").text, side.html.select_one("main ins").text) == ("blått", "rødt")
    _skjema(side, adresse).submit("handling", value="lagre", status=303)
    assert demo.antall(Saksframleggsutkast) == 0
    assert "merkes med rødt" in meldinger(ansatt.get(demo.adresse(UTKAST)))
    _autolagre(ansatt, adresse, innstilling="Stien legges ned.")
    skjema = next(en for en in ansatt.get(adresse).forms.values() if en.action == f"{adresse}/utkast")
    svar = skjema.submit("handling", value="forkast", status=303).follow()
    assert _skjema(svar, adresse)["innstilling"].value.strip() == "Stien merkes med rødt."


def test_a_second_window_does_not_write_over_the_first(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    felter = dict(_skjema(ansatt.get(adresse), adresse).submit_fields())
    ansatt.post(f"{adresse}/utkast", {**felter, "innstilling": "Fra det første vinduet."})
    svar = ansatt.post(f"{adresse}/utkast", {**felter, "innstilling": "Fra det andre."}, status=409)
    assert "annet vindu" in svar.json["feil"]
    assert "Fra det første vinduet." in ansatt.get(adresse)


def test_a_draft_that_no_document_may_hold_is_refused_with_its_place(demo: Demo) -> None:
    svar = _autolagre(demo.som("saksbehandler"), _adresse(demo), 400, innstilling="Styre\x07tegn.")
    assert "usynlig styretegn" in svar.json["feil"]
    assert demo.antall(Saksframleggsutkast) == 0


def test_what_the_editor_sends_is_kept_as_blocks_also_when_it_is_refused(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    skjema = _skjema(ansatt.get(adresse), adresse)
    html = '<ul><li>ute<ul><li>om <a href="https://example.org/v">vinteren</a></li></ul></li></ul><script>x</script>'
    felter = {**dict(skjema.submit_fields()), "format": "html", "tittel": "", "innstilling": "<p>Stien.</p>"}
    svar = ansatt.post(adresse, {**felter, "innhold": html, "handling": "lagre"}, status=400)
    assert 'href="https://example.org/v"' in str(svar.html.select_one("template[data-til=innhold]"))
    ansatt.post(adresse, {**felter, "innhold": html, "tittel": "Sti", "handling": "lagre"}, status=303)
    with demo.session() as session:
        lagring = session.scalars(sa.select(Saksframleggslagring).order_by(Saksframleggslagring.id.desc())).first()
        assert lagring is not None
        vinteren = Paragraph((Run("om "), Run("vinteren", link="https://example.org/v")))
        assert lagring.innhold == (List(False, ((Paragraph((Run("ute"),)), List(False, ((vinteren,),))),)),)


@pytest.mark.parametrize("hvem", ["representant", "arkivar", "administrator", "sekretaer"])
def test_others_cannot_keep_drafts_or_take_up_old_versions(demo: Demo, hvem: str) -> None:
    adresse, app = _adresse(demo, TIL_UTTALELSE), demo.som(hvem)
    token = app.get("/").html.select_one("[name=csrf_token]")["value"]
    for veien in ("utkast", "versjoner/1"):
        svar = app.post(f"{adresse}/{veien}", {"csrf_token": token, "innstilling": "Nei."}, expect_errors=True)
        assert svar.status_int in (403, 404)
    app.get(f"{adresse}/endringer", status=[403, 404])
    assert demo.antall(Saksframleggsutkast) == 0


def test_the_public_sees_no_version(demo: Demo) -> None:
    adresse = _adresse(demo, TIL_UTTALELSE)
    for veien in ("versjoner", "versjoner/1"):
        demo.som("representant").get(f"{adresse}/{veien}", status=[403, 404])
        demo.app.get(f"{adresse}/{veien}", status=[303, 403, 404])


# --- versions --------------------------------------------------------------------------------------------------------


def test_each_saved_text_is_a_version_that_can_be_compared_and_taken_up_again(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    for farge in ("blått", "rødt"):
        _lagre(ansatt, adresse, innstilling=f"Stien merkes med {farge}.")
    liste = ansatt.get(f"{adresse}/versjoner")
    siste, forrige = [lenke["href"] for lenke in liste.html.select("main td a, main th a")][:2]
    side = ansatt.get(siste)
    assert (side.html.select_one("main del").text, side.html.select_one("main ins").text) == ("blått", "rødt")
    assert "Hent fram versjon" not in meldinger(side)
    hentet = next(en for en in ansatt.get(forrige).forms.values() if en.action == forrige and "csrf_token" in en.fields)
    assert "Hentet fram fra versjon" in meldinger(hentet.submit(status=303).follow())
    assert "merkes med blått" in meldinger(ansatt.get(demo.adresse(UTKAST)))
    assert ansatt.get(siste).html.select_one("main ins").text == "rødt"


def test_segments_keep_their_ids_when_they_are_moved_and_rewritten(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    _lagre(ansatt, adresse, innstilling="Stien merkes med blått i år.\n\nArbeidet koster lite.\n\nSaken er ferdig.")
    foer = _segmenter(demo)
    _lagre(ansatt, adresse, innstilling="Saken er ferdig.\n\nEt helt nytt punkt.\n\nStien merkes med rødt i år.")
    etter = _segmenter(demo)
    assert [foer.index(ident) if ident in foer else None for ident in etter] == [2, None, 0]


def test_saving_without_change_of_the_innstilling_keeps_the_base_text(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    foer = demo.antall(Grunntekst)
    _lagre(ansatt, adresse, innhold="Mer om stien.")
    assert demo.antall(Grunntekst) == foer


def _segmenter(demo: Demo) -> list[str | None]:
    with demo.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == UTKAST)).one()
        assert sak.gjeldende_saksframlegg is not None
        return [segment.varig_id for segment in sak.gjeldende_saksframlegg.grunntekst.segmenter]


# --- two at once -----------------------------------------------------------------------------------------------------


def test_two_who_change_different_paragraphs_get_both_and_each_may_save(demo: Demo) -> None:
    adresse, ansatt, leder = _adresse(demo), demo.som("saksbehandler"), demo.som("leder")
    _lagre(ansatt, adresse, innstilling="Stien merkes.\n\nArbeidet gjøres i år.", innhold="Om stien.")
    mitt, deres = _skjema(ansatt.get(adresse), adresse), _skjema(leder.get(adresse), adresse)
    deres["innstilling"] = "Stien merkes med rødt.\n\nArbeidet gjøres i år."
    deres.submit("handling", value="lagre", status=303)
    mitt["innhold"] = "Om stien.\n\nDen er lang."
    svar = mitt.submit("handling", value="lagre", status=409)
    flettet = _skjema(svar, adresse)
    assert "merkes med rødt" in flettet["innstilling"].value
    assert "Den er lang." in flettet["innhold"].value
    assert not svar.html.select(".konflikt")
    flettet.submit("handling", value="lagre", status=303)
    side = meldinger(ansatt.get(demo.adresse(UTKAST)))
    assert "merkes med rødt" in side
    assert "Den er lang." in side


def test_the_plain_form_keeps_links_and_nested_lists_in_what_was_not_touched(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    lenke = Paragraph((Run("Se "), Run("planen", link="https://example.org/plan")))
    liste = List(False, ((Paragraph((Run("ute"),)), List(False, ((Paragraph((Run("om vinteren"),)),),))),))
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    with demo.parts.session() as session:
        framlegg = session.scalars(
            sa.select(Saksframlegg).join(Saksmappe).where(Saksmappe.tittel == UTKAST).order_by(Saksframlegg.id.desc())
        ).first()
        assert framlegg is not None
        framlegg.innhold = (lenke, liste)
    skjema = _skjema(ansatt.get(adresse), adresse)
    skjema["innhold"] = f"{skjema['innhold'].value}\n\nEt nytt avsnitt."
    skjema.submit("handling", value="lagre", status=303)
    with demo.session() as session:
        lagring = session.scalars(sa.select(Saksframleggslagring).order_by(Saksframleggslagring.id.desc())).first()
        assert lagring is not None
        assert lagring.innhold == (lenke, liste, Paragraph((Run("Et nytt avsnitt."),)))


# --- in Word ---------------------------------------------------------------------------------------------------------


def _word(app: TestApp, adresse: str, handling: str, status: int, fil: bytes | None = None) -> TestResponse:
    token = app.get("/").html.select_one("[name=csrf_token]")["value"]
    filer = [("fil", "framlegg.docx", fil)] if fil is not None else []
    return app.post(f"{adresse}/word", {"csrf_token": token, "handling": handling}, upload_files=filer, status=status)


def test_it_is_lent_to_word_brought_back_seen_and_taken_in(demo: Demo) -> None:
    adresse, ansatt, leder = _adresse(demo), demo.som("saksbehandler"), demo.som("leder")
    _lagre(ansatt, adresse, innstilling="Stien merkes med blått.", innhold="Om stien.")
    docx = _word(ansatt, adresse, "hent", 200).body
    assert _word(ansatt, adresse, "hent", 200).body == docx
    assert "hentet saksframlegget ut til Word" in meldinger(leder.get(adresse))
    assert "Word" in meldinger(_lagre(leder, adresse, 422, innhold="Lederens tekst."))
    assert "til redigering i Word" in meldinger(_word(leder, adresse, "hent", 422))
    _word(leder, adresse, "last_opp", 422, docx)
    svar = _word(ansatt, adresse, "last_opp", 303, endret(docx, "blått", "rødt")).follow()
    assert (svar.html.select_one("main del").text, svar.html.select_one("main ins").text) == ("blått", "rødt")
    assert "blått" in meldinger(leder.get(demo.adresse(UTKAST)))
    _skjema(svar, adresse).submit("handling", value="lagre", status=303)
    assert "rødt" in meldinger(leder.get(demo.adresse(UTKAST)))
    assert "Redigert i Word" in meldinger(leder.get(f"{adresse}/versjoner"))


def test_a_loan_can_be_given_back_by_others_and_then_no_upload_is_taken(demo: Demo) -> None:
    adresse, ansatt, leder = _adresse(demo), demo.som("saksbehandler"), demo.som("leder")
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    docx = _word(ansatt, adresse, "hent", 200).body
    _word(leder, adresse, "lever", 303)
    assert "ikke saksframlegget til redigering" in meldinger(_word(ansatt, adresse, "last_opp", 422, docx))
    _lagre(leder, adresse, innhold="Lederens tekst.")


def test_what_others_saved_after_a_loan_was_broken_is_woven_in(demo: Demo) -> None:
    adresse, ansatt, leder = _adresse(demo), demo.som("saksbehandler"), demo.som("leder")
    _lagre(ansatt, adresse, innstilling="Stien merkes med blått.", innhold="Om stien.")
    _word(ansatt, adresse, "hent", 200)
    docx = endret(_word(ansatt, adresse, "hent", 200).body, "blått", "rødt")
    _word(ansatt, adresse, "last_opp", 303, docx)
    _lagre(leder, adresse, innhold="Om den lange stien.")
    svar = _skjema(ansatt.get(adresse), adresse).submit("handling", value="lagre", status=409)
    skjema = _skjema(svar, adresse)
    assert "rødt" in skjema["innstilling"].value
    assert "lange" in skjema["innhold"].value


def test_a_file_that_is_no_such_document_is_refused_and_the_loan_stands(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    _lagre(ansatt, adresse, innstilling="Stien merkes.")
    _word(ansatt, adresse, "hent", 200)
    _word(ansatt, adresse, "last_opp", 415, b"PK\x03\x04 ikke en zip")
    _word(ansatt, adresse, "last_opp", 400)
    _word(ansatt, adresse, "noe_annet", 400)
    assert "Hent dokumentet en gang til" in meldinger(ansatt.get(f"{adresse}/word"))


@pytest.mark.parametrize("hvem", ["representant", "arkivar", "administrator", "sekretaer"])
def test_others_cannot_take_it_to_word(demo: Demo, hvem: str) -> None:
    adresse, app = _adresse(demo, TIL_UTTALELSE), demo.som(hvem)
    app.get(f"{adresse}/word", status=[403, 404])
    for handling in ("hent", "lever", "last_opp"):
        token = app.get("/").html.select_one("[name=csrf_token]")["value"]
        svar = app.post(f"{adresse}/word", {"csrf_token": token, "handling": handling}, expect_errors=True)
        assert svar.status_int in (403, 404)
    assert demo.antall(Saksframleggsutsjekking) == 0
