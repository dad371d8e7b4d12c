"""What is made of a stored file afterwards, by `jobs.filer`: a small picture, and the words that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.documents.maskinlesing import READ
from saksbehandling.documents.miniatyr import SHOWN, SHOWN_AS_PDF
from saksbehandling.documents.picture_files import examine
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.saksmappe.models import Dokument, Dokumentversjon
from saksbehandling.saksmappe.models_miniatyr import Miniatyr
from saksbehandling.saksmappe.opplasting import OPPLASTET, som_avsnitt


def skal_vises(versjon: Dokumentversjon) -> bool:
    """Whether there can be a small picture of it."""
    return versjon.medietype in SHOWN


def skal_vises_som_pdf(versjon: Dokumentversjon) -> bool:
    """Whether there can be one once LibreOffice has made it PDF. What the product makes is shown by its own PDF."""
    return versjon.medietype in SHOWN_AS_PDF and versjon.dokument.dokumenttype == OPPLASTET


def kan_leses(versjon: Dokumentversjon) -> bool:
    """Whether it may have words that are only in pictures: also a PDF with words may have scanned pages."""
    return versjon.medietype in READ and not versjon.til_arkivet


class Etterarbeid:
    """`meld` is called with `SakEndret` where a text came in; everything happens in the caller's transaction."""

    def __init__(self, session: Session, store: IDocumentStore, meld: Callable[[object], None]) -> None:
        self._session, self._store, self._meld = session, store, meld

    def miniatyr(self, versjon: Dokumentversjon) -> Miniatyr | None:
        """Its small picture, when it is made."""
        return self._session.scalar(sa.select(Miniatyr).where(Miniatyr.kilde == versjon.sjekksum))

    def miniatyrer(self, dokumenter: Iterable[Dokument]) -> dict[int, tuple[Dokumentversjon, Miniatyr]]:
        """What shows the newest version of each document, by the document's id; only those that are made."""
        nyeste = [versjon for dokument in dokumenter for versjon in _nyeste(dokument)]
        soek = sa.select(Miniatyr).where(Miniatyr.kilde.in_({versjon.sjekksum for versjon in nyeste}))
        funnet = {rad.kilde: rad for rad in self._session.scalars(soek)}
        return {ett.dokument_id: (ett, funnet[ett.sjekksum]) for ett in nyeste if ett.sjekksum in funnet}

    def vis(self, versjon: Dokumentversjon, png: bytes) -> None:
        """Keep the small picture. Doing it again changes nothing."""
        if self.miniatyr(versjon) is not None:
            return
        bilde = examine(png)
        self._session.add(
            Miniatyr(kilde=versjon.sjekksum, sjekksum=self._store.put(png), bredde=bilde.width, hoeyde=bilde.height)
        )

    def les(self, versjon: Dokumentversjon, utf8: bytes) -> None:
        """Let the document have the words, unless it has got another file since. Doing it again changes nothing."""
        dokument, tekst = versjon.dokument, utf8.decode()
        if not tekst.strip() or dokument.maskinlest or dokument.versjoner[-1].versjonsnummer != versjon.versjonsnummer:
            return
        dokument.tekst, dokument.maskinlest = som_avsnitt(tekst), True
        self._meld(SakEndret(dokument.journalpost.saksmappe_id))


def _nyeste(dokument: Dokument) -> list[Dokumentversjon]:
    """The newest version, in each of its forms."""
    alle = dokument.versjoner
    return [versjon for versjon in alle if versjon.versjonsnummer == alle[-1].versjonsnummer]
