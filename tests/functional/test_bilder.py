"""Pictures in the saksutredning: put in, seen by those who may read the text, and kept through every way of writing."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from webob.request import BaseRequest
from webtest import TestApp, TestResponse

from saksbehandling.documents.picture_metadata import tells_place
from saksbehandling.richtext import Picture, pictures
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.models_bilde import Saksbilde
from saksbehandling.saksmappe.models_framlegg import Saksframleggslagring

from ..factories.bilder import png
from .conftest import NAA, TIL_UTTALELSE, UTKAST, Demo, meldinger

KART, NYTT_KART = png(640, 480), png(640, 480, 30)
SHA, NY_SHA = (hashlib.sha256(innhold).hexdigest() for innhold in (KART, NYTT_KART))


@pytest.fixture(autouse=True)
def _uploads_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """WebOb leaves its temporary file for a large body to the garbage collector, which is a warning in tests."""
    monkeypatch.setattr(BaseRequest, "request_body_tempfile_limit", 1 << 26)


def _adresse(demo: Demo, tittel: str = UTKAST) -> str:
    return f"{demo.adresse(tittel)}/saksframlegg"


def _skjema(app: TestApp, adresse: str) -> Any:
    return next(en for en in app.get(adresse).forms.values() if en.action == adresse)


def _send(app: TestApp, adresse: str, status: int = 200, innhold: bytes = KART, navn: str = "kart.png") -> TestResponse:
    token = app.get("/").html.select_one("[name=csrf_token]")["value"]
    return app.post(f"{adresse}/bilder", {"csrf_token": token}, upload_files=[("bilde", navn, innhold)], status=status)


def _lagre(app: TestApp, adresse: str, innhold: str, status: int = 303) -> TestResponse:
    felter = {**dict(_skjema(app, adresse).submit_fields()), "format": "html", "innhold": innhold, "handling": "lagre"}
    return app.post(adresse, {**felter, "innstilling": "<p>Stien merkes.</p>"}, status=status)


def _bilde(sha256: str = SHA, alt: str = "Kart over stien") -> str:
    return f'<p>Se kartet.</p><img data-bilde="{sha256}" alt="{alt}">'


def test_the_editor_puts_in_a_picture_that_those_who_read_the_text_see(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    assert _send(ansatt, adresse).json == {"sjekksum": SHA, "bredde": 640, "hoeyde": 480}
    _send(ansatt, adresse)
    assert demo.antall(Saksbilde) == 1
    assert "mangler en beskrivelse" in meldinger(_lagre(ansatt, adresse, _bilde(alt=" "), 400))
    _lagre(ansatt, adresse, _bilde())
    bilde = ansatt.get(demo.adresse(UTKAST)).html.select_one("main img")
    assert bilde["alt"] == "Kart over stien"
    svar = demo.som("leder").get(bilde["src"])
    assert (svar.body, svar.content_type) == (KART, "image/png")
    assert "sandbox" in svar.headers["Content-Security-Policy"]
    demo.app.get(bilde["src"], status=404)  # a draft
    demo.som("representant").get(bilde["src"], status=404)
    with demo.session() as session:
        framlegg = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == UTKAST)).one().gjeldende_saksframlegg
        assert framlegg is not None
        assert pictures(framlegg.innhold) == (Picture(SHA, "png", 640, 480, "Kart over stien"),)


def test_what_the_camera_noted_is_not_kept(demo: Demo) -> None:
    exif, fil = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 55.0, 12.0)})
    Image.new("RGB", (9, 9)).save(fil, "JPEG", exif=exif)
    assert tells_place(fil.getvalue())
    ansatt, adresse = demo.som("saksbehandler"), _adresse(demo)
    vist = ansatt.get(f"/bilder/{_send(ansatt, adresse, innhold=fil.getvalue(), navn='sti.jpg').json['sjekksum']}")
    assert not tells_place(vist.body)
    assert Image.open(io.BytesIO(vist.body)).size == (9, 9)


def test_a_picture_is_public_with_the_approved_text_that_it_stands_in(demo: Demo) -> None:
    sak, ansatt = demo.adresse(TIL_UTTALELSE), demo.som("saksbehandler")
    adresse = f"{sak}/saksframlegg"
    for innhold in (KART, NYTT_KART):
        _send(ansatt, adresse, innhold=innhold)
    _lagre(ansatt, adresse, _bilde())
    with demo.session() as session:
        mappe = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == TIL_UTTALELSE)).one()
        mappe.gjeldende_saksframlegg.godkjent = mappe.publisert = NAA
        session.commit()
    assert demo.app.get(f"/bilder/{SHA}").body == KART
    demo.app.get(f"/bilder/{NY_SHA}", status=404)  # in the case, and in no text of it
    demo.app.get(f"/bilder/{'0' * 64}", status=404)


@pytest.mark.parametrize(
    ("navn", "innhold", "status"),
    [
        ("kart.gif", b"GIF89a", 415),
        ("kart.png", b"%PDF-1.7", 415),
        ("kart.png", KART[:40], 415),
        ("notat.txt", b"Ikke et bilde", 415),
        ("kart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        ("../../kart.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + b"\xff" * 8 + b"IEND\xaeB`\x82", 415),
        ("", b"", 400),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(demo: Demo, navn: str, innhold: bytes, status: int) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    assert _send(ansatt, adresse, status, innhold, navn).json["feil"]
    assert demo.antall(Saksbilde) == 0


def test_others_put_no_picture_into_the_case(demo: Demo) -> None:
    for hvem in ("representant", "arkivar", "administrator"):
        app = demo.som(hvem)
        token = app.get("/").html.select_one("[name=csrf_token]")["value"]
        filer = [("bilde", "kart.png", KART)]
        svar = app.post(f"{_adresse(demo)}/bilder", {"csrf_token": token}, upload_files=filer, expect_errors=True)
        assert svar.status_int in (403, 404)
    assert demo.antall(Saksbilde) == 0


def test_without_javascript_it_is_put_last_in_the_draft_and_moved_as_a_line(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    skjema = _skjema(ansatt, adresse)
    skjema["innhold"], skjema["innstilling"] = "Først.", "Stien merkes."
    skjema["bilde"] = ("kart.png", KART)
    avvist = skjema.submit("handling", value="bilde", status=400)
    assert "Beskriv bildet" in meldinger(avvist)
    skjema["bilde"], skjema["bildetekst"] = ("kart.gif", b"GIF89a"), "Kart over stien"
    avvist = skjema.submit("handling", value="bilde", status=415)
    assert avvist.html.select_one("[name=bildetekst]")["value"] == "Kart over stien"
    for innhold in (KART, NYTT_KART):
        skjema = _skjema(ansatt, adresse) if innhold is NYTT_KART else skjema
        skjema["bilde"], skjema["bildetekst"] = ("kart.png", innhold), "Kart"
        skjema.submit("handling", value="bilde", status=303)
    skjema = _skjema(ansatt, adresse)
    assert skjema["innhold"].value.strip() == "Først.\n\n[Bilde: Kart]\n\n[Bilde: Kart]"
    skjema["innhold"] = "[Bilde: Kart]\n\nFørst.\n\n[Bilde: Kart]"
    skjema.submit("handling", value="lagre", status=303)
    with demo.session() as session:
        lagring = session.scalars(sa.select(Saksframleggslagring).order_by(Saksframleggslagring.id.desc())).first()
        assert lagring is not None
        assert [bilde.sha256 for bilde in pictures(lagring.innhold)] == [SHA, NY_SHA]


def test_a_changed_picture_is_shown_in_the_comparison_and_kept_through_word(demo: Demo) -> None:
    adresse, ansatt = _adresse(demo), demo.som("saksbehandler")
    for innhold in (KART, NYTT_KART):
        _send(ansatt, adresse, innhold=innhold)
    _lagre(ansatt, adresse, _bilde())
    token = ansatt.get("/").html.select_one("[name=csrf_token]")["value"]
    docx = ansatt.post(f"{adresse}/word", {"csrf_token": token, "handling": "hent"}).body
    felter = {"csrf_token": token, "handling": "last_opp"}
    ansatt.post(f"{adresse}/word", felter, upload_files=[("fil", "a.docx", docx)], status=303)
    with demo.session() as session:
        lest = session.scalars(sa.text("SELECT innhold FROM saksframleggsutkast")).one()
    assert SHA in str(lest)
    _lagre(ansatt, adresse, _bilde(NY_SHA))
    endret = ansatt.get(f"{adresse}/versjoner")
    lenker = [lenke["href"] for lenke in endret.html.select("main a[href*='/versjoner/']")]
    side = ansatt.get(lenker[0]).html
    assert [(bilde.find_parent(("ins", "del")).name, bilde["src"]) for bilde in side.select("main .endring img")] == [
        ("del", f"/bilder/{SHA}"),
        ("ins", f"/bilder/{NY_SHA}"),
    ]
