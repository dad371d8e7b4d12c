"""The list of cases, the page of a case with what can be done on it, its forms, and its JSON twin."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from webtest import TestApp, TestResponse, Upload

from saksbehandling.demo import tekster
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import PUBLIKUM, Identitet
from saksbehandling.saksmappe.filer import kan_faa_versjon, samme_fil
from saksbehandling.saksmappe.models import Dokument, Journalpost, Saksframlegg, Saksmappe
from saksbehandling.saksmappe.opplasting import Opplasting, ta_inn
from saksbehandling.workflow_engine.models import Flythistorikk

from .conftest import PAA_SAKSLISTE, TIL_GODKJENNING, TIL_UTTALELSE, UTKAST, Demo, meldinger

STRATEGI = "/saker/2019/8286"


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_words_number_state_and_responsible(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    assert _titler(ansatt.get("/saker", {"ord": "idrettsPLAN"})) == [TIL_UTTALELSE]
    assert _titler(ansatt.get("/saker", {"ord": "19/8286"})) == [tekster.TITTEL]
    assert _titler(ansatt.get("/saker", {"status": "utredning"})) == [UTKAST]
    assert tekster.TITTEL in _titler(ansatt.get("/saker", {"mine": "ja"}))
    assert _titler(demo.som("leder").get("/saker", {"mine": "ja"})) == []
    assert _titler(ansatt.get("/saker", {"ord": "100%"})) == []


def test_the_list_is_sorted(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    stigende = _titler(ansatt.get("/saker?sort=tittel"))
    assert stigende == sorted(stigende, key=str.casefold)
    assert _titler(ansatt.get("/saker?sort=-tittel")) == stigende[::-1]
    assert demo.app.get("/saker?sort=finnes_ikke&side=-3&aar=xx&status=x", status=200)
    assert demo.app.get("/saker?ord=%00&status=%00&aar=9999999999", status=200)


def test_the_list_pages_by_25(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    for nummer in range(22):
        _opprett(ansatt, f"Prøvesak {nummer}")
    foerst, saa = ansatt.get("/saker"), ansatt.get("/saker?side=2")
    assert len(_titler(foerst)) == 25
    assert not set(_titler(foerst)) & set(_titler(saa)) - {f"Prøvesak {n}" for n in range(22)}
    assert "Side 1 av 2" in foerst


# --- the page of a case ----------------------------------------------------------------------------------------------


def test_the_public_sees_the_case_its_route_and_no_internal_names(demo: Demo) -> None:
    side = demo.app.get(STRATEGI)
    tekst = meldinger(side)
    assert side.html.h1.get_text(" ").split()[:2] == ["PS", "87/19"]
    assert "Arkivsak 19/8286" in tekst
    assert side.html.select_one("svg.rute-bilde")
    lenker = {lenke["href"] for lenke in side.html.select(".rute-liste a")}
    assert "/innsyn/bystyret/2019/87/2019-08-29" in lenker
    assert len(side.html.select(".rute-grener > li")) == 4
    historikk = side.html.select_one(".historikk").get_text(" ")
    assert "Saken utsatt" in historikk
    for navn in ("Torunn Skrivervoll", "Jan-Are Høringsmo", "Øystein Kvernelid"):
        assert navn not in tekst
    assert not side.html.select("#gjoer-naa")


def test_those_who_work_with_it_see_who_did_what(demo: Demo) -> None:
    tekst = meldinger(demo.som("saksbehandler").get(STRATEGI))
    assert "Torunn Skrivervoll" in tekst
    assert "Ansvarlig: Bodil Nattestadvik" in tekst


def test_every_address_on_the_page_answers(demo: Demo) -> None:
    for hvem in (demo.app, demo.som("saksbehandler")):
        adresser = {a["href"] for a in hvem.get(STRATEGI).html.select("main a[href^='/']")}
        egne = {a for a in adresser if a.startswith(("/saker", "/dokumenter", "/sok"))}
        assert len(egne) > 5
        for adresse in egne:  # where no PDF is made, a page says so
            kjent = (202, 404) if adresse.endswith(".pdf") else (200,)
            assert hvem.get(adresse, status="*").status_int in kjent, adresse


def test_a_draft_is_for_those_who_work_with_the_case(demo: Demo) -> None:
    adresse = demo.adresse(TIL_GODKJENNING)
    offentlig = demo.app.get(adresse)
    assert "Saksframlegget" not in meldinger(offentlig)
    assert "Forslag til innstilling" not in meldinger(offentlig)
    assert demo.app.get(f"{adresse}.json").json["saksframlegg"] is None
    leder = demo.som("leder")
    assert "Ikke godkjent, og ikke offentlig" in meldinger(leder.get(adresse))
    assert leder.get(f"{adresse}.json").json["saksframlegg"]["innstilling_avsnitt"]


def test_json_leaves_out_treatments_that_are_not_published(demo: Demo) -> None:
    adresse = f"{demo.adresse(PAA_SAKSLISTE)}.json"
    offentlige, alle = (
        demo.app.get(adresse).json["behandlinger"],
        demo.som("sekretaer").get(adresse).json["behandlinger"],
    )
    assert len(offentlige) == len(alle) - 1
    assert offentlige == alle[:-1]
    hele = demo.app.get(f"{STRATEGI}.json").json
    assert len(hele["behandlinger"]) == 8
    assert hele["arkivsak"] == "19/8286"


# --- what can be done ------------------------------------------------------------------------------------------------


def test_the_leader_approves_and_the_case_moves_on(demo: Demo) -> None:
    leder, adresse = demo.som("leder"), demo.adresse(TIL_GODKJENNING)
    svar = _knapp(leder.get(adresse), "godkjenn").submit("hendelse", status=303).follow()
    assert "Klar for komiteen" in meldinger(svar)


def test_a_refusal_shows_the_reasons_and_changes_nothing(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    adresse = _opprett(ansatt, "Sak uten saksframlegg").follow().request.path
    foer = demo.antall(Flythistorikk)
    side = ansatt.get(adresse)
    assert "Saksframlegget er ikke skrevet." in side.html.select_one(".sperret").get_text()
    svar = _hendelse(ansatt, adresse, "fullfoer_saksframlegg", status=422)
    assert "Saken er ikke ført videre" in meldinger(svar)
    assert "Saksframlegget er ikke skrevet." in svar.html.select_one(".feilsammendrag").get_text()
    assert "Det du kan gjøre nå" in meldinger(svar)
    assert demo.antall(Flythistorikk) == foer


def test_whoever_comes_second_is_told_and_nothing_is_lost(demo: Demo) -> None:
    leder, adresse = demo.som("leder"), demo.adresse(TIL_GODKJENNING)
    gammel = _knapp(leder.get(adresse), "godkjenn")
    _knapp(demo.som("kommunedirektoer").get(adresse), "godkjenn").submit("hendelse", status=303)
    foer = demo.antall(Flythistorikk)
    svar = gammel.submit("hendelse", status=409)
    assert "Noen andre har endret saken" in meldinger(svar)
    assert "Klar for komiteen" in meldinger(svar)
    assert demo.antall(Flythistorikk) == foer


@pytest.mark.parametrize("hvem", ["representant", "vara", "administrator", "arkivar"])
def test_those_without_the_role_are_refused(demo: Demo, hvem: str) -> None:
    adresse = demo.adresse(TIL_GODKJENNING)
    _hendelse(demo.som(hvem), adresse, "godkjenn", status=422)


def test_the_public_can_do_nothing(demo: Demo) -> None:
    token = demo.app.get("/logg-inn").forms[1]["csrf_token"].value
    felter = {"csrf_token": token, "hendelse": "godkjenn", "radversjon": "1"}
    demo.app.post(f"{demo.adresse(TIL_GODKJENNING)}/hendelser", felter, status=403)
    demo.app.get(f"{demo.adresse(TIL_GODKJENNING)}/hendelser", status=404)


def test_an_agenda_is_made_from_its_meeting(demo: Demo) -> None:
    leder, adresse = demo.som("leder"), demo.adresse(TIL_GODKJENNING)
    _knapp(leder.get(adresse), "godkjenn").submit("hendelse", status=303)
    svar = _hendelse(demo.som("sekretaer"), adresse, "sett_paa_saksliste", status=422)
    assert "fra møtet" in meldinger(svar)


# --- a new case ------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_with_the_next_number(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    svar = _opprett(ansatt, "Gjerde rundt Åsgårdsdammen").follow()
    assert "Gjerde rundt Åsgårdsdammen" in meldinger(svar)
    assert "Utredning" in meldinger(svar)
    assert TestApp(demo.wsgi).get(svar.request.path, status=404)


@pytest.mark.parametrize(
    ("felter", "feil"),
    [
        ({"tittel": "  "}, "Saken må ha en tittel."),
        ({"tittel": "\x00"}, "Saken må ha en tittel."),
        ({"tittel": "x" * 501}, "høyst 500 tegn"),
        ({"tittel": "Kjøp av gård", "skjermingshjemmel": "offl. § 23"}, "må ha en offentlig tittel"),
        ({"tittel": "Kjøp", "skjermingshjemmel": "offl. § 23", "offentlig_tittel": "KJØP"}, "den samme"),
        ({"tittel": "Kjøp", "offentlig_tittel": "Eiendom"}, "Skriv hjemmelen"),
    ],
)
def test_a_case_that_lacks_something_is_refused_and_what_was_typed_is_kept(
    demo: Demo, felter: dict[str, str], feil: str
) -> None:
    foer = demo.antall(Saksmappe)
    skjema = _skjema(demo.som("saksbehandler").get("/saker/ny"), "/saker/ny")
    for navn, verdi in felter.items():
        skjema[navn] = verdi
    svar = skjema.submit(status=400)
    assert feil in meldinger(svar)
    assert _skjema(svar, "/saker/ny")["tittel"].value == felter["tittel"].strip(" \x00")
    assert demo.antall(Saksmappe) == foer


def test_a_case_that_has_a_number_already_keeps_it_and_two_cannot_have_it(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    skjema = _skjema(ansatt.get("/saker/ny"), "/saker/ny")
    skjema["tittel"], skjema["saksnummer"] = "Fra det gamle arkivet", "18/412"
    assert skjema.submit(status=303).location.endswith("/saker/2018/412")
    assert "Saksnummeret 18/412 er allerede i bruk" in meldinger(skjema.submit(status=400))
    skjema["saksnummer"] = "412"
    svar = skjema.submit(status=400)
    assert "Skriv det som 19/8286" in meldinger(svar)
    assert _skjema(svar, "/saker/ny")["saksnummer"].value == "412"


# --- saksframlegg ----------------------------------------------------------------------------------------------------


def test_the_saksframlegg_is_previewed_and_saved(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/saksframlegg"
    skjema = _skjema(ansatt.get(adresse), adresse)
    skjema["innstilling"] = "Stien merkes:\n\n- med blått\n- med skilt\n\nArbeidet gjøres i år."
    foer = demo.antall(Saksframlegg)
    vist = skjema.submit("handling", value="forhaandsvis", status=200)
    assert "Ikke lagret ennå" in meldinger(vist)
    assert len(vist.html.select(".framlegg .innstilling > li")) == 2
    lagret = _skjema(vist, adresse).submit("handling", value="lagre", status=303).follow()
    assert "Stien merkes" in meldinger(lagret)
    assert demo.antall(Saksframlegg) == foer


def test_two_who_write_at_once_see_both_texts_and_nothing_is_overwritten(demo: Demo) -> None:
    adresse = f"{demo.adresse(UTKAST)}/saksframlegg"
    ansatt = demo.som("saksbehandler")
    min_, annen = (_skjema(ansatt.get(adresse), adresse) for _ in range(2))
    annen["innstilling"] = "Den andres tekst."
    annen.submit("handling", value="lagre", status=303)
    min_["innstilling"] = "Min egen tekst."
    konflikt = min_.submit("handling", value="lagre", status=409)
    assert "Den andres tekst." in meldinger(konflikt)
    assert _skjema(konflikt, adresse)["innstilling"].value.strip() == "Min egen tekst."
    assert "Den andres tekst." in ansatt.get(demo.adresse(UTKAST))
    _skjema(konflikt, adresse).submit("handling", value="lagre", status=303)
    assert "Min egen tekst." in ansatt.get(demo.adresse(UTKAST))


@pytest.mark.parametrize(
    ("innstilling", "feil"), [("   ", "forslag til innstilling"), ("Styre\x07tegn.", "usynlig styretegn")]
)
def test_a_text_that_cannot_be_voted_on_is_refused(demo: Demo, innstilling: str, feil: str) -> None:
    ansatt, adresse = demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/saksframlegg"
    skjema = _skjema(ansatt.get(adresse), adresse)
    skjema["innstilling"], skjema["innhold"] = innstilling, "Dette må ikke gå tapt."
    svar = skjema.submit("handling", value="lagre", status=400)
    assert feil in meldinger(svar)
    assert "Dette må ikke gå tapt." in _skjema(svar, adresse)["innhold"].value
    assert "Dette må ikke gå tapt." not in ansatt.get(demo.adresse(UTKAST))


@pytest.mark.parametrize("hvem", ["representant", "arkivar", "administrator", "sekretaer"])
def test_others_cannot_write_the_saksframlegg(demo: Demo, hvem: str) -> None:
    demo.som(hvem).get(f"{demo.adresse(TIL_UTTALELSE)}/saksframlegg", status=[403, 404])


def test_an_approved_saksframlegg_cannot_be_changed(demo: Demo) -> None:
    demo.som("saksbehandler").get(f"{STRATEGI}/saksframlegg", status=403)


# --- documents -------------------------------------------------------------------------------------------------------


def test_a_document_is_put_into_the_case_and_can_be_read_and_downloaded(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    innhold = b"Brevet fra velforeningen.\r\n\r\nStien er gjengrodd.\n"
    svar = _last_opp(ansatt, adresse, "C:\\brev\\Brev fra vel.txt", innhold, status=303).follow()
    assert "Stien er gjengrodd." in meldinger(svar)
    hentet = ansatt.get(svar.html.select_one(".versjoner a")["href"])
    assert hashlib.sha256(hentet.body).digest() == hashlib.sha256(innhold).digest()
    assert 'filename="Brev fra vel.txt"' in hentet.headers["Content-Disposition"]
    assert hentet.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in hentet.headers["Content-Security-Policy"]


def test_the_words_of_a_long_document_have_a_page_of_their_own(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    lang = "\n".join(f"Punkt {nummer}: stien ved bekken ryddes." for nummer in range(200))
    saken = _last_opp(ansatt, adresse, "Plan.txt", lang.encode(), status=303).follow()
    assert "Punkt 150" not in meldinger(saken)
    teksten = saken.click("^Plan$")
    assert "Punkt 150: stien ved bekken ryddes." in meldinger(teksten)
    assert teksten.click("Last ned dokumentet fra journalen").request.path == adresse
    for utenfor in (demo.app, demo.som("representant")):
        utenfor.get(teksten.request.path, status=404)
    ansatt.get("/dokumenter/999999/tekst", status=404)


def test_a_file_is_not_put_into_a_case_twice_and_can_be_a_new_version(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    _last_opp(ansatt, adresse, "Tegning.txt", "Første utgave.".encode(), status=303)
    svar = _last_opp(ansatt, adresse, "Samme.txt", "Første utgave.".encode(), status=409)
    assert "ligger allerede i saken som «Tegning»" in meldinger(svar)
    skjema = _skjema(svar, f"{adresse}/dokumenter")
    skjema["versjon_av"].select(text=next(tekst for *_, tekst in skjema["versjon_av"].options if "Tegning" in tekst))
    skjema["fil"] = [Upload("Tegning 2.txt", b"Andre utgave.")]
    saken = skjema.submit(status=303).follow()
    assert "«Tegning» er lagt i saken, versjon 2." in meldinger(saken)
    assert "Andre utgave." in meldinger(saken)
    lenker = [lenke["href"] for lenke in saken.html.select(".versjoner a") if lenke["href"].endswith(("/1", "/2"))]
    assert [ansatt.get(lenke).body for lenke in lenker[:2]] == [b"Andre utgave.", "Første utgave.".encode()]
    skjema = _skjema(ansatt.get(f"{adresse}/dokumenter"), f"{adresse}/dokumenter")
    skjema["fil"] = [Upload("b.txt", b"x")]
    skjema["versjon_av"].force_value("999999")
    assert "Velg et dokument i saken" in meldinger(skjema.submit(status=400))


def test_several_files_are_put_in_at_once_all_of_them_or_none(demo: Demo) -> None:
    ansatt, adresse, foer = demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/dokumenter", demo.antall(Dokument)
    token = _skjema(ansatt.get(adresse), adresse)["csrf_token"].value

    def send(*navn: str, status: int, **felter: str) -> TestResponse:
        filer = [("fil", ett, f"Ord i {ett}.".encode()) for ett in navn]
        skjema = {"csrf_token": token, "posttype": "Inngående dokument", **felter}
        return ansatt.post(adresse, skjema, upload_files=filer, status=status)

    assert "«Farlig.docx»" in meldinger(send("Kart.txt", "Farlig.docx", status=415))
    assert "En tittel gjelder én fil" in meldinger(send("Kart.txt", "Plan.txt", status=400, tittel="Begge"))
    assert "er én fil" in meldinger(send("Kart.txt", "Plan.txt", status=400, versjon_av="1"))
    assert demo.antall(Dokument) == foer
    saken = meldinger(send("Kart.txt", "Plan.txt", status=303).follow())
    assert "«Kart» er lagt i saken" in saken
    assert "«Plan» er lagt i saken" in saken
    assert demo.antall(Dokument) == foer + 2


def test_a_file_is_known_only_to_who_may_read_the_document_that_has_it(demo: Demo) -> None:
    _last_opp(demo.som("saksbehandler"), demo.adresse(UTKAST), "Hemmelig.txt", b"Kjent for noen.", status=303)
    sjekksum = hashlib.sha256(b"Kjent for noen.").hexdigest()
    with demo.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == UTKAST)).one()
        arbeider_med_saken = Identitet("Eva Lie", 999, frozenset({(Rolle.SAKSBEHANDLER, None)}))
        for identitet, antall in ((PUBLIKUM, 0), (arbeider_med_saken, 1)):
            assert len(samme_fil(session, sjekksum, identitet)) == antall
            assert len(kan_faa_versjon(sak, identitet)) == antall


def test_the_same_file_in_another_case_is_told_of(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    _last_opp(ansatt, demo.adresse(UTKAST), "Felles.txt", b"Felles vedlegg.", status=303)
    svar = _last_opp(ansatt, demo.adresse(TIL_UTTALELSE), "Felles.txt", b"Felles vedlegg.", status=303).follow()
    assert "Den samme filen ligger også i sak" in meldinger(svar)


def test_a_large_file_is_fetched_in_parts(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    bilde = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8000 + b"IEND\xaeB`\x82"
    svar = _last_opp(ansatt, adresse, "Kart.png", bilde, status=303).follow()
    lenke = svar.html.select_one(".versjoner a")["href"]
    hel = ansatt.get(lenke)
    assert (hel.body, hel.content_length, hel.headers["Accept-Ranges"]) == (bilde, len(bilde), "bytes")
    resten = {"Range": "bytes=2000000-", "If-Range": hel.headers["ETag"]}
    del_ = ansatt.get(lenke, headers=resten, status=206)
    assert del_.body == bilde[2_000_000:]
    demo.app.get(lenke, headers=resten, status=404)


def test_others_write_while_a_file_is_looked_over(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)

    def imens(*alt: object) -> Opplasting:
        with demo.parts.session() as session:
            session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == UTKAST)).one().tittel = "Ny tittel"
        return ta_inn(*alt)  # type: ignore[arg-type]

    monkeypatch.setattr("saksbehandling.saksmappe.views_dokument.ta_inn", imens)
    saken = _last_opp(ansatt, adresse, "Merknad.txt", b"Merknad.", status=303).follow()
    assert "«Merknad» er lagt i saken" in meldinger(saken)
    assert "Ny tittel" in meldinger(saken)


def test_how_large_a_file_may_be_is_told_and_is_the_operators_choice(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    innstillinger = demo.wsgi.registry["settings"]
    monkeypatch.setitem(demo.wsgi.registry, "settings", replace(innstillinger, upload_mb=1))
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    assert "høyst 1 MB" in meldinger(ansatt.get(f"{adresse}/dokumenter"))
    svar = _last_opp(ansatt, adresse, "lang.txt", b"x" * 1_000_001, status=415)
    assert "«lang.txt» er for stor (1.0 MB; høyst 1.0 MB)" in meldinger(svar)


@pytest.mark.parametrize(
    ("navn", "innhold"),
    [
        ("program.docx", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("brev.docx", b"bare tekst"),
        ("tom.txt", b""),
        ("nettside.txt", b"<html><script>alert(1)</script></html>"),
        ("halvt.pdf", b"%PDF-1.7\nav"),
    ],
)
def test_a_file_that_is_no_document_is_refused_and_nothing_is_stored(demo: Demo, navn: str, innhold: bytes) -> None:
    foer = demo.antall(Dokument), demo.antall(Journalpost), _filer(demo)
    svar = _last_opp(demo.som("saksbehandler"), demo.adresse(UTKAST), navn, innhold, status=415)
    assert "Dokumentet er ikke lagt i saken" in meldinger(svar)
    assert navn in meldinger(svar)
    assert (demo.antall(Dokument), demo.antall(Journalpost), _filer(demo)) == foer


def test_a_docx_that_is_a_bomb_is_refused(demo: Demo) -> None:
    pakke = io.BytesIO()
    with zipfile.ZipFile(pakke, "w", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("word/document.xml", b"0" * (4 << 20))
    _last_opp(demo.som("saksbehandler"), demo.adresse(UTKAST), "bombe.docx", pakke.getvalue(), status=415)


def test_no_file_is_told(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/dokumenter"
    svar = _skjema(ansatt.get(adresse), adresse).submit(status=400)
    assert "Velg en fil." in meldinger(svar)


@pytest.mark.parametrize("hvem", ["representant", "leder", "arkivar"])
def test_others_cannot_put_documents_into_a_case(demo: Demo, hvem: str) -> None:
    demo.som(hvem).get(f"{STRATEGI}/dokumenter", status=403)


def test_a_document_of_an_unpublished_case_is_not_for_the_public(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), demo.adresse(UTKAST)
    svar = _last_opp(ansatt, adresse, "notat.txt", b"Internt notat.", status=303).follow()
    lenke = svar.html.select_one(".versjoner a")["href"]
    demo.app.get(lenke, status=404)
    demo.som("representant").get(lenke, status=404)


# --- the desk --------------------------------------------------------------------------------------------------------


def test_the_desk_tells_what_waits_for_whom(demo: Demo) -> None:
    mine = meldinger(demo.som("saksbehandler").get("/arbeidsflate"))
    assert UTKAST in mine
    assert "Frist for uttalelser" in mine
    leder = meldinger(demo.som("leder").get("/arbeidsflate"))
    assert TIL_GODKJENNING in leder
    assert UTKAST not in leder
    assert "Ingenting venter på deg" in meldinger(demo.som("administrator").get("/arbeidsflate"))


# --- helpers ---------------------------------------------------------------------------------------------------------


def _titler(side: TestResponse) -> list[str]:
    return [celle.get_text() for celle in side.html.select(".saksliste .saksnavn-tittel")]


def _skjema(side: TestResponse, adresse: str):  # type: ignore[no-untyped-def]
    return next(skjema for skjema in side.forms.values() if skjema.action == adresse)


def _opprett(app: TestApp, tittel: str) -> TestResponse:
    skjema = _skjema(app.get("/saker/ny"), "/saker/ny")
    skjema["tittel"] = tittel
    return skjema.submit(status=303)


def _knapp(side: TestResponse, hendelse: str):  # type: ignore[no-untyped-def]
    return next(
        s for s in side.forms.values() if "hendelse" in s.fields and s["hendelse"].value_if_submitted() == hendelse
    )


def _hendelse(app: TestApp, adresse: str, hendelse: str, status: int) -> TestResponse:
    """The event as a form would send it, whether or not the page offers it."""
    side = app.get(adresse)
    token = side.html.select_one("input[name=csrf_token]")["value"]
    felt = side.html.select_one("input[name=radversjon]")
    felter = {"csrf_token": token, "hendelse": hendelse, "radversjon": felt["value"] if felt else "1"}
    if felt is None:
        felter["radversjon"] = _radversjon(app, adresse)
    return app.post(f"{adresse}/hendelser", felter, status=status)


def _radversjon(app: TestApp, adresse: str) -> str:
    aar, sekvens = adresse.split("/")[-2:]
    with app.app.registry["parts"].reading() as session:
        soek = sa.select(Saksmappe).where(Saksmappe.saksaar == int(aar), Saksmappe.sakssekvensnummer == int(sekvens))
        flyt = session.scalars(soek).one().flyt
        assert flyt is not None
        return str(flyt.radversjon)


def _last_opp(app: TestApp, adresse: str, navn: str, innhold: bytes, status: int) -> TestResponse:
    skjema = _skjema(app.get(f"{adresse}/dokumenter"), f"{adresse}/dokumenter")
    skjema["fil"] = [Upload(navn, innhold)]
    return skjema.submit(status=status)


def _filer(demo: Demo) -> list[Path]:
    return sorted(demo.parts.settings.files_dir.rglob("*"))
