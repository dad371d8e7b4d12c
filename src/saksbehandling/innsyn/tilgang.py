"""The one permission check, asked of the database: which cases a person may see, for lists that must count and page.

The rule is `identity.rules.lesere`; a test holds the two together.
"""

from __future__ import annotations

import sqlalchemy as sa

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet, Synlighet, lesere
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.saksmappe.models import Saksmappe

Vilkaar = sa.ColumnElement[bool]

OFFENTLIG: Vilkaar = sa.and_(Saksmappe.publisert.is_not(None), Saksmappe.skjermingshjemmel.is_(None))
OFFENTLIG_BEHANDLING: Vilkaar = sa.and_(
    Moetesak.publisert.is_not(None), Moetesak.skjermingshjemmel.is_(None), Saksmappe.skjermingshjemmel.is_(None)
)
"""A treatment whose protocol is published, and with it what came of it; the query joins `Saksmappe`."""


def lesbar(identitet: Identitet) -> Vilkaar:
    """Whether this person may read a `Saksmappe`."""
    if identitet.legitimasjon & lesere(Synlighet(unntatt=True)):
        return sa.true()
    vilkaar = [OFFENTLIG, _utsendt_til(identitet), _paa_saksliste_i(identitet)]
    if identitet.legitimasjon & lesere(Synlighet()):
        vilkaar.append(Saksmappe.skjermingshjemmel.is_(None))
    if identitet.bruker_id is not None:
        vilkaar.append(Saksmappe.saksansvarlig_id == identitet.bruker_id)
    return sa.or_(*vilkaar)


def kjent(identitet: Identitet) -> Vilkaar:
    """Whether this person may know that the case exists: read it, or meet its public title."""
    return sa.or_(lesbar(identitet), Saksmappe.publisert.is_not(None))


def _utsendt_til(identitet: Identitet) -> Vilkaar:
    """Members have been sent the papers of their body."""
    utvalg = sorted({utvalg for _, utvalg in identitet.roller if utvalg is not None})
    return _staar_paa_saksliste(utvalg, Saksliste.publisert.is_not(None))


def _paa_saksliste_i(identitet: Identitet) -> Vilkaar:
    """The secretary of a råd works with its agenda before it is sent."""
    utvalg = sorted({utvalg for rolle, utvalg in identitet.roller if rolle is Rolle.RAADSSEKRETAER and utvalg})
    return _staar_paa_saksliste(utvalg)


def _staar_paa_saksliste(utvalg: list[int], *vilkaar: Vilkaar) -> Vilkaar:
    if not utvalg:
        return sa.false()
    return (
        sa.exists()
        .where(Moetesak.saksmappe_id == Saksmappe.id, Moetesak.saksliste_id == Saksliste.id)
        .where(Saksliste.moete_id == Moete.id, Moete.utvalg_id.in_(utvalg), *vilkaar)
    )
