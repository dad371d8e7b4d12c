"""An administrator edits a definition over the web; a case that is under way keeps its version."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from webtest import TestApp, TestResponse

from saksbehandling.cli import main
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.workflow_engine.models import Flyt

from .conftest import UTKAST, Demo, meldinger

FLYT = "/arbeidsflyter/politisk_sak"
DAGER = "frist-til_uttalelse-uttalelsesfrist-dager"


def se(nettleser: TestApp, status: int = 200, **felter: str) -> TestResponse:
    """Ask what the edited form would change."""
    skjema = nettleser.get(f"{FLYT}/rediger").forms[2]
    for navn, verdi in felter.items():
        skjema[navn] = verdi
    return skjema.submit("handling", value="se", status=status)


def lagre(svar: TestResponse, status: int = 303) -> TestResponse:
    """Press save where the difference is shown."""
    return svar.forms[2].submit("handling", value="lagre", status=status)


def mappe(demo: Demo) -> Path:
    found: Path = demo.parts.settings.workflow_dir
    return found


@pytest.mark.parametrize("brukernavn", ["saksbehandler", "leder", "sekretaer", "arkivar", "representant"])
def test_only_an_administrator_may(demo: Demo, brukernavn: str) -> None:
    nettleser = demo.som(brukernavn)
    assert "/rediger" not in nettleser.get(FLYT)
    svar = nettleser.get(f"{FLYT}/rediger", status=403)
    token = svar.html.select_one("input[name=csrf_token]")["value"]
    nettleser.post(f"{FLYT}/rediger", {"csrf_token": token, "slutt": "ja", "handling": "lagre"}, status=403)
    assert not mappe(demo).exists()


def test_the_public_may_not(demo: Demo) -> None:
    assert "/logg-inn" in demo.app.get(f"{FLYT}/rediger", status=303).location
    demo.app.post(f"{FLYT}/rediger", {"handling": "lagre"}, status=403)


def test_a_form_without_its_token_is_refused(demo: Demo) -> None:
    demo.som("administrator").post(f"{FLYT}/rediger", {"slutt": "ja", "handling": "lagre"}, status=400)
    assert not mappe(demo).exists()


def test_the_difference_is_shown_before_anything_is_saved(demo: Demo) -> None:
    svar = se(demo.som("administrator"), **{DAGER: "56"})
    assert "Fristen i «Til uttalelse» er nå 56 dager, ikke lenger 42." in meldinger(svar)
    assert svar.forms[2][DAGER].value == "56"
    assert "Lagre som versjon 2" in svar
    assert not mappe(demo).exists()


def test_without_changes_there_is_nothing_to_save(demo: Demo) -> None:
    svar = se(demo.som("administrator"))
    assert "Ingenting er endret" in svar
    assert "Lagre som" not in svar
    nettleser = demo.som("administrator")
    felter = [*se(nettleser).forms[2].submit_fields(), ("handling", "lagre")]
    assert "det er ingenting å lagre" in nettleser.post(f"{FLYT}/rediger", felter, status=422)


def test_a_bad_edit_names_the_field_keeps_what_was_typed_and_changes_nothing(demo: Demo) -> None:
    svar = se(demo.som("administrator"), 422, **{DAGER: "mange", "tilstand-vedtatt-nb": "Avgjort"})
    lenke = svar.html.select_one(".feilsammendrag a")
    assert lenke["href"] == f"#felt-{DAGER}"
    assert svar.html.select_one(f"#felt-{DAGER}")["aria-invalid"] == "true"
    assert svar.forms[2]["tilstand-vedtatt-nb"].value == "Avgjort"
    assert not mappe(demo).exists()
    assert "Versjon 1, gjelder nye saker" in demo.som("leder").get(FLYT)


def test_a_finding_of_the_verifier_is_shown_and_refused(demo: Demo) -> None:
    """The council secretary can do one thing in this workflow; without it the role should not be there."""
    nettleser = demo.som("administrator")
    skjema = nettleser.get(f"{FLYT}/rediger").forms[2]
    for felt in skjema.fields["tillatelse-rediger_saksliste-til_uttalelse"]:
        felt.checked = felt._value == "sekretariat"
    svar = skjema.submit("handling", value="se", status=422)
    assert "Rollen «raadssekretaer» er erklært, men kan ingenting." in meldinger(svar)
    assert not mappe(demo).exists()


def test_a_good_edit_is_version_two_for_new_cases_and_running_ones_keep_theirs(
    demo: Demo, capsys: pytest.CaptureFixture[str]
) -> None:
    nettleser = demo.som("administrator")
    svar = lagre(se(nettleser, **{DAGER: "56", "tilstand-utredning-nb": "Klargjøring"})).follow()
    assert "Versjon 2 er lagret" in svar
    assert "Versjon 2, gjelder nye saker" in meldinger(svar)
    assert "Klargjøring" in svar
    assert "Klargjøring" not in nettleser.get(f"{FLYT}?versjon=1")
    assert nettleser.get(f"{FLYT}/rediger?versjon=1", status=303).location.endswith("/rediger")

    behandler = demo.som("saksbehandler")
    skjema = behandler.get("/saker/ny").forms[2]
    skjema["tittel"] = "Ny sak etter ny versjon"
    skjema.submit(status=303)
    with demo.session() as session:
        soek = sa.select(Saksmappe.tittel, Flyt.versjon).join(Flyt, Saksmappe.flyt_id == Flyt.id)
        funnet = {rad.tittel: rad.versjon for rad in session.execute(soek)}
    assert (funnet["Ny sak etter ny versjon"], funnet[UTKAST]) == (2, 1)
    assert "Klargjøring" in behandler.get("/saker").html.get_text()
    assert "Klargjøring" not in behandler.get(demo.adresse(UTKAST) + "/arbeidsflyt")

    assert main(["arbeidsflyt", "sjekk", "--data", str(demo.parts.settings.data_dir)]) == 0
    assert "politisk_sak.2.scxml: politisk_sak versjon 2" in capsys.readouterr().out


def test_two_who_edit_at_once(demo: Demo) -> None:
    nettleser = demo.som("administrator")
    sen = se(nettleser, **{DAGER: "70"})
    lagre(se(nettleser, **{DAGER: "56"}))
    svar = lagre(sen, 409)
    assert "Versjon 2 er lagret etter at du åpnet versjon 1" in meldinger(svar)
    assert svar.forms[2][DAGER].value == "70"
    andres, mine = (del_.get_text(" ", strip=True) for del_ in svar.html.select(".konflikt section"))
    assert "av Guri Bryterud Fristen i «Til uttalelse» er nå 56 dager" in andres
    assert "Fristen i «Til uttalelse» er nå 70 dager" in mine
    assert "Når du lagrer, blir det versjon 2" not in svar
    assert [file.name for file in mappe(demo).iterdir()] == ["politisk_sak.2.scxml"]
    assert "Frist: 56 dager" in nettleser.get(FLYT)
