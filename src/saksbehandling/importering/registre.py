"""Finding or making the bodies, people and parties that a protocol names. Nothing is inferred about their seats."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

from sqlalchemy.orm import Session

from saksbehandling.errors import NotFound
from saksbehandling.importering.pakke import Behandling, Deltaker
from saksbehandling.utvalg.models import Parti, Partitype, Person, Utvalg, Utvalgstype
from saksbehandling.utvalg.services import UtvalgService, standardregler
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.votering.services_forslag import Stillerdata

UTVALGSTYPE = {
    Behandlingstype.UTTALELSE: Utvalgstype.RAAD,
    Behandlingstype.INNSTILLING: Utvalgstype.KOMITE,
    Behandlingstype.VEDTAK: Utvalgstype.KOMMUNESTYRE,
}
Rad = TypeVar("Rad")
_OMSKREVET = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Registre:
    """What the import finds or makes; lives as long as one import."""

    def __init__(self, session: Session, utvalg: UtvalgService) -> None:
        self._session = session
        self._utvalg = utvalg

    def utvalg(self, behandling: Behandling) -> Utvalg:
        """The body, made when it is not known; then its type is what its treatments result in."""
        try:
            return self._utvalg.finn(behandling.utvalg)
        except NotFound:
            kommunestyre = behandling.type is Behandlingstype.VEDTAK
            return self._ny(
                Utvalg(
                    kode=kode(behandling.utvalg),
                    navn=behandling.utvalg,
                    utvalgstype=UTVALGSTYPE[behandling.type],
                    regelversjoner=[standardregler(behold_nummer_ved_utsettelse=kommunestyre)],
                )
            )

    def parti(self, kode: str, partitype: Partitype = Partitype.PARTI) -> Parti:
        # Compared here: SQLite's lower() knows no æ, ø and å.
        funnet = next((ett for ett in self._utvalg.partier() if ett.kode.casefold() == kode.casefold()), None)
        return funnet or self._ny(Parti(kode=kode, navn=kode, partitype=partitype))

    def person(self, navn: str) -> Person:
        """The person of that name, made when nobody has it; the last word is the family name."""
        funnet = self._utvalg.finn_person(navn)
        if funnet is not None:
            return funnet
        fornavn, _, etternavn = navn.rpartition(" ")
        return self._ny(Person(fornavn=fornavn, etternavn=etternavn))

    def stiller(self, deltaker: Deltaker) -> Stillerdata:
        """Who moved something. Somebody with neither party nor group («rådets medlemmer») is no person."""
        if deltaker.parti is not None:
            return Stillerdata(deltaker.navn, self.person(deltaker.navn), self.parti(deltaker.parti))
        if deltaker.gruppe is not None:
            gruppe = self.parti(deltaker.gruppe, Partitype.ORGANISASJON)
            return Stillerdata(deltaker.navn, self.person(deltaker.navn), gruppe)
        return Stillerdata(deltaker.navn)

    def _ny(self, rad: Rad) -> Rad:
        self._session.add(rad)
        self._session.flush()
        return rad


def kode(navn: str) -> str:
    """An address-friendly code of a name: «Rådet for ungdom» gives raadet-for-ungdom."""
    ascii_ = unicodedata.normalize("NFKD", navn.casefold().translate(_OMSKREVET)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")
