"""What the addresses of template pages stand for. Templates hold no case data: whoever may edit them sees them."""

from __future__ import annotations

from dataclasses import dataclass

from pyramid.request import Request

from saksbehandling.identity.rules import FASTE_TILLATELSER
from saksbehandling.maler.slag import Malslag

TILLATELSE = "rediger_maler"
EIERE = frozenset(f"rolle:{rolle}" for rolle in FASTE_TILLATELSER[TILLATELSE])


@dataclass(frozen=True, slots=True)
class Malliste:
    """All templates."""

    lesere: frozenset[str] = EIERE


@dataclass(frozen=True, slots=True)
class Mal:
    """The template of a kind of document in a malform."""

    navn: str
    malform: str
    slag: Malslag
    lesere: frozenset[str] = EIERE

    @property
    def adresse(self) -> str:
        return f"/maler/{self.navn}/{self.malform}"


def maler_fra(_request: Request) -> Malliste:
    return Malliste()


def mal_fra(request: Request) -> Mal:
    """Raises `NotFound`."""
    navn = request.matchdict["mal"]
    return Mal(navn, request.matchdict["malform"], request.tjenester.maler.finn_slag(navn))
