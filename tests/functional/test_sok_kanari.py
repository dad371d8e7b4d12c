"""Words planted where most may not read: whoever may not finds them nowhere in search, however it is asked.

Every account of the demo council, and the public, against every place that a word can stand in; the permission check
on the thing itself says what each of them is to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from webtest import TestApp

from saksbehandling.identity.models import Bruker
from saksbehandling.identity.rules import PUBLIKUM, kan_lese
from saksbehandling.identity.services import identitet_for
from saksbehandling.innsyn.adresser import behandlingsadresse, oppfoelgingsadresse, saksadresse
from saksbehandling.lagretsoek.brev import brev
from saksbehandling.lagretsoek.models import LagretSoek
from saksbehandling.lagretsoek.varsling import offentlige, treffene
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument, Journalposttype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.models import Vedtak
from saksbehandling.votering.kodeverk import Forslagstype
from saksbehandling.votering.models import Forslag
from saksbehandling.workflow_engine.service import Actor

from .conftest import NAA, UTKAST, Demo, meldinger

TITTEL, BREV, UTKASTET, INHABIL = "kvastrolig", "gnufdunkel", "snyltenattlig", "blekktaushet"
PUNKTET, FORSLAGET, VEDTAKET, UPUBLISERT = "trollfeiing", "knirkevotum", "glimtutfall", "dvelskisse"
LIKHET = "fjomsehage kringlefjord"  # in the title of all these cases, and of one that everybody may read
KONTOER = (
    "saksbehandler",
    "leder",
    "kommunedirektoer",
    "sekretaer",
    "raadssekretaer",
    "ordfoerer",
    "representant",
    "vara",
    "arkivar",
    "administrator",
)
SKRIVER = ("saksbehandler", "leder", "kommunedirektoer", "sekretaer", "arkivar")  # read the draft, on its case's page
INGEN = frozenset[str]()


class Plantet(NamedTuple):
    """`lesere`: each word, and who may read where it stands. `adresser`: pages of all these things."""

    lesere: Mapping[str, frozenset[str]]
    adresser: list[str]
    aapen: str


@pytest.fixture
def plantet(demo: Demo) -> Plantet:
    """A draft is read by those who write it, and found by nobody."""
    with demo.parts.session() as session:
        tj = Tjenester(demo.parts.felles, session)
        skjermet, aapen, upublisert = _saker(session)
        for sak, ord_ in ((skjermet, TITTEL), (upublisert, UPUBLISERT), (aapen, "offentlig")):
            sak.tittel = f"{sak.tittel} {ord_} {LIKHET}"
        dokument, lukket = _brev(tj, aapen), _inhabil(tj, session)
        moetesak = _behandlet(tj, session, skjermet)
        for sak in (skjermet, aapen, upublisert, lukket):
            tj.saker.merk_endret(sak)
        session.flush()
        lesere = {TITTEL: skjermet.lesere, UPUBLISERT: upublisert.lesere, INHABIL: lukket.lesere}
        lesere |= dict.fromkeys((PUNKTET, FORSLAGET, VEDTAKET), moetesak.lesere)
        lesere |= {BREV: dokument.lesere, UTKASTET: INGEN}
        adresser = [
            *map(saksadresse, (skjermet, aapen, upublisert, lukket)),
            behandlingsadresse(moetesak),
            oppfoelgingsadresse(moetesak.id),
            f"/dokumenter/{dokument.id}",
        ]
        plantet = Plantet(lesere, adresser, saksadresse(aapen))
    demo.parts.worker().toem()
    return plantet


def _saker(session: Session) -> list[Saksmappe]:
    """A screened case, one that everybody may read, and one that is not published."""
    hjemmel = Saksmappe.skjermingshjemmel
    aapen = sa.and_(hjemmel.is_(None), Saksmappe.publisert.is_not(None))
    vilkaarene = (hjemmel.is_not(None), aapen, Saksmappe.tittel == UTKAST)
    return [session.scalars(sa.select(Saksmappe).where(ett).order_by(Saksmappe.id)).first() for ett in vilkaarene]  # type: ignore[misc]


def _brev(tj: Tjenester, sak: Saksmappe) -> Dokument:
    """In an open case an exempt letter; and a draft."""
    brevet = Dokument(tittel=f"Brev om {BREV}", dokumenttype="Brev", tekst=parse_notation(f"Om {BREV}."))
    post = tj.saker.journalfoer(sak, Journalposttype.INNGAAENDE, brevet.tittel, dato=NAA.date(), dokumenter=[brevet])
    post.skjermingshjemmel = "offl. § 13"
    innstilling = [parse_notation(UTKASTET)]
    tj.saker.lagre_saksframlegg(sak, tittel="Utkast", innhold=parse_notation(UTKASTET), innstilling=innstilling)
    return brevet


def _inhabil(tj: Tjenester, session: Session) -> Saksmappe:
    """An exempt case that was sent to the bodies of a representant who was found inhabil in it."""
    representant, saksbehandler = (_bruker(session, navn) for navn in ("representant", "saksbehandler"))
    aktoer = Actor(saksbehandler.navn, saksbehandler.id)
    sak = tj.saker.opprett(f"Sak om {INHABIL} {LIKHET}", aktoer, dato=NAA.date())
    sak.skjermingshjemmel, sak.offentlig_tittel = "offl. § 13", "Personalsak"
    sak.publisert, sak.inhabile = NAA, [representant.id]
    sak.utsendt_til = sorted({rolle.utvalg_id for rolle in representant.roller if rolle.utvalg_id})
    return sak


def _behandlet(tj: Tjenester, session: Session, sak: Saksmappe) -> Moetesak:
    """What was decided in a screened case, with a proposal and a point to follow up."""
    vedtak = session.scalars(
        sa.select(Vedtak).join(Moetesak, Vedtak.moetesak_id == Moetesak.id).where(Moetesak.saksmappe_id == sak.id)
    ).first()
    assert vedtak is not None
    moetesak = vedtak.moetesak
    tj.oppfoelging.foelg_opp(vedtak, f"Gi en plan for {PUNKTET}.", "Kommunedirektøren", None)
    vedtak.avsnitt[-1].blokker = parse_notation(f"Rådet vil ha {VEDTAKET}.")
    session.add(_forslag(moetesak))
    return moetesak


def _forslag(moetesak: Moetesak) -> Forslag:
    return Forslag(
        moetesak=moetesak,
        nummer=90,
        rekkefoelge=90,
        forslagstype=Forslagstype.TILLEGG,
        betegnelse="Tilleggsforslag",
        blokker=parse_notation(f"Rådet ber om {FORSLAGET}."),
        framsatt=NAA,
    )


def _bruker(session: Session, brukernavn: str) -> Bruker:
    return session.scalars(sa.select(Bruker).where(Bruker.brukernavn == brukernavn)).one()


def aapent_for(demo: Demo, plantet: Plantet, hvem: str | None) -> set[str]:
    """The words that the permission check lets somebody read."""
    with demo.session() as session:
        leser = identitet_for(_bruker(session, hvem), NAA.date()) if hvem else PUBLIKUM
        return {ord_ for ord_, lesere in plantet.lesere.items() if kan_lese(leser, lesere)}


def test_everybody_finds_what_they_may_read_and_nothing_else(demo: Demo, plantet: Plantet) -> None:
    """In what is counted and in what is shown; a word that is not for them stands nowhere that they can look."""
    funnet = []
    for hvem in (None, *KONTOER):
        app, aapne = demo.som(hvem) if hvem else demo.app, aapent_for(demo, plantet, hvem)
        for ord_ in plantet.lesere:
            if bool(app.get("/sok.json", {"q": ord_}).json["antall"]) is not (ord_ in aapne):
                funnet.append((hvem, ord_, "antall"))
        skjulte = plantet.lesere.keys() - aapne
        assert UTKASTET in skjulte
        for sted, tekst in steder(app, plantet, skjulte):
            skriver = {UTKASTET} if (hvem in SKRIVER and sted == plantet.aapen) else set()
            funnet += [(hvem, ord_, sted) for ord_ in skjulte - skriver if ord_ in tekst.lower()]
        funnet += [
            (hvem, ord_, "IKKE") for ord_ in skjulte if antall(app, LIKHET) != antall(app, f"{LIKHET} IKKE {ord_}")
        ]
    assert funnet == []


def antall(app: TestApp, q: str) -> int:
    return int(app.get("/sok.json", {"q": q}).json["antall"])


def steder(app: TestApp, plantet: Plantet, skjulte: set[str]) -> Iterator[tuple[str, str]]:
    """Every place where somebody might come upon these words, and what stands there. No address holds one in full."""
    adresser = [*plantet.adresser, "/", "/innsyn/vedtak.atom", f"/sok.json?{urlencode({'q': LIKHET})}"]
    for ord_ in skjulte:
        begynt, feil, naer = (urlencode({"q": q}) for q in (f"{ord_[:-2]}*", f"{ord_[:-1]}x", f"{ord_[:-1]}~"))
        adresser += [f"/sok?{begynt}", f"/sok?{feil}", f"/sok.csv?{begynt}", f"/sok.atom?{naer}"]
        adresser += [f"/sok.json?{begynt}", f"/sok.json?{urlencode({'q': f'tittel:{ord_[:-3]}*'})}"]
        adresser += [f"/sok/fullfoer.json?{urlencode({'q': ord_[:-2]})}", f"/saker?ord={ord_[:-2]}"]
        adresser.append(f"/oppfoelging?ord={ord_[:-2]}")
    for adresse in adresser:
        yield adresse, app.get(adresse, expect_errors=True).text


def test_e_mail_about_saved_searches_tells_of_what_the_owner_may_read_and_names_none_of_it(
    demo: Demo, plantet: Plantet
) -> None:
    """E-mail is read by more than its receiver, so that only what is public is named there."""
    motor = demo.wsgi.registry["search_engine"]
    for hvem in KONTOER:
        aapne = aapent_for(demo, plantet, hvem)
        with demo.session() as session, session.no_autoflush:
            eier = _bruker(session, hvem)
            for ord_ in plantet.lesere:
                sporring = urlencode({"q": f"{ord_[:-2]}*"})
                lagret = LagretSoek(bruker=eier, navn="Mitt søk", sporring=sporring, noekkel="nøkkel")
                hits = treffene(motor, lagret, NAA.date())
                assert bool(hits) is (ord_ in aapne), (hvem, ord_)
                melding = brev(lagret, hits, offentlige(motor, lagret), "Nidarvik", "post@nidarvik.example", "")
                assert ord_ not in melding.get_content(), (hvem, ord_)


def test_the_words_are_there_for_those_who_may(demo: Demo, plantet: Plantet) -> None:
    """Else the tests above would see nothing: the secretary finds all but the draft, also as a like case."""
    app = demo.som("sekretaer")
    assert aapent_for(demo, plantet, "sekretaer") == plantet.lesere.keys() - {UTKASTET}
    assert aapent_for(demo, plantet, None) == set()
    for ord_ in (TITTEL, BREV, INHABIL, UPUBLISERT):
        q = {"q": f"{ord_[:-2]}*"}
        for form in ("/sok", "/sok.json", "/sok.csv", "/sok.atom"):
            assert ord_ in app.get(form, q).text, (form, ord_)
        assert ord_ in app.get("/sok/fullfoer.json", {"q": ord_[:-2]}).text, ord_
    for ord_ in (PUNKTET, FORSLAGET, VEDTAKET):
        assert ord_ in app.get("/sok.json", {"q": f"{ord_[:-2]}*"}).text, ord_
    lignende = app.get(plantet.aapen).html.select_one("#lignende").get_text()
    assert TITTEL in lignende
    assert TITTEL in meldinger(app.get("/sok", {"q": f"{TITTEL[:-1]}x"}))  # as what may have been meant


def test_the_same_meeting_member_who_is_not_inhabil_finds_the_papers(demo: Demo, plantet: Plantet) -> None:
    with demo.parts.session() as session:
        lukket = session.scalars(sa.select(Saksmappe).where(Saksmappe.offentlig_tittel == "Personalsak")).one()
        lukket.inhabile = []
        Tjenester(demo.parts.felles, session).saker.merk_endret(lukket)
    demo.parts.worker().toem()
    assert INHABIL not in aapent_for(demo, plantet, None)
    assert demo.som("representant").get("/sok.json", {"q": INHABIL}).json["antall"] == 1
