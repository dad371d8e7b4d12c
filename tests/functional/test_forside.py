"""The public's pages: front page, bodies, the feed of decisions."""

from __future__ import annotations

from lxml import etree

from saksbehandling.demo import tekster

from .conftest import Demo, meldinger

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_front_page_tells_decisions_in_plain_sentences(demo: Demo) -> None:
    side = demo.app.get("/")
    tekst = meldinger(side)
    assert f"Bystyret vedtok {tekster.TITTEL} , på det meste mot 12 stemmer (Ap, MDG, SV, R)." in tekst
    assert f"Finans- og næringskomiteen ga innstilling i {tekster.TITTEL} , enstemmig." in tekst
    assert f"Bystyret utsatte {tekster.TITTEL} til 29. august 2019." in tekst


def test_the_sentences_lead_to_the_treatment(demo: Demo) -> None:
    lenker = {lenke["href"] for lenke in demo.app.get("/").html.select(".avgjoerelse a")}
    assert "/innsyn/bystyret/2019/87/2019-08-29" in lenker


def test_the_next_meetings_are_those_with_a_published_agenda(demo: Demo) -> None:
    moeter = demo.app.get("/").html.select(".moeterad time")
    datoer = [moete["datetime"] for moete in moeter]
    assert datoer == sorted(datoer)
    assert datoer
    assert datoer[0] >= "2019-08-29"


def test_the_feed_holds_published_decisions_only(demo: Demo) -> None:
    svar = demo.app.get("/innsyn/vedtak.atom")
    assert svar.content_type == "application/atom+xml"
    feed = etree.fromstring(svar.body)
    titler = feed.xpath("//a:entry/a:title/text()", namespaces=ATOM)
    assert any(tekster.TITTEL in tittel for tittel in titler)
    adresser = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(adresser)) == len(adresser)
    assert all(adresse.startswith("http://localhost") for adresse in adresser)
    assert feed.xpath("count(//a:entry[not(a:updated)])", namespaces=ATOM) == 0


def test_a_body_has_its_meetings_and_what_it_decided(demo: Demo) -> None:
    side = demo.app.get("/innsyn").click("Bystyret")
    assert "Bystyret vedtok" in meldinger(side)
    assert "Finans- og næringskomiteen" not in meldinger(side)
    uttalelser = demo.app.get("/innsyn/mangfoldsraadet")
    assert "Mangfoldsrådet uttalte seg om" in meldinger(uttalelser)
    assert demo.app.get("/innsyn/bystyret?side=999", status=200)
