"""What is screened or unpublished is nowhere: in no page, list, hit, count, facet, suggestion, feed or JSON."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import FixedClock
from saksbehandling.demo.skjermet import KANARIORD
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import PUBLIKUM, Identitet, kan_lese
from saksbehandling.innsyn.tilgang import lesbar
from saksbehandling.saksmappe.models import Dokumentversjon, Saksmappe

from ..factories import raad
from .conftest import TIL_GODKJENNING, UTKAST, Demo, meldinger

SIDER = (
    "/",
    "/innsyn",
    "/innsyn/vedtak.atom",
    *(f"/innsyn/{utvalg}" for utvalg in ("bystyret", "formannskapet", "finanskomiteen")),
    "/saker",
    "/saker?sort=tittel",
    "/saker?sort=-tittel",
    "/sok?q=eiendom",
    "/sok.json?q=eiendom",
    "/sok?q=type:sak",
    "/sok.json?q=type:vedtak",
)


@pytest.fixture
def kanari(demo: Demo) -> str:
    """The word that only the screened case holds."""
    _, tittel, offentlig = demo.skjermet()
    (ord_,) = (ett for ett in KANARIORD if ett in tittel)
    assert ord_ not in offentlig
    return ord_


@pytest.mark.parametrize("hvem", [None, "leder", "kommunedirektoer", "raadssekretaer", "administrator"])
def test_the_screened_word_is_nowhere_for_those_who_may_not_know_it(demo: Demo, kanari: str, hvem: str | None) -> None:
    app = demo.som(hvem) if hvem else demo.app
    adresse, _, offentlig = demo.skjermet()
    for side in (*SIDER, adresse, f"{adresse}.json"):
        assert kanari.lower() not in app.get(side, status=[200, 404]).text.lower(), side
    assert offentlig in app.get(adresse).text


@pytest.mark.parametrize("skrivemaate", ["{}", "{}*", "{}~", '"{}"', "tittel:{}", "person:{}"])
def test_searching_for_the_word_finds_and_counts_nothing(demo: Demo, kanari: str, skrivemaate: str) -> None:
    q = skrivemaate.format(kanari)
    svar = demo.app.get("/sok.json", {"q": q}).json
    assert svar["antall"] == 0
    assert not any(svar["fasetter"].values())
    assert "Ingen treff" in demo.app.get("/sok", {"q": q})
    assert demo.app.get("/saker", {"ord": kanari}).html.select(".saksliste") == []


def test_a_near_miss_is_not_corrected_to_the_word(demo: Demo, kanari: str) -> None:
    feilstavet = f"{kanari[:-2]}x{kanari[-1]}"
    svar = demo.app.get("/sok.json", {"q": feilstavet}).json
    assert svar["mente_du"] is None or kanari.lower() not in svar["mente_du"].lower()


def test_those_who_may_read_it_find_it(demo: Demo, kanari: str) -> None:
    sekretaer = demo.som("sekretaer")
    adresse, tittel, _ = demo.skjermet()
    assert tittel in meldinger(sekretaer.get(adresse))
    assert sekretaer.get("/sok.json", {"q": kanari}).json["antall"] > 0
    assert kanari in sekretaer.get("/saker", {"ord": kanari}).text


def test_the_files_of_the_screened_case_are_closed(demo: Demo) -> None:
    with demo.session() as session:
        versjoner = session.scalars(sa.select(Dokumentversjon)).all()
        skjermede = [
            (en.dokument_id, en.versjonsnummer)
            for en in versjoner
            if en.dokument.journalpost.saksmappe.skjermingshjemmel is not None
        ]
    assert skjermede
    for dokument, versjon in skjermede:
        demo.app.get(f"/dokumenter/{dokument}/{versjon}", status=404)
        demo.som("leder").get(f"/dokumenter/{dokument}/{versjon}", status=404)
        demo.som("sekretaer").get(f"/dokumenter/{dokument}/{versjon}", status=200)


def test_a_case_that_is_not_published_is_nowhere_for_the_public(demo: Demo) -> None:
    assert UTKAST not in demo.app.get("/saker").text
    assert demo.app.get("/sok.json", {"q": UTKAST}).json["antall"] == 0
    demo.app.get(demo.adresse(UTKAST), status=404)
    assert UTKAST in demo.som("saksbehandler").get("/saker").text


def test_a_draft_is_not_found_by_its_words(demo: Demo) -> None:
    adresse = demo.adresse(TIL_GODKJENNING)
    treff = demo.app.get("/sok.json", {"q": "pengene tiltak prinsipper strategien"}).json["treff"]
    assert adresse not in {hit["url"] for hit in treff if hit["type"] in ("sak", "dokument")}


def test_the_list_follows_the_one_permission_check(session: Session, klokke: FixedClock) -> None:
    """For every kind of reader and every state of a case, the database and the rule say the same."""
    tj = raad.tjenester(session, klokke)
    organ, annet = raad.komite(session), raad.komite(session, "Skolekomiteen")
    ansvarlig = tj.brukere.opprett("ansvarlig", "Anne Svarlig", None)
    for utsendt, skjermet, satt in itertools.product((False, True), (False, True), (None, ansvarlig)):
        felter = {"skjermingshjemmel": "offl. § 23", "offentlig_tittel": "Eiendom"} if skjermet else {}
        navn = f"{utsendt} {skjermet} {satt is not None}"
        sak = raad.sak(tj, f"På saksliste {navn}", ansvarlig=satt, **felter)
        moetesak = raad.behandling(tj, organ, sak, aapnet=False)
        if utsendt:
            tj.sakslister._publiser_sakspapirer(moetesak, klokke.now())
        raad.sak(tj, f"Ikke på saksliste {navn}", ansvarlig=satt, **felter)
    session.flush()
    lesere = [PUBLIKUM, Identitet("Anne Svarlig", ansvarlig.id)]
    lesere += [
        Identitet("Noen", 999, frozenset({(rolle, utvalg)})) for rolle in Rolle for utvalg in (None, organ.id, annet.id)
    ]
    saker = session.scalars(sa.select(Saksmappe)).all()
    for leser in lesere:
        ventet = {sak.tittel for sak in saker if kan_lese(leser, sak.lesere)}
        funnet = set(session.scalars(sa.select(Saksmappe.tittel).where(lesbar(leser))))
        assert funnet == ventet, leser
