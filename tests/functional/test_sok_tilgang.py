"""What the engine shows is what the one permission check lets through: for everything, whoever asks, in any state."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Bruker
from saksbehandling.identity.rules import ALLE, Identitet, kan_lese
from saksbehandling.innsyn.soek import TYPEORD
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.saksmappe.models import Dokument, Journalpost, Mappetype, Saksmappe
from saksbehandling.search_engine.model import Options
from saksbehandling.search_engine.query import parse
from saksbehandling.subscribers import indekser_saken
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.vedtak.models import Oppfoelging, Vedtak
from saksbehandling.votering.models import Forslag, Merknad, Votering

from .conftest import NAA, Demo

ALT = Options(limit=10_000)
HJEMLER = (None, None, "offl. § 13")
PERSONER = 25


def kanari(sak_id: int) -> str:
    """A word that stands in the title of this case and nowhere else."""
    return "kvist" + "".join("bdfgklmnrs"[int(siffer)] + "au" for siffer in f"{sak_id:02d}")


@pytest.mark.parametrize("froe", [1, 2])
def test_engine_and_permission_check_agree_on_everything(demo: Demo, froe: int) -> None:
    lykke = random.Random(froe)
    with demo.parts.session() as session:
        _stokk(session, lykke)
        _foelg_opp_alt(Tjenester(demo.parts.felles, session))
        for sak_id in session.scalars(sa.select(Saksmappe.id)):
            indekser_saken(Tjenester(demo.parts.felles, session), SakEndret(sak_id))
    demo.parts.worker().toem()
    with demo.session() as session:
        for identitet in _personer(session, lykke):
            _sammenlign(session, demo.wsgi.registry["search_engine"], identitet)


def _stokk(session: Session, lykke: random.Random) -> None:
    """Publish, screen, send and close at random."""
    utvalg, brukere = list(session.scalars(sa.select(Utvalg.id))), list(session.scalars(sa.select(Bruker.id)))
    for sak in session.scalars(sa.select(Saksmappe)):
        sak.tittel, sak.offentlig_tittel = f"{kanari(sak.id)} plan", "Uten ord plan"
        sak.publisert = lykke.choice((None, NAA))
        sak.skjermingshjemmel = lykke.choice(HJEMLER)
        sak.utsendt_til = lykke.sample(utvalg, lykke.randrange(2))
        sak.paa_saksliste_i = lykke.sample(utvalg, lykke.randrange(2))
        sak.inhabile = lykke.sample(brukere, lykke.randrange(5))
        sak.mappetype = lykke.choice(list(Mappetype))
    saker = list(session.scalars(sa.select(Saksmappe)))
    for post in session.scalars(sa.select(Journalpost)):
        post.gjengir = lykke.sample(saker, lykke.randrange(3))
    for rad in (*session.scalars(sa.select(Moetesak)), *session.scalars(sa.select(Journalpost))):
        rad.publisert = lykke.choice((None, NAA))
        rad.skjermingshjemmel = lykke.choice(HJEMLER)


def _foelg_opp_alt(tjenester: Tjenester) -> None:
    """A point of every decision."""
    for vedtak in tjenester.session.scalars(sa.select(Vedtak)):
        tjenester.oppfoelging.foelg_opp(vedtak, "Gi en plan.", "Kommunedirektøren", None)


def _personer(session: Session, lykke: random.Random) -> Iterator[Identitet]:
    """The public, and accounts with any roles in any bodies."""
    utvalg: list[int | None] = [None, *session.scalars(sa.select(Utvalg.id))]
    brukere = list(session.scalars(sa.select(Bruker.id)))
    yield Identitet("Publikum")
    for nr in range(PERSONER):
        roller = {(lykke.choice(list(Rolle)), lykke.choice(utvalg)) for _ in range(lykke.randrange(3))}
        yield Identitet(f"Person {nr}", lykke.choice(brukere), frozenset(roller))


def _sammenlign(session: Session, motor: ISearchEngine, identitet: Identitet) -> None:
    synlig = {noekkel for noekkel, lesere in _alt(session) if kan_lese(identitet, lesere)}
    funnet = set()
    for type_ in TYPEORD:
        resultat = motor.search(parse(f"type:{type_}"), identitet.legitimasjon, ALT)
        funnet |= {hit.id for hit in resultat.hits}
        assert resultat.total == len(resultat.hits)
        assert sum(rad.count for rad in resultat.facets.get("type", ())) == resultat.total
    assert funnet == synlig
    for sak in session.scalars(sa.select(Saksmappe)):
        _let_etter(motor, identitet, sak, synlig)


def _let_etter(motor: ISearchEngine, identitet: Identitet, sak: Saksmappe, synlig: set[str]) -> None:
    """The word of a title: in full, begun, misspelt and guessed at."""
    ord_ = kanari(sak.id)
    # A treatment that a reader may see has the title of its case.
    titler = {f"sak:{sak.id}"} & synlig
    resultat = motor.search(parse(f"type:sak tittel:{ord_}"), identitet.legitimasjon, ALT)
    assert {hit.id for hit in resultat.hits} == titler
    for sporring in (f"{ord_[:7]}*", f"{ord_[:-1]}~", ord_[:-2] + "o"):
        resultat = motor.search(parse(f"type:sak {sporring}"), identitet.legitimasjon, ALT)
        assert {hit.id for hit in resultat.hits} <= synlig
    alt = motor.search(parse(ord_), identitet.legitimasjon, ALT)
    if not alt.total:
        gjettet = motor.search(parse(ord_[:-1] + "o"), identitet.legitimasjon, ALT)
        assert ord_ not in (gjettet.mente_du or "")


def _alt(session: Session) -> Iterator[tuple[str, frozenset[str]]]:
    """Everything that can be found, by its id in the index, and who may see it."""
    for sak in session.scalars(sa.select(Saksmappe)):
        yield f"sak:{sak.id}", sak.lesere
        if ALLE not in sak.lesere and sak.publisert is not None:
            yield f"sak-offentlig:{sak.id}", frozenset({ALLE})
    for moetesak in session.scalars(sa.select(Moetesak)):
        yield f"behandling:{moetesak.id}", moetesak.lesere
    for type_, modell in (("forslag", Forslag), ("merknad", Merknad), ("votering", Votering)):
        for rad in session.scalars(sa.select(modell)):
            yield f"{type_}:{rad.id}", rad.moetesak.lesere
    for moetesak in session.scalars(sa.select(Moetesak).where(Moetesak.id.in_(sa.select(Vedtak.moetesak_id)))):
        yield f"vedtak:{moetesak.id}", moetesak.lesere
    for punkt in session.scalars(sa.select(Oppfoelging)):
        yield f"oppfoelging:{punkt.id}", punkt.vedtak.moetesak.lesere
    for moete_id in session.scalars(sa.select(Moete.id)):
        yield f"moete:{moete_id}", frozenset({ALLE})
    for dokument in session.scalars(sa.select(Dokument)):
        if dokument.tekst:
            yield f"dokument:{dokument.id}", dokument.lesere
