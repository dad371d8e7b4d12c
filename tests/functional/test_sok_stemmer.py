"""Votes as data, dates, the search as file and feed, and completion; and that none of them tells what is screened."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import sqlalchemy as sa
from lxml import etree

from saksbehandling.innsyn.feed import ATOM
from saksbehandling.innsyn.views_sok_eksport import begynt
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.models import Forslagsstiller
from saksbehandling.workflow_engine.service import Actor

from .conftest import NAA, Demo


@pytest.mark.parametrize(
    ("felter", "funnet"),
    [
        ({"type": "votering", "mot": "FrP", "resultat": "vedtatt"}, True),
        ({"type": "votering", "mot": "Fremskrittspartiet", "aar": "2019"}, True),
        ({"type": "votering", "enstemmig": "ja", "aar": "2019"}, True),
        ({"type": "votering", "delt": "FrP"}, False),
        ({"type": "forslag", "parti": "MDG", "resultat": "falt"}, True),
        ({"type": "forslag", "parti": "SV", "mot": "V"}, True),
        ({"q": "type:forslag parti:FrP mot:R"}, True),
        ({"q": "87/19", "fra": "2019-08-29", "til": "29.08.2019"}, True),
        ({"q": "87/19", "til": "2018-12-31"}, False),
    ],
)
def test_votes_and_days_are_asked_for_by_field_and_by_form(demo: Demo, felter: dict[str, str], funnet: bool) -> None:
    treff = demo.app.get("/sok.json", felter).json["treff"]
    assert any("87/19" in " ".join(hit["nummer"]) for hit in treff) is funnet


def test_a_form_that_is_filled_in_wrongly_gives_a_hint(demo: Demo) -> None:
    side = demo.app.get("/sok", {"q": "strategi", "fra": "i går"})
    assert "«i går» er ikke en dato" in side.text
    assert side.html.select_one("input[name=fra]")["value"] == "i går"


def test_the_form_keeps_what_was_chosen(demo: Demo) -> None:
    side = demo.app.get("/sok", {"type": "votering", "mot": "SV"})
    skjema = side.html.select_one(".soek-skjema")
    assert skjema.has_attr("open")
    assert skjema.select_one("select[name=mot] option[selected]")["value"] == "SV"


def test_who_prepares_a_case_is_a_facet_for_those_who_prepare_cases(demo: Demo) -> None:
    for utenfor in (demo.app, demo.som("representant")):
        assert utenfor.get("/sok.json", {"q": "strategi"}).json["fasetter"]["saksbehandler"] == []
    assert demo.som("saksbehandler").get("/sok.json", {"q": "strategi"}).json["fasetter"]["saksbehandler"]


@pytest.mark.parametrize(
    "hvor",
    [{"q": "{felt}"}, {"q": "strategi OG ({felt} ELLER type:sak)"}, {"q": "strategi", "saksbehandler": "{navn}"}],
)
def test_who_prepares_a_case_is_found_by_those_who_prepare_cases_alone(demo: Demo, hvor: dict[str, str]) -> None:
    navn = demo.som("saksbehandler").get("/sok.json", {"q": "strategi"}).json["fasetter"]["saksbehandler"][0]["verdi"]
    spurt = {felt: verdi.format(navn=navn, felt=f'saksbehandler:"{navn}"') for felt, verdi in hvor.items()}
    for utenfor in (demo.app, demo.som("representant")):
        svar = utenfor.get("/sok.json", spurt).json
        uten_navnet = utenfor.get(
            "/sok.json", {**hvor, "q": hvor["q"].format(felt=f'"{navn}"'), "saksbehandler": ""}
        ).json
        assert svar["antall"] == uten_navnet["antall"]
        assert "saksbehandler" in svar["hint"]
    inne = demo.som("saksbehandler").get("/sok.json", spurt).json
    assert inne["antall"]
    assert not inne["hint"]


def test_the_name_of_who_prepares_a_case_is_no_word_of_it(demo: Demo) -> None:
    navn = demo.som("saksbehandler").get("/sok.json", {"q": "strategi"}).json["fasetter"]["saksbehandler"][0]["verdi"]
    for spurt in (f'"{navn}"', f'person:"{navn}"'):
        assert "sak" not in {treff["type"] for treff in demo.app.get("/sok.json", {"q": spurt}).json["treff"]}
    assert navn not in demo.app.get("/sok.csv", {"type": "sak"}).body.decode("utf-8-sig")


def test_the_hits_as_a_spreadsheet(demo: Demo) -> None:
    svar = demo.app.get("/sok", {"q": "strategi"}).click("CSV")
    rader = list(csv.reader(io.StringIO(svar.body.decode("utf-8-sig")), delimiter=";"))
    assert rader[0][:3] == ["Hva", "Nummer", "Tittel"]
    assert len(rader) - 1 == demo.app.get("/sok.json", {"q": "strategi"}).json["antall"]


def test_a_search_can_be_followed(demo: Demo) -> None:
    svar = demo.app.get("/sok.atom", {"q": "strategi"})
    feed = etree.fromstring(svar.body)
    datoer = [str(ett.text) for ett in feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}updated")]
    assert datoer
    assert datoer == sorted(datoer, reverse=True)
    ider = [ett.text for ett in feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}id")]
    assert len(ider) == len(set(ider))


def test_completion_has_the_case_first_and_persons_after(demo: Demo) -> None:
    forslag = demo.app.get("/sok/fullfoer.json", {"q": "87/19"}).json["forslag"]
    assert "87/19" in forslag[0]["nummer"]
    with demo.session() as session:
        stiller = session.scalars(sa.select(Forslagsstiller).where(Forslagsstiller.person_id.is_not(None))).first()
        assert stiller is not None
        assert stiller.person is not None
        navn = stiller.person.navn
    forslag = demo.app.get("/sok/fullfoer.json", {"q": navn[:-1]}).json["forslag"]
    assert (forslag[-1]["slag"], forslag[-1]["ord"]) == ("Person", navn)
    assert demo.app.get(forslag[-1]["url"]).html.h1.get_text() == navn


def test_a_title_as_it_is_typed_comes_before_those_with_the_same_words(demo: Demo) -> None:
    with demo.parts.session() as session:
        tj = Tjenester(demo.parts.felles, session)
        for tittel in ("Strategi for internasjonale havner", "Havner i en internasjonal strategi"):
            ny = tj.saker.opprett(tittel, Actor("Anne Svarlig", None), dato=NAA.date())
            ny.publisert = NAA
            tj.saker.merk_endret(ny)
    demo.parts.worker().toem()
    for tekst in ("internasjonal strategi", "strategi for internasjonale"):
        forslag = demo.app.get("/sok/fullfoer.json", {"q": tekst}).json["forslag"]
        assert tekst in forslag[0]["ord"].lower(), forslag


@pytest.mark.parametrize(
    ("tekst", "sporringer"),
    [
        ("87/1", ["87/1*"]),
        ("skole", ["tittel:skole*", "skole*"]),
        ("ny sko", ["tittel:ny tittel:sko*", "ny sko*"]),
        ("mot:", ["mot:"]),
    ],
)
def test_what_is_typed_so_far_is_looked_for_in_titles_first(tekst: str, sporringer: list[str]) -> None:
    assert begynt(tekst) == sporringer


@pytest.mark.parametrize("q", ["", "x", "  ", "%", "_", "(((", '"', "*", "a" * 3000])
def test_completion_of_anything_is_no_error(demo: Demo, q: str) -> None:
    assert isinstance(demo.app.get("/sok/fullfoer.json", {"q": q}).json["forslag"], list)


ADRESSER = ("/sok", "/sok.json", "/sok.csv", "/sok.atom", "/sok/fullfoer.json")


@pytest.mark.parametrize("adresse", ADRESSER)
def test_a_screened_word_is_nowhere(demo: Demo, adresse: str) -> None:
    _, tittel, offentlig = demo.skjermet()
    skjermede = {ord_ for ord_ in tittel.lower().split() if len(ord_) > 5} - set(offentlig.lower().split())
    assert skjermede
    for ord_ in skjermede:
        for sporring in (ord_, ord_[:4] + "*", ord_[:-1] + "~", f"tittel:{ord_}", offentlig):
            svar = demo.app.get(adresse, {"q": sporring})
            assert not _andre_ord(svar, sporring) & skjermede


@pytest.mark.parametrize("adresse", ADRESSER)
def test_those_who_may_find_the_screened_case(demo: Demo, adresse: str) -> None:
    _, tittel, _ = demo.skjermet()
    assert tittel in _tekst(demo.som("arkivar").get(adresse, {"q": tittel}))


def _tekst(svar: Any) -> str:
    if svar.content_type == "application/json":
        return json.dumps(svar.json, ensure_ascii=False)
    return str(svar.body.decode("utf-8-sig"))


def _andre_ord(svar: Any, sporring: str) -> set[str]:
    """The words of an answer, without the question that it repeats."""
    tekst = _tekst(svar).lower().replace(sporring.lower(), " ")
    for tegn in "\"<>=/;:,.?&!()[]{}«»'":
        tekst = tekst.replace(tegn, " ")
    return set(tekst.split())
