"""What the search index is made of: cases with everything in them, and meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from saksbehandling.identity.rules import ALLE
from saksbehandling.innsyn.adresser import moeteadresse
from saksbehandling.innsyn.soekedokumenter import dokumenter_for
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine.model import Document
from saksbehandling.skrivemaate import dato, klokkeslett, lang_dato


def dokumenter_for_moete(session: Session, moete_id: int) -> list[Document]:
    """The meeting in the calendar, which everybody sees. Empty when it is gone."""
    moete = session.get(Moete, moete_id)
    return [] if moete is None else [_moetet(moete)]


def _moetet(moete: Moete) -> Document:
    """Its cases are found by themselves, each with what its reader may see."""
    kl = f" {klokkeslett(moete.starttid)}" if moete.starttid else ""
    return Document(
        id=f"moete:{moete.id}",
        type="møte",
        tittel=f"{moete.utvalg.navn} {dato(moete.dato)}",
        tekst=f"Møte i {moete.utvalg.navn} {lang_dato(moete.dato)}{kl}{f', {moete.sted}' if moete.sted else ''}.",
        utvalg=moete.utvalg.navn,
        dato=moete.dato,
        resultat=moete.status.value if moete.status is Moetestatus.AVLYST else "",
        url=moeteadresse(moete.id),
        lesere=frozenset({ALLE}),
    )


@dataclass(frozen=True, slots=True)
class Kilde:
    """What is indexed together. `ider`: of all there are; `dokumenter`: every index document of one as it stands."""

    ider: Callable[[Session], Sequence[int]]
    dokumenter: Callable[[Session, int], list[Document]]


def _ider(kolonne: InstrumentedAttribute[int]) -> Callable[[Session], Sequence[int]]:
    return lambda session: session.scalars(sa.select(kolonne).order_by(kolonne)).all()


KILDER: Mapping[str, Kilde] = {
    "saksmappe_id": Kilde(_ider(Saksmappe.id), dokumenter_for),
    "moete_id": Kilde(_ider(Moete.id), dokumenter_for_moete),
}
"""By the name that index tasks have for the id."""
