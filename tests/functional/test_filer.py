"""Small pictures of files in the journal, and words read off them: who sees them, and what happens to odd files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw, ImageFont
from webtest import TestApp, Upload

from factories.docx import p, template
from saksbehandling.assembly import Parts
from saksbehandling.jobs.filer import Filarbeider
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.saksmappe.models import Dokument

from .conftest import UTKAST, Demo, meldinger

ORD = "Høringssvar fra Åsheim velforening"
SKRIFT = "LiberationSerif-Regular.ttf"


def side(tekst: str = "", stoerrelse: tuple[int, int] = (1240, 1754), form: str = "PNG") -> bytes:
    """A scanned sheet."""
    bilde = Image.new("RGB", stoerrelse, "white")
    if tekst:
        try:
            skrift = ImageFont.truetype(SKRIFT, 40)
        except OSError:
            pytest.skip(f"{SKRIFT} finnes ikke på denne maskinen")
        ImageDraw.Draw(bilde).text((100, 100), tekst, font=skrift, fill="black")
    fil = io.BytesIO()
    bilde.save(fil, form)
    return fil.getvalue()


def legg_i_saken(app: TestApp, demo: Demo, navn: str, innhold: bytes) -> str:
    """The address of its newest version."""
    adresse = f"{demo.adresse(UTKAST)}/dokumenter"
    skjema = next(skjema for skjema in app.get(adresse).forms.values() if "fil" in skjema.fields)
    skjema["fil"] = [Upload(navn, innhold)]
    return str(skjema.submit(status=303).follow().html.select(".versjoner a")[0]["href"])


def arbeid(demo: Demo, tesseract: str = "") -> Filarbeider:
    arbeider = demo.parts.file_worker()
    arbeider._slag = [slag for slag in arbeider._slag if tesseract or slag != Oppgavetype.MASKINLES]
    arbeider.toem()
    return arbeider


def test_a_picture_and_a_pdf_are_known_by_their_first_page(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    for navn, innhold in (("Kart.jpg", side(form="JPEG")), ("Plan.pdf", side(form="PDF"))):
        lenke = legg_i_saken(ansatt, demo, navn, innhold)
        ansatt.get(f"{lenke}/miniatyr.png", status=404)
        arbeid(demo)
        bilde = ansatt.get(f"{lenke}/miniatyr.png")
        assert bilde.content_type == "image/png"
        bredde, hoeyde = Image.open(io.BytesIO(bilde.body)).size
        assert (bredde, hoeyde in (271, 272)) == (192, True)
        vist = ansatt.get(demo.adresse(UTKAST)).html.select_one(f".miniatyr img[src='{lenke}/miniatyr.png']")
        assert (vist["width"], vist["height"], vist["loading"]) == ("96", str(hoeyde // 2), "lazy")
        for utenfor in (demo.app, demo.som("representant")):
            utenfor.get(f"{lenke}/miniatyr.png", status=404)


class Kontor:
    """In LibreOffice's place: the same sheet for every document."""

    def __init__(self) -> None:
        self.slag: list[str] = []

    def pdf(self, document: bytes, kind: str) -> bytes:
        assert zipfile.is_zipfile(io.BytesIO(document))
        self.slag.append(kind)
        return side(form="PDF")

    def close(self) -> None:
        """Nothing is open."""


