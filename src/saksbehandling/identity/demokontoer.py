"""The accounts that the login page of a demo installation offers.

An installation is a demo when its secretary is the demo's invented person: real accounts come from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from saksbehandling.identity.kodeverk import ROLLENAVN
from saksbehandling.identity.models import Bruker

KJENNETEGN = ("sekretaer", "Torunn Skrivervoll")
PASSORD = "nidarvik-2026"
KONTOER = (
    "sekretaer",
    "saksbehandler",
    "leder",
    "kommunedirektoer",
    "raadssekretaer",
    "ordfoerer",
    "representant",
    "vara",
    "arkivar",
    "administrator",
)


@dataclass(frozen=True, slots=True)
class Demokonto:
    brukernavn: str
    navn: str
    roller: tuple[str, ...]


def demokontoer(session: Session) -> list[Demokonto]:
    """The demo's accounts in the order of the work; none where this is no demo."""
    soek = sa.select(Bruker).where(Bruker.brukernavn.in_(KONTOER)).options(selectinload(Bruker.roller))
    funnet = {bruker.brukernavn: bruker for bruker in session.scalars(soek)}
    brukernavn, navn = KJENNETEGN
    if brukernavn not in funnet or funnet[brukernavn].navn != navn:
        return []
    return [_konto(funnet[brukernavn]) for brukernavn in KONTOER if brukernavn in funnet]


def _konto(bruker: Bruker) -> Demokonto:
    roller = sorted({ROLLENAVN[tildeling.rolle] for tildeling in bruker.roller})
    return Demokonto(bruker.brukernavn, bruker.navn, tuple(roller))
