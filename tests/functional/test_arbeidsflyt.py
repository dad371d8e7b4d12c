"""The pages of workflow definitions, and the diagram of a case."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.workflow_engine.registry import Registry

from .conftest import TIL_UTTALELSE, UTKAST, Demo, meldinger

FLYTER = [chart.id for chart in Registry.load().charts()]
STRATEGI = "/saker/2019/8286/arbeidsflyt"


@pytest.mark.parametrize("side", ["/arbeidsflyter", "/arbeidsflyter/politisk_sak"])
def test_the_public_is_asked_to_log_in(demo: Demo, side: str) -> None:
    svar = demo.app.get(side, status=303)
    assert svar.location.endswith(f"/logg-inn?neste={side.replace('/', '%2F')}")


@pytest.mark.parametrize("brukernavn", ["saksbehandler", "representant", "arkivar", "administrator"])
def test_everybody_who_is_logged_in_can_read_them(demo: Demo, brukernavn: str) -> None:
    nettleser = demo.som(brukernavn)
    lenker = [lenke["href"] for lenke in nettleser.get("/arbeidsflyter").html.select("main table a")]
    assert sorted(lenker) == sorted(f"/arbeidsflyter/{flyt}" for flyt in FLYTER)
    assert "Hva hver rolle kan gjøre" in nettleser.get("/arbeidsflyter/politisk_sak")


@pytest.mark.parametrize("flyt", FLYTER)
def test_the_page_of_a_definition_has_diagram_sentences_and_table(demo: Demo, flyt: str) -> None:
    svar = demo.som("saksbehandler").get(f"/arbeidsflyter/{flyt}")
    chart = Registry.load().chart(flyt)
    assert len(svar.html.select("svg.diagram-bilde[role=img][aria-label]")) == 2
    assert len(svar.html.select(".diagram-tabell tbody tr")) >= len(chart.transitions)
    assert not svar.html.select("main [style], main style, main script")
    tekst = meldinger(svar)
    assert all(titler.nb.lower() in tekst.lower() for titler in chart.roller.values())


def test_who_may_do_what_is_said_in_sentences(demo: Demo) -> None:
    tekst = meldinger(demo.som("leder").get("/arbeidsflyter/behandling"))
    assert "Politisk sekretariat kan registrere behandlingen i «Til behandling»." in tekst
    assert "«Åpne saken» kan gjøres av politisk sekretariat eller møteleder." in tekst
    assert "hvis organet er vedtaksført, alle avsnitt og forslag er avgjort og enten behandlingen ender i" in tekst


def test_who_may_do_what_is_said_of_one_body_with_the_names_of_those_who_have_the_roles_for_administrators(
    demo: Demo,
) -> None:
    administrator, representant = demo.som("administrator"), demo.som("representant")
    skjema = administrator.get("/arbeidsflyter/behandling").forms[2]
    kode = next(kode for kode, _, tekst in skjema["utvalg"].options if tekst == "Bystyret")
    side = f"/arbeidsflyter/behandling?utvalg={kode}"
    setning = "Møteleder i Bystyret kan velge «Åpne saken» i «På sakslisten»."
    assert setning in meldinger(administrator.get(side))
    assert "Har rollen nå: " in administrator.get(side)
    assert setning in meldinger(representant.get(side))
    assert "Har rollen nå" not in representant.get(side)
    assert " rollen nå" not in administrator.get("/arbeidsflyter/behandling")
    # A case belongs to no body, so a role in one does not count there.
    assert "Møteleder i Bystyret" not in administrator.get(f"/arbeidsflyter/politisk_sak?utvalg={kode}")
    assert "Møteleder kan velge «Åpne saken»" in meldinger(administrator.get(f"{side}-finnes-ikke"))


def test_deadlines_and_legal_bases_are_listed(demo: Demo) -> None:
    svar = demo.som("leder").get("/arbeidsflyter/reguleringsplan")
    tekst = meldinger(svar)
    assert "Høringsfristen gikk ut" in tekst
    assert "pbl § 12-10" in [celle.get_text(strip=True) for celle in svar.html.select("main th[scope=row]")]


@pytest.mark.parametrize("side", ["finnes_ikke", "politisk_sak?versjon=99", "politisk_sak?versjon=0"])
def test_what_is_not_there_is_not_found(demo: Demo, side: str) -> None:
    assert "finnes ikke" in demo.som("leder").get(f"/arbeidsflyter/{side}", status=404)


def test_a_version_that_is_no_number_is_the_newest(demo: Demo) -> None:
    assert "gjelder nye saker" in demo.som("leder").get("/arbeidsflyter/politisk_sak?versjon=ny")


def test_the_way_of_a_case_is_marked(demo: Demo) -> None:
    svar = demo.som("saksbehandler").get(demo.adresse(TIL_UTTALELSE) + "/arbeidsflyt")
    (her,) = svar.html.select(".diagram-bred [data-naa=ja]")
    assert "Her er saken nå" in her.get_text()
    assert "Til uttalelse" in her.get_text()
    gaatt = [rad.get_text(" ", strip=True) for rad in svar.html.select(".diagram-bred .diagram-rad[data-gaatt=ja]")]
    assert [rad.startswith("Send til uttalelse") for rad in gaatt] == [True]
    assert "Saken står i «Til uttalelse»" in meldinger(svar)


def test_a_published_case_shows_everybody_its_way_but_not_who_may_do_what(demo: Demo) -> None:
    svar = demo.app.get(STRATEGI)
    assert "Veien saken har gått" in svar
    assert "Hvem kan gjøre hva" not in svar
    assert "Hvem kan gjøre hva" in demo.som("leder").get(STRATEGI)


def test_who_may_not_read_the_case_does_not_see_its_way(demo: Demo) -> None:
    demo.app.get(demo.adresse(UTKAST) + "/arbeidsflyt", status=404)
    adresse, tittel, _ = demo.skjermet()
    for nettleser in (demo.app, demo.som("administrator"), demo.som("leder")):
        assert tittel not in nettleser.get(f"{adresse}/arbeidsflyt", status=404)


def test_a_case_without_a_workflow_says_so(demo: Demo) -> None:
    adresse = demo.adresse(UTKAST)
    with demo.parts.session() as session:
        session.execute(sa.update(Saksmappe).where(Saksmappe.tittel == UTKAST).values(flyt_id=None))
    demo.som("saksbehandler").get(f"{adresse}/arbeidsflyt", status=404)
