"""The list of versions; bringing one back; uploading a file; another process that saves meanwhile."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from webob.request import BaseRequest
from webtest import TestApp, TestResponse

import saksbehandling
from saksbehandling.workflow_engine.registry import Registry

from .conftest import Demo, meldinger

FLYT = "/arbeidsflyter/henvendelse"
_FOERSTE = Registry.load()
FIL = getattr(_FOERSTE.definition(_FOERSTE.chart("henvendelse")), "content", b"")
NY_TITTEL = FIL.replace(b'nb="Henvendelse"', 'nb="Spørsmål til kommunen"'.encode())
BOMBE = b"<!DOCTYPE scxml [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.fixture(autouse=True)
def _bodies_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """WebTest's requests leave the files of large bodies open, and an open file is a failure here."""
    monkeypatch.setattr(BaseRequest, "request_body_tempfile_limit", 1 << 26)


def send(nettleser: TestApp, innhold: bytes, status: int = 200, navn: str = "ny.scxml") -> TestResponse:
    """Choose a file and press «Kontroller filen»."""
    skjema = nettleser.get(f"{FLYT}/last-opp").forms[2]
    skjema["fil"] = (navn, innhold)
    return skjema.submit("handling", value="se", status=status)


def lagre(svar: TestResponse, status: int = 303) -> TestResponse:
    return svar.forms[2].submit("handling", value="lagre", status=status)


def filer(demo: Demo) -> list[str]:
    folder: Path = demo.parts.settings.workflow_dir
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("side", ["gjenopprett?fra=1", "last-opp"])
def test_only_an_administrator_may_make_a_version(demo: Demo, side: str) -> None:
    for brukernavn in ("sekretaer", "arkivar"):
        nettleser = demo.som(brukernavn)
        svar = nettleser.get(f"{FLYT}/{side}", status=403)
        token = svar.html.select_one("input[name=csrf_token]")["value"]
        felter = {"csrf_token": token, "versjon": "1", "fra": "1", "handling": "lagre", "innhold": NY_TITTEL.decode()}
        nettleser.post(f"{FLYT}/{side}", felter, status=403)
        assert side not in nettleser.get(f"{FLYT}/versjoner")
    demo.som("administrator").post(f"{FLYT}/{side}", {"innhold": NY_TITTEL.decode()}, status=400)
    assert filer(demo) == []


@pytest.mark.parametrize("side", ["versjoner", "fil"])
def test_those_who_are_logged_in_may_read_the_list_and_the_files(demo: Demo, side: str) -> None:
    assert "/logg-inn" in demo.app.get(f"{FLYT}/{side}", status=303).location
    assert demo.som("representant").get(f"{FLYT}/{side}").status_int == 200


def test_a_file_is_looked_over_shown_in_words_and_saved(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    svar = send(nettleser, NY_TITTEL)
    assert "Arbeidsflyten heter nå «Spørsmål til kommunen» på bokmål, ikke lenger «Henvendelse»." in meldinger(svar)
    assert filer(demo) == []
    lagre(svar)
    assert filer(demo) == ["henvendelse.2.scxml"]
    (rad, foerste) = nettleser.get(f"{FLYT}/versjoner").html.select("main tbody tr")
    assert "29. august 2019 kl. 12.00 av Guri Bryterud" in " ".join(rad.get_text(" ").split())
    assert "heter nå «Spørsmål til kommunen»" in rad.get_text()
    assert "Fulgte med programmet" in foerste.get_text()
    hentet = nettleser.get(f"{FLYT}/fil?versjon=2")
    assert hentet.headers["Content-Disposition"] == 'attachment; filename="henvendelse.2.scxml"'
    assert "Spørsmål til kommunen" in hentet.body.decode()


def test_a_bad_file_is_refused_with_its_reasons(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    for innhold, melding in (
        (b"%PDF-1.7 \x00\xff", "ikke gyldig XML"),
        (BOMBE + FIL[FIL.index(b"<scxml") :], "ny.scxml:1: filen har en DOCTYPE"),
        (FIL + b" " * 10_000_000, "Filen er for stor. En definisjon kan ha høyst 512 kB"),
    ):
        svar = send(nettleser, innhold, 422)
        assert melding in " ".join(svar.html.select_one(".feilsammendrag").get_text(" ").split())
        felter = [*svar.forms[2].submit_fields(), ("handling", "lagre"), ("innhold", innhold.decode("latin-1"))]
        nettleser.post(f"{FLYT}/last-opp", [felt for felt in felter if felt[0] != "fil"], status=422)
    assert filer(demo) == []


def test_no_file_at_all(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    svar = nettleser.get(f"{FLYT}/last-opp").forms[2].submit("handling", value="se", status=422)
    assert svar.html.select_one(".feilsammendrag a")["href"] == "#felt-fil"


def test_an_earlier_version_is_brought_back_as_a_new_one(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    lagre(send(nettleser, NY_TITTEL))
    svar = nettleser.get(nettleser.get(f"{FLYT}/versjoner").html.find("a", string="Gjenopprett …")["href"])
    assert "heter nå «Henvendelse» på bokmål, ikke lenger «Spørsmål til kommunen»" in meldinger(svar)
    assert filer(demo) == ["henvendelse.2.scxml"]
    lagre(svar)
    assert "Versjon 1 ble gjenopprettet." in nettleser.get(f"{FLYT}/versjoner")
    assert nettleser.get(FLYT).html.select_one("h1").string == "Henvendelse"
    nettleser.get(f"{FLYT}/gjenopprett?fra=99", status=404)


def test_a_version_that_says_the_same_is_not_saved(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    svar = nettleser.get(f"{FLYT}/gjenopprett?fra=1")
    assert "Ingenting er endret" in svar
    assert "Lagre som" not in svar


def test_another_process_takes_the_new_version_into_use_and_is_told_when_it_comes_late(demo: Demo) -> None:
    annen = saksbehandling.main(**asdict(demo.parts.settings))
    try:
        der = Demo(annen).som("administrator")
        sen = send(der, NY_TITTEL)
        lagre(send(demo.som("administrator"), FIL.replace(b'en="Enquiry"', b'en="Inquiry"')))
        assert "Versjon 2, gjelder nye saker" in meldinger(der.get(FLYT))
        svar = lagre(sen, 409)
        assert "Versjon 2 er lagret etter at du åpnet versjon 1" in meldinger(svar)
        assert "«Inquiry» på engelsk" in svar
        assert filer(demo) == ["henvendelse.2.scxml"]
    finally:
        annen.registry["parts"].close()
