"""The pages where the secretariat edits its templates, and the documents that come of it."""

from __future__ import annotations

import io

import pytest
from docx import Document
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse, Upload

from factories import nett, raad
from factories.docx import p, template
from factories.nett import logg_inn, meldinger, skjema
from saksbehandling.clock import FixedClock
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.maler.models import Malversjon
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation

SIDE = "/maler/saksprotokoll/nb"


@pytest.fixture
def moetesak(app: TestApp, session: Session, klokke: FixedClock) -> Moetesak:
    tj = raad.tjenester(session, klokke)
    moetesak = raad.behandling(tj, raad.utvalg(session), raad.sak(tj))
    nett.bruker(tj, "berit", Rolle.SEKRETARIAT)
    nett.bruker(tj, "rolf", Rolle.REPRESENTANT)
    nett.bruker(tj, "ada", Rolle.ADMINISTRATOR)
    tj.moeter.noter(moetesak, parse_notation("Ordføreren orienterte."))
    session.commit()
    logg_inn(app, "berit")
    return moetesak


def mal(*linjer: str) -> bytes:
    return template(*(p(linje) for linje in linjer))


def last_opp(
    app: TestApp, innhold: bytes, *, navn: str = "egen.docx", utvalg: str = "", status: int = 303
) -> TestResponse:
    form = skjema(app.get(SIDE), SIDE)
    form["fil"], form["utvalg"] = Upload(navn, innhold), utvalg
    return form.submit(expect_errors=True, status=status)


def avsnitt(svar: TestResponse) -> list[str]:
    return [rad.text for rad in Document(io.BytesIO(svar.body)).paragraphs]


def protokollen(app: TestApp, moetesak: Moetesak) -> list[str]:
    return avsnitt(app.get(f"/moetesaker/{moetesak.id}/protokoll.docx"))


@pytest.mark.usefixtures("moetesak")
def test_the_list_leads_to_each_template_and_what_the_product_ships(app: TestApp) -> None:
    side = app.get("/maler").click("Saksprotokoll", index=0)
    assert side.request.path == SIDE
    assert "Saksprotokoll" in avsnitt(side.click("^Malen$"))
    proevd = avsnitt(side.click("Prøvedokument"))
    assert "Kommunestyret bygger gangvei i tre etapper:" in proevd
    assert not [linje for linje in proevd if "[[" in linje]
    merker = " ".join(side.html.select_one("#merker").parent.get_text(" ").split())
    assert "[[gjenta: voteringsliste]] … [[slutt]]" in merker
    assert "[[dag: moetedato]] torsdag 12. mars 2026" in merker


@pytest.mark.parametrize("brukernavn", ["", "rolf"])
@pytest.mark.usefixtures("moetesak")
def test_others_see_no_templates(app: TestApp, session: Session, brukernavn: str) -> None:
    app.reset()
    if brukernavn:
        logg_inn(app, brukernavn)
    for adresse in ("/maler", SIDE, f"{SIDE}/0.docx", f"{SIDE}/0/proeve.docx"):
        svar = app.get(adresse, status="*")
        assert svar.status_int in (303, 403), adresse
    assert app.post(f"{SIDE}/0/gjenopprett", status="*").status_int in (303, 400, 403)
    assert session.query(Malversjon).count() == 0


def test_an_edited_template_is_in_force_at_once(app: TestApp, moetesak: Moetesak) -> None:
    egen = mal("Vår egen protokoll", "[[tittel]] i [[utvalg]]")
    last_opp(app, egen)
    assert protokollen(app, moetesak) == ["Vår egen protokoll", f"{moetesak.tittel} i Kommunestyret"]
    side = app.get(SIDE)
    assert "egen.docx" in side.text
    assert app.get(f"{SIDE}/1.docx").body == egen
    assert avsnitt(app.get(f"{SIDE}/1/proeve.docx"))[1] == "Gangvei til Lia skole i Kommunestyret"