def test_a_word_document_is_known_by_its_first_page_when_there_is_libreoffice(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    ansatt, kontor = demo.som("saksbehandler"), Kontor()
    lenke = legg_i_saken(ansatt, demo, "Notat.docx", template(p("Befaringen er holdt.")))
    monkeypatch.setattr(Parts, "_office", lambda _self: None)
    demo.parts.file_worker().toem()  # without LibreOffice it is known by its kind, and the order waits
    journal = ansatt.get(demo.adresse(UTKAST)).html.select_one("#journal")
    assert ([ett.text for ett in journal.select(".miniatyr--slag")], journal.select("img")) == (["DOCX"], [])
    monkeypatch.setattr(Parts, "_office", lambda _self: kontor)
    demo.parts.file_worker().toem()
    assert kontor.slag == ["docx"]
    assert ansatt.get(f"{lenke}/miniatyr.png").content_type == "image/png"


def test_only_what_everybody_may_see_is_kept_by_the_browser(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    bilde = f"{legg_i_saken(ansatt, demo, 'Kart.png', side())}/miniatyr.png"
    arbeid(demo)
    assert ansatt.get(bilde).headers["Cache-Control"] == "no-store"
    with demo.parts.session() as session:
        post = session.scalars(sa.select(Dokument).where(Dokument.tittel == "Kart")).one().journalpost
        post.publisert = post.saksmappe.publisert = demo.parts.clock.now()
    assert demo.app.get(bilde).headers["Cache-Control"] == "private, max-age=3600"


def test_a_file_that_shows_nothing_is_not_tried_again(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    lenke = legg_i_saken(ansatt, demo, "Rart.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50 + b"IEND\xaeB`\x82")
    arbeid(demo)
    ansatt.get(f"{lenke}/miniatyr.png", status=404)
    with demo.session() as session:
        assert not session.scalars(
            sa.select(Utboks).where(Utboks.type == Oppgavetype.LAG_MINIATYR, Utboks.utfoert.is_(None))
        ).all()


@pytest.mark.parametrize("form", ["PNG", "PDF"])
def test_words_in_a_picture_are_read_and_found(demo: Demo, krev: Callable[[str], str], form: str) -> None:
    ansatt = demo.som("saksbehandler")
    legg_i_saken(ansatt, demo, f"Skannet.{form.lower()}", side(ORD, form=form))
    arbeid(demo, krev("tesseract"))
    lest = meldinger(ansatt.get(demo.adresse(UTKAST)))
    assert ORD in lest
    assert "Maskinlest: noe av dette er lest av bilder" in lest
    demo.parts.worker().toem()
    assert "Skannet" in meldinger(ansatt.get("/sok", {"q": "Åsheim"}))
    assert "Skannet" not in meldinger(demo.app.get("/sok", {"q": "Åsheim"}))


def test_what_has_words_is_not_read_and_a_new_version_keeps_its_own(demo: Demo) -> None:
    ansatt = demo.som("saksbehandler")
    legg_i_saken(ansatt, demo, "Notat.txt", ORD.encode())
    legg_i_saken(ansatt, demo, "Bilde.png", side())
    with demo.session() as session:
        ventet = session.scalars(sa.select(Utboks).where(Utboks.type == Oppgavetype.MASKINLES)).all()
        bildet = session.scalars(sa.select(Dokument).where(Dokument.tittel == "Bilde")).one()
        assert [oppgave.nyttelast["dokumentversjon_id"] for oppgave in ventet] == [bildet.versjoner[0].id]
    with demo.parts.session() as session:
        dokument = session.get_one(Dokument, bildet.id)
        arbeider = demo.parts.file_worker()._tjeneste(session)
        arbeider.les(dokument.versjoner[0], b" \n")
        assert (dokument.tekst, dokument.maskinlest) == (None, False)
        arbeider.les(dokument.versjoner[0], ORD.encode())
        arbeider.les(dokument.versjoner[0], b"noe annet")
        assert (dokument.tekst[0].runs[0].text, dokument.maskinlest) == (ORD, True)


def test_who_puts_in_a_picture_that_tells_where_it_was_taken_is_told(demo: Demo) -> None:
    ansatt, adresse = demo.som("saksbehandler"), f"{demo.adresse(UTKAST)}/dokumenter"
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 55.0, 12.0)})
    for navn, notert in (("Stien.jpg", exif), ("Kai.jpg", Image.Exif())):
        fil = io.BytesIO()
        Image.new("RGB", (9, 9 + len(notert))).save(fil, "JPEG", exif=notert)
        skjema = next(skjema for skjema in ansatt.get(adresse).forms.values() if "fil" in skjema.fields)
        skjema["fil"] = [Upload(navn, fil.getvalue())]
        fortalt = "hvor på kartet bildet er tatt" in meldinger(skjema.submit(status=303).follow())
        assert fortalt == (navn == "Stien.jpg")


def test_without_tesseract_those_who_work_with_the_case_are_told(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saksbehandling.config.shutil.which", lambda _navn: None)
    ansatt = demo.som("saksbehandler")
    legg_i_saken(ansatt, demo, "Bilde.png", side())
    assert "maskinlesing er ikke installert" in meldinger(ansatt.get(demo.adresse(UTKAST)))
