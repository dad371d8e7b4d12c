"""Pictures in the saksutredning: how they get into a case, and which a text of it may hold."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.opplasting import Filtype, Limits, kontroller_opplasting
from saksbehandling.documents.picture_files import examine
from saksbehandling.documents.picture_metadata import without_metadata
from saksbehandling.errors import InvalidFile, InvalidInput, Reason
from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.richtext import Block, Picture, pictures
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.models_bilde import Saksbilde
from saksbehandling.saksmappe.opplasting import rent_filnavn

UU_HJEMMEL = "forskrift om universell utforming av IKT-løsninger § 4"
LENGSTE_BESKRIVELSE = 500
_GRENSER = Limits(size=10_000_000)


class Bilder:
    """Works in the caller's transaction. Who may write is asked by the views, of the one permission check."""

    def __init__(self, session: Session, store: IDocumentStore, clock: SystemClock) -> None:
        self._session, self._store, self._clock = session, store, clock

    def kjente(self, sak: Saksmappe) -> dict[str, Picture]:
        """The pictures of the case by SHA-256, without descriptions."""
        rader = self._session.scalars(sa.select(Saksbilde).where(Saksbilde.saksmappe_id == sak.id))
        return {rad.sjekksum: rad.som_blokk() for rad in rader}

    def ta_inn(self, sak: Saksmappe, filnavn: str, innhold: bytes, identitet: Identitet) -> Picture:
        """Look a picture over and keep it in the case, without what the camera noted; the same once.

        Raises `InvalidFile`, `InvalidInput`.
        """
        navn = rent_filnavn(filnavn)
        if not navn:
            raise InvalidInput("Velg et bilde.", "bilde")
        if kontroller_opplasting(navn, innhold, _GRENSER) not in (Filtype.PNG, Filtype.JPEG):
            raise InvalidFile(f"«{navn}» er ikke et bilde som kan settes inn. Bruk PNG eller JPEG.")
        uten = without_metadata(innhold)
        funnet, sjekksum = examine(uten), self._store.put(uten)
        if kjent := self.kjente(sak).get(sjekksum):
            return kjent
        rad = Saksbilde(
            saksmappe=sak,
            sjekksum=sjekksum,
            slag=funnet.kind,
            bredde=funnet.width,
            hoeyde=funnet.height,
            lagt_inn=self._clock.now(),
            lagt_inn_av=identitet.navn,
        )
        self._session.add(rad)
        self._session.flush()
        return rad.som_blokk()


def mangler_beskrivelse(innhold: Iterable[Block]) -> list[Reason]:
    """A reason for each picture that says nothing to those who cannot see it."""
    return [
        Reason(
            f"Bilde nummer {nummer} mangler en beskrivelse. Velg bildet og trykk «Bilde», eller skriv den som"
            " alternativ tekst i Word.",
            UU_HJEMMEL,
            "innhold",
        )
        for nummer, bilde in enumerate(pictures(innhold), 1)
        if not bilde.alt
    ]