def test_a_template_can_be_looked_at_before_it_is_in_force(app: TestApp, session: Session, moetesak: Moetesak) -> None:
    form = skjema(app.get(SIDE), SIDE)
    form["fil"] = Upload("egen.docx", mal("Vår egen", "[[tittel]]"))
    assert avsnitt(form.submit("handling")) == ["Vår egen", "Gangvei til Lia skole"]
    form["fil"] = Upload("egen.docx", mal("[[titel]]"))
    assert "titel" in meldinger(form.submit("handling", status=422))
    assert session.query(Malversjon).count() == 0
    assert protokollen(app, moetesak)[0] == "Saksprotokoll"


@pytest.mark.usefixtures("moetesak")
def test_every_fault_is_told_at_once(app: TestApp) -> None:
    faults = meldinger(last_opp(app, mal("[[tekst sak]]", "Se [[hvis: sak]]", "[[slutt]]", "[[sak"), status=422))
    for fault in ("«[[tekst sak]]»", "[[hvis: sak]] må stå alene", "avsnitt 4"):
        assert fault in faults
    assert "uten noe å avslutte" not in faults  # it belongs to the one that stood wrong


def test_a_body_may_have_its_own_and_give_it_up(app: TestApp, moetesak: Moetesak) -> None:
    last_opp(app, mal("Kommunens", "[[sak]]"))
    last_opp(app, mal("Utvalgets", "[[sak]]"), utvalg=str(moetesak.utvalg.id))
    assert protokollen(app, moetesak)[0] == "Utvalgets"
    assert "Kommunestyret" in app.get("/maler").html.find("tbody").text
    knapp = next(
        ett
        for ett in app.get(SIDE).forms.values()
        if ett.fields.get("utvalg", [None])[0] is not None
        and ett.action.endswith("/0/gjenopprett")
        and ett["utvalg"].value == str(moetesak.utvalg.id)
    )
    knapp.submit(status=303)
    assert protokollen(app, moetesak)[0] == "Kommunens"


def test_an_earlier_version_comes_back_and_so_does_ours(app: TestApp, moetesak: Moetesak) -> None:
    last_opp(app, mal("Første", "[[sak]]"))
    last_opp(app, mal("Andre", "[[sak]]"))
    skjema(app.get(SIDE), f"{SIDE}/1/gjenopprett").submit(status=303)
    assert protokollen(app, moetesak)[0] == "Første"
    assert "som versjon 1" in app.get(SIDE).text
    skjema(app.get(SIDE), f"{SIDE}/0/gjenopprett").submit(status=303)
    assert protokollen(app, moetesak)[0] == "Saksprotokoll"


@pytest.mark.parametrize(
    ("innhold", "navn", "status", "sagt"),
    [
        (mal("[[titel]]"), "egen.docx", 422, "titel"),
        (mal("[[hvis: vedtak]]", "uten slutt"), "egen.docx", 422, "hvis"),
        (mal("[[__class__]]"), "egen.docx", 422, "__class__"),
        (mal("Uten merker"), "egen.docx", 422, "ingen merker"),
        (mal("[[mal: finnes_ikke]]"), "egen.docx", 422, "finnes_ikke"),
        (b"bare tekst", "egen.docx", 415, "egen.docx"),
        (b"bare tekst", "egen.txt", 415, "Word-dokument"),
        (b"", "egen.docx", 415, "tom"),
    ],
)
def test_a_faulty_template_is_told_and_changes_nothing(
    app: TestApp, session: Session, moetesak: Moetesak, innhold: bytes, navn: str, status: int, sagt: str
) -> None:
    svar = last_opp(app, innhold, navn=navn, status=status)
    assert sagt in meldinger(svar)
    assert session.query(Malversjon).count() == 0
    assert protokollen(app, moetesak)[0] == "Saksprotokoll"


@pytest.mark.usefixtures("moetesak")
def test_no_file_and_what_is_not_there(app: TestApp) -> None:
    assert "Velg malen" in meldinger(skjema(app.get(SIDE), SIDE).submit(status=400))
    for adresse in ("/maler/brevhode/nb", "/maler/saksprotokoll/en", f"{SIDE}/7.docx", f"{SIDE}/7/proeve.docx"):
        app.get(adresse, status=404)
