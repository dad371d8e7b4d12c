"""Protocols as they are stored, what in them a reader may not see, and what else has a case's words."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.identity.rules import Identitet, kan_lese
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.protokoll.models import Moeteprotokoll, Protokoll
from saksbehandling.saksmappe.models import Journalpost, Saksmappe


def protokoll_i(session: Session, moetesak: Moetesak) -> Protokoll | None:
    """The treatment's protocol in its latest version."""
    return session.scalar(
        sa.select(Protokoll)
        .where(Protokoll.moetesak_id == moetesak.id)
        .order_by(Protokoll.versjonsnummer.desc())
        .limit(1)
    )


def moeteprotokoll_i(session: Session, moete: Moete) -> Moeteprotokoll | None:
    """The meeting's protocol, once its words are frozen."""
    return session.scalar(sa.select(Moeteprotokoll).where(Moeteprotokoll.moete_id == moete.id))


def kan_godkjenne_i(session: Session, moete: Moete) -> Sequence[Moetesak]:
    """Items of later meetings of the body, in which the protocol can be approved."""
    return session.scalars(
        sa.select(Moetesak)
        .join(Moetesak.saksliste)
        .join(Saksliste.moete)
        .where(Moete.utvalg_id == moete.utvalg_id, Moete.dato > moete.dato)
        .options(joinedload(Moetesak.nummer))
        .order_by(Moete.dato, Moetesak.rekkefoelge)
        .limit(100)
    ).all()


def gjengitt_i(session: Session, saksmappe_id: int) -> Sequence[int]:
    """The ids of the archive cases of meetings in which words of this case stand."""
    soek = sa.select(Journalpost.saksmappe_id).join(Journalpost.gjengir).where(Saksmappe.id == saksmappe_id)
    return session.scalars(soek.distinct()).all()


def skjermet_for(session: Session, moete: Moete, identitet: Identitet) -> dict[int, tuple[str, str]]:
    """The exempt treatments that this person may not read, with what everybody may know of them."""
    return {
        ett.id: (ett.offentlig_tittel, ett.skjermingshjemmel or ett.saksmappe.skjermingshjemmel or "")
        for ett in saksliste(session, moete)
        if ett.unntatt and not kan_lese(identitet, ett.lesere)
    }
