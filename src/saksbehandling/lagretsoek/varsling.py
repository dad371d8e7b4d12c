"""Which hits of saved searches are new to their owners, and when they are told. In the caller's transaction.

A hit counts as known once it was there when e-mail was turned on, or was told of. Before it is told of the search is
run again as its owner, so that what was closed in between is told to nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from webob.multidict import MultiDict

from saksbehandling.clock import OSLO
from saksbehandling.identity.rules import PUBLIKUM, Identitet
from saksbehandling.identity.services import identitet_for
from saksbehandling.innsyn.soek import Soek
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.lagretsoek.models import LagretSoek, LagretSoekTreff, Varsling
from saksbehandling.search_engine.model import Hit, Sort

FLEST = 1000
"""How many of the newest hits are looked through for new ones."""
BAKERST = 100
"""Of so many hits those that come into sight last are old: they moved up as newer ones were taken away."""
MORGEN = dt.time(6)
"""When the daily e-mail goes out, local time."""


def soek_fra(sporring: str, leser: Identitet) -> Soek:
    """The search that the query of an address asks for."""
    return Soek.fra(MultiDict(parse_qsl(sporring)), leser)


def treffene(motor: ISearchEngine, lagret: LagretSoek, idag: dt.date) -> Sequence[Hit]:
    """What its owner finds today, the newest first. Raises `IndexUnavailable`."""
    return _finn(motor, lagret, identitet_for(lagret.bruker, idag))


def offentlige(motor: ISearchEngine, lagret: LagretSoek) -> set[str]:
    """Ids of what everybody finds by it: the rest is not for e-mail to tell of."""
    return {hit.id for hit in _finn(motor, lagret, PUBLIKUM)}


def _finn(motor: ISearchEngine, lagret: LagretSoek, leser: Identitet) -> Sequence[Hit]:
    soek = soek_fra(lagret.sporring, leser)
    hits: Sequence[Hit] = motor.search(soek.sporring, leser.legitimasjon, soek.de_foerste(FLEST, sort=Sort.NYESTE)).hits
    return hits


def er_bredt(hits: Sequence[Hit]) -> bool:
    """There are, or may be, more hits than are looked through."""
    return len(hits) >= FLEST


def med_varsling(session: Session) -> Sequence[LagretSoek]:
    """The searches whose owners are told of new hits."""
    soek = sa.select(LagretSoek).options(joinedload(LagretSoek.bruker)).where(LagretSoek.varsling != Varsling.INGEN)
    return [lagret for lagret in session.scalars(soek.order_by(LagretSoek.id)) if lagret.bruker.aktiv]


def noter_nye(
    session: Session, lagret: LagretSoek, hits: Sequence[Hit], naa: dt.datetime, *, kjent: bool = False
) -> None:
    """Note the hits that the owner does not know of, to be told of; or that are `kjent` from now on."""
    gamle = {hit.id for hit in hits[-BAKERST:]} if er_bredt(hits) else set()
    kjente = set(session.scalars(sa.select(LagretSoekTreff.treff).where(LagretSoekTreff.soek_id == lagret.id)))
    session.add_all(
        LagretSoekTreff(soek_id=lagret.id, treff=treff, funnet=naa, meldt=kjent or treff in gamle)
        for treff in (hit.id for hit in hits)
        if treff not in kjente
    )
    session.flush()


def aa_melde(session: Session, lagret: LagretSoek, hits: Iterable[Hit], naa: dt.datetime) -> list[Hit]:
    """Those of `hits` that the owner is to be told of now."""
    venter = sa.select(LagretSoekTreff.treff).where(
        LagretSoekTreff.soek_id == lagret.id,
        LagretSoekTreff.meldt.is_(False),
        LagretSoekTreff.funnet <= funnet_innen(lagret.varsling, naa),
    )
    ider = set(session.scalars(venter))
    return [hit for hit in hits if hit.id in ider]


def funnet_innen(varsling: Varsling, naa: dt.datetime) -> dt.datetime:
    """Until when a hit must have been found to be told of now: the last morning, for those who want it daily."""
    if varsling is not Varsling.DAGLIG:
        return naa
    lokalt = naa.astimezone(OSLO)
    dag = lokalt.date() if lokalt.time() >= MORGEN else lokalt.date() - dt.timedelta(days=1)
    return dt.datetime.combine(dag, MORGEN, OSLO)


def merk_meldt(session: Session, lagret: LagretSoek, hits: Iterable[Hit]) -> None:
    disse = LagretSoekTreff.soek_id == lagret.id, LagretSoekTreff.treff.in_([hit.id for hit in hits])
    session.execute(sa.update(LagretSoekTreff).where(*disse).values(meldt=True))
