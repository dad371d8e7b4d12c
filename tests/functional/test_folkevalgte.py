"""The page of an elected person, and cases like the one shown: what is there, and that neither tells what is closed."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from saksbehandling.innsyn.lignende import likhet
from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.subscribers import indekser_saken
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Person
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.models import Forslag, Forslagsstiller, Personstemme, Votering

from .conftest import PAA_SAKSLISTE, UTKAST, Demo, meldinger


@pytest.fixture
def person(demo: Demo) -> Person:
    """Somebody who moved something in bystyret's published treatment, and voted against in a ballot there."""
    with demo.parts.session() as session:
        stiller = session.scalars(_stillere()).first()
        assert stiller is not None
        assert stiller.person is not None
        votering = session.scalars(
            sa.select(Votering).where(
                Votering.moetesak_id
                == sa.select(Forslag.moetesak_id).where(Forslag.id == stiller.forslag_id).scalar_subquery(),
                Votering.voteringsform == Voteringsform.FOR_MOT,
            )
        ).first()
        assert votering is not None
        session.add(Personstemme(votering_id=votering.id, person_id=stiller.person.id, stemme=Stemme.MOT))
        session.flush()
        session.refresh(stiller.person)
        session.expunge(stiller.person)
        return stiller.person


def test_one_of_several_alternatives_is_told_by_its_number(demo: Demo, person: Person) -> None:
    stemmen = (Personstemme.person_id == person.id, Personstemme.side.is_(None))
    with demo.parts.session() as session:
        session.execute(sa.update(Personstemme).where(*stemmen).values(side=1))
    assert any("Stemte for alternativ 2" in rad for rad in _rader(_side(demo, person)))


def _stillere() -> Any:
    soek = sa.select(Forslagsstiller).join(Forslag, Forslag.id == Forslagsstiller.forslag_id).join(Forslag.moetesak)
    return soek.where(Moetesak.publisert.is_not(None), Forslagsstiller.person_id.is_not(None)).order_by(
        Forslag.moetesak_id.desc()
    )


def _side(demo: Demo, person: Person, **felter: str) -> Any:
    return demo.app.get(f"/folkevalgte/{person.id}", felter).html


def _rader(side: Any) -> list[str]:
    return [" ".join(rad.get_text(" ").split()) for rad in side.select("tbody tr")]


def test_what_a_person_voted_and_moved_is_on_one_page(demo: Demo, person: Person) -> None:
    side = _side(demo, person)
    assert side.h1.get_text() == person.navn
    rader = _rader(side)
    assert sum("Stemte mot" in rad for rad in rader) == 1
    assert len(rader) > 1
    lenke = side.select_one("tbody a[href*='#forslag-']")["href"]
    sti, _, anker = lenke.partition("#")
    assert demo.app.get(sti).html.find(id=anker)


@pytest.mark.parametrize(
    ("felter", "ord_"),
    [
        ({"hva": "votering"}, "Stemte mot"),
        ({"svar": "mot"}, "Stemte mot"),
        ({"hva": "votering", "svar": "for"}, None),
        ({"hva": "votering", "aar": "2019"}, "Stemte mot"),
        ({"aar": "1999"}, None),
        ({"aar": "²019"}, None),
        ({"utvalg": "finnes-ikke"}, None),
        ({"hva": "noe annet"}, None),
    ],
)
def test_the_list_is_narrowed_by_a_form(demo: Demo, person: Person, felter: dict[str, str], ord_: str | None) -> None:
    side = _side(demo, person, **felter)
    rader = _rader(side)
    assert all(ord_ in rad for rad in rader) if ord_ else not rader
    assert bool(rader) is bool(ord_)
    assert ("Ingenting passer" in side.get_text()) is not bool(ord_)


def test_what_is_closed_is_for_those_who_may_read_it(demo: Demo, person: Person) -> None:
    with demo.parts.session() as session:
        for stiller in session.scalars(_stillere().where(Forslagsstiller.person_id == person.id)):
            forslag = session.get_one(Forslag, stiller.forslag_id)
            forslag.moetesak.publisert = None
        for stemme in session.scalars(sa.select(Personstemme)):
            session.get_one(Votering, stemme.votering_id).moetesak.publisert = None
    assert not _rader(_side(demo, person, hva="votering"))
    assert demo.som("sekretaer").get(f"/folkevalgte/{person.id}?hva=votering").html.select("tbody tr")


@pytest.mark.parametrize("nummer", ["0", "999999999"])
def test_nobody_has_that_number(demo: Demo, nummer: str) -> None:
    demo.app.get(f"/folkevalgte/{nummer}", status=404)


def test_who_holds_no_seat_has_no_page(demo: Demo) -> None:
    with demo.parts.session() as session:
        ny = Person(fornavn="Uten", etternavn="Verv")
        session.add(ny)
        session.flush()
        nummer = ny.id
    demo.app.get(f"/folkevalgte/{nummer}", status=404)
    assert "Uten Verv" not in meldinger(demo.app.get("/sok", {"q": "Verv"}))


def test_a_name_that_is_searched_for_leads_to_the_person(demo: Demo, person: Person) -> None:
    lenker = demo.app.get("/sok", {"q": person.navn.lower()}).html.select(".soek-folkevalgte a")
    assert [lenke["href"] for lenke in lenker] == [f"/folkevalgte/{person.id}"]
    assert not demo.app.get("/sok", {"q": "87/19"}).html.select(".soek-folkevalgte")


def test_a_case_shows_those_like_it_to_whoever_may_read_them(demo: Demo) -> None:
    sak = demo.adresse(PAA_SAKSLISTE)
    ansatt = demo.som("sekretaer")
    assert not ansatt.get(sak).html.select("#lignende a")
    _gi_tittel(demo, UTKAST, f"{PAA_SAKSLISTE} for ytre havn")
    lenker = ansatt.get(sak).html.select("#lignende a")
    assert [lenke["href"] for lenke in lenker] == [demo.adresse(f"{PAA_SAKSLISTE} for ytre havn")]
    assert not demo.som("representant").get(sak).html.select("#lignende a")


def test_a_screened_case_is_like_no_other(demo: Demo) -> None:
    skjermet, tittel, _ = demo.skjermet()
    sak = demo.adresse(PAA_SAKSLISTE)
    _gi_tittel(demo, PAA_SAKSLISTE, tittel)
    sett = {}
    for konto in ("leder", "raadssekretaer", "arkivar"):
        leser = demo.som(konto)
        lenker = leser.get(sak).html.select("#lignende .saksnavn-tittel")
        sett[konto] = tittel in [lenke.get_text() for lenke in lenker]
        assert sett[konto] is (tittel in leser.get(skjermet).text)
    assert set(sett.values()) == {True, False}


def test_without_the_index_a_case_has_none_like_it(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def borte(*_args: Any, **_kw: Any) -> Any:
        raise IndexUnavailable("borte")

    monkeypatch.setattr(demo.wsgi.registry["search_engine"], "search", borte)
    assert not demo.som("sekretaer").get(demo.adresse(PAA_SAKSLISTE), status=200).html.select("#lignende")


@pytest.mark.parametrize("tittel", ["", "87/19", "og i på", "..."])
def test_a_title_that_says_nothing_is_like_nothing(tittel: str) -> None:
    assert likhet(tittel) is None


def _gi_tittel(demo: Demo, gammel: str, ny: str) -> None:
    """Another title, with its place in the index."""
    with demo.parts.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == gammel)).one()
        sak.tittel = ny
        indekser_saken(Tjenester(demo.parts.felles, session), SakEndret(sak.id))
    demo.parts.worker().toem()
