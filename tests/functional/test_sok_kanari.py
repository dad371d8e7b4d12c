"""Words planted where most may not read: whoever may not finds them nowhere in search, however it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.identity.models import Bruker
from saksbehandling.identity.rules import PUBLIKUM, kan_lese
from saksbehandling.identity.services import identitet_for
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument, Journalposttype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.workflow_engine.service import Actor

from .conftest import NAA, Demo

TITTEL, BREV, UTKASTET, INHABIL = "kvastrolig", "kvastdunkel", "kvastnattlig", "kvasttaushet"
FORMER = ("/sok", "/sok.json", "/sok.csv", "/sok.atom", "/sok/fullfoer.json")
INGEN = frozenset[str]()


def _sak(session: Session, *, skjermet: bool) -> Saksmappe:
    hjemmel = Saksmappe.skjermingshjemmel
    vilkaar = hjemmel.is_not(None) if skjermet else sa.and_(hjemmel.is_(None), Saksmappe.publisert.is_not(None))
    return session.scalars(sa.select(Saksmappe).where(vilkaar).order_by(Saksmappe.id).limit(1)).one()


@pytest.fixture
def plantet(demo: Demo) -> Mapping[str, frozenset[str]]:
    """Each word, and who may read where it stands; a draft is read by those who write it, and found by nobody."""
    with demo.parts.session() as session:
        tj = Tjenester(demo.parts.felles, session)
        skjermet, aapen = _sak(session, skjermet=True), _sak(session, skjermet=False)
        skjermet.tittel = f"{skjermet.tittel} {TITTEL}"
        brev = Dokument(tittel=f"Brev om {BREV}", dokumenttype="Brev", tekst=parse_notation(f"Om {BREV}."))
        post = tj.saker.journalfoer(aapen, Journalposttype.INNGAAENDE, brev.tittel, dato=NAA.date(), dokumenter=[brev])
        post.skjermingshjemmel = "offl. § 13"
        innstilling = [parse_notation(UTKASTET)]
        tj.saker.lagre_saksframlegg(aapen, tittel="Utkast", innhold=parse_notation(UTKASTET), innstilling=innstilling)
        lukket = tj.saker.opprett(f"Sak om {INHABIL}", _aktoer(session), dato=NAA.date())
        lukket.skjermingshjemmel, lukket.offentlig_tittel = "offl. § 13", "Personalsak"
        utvalgene = {rolle.utvalg_id for rolle in _bruker(session, "representant").roller if rolle.utvalg_id}
        lukket.publisert, lukket.utsendt_til = NAA, sorted(utvalgene)
        lukket.inhabile = [_bruker(session, "representant").id]
        for sak in (skjermet, aapen, lukket):
            tj.saker.merk_endret(sak)
        session.flush()
        lesere = {TITTEL: skjermet.lesere, BREV: brev.lesere, UTKASTET: INGEN, INHABIL: lukket.lesere}
    demo.parts.worker().toem()
    return lesere


def _bruker(session: Session, brukernavn: str) -> Bruker:
    return session.scalars(sa.select(Bruker).where(Bruker.brukernavn == brukernavn)).one()


def _aktoer(session: Session) -> Actor:
    bruker = _bruker(session, "saksbehandler")
    return Actor(bruker.navn, bruker.id)


def spoersmaal(ord_: str) -> list[str]:
    """The word begun, misspelt, and nearly it; none of them holds it in full."""
    return [f"{ord_[:-2]}*", f"{ord_[:-1]}~", f"{ord_[:-1]}x", f"tittel:{ord_[:-3]}*", f"om {ord_[:-2]}*", ord_[:-2]]


@pytest.mark.parametrize("hvem", [None, "vara", "representant", "administrator", "sekretaer"])
def test_nobody_finds_a_word_that_stands_where_they_may_not_read(
    demo: Demo, plantet: Mapping[str, frozenset[str]], hvem: str | None
) -> None:
    app = demo.som(hvem) if hvem else demo.app
    with demo.session() as session:
        leser = identitet_for(_bruker(session, hvem), NAA.date()) if hvem else PUBLIKUM
    skjult = {ord_ for ord_, lesere in plantet.items() if not kan_lese(leser, lesere)}
    assert UTKASTET in skjult
    for ord_ in plantet:
        antall = app.get("/sok.json", {"q": ord_}).json["antall"]
        assert bool(antall) is (ord_ not in skjult), ord_
    for ord_ in skjult:
        for q in spoersmaal(ord_):
            for form in FORMER:
                svar = app.get(f"{form}?{urlencode({'q': q})}")
                assert ord_ not in svar.text.lower(), (ord_, q, form)


def test_the_words_are_there_for_those_who_may(demo: Demo, plantet: Mapping[str, frozenset[str]]) -> None:
    """Else the test above would see nothing."""
    app = demo.som("sekretaer")
    for ord_ in (TITTEL, BREV, INHABIL):
        assert app.get("/sok.json", {"q": f"{ord_[:-2]}*"}).json["antall"]
        assert ord_ in app.get("/sok.csv", {"q": f"{ord_[:-2]}*"}).text


def test_the_same_meeting_member_who_is_not_inhabil_finds_the_papers(
    demo: Demo, plantet: Mapping[str, frozenset[str]]
) -> None:
    with demo.parts.session() as session:
        lukket = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == f"Sak om {INHABIL}")).one()
        lukket.inhabile = []
        Tjenester(demo.parts.felles, session).saker.merk_endret(lukket)
    demo.parts.worker().toem()
    assert demo.som("representant").get("/sok.json", {"q": INHABIL}).json["antall"] == 1
    assert plantet
