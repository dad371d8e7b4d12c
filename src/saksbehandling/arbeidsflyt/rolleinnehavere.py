"""Who has the roles that a definition names, so that its sentences can be checked against people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.identity.models import Bruker, Rolletildeling

# The workflows of what belongs to one body: there a role in that body counts too (`identity.rules.har_tillatelse`).
I_UTVALG = frozenset({"behandling", "uttalelse"})


def innehavere(session: Session, idag: dt.date, utvalg_id: int | None) -> Mapping[str, list[str]]:
    """The names of those with active accounts, by role: who has it for every body, and for that one."""
    query = (
        sa.select(Rolletildeling, Bruker.navn)
        .join(Rolletildeling.bruker)
        .where(Bruker.aktiv, sa.or_(Rolletildeling.utvalg_id.is_(None), Rolletildeling.utvalg_id == utvalg_id))
        .order_by(Bruker.navn)
    )
    found: dict[str, list[str]] = {}
    for tildeling, navn in session.execute(query):
        if tildeling.gjelder(idag) and navn not in found.setdefault(tildeling.rolle.value, []):
            found[tildeling.rolle.value].append(navn)
    return found
