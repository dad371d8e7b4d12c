"""The numbers of a body's cases: the next of a series, and moving them while the agenda is a draft."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksnummer
from saksbehandling.utvalg.models import Utvalgsregler


def ledig_nummer(
    session: Session, moete: Moete, regler: Utvalgsregler, prefiks: str | None, oensket: int | None
) -> Moetesaksnummer:
    """The next number of the series, or the wanted one. Raises `InvalidInput` when it is used or no such series is."""
    prefikser = [serie[0] for serie in regler.nummerserier]
    prefiks = prefiks or prefikser[0]
    if prefiks not in prefikser:
        raise InvalidInput(f"{moete.utvalg.navn} har ingen nummerserie {prefiks}.", "serie")
    teller_sammen = prefikser if regler.felles_nummer else [prefiks]
    aar = moete.dato.year
    serien = sa.and_(
        Moetesaksnummer.utvalg_id == moete.utvalg_id,
        Moetesaksnummer.prefiks.in_(teller_sammen),
        Moetesaksnummer.aar == aar,
    )
    if oensket is not None and session.scalar(
        sa.select(Moetesaksnummer.id).where(serien, Moetesaksnummer.sekvens == oensket).limit(1)
    ):
        tekst = f"Nummer {oensket}/{aar % 100:02d} er allerede brukt i {moete.utvalg.navn}. Velg et annet."
        raise InvalidInput(tekst, "nummer")
    hoeyeste = session.scalar(sa.select(sa.func.max(Moetesaksnummer.sekvens)).where(serien)) or 0
    return Moetesaksnummer(utvalg_id=moete.utvalg_id, prefiks=prefiks, aar=aar, sekvens=oensket or hoeyeste + 1)


def ordne(session: Session, saker: Sequence[Moetesak]) -> None:
    """Give the items of a draft their places in this order, and their numbers so that each series ascends.

    A number that an item has kept from a postponement stays with it.
    """
    nye = [sak.nummer for sak in saker if sak.forrige is None or sak.forrige.nummer_id != sak.nummer_id]
    ledige = {
        prefiks: sorted(nummer.sekvens for nummer in nye if nummer.prefiks == prefiks)
        for prefiks in {nummer.prefiks for nummer in nye}
    }
    # Places and numbers are unique: all are moved out of the way before any gets its new one.
    for sak in saker:
        sak.rekkefoelge = -sak.rekkefoelge
    for nummer in nye:
        nummer.sekvens = -nummer.sekvens
    session.flush()
    for plass, sak in enumerate(saker, 1):
        sak.rekkefoelge = plass
    for nummer in nye:
        nummer.sekvens = ledige[nummer.prefiks].pop(0)
    session.flush()
